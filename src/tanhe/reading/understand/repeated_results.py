"""Result tables printed more than once (重复印出的汇总表): another figure in the same cell, a row that the others have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.absence import without_remark
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.result_sheets import ResultSheet, result_sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_YEAR = re.compile(r"20\d\d")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_WITHIN = {"electricity": {"purchased"}, "heat": {"purchased"}, "purchased": {"electricity", "heat"}, "process": {"carbonates", "welding"}}
"""Rows that another row may stand for."""

LEAST = 2
"""Rows two tables must have in common before they are taken for the same table."""


@dataclass(frozen=True)
class _Table:
    """Figures by row and column header; rows in order with the words of their label."""

    where: str
    sheet: ResultSheet
    cells: dict[tuple[str, str], Cell]
    labels: dict[str, str]
    year: str


def repeated_results(v: View) -> Iterator[Listed]:
    """Each result table against the first one that has the same rows."""
    tables = [_read(found) for s in v.outline.sheets if (found := result_sheet(s)) is not None]
    for n, table in enumerate(tables):
        for other in tables[:n]:
            if table.year == other.year and _same(table, other):
                yield from _differing(table, other)
                yield from _lacking(table, other)
                yield from _lacking(other, table)
                break


def _read(found: ResultSheet) -> _Table:
    names = Counter(row.name for row, _ in found.rows)
    cells: dict[tuple[str, str], Cell] = {}
    labels: dict[str, str] = {}
    heads = Counter(_BRACKETS.sub("", h) for h in found.heads.values())
    for row, _ in found.rows:
        if names[row.name] > 1:
            continue
        labels[row.name] = row.label
        for at, cell in row.numbers:
            head = _BRACKETS.sub("", found.heads.get(at, ""))
            if heads[head] == 1:
                cells[row.name, head] = cell
    year = _YEAR.search(found.sheet.caption)
    return _Table(found.sheet.where, found, cells, labels, year[0] if year else "")


def _value(cell: Cell) -> Decimal:
    return Decimal(without_remark(words(cell)).replace(",", ""))


def _agree(one: Cell, other: Cell) -> bool:
    """Whether two printed figures are one, to the digits of the coarser."""
    a, b = _value(one), _value(other)
    step = Decimal(1).scaleb(max(int(a.as_tuple().exponent), int(b.as_tuple().exponent)))
    return abs(a - b) < step


def _same(one: _Table, other: _Table) -> bool:
    """Whether two tables are the same one: most of the figures that both have agree."""
    both = one.cells.keys() & other.cells.keys()
    agree = sum(_agree(one.cells[k], other.cells[k]) for k in both)
    return len({row for row, _ in both}) >= LEAST and agree * 2 > len(both)


def _differing(table: _Table, other: _Table) -> Iterator[Listed]:
    for key in table.cells.keys() & other.cells.keys():
        here, there = table.cells[key], other.cells[key]
        if not _agree(here, there):
            for cell, against, where, elsewhere in ((here, there, table.where, other.where), (there, here, other.where, table.where)):
                text = f"{elsewhere}：{against.text.strip()}（{table.labels[key[0]][:30]} {key[1]}）"
                yield statement("result.differs", Said(cell.text.strip(), cell.place), where, text=text)


def _lacking(table: _Table, other: _Table) -> Iterator[Listed]:
    """Rows of the other table that this one, otherwise as long, does not have."""
    absent = [name for name in other.labels if name not in table.labels and not _WITHIN.get(name, set()) & table.labels.keys()]
    if not absent or len(absent) > 1 or len(table.labels) <= len(absent):
        return
    for name in absent:
        if name == "totals.excluding" and "含" not in table.labels.get("totals.including", "含").replace("包括", "含"):
            continue  # one total, that does not say what it includes, is a usual short form
        figures = [c for (row, _), c in other.cells.items() if row == name]
        if any(_value(c) for c in figures) or name.startswith("totals"):
            yield statement("result.lacks", Said(other.labels[name][:60], table.sheet.sheet.table.place), table.where, text=other.where)
