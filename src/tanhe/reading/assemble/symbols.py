"""Inputs of sources with formulas of their own (其他公式的参数): headers matched to the guideline's symbols by name and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from tanhe.factors.names import fold
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.guidelines.model import Source
from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.words import FACTORS, role_of, unit_of
from tanhe.reading.claims import CalculationRow, Said

USUAL: Final = frozenset({"AD", "AD_in", "AD_out", "NCV", "CC", "OF", "EF", "PUR", "BIO"})
"""Symbols whose columns are told by what kind of quantity they hold."""
_LEAST: Final = Fraction(1, 2)
"""Least share of a symbol's name that a header must hold."""


def has_own(source: Source) -> bool:
    """Whether the source's formulas have symbols that no kind of quantity tells apart, such as stocks."""
    return any(set(f.symbols) - USUAL for f in source.methods)


def own_inputs(source: Source, row: CalculationRow, pool: Pool) -> dict[str, Any]:
    """Inputs by symbol: a datum's id, a list where a symbol has many values, a literal where no datum has the figure."""
    formula = max(source.methods, key=lambda f: sum(_symbol(f, h, p) is not None for h, p, _ in row.inputs))
    found: dict[str, Any] = {}
    for header, printed, said in row.inputs:
        symbol = _symbol(formula, header, printed)
        if symbol is None or number(said.text) is None:
            continue
        spec = formula.symbols[symbol]
        if spec.role == "constant" and not spec.many:
            continue
        value = _datum(header, printed, said, spec, pool) or {"value": said.text.strip(), "unit": printed.strip() or "1"}
        if spec.many:
            found.setdefault(symbol, []).append(value)
        elif symbol not in found:
            found[symbol] = value
    return found


def _symbol(formula: Formula, header: str, printed: str) -> str | None:
    """The symbol whose name the header is, or shares most with, among those its unit fits."""
    bare = fold(re.sub(r"\d+$", "", header.strip()))
    its_unit = unit_of(printed)
    fits = {
        s: spec for s, spec in formula.symbols.items()
        if its_unit is None or not spec.units or any(its_unit.fits(u) for u in spec.units)
    }
    shares = {s: _share(fold(spec.zh), bare) for s, spec in fits.items()}
    best = max(shares, key=lambda s: shares[s], default=None)
    return best if best is not None and shares[best] >= _LEAST else None


def _share(name: str, header: str) -> Fraction:
    """How much two names have in common: one for the same name."""
    if not name or not header:
        return Fraction(0)
    return Fraction(2 * len(set(name) & set(header)), len(set(name)) + len(set(header)))


def _datum(header: str, printed: str, said: Said, spec: SymbolSpec, pool: Pool) -> str | None:
    figure, its_unit = number(said.text), unit_of(printed)
    assert figure is not None
    base = Fraction(figure.value) * (its_unit.scale if its_unit is not None and not figure.percent else 1)
    factor = role_of(header, its_unit) in FACTORS
    fits = [d for d in pool if d.base == base and d.role not in ("emission", "output") and (not spec.units or any(d.unit.fits(u) for u in spec.units))]
    named: list[Draft] = [d for d in fits if set(d.item.text) & set(header)]
    best = max(named, key=lambda d: (_share(fold(d.item.text), fold(header)), (d.role in FACTORS) == factor), default=None)
    return best.id if best is not None else None


def names(inputs: Mapping[str, Any]) -> list[str]:
    """The data among the inputs of a line, those in lists too."""
    members = [m for one in inputs.values() for m in (one if isinstance(one, list) else [one])]
    return [m for m in members if isinstance(m, str)]
