"""One function, four readers: Decimal, SQL on decimal columns, live spreadsheet, typeset mathematics.

The oracle below is written from the guidelines' equations in Fractions and calls nothing of the package.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanhe.formulas.expression import symbols_of
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.registry import all_formulas
from tanhe.formulas.render import to_sheet, to_sql, to_typst
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

Values = Mapping[str, Any]
CO2_PER_C = Fraction(44, 12)
THOUSANDTH = Fraction(1, 1000)


def _stock(v: Values) -> Fraction:
    return v["IB"] + v["AC"] - v["IE"] - v["DI"]


def _mean(v: Values, x: str, w: str) -> Fraction:
    return sum(a * b for a, b in zip(v[x], v[w], strict=True)) / sum(v[w])


ORACLE: Mapping[str, Callable[[Values], Fraction]] = {
    "combustion.carbon_form": lambda v: v["AD"] * v["CC"] * v["OF"] * CO2_PER_C,
    "combustion.heat_form": lambda v: v["AD"] * v["NCV"] * v["CC"] * v["OF"] * CO2_PER_C,
    "combustion.mixed_fuel": lambda v: v["AD"] * v["NCV"] * v["CC"] * v["OF"] * CO2_PER_C * (1 - v["BIO"]),
    "combustion.carbon_content": lambda v: v["NCV"] * v["CC"],
    "carbonates.carbonate_use": lambda v: v["AD"] * v["EF"] * v["PUR"],
    "carbon_balance.carbon_flow": lambda v: v["AD"] * v["CC"] * CO2_PER_C,
    "nitric_adipic.acid_n2o": lambda v: v["AD"] * v["EF"] * (1 - v["ETA"] * v["MU"]) * THOUSANDTH * v["GWP"],
    "nitric_adipic.use_rate": lambda v: v["H_ab"] / v["H"],
    "wastewater.anaerobic": lambda v: (
        (v["W"] * (v["COD_in"] - v["COD_out"]) - v["S"]) * (v["Bo"] * v["MCF"]) * THOUSANDTH * v["GWP"]
    ),
    "methane_recovery.self_use": lambda v: v["ETA"] * v["Q"] * v["PUR"] * v["RHO"] * v["GWP"],
    "methane_recovery.sold": lambda v: v["Q"] * v["PUR"] * v["RHO"] * v["GWP"],
    "methane_recovery.flared": lambda v: (
        v["ETA"] * v["FR"] * v["H"] * v["V"] * v["M"] * THOUSANDTH * v["GWP"] / v["Vm"]
    ),
    "methane_recovery.mass": lambda v: v["Q"] * v["PUR"] * v["RHO"],
    "co2_recovery.recovered": lambda v: v["Q"] * v["PUR"] * v["RHO"],
    "electrical_equipment.stock_balance": lambda v: _stock(v) * v["GWP"],
    "electrical_equipment.delivered_by_weight": lambda v: v["MB"] - v["ME"] - v["EL"],
    "electrical_equipment.delivered_by_meter": lambda v: v["MM"] - v["EL"],
    "electrical_equipment.joint_leakage": lambda v: v["CF"] * v["n"] * v["M"] / 10**6,
    "welding.shielding_gas": lambda v: (
        v["P"] * _stock(v) * v["M_CO2"] / sum(p * m for p, m in zip(v["Pj"], v["Mj"], strict=True))
    ),
    "electricity.net_electricity": lambda v: v["AD"] * v["EF"],
    "electricity.purchased_less_exported": lambda v: (v["AD_in"] - v["AD_out"]) * v["EF"],
    "heat.net_heat": lambda v: v["AD"] * v["EF"],
    "heat.purchased_less_exported": lambda v: (v["AD_in"] - v["AD_out"]) * v["EF"],
    "heat.steam": lambda v: v["Ma"] * (v["En"] - v["En_0"]) * THOUSANDTH,
    "heat.hot_water": lambda v: v["Ma"] * (v["T"] - v["T_0"]) * v["c"] * THOUSANDTH,
    "supplementary.boiler_heat_factor": lambda v: v["E"] / v["Q"],
    "supplementary.weighted_electricity_factor": lambda v: _mean(v, "EF", "AD"),
    "supplementary.weighted_heat_factor": lambda v: _mean(v, "EF", "AD"),
    "supplementary.coproduction_share": lambda v: v["M"] * v["r"] / (v["A"] + v["M"] * v["r"]),
    "supplementary.allocated_mass": lambda v: v["AD"] * v["s"],
    "supplementary.allocated_electricity": lambda v: v["AD"] * v["s"],
    "supplementary.allocated_heat": lambda v: v["AD"] * v["s"],
    "statistics.series_sum": lambda v: sum(v["x"], Fraction(0)),
    "statistics.weighted_mean": lambda v: _mean(v, "x", "w"),
    "statistics.difference": lambda v: v["a"] - v["b"],
    "statistics.sum_of_two": lambda v: v["a"] + v["b"],
    "other.stated_factor": lambda v: v["AD"] * v["EF"],
}

FORMULAS = list(all_formulas().values())
LENGTH = 3
every_formula = pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.id)
few = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
fewer = settings(few, max_examples=10)


def _number(spec: SymbolSpec) -> st.SearchStrategy[Decimal]:
    """A share has four decimals; anything else up to 9999.99, never zero because it may stand under a bar."""
    if spec.fraction:
        return st.decimals("0.0001", "1", places=4)
    return st.decimals("0.01", "9999.99", places=2)


@st.composite
def values_for(draw: st.DrawFn, formula: Formula) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, spec in formula.symbols.items():
        number = _number(spec)
        found[name] = draw(st.lists(number, min_size=LENGTH, max_size=LENGTH) if spec.many else number)
    return found


def fractions_of(values: Values) -> dict[str, Any]:
    return {k: [Fraction(m) for m in v] if isinstance(v, list) else Fraction(v) for k, v in values.items()}


def flat(values: Values) -> dict[str, Any]:
    """Members of a series by their own key: x → x_1, x_2, x_3."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        members = enumerate(value, 1) if isinstance(value, list) else ()
        found |= {f"{name}_{i}": member for i, member in members} or {name: value}
    return found


def half_up_by_hand(exact: Fraction, digits: int) -> Fraction:
    units = abs(exact) * 10**digits
    rounded = Fraction(int(units + Fraction(1, 2)), 10**digits)
    return rounded if exact >= 0 else -rounded


def tree_of(formula: Formula) -> Any:
    return formula.tree({name: LENGTH for name, spec in formula.symbols.items() if spec.many})


def test_every_formula_has_an_independent_oracle() -> None:
    assert set(ORACLE) == set(all_formulas())


@every_formula
@few
@given(data=st.data())
def test_decimal_prints_what_exact_arithmetic_prints(formula: Formula, data: st.DataObject) -> None:
    values = data.draw(values_for(formula))
    exact = ORACLE[formula.id](fractions_of(values))
    got = formula.evaluate(values)
    for digits in (0, 2, 6):
        assert half_up(got, digits) == half_up_by_hand(exact, digits)
    assert abs(Fraction(got) - exact) <= abs(exact) / 10**58


@every_formula
@few
@given(data=st.data())
def test_the_live_spreadsheet_formula_gives_the_same(
    formula: Formula, data: st.DataObject, sheet_value: Callable[..., Fraction]
) -> None:
    values = data.draw(values_for(formula))
    keys = list(flat(values))
    cells = {key: f"{chr(66 + i)}{i + 2}" for i, key in enumerate(keys)}
    written = to_sheet(tree_of(formula), cells)
    numbers = {cells[key]: Fraction(value) for key, value in flat(values).items()}
    assert sheet_value(written, numbers) == ORACLE[formula.id](fractions_of(values))


@every_formula
@few
@given(data=st.data())
def test_the_typeset_formula_means_the_same_with_and_without_numbers(
    formula: Formula, data: st.DataObject, typeset_value: Callable[..., Fraction]
) -> None:
    values = data.draw(values_for(formula))
    exact = ORACLE[formula.id](fractions_of(values))
    tree, numbers = tree_of(formula), flat(values)
    in_symbols = to_typst(tree)
    in_numbers = to_typst(tree, {key: plain(value) for key, value in numbers.items()})
    assert typeset_value(in_symbols, {key: Fraction(value) for key, value in numbers.items()}) == exact
    assert typeset_value(in_numbers, {}) == exact


def _column_types(formula: Formula) -> dict[str, str]:
    """Narrow decimals, and one wide activity column: DuckDB keeps narrow products in 18 digits and raises beyond."""
    types, wide = {}, True
    for name, spec in formula.symbols.items():
        keys = [f"{name}_{i + 1}" for i in range(LENGTH)] if spec.many else [name]
        narrow = "DECIMAL(5,4)" if spec.fraction else "DECIMAL(6,2)"
        now_wide = wide and spec.role == "activity" and not spec.fraction
        types |= dict.fromkeys(keys, "DECIMAL(19,2)" if now_wide else narrow)
        wide = wide and not now_wide
    return types


def _in_duckdb(database: Any, formula: Formula, sql: str, rows: list[dict[str, Any]]) -> Any:
    """Type and values of the expression over a table of the rows."""
    types = _column_types(formula)
    shown = ["(" + ", ".join(plain(flat(row)[key]) for key in types) + ")" for row in rows]
    columns = ", ".join(f'CAST("{key}" AS {kind}) AS "{key}"' for key, kind in types.items())
    names = ", ".join(f'"{key}"' for key in types)
    table = f"(SELECT {columns} FROM (VALUES {', '.join(shown)}) v({names}))"
    return database.execute(f"SELECT typeof({sql}), {sql} FROM {table}").fetchall()


@every_formula
@fewer
@given(data=st.data())
def test_decimal_columns_in_duckdb_give_the_same(
    formula: Formula, data: st.DataObject, database: Any
) -> None:
    rows = data.draw(st.lists(values_for(formula), min_size=1, max_size=5))
    tree = tree_of(formula)
    column = to_sql(tree, {s.key: f'"{s.key}"' for s in symbols_of(tree)})
    divides = "/" in column.sql
    for (kind, inner), row in zip(_in_duckdb(database, formula, column.sql, rows), rows, strict=True):
        exact = ORACLE[formula.id](fractions_of(row))
        outside = Fraction(inner) * column.ratio
        assert kind.startswith("DECIMAL") is not divides
        assert abs(outside - exact) <= (abs(exact) / 10**12 if divides else 0)


def _page() -> str:
    """Every formula in symbols and in numbers, a negative activity among them."""
    shown = ["#set page(height: auto)"]
    for formula in FORMULAS:
        tree = tree_of(formula)
        numbers = {s.key: "-12.50" if i == 0 else "0.0153" for i, s in enumerate(symbols_of(tree))}
        shown += [f"$ {to_typst(tree)} $", f"$ {to_typst(tree, numbers)} $"]
    return "\n".join(shown)


def test_every_formula_compiles_as_typst_mathematics_without_and_with_numbers() -> None:
    made = typst.compile(_page().encode(), format="pdf")
    assert made[:5] == b"%PDF-"
