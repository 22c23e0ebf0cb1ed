"""Annotations drawn on a PDF page (PDF 批注的绘制): highlights and slips, each with an appearance of its own."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tanhe.dossier.marks import AUTHOR, Kind
from tanhe.reading.annotate.pdf_words import Box

Colour = tuple[int, int, int]
COLOURS: Final[dict[Kind, Colour]] = {
    "material": (230, 50, 40),
    "minor": (255, 150, 0),
    "editorial": (60, 130, 240),
    "unplaced": (120, 120, 120),
}
_ALPHA: Final = 90
"""Of 255: the words stay readable under a highlight."""
_SIDE: Final = 18.0
_MARGIN: Final = 6.0
_PRINTED: Final = 4


@dataclass
class Pen:
    """Puts annotations on one page."""

    page: Any
    date: str
    number: int
    count: int = 0

    def highlight(self, boxes: Sequence[Box], kind: Kind, contents: str) -> None:
        """Over the words."""
        around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        drawing = "\n".join(f"{_n(x0)} {_n(y0)} {_n(x1 - x0)} {_n(y1 - y0)} re f" for x0, y0, x1, y1 in boxes)
        with_fill = f"/GS gs {_fill(COLOURS[kind])}\n{drawing}"
        self._add(raw.FPDF_ANNOT_HIGHLIGHT, around, COLOURS[kind], _ALPHA, with_fill, contents, boxes)

    def note(self, row: int, colour: Colour, contents: str) -> None:
        """A slip in the upper left margin as the page is seen, the ``row``-th from above."""
        x0, y0 = self._corner(_MARGIN, _MARGIN + row * (_SIDE + _MARGIN))
        x1, y1 = x0 + _SIDE, y0 + _SIDE
        lines = "\n".join(f"{_n(x0 + 4)} {_n(y)} m {_n(x1 - 4)} {_n(y)} l S" for y in (y0 + 5, y0 + 9, y0 + 13))
        drawing = (
            f"{_fill(colour)} {_n(x0)} {_n(y0)} {_n(_SIDE)} {_n(_SIDE)} re f 1 1 1 RG 1.2 w\n{lines}"
        )
        self._add(raw.FPDF_ANNOT_TEXT, (x0, y0, x1, y1), colour, 255, drawing, contents)

    def _corner(self, right: float, down: float) -> tuple[float, float]:
        """The lower left corner, in the page's space, of a slip so far from the upper left corner as seen."""
        x0, y0, x1, y1 = self.page.get_cropbox()
        near, far = right, down + _SIDE
        return {
            90: (x0 + down, y0 + near),
            180: (x1 - near - _SIDE, y0 + down),
            270: (x1 - far, y1 - near - _SIDE),
        }.get(self.page.get_rotation() % 360, (x0 + near, y1 - far))

    def _add(
        self, kind: int, around: Box, colour: Colour, alpha: int, drawing: str, contents: str, boxes: Sequence[Box] = ()
    ) -> None:
        annotation = raw.FPDFPage_CreateAnnot(self.page.raw, kind)
        if not annotation:
            raise pdfium.PdfiumError("annotation refused")
        self.count += 1
        x0, y0, x1, y1 = around
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(x0, y1, x1, y0))
        for left, low, right, high in boxes:
            raw.FPDFAnnot_AppendAttachmentPoints(
                annotation, raw.FS_QUADPOINTSF(left, high, right, high, left, low, right, low)
            )
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colour, alpha)
        raw.FPDFAnnot_SetFlags(annotation, _PRINTED)
        names = (b"T", AUTHOR), (b"M", self.date), (b"NM", f"tanhe-{self.number}-{self.count}"), (b"Contents", contents)
        done = [raw.FPDFAnnot_SetStringValue(annotation, key, _wide(said)) for key, said in names]
        done.append(raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(drawing)))
        raw.FPDFPage_CloseAnnot(annotation)
        if not all(done):
            raise pdfium.PdfiumError("annotation refused")


def _wide(words: str) -> Any:
    """UTF-16 with a closing zero, as pdfium takes text."""
    data = (words.replace("\0", "") + "\0").encode("utf-16-le", "replace")
    return ctypes.cast(ctypes.create_string_buffer(data, len(data)), ctypes.POINTER(ctypes.c_ushort))


def _fill(colour: Colour) -> str:
    return " ".join(_n(part / 255) for part in colour) + " rg"


def _n(value: float) -> str:
    return f"{value:.2f}"
