"""Subtotals and totals (小计与总量), each replayed against the figure the report prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tanhe.dossier.places import Place
from tanhe.inventory.model import Grade, Line, Replay, Sum
from tanhe.inventory.replay import digits_of
from tanhe.messages import text
from tanhe.quantity.quantity import exact_text
from tanhe.quantity.rounding import Kind, RoundingPolicy, half_up, sum_tolerance

_ORDER = (Grade.EXACT, Grade.NOT_REPORTED, Grade.WITHIN_ROUNDING, Grade.HIDDEN_PRECISION, Grade.NOT_REPRODUCED)


def add_up(
    sum_id: str, zh: str, lines: Sequence[Line], kind: Kind, policy: RoundingPolicy, reported: Decimal | None,
    place: Place | None, extra_missing: Iterable[str] = (),
) -> Sum:
    """The signed sum of ``lines`` in both columns; lines without a value make it incomplete."""
    counted = [line for line in lines if not line.memo]
    exact = sum((line.sign * line.exact for line in counted if line.exact is not None), Decimal(0))
    verified = sum((line.sign * line.verified for line in counted if line.verified is not None), Decimal(0))
    missing = tuple(dict.fromkeys([
        *(f"{line.item}：{'；'.join(line.missing)}" for line in counted if line.verified is None),
        *extra_missing,
    ]))
    first = policy.order == "round-then-sum"
    basis = _rounded_first(counted, "value") if first else exact
    value = half_up(basis, digits_of(reported)) if reported is not None else policy.apply(kind, basis)
    settled = _rounded_first(counted, "verified_value") if first else verified
    verified_value = value if verified == exact else policy.apply(kind, settled)
    return Sum(
        id=sum_id, zh=zh, exact=exact, value=value, verified=verified, verified_value=verified_value,
        reported=reported, replay=_replay(exact, basis, counted, reported), missing=missing, place=place,
    )


def _rounded_first(lines: Sequence[Line], column: str) -> Decimal:
    """The sum of the lines' rounded figures, for reports that round before they add."""
    figures = ((line.sign, getattr(line, column)) for line in lines)
    return sum((sign * figure for sign, figure in figures if figure is not None), Decimal(0))


def _replay(exact: Decimal, basis: Decimal, lines: Sequence[Line], reported: Decimal | None) -> Replay:
    """``basis`` is what the policy rounds: the exact sum, or the sum of the rounded lines."""
    if reported is None:
        return Replay(Grade.NOT_REPORTED)
    digits = digits_of(reported)
    if half_up(basis, digits) == reported:
        return Replay(Grade.EXACT, "", basis)
    printed = sum((line.sign * _printed(line) for line in lines), Decimal(0))
    worst = max((line.replay.grade for line in lines), key=_ORDER.index, default=Grade.EXACT)
    if half_up(printed, digits) == reported:
        if worst in (Grade.EXACT, Grade.NOT_REPORTED):
            why = text("等于各行修约后数值之和（先修约后求和）", "equals the sum of the rounded lines")
            return Replay(Grade.WITHIN_ROUNDING, why, printed)
        named = "、".join(line.item for line in lines if line.replay.grade not in (Grade.EXACT, Grade.NOT_REPORTED))
        why = text(
            f"等于各行填报值之和；与全精度合计 {exact_text(half_up(exact, digits + 2))} 之差来自：{named}",
            f"equals the sum of the reported lines; it differs from {exact_text(half_up(exact, digits + 2))} by: {named}",
        )
        return Replay(worst, why, printed)
    if abs(exact - reported) <= sum_tolerance(len(lines), digits):
        return Replay(Grade.WITHIN_ROUNDING, text("在各项修约误差之内", "within the rounding of the parts"), exact)
    gap = exact_text(half_up(reported - exact, max(digits, 2)))
    why = text(
        f"复算合计 {exact_text(half_up(exact, max(digits, 2)))}，填报值相差 {gap}",
        f"recomputed {exact_text(half_up(exact, max(digits, 2)))}; the reported figure differs by {gap}",
    )
    return Replay(Grade.NOT_REPRODUCED, why, exact)


def _printed(line: Line) -> Decimal:
    if line.reported is not None:
        return line.reported
    return line.value if line.value is not None else Decimal(0)
