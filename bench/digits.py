"""Wrong printed digits: random cases against rational arithmetic, two decimals, half-up."""

from __future__ import annotations

import time
from decimal import Decimal

from data import CASES, SYMBOLS, cases, oracle


def ours() -> tuple[int, float]:
    """Cases whose printed figure differs from the oracle's, and cases computed and printed per second."""
    from tanhe.formulas.registry import find
    from tanhe.quantity.rounding import half_up

    drawn = list(cases())
    formulas = {name: find(name) for name in SYMBOLS}
    start = time.perf_counter()
    shown = [
        half_up(formulas[name].evaluate(dict(zip(SYMBOLS[name], map(Decimal, numbers), strict=True))), 2)
        for name, numbers in drawn
    ]
    took = time.perf_counter() - start
    wrong = sum(int(figure.scaleb(2)) != oracle(*case) for figure, case in zip(shown, drawn, strict=True))
    return wrong, CASES / took
