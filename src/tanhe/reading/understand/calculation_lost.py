"""Calculation tables that lost their layout (失去版式的计算表): each cell on a line of its own, set into rows again.

Names come first, then units and letters if they have rows of their own, then an item and its figures in turn. How
many figures make a row is told by the run of units, of lettered headers, or of letters up to the formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.understand.located import Located, Row, absent, figure, filled, is_unit, year_of
from tanhe.reading.understand.vocabulary import has_word, plain

_LETTER: Final = re.compile(r"^[A-Z]\d{0,2}$")
Test = Callable[[str], bool]


def relaid(table: Located, letterish: Test, headed: Test) -> Iterator[list[Row]]:
    """The rows of each calculation among the cells; ``headed`` tells a header that carries its unit or letter."""
    cells = [c for r in table.rows for c in filled(r)]
    formulas = [n for n, c in enumerate(cells) if letterish(c.text) and "=" in plain(c.text)]
    if len(formulas) < 2:
        found = _by_units(cells, letterish) or _by_headers(cells, letterish, headed)
        if found is not None:
            yield found
            return
    for n in formulas:
        if (rows := _by_letters(cells, n)) is not None:
            yield rows


def _by_units(cells: Sequence[Cell], letterish: Test) -> list[Row] | None:
    """Names, then as many units as there are figures in a row."""
    for n, run in _runs(cells, lambda t: is_unit(t) or absent(t)):
        if len(run) < 2 or n < len(run) or not has_word(cells[n - 1].text, "calculation", "result"):
            continue
        if any(is_unit(c.text) for c in run) and not any(figure(c.text) for c in cells[n - len(run) : n]):
            return _data([cells[n - len(run) : n], run], cells, n + len(run), letterish)
    return None


def _by_headers(cells: Sequence[Cell], letterish: Test, headed: Test) -> list[Row] | None:
    """Headers that each carry a unit or a letter, up to the one of the result."""
    for n, run in _runs(cells, lambda t: headed(t) and figure(t) is None):
        if len(run) >= 2 and has_word(run[-1].text, "calculation", "result"):
            return _data([run], cells, n + len(run), letterish)
    return None


def _runs(cells: Sequence[Cell], test: Test) -> Iterator[tuple[int, list[Cell]]]:
    """(start, cells) of every longest run of cells that pass the test."""
    n = 0
    while n < len(cells):
        run: list[Cell] = []
        while n + len(run) < len(cells) and test(cells[n + len(run)].text):
            run.append(cells[n + len(run)])
        if run:
            yield n, run
        n += len(run) or 1


def _data(head: list[Sequence[Cell]], cells: Sequence[Cell], start: int, letterish: Test) -> list[Row] | None:
    """Header rows and the rows of figures that follow, each with its item first."""
    wide = len(head[0])
    blank = Cell("", cells[0].place)
    rows: list[Row] = [(blank, *h) for h in head]
    n = start
    while n < len(cells):
        item: list[Cell] = []
        figures: list[Cell] = []
        while n < len(cells) and not _figure(cells[n]) and not letterish(cells[n].text) and len(item) < 3:
            item.append(cells[n])
            n += 1
        test = letterish if n < len(cells) and letterish(cells[n].text) else None
        while (
            n < len(cells)
            and len(figures) < wide
            and (_figure(cells[n]) or absent(cells[n].text) or (test and test(cells[n].text)))
        ):
            figures.append(cells[n])
            n += 1
        words = [c for c in item if year_of(c.text) is None] or item
        if len(figures) == wide:
            rows.append((words[-1] if words else blank, *figures))
        elif len(figures) == 1 and words:
            rows.append((words[-1], *[blank] * (wide - 1), *figures))
        else:
            break
    return rows if len(rows) > len(head) else None


def _figure(cell: Cell) -> bool:
    return figure(cell.text) is not None and year_of(cell.text) is None


def _by_letters(cells: Sequence[Cell], at: int) -> list[Row] | None:
    """The letters up to the formula at ``at``, with units and names of the same number before them."""
    first = at
    while first and _LETTER.match(re.sub(r"\s", "", plain(cells[first - 1].text))):
        first -= 1
    wide = at - first + 1
    if wide < 2:
        return None
    top = first
    while top and is_unit(cells[top - 1].text) and first - top < wide:
        top -= 1
    units = [cells[top:first]] if first - top == wide else []
    top = top if units else first
    names = [c for c in cells[max(0, top - wide - 1) : top] if year_of(c.text) is None][-wide:]
    if len(names) < wide:
        names = [Cell("", cells[at].place)] * (wide - len(names)) + names
    return _data([names, *units, cells[first : at + 1]], cells, at + 1, lambda _: False)
