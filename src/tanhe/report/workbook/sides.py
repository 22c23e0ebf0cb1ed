"""One evaluation in one column (一套口径的算式): the formula's terms, each with its cell, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from tanhe.dossier.data import Reference
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.render import to_sheet, to_text
from tanhe.inventory.model import Column, Evaluation, Line
from tanhe.inventory.resolve import cite
from tanhe.messages import TanheError
from tanhe.quantity.quantity import CONTEXT, scale
from tanhe.quantity.units import Unit, UnitError
from tanhe.report.workbook.references import Cited, References

LONG_SERIES = 60
"""Members beyond which a sum over a series is written over the range, as Σ written out would be too long."""

Given = Mapping[str, Reference | list[Reference]]


@dataclass(frozen=True)
class Term:
    """One symbol's value: ``cited`` where it stands, ``value`` in the symbol's unit; no value when it is missing."""

    key: str
    symbol: str
    spec: SymbolSpec
    value: Decimal | None = None
    unit: Unit | None = None
    cited: Cited | None = None

    @property
    def inline(self) -> bool:
        """Whether the formula refers to the series' own cells instead of a cell beside it."""
        return self.spec.many and self.cited is not None and bool(self.cited.series)

    @property
    def expression(self) -> str:
        """The cell it is taken from, converted to the symbol's unit; empty for a typed number."""
        if self.cited is None or not self.cited.mark or self.unit is None:
            return ""
        return converted(self.cited.mark, self.cited.unit, self.unit)


@dataclass(frozen=True)
class Side:
    """A formula with its terms in one column."""

    column: Column
    formula: Formula
    lengths: Mapping[str, int]
    terms: tuple[Term, ...]
    exact: Decimal | None
    unit: Unit
    conflict: str = ""
    missing: tuple[str, ...] = ()
    scale_from: Unit | None = None

    @property
    def absent(self) -> tuple[Term, ...]:
        """Terms without a value."""
        return tuple(term for term in self.terms if term.value is None)

    @property
    def expression(self) -> str:
        """The formula as text; a long series is not written out."""
        if any(term.inline for term in self.terms):
            return f"{self.formula.result_symbol} = {self.formula.doc.strip().rstrip('.')}"
        return f"{self.formula.result_symbol} = {to_text(self.formula.tree(self.lengths))}"

    def sheet_formula(self, cells: Mapping[str, str]) -> str:
        """The formula over cells, in the unit of the result; without ``=``."""
        longest = max(self.lengths.values(), default=0)
        text = _over_ranges(self, cells) if longest > LONG_SERIES else ""
        text = text or to_sheet(self.formula.tree(self.lengths), cells)[1:]
        if self.scale_from is None or self.scale_from.factor_to(self.unit) == 1:
            return text
        return converted(f"({text})", self.scale_from, self.unit)


def _over_ranges(side: Side, cells: Mapping[str, str]) -> str:
    """Long sums and weighted means over ranges; empty when the series is not one range of bare cells."""
    ranges = {}
    for symbol, length in side.lengths.items():
        terms = [t for t in side.terms if t.symbol == symbol]
        if len({t.cited.series for t in terms if t.cited}) != 1 or not all(t.inline for t in terms):
            return ""
        first, last = cells[f"{symbol}_1"], cells[f"{symbol}_{length}"]
        if not (first.startswith("⟦") and last.startswith("⟦")):
            return ""
        ranges[symbol] = f"{first}:{last}"
    match side.formula.id:
        case "statistics.series_sum":
            return f"SUM({ranges['x']})"
        case "statistics.weighted_mean":
            return f"SUMPRODUCT({ranges['x']},{ranges['w']})/SUM({ranges['w']})"
    return ""


def converted(text: str, given: Unit, wanted: Unit) -> str:
    """``text`` times the exact ratio of two units, written as multiplication and division of whole numbers."""
    ratio = given.factor_to(wanted)
    if ratio == 1:
        return text
    times = f"*{ratio.numerator}" if ratio.numerator != 1 else ""
    over = f"/{ratio.denominator}" if ratio.denominator != 1 else ""
    return f"({text}{times}{over})"


def line_side(line: Line, column: Column, references: References) -> Side | None:
    """A line's evaluation in one column."""
    verified = column is Column.VERIFIED
    evaluation = line.verified_evaluation if verified else line.reported_evaluation
    if evaluation is None:
        return None
    spec = line.spec
    given = spec.inputs if verified or spec.as_reported is None else spec.as_reported
    terms = _terms(evaluation, given, column, references)
    return Side(column, evaluation.formula, evaluation.lengths, terms, evaluation.exact, evaluation.unit,
                evaluation.conflict, evaluation.missing)


def _terms(evaluation: Evaluation, given: Given, column: Column, references: References) -> tuple[Term, ...]:
    inputs = {item.symbol: item for item in evaluation.inputs}
    found: list[Term] = []
    for symbol, spec in evaluation.formula.symbols.items():
        item = inputs.get(symbol)
        if item is None:
            found.append(Term(symbol, symbol, spec))
            continue
        values = item.values if spec.many else item.values[:1]
        cited = _cited(symbol, given, column, references)
        if not cited and item.factor is not None:
            cited = (Cited(item.factor.value, item.stated[1], references.factor(item.factor), item.origin,
                           style="library"),)
        for n, value in enumerate(values, 1):
            key = f"{symbol}_{n}" if spec.many else symbol
            at = cited[n - 1] if n <= len(cited) else None
            if at is None or not _agrees(at, item.unit, value):
                at = Cited(value, item.unit, "", item.origin, str(item.place or ""), "input")
            found.append(Term(key, symbol, spec, value, item.unit, at))
    return tuple(found)


def _cited(symbol: str, given: Given, column: Column, references: References) -> tuple[Cited, ...]:
    reference = given.get(symbol, "default")
    if reference == "default":
        return ()
    members = reference if isinstance(reference, list) else [reference]
    return tuple(cited for member in members for cited in references.find(member, column))


def _agrees(cited: Cited, wanted: Unit, value: Decimal) -> bool:
    """A cell is referred to only when it holds the value that was computed with."""
    return cited.unit.fits(wanted) and scale(cited.value, cited.unit.factor_to(wanted)) == value


def derivation_side(name: str, column: Column, references: References) -> Side | None:
    """A datum's derivation in one column, in the unit of the datum; None when it has none that can be shown."""
    result = references.inventory.data[name]
    datum, base = result.datum, result.evaluation
    if datum.derive is None or base is None:
        return None
    wanted = datum.reported_unit if _in_reported_unit(column, datum) and datum.reported_unit else datum.unit
    constants = {item.symbol: item for item in base.inputs if item.factor is not None}
    terms: list[Term] = []
    for symbol, spec in base.formula.symbols.items():
        cited = _cited(symbol, datum.derive.inputs, column, references)
        if not cited and symbol in constants and symbol not in datum.derive.inputs:
            factor = constants[symbol].factor
            assert factor is not None
            cited = (Cited(factor.value, constants[symbol].stated[1], references.factor(factor), cite(factor),
                           style="library"),)
        terms += _bound(symbol, spec, cited)
    lengths = {s: sum(t.symbol == s for t in terms) for s, spec in base.formula.symbols.items() if spec.many}
    side = Side(column, base.formula, lengths, tuple(terms), None, wanted, base.conflict, base.missing)
    return _evaluated(side, wanted)


def _in_reported_unit(column: Column, datum: object) -> bool:
    return column is Column.REPORTED and getattr(datum, "reported", None) is not None


def _bound(symbol: str, spec: SymbolSpec, cited: tuple[Cited, ...]) -> list[Term]:
    wanted = spec.fitting(cited[0].unit) if cited else None
    if wanted is None or not all(c.unit.fits(wanted) for c in cited):
        return [Term(f"{symbol}_1" if spec.many else symbol, symbol, spec)]
    kept = cited if spec.many else cited[:1]
    target = cited[0].unit if not spec.units else wanted
    return [
        Term(f"{symbol}_{n}" if spec.many else symbol, symbol, spec, scale(c.value, c.unit.factor_to(target)), target, c)
        for n, c in enumerate(kept, 1)
    ]


def _evaluated(side: Side, wanted: Unit) -> Side:
    """The side with its exact result, when every term has a value and the units fit."""
    if side.absent:
        return side
    values = {
        s: [t.value for t in side.terms if t.symbol == s and t.value is not None] for s in side.formula.symbols
    }
    units = {t.symbol: t.unit for t in side.terms if t.unit is not None}
    try:
        result = side.formula.unit_of(units)
        with localcontext(CONTEXT):
            exact = side.formula.evaluate({
                s: found if side.formula.symbols[s].many else found[0] for s, found in values.items()
            })
            exact = scale(exact, result.factor_to(wanted))
    except UnitError as error:
        return replace(side, conflict=str(error))
    except (ArithmeticError, ValueError, TanheError) as error:
        return replace(side, missing=(str(error) or "不能计算",))
    return replace(side, exact=exact, scale_from=result)

