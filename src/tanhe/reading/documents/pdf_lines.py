"""Glyphs → lines of text (字符 → 文字行): blanks from gaps, raised digits as ³ and ⁻², wrapped lines rejoined."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from tanhe.reading.documents.lines import glue
from tanhe.reading.documents.omml import SUPERSCRIPTS
from tanhe.reading.documents.pdf_page import Glyph

_SCRIPT: Final = 0.85
"""A glyph smaller than this share of its line is a sub- or superscript."""
_GAP: Final = 1.1
"""A gap of more ems than this divides a line into parts: columns, or the cells of a table without lines."""
_OPENING: Final = frozenset("（(《〈「『【〔“‘")
_CLOSING: Final = frozenset("）)》〉」』】〕”’，。、；：！？,.;:%％")
_FIGURES: Final = frozenset("0123456789.")
_CUT: Final = re.compile(r"[-−(（]?\d{1,3}(?:,\d{3})*[.,]|[-−(（]?\d+\.")
"""A number cut at its point or comma."""
_TOKEN: Final = re.compile(r"\S*$")
_WORD: Final = re.compile(r"[A-Za-z]{2,}[.,;:)]?|.*[/A-Za-z]")


@dataclass(frozen=True)
class Line:
    """One line, or one part of it: text, box, baseline, type size, share of bold, least confidence."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    confidence: float | None = None
    first: float = 0.0
    """Width of its first word or Chinese character: what did not fit on the line before."""

    @property
    def top(self) -> float:
        """Upper edge of the letter bodies."""
        return self.base - 0.88 * self.size


class _Open:
    """A line that is being filled."""

    __slots__ = ("base", "glyphs", "size")

    def __init__(self, glyph: Glyph) -> None:
        self.base, self.size = glyph.base, glyph.size
        self.glyphs = [glyph]

    def takes(self, glyph: Glyph) -> bool:
        if abs(glyph.base - self.base) < 0.2 * min(self.size, glyph.size) + 0.2:
            return True
        if (
            glyph.size >= _SCRIPT * self.size
            or not self.base - 1.1 * self.size < glyph.middle < self.base + 0.25 * self.size
        ):
            return False
        return any(-0.3 * self.size < glyph.x0 - other.x1 < 1.5 * self.size for other in self.glyphs)


def lines_of(glyphs: Iterable[Glyph], split: bool = False) -> list[Line]:
    """Lines from top to bottom; with ``split`` a line with wide gaps becomes several, left to right."""
    made: list[Line] = []
    for row in _rows(glyphs):
        row.glyphs.sort(key=lambda g: g.x0)
        for part in _parts(row) if split else [row.glyphs]:
            if line := _line(part, row.base, row.size):
                made.append(line)
    return sorted(made, key=lambda line: (line.base, line.x0))


def _rows(glyphs: Iterable[Glyph]) -> list[_Open]:
    """Glyphs on one baseline, the large ones first, so that scripts find the line they hang on."""
    rows: list[_Open] = []
    bases: list[float] = []
    for glyph in sorted(glyphs, key=lambda g: (-round(g.size), g.base, g.x0)):
        low, high = bisect_left(bases, glyph.base - 2 * glyph.size), bisect_right(bases, glyph.base + 60)
        row = next((row for row in rows[low:high] if row.takes(glyph)), None)
        if row is not None:
            row.glyphs.append(glyph)
        else:
            at = bisect_left(bases, glyph.base)
            bases.insert(at, glyph.base)
            rows.insert(at, _Open(glyph))
    return rows


def _parts(row: _Open) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = []
    end = None
    for glyph in row.glyphs:
        if glyph.text == " ":
            continue
        if end is None or glyph.x0 - end > _GAP * row.size:
            parts.append([])
        parts[-1].append(glyph)
        end = glyph.x1
    blanks = [g for g in row.glyphs if g.text == " "]
    for part in parts:
        part += [b for b in blanks if part[0].x0 < b.x0 < part[-1].x1]
        part.sort(key=lambda g: g.x0)
    return parts


def _line(glyphs: Sequence[Glyph], base: float, size: float) -> Line | None:
    shown = [g for g in glyphs if g.text != " "]
    if not shown:
        return None
    if len(shown) > 3:
        size = median([g.size for g in shown if g.size > _SCRIPT * size] or [g.size for g in shown])
    text: list[str] = []
    before: Glyph | None = None
    blank = False
    first = 0.0
    for glyph in glyphs:
        if glyph.text == " ":
            blank = True
            continue
        if before is not None:
            apart = (blank or _apart(before, glyph, size)) and not _recognised_number(before, glyph, size)
            if not first and (apart or _breaks(before.text, glyph.text)):
                first = before.x1 - shown[0].x0
            text.append(" " if apart else "")
        text.append(_script(glyph, base, size))
        before, blank = glyph, False
    known = [g.confidence for g in shown if g.confidence is not None]
    bold = sum(g.bold for g in shown) * 2 > len(shown)
    return Line(
        " ".join("".join(text).split()), shown[0].x0, max(g.x1 for g in shown), base, size, bold,
        min(known) if known else None, first or shown[-1].x1 - shown[0].x0,
    )  # fmt: skip


def _apart(left: Glyph, right: Glyph, size: float) -> bool:
    """Whether a gap without a blank in the file is one to the reader; justified Chinese is set wider."""
    gap = right.x0 - left.x1
    if gap < 0.18 * size:
        return False
    wide = _wide(left.text) + _wide(right.text)
    return gap > (0.22, 0.6, 0.9)[wide] * size


def _recognised_number(left: Glyph, right: Glyph, size: float) -> bool:
    """Recognition sets the digits of one number apart now and then; two numbers stand an em apart."""
    digits = left.text in _FIGURES and right.text in _FIGURES
    return digits and left.confidence is not None and right.x0 - left.x1 < 0.9 * size


def _breaks(left: str, right: str) -> bool:
    """Whether a line may be broken between two characters: beside Chinese, but not inside brackets' reach."""
    return (_wide(left) or _wide(right)) and left not in _OPENING and right not in _CLOSING


def _wide(letter: str) -> bool:
    return letter != "" and unicodedata.east_asian_width(letter[0]) in "WF"


def _script(glyph: Glyph, base: float, size: float) -> str:
    raised = glyph.size < _SCRIPT * size and base - glyph.base > 0.18 * size
    return glyph.text.translate(SUPERSCRIPTS) if raised else glyph.text


def rejoined(lines: Sequence[Line], width: float) -> str:
    """The lines of a cell or paragraph ``width`` points wide as one text.

    A line that had room for the next word ended on purpose: a blank stands there. Otherwise Chinese goes on
    without one, words with one, and a number or code that was cut in two is whole again.
    """
    text = ""
    for n, line in enumerate(lines):
        if n:
            before = lines[n - 1]
            spare = width - (before.x1 - before.x0)
            text += " " if spare > line.first + 1.2 * line.size else seam(text, line.text)
        text += line.text
    return text


def seam(left: str, right: str) -> str:
    """What stands where a line was broken because it was full."""
    if not left or not right or not (left[-1].isascii() and right[0].isascii()):
        return glue(left, right)
    if left[-1] in "-/(_" or right[0] in ",.)%/:;":
        return ""
    end, start = _TOKEN.search(left), right.split(" ")[0]
    token = end[0] if end else ""
    if start[:1].isdigit() and (token[-1:].isdigit() or _CUT.fullmatch(token)):
        return ""
    if token[-1:].isalnum() and any(c.isdigit() for c in token) and any(c.isdigit() for c in start):
        return ""
    return " " if _WORD.fullmatch(token) or not token[-1:].isalnum() else glue(left, right)
