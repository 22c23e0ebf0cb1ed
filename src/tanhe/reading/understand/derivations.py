"""Arithmetic written without its result (没有写出结果的算式): the result has to be a figure of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tanhe.quantity.rounding import half_up
from tanhe.reading.claims import Listed
from tanhe.reading.understand.arithmetic import evaluate
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_LINE = re.compile(r"^[A-Za-z]{1,3}(?:_[A-Za-z]{1,3})?=(?P<v>\(*\d[\d.()+\-−×*/÷⁻³]*)(?:\([^\d()]*[a-zA-Z][^()]*\))?$")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)")
_SIGNS = str.maketrans("−×÷", "-*/")
_PLACES, _SHORT = 8, 2


def derivations(v: View) -> Iterator[Listed]:
    """Lines such as ``FC=25.840−0.894 (t)`` whose result stands nowhere in the report."""
    printed: frozenset[str] = frozenset()
    for line in v.lines:
        match = _LINE.match(line.flat.text) if line.kind == "paragraph" else None
        value = evaluate(match["v"].replace("×10⁻³", "/1000").translate(_SIGNS), {}) if match else None
        if match is None or value is None or not re.search(r"[+\-−×*/÷]", match["v"]):
            continue
        printed = printed or _figures(v)
        if not _stands(value, printed):
            yield statement("derivation", line.said(*match.span("v")), line.where)


def _figures(v: View) -> frozenset[str]:
    """Every figure of the report, without separators of thousands."""
    texts = [line.flat.text for line in v.lines]
    texts += [words(cell) for sheet in v.outline.sheets for row in sheet.grid for cell in row if cell is not None]
    return frozenset(m[0] for text in texts for m in _FIGURE.finditer(text.replace(",", "")))


def _stands(value: Fraction, printed: frozenset[str]) -> bool:
    """Whether the value, rounded to some number of decimals, is among the figures; short ones would be by chance."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    shown = (format(half_up(exact, places), "f") for places in range(_PLACES))
    return any(s in printed and len(s.replace(".", "").strip("0")) >= _SHORT for s in shown)
