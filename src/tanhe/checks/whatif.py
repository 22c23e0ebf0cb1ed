"""What a corrected value would change (改正后的影响): effects in tCO2e for the rules, recomputed and never typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

from tanhe.checks.engine import effect
from tanhe.checks.findings import Effect, Severity
from tanhe.dossier.model import Dossier
from tanhe.inventory.model import Evaluation, Inventory, Line
from tanhe.messages import text
from tanhe.quantity.quantity import CONTEXT, scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit


def all_lines(inventory: Inventory) -> Iterator[tuple[Line, bool]]:
    """Every line, and whether it belongs to a supplementary table."""
    for line in inventory.lines:
        yield line, False
    for table in inventory.supplementary:
        for line in table.lines:
            yield line, True


def evaluations(line: Line) -> tuple[Evaluation, ...]:
    """The evaluations of a line: reported, and verified where it differs."""
    found = [e for e in (line.reported_evaluation, line.verified_evaluation) if e is not None]
    return tuple(found[:1] if len(found) == 2 and found[0].inputs == found[1].inputs else found)


def users(inventory: Inventory, datum: str) -> tuple[list[Line], list[Line]]:
    """The lines of the inventory, and those of supplementary tables, that take this datum directly."""
    own: list[Line] = []
    other: list[Line] = []
    for line, supplementary in all_lines(inventory):
        if any(i.datum == datum for e in evaluations(line) for i in e.inputs):
            (other if supplementary else own).append(line)
    return own, other


def replaced(evaluation: Evaluation, datum: str, value: Decimal, its_unit: Unit) -> Decimal | None:
    """The result with the datum at another value; None where it cannot be computed."""
    values: dict[str, Decimal | tuple[Decimal, ...]] = {}
    for item in evaluation.inputs:
        values[item.symbol] = item.values if item.spec.many else item.value
        if item.datum == datum:
            if not its_unit.fits(item.unit):
                return None
            values[item.symbol] = scale(value, its_unit.factor_to(item.unit))
    try:
        with localcontext(CONTEXT):
            return evaluation.formula.evaluate(values)
    except (ArithmeticError, TypeError):
        return None


def change(inventory: Inventory, datum: str, value: Decimal, its_unit: Unit) -> Effect | None:
    """How the emissions move when the datum has this value: of the inventory, else of the supplementary table."""
    own, other = users(inventory, datum)
    moved = Decimal(0)
    known = False
    for line in own or other:
        evaluation = line.reported_evaluation
        if evaluation is None or evaluation.exact is None or line.memo:
            continue
        now = replaced(evaluation, datum, value, its_unit)
        if now is not None:
            moved += line.sign * (now - evaluation.exact)
            known = True
    return effect(half_up(moved, 2)) if known else None


def after(inventory: Inventory, moved: Effect | None) -> str:
    """The entity's total before and after a correction, for a message; empty where it is not known."""
    if moved is None:
        return ""
    now, then = half_up(inventory.including.exact, 2), half_up(inventory.including.exact + moved.low, 2)
    return text(f"；改正后企业总量由 {now} 变为 {then} tCO2e", f"; corrected, the entity's total goes from {now} to {then} tCO2e")


def weight(gap: Decimal, inventory: Inventory) -> Severity:
    """Material from one tonne or 0.1 % of the total on, else minor."""
    return "material" if abs(gap) >= max(Decimal(1), abs(inventory.including.exact) / 1000) else "minor"


def signed_on(dossier: Dossier) -> date | None:
    """The day the report was signed or issued (报告签发日): the last the dossier states."""
    d = dossier.dates
    return d.issued or d.approved or d.final_report or d.report_completed
