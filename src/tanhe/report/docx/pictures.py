"""Charts in the Word report (图): PNG pictures at their natural size, no wider than the text."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from tanhe.report.docx.markup import attribute

_EMU_PER_POINT: Final = 12700
_PIXELS_PER_POINT: Final = 2
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@dataclass(frozen=True)
class Picture:
    """A PNG with the size it is shown at, in points."""

    data: bytes
    width: float
    height: float


def fitted(data: bytes, room: float) -> Picture:
    """A PNG at the resolution it carries (else 144 dpi), made smaller if wider than ``room`` points."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("the chart is not a PNG picture")
    across, down = struct.unpack(">II", data[16:24])
    per_point = _density(data)
    width = min(across / per_point, room)
    return Picture(data, width, width * down / across)


def _density(data: bytes) -> float:
    """Pixels per point from the ``pHYs`` chunk, which stands before the picture data."""
    at = data.find(b"pHYs", 8, 4096)
    if at < 0:
        return _PIXELS_PER_POINT
    per_metre, _, unit = struct.unpack(">IIB", data[at + 4 : at + 13])
    return float(per_metre * 0.0254 / 72) if unit == 1 and per_metre else _PIXELS_PER_POINT


def drawing(picture: Picture, relation: str, number: int, described: str) -> str:
    """A run with the picture; ``described`` is its alternative text."""
    size = f'cx="{int(picture.width * _EMU_PER_POINT)}" cy="{int(picture.height * _EMU_PER_POINT)}"'
    alt = attribute(described)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={alt}/><a:graphic xmlns:a="{_A}">'
        f'<a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Chart {number}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
