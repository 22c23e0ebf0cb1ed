"""The arithmetic of a printed formula (表头公式): read it, test whether the rows close, infer it where it is garbled.

Everything is exact (fractions). A row closes when the recomputed result lies within the rounding of the printed
result and of the printed inputs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tanhe.quantity.numbers import Printed, half_unit

_SIGNS: Final = str.maketrans("×·∙•✕✖xX＊÷／－−–（）", "*" * 9 + "//---()")
_TOKEN: Final = re.compile(r"\d+(?:\.\d+)?|[A-Z]\d{0,2}|[-+*/()]")
_FORMULA: Final = re.compile(r"([A-Z]\d{0,2})\s*=\s*([A-Z0-9（(][A-Z0-9\s*×xX·/÷+\-−–.()（）]*)")
MULTIPLES: Final[tuple[tuple[str, Fraction], ...]] = (
    ("", Fraction(1)), ("*44/12", Fraction(44, 12)), ("/100*44/12", Fraction(44, 1200)), ("/100", Fraction(1, 100)),
    ("/1000", Fraction(1, 1000)), ("*10", Fraction(10)), ("/10000", Fraction(1, 10000)),
    ("/1000*44/12", Fraction(44, 12000)), ("/10000*44/12", Fraction(44, 120000)), ("*21", Fraction(21)), ("*28", Fraction(28)),
)  # fmt: skip
"""Constants a product of columns may carry: 44/12, a per cent, thousandths, a warming potential."""


def find_formula(text: str) -> tuple[str, str] | None:
    """(result symbol, right side) of a formula in a header cell, signs made plain; None where there is none."""
    match = _FORMULA.search(text)
    if match is None:
        return None
    right = re.sub(r"\s", "", match[2]).translate(_SIGNS)
    right = re.sub(r"\($", "", right)
    return match[1], right


def unsigned_formula(text: str) -> tuple[str, str] | None:
    """A formula that lost signs, a cell of its own: ``E A B C D 100 44 12``, ``D (A-B) C``, ``A1*B1*44/12``; None for anything else."""
    said = text.strip().translate(_SIGNS)
    tokens = _TOKEN.findall(said)
    if len(said) > 60 or "".join(tokens) != re.sub(r"\s", "", said) or len(tokens) < 3:
        return None
    letters = [token for token in tokens if token[0].isalpha()]
    if not letters or len(set(letters)) < len(letters):
        return None
    if letters[0] == max(letters) and tokens[0] == letters[0] and tokens[1] not in "-+*/":
        symbol, tokens = letters[0], tokens[1:]
    else:
        symbol = _next_letter(letters) if re.search("[*/-]", said) else ""
    if not symbol or (len(letters) < 3 and symbol in letters and tokens[-2:] != ["44", "12"]):
        return None
    right = ""
    for before, token in pairwise(["(", *tokens]):
        apart = (before[-1].isalnum() or before == ")") and (token[0].isalnum() or token == "(")
        over = token in ("100", "1000", "10000") or (before, token) == ("44", "12")
        right += ("/" if over else "*") * apart + token
    return symbol, right


def _next_letter(letters: Sequence[str]) -> str:
    """The symbol of a result whose formula names A and B, A1 and B1, or C1 and C2; empty where the letters tell none."""
    heads = {letter[0] for letter in letters}
    ends = {letter[1:] for letter in letters}
    if len(letters) < 2 or (heads != {chr(ord("A") + n) for n in range(len(heads))} and ends != {"1", "2"}):
        return ""
    return chr(ord(max(heads)) + 1) + (ends.pop() if len(ends) == 1 else "")


def symbols(right: str) -> tuple[str, ...]:
    """The symbols of a formula's right side, each once."""
    return tuple(dict.fromkeys(t for t in _TOKEN.findall(right) if t[0].isalpha()))


def evaluate(right: str, given: Mapping[str, Fraction]) -> Fraction | None:
    """The value of the right side; None where it cannot be read or a symbol is not given."""
    tokens = _TOKEN.findall(right)
    if "".join(tokens) != right or len(tokens) > 200:
        return None
    try:
        value, rest = _sum(tokens, given)
    except (KeyError, ValueError, ZeroDivisionError, IndexError, RecursionError):
        return None
    return value if not rest else None


def _sum(tokens: list[str], given: Mapping[str, Fraction]) -> tuple[Fraction, list[str]]:
    value, rest = _product(tokens, given)
    while rest and rest[0] in "+-":
        term, after = _product(rest[1:], given)
        value, rest = (value + term if rest[0] == "+" else value - term), after
    return value, rest


def _product(tokens: list[str], given: Mapping[str, Fraction]) -> tuple[Fraction, list[str]]:
    value, rest = _atom(tokens, given)
    while rest and rest[0] in "*/":
        term, after = _atom(rest[1:], given)
        value, rest = (value * term if rest[0] == "*" else value / term), after
    return value, rest


def _atom(tokens: list[str], given: Mapping[str, Fraction]) -> tuple[Fraction, list[str]]:
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        value, rest = _sum(rest, given)
        if not rest or rest[0] != ")":
            raise ValueError(first)
        return value, rest[1:]
    if first[0].isdigit():
        return Fraction(first), rest
    return given[first], rest


def closes(value: Fraction | None, result: Printed, inputs: Sequence[Printed] = ()) -> bool:
    """Whether the value lies within the rounding of the printed result and inputs."""
    if value is None:
        return False
    room = Fraction(half_unit(result)) * 2
    for one in inputs:
        if one.value:
            room += abs(value) * Fraction(half_unit(one)) / abs(Fraction(one.value))
    return abs(value - Fraction(result.value)) <= room


def product_form(rows: Sequence[tuple[Sequence[Printed], Printed]]) -> str | None:
    """The constants with which every row's product of inputs is its result: ``/100*44/12``; None if none fits."""
    for shown, factor in MULTIPLES:
        if rows and all(
            inputs and closes(_times(inputs) * factor, result, inputs) for inputs, result in rows
        ):
            return shown
    return None


def _times(inputs: Sequence[Printed]) -> Fraction:
    value = Fraction(1)
    for one in inputs:
        value *= Fraction(one.value)
    return value
