"""Written forms of any expression keep its meaning: precedence, brackets, fraction bars, constant ratios."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tanhe.formulas.expression import Binary, Node, Number, Symbol, node
from tanhe.formulas.registry import find
from tanhe.formulas.render import to_numbers, to_sheet, to_sql, to_text, to_typst

NAMES = ["AD", "NCV", "CC", "OF", "ETA", "En_0", "x_2"]
VALUES = {"AD": "384583.00", "NCV": "22.16", "CC": "0.02618", "OF": "0.93", "ETA": "-0.5", "En_0": "83.74", "x_2": "-7"}
SYMBOLS = {name: Symbol(name) for name in NAMES} | {"x_2": Symbol("x", 2)}
EXACT = {name: Fraction(value) for name, value in VALUES.items()}
leaves = st.one_of(st.sampled_from(list(SYMBOLS.values())), st.sampled_from([1, 2, 10, 12, 44, 101, 110, 1000]).map(node))
trees = st.recursive(
    leaves, lambda inner: st.builds(Binary, st.sampled_from("+-*/"), inner, inner), max_leaves=10
)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])


def meaning(tree: Node) -> Fraction:
    """Value of the tree itself, written without the renderers."""
    match tree:
        case Symbol():
            return EXACT[tree.key]
        case Number(value):
            return Fraction(value)
        case Binary(op, left, right):
            a, b = meaning(left), meaning(right)
            return {"+": a + b, "-": a - b, "*": a * b}[op] if op != "/" else a / b
    raise AssertionError(tree)


def meaningful(tree: Node) -> Fraction:
    try:
        return meaning(tree)
    except ZeroDivisionError:
        assume(False)
        raise


Evaluator = Callable[..., Fraction]


@relaxed
@given(tree=trees)
def test_plain_text_and_spreadsheet_keep_the_meaning(tree: Node, sheet_value: Evaluator) -> None:
    exact = meaningful(tree)
    cells = {name: f"C{i}" for i, name in enumerate(NAMES, 2)}
    assert sheet_value(to_sheet(tree, cells), {cells[name]: EXACT[name] for name in NAMES}) == exact
    assert sheet_value("=" + to_text(tree), EXACT) == exact


@relaxed
@given(tree=trees)
def test_typeset_mathematics_keeps_the_meaning(tree: Node, typeset_value: Evaluator) -> None:
    exact = meaningful(tree)
    assert typeset_value(to_typst(tree), EXACT) == exact
    assert typeset_value(to_typst(tree, VALUES), {}) == exact


@relaxed
@given(tree=trees)
def test_the_line_with_numbers_keeps_the_meaning(tree: Node, sheet_value: Evaluator) -> None:
    exact = meaningful(tree)
    written = to_numbers(tree, VALUES).replace("×", "*").replace("÷", "/").replace("−", "-")
    assert sheet_value("=" + written, {}) == exact


@relaxed
@given(tree=trees)
def test_column_expression_and_ratio_multiply_to_the_meaning(tree: Node, sheet_value: Evaluator) -> None:
    exact = meaningful(tree)
    column = to_sql(tree, {name: name for name in NAMES})
    assert sheet_value("=" + column.sql, EXACT) * column.ratio == exact


def test_the_constant_ratio_stays_outside_the_decimal_product() -> None:
    tree = find("combustion.heat_form").tree()
    column = to_sql(tree, {"AD": "ad", "NCV": "ncv", "CC": "cc", "OF": "oxidation"})
    assert (column.sql, column.ratio) == ("ad * ncv * cc * oxidation", Fraction(44, 12))
    nitric = to_sql(find("nitric_adipic.acid_n2o").tree(), {k: k for k in ("AD", "EF", "ETA", "MU", "GWP")})
    assert nitric.ratio == Fraction(1, 1000) and "/" not in nitric.sql


@pytest.mark.parametrize(
    ("formula_id", "cells", "written"),
    [
        ("combustion.heat_form", {"AD": "B2", "NCV": "C2", "CC": "D2", "OF": "E2"}, "=B2*C2*D2*E2*44/12"),
        ("heat.steam", {"Ma": "B2", "En": "C2", "En_0": "D2"}, "=B2*(C2-D2)/1000"),
        ("electricity.purchased_less_exported", {"AD_in": "B2", "AD_out": "B3", "EF": "C2"}, "=(B2-B3)*C2"),
        ("nitric_adipic.use_rate", {"H_ab": "B2", "H": "C2"}, "=B2/C2"),
    ],
)
def test_spreadsheet_formulas_read_as_the_guideline_writes_them(
    formula_id: str, cells: dict[str, str], written: str
) -> None:
    assert to_sheet(find(formula_id).tree(), cells) == written


def test_the_line_shows_the_printed_numbers() -> None:
    shown = to_numbers(find("combustion.heat_form").tree(), VALUES)
    assert shown == "384583.00 × 22.16 × 0.02618 × 0.93 × 44 ÷ 12"


def test_a_negative_number_is_bracketed() -> None:
    tree = find("statistics.difference").tree()
    assert to_numbers(tree, {"a": "5", "b": "-3"}) == "5 − (-3)"
    assert to_typst(tree, {"a": "5", "b": "-3"}) == "5 - (-3)"


def test_only_a_power_of_ten_is_written_as_one(typeset_value: Evaluator) -> None:
    x = Symbol("x")
    for divisor, shown in ((1000, 'x" times 10^(-3)'), (110, "110"), (101, "101")):
        written = to_typst(Binary("/", x, node(divisor)))
        assert shown in written
        assert typeset_value(written, {"x": Fraction(1)}) == Fraction(1, divisor)


def test_a_series_is_written_out() -> None:
    tree: Any = find("statistics.weighted_mean").tree({"x": 3, "w": 3})
    cells = {f"{name}_{i}": f"{name.upper()}{i}" for name in "xw" for i in (1, 2, 3)}
    assert to_sheet(tree, cells) == "=(X1*W1+X2*W2+X3*W3)/(W1+W2+W3)"


def test_numbers_in_a_formula_are_exact() -> None:
    assert node(Decimal("0.1")) == Number(Decimal("0.1"))
    assert 1 - Symbol("x") == Binary("-", Number(Decimal(1)), Symbol("x"))
