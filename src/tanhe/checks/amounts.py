"""Values of a dossier as the rules use them (规则取数): one value per datum, and what one unit of it emits."""

from __future__ import annotations

from decimal import Decimal

from tanhe.checks.engine import Context
from tanhe.dossier.data import Datum
from tanhe.inventory.model import Evaluation, Input, Line
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit, unit

ZERO = Decimal(0)
ELECTRIC = unit("MWh").dimension
ENERGY = unit("GJ").dimension
MASS = unit("t").dimension
GAS = unit("1e4Nm3").dimension
SUMS = frozenset({"statistics.series_sum", "statistics.sum_of_two"})


def value(c: Context, name: str) -> Decimal | None:
    """The verified value of a datum, else the reported one, else the computed one, in the datum's unit."""
    datum, result = c.dossier.data.get(name), c.inventory.data.get(name)
    if datum is None or result is None:
        return None
    stated = datum.verified if datum.verified is not None else datum.reported
    return stated if stated is not None else result.verified


def evaluation(line: Line) -> Evaluation | None:
    """The verified evaluation, or the reported one where the verified has no value."""
    if line.verified_evaluation is not None and line.verified_evaluation.exact is not None:
        return line.verified_evaluation
    return line.reported_evaluation


def symbol(given: Evaluation | None, name: str) -> Input | None:
    """The input of that symbol, if it has a value."""
    return next((i for i in given.inputs if i.symbol == name), None) if given is not None else None


def signed(line: Line) -> Decimal | None:
    """What the line adds to the total, in tCO2e; None for memo lines and lines without a value."""
    if line.memo:
        return None
    exact = line.verified if line.verified is not None else line.exact
    return None if exact is None else exact * line.sign


def marginal(c: Context, name: str) -> Decimal:
    """tCO2e that one unit of the datum adds to the entity's total; 0 when no line uses it."""
    total = ZERO
    for line in c.inventory.lines:
        given = evaluation(line)
        used = next((i for i in given.inputs if i.datum == name and i.spec.role == "activity"), None) if given else None
        emitted = signed(line)
        if used is not None and emitted is not None and used.stated[0]:
            total += emitted / used.stated[0]
    if total:
        return total
    return sum((marginal(c, other) for other, d in c.dossier.data.items() if other != name and _adds(d, name)), ZERO)


def measured(datum: Datum) -> bool:
    """Whether the datum was metered, weighed or recorded, and not looked up or computed from other data."""
    if datum.kind not in ("activity", "production") or datum.library is not None:
        return False
    if len(datum.unit.powers) != 1:
        return False
    return datum.derive is None or datum.derive.formula == "statistics.series_sum"


def convert(amount: Decimal, given: Unit, wanted: Unit) -> Decimal | None:
    """The amount in another unit, None where they do not fit."""
    return scale(amount, given.factor_to(wanted)) if given.fits(wanted) else None


def percent(share: Decimal, digits: int = 2) -> str:
    """A share as a percentage with its sign: ``+6.58%``."""
    return f"{half_up(share * 100, digits):+f}%"


def shown(number: Decimal, digits: int = 2) -> str:
    """A number for a message: half-up to so many decimals, without exponent."""
    return format(half_up(number, digits), "f")


def _adds(datum: Datum, name: str) -> bool:
    if datum.derive is None or datum.derive.formula not in SUMS:
        return False
    return any(name == r or (isinstance(r, list) and name in r) for r in datum.derive.inputs.values())

