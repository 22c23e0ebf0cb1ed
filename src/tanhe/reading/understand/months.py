"""The periods of monthly tables (月份行): found down, across, side by side or one a line, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tanhe.messages import TanheError
from tanhe.quantity import periods
from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Said
from tanhe.reading.understand.located import (
    Located,
    Row,
    absent,
    figure,
    filled,
    said,
    year_of,
)
from tanhe.reading.understand.vocabulary import fold, is_word

FEWEST: Final = 3
"""Periods a table must have to be a monthly table."""


_MONTH: Final = re.compile(r"^(?:(?:19|20)\d\d[年./-])?\d{1,2}月份?$")


_CHINESE: Final = {
    f"{w}月": n
    for n, w in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)
}


@dataclass(frozen=True)
class Gathered:
    """A table's header rows and periods with their cells, before columns are named."""

    table: Located
    head: tuple[Row, ...]
    rows: tuple[tuple[Cell, Row], ...]
    totals: Row
    below: tuple[Row, ...]
    stray: Row = ()
    """Words before the first period in its own row: a header that slipped down."""


def is_period(text: str) -> bool:
    """Whether a cell names a month or a billing period; a bare number does not."""
    folded = fold(text)
    if not folded or len(folded) > 30:
        return False
    if _MONTH.match(folded) or folded in _CHINESE:
        return True
    if not re.search(r"[\d][^\d]+\d", folded) or year_of(text) or re.fullmatch(r"[\d,]+(?:\.\d+)?%?", folded):
        return bool(re.fullmatch(r"(?:19|20)\d\d-\d\d", folded))
    try:
        found = periods.parse(folded, 2001)
    except TanheError:
        return False
    return 1 <= (found.last - found.first).days < 100


def _is_total(text: str) -> bool:
    return is_word(text, "monthly", "totals") or bool(
        re.match(r"^(?:合计|总计|累计|全年)[(/、/]", fold(text))
    )


def joined(tables: Iterable[Located]) -> Iterator[Located]:
    """Tables with the pieces of them that stand on after a page break."""
    last: Located | None = None
    for table in tables:
        if last is not None and table.follows and not table.lost and _goes_on(last, table):
            last = replace(last, rows=(*last.rows, *table.rows))
            continue
        if last is not None:
            yield last
        last = table
    if last is not None:
        yield last


def _goes_on(last: Located, table: Located) -> bool:
    """Whether the table begins with a period, a total, or the months' header again, after at least two periods."""
    labels = [c.text for r in table.rows for c in filled(r)[:1]]
    begun = sum(any(is_period(c.text) for c in r[:3]) for r in last.rows) >= 2
    return (
        begun
        and bool(labels)
        and (is_period(labels[0]) or _is_total(labels[0]) or is_word(labels[0], "monthly", "head"))
    )


def gather(table: Located) -> Iterator[Gathered]:
    if table.lost or all(len(r) == 1 for r in table.rows):
        yield from _gather_lost(table)
        return
    across = next((r for r in table.rows[:4] if sum(is_period(c.text) for c in r) >= FEWEST), None)
    rows = _turned(table.rows) if across is not None else table.rows
    blocks = _side_by_side(rows)
    found = _periods(replace(table, rows=blocks))
    if len(found.rows) >= FEWEST and sum(any(read(c) for c in r) for _, r in found.rows) >= FEWEST:
        yield found


def _turned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Columns as rows, where the months go across."""
    wide = max(map(len, rows))
    blank = Cell("", rows[0][0].place)
    return tuple(tuple(r[x] if x < len(r) else blank for r in rows) for x in range(wide))


def _side_by_side(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Two blocks of months beside each other (1月 … | 7月 …) as one below the other."""
    starts = {
        x for r in rows for x, c in enumerate(r) if x and (is_period(c.text)) and r and is_period(r[0].text)
    }
    if len(starts) != 1 or sum(len(r) > min(starts) and is_period(r[min(starts)].text) for r in rows) < 2:
        return tuple(rows)
    at = starts.pop()
    right = [r[at:] for r in rows if len(r) > at and (is_period(r[at].text) or _is_total(r[at].text))]
    left = [r[:at] for r in rows if r and filled(r[:at]) and not _is_total(r[0].text)]
    total = [r[:at] for r in rows if r and _is_total(r[0].text)]
    return (*left, *right, *total)


def _periods(table: Located) -> Gathered:
    head: list[Row] = []
    rows: list[tuple[Cell, Row]] = []
    below: list[Row] = []
    totals: Row = ()
    for row in table.rows:
        at = next((x for x, c in enumerate(row[:3]) if is_period(c.text)), None)
        if at is not None and not totals:
            rows.append((row[at], row[at + 1 :]))
        elif not rows:
            head.append(row)
        elif filled(row) and _is_total(filled(row)[0].text):
            x = next(i for i, c in enumerate(row) if c.text.strip())
            totals = totals or row[x + 1 :]
        elif filled(row) and not is_word(row[0].text or "-", "monthly", "head"):
            below.append(row)
    slipped = next((r for r in table.rows if any(is_period(c.text) for c in r[:3])), ())
    stray = slipped[: next((i for i, c in enumerate(slipped) if is_period(c.text)), 0)]
    first = min(
        (
            next((i for i, c in enumerate(r) if is_period(c.text)), 0)
            for r in table.rows
            if any(is_period(c.text) for c in r[:3])
        ),
        default=0,
    )
    return Gathered(
        table,
        tuple(_under(r, first, len(rows[0][1]) if rows else 0) for r in head),
        tuple(rows),
        totals,
        tuple(below),
        tuple(filled(stray)),
    )


def _under(row: Row, at: int, wide: int) -> Row:
    """The header cells over the columns of figures; a row that lost its blank first cell is set to the right."""
    rest = row[at + 1 :]
    if (
        row
        and len(row) == wide
        and not is_word(row[0].text or "-", "monthly", "head")
        and row[0].text.strip()
    ):
        return row
    return rest


def _gather_lost(table: Located) -> Iterator[Gathered]:
    """Cells one a line: what stands between two periods is the row of the first."""
    cells = [c for r in table.rows for c in filled(r)]
    starts = [n for n, c in enumerate(cells) if is_period(c.text)]
    if len(starts) < FEWEST:
        return
    runs = [(n, _figures(cells[n + 1 :])) for n in starts]
    wide = max((len(f) for _, f in runs[:-1]), key=[len(f) for _, f in runs].count)
    if not wide or sum(len(f) == wide for _, f in runs) < FEWEST:
        return
    first = starts[0]
    top = max((n for n in range(first) if is_word(cells[n].text, "monthly", "head")), default=first)
    head = [c for c in cells[top + 1 : first] if year_of(c.text) is None][-wide:]
    end = starts[-1] + 1 + len(runs[-1][1])
    totals = tuple(_figures(cells[end + 1 :])) if end < len(cells) and _is_total(cells[end].text) else ()
    caption = next((c.text for c in reversed(cells[:top]) if re.match(r"^\s*表\s*\d", c.text)), table.caption)
    rows = tuple((cells[n], tuple(f)) for n, f in runs)
    names = (tuple(head),) if len(head) == wide else ()
    yield Gathered(replace(table, caption=caption), names, rows, totals[:wide], ())


def _figures(cells: Sequence[Cell]) -> list[Cell]:
    out = []
    for cell in cells:
        if (figure(cell.text) is None and not absent(cell.text)) or is_period(cell.text):
            break
        out.append(cell)
    return out


def read(cell: Cell) -> Said | None:
    found = figure(cell.text)
    return said(cell, found[0]) if found else None
