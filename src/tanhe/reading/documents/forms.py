"""Forms whose labels and values each stand on a line of their own (逐行的数据核查表、基本信息表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_number, key, unfinished
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import is_label

_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")
_REACH: Final = 24
"""Lines between one label and the next, at most."""


def form(cells: Sequence[Cell]) -> tuple[int, list[Row]] | None:
    """How many cells belong to the form they begin, and its rows; None for fewer than four labels."""
    labels = [i for i, cell in enumerate(cells) if is_label(key(cell.text))]
    first = key(cells[0].text)
    again = [i for i in labels[1:] if key(cells[i].text) == first and not _inside_check(cells, labels, i)]
    if again:
        labels = [i for i in labels if i < again[0]]
    labels = [i for n, i in enumerate(labels) if n == 0 or i - labels[n - 1] <= _REACH]
    if len({key(cells[i].text) for i in labels}) < 4:
        return None
    rows: list[Row] = []
    end = _last_value(cells, labels[-1])
    for start, stop in zip(labels, [*labels[1:], end], strict=True):
        values = rejoined(cells[start + 1 : stop])
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


def rejoined(values: Sequence[Cell]) -> Row:
    """Cells with the pieces of broken ones put together."""
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
