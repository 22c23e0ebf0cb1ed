"""Running rules (规则引擎): one function per rule; a rule never raises out, and what did not run says why."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from tanhe.checks.findings import Effect, Finding, Outcome, Severity
from tanhe.checks.genre import does_not_apply
from tanhe.checks.policy import Policy
from tanhe.dossier.model import Dossier, Waiver
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.inventory.model import Inventory
from tanhe.messages import language, speaking, text

ResultKind = Literal["fail", "review", "open", "not-applicable", "not-run"]


class Family(StrEnum):
    """The layers of checking (检查层次)."""

    INPUT = "input"
    CLOSURE = "closure"
    PROVENANCE = "provenance"
    CROSS_CHECK = "cross-check"
    CONSISTENCY = "consistency"
    COMPLETENESS = "completeness"
    PROCEDURE = "procedure"
    PLAUSIBILITY = "plausibility"

    @property
    def label(self) -> str:
        """The layer in the current language."""
        return text(_FAMILY_ZH[self], self.value)


_FAMILY_ZH = {
    Family.INPUT: "数据录入", Family.CLOSURE: "算式闭合", Family.PROVENANCE: "取值出处", Family.CROSS_CHECK: "交叉核对",
    Family.CONSISTENCY: "前后一致", Family.COMPLETENESS: "排放源完整", Family.PROCEDURE: "程序合规",
    Family.PLAUSIBILITY: "合理性",
}


@dataclass(frozen=True)
class Context:
    """What a rule may look at; nothing else."""

    inventory: Inventory
    problems: tuple[Problem, ...]
    policy: Policy
    today: date

    @property
    def dossier(self) -> Dossier:
        """The dossier under check."""
        return self.inventory.dossier

    @cached_property
    def about(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the dossier's statements by what they are about."""
        found: dict[str, list[int]] = {}
        for n, statement in enumerate(self.dossier.statements):
            found.setdefault(statement.about, []).append(n)
        return {about: tuple(numbers) for about, numbers in found.items()}

    def place(self, *path: str | int) -> tuple[Place, ...]:
        """The place of a dossier value as a tuple, for results."""
        found = self.dossier.place(*path)
        return (found,) if found else ()


@dataclass(frozen=True)
class Result:
    """One thing a rule says. ``datum`` names what it is about and goes into the fingerprint."""

    kind: ResultKind
    message: str
    datum: str = ""
    places: tuple[Place, ...] = ()
    effect: Effect | None = None
    severity: Severity | None = None


def fail(
    message: str, datum: str, places: Iterable[Place] = (), *, effect: Effect | None = None,
    severity: Severity | None = None,
) -> Result:
    """The rule is broken."""
    return Result("fail", message, datum, tuple(places), effect, severity)


def review(
    message: str, datum: str, places: Iterable[Place] = (), *, effect: Effect | None = None,
    severity: Severity | None = None,
) -> Result:
    """A person should look: unusual, or decided only by judgement."""
    return Result("review", message, datum, tuple(places), effect, severity)


def unsettled(
    message: str, datum: str, places: Iterable[Place] = (), *, effect: Effect | None = None,
    severity: Severity | None = None,
) -> Result:
    """Something is still to be supplied (待补充)."""
    return Result("open", message, datum, tuple(places), effect, severity)


def not_applicable(why: str) -> Result:
    """The rule has no object in this dossier."""
    return Result("not-applicable", why)


def not_run(why: str) -> Result:
    """The rule could not run; ``why`` says what is missing."""
    return Result("not-run", why)


def effect(low: Decimal, high: Decimal | None = None) -> Effect:
    """An effect in tCO2e as an interval; one value is an interval of no width."""
    other = low if high is None else high
    return Effect(min(low, other), max(low, other))


@dataclass(frozen=True)
class Rule:
    """A rule: stable code, layer, severity when it fails, what it needs, the clause, the catalogue items it covers.

    ``letters`` tells that it judges the printed letters: where these were recognised in a picture (文字识别), what it
    finds is a note, for the error may be the recogniser's.
    """

    code: str
    family: Family
    severity: Severity
    function: Callable[[Context], Iterator[Result]]
    needs: tuple[str, ...] = ()
    clause: str = ""
    covers: tuple[str, ...] = ()
    letters: bool = False

    @property
    def title(self) -> str:
        """The first line of the docstring, ``中文 | English``, in the current language."""
        zh, _, en = (self.function.__doc__ or self.code).strip().splitlines()[0].partition(" | ")
        return text(zh, en or zh)


def check(
    code: str, family: Family, severity: Severity, *, needs: tuple[str, ...] = (), clause: str = "",
    covers: tuple[str, ...] = (), letters: bool = False,
) -> Callable[[Callable[[Context], Iterator[Result]]], Rule]:
    """Declare a rule. Its docstring's first line is its title in both languages, ``中文 | English``."""

    def wrap(function: Callable[[Context], Iterator[Result]]) -> Rule:
        return Rule(code, family, severity, function, needs, clause, covers, letters)

    return wrap


def missing_needs(rule: Rule, dossier: Dossier) -> list[str]:
    """The parts of the dossier the rule needs and does not find."""
    return [path for path in rule.needs if not _present(dossier, path)]


def _present(dossier: Dossier, path: str) -> bool:
    value: object = dossier
    for name in path.split("."):
        value = getattr(value, name, None)
    return value is not None and value != "" and value != () and value != {}


def run(rules: Iterable[Rule], context: Context) -> Outcome:
    """Run the rules, sort findings by severity, match waivers; every rule is accounted for."""
    with speaking(language()):
        return _run(rules, context)


def _run(rules: Iterable[Rule], context: Context) -> Outcome:
    findings: list[Finding] = []
    counts = {"passed": 0, "failed": 0, "na": 0}
    skipped: list[tuple[str, str]] = []
    crashed: list[str] = []
    seconds: dict[str, float] = {}
    for rule in rules:
        started = time.perf_counter()
        results, why, error = _results(rule, context)
        crashed += [rule.code] if error else []
        seconds[rule.code] = time.perf_counter() - started
        said = [r for r in results if r.kind in ("fail", "review", "open")]
        if why or any(r.kind == "not-run" for r in results):
            skipped.append((rule.code, why or next(r.message for r in results if r.kind == "not-run")))
        elif said:
            counts["failed"] += 1
        elif any(r.kind == "not-applicable" for r in results):
            counts["na"] += 1
        else:
            counts["passed"] += 1
        findings += [_finding(rule, result) for result in said]
    waived = [_with_waiver(f, context.dossier.waivers) for f in findings]
    order = ("material", "minor", "editorial", "note")
    waived.sort(key=lambda f: (f.waiver is not None, order.index(f.severity)))
    done = counts["passed"] + counts["failed"]
    return Outcome(tuple(waived), done, counts["passed"], counts["failed"], counts["na"], tuple(skipped), seconds, tuple(crashed))


def _results(rule: Rule, context: Context) -> tuple[list[Result], str, bool]:
    """What the rule says, or why it did not run; an exception of the rule is a reason, not an end (Law 7)."""
    if why := does_not_apply(rule.code, rule.family, context.dossier):
        return [], why, False
    lacking = missing_needs(rule, context.dossier)
    if lacking:
        return [], text(f"案卷缺少 {'、'.join(lacking)}", f"the dossier lacks {', '.join(lacking)}"), False
    try:
        return list(rule.function(context)), "", False
    except Exception as error:
        return [], text(f"规则出错：{type(error).__name__}: {error}", f"the rule failed: {type(error).__name__}: {error}"), True


def _finding(rule: Rule, result: Result) -> Finding:
    kind: Literal["fail", "review", "open"] = "fail"
    if result.kind in ("review", "open"):
        kind = "review" if result.kind == "review" else "open"
    severity, message = result.severity or rule.severity, result.message
    if rule.letters and any(place.confidence is not None for place in result.places):
        severity, message = "note", message + text("（文字由识别读出，请先对照原页）", " (recognised words: compare them with the page first)")
    return Finding(
        rule=rule.code, kind=kind, severity=severity, title=rule.title, message=message,
        datum=result.datum, places=result.places, clause=rule.clause or None, effect=result.effect,
        family=rule.family.value,
    )


def _with_waiver(finding: Finding, waivers: tuple[Waiver, ...]) -> Finding:
    for waiver in waivers:
        if waiver.rule == finding.rule and waiver.datum in (None, finding.datum):
            return finding.with_waiver(waiver)
    return finding
