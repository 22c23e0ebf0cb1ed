"""What the closure rules share (算式闭合的公用部分): printed figures, their half units, members of a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tanhe.checks.engine import Context
from tanhe.dossier.data import Datum
from tanhe.dossier.places import Place
from tanhe.inventory.model import Grade, Inventory, Line, Sum, SupplementaryResult
from tanhe.inventory.replay import digits_of, half_unit
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.rounding import half_up

__all__ = ["digits_of", "half_unit"]


def printed(line: Line) -> Decimal:
    """The line's figure as printed, else as computed under the rounding policy."""
    if line.reported is not None:
        return line.reported
    return line.value if line.value is not None else Decimal(0)


def tolerance(parts: Iterable[Decimal], total: Decimal) -> Decimal:
    """How far a printed sum may lie from its printed parts: half the last place of each, and of the sum itself.

    With equal digits this is 0.5·10⁻ᵈ·(n+1).
    """
    d = digits_of(total)
    return half_unit(d) + sum((half_unit(min(d, digits_of(p))) for p in parts), Decimal(0))


def groups(inventory: Inventory) -> Iterator[tuple[str, Sum, list[Line], tuple[str | int, ...]]]:
    """Every subtotal of the inventory with its lines and the path of its figure."""
    sources: dict[str, tuple[str, ...]] = {s.id: (s.id,) for s in inventory.guideline.sources}
    sources |= {s.id: s.sources for s in inventory.guideline.subtotals}
    for name, found in inventory.subtotals.items():
        members = [x for x in inventory.lines if x.source.id in sources.get(name, (name,)) and not x.memo]
        yield name, found, members, ("subtotals", name, "reported")


def totals(inventory: Inventory) -> Iterator[tuple[str, Sum, list[Line], tuple[str | int, ...]]]:
    """The two totals of the inventory with their lines."""
    counted = [x for x in inventory.lines if not x.memo]
    direct = [x for x in counted if not x.source.purchased]
    for name, found, members in (
        ("excluding_purchased_energy", inventory.excluding, direct),
        ("including_purchased_energy", inventory.including, counted),
    ):
        yield name, found, members, ("totals", name, "reported")


def supplements(inventory: Inventory) -> Iterator[tuple[str, SupplementaryResult, tuple[str | int, ...]]]:
    """The totals of supplementary tables with the path of their figure."""
    for n, table in enumerate(inventory.supplementary):
        name = f"supplementary/{table.table}/{table.product}/{table.unit_name}"
        yield name, table, ("supplementary", n, "total", "reported")


def reproduced(lines: Sequence[Line]) -> bool:
    """Whether every line is reproduced digit by digit, so that its exact value is known."""
    return all(x.replay.grade in (Grade.EXACT, Grade.NOT_REPORTED) and x.exact is not None for x in lines)


def rounds_to(exact: Decimal, figure: Decimal) -> bool:
    """Whether a value rounds, half up, to a printed figure."""
    return half_up(exact, digits_of(figure)) == figure


def stated(datum: Datum) -> Decimal | None:
    """The verified value, else the reported one, in ``datum.unit``."""
    if datum.verified is not None:
        return datum.verified
    return in_own_unit(datum)


def in_own_unit(datum: Datum) -> Decimal | None:
    """The reported value in ``datum.unit``; None where it has none or the units do not fit."""
    if datum.reported is None or datum.reported_unit is None:
        return datum.reported
    if not datum.reported_unit.fits(datum.unit):
        return None
    return scale(datum.reported, datum.reported_unit.factor_to(datum.unit))


def places(c: Context, *paths: tuple[str | int, ...]) -> tuple[Place, ...]:
    """The places of several values, each once."""
    return tuple(dict.fromkeys(p for path in paths for p in c.place(*path)))


def line_places(c: Context, lines: Iterable[Line]) -> tuple[Place, ...]:
    """The places of lines."""
    return tuple(x.place for x in lines if x.place is not None)


def show(value: Decimal, digits: int | None = None) -> str:
    """A number for a message, with its digits or rounded to ``digits``."""
    return plain(value if digits is None else half_up(value, digits))
