"""Computing emission lines (排放量计算行): both columns, full precision, and the replay of the reported figure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tanhe.dossier.model import EmissionLine
from tanhe.dossier.places import Place
from tanhe.formulas.formula import Formula
from tanhe.guidelines.model import Source
from tanhe.inventory.intermediates import on_the_way
from tanhe.inventory.model import Column, Evaluation, Line
from tanhe.inventory.replay import digits_of, replay
from tanhe.inventory.resolve import Absent, Given, Resolver
from tanhe.messages import TanheError, text
from tanhe.quantity.rounding import Kind, RoundingPolicy, half_up

SIGNED = frozenset({"electricity", "heat"})
"""Sources whose activity may be negative: a net export."""


def method_for(
    source: Source, given: Given, named: str | None, fits: Callable[[Formula], bool] = lambda _: True
) -> Formula:
    """The formula of the source that the inputs point to, or the one named; ``fits`` settles a tie by units."""
    if named is not None:
        for formula in source.methods:
            if named in (formula.id, formula.id.split(".")[-1]):
                return formula
        known = "、".join(m.id for m in source.methods)
        raise TanheError(text(f"“{source.zh}”没有方法“{named}”", f"{source.en} has no method {named!r}"), expected=known)
    scores = [_fit(m, source, given) for m in source.methods]
    best = [m for m, score in zip(source.methods, scores, strict=True) if score == max(scores)]
    return next((m for m in best[:-1] if fits(m)), best[-1]) if len(best) > 1 else best[0]


def _carries(formula: Formula, given: Given, resolver: Resolver, column: Column) -> bool:
    """Whether every given value has a unit its symbol may carry; what has no value yet speaks against nothing."""
    for symbol, reference in given.items():
        if symbol not in formula.symbols or reference == "default":
            continue
        for member in reference if isinstance(reference, list) else [reference]:
            try:
                found = resolver.find(member, column)
            except (Absent, TanheError):
                continue
            if formula.symbols[symbol].fitting(found.unit) is None:
                return False
    return True


def _fit(formula: Formula, source: Source, given: Given) -> int:
    """How well the given symbols suit a formula; defaults stand in for the first method's symbols only."""
    symbols = set(formula.symbols) - set(source.constants)
    absent = symbols - set(given)
    defaulted = absent & set(source.defaults) if formula is source.methods[0] else set()
    return 4 * len(symbols & set(given)) - 6 * len(set(given) - symbols) - 2 * len(absent - defaulted) - len(defaulted)


def compute_line(
    spec: EmissionLine, source: Source, resolver: Resolver, policy: RoundingPolicy, place: Place | None
) -> Line:
    """One line of the inventory; problems are kept in it, never raised."""
    try:
        given = spec.as_reported if spec.as_reported is not None else spec.inputs
        method = spec.reported_method if spec.as_reported is not None else spec.method
        reported = _evaluate(spec, source, given, method, resolver, Column.REPORTED)
        verified = reported
        if spec.as_reported is not None or _columns_differ(spec.inputs, resolver):
            verified = _evaluate(spec, source, spec.inputs, spec.method, resolver, Column.VERIFIED)
        unrounded = _unrounded(spec, source, given, method, resolver, reported)
    except TanheError as error:
        return _broken(spec, source, str(error), place)
    verified = _refuse_conflict(verified)
    problems = tuple(dict.fromkeys([*_range_problems(source, verified), *_range_problems(source, reported)]))
    if problems:
        verified = _without_value(verified, problems)
    hidden = {i.symbol: i.value for i in unrounded.inputs if not i.spec.many}
    value = _rounded(on_the_way(reported, policy), spec.reported, policy)
    verified_value = value if verified.exact == reported.exact else _rounded(on_the_way(verified, policy), None, policy)
    return Line(
        id=spec.id, source=source, item=spec.item, spec=spec,
        sign=source.sign * (-1 if spec.direction == "out" else 1),
        reported_evaluation=reported, verified_evaluation=verified,
        value=value, verified_value=verified_value, full=unrounded.exact,
        reported=spec.reported, replay=replay(reported, spec.reported, hidden),
        place=place, unit=str(reported.unit), gas_mass=_gas_mass(verified), problems=problems,
    )


def _evaluate(
    spec: EmissionLine, source: Source, given: Given, method: str | None, resolver: Resolver, column: Column,
    unrounded: bool = False,
) -> Evaluation:
    formula = method_for(source, given, method, lambda m: _carries(m, given, resolver, column))
    unknown = [name for name in given if name not in formula.symbols]
    if unknown:
        raise TanheError(
            text(f"“{source.zh}”的公式没有符号 {', '.join(unknown)}", f"the formula has no symbol {', '.join(unknown)}"),
            expected=", ".join(formula.symbols),
        )
    return resolver.evaluate(formula, given, column, source.constants, source.defaults, spec.fuel, unrounded,
                             spec.gas)


def _unrounded(
    spec: EmissionLine, source: Source, given: Given, method: str | None, resolver: Resolver, printed: Evaluation
) -> Evaluation:
    """The evaluation with derived inputs at full precision; the same one where nothing is derived."""
    data = resolver.dossier.data
    if not any(i.datum is not None and data[i.datum].derive is not None for i in printed.inputs):
        return printed
    return _evaluate(spec, source, given, method, resolver, Column.REPORTED, unrounded=True)


def _refuse_conflict(evaluation: Evaluation) -> Evaluation:
    """Units that do not fit are never computed in the verified column."""
    return _without_value(evaluation, (evaluation.conflict,)) if evaluation.conflict else evaluation


def _without_value(evaluation: Evaluation, why: tuple[str, ...]) -> Evaluation:
    return Evaluation(evaluation.formula, evaluation.inputs, None, evaluation.unit, evaluation.conflict,
                      (*evaluation.missing, *why))


def _range_problems(source: Source, evaluation: Evaluation) -> tuple[str, ...]:
    """Negative activity data where only a net export may be negative."""
    if source.id in SIGNED:
        return ()
    return tuple(
        text(
            f"{i.spec.zh}（{i.symbol}）为负值 {i.stated[0]}，应不小于 0",
            f"{i.spec.en} ({i.symbol}) is negative: {i.stated[0]}; expected at least 0",
        )
        for i in evaluation.inputs
        if i.spec.role == "activity" and any(v < 0 for v in i.values)
    )


def _rounded(exact: Decimal | None, reported: Decimal | None, policy: RoundingPolicy) -> Decimal | None:
    """The policy's digits, or the digits the report printed for this very figure."""
    if exact is None:
        return None
    return half_up(exact, digits_of(reported)) if reported is not None else policy.apply(Kind.EMISSION_LINE, exact)


def _gas_mass(evaluation: Evaluation) -> Decimal | None:
    """Mass of the gas itself where the formula ends with its GWP."""
    gwp = next((i.value for i in evaluation.inputs if i.symbol == "GWP"), None)
    return evaluation.exact / gwp if gwp and evaluation.exact is not None else None


def _columns_differ(given: Given, resolver: Resolver) -> bool:
    """Whether some input has other figures in the verified column; derived and library values are followed."""
    data = resolver.dossier.data
    for reference in given.values():
        for member in reference if isinstance(reference, list) else [reference]:
            datum = data.get(member) if isinstance(member, str) else None
            if datum is None:
                continue
            if datum.reported is not None and datum.verified is not None:
                if (datum.reported, datum.reported_unit or datum.unit) != (datum.verified, datum.unit):
                    return True
            elif datum.derive is not None and datum.reported is None and datum.verified is None:
                return True
    return False


def _broken(spec: EmissionLine, source: Source, why: str, place: Place | None) -> Line:
    formula = source.methods[0]
    empty = Evaluation(formula, (), None, formula.result[0], missing=(why,))
    return Line(
        id=spec.id, source=source, item=spec.item, spec=spec, sign=source.sign, reported_evaluation=empty,
        verified_evaluation=empty, value=None, verified_value=None, full=None, reported=spec.reported,
        replay=replay(empty, spec.reported), place=place, problems=(why,),
    )
