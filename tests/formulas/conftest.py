"""Independent readers of written formulas: a spreadsheet evaluator and a mathematics evaluator, both in Fractions."""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def _value(node: ast.expr, names: Mapping[str, Fraction], source: str) -> Fraction:
    match node:
        case ast.Name(name):
            return names[name]
        case ast.Constant():
            return Fraction(ast.get_source_segment(source, node) or "")
        case ast.UnaryOp(ast.USub(), inner):
            return -_value(inner, names, source)
        case ast.BinOp(left, ast.Pow(), right):
            return _value(left, names, source) ** _value(right, names, source)
        case ast.BinOp(left, sign, right):
            return OPERATORS[type(sign)](_value(left, names, source), _value(right, names, source))
        case ast.Call(ast.Name("frac"), [over, under]):
            return _value(over, names, source) / _value(under, names, source)
    raise AssertionError(f"not arithmetic: {ast.dump(node)}")


def evaluate(written: str, names: Mapping[str, Fraction]) -> Fraction:
    """What infix arithmetic means, by the ordinary precedence of + - * /."""
    return _value(ast.parse(written, mode="eval").body, names, written)


@pytest.fixture(scope="session")
def sheet_value() -> Callable[[str, Mapping[str, Fraction]], Fraction]:
    """Value of a spreadsheet formula such as ``=B2*C2*44/12``, the cells' values given."""

    def value(written: str, cells: Mapping[str, Fraction]) -> Fraction:
        assert written.startswith("=")
        return evaluate(written[1:], cells)

    return value


@pytest.fixture(scope="session")
def typeset_value() -> Callable[[str, Mapping[str, Fraction]], Fraction]:
    """Value of Typst mathematics; symbols are written ``"En"_"0"`` and looked up as ``En_0``."""

    def value(written: str, symbols: Mapping[str, Fraction]) -> Fraction:
        plain = re.sub(r'"?(\w+?)"?_"([\w,]+)"', lambda m: f"{m[1]}_{m[2]}".replace(",", "_"), written)
        plain = plain.replace('"', "").replace(" times ", " * ").replace("^", "**")
        greek = {name.lower(): number for name, number in symbols.items() if name in ("ETA", "MU", "RHO", "NU")}
        return evaluate(plain, {**symbols, **greek})

    return value


@pytest.fixture(scope="session")
def database() -> Iterator[Any]:
    """One DuckDB connection in memory."""
    import duckdb

    with duckdb.connect() as connection:
        yield connection
