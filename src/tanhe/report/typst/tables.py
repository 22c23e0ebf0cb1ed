"""Tables as Typst code (表格): every cell with its column and row, header rows that come again on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.report.content import Align, Cell, Table
from tanhe.report.typst.words import arguments, inline

_WIDTH = {False: 160.0, True: 257.0}
"""Width between the margins in mm, upright and landscape, as in ``report.typ``."""
_SIDES = {"normal": 2.9, "small": 1.9}
_LETTER = {"normal": 1.75, "small": 1.46}
"""Cell insets left and right, and mean width of a digit or letter, in mm."""
_LONG = 160
"""A cell of more characters than this may go on over a page; shorter rows stay whole."""
_TALL = 8


@dataclass(frozen=True)
class Placed:
    """A cell with the column and row it stands in, its spans kept inside the table."""

    cell: Cell
    column: int
    row: int
    colspan: int
    rowspan: int


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


def table(block: Table) -> str:
    """The call of ``grid-table`` for this table; set small when a number needs that to stay on one line."""
    cells = list(place(block))
    small = block.size == "small" or any(_fits_small_only(block, placed) for placed in cells)
    head = [_cell(block, p, small) for p in cells if p.row < block.header_rows]
    body = [_cell(block, p, small) for p in cells if p.row >= block.header_rows]
    columns = "".join(f"{width:g}fr, " for width in block.widths)
    named = arguments(
        caption=inline(block.caption) if block.caption else None,
        columns=f"({columns})",
        header=f"({''.join(f'{cell}, ' for cell in head)})",
        small="true" if small else None,
    )
    return "#grid-table(" + ",\n  ".join([named, *body]) + ")"


def _cell(block: Table, placed: Placed, small: bool) -> str:
    cell = placed.cell
    header = placed.row < block.header_rows
    align = cell.align or ("center" if header else _column_align(block, placed.column))
    long = len(cell.text) > _LONG or placed.rowspan > _TALL
    body = inline(cell.text, max(1, int(_letters(block, placed, "small" if small else "normal"))))
    return "cell({}, {})".format(
        arguments(
            x=str(placed.column),
            y=str(placed.row),
            colspan=str(placed.colspan) if placed.colspan > 1 else None,
            rowspan=str(placed.rowspan) if placed.rowspan > 1 else None,
            align=f"{align} + horizon",
            fill="shade" if cell.shaded or header else None,
            breakable="true" if long else "false",
        ),
        f"strong({body})" if cell.bold or header else body,
    )


def _column_align(block: Table, column: int) -> Align:
    return block.align[column] if column < len(block.align) else "left"


def _longest(text: str) -> int:
    """Length of the longest word, number or code that must not break."""
    return max((len(word) for word in re.findall(r"[!-~]+", text)), default=0)


def _fits_small_only(block: Table, placed: Placed) -> bool:
    longest = _longest(placed.cell.text)
    return _letters(block, placed, "normal") < longest <= _letters(block, placed, "small")


def _letters(block: Table, placed: Placed, size: str) -> float:
    """How many letters fit on one line of the cell."""
    share = sum(block.widths[placed.column : placed.column + placed.colspan]) / sum(block.widths)
    return (_WIDTH[block.landscape] * share - _SIDES[size]) / _LETTER[size]
