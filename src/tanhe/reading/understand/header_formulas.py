"""The formula in the header of a calculation table, tested on its rows (表头公式与各行): a column it leaves out, a sign turned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tanhe.quantity.numbers import MAX_LENGTH
from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.arithmetic import evaluate, find_formula, symbols
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_LETTER = re.compile(r"[A-Z]\d?")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SLACK, _HEAD = Fraction(3, 1000), 5
_SCALES = tuple(Fraction(10) ** n for n in (-4, -3, -2, 0, 2, 3, 4))


@dataclass(frozen=True)
class _Row:
    """A formula with the figures of one row: right side, figure of each letter, printed result, cell of the formula."""

    symbol: str
    right: str
    given: Mapping[str, Fraction]
    result: Fraction
    cell: Cell


def header_formulas(v: View) -> Iterator[Listed]:
    """Each formula whose every row gives another result, with what would make them agree."""
    for sheet in v.outline.sheets:
        rows = [*_across(sheet), *_down(sheet)]
        for symbol in dict.fromkeys(row.symbol for row in rows):
            of_formula = [row for row in rows if row.symbol == symbol]
            faults = {_fault(row) for row in of_formula}
            if len(faults) == 1 and (fault := faults.pop()):
                first = of_formula[0]
                yield statement("formula.term", Said(f"{symbol}={first.right}", first.cell.place), sheet.where, text=fault)


def _across(sheet: Sheet) -> Iterator[_Row]:
    """Letters in a row of the header, the formula over the column of the results."""
    for r, row in enumerate(sheet.grid[:_HEAD]):
        letters = {words(c): n for n, c in enumerate(row) if c is not None and _LETTER.fullmatch(words(c))}
        found = [(n, c, f) for n, c in enumerate(row) if c is not None and (f := find_formula(words(c)))]
        if len(letters) < 2 or len(found) != 1:
            continue
        at, cell, (symbol, right) = found[0]
        for below in sheet.grid[r + 1:]:
            given = {letter: value for letter, n in letters.items() if (value := _value(_at(below, n))) is not None}
            if (result := _value(_at(below, at))) is not None and len(given) == len(letters):
                yield _Row(symbol, right, given, result, cell)
        return


def _down(sheet: Sheet) -> Iterator[_Row]:
    """Letters in the first column, each with its figure; the formula stands in the last row."""
    given: dict[str, Fraction] = {}
    for row in sheet.grid[1:]:
        first, value = row[0], next((x for c in row[1:] if (x := _value(c)) is not None), None)
        if first is None or value is None:
            continue
        if _LETTER.fullmatch(words(first)):
            given[words(first)] = value
        elif len(given) > 2 and (found := find_formula(words(first))):
            yield _Row(*found, dict(given), value, first)


def _at(row: Sequence[Cell | None], n: int) -> Cell | None:
    return row[n] if n < len(row) else None


def _value(cell: Cell | None) -> Fraction | None:
    said = words(cell) if cell is not None else ""
    return Fraction(said.replace(",", "")) if len(said) <= MAX_LENGTH and _FIGURE.fullmatch(said) else None


def _fault(row: _Row) -> str:
    """``D``: the result has this column as a factor, the formula has not; ``+`` or ``-``: a sign that should be the other."""
    value = evaluate(row.right, row.given)
    if value is None or not row.result or _near(value, row.result):
        return ""
    for letter in row.given.keys() - set(symbols(row.right)):
        factor = row.given[letter]
        if factor not in (0, *_SCALES) and any(_near(value * factor * s, row.result) for s in _SCALES):
            return letter
    for n, sign in enumerate(row.right):
        other = {"+": "-", "-": "+"}.get(sign)
        if other is not None:
            turned = evaluate(row.right[:n] + other + row.right[n + 1:], row.given)
            if turned is not None and _near(turned, row.result):
                return sign
    return ""


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= abs(other) * _SLACK
