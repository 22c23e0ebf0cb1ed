"""Sources of 机械设备制造: leakage of equipment gases, CO2-shielded welding; expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

ID = "ndrc2015-machinery"
STOCK = {"IB": "2.5 t", "AC": "10 t", "IE": "3.1 t"}


@pytest.mark.parametrize(("gas", "gwp"), [("SF6", 23900), ("HFC-134a", 1300), ("HFC-23", 11700), ("HFC-32", 650)])
def test_stock_balance_with_the_gas_gwp(inventory_of, same, gas, gwp):
    inventory = inventory_of(ID, {"equipment-leakage/gas": STOCK | {"DI": "9.35 t", "gas": gas}})
    line = inventory.lines[0]
    assert same(line.verified, F("0.05") * gwp)
    assert same(line.gas_mass, F("0.05"))
    assert inventory.factors[0].value == gwp


def test_two_gases_are_two_lines_of_one_row(inventory_of, same):
    lines = {
        "equipment-leakage/sf6": STOCK | {"DI": "9.35 t", "gas": "SF6"},
        "equipment-leakage/r134a": {"IB": "0 t", "AC": "5 t", "IE": "1 t", "DI": "3.98 t", "gas": "HFC-134a"},
    }
    inventory = inventory_of(ID, lines)
    assert same(inventory.subtotals["equipment-leakage"].verified, F("0.05") * 23900 + F("0.02") * 1300)
    assert {row.id: row.value for row in inventory.rows}["equipment-leakage"] == Decimal("1221.00")


def test_delivered_by_weight_less_joint_leakage(inventory_of, same):
    data = {
        "joints": {"unit": "t", "derive": ("electrical_equipment.joint_leakage", {"CF": "1200 次", "M": "146 g/mol"})},
        "filled": {"unit": "t", "derive": (
            "electrical_equipment.delivered_by_weight", {"MB": "12 t", "ME": "2.75 t", "EL": "joints"})},
    }
    inventory = inventory_of(ID, {"equipment-leakage/sf6": STOCK | {"DI": "filled", "gas": "SF6"}}, data=data)
    joints = 1200 * F("0.342") * 146 / 1000000
    assert same(inventory.data["joints"].evaluation.exact, joints)
    assert same(inventory.data["filled"].evaluation.exact, F("9.25") - joints)
    assert same(inventory.lines[0].verified, (F("9.4") - F("9.25") + joints) * 23900)


def test_delivered_by_meter_with_a_measured_leak(inventory_of, same):
    data = {
        "joints": {"unit": "kg", "derive": (
            "electrical_equipment.joint_leakage", {"CF": "500 次", "n": "0.2 mol/次", "M": "102 g/mol"})},
        "filled": {"unit": "t", "derive": ("electrical_equipment.delivered_by_meter", {"MM": "9380 kg", "EL": "joints"})},
    }
    inventory = inventory_of(ID, {"equipment-leakage/r134a": STOCK | {"DI": "filled", "gas": "HFC-134a"}}, data=data)
    joints = 500 * F("0.2") * 102 / 1000000
    assert same(inventory.data["joints"].evaluation.exact, joints * 1000)
    assert same(inventory.lines[0].verified, (F("9.4") - F("9.38") + joints) * 1300)


def test_leakage_without_a_named_gas_stays_open(inventory_of):
    inventory = inventory_of(ID, {"equipment-leakage/gas": STOCK | {"DI": "9.35 t"}})
    assert inventory.lines[0].verified is None
    assert "未注明气体种类" in "".join(inventory.lines[0].missing)


WELDING = {"IB": "1.2 t", "AC": "20 t", "IE": "0.7 t", "DI": "0 t"}


def test_welding_with_pure_carbon_dioxide_emits_what_is_used(inventory_of, same):
    given = WELDING | {"P": "100 %", "Pj": ["100 %"], "Mj": ["44 g/mol"]}
    line = inventory_of(ID, {"welding/co2": given}).lines[0]
    assert same(line.verified, F("20.5"))
    assert line.unit == "tCO2"


def test_welding_with_an_argon_mixture(inventory_of, same):
    given = WELDING | {"P": "20 %", "Pj": ["20 %", "80 %"], "Mj": ["44 g/mol", "40 g/mol"]}
    inventory = inventory_of(ID, {"welding/mag": given})
    emission = F("0.2") * F("20.5") / (F("0.2") * 44 + F("0.8") * 40) * 44
    assert same(inventory.lines[0].verified, emission)
    assert same(inventory.subtotals["process"].verified, emission)
    assert {row.id: row.value for row in inventory.rows}["welding"] == Decimal("4.42")


def test_molar_masses_from_the_library(inventory_of, same):
    data = {gas: {"unit": "g/mol", "library": {"table": "process", "category": "molar_mass", "item": gas}}
            for gas in ("CO2", "Ar")}
    given = WELDING | {"P": "20 %", "Pj": ["20 %", "80 %"], "Mj": ["CO2", "Ar"]}
    line = inventory_of(ID, {"welding/mag": given}, data=data).lines[0]
    assert same(line.verified, F("0.2") * F("20.5") / (F("0.2") * 44 + F("0.8") * 40) * 44)


def test_as_many_molar_masses_as_shares(inventory_of):
    given = WELDING | {"P": "20 %", "Pj": ["20 %", "80 %"], "Mj": ["44 g/mol"]}
    inventory = inventory_of(ID, {"welding/mag": given})
    assert inventory.lines[0].verified is None
    assert not inventory.excluding.complete


def test_net_calorific_value_counts_as_activity_data_only_in_words(inventory_of, same):
    """The published gas line: 17.7097 × 389.31 × 15.3 tC/TJ × 99 %."""
    given = {"AD": "17.7097 万Nm3", "NCV": "389.31 GJ/万Nm3", "CC": "15.3 tC/TJ", "OF": "99 %"}
    line = inventory_of(ID, {"combustion/gas": given}).lines[0]
    assert same(line.verified, F("17.7097") * F("389.31") * F("0.0153") * F("0.99") * F(44, 12))
    assert line.verified_value == Decimal("382.92")


def test_rows_stand_with_their_zeros(inventory_of):
    inventory = inventory_of(ID, {"electricity/grid": {"AD": "1 MWh", "EF": "0.8843 tCO2/MWh"}})
    assert {row.id: str(row.value) for row in inventory.rows} == {
        "combustion": "0.00", "equipment-leakage": "0.00", "welding": "0.00", "electricity": "0.88", "heat": "0.00",
    }
