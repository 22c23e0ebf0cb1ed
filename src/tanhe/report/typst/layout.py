"""The shape of a table (表格布局): where its cells stand, how wide its columns are, where it may break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.report.content import Cell, Table
from tanhe.report.typst.measures import NORMAL, SMALL, Size

_WIDTH: Final = {False: 160.0, True: 257.0}
"""Width between the margins in mm, upright and landscape, as in ``report.typ``."""
_SHORT: Final = (30.0, 14.0)
"""Text up to this many mm stays on one line; the second where the first would leave the others too little."""
_FAIR: Final = 0.6
"""The least share of its spare width that a column is left with for the first."""
_CODE: Final = 45.0
"""A code longer than this many mm, such as a digest, may break and claims no more than this."""
_WHOLE: Final = {False: 250.0, True: 150.0}
"""A table up to this height, in points, is not divided between pages, upright and landscape."""


@dataclass(frozen=True)
class Placed:
    """A cell with the column and row it stands in, its spans kept inside the table."""

    cell: Cell
    column: int
    row: int
    colspan: int
    rowspan: int


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
    widths, size = _columns(table, cells)
    heights = [0.0] * len(table.rows)
    for p in cells:
        if p.rowspan == 1:
            high = size.height(p.cell.text, sum(widths[p.column : p.column + p.colspan]))
            heights[p.row] = max(heights[p.row], high, size.first_line)
    start = sum(heights[: table.header_rows + 3]) + (22 if table.caption else 0)
    return Layout(cells, widths, size, sum(heights) <= _WHOLE[table.landscape], min(start, 200.0))


def place(table: Table) -> Iterator[Placed]:
    """The cells with their places; a header cell's span ends with the header.

    Raises ValueError when a row has more cells than the table has columns: a fault of the report's builder.
    """
    width = len(table.widths)
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows):
        last = table.header_rows if y < table.header_rows else len(table.rows)
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x >= width:
                raise ValueError(f"{table.caption}: row {y + 1} has more cells than its {width} columns")
            colspan = max(1, min(cell.colspan, width - x))
            rowspan = max(1, min(cell.rowspan, last - y))
            taken |= {(x + i, y + j) for i in range(colspan) for j in range(rowspan)}
            yield Placed(cell, x, y, colspan, rowspan)
            x += colspan


def _columns(table: Table, cells: Sequence[Placed]) -> tuple[tuple[float, ...], Size]:
    total = _WIDTH[table.landscape]
    asked = tuple(total * width / sum(table.widths) for width in table.widths)
    for size in (NORMAL, SMALL)[table.size == "small" :]:
        for short, fair in zip(_SHORT, (_FAIR, 0.0), strict=True):
            widths = _widened(asked, _needs(table, cells, size, short), fair)
            if widths:
                return widths, size
    return asked, SMALL


def _needs(table: Table, cells: Sequence[Placed], size: Size, short: float) -> list[float]:
    """What each column needs, in mm, so that no number, word or short text is broken."""
    needs = [0.0] * len(table.widths)
    for placed in cells:
        if placed.colspan > 1:
            continue
        text, bold = placed.cell.text, placed.cell.bold or placed.row < table.header_rows
        wanted = max(size.longest_word(text, bold), min(size.width(text, bold), 3 * size.em))
        if (whole := size.width(text, bold)) <= short and placed.row >= table.header_rows:
            wanted = whole
        needs[placed.column] = max(needs[placed.column], min(wanted, _CODE) + size.insets)
    return needs


def _widened(asked: Sequence[float], needs: Sequence[float], fair: float) -> tuple[float, ...]:
    """The asked widths, where too narrow the needed ones, taken from the columns that have more than they need.

    Empty when those would keep less than the share ``fair`` of what they have to spare.
    """
    lacking = sum(max(0.0, need - width) for width, need in zip(asked, needs, strict=True))
    spare = sum(max(0.0, width - need) for width, need in zip(asked, needs, strict=True))
    if not lacking:
        return tuple(asked)
    if lacking > spare * (1 - fair):
        return ()
    kept = 1 - lacking / spare
    return tuple(need + max(0.0, width - need) * kept for width, need in zip(asked, needs, strict=True))
