"""Findings (核查发现): what a check says, with places, effect and a fingerprint that survives re-paging."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from tanhe.dossier.model import Waiver
from tanhe.dossier.places import Place

Kind = Literal["fail", "review", "open"]
Severity = Literal["material", "minor", "editorial", "note"]


@dataclass(frozen=True)
class Effect:
    """The effect on emissions in tCO2e, as an interval."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Finding:
    """One finding of one rule; ``datum`` names what it is about, for the fingerprint."""

    rule: str
    kind: Kind
    severity: Severity
    title: str
    message: str
    datum: str
    places: tuple[Place, ...] = ()
    clause: str | None = None
    effect: Effect | None = None
    family: str = ""
    waiver: Waiver | None = None

    def with_waiver(self, waiver: Waiver) -> Finding:
        """The same finding, waived: still shown, with reason and name (Law 7)."""
        return replace(self, waiver=waiver)

    def fingerprint(self, entity: str, year: int) -> str:
        """Rule, entity, period and datum; never a line or page number."""
        key = "\x1f".join((self.rule, entity, str(year), self.datum))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Outcome:
    """What running the rules gave: findings, and how many rules passed, failed, did not apply or did not run.

    ``crashed`` are the codes of those that did not run because of a mistake in the rule itself.
    """

    findings: tuple[Finding, ...]
    run: int
    passed: int
    failed: int
    not_applicable: int
    not_run: tuple[tuple[str, str], ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    crashed: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything above a note stands unwaived: the exit status of the commands."""
        return any(f.severity != "note" and f.waiver is None for f in self.findings)
