"""Tables whose cells each stand on a line of their own (一格一行的表格), put together again by what they say.

Tried in this order: parameter table by the labels of its rows, monthly table by its months, numbered list by
1, 2, 3 …, calculation table by the letters of its formula, result table by label and figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, is_number, key, unfinished
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import HEADERS, MONTH, ROW_LABELS, TOTAL

_LETTER: Final = re.compile(r"[A-Z]\d?")
_FORMULA: Final = re.compile(r"\$?\s?[A-Z]\d?\s?[=＝].{1,60}")
_UNIT: Final = re.compile(r"[()（）]?(%|/|t|吨|.{0,4}(tCO|tC|GJ|TJ|Nm|m[3³]|kWh|MWh|kg|万).{0,12})[()（）]?")
_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")
_HEAD: Final = 24

Found = tuple[int, list[Row]]


def stacked(cells: Sequence[Cell]) -> Found | None:
    """How many of the cells belong to the table they begin, and its rows; None when they begin none."""
    first = key(cells[0].text) if cells else ""
    readers: list[Callable[[Sequence[Cell]], Found | None]] = []
    if first in ROW_LABELS:
        readers.append(_parameter)
    if first in HEADERS or first in ROW_LABELS:
        readers += [_monthly, _serial, _calculation, _results]
    for reader in readers:
        found = reader(cells)
        if found is not None:
            return found
    return None


def _parameter(cells: Sequence[Cell]) -> Found | None:
    labels = [i for i, cell in enumerate(cells) if key(cell.text) in ROW_LABELS]
    first = key(cells[0].text)
    again = [i for i in labels[1:] if key(cells[i].text) == first and not _inside_check(cells, labels, i)]
    if again:
        labels = [i for i in labels if i < again[0]]
    labels = [i for n, i in enumerate(labels) if n == 0 or i - labels[n - 1] <= _HEAD]
    if len({key(cells[i].text) for i in labels}) < 4:
        return None
    rows: list[Row] = []
    end = _last_value(cells, labels[-1])
    for start, stop in zip(labels, [*labels[1:], end], strict=True):
        values = _rejoined(cells[start + 1 : stop])
        if key(cells[start].text) == "年份" and rows and len(values) > 2:
            rows += _inner(cells[start], values)
        else:
            rows.append([cells[start], *values])
    return end, rows


def _inside_check(cells: Sequence[Cell], labels: Sequence[int], index: int) -> bool:
    """年份 between 交叉核对 and 核查结论 heads the small table of the cross-check."""
    before = [key(cells[i].text) for i in labels if i < index]
    return (
        bool(before)
        and before[-1] in ("交叉核对", "交叉验证", "交叉校核", "年份")
        and "核查结论" not in before
    )


def _last_value(cells: Sequence[Cell], label: int) -> int:
    end = label + 1
    while end < len(cells):
        end += 1
        if not unfinished(cells[end - 1].text):
            break
    return end


def _rejoined(values: Sequence[Cell]) -> Row:
    made: Row = []
    for value in values:
        if made and unfinished(made[-1].text) and not is_number(value.text):
            made[-1] = extended(made[-1], value)
        else:
            made.append(value)
    return made


def _inner(label: Cell, values: Sequence[Cell]) -> list[Row]:
    blank = Cell("", label.place)
    years = [i for i, value in enumerate(values) if _YEAR.fullmatch(half(value.text))]
    if not years:
        return [[blank, label, *values]]
    rows: list[Row] = [[blank, label, *values[: years[0]]]]
    size = years[0] + 1
    at = years[0]
    while at in years:
        rows.append([blank, *values[at : at + size]])
        at += size
    rows += [[blank, value] for value in values[at:]]
    return rows


def _month(cell: Cell) -> bool:
    return len(cell.text) < 14 and MONTH.fullmatch(half(cell.text)) is not None


def _monthly(cells: Sequence[Cell]) -> Found | None:
    head = next((i for i, cell in enumerate(cells[:_HEAD]) if _month(cell)), 0)
    months = [i for i, cell in enumerate(cells[: _HEAD * 12]) if _month(cell)]
    if not head or len(months) < 3:
        return None
    size = months[1] - months[0]
    if size < 2 or any(b - a > size for a, b in pairwise(months) if b - a < 3 * size):
        return None
    rows = _header(cells[:head], size)
    at = months[0]
    while at < len(cells) and (_month(cells[at]) or TOTAL.fullmatch(half(cells[at].text))):
        stop = at + 1
        while stop < len(cells) and stop < at + size and is_figure(cells[stop].text):
            stop += 1
        if stop == at + 1:
            break
        rows.append(list(cells[at:stop]))
        at = stop
    return (at, rows) if len(rows) > 3 else None


def _header(cells: Sequence[Cell], size: int) -> list[Row]:
    """Header cells in rows of the table's width; those of a second row stand at the right."""
    if len(cells) <= size:
        return [list(cells)]
    blank = Cell("", cells[0].place)
    below = list(cells[len(cells) - (size - 1) :])
    return [list(cells[: len(cells) - len(below)]), [blank, *below]]


def _serial(cells: Sequence[Cell]) -> Found | None:
    size = next((i for i, cell in enumerate(cells[:_HEAD]) if half(cell.text) == "1"), 0)
    if size < 2 or key(cells[0].text) not in ("序号", "编号"):
        return None
    rows: list[Row] = [list(cells[:size])]
    at, count = size, 1
    while at < len(cells) and half(cells[at].text) == str(count):
        follow = _next_serial(cells, at, size, str(count + 1))
        stop = follow or min(at + size, len(cells))
        rows.append(_fitted(cells[at:stop], size))
        at, count = stop, count + 1
    return at, rows


def _next_serial(cells: Sequence[Cell], at: int, size: int, number: str) -> int | None:
    if at + size < len(cells) and half(cells[at + size].text) == number:
        return at + size
    near = range(at + 1, min(at + 3 * size + 3, len(cells)))
    return next((i for i in near if half(cells[i].text) == number), None)


def _fitted(cells: Sequence[Cell], size: int) -> Row:
    row = list(cells) if len(cells) <= size else _rejoined(cells)
    while len(row) > size:
        row[-2:] = [extended(row[-2], row[-1])]
    return row


def _calculation(cells: Sequence[Cell]) -> Found | None:
    start = next((i for i, cell in enumerate(cells[:40]) if half(cell.text) in ("A", "A1")), 0)
    if not start:
        return None
    letters: Row = []
    at = start
    while at < len(cells) and (
        _LETTER.fullmatch(half(cells[at].text)) or _FORMULA.fullmatch(half(cells[at].text))
    ):
        letters.append(cells[at])
        at += 1
    while at < len(cells) and letters and re.match(r"[*×/÷+\-]\s?[A-Z\d(]", half(cells[at].text)):
        letters[-1] = extended(letters[-1], cells[at])
        at += 1
    count = len(letters)
    if count < 2:
        return None
    units = [cell for cell in cells[start - count : start] if _UNIT.fullmatch(half(cell.text))]
    names = list(cells[: start - count]) if len(units) == count else list(cells[:start])
    labels = max(len(names) - count, 0)
    blanks = [Cell("", cells[0].place)] * labels
    rows: list[Row] = [names]
    if len(units) == count:
        rows.append([*blanks, *units])
    rows.append([*blanks, *letters])
    found = _figure_rows(cells, at, labels, count)
    return (found[0], rows + found[1]) if found[1] else None


def _figure_rows(cells: Sequence[Cell], at: int, labels: int, count: int) -> Found:
    rows: list[Row] = []
    while at < len(cells):
        stop = at
        while (
            stop < len(cells)
            and stop - at < max(labels, 1)
            and (
                not is_figure(cells[stop].text)
                or (stop == at and labels and _YEAR.fullmatch(cells[stop].text))
            )
        ):
            stop += 1
        figures = stop
        while figures < len(cells) and figures - stop < count and is_figure(cells[figures].text):
            figures += 1
        if (
            figures == stop
            or len(cells[at].text) > 60
            or (figures - stop == 1 and count > 2 and not _total(cells[at:stop]))
        ):
            break
        blanks = [Cell("", cells[at].place)] * (labels - (stop - at))
        middle = [Cell("", cells[at].place)] * (count - (figures - stop) if _total(cells[at:stop]) else 0)
        rows.append([*blanks, *cells[at:stop], *middle, *cells[stop:figures]])
        at = figures
    return at, rows


def _total(cells: Sequence[Cell]) -> bool:
    return any(TOTAL.fullmatch(half(cell.text)) for cell in cells)


def _results(cells: Sequence[Cell]) -> Found | None:
    lead = next((i for i, cell in enumerate(cells[:_HEAD]) if is_figure(cell.text)), 0)
    if lead < 2:
        return None
    figures = 0
    while lead + figures < len(cells) and is_figure(cells[lead + figures].text):
        figures += 1
    head = min(1 + figures, lead - 1)
    rows: list[Row] = [list(cells[:head])]
    at = head
    while at < len(cells):
        stop = at
        while (
            stop < len(cells)
            and stop - at < 2
            and not is_figure(cells[stop].text)
            and len(cells[stop].text) <= 60
        ):
            stop += 1
        end = stop
        while end < len(cells) and end - stop < figures and is_figure(cells[end].text):
            end += 1
        if stop == at or end == stop:
            break
        pad = 1 if stop - at == 1 and end - stop < figures and len(rows[-1]) == 1 + figures else 0
        double = pad and rows[-1][1:2] and not is_figure(rows[-1][1].text)
        rows.append([*([Cell("", cells[at].place)] if double else []), *cells[at:end]])
        at = end
    return (at, rows) if len(rows) >= 3 else None
