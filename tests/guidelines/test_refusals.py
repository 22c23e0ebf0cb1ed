"""What does not fit is refused with its place and what was expected; it never becomes a number (拒绝与缺失)."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from tanhe.messages import TanheError

OTHER, MACHINERY, CHEMICAL = "ndrc2015-industrial-other", "ndrc2015-machinery", "ndrc2013-chemical"

COMPLETE = {
    (OTHER, "combustion"): {"AD": "1 t", "NCV": "20 GJ/t", "CC": "0.026 tC/GJ", "OF": "93 %"},
    (OTHER, "carbonates"): {"AD": "1 t", "EF": "0.4397 tCO2/t", "PUR": "95 %"},
    (OTHER, "wastewater"): {"W": "1 m3", "COD_in": "2 kgCOD/m3", "COD_out": "1 kgCOD/m3", "S": "0 kgCOD", "MCF": "0.8 1"},
    (OTHER, "ch4-self-use"): {"Q": "1 万Nm3", "PUR": "60 %"},
    (OTHER, "ch4-sold"): {"Q": "1 万Nm3", "PUR": "60 %"},
    (OTHER, "ch4-flare"): {"ETA": "98 %", "FR": "1 Nm3/h", "H": "1 h", "V": "60 %"},
    (OTHER, "co2-sold"): {"Q": "1 万Nm3", "PUR": "99 %"},
    (OTHER, "co2-feed"): {"Q": "1 万Nm3", "PUR": "99 %"},
    (OTHER, "electricity"): {"AD": "1 MWh", "EF": "0.5 tCO2/MWh"},
    (OTHER, "other"): {"AD": "1 t", "EF": "2 tCO2/t"},
    (MACHINERY, "equipment-leakage"): {"IB": "1 t", "AC": "1 t", "IE": "1 t", "DI": "1 t", "gas": "SF6"},
    (MACHINERY, "welding"): {"P": "1 1", "IB": "1 t", "AC": "1 t", "IE": "1 t", "DI": "0 t", "Pj": ["1 1"], "Mj": ["44 g/mol"]},
    (CHEMICAL, "raw-material"): {"AD": "1 t", "CC": "0.6 tC/t"},
    (CHEMICAL, "nitric-acid"): {"AD": "1 t", "EF": "8 kgN2O/t", "ETA": "85 %", "MU": "90 %"},
    (CHEMICAL, "adipic-acid"): {"AD": "1 t", "EF": "300 kgN2O/t", "ETA": "85 %", "MU": "90 %"},
    (CHEMICAL, "co2-recovery"): {"Q": "1 万Nm3", "PUR": "99 %"},
}
ONE_MISSING = [(*key, symbol) for key, given in COMPLETE.items() for symbol in given]


@pytest.mark.parametrize(("guideline", "source"), COMPLETE)
def test_the_complete_line_has_a_value(inventory_of, guideline, source):
    inventory = inventory_of(guideline, {f"{source}/x": COMPLETE[guideline, source]})
    assert inventory.lines[0].verified is not None
    assert inventory.including.complete


@pytest.mark.parametrize(("guideline", "source", "symbol"), ONE_MISSING)
def test_a_missing_input_leaves_line_subtotal_and_total_incomplete(inventory_of, guideline, source, symbol):
    given = {name: value for name, value in COMPLETE[guideline, source].items() if name != symbol}
    inventory = inventory_of(guideline, {f"{source}/x": given})
    line = inventory.lines[0]
    assert line.verified is None and line.value is None
    assert line.missing
    assert not inventory.subtotals[source].complete
    assert not inventory.including.complete
    assert any(f"{source}/x" in why for why in inventory.missing)
    assert any(row.missing == (f"{source}/x",) for row in inventory.rows)


def test_an_identified_source_without_a_line_is_missing_from_the_total(inventory_of):
    sources = [
        {"category": "化石燃料燃烧", "energy": "柴油", "line": "combustion/none"},
        {"category": "焊接", "facility": "焊机", "excluded": "全部为氩弧焊"},
    ]
    inventory = inventory_of(MACHINERY, {"heat/steam": {"AD": "10 GJ"}}, sources=sources)
    assert len(inventory.missing) == 1
    assert "柴油" in inventory.missing[0]


def test_carbon_per_tonne_never_multiplies_a_gas_volume(inventory_of, same):
    given = {"AD": "1.58 万Nm3", "CC": "0.38294 tC/t", "OF": "99 %", "reported": "2.2"}
    inventory = inventory_of(OTHER, {"combustion/gas": given})
    line = inventory.lines[0]
    assert line.verified is None
    assert same(line.exact, F("1.58") * F("0.38294") * F("0.99") * F(44, 12))
    assert "万Nm³" in line.conflict and "tC/t" in line.conflict and "tCO2" in line.conflict
    assert line.conflict in line.missing
    assert not inventory.excluding.complete
    assert inventory.excluding.verified == 0


@pytest.mark.parametrize(
    ("symbol", "value", "expected"),
    [
        ("AD", "100 MWh", "t 或 万Nm³"),
        ("NCV", "20.9 GJ", "GJ/t 或 GJ/万Nm³"),
        ("CC", "0.026 tCO2/GJ", "tC/GJ"),
        ("OF", "93 t", "应为 1"),
    ],
)
def test_a_unit_the_symbol_cannot_carry_is_named(inventory_of, symbol, value, expected):
    line = inventory_of(OTHER, {"combustion/coal": COMPLETE[OTHER, "combustion"] | {symbol: value}}).lines[0]
    assert line.verified is None
    assert any(symbol in why for why in line.missing)
    assert expected in "".join(line.missing)


def test_a_percentage_without_its_sign_is_refused_at_its_place(inventory_of):
    data = {"of": {"unit": "1", "verified": "98"}}
    given = {"AD": "10 t", "NCV": "43.330 GJ/t", "CC": "0.0202 tC/GJ", "OF": "of"}
    line = inventory_of(OTHER, {"combustion/diesel": given}, data=data).lines[0]
    written = "".join(line.missing)
    assert line.verified is None and line.value is None
    assert "98" in written and "0–1" in written and "单位应写 %" in written
    assert "dossier.yaml:" in written


@pytest.mark.parametrize("unit", ["%", "1"])
def test_ninety_eight_percent_may_be_written_two_ways(inventory_of, same, unit):
    data = {"of": {"unit": unit, "verified": "98" if unit == "%" else "98%"}}
    given = {"AD": "10 t", "NCV": "43.330 GJ/t", "CC": "0.0202 tC/GJ", "OF": "of"}
    line = inventory_of(OTHER, {"combustion/diesel": given}, data=data).lines[0]
    assert same(line.verified, 10 * F("43.330") * F("0.0202") * F("0.98") * F(44, 12))


@pytest.mark.parametrize(
    ("guideline", "source", "symbol", "value"),
    [
        (OTHER, "combustion", "AD", "-10 t"),
        (OTHER, "carbonates", "AD", "-10 t"),
        (OTHER, "wastewater", "S", "-1 kgCOD"),
        (OTHER, "ch4-sold", "Q", "-1 万Nm3"),
        (MACHINERY, "equipment-leakage", "AC", "-1 t"),
        (MACHINERY, "welding", "IB", "-1 t"),
        (CHEMICAL, "raw-material", "AD", "-10 t"),
        (CHEMICAL, "nitric-acid", "AD", "-10 t"),
    ],
)
def test_negative_activity_data_is_refused(inventory_of, guideline, source, symbol, value):
    line = inventory_of(guideline, {f"{source}/x": COMPLETE[guideline, source] | {symbol: value}}).lines[0]
    assert line.verified is None
    assert any(value.split()[0] in why and "不小于 0" in why for why in line.missing)


def test_a_fraction_above_one_is_refused_for_every_share(inventory_of):
    line = inventory_of(CHEMICAL, {"nitric-acid/x": COMPLETE[CHEMICAL, "nitric-acid"] | {"ETA": "1.2 1"}}).lines[0]
    assert line.verified is None
    assert any("ETA" in why and "0–1" in why for why in line.missing)


def test_a_symbol_the_formula_does_not_know_is_refused(inventory_of):
    line = inventory_of(OTHER, {"carbonates/x": COMPLETE[OTHER, "carbonates"] | {"OF": "93 %"}}).lines[0]
    assert line.verified is None
    assert "OF" in "".join(line.missing) and "PUR" in "".join(line.missing)


def test_an_unknown_method_is_refused_with_the_known_ones(inventory_of):
    line = inventory_of(OTHER, {"combustion/x": COMPLETE[OTHER, "combustion"] | {"method": "guess"}}).lines[0]
    assert line.verified is None
    assert "combustion.carbon_form" in "".join(line.missing)


def test_a_derivation_that_divides_by_zero_says_so(inventory_of):
    data = {"mu": {"unit": "1", "derive": ("nitric_adipic.use_rate", {"H_ab": "0 h", "H": "0 h"})}}
    given = COMPLETE[CHEMICAL, "nitric-acid"] | {"MU": "mu"}
    inventory = inventory_of(CHEMICAL, {"nitric-acid/x": given}, data=data)
    assert inventory.lines[0].verified is None
    assert "除数为零" in "".join(inventory.data["mu"].evaluation.missing)


def test_data_that_derive_from_each_other_are_refused(inventory_of):
    derive = "statistics.sum_of_two"
    data = {
        "a": {"unit": "t", "derive": (derive, {"a": "b", "b": "1 t"})},
        "b": {"unit": "t", "derive": (derive, {"a": "a", "b": "1 t"})},
    }
    with pytest.raises(TanheError, match=r"成环.*a ← b ← a"):
        inventory_of(OTHER, {"carbonates/x": COMPLETE[OTHER, "carbonates"] | {"AD": "a"}}, data=data)


def test_two_columns_where_the_verifier_corrects_a_figure(inventory_of, same):
    data = {"coal": {"unit": "t", "reported": "90", "verified": "100"}}
    inventory = inventory_of(OTHER, {"combustion/coal": COMPLETE[OTHER, "combustion"] | {"AD": "coal"}}, data=data)
    line, per_tonne = inventory.lines[0], 20 * F("0.026") * F("0.93") * F(44, 12)
    assert line.corrected
    assert same(line.exact, 90 * per_tonne) and same(line.verified, 100 * per_tonne)
    assert same(inventory.including.exact, 90 * per_tonne) and same(inventory.including.verified, 100 * per_tonne)
    assert inventory.rows[0].value == Decimal("177.32")


def test_an_unknown_guideline_names_the_nearest(inventory_of):
    with pytest.raises(TanheError, match="ndrc2013-chemical"):
        inventory_of("ndrc2013-chemicals", {})
