"""A table laid out for Word (表格排布): rows with every column filled, column widths in twips, row heights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tanhe.report.content import Cell, Table
from tanhe.report.docx.measure import ems, lines, longest_word
from tanhe.report.docx.styles import CELL_SIDE, CELL_TOP, LOOKS, Look
from tanhe.report.grid import columns, place

_LINE: Final = 0.5
_MARGIN: Final = 1.04
"""Fonts differ from one computer to another: widths are taken a little larger."""


@dataclass(frozen=True)
class _Size:
    """A text style as a measure, in points."""

    look: Look
    insets: float = 2 * CELL_SIDE + _LINE

    @property
    def em(self) -> float:
        return self.look.size

    def width(self, text: str, bold: bool = False) -> float:
        return ems(text) * self.em * _MARGIN

    def longest_word(self, text: str, bold: bool = False) -> float:
        return longest_word(text) * self.em * _MARGIN


@dataclass(frozen=True)
class Slot:
    """What a row has from a column on: a cell's first row, or a row that a cell from above reaches into."""

    cell: Cell
    column: int
    colspan: int = 1
    rowspan: int = 1
    continued: bool = False


@dataclass(frozen=True)
class Shape:
    """A table ready to be written: rows of slots, column widths in twips, row heights in points, text style."""

    rows: tuple[tuple[Slot, ...], ...]
    widths: tuple[int, ...]
    heights: tuple[float, ...]
    look: Look

    def width(self, slot: Slot) -> int:
        """The width of a slot in twips."""
        return sum(self.widths[slot.column : slot.column + slot.colspan])


@lru_cache(maxsize=256)
def shape(table: Table, total: int) -> Shape:
    """The table in ``total`` twips: set small when that keeps its numbers on one line.

    Raises ValueError when a row has more cells than the table has columns.
    """
    looks = [LOOKS["TableSmall"]] if table.size == "small" else [LOOKS["TableText"], LOOKS["TableSmall"]]
    lengths, size = columns(table, tuple(place(table)), total / 20, [_Size(look) for look in looks])
    edges = [round(20 * sum(lengths[:n])) for n in range(len(lengths) + 1)]
    widths = tuple(right - left for left, right in pairwise(edges))
    rows = tuple(_rows(table))
    return Shape(rows, widths, tuple(_height(row, widths, size.look) for row in rows), size.look)


def _rows(table: Table) -> Iterator[tuple[Slot, ...]]:
    """The rows with every column filled: Word takes a row with a gap for a damaged file."""
    slots: list[dict[int, Slot]] = [{} for _ in table.rows]
    for p in place(table):
        for y in range(p.row, p.row + p.rowspan):
            slots[y][p.column] = Slot(p.cell, p.column, p.colspan, p.rowspan, continued=y > p.row)
    for row in slots:
        covered = {x for slot in row.values() for x in range(slot.column, slot.column + slot.colspan)}
        row |= {x: Slot(Cell(""), x) for x in range(len(table.widths)) if x not in covered}
        yield tuple(slot for _, slot in sorted(row.items()))


def _height(row: Sequence[Slot], widths: Sequence[int], look: Look) -> float:
    """The height of a row in points; a cell over several rows shares its height among them."""
    high = 0.0
    for slot in row:
        room = sum(widths[slot.column : slot.column + slot.colspan]) / 20 - 2 * CELL_SIDE
        high = max(high, lines(slot.cell.text, room, look) * look.line / slot.rowspan)
    return max(high, look.line) + 2 * CELL_TOP + _LINE
