"""Calculation tables that stand upright (竖排计算表): one quantity a row, with its letter, figure and unit, the result last."""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Calculation, CalculationRow, Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.located import Located, Row, absent, figure, is_unit, said, unit_text
from tanhe.reading.understand.vocabulary import fold, plain, row_field

_LETTER_HEAD: Final = frozenset({"代号", "符号", "字母", "代码", "序号"})
_LETTER: Final = re.compile(r"^[A-Z]{1,2}\d{0,2}$")
_CAPTION: Final = re.compile(r"^续?表\s*[\d.\-–—]+\s*|的?(?:二氧化碳|CO2|温室气体)?排放量?(?:的?计算)?表?$")


def upright(table: Located) -> Calculation | None:
    """The calculation of one item, where the header names letter, parameter, figure and unit as columns."""
    head = next((n for n, r in enumerate(table.rows[:3]) if _columns(r) is not None), None)
    columns = _columns(table.rows[head]) if head is not None else None
    if head is None or columns is None:
        return None
    letter, name, value, unit = columns
    inputs: list[tuple[str, str, Said]] = []
    for row in table.rows[head + 1 :]:
        if len(row) <= max(columns):
            continue
        formula = arithmetic.find_formula(re.sub(r"\s", "", plain(row[letter].text)))
        if formula is not None and figure(row[value].text) is not None:
            item = Said(_item(table.title), table.place)
            done = CalculationRow(item, tuple(inputs), said(row[value]))
            shown = f"{formula[0]}={formula[1]}"
            return Calculation(table.title, shown, (done,), None, table.place, table.section) if len(inputs) > 1 else None
        if _LETTER.match(fold(row[letter].text)) and figure(row[value].text) is not None:
            inputs.append((plain(row[name].text), _unit(row[unit]), said(row[value])))
    return None


def _columns(row: Row) -> tuple[int, int, int, int] | None:
    letters = [x for x, c in enumerate(row) if fold(c.text) in _LETTER_HEAD]
    named = {f: x for x, c in enumerate(row) if (f := row_field(c.text)) is not None}
    if not letters or not {"item", "value", "unit"} <= named.keys():
        return None
    return letters[0], named["item"], named["value"], named["unit"]


def _unit(cell: Cell) -> str:
    return "" if absent(cell.text) or not is_unit(cell.text) else unit_text(cell.text)


def _item(title: str) -> str:
    """What the caption says is calculated; behind a colon the item of several."""
    bare = title.rpartition("：")[2] if "：" in title else title
    before = ""
    while bare != before:
        before, bare = bare, _CAPTION.sub("", bare).strip()
    return bare
