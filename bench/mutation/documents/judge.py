"""Whether reading and rules notice a defect printed into a report, at its place, and what they cry besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from tanhe.checks.findings import Finding
from tanhe.dossier.problems import UnreadableDossier
from tanhe.messages import TanheError

from ..judge import above_note
from . import figures, identity, prose, references, structure, tables, wording
from .difference import Read, following, read
from .heldout import evidence, factors, procedure, quantities, statements
from .making import write
from .operators import LAYERS, Mutant, Operator
from .paper import Key, Paper, key

MODULES = (figures, tables, prose, identity, references, wording, structure)
HELD_OUT = (quantities, factors, procedure, evidence, statements)
"""Operators that no rule was written for when they were first run (留出)."""


@dataclass(frozen=True)
class Verdict:
    """One mutant judged; ``rules`` noticed it, ``placed`` of them at the changed text or in its table.

    ``unexplained``: the closure lists a number there. ``reworded``: only the words of an older finding changed, which does
    not count. ``alarms``: new findings elsewhere that do not follow. ``changed``: the dossier read is another one.
    """

    operator: str
    layer: str
    example: str
    what: str
    rules: tuple[str, ...] = ()
    placed: bool = False
    absent: bool = False
    unexplained: bool = False
    reworded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    findings: int = 0
    refused: bool = False
    changed: bool = True
    crashed: tuple[str, ...] = ()

    @property
    def detected(self) -> bool:
        """By a finding, by the closure of numbers at the place, or refused."""
        return bool(self.rules) or self.unexplained or self.refused

    @property
    def at_place(self) -> bool:
        """Detected there."""
        return self.placed or self.unexplained

    def record(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self) | {"detected": self.detected, "at_place": self.at_place}


@lru_cache(maxsize=8)
def paper(name: str) -> Paper:
    """The report of an example, written and read to blocks once in a process."""
    return write(name)


@lru_cache(maxsize=8)
def unmutated(name: str) -> Read:
    """The report as it is."""
    return read(paper(name).document)


@lru_cache(maxsize=2)
def operators(held_out: bool = False) -> dict[str, Operator]:
    """Every operator by name, in the order of the layers; or those held out."""
    found = [value for module in (HELD_OUT if held_out else MODULES) for value in vars(module).values() if isinstance(value, Operator)]
    unique = {op.name: op for op in found}
    return dict(sorted(unique.items(), key=lambda pair: LAYERS.index(pair[1].layer)))


def judge(operator: Operator, name: str, mutant: Mutant) -> Verdict:
    """Print the defect, read the report, and compare with the reading of the unmutated one."""
    was = unmutated(name)

    def verdict(**more: Any) -> Verdict:
        return Verdict(operator.name, operator.layer, name, mutant.what, absent=mutant.absent, **more)

    try:
        now = read(mutant.make())
    except TanheError as error:
        problems = error.problems if isinstance(error, UnreadableDossier) else ()
        return verdict(refused=True, placed=any(p.place is not None and _near(mutant, [key(p.place)]) for p in problems))
    except Exception as error:  # a crash is a result of the benchmark, with its example
        return verdict(crashed=(f"{type(error).__name__}: {error}"[:120],))
    subjects, follows = following(was, now)
    fresh, reworded = _fresh(was, now)
    mine = [f for f in above_note(fresh) if _related(f, mutant, subjects, follows)]
    others = [f for f in above_note(fresh) if f not in mine]
    new_numbers = now.unexplained - was.unexplained
    return verdict(
        rules=tuple(sorted({f.rule for f in mine})), placed=any(_near(mutant, map(key, f.places)) for f in mine),
        unexplained=any(at in mutant.keys for at, _ in new_numbers), reworded=tuple(sorted({f.rule for f in above_note(reworded)})),
        notes=tuple(sorted({f.rule for f in fresh if f.severity == "note"})), alarms=tuple(sorted(f"{f.rule} {f.datum}" for f in others)),
        findings=len(mine) + len(others), changed=bool(subjects), crashed=now.crashed,
    )


def _near(mutant: Mutant, places: Iterable[Key]) -> bool:
    """Whether a place is the changed text or in its table."""
    return any(at in mutant.keys or at[0] in mutant.near for at in places)


def _fresh(was: Read, now: Read) -> tuple[list[Finding], list[Finding]]:
    """New, regraded or relocated findings; and those of which only the words changed."""
    subjects, messages, weights = was.known
    fresh, reworded = [], []
    for f in now.findings:
        if (f.rule, f.kind, f.severity, f.message) in messages and (
                (f.rule, f.datum) not in subjects or {key(p) for p in f.places} <= weights[f.rule, f.datum][1]):
            continue
        if (f.rule, f.datum) not in subjects:
            fresh.append(f)
            continue
        graded, places = weights[f.rule, f.datum]
        moved = {key(p) for p in f.places} - places
        (fresh if (f.kind, f.severity) not in graded or moved else reworded).append(f)
    return fresh, reworded


def _related(finding: Finding, mutant: Mutant, names: set[str], follows: set[Key]) -> bool:
    """At the changed text, in its table, at what follows from it, or naming what was changed."""
    at = {key(p) for p in finding.places}
    if _near(mutant, at) or at & follows:
        return True
    said = f"{finding.datum} {finding.message}"
    return any(word in said for word in mutant.words) or any(name in finding.datum for name in names if len(name) > 3) or (
        not finding.places and mutant.absent)


def judged(task: tuple[str, str, int]) -> list[Verdict]:
    """All mutants of one operator on one example; the work of one process."""
    name, example, most = task
    operator = (operators() | operators(held_out=True))[name]
    return [judge(operator, example, mutant) for mutant in operator.mutants(paper(example), most)]
