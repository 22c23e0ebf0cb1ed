"""Which data belong to which section (数据归属): reached from the lines through their derivations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tanhe.dossier.data import Reference
from tanhe.dossier.model import Dossier, EmissionLine
from tanhe.guidelines.model import Source
from tanhe.inventory.model import DatumResult, Inventory

ACTIVITY = ("activity", "production")


@dataclass(frozen=True)
class Group:
    """A source of the inventory and the data its lines use, directly or through derivations."""

    source: Source | None
    data: tuple[DatumResult, ...]
    amounts: frozenset[str] = frozenset()
    """Data of no kind of their own that are amounts too, such as the stocks a consumption is derived from."""

    def activity(self) -> tuple[DatumResult, ...]:
        """Activity and production data."""
        return tuple(d for d in self.data if d.datum.kind in ACTIVITY or d.id in self.amounts)

    def factors(self) -> tuple[DatumResult, ...]:
        """Factors and everything else."""
        return tuple(d for d in self.data if d.datum.kind not in ACTIVITY and d.id not in self.amounts)


@dataclass(frozen=True)
class Placement:
    """Data of the legal-entity boundary by source, of the supplementary tables, and of neither."""

    entity: tuple[Group, ...]
    supplementary: tuple[DatumResult, ...]
    rest: Group


def place_data(inv: Inventory) -> Placement:
    """Every datum of the dossier exactly once."""
    taken: set[str] = set()
    amounts = _amounts(inv.dossier)
    groups: list[Group] = []
    for source in inv.guideline.sources:
        lines = [line.spec for line in inv.lines if line.source.id == source.id]
        if lines:
            groups.append(Group(source, _take(inv, lines, taken), amounts))
    tables = [line.spec for table in inv.supplementary for line in table.lines]
    supplementary = _take(inv, tables, taken)
    rest = tuple(result for name, result in inv.data.items() if name not in taken)
    return Placement(tuple(groups), supplementary, Group(None, rest, amounts))


def _amounts(dossier: Dossier) -> frozenset[str]:
    """Data of kind ``other`` with a monthly series, or that activity data are derived from."""
    derived = _reached(dossier, [name for name, d in dossier.data.items() if d.kind in ACTIVITY])
    monthly = (name for name, d in dossier.data.items() if d.series)
    return frozenset(name for name in (*derived, *monthly) if dossier.data[name].kind == "other")


def _take(inv: Inventory, lines: Sequence[EmissionLine], taken: set[str]) -> tuple[DatumResult, ...]:
    names = [n for n in dict.fromkeys(_reached(inv.dossier, _references(lines))) if n not in taken]
    taken.update(names)
    return tuple(inv.data[n] for n in names)


def _references(lines: Iterable[EmissionLine]) -> Iterator[Reference]:
    for line in lines:
        for given in (line.inputs, line.as_reported or {}):
            for one in given.values():
                yield from one if isinstance(one, list) else (one,)


def _reached(dossier: Dossier, references: Iterable[Reference], seen: tuple[str, ...] = ()) -> Iterator[str]:
    for reference in references:
        if not isinstance(reference, str) or reference not in dossier.data or reference in seen:
            continue
        yield reference
        derive = dossier.data[reference].derive
        if derive is not None:
            inner = [r for one in derive.inputs.values() for r in (one if isinstance(one, list) else [one])]
            yield from _reached(dossier, inner, (*seen, reference))
