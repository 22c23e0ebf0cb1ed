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
    keys = [key(cell.text) for cell in cells]
    labels = [i for i, said in enumerate(keys) if is_label(said)]
    again = next(
        (n for n, i in enumerate(labels) if n and keys[i] == keys[0] and not _inside_check(keys, labels, n)),
        0,
    )
    if again:
        labels = labels[:again]
    far = next((n for n in range(1, len(labels)) if labels[n] - labels[n - 1] > _REACH), len(labels))
    labels = labels[:far]
    if len({keys[i] for i in labels}) < 4:
        return None
    rows: list[Row] = []
    end = _last_value(cells, labels[-1])
    for start, stop in zip(labels, [*labels[1:], end], strict=True):
        values = rejoined(cells[start + 1 : stop])
        if keys[start] == "年份" and rows and len(values) > 2:
            rows += _inner(cells[start], values)
        else:
            rows.append([cells[start], *values])
    return end, rows


def _inside_check(keys: Sequence[str], labels: Sequence[int], nth: int) -> bool:
    """年份 between 交叉核对 and 核查结论 heads the small table of the cross-check."""
    return keys[labels[nth - 1]] in ("交叉核对", "交叉验证", "交叉校核", "年份")


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
