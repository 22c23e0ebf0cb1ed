"""What the report repeats and how it says it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanhe.reading.claims import Factor
from tanhe.reading.documents import text_document
from tanhe.reading.understand import admin, lists, people, prose, statements
from tanhe.reading.understand.result_sheets import row_of


def test_total_of_table_form_and_sentence_are_all_kept(report):
    assert sorted(value for value, _ in report.said("totals.including")) == ["8000.10", "8123.45", "8123.45", "8123.54"]
    assert report.said("subtotals.combustion") == [("1023.45", "")]


def test_money_in_text_keeps_its_year_and_its_vagueness(report):
    assert report.said("economics.2022.revenue") == [("1.2", "")]
    assert report.said("economics.2022.tax") == [("300余", "")]


def test_sayings(report):
    assert report.said("nc.count") == [("1", "")]
    assert [value for value, _ in report.said("claim.all-nc-closed")] == ["1"]
    for about in ("claim.same-boundary", "claim.no-fluctuation"):
        assert len(report.said(about)) == 1, about
    assert report.said("claim.nc-none") == [] and report.said("claim.first-verification") == []


@pytest.mark.parametrize(("sentence", "about"), [
    ("核查组未发现不符合项。", "claim.nc-none"), ("受核查方为首次进行温室气体核查。", "claim.first-verification"),
    ("净购入电力全部作为生产用电计算。", "claim.production-power-all"), ("企业未填报初始报告。", "claim.initial-absent"),
])
def test_saying_is_recognised(facts_of, sentence, about):
    assert len(facts_of(f"3.6 其他核查发现\n\n{sentence}\n").said(about)) == 1


def test_industry_of_another_report_is_mentioned(facts_of):
    found = facts_of("3.3 核算方法的核查\n\n受核查方为机械设备制造业，过程排放为零。\n")
    assert found.said("entity.industry_name") == [("机械设备制造业", "")]


def test_wrong_word_unit_caption_and_numbers(report):
    assert report.said("vocabulary") == [("检查组", "")]
    assert report.said("unit") == [("MWhJ", "MWh")]
    assert ("表 3-6 月度天然气消耗量（万Nm3）", "发热量") in report.said("caption")
    assert ("公式(4)", "公式(2)") in report.said("numbering") and ("表3-6", "表3-5") in report.said("numbering")


def test_section_under_the_wrong_parent_and_number_printed_twice(facts_of):
    found = facts_of("1 概述\n\n1.1 核查目的\n\n文。\n\n3.1 基本情况的核查\n\n3.1.1 基本信息\n\n文。\n\n3.2.2 主要设备\n\n文。\n\n3.1.3 生产经营情况\n\n文。\n\n"
                     "3.2 核算边界的核查\n\n文。\n")
    assert ("3.2.2", "3.1.2") in found.said("numbering")


def test_reference_to_a_table_that_is_not_there(facts_of):
    found = facts_of("3.4 核算数据的核查\n\n电量见表 3.4-1，煤量见表 3-2。\n\n表 3.4-1 电量\n\n项目\t值\n电\t5\n\n表 3.4-2 煤量\n\n项目\t值\n煤\t6\n")
    assert ("表3.4-1", "表3.4-1") in found.said("reference") and ("表3-2", "表3.4-2") in found.said("reference")


def test_terms_of_the_total_formula(report, facts_of):
    assert report.said("formula.total") == [("combustion,electricity", "")]
    plain = facts_of("3.3 核算方法的核查\n\nE总 = E燃烧 + E过程 + E净电 + E净热\n")
    assert plain.said("formula.total") == [("combustion,process,electricity,heat", "")]


@pytest.mark.parametrize(("label", "row"), [
    ("企业温室气体排放总量(tCO2e)不包括净购入电力和热力隐含的CO2排放", "totals.excluding"),
    ("包括净购入电力和热力隐含的CO2排放", "totals.including"), ("总排放合计(tCO2)", "totals.including"),
    ("净购入使用的热力隐含的排放CO2量", "heat"), ("企业净购入的电力和热力消费引起的CO2排放", "purchased"),
    ("工业生产过程N2O排放", "process-n2o"), ("CO2回收利用量", "co2-recovery"), ("电力排放因子", None),
])
def test_rows_of_result_tables(label, row):
    assert row_of(label) == row


def test_factor_in_prose_with_the_source_it_cites(facts_of):
    found = facts_of("3.4.2 排放因子的核查\n\n甲烷的变暖潜势根据IPCC第二次评估报告取21。单位热值含碳量取自《核算指南》缺省值，柴油的含碳量为0.87527tC/t。\n")
    factors = {f.value.text: f for f in found.claims if isinstance(f, Factor)}
    assert factors["21"].cited is not None and factors["21"].cited.text == "IPCC第二次评估报告"
    assert factors["0.87527"].unit == "tC/t"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["联系人", "核查组长", "赵建国", "表 3-1 设备", "设备名称\t型号\t数量", "\t\t", "1.1 核查目的", "附件 1：不符合清单", "2023年2月30日",
                                 "受委托，对", "《", "》", "E=", "$$E = E_{", "统一社会信用代码：", "(((", "目录", "年度\t产量（吨）\t总产值", "2022\t-\t/", "：", "|", "<table>",
                                 "见表 3-9-", "0.5S", "号", "\u3000", "①", "🙂"]), max_size=30))
def test_scraps_of_reports_never_break_the_reading(parts):
    document = text_document("\n".join(parts).encode(), "scraps.txt")
    assert all(isinstance(list(part.claims(document)), list) for part in (admin, lists, people, prose, statements))


@pytest.mark.parametrize("scrap", ["监测计划", "不涉及", "1", "《", "化石燃料燃烧", "2023年5月6日", "（", "\\text{"])
def test_an_endless_paragraph_is_read(scrap):
    text = "\n\n".join(f"{head}\n\n{scrap * (30_000 // len(scrap))}" for head in ("3.2 核算边界的核查", "3.3 核算方法的核查", "4.1 符合性"))
    document = text_document(text.encode(), "long.txt")
    assert all(isinstance(list(part.claims(document)), list) for part in (admin, lists, people, prose, statements))
