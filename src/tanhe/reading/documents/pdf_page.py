"""One PDF page as glyphs and ruling lines (字符与框线), in points from its upper left corner, upright as it is seen."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

GLYPHS: Final = 60_000
"""A page of more characters is no page of a report; the rest is not read."""
RULES: Final = 20_000
_DEEPEST: Final = 8
_THIN: Final = 3.0
"""A filled shape thinner than this is a line: Word and WPS write borders so."""
_SHORTEST: Final = 4.0
_BOLD: Final = 600
_HYPHEN: Final = 2
"""How pdfium gives a hyphen at the end of a line."""
_TURNED: Final = math.radians(5)


class Glyph(NamedTuple):
    """A character with its box and baseline; ``size`` in points. ``confidence`` only from OCR."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """The middle of the letter body above the baseline."""
        return self.base - 0.35 * self.size


class Rule(NamedTuple):
    """A ruling line: ``at`` on the other axis, from ``start`` to ``end`` along its own."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """What a page shows. ``pictures`` is the share of it that pictures cover; ``turned`` slanting or upright words."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    pictures: float = 0.0
    turned: str = ""
    unknown: int = 0
    """Characters whose meaning the file does not tell."""


Transform = Callable[[float, float], tuple[float, float]]


def page_of(document: pdfium.PdfDocument, number: int) -> Page:
    """Page ``number``, 1-based. Raises pdfium's error when the page is damaged."""
    page = document[number - 1]
    try:
        turn, place, width, height = _upright(page)
        textpage = page.get_textpage()
        try:
            glyphs, turned, unknown = _glyphs(textpage, place, turn)
        finally:
            textpage.close()
        shapes = _Shapes(place)
        shapes.walk(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
        share = min(1.0, shapes.pictures / max(1.0, width * height))
        return Page(number, width, height, glyphs, tuple(shapes.across), tuple(shapes.down), share, turned, unknown)
    finally:
        page.close()


def _upright(page: Any) -> tuple[float, Transform, float, float]:
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation() % 360
    places: dict[int, Transform] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    width, height = right - left, top - bottom
    if turn in (90, 270):
        width, height = height, width
    return math.radians(turn), places.get(turn, places[0]), width, height


def _glyphs(textpage: Any, place: Transform, turn: float) -> tuple[tuple[Glyph, ...], str, int]:
    """The characters, those that do not stand upright, and how many have no meaning.

    A letter printed again on itself, a way of making it bold, counts once; two letters that the font draws as
    one sign (——) both count.
    """
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    turned: list[str] = []
    seen: set[tuple[str, int, int]] = set()
    unknown = high = 0
    handle = textpage.raw
    for n in range(min(textpage.count_chars(), GLYPHS)):
        code = raw.FPDFText_GetUnicode(handle, n)
        if (code < 32 and code != _HYPHEN) or raw.FPDFText_IsGenerated(handle, n) == 1:
            unknown += code == 0
            continue
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        letter = "-" if code == _HYPHEN else _letter(code)
        if letter == "\ufffd":
            unknown += 1
        raw.FPDFText_GetMatrix(handle, n, matrix)
        if abs(math.remainder(math.atan2(matrix.b, matrix.a) - turn, math.tau)) > _TURNED:
            turned.append(letter)
            continue
        size = raw.FPDFText_GetFontSize(handle, n) * math.hypot(matrix.c, matrix.d)
        raw.FPDFText_GetLooseCharBox(handle, n, box)
        raw.FPDFText_GetCharOrigin(handle, n, x, y)
        ends = place(box.left, box.bottom)[0], place(box.right, box.top)[0]
        base = place(x.value, y.value)[1]
        if not (0.5 < size < 400 and math.isfinite(base) and math.isfinite(ends[0]) and math.isfinite(ends[1])):
            continue
        bold = raw.FPDFText_GetFontWeight(handle, n) >= _BOLD
        glyph = Glyph(letter, min(ends), max(ends), base, size, bold)
        keys = {(letter, round(glyph.x0 + shift), round(base)) for shift in (-0.4, 0.4)}
        twin = bool(found) and found[-1] == glyph
        if letter != " " and keys & seen and not twin:
            continue
        seen |= keys
        found.append(glyph)
    return tuple(found), "".join(turned), unknown


def _letter(code: int) -> str:
    """The character; letters of formulas, radicals and ideographs of broken fonts as the usual ones."""
    if 0xD800 <= code <= 0xDFFF or code >= 0x110000 or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    if 0x1D400 <= code <= 0x1D7FF or 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if 0xE000 <= code <= 0xF8FF:
        return "\ufffd"
    return " " if code in (0xA0, 0x3000) else chr(code)


Matrix = tuple[float, float, float, float, float, float]


class _Shapes:
    """Collects ruling lines and the area of pictures from the objects of a page, forms included."""

    def __init__(self, place: Transform) -> None:
        self.place = place
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.pictures = 0.0

    def walk(self, holder: Any, count: Any, get: Any, outer: Matrix, depth: int) -> None:
        """All objects of a page or form."""
        for n in range(min(count(holder), RULES)):
            if len(self.across) + len(self.down) > RULES:
                return
            shape = get(holder, n)
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(shape, _times(_matrix(shape), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                corners = [_apply(_times(_matrix(shape), outer), *xy) for xy in ((0, 0), (1, 1))]
                self.pictures += abs((corners[1][0] - corners[0][0]) * (corners[1][1] - corners[0][1]))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(_matrix(shape), outer)
                self.walk(shape, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _path(self, shape: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        if raw.FPDFPath_CountSegments(shape) > 200 or not (fill.value or stroke.value):
            return
        runs = [[self.place(*_apply(matrix, *point)) for point in run] for run in _points(shape)]
        for run in runs:
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(run):
                    self._line(x0, y0, x1, y1)
            else:
                xs, ys = [p[0] for p in run], [p[1] for p in run]
                x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
                if y1 - y0 < _THIN and x1 - x0 > y1 - y0:
                    self._line(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
                elif x1 - x0 < _THIN:
                    self._line((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y1 - y0) < 0.6 and abs(x1 - x0) >= _SHORTEST:
            self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < 0.6 and abs(y1 - y0) >= _SHORTEST:
            self.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _points(shape: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path without curves."""
    x, y = ctypes.c_float(), ctypes.c_float()
    run: list[tuple[float, float]] = []
    for n in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(run) > 1:
                yield run
            run = []
        run.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(run) > 1:
            run.append(run[0])
    if len(run) > 1:
        yield run


def _matrix(shape: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
