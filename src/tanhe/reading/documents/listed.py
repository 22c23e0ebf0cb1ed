"""Lists whose cells each stand on a line of their own (一格一行的清单), put together by what their columns mean.

The header gives the meaning of each column; the cells below are laid into rows so that they fit their columns best,
with as few gaps, wrapped cells and broken rows as possible (the best path through cells × columns).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, key, unfinished
from tanhe.reading.documents.fitting import SOLID, fit
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.list_heads import CROSS, Head, head_of, header_as, heads_column, shape
from tanhe.reading.documents.words import TOTAL
from tanhe.reading.understand.vocabulary import cross_field

_MOST: Final = 500
"""Cells of one list, at most."""

_IN_VAIN: Final = 5
"""After so many rows that do not improve the list it has ended."""


_LESS: Final = frozenset({"note", "status", "remark", "facility", "department", "duties", "certificate", "number"})
_BULLET: Final = re.compile(r"(?:[-•●◆■▪·]|\d{1,2}\s?[)）、]|[(（]\d{1,2}[)）]|[①-⑳])\s?\S")
_STOP: Final = re.compile(r"(?:核查说明|说明|注)\s?[:：\d]|综上|经核查|核查组(?:通过|查阅|确认)|[图表]\s?\d")

_STREWN: Final = frozenset({"visits", "interviews", "meters"})
"""Kinds of lists whose cells are never the name of a column."""

Found = tuple[int, list[Row]]


def listed(cells: Sequence[Cell]) -> Found | None:
    """How many of the cells belong to the list they begin, and its rows; None when they begin none, no rows when they are strewn."""
    head = head_of(cells)
    if head is None or (head.kind == "economics" and head.fields[0] == "year"):
        return None
    end, rows = _laid(cells[:_MOST], head)
    if not rows and head.kind == "nc" and head.known > 2:
        return head.size, [head.cells]
    if rows and head.kind == "sources" and end < len(cells) and re.match(r"(?:核查)?说明\s?[:：]", cells[end].text):
        rows.append([cells[end]])
        end += 1
    if rows and _strewn(rows, head):
        return 0, []
    return (end, [head.cells, *rows]) if rows else None


def _strewn(rows: Sequence[Row], head: Head) -> bool:
    """Whether words of the header stand among the rows, or labels among figures, so that columns and rows do not agree."""
    if head.kind == "results":
        figures = [at for at, field in enumerate(head.fields) if field == "figure"]
        return any(row[at].text and not is_figure(row[at].text) for row in rows for at in figures)
    return head.kind in _STREWN and any(heads_column(cell.text, head.kind) for row in rows for cell in row)


def crossed(cells: Sequence[Cell]) -> Found | None:
    """The small table of a cross-check (核对来源、对照值、偏差、说明) that the cells begin, and its rows."""
    if not cells or cross_field(cells[0].text) is None:
        return None
    head = header_as(CROSS, cells)
    if head is None or not all(need & set(head.fields) for need in CROSS.needs):
        return None
    end, rows = _laid(cells[:60], head)
    return (end, [head.cells, *rows]) if rows else None


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to have laid all cells so far: score, column of the last, row number, and where it came from."""

    score: float
    count: int
    back: tuple[int, int] | None
    how: str


def _laid(cells: Sequence[Cell], head: Head) -> Found:
    width, start = len(head.fields), head.size
    code = shape(half(cells[start].text)) if start < len(cells) and head.fields[0] == "serial" else ""
    again = [key(cell.text) for cell in head.cells if cell.text]
    states: dict[tuple[int, int], _Step] = {(start, width - 1): _Step(0.0, 0, None, "head")}
    best_end, best_score = start, 0.0
    best_at: tuple[int, int] | None = None
    for index in range(start, len(cells)):
        here = [(column, states[index, column]) for column in range(width) if (index, column) in states]
        if not here:
            continue
        for column, step in here:
            done = step.score - _gaps(head, column + 1, width, step.count)
            if index > start and done > best_score:
                best_end, best_score, best_at = index, done, (index, column)
        cell = cells[index]
        if len(cell.text) > 1500 or index - best_end > _IN_VAIN * width + 20:
            break
        fits = [fit(field, head.kind, cell.text) for field in head.fields]
        repeated = _repeats(cells, index, again, head)
        for column, step in here:
            if repeated:
                _better(states, (index + repeated, column), _Step(step.score, step.count, (index, column), "again"))
                continue
            _within(states, index, column, step, fits, head, cells)
            if not _STOP.match(cell.text):
                _below(states, index, column, step, fits, head, cell, code)
    last = len(cells)
    for column in range(width):
        if (last, column) in states:
            step = states[last, column]
            done = step.score - _gaps(head, column + 1, width, step.count)
            if done > best_score:
                best_end, best_score, best_at = last, done, (last, column)
    return (best_end, _rows(states, best_at, cells, head)) if best_at is not None else (start, [])


def _better(states: dict[tuple[int, int], _Step], at: tuple[int, int], step: _Step) -> None:
    held = states.get(at)
    if held is None or step.score > held.score:
        states[at] = step


def _gap(field: str, head: Head, count: int) -> float:
    """What it costs to leave a column empty."""
    if field in head.filled_down and count > 1:
        return 0.3
    if field in ("serial", "year", "date", "category") and count > 1:
        return 0.9
    if field in SOLID:
        return 2.5
    if field in ("sub", "label"):
        return 0.0 if field == "sub" else (0.3 if count > 1 else 2.5)
    return 0.5 if field in _LESS or not field else 1.2


def _gaps(head: Head, start: int, stop: int, count: int) -> float:
    return sum(_gap(head.fields[column], head, count) for column in range(start, stop))


def _repeats(cells: Sequence[Cell], index: int, again: Sequence[str], head: Head) -> int:
    """How many cells from here are the header printed again."""
    if key(cells[index].text) != again[0]:
        return 0
    shown = "".join(key(cell.text) for cell in cells[index : index + head.size])
    return head.size if shown == "".join(again) else 0


def _within(
    states: dict[tuple[int, int], _Step], index: int, column: int, step: _Step, fits: Sequence[float], head: Head, cells: Sequence[Cell]
) -> None:
    """The cell further right in the same row, or the rest of the cell before."""
    if step.count == 0:
        return
    cost = 0.0
    for to in range(column + 1, len(fits)):
        _better(states, (index + 1, to), _Step(step.score + fits[to] - cost, step.count, (index, column), "right"))
        cost += _gap(head.fields[to], head, step.count)
    over = step.how == "again"
    before, cell = cells[step.back[0] - 1 if over and step.back else index - 1].text, cells[index].text
    if is_figure(before) or head.fields[column] == "serial":
        return
    if half(cell[:1]) in ",.;:)、。" or (unfinished(before, 24) and head.kind != "cross"):
        cost = 0.2
    elif len(before) > 20 and (_BULLET.match(cell) or before.endswith(("；", ";", "：", ":")) or over):
        cost = 0.5
    else:
        cost = 1.6 if head.fields[column] in ("content", "duties", "place", "work", "interviewees", "participants") else 2.2
    _better(states, (index + 1, column), _Step(step.score + min(fits[column], 0.4) - cost, step.count, (index, column), "on"))


def _below(
    states: dict[tuple[int, int], _Step], index: int, column: int, step: _Step, fits: Sequence[float], head: Head, cell: Cell,
    code: str,
) -> None:
    """The cell in a new row."""
    over = 0.4 if step.how == "again" else 1.0
    left = over * _gaps(head, column + 1, len(fits), step.count) if step.count else 0.0
    serial = head.fields[0] == "serial"
    cost = 0.0
    for to in range(len(fits)):
        count, plus = step.count + 1, fits[to]
        if serial and to == 0:
            said = half(cell.text)
            plus = 3.0 if said == str(step.count + 1) or (code and shape(said) == code) else -6.0
        elif serial:
            count = step.count
            if not count:
                break
        _better(states, (index + 1, to), _Step(step.score + plus - left - over * cost, count, (index, column), "new"))
        cost += _gap(head.fields[to], head, step.count + 1)
        if cost > 8:
            break


def _rows(
    states: dict[tuple[int, int], _Step], at: tuple[int, int] | None, cells: Sequence[Cell], head: Head
) -> list[Row]:
    steps: list[tuple[int, int, str]] = []
    while at is not None:
        step = states[at]
        if step.back is not None and step.how != "again":
            steps.append((step.back[0], at[1], step.how))
        at = step.back
    rows: list[Row] = []
    for index, column, how in reversed(steps):
        cell = cells[index]
        if how == "new" or not rows:
            rows.append([Cell("", cell.place) for _ in head.fields])
        row = rows[-1]
        row[column] = extended(row[column], cell, True) if how == "on" and _BULLET.match(cell.text) else extended(row[column], cell)
    return [_totalled(row) for row in rows] if head.kind == "results" else rows


def _totalled(row: Row) -> Row:
    """The label of a total reaches over the first columns: what stands beside it belongs at the right."""
    if row[-1].text or not row[0].text or not TOTAL.fullmatch(half(row[0].text)[:40]):
        return row
    own = [cell for cell in row[1:] if cell.text]
    return [row[0], *[Cell("", row[0].place)] * (len(row) - 1 - len(own)), *own]
