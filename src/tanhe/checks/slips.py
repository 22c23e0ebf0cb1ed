"""Common slips of a number (常见笔误): point, digits swapped, one digit wrong; named, never corrected silently."""

from __future__ import annotations

from decimal import Decimal

from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up, significant


def slip(given: Decimal, right: Decimal) -> str:
    """What was probably done to ``right`` to become ``given``; empty when nothing common explains it.

    ``right`` may carry more digits than are printed; it is rounded to those of ``given``.
    """
    if not given or not right or given == right:
        return ""
    shift = _shift(given, significant(right, len(given.normalize().as_tuple().digits)))
    right = half_up(right, max(0, -int(given.as_tuple().exponent))) if not shift else right
    if shift:
        return text(f"与 {plain(right)} 相差 10 的 {shift} 次方（小数点或单位）",
                    f"{plain(right)} times 10 to the {shift} (decimal point or unit)")
    if given == -right:
        return text("正负号相反", "the sign is the other way round")
    one, other = plain(abs(given)), plain(abs(right))
    if len(one) != len(other):
        return ""
    differ = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) == 1:
        return text(f"与 {plain(right)} 仅差一位数字", f"one digit away from {plain(right)}")
    if len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]:
        return text(f"{plain(right)} 的两位数字对调", f"{plain(right)} with two digits swapped")
    return ""


def _shift(given: Decimal, right: Decimal) -> int:
    """The power of ten between two numbers of the same digits; 0 when there is none."""
    one, other = given.normalize().as_tuple(), right.normalize().as_tuple()
    if one.digits != other.digits or one.sign != other.sign:
        return 0
    return int(one.exponent) - int(other.exponent)
