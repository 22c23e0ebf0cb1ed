"""A number with its unit (量): exact Decimal value, printed digits kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from tanhe.quantity.units import Unit, unit

PRECISION = 60
"""Significant digits carried in every calculation; the longest printed figure has about fifteen."""

CONTEXT = Context(prec=PRECISION)


def to_decimal(ratio: Fraction) -> Decimal:
    """The ratio as a Decimal: exact where it terminates, else to :data:`PRECISION` digits."""
    return CONTEXT.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))


def scale(value: Decimal, factor: Fraction) -> Decimal:
    """``value × factor`` exactly; powers of ten move the point and keep the printed digits."""
    if factor == 1:
        return value
    shift = _power_of_ten(factor)
    if shift is not None:
        return value.scaleb(shift, CONTEXT)
    return CONTEXT.divide(CONTEXT.multiply(value, Decimal(factor.numerator)), Decimal(factor.denominator))


@lru_cache(maxsize=256)
def _power_of_ten(factor: Fraction) -> int | None:
    large, sign = (factor.numerator, 1) if factor.denominator == 1 else (factor.denominator, -1)
    digits = str(large)
    if 1 in (factor.numerator, factor.denominator) and digits.strip("0") == "1":
        return sign * (len(digits) - 1)
    return None


@dataclass(frozen=True)
class Quantity:
    """A value and its unit, e.g. ``Quantity(Decimal("24.515"), unit("GJ/t"))``."""

    value: Decimal
    unit: Unit

    def to(self, target: Unit | str) -> Quantity:
        """The same amount in ``target``; a unit of another substance or dimension is a UnitError."""
        wanted = unit(target) if isinstance(target, str) else target
        return Quantity(scale(self.value, self.unit.factor_to(wanted)), wanted)

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"


def plain(value: Decimal) -> str:
    """The number without exponent, as people write it."""
    return format(value, "f")


def exact_text(value: Decimal, significant: int = 30) -> str:
    """Up to ``significant`` digits without trailing zeros: the ``exact`` figure of the record."""
    shown = Context(prec=significant).plus(value)
    whole = format(shown, "f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole
