"""A report read, computed and checked, and what two readings have otherwise (差别)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.inventory.model import Inventory
from tanhe.reading.blocks import Document
from tanhe.reading.service import ReadReport, from_document

from ..judge import TODAY
from .paper import Key, key


@dataclass(frozen=True)
class Read:
    """A report read, computed and checked."""

    report: ReadReport
    inventory: Inventory
    findings: tuple[Finding, ...]
    crashed: tuple[str, ...]

    @cached_property
    def leaves(self) -> Mapping[tuple[str, ...], list[tuple[str, tuple[str | int, ...]]]]:
        """Every value of the dossier by its path without positions, with the path it has."""
        found: dict[tuple[str, ...], list[tuple[str, tuple[str | int, ...]]]] = {}
        for path, value in _leaves(self.report.tree):
            found.setdefault(tuple("*" if isinstance(p, int) else p for p in path), []).append((value, path))
        for name, body in self.report.tables.items():
            found["file", name] = [(body, ("tables", name.removesuffix(".csv").rpartition("/")[2]))]
        return found

    @cached_property
    def unexplained(self) -> frozenset[tuple[Key, str]]:
        """Printed numbers without an explanation."""
        return frozenset((key(u.place), u.number) for u in self.report.reading.unplaced)

    @cached_property
    def known(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str, str]], Mapping[tuple[str, str], Any]]:
        """Findings by rule and subject; by rule and message; weights and places of each subject."""
        said: dict[tuple[str, str], tuple[set[tuple[str, str]], set[Key]]] = {}
        for f in self.findings:
            weights, places = said.setdefault((f.rule, f.datum), (set(), set()))
            weights.add((f.kind, f.severity))
            places |= {key(p) for p in f.places}
        return frozenset(said), frozenset((f.rule, f.kind, f.severity, f.message) for f in self.findings), said

    def places_of(self, *roots: tuple[str | int, ...]) -> set[Key]:
        """Where the members of the dossier stand that begin with one of these paths."""
        wanted = set(roots)
        return {key(place) for path, place in self.report.places.items() if path[:2] in wanted or path[:1] in wanted}


def read(document: Document) -> Read:
    """Read, compute, check."""
    report = from_document(document)
    inventory, outcome = examine(report.dossier, report.problems, TODAY)
    crashed = tuple(f"{code}: {why}" for code, why in outcome.not_run if code in outcome.crashed)
    return Read(report, inventory, outcome.findings, crashed)


def following(was: Read, now: Read) -> tuple[set[str], set[Key]]:
    """Names of the data, lines, sums and list rows that were read or computed otherwise than before, and their places."""
    roots: dict[str, set[tuple[str | int, ...]]] = {"was": set(), "now": set()}
    names: set[str] = set()
    for path in was.leaves.keys() | now.leaves.keys():
        one, other = was.leaves.get(path, []), now.leaves.get(path, [])
        said = {value for value, _ in one} ^ {value for value, _ in other}
        if not said and len(one) != len(other):
            said = {value for value, _ in (*one, *other)}
        for side, members in (("was", one), ("now", other)):
            for value, full in members:
                if value in said:
                    roots[side].add(full[:2])
                    names |= {str(p) for p in full[:3] if isinstance(p, str) and p not in _KINDS}
                    names |= {value} if 3 < len(value) < 40 else set()
    for name, root in _computed(was.inventory, now.inventory):
        names.add(name)
        roots["was"].add(root)
        roots["now"].add(root)
    return names, was.places_of(*roots["was"]) | now.places_of(*roots["now"])


_KINDS = {"data", "lines", "subtotals", "totals", "statements", "tables", "documents", "team", "sources", "entity", "reported", "verified",
          "dates", "value", "text", "source", "unit"}


def _computed(was: Inventory, now: Inventory) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Lines and sums of which the recomputed value is another."""
    one, other = ([(line.id, line.value, line.verified_value) for line in i.lines] for i in (was, now))
    for n in range(max(len(one), len(other))):
        if one[n : n + 1] != other[n : n + 1]:
            yield (other if n < len(other) else one)[n][0], ("lines", n)
    for name in {*was.subtotals, *now.subtotals}:
        if _value(was.subtotals.get(name)) != _value(now.subtotals.get(name)):
            yield name, ("subtotals", name)
    for root, name in (("including", "including_purchased_energy"), ("excluding", "excluding_purchased_energy")):
        if _value(getattr(was, root)) != _value(getattr(now, root)):
            yield name, ("totals", name)


def _value(total: Any) -> tuple[Decimal, Decimal] | None:
    return None if total is None else (total.value, total.verified_value)


def _leaves(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(part, Mapping):
        for name, member in part.items():
            yield from _leaves(member, (*path, name))
    elif isinstance(part, list | tuple):
        for n, member in enumerate(part):
            yield from _leaves(member, (*path, n))
    elif part is not None:
        yield path, str(part)
