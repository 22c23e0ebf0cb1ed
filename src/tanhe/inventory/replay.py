"""Replaying reported figures (复算): exact, within rounding, hidden precision, or not reproduced.

The order of the search: the plain result; then a library value in place of a printed rounding or an intermediate
rounded to n digits, when it gives the very figure; then the interval the printed digits of the activity data leave
open; then both together; last the interval all printed inputs leave open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from tanhe.formulas import combustion
from tanhe.inventory.model import Evaluation, Grade, Input, Replay
from tanhe.messages import text
from tanhe.quantity.quantity import exact_text, plain, scale
from tanhe.quantity.rounding import half_up, truncate
from tanhe.quantity.units import unit

MOST_CORNERS = 10
"""Inputs beyond which the interval is not searched corner by corner."""


@dataclass(frozen=True)
class Candidate:
    """Another way the reporter may have computed: the inputs used, a rounded intermediate, and why."""

    inputs: tuple[Input, ...]
    carbon_digits: int | None
    why: str

    def result(self, evaluation: Evaluation) -> Decimal:
        """The figure this way gives, at full precision from there on."""
        values: dict[str, Decimal] = {i.symbol: i.value for i in self.inputs}
        if self.carbon_digits is None:
            return evaluation.formula.evaluate(values)
        carbon = half_up(values["NCV"] * values["CC"], self.carbon_digits)
        return combustion.carbon_form.evaluate({"AD": values["AD"], "CC": carbon, "OF": values["OF"]})


def digits_of(value: Decimal) -> int:
    """Printed decimals of a value."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def replay(evaluation: Evaluation | None, reported: Decimal | None, full: Mapping[str, Decimal] | None = None) -> Replay:
    """Grade ``reported`` against the evaluation; ``full`` gives unrounded values of derived inputs."""
    if reported is None:
        return Replay(Grade.NOT_REPORTED)
    if evaluation is None or evaluation.exact is None:
        why = "；".join(evaluation.missing) if evaluation else ""
        return Replay(Grade.NOT_REPRODUCED, text(f"无法复算：{why}", f"cannot be recomputed: {why}"))
    digits = digits_of(reported)
    if half_up(evaluation.exact, digits) == reported:
        return Replay(Grade.EXACT, evaluation.conflict, evaluation.exact)
    if any(i.spec.many for i in evaluation.inputs):
        return _series(evaluation, reported, digits)
    candidates = list(_candidates(evaluation, full or {}))
    return (
        _hidden(evaluation, candidates, reported, digits)
        or _within(evaluation, reported, digits, activity_only=True)
        or _hidden_within(evaluation, candidates, reported, digits)
        or _within(evaluation, reported, digits)
        or _not_reproduced(evaluation.exact, reported)
    )


def _hidden(evaluation: Evaluation, candidates: list[Candidate], reported: Decimal, digits: int) -> Replay | None:
    for candidate in candidates:
        value = candidate.result(evaluation)
        if half_up(value, digits) == reported:
            return Replay(Grade.HIDDEN_PRECISION, candidate.why, value)
    if truncate(evaluation.exact or Decimal(0), digits) == reported:
        why = text("截去尾数而未四舍五入", "digits were cut off, not rounded")
        return Replay(Grade.HIDDEN_PRECISION, why, evaluation.exact)
    return None


def _hidden_within(
    evaluation: Evaluation, candidates: list[Candidate], reported: Decimal, digits: int
) -> Replay | None:
    """A candidate that reproduces the figure once the activity data may vary within their printed digits."""
    for candidate in candidates:
        low, high = _interval(candidate, evaluation, [i.symbol for i in candidate.inputs if i.spec.role == "activity"])
        if low <= reported + half_unit(digits) and reported - half_unit(digits) <= high:
            value = candidate.result(evaluation)
            shown = exact_text(half_up(value, digits + 2))
            also = text(
                f"{candidate.why}，得 {shown}；与填报值之差在活动数据的修约范围内",
                f"{candidate.why}, giving {shown}; the rest lies within the rounding of the activity data",
            )
            return Replay(Grade.HIDDEN_PRECISION, also, value)
    return None


def _within(
    evaluation: Evaluation, reported: Decimal, digits: int, activity_only: bool = False
) -> Replay | None:
    """Whether the printed digits leave the figure open: those of the activity data first, then all."""
    roles = ("activity",) if activity_only else ("activity", "factor")
    open_symbols = [i.symbol for i in evaluation.inputs if not i.from_library and i.spec.role in roles]
    low, high = _interval(Candidate(evaluation.inputs, None, ""), evaluation, open_symbols)
    if low <= reported + half_unit(digits) and reported - half_unit(digits) <= high:
        why = text(
            f"输入值的印刷位数允许 {exact_text(half_up(low, digits + 2))} 至 {exact_text(half_up(high, digits + 2))}",
            f"the printed inputs allow {exact_text(half_up(low, digits + 2))} to {exact_text(half_up(high, digits + 2))}",
        )
        return Replay(Grade.WITHIN_ROUNDING, why, evaluation.exact)
    return None


def _series(evaluation: Evaluation, reported: Decimal, digits: int) -> Replay:
    """Sums, means and mixtures of a series: each printed member may be off by half its last place."""
    exact = evaluation.exact or Decimal(0)
    low, high, members = _reach(evaluation, exact)
    if low <= reported + half_unit(digits) and reported - half_unit(digits) <= high:
        why = text(f"{members} 个印刷值的修约可解释差额", f"the rounding of {members} printed values explains the difference")
        return Replay(Grade.WITHIN_ROUNDING, why, exact)
    return _not_reproduced(exact, reported)


def _reach(evaluation: Evaluation, exact: Decimal) -> tuple[Decimal, Decimal, int]:
    """Least and greatest result when every printed member goes the way that moves the result; and their number."""
    printed = {i.symbol: i.values for i in evaluation.inputs}
    most, least, members = dict(printed), dict(printed), 0
    for item in evaluation.inputs:
        if item.from_library or item.spec.role == "constant":
            continue
        half = tuple(half_unit(digits_of(v)) for v in item.values)
        ups = [v + h for v, h in zip(item.values, half, strict=True)]
        downs = [max(v - h, Decimal(0)) if v >= 0 else v - h for v, h in zip(item.values, half, strict=True)]
        for at, up in enumerate(ups):
            moved = printed | {item.symbol: (*item.values[:at], up, *item.values[at + 1:])}
            if _result(evaluation, moved) < exact:
                ups[at], downs[at] = downs[at], up
        most[item.symbol], least[item.symbol] = tuple(ups), tuple(downs)
        members += len(ups)
    return _result(evaluation, least), _result(evaluation, most), members


def _result(evaluation: Evaluation, values: Mapping[str, tuple[Decimal, ...]]) -> Decimal:
    many = {i.symbol: i.spec.many for i in evaluation.inputs}
    return evaluation.formula.evaluate({name: v if many[name] else v[0] for name, v in values.items()})


def _not_reproduced(exact: Decimal, reported: Decimal) -> Replay:
    shown, gap = exact_text(half_up(exact, 4)), exact_text(half_up(reported - exact, 4))
    why = text(f"复算为 {shown}，填报值相差 {gap}", f"recomputed {shown}; the reported figure differs by {gap}")
    return Replay(Grade.NOT_REPRODUCED, why, exact)


def half_unit(digits: int) -> Decimal:
    """Half of the last printed place."""
    return Decimal(5).scaleb(-digits - 1)


def _candidates(evaluation: Evaluation, full: Mapping[str, Decimal]) -> Iterator[Candidate]:
    """Intermediates first with the printed inputs, then with library or unrounded values put back."""
    swaps = _swaps(evaluation.inputs, full)
    for size in range(len(swaps) + 1):
        for chosen in combinations(swaps, size):
            inputs, reasons = evaluation.inputs, []
            for symbol, value, why in chosen:
                inputs = tuple(replace(i, values=(value,)) if i.symbol == symbol else i for i in inputs)
                reasons.append(why)
            if size:
                yield Candidate(inputs, None, "；".join(reasons))
            yield from _rounded_carbon(evaluation, inputs, reasons)


def _swaps(inputs: tuple[Input, ...], full: Mapping[str, Decimal]) -> list[tuple[str, Decimal, str]]:
    """Values hidden behind printed ones: the library's (first where the print rounds it), or the unrounded derivation."""
    found: list[tuple[str, Decimal, str]] = []
    for item in inputs:
        printed = item.value
        library = _library_value(item)
        if library is not None and library != printed:
            why = text(
                f"{item.symbol} 用指南缺省值 {plain(library)}（印作 {plain(printed)}）",
                f"{item.symbol} is the guideline's {plain(library)}, printed as {plain(printed)}",
            )
            rounded = half_up(library, digits_of(printed)) == printed
            found.insert(0, (item.symbol, library, why)) if rounded else found.append((item.symbol, library, why))
        hidden = full.get(item.symbol)
        if hidden is not None and hidden != printed:
            why = text(
                f"{item.symbol} 用未修约的 {exact_text(hidden, 8)}", f"{item.symbol} is the unrounded {exact_text(hidden, 8)}"
            )
            found.append((item.symbol, hidden, why))
    return found


def _library_value(item: Input) -> Decimal | None:
    """The library's value in the symbol's unit, when it is of the same kind."""
    if item.factor is None or not unit(item.factor.unit).fits(item.unit):
        return None
    return scale(item.factor.value, unit(item.factor.unit).factor_to(item.unit))


def _rounded_carbon(evaluation: Evaluation, inputs: tuple[Input, ...], reasons: list[str]) -> Iterator[Candidate]:
    """Combustion with the carbon content NCV × CC rounded on the way."""
    if evaluation.formula != combustion.heat_form:
        return
    values = {i.symbol: i.value for i in inputs}
    for digits in (4, 5, 3, 2):
        carbon = half_up(values["NCV"] * values["CC"], digits)
        why = text(f"含碳量修约到 {digits} 位（{plain(carbon)}）", f"carbon content rounded to {digits} decimals ({plain(carbon)})")
        yield Candidate(inputs, digits, "；".join([*reasons, why]))


def _interval(candidate: Candidate, evaluation: Evaluation, open_symbols: list[str]) -> tuple[Decimal, Decimal]:
    """Least and greatest result when the open inputs vary by half of their last printed place."""
    names = open_symbols[:MOST_CORNERS]
    halves = {i.symbol: half_unit(digits_of(_as_stated(i))) * _ratio(i) for i in candidate.inputs}
    results = []
    for signs in product((-1, 1), repeat=len(names)):
        shift = dict(zip(names, signs, strict=True))
        moved = tuple(
            replace(i, values=(i.value + shift.get(i.symbol, 0) * halves[i.symbol],)) for i in candidate.inputs
        )
        results.append(replace(candidate, inputs=moved).result(evaluation))
    return min(results), max(results)


def _as_stated(item: Input) -> Decimal:
    return item.stated[0]


def _ratio(item: Input) -> Decimal:
    """Size of one stated unit in the symbol's unit, for carrying half a last place over."""
    factor = item.stated[1].factor_to(item.unit)
    return Decimal(factor.numerator) / Decimal(factor.denominator)
