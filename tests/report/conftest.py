"""A small evaluator of spreadsheets, written apart from the workbook it checks."""

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

Value = Fraction | str | None
At = tuple[str, str]


class Spreadsheet:
    """A workbook evaluated with fractions: + - * / & < =, ROUND TRUNC SUM COUNT IF ABS, references and ranges."""

    TOKEN = re.compile(
        r"""\s*(?:(?P<ref>(?:'(?:[^']|'')+'!)?[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?)|(?P<num>\d+(?:\.\d+)?)"""
        r"""|(?P<text>"[^"]*")|(?P<name>[A-Z]+)(?=\()|(?P<op>[-+*/&<=(),]))"""
    )

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.changed: dict[At, Value] = {}
        self.known: dict[At, Value] = {}

    def set(self, sheet: str, cell: str, value: str) -> None:
        self.changed[sheet, cell] = Fraction(value)
        self.known.clear()

    def formulas(self) -> list[At]:
        return [(page.title, cell.coordinate) for page in self.book for row in page for cell in row if cell.data_type == "f"]

    def value(self, sheet: str, cell: str) -> Value:
        if (sheet, cell) not in self.known:
            at = sheet, cell
            self.known[at] = self.changed[at] if at in self.changed else self._compute(sheet, cell)
        return self.known[sheet, cell]

    def number(self, sheet: str, cell: str) -> Fraction:
        value = self.value(sheet, cell)
        assert isinstance(value, Fraction), (sheet, cell, value)
        return value

    def _compute(self, sheet: str, cell: str) -> Value:
        found = self.book[sheet][cell]
        if found.value is None or (isinstance(found.value, str) and found.data_type != "f"):
            return found.value
        if found.data_type != "f":
            return Fraction(repr(found.value))
        result, rest = self._compare(self._tokens(found.value[1:]), sheet)
        assert rest == [], found.value
        return result

    def _tokens(self, text: str) -> list[tuple[str, str]]:
        found, at = [], 0
        while at < len(text):
            match = self.TOKEN.match(text, at)
            assert match and match.lastgroup, text[at:]
            found.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        return found

    def _binary(self, tokens, sheet, below, signs):  # type: ignore[no-untyped-def]
        left, tokens = below(tokens, sheet)
        while tokens and tokens[0][0] == "op" and tokens[0][1] in signs:
            right, rest = below(tokens[1:], sheet)
            left, tokens = signs[tokens[0][1]](left, right), rest
        return left, tokens

    def _compare(self, tokens, sheet):  # type: ignore[no-untyped-def]
        return self._binary(tokens, sheet, self._join, {"<": operator.lt, "=": lambda a, b: (a or "") == (b or "")})

    def _join(self, tokens, sheet):  # type: ignore[no-untyped-def]
        return self._binary(tokens, sheet, self._sum, {"&": lambda a, b: f"{a}{b}"})

    def _sum(self, tokens, sheet):  # type: ignore[no-untyped-def]
        signs = {"+": lambda a, b: number(a) + number(b), "-": lambda a, b: number(a) - number(b)}
        return self._binary(tokens, sheet, self._product, signs)

    def _product(self, tokens, sheet):  # type: ignore[no-untyped-def]
        signs = {"*": lambda a, b: number(a) * number(b), "/": lambda a, b: number(a) / number(b)}
        return self._binary(tokens, sheet, self._unit, signs)

    def _unit(self, tokens, sheet):  # type: ignore[no-untyped-def]
        (kind, word), rest = tokens[0], tokens[1:]
        match kind, word:
            case "op", "-":
                value, rest = self._unit(rest, sheet)
                return -number(value), rest
            case "op", "(":
                value, rest = self._compare(rest, sheet)
                return value, rest[1:]
            case "num", _:
                return Fraction(word), rest
            case "text", _:
                return word[1:-1], rest
            case "ref", _:
                found = self._cells(word, sheet)
                return (found if ":" in word else found[0]), rest
        return self._call(word, rest[1:], sheet)

    def _call(self, name, tokens, sheet):  # type: ignore[no-untyped-def]
        given: list[Any] = []
        condition = True
        while True:
            if name == "IF" and len(given) == (1 if not condition else 2):
                value, tokens = None, self._past(tokens)
            else:
                value, tokens = self._compare(tokens, sheet)
            given.append(value)
            condition = bool(given[0]) if name == "IF" else True
            sign, tokens = tokens[0][1], tokens[1:]
            if sign == ")":
                break
        flat = [v for part in given for v in (part if isinstance(part, list) else [part])]
        numbers = [v for v in flat if isinstance(v, Fraction)]
        how: dict[str, Callable[[], Value]] = {
            "SUM": lambda: sum(numbers, Fraction(0)), "COUNT": lambda: Fraction(len(numbers)),
            "ROUND": lambda: half_up(number(given[0]), int(given[1])), "ABS": lambda: abs(number(given[0])),
            "IF": lambda: given[1] if given[0] else given[2],
            "SUMPRODUCT": lambda: sum((number(a) * number(b) for a, b in zip(*given, strict=True)), Fraction(0)),
        }
        return how[name](), tokens

    @staticmethod
    def _past(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
        depth = 0
        for at, (_, word) in enumerate(tokens):
            if depth == 0 and word in (",", ")"):
                return tokens[at:]
            depth += {"(": 1, ")": -1}.get(word, 0)
        raise AssertionError("a call that does not end")

    def _cells(self, word: str, sheet: str) -> list[Value]:
        home, _, cells = word.rpartition("!")
        home = home[1:-1].replace("''", "'") if home else sheet
        first, top, last, bottom = range_boundaries(cells)
        return [self.value(home, self.book[home].cell(r, c).coordinate) for r in range(top, bottom + 1) for c in range(first, last + 1)]


def number(value: Any) -> Fraction:
    assert value is None or isinstance(value, Fraction), value
    return value or Fraction(0)


def half_up(value: Fraction, digits: int) -> Fraction:
    size = 10**digits
    return Fraction((1 if value >= 0 else -1) * int(abs(value) * size + Fraction(1, 2)), size)


@pytest.fixture(scope="session")
def spreadsheet() -> type[Spreadsheet]:
    """The evaluator: ``spreadsheet(path)``."""
    return Spreadsheet
