"""Who and what the report is about, read from an invented report in several layouts."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.mark.parametrize(("path", "value"), [
    ("year", "2022"), ("guideline", "ndrc2015-machinery"), ("entity.name", "苏北示例轴承有限公司"),
    ("entity.uscc", "91320900MA1EXAMP0X"), ("entity.industry_code", "3451"), ("entity.industry_name", "滚动轴承制造"),
    ("entity.industry_edition", "GB/T 4754-2017"), ("entity.address", "江苏省盐城市示例镇工业路 8 号"),
    ("entity.province", "江苏"), ("entity.legal_person", "是"), ("entity.ownership", "有限责任公司"),
    ("entity.founded", "2010 年 5 月"), ("entity.ghg_department", "设备部"), ("client.is_entity", "否"),
    ("client.name", "示例省生态环境厅"), ("client.address", "示例市中山路 1 号"), ("report.number", "HC-2023-008"),
    ("report.initial_version", "V1.0"), ("report.final_version", "V2.0"),
])
def test_fact_of_the_cover_and_the_basic_information(report, path, value):
    assert report.fact(path) == value


def test_body_with_a_cut_name_on_the_cover_is_named_whole(report):
    assert report.fact("body.name") == "东海示例认证有限公司"
    assert ("东海示例认证有限公", "") in report.said("body.name")


@pytest.mark.parametrize("printed", [
    "《机械设备制造企业温室气体核算方法与报告指南（试行）》", "《机械设备制造企业温室气体排放核算方法与报告指南(试行)》",
    "《机械设备制造 企业温室气体排放核算方法与报告指南》",
])
def test_guideline_is_known_however_its_title_is_written(facts_of, printed):
    found = facts_of(f"某甲制造有限公司\n2022 年度\n\n1.3 核查准则\n\n- {printed}\n")
    assert found.fact("guideline") == "ndrc2015-machinery"


def test_guideline_that_is_not_known_gives_no_guess(facts_of):
    found = facts_of("某甲有限公司\n2022 年度\n\n1.3 核查准则\n\n- 《月球基地温室气体排放核算方法与报告指南（试行）》\n")
    assert found.fact("guideline") is None


def test_every_credit_code_is_kept_and_the_commoner_one_comes_first(facts_of):
    found = facts_of("某甲有限公司\n\n统一社会信用代码\t91320900MA1EXAMP0X\n\n3.1 基本信息\n\n统一社会信用代码：91320900MA1EXAMP01\n\n"
                     "统一社会信用代码：91320900MA1EXAMP01\n")
    assert found.fact("entity.uscc") == "91320900MA1EXAMP01"
    assert found.fact("entity.uscc_other.0") == "91320900MA1EXAMP0X"
    assert len(found.said("entity.uscc")) == 3


def test_client_in_a_sentence_is_the_entity_itself(facts_of):
    found = facts_of("某甲阀门有限公司\n2023 年度\n温室气体排放核查报告\n\n1.1 核查目的\n\n"
                     "丙丁认证有限公司受某甲阀门有限公司委托，对某甲阀门有限公司（以下简称“受核查方”）2023年度排放报告进行核查。\n")
    assert (found.fact("client.name"), found.fact("client.is_entity")) == ("某甲阀门有限公司", "是")


def _told_twice(text: str, row: Callable[[list[str]], str], before: str = "", after: str = "") -> str:
    """The report with its tabbed tables printed another way."""
    return re.sub(r"(?:^.*\t.*\n)+", lambda m: before + "".join(row(x.split("\t")) for x in m[0].splitlines()) + after, text, flags=re.M)


@pytest.mark.parametrize(("row", "before", "after"), [
    (lambda cells: "| " + " | ".join(cells) + " |\n", "", ""),
    (lambda cells: "<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>", "<table>", "</table>\n"),
], ids=["pipes", "html"])
def test_layout_of_tables_does_not_matter(report, sample: ModuleType, facts_of, row, before, after):
    found = facts_of(_told_twice(sample.REPORT, row, before, after))
    for into in ("team", "interviews", "equipment", "meters", "sources", "economics", "products", "documents", "findings"):
        assert found.rows(into) == report.rows(into), into
    assert found.fact("dates.approved") == report.fact("dates.approved")
