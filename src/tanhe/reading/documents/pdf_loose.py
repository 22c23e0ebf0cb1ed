"""Lines that stand side by side (并列的文字): two columns of text, or a table without ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from statistics import median
from typing import Final

from tanhe.reading.documents.pdf_lines import Line, rejoined
from tanhe.reading.documents.pdf_parts import Part, PartCell
from tanhe.reading.documents.pdf_wrapped import MOST_ROWS, REACH, Wrapped, wrapped

_FEWEST: Final = 3
"""So many rows with columns make a table without lines."""
_COLUMN_LINES: Final = 6


@dataclass(frozen=True)
class Row:
    """What stands on one baseline, left to right."""

    parts: tuple[Line, ...]
    column: tuple[float, float] | None = None
    """The edges of the column of text it stands in, on a page that has several."""

    @property
    def base(self) -> float:
        """The baseline."""
        return self.parts[0].base

    @property
    def size(self) -> float:
        """The type size."""
        return max(part.size for part in self.parts)

    @property
    def gap(self) -> float:
        """The widest gap between parts, in ems."""
        return max((b.x0 - a.x1 for a, b in pairwise(self.parts)), default=0.0) / self.size

    def whole(self) -> Line:
        """The parts as one line, a blank between them."""
        first, last = self.parts[0], self.parts[-1]
        known = [part.confidence for part in self.parts if part.confidence is not None]
        return Line(
            " ".join(part.text for part in self.parts), first.x0, last.x1, first.base, self.size,
            all(part.bold for part in self.parts), min(known) if known else None, first.first,
        )  # fmt: skip


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Lines (top to bottom, left to right) by baseline."""
    return [Row(tuple(group)) for _, group in groupby(lines, key=lambda line: line.base)]


def in_reading_order(rows: Sequence[Row], width: float, expected: bool = False) -> list[Row]:
    """Rows of a page set in two columns: the left one, then the right one, between lines that cross the middle.

    ``expected``: the page before is set so, and a few lines are enough to see it.
    """
    middle = width / 2
    sides = [_side(part, middle) for row in rows for part in row.parts]
    left, right = ([p for s, p in zip(sides, (p for r in rows for p in r.parts), strict=True) if s == side] for side in (-1, 1))
    wide = 0.28 * width
    if (
        min(len(left), len(right)) < (1 if expected else _COLUMN_LINES)
        or sides.count(0) > 0.3 * len(sides)
        or median(p.x1 - p.x0 for p in left) < wide
        or median(p.x1 - p.x0 for p in right) < wide
    ):
        return list(rows)
    made: list[Row] = []
    bounds = [(min(p.x0 for p in side), max(p.x1 for p in side)) for side in (left, right)]
    waiting: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        if any(_side(part, middle) == 0 for part in row.parts):
            made += [*waiting[0], *waiting[1], row]
            waiting = ([], [])
            continue
        for part in row.parts:
            right_one = _side(part, middle) > 0
            waiting[right_one].append(Row((part,), bounds[right_one]))
    return [*made, *waiting[0], *waiting[1]]


def _side(part: Line, middle: float) -> int:
    return -1 if part.x1 <= middle + 2 else 1 if part.x0 >= middle - 2 else 0


def loose_tables(rows: Sequence[Row], page: int) -> list[Row | Part]:
    """The rows with those that form a table without ruling lines as one part; in doubt they stay text."""
    made: list[Row | Part] = []
    at = 0
    while at < len(rows):
        found = _wrapped(rows, at)
        if found is not None:
            made.append(_part(found.columns, found.rows, rows[at : at + found.taken], page))
            at += found.taken
            continue
        end = _end_of_table(rows, at)
        table = _table(rows[at:end], page) if end - at >= _FEWEST else None
        if table is None:
            made.append(rows[at])
            at += 1
        else:
            made.append(table)
            at = end
    return made


def _wrapped(rows: Sequence[Row], at: int) -> Wrapped | None:
    if rows[at].column or not any(len(row.parts) > 1 for row in rows[at : at + REACH]):
        return None
    return wrapped([row.parts for row in takewhile(lambda row: not row.column, rows[at : at + MOST_ROWS])])


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    """One past the last row that fits the columns of the rows before it; a wrapped cell may stand between two."""
    end = start
    columns: list[tuple[float, float]] = []
    for n in range(start, len(rows)):
        row = rows[n]
        if row.column or (n > start and row.base - rows[n - 1].base > 3.2 * row.size):
            break
        placed = [_column(columns, part) for part in row.parts]
        if len(row.parts) == 1:
            if n == start or n + 1 - end > 2 or not placed[0]:
                break
            continue
        if columns and not _fits(placed, len(columns)):
            break
        columns = _columns([Line("", x0, x1, 0.0, 1.0) for x0, x1 in columns] + list(row.parts))
        end = n + 1
    return end


def _fits(placed: Sequence[int | None], count: int) -> bool:
    """Whether the parts of a row stand in columns of their own, most of them known ones."""
    known = [at for at in placed if at is not None]
    return len(set(known)) == len(known) and len(known) * 2 > len(placed) and len(known) * 2 >= count


def _table(rows: Sequence[Row], page: int) -> Part | None:
    columns = _columns([part for row in rows if len(row.parts) > 1 for part in row.parts])
    if len(columns) < 2:
        return None
    placed = [[_column(columns, part) for part in row.parts] for row in rows]
    full = [row for row in placed if len(row) > 1 and len(set(row)) == len(row)]
    if any(None in row for row in placed) or len(full) < _FEWEST or len(full) * 2 < len(rows):
        return None
    if len(columns) == 2 and not any(c.isdigit() for row in rows for part in row.parts[1:] for c in part.text):
        return None
    entries: list[dict[int, list[Line]]] = []
    for row, at in zip(rows, placed, strict=True):
        wrapped = entries and len(row.parts) == 1 and (at[0] != 0 or len(entries[-1]) == 1)
        entry = entries[-1] if wrapped else {}
        for part, column in zip(row.parts, at, strict=True):
            entry.setdefault(column or 0, []).append(part)
        if not wrapped:
            entries.append(entry)
    return _part(columns, entries, rows, page)


def _part(columns: Sequence[tuple[float, float]], entries: Sequence[dict[int, list[Line]]], rows: Sequence[Row], page: int) -> Part:
    edges = [(columns[n - 1][1] + columns[n][0]) / 2 if n else columns[0][0] - 1 for n in range(len(columns))]
    edges.append(columns[-1][1] + 1)
    cells = tuple(
        _cell(edges, y, x, entry.get(x, []), page) for y, entry in enumerate(entries) for x in range(len(columns))
    )
    last = rows[-1]
    return Part(cells, page, rows[0].parts[0].top, last.base + 0.2 * last.size, page)


def _columns(parts: Sequence[Line]) -> list[tuple[float, float]]:
    """Stretches of the page that parts cover, with free space between them."""
    made: list[tuple[float, float]] = []
    for x0, x1 in sorted((part.x0, part.x1) for part in parts):
        if made and x0 < made[-1][1] + 2:
            made[-1] = (made[-1][0], max(made[-1][1], x1))
        else:
            made.append((x0, x1))
    return made


def _column(columns: Sequence[tuple[float, float]], part: Line) -> int | None:
    """The only column that a part overlaps."""
    found = [n for n, (x0, x1) in enumerate(columns) if part.x0 < x1 and part.x1 > x0]
    return found[0] if len(found) == 1 else None


def _cell(edges: Sequence[float], y: int, x: int, lines: Sequence[Line], page: int) -> PartCell:
    words = rejoined(lines, max((line.x1 - line.x0 for line in lines), default=0.0))
    known = [line.confidence for line in lines if line.confidence is not None]
    return PartCell(edges[x], edges[x + 1], y, 1, words, page, min(known) if known else None)
