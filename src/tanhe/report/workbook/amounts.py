"""Formulas that many sheets share (通用算式): rounding, signed sums, differences."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tanhe.inventory.replay import digits_of
from tanhe.quantity.rounding import half_up, truncate
from tanhe.report.workbook.grid import Calc
from tanhe.report.workbook.styles import MOST_DECIMALS

MOST_ARGUMENTS = 200
"""Arguments of one SUM; spreadsheets take 255."""


def rounded(mark: str, exact: Decimal, value: Decimal) -> Calc:
    """``ROUND`` of an exact cell to the digits its rounded value has; TRUNC where digits were cut off."""
    digits = digits_of(value)
    if digits > MOST_DECIMALS:
        return Calc(mark, value)
    cut = half_up(exact, digits) != value and truncate(exact, digits) == value
    return Calc(f"{'TRUNC' if cut else 'ROUND'}({mark},{digits})", value)


def signed_sum(terms: Iterable[tuple[int, str]]) -> str:
    """``SUM(…)-SUM(…)`` of marked cells by sign; SUM passes over cells that have no number yet."""
    given = list(terms)
    plus, minus = ([mark for sign, mark in given if sign == wanted] for wanted in (1, -1))
    text = "+".join(_sums(plus)) + "".join(f"-{part}" for part in _sums(minus))
    return text or "0"


def _sums(marks: list[str]) -> list[str]:
    return [f"SUM({','.join(marks[at:at + MOST_ARGUMENTS])})" for at in range(0, len(marks), MOST_ARGUMENTS)]


def difference(left: str, right: str, left_value: Decimal, right_value: Decimal) -> Calc:
    """``left − right``, rounded to the digits both have so that no binary dust is shown."""
    digits = min(MOST_DECIMALS, max(digits_of(left_value), digits_of(right_value)))
    return Calc(f"ROUND({left}-{right},{digits})", half_up(left_value - right_value, digits))
