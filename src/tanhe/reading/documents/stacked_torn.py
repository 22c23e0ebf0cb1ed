"""The torn row of a calculation table (被拆散的计算行): its label and result were printed below its figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tanhe.messages import TanheError
from tanhe.quantity.numbers import Printed, parse_optional
from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, is_figure, is_number, key
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import TOTAL
from tanhe.reading.understand.arithmetic import closes, evaluate, find_formula

HEADS: Final = frozenset("品种 项目 名称 能源品种 燃料品种 排放源 种类 类别 物料".split())
"""What heads the column of labels."""

Found = tuple[int, list[Row]]


def mended(cells: Sequence[Cell], found: Found) -> Found:
    """The table with its only row made whole, when the figure below is what the formula gives; else as it was."""
    end, rows = found
    letters, row = rows[-2], rows[-1]
    if len(row) not in (len(letters) - 1, len(letters)) or not all(is_number(cell.text) for cell in row) or end >= len(cells):
        return found
    head = cells[end : end + 1] if key(cells[end].text) in HEADS else []
    at = end + len(head)
    if at >= len(cells) or is_figure(cells[at].text) or TOTAL.fullmatch(half(cells[at].text)):
        return found
    lacks = len(row) < len(letters)
    following = list(cells[at + 1 : at + 2])
    if (lacks and not (following and _follows(letters, [*row, *following]))) or (not lacks and (not head or (following and is_figure(following[0].text)))):
        return found
    blank = Cell("", row[0].place)
    made = [[blank, *each] for each in rows[:-1]]
    made[0][:1] = head or [blank]
    made.append([cells[at], *row, *(following if lacks else [])])
    return _totalled(cells, at + 1 + lacks, made, blank)


def _totalled(cells: Sequence[Cell], at: int, rows: list[Row], blank: Cell) -> Found:
    """With the total of the one row, printed below."""
    if at + 1 < len(cells) and TOTAL.fullmatch(half(cells[at].text)) and cells[at + 1].text == rows[-1][-1].text:
        rows.append([cells[at], *[blank] * (len(rows[-1]) - 2), cells[at + 1]])
        at += 2
    return at, rows


def strewn(names: Row, count: int) -> tuple[Row, Row]:
    """The names of ``count`` columns without 品种 and the label behind it, which were printed among them; and these two."""
    at = next((i for i, cell in enumerate(names) if i and key(cell.text) in HEADS), 0)
    if not 0 < at < len(names) - 1 or len(names) != count + 2:
        return names, []
    return [*names[:at], *names[at + 2 :]], names[at : at + 2]


def labelled(cells: Sequence[Cell], end: int, rows: list[Row], aside: Row) -> Found | None:
    """Rows of figures with the labels printed above, and below the last of them; none when they are not as many."""
    count = len(rows[0])
    whole = [len(row) == count and all(is_number(cell.text) for cell in row) for row in rows]
    start, stop = whole.index(True) if True in whole else 0, len(rows) - whole[::-1].index(True) if True in whole else 0
    totals = rows[stop:]
    below = list(cells[end : end + 1]) if stop - start == 2 and not totals and end < len(cells) and not is_figure(cells[end].text) else []
    labels = [aside[1], *below]
    if not start or not all(whole[start:stop]) or stop - start != len(labels) or any(len(row) != count + 1 for row in totals):
        return None
    blank = Cell("", aside[0].place)
    made = [[blank, *row] for row in rows[:start]]
    made[0][0] = aside[0]
    made += [[label, *row] for label, row in zip(labels, rows[start:stop], strict=True)]
    at = end + len(below)
    if not totals and at + 1 < len(cells) and TOTAL.fullmatch(half(cells[at].text)) and is_number(cells[at + 1].text):
        totals = [[cells[at], *[blank] * (count - 1), cells[at + 1]]]
        at += 2
    return at, [*made, *totals]


def _follows(letters: Sequence[Cell], figures: Sequence[Cell]) -> bool:
    """Whether the last figure is the formula's value for the others."""
    formula = find_formula(half(letters[-1].text))
    printed = [_printed(cell.text) for cell in figures]
    inputs = [each for each in printed[:-1] if each is not None]
    result = printed[-1]
    if formula is None or result is None or len(inputs) < len(printed) - 1:
        return False
    given = {half(cell.text): Fraction(each.value) for cell, each in zip(letters[:-1], inputs, strict=True)}
    return closes(evaluate(formula[1], given), result, inputs)


def _printed(said: str) -> Printed | None:
    try:
        return parse_optional(said.strip())
    except TanheError:
        return None
