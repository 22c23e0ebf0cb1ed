"""What a report's text denies by itself, from the text to the finding: one change each, and nothing without a change."""

from __future__ import annotations

import datetime
import importlib.util
from pathlib import Path

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

RULES = ("CMP033", "CON041", "CON051", "CON053", "CON055", "CON056", "CON058", "CON061", "CON062", "CON071", "CON076", "CON077", "CON078", "CON079",
         "PRC064", "PRC065", "PRO008")
spec = importlib.util.spec_from_file_location("text_rules_sample", Path(__file__).with_name("text_rules_sample.py"))
assert spec is not None and spec.loader is not None
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)

SIGNED = """\
核查组长	赵建国	签名		日期	2023 年 4 月 10 日
核查组成员	周丽华	签名		日期	2023 年 4 月 10 日
技术评审人	钱思远	签名		日期	2023 年 4 月 12 日
批准人	孙明	签名		日期	2023 年 4 月 18 日

1 概述
1.1"""
METHOD = """\
$$E_{CO_2-总} = E_{CO_2-燃烧} - R_{CO_2-回收}$$ (3.3-1)

3.3.1 化石燃料燃烧排放
"""
DIFFERENCES = """\
表 4-1 填报值与核查值的差异

项目	填报值	核查值	差异	差异比例
化石燃料燃烧	758.88	765.36	6.48	0.85%

4.3 排放量"""
REPORT: str = (
    sample.REPORT.replace("1 概述\n1.1", SIGNED, 1).replace("3.3.1 化石燃料燃烧排放\n", METHOD, 1)
    .replace("4.3 排放量", DIFFERENCES, 1))


def found(text: str) -> list[Finding]:
    report = from_document(text_document(text.encode(), "report.txt"))
    _, outcome = examine(report.dossier, report.problems, datetime.date(2026, 1, 1), select=RULES)
    return [f for f in outcome.findings if f.severity != "note"]


@pytest.fixture(scope="module")
def standing() -> set[tuple[str, str]]:
    return {(f.rule, f.datum) for f in found(REPORT)}


CHANGES = [
    ("2023 年 3 月 6 日进行", "2023 年 2 月 30 日进行", "CON076"),
    ("差异比例\n化石燃料燃烧	758.88	765.36	6.48", "差异比例\n化石燃料燃烧	758.88	765.36	-6.48", "CON078"),
    ("E_{CO_2-燃烧} - R_", "E_{CO_2-燃烧} + R_", "CON058"),
    ("D=A*B*C/100*44/12", "D=A*C/100*44/12", "CON058"),
    ("CC_i \\times OF_i \\times 44", "CC_i \\times 44", "CON055"),
    ("核查组成员	周丽华	签名		日期	2023 年 4 月 10 日\n", "", "CON071"),
    ("2	周丽华	组员	文件评审、现场核查\n", "", "CON071"),
    ("共 4 份，见附件 3", "共 4 份，消耗量见表 2-1", "CON051"),
    ("表 2-1 核查组成员", "表 2-1 主要用能设备", "CON053"),
    ("表 3-7 化石燃料燃烧排放量", "表 3-7 化石燃料燃烧排放计算表：柴油", "CON053"),
    ("综上所述，核查组确认受核查方2022", "AD=20.40+51.00\n\n综上所述，核查组确认受核查方2022", "PRO008"),
    ("不涉及异常波动。", "不涉及异常波动。分支机构：有分公司、分厂和其他经营场所。", "CON056"),
    ("不涉及异常波动。", "排放量由 1 万吨升至 2 万吨，下降 4.04%。", "CON056"),
    ("指南（试行）》的要求。\n\n4.2", "指南（试行）》的要求。核查组认为该排放报告未通过核查。\n\n4.2", "CON056"),
]


@pytest.mark.parametrize(("old", "new", "rule"), CHANGES)
def test_a_change_is_found(standing: set[tuple[str, str]], old: str, new: str, rule: str) -> None:
    assert REPORT.count(old) >= 1, old
    fresh = [f for f in found(REPORT.replace(old, new, 1)) if (f.rule, f.datum) not in standing]
    assert rule in {f.rule for f in fresh}, [(f.rule, f.datum) for f in fresh]
    assert any(place.line for f in fresh if f.rule == rule for place in f.places)


def test_the_report_without_a_change_raises_none_of_them(standing: set[tuple[str, str]]) -> None:
    assert standing == set()


@pytest.mark.parametrize(("old", "new"), [
    ("差异比例\n化石燃料燃烧	758.88	765.36	6.48	0.85%", "差异比例\n化石燃料燃烧	758.88	765.36	6.48	0.9%"),
    ("2023 年 3 月 6 日进行", "2024 年 2 月 29 日进行"),
    ("D=A*B*C/100*44/12", "D=A*B*C*44/12"),
    ("综上所述，核查组确认受核查方2022", "AD=20.40+15.00\n\n综上所述，核查组确认受核查方2022"),
    ("共 4 份，见附件 3", "共 4 份，核查组的分工见表 2-1"),
    ("不涉及异常波动。", "不涉及异常波动。分支机构：没有分公司、分厂和其他经营场所。"),
    ("不涉及异常波动。", "分支机构：有分公司2家，分别位于南京市和徐州市。"),
])
def test_what_is_right_raises_nothing(standing: set[tuple[str, str]], old: str, new: str) -> None:
    assert REPORT.count(old) >= 1, old
    assert [(f.rule, f.message) for f in found(REPORT.replace(old, new, 1)) if (f.rule, f.datum) not in standing] == []
