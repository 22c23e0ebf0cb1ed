"""Supplementary data table of methanol (甲醇补充数据表); expected values by fractions."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from tanhe.guidelines.supplementary import METHANOL
from tanhe.messages import TanheError

ID = "ndrc2013-chemical"
FEED = {
    "feed/coal": {"AD": "851066.34 t", "CC": "0.6338 tC/t", "direction": "in"},
    "feed/methanol": {"AD": "571642.24 t", "CC": "0.375 tC/t", "direction": "out"},
}
CARBON = (F("851066.34") * F("0.6338") - F("571642.24") * F("0.375")) * F(44, 12)
SHARES = {"M": "30000 t", "A": "100000 t"}


def test_feed_electricity_heat_add_up(inventory_of, same):
    lines = FEED | {
        "electricity/all": {"AD": "12545.210 MWh", "EF": "0.6101 tCO2/MWh"},
        "heat/steam": {"AD": "5861516.81 GJ", "EF": "0.078 tCO2/GJ"},
    }
    table = inventory_of(ID, {}, supplementary=[{"lines": lines, "total": {"reported": "1656666"}}]).supplementary[0]
    assert same(table.subtotals["feed"].verified, CARBON)
    assert same(table.total.verified, CARBON + F("12545.210") * F("0.6101") + F("5861516.81") * F("0.078"))
    assert table.total.value == Decimal("1656666")


def test_electricity_factor_weighted_over_four_sources(inventory_of, same):
    data = {"ef": {"unit": "tCO2/MWh", "derive": ("supplementary.weighted_electricity_factor", {
        "AD": ["6000 MWh", "3000 MWh", "500 MWh", "500 MWh"],
        "EF": ["0.6101 tCO2/MWh", "0.6101 tCO2/MWh", "0 tCO2/MWh", "0 tCO2/MWh"],
    })}}
    lines = {"electricity/all": {"AD": "10000 MWh", "EF": "ef"}}
    inventory = inventory_of(ID, {}, data=data, supplementary=[{"lines": lines}])
    assert same(inventory.data["ef"].evaluation.exact, F("0.54909"))
    assert same(inventory.supplementary[0].total.verified, 9000 * F("0.6101"))


def test_heat_by_the_own_boilers_factor(inventory_of, same):
    """The factor uses the emission as printed, at two decimals: 760882.34 ÷ 9733104.65."""
    boiler = {"combustion/boiler": {"AD": "384583.00 t", "NCV": "22.16 GJ/t", "CC": "0.02618 tC/GJ", "OF": "93 %"}}
    data = {"ef": {"unit": "tCO2/GJ", "derive": (
        "supplementary.boiler_heat_factor", {"E": "line:combustion/boiler", "Q": "9733104.65 GJ"})}}
    inventory = inventory_of(ID, boiler, data=data, supplementary=[{"lines": {"heat/steam": {"AD": "1000 GJ", "EF": "ef"}}}])
    assert same(inventory.supplementary[0].total.verified, F("760823.40") / F("9733104.65") * 1000)


def test_heat_without_a_factor_takes_the_default(inventory_of, same):
    table = inventory_of(ID, {}, supplementary=[{"lines": {"heat/steam": {"AD": "1000 GJ"}}}]).supplementary[0]
    assert same(table.total.verified, F(110))


def test_waste_heat_weighs_nothing(inventory_of, same):
    data = {"ef": {"unit": "tCO2/GJ", "derive": ("supplementary.weighted_heat_factor", {
        "AD": ["700 GJ", "300 GJ"], "EF": ["0.11 tCO2/GJ", "0 tCO2/GJ"]})}}
    lines = {"heat/steam": {"AD": "1000 GJ", "EF": "ef"}}
    table = inventory_of(ID, {}, data=data, supplementary=[{"lines": lines}]).supplementary[0]
    assert same(table.total.verified, F(77))


def test_shares_of_an_ammonia_coproduction(inventory_of, same):
    share = "supplementary.coproduction_share"
    data = {
        "s-feed": {"unit": "1", "derive": (share, SHARES | {"r": "1.06 1"})},
        "s-power": {"unit": "1", "derive": (share, SHARES | {"r": "0.8 1"})},
        "coal": {"unit": "t", "derive": ("supplementary.allocated_mass", {"AD": "200000 t", "s": "s-feed"})},
        "power": {"unit": "MWh", "derive": ("supplementary.allocated_electricity", {"AD": "50000 MWh", "s": "s-power"})},
        "steam": {"unit": "GJ", "derive": ("supplementary.allocated_heat", {"AD": "400000 GJ", "s": "s-feed"})},
    }
    lines = {
        "feed/coal": {"AD": "coal", "CC": "0.65 tC/t", "direction": "in"},
        "electricity/all": {"AD": "power", "EF": "0.6101 tCO2/MWh"},
        "heat/steam": {"AD": "steam"},
    }
    inventory = inventory_of(ID, {}, data=data, supplementary=[{"lines": lines}])
    by_feed, by_power = F(31800, 131800), F(24000, 124000)
    assert same(inventory.data["s-feed"].evaluation.exact, by_feed)
    assert same(inventory.data["s-power"].evaluation.exact, by_power)
    assert same(inventory.supplementary[0].total.verified,
                200000 * by_feed * F("0.65") * F(44, 12) + 50000 * by_power * F("0.6101") + 400000 * by_feed * F("0.11"))


def test_co2_leaving_the_unit_is_told_and_not_deducted(inventory_of, same):
    data = {"co2": "5000 tCO2"}
    unit = {"lines": FEED, "rows": {"co2-recovered": "co2"}, "recovery_use": "食品级二氧化碳"}
    inventory = inventory_of(ID, {"co2-recovery/food": {"Q": "20 万Nm3", "PUR": "100 %"}}, data=data, supplementary=[unit])
    assert same(inventory.supplementary[0].total.verified, CARBON)
    assert same(inventory.including.verified, F(-394))


def test_the_table_has_no_recovery_to_deduct(inventory_of):
    with pytest.raises(TanheError, match="co2-recovery") as refused:
        inventory_of(ID, {}, supplementary=[{"lines": {"co2-recovery/food": {"Q": "20 万Nm3", "PUR": "1 1"}}}])
    assert "feed, electricity, heat" in str(refused.value)


def test_each_unit_has_its_own_total(inventory_of, same):
    units = [{"unit_name": "一分厂", "lines": FEED}, {"unit_name": "二分厂", "lines": {"heat/steam": {"AD": "10 GJ"}}}]
    tables = inventory_of(ID, {}, supplementary=units).supplementary
    assert [table.unit_name for table in tables] == ["一分厂", "二分厂"]
    assert same(tables[0].total.verified, CARBON)
    assert same(tables[1].total.verified, F("1.1"))


def test_a_line_without_data_makes_the_table_incomplete(inventory_of):
    table = inventory_of(ID, {}, supplementary=[{"lines": FEED | {"electricity/all": {"AD": "10 MWh"}}}]).supplementary[0]
    assert not table.total.complete
    assert table.subtotals["feed"].complete


def test_the_form_has_the_rows_of_the_notice():
    assert [row.number for row in METHANOL.rows] == [
        "1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.2", "1.2.1", "1.2.1.1", "1.2.1.2", "1.2.1.3", "1.2.1.4", "1.2.2",
        "1.3", "1.3.1", "1.3.2", "2", "3", "4", "5",
    ]
