"""Replaying reported figures (复算): properties that hold for every figure, not for one example."""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tanhe.dossier.model import Dossier
from tanhe.formulas.registry import find
from tanhe.inventory.compute import compute as inventory_of
from tanhe.inventory.model import Grade
from tanhe.inventory.replay import replay
from tanhe.inventory.resolve import Found, bind, compute
from tanhe.quantity.units import unit

EXPLAINED = {Grade.EXACT, Grade.WITHIN_ROUNDING, Grade.HIDDEN_PRECISION}


def printed(value: F, digits: int) -> Decimal:
    """``value`` half-up to ``digits`` decimals, by integers alone."""
    units = (abs(value) * 10**digits * 2 + 1) // 2
    return Decimal(int(units) if value >= 0 else -int(units)).scaleb(-digits)


def number(low: int, high: int, digits: int) -> st.SearchStrategy[Decimal]:
    """A printed number between ``low`` and ``high`` with so many decimals."""
    return st.integers(low * 10**digits, high * 10**digits).map(lambda n: Decimal(n).scaleb(-digits))


def evaluation(formula_id, values):
    """The formula with its inputs in the first unit each symbol may carry."""
    formula = find(formula_id)
    given_units = {name: spec.units[0] if spec.units else unit("t") for name, spec in formula.symbols.items()}
    found = {name: v if isinstance(v, tuple) else (v,) for name, v in values.items()}
    inputs = tuple(bind(n, formula.symbols[n], Found(v, given_units[n], "")) for n, v in found.items())
    return compute(formula, inputs, unit("1"))


COAL = st.fixed_dictionaries({
    "AD": number(1000, 900000, 2), "NCV": number(30, 45, 3), "CC": st.integers(2000, 3000).map(lambda n: Decimal(n).scaleb(-5)),
    "OF": st.integers(90, 100).map(lambda n: Decimal(n).scaleb(-2)),
})
SHARE = st.integers(0, 100).map(lambda n: Decimal(n).scaleb(-2))
ROUNDED = {
    "combustion.heat_form": COAL,
    "combustion.mixed_fuel": st.builds(lambda coal, bio: coal | {"BIO": bio}, COAL, SHARE),
    "carbonates.carbonate_use": st.fixed_dictionaries({"AD": number(0, 9000, 2), "EF": number(0, 1, 4), "PUR": SHARE}),
    "electricity.purchased_less_exported": st.fixed_dictionaries(
        {"AD_in": number(0, 90000, 3), "AD_out": number(0, 90000, 3), "EF": number(0, 1, 4)}),
    "heat.steam": st.fixed_dictionaries(
        {"Ma": number(0, 90000, 2), "En": number(200, 3500, 1), "En_0": st.just(Decimal("83.74"))}),
    "statistics.series_sum": st.fixed_dictionaries(
        {"x": st.lists(number(0, 9000, 2), min_size=1, max_size=12).map(tuple)}),
}
CASES = st.sampled_from(sorted(ROUNDED)).flatmap(lambda name: st.tuples(st.just(name), ROUNDED[name]))


@given(case=CASES, digits=st.integers(0, 6))
def test_a_rounded_exact_result_is_exact(case, digits):
    formula_id, values = case
    result = evaluation(formula_id, values)
    assert replay(result, printed(F(result.exact), digits)).grade is Grade.EXACT


@given(COAL)
def test_the_exact_result_is_the_product_of_fractions(values):
    expected = F(values["AD"]) * F(values["NCV"]) * F(values["CC"]) * F(values["OF"]) * F(44, 12)
    assert abs(F(evaluation("combustion.heat_form", values).exact) - expected) < F(1, 10**40)


@given(COAL, st.integers(2, 4))
def test_a_carbon_content_rounded_to_four_decimals_is_found(values, digits):
    carbon = printed(F(values["NCV"]) * F(values["CC"]), 4)
    reported = printed(F(values["AD"]) * F(carbon) * F(values["OF"]) * F(44, 12), digits)
    found = replay(evaluation("combustion.heat_form", values), reported)
    assert found.grade in EXPLAINED
    if found.grade is Grade.HIDDEN_PRECISION:
        assert str(carbon) in found.reason
        assert printed(F(found.value), digits) == reported


@given(COAL, st.integers(10100, 20000), st.booleans(), st.integers(0, 3))
def test_a_figure_off_by_more_than_one_percent_is_not_reproduced(values, factor, below, digits):
    result = evaluation("combustion.heat_form", values)
    off = F(factor + 1, 10000)
    reported = printed(F(result.exact) / off if below else F(result.exact) * off, digits)
    assume(abs(F(reported) - F(result.exact)) > F(result.exact) / 100)
    found = replay(result, reported)
    assert found.grade is Grade.NOT_REPRODUCED
    assert "相差" in found.reason


PRINTED_DIGITS = {
    "combustion.heat_form": {"AD": 2, "NCV": 3, "CC": 5, "OF": 2},
    "combustion.mixed_fuel": {"AD": 2, "NCV": 2, "CC": 4, "OF": 2, "BIO": 2},
    "electricity.purchased_less_exported": {"AD_in": 1, "AD_out": 1, "EF": 4},
    "carbonates.carbonate_use": {"AD": 0, "EF": 3, "PUR": 2},
    "welding.shielding_gas": {"P": 2, "IB": 1, "AC": 1, "IE": 1, "DI": 1, "Pj": 2},
    "supplementary.weighted_electricity_factor": {"AD": 0, "EF": 2},
    "statistics.weighted_mean": {"x": 2, "w": 0},
    "statistics.series_sum": {"x": 1},
}
FULL = {
    "combustion.heat_form": {"AD": (0, 9000), "NCV": (1, 45), "CC": (0, 1), "OF": (0, 1)},
    "combustion.mixed_fuel": {"AD": (0, 9000), "NCV": (1, 45), "CC": (0, 1), "OF": (0, 1), "BIO": (0, 1)},
    "electricity.purchased_less_exported": {"AD_in": (0, 9000), "AD_out": (0, 9000), "EF": (0, 1)},
    "carbonates.carbonate_use": {"AD": (0, 9000), "EF": (0, 1), "PUR": (0, 1)},
}


@st.composite
def unrounded(draw):
    """A formula with full-precision inputs: (id, values)."""
    formula_id = draw(st.sampled_from(sorted(FULL)))
    return formula_id, {name: draw(number(low, high, 9)) for name, (low, high) in FULL[formula_id].items()}


def rounded(formula_id, values):
    """The inputs as a report prints them; constants keep their digits."""
    def shown(name, value):
        if isinstance(value, tuple):
            return tuple(shown(name, member) for member in value)
        return printed(F(value), PRINTED_DIGITS[formula_id][name]) if name in PRINTED_DIGITS[formula_id] else value

    return {name: shown(name, value) for name, value in values.items()}


@given(case=unrounded(), digits=st.integers(0, 4))
def test_inputs_rounded_in_print_explain_the_figure(case, digits):
    formula_id, values = case
    reported = printed(F(evaluation(formula_id, values).exact), digits)
    assert replay(evaluation(formula_id, rounded(formula_id, values)), reported).grade in EXPLAINED


MONTHS = st.lists(st.tuples(number(0, 40, 6), number(1, 9000, 6)), min_size=1, max_size=12)


@given(months=MONTHS, digits=st.integers(0, 4), name=st.sampled_from(["x", "mean", "factor"]))
def test_months_rounded_in_print_explain_the_figure(months, digits, name):
    values, weights = tuple(v for v, _ in months), tuple(w for _, w in months)
    formula_id, given_ = {
        "x": ("statistics.series_sum", {"x": values}),
        "mean": ("statistics.weighted_mean", {"x": values, "w": weights}),
        "factor": ("supplementary.weighted_electricity_factor", {"AD": weights, "EF": values}),
    }[name]
    reported = printed(F(evaluation(formula_id, given_).exact), digits)
    assert replay(evaluation(formula_id, rounded(formula_id, given_)), reported).grade in EXPLAINED


@given(share=number(0, 1, 6), used=number(10, 900, 6), digits=st.integers(0, 4))
def test_a_gas_mixture_rounded_in_print_explains_the_figure(share, used, digits):
    zero = Decimal(0)
    values = {
        "P": share, "IB": zero, "AC": used, "IE": zero, "DI": zero, "Pj": (share, 1 - share), "Mj": (Decimal(44), Decimal(40)),
        "M_CO2": Decimal(44),
    }
    reported = printed(F(evaluation("welding.shielding_gas", values).exact), digits)
    assert replay(evaluation("welding.shielding_gas", rounded("welding.shielding_gas", values)), reported).grade in EXPLAINED


@given(months=MONTHS)
def test_a_mean_off_by_more_than_its_rounding_is_not_reproduced(months):
    values, weights = tuple(v for v, _ in months), tuple(w for _, w in months)
    result = evaluation("statistics.weighted_mean", {"x": values, "w": weights})
    assert replay(result, printed(F(result.exact) + F(1, 10), 2)).grade is Grade.NOT_REPRODUCED


def test_a_cut_off_figure_is_named_so():
    """181.80 printed as 181, as one published report does."""
    values = {"AD": Decimal("181.80"), "EF": Decimal("1")}
    found = replay(evaluation("electricity.net_electricity", values), Decimal("181"))
    assert found.grade is Grade.HIDDEN_PRECISION
    assert "截去" in found.reason


@pytest.mark.parametrize("reported", [None, Decimal("1.00")])
def test_without_a_result_nothing_is_reproduced(reported):
    expected = Grade.NOT_REPORTED if reported is None else Grade.NOT_REPRODUCED
    assert replay(None, reported).grade is expected


# Sums: the exact parts are added and the sum is rounded, unless the report says that it rounds first.


def summed(parts, total, *, printed_parts=None, order=None):
    """The total of lines AD × 1, each with its printed figure where given."""
    lines = [
        {"id": f"electricity/{n}", "source": "electricity", "item": f"电力{n}",
         "inputs": {"AD": {"value": str(part), "unit": "MWh"}, "EF": {"value": "1", "unit": "tCO2/MWh"}}}
        | ({"reported": str(printed_parts[n])} if printed_parts else {})
        for n, part in enumerate(parts)
    ]
    tree = {"format": "tanhe.dossier/1", "guideline": "ndrc2015-machinery", "year": 2022, "entity": {"name": "某某公司"},
            "lines": lines, "totals": {"including_purchased_energy": {"reported": str(total)}}}
    if order:
        tree["rounding"] = {"order": order}
    return inventory_of(Dossier.model_validate(tree).attach("", "sha256:", {}, {})).including


PARTS = st.lists(number(-5, 900, 5), min_size=1, max_size=8)


@given(parts=PARTS, digits=st.integers(0, 3))
def test_sum_then_round_is_exact(parts, digits):
    total = summed(parts, printed(sum(map(F, parts)), digits))
    assert total.replay.grade is Grade.EXACT
    assert total.value == total.reported


@given(parts=PARTS)
def test_round_then_sum_is_recognised(parts):
    each = [printed(F(part), 2) for part in parts]
    total = summed(parts, sum(each), printed_parts=each)
    same = printed(sum(map(F, parts)), 2) == sum(each)
    assert total.replay.grade is (Grade.EXACT if same else Grade.WITHIN_ROUNDING)
    assert ("先修约后求和" in total.replay.reason) is not same


@given(parts=PARTS)
def test_a_report_that_says_it_rounds_first_is_computed_so(parts):
    each = [printed(F(part), 2) for part in parts]
    total = summed(parts, sum(each), order="round-then-sum")
    assert total.replay.grade is Grade.EXACT
    assert total.value == total.verified_value == sum(each)
    assert F(total.exact) == sum(map(F, parts))


@given(parts=PARTS, off=st.integers(1, 10**6))
def test_a_sum_beyond_the_rounding_of_its_parts_is_not_reproduced(parts, off):
    beyond = F(5 * (len(parts) + 1), 1000) + F(1, 100) * off
    total = summed(parts, printed(sum(map(F, parts)) + beyond, 2))
    assert total.replay.grade is Grade.NOT_REPRODUCED
    assert total.value == printed(sum(map(F, parts)), 2)


def test_two_and_seventy_nine_hundredths_make_two_ninety_eight():
    """2.1963… + 0.7863…: each rounds up, the sum does not."""
    parts = ["2.196314076", "0.786284216"]
    assert summed(parts, "2.98", printed_parts=["2.20", "0.79"]).replay.grade is Grade.EXACT
    rounded_first = summed(parts, "2.99", printed_parts=["2.20", "0.79"])
    assert (rounded_first.replay.grade, rounded_first.value) == (Grade.WITHIN_ROUNDING, Decimal("2.98"))
    assert summed(parts, "2.99", order="round-then-sum").replay.grade is Grade.EXACT
