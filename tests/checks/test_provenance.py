"""Provenance (取值出处): whose digits a value has, what was published when, and the effect of the right one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.provenance._electricity import owners
from tanhe.checks.provenance._fuels import families, fuel_named
from tanhe.checks.provenance.texts import _evaluate
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.factors.library import library
from tanhe.quantity.rounding import half_up

TODAY = date(2026, 11, 20)
CLEAN, MINGQUAN, SHENKE = "clean-foundry-2024", "mingquan-methanol-2018", "shenke-transformers-2023"
HONGSHI, TIANMA, HAIYAO = "hongshi-calcium-aluminate-2024", "tianma-feed-2019", "haiyao-equipment-2022"
PROVENANCE = ("PRO", "LIB")


def outcome(example: str, *changes: Change, select: tuple[str, ...] = PROVENANCE) -> Outcome:
    dossier, problems = variant(find(example), changes)
    return examine(dossier, problems, TODAY, select)[1]


def raised(example: str, code: str, *changes: Change) -> list[Finding]:
    return list(outcome(example, *changes, select=(code,)).findings)


def both(name: str, value: str) -> tuple[Change, Change]:
    return Change(f"data.{name}.reported", value), Change(f"data.{name}.verified", value)


@pytest.mark.parametrize("example", [CLEAN, MINGQUAN, HAIYAO])
def test_reports_whose_values_hold(example):
    assert [f.message for f in outcome(example).findings] == []


def test_hongshi_takes_the_trading_factor_of_another_year():
    """0.5703 is the emission-trading value of 2022, not the national average of 2023; 0.5366 gives 3998.10."""
    found = raised(HONGSHI, "PRO002")
    right = half_up(Fraction("7450.80") * Fraction("0.5366"), 2)
    assert len(found) == 1 and right == Decimal("3998.10")
    for part in ("0.5703", "碳市场", "2022年", "0.5306", "2025-12-31", "0.5366", "4249.19", "3998.10"):
        assert part in found[0].message
    assert found[0].effect is not None
    assert found[0].effect.low == half_up(Fraction("7450.80") * (Fraction("0.5366") - Fraction("0.5703")), 2)


def test_shenke_names_north_china_and_takes_the_national_average():
    found = raised(SHENKE, "PRO002")[0]
    assert "0.8843" in found.message and "2021年全国平均" in found.message
    assert found.effect is not None
    assert found.effect.low == half_up(Fraction("1409.51") * (Fraction("0.8843") - Fraction("0.5568")), 2)


def test_shenke_was_signed_before_the_factor_was_published():
    found = raised(SHENKE, "PRO003")[0]
    assert "2024-04-12" in found.message and "2024-03-18" in found.message


def test_a_document_of_the_day_of_signing_existed():
    on_the_day = (Change("dates.issued", "2024-04-12"), Change("dates.approved", "2024-04-12"))
    assert raised(SHENKE, "PRO003", *on_the_day) == []
    assert len(raised(SHENKE, "PRO003", Change("dates.issued", "2024-04-11"))) == 1


def test_without_a_date_the_rule_is_not_run():
    keys = ("issued", "approved", "final_report", "report_completed")
    found = outcome(SHENKE, *(Change(f"dates.{k}", None) for k in keys), select=("PRO003", "PRO004"))
    assert {code for code, _ in found.not_run} == {"PRO003", "PRO004"}


def test_carbon_content_of_shenke_is_another_product():
    found = raised(SHENKE, "PRO008")[0]
    assert half_up(Fraction("25.029") * Fraction("0.0153"), 5) == Decimal("0.38294")
    assert half_up(Fraction("25.029") * Fraction("0.02749"), 5) == Decimal("0.68805")
    for part in ("0.68805", "0.38294", "25.029", "0.0153"):
        assert part in found.message


def test_gas_justified_by_anthracite():
    assert [f.datum for f in raised(SHENKE, "PRO009")] == ["gas-of"]
    assert {f.datum for f in raised(SHENKE, "PRO011")} == {"gas-cc-filed", "gas-ncv-filed"}
    assert [f.datum for f in raised(SHENKE, "PRO015")] == ["gas-ncv-filed"]


def test_coal_of_another_rank_is_a_question_not_a_failure():
    rank = [Change("data.coal-fuel-ccpe.library.fuel", "anthracite"), *both("coal-fuel-ccpe", "0.0275")]
    found = raised(MINGQUAN, "PRO009", *rank)
    assert [(f.datum, f.kind, f.severity) for f in found] == [("coal-fuel-ccpe", "review", "minor")]


def test_a_supplementary_table_may_have_its_own_electricity_factor():
    """0.8843 for the entity and 0.6101 for the supplement are both right (a pass of the catalogue)."""
    assert raised(MINGQUAN, "PRO006") == [] == raised(MINGQUAN, "PRO004")


def test_the_trading_factor_is_not_for_the_entity():
    change = (*both("electricity-ef", "0.5703"), Change("data.electricity-ef.library.scope", "national_ets"),
              Change("data.electricity-ef.library.data_year", "2022"))
    found = raised(HONGSHI, "PRO004", *change)
    assert [(f.kind, f.severity) for f in found] == [("review", "minor")]


def test_trading_factor_after_its_years():
    later = (Change("year", "2022"), Change("dates.issued", "2023-05-30"))
    assert any("适用期" in f.message for f in raised(MINGQUAN, "PRO004", *later))


def test_title_in_the_text_against_the_value():
    found = raised(CLEAN, "PRO002", Change("data.electricity-ef.source", "2021年全国平均电力二氧化碳排放因子"))
    assert len(found) == 1 and "2021" in found[0].message and found[0].datum.startswith("electricity-ef/title")


def test_region_of_another_province():
    found = raised(TIANMA, "PRO005", Change("entity.province", "山东"))[0]
    assert "华东" in found.message and "华北" in found.message
    assert found.effect is not None
    assert found.effect.low == half_up(Fraction("23621.92") * (Fraction("0.8843") - Fraction("0.7035")), 2)


def test_a_rounding_of_the_default_is_editorial():
    found = raised(TIANMA, "LIB001")
    assert [(f.datum, f.kind, f.severity) for f in found] == [("anthracite-carbon", "review", "editorial")]


def test_the_nearest_intended_default_is_named():
    other = raised(TIANMA, "LIB001", *both("diesel-ncv", "42.652"))[0]
    assert "柴油" in other.message and "42.652 是" in other.message
    swapped = raised(TIANMA, "LIB001", *both("diesel-ncv", "34.330"))
    assert any("对调" in f.message for f in swapped)
    point = raised(TIANMA, "LIB001", *both("diesel-carbon", "0.202"))
    assert any("10 的 1 次方" in f.message for f in point)


def test_effect_of_a_wrong_default():
    found = next(f for f in raised(TIANMA, "LIB001", *both("diesel-ncv", "42.652")) if f.datum == "diesel-ncv")
    gap = Fraction("56.18") * (Fraction("43.330") - Fraction("42.652")) * Fraction("0.0202") * Fraction("0.98") * Fraction(44, 12)
    assert found.effect is not None and found.effect.low == half_up(gap, 2)


def test_a_value_in_another_unit_of_the_same_kind_is_equal():
    assert raised(HAIYAO, "PRO007") == []
    assert raised(HAIYAO, "PRO007", *both("gas-carbon", "0.0153"))[0].datum == "gas-carbon"


def test_a_default_of_another_guideline():
    same = raised(TIANMA, "PRO007", Change("data.diesel-oxidation.library.guideline", "ndrc2013-chemical"))
    assert [(f.datum, f.kind) for f in same] == [("diesel-oxidation", "review")]


def test_heat_default_in_words_only():
    words = [Change("data.heat-ef.library", None), *both("heat-ef", "0.12")]
    assert [f.datum for f in raised(CLEAN, "PRO007", *words)] == ["heat-ef"]
    assert raised(CLEAN, "PRO007", words[0]) == []


def test_a_measured_value_out_of_band_does_not_win():
    def measured(value):
        return Change("data.tested", {"item": "天然气低位发热量（检测值）", "kind": "factor", "unit": "GJ/万Nm³", "reported": value,
                                      "source": "天然气检测报告"})

    assert len(raised(CLEAN, "PRO014", measured("350.00"))) == 1
    assert raised(CLEAN, "PRO014", measured("35.00")) == []


@pytest.mark.parametrize(("words", "result"), [
    ("25.029×0.02749", "0.68804721"), ("100-20×2", "60"), ("10÷4", "2.5"), ("6.58%×100", "6.58"), ("1÷0", None),
])
def test_arithmetic_in_a_text(words, result):
    assert _evaluate(words) == (Decimal(result) if result else None)


def test_written_products_are_recomputed():
    good, bad = "43.330×0.0202=0.8753", "43.330×0.0202=0.8573"
    assert raised(CLEAN, "PRO008", Change("data.diesel-ncv.note", good)) == []
    assert [f.datum for f in raised(CLEAN, "PRO008", Change("data.diesel-ncv.note", bad))] == ["diesel-ncv/text"]


def test_own_warming_potential_of_another_report():
    line = {"id": "equipment-leakage/sf6", "source": "equipment-leakage", "item": "六氟化硫", "gas": "SF6", "inputs": {
        **{s: {"value": v, "unit": "t"} for s, v in (("IB", "0.002"), ("AC", "0"), ("IE", "0.001"), ("DI", "0"))},
        "GWP": {"value": "23500", "unit": "tCO2e/t"}}}
    found = raised(CLEAN, "PRO012", Change("lines.+", line))
    assert len(found) == 1 and "AR5" in found[0].message and "23900" in found[0].message


def test_every_fuel_of_the_bands_has_a_family():
    for guideline in ("ndrc2015-industrial-other", "ndrc2013-chemical"):
        for fuel in library().fuel_ids(guideline):
            assert fuel in families(), fuel


def test_fuels_in_a_name():
    assert (fuel_named("天然气低位发热量"), fuel_named("液化天然气消耗量"), fuel_named("净购入电量")) == ("natural_gas", "lng", "")


def test_owners_of_digits():
    assert [f.data_year for f in owners(Decimal("0.5366"))] == [2022]
    assert owners(Decimal("0.1234")) == ()


@pytest.mark.parametrize(("documents", "raises"), [(["D09"], False), (["D15"], True), (["D09", "D15"], False), (["D01"], True)])
def test_evidence_of_another_datum(documents, raises):
    found = raised(CLEAN, "PRO016", Change("data.diesel.documents", documents))
    assert bool(found) is raises and all("D09" in f.message for f in found)


def test_stock_of_last_year_may_have_last_years_evidence():
    old = Change("documents.8.title", "2023年柴油采购发票和收发存台账（全部）")
    data = {f.datum for f in raised(CLEAN, "PRO018", old)}
    assert "diesel/D09" in data and "diesel-opening/D09" not in data


def test_oxidation_factor_in_per_cent():
    assert [f.datum for f in raised(CLEAN, "PRO019", *both("diesel-of", "0.98"))] == ["diesel-of"]
    assert raised(CLEAN, "PRO019", Change("data.diesel-of.unit", "1"), *both("diesel-of", "0.98")) == []
