"""Markup left in a text (标记残留): inline HTML and Markdown undone, tables given as HTML read."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell
from tanhe.reading.documents.limits import MAX_SEAMS, MAX_SPAN, within
from tanhe.reading.documents.lines import Line, fold, glue, half, quote

_NAMES: Final = (
    "a|b|i|u|s|p|br|hr|em|th|td|tr|ul|ol|li|dl|dt|dd|h[1-6]|sub|sup|img|div|span|font|strong|small|center|code|pre|"
    "table|thead|tbody|tfoot|caption|col|colgroup|input|html|head|body|meta|title|blockquote|figure|figcaption|del|ins"
)
_TAG: Final = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])([^<>]{{0,2000}})>", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.{0,5000}?-->|<!doctype[^<>]{0,200}>", re.IGNORECASE | re.DOTALL)
_BOLD: Final = re.compile(r"\*\*(?=\S)([^*\n]{1,2000})(?<=\S)\*\*")
_PICTURE: Final = re.compile(r"!\[([^\[\]]{0,200})\]\([^()]{0,2000}\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\((?:https?:|#|mailto:)[^()\s]{0,2000}\)")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\([*_])(?![a-zA-Z]{3})")
_SPAN: Final = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_TIGHT: Final = frozenset("b i u s em sub sup a strong font span small code del ins".split())


def clean(said: str) -> str:
    """The words of a piece of text without tags, emphasis, entities; a tick box becomes ☑ or ☐."""
    if "<" in said:
        said = _COMMENT.sub(" ", said)
        said = _TAG.sub(_shown, said)
    if "*" in said:
        said = _BOLD.sub(r"\1", said)
    if "\\" in said:
        said = _ESCAPED.sub(r"\1", said)
    if "](" in said:
        said = _PICTURE.sub(r"\1", said)
        said = _LINK.sub(r"\1", said)
    if "&" in said:
        said = _ENTITY.sub(lambda found: html.unescape(found[0]), said)
    return fold(said)


def untagged(said: str) -> str:
    """Words with their tags gone and blanks kept: cells of a row stay apart, ``CO<sub>2</sub>`` is one word."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub(_shown, _COMMENT.sub(" ", said)))


def _shown(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "input":
        return "☑" if "checked" in tag[3].lower() else "☐"
    return "" if name in _TIGHT else " "


def has_tags(said: str) -> bool:
    """Whether a line has any HTML tag."""
    return "<" in said and _TAG.search(said) is not None


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


_OPENS: Final = re.compile(r"<(table|tr|td|th)(?=[\s/>])", re.IGNORECASE)


def opens_table(raw: str) -> int | None:
    """Where an HTML table (or rows that lost theirs) begins on a line; None when it is within a tab row's cell."""
    found = _OPENS.search(raw) if "<" in raw else None
    if found is None:
        return None
    before = raw[: found.start()]
    if "\t" in raw.strip() and clean(before):
        return None
    return found.start()


def region(lines: Sequence[Line], start: int, offset: int) -> int:
    """Index after the last line of the HTML table that begins on line ``start``."""
    bare = lines[start].raw[offset : offset + 6].lower() != "<table"
    depth, last = 0, start
    for index in range(start, len(lines)):
        raw = lines[index].raw
        tags = [(t[1], t[2].lower()) for t in _TAG.finditer(raw[offset:] if index == start else raw)]
        if bare:
            if any(name in ("tr", "td", "th", "table") for _, name in tags):
                last = index
            elif raw.strip() and not tags and index > last + 1:
                return last + 1
        depth += sum(-1 if slash else 1 for slash, name in tags if name == "table")
        if tags:
            last = index
        if not bare and depth <= 0:
            return index + 1
        if not bare and index > last + 3:
            return last + 1
    return last + 1


@dataclass
class _Open:
    """A cell being read."""

    place: Place | None = None
    text: str = ""
    seams: list[tuple[int, Place]] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1


class TableReader:
    """Reads the lines of one HTML table into rows; nested tables become words of the cell around them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[list[Cell]] = []
        self.outside: list[tuple[Line, str, bool]] = []
        """Words beside the cells: line, words, whether rows stood before them."""

        self.caption = ""
        self._row: list[Cell] | None = None
        self._cell: _Open | None = None
        self._depth = 0
        self._captioned = False

    def feed(self, line: Line, said: str) -> None:
        """One physical line, or the part of it that belongs to the table."""
        at = 0
        for tag in _TAG.finditer(said):
            self._words(line, said[at : tag.start()])
            at = tag.end()
            name, closing = tag[2].lower(), bool(tag[1])
            if not self._structure(name, closing, tag[3], line):
                self._words(line, "" if name in _TIGHT and name != "input" else tag[0])
        self._words(line, said[at:])

    def close(self) -> list[list[Cell]]:
        """The rows, after the last line."""
        self._end_row()
        return [row for row in self.rows if row]

    def _structure(self, name: str, closing: bool, attributes: str, line: Line) -> bool:
        if name == "table":
            self._depth += -1 if closing else 1
            return self._depth < 1 or (self._depth == 1 and not closing)
        if self._depth > 1:
            return False
        if name == "caption":
            self._captioned = not closing
        elif name == "tr":
            self._end_row()
        elif name in ("td", "th"):
            self._end_cell()
            if not closing:
                self._cell = _Open(Place(self.file, line.number, page=line.page))
                for span, count in _SPAN.findall(attributes):
                    setattr(self._cell, f"{span.lower()}span", min(max(int(count), 1), MAX_SPAN))
        else:
            return False
        return True

    def _words(self, line: Line, said: str) -> None:
        if not said or (not said.strip() and (self._cell is None or not self._cell.text)):
            return
        shown = clean(said)
        if self._captioned:
            self.caption = (self.caption + " " + shown).strip()
        elif self._cell is None:
            if shown:
                self.outside.append((line, shown, bool(self.rows or self._row)))
        elif shown:
            self._append(self._cell, line, shown, said)
        elif not self._cell.text.endswith(" "):
            self._cell.text += " "

    def _append(self, cell: _Open, line: Line, shown: str, said: str) -> None:
        here = Place(self.file, line.number, page=line.page, quote=quote(shown))
        current = cell.seams[-1][1] if cell.seams else cell.place
        if not cell.text:
            cell.place = here
        elif current is not None and current.line != line.number:
            cell.text = cell.text.rstrip()
            cell.text += glue(cell.text, shown)
            cell.seams.append((len(cell.text), here))
            within(
                len(cell.seams),
                10 * MAX_SEAMS,
                ("单元格行数", "the number of lines in a cell"),
                self.file,
                line.number,
            )
        elif said[:1].isspace() and not cell.text.endswith(" "):
            cell.text += " "
        cell.text += shown
        if said[-1:].isspace():
            cell.text += " "

    def _end_cell(self) -> None:
        if self._cell is None or self._cell.place is None:
            return
        done, self._cell = self._cell, None
        assert done.place is not None
        if self._row is None:
            self._row = []
        self._row.append(
            Cell(done.text.strip(), done.place, done.colspan, done.rowspan, seams=tuple(done.seams))
        )

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self.rows.append(self._row)
        self._row = None


_RULING: Final = frozenset("|-—–=:+_* \t")


def is_rule(shown: str) -> bool:
    """Whether a line only separates (分隔线): ``|---|---|``, ``------\\t---``, ``====``."""
    marks = (
        "---" in shown
        or "===" in shown
        or "***" in shown
        or "___" in shown
        or "|:-" in shown
        or "|--" in shown
    )
    return marks and _RULING.issuperset(shown)


def pipe_cells(raw: str) -> list[str] | None:
    """Cells of a Markdown row, full-width bars too; None when the line has no bar between two cells."""
    if "|" not in raw and "｜" not in raw:
        return None
    raw = raw.strip()
    shown = half(raw)
    marks = [i for i, c in enumerate(shown) if c == "|" and not (i and raw[i - 1] == "\\")]
    fenced = marks[:1] == [0]
    if len(marks) < 2 and not (marks and " | " in shown):
        return None
    if not fenced and not all(shown[max(i - 1, 0) : i + 2].strip() == "|" for i in marks):
        return None
    edges = [-1, *marks, len(raw)]
    cells = [raw[a + 1 : b].replace("\\|", "|") for a, b in pairwise(edges)]
    if fenced:
        cells = cells[1:]
    return cells[:-1] if marks[-1] == len(raw) - 1 else cells
