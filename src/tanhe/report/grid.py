"""The shape of a table (表格布局), for both writers: which cell fills which place, how wide the columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from tanhe.report.content import Cell, Table

_STAGES: Final = ((10.0, 3.0, 0.6), (4.5, 3.0, 0.0), (0.0, 2.0, 0.0))
"""How much is asked for, less each time: text up to so many characters stays on one line; the least characters of a
longer one; the least share of its spare width that a column is left with."""
_CODE: Final = 14.0
"""A code longer than so many characters, such as a digest, may break and claims no more than this."""
_DAY: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日至?")
_SEAM: Final = re.compile("[\u4e00-\u9fff](?=[0-9A-Za-z])|[0-9A-Za-z](?=[\u4e00-\u9fff])")
_SEAM_SPACE: Final = 0.25


@dataclass(frozen=True)
class Placed:
    """A cell with the column and row it stands in, its spans kept inside the table."""

    cell: Cell
    column: int
    row: int
    colspan: int
    rowspan: int


class Measure(Protocol):
    """A type size: the width of a Chinese character and both insets of a cell, in the length the table is given in."""

    @property
    def em(self) -> float:
        """The width of a Chinese character."""

    @property
    def insets(self) -> float:
        """The left and the right inset of a cell together."""

    def width(self, text: str, bold: bool = False) -> float:
        """The width of ``text`` on one line."""

    def longest_word(self, text: str, bold: bool = False) -> float:
        """The width of the longest run of letters and digits."""


M = TypeVar("M", bound=Measure)


def seams(text: str) -> float:
    """What is put between Chinese characters and Latin letters or digits, in characters."""
    return _SEAM_SPACE * len(_SEAM.findall(text))


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


def columns(
    table: Table, cells: Sequence[Placed], total: float, sizes: Sequence[M]
) -> tuple[tuple[float, ...], M]:
    """Column widths, ``total`` together, and the first of ``sizes`` that breaks no number, word, day or short text.

    Columns are widened where that takes it, at the cost of those with more than they need.
    """
    asked = tuple(total * width / sum(table.widths) for width in table.widths)
    for size in sizes:
        for short, least, fair in _STAGES[: 2 if size is not sizes[-1] else None]:
            if widths := _widened(asked, _needs(table, cells, size, short, least), fair):
                return widths, size
    needs = _needs(table, cells, sizes[-1], 0.0, 1.0)
    return tuple(total * need / sum(needs) for need in needs), sizes[-1]


def _needs(
    table: Table, cells: Sequence[Placed], size: Measure, short: float, least: float
) -> tuple[float, ...]:
    """What each column needs."""
    needs = [size.em + size.insets] * len(table.widths)
    for placed in cells:
        if placed.colspan > 1:
            continue
        header = placed.row < table.header_rows
        text, bold = placed.cell.text, placed.cell.bold or header
        whole = max(size.width(line, bold) for line in text.split("\n"))
        words = [size.longest_word(text, bold), *(size.width(day, bold) for day in _DAY.findall(text))]
        wanted = max(min(max(words), _CODE * size.em), min(whole, least * size.em))
        if whole <= short * size.em and not header:
            wanted = whole
        needs[placed.column] = max(needs[placed.column], wanted + size.insets)
    return tuple(needs)


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
