"""Derivations a report prints as equations of figures (所印算式): operands matched to data by value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tanhe.reading.assemble.drafts import Draft, Pool, closes, number

_TWO = re.compile(r"([\d.]+)([+\-*])([\d.]+)")
_FORMULAS = {"+": "statistics.sum_of_two", "-": "statistics.difference"}


def read_equations(pool: Pool) -> None:
    """Give data with a printed equation of two figures the derivation it says; longer ones are found by arithmetic."""
    for draft in pool:
        derive = _derivation(draft, pool) if draft.equation is not None else None
        if derive is not None:
            draft.derive = derive


def _derivation(draft: Draft, pool: Pool) -> dict[str, Any] | None:
    match = _TWO.fullmatch(draft.equation.text) if draft.equation is not None else None
    printed = draft.printed
    if match is None or printed is None:
        return None
    first, sign, second = match.groups()
    if sign == "*":
        if draft.role != "cc":
            return None
        ncv = _of_value(first, draft, pool.of_role("ncv"))
        heat = _of_value(second, draft, pool.of_role("ccpe"))
        return {"formula": "combustion.carbon_content", "inputs": {"NCV": ncv.id, "CC": heat.id}} if ncv and heat else None
    same = [d for d in pool if d is not draft and d.unit == draft.unit and not _follows(d, draft, pool)]
    a, b = _of_value(first, draft, same), _of_value(second, draft, same)
    if a is None or b is None or a is b or a.printed is None or b.printed is None:
        return None
    exact = a.printed.value + b.printed.value if sign == "+" else a.printed.value - b.printed.value
    return {"formula": _FORMULAS[sign], "inputs": {"a": a.id, "b": b.id}} if closes(exact, printed) else None


def _of_value(figure: str, draft: Draft, given: Iterable[Draft]) -> Draft | None:
    """The datum with that figure whose name is nearest to the derived one's."""
    printed = number(figure)
    fits = [d for d in given if printed is not None and d.value == printed.value]
    return max(fits, key=lambda d: (len(set(d.item.text) & set(draft.item.text)), d.fuel == draft.fuel), default=None)


def _follows(one: Draft, other: Draft, pool: Pool) -> bool:
    """Whether ``one`` is itself derived from ``other``, directly or through others."""
    seen: set[str] = set()
    todo = [one]
    while todo:
        draft = todo.pop()
        if draft is other:
            return True
        seen.add(draft.id)
        inputs = draft.derive["inputs"].values() if draft.derive else ()
        todo += [d for name in inputs if isinstance(name, str) and name not in seen and (d := pool.drafts.get(name))]
    return False
