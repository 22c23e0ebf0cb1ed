"""Calculation tables (排放量计算表): items, inputs under their headers, results, the formula and the total.

The header may carry names, units and letters in rows of their own or in one cell; a carbon balance has two blocks
(输入物, 输出物). Which figure belongs to which symbol is decided by position, else by order, and tested by arithmetic;
a formula that is garbled or missing is inferred from the figures, which the claim's note says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, Literal

from tanhe.messages import text
from tanhe.quantity.numbers import Printed
from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Calculation, CalculationRow, Claim, Said
from tanhe.reading.understand import arithmetic, values
from tanhe.reading.understand.calculation_lost import relaid
from tanhe.reading.understand.located import (
    Located,
    Row,
    absent,
    figure,
    filled,
    is_unit,
    located,
    number,
    said,
    unit_text,
    year_of,
)  # fmt: skip
from tanhe.reading.understand.monthly import is_period
from tanhe.reading.understand.vocabulary import fold, has_word, is_word, plain, quantity, row_field

_LETTER: Final = re.compile(r"^[A-Z]\d{0,2}$")
_NAME_LETTER: Final = re.compile(r"(?<=[\u4e00-\u9fff\s)])([A-Z]\d?)\s*$")
Direction = Literal["in", "out"]


@dataclass
class Column:
    """A column of figures while its header is read."""

    name: str = ""
    unit: str = ""
    symbol: str = ""
    right: str = ""
    """Right side of the formula, where this is a result."""


@dataclass
class Block:
    """A header with the rows under it."""

    columns: dict[int, Column] = field(default_factory=dict)
    direction: Direction | None = None
    rows: list[tuple[Cell, list[tuple[int, Cell]]]] = field(default_factory=list)

    def figures(self) -> list[int]:
        """Columns that hold figures, by header: those with a unit, a letter or a quantity's name."""
        return [x for x, c in sorted(self.columns.items()) if c.unit or c.symbol or c.right]


def claims(document: Document) -> tuple[Claim, ...]:
    """All calculation tables of the document."""
    out: list[Claim] = []
    for table in _joined(document):
        lost = table.lost or all(len(r) == 1 for r in table.rows)
        for rows in relaid(table, _letterish, _carries) if lost else [list(table.rows)]:
            if (found := _table(replace(table, rows=tuple(rows)))) is not None:
                out.append(found)
    return tuple(out)


def _joined(document: Document) -> Iterator[Located]:
    last: Located | None = None
    for table in located(document):
        if last is not None and table.follows and len(table.rows) <= 3 and _is_rest(table):
            last = replace(last, rows=(*last.rows, *table.rows))
            continue
        if last is not None:
            yield last
        last = table
    if last is not None:
        yield last


def _is_rest(table: Located) -> bool:
    """A total, or rows of figures, that stand on after a page break."""
    return all(any(figure(c.text) for c in r) for r in table.rows) and not any(
        is_period(r[0].text) for r in table.rows
    )


def _table(table: Located) -> Calculation | None:
    if not _may_be(table):
        return None
    blocks, total = _blocks(table)
    rows = [r for b in blocks for r in b.rows]
    if not rows or not any(
        c.right or has_word(c.name, "calculation", "result") for b in blocks for c in b.columns.values()
    ):
        return None
    return _claim(table, blocks, total)


def _may_be(table: Located) -> bool:
    cells = [c for r in table.rows for c in r]
    if (
        sum(is_period(c.text) for c in cells) >= 3
        or sum(bool(r and row_field(r[0].text)) for r in table.rows) >= 4
    ):
        return False
    if any(arithmetic.find_formula(plain(c.text)) for c in cells):
        return True
    head = [c.text for r in table.rows[:3] for c in r if figure(c.text) is None]
    factors = [h for h in head if (q := quantity(h)) is not None and q.kind == "factor"]
    return bool(factors) and any(
        has_word(h, "calculation", "result") for h in head if quantity(h) is None or "排放量" in h
    )


def _blocks(table: Located) -> tuple[list[Block], Cell | None]:
    blocks: list[Block] = []
    block = Block()
    total: Cell | None = None
    label: Cell | None = None
    for row in table.rows:
        kind = _kind(row)
        if kind == "head":
            if block.rows:
                blocks.append(block)
                block = _next(block)
            _head(block, row)
        elif kind == "units":
            for x, c in enumerate(_shifted(block, row)):
                if c.text.strip() and year_of(c.text) is None:
                    block.columns.setdefault(x, Column()).unit = "" if absent(c.text) else unit_text(c.text)
        elif kind == "letters":
            label = next(
                (
                    c
                    for c in filled(row)
                    if not _letterish(c.text) and not absent(c.text) and year_of(c.text) is None
                ),
                label,
            )
            _letters(block, row)
        elif kind == "total":
            total = next(c for c in reversed(filled(row)) if figure(c.text) is not None)
        elif kind == "data":
            item = _item(row) or label or (block.rows[-1][0] if block.rows else row[0])
            block.rows.append((item, _figures(block, row)))
    return [*blocks, block], total


def _kind(row: Row) -> str:
    cells = [c for c in filled(row) if year_of(c.text) is None]
    figures = [
        c for c in cells if number(c.text) is not None or (figure(c.text) is not None and not is_unit(c.text))
    ]
    if not cells:
        return "empty"
    if figures:
        words = [c for c in cells if c not in figures and not absent(c.text)]
        closing = any(
            is_word(w.text, "calculation", "totals") or fold(w.text).startswith("合计") for w in words
        )
        if (
            (closing or (words and has_word(words[0].text, "calculation", "result")))
            and len(figures) <= 2
            and len(words) >= 1
        ):
            return "total" if len(figures) == 1 or closing else "data"
        return (
            "data" if len(figures) >= 2 or (len(cells) == 2 and len(figures) == 1 and not closing) else "note"
        )
    letters = [c for c in cells if _letterish(c.text)]
    if len(letters) >= 2 and len(letters) + sum(absent(c.text) for c in cells) >= len(cells) - 1:
        return "letters"
    if sum(is_unit(c.text) or absent(c.text) for c in cells) * 2 > len(cells):
        return "units"
    if any(
        quantity(c.text)
        or has_word(c.text, "calculation", "result")
        or is_word(c.text, "calculation", "item")
        for c in cells
    ):
        return "head"
    return "note"


def _letterish(words: str) -> bool:
    shown = re.sub(r"\s", "", plain(words))
    return bool(_LETTER.match(shown)) or (
        arithmetic.find_formula(shown) is not None and not re.search(r"[\u4e00-\u9fff]", shown)
    )


def _next(block: Block) -> Block:
    """A block under another header of the same table."""
    return Block(direction=block.direction)


def _head(block: Block, row: Row) -> None:
    for x, cell in enumerate(row):
        if not cell.text.strip() or year_of(cell.text) is not None:
            continue
        column = _header(cell.text)
        old = block.columns.get(x)
        if old is None or not old.name or column.name:
            block.columns[x] = Column(
                column.name or (old.name if old else ""), column.unit, column.symbol, column.right
            )
        if is_word(cell.text, "calculation", "item") or len(row) - x < 2:
            out, inward = (
                has_word(cell.text, "calculation", "output"),
                has_word(cell.text, "calculation", "input"),
            )
            if out != inward:
                block.direction = "out" if out else "in"


def _header(words: str) -> Column:
    """Name, unit, letter and formula of one header cell, ``化石燃料消耗量 A (t)``."""
    shown = re.sub(r"\s(?:19|20)\d\d年?$", "", plain(words))
    name, unit = shown, ""
    for tail in re.finditer(r"[(\[]\s*([^()\[\]]{1,16})\s*[)\]]", shown):
        inner = tail[1].strip()
        if is_unit(inner) or (re.fullmatch(r"[A-Za-z0-9/%·]{1,12}", inner) and not _LETTER.match(inner)):
            unit = unit_text(tail[1])
            name = (shown[: tail.start()] + " " + shown[tail.end() :]).strip()
    if not unit:
        name, unit = values.name_and_unit(name)
    formula = arithmetic.find_formula(name)
    if formula is not None:
        name = name[: re.search(rf"{formula[0]}\s*=", name).start()].strip()  # type: ignore[union-attr]
        return Column(name, unit, formula[0], formula[1])
    if match := _NAME_LETTER.search(name):
        return Column(name[: match.start()].strip(), unit, match[1])
    return Column(name, unit)


def _shifted(block: Block, row: Row) -> Row:
    """The row under its names, where it lost its blank cells and slipped to the left."""
    named = [x for x, c in block.columns.items() if c.name]
    last = max((x for x, c in enumerate(row) if c.text.strip()), default=0)
    shift = max(named, default=0) - last
    if shift <= 0 or not has_word(block.columns[max(named)].name, "calculation", "result"):
        return row
    moved = tuple(row[:1]) * shift + row
    return moved if all(x in named for x, c in enumerate(moved) if c.text.strip() and x >= shift) else row


def _carries(words: str) -> bool:
    """Whether a header cell carries its unit, letter or formula."""
    column = _header(words)
    return (
        len(plain(words)) <= 60 and bool(column.name) and bool(column.unit or column.symbol or column.right)
    )


def _letters(block: Block, row: Row) -> None:
    for x, cell in enumerate(_shifted(block, row)):
        shown = re.sub(r"\s", "", plain(cell.text))
        column = block.columns.setdefault(x, Column()) if shown and not absent(shown) else None
        if column is None:
            continue
        formula = arithmetic.find_formula(shown)
        if formula is not None:
            column.symbol, column.right = formula
        elif _LETTER.match(shown):
            column.symbol = shown


def _item(row: Row) -> Cell | None:
    """The item's cell: the last words before the first figure."""
    words: list[Cell] = []
    for cell in row:
        if year_of(cell.text) is not None or not cell.text.strip():
            continue
        if figure(cell.text) is not None or absent(cell.text):
            break
        words.append(cell)
    return words[-1] if words else None


def _figures(block: Block, row: Row) -> list[tuple[int, Cell]]:
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
        (x, c) for x, c in enumerate(row) if x >= skip and (figure(c.text) is not None or absent(c.text))
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


def _claim(table: Located, blocks: Sequence[Block], total: Cell | None) -> Calculation | None:
    rows: list[CalculationRow] = []
    formulas: list[str] = []
    notes: list[str] = []
    closing = _closing(blocks)
    total_said = said(total) if total is not None else None
    for block in blocks:
        result = _result(block, closing)
        if result is None:
            continue
        for item, cells in block.rows:
            got = dict(cells)
            if closing in got and closing != result and figure(got[closing].text):
                total_said = total_said or said(got[closing])
            if result not in got or figure(got[result].text) is None:
                continue
            inputs = tuple(_input(block, x, c) for x, c in cells if x not in (result, closing))
            rows.append(CalculationRow(_named(item, inputs), inputs, said(got[result]), block.direction))
        shown, note = _formula(block, result)
        formulas += [shown] if shown and shown not in formulas else []
        notes += [note] if note and note not in notes else []
    if (
        closing is not None
        and (last := _column(blocks, closing)) is not None
        and (f := f"{last.symbol}={last.right}") not in formulas
    ):
        formulas.append(f)
    if not rows:
        return None
    return Calculation(
        table.title,
        "; ".join(formulas),
        tuple(rows),
        total_said,
        table.place,
        table.section,
        "; ".join(notes),
    )


def _named(item: Cell, inputs: Sequence[tuple[str, str, Said]]) -> Said:
    """The row's item; where only a year stands there, what the first input is."""
    if year_of(item.text) is None and item.text.strip():
        return said(item)
    return Said(inputs[0][0], item.place) if inputs else said(item)


def _input(block: Block, x: int, cell: Cell) -> tuple[str, str, Said]:
    column = block.columns.get(x, Column())
    return column.name or column.symbol, column.unit, said(cell)


def _column(blocks: Sequence[Block], x: int) -> Column | None:
    return next((b.columns[x] for b in blocks if x in b.columns and b.columns[x].right), None)


def _closing(blocks: Sequence[Block]) -> int | None:
    """The column whose formula is made of other results (D=C1-C2), so that it is the table's and no row's."""
    results = {c.symbol for b in blocks for c in b.columns.values() if c.right}
    for block in blocks:
        for x, column in block.columns.items():
            if column.right and set(arithmetic.symbols(column.right)) & results:
                return x
    return None


def _result(block: Block, closing: int | None) -> int | None:
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


def _formula(block: Block, result: int) -> tuple[str, str]:
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
