"""Whether the rules notice a mutant: a finding that the unmutated dossier does not have, from any rule above note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.registry import find
from tanhe.dossier.model import Dossier
from tanhe.dossier.problems import UnreadableDossier
from tanhe.dossier.variant import variant

from . import closure, completeness, consistency, cross_check, plausibility, procedure, provenance
from .base import LAYERS, Base, Mutant, Operator, followed, load

TODAY = date(2026, 6, 30)
"""The day of the check: fixed, so that the benchmark gives the same next year."""

MODULES = (closure, provenance, cross_check, consistency, completeness, procedure, plausibility)


@dataclass(frozen=True)
class Verdict:
    """One mutant judged. ``rules`` noticed it; ``reworded``: only by another message of a finding that stood before.

    ``notes`` are rules that noticed it with a note, which counts only where the defect is no more than a note
    (``note_level``); ``crashed`` rules that raised an exception.
    """

    operator: str
    layer: str
    example: str
    where: str
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    note_level: bool = False
    reworded: bool = False
    refused: bool = False
    equivalent: bool = False
    crashed: tuple[str, ...] = ()

    @property
    def detected(self) -> bool:
        """Noticed by a rule, or refused by the reader with the place of the fault."""
        return bool(self.rules) or self.refused or (self.note_level and bool(self.notes))

    @property
    def strictly(self) -> bool:
        """Noticed by a fingerprint that is new, or that stands with another kind or severity than before."""
        return self.detected and not self.reworded

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers whose rules noticed it."""
        if self.refused:
            return ("input",)
        return tuple(sorted({find(code).family.value for code in self.rules or (self.notes if self.note_level else ())}))

    def record(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self) | {"detected": self.detected, "strictly": self.strictly, "layers": () if self.equivalent else self.layers}


@lru_cache(maxsize=1)
def operators() -> dict[str, Operator]:
    """Every operator by name, in the order of the layers."""
    found = [value for module in MODULES for value in vars(module).values() if isinstance(value, Operator)]
    unique = {op.name: op for op in found}
    return dict(sorted(unique.items(), key=lambda pair: LAYERS.index(pair[1].layer)))


@lru_cache(maxsize=8)
def base(name: str) -> Base:
    """An example, read once in a process."""
    return load(name)


def above_note(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that count: above a note and not waived."""
    return [f for f in findings if f.severity != "note" and f.waiver is None]


def keys(findings: Iterable[Finding]) -> dict[tuple[str, str], set[tuple[str, str, str]]]:
    """Kind, severity and message by rule and subject, which are what a fingerprint is made of."""
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for finding in findings:
        found.setdefault((finding.rule, finding.datum), set()).add((finding.kind, finding.severity, finding.message))
    return found


def weights(said: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Kinds and severities without the messages."""
    return {(kind, severity) for kind, severity, _ in said}


@lru_cache(maxsize=8)
def before(name: str) -> tuple[Finding, ...]:
    """What the rules say of the unmutated dossier."""
    return outcome_of(name).findings


def outcome_of(name: str) -> Outcome:
    """The rules on an unmutated example."""
    dossier, problems = variant(base(name).folder, ())
    return examine(dossier, problems, TODAY)[1]


def judge(operator: Operator, name: str, mutant: Mutant) -> Verdict:
    """Build the mutant, leave it if it is equivalent, and run all rules on it."""
    given = base(name)

    def verdict(**more: Any) -> Verdict:
        return Verdict(operator.name, operator.layer, name, mutant.where, note_level=operator.note, **more)

    try:
        changes = followed(given, mutant.changes) if mutant.closed else mutant.changes
        dossier, problems = variant(given.folder, changes)
        if same(dossier, given.dossier):
            return verdict(equivalent=True)
        outcome = examine(dossier, problems, TODAY)[1]
    except UnreadableDossier:
        return verdict(refused=True)
    now, was = keys(above_note(outcome.findings)), keys(above_note(before(name)))
    new = [key for key in now if key not in was]
    said = [key for key in now if key in was and now[key] - was[key]]
    graver = [key for key in said if weights(now[key]) - weights(was[key])]
    crashed = tuple(f"{code}: {why}" for code, why in outcome.not_run if code in outcome.crashed)
    noted = keys(outcome.findings).keys() - keys(before(name)).keys() - now.keys()
    return verdict(notes=tuple(sorted({code for code, _ in noted})), rules=tuple(sorted({code for code, _ in (*new, *said)})),
                   reworded=bool(said) and not new and not graver, crashed=crashed)


def same(one: Dossier, other: Dossier) -> bool:
    """The criterion of equivalence: every value of the dossier and every cell of its tables is equal as a value."""
    def tables(given: Dossier) -> list[Any]:
        return [(name, s.periods, s.values) for name, s in given.all_series.items()]

    return one.model_dump() == other.model_dump() and tables(one) == tables(other)


def judged(task: tuple[str, str, int]) -> list[Verdict]:
    """All mutants of one operator on one example; the work of one process."""
    name, example, most = task
    operator = operators()[name]
    return [judge(operator, example, mutant) for mutant in operator.mutants(base(example), most)]


def caught(example: str) -> list[str]:
    """Operators whose one drawn mutant of the example is noticed: what a test can hold on to."""
    return [name for name in operators() if any(v.detected and not v.equivalent for v in judged((name, example, 1)))]


def tasks(names: Iterable[str], examples: Iterable[str], most: int) -> list[tuple[str, str, int]]:
    """Operators × examples."""
    return [(name, example, most) for example in examples for name in names]
