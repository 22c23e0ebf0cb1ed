"""What a report says in several places: names, numbers, versions and sentences, changed in one of them."""

from __future__ import annotations

import datetime
import importlib.util
from functools import lru_cache
from pathlib import Path

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

RULES = ("CON014", "CON016", "CON020", "CON038", "CON039", "CON041", "CON043", "CON044", "CON048", "CON049", "CON050", "CON051", "CON052", "CON053",
         "CON055", "CON057", "CON058", "CON059", "CON067", "PRC011")
spec = importlib.util.spec_from_file_location("text_rules_sample", Path(__file__).with_name("text_rules_sample.py"))
assert spec is not None and spec.loader is not None
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
ADDED = (
    ("1 概述\n", "核查结论\n\n2022 年度温室气体排放总量为 6696.48 吨二氧化碳当量。\n\n苏北示例轴承有限公司 2022 年度的核查过程中无未覆盖的问题。\n\n1 概述\n"),
    ("- 《机械设备制造企业温室气体排放核算方法与报告指南（试行）》\n",
     "- 《机械设备制造企业温室气体排放核算方法与报告指南（试行）》（发改办气候〔2015〕1722号）\n\n- 《用能单位能源计量器具配备和管理通则》（GB 17167-2006）\n"),
    ("3.1 基本情况的核查\n3.1.1", "受核查方提交最终排放报告（最终版本V1.1）。能源计量器具按 GB 17167-2006 配备。\n\n3.1 基本情况的核查\n3.1.1"),
    ("- 统一社会", "- 地址：江苏省盐城市示例镇工业路 8 号\n- 统一社会"),
    ("2022年产值较上年增长7.56%。", "工业总产值由 11900 万元升至 12800 万元，上升 7.56%，两者相差不大。"),
    ("数据来源	《燃气抄表记录》", "数据来源	2022年燃气抄表记录（D02）"),
    ("数据来源	国家公布的全国电网平均排放因子", "数据来源	国家公布的全国电网平均排放因子，见机械设备制造企业温室气体排放核算方法与报告指南（试行），发改办气候〔2015〕1722号"),
    ("3.4.3 法人边界排放量的核查\n", "3.4.3 法人边界排放量的核查\n\n核查组按核算指南对2022年度的排放量重新计算，结果如下。\n"),
    ("2022 年度的排放报告符合", "2022 年度的排放报告（最终版本V1.1）符合"),
    ("1	营业执照\n2	燃气抄表记录\n3	2022 年燃气发票\n4	电量抄表记录", "D01	营业执照\nD02	燃气抄表记录\nD03	2022 年燃气发票\nD04	电量抄表记录"),
    ("序号	文件名称", "编号	文件名称"),
)


@lru_cache(maxsize=1)
def base() -> str:
    text: str = sample.REPORT
    for old, new in ADDED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def found(text: str) -> list[Finding]:
    report = from_document(text_document(text.encode(), "report.txt"))
    _, outcome = examine(report.dossier, report.problems, datetime.date(2026, 1, 1), select=RULES)
    return list(outcome.findings)


def test_a_report_that_repeats_itself_rightly_raises_none_of_them():
    assert [(f.rule, f.message) for f in found(base())] == []


@pytest.mark.parametrize(("old", "new", "rule"), [
    ("核查结论\n\n2022 年度温室气体排放总量为 6696.48", "核查结论\n\n2022 年度温室气体排放总量为 6669.48", "CON048"),
    ("过程中无未覆盖的问题。\n\n1 概述", "过程中有未覆盖的问题。\n\n1 概述", "CON048"),
    ("核查组由 2 名核查员组成。", "核查组由 2 名核查员组成，", "CON049"),
    ("核查组由 2 名核查员组成。", "，由 2 名核查员组成。", "CON049"),
    ("燃气抄表记录（D02）", "燃气抄表记录（D12）", "CON051"),
    ("燃气抄表记录（D02）", "燃气抄表账单（D02）", "CON057"),
    ("2022年燃气抄表记录（D02）", "电量抄表记录（D02）", "CON051"),
    ("排放报告（最终版本V1.1）符合", "排放报告（最终版本V2.1）符合", "CON038"),
    ("（试行），发改办气候〔2015〕1722号", "（试行），发改办气候〔2014〕1759号", "CON059"),
    ("器具按 GB 17167-2006", "器具按 GB 17167-2016", "CON059"),
    ("受核查方为独立法人，位于江苏省盐城市示例镇工业路 8 号", "受核查方为独立法人，位于江苏省盐城市示例镇工业路 18 号", "CON016"),
    ("地址：江苏省盐城市", "地址：辽宁省盐城市", "CON043"),
    ("东海示例认证有限公司受", "西山样本认证有限公司受", "CON014"),
    ("12800 万元，上升 7.56%", "12800 万元，上升 17.56%", "CON039"),
    ("12800 万元，上升 7.56%", "12800 万元，下降 7.56%", "CON039"),
    ("对2022年度的排放量重新计算", "对2021年度的排放量重新计算", "CON041"),
    ("表 3-5 对净购入电力", "表 3-4 对净购入电力", "CON052"),
    ("文件评审、现场核查、编写报告", "检查组的文件评审", "CON050"),
])
def test_one_place_that_differs_is_found_where_it_is(old, new, rule):
    text = base()
    assert text.count(old) == 1, old
    findings = [f for f in found(text.replace(old, new)) if f.rule == rule]
    first = text[:text.index(old)].count("\n") + 1
    lines = {place.line for finding in findings for place in finding.places if place.line is not None}
    assert lines & set(range(first, first + old.count("\n") + 3)), (first, lines, [f.message for f in findings])


@pytest.mark.parametrize(("old", "new"), [
    ("12800 万元，上升 7.56%", "12800 万元，上升 7.6%"),
    ("1 概述\n", "苏北示例轴承有限公司的核查过程中没有其他需要说明的问题。\n\n1 概述\n"),
    ("燃气抄表记录（D02）", "燃气抄表记录（D02；D03 2022年燃气发票）"),
    ("（最终版本V1.1）。", "（初始版本V1.0，最终版本V1.1）。"),
    ("受核查方为首次核查", "（1）边界完整；\n\n（2）数据可靠。\n\n受核查方为首次核查"),
])
def test_other_ways_to_say_it_raise_nothing(old, new):
    text = base()
    assert [(f.rule, f.message) for f in found(text.replace(old, new, 1))] == []
