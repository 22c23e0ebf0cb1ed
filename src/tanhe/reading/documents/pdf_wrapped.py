"""Tables without ruling lines whose cells are wrapped (无框线、单元格折行的表): cells by the leading of their lines, rows by height.

Inside a cell the lines stand one leading apart, between two cells of a column further. Cells of one row overlap in
height, whether they are set to the top or to the middle; cells of two rows never do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.pdf_lines import Line

_LOOSE: Final = 1.12
"""So many leadings apart, two lines of a column are two cells."""
_FIGURE: Final = re.compile(r"-?\d[\d,]*\.\d+%?")
"""On a line of its own a cell of its own: where it is not, rows were taken for lines of one cell."""
_CAPTION: Final = re.compile(r"(?:续?表|图)\s?\d")
_FAR: Final = 3.2
_NARROW: Final = 2.0
"""Points of free space that divide two columns."""
_ROWS: Final = 3
REACH: Final = 4
_GROWS: Final = 12
"""Baselines within which two parts must stand side by side, and a single part may open a further column."""
_MOST_COLUMNS: Final = 60
MOST_ROWS: Final = 400


@dataclass(frozen=True)
class Wrapped:
    """Rows of cells, each the lines of a cell by column; the columns; how many of the given baselines it took."""

    rows: tuple[dict[int, list[Line]], ...]
    columns: tuple[tuple[float, float], ...]
    taken: int


def wrapped(bases: Sequence[Sequence[Line]]) -> Wrapped | None:
    """The table that begins with the first of the baselines (lines of one baseline, left to right), if one does."""
    columns, end = _stretch(bases)
    if len(columns) < 2:
        return None
    placed: list[list[Line]] = [[] for _ in columns]
    for parts in bases[:end]:
        for part in parts:
            placed[_column(columns, part)].append(part)
    leading = _leading(placed)
    if leading is None:
        return None
    return _checked(_grouped(placed, leading), columns, bases, end)


def _stretch(bases: Sequence[Sequence[Line]]) -> tuple[list[tuple[float, float]], int]:
    """The columns and the end of the baselines whose parts stand each in one column, close below each other."""
    columns: list[tuple[float, float]] = []
    end = 0
    for n, parts in enumerate(bases[:MOST_ROWS]):
        if (n and parts[0].base - bases[n - 1][0].base > _FAR * parts[0].size) or _CAPTION.match(parts[0].text):
            break
        more = _united(columns, parts)
        if not max(len(columns), len(parts)) <= len(more) <= _MOST_COLUMNS or (n >= REACH and len(more) < 2):
            break
        if n >= _GROWS and len(parts) == 1 and len(more) > len(columns):
            break
        columns, end = more, n + 1
    return columns, end


def _united(columns: Sequence[tuple[float, float]], parts: Sequence[Line]) -> list[tuple[float, float]]:
    made: list[tuple[float, float]] = []
    for x0, x1 in sorted([*columns, *((part.x0, part.x1) for part in parts)]):
        if made and x0 < made[-1][1] + _NARROW:
            made[-1] = (made[-1][0], max(made[-1][1], x1))
        else:
            made.append((x0, x1))
    return made


def _column(columns: Sequence[tuple[float, float]], part: Line) -> int:
    return next(n for n, (x0, x1) in enumerate(columns) if part.x0 >= x0 - 0.1 and part.x1 <= x1 + 0.1)


def _leading(placed: Sequence[Sequence[Line]]) -> float | None:
    """The least distance of two lines of a column, when others are clearly further apart."""
    apart = [low.base - up.base for lines in placed for up, low in pairwise(lines) if low.base - up.base > 0.8 * low.size]
    if not apart:
        return None
    least = min(apart)
    return least if least < 2 * placed[0][0].size and max(apart) > _LOOSE * least else None


def _grouped(placed: Sequence[Sequence[Line]], leading: float) -> list[dict[int, list[Line]]]:
    """Cells of the columns, and the rows they make."""
    cells: list[tuple[float, float, int, list[Line]]] = []
    for x, lines in enumerate(placed):
        for line in lines:
            if cells and cells[-1][2] == x and line.base - cells[-1][1] <= _LOOSE * leading:
                cells[-1] = (cells[-1][0], line.base, x, [*cells[-1][3], line])
            else:
                cells.append((line.base - 0.7 * line.size, line.base, x, [line]))
    rows: list[dict[int, list[Line]]] = []
    bottom = 0.0
    for top, base, x, lines in sorted(cells, key=lambda cell: (cell[0], cell[2])):
        if rows and top < bottom and x not in rows[-1]:
            rows[-1][x] = lines
        else:
            rows.append({x: lines})
            bottom = 0.0
        bottom = max(bottom, base)
    return rows


def _checked(
    rows: list[dict[int, list[Line]]], columns: Sequence[tuple[float, float]], bases: Sequence[Sequence[Line]], end: int
) -> Wrapped | None:
    """The table without what hangs on at its end; None when too few rows have cells in several columns."""
    while rows and len(rows[-1]) < 2:
        rows.pop()
    least = 2 if len(columns) > 2 and all(len(row) > 2 for row in rows) else _ROWS
    if len(rows) < least or len(rows[0]) < 2 or sum(len(row) > 1 for row in rows) * 3 < len(rows) * 2:
        return None
    if any(len(lines) > 1 and any(_FIGURE.fullmatch(line.text) for line in lines) for row in rows for lines in row.values()):
        return None
    last = max(lines[-1].base for row in rows for lines in row.values())
    taken = sum(1 for parts in bases[:end] if parts[0].base <= last)
    short = sum(len("".join(line.text for line in row.get(0, []))) <= 24 for row in rows)
    return Wrapped(tuple(rows), tuple(columns), taken) if short * 4 >= len(rows) * 3 else None
