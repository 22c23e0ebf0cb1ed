"""Rows of calculation tables (计算表的行): the item, the direction of its flow, the figures under their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.calculation_header import Block, Direction
from tanhe.reading.understand.located import Row, absent, figure, number, year_of
from tanhe.reading.understand.vocabulary import fold, has_word, is_word, quantity

_WAY: Final = re.compile(r"^碳?(输入|输出|投入|产出|流入|流出)量?(?:\([+\-]\))?$")

_TOTAL: Final = re.compile(r"^(?:各表|各项|以上)?(?:合计|小计|总计)$")


def item_of(row: Row) -> Cell | None:
    """The item's cell: the last words before the first figure."""
    words: list[Cell] = []
    for cell in row:
        if year_of(cell.text) is not None or not cell.text.strip():
            continue
        if figure(cell.text) is not None or absent(cell.text) or says_nothing(cell.text):
            break
        words.append(cell)
    named = [w for w in words if not _WAY.match(fold(w.text))]
    return (named or words)[-1] if words else None


def way_of(row: Row) -> Direction | None:
    """The direction of a flow that a cell of the row names (输入, 输出)."""
    found = next((m for c in row if (m := _WAY.match(fold(c.text)))), None)
    return None if found is None else "out" if found[1] in ("输出", "产出", "流出") else "in"


def figures_of(block: Block, row: Row) -> list[tuple[int, Cell]]:
    """The figures of a row with their columns: by position where all stand under a header of figures, else by order."""
    skip = next(
        (
            x
            for x, c in enumerate(row)
            if figure(c.text) is not None
            and not (x < 2 and year_of(c.text) and len(fold(c.text)) >= 4 and _early(block, x))
        ),
        0,
    )
    found = [
        (x, c)
        for x, c in enumerate(row)
        if x >= skip and (figure(c.text) is not None or absent(c.text) or (c.text.strip() and says_nothing(c.text)))
    ]
    columns = block.figures()
    if not columns:
        names = [
            x
            for x, c in sorted(block.columns.items())
            if quantity(c.name) or has_word(c.name, "calculation", "result")
        ]
        columns = names
    if all(x in columns for x, _ in found):
        return found
    values_ = [c for _, c in found]
    return list(zip(columns, values_, strict=False)) if len(columns) >= len(values_) else found


def _early(block: Block, x: int) -> bool:
    """Whether the column is one of years."""
    return x not in block.columns or is_word(block.columns[x].name or "年份", "calculation", "period")


def lacks_result(inputs: Sequence[Cell], result: Cell | None) -> bool:
    """Whether a row with figures for all its inputs, none of them zero, has a blank or a dash for its result."""
    values = [number(found[0]) for c in inputs if (found := figure(c.text)) is not None]
    return len(values) > 1 and len(values) == len(inputs) and all(v is not None and v.value for v in values) and (
        result is None or absent(result.text))


def total_without_figure(row: Row) -> Cell | None:
    """The label of a total (合计, 小计) after which no figure stands."""
    first = next((c for c in row if c.text.strip()), None)
    if first is None or not _TOTAL.match(fold(first.text)) or any(figure(c.text) is not None for c in row):
        return None
    return first
