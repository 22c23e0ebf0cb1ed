"""Rules that only text allows, from a report's text to the finding: one change each, and nothing without a change."""

from __future__ import annotations

import datetime
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

TEXT_RULES = ("CON034", "CON035", "CON036", "CON037", "CON040", "CON041", "CON043", "CON046", "CON047", "CON051", "CON053", "CON054", "CON055",
              "CON056", "CON057", "CON058")
spec = importlib.util.spec_from_file_location("text_rules_sample", Path(__file__).with_name("text_rules_sample.py"))
assert spec is not None and spec.loader is not None
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
REPORT: str = sample.REPORT


def found(text: str) -> list[Finding]:
    report = from_document(text_document(text.encode(), "report.txt"))
    _, outcome = examine(report.dossier, report.problems, datetime.date(2026, 1, 1), select=TEXT_RULES)
    return list(outcome.findings)


@pytest.fixture(scope="module")
def changed() -> Callable[[str, str], list[Finding]]:
    def change(old: str, new: str) -> list[Finding]:
        assert REPORT.count(old) >= 1, old
        return found(REPORT.replace(old, new, 1))
    return change


def test_a_report_that_agrees_with_itself_raises_none_of_them():
    assert found(REPORT) == []


@pytest.mark.parametrize(("old", "new", "rule"), [
    ("消耗量为35.40万Nm3", "消耗量为34.50万Nm3", "CON034"),
    ("净购入电力为10400.00MWh", "净购入电力为10800.00MWh", "CON034"),
    ("占排放总量的88.57%", "占排放总量的85.87%", "CON035"),
    ("较上年增长7.56%", "较上年增长17.56%", "CON035"),
    ("较上年增长7.56%", "较上年下降7.56%", "CON035"),
    ("核查组由 2 名", "核查组由 4 名", "CON036"),
    ("支持性文件共 4 份", "支持性文件共 14 份", "CON036"),
    ("有 2 台热处理炉", "有 5 台热处理炉", "CON036"),
    ("受核查方涉及天然气和电力", "受核查方不涉及天然气", "CON037"),
    ("受核查方涉及天然气和电力", "受核查方仅涉及电力", "CON037"),
    ("受核查方涉及天然气和电力，不涉及外购热力", "受核查方涉及天然气和电力，涉及外购热力", "CON037"),
    ("苏北示例轴承有限公司 2022 年度的核查过程", "皖南样本水泥有限公司 2022 年度的核查过程", "CON040"),
    ("苏北示例轴承有限公司 2022 年度的核查过程", "苏北示例轴承有限公司 2021 年度的核查过程", "CON041"),
    ("表 3-9 2022年度温室气体", "表 3-9 2020年度温室气体", "CON041"),
    ("确认其符合", "确认XX公司符合", "CON046"),
    ("用电设备	厂区", "用电设备	待补充", "CON046"),
    ("见附件 3。", "见错误!未找到引用源。。", "CON046"),
    ("排放报告符合《机械设备制造企业", "排放报告符合《中国水泥生产企业", "CON047"),
    ("排放报告符合《机械设备制造企业", "排放报告符合《机械设备制造", "CON047"),
    ("见附件 3", "见附件 8", "CON051"),
    ("对天然气消耗量的核查", "对天然气低位发热量的核查", "CON053"),
    ("	年份	《燃气抄表记录》", "	年份	《柴油领料单据》", "CON053"),
    ("净购入电力为10400.00MWh", "净购入电力为10400.00t", "CON054"),
    ("OF_i 为化石燃料的碳氧化率", "CF_i 为化石燃料的碳氧化率", "CON055"),
    ("无任何偏离", "存在任何偏离", "CON056"),
    ("企业未能提供其他交叉核对数据", "企业能提供其他交叉核对数据", "CON056"),
    ("不涉及异常波动", "涉及异常波动", "CON056"),
    ("中无未覆盖的问题", "中未覆盖的问题", "CON056"),
    ("数据缺失处理	无缺失", "数据缺失处理	缺失", "CON056"),
    ("2	燃气抄表记录", "2	燃气抄表记录表", "CON057"),
    ("\\times OF_i \\times 44/12", "\\times OF_i \\times 4412", "CON058"),
    ("AD_i \\times CC_i", "AD_i CC_i", "CON058"),
    ("C=A*B\n2022", "C=AB\n2022", "CON058"),
])
def test_a_change_in_the_text_is_found_where_it_is(changed, old, new, rule):
    findings = [f for f in changed(old, new) if f.rule == rule]
    line = REPORT[:REPORT.index(old)].count("\n") + 1
    assert findings, (old, new)
    lines = {place.line for finding in findings for place in finding.places}
    assert lines & set(range(line, line + old.count("\n") + 3)), (line, lines)


@pytest.mark.parametrize(("old", "new"), [
    ("消耗量为35.40万Nm3", "消耗量为35.4万立方米"), ("消耗量为35.40万Nm3", "消耗量约为35万Nm3"),
    ("净购入电力为10400.00MWh", "净购入电力为1040万kWh"),
    ("净购入电力为10400.00MWh", "净购入电力为10400.00MWh，2021年为9988.50MWh，其中空压站1200.00MWh"),
    ("占排放总量的88.57%", "占排放总量的88.6%"),
    ("受核查方主要生产滚动轴承。", "受核查方主要生产滚动轴承，下游客户有苏南样本机械有限公司、苏中样本重工股份有限公司等。"),
    ("不涉及外购热力。", "不涉及外购热力。无天然气计量的办公区不使用热力。"),
    ("见附件 3。", "见附件3。填报要求见《补充数据表》（请按实际情况填写）。"),
    ("受核查方为首次核查", "受核查方为首次核查，与2021年度排放量相比没有资料"),
])
def test_wording_that_is_right_raises_nothing(changed, old, new):
    assert [(f.rule, f.message) for f in changed(old, new)] == []
