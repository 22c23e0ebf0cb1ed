"""The shape of a table (表格布局): which cell fills which place, how wide the columns and how high the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tanhe.report.content import Cell, Table
from tanhe.report.docx.measure import ems, lines, longest_word
from tanhe.report.docx.styles import CELL_SIDE, CELL_TOP, LOOKS, Look

_SHORT: Final = 4.5
"""Text of up to so many characters, such as 发布日期, stays on one line where the table has room."""
_CODE: Final = 12.0
"""A code longer than this, such as a digest, may break and claims no more room than this."""
_LINE: Final = 0.5


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
    rows = tuple(_rows(table))
    asked = [total / 20 * width / sum(table.widths) for width in table.widths]
    looks = [LOOKS["TableSmall"]] if table.size == "small" else [LOOKS["TableText"], LOOKS["TableSmall"]]
    for look in looks:
        needs = _needs(rows, len(asked), look)
        if sum(needs) <= total / 20:
            asked = _widened(asked, needs)
            break
    edges = [round(20 * sum(asked[:n])) for n in range(len(asked) + 1)]
    widths = tuple(right - left for left, right in pairwise(edges))
    return Shape(rows, widths, tuple(_height(row, widths, look) for row in rows), look)


def _rows(table: Table) -> Iterator[tuple[Slot, ...]]:
    """The rows with every column filled: Word takes a row with a gap for a damaged file."""
    width = len(table.widths)
    taken: list[dict[int, Slot]] = [{} for _ in table.rows]
    for y, row in enumerate(table.rows):
        last = table.header_rows if y < table.header_rows else len(table.rows)
        free = iter([x for x in range(width) if x not in _covered(taken[y])])
        for cell in row:
            x = next(free, width)
            if x >= width:
                raise ValueError(f"{table.caption}: row {y + 1} has more cells than its {width} columns")
            across = max(1, min(cell.colspan, width - x))
            down = max(1, min(cell.rowspan, last - y))
            for below in range(y, y + down):
                taken[below][x] = Slot(cell, x, across, down, continued=below > y)
            for _ in range(across - 1):
                next(free, None)
        for x in free:
            taken[y][x] = Slot(Cell(""), x)
        yield tuple(slot for _, slot in sorted(taken[y].items()))


def _covered(slots: dict[int, Slot]) -> set[int]:
    return {x for slot in slots.values() for x in range(slot.column, slot.column + slot.colspan)}


def _needs(rows: Sequence[Sequence[Slot]], columns: int, look: Look) -> list[float]:
    """What each column needs, in points, so that no number, word or short text is broken."""
    needs = [0.0] * columns
    for slot in (slot for row in rows for slot in row if slot.colspan == 1):
        whole = ems(slot.cell.text)
        wanted = whole if whole <= _SHORT else max(min(longest_word(slot.cell.text), _CODE), 3.0)
        needs[slot.column] = max(needs[slot.column], wanted * look.size * 1.04 + 2 * CELL_SIDE + _LINE)
    return needs


def _widened(asked: Sequence[float], needs: Sequence[float]) -> list[float]:
    """The asked widths, where too narrow the needed ones, taken from the columns with more than they need."""
    lacking = sum(max(0.0, need - width) for width, need in zip(asked, needs, strict=True))
    spare = sum(max(0.0, width - need) for width, need in zip(asked, needs, strict=True))
    kept = 1 - lacking / spare if spare else 1.0
    return (
        [need + max(0.0, width - need) * kept for width, need in zip(asked, needs, strict=True)]
        if lacking
        else [*asked]
    )


def _height(row: Sequence[Slot], widths: Sequence[int], look: Look) -> float:
    """The height of a row in points; a cell over several rows shares its height among them."""
    high = 0.0
    for slot in row:
        room = sum(widths[slot.column : slot.column + slot.colspan]) / 20 - 2 * CELL_SIDE
        high = max(high, lines(slot.cell.text, room, look) * look.line / slot.rowspan)
    return max(high, look.line) + 2 * CELL_TOP + _LINE
