"""Sources of 化工: carbon balance, carbonates, nitric and adipic acid, CO2 recovery; expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from tanhe.messages import TanheError

ID = "ndrc2013-chemical"
GWP = 310
BALANCE = {
    "raw-material/coal": {"AD": "1000 t", "CC": "0.6338 tC/t", "direction": "in"},
    "raw-material/gas": {"AD": "50 万Nm3", "CC": "5.956 tC/万Nm3", "direction": "in"},
    "raw-material/methanol": {"AD": "800 t", "CC": "0.375 tC/t", "direction": "out"},
    "raw-material/slag": {"AD": "120 t", "CC": "0.15 tC/t", "direction": "out"},
}
CARBON = 1000 * F("0.6338") + 50 * F("5.956") - 800 * F("0.375") - 120 * F("0.15")


def test_carbon_balance_with_products_and_wastes(inventory_of, same):
    inventory = inventory_of(ID, BALANCE)
    assert same(inventory.subtotals["raw-material"].verified, CARBON * F(44, 12))
    assert same(inventory.excluding.verified, CARBON * F(44, 12))
    assert [line.sign for line in inventory.lines] == [1, 1, -1, -1]
    assert {row.id: row.value for row in inventory.rows}["process-co2"] == Decimal("2249.87")


def test_the_carbon_balance_knows_no_oxidation_factor(inventory_of):
    inventory = inventory_of(ID, {"raw-material/coal": BALANCE["raw-material/coal"] | {"OF": "93 %"}})
    assert inventory.lines[0].verified is None
    assert any("OF" in why for why in inventory.lines[0].missing)


def test_product_carbon_content_from_the_library(inventory_of, same):
    data = {"cc": {"unit": "tC/t", "library": {"table": "process", "category": "carbon_content", "item": "methanol"}}}
    inventory = inventory_of(ID, {"raw-material/methanol": {"AD": "571642.24 t", "CC": "cc", "direction": "out"}}, data=data)
    assert same(inventory.excluding.verified, -F("571642.24") * F("0.375") * F(44, 12))


def test_carbonates_join_the_process_row(inventory_of, same):
    limestone = {"AD": "300 t", "EF": "0.4397 tCO2/t", "PUR": "95 %"}
    inventory = inventory_of(ID, BALANCE | {"carbonates/limestone": limestone})
    expected = CARBON * F(44, 12) + 300 * F("0.4397") * F("0.95")
    assert same(inventory.subtotals["process"].verified, expected)
    assert abs(F({row.id: row.value for row in inventory.rows}["process-co2"]) - expected) <= F(1, 200)


@pytest.mark.parametrize(
    ("item", "factor"),
    [("hno3_high_pressure", "13.9"), ("hno3_medium_pressure", "11.8"), ("hno3_dual_pressure", "8.0"), ("hno3_low_pressure", "5")],
)
def test_nitric_acid_with_abatement_and_use_rate(inventory_of, same, item, factor):
    library = {"table": "process", "category": "n2o", "item": item}
    nscr = {"table": "process", "category": "n2o_abatement", "item": "abatement_nscr"}
    data = {
        "ef": {"unit": "kgN2O/t", "library": library},
        "eta": {"unit": "1", "library": nscr},
        "mu": {"unit": "1", "derive": ("nitric_adipic.use_rate", {"H_ab": "7200 h", "H": "7920 h"})},
    }
    inventory = inventory_of(ID, {"nitric-acid/a": {"AD": "10000 t", "EF": "ef", "ETA": "eta", "MU": "mu"}}, data=data)
    n2o = 10000 * F(factor) * (1 - F("0.85") * F(7200, 7920)) / 1000
    line = inventory.lines[0]
    assert same(line.verified, n2o * GWP)
    assert same(line.gas_mass, n2o)
    row = next(row for row in inventory.rows if row.id == "process-n2o")
    assert (row.gas, same(row.gas_mass, n2o)) == ("N2O", True)


def test_nitric_acid_without_abatement(inventory_of, same):
    given = {"AD": "10000 t", "EF": "9.72 kgN2O/t", "ETA": "0 %", "MU": "0 1"}
    assert same(inventory_of(ID, {"nitric-acid/a": given}).lines[0].verified, F("97.2") * GWP)


def test_adipic_acid_with_catalytic_abatement(inventory_of, same):
    given = {"AD": "2000 t", "EF": "300 kgN2O/t", "ETA": "92.5 %", "MU": "98 %"}
    inventory = inventory_of(ID, {"adipic-acid/a": given})
    expected = 600 * (1 - F("0.925") * F("0.98")) * GWP
    assert same(inventory.lines[0].verified, expected)
    assert same(inventory.subtotals["process"].verified, expected)


def test_an_abatement_cannot_run_longer_than_the_plant(inventory_of):
    data = {"mu": {"unit": "1", "derive": ("nitric_adipic.use_rate", {"H_ab": "8000 h", "H": "7920 h"})}}
    given = {"AD": "10 t", "EF": "8 kgN2O/t", "ETA": "85 %", "MU": "mu"}
    inventory = inventory_of(ID, {"nitric-acid/a": given}, data=data)
    assert inventory.lines[0].verified is None
    assert "0–1" in "".join(inventory.lines[0].missing)


def test_co2_supplied_out_is_deducted(inventory_of, same):
    inventory = inventory_of(ID, BALANCE | {"co2-recovery/food": {"Q": "20 万Nm3", "PUR": "99.9 %"}})
    amount = 20 * F("0.999") * F("19.7")
    assert same(inventory.line("co2-recovery/food").verified, amount)
    assert same(inventory.excluding.verified, CARBON * F(44, 12) - amount)
    assert same(inventory.subtotals["process"].verified, CARBON * F(44, 12))
    assert {row.id: row.value for row in inventory.rows}["co2-recovery"] == Decimal("393.61")


def test_wastewater_is_no_source_of_this_guideline(inventory_of):
    with pytest.raises(TanheError, match="wastewater") as refused:
        inventory_of(ID, {"wastewater/uasb": {"W": "1 m3"}})
    assert "raw-material" in str(refused.value)


def test_rows_stand_with_their_zeros_and_purchases_in_one(inventory_of):
    lines = {"electricity/grid": {"AD": "10 MWh", "EF": "0.8843 tCO2/MWh"}, "heat/steam": {"AD": "10 GJ"}}
    assert {row.id: str(row.value) for row in inventory_of(ID, lines).rows} == {
        "combustion": "0.00", "process-co2": "0.00", "process-n2o": "0.00", "co2-recovery": "0.00", "purchased": "9.94",
    }
