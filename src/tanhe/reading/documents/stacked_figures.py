"""Calculation tables whose cells each stand on a line (一格一行的计算表): by the letters of the formula, by years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from math import log10
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, is_figure, is_number, key
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.stacked_torn import labelled, mended, strewn
from tanhe.reading.documents.words import TOTAL
from tanhe.reading.understand.arithmetic import unsigned_formula

_LETTER: Final = re.compile(r"[A-Z]\d?")
_FORMULA: Final = re.compile(r"\$?\s?[A-Z]\d?\s?[=＝].{1,60}")
_UNIT: Final = re.compile(r"[()（）]?(%|/|-|—|无量纲|t|吨|.{0,4}(tCO|tC|GJ|TJ|Nm|m[3³]|kWh|MWh|kg|万).{0,12})[()（）]?")
_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")

Found = tuple[int, list[Row]]


def upright(cells: Sequence[Cell]) -> Found | None:
    """代号, 参数, 数值, 单位: a letter begins each row, the formula begins the last."""
    size = next((i for i, cell in enumerate(cells[:8]) if half(cell.text) in ("A", "A1")), 0)
    if not 3 <= size <= 6:
        return None
    rows: list[Row] = [list(cells[:size])]
    at = size
    while at < len(cells):
        said = half(cells[at].text)
        last = _FORMULA.fullmatch(said) is not None
        if not (last or _LETTER.fullmatch(said)) or any(_LETTER.fullmatch(half(cell.text)) for cell in cells[at + 1 : at + size]):
            break
        rows.append(list(cells[at : at + size]))
        at = min(at + size, len(cells))
        if last:
            return (at, rows) if len(rows) > 3 else None
    return None


def calculation(cells: Sequence[Cell]) -> Found | None:
    """Names, units, letters with the formula, then rows; none when figures are left over that no column takes."""
    start = next((i for i, cell in enumerate(cells[:40]) if half(cell.text) in ("A", "A1")), 0)
    if not start:
        return None
    at, letters = _letters(cells, start)
    for unlettered in ([], [Cell("", cells[start].place)]):
        found = _calculated(cells, start, at, [*letters, *unlettered]) if len(letters) > 1 else None
        if found is not None and not (found[0] < len(cells) and is_number(cells[found[0]].text)):
            return mended(cells, found)
    return None


def _letters(cells: Sequence[Cell], start: int) -> tuple[int, Row]:
    """The letters and the formula, which may be broken over lines or have lost its signs."""
    letters: Row = []
    at = start
    while at < len(cells) and (
        _LETTER.fullmatch(half(cells[at].text))
        or _FORMULA.fullmatch(half(cells[at].text))
        or (letters and cells[at].text in ("-", "—", "/") and not _FORMULA.fullmatch(half(letters[-1].text)))
        or (letters and unsigned_formula(half(cells[at].text)) is not None)
    ):
        letters.append(cells[at])
        at += 1
    return at, letters


def _calculated(cells: Sequence[Cell], start: int, at: int, letters: Row) -> Found | None:
    count = len(letters)
    units = [cell for cell in cells[start - count : start] if _UNIT.fullmatch(half(cell.text))]
    names = list(cells[: start - count]) if len(units) == count else list(cells[:start])
    names, aside = strewn(names, count)
    if len(names) < count or sum(_UNIT.fullmatch(half(cell.text)) is not None for cell in names) > 1:
        return None
    own = len(names) > count + 1 and "排放" in names[-2].text and not re.search("排放|量|率|因子", names[-1].text)
    label = [names.pop()] if own else []
    labels = max(len(names) - count, 0)
    blanks = [Cell("", cells[0].place)] * labels
    rows: list[Row] = [names]
    if len(units) == count:
        rows.append([*blanks, *units])
    rows.append([*label, *blanks[len(label) :], *letters])
    serial = labels > 1 and key(names[0].text) in ("序号", "编号")
    end, made = _figure_rows(cells, at, labels, count, serial)
    if labels > 1 and not own and made and len(made[0]) == labels + count and not any(cell.text for cell in made[0][:labels]):
        bare = [row for row in made if not any(cell.text for cell in row[:labels])]
        if len(bare) == labels - 1:
            named = [list(row) for row in made]
            for row, name in zip([row for row in named if not any(cell.text for cell in row[:labels])], names[1:labels], strict=True):
                row[0] = name
            blank = Cell("", cells[0].place)
            rows[0] = [names[0], *[blank] * (labels - 1), *names[labels:]]
            made = named
    if aside:
        return labelled(cells, end, [*rows, *made], aside) if made else None
    if not labels and made and all(len(row) == count + 1 for row in made):
        rows = [[Cell("", cells[0].place), *row] for row in rows]
    return (end, rows + made) if made else None


def _figure_rows(cells: Sequence[Cell], at: int, labels: int, count: int, serial: bool = False) -> Found:
    rows: list[Row] = []
    while at < len(cells):
        stop = at + (serial and half(cells[at].text) == str(len(rows) + 1))
        while (
            stop < len(cells)
            and stop - at < max(labels, 1)
            and (
                not _calculates(cells[stop].text)
                or (stop == at and labels and _YEAR.fullmatch(cells[stop].text))
            )
        ):
            stop += 1
        figures = stop
        while figures < len(cells) and figures - stop < count and _calculates(cells[figures].text):
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


def _calculates(said: str) -> bool:
    """A figure, or the ratio of masses among them: 44/12."""
    return is_figure(said) or re.fullmatch(r"44\s?/\s?12", half(said)) is not None


def _again(rows: Sequence[Row], cell: Cell) -> bool:
    """Whether the last figure of the row above is printed again: a total of one row."""
    return bool(rows) and rows[-1][-1].text == cell.text and is_number(cell.text)


def _total(cells: Sequence[Cell]) -> bool:
    return any(TOTAL.fullmatch(half(cell.text)) for cell in cells)


def is_year(cell: Cell) -> bool:
    return len(cell.text) < 12 and _YEAR.fullmatch(half(cell.text)) is not None


def dated(cells: Sequence[Cell]) -> Found | None:
    """年份 or 年度 heads the first column: the first year begins the rows, and its row gives the width."""
    start = next((i for i, cell in enumerate(cells[:40]) if is_year(cell)), 0)
    if start < 2 or key(cells[0].text) not in ("年份", "年度"):
        return None
    figures = start + 1
    while figures < len(cells) and figures - start < 4 and not is_figure(cells[figures].text):
        figures += 1
    end = figures
    while end < len(cells) and is_figure(cells[end].text) and not is_year(cells[end]):
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
