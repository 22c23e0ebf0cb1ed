"""Arithmetic in words (文字中的算式): differences, rises, sums and values told by their symbols follow from the figures (C3, A23)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.consistency._helpers import Said, claim, silent, statements
from tanhe.checks.consistency._subjects import agrees, known_values, near, owns
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

_STEP = re.compile(r"(?P<sign>加上?|减去?)?[^\d加减]*?(?P<v>\d[\d,]*(?:\.\d+)?)")
_DOWN = ("下降", "减少", "降低")


@check("CON039", Family.CONSISTENCY, "minor", clause="", covers=("C3", "A23"))
def arithmetic(c: Context) -> Iterator[Result]:
    """文字所述的差额、增减幅度、加减结果和按符号列出的数值与所列数值、数据表相符 | arithmetic told in words follows from its figures and the tables"""
    found = statements(c, "told.gap", "told.rise", "told.sum", "told.symbol")
    if not found:
        yield silent(c, text("文字中的算式", "arithmetic in words"))
        return
    known, each = known_values(c), owns(c)
    for said in found:
        if said.about == "told.sum":
            right = _sum(said, known)
        elif said.about == "told.symbol":
            number = claim(said.spec.value)
            fitting = [own for own in each if number is not None and agrees(number, said.spec.unit, own) is not None]
            close = [own for own in fitting if number is not None and near(number.low, own.value)]
            wrong = number is not None and close and not any(agrees(number, said.spec.unit, own) for own in fitting)
            right = f"{close[0].item} {plain(close[0].value)}{close[0].unit}" if wrong else ""
        else:
            right = _told(said)
        if right:
            yield fail(text(f"{said.where}的文字写“{said.spec.value}{said.spec.unit}”，按所列数值和数据表应为 {right}。请改正",
                            f"{said.where} says {said.spec.value}{said.spec.unit}; its figures and the tables give {right}. Correct it"),
                       f"{said.about}/{said.where}/{said.spec.value[:20]}", said.places)


def _told(said: Said) -> str:
    """What the difference or the rise should be; empty when it is right."""
    parts, number = said.spec.text.split(","), claim(said.spec.value)
    one, other = (claim(p) for p in parts[:2])
    if number is None or one is None or other is None or not one.low:
        return ""
    step = Decimal(1).scaleb(-max(one.digits, other.digits, number.digits))
    gap = abs(other.low - one.low)
    if said.about == "told.gap":
        return "" if abs(gap - number.low) <= step else f"{plain(gap)}{said.spec.unit}"
    rise = (other.low - one.low) / one.low * 100
    if number.agrees(abs(rise)) and (rise < 0) == (parts[2] in _DOWN):
        return ""
    return f"{text('下降', 'a fall of ') if rise < 0 else text('上升', 'a rise of ')}{plain(half_up(abs(rise), number.digits))}%"


def _sum(said: Said, known: frozenset[Decimal]) -> str:
    """The result of 甲加乙减丙 when no table has it; empty when one has."""
    total, digits = Decimal(0), 0
    for match in _STEP.finditer(said.spec.value):
        number = claim(match["v"])
        if number is None:
            return ""
        total += -number.low if (match["sign"] or "").startswith("减") else number.low
        digits = max(digits, number.digits)
    if total.normalize() in known or half_up(total, digits).normalize() in known:
        return ""
    return text(f"{plain(total)}，而各表没有这个数", f"{plain(total)}, which no table has")
