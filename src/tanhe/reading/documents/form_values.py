"""Values of a form whose cells each stand on a line (逐行表格的值): under which label, in which small table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, is_number, key, unfinished
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.listed import crossed

_YEAR: Final = re.compile(r"(?:19|20)\d\d\s?年?度?")
_YEARS: Final = frozenset({"年份", "年度"})
_VALUED: Final = frozenset({"数值", "数据值", "核查报告值", "填报数据", "核查数据"})
_CUBED: Final = re.compile(r".{0,12}(?:[Nn]?m|CO|[Cc]m)")
_UNIT: Final = re.compile(r"(?:(?:万|千|10\^?4)\s?)?(?:t|吨|kg|Nm\s?3|m\s?3|L|MWh|kWh|GJ|TJ|%|无量纲|tC|tCO2|kgCO2|kJ)(?:/(?:万\s?)?[A-Za-z0-9\s]{1,6})?")


def rowed_rows(cells: Sequence[Cell], labels: Sequence[int], end: int) -> list[Row]:
    """The rows of a parameter table; labels printed together share the values printed below them all."""
    rows: list[Row] = []
    at = 0
    while at < len(labels):
        last = at
        while last + 1 < len(labels) and labels[last + 1] == labels[last] + 1:
            last += 1
        stop = labels[last + 1] if last + 1 < len(labels) else end
        values = rejoined(cells[labels[last] + 1 : stop])
        names = [cells[i] for i in labels[at : last + 1]]
        rows += split_values(names[0], values) if len(names) == 1 else _shared(names, values)
        at = last + 1
    return _raised(rows)


def _shared(names: Sequence[Cell], values: Row) -> list[Row]:
    """Values of labels printed together: the small table of the first, then one for each; else under none of them."""
    rows: list[Row] = []
    names = list(names)
    if key(names[0].text) in _VALUED:
        head = next((i for i, cell in enumerate(values[:8]) if is_figure(cell.text)), 0)
        if head > 1 and len(values) >= 2 * head and all(is_figure(cell.text) for cell in values[head : 2 * head]):
            rows += split_values(names[0], values[: 2 * head])
            names, values = names[1:], values[2 * head :]
    elif (valued := next((name for name in names if key(name.text) in _VALUED), None)) is not None and (block := _dated_block(values)) is not None:
        start, head = block
        rows += split_values(valued, values[start : start + 2 * head])
        names, values = [name for name in names if name is not valued], [*values[:start], *values[start + 2 * head :]]
    for at in range(len(values) - 1):
        if raises(values[at], values[at + 1]):
            values = [*values[:at], extended(values[at], values[at + 1]), *values[at + 2 :]]
            break
    units = [cell for cell in values if _UNIT.fullmatch(half(cell.text))]
    if len(values) != len(names) and len(units) == 1 and key(names[0].text) == "单位":
        rows.append([names[0], units[0]])
        names, values = names[1:], [cell for cell in values if cell is not units[0]]
    if len(values) == len(names):
        return rows + [[name, value] for name, value in zip(names, values, strict=True)]
    return [*rows, *([name] for name in names), *([Cell("", value.place), value] for value in values)]


def _dated_block(values: Row) -> tuple[int, int] | None:
    """Where 年度, 填报值, 核查值 … stand over a row with their figures, and how wide they are."""
    start = next((i for i, cell in enumerate(values[:4]) if key(cell.text) in _YEARS), None)
    if start is None:
        return None
    head = next((i for i, cell in enumerate(values[start : start + 8]) if _YEAR.fullmatch(half(cell.text))), 0)
    figures = values[start + head : start + 2 * head]
    return (start, head) if head > 1 and len(figures) == head and all(is_figure(cell.text) for cell in figures) else None


def raises(unit: Cell, mark: Cell) -> bool:
    """Whether a lone 3 or 2 is the raised figure of a unit: 万 Nm, 3."""
    return half(mark.text) in ("2", "3") and _CUBED.fullmatch(half(unit.text)) is not None


def _raised(rows: list[Row]) -> list[Row]:
    """万 Nm and a 3 that was printed above the line and so came elsewhere: 万 Nm3."""
    for n, row in enumerate(rows):
        if len(row) != 2 or key(row[0].text) != "单位" or not _CUBED.fullmatch(half(row[1].text)):
            continue
        for near in rows[max(n - 3, 0) : n + 9]:
            if near is not row and len(near) in (2, 3) and (len(near) == 3 or not near[0].text) and raises(row[1], near[-1]):
                row[1] = extended(row[1], near.pop())
                break
    return rows


def split_values(name: Cell, values: Row) -> list[Row]:
    """A label with its values; words over as many figures are two rows: 填报数据, 核查数据 over 0.5703, 0.5703."""
    blank = Cell("", name.place)
    rows: list[Row] = [[name]]
    at = 0
    while at < len(values):
        small = crossed(values[at:])
        if small is not None:
            first, *rest = small[1]
            rows += [[blank, *first]] if len(rows) > 1 or len(rows[0]) > 1 else []
            rows[0] += first if len(rows) == 1 else []
            rows += [[blank, *row] for row in rest]
            at += small[0]
            continue
        if len(rows) == 1 == len(rows[0]) and (wide := _by_year(values, at)):
            rows[0] += values[at : at + wide]
            rows += [[blank, *values[i : i + wide]] for i in range(at + wide, len(values) - wide + 1, wide)]
            return rows
        figures = _until(values, at, False)
        stop = _until(values, figures, True)
        head = _head(values[at:figures], values[figures:stop])
        if head:
            before = values[at : figures - head]
            dated = key(values[figures - head].text) in _YEARS
            if len(rows) == 1 == len(rows[0]) and len(before) <= 1 and not (dated and before):
                rows[0] += [*before, *values[figures - head : figures]]
                rows += [[blank] * (1 + len(before)) + list(values[i : i + head]) for i in range(figures, stop, head)]
            else:
                rows[-1] += before if len(rows[-1]) == 1 else []
                rows += [[blank, *values[i : i + head]] for i in range(figures - head, stop, head)]
        elif len(rows) == 1:
            rows[0] += values[at:stop]
        else:
            rows += [[blank, cell] for cell in values[at:stop]]
        at = stop
    return rows


def _by_year(values: Row, at: int) -> int:
    """How many columns 年度 heads (年度, 填报值, 核查值), when all that follows are rows that begin with a year; else 0."""
    if key(values[at].text) not in _YEARS:
        return 0
    wide = next((i for i, cell in enumerate(values[at : at + 8]) if _YEAR.fullmatch(half(cell.text))), 0)
    rest = values[at + wide :]
    if wide < 2 or not rest or len(rest) % wide or any(is_figure(cell.text) for cell in values[at : at + wide]):
        return 0
    return wide if all(_YEAR.fullmatch(half(cell.text)) for cell in rest[::wide]) else 0


def _until(values: Row, at: int, figures: bool) -> int:
    """Where cells that are figures (or are not) end; a cross-check's header ends words too."""
    start = at
    while at < len(values) and is_figure(values[at].text) == figures and (figures or at == start or crossed(values[at:]) is None):
        at += 1
    return at


def _head(words: Row, figures: Row) -> int:
    """How many of the last words head the columns of the figures below them; 0 for none."""
    years = [len(words) - i for i, cell in enumerate(words) if key(cell.text) in _YEARS]
    for count in (*years, len(figures)):
        if 1 < count <= len(words) and len(figures) % count == 0 and figures:
            return count if all(len(cell.text) <= 40 for cell in words[-count:]) else 0
    return 0


def rejoined(values: Sequence[Cell]) -> Row:
    """Cells with the pieces of broken ones put together."""
    made: Row = []
    for value in values:
        if made and value.text != made[-1].text and unfinished(made[-1].text) and not is_number(value.text):
            made[-1] = extended(made[-1], value)
        else:
            made.append(value)
    return made
