"""No rule raises on any mutant: what a broken dossier makes of a rule is a finding or silence, not an exception."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from tanhe import examples
from tanhe.checks import engine, registry
from tanhe.checks.engine import Context, Family, Result, Rule, check
from tanhe.checks.examine import computed, examine
from tanhe.checks.policy import policy
from tanhe.dossier.variant import Change, variant
from tanhe.messages import speaking

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 30)
FIGURES = ("line-digit", "line-power", "sum-without-a-line", "datum-power", "factor-unit", "month-missing")
"""Operators that move figures furthest: to a thousand times, to nothing, to another unit."""


def examined(name: str, *changes: Change) -> tuple[str, ...]:
    """The rules that raised on an example with these changes."""
    return examine(*variant(examples.find(name), changes), TODAY)[1].crashed


def test_an_exception_of_a_rule_is_told_apart_from_a_missing_part() -> None:
    @check("XXX001", Family.CLOSURE, "minor")
    def divides(c: Context):
        """除以零 | divides by zero"""
        yield Result("fail", str(1 // len(())), "x")

    @check("XXX002", Family.CLOSURE, "minor", needs=("supplementary",))
    def needs_more(c: Context):
        """需要补充数据表 | needs a supplementary table"""
        yield from ()

    assert isinstance(divides, Rule)
    inventory, problems = computed(*variant(examples.find("clean-foundry-2024"), ()), TODAY)
    for language, said in (("zh", "规则出错：ZeroDivisionError"), ("en", "the rule failed: ZeroDivisionError")):
        with speaking(language):
            found = engine.run([divides, needs_more], Context(inventory, problems, policy({}), TODAY))
        assert found.crashed == ("XXX001",) and [code for code, _ in found.not_run] == ["XXX001", "XXX002"]
        assert found.not_run[0][1].startswith(said)


def test_a_line_that_comes_to_nothing_stops_no_rule() -> None:
    """A recomputation of zero beside rounded intermediates: CLO020 once divided by it."""
    dossier, _ = variant(examples.find("mingquan-methanol-2018"), ())
    for name, datum in dossier.data.items():
        if datum.kind == "factor" or datum.derive is not None:
            continue
        for factor in ("1000", "0"):
            value = str((datum.verified or datum.reported or 1) * int(factor))
            assert examined("mingquan-methanol-2018", Change(f"data.{name}.reported", value), Change(f"data.{name}.verified", value)) == ()


@pytest.mark.parametrize("name", examples.names())
def test_no_rule_raises_on_an_empty_part(name: str) -> None:
    parts = ("lines", "data", "sources", "statements", "subtotals", "totals", "economics", "products", "tables", "dates", "documents")
    for part in parts:
        try:
            assert examined(name, Change(part, None)) == (), part
        except Exception as refused:
            assert type(refused).__name__ == "UnreadableDossier", (part, refused)


@pytest.mark.slow
@pytest.mark.parametrize("operator", FIGURES)
def test_no_rule_raises_on_any_mutant(operator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mutant of these operators, not a sample of them."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from mutation.judge import judged

    found = [v for name in examples.names() for v in judged((operator, name, 10_000))]
    assert len(found) > 15 and {why for v in found for why in v.crashed} == set()


def test_every_rule_is_accounted_for_when_one_raises() -> None:
    inventory, problems = computed(*variant(examples.find("clean-foundry-2024"), ()), TODAY)
    found = registry.run(inventory, problems, TODAY)
    assert found.crashed == () and found.run + found.not_applicable + len(found.not_run) == len(registry.rules())
