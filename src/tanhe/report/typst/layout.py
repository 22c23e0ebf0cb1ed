"""A table laid out for Typst (表格排布): placed cells, column widths in mm, and where it may break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tanhe.report.content import Table
from tanhe.report.grid import Placed, columns, place
from tanhe.report.typst.measures import NORMAL, SMALL, Size

_WIDTH: Final = {False: 160.0, True: 257.0}
"""Width between the margins in mm, upright and landscape, as in ``report.typ``."""
_WHOLE: Final = {False: 250.0, True: 150.0}
"""A table up to this height, in points, is not divided between pages, upright and landscape."""


@dataclass(frozen=True)
class Layout:
    """A table ready to be written: placed cells, column widths in mm, type size.

    ``whole``: not divided between pages. ``start``: points its caption, header and first rows need together.
    """

    cells: tuple[Placed, ...]
    widths: tuple[float, ...]
    size: Size
    whole: bool
    start: float

    def width(self, placed: Placed) -> float:
        """The width of a cell in mm."""
        return sum(self.widths[placed.column : placed.column + placed.colspan])


def layout(table: Table) -> Layout:
    """Place the cells, widen columns that a number would not fit, and choose the type size."""
    cells = tuple(place(table))
    sizes = (NORMAL, SMALL)[table.size == "small" :]
    widths, size = columns(table, cells, _WIDTH[table.landscape], sizes)
    heights = [0.0] * len(table.rows)
    for p in cells:
        if p.rowspan == 1:
            high = size.height(p.cell.text, sum(widths[p.column : p.column + p.colspan]))
            heights[p.row] = max(heights[p.row], high, size.first_line)
    start = sum(heights[: table.header_rows + 3]) + (22 if table.caption else 0)
    return Layout(cells, widths, size, sum(heights) <= _WHOLE[table.landscape], min(start, 200.0))
