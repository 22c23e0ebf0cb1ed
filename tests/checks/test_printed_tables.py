"""Calculation tables as printed: signs and verified values at the borders of the rules."""

from datetime import date

import pytest

from tanhe.checks.consistency.formulas import _fault
from tanhe.checks.engine import Context, run
from tanhe.checks.findings import Finding
from tanhe.checks.policy import policy
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute

CLEAN = "clean-foundry-2024"


def found(code: str, *changes: Change) -> list[Finding]:
    dossier, problems = variant(find(CLEAN), changes)
    return list(run([rules()[code]], Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))).findings)


@pytest.mark.parametrize(("line", "value", "negative"), [("1", "-78.46", True), ("1", "0", False), ("3", "-6118.16", False)])
def test_an_emission_is_not_negative_but_a_net_purchase_may_be(line, value, negative):
    assert bool(found("CLO029", Change(path=f"lines.{line}.reported", value=value))) is negative


@pytest.mark.parametrize(("datum", "missing"), [("gas-ncv", True), ("diesel-opening", False), ("castings", False)])
def test_only_data_of_the_calculation_need_a_verified_value(datum, missing):
    assert bool(found("CLO030", Change(path=f"data.{datum}.verified", value=None))) is missing


@pytest.mark.parametrize(("ratio", "wrong"), [("44/12", False), ("44/120", True), ("12/44", True), ("44/12/1000", False), ("44÷12", False)])
def test_the_ratio_of_a_formula(ratio, wrong):
    assert (_fault(f"E=A*B*C*D/100*{ratio}", True) is not None) is wrong
