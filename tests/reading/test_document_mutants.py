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
)


@pytest.mark.parametrize("name", DEFECTS)
def test_a_printed_defect_is_noticed_where_it_is_printed(bench: ModuleType, name: str) -> None:
    operator = bench.operators()[name]
    (mutant,) = operator.mutants(bench.paper(REPORT), 1)
    verdict = bench.judge(operator, REPORT, mutant)
    assert verdict.rules, mutant.what
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
