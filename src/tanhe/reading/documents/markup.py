"""Markup left in a text (标记残留): inline HTML, Markdown and LaTeX undone."""

from __future__ import annotations

import html
import re
from functools import reduce
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.lines import fold, glue, width
from tanhe.reading.documents.mathtext import unset

_NAMES: Final = (
    "a|b|i|u|s|p|br|hr|em|th|td|tr|ul|ol|li|dl|dt|dd|h[1-6]|sub|sup|img|div|span|font|strong|small|center|code|pre|"
    "table|thead|tbody|tfoot|caption|col|colgroup|input|html|head|body|meta|title|blockquote|figure|figcaption|del|ins"
)
TAG: Final = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])([^<>]{{0,2000}})>", re.IGNORECASE)
_ENDED: Final = re.compile(r"(?<=[，；、。：（])\s*<br\s*/?>\s*", re.IGNORECASE)
"""A line end inside a cell where words of one sentence go on."""

_LINES: Final = re.compile(r"[^<>|]+(?:<br\s{0,3}/?>[^<>|]+)+", re.IGNORECASE)
_END: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_WORD: Final = re.compile(r"[《（(“]{0,3}(?:[\w.,/%+-]{1,40}|.)", re.ASCII)
_NARROWEST, _RAGGED = 16, 3
"""Columns of the narrowest cell whose lines are told apart from a list's, and what a full line may lack."""

_DOCTYPE: Final = re.compile(r"<!doctype[^<>]{0,200}>", re.IGNORECASE)
_BOLD: Final = re.compile(r"(?<!\\)\*\*(?=\S)((?:[^*\\\n]|\\.|\\?\*(?!\*)){1,2000}?)(?<=\S)\*\*")
_SLANTED: Final = re.compile(r"\A\s*\*(?![*\s])([^*\\]{2,200})(?<!\s)\*\s*\Z")
"""All of the words set in italics, such as a caption; within words a star may be a sign of a formula."""

_TICK: Final = re.compile(r"(?<![\w\])])\[([ xX√✓])\](?![\[(])")
_PICTURE: Final = re.compile(r"!\[([^\[\]]{0,200})\]\([^()]{0,2000}\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\((?:https?:|#|mailto:)[^()\s]{0,2000}\)")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\(?:([*_])(?![a-zA-Z]{3})|([-.+#>~&=|%`<\"'@$^]))")
"""Signs that Markdown escapes and LaTeX does not use as a command."""

_APART: Final = re.compile(r"(?<![A-Za-z])(t?C[OH]) ([24])(?![\d.,])")
"""A small figure that a converter set apart: CO 2e."""

TIGHT: Final = frozenset("b i u s em sub sup a strong font span small code del ins".split())


def clean(said: str) -> str:
    """The words of a piece of text without tags, emphasis, entities; a tick box becomes ☑ or ☐."""
    if "<" in said:
        said = TAG.sub(_shown, unbroken(uncommented(said)))
    if "$" in said or "\\(" in said:
        said = unset(said)
    if "*" in said:
        said = _SLANTED.sub(r"\1", _BOLD.sub(r"\1", said))
    if "\\" in said:
        said = _ESCAPED.sub(r"\1\2", said)
    if "[" in said:
        said = _TICK.sub(lambda found: "☐" if found[1] == " " else "☑", said)
    if "](" in said:
        said = _PICTURE.sub(r"\1", said)
        said = _LINK.sub(r"\1", said)
    if "&" in said:
        said = _ENTITY.sub(lambda found: html.unescape(found[0]), said)
    if " " in said and ("O " in said or "H " in said):
        said = _APART.sub(r"\1\2", said)
    return fold(said)


def uncommented(said: str) -> str:
    """The text without HTML comments; one that does not end is left."""
    made, at = [], 0
    while (start := said.find("<!--", at)) >= 0 and (end := said.find("-->", start + 4)) >= 0:
        made.append(said[at:start])
        at = end + 3
    return _DOCTYPE.sub(" ", " ".join([*made, said[at:]]))


def unbroken(said: str) -> str:
    """Words of a cell whose lines end where the page had no more room (``能源消耗情况统计<br>表``) put together."""
    if "<br" not in said.lower():
        return said
    return _LINES.sub(_together, _ENDED.sub("", said))


def _together(found: re.Match[str]) -> str:
    lines = [line.strip() for line in _END.split(found[0])]
    widest = max(map(width, lines))
    if widest < _NARROWEST or any(width(line) + _first(below) <= widest - _RAGGED for line, below in pairwise(lines)):
        return found[0]
    return reduce(lambda above, line: above + glue(above, line) + line, lines)


def _first(line: str) -> int:
    """Columns of what had to fit on the line above: a character, a figure or a Latin word, with a bracket before it."""
    found = _WORD.match(line)
    return width(found[0]) if found else 0


def untagged(said: str) -> str:
    """Words with their tags gone and blanks kept: cells of a row stay apart, ``CO<sub>2</sub>`` is one word."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), TAG.sub(_shown, uncommented(said)))


def _shown(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "input":
        return "☑" if "checked" in tag[3].lower() else "☐"
    return "" if name in TIGHT else " "


def has_tags(said: str) -> bool:
    """Whether a line has any HTML tag."""
    return "<" in said and TAG.search(said) is not None


def is_picture(said: str) -> bool:
    """Whether a line is only what a picture left behind (图片残留)."""
    rest = _PICTURE.sub("", said)
    if "<img" in rest.lower():
        rest = re.sub(r"<img\b[^<>]{0,2000}>", "", rest, flags=re.IGNORECASE)
    if rest == said:
        return (
            re.fullmatch(r"[\[【(（<]\s*(图片|图像|图|image|picture|img)\s*\d{0,3}\s*[\]】)）>]", said, re.I)
            is not None
        )
    return not clean(rest)


_RULING: Final = frozenset("|-—–=:+_* \t")
_SEPARATES: Final = ("---", "===", "***", "___", "|:-", "|--")
_PAGE_END: Final = re.compile(r"\{\d{1,4}\}-{3,}")


def is_rule(shown: str) -> bool:
    """Whether a line only separates (分隔线): ``|---|---|``, ``------\\t---``, ``====``, ``{3}------``."""
    if shown[:1] == "{":
        return _PAGE_END.fullmatch(shown) is not None
    return any(marks in shown for marks in _SEPARATES) and _RULING.issuperset(shown)
