"""Tables whose cells each stand on a line of their own (一格一行的表格), put together again by what they say.

Tried in this order: parameter table by the labels of its rows, monthly table by its months, numbered list by
1, 2, 3 …, calculation table by the letters of its formula, result table by label and figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import log10
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, is_number, key
from tanhe.reading.documents.forms import form, labels_form, rejoined
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.list_heads import begins_list
from tanhe.reading.documents.listed import listed
from tanhe.reading.documents.stacked_nested import balance, economy, summary, supplementary
from tanhe.reading.documents.words import HEADERS, MONTH, TOTAL

_LETTER: Final = re.compile(r"[A-Z]\d?")
_FORMULA: Final = re.compile(r"\$?\s?[A-Z]\d?\s?[=＝].{1,60}")
_UNIT: Final = re.compile(r"[()（）]?(%|/|t|吨|.{0,4}(tCO|tC|GJ|TJ|Nm|m[3³]|kWh|MWh|kg|万).{0,12})[()（）]?")
_WITH_UNIT: Final = re.compile(r".{2,20}\(.{1,12}\)")
_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")
_PERIOD: Final = re.compile(
    r"(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?\s?[-~—–至到]{1,2}\s?(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
)
_HEAD: Final = 24
_MOST: Final = 300

Found = tuple[int, list[Row]]


def stacked(cells: Sequence[Cell]) -> Found | None:
    """How many of the cells belong to the table they begin, and its rows; None when they begin none."""
    first = key(cells[0].text) if cells else ""
    readers: list[Callable[[Sequence[Cell]], Found | None]] = []
    readers += [supplementary, summary, balance, economy]
    if labels_form(first):
        readers.append(form)
    if first in HEADERS or labels_form(first):
        readers += [_monthly, _serial, _calculation, _dated, _plain]
    if first and begins_list(cells[0].text):
        readers.insert(5 if labels_form(first) else 4, listed)
    for reader in readers:
        found = reader(cells)
        if found is not None:
            return found
    return None


def _month(cell: Cell) -> bool:
    """A month, or a period of metering: 2022.1.5-2022.2.4."""
    said = half(cell.text) if len(cell.text) < 40 else ""
    return MONTH.fullmatch(said) is not None or (said[:1].isdigit() and _PERIOD.fullmatch(said) is not None)


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
    first = [key(cell.text) for cell in cells[:head]]
    while at < len(cells):
        if [key(cell.text) for cell in cells[at : at + head]] == first:
            rows += _header(cells[at : at + head], size)
            at += head
        after = len(rows) > 2 and cells[at - size].text and _WITH_UNIT.fullmatch(half(cells[at].text))
        if at >= len(cells) or not (_month(cells[at]) or TOTAL.fullmatch(half(cells[at].text)) or after):
            break
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
    row = list(cells) if len(cells) <= size else rejoined(cells)
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
        _LETTER.fullmatch(half(cells[at].text))
        or _FORMULA.fullmatch(half(cells[at].text))
        or (letters and cells[at].text in ("-", "—", "/") and not _FORMULA.fullmatch(half(letters[-1].text)))
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
    own = len(names) > count + 1 and "排放" in names[-2].text and not re.search("排放|量|率|因子", names[-1].text)
    label = [names.pop()] if own else []
    labels = max(len(names) - count, 0)
    blanks = [Cell("", cells[0].place)] * labels
    rows: list[Row] = [names]
    if len(units) == count:
        rows.append([*blanks, *units])
    rows.append([*label, *blanks[len(label) :], *letters])
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
            or (figures - stop == 1 and count > 2 and not _total(cells[at:stop]) and not _again(rows, cells[stop]))
        ):
            break
        total = _total(cells[at:stop]) or figures - stop == 1 < count
        blanks = [Cell("", cells[at].place)] * (labels - (stop - at))
        middle = [Cell("", cells[at].place)] * (count - (figures - stop) if total else 0)
        lead = blanks[:1] if total else blanks
        rows.append([*lead, *cells[at:stop], *blanks[len(lead) :], *middle, *cells[stop:figures]])
        at = figures
    return at, rows


def _again(rows: Sequence[Row], cell: Cell) -> bool:
    """Whether the last figure of the row above is printed again: a total of one row."""
    return bool(rows) and rows[-1][-1].text == cell.text and is_number(cell.text)


def _total(cells: Sequence[Cell]) -> bool:
    return any(TOTAL.fullmatch(half(cell.text)) for cell in cells)


def _year(cell: Cell) -> bool:
    return len(cell.text) < 12 and _YEAR.fullmatch(half(cell.text)) is not None


def _dated(cells: Sequence[Cell]) -> Found | None:
    """年份 or 年度 heads the first column: the first year begins the rows, and its row gives the width."""
    start = next((i for i, cell in enumerate(cells[:40]) if _year(cell)), 0)
    if start < 2 or key(cells[0].text) not in ("年份", "年度"):
        return None
    figures = start + 1
    while figures < len(cells) and figures - start < 4 and not is_figure(cells[figures].text):
        figures += 1
    end = figures
    while end < len(cells) and is_figure(cells[end].text) and not _year(cells[end]):
        end += 1
    size, count = end - start, end - figures
    if not count or size > start or size < 3:
        return None
    blank = Cell("", cells[0].place)
    rows: list[Row] = [list(cells[:size])]
    for at in range(size, start, count):
        rows.append([*[blank] * (size - count), *cells[at : min(at + count, start)]])
    end, made = _figure_rows(cells, start, size - count, count)
    return (end, [*rows, made[0], *(_under(row, made[0]) for row in made[1:])]) if made else None


def _under(row: Row, full: Row) -> Row:
    """A row that lost empty cells, its figures under those of the full row nearest in size."""
    missing = len(full) - len(row)
    if missing <= 0 or missing > 4 or len(full) > 24 or not all(is_figure(cell.text) for cell in row[1:]):
        return row
    blank = Cell("", row[0].place)
    best = min(combinations(range(1, len(full)), missing), key=lambda gaps: _distance(row, full, gaps), default=())
    made = list(row)
    for gap in best:
        made.insert(gap, blank)
    return made


def _distance(row: Row, full: Row, gaps: Sequence[int]) -> float:
    rest = [cell for i, cell in enumerate(full) if i not in gaps]
    return sum(abs(_size(a.text) - _size(b.text)) + 2 * (("%" in a.text) != ("%" in b.text)) for a, b in zip(row, rest, strict=True))


def _size(said: str) -> float:
    """The order of size of a figure, only to compare columns."""
    digits = re.sub(r"[^\d.]", "", said)
    return log10(1 + float(digits)) if re.fullmatch(r"\d+(\.\d+)?", digits) else 0.0


def _plain(cells: Sequence[Cell]) -> Found | None:
    """Label and figures, or columns that keep their kind: whichever explains more lines."""
    found = [each for each in (_strided(cells), _results(cells)) if each is not None]
    return max(found, key=lambda each: each[0], default=None)


def _results(cells: Sequence[Cell]) -> Found | None:
    dated = len(cells) > 1 and _year(cells[1])
    lead = next((i for i, cell in enumerate(cells[:_HEAD]) if i > 1 and is_figure(cell.text)), 0)
    if lead < 2 or (is_figure(cells[1].text) and not dated):
        return None
    figures = 0
    while lead + figures < len(cells) and is_figure(cells[lead + figures].text):
        figures += 1
    head = lead - 1 if dated and 1 < lead - 1 - figures < 4 else min(1 + figures, lead - 1)
    rows = _header(cells[:head], 1 + figures)
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
        above = rows[-1]
        nested = (
            stop - at == 1
            and end - stop < figures
            and len(above) == 1 + figures
            and not is_figure(above[1].text)
        )
        rows.append([*([Cell("", cells[at].place)] if nested else []), *cells[at:end]])
        at = end
    return (at, rows) if len(rows) >= 3 else None


def _strided(cells: Sequence[Cell]) -> Found | None:
    """Any width under which words and figures keep their columns in two rows or more; the most cells win."""
    best: tuple[int, int] | None = None
    kinds = [is_figure(cell.text) for cell in cells[:_MOST]]
    for size in range(2, 10):
        if any(kinds[:size]) or sum(kinds[size : 2 * size]) == 0:
            continue
        pattern, at = kinds[size : 2 * size], size
        while (
            kinds[at : at + size] == pattern and max(len(cell.text) for cell in cells[at : at + size]) <= 80
        ):
            at += size
        if at >= 3 * size and (best is None or at > best[0]):
            best = (at, size)
    if best is None:
        return None
    end, size = best
    return end, [list(cells[at : at + size]) for at in range(0, end, size)]
