"""Rounding of exact numbers (精确修约): half-up, truncated, to significant figures; never through a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

from tanhe.messages import TanheError, text

MAX_PLACES: Final = 100
"""Largest number of places, either side of the point, that rounding accepts."""

_WIDE: Final = Context(prec=3 * MAX_PLACES, rounding=ROUND_HALF_UP)
_PLACES: Final = tuple(Decimal(1).scaleb(-places) for places in range(MAX_PLACES + 1))


def half_up(value: Decimal | Fraction | int, digits: int) -> Decimal:
    """The value to ``digits`` decimals, a half going away from zero (四舍五入).

    Exact for fractions too: ``half_up(Fraction(1, 3), 2)``. Trailing zeros stay; negative ``digits`` round
    left of the point, ``half_up(Decimal(1250), -2)`` → ``1.3E+3``. Zero carries no sign. A float is a
    TanheError.
    """
    if isinstance(value, Decimal) and 0 <= digits <= MAX_PLACES and value.is_finite() and value.adjusted() < MAX_PLACES:
        rounded = value.quantize(_PLACES[digits], context=_WIDE)
        return rounded if rounded else abs(rounded)
    top, bottom = _scaled(value, digits)
    return _decimal(top < 0, (2 * abs(top) + bottom) // (2 * bottom), digits)


def truncate(value: Decimal | Fraction | int, digits: int) -> Decimal:
    """The value cut to ``digits`` decimals, toward zero (截尾)."""
    top, bottom = _scaled(value, digits)
    return _decimal(top < 0, abs(top) // bottom, digits)


def significant(value: Decimal | Fraction | int, figures: int) -> Decimal:
    """The value half-up to ``figures`` significant figures (有效数字); 9.996 to three is ``10.0``."""
    if figures < 1:
        raise TanheError(
            text(f"有效数字位数为 {figures}", f"{figures} significant figures"),
            expected=text("不小于 1", "at least 1"),
        )
    ratio = ratio_of(value)
    if not ratio:
        return half_up(0, figures - 1)
    digits = figures - 1 - _magnitude(ratio)
    rounded = half_up(ratio, digits)
    carried = rounded.adjusted() > _magnitude(ratio)
    return half_up(ratio, digits - 1) if carried else rounded


def sum_tolerance(n: int, digits: int) -> Decimal:
    """How far a printed sum may lie from the sum of its ``n`` printed parts: 0.5·10⁻ᵈ·(n+1).

    Each part and the sum itself may be off by half of the last printed place.
    """
    if n < 0:
        raise TanheError(text(f"加数个数为 {n}", f"{n} parts"), expected=text("不小于 0", "at least 0"))
    return Decimal(f"{5 * (n + 1)}E{-digits - 1}")


def ratio_of(value: Decimal | Fraction | int) -> Fraction:
    """The value as a ratio; TanheError for a float, NaN or infinity."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, Fraction, int)):
        raise TanheError(
            text(
                f"不能对 {type(value).__name__} 值 {value} 精确修约",
                f"cannot round the {type(value).__name__} {value} exactly",
            ),
            expected="Decimal, Fraction, int",
        )
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > MAX_PLACES):
        raise _out_of_range(value)
    return Fraction(value)


def _scaled(value: Decimal | Fraction | int, digits: int) -> tuple[int, int]:
    """Numerator and denominator of value·10^digits."""
    ratio = ratio_of(value)
    if abs(digits) > MAX_PLACES:
        raise _out_of_range(digits)
    if digits >= 0:
        return ratio.numerator * 10**digits, ratio.denominator
    return ratio.numerator, ratio.denominator * 10**-digits


def _decimal(negative: bool, units: int, digits: int) -> Decimal:
    if units.bit_length() > 10 * MAX_PLACES:
        raise _out_of_range("10^300")
    return Decimal(f"{'-' if negative and units else ''}{units}E{-digits}")


def _magnitude(ratio: Fraction) -> int:
    """The power of ten of the first significant figure."""
    top, bottom = abs(ratio.numerator), ratio.denominator
    guess = Decimal(top).adjusted() - Decimal(bottom).adjusted()
    too_high = abs(ratio) < Fraction(10) ** guess
    return guess - 1 if too_high else guess


def _out_of_range(value: object) -> TanheError:
    return TanheError(
        text(f"数值或位数 {value} 超出修约范围", f"value or places {value} beyond the range of rounding")
    )
