"""Combustion of fossil fuels and biomass in every guideline; expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

OTHER, MACHINERY, CHEMICAL = "ndrc2015-industrial-other", "ndrc2015-machinery", "ndrc2013-chemical"
EVERY = pytest.mark.parametrize("guideline", [OTHER, MACHINERY, CHEMICAL])
C_TO_CO2 = F(44, 12)


@EVERY
def test_heat_form(inventory_of, same, guideline):
    given = {"AD": "1000.5 t", "NCV": "20.908 GJ/t", "CC": "0.02618 tC/GJ", "OF": "93 %"}
    line = inventory_of(guideline, {"combustion/coal": given}).lines[0]
    assert line.verified_evaluation.formula.id == "combustion.heat_form"
    assert same(line.verified, F("1000.5") * F("20.908") * F("0.02618") * F("0.93") * C_TO_CO2)


@EVERY
def test_carbon_form(inventory_of, same, guideline):
    given = {"AD": "12.5 万Nm3", "CC": "5.956 tC/万Nm3", "OF": "0.99 1"}
    line = inventory_of(guideline, {"combustion/gas": given}).lines[0]
    assert line.verified_evaluation.formula.id == "combustion.carbon_form"
    assert same(line.verified, F("12.5") * F("5.956") * F("0.99") * C_TO_CO2)


@EVERY
def test_mixed_fuel_counts_the_fossil_share_only(inventory_of, same, guideline):
    given = {"AD": "200 t", "NCV": "15 GJ/t", "CC": "0.025 tC/GJ", "OF": "95 %", "BIO": "30 %"}
    line = inventory_of(guideline, {"combustion/rdf": given}).lines[0]
    assert line.verified_evaluation.formula.id == "combustion.mixed_fuel"
    assert same(line.verified, 200 * 15 * F("0.025") * F("0.95") * F("0.7") * C_TO_CO2)


@EVERY
def test_units_of_other_sizes_give_the_same_emission(inventory_of, same, guideline):
    given = {"AD": "120000 kg", "NCV": "20908 kJ/kg", "CC": "26.18 tC/TJ", "OF": "93 %"}
    line = inventory_of(guideline, {"combustion/coal": given}).lines[0]
    assert same(line.verified, 120 * F("20.908") * F("0.02618") * F("0.93") * C_TO_CO2)


@pytest.mark.parametrize(
    ("guideline", "fuel", "unit", "ncv", "carbon", "oxidation"),
    [
        (OTHER, "anthracite", "t", "24.515", "0.02749", "0.94"),
        (OTHER, "lpg", "t", "47.310", "0.0172", "0.99"),
        (OTHER, "natural_gas", "万Nm3", "389.31", "0.0153", "0.99"),
        (CHEMICAL, "bituminous", "t", "23.204", "0.02618", "0.93"),
        (CHEMICAL, "diesel", "t", "43.330", "0.0202", "0.98"),
        (MACHINERY, "natural_gas", "万Nm3", "389.31", "0.0153", "0.99"),
        (MACHINERY, "diesel", "t", "43.330", "0.0202", "0.98"),
    ],
)
def test_defaults_of_the_named_fuel(inventory_of, same, guideline, fuel, unit, ncv, carbon, oxidation):
    inventory = inventory_of(guideline, {"combustion/fuel": {"AD": f"10 {unit}", "fuel": fuel}})
    line = inventory.lines[0]
    assert same(line.verified, 10 * F(ncv) * F(carbon) * F(oxidation) * C_TO_CO2)
    used = {i.symbol: i.factor.key for i in line.verified_evaluation.inputs if i.factor}
    assert used == {s: f"fuel/{guideline}/{fuel}/{p}" for s, p in
                    (("NCV", "ncv"), ("CC", "carbon_content"), ("OF", "oxidation_factor"))}
    assert set(used.values()) == {factor.key for factor in inventory.factors}


def test_a_measured_value_takes_the_place_of_the_default(inventory_of, same):
    given = {"AD": "10 t", "NCV": "25.1 GJ/t", "CC": "default", "fuel": "anthracite"}
    line = inventory_of(OTHER, {"combustion/coal": given}).lines[0]
    assert same(line.verified, 10 * F("25.1") * F("0.02749") * F("0.94") * C_TO_CO2)


def test_mixed_fuel_takes_defaults_too(inventory_of, same):
    line = inventory_of(OTHER, {"combustion/b10": {"AD": "10 t", "BIO": "10 %", "fuel": "diesel"}}).lines[0]
    assert same(line.verified, 10 * F("43.330") * F("0.0202") * F("0.98") * F("0.9") * C_TO_CO2)


def test_measured_carbon_per_tonne_with_the_default_oxidation(inventory_of, same):
    given = {"AD": "10 t", "CC": "0.65 tC/t", "fuel": "bituminous"}
    line = inventory_of(OTHER, {"combustion/coal": given}).lines[0]
    assert line.verified_evaluation.formula.id == "combustion.carbon_form"
    assert same(line.verified, 10 * F("0.65") * F("0.93") * C_TO_CO2)


def test_measured_carbon_per_heat_with_the_default_heat_and_oxidation(inventory_of, same):
    given = {"AD": "10 t", "CC": "26.4 tC/TJ", "fuel": "bituminous"}
    line = inventory_of(OTHER, {"combustion/coal": given}).lines[0]
    assert line.verified_evaluation.formula.id == "combustion.heat_form"
    assert same(line.verified, 10 * F("23.204") * F("0.0264") * F("0.93") * C_TO_CO2)


def test_a_carbon_content_without_value_leaves_the_method_open(inventory_of):
    data = {"cc": {"unit": "tC/t"}}
    line = inventory_of(OTHER, {"combustion/coal": {"AD": "10 t", "CC": "cc", "fuel": "bituminous"}}, data=data).lines[0]
    assert line.verified is None
    assert any("cc" in why for why in line.missing)


def test_without_a_fuel_name_there_is_no_default(inventory_of):
    inventory = inventory_of(OTHER, {"combustion/coal": {"AD": "10 t"}})
    assert inventory.lines[0].verified is None
    assert "未注明燃料品种" in "".join(inventory.lines[0].missing)
    assert not inventory.excluding.complete
    assert inventory.subtotals["combustion"].missing


def test_a_fuel_the_guideline_does_not_list_stays_open(inventory_of):
    line = inventory_of(OTHER, {"combustion/shale": {"AD": "10 t", "fuel": "油页岩"}}).lines[0]
    assert line.verified is None
    assert any("油页岩" in why for why in line.missing)


@EVERY
def test_biomass_is_shown_apart_from_every_total(inventory_of, same, guideline):
    wood = {"AD": "100 t", "NCV": "12 GJ/t", "CC": "0.0305 tC/GJ", "OF": "1 1"}
    inventory = inventory_of(guideline, {"biomass/wood": wood, "combustion/diesel": {"AD": "10 t", "fuel": "diesel"}})
    biomass = inventory.line("biomass/wood")
    diesel = 10 * F("43.330") * F("0.0202") * F("0.98") * C_TO_CO2
    assert same(biomass.verified, 100 * 12 * F("0.0305") * C_TO_CO2)
    assert biomass.memo
    assert same(inventory.excluding.verified, diesel)
    assert same(inventory.including.verified, diesel)
    assert "biomass" not in inventory.subtotals
    assert all(row.id != "biomass" for row in inventory.rows)
    assert inventory.rows[0].value == Decimal("31.45")


def test_biomass_without_data_does_not_make_the_total_incomplete(inventory_of):
    inventory = inventory_of(OTHER, {"biomass/wood": {}, "combustion/diesel": {"AD": "10 t", "fuel": "diesel"}})
    assert inventory.line("biomass/wood").verified is None
    assert inventory.including.complete
