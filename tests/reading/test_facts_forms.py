"""Forms of fields that other reports use (其他写法): tables turned round, labelled paragraphs, columns of state, dashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

Of = Callable[[str], Any]
HEAD = ("苏北示例轴承有限公司\n2022年度\n温室气体排放核查报告\n\n受核查方\t苏北示例轴承有限公司\n核算和报告依据\t"
        "《机械设备制造企业温室气体排放核算方法与报告指南（试行）》\n\n1 概述\n\n")


def test_economic_figures_with_a_column_for_each_year(facts_of: Of) -> None:
    found = facts_of(HEAD + "3.1.3 生产经营情况\n\n指标\t2021年\t2022年\n营业收入（万元）\t100.5\t/\n资产负债率\t38.9%\t40%\n职工人数（人）\t20\t21\n产量（吨）\t7\t8\n")
    assert found.rows("economics") == [
        {"year": "2021", "revenue": "100.5", "debt_ratio": "38.9%", "employees": "20", "output": "7", "output_unit": "吨"},
        {"year": "2022", "debt_ratio": "40%", "employees": "21", "output": "8", "output_unit": "吨"},
    ]
    assert found.fact("entity.employees") is None


def test_one_product_in_two_tables_is_one_product(facts_of: Of) -> None:
    product = "年度\t产品名称\t产量（吨）\t产能\t产能单位\n2022\t滚动轴承\t120\t150\t吨/年\n"
    again = "年份\t设施\t产品\t产量\n2022\t一车间\t滚动轴承\t120\n"
    (row,) = facts_of(HEAD + "3.1.3 生产经营情况\n\n" + product + "\n3.4.4 补充数据\n\n" + again).rows("products")
    assert (row["output"], row["capacity"], row["capacity_unit"]) == ("120", "150", "吨/年")


def test_a_column_of_state_tells_what_is_not_computed(facts_of: Of) -> None:
    found = facts_of(HEAD + "3.2.2 排放源\n\n排放类别\t温室气体\t能源/物料\t设备设施\t核算情况\n燃料燃烧\tCO2\t柴油\t叉车\t已核算\n"
                     "废水处理\tCH4\t废水\t/\t未纳入核算：没有厌氧工艺\n净购入电力\tCO2\t电力\t电炉\t已识别，没有数据；电表失灵\n")
    computed, left, known = found.rows("sources")
    assert "excluded" not in computed and "note" not in computed
    assert (left["gas"], left["excluded"]) == ("CH4", "没有厌氧工艺")
    assert (known["note"], "excluded" in known) == ("电表失灵", False)


def test_a_by_product_left_aside_as_small_is_an_excluded_source(facts_of: Of) -> None:
    table = "排放类别\t能源品种\t设施\n生产过程排放\t原料煤\t气化炉\n"
    (listed, left) = facts_of(HEAD + "3.2.2 排放源\n\n" + table + "\n受核查方副产物有炉灰，炉灰产量未进行统计，占比较小，忽略不计。\n").rows("sources")
    assert listed["energy"] == "原料煤"
    assert (left["category"], left["energy"]) == ("生产过程排放", "炉灰") and "忽略不计" in left["excluded"]


def test_the_boundary_in_labelled_paragraphs(facts_of: Of) -> None:
    found = facts_of(HEAD + "3.2 核算边界\n\n一个厂区，含办公楼。\n场所：甲市乙路1号、丙市丁路2号。\n分支机构：没有分公司。\n边界变化：新增丙市厂区。\n"
                     "与上年度相比，核算边界有变化。\n（1）食堂外包。\n（2）2号门外的泵站不计。\n")
    facts = {p: found.fact(f"boundary.{p}") for p in ("description", "sites.0", "sites.1", "branches", "changes", "changed", "notes.0", "notes.1")}
    assert facts == {"description": "一个厂区，含办公楼", "sites.0": "甲市乙路1号", "sites.1": "丙市丁路2号", "branches": "没有分公司",
                     "changes": "新增丙市厂区", "changed": "是", "notes.0": "食堂外包", "notes.1": "2号门外的泵站不计"}


def test_sentences_that_only_say_nothing_is_there_are_no_content(facts_of: Of) -> None:
    nothing = "报告没有这方面的资料，此处从缺。\n"
    found = facts_of(HEAD + f"1.1 核查目的\n\n{nothing}\n3.5 监测计划执行情况的核查\n\n{nothing}\n3.6 质量保证和文件存档的核查\n\n{nothing}")
    assert not found.rows("purpose") and not found.rows("quality_assurance") and found.fact("monitoring_plan") is None


@pytest.mark.parametrize(("printed", "name"), [
    ("机械设备制造 3451 滚动轴承制造", "滚动轴承制造"), ("机械设备制造 滚动轴承制造", "滚动轴承制造"),
    ("3451 滚动轴承制造 （GB/T 4754-2017）", "滚动轴承制造"), ("机械（3451 滚动轴承制造）", "滚动轴承制造"), ("滚动轴承制造 C3451", "滚动轴承制造"),
])
def test_the_industry_without_the_trade_before_it(facts_of: Of, printed: str, name: str) -> None:
    found = facts_of(HEAD + f"3.1 基本情况\n\n单位名称\t苏北示例轴承有限公司\n所属行业\t{printed}\n单位性质\t有限责任公司\n")
    assert found.fact("entity.industry_name") == name


@pytest.mark.parametrize(("printed", "version", "day"), [
    ("V1.0/2023 年 3 月 1 日", "V1.0", "2023-03-01"), ("V1.0（2023年3月1日）", "V1.0（2023年3月1日）", "2023-03-01"),
    ("示例公司2022年度排放报告（初始版本）", "示例公司2022年度排放报告（初始版本）", None), ("2023年3月1日", None, "2023-03-01"),
])
def test_versions_and_their_dates(facts_of: Of, printed: str, version: str | None, day: str | None) -> None:
    found = facts_of(HEAD.replace("\n\n1 概述", f"\n温室气体排放报告（初始）版本/日期\t{printed}\n\n1 概述"))
    assert (found.fact("report.initial_version"), found.fact("dates.initial_report")) == (version, day)


def test_a_team_of_labels_signs_by_its_labels(facts_of: Of) -> None:
    found = facts_of("核查组长\t核查组长\t签名\t\t日期\t2023年4月12日\n核查组成员\t核查组员甲\t签名\t\t日期\t2023年4月13日\n核查组成员\t核查组员乙\t签名\t\t日期\t\n\n"
                     "2.1 核查组安排\n\n姓名\t职务\t核查工作分工\t是否参加现场核查\n核查组长\t组长\t总体\t是\n核查组员甲\t组员\t/\t否\n核查组员乙\t组员\t数据\t是\n"
                     "2.3 现场核查\n\n核查组进行了现场核查。\n")
    rows = [(r["name"], r.get("duties"), r.get("on_site"), r.get("signed")) for r in found.rows("team")]
    assert rows == [("核查组长", "总体", "是", "2023-04-12"), ("核查组员甲", None, "否", "2023-04-13"), ("核查组员乙", "数据", "是", None)]


def test_what_is_no_label_of_an_office_never_stands_for_a_person(facts_of: Of) -> None:
    found = facts_of(HEAD + "3.1 基本情况\n\n单位名称\t苏北示例轴承有限公司\n法定代表人\t欧阳示例\n排放报告联系人\t欧阳示例\n单位性质\t有限责任公司\n\n"
                     "2.1 核查组安排\n\n姓名\t职务\t核查工作分工\n欧阳示例\t组长\t总体\n")
    assert not [c for c in found.claims if "欧阳" in str(getattr(getattr(c, "said", None), "text", getattr(c, "fields", "")))]


def test_departments_a_sentence_counts(facts_of: Of) -> None:
    found = facts_of(HEAD + "3.1.1 受核查方简介和组织机构\n\n受核查方设有办公室等部门，主要部门为：办公室、生产部、财务部。\n")
    assert [found.fact(f"entity.organisation.{n}") for n in range(4)] == ["办公室", "生产部", "财务部", None]


ANNEX = ("附件1：不符合项清单\n\n序号\t类别\t不符合项描述\t涉及的参数\t原因分析\t纠正措施\t核查结论\n"
         "1\t核算数据\t漏报柴油\t柴油消耗量\t口径不清\t已补充填报。证据：D27 台账。\t已整改且符合。整改有效。已关闭。\n\n")


def test_a_finding_with_its_evidence_and_the_record_of_its_steps() -> None:
    record = "编号\t步骤\t日期\t处理人\t说明\nNC-01\t开出\t2023年3月7日\t核查组\t/\nNC-01\t核实\t2023年3月9日\t核查组员甲\t已整改且符合：看过原件\nNC-01\t关闭\t/\t核查组\t/\n"
    (finding,) = from_document(text_document((HEAD + ANNEX + record).encode(), "报告.txt"), strict=True).dossier.findings
    assert (finding.id, finding.category, finding.parameter) == ("NC-01", "data", "柴油消耗量")
    assert (finding.correction, finding.evidence, finding.conclusion, finding.status) == ("已补充填报", "D27 台账", "整改有效", "closed")
    assert [(s.step, str(s.date), s.by, s.result, s.note) for s in finding.steps] == [
        ("raised", "2023-03-07", "核查组", None, ""), ("verified", "2023-03-09", "核查组员甲", "conforming", "看过原件"),
        ("closed", "None", "核查组", None, "")]


def test_without_such_a_record_the_columns_tell_the_steps() -> None:
    (finding,) = from_document(text_document((HEAD + ANNEX).encode(), "报告.txt"), strict=True).dossier.findings
    assert [(s.step, s.by) for s in finding.steps] == [("raised", "核查组"), ("evidence", "受核查方"), ("closed", "核查组")]


def test_a_dash_in_a_cell_is_nothing() -> None:
    text = HEAD + "3.1.2 计量器具\n\n编号\t器具名称\t型号\t精度\t校核频次\tE01\n/\t电能表\t/\t0.5S\t—\n\n3.1.2 用能设备\n\n设备名称\t型号\t数量\t能源品种\n电炉\t／\t2\t电力\n"
    dossier = from_document(text_document(text.encode(), "报告.txt"), strict=True).dossier
    assert [(m.number, m.model, m.accuracy, m.interval) for m in dossier.meters] == [("", "", "0.5S", "")]
    assert [(e.model, e.count) for e in dossier.equipment] == [("", "2")]
