"""A small mutation benchmark: what the rules once noticed on the clean example, they still notice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("mutation_caught.txt")
"""Written by ``python bench/mutation/run.py --record tests/checks/mutation_caught.txt``."""


@pytest.mark.slow
def test_no_operator_escapes_that_was_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from mutation.base import CLEAN
    from mutation.judge import caught

    recorded = RECORD.read_text("utf-8").split()
    assert len(recorded) > 60
    assert sorted(set(recorded) - set(caught(CLEAN))) == []


@pytest.mark.slow
def test_a_wrong_digit_is_noticed_and_the_same_value_is_no_mutant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from mutation.base import CLEAN, put
    from mutation.judge import judge, operators

    line = operators()["line-digit"]
    assert judge(line, CLEAN, put("wrong", ("lines.0.reported", "1421.93"))).detected
    assert judge(line, CLEAN, put("same", ("lines.0.reported", "1421.030"))).equivalent


@pytest.mark.slow
def test_a_note_counts_only_where_the_defect_is_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from mutation.base import CLEAN, put
    from mutation.judge import judge, operators

    assert [name for name, operator in operators().items() if operator.note] == ["date-on-weekend"]
    saturday = put("saturday", ("dates.issued", "2025-03-29"))
    assert judge(operators()["date-on-weekend"], CLEAN, saturday).detected
    assert not judge(operators()["date-too-late"], CLEAN, saturday).detected
