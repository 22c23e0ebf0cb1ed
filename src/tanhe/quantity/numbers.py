"""Numbers as they are printed (印刷数值): read exactly, with the number of decimals kept.

A verifier needs two things of a printed figure: its exact value and how finely it was printed, because
``43.330`` and ``43.33`` stand for different rounding intervals. Nothing here passes through a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tanhe.messages import TanheError, text

MAX_LENGTH: Final = 100
"""Longest text taken for one number; anything longer is a cell run together with its neighbours."""

MAX_EXPONENT: Final = 30
"""Largest power of ten accepted in scientific notation, either sign."""

ABSENT: Final = frozenset({"", "/", "-", "--", "–", "—", "——"})
"""What a table prints where there is no figure (无数据), full-width forms folded."""

_THIN_SPACES: Final = "\u2009\u202f"
_INVISIBLE: Final = "\ufeff\u200b\u2060"
_CHARACTERS: Final = str.maketrans("０１２３４５６７８９＋－−﹣．，％／ｅＥ＊＾✕", "0123456789+---.,%/EE*^×")
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

_NUMBER: Final = re.compile(
    rf"""
    (?P<sign>[+\-–]?)
    (?: (?P<grouped>[0-9]{{1,3}}(?:(?P<sep>[,{_THIN_SPACES}])[0-9]{{3}})(?:(?P=sep)[0-9]{{3}})*)
      | (?P<whole>[0-9]*) )
    (?: \.(?P<fraction>[0-9]+) )?
    (?: [Ee](?P<e>[+-]?[0-9]+)
      | \ ?[×*xX]\ ?10\^\ ?(?P<power>[+-]?[0-9]+)
      | \ ?[×*xX]\ ?10(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+) )?
    (?: \ ?(?P<percent>%) )?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Printed:
    """A number as printed.

    value: the exact value; a percentage as its fraction, ``98%`` → ``Decimal("0.98")``.
    text: the characters as they stood in the source.
    digits: decimals of ``value`` that were printed; 2 for ``98%`` and ``0.98``, −2 for ``1.2E+3``.
    percent: whether a percent sign was printed.
    """

    value: Decimal
    text: str
    digits: int
    percent: bool = False


def parse(printed: str) -> Printed:
    """The number printed in the text; TanheError if it is absent, mixed with text, or not one number.

    Accepts thousands separators (``,`` ``，`` thin space, always groups of three), full-width characters, a
    sign, a percent sign, and ``1.2E+3``, ``1.2×10^3``, ``1.2×10³``. An ordinary space between digits is
    refused: it is far more often two cells run together than a separator.
    """
    plain = _plain_characters(printed)
    if plain in ABSENT:
        raise TanheError(
            text(f"读到的是{_shown(printed)}，表示无数据", f"read {_shown(printed)}, which means absent"),
            expected=text("一个数字；确无数据时按缺失处理", "a number; treat it as missing if there is none"),
        )
    match = _NUMBER.fullmatch(plain) if len(plain) <= MAX_LENGTH else None
    if match is None or not (match["grouped"] or match["whole"] or match["fraction"]):
        raise TanheError(
            text(f"读到的{_shown(printed)}不是一个数字", f"read {_shown(printed)}, which is not one number"),
            expected=text(
                "数字，如 1,234.50、98%、1.2×10^3，单位另列",
                "a number such as 1,234.50, 98% or 1.2×10^3, its unit in a field of its own",
            ),
        )
    exponent = _exponent(match, printed)
    whole = match["grouped"] or match["whole"] or ""
    fraction = match["fraction"] or ""
    if match["percent"]:
        exponent -= 2
    figures = re.sub("[^0-9]", "", whole) + fraction
    negative = match["sign"] in ("-", "–")
    places = len(fraction) - exponent
    value = Decimal((int(negative), tuple(map(int, figures)), -places))
    return Printed(value, printed, places, percent=bool(match["percent"]))


def parse_optional(printed: str | None) -> Printed | None:
    """As :func:`parse`, but None for what means absent: no text, blanks, ``/``, ``-``, ``—``."""
    if printed is None or _plain_characters(printed) in ABSENT:
        return None
    return parse(printed)


def half_unit(printed: Printed) -> Decimal:
    """Half of the last printed place, within which the true value lies: ``43.330`` → 0.0005."""
    return Decimal((0, (5,), -printed.digits - 1))


def format_number(value: Decimal, *, grouped: bool = False, percent: bool = False) -> str:
    """The value as text with every digit it carries, so that :func:`parse` returns the same value and digits.

    grouped: thousands separators. percent: times one hundred with a percent sign. A value whose last place
    lies left of the point (``1.3E+3``) stays in scientific notation, since zeros in their place would claim
    digits not known.
    """
    sign, figures, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise TanheError(text(f"{value} 不是有限数值", f"{value} is not a finite number"))
    if percent:
        value = Decimal((sign, figures, exponent + 2))
        exponent += 2
    if exponent > 0:
        shown = str(value)
    else:
        shown = f"{value:,f}" if grouped else f"{value:f}"
    return shown + "%" if percent else shown


def _plain_characters(printed: str) -> str:
    visible = printed.translate(_CHARACTERS)
    return "".join(c for c in visible if c not in _INVISIBLE).strip()


def _exponent(match: re.Match[str], printed: str) -> int:
    digits = (match["e"] or match["power"] or match["raised"] or "0").translate(_SUPERSCRIPTS)
    if len(digits.lstrip("+-").lstrip("0")) > 2 or abs(int(digits)) > MAX_EXPONENT:
        raise TanheError(
            text(f"读到的{_shown(printed)}指数过大", f"the exponent in {_shown(printed)} is out of range"),
            expected=text(f"±{MAX_EXPONENT} 以内的 10 的幂次", f"a power of ten within ±{MAX_EXPONENT}"),
        )
    return int(digits)


def _shown(printed: str) -> str:
    cut = printed if len(printed) <= 40 else printed[:40] + "…"
    return f"「{cut}」" if cut.strip() else text("空白", "an empty text")
