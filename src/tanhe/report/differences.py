"""Initial against verified figures (初始与核查差异): amount, share, and cause by parameter.

Parameters are replaced one after another in the order of the formula, so their effects add up to the whole
difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tanhe.inventory.model import Evaluation, Grade, Inventory, Line, Sum
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import unit_text
from tanhe.report.words import Words


@dataclass(frozen=True)
class Effect:
    """What changing one parameter does to a line (tCO2)."""

    parameter: str
    before: str
    after: str
    amount: Decimal


@dataclass(frozen=True)
class Difference:
    """A line whose verified figure is not the reported one. ``amount`` is verified minus reported."""

    line: Line
    reported: Decimal | None
    verified: Decimal | None
    effects: tuple[Effect, ...]
    cause: str

    @property
    def amount(self) -> Decimal | None:
        """Verified minus reported, at the digits of both."""
        if self.reported is None or self.verified is None:
            return None
        return self.verified - self.reported


def share(amount: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The amount against the reported figure, at four decimals; None when there is no base."""
    return None if amount is None or not base else half_up(amount / abs(base), 4)


def of_sum(total: Sum) -> Decimal | None:
    """Verified minus reported of a subtotal or total."""
    return None if total.reported is None else total.verified_value - total.reported


def differences(inv: Inventory, words: Words) -> tuple[Difference, ...]:
    """Every line, in the inventory, whose reported and verified figures differ."""
    found = (_difference(line, words) for line in inv.lines)
    return tuple(d for d in found if d is not None)


def _difference(line: Line, words: Words) -> Difference | None:
    reported = line.reported if line.reported is not None else line.value
    if line.corrected:
        before, after = line.reported_evaluation, line.verified_evaluation
        if before is None or after is None or before.exact is None or after.exact is None:
            return Difference(line, reported, line.verified_value, (), _without_value(line, words))
        effects = _effects(before, after, line.verified_value) if before.formula == after.formula else ()
        return Difference(line, reported, line.verified_value, effects, _cause(before, after, effects, words))
    if reported is None or line.verified_value is None or reported == line.verified_value:
        return None
    if line.replay.grade is Grade.NOT_REPORTED:
        return None
    cause = words("results.cause_replay", grade=line.replay.grade.zh, reason=line.replay.reason or "/")
    return Difference(line, reported, line.verified_value, (), cause)


def _without_value(line: Line, words: Words) -> str:
    return words("results.cause_missing", missing="；".join(line.missing) or line.conflict or "/")


def _arguments(evaluation: Evaluation) -> dict[str, Decimal | list[Decimal]]:
    return {i.symbol: list(i.values) if i.spec.many else i.value for i in evaluation.inputs}


def _effects(before: Evaluation, after: Evaluation, shown: Decimal | None) -> tuple[Effect, ...]:
    given, wanted = _arguments(before), _arguments(after)
    digits = max(digits_of(shown), 2) if shown is not None else 2
    texts = {i.symbol: i.spec.zh for i in after.inputs}
    effects: list[Effect] = []
    reached = before.exact or Decimal(0)
    for symbol in before.formula.symbols:
        if given[symbol] == wanted[symbol]:
            continue
        given = {**given, symbol: wanted[symbol]}
        now = before.formula.evaluate(given)
        effects.append(
            Effect(
                f"{texts[symbol]}（{symbol}）",
                _stated(before, symbol),
                _stated(after, symbol),
                half_up(now - reached, digits),
            )
        )
        reached = now
    return tuple(effects)


def _stated(evaluation: Evaluation, symbol: str) -> str:
    one = next(i for i in evaluation.inputs if i.symbol == symbol)
    if len(one.values) > 1:
        return "、".join(plain(v) for v in one.values)
    value, unit = one.stated
    shown = unit_text(unit)
    if shown in ("/", "%"):
        return f"{plain(value)}{shown.strip('/')}"
    return f"{plain(value)} {shown}"


def _cause(before: Evaluation, after: Evaluation, effects: tuple[Effect, ...], words: Words) -> str:
    if before.formula == after.formula:
        parts = [
            words("results.cause_parameter", parameter=e.parameter, before=e.before, after=e.after)
            for e in effects
        ]
    else:
        parts = [
            words(
                "results.cause_method",
                before=before.formula.zh,
                after=after.formula.zh,
                used_before=_all(before),
                used_after=_all(after),
            )
        ]
    if before.conflict:
        parts.append(words("results.cause_conflict", conflict=before.conflict))
    return "；".join(parts)


def _all(evaluation: Evaluation) -> str:
    shown: Mapping[str, str] = {i.symbol: _stated(evaluation, i.symbol) for i in evaluation.inputs}
    return "，".join(f"{symbol}={value}" for symbol, value in shown.items())
