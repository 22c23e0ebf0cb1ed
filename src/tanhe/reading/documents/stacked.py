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
from tanhe.reading.documents.cells import Row, extended, is_figure, key
from tanhe.reading.documents.form_values import rejoined
from tanhe.reading.documents.forms import form, labels_form
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.list_heads import begins_list
from tanhe.reading.documents.listed import listed
from tanhe.reading.documents.stacked_figures import calculation, dated, is_year, upright
from tanhe.reading.documents.stacked_nested import balance, economy, summary, supplementary
from tanhe.reading.documents.unwrapped import torn
from tanhe.reading.documents.words import HEADERS, MONTH, TOTAL

_LETTER: Final = re.compile(r"[A-Z]\d?")
_FORMULA: Final = re.compile(r"\$?\s?[A-Z]\d?\s?[=＝].{1,60}")
_UNIT: Final = re.compile(r"[()（）]?(%|/|t|吨|.{0,4}(tCO|tC|GJ|TJ|Nm|m[3³]|kWh|MWh|kg|万).{0,12})[()（）]?")
_WITH_UNIT: Final = re.compile(r".{2,20}\(.{1,12}\)")
_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")
_PERIOD: Final = re.compile(
    r"\d{1,2}\.\d{1,2}\s?[-~—–至到]{1,2}\s?\d{1,2}|"
    r"(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?\s?[-~—–至到]{1,2}\s?(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
)
_HEAD: Final = 24
_MOST: Final = 300

Found = tuple[int, list[Row]]


def stacked(cells: Sequence[Cell]) -> Found | None:
    """How many of the cells belong to the table they begin, and its rows; None when they begin none."""
    first = key(cells[0].text) if cells else ""
    if (found := _doubled(cells)) is not None:
        return found
    readers: list[Callable[[Sequence[Cell]], Found | None]] = []
    readers += [supplementary, summary, balance, economy]
    if labels_form(first):
        readers.append(form)
    if first in HEADERS or labels_form(first):
        readers += [_monthly, _serial, calculation, upright, dated, _plain]
    if first and begins_list(cells[0].text):
        readers.insert(5 if labels_form(first) else 4, listed)
    for reader in readers:
        found = reader(cells)
        if found is not None:
            in_pieces = reader in (listed, economy, _serial, _plain) and torn(found[1])
            return None if in_pieces or not found[1] else found
    return None


def _doubled(cells: Sequence[Cell]) -> Found | None:
    """A table whose cells over several columns were printed once for each of them: 排放类别 排放类别 …, 基本信息 基本信息 …."""
    twice = [i for i, (one, two) in enumerate(pairwise(cells[:_HEAD])) if _same_words(one, two)]
    if not twice:
        return None
    kept = [i for i in range(len(cells)) if not i or not _same_words(cells[i - 1], cells[i])]
    short = [cells[i] for i in kept]
    found = summary(short) or (listed(short) if twice[0] == 0 else None)
    if found is None or not found[1]:
        return None
    end = kept[found[0]] if found[0] < len(kept) else len(cells)
    return end, found[1]


def _same_words(one: Cell, two: Cell) -> bool:
    return one.text == two.text and len(one.text) > 1 and not is_figure(one.text)


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
    lettered = any(half(cell.text) in ("A", "A1") for cell in cells[:size])
    if size < 2 or key(cells[0].text) not in ("序号", "编号") or lettered:
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


def _plain(cells: Sequence[Cell]) -> Found | None:
    """Label and figures, or columns that keep their kind: whichever explains more lines."""
    found = [each for each in (_strided(cells), _results(cells)) if each is not None]
    return max(found, key=lambda each: each[0], default=None)


def _results(cells: Sequence[Cell]) -> Found | None:
    dated = len(cells) > 1 and is_year(cells[1])
    lead = next((i for i, cell in enumerate(cells[:_HEAD]) if i > 1 and is_figure(cell.text)), 0)
    if lead < 2 or (is_figure(cells[1].text) and not dated):
        return None
    figures = 0
    while lead + figures < len(cells) and is_figure(cells[lead + figures].text):
        figures += 1
    if figures > 2 and lead - 1 < figures:
        return None
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
