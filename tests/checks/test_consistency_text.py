"""What prose says against the tables: boundary situations of the rules on statements of text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.consistency._subjects import near
from tanhe.checks.engine import Context, run
from tanhe.checks.findings import Finding
from tanhe.checks.policy import policy
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute

CLEAN = "clean-foundry-2024"
GAS = "核查组确认受核查方2024年度天然气消耗量为"


def found(code: str, **statement: str) -> list[Finding]:
    dossier, problems = variant(find(CLEAN), [Change(path="statements.+", value=statement)])
    return list(run([rules()[code]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))).findings)


def amount(value: str, unit: str, text: str) -> list[Finding]:
    return found("CON034", about="told.amount", value=value, unit=unit, where="3.4.1", text=text)


@pytest.mark.parametrize(("value", "unit", "text"), [
    ("65.7217", "万Nm3", GAS), ("657217", "Nm3", GAS), ("65.72", "万Nm3", GAS), ("11401713", "kWh", "2024年净购入电量为"),
    ("1140.1713", "万kWh", "2024年净购入电量为"), ("71.20", "万Nm3", "2023年天然气消耗量为"), ("71.20", "万Nm3", "上年天然气消耗量为"),
    ("12.50", "万Nm3", "其中热处理炉天然气消耗量为"), ("120", "万Nm3", "锅炉设计年用天然气消耗量为"), ("43.33", "GJ/t", "柴油低位发热量为"),
    ("0.850", "t", "柴油年初库存量为"), ("99", "%", "天然气碳氧化率为"), ("8575.45", "tCO2e", "企业温室气体排放总量为"),
    ("8234.56", "tCO2e", "2023年企业温室气体排放总量为"), ("1500", "m", "围墙长度为"),
])
def test_figures_that_agree_or_speak_of_another_matter_raise_nothing(value, unit, text):
    assert amount(value, unit, text) == []


@pytest.mark.parametrize(("value", "unit", "text", "path"), [
    ("65.7127", "万Nm3", GAS, "data.gas"), ("68.3000", "万Nm3", GAS, "data.gas"), ("11401.173", "MWh", "2024年净购入电量为", "data.electricity"),
    ("42.652", "GJ/t", "柴油低位发热量为", "data.diesel-ncv"), ("0.5306", "tCO2/MWh", "全国电网平均排放因子为", "data.electricity-ef"),
    ("8757.45", "tCO2e", "企业温室气体排放总量为", "totals"),
])
def test_figures_that_the_tables_do_not_have_are_shown_with_the_table(value, unit, text, path):
    findings = amount(value, unit, text)
    assert len(findings) == 1 and value in findings[0].message and len(findings[0].places) > 1, path


def test_a_wrong_figure_that_would_move_the_total_is_material():
    assert [f.severity for f in amount("95.0000", "万Nm3", GAS)] == ["material"]
    assert [f.severity for f in amount("65.7127", "万Nm3", GAS)] == ["minor"]


def test_effect_is_that_of_using_the_told_figure():
    low = amount("95.0000", "万Nm3", GAS)[0].effect
    # 95 × 389.31 × 0.0153 × 0.99 × 44/12 − 65.7217 × … , independently: 2054.10 − 1421.03 = 633.07 to the cent of the factors
    assert low is not None and abs(low.low - Decimal("633.07")) < Decimal("0.05")


@pytest.mark.parametrize(("value", "raised"), [("71.3", False), ("71.35", False), ("86.4", False), ("17.53", True)])
def test_share_of_electricity(value, raised):
    # 6118.16/8575.45 = 71.345 %; its share of purchased energy 6118.16/7057.50 is not asked for
    text = "净购入电力排放量占排放总量的" if value != "86.4" else "外购物料占比"
    assert bool(found("CON035", about="told.share", value=value, unit="%", where="3.4.3", text=text)) == raised


@pytest.mark.parametrize(("formula", "raised"), [
    ("E=AD×NCV×CC×OF×44/12", False), ("E=Σ_i(AD_i×CC_i×OF_i×44÷12)", False), ("E=AD×EF", False), ("AD_蒸汽=Ma×(En-83.74)×10^{-3}", False),
    ("E=(E_CH4-废水-R_CH4-回收)×GWP_CH4", False), ("E=AD×NCV×CC×OF×12/44", True), ("E=AD×NCV×CC×OF", True), ("E=ADNCV×CC×OF×44/12", True),
    ("E=AD+NCV×CC×OF×44/12", True), ("E=AD×FE", True), ("E=(E_CH4-废水-R_CH4-回收)GWP_CH4", True),
])
def test_formulas(formula, raised):
    assert bool(found("CON058", about="formula", value=formula, where="3.3")) == raised


@given(st.decimals(min_value=Decimal("100.01"), max_value=Decimal("99999.99"), places=2))
def test_a_figure_is_near_itself_moved_by_the_point_and_not_near_its_double(value):
    assert near(value * 10, value)
    assert not near(value * 2 + 11111, value) or sum(a != b for a, b in zip(str(value * 2 + 11111), str(value), strict=False)) <= 2
