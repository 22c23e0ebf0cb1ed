"""A PDF page taken apart (版面): ruled tables, then the lines outside them in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.reading.documents.pdf_flow import Flowing, Item
from tanhe.reading.documents.pdf_fractions import with_fractions
from tanhe.reading.documents.pdf_furniture import is_contents
from tanhe.reading.documents.pdf_grids import grids
from tanhe.reading.documents.pdf_lines import Line, lines_of
from tanhe.reading.documents.pdf_loose import Row, in_reading_order, loose_tables, rows_of
from tanhe.reading.documents.pdf_page import Page
from tanhe.reading.documents.pdf_parts import Part, goes_on, joined, part_of

_APART: Final = 2.5
"""Gaps of more ems than this keep a line a paragraph of its own."""
_CONTENTS: Final = ("目录", "目 录", "目次", "目 次")


@dataclass(frozen=True)
class Sheet:
    """Ruled tables and lines outside them, both from top to bottom."""

    page: Page
    tables: tuple[Part, ...]
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        """The page, 1-based."""
        return self.page.number


def sheet_of(page: Page, before: Sheet | None = None) -> Sheet:
    """The page taken apart; of nested grids the inner one takes its characters first.

    ``before``: the page before it, whose last table may go on here with a row or two.
    """
    last = before.tables[-1] if before and before.tables else None
    free = list(page.glyphs)
    tables: list[Part] = []
    for grid in sorted(grids(page), key=lambda g: (g.x1 - g.x0) * (g.bottom - g.top)):
        inside = [glyph for glyph in free if grid.holds(glyph)]
        part = part_of(grid, inside, page.number)
        if _is_table(part) or (last is not None and part.top < 0.3 * page.height and goes_on(last, part)):
            tables.append(part)
            taken = set(map(id, inside))
            free = [glyph for glyph in free if id(glyph) not in taken]
    lines = lines_of(with_fractions(free, page.across), split=True)
    return Sheet(page, tuple(sorted(tables, key=lambda part: part.top)), tuple(lines))


def _is_table(part: Part) -> bool:
    """Axes of charts and frames have few words in their cells, or one column."""
    filled = sum(bool(cell.text) for cell in part.cells)
    return (
        filled >= 2
        and filled * 5 >= len(part.cells)
        and (len(part.edges) > 2 or filled * 2 > len(part.cells))
    )


def items_of(sheet: Sheet, lines: Sequence[Line], columns: bool = False) -> list[Item]:
    """Tables, with and without ruling lines, and lines in reading order; entries of a table of contents left out.

    ``columns``: the page before is set in two.
    """
    made: list[Item] = []
    run: list[Row] = []
    waiting = list(sheet.tables)
    for row in in_reading_order(rows_of(lines), sheet.page.width, columns):
        while waiting and waiting[0].top < row.base - 0.3 * row.size:
            made += _loose(run, sheet.number)
            run = []
            made.append(waiting.pop(0))
        run.append(row)
    return [*made, *_loose(run, sheet.number), *waiting]


def _loose(run: Sequence[Row], page: int) -> Iterable[Item]:
    for thing in loose_tables(run, page):
        if isinstance(thing, Part):
            yield thing
            continue
        line = thing.whole()
        if not is_contents(line.text) and line.text not in _CONTENTS:
            yield Flowing(line, page, thing.gap > _APART, thing.column)


def put(items: list[Item], more: Sequence[Item]) -> None:
    """Append a page; a table that goes on at its top is put to the one at the end of the page before."""
    rest = list(more)
    first, last = (rest[0] if rest else None), (items[-1] if items else None)
    if isinstance(first, Part) and isinstance(last, Part) and last.last_page == first.page - 1:
        if (whole := joined(last, first)) is not None:
            items[-1] = whole
            rest.pop(0)
    items += rest
