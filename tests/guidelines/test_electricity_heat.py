"""Purchased electricity and heat in every guideline, and the two totals; expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

OTHER, MACHINERY, CHEMICAL = "ndrc2015-industrial-other", "ndrc2015-machinery", "ndrc2013-chemical"
EVERY = pytest.mark.parametrize("guideline", [OTHER, MACHINERY, CHEMICAL])
GRID = "0.8843 tCO2/MWh"


@EVERY
def test_electricity_in_kilowatt_hours(inventory_of, same, guideline):
    line = inventory_of(guideline, {"electricity/grid": {"AD": "4346310 kWh", "EF": GRID}}).lines[0]
    assert same(line.verified, F("4346.31") * F("0.8843"))
    assert line.verified_value == Decimal("3843.44")


@EVERY
def test_purchased_less_exported(inventory_of, same, guideline):
    given = {"AD_in": "1000 MWh", "AD_out": "250.5 MWh", "EF": GRID}
    line = inventory_of(guideline, {"electricity/grid": given}).lines[0]
    assert same(line.verified, F("749.5") * F("0.8843"))


@EVERY
def test_a_net_export_is_negative_and_lowers_the_total(inventory_of, same, guideline):
    lines = {
        "combustion/diesel": {"AD": "100 t", "fuel": "diesel"},
        "electricity/grid": {"AD_in": "100 MWh", "AD_out": "300 MWh", "EF": GRID},
        "heat/steam": {"AD": "-50 GJ"},
    }
    inventory = inventory_of(guideline, lines)
    diesel = 100 * F("43.330") * F("0.0202") * F("0.98") * F(44, 12)
    assert same(inventory.line("electricity/grid").verified, -200 * F("0.8843"))
    assert same(inventory.line("heat/steam").verified, -50 * F("0.11"))
    assert same(inventory.subtotals["purchased"].verified, -200 * F("0.8843") - F("5.5"))
    assert same(inventory.excluding.verified, diesel)
    assert same(inventory.including.verified, diesel - 200 * F("0.8843") - F("5.5"))
    assert inventory.including.complete


@EVERY
def test_heat_takes_the_default_factor_and_names_it(inventory_of, same, guideline):
    inventory = inventory_of(guideline, {"heat/steam": {"AD": "1234.5 GJ"}})
    assert same(inventory.lines[0].verified, F("1234.5") * F("0.11"))
    assert [factor.value_text for factor in inventory.factors] == ["0.11"]


@EVERY
def test_the_suppliers_heat_factor_goes_before_the_default(inventory_of, same, guideline):
    given = {"AD_in": "1000 GJ", "AD_out": "200 GJ", "EF": "0.0935 tCO2/GJ"}
    inventory = inventory_of(guideline, {"heat/steam": given})
    assert same(inventory.lines[0].verified, 800 * F("0.0935"))
    assert inventory.factors == ()


@EVERY
def test_steam_and_hot_water_become_gigajoules(inventory_of, same, guideline):
    data = {
        "steam": {"unit": "GJ", "derive": ("heat.steam", {"Ma": "1500 t", "En": "2786.1 kJ/kg"})},
        "water": {"unit": "GJ", "derive": ("heat.hot_water", {"Ma": "8000 t", "T": "65 ℃"})},
    }
    inventory = inventory_of(guideline, {"heat/steam": {"AD": "steam"}, "heat/water": {"AD": "water"}}, data=data)
    steam, water = 1500 * (F("2786.1") - F("83.74")) / 1000, 8000 * (65 - 20) * F("4.1868") / 1000
    assert same(inventory.data["steam"].evaluation.exact, steam)
    assert same(inventory.data["water"].evaluation.exact, water)
    assert same(inventory.subtotals["heat"].verified, (steam + water) * F("0.11"))


@EVERY
def test_both_totals(inventory_of, same, guideline):
    lines = {
        "combustion/gas": {"AD": "17.7097 万Nm3", "fuel": "natural_gas"},
        "electricity/grid": {"AD": "4346.310 MWh", "EF": GRID},
        "heat/steam": {"AD": "1000 GJ"},
    }
    inventory = inventory_of(guideline, lines)
    gas = F("17.7097") * F("389.31") * F("0.0153") * F("0.99") * F(44, 12)
    bought = F("4346.31") * F("0.8843") + 110
    assert same(inventory.excluding.verified, gas)
    assert same(inventory.including.verified, gas + bought)
    assert (inventory.excluding.verified_value, inventory.including.verified_value) == (
        Decimal("382.92"), Decimal("4336.36"))


def test_electricity_without_a_factor_stays_open(inventory_of):
    inventory = inventory_of(OTHER, {"electricity/grid": {"AD": "10 MWh"}})
    assert inventory.lines[0].verified is None
    assert any("电力排放因子" in why for why in inventory.lines[0].missing)
    assert inventory.excluding.complete
    assert not inventory.including.complete


def test_a_thermal_gigajoule_is_no_electricity(inventory_of):
    line = inventory_of(OTHER, {"electricity/grid": {"AD": "3600 GJ", "EF": GRID}}).lines[0]
    assert line.verified is None
    assert any("GJ" in why and "MWh" in why for why in line.missing)
