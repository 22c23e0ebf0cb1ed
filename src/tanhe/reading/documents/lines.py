"""Physical lines of a text (物理行): decoding, folding of white space, full-width characters, widths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text
from tanhe.reading.documents.limits import MAX_LINE, MAX_LINES, within

_BOMS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HALF: Final = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: 0x20, 0xA0: 0x20}
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
"""Full-width digits and letters are read as half-width ones; signs stay as printed."""

_INVISIBLE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]")
_QUOTE: Final = 120
Notes = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, 1-based; ``raw`` without its end, ``text`` folded, ``half`` folded and half-width."""

    number: int
    raw: str
    text: str
    half: str
    page: int | None = None


def decode(data: bytes, file: str) -> tuple[str, Notes]:
    """The text of a file in UTF-8, UTF-16, UTF-32 or GB18030 (编码识别), with notes on lines that were mixed
    or broken. Raises TanheError for bytes that are not text."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    zeros = data.count(0)
    if zeros > len(data) // 20:
        return _wide(data, zeros, file)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _mixed(data)


def _marked(data: bytes, name: str) -> tuple[str, Notes]:
    try:
        return data.decode(name), []
    except UnicodeDecodeError:
        if name == "utf-8":
            return _mixed(data)
        note = text(f"有不能按 {name.upper()} 识别的字节", f"some bytes are not {name.upper()}")
        return data.decode(name, "replace"), [(1, note)]


def _wide(data: bytes, zeros: int, file: str) -> tuple[str, Notes]:
    high = data[0::2].count(0)
    if high > 0.9 * zeros or high < 0.1 * zeros:
        return _marked(data, "utf-16-be" if high > 0.9 * zeros else "utf-16-le")
    raise TanheError(
        text("不是文本：含大量零字节", "not a text: full of zero bytes"),
        file=file,
        expected=text("文本、DOCX 或 PDF", "a text, DOCX or PDF file"),
    )


def _mixed(data: bytes) -> tuple[str, Notes]:
    """GB18030 as a whole if most lines speak for it; otherwise every line by itself."""
    rows = data.split(b"\n")
    foreign = [not _is_utf8(row) for row in rows]
    native = sum(not bad and not row.isascii() for row, bad in zip(rows, foreign, strict=True))
    if sum(foreign) > native:
        with suppress(UnicodeDecodeError):  # not GB18030 as a whole: line by line, each doubt noted
            return data.decode("gb18030"), []
    notes: Notes = []
    out = []
    chinese = sum(foreign) > native
    for number, (row, bad) in enumerate(zip(rows, foreign, strict=True), 1):
        out.append(_one(row, bad, chinese, number, notes))
    return "\n".join(out), notes


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _one(row: bytes, bad: bool, chinese: bool, number: int, notes: Notes) -> str:
    if not bad:
        return row.decode("utf-8")
    try:
        said = row.decode("gb18030")
        if not chinese:
            notes.append((number, text("此行按 GB18030 读取", "this line was read as GB18030")))
        return said
    except UnicodeDecodeError:
        notes.append((number, text("此行有无法识别的字节", "this line has bytes that cannot be read")))
    tries = (row.decode(name, "replace") for name in ("utf-8", "gb18030"))
    return min(tries, key=lambda said: said.count("\ufffd"))


def physical(said: str, file: str) -> tuple[Line, ...]:
    """Split into physical lines as an editor counts them; a form feed begins a page (分页符)."""
    if "\n" not in said:
        said = said.replace("\r", "\n")
    rows = said.split("\n")
    if rows and not rows[-1]:
        rows.pop()
    within(len(rows), MAX_LINES, ("行数", "the number of lines"), file)
    return tuple(_lines(rows, file, "\f" in said))


def _lines(rows: list[str], file: str, paged: bool) -> Iterator[Line]:
    page = 1 if paged else None
    for number, row in enumerate(rows, 1):
        within(len(row), MAX_LINE, ("行内字符数", "the length of the line"), file, number)
        raw = row.rstrip("\r")
        if page is not None:
            page += raw.count("\f")
            raw = raw.replace("\f", "")
        if not raw.isascii() and _WIDE.search(raw):
            raw = raw.translate(_NARROW)
        if not raw.isprintable():
            raw = _INVISIBLE.sub("", raw)
        folded = fold(raw)
        yield Line(number, raw, folded, half(folded), page)


def fold(said: str) -> str:
    """White space of any kind folded to single blanks, none at the ends (合并空白)."""
    return " ".join(said.split())


def half(said: str) -> str:
    """Full-width letters, digits and punctuation as half-width, character by character (全角转半角)."""
    return said if said.isascii() else said.translate(_HALF)


def width(said: str) -> int:
    """Columns on a terminal: Chinese characters count two (显示宽度)."""
    if said.isascii():
        return len(said)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)


def quote(said: str) -> str:
    """The words of a place, cut when long."""
    return said if len(said) <= _QUOTE else said[: _QUOTE - 1] + "…"


def place(file: str, line: Line, words: str) -> Place:
    """The place of ``words`` on a line."""
    return Place(file, line.number, page=line.page, quote=quote(words))


def glue(left: str, right: str) -> str:
    """What stands between two pieces of a broken text: nothing beside Chinese, otherwise a blank."""
    if not left or not right:
        return ""
    wide = any(unicodedata.east_asian_width(c) in "WF" for c in (left[-1], right[0]))
    return "" if wide else " "
