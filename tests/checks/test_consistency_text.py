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


@pytest.mark.parametrize(("about", "value", "unit", "text", "wrong"), [
    ("told.gap", "31.96", "tCO2e", "787.80,819.76", False), ("told.gap", "31.69", "tCO2e", "787.80,819.76", True),
    ("told.rise", "4.04", "%", "13271.60,13808.19,上升", False), ("told.rise", "4.04", "%", "13271.60,13808.19,下降", True),
    ("told.rise", "4.40", "%", "13271.60,13808.19,上升", True), ("told.rise", "3.9", "%", "13808.19,13271.60,下降", False),
    ("told.sum", "10544.42t加年末库存351.10t减年初库存412.30t", "", "", False), ("told.sum", "10544.42t加年末库存351.10t减年初库存421.30t", "", "", True),
    ("told.symbol", "389.31", "GJ/万Nm3", "NCV=389.31GJ/万Nm3", False), ("told.symbol", "398.31", "GJ/万Nm3", "NCV=398.31GJ/万Nm3", True),
    ("told.symbol", "26.7", "GJ/t", "NCV=26.7GJ/t", False),
])
def test_arithmetic_in_words_follows_from_its_figures_and_the_tables(about, value, unit, text, wrong):
    assert bool(found("CON039", about=about, value=value, unit=unit, where="4.3", text=text)) is wrong


@pytest.mark.parametrize(("code", "statements", "raised"), [
    ("CON038", [("version.final", "1.1", ""), ("version.initial", "1.0", "")], False),
    ("CON038", [("version.final", "1.1", ""), ("version.final", "2.1", "")], True),
    ("CON059", [("standard", "2006", "GB17167"), ("standard", "2017", "GB/T4754")], False),
    ("CON059", [("standard", "2006", "GB17167"), ("standard", "2016", "GB17167")], True),
    ("CON059", [("document-number", "发改办气候〔2013〕2526号", "中国化工生产企业温室气体排放核算方法与报告指南(试行)")], False),
    ("CON059", [("document-number", "发改办气候〔2015〕2526号", "中国化工生产企业温室气体排放核算方法与报告指南(试行)")], True),
    ("CON059", [("document-number", "环办气候函〔2021〕130号", "企业温室气体排放报告核查指南(试行)")], False),
    ("CON059", [("document-number", "示例发〔2015〕12号", "示例管理办法")], False),
    ("CON016", [("street", "8", "经济开发区示范路")], False), ("CON016", [("street", "18", "经济开发区示范路")], True),
    ("CON016", [("street", "18", "另一条路")], False),
])
def test_numbers_of_versions_documents_and_streets(code, statements, raised):
    changes = [Change(path="statements.+", value={"about": a, "value": v, "text": t, "where": f"3.{n}"}) for n, (a, v, t) in enumerate(statements)]
    dossier, problems = variant(find(CLEAN), changes)
    outcome = run([rules()[code]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1)))
    assert bool(outcome.findings) is raised


@pytest.mark.parametrize(("code", "path", "value", "raised"), [
    ("CON067", "scope", ["厂区内的化石燃料燃烧、净购入电力、净购入热力产生的排放"], False), ("CON067", "scope", ["厂区内的化石燃料燃烧、净购入电力产生的排放"], True),
    ("CON067", "scope", ["厂区内的化石燃料燃烧、净购入电力等产生的排放"], False), ("CON067", "scope", ["厂区内的全部温室气体排放"], False),
    ("CON067", "method_notes", ["总量为化石燃料燃烧和净购入电力的排放量之和"], True), ("CON067", "method_notes", ["公式中没有净购入热力，总量为燃料燃烧与电力之和"], False),
    ("CON043", "entity.registered_address", "江苏省南京市示例路 1 号", False), ("CON043", "entity.registered_address", "浙江省南京市示例路 1 号", True),
    ("CON056", "findings.0.conclusion", "整改无效，不符合项没有关闭", True), ("CON056", "findings.0.conclusion", "整改有效，不符合项关闭", False),
])
def test_facts_told_in_a_sentence_of_the_dossier(code, path, value, raised):
    dossier, problems = variant(find(CLEAN), [Change(path=path, value=value)])
    outcome = run([rules()[code]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1)))
    assert bool(outcome.findings) is raised


def test_a_product_with_two_outputs_for_one_year_is_a_contradiction():
    again = {"name": "铸铁件", "unit": "t", "output": "10594.42", "year": 2024}
    dossier, problems = variant(find(CLEAN), [Change(path="products.+", value=again), Change(path="statements.+", value={
        "about": "product.铸铁件", "value": "10594.42", "unit": "t", "where": "表 1"})])
    findings = run([rules()["CON023"]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))).findings
    assert any(f.datum == "product.铸铁件/表 1" for f in findings)


def test_last_years_emission_told_in_the_sentence_is_the_base_of_its_growth():
    def told(words: str) -> list[str]:
        dossier, problems = variant(find(CLEAN), [Change(path="conclusions.fluctuation", value=words)])
        known = [n for n, s in enumerate(dossier.statements) if s.about.startswith("previous.")]
        dossier = dossier.model_copy(update={"statements": tuple(s for n, s in enumerate(dossier.statements) if n not in known)})
        found_ = run([rules()["CON029"]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))).findings
        return [f.datum for f in found_]

    assert told("与 2023 年度的 8234.56 tCO2 相比，排放量上升 4.14%。") == []
    assert told("与 2023 年度的 8234.56 tCO2 相比，排放量上升 5.14%。") != []
    assert told("与上年的排放量 8234.56 tCO2e 相比，排放量上升 4.14%。") == []
