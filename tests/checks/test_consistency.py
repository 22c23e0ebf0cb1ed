"""Consistency: what a reader of the whole report would notice; codes and sums from independent computation."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.consistency._helpers import claim
from tanhe.checks.consistency.identity import organisation_check_character, uscc_check_character, well_formed
from tanhe.checks.engine import Context, run
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.policy import policy
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute

CLEAN = "clean-foundry-2024"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LAYER = tuple(code for code in rules() if code.startswith("CON"))


def outcome(example: str, *changes: Change, codes: tuple[str, ...] = LAYER) -> Outcome:
    dossier, problems = variant(find(example), changes)
    context = Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))
    return run([rules()[code] for code in codes], context)


def found(example: str, *changes: Change, code: str) -> list[Finding]:
    return list(outcome(example, *changes, codes=(code,)).findings)


def says(**statement: str) -> Change:
    return Change(path="statements.+", value=statement)


# --- the published reports: every listed defect is raised, passes are not

@pytest.mark.parametrize(("example", "code", "datum"), [
    ("hongshi-calcium-aluminate-2024", "CON014", "body.name/北京耀阳高技术服务有限公"),
    ("hongshi-calcium-aluminate-2024", "CON022", "economics.2024.revenue/3.1.3 正文"),
    ("hongshi-calcium-aluminate-2024", "CON022", "economics.2023.revenue/3.1.3 正文"),
    ("hongshi-calcium-aluminate-2024", "CON030", "industry/机械设备制造业"),
    ("hongshi-calcium-aluminate-2024", "CON052", "numbering/3.2.2.2/3.1.2 主要生产运营系统"),
    ("hongshi-calcium-aluminate-2024", "CON054", "unit/electricity-out"),
    ("hongshi-calcium-aluminate-2024", "CON060", "closed"),
    ("hongshi-calcium-aluminate-2024", "CON063", "same"),
    ("hongshi-calcium-aluminate-2024", "CON064", "fluctuation/铝酸钙粉"),
    ("hongshi-calcium-aluminate-2024", "CON070", "part/equipment"),
    ("shenke-transformers-2023", "CON013", "label.uscc"),
    ("shenke-transformers-2023", "CON033", "products/互感器/unit"),
    ("shenke-transformers-2023", "CON071", "signature/leader"),
    ("mingquan-methanol-2018", "CON010", "uscc/91370181MA3CGK8ABE"),
    ("mingquan-methanol-2018", "CON011", "organisation/91370181MA3CGK8ABE"),
    ("mingquan-methanol-2018", "CON012", "uscc"),
    ("haiyao-equipment-2022", "CON032", "products/industry"),
])
def test_defects_of_the_published_reports_are_raised(example: str, code: str, datum: str) -> None:
    assert datum in [f.datum for f in found(example, code=code)]


def test_old_notice_vocabulary_captions_and_references_of_the_reports() -> None:
    assert any("71号" in f.message and "2018" in f.message
               for f in found("hongshi-calcium-aluminate-2024", code="CON042"))
    assert all("核查组" in f.message for f in found("shenke-transformers-2023", code="CON050"))
    assert found("hongshi-calcium-aluminate-2024", code="CON053")
    assert {"表3.4-28", "表3-21"} <= {f.datum.removeprefix("reference/") for f in found("mingquan-methanol-2018", code="CON051")}


@pytest.mark.parametrize("example", [
    "hongshi-calcium-aluminate-2024", "shenke-transformers-2023", "mingquan-methanol-2018", "haiyao-equipment-2022",
    "tianma-feed-2019",
])
def test_totals_of_the_published_reports_agree(example: str) -> None:
    assert found(example, code="CON020") == []
    assert found(example, code="CON021") == []


def test_the_change_of_output_is_named() -> None:
    change = (Fraction(46030) / Fraction(30708) - 1) * 100
    assert f"{float(change):.1f}%" == "49.9%"
    assert any("49.9%" in f.message for f in found("hongshi-calcium-aluminate-2024", code="CON064"))


def test_nothing_on_the_clean_dossier() -> None:
    result = outcome(CLEAN)
    assert [(f.rule, f.message) for f in result.findings if f.severity != "note"] == []
    assert [why for _, why in result.not_run if "出错" in why] == []


# --- numbers as texts print them

@pytest.mark.parametrize(("printed", "own", "agrees"), [
    ("8575.45", "8575.45", True), ("8575", "8575.45", True), ("8576", "8575.45", False), ("8575.450", "8575.45", True),
    ("7000余", "5112", False), ("7000余", "7099.5", True), ("7000余", "6999", False), ("130余", "139", True),
    ("130余", "141", False), ("约3900", "3930", True), ("约3900", "3242", False), ("181", "181.80", False),
    ("12,000", "12000", True),
])
def test_a_printed_number_agrees_when_it_is_a_rounding(printed: str, own: str, agrees: bool) -> None:
    number = claim(printed)
    assert number is not None
    assert number.agrees(Decimal(own)) is agrees


def test_a_text_without_a_number_is_no_claim() -> None:
    assert claim("若干") is None


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_every_rounding_of_a_value_agrees_with_it(units: int, digits: int) -> None:
    own = Decimal(units).scaleb(-4)
    half = Fraction(1, 2)
    step = Fraction(1, 10**digits)
    rounded = (Fraction(own) / step + half).__floor__() * step
    number = claim(f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{digits}f}")
    assert number is not None and number.agrees(own)


def test_totals_in_ten_thousand_tonnes_convert_exactly() -> None:
    assert not found(CLEAN, says(about="totals.including", value="0.857545", unit="万tCO2", where="封面"), code="CON020")
    wrong = found(CLEAN, says(about="totals.including", value="0.875545", unit="万tCO2", where="封面"), code="CON020")
    assert wrong[0].effect is not None and wrong[0].effect.low == Decimal("180")


@pytest.mark.parametrize("unit", ["万tCO2", "万tCO2e"])
def test_every_pair_of_digits_swapped_in_ten_thousand_tonnes_shows(unit: str) -> None:
    own = "0.857545"
    for at in range(2, len(own) - 1):
        other = own[:at] + own[at + 1] + own[at] + own[at + 2:]
        raised = found(CLEAN, says(about="totals.including", value=other, unit=unit, where="封面"), code="CON020")
        assert len(raised) == 1 and raised[0].effect is not None
        assert Fraction(raised[0].effect.low) == (Fraction(other) - Fraction(own)) * 10000


def test_the_effect_of_another_total_is_the_difference() -> None:
    wrong = found(CLEAN, says(about="totals.including", value="8757.45", unit="tCO2", where="4.2"), code="CON020")
    assert len(wrong) == 1 and wrong[0].severity == "material"
    assert wrong[0].effect is not None and wrong[0].effect.low == Decimal("8757.45") - Decimal("8575.45")
    assert len({p.line for p in wrong[0].places}) == 2


def test_another_unit_of_the_same_amount_is_no_difference() -> None:
    assert not found(CLEAN, says(about="datum.electricity", value="11401713", unit="kWh", where="附表"), code="CON021")
    assert found(CLEAN, says(about="datum.electricity", value="11410713", unit="kWh", where="附表"), code="CON021")


def test_money_in_yuan_and_in_hundred_millions() -> None:
    for value, unit in (("145862000", "元"), ("1.45862", "亿元")):
        assert not found(CLEAN, says(about="economics.2024.revenue", value=value, unit=unit, where="x"), code="CON022")
    assert found(CLEAN, says(about="economics.2024.revenue", value="1.54862", unit="亿元", where="x"), code="CON022")


def test_dates_are_compared_as_days_not_as_words() -> None:
    assert not found(CLEAN, says(about="dates.site_visit", value="2025年3月6日", where="x"), code="CON025")
    assert found(CLEAN, says(about="dates.site_visit", value="2025年3月16日", where="x"), code="CON025")


# --- codes

def test_the_uscc_of_published_reports_follow_from_their_characters() -> None:
    for code in ("91410804MA3XFBYQ36", "911301817984027966", "91370181MA3CGK8A8E", "913701265681039266", "913500007821745223"):
        assert well_formed(code)
        assert uscc_check_character(code) == code[17]
        assert organisation_check_character(code) == code[16]
    assert uscc_check_character("91370181MA3CGK8ABE") == "P"
    assert organisation_check_character("91370181MA3CGK8ABE") == "8"


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_shows(first: str, at: int, other: str) -> None:
    values = [ALPHABET.index(c) for c in first]
    expected = ALPHABET[-sum(v * pow(3, n, 31) for n, v in enumerate(values)) % 31]
    assert uscc_check_character(first + "0") == expected
    changed = first[:at] + other + first[at + 1:]
    assert (uscc_check_character(changed + "0") == expected) is (changed == first)


@pytest.mark.parametrize("code", ["91320000MA0EXMPL0", "91320000MA0EXMPL0NN", "9132OOOOMA0EXMPL0N", "91320000MA0EXMPI0N"])
def test_codes_of_wrong_length_or_alphabet(code: str) -> None:
    assert found(CLEAN, Change("entity.uscc", code), code="CON010")


# --- text that belongs to another report

@pytest.mark.parametrize(("code", "path", "value"), [
    ("CON040", "conclusions.conformity", "某地水泥股份有限公司的排放报告符合核算指南"),
    ("CON040", "documents.7.title", "2024年某某化工有限公司抄表台账"),
    ("CON040", "boundary.description", "边界为南方某某钢铁有限公司厂区"),
    ("CON041", "scope.0", "受核查方2022年度的温室气体排放"),
    ("CON041", "scope.0", "受核查方厂区内 2022 年 1 月 1 日至 12 月 31 日的温室气体排放"),
    ("CON043", "boundary.sites.0", "四川省示例市示例经济开发区示范路 8 号"),
    ("CON044", "scope.1", "焦炉煤气燃烧产生的排放"),
    ("CON045", "method_notes.0", "阳极效应的排放按电解铝产量计算"),
    ("CON030", "method_notes.0", "受核查方属于水泥制造业"),
    ("CON032", "products", [{"name": "甲醇", "unit": "吨", "output": "1", "year": "2024"}]),
])
def test_text_from_another_report(code: str, path: str, value: object) -> None:
    assert found(CLEAN, Change(path, value), code=code)


def test_own_names_suppliers_and_last_year_are_no_foreign_text() -> None:
    profile = "上游为某某废钢回收有限公司，客户为某某机床股份有限公司。"
    assert not found(CLEAN, Change("entity.profile", profile), code="CON040")
    assert not found(CLEAN, Change("boundary.changes", "与上年（2023年度）相比没有变化"), code="CON041")
    assert not found(CLEAN, Change("scope.1", "不涉及焦炉煤气"), code="CON044")


@pytest.mark.parametrize(("words", "raised"), [
    ("财务部保存结算单和发票，每月核对一次。南方某某钢铁有限公司的能源台账按月汇总。", True),
    ("电力由国网某某供电有限公司供应，每月结算。", False),
    ("蒸汽购自某某热电有限公司，按表计结算。", False),
    ("上游：甲地贸易有限公司、乙地商贸有限公司，丙地物资有限公司；下游：丁地机床有限公司。", False),
    ("上游：甲地贸易有限公司。丁地机床有限公司的边界与上述一致。", True),
    ("计量器具由某某计量检测有限公司检定。", False),
])
def test_only_the_clause_of_a_company_says_how_it_is_related(words: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("energy_management", words), code="CON040")) is raised


@pytest.mark.parametrize(("path", "words", "raised"), [
    ("method_notes.+", "无烟煤按消耗量和低位发热量计算", True), ("review_focus.+", "兰炭的入库数据", True),
    ("quality_assurance.+", "燃煤的采样和制样由质检部负责", True), ("method_notes.+", "不涉及无烟煤和焦炭", False),
    ("method_notes.+", "综合能耗按标准煤折算", False), ("method_notes.+", "符合《商品煤样人工采取方法》的要求", False),
    ("method_notes.+", "燃气按结算单的量计算", False), ("method_notes.+", "煤、油、气等化石燃料的燃烧排放按消费量计算", False),
])
def test_fuels_of_methods_and_plans_are_the_entity_s(path: str, words: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change(path, words), code="CON044")) is raised


@pytest.mark.parametrize(("words", "raised"), [
    ("烟煤的消耗量由皮带秤计量", False), ("动力煤由仓库计量", False), ("无烟煤的消耗量由皮带秤计量", True), ("褐煤的消耗量", True),
])
def test_a_coal_is_the_one_listed_and_not_a_part_of_its_name(words: str, raised: bool) -> None:
    assert bool(found("mingquan-methanol-2018", Change("method_notes.+", words), code="CON044")) is raised


@pytest.mark.parametrize(("path", "words"), [
    ("method_notes.+", "石灰石在水泥窑内分解的排放按水泥熟料产量计算"), ("quality_assurance.+", "黑液固形物和碱回收炉的数据由动力车间统计"),
    ("scope.+", "矿井通风瓦斯的逸散排放"), ("review_focus.+", "航班的航油消耗按机型统计"), ("boundary.notes.+", "平板玻璃的重量箱由成品库统计"),
    ("other_findings.+", "晶圆车间腔室清洗的气体用量已核对"), ("energy_management", "催化裂化装置的烧焦量由生产部记录"),
    ("conclusions.uncovered", "合成氨装置的监测尚待完善"),
])
def test_terms_of_another_industry(path: str, words: str) -> None:
    raised = found(CLEAN, Change(path, words), code="CON045")
    assert raised and raised[0].severity == "minor"


@pytest.mark.parametrize("words", [
    "不涉及电解铝和水泥熟料的生产", "外购粗钢按采购发票计量", "产品供应给水泥窑和高炉的客户", "应急柴油发电机组当年没有使用",
    "温室气体包括二氧化碳、甲烷、氧化亚氮、氢氟碳化物、全氟化碳和六氟化硫",
])
def test_terms_denied_bought_or_common_are_no_foreign_text(words: str) -> None:
    assert not found(CLEAN, Change("method_notes.+", words), code="CON045")


def test_a_term_the_dossier_has_elsewhere_is_its_own() -> None:
    words = Change("method_notes.+", "熟料的产量由中控室统计")
    assert not found("hongshi-calcium-aluminate-2024", words, code="CON045")
    assert found(CLEAN, words, code="CON045")
    step = Change("processes.0.steps.+", {"name": "熔化", "text": "高炉铁水直供"})
    assert not found(CLEAN, step, Change("method_notes.+", "高炉铁水的用量按磅单计算"), code="CON045")


def test_without_an_industry_the_terms_are_not_judged() -> None:
    unknown = (Change("entity.industry_code"), Change("entity.industry_name"))
    assert [code for code, _ in outcome(CLEAN, *unknown, codes=("CON045",)).not_run] == ["CON045"]


# --- figures of the profile

@pytest.mark.parametrize(("words", "raised"), [
    ("产能为锻件 4000 吨/年", False), ("产能为锻件 4500 吨/年", True), ("年产 1.2 万吨铸铁件的能力", False), ("设计能力1.3万吨铸铁件", True),
    ("锻件 3315.57 吨", False), ("锻件 3315.75 吨", True), ("球墨铸铁件 300 吨", False),
    ("现有员工 236 人，其中技术人员 40 人", False), ("现有员工 263 人", True), ("职工 230 余人", False),
    ("公司成立于 2009 年 4 月", False), ("公司成立于 2008 年", True), ("2009年4月16日成立", False), ("其前身成立于 1998 年", False),
    ("固定资产 8494.70 万元", False), ("固定资产 8949.70 万元", True), ("固定资产投资 2 亿元", False),
    ("2023 年营业收入 1.3979 亿元", False), ("2023 年营业收入 1.3989 亿元", True),
])
def test_figures_of_the_profile(words: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("entity.profile", words + "。"), code="CON028")) is raised


# --- claims

def test_a_changed_boundary_is_not_that_of_last_year() -> None:
    raised = found(CLEAN, Change("boundary.changed", "是"), code="CON063")
    assert [(f.datum, f.severity) for f in raised] == [("same/changed", "minor")]
    said = [n for n, about in enumerate(_abouts(CLEAN)) if about == "claim.same-boundary"]
    silent = [Change(f"statements.{n}") for n in reversed(said)]
    told = Change("boundary.changes", "2024 年新增一座热处理车间")
    assert not found(CLEAN, *silent, told, Change("boundary.changed", "是"), Change("other_findings", []), code="CON063")


def _abouts(example: str) -> list[str]:
    return [s.about for s in variant(find(example), ())[0].statements]



def test_closing_needs_non_conformities_and_counts_agree() -> None:
    gone = Change("findings", [])
    assert found(CLEAN, gone, code="CON060")
    assert found(CLEAN, says(about="nc.count", value="2", where="2.4"), code="CON060")
    assert found(CLEAN, Change("conclusions.conformity", "没有发现不符合项"), code="CON060")


def test_an_initial_report_is_not_both_absent_and_there() -> None:
    assert found(CLEAN, says(about="claim.initial-absent", where="1.1"), code="CON062")
    assert not found("mingquan-methanol-2018", code="CON062")


@pytest.mark.parametrize("words", ["存在异常波动", "与上年比较，存在异常波动"])
def test_a_lost_negation(words: str) -> None:
    assert found(CLEAN, Change("conclusions.fluctuation", words), code="CON056")
    assert not found(CLEAN, Change("conclusions.fluctuation", words.replace("存在", "不存在")), code="CON056")


def test_a_change_of_output_just_inside_and_outside_the_limit() -> None:
    for year, raised in (("11506.83", False), ("11506.82", True)):
        changes = [Change("economics.0.output", year), Change("conclusions.fluctuation", "不存在异常波动")]
        limit = Fraction("13808.19") / Fraction(year) - 1 > Fraction(1, 5)
        assert limit is raised
        assert bool([f for f in found(CLEAN, *changes, code="CON064") if f.severity == "minor"]) is raised


def test_no_statements_is_not_a_pass() -> None:
    result = outcome(CLEAN, Change("statements"), codes=("CON020", "CON021", "CON051"))
    assert result.passed == 0
    assert {code for code, _ in result.not_run} == {"CON020", "CON021", "CON051"}


def test_an_unknown_datum_in_a_statement_is_named() -> None:
    assert "gas-total" in found(CLEAN, says(about="datum.gas-total", value="1", where="x"), code="CON027")[0].message
