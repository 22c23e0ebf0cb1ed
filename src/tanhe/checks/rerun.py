"""From one run of the rules to the next (再次检查): what is new, unchanged, changed or gone; drafts for the dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Literal

import yaml

from tanhe.checks.findings import Effect, Outcome
from tanhe.checks.findings import Finding as RuleFinding
from tanhe.checks.life import fingerprint, taken_up
from tanhe.dossier.model import Category, Dossier, Finding, FindingStep
from tanhe.messages import TanheError, text
from tanhe.quantity.quantity import plain

Change = Literal["new", "unchanged", "changed", "gone"]


@dataclass(frozen=True)
class Seen:
    """A rule's finding as one run saw it."""

    rule: str
    kind: str
    severity: str
    message: str
    effect: tuple[Decimal, Decimal] | None = None

    def like(self, other: Seen) -> bool:
        """The same finding with the same content; messages in two languages are compared by their figures."""
        if (self.rule, self.kind, self.severity, self.effect) != (other.rule, other.kind, other.severity, other.effect):
            return False
        if _chinese(self.message) != _chinese(other.message):
            return _figures(self.message) == _figures(other.message)
        return self.message == other.message


def _chinese(message: str) -> bool:
    return bool(re.search("[，。；：（“]", message))


def _figures(message: str) -> list[str]:
    return sorted(f.lstrip("0") for f in re.findall(r"\d+(?:\.\d+)?", message))


@dataclass(frozen=True)
class Snapshot:
    """The findings of one run by fingerprint; a fingerprint that several share keeps them all, in order."""

    names: frozenset[str]
    year: int
    key: str
    findings: Mapping[str, tuple[Seen, ...]]


@dataclass(frozen=True)
class Match:
    """What became of one fingerprint between two runs."""

    change: Change
    fingerprint: str
    before: tuple[Seen, ...]
    after: tuple[Seen, ...]


def snapshot(outcome: Outcome, dossier: Dossier, key: str | None = None) -> Snapshot:
    """The findings of a run. ``key`` is the enterprise's key in the other run, should its code have been corrected."""
    own = key or dossier.entity.uscc or dossier.entity.name
    found: dict[str, tuple[Seen, ...]] = {}
    for finding in outcome.findings:
        mark = finding.fingerprint(own, dossier.year)
        found[mark] = (*found.get(mark, ()), _seen(finding))
    names = frozenset(n for n in (dossier.entity.uscc, dossier.entity.name) if n)
    return Snapshot(names, dossier.year, own, _ordered(found))


def _seen(finding: RuleFinding) -> Seen:
    effect = (finding.effect.low, finding.effect.high) if finding.effect else None
    return Seen(finding.rule, finding.kind, finding.severity, finding.message, effect)


def _ordered(found: Mapping[str, tuple[Seen, ...]]) -> Mapping[str, tuple[Seen, ...]]:
    return MappingProxyType({mark: tuple(sorted(seen, key=lambda s: (s.kind, s.severity, s.message)))
                             for mark, seen in found.items()})


def recorded(record: Any) -> Snapshot:
    """The findings of an earlier run from its record, ``tanhe.record/1``; TanheError when it is none."""
    try:
        if record["schema"] != "tanhe.record/1":
            raise ValueError(record["schema"])
        entity, found = record["entity"], dict[str, tuple[Seen, ...]]()
        for item in record["findings"]:
            mark, effect = str(item["fingerprint"]), item["effect_tco2e"]
            interval = (Decimal(effect["low"]), Decimal(effect["high"])) if effect else None
            seen = Seen(str(item["rule"]), str(item["kind"]), str(item["severity"]), str(item["message"]), interval)
            found[mark] = (*found.get(mark, ()), seen)
        names = frozenset(n for n in (entity["uscc"], entity["name"]) if n)
        return Snapshot(names, int(record["year"]), str(entity["uscc"] or entity["name"]), _ordered(found))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        raise TanheError(text("这不是核查记录", "this is no record of a verification"),
                         expected=text("tanhe verify 写出的 record.json", "a record.json of tanhe verify")) from None


def match(previous: Snapshot, current: Snapshot) -> tuple[Match, ...]:
    """Every fingerprint of either run: new, unchanged, changed or gone; what was there keeps its order."""
    return tuple(_matches(previous.findings, current.findings))


def _matches(old: Mapping[str, tuple[Seen, ...]], new: Mapping[str, tuple[Seen, ...]]) -> Iterator[Match]:
    for mark in dict.fromkeys((*new, *old)):
        before, after = old.get(mark, ()), new.get(mark, ())
        same = len(before) == len(after) and all(a.like(b) for a, b in zip(before, after, strict=True))
        change: Change = "new" if not before else "gone" if not after else "unchanged" if same else "changed"
        yield Match(change, mark, before, after)


def against(record: Any, outcome: Outcome, dossier: Dossier) -> tuple[Match, ...]:
    """An earlier record against this run; TanheError when it is of another enterprise or year."""
    old = recorded(record)
    new = snapshot(outcome, dossier, old.key)
    if old.year != new.year or not (old.names & new.names):
        whose = f"{'/'.join(sorted(old.names))}, {old.year}"
        raise TanheError(text(f"记录属于另一企业或年度（{whose}）", f"the record is of another enterprise or year ({whose})"),
                         expected=f"{dossier.entity.name}, {dossier.year}")
    return match(old, new)


_KINDS: Mapping[str, tuple[Literal["nc", "clarification", "suggestion"], str]] = MappingProxyType({
    "material": ("nc", "NC"), "minor": ("clarification", "CL"), "editorial": ("suggestion", "S"),
})
_CATEGORIES: Mapping[str, Category] = MappingProxyType({
    "completeness": "boundary", "procedure": "other", "consistency": "basic-situation",
})


def raise_from(outcome: Outcome, dossier: Dossier, today: date) -> tuple[Finding, ...]:
    """Draft findings for the dossier from what the rules found: material → non-conformity, minor → clarification,
    editorial → suggestion. Notes, waived findings and those the dossier took up already are left out.
    """
    drafts: list[Finding] = []
    used = {f.id for f in dossier.findings}
    marks: set[str] = set()
    for finding in outcome.findings:
        mark = fingerprint(finding, dossier)
        if finding.severity not in _KINDS or finding.waiver or mark in marks or taken_up(finding, dossier):
            continue
        kind, letters = _KINDS[finding.severity]
        number = next(n for n in range(1, len(used) + 2) if f"{letters}-{n:02d}" not in used)
        used.add(f"{letters}-{number:02d}")
        marks.add(mark)
        steps = () if kind == "suggestion" else (FindingStep(step="raised", date=today, by="rule"),)
        drafts.append(Finding(
            id=f"{letters}-{number:02d}", kind=kind, category=_CATEGORIES.get(finding.family, "data"),
            description=finding.message + effect_words(finding.effect), rule=finding.rule, fingerprint=mark,
            parameter=_parameter(finding.datum, dossier), steps=steps,
        ))
    return tuple(drafts)


def _parameter(datum: str, dossier: Dossier) -> str:
    """What a finding is about in the dossier's words, where it names a datum or a line."""
    name = datum.removeprefix("data/")
    if name in dossier.data:
        return dossier.data[name].item
    return next((line.item for line in dossier.lines if line.id == name), datum)


def effect_words(effect: Effect | None) -> str:
    """The effect on emissions in words, in brackets; nothing where there is none."""
    if effect is None:
        return ""
    interval = plain(effect.low) if effect.low == effect.high else f"{plain(effect.low)} {text('至', 'to')} {plain(effect.high)}"
    return text(f"（影响 {interval} tCO2e）", f" (effect {interval} tCO2e)")


def draft_yaml(drafts: tuple[Finding, ...], dossier: Dossier) -> str:
    """The drafts as text for ``dossier.yaml``: with its key when the dossier has no findings yet, else list members."""
    if not drafts:
        return ""
    members = [draft.model_dump(mode="json", exclude_defaults=True) for draft in drafts]
    written: str = yaml.safe_dump(members, allow_unicode=True, sort_keys=False, width=100)
    body = "".join(f"  {line}" for line in written.splitlines(keepends=True))
    return body if dossier.findings else f"findings:\n{body}"
