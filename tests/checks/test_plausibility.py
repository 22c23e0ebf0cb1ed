"""Plausibility (合理性): physics and proportion on the published reports, and the situations at the border."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.pages import page
from tanhe.checks.plausibility.carbon import carbon_contents
from tanhe.checks.plausibility.months import robust_z
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find

TODAY = date(2026, 11, 20)
MINGQUAN, SHENKE, HONGSHI = "mingquan-methanol-2018", "shenke-transformers-2023", "hongshi-calcium-aluminate-2024"
CLEAN, TIANMA, HAIYAO = "clean-foundry-2024", "tianma-feed-2019", "haiyao-equipment-2022"
CODES = sorted(c for c in rules() if c.startswith("PLA"))


def outcome(example: str, *changes: Change, select: tuple[str, ...] = ("PLA",)) -> Outcome:
    dossier, problems = variant(find(example), changes)
    return examine(dossier, problems, TODAY, select)[1]


def raised(example: str, code: str, *changes: Change) -> list[Finding]:
    return list(outcome(example, *changes, select=(code,)).findings)


def both(name: str, value: str) -> tuple[Change, Change]:
    return Change(f"data.{name}.reported", value), Change(f"data.{name}.verified", value)


@pytest.mark.parametrize("code", CODES)
def test_page_cases(code: str) -> None:
    told = page(code)
    failing = outcome(told.fails.example, *told.fails.change, select=(code,))
    passing = outcome(told.passes.example, *told.passes.change, select=(code,))
    assert failing.findings and all(f.places for f in failing.findings)
    assert (passing.passed, passing.not_run) == (1, ())


def test_nothing_on_the_clean_dossier() -> None:
    assert [f.message for f in outcome(CLEAN).findings if f.severity != "note"] == []


def test_boiler_gives_more_than_its_fuel() -> None:
    """Catalogue N1, N2: 114 %, own factor 0.078 under the floor 0.0893; effects by fractions."""
    balance, floor = raised(MINGQUAN, "PLA001")[0], raised(MINGQUAN, "PLA002")[0]
    assert "114.2%" in balance.message and "0.0893" in floor.message
    coal, diesel = Fraction("384583") * Fraction("22.16"), Fraction("18.74") * Fraction("43.33")
    carbon = coal * Fraction("0.02618") * Fraction("0.93") + diesel * Fraction("0.0202") * Fraction("0.98")
    least = carbon * Fraction(44, 12) / (coal + diesel)
    used = Fraction("5861516.81")
    assert floor.effect is not None and balance.effect is not None and floor.effect.low == balance.effect.low == 0
    assert float(floor.effect.high) == pytest.approx(float(used * (least - Fraction("0.078"))), abs=0.01)
    assert float(balance.effect.high) == pytest.approx(float(used * (least / Fraction("0.9") - Fraction("0.078"))), abs=0.01)


@pytest.mark.parametrize(("heat", "severity"), [("8523171.00", None), ("8523172.00", "material"), ("5114000.00", None), ("5113000.00", "minor")])
def test_boiler_at_its_limits(heat: str, severity: str | None) -> None:
    """The fuel's heat is 8 523 171.28 GJ; 60 % of it 5 113 902.8."""
    assert [f.severity for f in raised(MINGQUAN, "PLA001", *both("heat-supplied", heat))] == ([severity] if severity else [])


def test_stoichiometry() -> None:
    """Carbon contents by hand from the atomic weights."""
    known = carbon_contents()
    methanol = Fraction("12.011") / (Fraction("12.011") + 4 * Fraction("1.008") + Fraction("15.999"))
    carbide = 2 * Fraction("12.011") / (2 * Fraction("12.011") + Fraction("40.078"))
    assert float(known["甲醇"][1]) == pytest.approx(float(methanol))
    assert float(methanol) == pytest.approx(0.37485, abs=5e-6)
    assert float(known["电石"][1]) == pytest.approx(float(carbide))
    assert all(0 < share < 1 for _, share in known.values())


@pytest.mark.parametrize(("content", "raises"), [("0.375", False), ("0.3767", False), ("0.3768", True), ("0.40", True)])
def test_carbon_of_methanol(content: str, raises: bool) -> None:
    """0.37485 and half a per cent are 0.37672."""
    found = raised(MINGQUAN, "PLA003", *both("methanol-carbon-content", content))
    assert bool(found) is raises
    assert not found or (found[0].effect is not None and found[0].effect.low > 0)


def test_monthly_outliers_of_mingquan() -> None:
    """Catalogue A14: coal per methanol in March 1.730 (7.5); power in October and November; steam in September 4.41 (3.2)."""
    found = {f.datum: f.message for f in raised(MINGQUAN, "PLA011")}
    assert "1.7296" in found["feed-coal.consumption/3月"] and "7.5" in found["feed-coal.consumption/3月"]
    assert "4.4135" in found["steam.mass/9月"] and "3.2" in found["steam.mass/9月"]
    assert {"electricity.total/10月", "electricity.total/11月"} <= found.keys()
    assert not any(key.startswith("coal-fuel") for key in found)


def test_month_doubled_is_minor() -> None:
    change = Change(table="tables/electricity.csv", row=4, column="settlement", value="1965290")
    found = raised(CLEAN, "PLA011", change)
    assert [(f.datum, f.severity) for f in found] == [("electricity.settlement/5月", "minor")]


def test_zero_months() -> None:
    found = raised(MINGQUAN, "PLA012")
    assert [f.datum for f in found] == ["diesel.vehicles"] and "6月、8月" in found[0].message
    assert not raised(MINGQUAN, "PLA012", Change("tables.diesel.note", "6月、8月车辆停用"))


def test_kiln_without_fuel() -> None:
    """Catalogue N8: 162 kWh a tonne for 1370 °C; 1.35 GJ/t × 46 030 t × 0.056 to 6.0 × 46 030 × 0.110."""
    found = raised(HONGSHI, "PLA009")[0]
    assert found.severity == "material" and "162 kWh/t" in found.message and found.effect is not None
    assert found.effect.low == Decimal("3479.87") and found.effect.high == Decimal("30379.80")


def test_electric_melting_is_no_kiln_without_fuel() -> None:
    text = "废钢在中频感应电炉内熔化，出铁温度1500℃。"
    result = outcome(CLEAN, Change("processes.0.steps.0.text", text), select=("PLA009",))
    assert (result.passed, result.findings) == (1, ())


@pytest.mark.parametrize(("stated", "raises"), [("101.3008", False), ("101.36", False), ("103.38", False), ("103.39", True), ("99.32", True), ("1013008", True)])
def test_comprehensive_energy_of_mingquan(stated: str, raises: bool) -> None:
    """Recomputed 101.3535; two per cent around it are 99.33 to 103.38."""
    found = raised(MINGQUAN, "PLA016", Change("economics.0.comprehensive_energy", stated))
    assert bool(found) is raises
    assert stated != "1013008" or "tce" in found[0].message


@pytest.mark.parametrize(("enthalpy", "severity"), [("3459.9", None), ("3495", None), ("3500", "minor"), ("826.4", "material")])
def test_enthalpy(enthalpy: str, severity: str | None) -> None:
    """Table 3461.17, IF97 3462.64; 826.4 is the same in kcal/kg."""
    assert [f.severity for f in raised(MINGQUAN, "PLA017", *both("steam-enthalpy", enthalpy))] == ([severity] if severity else [])


def test_guideline_by_grade_of_the_mapping() -> None:
    assert [f.severity for f in raised(SHENKE, "PLA020")] == ["material"]
    assert [f.severity for f in raised(TIANMA, "PLA020")] == ["note"]
    named = (Change("entity.industry_code", "C3821"), Change("entity.industry_name", "互感器"))
    assert [f.severity for f in raised(SHENKE, "PLA020", *named)] == ["material"]
    assert not raised(MINGQUAN, "PLA020") and not raised(HONGSHI, "PLA020") and not raised(HAIYAO, "PLA020")


def test_unknown_industry_is_not_run() -> None:
    result = outcome(SHENKE, Change("entity.industry_name", "未知行业"), select=("PLA020",))
    assert result.not_run and not result.findings


@pytest.mark.parametrize(("capacity", "unit", "code"), [("60", "万吨/年", None), ("52", "万吨/年", None), ("51", "万吨/年", "PLA005"), ("51", "万台", "PLA006")])
def test_capacity(capacity: str, unit: str, code: str | None) -> None:
    changes = (Change("products.0.capacity", capacity), Change("products.0.capacity_unit", unit))
    assert [f.rule for f in outcome(MINGQUAN, *changes, select=("PLA005", "PLA006")).findings] == ([code] if code else [])


@pytest.mark.parametrize(("said", "kind"), [("不存在异常波动。", "fail"), ("", "open"), ("由于新线投产，产量上升。", None)])
def test_year_on_year(said: str, kind: str | None) -> None:
    changes = (Change("conclusions.fluctuation", said), Change("statements", []))
    assert [f.kind for f in raised(HONGSHI, "PLA015", *changes)] == ([kind] if kind else [])


@given(st.lists(st.decimals(min_value=1, max_value=10**6, places=2), min_size=3, max_size=24), st.integers(2, 9))
def test_robust_z_keeps_under_scale_and_order(values: list[Decimal], times: int) -> None:
    one, other = robust_z(values), robust_z([v * times for v in values])
    assert all(abs(a - b) < Decimal("1e-9") for a, b in zip(one, other, strict=True))
    assert [z for _, z in sorted(zip(values, one, strict=True))] == sorted(one)


def test_robust_z_by_hand() -> None:
    """1, 2, 3, 4, 100: median 3, MAD 1."""
    assert robust_z([Decimal(v) for v in (1, 2, 3, 4, 100)])[-1] == Decimal("0.6745") * 97
    assert robust_z([Decimal(5)] * 4) == [0, 0, 0, 0]


@pytest.mark.parametrize("part", ["meters", "products", "economics", "processes", "tables", "data"])
@pytest.mark.parametrize("example", [MINGQUAN, HONGSHI])
def test_missing_parts_are_not_errors(example: str, part: str) -> None:
    changes = [Change(part, None)]
    if part in ("tables", "data"):
        changes += [Change("data", {}), Change("lines", []), Change("supplementary", [])]
    result = outcome(example, *changes)
    assert not [why for _, why in result.not_run if "规则出错" in why]
    assert len(CODES) == result.run + result.not_applicable + len(result.not_run)


def test_month_of_heat_that_is_not_its_steam() -> None:
    change = Change(table="tables/steam.csv", row=2, column="heat", value="546665.97")
    assert [f.datum for f in raised(MINGQUAN, "PLA019", change)] == ["heat-consumed/3月"]


@pytest.mark.parametrize(("factor", "raises"), [("0", False), ("0.029", True), ("0.06", False), ("0.2", False), ("0.21", True)])
def test_factor_of_purchased_heat(factor: str, raises: bool) -> None:
    assert bool(raised(CLEAN, "PLA026", Change("data.heat-ef.library", None), *both("heat-ef", factor))) is raises


def test_last_years_total_as_the_report_cites_it() -> None:
    """8575.45 against 8234.56 is +4.14 %; against 5000.00 it is +71.5 % and no cause is given."""
    at = next(n for n, s in enumerate(variant(find(CLEAN), ())[0].statements) if s.about == "previous.totals.including")
    found = raised(CLEAN, "PLA015", Change(f"statements.{at}.value", "5000.00"))
    assert "+71.5%" in found[0].message
