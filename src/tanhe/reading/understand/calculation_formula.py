"""The formula of a block of a calculation table, tested on its figures (计算公式与数字核对)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tanhe.messages import text
from tanhe.quantity.numbers import Printed
from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.calculation_header import Block, Column
from tanhe.reading.understand.located import (
    figure,
    number,
)
from tanhe.reading.understand.vocabulary import fold, has_word, quantity

_FITS = re.compile(r"[A-Z]\d?=\S+")


def formula_column(blocks: Sequence[Block], x: int) -> Column | None:
    return next((b.columns[x] for b in blocks if x in b.columns and b.columns[x].right), None)


def closing_column(blocks: Sequence[Block]) -> int | None:
    """The column whose formula is made of other results (D=C1-C2), so that it is the table's and no row's."""
    results = {c.symbol for b in blocks for c in b.columns.values() if c.right}
    for block in blocks:
        for x, column in block.columns.items():
            if column.right and set(arithmetic.symbols(column.right)) & results:
                return x
    return None


def result_column(block: Block, closing: int | None) -> int | None:
    made = [x for x, c in block.columns.items() if c.right and x != closing]
    if made:
        return made[-1]
    named = [
        x for x, c in block.columns.items() if has_word(c.name, "calculation", "result") and x != closing
    ]
    named = [
        x for x in named if quantity(block.columns[x].name) is None or "排放量" in fold(block.columns[x].name)
    ]
    return max(named) if named else None


def formula_of(block: Block, result: int) -> tuple[str, str]:
    """The block's formula and, where it is not printed or does not close, what arithmetic says."""
    column = block.columns[result]
    rows = [_numbers(block, cells, result) for _, cells in block.rows]
    known = [(i, r) for i, r in rows if r is not None and len(i) > 0]
    printed = f"{column.symbol}={column.right}" if column.right else ""
    if printed and known and all(_closes(column.right, i, r) for i, r in known):
        return printed, ""
    form = arithmetic.product_form([([n for _, n, _ in i], r) for i, r in known])
    if form is None:
        return printed, text(
            "表头公式与数字不符", "the formula does not fit the figures"
        ) if printed and known else ""
    letters = [s or chr(ord("A") + n) for n, (s, _, _) in enumerate(known[0][0])]
    symbol = column.symbol or chr(ord("A") + len(letters))
    inferred = f"{symbol}={'*'.join(letters)}{form}"
    if not printed or arithmetic.evaluate(column.right, dict.fromkeys(letters, Fraction(1))) is None:
        return inferred, text("公式由数字推定", "formula inferred from the figures")
    return printed, text(f"按 {inferred} 才与数字相符", f"the figures fit {inferred}")


def odd_formula(block: Block, result: int, note: str) -> list[tuple[Said, str]]:
    """The printed formula that does not give the printed results, with the product that does."""
    column = block.columns[result]
    known = [(i, r) for i, r in (_numbers(block, cells, result) for _, cells in block.rows) if r is not None and len(i) > 1]
    if not note or not column.right or column.place is None or not known:
        return []
    letters = {s for i, _ in known for s, _, _ in i}
    readable = arithmetic.evaluate(column.right, dict.fromkeys(letters, Fraction(1))) is not None
    if not readable or not set(arithmetic.symbols(column.right)) <= letters:
        return []
    return [(Said(f"{column.symbol}={column.right}", column.place), next(iter(_FITS.findall(note)), ""))]


Inputs = list[tuple[str, Printed, str]]


def _numbers(block: Block, cells: Sequence[tuple[int, Cell]], result: int) -> tuple[Inputs, Printed | None]:
    """(symbol, value, unit) of the inputs with a symbol, or of all if none has one; and the result."""
    inputs: Inputs = []
    out: Printed | None = None
    lettered = any(block.columns[x].symbol for x, _ in cells if x in block.columns and x != result)
    for x, cell in cells:
        found = figure(cell.text)
        value = number(found[0]) if found else None
        column = block.columns.get(x, Column())
        if value is None:
            continue
        if x == result:
            out = value
        elif (column.symbol or not lettered) and not column.right:
            inputs.append((column.symbol, value, column.unit))
    return inputs, out


def _closes(right: str, inputs: Inputs, result: Printed) -> bool:
    """Whether the printed formula gives the result, a per cent taken as printed or as a fraction."""
    plain_ = {s: Fraction(v.value) * (100 if v.percent else 1) for s, v, _ in inputs}
    parts = {s: Fraction(v.value) / (100 if u == "%" and not v.percent else 1) for s, v, u in inputs}
    printed = [v for _, v, _ in inputs]
    return any(arithmetic.closes(arithmetic.evaluate(right, g), result, printed) for g in (plain_, parts))
