"""Rows printed as they stand on the page (按页面位置逐行): the lines of a wrapped cell above and below the row's own line.

Cells are centred, so a row has as many lines above the line of its running number as below; which column a wrapped cell
belongs to is told by what columns mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

from tanhe.reading.documents.cell_lines import loose_breaks
from tanhe.reading.documents.lines import Line, glue
from tanhe.reading.documents.list_heads import Head
from tanhe.reading.documents.row_cells import Laid, fits, laid, pieces_of

_WRAPPED: Final = 2
"""Wrapped cells of one row, at most."""
_DEEP: Final = 6
"""Lines above the line of a row, at most."""
_FIRM: Final = frozenset({"energy", "gas", "count", "unit", "accuracy", "interval", "year", "role", "name"})
"""Columns whose words are short, so that they seldom wrap."""

Around = tuple[int, list[Laid]]
"""Index of the last line, and the rows with their scores."""


def around_rows(lines: Sequence[Line], starts: Sequence[int], head: Head) -> Around | None:
    """The rows whose own lines are ``starts``, each with its lines above and below; None when they are not so printed."""
    deep = _depths(starts)
    if deep is None or not any(deep) or starts[-1] + deep[-1] >= len(lines):
        return None
    made: list[Laid] = []
    for nth, (at, own) in enumerate(zip(starts, deep, strict=True)):
        pieces = [pieces_of(line.text, head) for line in lines[at - own : at + own + 1]]
        row = _whole(pieces, own, head) if own else laid([(said, not n) for n, said in enumerate(pieces[0])], head, not nth)
        if row is None:
            return None
        made.append(row)
    return starts[-1] + deep[-1], made


def _depths(starts: Sequence[int]) -> list[int] | None:
    """How many lines each row has above and below its own: what lies between two rows is shared out from the first on."""
    made = [starts[0]]
    for above, below in pairwise(starts):
        made.append(below - above - 1 - made[-1])
    return made if all(0 <= own <= _DEEP for own in made) else None


def _whole(pieces: Sequence[list[str]], own: int, head: Head) -> Laid | None:
    """One row: its line in the middle, above and below it the other lines of wrapped cells."""
    middle = pieces[own]
    others = [*pieces[:own], *pieces[own + 1 :]]
    count, wide = len(head.fields), len(others[0])
    if any(len(said) != wide for said in others) or wide > _WRAPPED or len(middle) not in (count, count - wide):
        return None
    best: Laid | None = None
    for columns in combinations(range(1, count), wide):
        cells, cost = _placed(pieces, own, columns, count)
        if cost >= 1.0:
            continue
        score = sum(fits(column, said, head) for column, said in enumerate(cells)) - cost
        score -= sum(head.fields[column] in _FIRM for column in columns) * 0.3
        if best is None or score > best[0]:
            best = (score, cells)
    return best


def _placed(pieces: Sequence[list[str]], own: int, columns: Sequence[int], count: int) -> tuple[list[str], float]:
    """The cells when the wrapped ones stand in the given columns, and what their line breaks cost."""
    middle, full = list(pieces[own]), len(pieces[own]) == count
    cells: list[str] = []
    cost = 0.0
    for column in range(count):
        if column not in columns:
            cells.append(middle.pop(0))
            continue
        lines = [said[columns.index(column)] for said in pieces[:own]]
        lines += [middle.pop(0)] if full else []
        lines += [said[columns.index(column)] for said in pieces[own + 1 :]]
        cost += loose_breaks(lines) + 2.0 * ("/" in lines)
        said = ""
        for line in lines:
            said += glue(said, line) + line
        cells.append(said)
    return cells, cost
