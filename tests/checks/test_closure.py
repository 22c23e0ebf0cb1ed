"""Closure (算式闭合): what the published reports show, the situations at the border, and sums of any size."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.closure._helpers import tolerance
from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.registry import rules
from tanhe.checks.slips import slip
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.quantity.rounding import half_up

TODAY = date(2026, 11, 20)
CLEAN, MINGQUAN, SHENKE = "clean-foundry-2024", "mingquan-methanol-2018", "shenke-transformers-2023"
HONGSHI, TIANMA, HAIYAO = "hongshi-calcium-aluminate-2024", "tianma-feed-2019", "haiyao-equipment-2022"
CODES = sorted(c for c in rules() if c.startswith("CLO"))


def outcome(example: str, *changes: Change, select: tuple[str, ...] = ("CLO",)) -> Outcome:
    dossier, problems = variant(find(example), changes)
    return examine(dossier, problems, TODAY, select)[1]


def raised(example: str, code: str, *changes: Change) -> list[Finding]:
    return list(outcome(example, *changes, select=(code,)).findings)


def reported(path: str, value: str) -> Change:
    return Change(f"{path}.reported", value)


def test_the_clean_dossier_closes():
    found = outcome(CLEAN)
    assert [f.message for f in found.findings] == []
    assert {code for code, _ in found.not_run} == {"CLO005", "CLO013", "CLO026"}


def test_every_calculation_of_mingquan_closes():
    """Only the two roundings of the catalogue, and a last place of the steam table, are told."""
    assert {f.rule for f in outcome(MINGQUAN).findings if f.severity != "note"} == {"CLO020"}
    assert [f.datum for f in outcome(MINGQUAN).findings if f.severity == "note"] == ["steam.heat/rounding"]


def test_rounded_intermediates_of_mingquan():
    """0.07817 printed 0.078 removes 1024 t; 0.63394 printed 0.6338 removes 451 t."""
    months = [("78636.55", "24.28"), ("70656.41", "24.70"), ("76726.32", "23.25"), ("67340.54", "24.07"), ("79290.41", "24.67"),
              ("73966.98", "24.69"), ("75792.05", "23.50"), ("39011.56", "24.30"), ("65448.81", "24.33"), ("85605.40", "24.48"),
              ("67260.39", "23.65"), ("71330.92", "24.66")]
    coal = sum(Fraction(t) for t, _ in months)
    carbon = sum(Fraction(t) * Fraction(h) for t, h in months) / coal * Fraction("0.02618")
    lost = coal * (carbon - Fraction("0.6338")) * Fraction(44, 12)
    found = {f.datum: f for f in raised(MINGQUAN, "CLO020")}
    feed, heat = found["raw-material/feed-coal/feed-carbon-content"], found["supplementary/heat/heat-factor"]
    assert feed.effect is not None and feed.effect.low == half_up(lost, 2) == Decimal("450.86")
    assert heat.effect is not None and half_up(heat.effect.low, 0) == 1024
    assert "0.07817" in heat.message and "0.63394" in feed.message


def test_gas_of_shenke_is_of_the_wrong_size():
    rate = Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)
    found = raised(SHENKE, "CLO023")[0]
    assert half_up(rate, 2) == Decimal("21.62") and "21.62" in found.message and "34.16" in found.message
    assert found.effect is not None and found.effect.low == half_up(rate * Fraction("1.58") - Fraction("2.2"), 2)
    assert "819.76" in found.message


def test_two_decimals_and_one_still_add_up():
    """2.2 + 0.79 against 2.98: the exact sum is 2.9826, a pass of the catalogue."""
    assert raised(SHENKE, "CLO003") == [] == raised(SHENKE, "CLO004") == raised(SHENKE, "CLO006")


def test_formula_of_hongshi_lacks_two_terms():
    found = raised(HONGSHI, "CLO017")[0]
    assert "化石燃料燃烧" in found.message and "净购入热力" in found.message and "碳酸盐" not in found.message


def test_an_impossible_unit_is_told_once():
    assert [f.datum for f in raised(HONGSHI, "CLO022")] == ["electricity-out/unit"]


@pytest.mark.parametrize(("figure", "kind", "said"), [
    ("761010.73", "review", "修约容差"),
    ("761010.71", "review", "修约容差"),
    ("761010.74", "fail", "差 0.02"),
    ("760823.40", "fail", "恰少“柴油”"),
    ("761198.04", "fail", "“柴油”恰多计一次"),
    ("7610107.2", "fail", "10 的 1 次方"),
])
def test_a_subtotal_beside_the_sum(figure, kind, said):
    found = raised(MINGQUAN, "CLO003", reported("subtotals.combustion", figure))[0]
    assert (found.kind, found.datum) == (kind, "sum/combustion") and said in found.message


def test_severity_follows_the_gap():
    small = raised(MINGQUAN, "CLO003", reported("subtotals.combustion", "761011.72"))[0]
    large = raised(MINGQUAN, "CLO003", reported("subtotals.combustion", "764010.72"))[0]
    assert (small.severity, large.severity) == ("minor", "material")


def test_a_month_left_out_or_doubled_is_named():
    path = "tables.methanol.columns.output.total"
    assert "恰少第 8 期" in raised(MINGQUAN, "CLO007", Change(path, "544336.75"))[0].message
    assert "第 1 期恰多计一次" in raised(MINGQUAN, "CLO007", Change(path, "625307.49"))[0].message


def test_kilowatt_hours_and_megawatt_hours_agree():
    assert raised(HAIYAO, "CLO008") == []
    wrong = raised(HAIYAO, "CLO008", Change("data.electricity-purchased.verified", "4346310"))[0]
    assert wrong.datum == "electricity-purchased/verified" and "10 的 3 次方" in wrong.message


def test_a_mean_over_other_weights():
    found = raised(MINGQUAN, "CLO010", Change("data.coal-fuel-ncv.derive.inputs.w", "feed-coal.consumption"))
    assert [f.datum for f in found] == ["coal-fuel-ncv/weights"]


def test_net_bought_and_exported_data():
    def datum(item, value):
        return {"item": item, "unit": "MWh", "reported": value, "verified": value}

    three = [Change(f"data.{n}", datum(i, v)) for n, i, v in (("net", "净购入电量", "90.0"), ("in", "购入电量", "100.0"), ("out", "外供电量", "10.0"))]
    assert raised(SHENKE, "CLO011", Change("data.electricity.item", "全厂用量"), *three) == []
    three[2] = Change("data.out", datum("外供电量", "12.0"))
    assert [f.datum for f in raised(SHENKE, "CLO011", Change("data.electricity.item", "全厂用量"), *three)] == ["net"]


def test_a_deduction_added_is_named_with_its_effect():
    found = raised(MINGQUAN, "CLO016", reported("subtotals.raw-material", "2763829.52"))[0]
    assert found.effect is not None and found.effect.low == -2 * Decimal("786008.08")


def test_cut_off_is_not_rounded():
    assert raised(TIANMA, "CLO019") == []
    found = raised(HONGSHI, "CLO019", reported("data.electricity-ef", "0.57029"), Change("lines.0.reported", "4249.11"))
    exact = Fraction("7450.80") * Fraction("0.57029")
    assert half_up(exact, 2) == Decimal("4249.12") and [f.datum for f in found] == ["electricity/grid"]


def test_a_change_without_a_word():
    quiet = Change("conclusions.difference", None)
    changed = Change("data.electricity.verified", "1409.15")
    assert [f.datum for f in raised(SHENKE, "CLO018", changed)] == ["electricity/changed"]
    told = Change("findings.+", {"kind": "nc", "description": "净外购电量填报有误", "status": "closed"})
    assert raised(SHENKE, "CLO018", changed, told) == []
    assert [f.datum for f in raised(CLEAN, "CLO018", quiet, Change("data.diesel.verified", "24.964"))][-1] == "diesel/changed"


def test_half_a_dossier_runs_what_it_can(small):
    from tanhe.dossier.load import load

    dossier, problems = load(small.write())
    found = examine(dossier, problems, TODAY, ("CLO",))[1]
    lacking = {code for code, _ in found.not_run}
    assert {"CLO003", "CLO005", "CLO014"} <= lacking and not {"CLO007", "CLO008", "CLO024"} & lacking
    assert found.findings == ()


def test_rules_do_not_raise_without_lines():
    found = outcome(CLEAN, Change("lines", []), Change("tables", {}), Change("subtotals", {}))
    assert not any("Error" in why for _, why in found.not_run)


parts = st.lists(st.decimals(0, 10**6, places=6, allow_nan=False, allow_infinity=False), min_size=1, max_size=20)


@given(parts, st.integers(0, 4))
def test_rounding_first_or_last_stays_within_the_tolerance(values, digits):
    shown = [half_up(v, digits) for v in values]
    total = half_up(sum(values, Decimal(0)), digits)
    assert abs(sum(shown, Decimal(0)) - total) <= tolerance(shown, total)
    assert tolerance(shown, total) == Decimal(5).scaleb(-digits - 1) * (len(shown) + 1)


@given(st.decimals("0.01", 10**6, places=2), st.integers(-6, 6).filter(bool))
def test_a_moved_point_is_named(value, power):
    assert f"10 的 {power} 次方" in slip(value.scaleb(power), value)


def test_swapped_and_single_digits_are_named():
    assert "对调" in slip(Decimal("571462.24"), Decimal("571642.24"))
    assert "仅差一位" in slip(Decimal("0.5303"), Decimal("0.5703"))
    assert slip(Decimal("12.34"), Decimal("98.76")) == "" == slip(Decimal(0), Decimal(1))


def test_findings_say_where_in_both_languages():
    from tanhe.messages import speaking

    change = reported("totals.including_purchased_energy", "33306.56")
    zh = raised(TIANMA, "CLO004", change)[0]
    with speaking("en"):
        en = raised(TIANMA, "CLO004", change)[0]
    assert "33306.56" in zh.message and "33306.56" in en.message and "exactly without" in en.message
    assert {p.file for p in zh.places} == {"dossier.yaml"} and len(zh.places) == 4
    assert replace(zh, message="", title="") == replace(en, message="", title="")
