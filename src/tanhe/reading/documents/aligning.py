"""Rows to a table (行 → 表): empty rows gone, columns set right, rows of one width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tanhe.reading.blocks import Table
from tanhe.reading.documents.cells import Row, blank, empty, filled, is_number
from tanhe.reading.documents.joining import Chunk
from tanhe.reading.documents.lines import half, quote
from tanhe.reading.documents.words import TOTAL


def table_of(chunk: Chunk) -> Table | None:
    """The finished table: empty rows gone, columns set right, rows padded; None when nothing is in it."""
    rows = [row for row in chunk.rows if not empty(row)]
    if not rows:
        return None
    if not any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row):
        rows = _padded(_realigned(rows))
    first = next(cell.place for row in rows for cell in row if cell.text)
    where = replace(first, quote=quote(chunk.caption) or first.quote)
    return Table(chunk.caption, tuple(tuple(row) for row in rows), where)


def _padded(rows: Sequence[Row]) -> list[Row]:
    """Rows of one width; the figures of a short total row stand at the right, as they are printed."""
    wide = max(len(row) for row in rows)
    while wide > 1 and all(len(row) < wide or not row[wide - 1].text for row in rows):
        wide -= 1
    made = []
    for row in rows:
        row = row[:wide]
        gap = [blank(row)] * (wide - len(row))
        cut = len(row)
        while cut and is_number(row[cut - 1].text):
            cut -= 1
        total = gap and 0 < cut < len(row) and TOTAL.fullmatch(half(row[cut - 1].text))
        made.append([*row[:cut], *gap, *row[cut:]] if total and wide > 3 else [*row, *gap])
    return made


def _realigned(rows: list[Row]) -> list[Row]:
    """A row that lost its first cell (merged with the one above) moved one column to the right.

    Only where its figures stand in columns of words and the move puts every one of them under figures.
    """
    wide = max(len(row) for row in rows)
    if wide < 4 or len(rows) < 3:
        return rows
    figures = [sum(len(row) > i and is_number(row[i].text) for row in rows) for i in range(wide)]
    made = []
    for row in rows:
        own = [i for i, cell in enumerate(row) if is_number(cell.text)]
        last = max(filled(row), default=0)
        if (
            row[0].text
            and own
            and not is_number(row[0].text)
            and last + 1 < wide
            and own[0] == 1
            and len(own) > 1
        ):
            misfit = figures[1] == 1 and all(figures[i + 1] - (i + 1 in own) > 0 for i in own)
            if misfit and is_number_column(rows, 0):
                row = [blank(row), *row[: wide - 1]]
        made.append(row)
    return made


def is_number_column(rows: Sequence[Row], index: int) -> bool:
    """Whether a column has figures, or nothing, in every row below its header but at most one."""
    below = [row[index].text for row in rows[1:] if len(row) > index]
    return sum(bool(said) and not is_number(said) for said in below) <= 1 and any(
        is_number(said) for said in below
    )
