"""Sources of 工业其他行业 besides fuel and purchased energy; expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

ID = "ndrc2015-industrial-other"
GWP = 21
WASTEWATER = {"W": "500000 m3", "COD_in": "6.5 kgCOD/m3", "COD_out": "0.8 kgCOD/m3", "S": "150000 kgCOD", "MCF": "0.8 1"}
CH4 = (500000 * (F("6.5") - F("0.8")) - 150000) * F("0.25") * F("0.8") / 1000


@pytest.mark.parametrize(
    ("carbonate", "factor"),
    [("CaCO3", "0.4397"), ("MgCO3", "0.5220"), ("Na2CO3", "0.4149"), ("CaMg(CO3)2", "0.4773"), ("Li2CO3", "0.5955")],
)
def test_carbonates_with_purity_and_library_factor(inventory_of, same, carbonate, factor):
    data = {"ef": {"unit": "tCO2/t", "library": {"table": "process", "category": "carbonate", "item": carbonate}}}
    given = {"AD": "1250 t", "EF": "ef", "PUR": "96.5 %"}
    inventory = inventory_of(ID, {"carbonates/flux": given}, data=data)
    assert same(inventory.lines[0].verified, 1250 * F(factor) * F("0.965"))
    assert [f.value_text for f in inventory.factors] == [factor]


def test_wastewater_with_sludge(inventory_of, same):
    inventory = inventory_of(ID, {"wastewater/uasb": WASTEWATER})
    line = inventory.lines[0]
    assert same(line.verified, CH4 * GWP)
    assert same(line.gas_mass, CH4)
    row = next(row for row in inventory.rows if row.id == "wastewater")
    assert (row.value, row.gas_mass, row.gas) == (Decimal("11340.00"), Decimal("540"), "CH4")


def test_wastewater_without_sludge_data_is_not_taken_as_zero(inventory_of):
    inventory = inventory_of(ID, {"wastewater/uasb": {k: v for k, v in WASTEWATER.items() if k != "S"}})
    assert inventory.lines[0].verified is None
    assert any("污泥" in why for why in inventory.lines[0].missing)
    assert not inventory.excluding.complete


def test_a_dossiers_own_bo_goes_before_the_default(inventory_of, same):
    inventory = inventory_of(ID, {"wastewater/uasb": WASTEWATER | {"Bo": "0.21 kgCH4/kgCOD"}})
    assert same(inventory.lines[0].verified, CH4 * GWP * F("0.21") / F("0.25"))


RECOVERIES = {
    "ch4-self-use/boiler": ({"Q": "12.5 万Nm3", "PUR": "62 %"}, F("0.99") * F("12.5") * F("0.62") * F("7.17") * GWP),
    "ch4-sold/neighbour": ({"Q": "3.2 万Nm3", "PUR": "0.62 1"}, F("3.2") * F("0.62") * F("7.17") * GWP),
    "ch4-flare/torch": (
        {"ETA": "98 %", "FR": "120 Nm3/h", "H": "850 h", "V": "62 %"},
        F("0.98") * 120 * 850 * F("0.62") / F("22.4") * 16 / 1000 * GWP,
    ),
    "co2-sold/bottles": ({"Q": "45 万Nm3", "PUR": "99.5 %"}, 45 * F("0.995") * F("19.7")),
    "co2-feed/soda": ({"Q": "8 万Nm3", "PUR": "90 %"}, 8 * F("0.9") * F("19.7")),
}


@pytest.mark.parametrize("line_id", RECOVERIES)
def test_a_recovery_is_shown_positive_and_deducted(inventory_of, same, line_id):
    given, amount = RECOVERIES[line_id]
    inventory = inventory_of(ID, {line_id: given, "combustion/gas": {"AD": "100 万Nm3", "fuel": "natural_gas"}})
    line = inventory.line(line_id)
    gas = 100 * F("389.31") * F("0.0153") * F("0.99") * F(44, 12)
    assert same(line.verified, amount)
    assert line.sign == -1
    assert same(inventory.subtotals["process"].verified, -amount)
    assert same(inventory.excluding.verified, gas - amount)
    assert same(inventory.including.verified, gas - amount)
    shown = [row.value for row in inventory.rows if row.value and row.id != "combustion"]
    assert len(shown) == 1
    assert abs(F(shown[0]) - amount) <= F(1, 200)


def test_both_co2_recoveries_share_one_row(inventory_of):
    lines = {k: v for k, (v, _) in RECOVERIES.items() if k.startswith("co2")}
    row = next(row for row in inventory_of(ID, lines).rows if row.id == "co2-recovery")
    assert row.value == Decimal("1023.91")


def test_recovery_beyond_generation_is_shown_negative(inventory_of, same):
    lines = {"wastewater/uasb": WASTEWATER, "ch4-sold/neighbour": {"Q": "100 万Nm3", "PUR": "95 %"}}
    inventory = inventory_of(ID, lines)
    net = CH4 * GWP - 100 * F("0.95") * F("7.17") * GWP
    assert net < 0
    assert same(inventory.subtotals["process"].verified, net)
    assert same(inventory.excluding.verified, net)
    assert inventory.excluding.verified_value == Decimal("-2964.15")


def test_other_significant_source(inventory_of, same):
    lines = {"other/acetylene": {"AD": "1.5 t", "EF": "3.3846 tCO2/t"}, "other/leak": {"AD": "0.25 t", "EF": "650 tCO2e/t"}}
    inventory = inventory_of(ID, lines)
    assert same(inventory.excluding.verified, F("1.5") * F("3.3846") + F("162.5"))
    assert [line.unit for line in inventory.lines] == ["tCO2", "tCO2e"]


def test_every_row_of_the_result_table_stands_with_its_zero(inventory_of):
    inventory = inventory_of(ID, {"electricity/grid": {"AD": "7450.80 MWh", "EF": "0.5703 tCO2/MWh"}})
    shown = {row.zh: row.value for row in inventory.rows}
    assert list(shown) == [
        "化石燃料燃烧CO2排放", "碳酸盐使用过程CO2排放", "工业废水厌氧处理CH4排放", "CH4回收自用量", "CH4回收外供第三方量",
        "CH4火炬销毁量", "CO2回收利用量", "净购入电力隐含的CO2排放", "净购入热力隐含的CO2排放", "其他显著存在的排放源",
    ]
    assert shown.pop("净购入电力隐含的CO2排放") == Decimal("4249.19")
    assert {str(value) for value in shown.values()} == {"0.00"}
    assert inventory.excluding.verified_value == 0
    assert inventory.including.verified_value == Decimal("4249.19")


def test_the_gas_mass_column_is_tonnes_of_methane(inventory_of):
    rows = {row.id: row for row in inventory_of(ID, {"ch4-sold/a": {"Q": "10 万Nm3", "PUR": "100 %"}}).rows}
    assert (rows["ch4-sold"].value, rows["ch4-sold"].gas_mass) == (Decimal("1505.70"), Decimal("71.7"))
    assert rows["ch4-sold"].parent == "CH4回收与销毁量"
