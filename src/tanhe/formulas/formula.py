"""A formula (公式): one plain function of its symbols, with the meaning and unit of each symbol.

``@formula`` wraps the function. The wrapped object runs on ``Decimal`` (:meth:`Formula.evaluate`), checks units
(:meth:`Formula.unit_of`) and gives its expression tree (:meth:`Formula.tree`) to the renderers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tanhe.formulas.expression import Node, Symbol, binaries_of
from tanhe.messages import text
from tanhe.quantity.quantity import CONTEXT, to_decimal
from tanhe.quantity.units import Unit, UnitError, unit

Value = Decimal | Sequence[Decimal]
Term = Any
"""What a formula is called with: Decimal, Unit or expression node; the same code serves all three."""


@dataclass(frozen=True)
class SymbolSpec:
    """What a symbol of a formula means: Chinese and English name, units it may carry, its role.

    ``units`` lists the alternatives (a solid fuel is counted in t, a gas in 10⁴Nm³). ``role`` is ``activity``
    (活动数据), ``factor`` (排放因子和计算系数) or ``constant``; ``many`` marks a series.
    """

    zh: str
    en: str
    units: tuple[Unit, ...]
    role: str = "factor"
    many: bool = False
    fraction: bool = False

    def as_series(self) -> SymbolSpec:
        """The same symbol as a series of values."""
        return replace(self, many=True)

    def fitting(self, given: Unit) -> Unit | None:
        """The alternative that ``given`` can be converted to, or None; no alternatives means any unit."""
        if not self.units:
            return given
        return next((u for u in self.units if u.fits(given)), None)


def activity(zh: str, en: str, units: str, *, many: bool = False) -> SymbolSpec:
    """An activity-data symbol; ``units`` are alternatives separated by ``|``."""
    return SymbolSpec(zh, en, tuple(unit(u) for u in units.split("|")), "activity", many)


def factor(zh: str, en: str, units: str, *, many: bool = False) -> SymbolSpec:
    """A factor or parameter symbol."""
    return SymbolSpec(zh, en, tuple(unit(u) for u in units.split("|")), "factor", many)


def fraction(zh: str, en: str, *, role: str = "factor", many: bool = False) -> SymbolSpec:
    """A share between 0 and 1 (oxidation factor, purity, abatement rate)."""
    return SymbolSpec(zh, en, (unit("1"),), role, many, fraction=True)


def constant(zh: str, en: str, units: str) -> SymbolSpec:
    """A constant of the guideline, read from the factor library."""
    return SymbolSpec(zh, en, tuple(unit(u) for u in units.split("|")), "constant")


@dataclass(frozen=True)
class Formula:
    """A function of named symbols with its result unit(s), clause and equation (the docstring)."""

    id: str
    zh: str
    en: str
    result: tuple[Unit, ...]
    result_symbol: str
    symbols: Mapping[str, SymbolSpec]
    function: Callable[..., Any] = field(repr=False, compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def doc(self) -> str:
        """The equation and its source, as written in the function's docstring."""
        return self.function.__doc__ or ""

    def evaluate(self, values: Mapping[str, Value]) -> Decimal:
        """The exact result for values already standing in the symbols' units.

        A quotient that does not terminate is carried as a ratio and rounded once, at the end: W ÷ 44 × 44 is W again,
        so that a half stays a half.
        """
        with localcontext(CONTEXT) as context:
            context.clear_flags()
            result = Decimal(self.function(**values))
            if not context.flags[Inexact] or not _divides_early(self):
                return result
        return to_decimal(self.function(**{name: _ratio(value) for name, value in values.items()}))

    def unit_of(self, units: Mapping[str, Unit]) -> Unit:
        """The unit of the result; UnitError names the combination that does not fit."""
        return _unit_of(self, tuple(units.items()))

    def tree(self, lengths: Mapping[str, int] | None = None) -> Node:
        """The expression tree; ``lengths`` gives the number of members of each series symbol."""
        return _tree(self, tuple(sorted((lengths or {}).items())))


def _ratio(value: Value) -> Fraction | list[Fraction]:
    return Fraction(value) if isinstance(value, Decimal) else [Fraction(member) for member in value]


@lru_cache(maxsize=256)
def _divides_early(formula: Formula) -> bool:
    """Whether a quotient is used further; a division that comes last is rounded once in any case."""
    tree = formula.tree()
    return any(part.op == "/" and part is not tree for part in binaries_of(tree))


@lru_cache(maxsize=2048)
def _unit_of(formula: Formula, units: tuple[tuple[str, Unit], ...]) -> Unit:
    given = dict(units)
    arguments = {name: [u] if formula.symbols[name].many else u for name, u in given.items()}
    try:
        result: Unit = formula.function(**arguments)
    except UnitError as error:
        raise UnitError(f"{formula.zh if text('zh', 'en') == 'zh' else formula.en}: {error.message}") from error
    if not formula.result:
        return result
    for wanted in formula.result:
        if (wanted.dimension, wanted.scale) == (result.dimension, result.scale):
            return wanted
    raise UnitError(
        text(
            f"{formula.zh}：单位不相配（{'，'.join(f'{n} {u.zh}' for n, u in given.items())}），"
            f"乘出来是“{result.zh}”，应为“{'或'.join(u.zh for u in formula.result)}”",
            f"{formula.en}: the units do not fit ({', '.join(f'{n} {u}' for n, u in given.items())}): "
            f"they give {result}, expected {' or '.join(map(str, formula.result))}",
        )
    )


@lru_cache(maxsize=512)
def _tree(formula: Formula, lengths: tuple[tuple[str, int], ...]) -> Node:
    sizes = dict(lengths)
    arguments: dict[str, Any] = {
        name: [Symbol(name, i + 1) for i in range(sizes.get(name, 2))] if spec.many else Symbol(name)
        for name, spec in formula.symbols.items()
    }
    built: Node = formula.function(**arguments)
    return built


def formula(
    zh: str, en: str, result: str, symbol: str, **symbols: SymbolSpec
) -> Callable[[Callable[..., Any]], Formula]:
    """Declare a formula; its id is ``module.function`` without the package name."""

    def wrap(function: Callable[..., Any]) -> Formula:
        name = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        results = tuple(unit(u) for u in result.split("|")) if result else ()
        return Formula(name, zh, en, results, symbol, dict(symbols), function)

    return wrap
