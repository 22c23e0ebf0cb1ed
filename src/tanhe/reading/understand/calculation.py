"""Calculation tables (排放量计算表): items, inputs under their headers, results, the formula and the total.

The header may carry names, units and letters in rows of their own or in one cell; a carbon balance has two blocks
(输入物, 输出物). Which figure belongs to which symbol is decided by position, else by order, and tested by arithmetic;
a formula that is garbled or missing is inferred from the figures, which the claim's note says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Calculation, CalculationRow, Claim, Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.calculation_formula import (
    closing_column,
    formula_column,
    formula_of,
    odd_formula,
    result_column,
)
from tanhe.reading.understand.calculation_header import (
    Block,
    Column,
    carries,
    kind_of_row,
    letterish,
    read_head,
    read_letters,
    read_units,
)
from tanhe.reading.understand.calculation_lost import relaid
from tanhe.reading.understand.calculation_rows import (
    figures_of,
    item_of,
    lacks_result,
    total_without_figure,
    way_of,
)
from tanhe.reading.understand.calculation_upright import upright
from tanhe.reading.understand.located import (
    Located,
    absent,
    figure,
    filled,
    located,
    said,
    year_of,
)
from tanhe.reading.understand.months import is_period
from tanhe.reading.understand.vocabulary import has_word, plain, quantity, row_field


def claims(document: Document) -> tuple[Claim, ...]:
    """All calculation tables of the document."""
    out: list[Claim] = []
    for table in _joined(document):
        lost = table.lost or all(len(r) == 1 for r in table.rows)
        if not lost and (whole := upright(table)) is not None:
            out.append(whole)
            continue
        for rows in relaid(table, letterish, carries) if lost else [list(table.rows)]:
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
    if not rows and not table.lost and (bare := _without_rows(table, blocks)) is not None:
        return bare
    if not rows or not any(
        c.right or has_word(c.name, "calculation", "result") for b in blocks for c in b.columns.values()
    ):
        return None
    return _claim(table, blocks, total)


def _without_rows(table: Located, blocks: Sequence[Block]) -> Calculation | None:
    """A table of header, units, letters and formula, perhaps a total, under which no row of figures stands."""
    formula = next((f"{c.symbol}={c.right}" for b in blocks for c in b.columns.values() if c.right), "")
    if not formula or len(table.rows) < 2 or any(kind_of_row(r) in ("data", "note") for r in table.rows):
        return None
    return Calculation(table.title, formula, (), None, table.place, table.section, empty=(Said(table.title or formula, table.place),))


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
        kind = kind_of_row(row)
        if kind == "head":
            if block.rows:
                blocks.append(block)
                block = _next(block)
            read_head(block, row)
        elif kind == "units":
            read_units(block, row)
        elif kind == "letters":
            label = next(
                (
                    c
                    for c in filled(row)
                    if not letterish(c.text) and not absent(c.text) and year_of(c.text) is None
                ),
                label,
            )
            read_letters(block, row)
        elif kind == "total":
            total = next(c for c in reversed(filled(row)) if figure(c.text) is not None)
        elif kind == "data":
            item = item_of(row) or label or (block.rows[-1][0] if block.rows else row[0])
            block.rows.append((item, figures_of(block, row)))
            block.ways.append(way_of(row) or block.direction)
        elif block.rows and (bare := total_without_figure(row)) is not None:
            block.bare.append(bare)
    return [*blocks, block], total


def _next(block: Block) -> Block:
    """A block under another header of the same table."""
    return Block(direction=block.direction)


def _claim(table: Located, blocks: Sequence[Block], total: Cell | None) -> Calculation | None:
    rows: list[CalculationRow] = []
    formulas: list[str] = []
    notes: list[str] = []
    empty: list[Said] = []
    odd: list[tuple[Said, str]] = []
    closing = closing_column(blocks)
    total_said = said(total) if total is not None else None
    for block in blocks:
        result = result_column(block, closing)
        if result is None:
            continue
        for (item, cells), way in zip(block.rows, block.ways, strict=True):
            got = dict(cells)
            if closing in got and closing != result and figure(got[closing].text):
                total_said = total_said or said(got[closing])
            if result not in got or not _is_result(got[result]):
                empty += [said(item)] if lacks_result([c for x, c in cells if x not in (result, closing)], got.get(result)) else []
                continue
            inputs = tuple(_input(block, x, c) for x, c in cells if x not in (result, closing))
            rows.append(CalculationRow(_named(item, inputs), inputs, said(got[result]), way))
        shown, note = formula_of(block, result)
        formulas += [shown] if shown and shown not in formulas else []
        notes += [note] if note and note not in notes else []
        empty += [said(c) for c in block.bare] if any(figure(r.result.text) for r in rows) else []
        odd += odd_formula(block, result, note)
    if (
        closing is not None
        and (last := formula_column(blocks, closing)) is not None
        and (f := f"{last.symbol}={last.right}") not in formulas
    ):
        formulas.append(f)
    if not rows and not (empty and any(c.right for b in blocks for c in b.columns.values())):
        return None
    return Calculation(
        table.title,
        "; ".join(formulas),
        tuple(rows),
        total_said,
        table.place,
        table.section,
        "; ".join(notes),
        tuple(empty),
        tuple(odd),
    )


def _is_result(cell: Cell) -> bool:
    """A figure, or words such as 无数据 in its place; a dash is no result."""
    return figure(cell.text) is not None or (says_nothing(cell.text) and not absent(cell.text))


def _named(item: Cell, inputs: Sequence[tuple[str, str, Said]]) -> Said:
    """The row's item; where only a year stands there, what the first input is."""
    if year_of(item.text) is None and item.text.strip():
        return said(item)
    return Said(inputs[0][0], item.place) if inputs else said(item)


def _input(block: Block, x: int, cell: Cell) -> tuple[str, str, Said]:
    column = block.columns.get(x, Column())
    return column.name or column.symbol, column.unit, said(cell)
