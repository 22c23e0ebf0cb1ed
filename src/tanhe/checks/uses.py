"""Which emission lines a table, datum or meter feeds (数据与排放行的关系), and their share of the emissions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from tanhe.dossier.data import Reference, References
from tanhe.dossier.model import Dossier, EmissionLine
from tanhe.inventory.model import Inventory
from tanhe.quantity.rounding import half_up

SHARE_DIGITS = 2


def table_of(dossier: Dossier, name: str) -> str | None:
    """The monthly table a datum, a ``table.column`` or a table's own name leads to; None where there is none."""
    if name in dossier.tables:
        return name
    return next((n.partition(".")[0] for n in sorted(_reached(dossier, name)) if n.partition(".")[0] in dossier.tables), None)


def table_shares(inventory: Inventory) -> Mapping[str, Decimal | None]:
    """For every monthly table the percentage of the total its lines make up; None where it feeds no line."""
    fed = _fed(inventory.dossier)
    return {name: _share(inventory, (line for line, used in fed.items() if any(u.partition(".")[0] == name for u in used)))
            for name in inventory.dossier.tables}


def meter_shares(inventory: Inventory) -> tuple[Decimal | None, ...]:
    """For every meter the percentage of the lines whose data name it by number or name; None where none does."""
    dossier = inventory.dossier
    fed = _fed(dossier)
    said = {name: " ".join((d.method, d.calibration, d.source, d.note)) for name, d in dossier.data.items()}
    found: list[Decimal | None] = []
    for meter in dossier.meters:
        marks = [m.strip() for m in (meter.number, meter.name) if m.strip()]
        data = {name for name, words in said.items() if any(m in words for m in marks)}
        found.append(_share(inventory, (line for line, used in fed.items() if used & data)))
    return tuple(found)


def _share(inventory: Inventory, lines: Iterable[str]) -> Decimal | None:
    """Of the enterprise's own lines; those of supplementary tables, parts of the same emissions, only without them."""
    fed = set(lines)
    own = [line for line in inventory.lines if line.id in fed]
    found = own or [line for table in inventory.supplementary for line in table.lines if line.id in fed]
    values = [line.verified_value for line in found if line.verified_value is not None]
    total = inventory.including.verified
    if not values or not total:
        return None
    return half_up(sum((abs(v) for v in values), Decimal(0)) / abs(total) * 100, SHARE_DIGITS)


def _fed(dossier: Dossier) -> Mapping[str, frozenset[str]]:
    """For every line all names it reaches: data, ``table.column``."""
    return {line.id: frozenset(_of_line(dossier, line)) for line in _lines(dossier)}


def _lines(dossier: Dossier) -> Iterator[EmissionLine]:
    yield from dossier.lines
    for table in dossier.supplementary:
        yield from table.lines


def _of_line(dossier: Dossier, line: EmissionLine) -> set[str]:
    found: set[str] = set()
    for reference in _flat(line.inputs, line.as_reported or {}):
        found |= _reached(dossier, reference)
    return found


def _reached(dossier: Dossier, name: str) -> set[str]:
    """The name and everything it is derived from; a name met twice is followed once."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        this = waiting.pop()
        if this in found:
            continue
        found.add(this)
        datum = dossier.data.get(this)
        if datum is None:
            continue
        waiting += [datum.series] if datum.series else []
        waiting += list(_flat(datum.derive.inputs)) if datum.derive else []
    return found


def _flat(*given: Mapping[str, References] | Mapping[str, Reference]) -> Iterator[str]:
    for inputs in given:
        for reference in inputs.values():
            for member in reference if isinstance(reference, list) else [reference]:
                if isinstance(member, str):
                    yield member
