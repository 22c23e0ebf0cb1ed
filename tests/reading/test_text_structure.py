"""Parts twice or left out, repeated result tables, blank results and header formulas: from a report's text to the finding."""

from __future__ import annotations

import datetime
import importlib.util
from pathlib import Path

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

RULES = ("CON073", "CON074", "CON075", "CLO027", "CLO028", "CLO029", "CLO030")
spec = importlib.util.spec_from_file_location("text_rules_sample", Path(__file__).with_name("text_rules_sample.py"))
assert spec is not None and spec.loader is not None
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
VISIT = """\
2.3 现场核查

核查组于 2023 年 3 月 8 日到现场核查。

2.4 核查报告编写及内部技术评审

核查报告于 2023 年 4 月 10 日完成。

"""
DECLARED = """\
2022 年度温室气体排放总量为 6696.48 吨二氧化碳当量，见下表。

表 4-1 2022年度温室气体排放量（tCO2e）

源类别	排放量
化石燃料燃烧 CO2 排放量	765.36
净购入电力隐含的 CO2 排放	5931.12
企业温室气体排放总量（tCO2e）	6696.48
"""
REPORT: str = sample.REPORT.replace("3 核查发现\n", f"{VISIT}3 核查发现\n", 1).replace(
    "2022 年度温室气体排放总量为 6696.48 吨二氧化碳当量。\n", DECLARED, 1)
PURPOSE = REPORT[REPORT.index("1.1 核查目的"):REPORT.index("1.2 核查范围")]
FACTOR = REPORT[REPORT.index("表 3-6 对电力排放因子的核查"):REPORT.index("3.4.3 法人边界")]


def found(text: str, *rules: str) -> list[Finding]:
    report = from_document(text_document(text.encode(), "report.txt"))
    _, outcome = examine(report.dossier, report.problems, datetime.date(2026, 1, 1), select=rules or RULES)
    return list(outcome.findings)


def test_a_report_with_all_its_parts_raises_none_of_them():
    assert found(REPORT) == []


@pytest.mark.parametrize(("old", "new", "rule", "word"), [
    (PURPOSE, PURPOSE * 2, "CON073", "1.1"),
    (FACTOR, FACTOR * 2, "CON073", "表 3-6"),
    ("1.2 核查范围\n", "", "CON073", "1.2"),
    ("附件 2：对今后核算活动的建议\n\n1）建议按月核对电量。\n", "", "CON073", "附件2"),
    ("4.4 核查过程中未覆盖的问题或者需要特别说明的问题描述\n\n苏北示例轴承有限公司 2022 年度的核查过程中无未覆盖的问题。\n", "", "CON074", "未覆盖"),
    (DECLARED, DECLARED.splitlines()[0].replace("，见下表", "") + "\n", "CON074", "声明中的排放量汇总表"),
    ("受核查方有 2 台热处理炉。\n", "受核查方有 2 台热处理炉，能耗见下表。\n", "CON074", "所称的下表"),
    ("净购入电力隐含的 CO2 排放	5931.12\n企业温室气体排放总量（tCO2e）	6696.48\n\n净购入", "企业温室气体排放总量（tCO2e）	6696.48\n\n净购入",
     "CON075", "净购入电力隐含的CO2排放"),
    ("（tCO2e）	6696.48\n\n净购入", "（tCO2e）	6969.48\n\n净购入", "CON075", "6969.48"),
    ("10400.00	0.5703	5931.12", "10400.00	0.5703	/", "CLO027", "净购入电力排放量"),
    ("C=A*B\n2022	10400.00	0.5703	5931.12", "C=A*B", "CLO027", "净购入电力排放量"),
    ("C=A*B", "C=A+B", "CLO028", "C=A*B"),
    ("99	765.36", "99	-765.36", "CLO029", "-765.36"),
    ("0.5703	5931.12", "0.5703	-5931.12", "CLO029", "-5931.12"),
    ("0.5703	5931.12", "0.5703	5931.12\n合计			-5931.12", "CLO029", "合计"),
])
def test_one_change_raises_the_rule_that_names_it(old, new, rule, word):
    assert REPORT.count(old) >= 1
    findings = found(REPORT.replace(old, new, 1), rule)
    assert [f.rule for f in findings][:1] == [rule]
    assert word in "".join(f.message for f in findings)
    assert all(f.places and f.places[0].line for f in findings)


def test_a_section_number_that_begins_a_line_of_text_is_not_missed():
    assert found(REPORT.replace("1.2 核查范围\n", "1.2 本次核查的对象是位于江苏省盐城市示例镇工业路 8 号的苏北示例轴承有限公司，范围如下所述。\n"), "CON073") == []


@pytest.mark.parametrize(("printed", "told"), [("6696.48", []), ("6696.5", []), ("6696", []), ("6690", ["6696.48", "6690"])])
def test_repeated_totals_may_be_rounded(printed, told):
    at = REPORT.rindex("6696.48")
    findings = found(REPORT[:at] + printed + REPORT[at + 7:], "CON075")
    assert sorted(f.message.split("印作 ")[1].split("，")[0] for f in findings) == sorted(told)


def test_a_total_below_rows_without_data_needs_no_figure():
    text = REPORT.replace("2022	10400.00	0.5703	5931.12", "2022	10400.00	0.5703	无数据\n合计			")
    assert found(text, "CLO027") == []
