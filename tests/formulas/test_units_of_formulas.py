"""Units of formulas: declared units give the declared result; anything else is an error that names them."""

from itertools import product

import pytest

from tanhe.formulas.constants import CO2_PER_C
from tanhe.formulas.expression import ratio
from tanhe.formulas.formula import Formula, Term, activity, factor, formula
from tanhe.formulas.registry import all_formulas, find
from tanhe.messages import TanheError, speaking
from tanhe.quantity.units import Unit, UnitError, unit

FORMULAS = list(all_formulas().values())
ANY = (unit("t"),)


def combinations(one: Formula) -> list[dict[str, Unit]]:
    """Every combination of the alternatives the symbols declare."""
    choices = [spec.units or ANY for spec in one.symbols.values()]
    return [dict(zip(one.symbols, units, strict=True)) for units in product(*choices)]


def results(one: Formula) -> list[Unit]:
    found = []
    for units in combinations(one):
        try:
            found.append(one.unit_of(units))
        except UnitError:
            continue
    return found


@pytest.mark.parametrize("one", FORMULAS, ids=lambda f: f.id)
def test_the_declared_units_give_each_declared_result_and_nothing_else(one: Formula) -> None:
    found = results(one)
    assert found
    if one.result:
        assert set(found) == set(one.result)


@pytest.mark.parametrize("one", FORMULAS, ids=lambda f: f.id)
def test_every_alternative_of_a_symbol_is_usable_in_some_combination(one: Formula) -> None:
    good = [units for units in combinations(one) if _fits(one, units)]
    for name, spec in one.symbols.items():
        assert {units[name] for units in good} == set(spec.units or ANY)


def _fits(one: Formula, units: dict[str, Unit]) -> bool:
    try:
        one.unit_of(units)
    except UnitError:
        return False
    return True


@pytest.mark.parametrize("one", [f for f in FORMULAS if f.result], ids=lambda f: f.id)
def test_a_symbol_in_another_substance_is_refused(one: Formula) -> None:
    units = next(u for u in combinations(one) if _fits(one, u))
    weights = {"AD"} if one.function.__name__.startswith("weighted_") else set()
    for name, spec in one.symbols.items():
        assert spec.fitting(units[name] * unit("元")) is None
    for name in set(one.symbols) - weights:
        with pytest.raises(UnitError):
            one.unit_of({**units, name: units[name] * unit("元")})


def test_carbon_per_tonne_against_a_gas_volume_names_both_units() -> None:
    with speaking("en"), pytest.raises(UnitError) as raised:
        find("combustion.carbon_form").unit_of({"AD": unit("万Nm³"), "CC": unit("tC/t"), "OF": unit("1")})
    assert "1e4Nm3" in str(raised.value) and "tC/t" in str(raised.value) and "tCO2" in str(raised.value)
    with pytest.raises(UnitError) as raised:
        find("combustion.carbon_form").unit_of({"AD": unit("万Nm³"), "CC": unit("tC/t"), "OF": unit("1")})
    assert "万Nm³" in str(raised.value) and "tC/t" in str(raised.value)


@pytest.mark.parametrize(
    ("formula_id", "units", "named"),
    [
        ("combustion.heat_form", {"AD": "t", "NCV": "GJ/万Nm³", "CC": "tC/GJ", "OF": "1"}, ("t", "GJ/1e4Nm3")),
        ("combustion.heat_form", {"AD": "万立方米", "NCV": "GJ/万Nm³", "CC": "tC/GJ", "OF": "1"}, ("1e4m3", "GJ/1e4Nm3")),
        ("combustion.heat_form", {"AD": "t", "NCV": "GJ/t", "CC": "tC/TJ", "OF": "1"}, ("tC/TJ", "tCO2")),
        ("electricity.net_electricity", {"AD": "kWh", "EF": "tCO2/MWh"}, ("kWh", "tCO2/MWh")),
        ("electricity.net_electricity", {"AD": "GJ", "EF": "tCO2/MWh"}, ("GJ", "tCO2/MWh")),
        ("heat.net_heat", {"AD": "MWh", "EF": "tCO2/GJ"}, ("MWh", "tCO2/GJ")),
        ("heat.steam", {"Ma": "t", "En": "kJ/kg", "En_0": "GJ/t"}, ("kJ/kg", "GJ/t")),
        ("electrical_equipment.stock_balance",
         {"IB": "t", "AC": "kg", "IE": "t", "DI": "t", "GWP": "tCO2e/t"}, ("t", "kg")),
        ("combustion.mixed_fuel",
         {"AD": "t", "NCV": "GJ/t", "CC": "tC/GJ", "OF": "1", "BIO": "%"}, ("1", "%")),
    ],
)
def test_units_that_do_not_fit_are_named(formula_id: str, units: dict[str, str], named: tuple[str, str]) -> None:
    with speaking("en"), pytest.raises(UnitError) as raised:
        find(formula_id).unit_of({name: unit(spelled) for name, spelled in units.items()})
    assert all(name in str(raised.value) for name in named)


def _carbon(AD: Term, CC: Term) -> Term:
    return AD * CC


def test_a_forgotten_44_12_is_carbon_and_not_carbon_dioxide() -> None:
    symbols = {"AD": activity("消费量", "consumption", "t"), "CC": factor("含碳量", "carbon content", "tC/t")}
    declared = formula("漏乘 44/12", "without 44/12", "tCO2", "E", **symbols)(_carbon)
    with speaking("en"), pytest.raises(UnitError) as raised:
        declared.unit_of({"AD": unit("t"), "CC": unit("tC/t")})
    assert "tC," in str(raised.value) and "tCO2" in str(raised.value)


def test_the_ratio_of_co2_to_carbon_is_exact_and_carries_its_unit() -> None:
    assert (CO2_PER_C.numerator, CO2_PER_C.denominator) == (44, 12)
    assert unit("tC") * CO2_PER_C == unit("tCO2")
    assert unit("tCH4") * ratio(1, 1, "tCO2e/tCH4") == unit("tCO2e")


def test_symbols_say_which_alternative_a_unit_fits() -> None:
    fuel = find("combustion.heat_form").symbols["AD"]
    assert fuel.fitting(unit("kg")) == unit("t")
    assert fuel.fitting(unit("Nm3")) == unit("1e4Nm3")
    assert fuel.fitting(unit("万立方米")) is None
    assert fuel.fitting(unit("GJ")) is None


@pytest.mark.parametrize(("written", "nearest"), [("combustion.heatform", "combustion.heat_form"), ("steam", "heat.steam")])
def test_an_unknown_formula_names_the_nearest(written: str, nearest: str) -> None:
    with pytest.raises(TanheError, match=nearest):
        find(written)


@pytest.mark.parametrize("one", FORMULAS, ids=lambda f: f.id)
def test_a_formula_says_what_it_is_in_both_languages(one: Formula) -> None:
    assert one.zh and one.en and one.doc.strip() and one.result_symbol
    assert all(spec.zh and spec.en for spec in one.symbols.values())
    assert any("\u4e00" <= c <= "\u9fff" for c in one.zh)
