"""Figures printed in published verification reports and guidelines, reproduced at every printed digit."""

from decimal import Decimal

import pytest

from tanhe.formulas.registry import find
from tanhe.quantity.rounding import half_up, truncate

PUBLISHED = [
    # Methanol plant, 2018: coal and ignition diesel of the boilers, feed coal, methanol, electricity, heat, steam.
    ("combustion.heat_form", {"AD": "384583.00", "NCV": "22.16", "CC": "0.02618", "OF": "0.93"}, "760823.40"),
    ("combustion.heat_form", {"AD": "18.74", "NCV": "43.330", "CC": "0.0202", "OF": "0.98"}, "58.94"),
    ("combustion.carbon_content", {"NCV": "24.21", "CC": "0.02618"}, "0.6338"),
    ("carbon_balance.carbon_flow", {"AD": "851066.34", "CC": "0.6338"}, "1977821.44"),
    ("carbon_balance.carbon_flow", {"AD": "571642.24", "CC": "0.375"}, "786008.08"),
    ("statistics.difference", {"a": "1977821.44", "b": "786008.08"}, "1191813.36"),
    ("electricity.net_electricity", {"AD": "12545.210", "EF": "0.6101"}, "7653.83"),
    ("heat.net_heat", {"AD": "5861516.81", "EF": "0.078"}, "457198.31"),
    ("heat.steam", {"Ma": "2882892.00", "En": "3459.9", "En_0": "83.74"}, "9733104.65"),
    ("statistics.sum_of_two", {"a": "760823.40", "b": "58.94"}, "760882.34"),
    ("supplementary.boiler_heat_factor", {"E": "760882.34", "Q": "9733104.65"}, "0.078"),
    # Transformer works 2023, calcium aluminate works 2024, feed works 2019.
    ("electricity.net_electricity", {"AD": "1409.51", "EF": "0.5568"}, "784.82"),
    ("electricity.net_electricity", {"AD": "7450.80", "EF": "0.5703"}, "4249.19"),
    ("electricity.net_electricity", {"AD": "23621.92", "EF": "0.7035"}, "16618.02"),
    # Anthracite at full precision, and diesel with the carbon content at four decimals.
    ("combustion.heat_form", {"AD": "7184.95", "NCV": "24.515", "CC": "0.0275", "OF": "0.94"}, "16695.05"),
    ("combustion.carbon_form", {"AD": "56.18", "CC": "0.8753", "OF": "0.98"}, "176.70"),
    # Equipment works 2022 (machinery guideline), and the guideline's natural gas per 10⁴Nm³.
    ("combustion.heat_form", {"AD": "17.7097", "NCV": "389.31", "CC": "0.0153", "OF": "0.99"}, "382.92"),
    ("combustion.heat_form", {"AD": "8.4082", "NCV": "389.31", "CC": "0.0153", "OF": "0.99"}, "181.80"),
    ("combustion.heat_form", {"AD": "1", "NCV": "389.31", "CC": "0.0153", "OF": "0.99"}, "21.622"),
    ("electricity.net_electricity", {"AD": "4346.31", "EF": "0.8843"}, "3843.44"),
]


@pytest.mark.parametrize(("formula_id", "inputs", "printed"), PUBLISHED)
def test_a_published_figure_is_reproduced(formula_id: str, inputs: dict[str, str], printed: str) -> None:
    got = find(formula_id).evaluate({name: Decimal(value) for name, value in inputs.items()})
    digits = -int(Decimal(printed).as_tuple().exponent)
    assert str(half_up(got, digits)) == printed


def test_the_anthracite_of_the_feed_works_is_cut_and_not_rounded() -> None:
    """With 0.6739 tC/t the exact figure is 16688.5456…; the report prints 16688.54."""
    inputs = {"AD": Decimal("7184.95"), "CC": Decimal("0.6739"), "OF": Decimal("0.94")}
    got = find("combustion.carbon_form").evaluate(inputs)
    assert truncate(got, 2) == Decimal("16688.54")
    assert half_up(got, 2) == Decimal("16688.55")


def test_a_coal_without_44_12_is_not_the_published_figure() -> None:
    inputs = {"AD": "384583.00", "NCV": "22.16", "CC": "0.02618", "OF": "0.93"}
    with_rounded_ratio = Decimal("3.667")
    for value in inputs.values():
        with_rounded_ratio *= Decimal(value)
    exact = find("combustion.heat_form").evaluate({name: Decimal(value) for name, value in inputs.items()})
    assert half_up(with_rounded_ratio, 2) != half_up(exact, 2) == Decimal("760823.40")


@pytest.mark.parametrize(("mass", "printed"), [("5.125", "5.13"), ("0.005", "0.01"), ("2.675", "2.68"), ("1.005", "1.01")])
def test_pure_co2_of_welding_comes_out_as_its_own_mass(mass: str, printed: str) -> None:
    """W ÷ 44 × 44 is W: a quotient rounded on the way would print 5.12."""
    got = find("welding.shielding_gas").evaluate({
        "P": Decimal(1), "IB": Decimal(mass), "AC": Decimal(0), "IE": Decimal(0), "DI": Decimal(0),
        "Pj": [Decimal(1)], "Mj": [Decimal(44)], "M_CO2": Decimal(44),
    })
    assert got == Decimal(mass)
    assert str(half_up(got, 2)) == printed


def test_flared_methane_with_the_gwp_of_21_cancels_the_seven_of_22_4() -> None:
    got = find("methane_recovery.flared").evaluate({
        "ETA": Decimal("0.5"), "FR": Decimal(1), "H": Decimal(1), "V": Decimal(1), "Vm": Decimal("22.4"),
        "M": Decimal(16), "GWP": Decimal(21),
    })
    assert got == Decimal("0.0075")


def test_a_net_export_of_electricity_is_negative() -> None:
    got = find("electricity.purchased_less_exported").evaluate(
        {"AD_in": Decimal("100.00"), "AD_out": Decimal("150.00"), "EF": Decimal("0.5703")}
    )
    assert half_up(got, 2) == Decimal("-28.52")


def test_a_series_is_summed_and_weighted() -> None:
    months = [Decimal("10.00"), Decimal("20.00"), Decimal("30.00")]
    weights = [Decimal(1), Decimal(1), Decimal(2)]
    assert find("statistics.series_sum").evaluate({"x": months}) == Decimal("60.00")
    assert find("statistics.weighted_mean").evaluate({"x": months, "w": weights}) == Decimal("22.5")
