"""Defects printed into a finished report are noticed, at the place where they are printed (报告中的缺陷在原处查出)."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
REPORT = "clean-foundry-2024"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from mutation.documents import judge

    return judge


DEFECTS = (
    "calculated-result",  # 计算表的结果
    "activity-both",  # 活动数据，两栏
    "month",  # 月度数据
    "credit-code",  # 统一社会信用代码
    "firm",  # 企业名称
    "month-unit",  # 月度表表头的单位
    "result-row-gone",  # 汇总表少一行
    "result-empty",  # 计算表的结果空缺
    "parameter-twice",  # 参数表重复
    "parameter-row-gone",  # 参数表少一行
)


@pytest.mark.parametrize("name", DEFECTS)
def test_a_printed_defect_is_noticed_where_it_is_printed(bench: ModuleType, name: str) -> None:
    operator = bench.operators()[name]
    (mutant,) = operator.mutants(bench.paper(REPORT), 1)
    verdict = bench.judge(operator, REPORT, mutant)
    assert verdict.rules, mutant.what
    assert verdict.at_place, (mutant.what, verdict.rules)
    assert verdict.crashed == ()


HELD_OUT = (
    "impossible-date",  # 不存在的日期
    "period",  # 报告期跨年度
    "captions-exchanged",  # 两张表的表题互换
    "dead-annex",  # 附件不存在
    "source-denied",  # 算了却称不涉及
    "money-unit",  # 万元写成元
    "member-unsigned",  # 签名页缺一人
)


@pytest.mark.parametrize("name", HELD_OUT)
def test_a_defect_of_the_held_out_set_is_noticed_where_it_is_printed(bench: ModuleType, name: str) -> None:
    operator = bench.operators(held_out=True)[name]
    (mutant,) = operator.mutants(bench.paper(REPORT), 1)
    verdict = bench.judge(operator, REPORT, mutant)
    assert verdict.at_place, (mutant.what, verdict.rules)
    assert verdict.crashed == ()


def test_a_total_told_in_the_conclusion_contradicts_the_table_where_it_is_told(bench: ModuleType) -> None:
    from mutation.documents.operators import put

    paper = bench.paper(REPORT)
    told = next(at for at in paper.paragraphs() if paper.text(at).startswith("企业温室气体排放总量为 8575.45"))
    (mutant,) = put(paper, {told: paper.text(told).replace("8575.45", "8757.45")})
    verdict = bench.judge(bench.operators()["total-told"], REPORT, mutant)
    assert verdict.rules
    assert verdict.placed


def test_the_same_words_are_no_defect(bench: ModuleType) -> None:
    from mutation.documents.operators import put
    from mutation.documents.paper import At

    paper = bench.paper(REPORT)
    assert list(put(paper, {At(0): paper.text(At(0))})) == []


def test_what_is_unmutated_gives_nothing_new(bench: ModuleType) -> None:
    from mutation.documents.operators import Mutant

    same = Mutant("nothing", lambda: bench.paper(REPORT).document, ())
    verdict = bench.judge(bench.operators()["month"], REPORT, same)
    assert (verdict.detected, verdict.alarms, verdict.changed) == (False, (), False)


@pytest.mark.parametrize(("name", "rules"), [
    ("hongshi-calcium-aluminate-2024", {"CON022", "CON023", "CLO017"}),  # 汇总表一年一行
    (REPORT, {"CON022", "CON023", "CON029"}),  # 上年排放量就在同一句中
    ("tianma-feed-2019", {"CLO017", "CON075"}),  # 总量公式的减号和括号
    ("haiyao-equipment-2022", {"CLO015"}),  # 数值后的“（不完整）”
    ("shenke-transformers-2023", {"CLO003", "CLO004", "CON020"}),  # 填报值与核查值各有一栏，差异表只列不同的行
])
def test_an_unchanged_report_raises_no_false_alarm(bench: ModuleType, name: str, rules: set[str]) -> None:
    raised = {f.rule for f in bench.unmutated(name).findings if f.severity in ("material", "minor")}
    assert raised & rules == set()


def test_a_term_lost_from_the_total_formula_is_named(bench: ModuleType) -> None:
    from mutation.documents.difference import read
    from mutation.documents.edits import rewritten

    paper = bench.paper("tianma-feed-2019")
    formula = next(at for at in paper.paragraphs() if paper.text(at).startswith("E_GHG="))
    whole = paper.text(formula)
    findings = read(rewritten(paper, {formula: whole.replace("−R_CO2-回收", "")})).findings
    assert "−R_CO2-回收" in whole
    assert any(f.rule == "CLO017" and "CO2回收" in f.message for f in findings)
