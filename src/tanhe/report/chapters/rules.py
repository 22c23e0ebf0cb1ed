"""Annex 6: what the rules found, by layer and one by one, and what was waived by whom (规则检查结果与豁免)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Family
from tanhe.checks.findings import Effect, Finding, Outcome
from tanhe.checks.life import taken_up
from tanhe.quantity.quantity import plain
from tanhe.report.cells import centred, day, figure, ordinal, word
from tanhe.report.content import Block, Cell, Heading
from tanhe.report.context import Context, table
from tanhe.report.paths import readable

SEVERITIES = ("material", "minor", "editorial", "note")


def blocks(c: Context) -> Iterator[Block]:
    """The annex; nothing when neither rules were run nor anything waived."""
    if c.outcome is None and not c.dossier.waivers:
        return
    yield Heading(2, c.say("headings.a6"))
    if c.outcome is not None:
        yield from _outcome(c, c.outcome)
    if c.dossier.waivers:
        yield from _waivers(c)


def _outcome(c: Context, outcome: Outcome) -> Iterator[Block]:
    yield c.par(
        "rules.intro", run=outcome.run, passed=outcome.passed, failed=outcome.failed,
        inapplicable=outcome.not_applicable, skipped=len(outcome.not_run),
    )
    if not outcome.findings:
        yield c.par("rules.none")
        yield from _skipped(c, outcome)
        return
    yield _summary(c, outcome)
    titles = c.heads("rules", ("rule", "severity", "message", "effect", "handling"))
    rows = [
        (word(f.rule), word(c.say(f"rules.{f.severity}")), word(readable(f.message)), _effect(c, f.effect), word(_handling(c, f)))
        for f in outcome.findings
    ]
    yield table(c.say("rules.list_caption"), titles, rows, (1, 0.8, 5.4, 1.8, 1), size="small")
    yield from _skipped(c, outcome)


def _skipped(c: Context, outcome: Outcome) -> Iterator[Block]:
    """The rules that did not run, by reason."""
    reasons: dict[str, list[str]] = {}
    for code, why in outcome.not_run:
        reasons.setdefault(readable(why), []).append(code)
    if reasons:
        yield c.par("rules.skipped")
        rows = [(word(why), word(" ".join(codes))) for why, codes in reasons.items()]
        titles = c.heads("rules", ("skipped_reason", "skipped_codes"))
        yield table(c.say("rules.skipped_caption"), titles, rows, (3, 5), size="small")


def _summary(c: Context, outcome: Outcome) -> Block:
    """Findings by layer and severity."""
    layers = [f for f in Family if any(found.family == f.value for found in outcome.findings)]
    groups = [(f.label, [x for x in outcome.findings if x.family == f.value]) for f in layers]
    groups.append((c.say("rules.total"), list(outcome.findings)))
    rows = [
        (
            word(name),
            *(_count(c, sum(f.severity == s for f in found)) for s in SEVERITIES),
            _count(c, sum(f.waiver is not None for f in found)),
        )
        for name, found in groups
    ]
    titles = c.heads("rules", ("layer", *SEVERITIES, "waived"))
    return table(c.say("rules.summary_caption"), titles, rows, (2, 1, 1, 1, 1, 1.4))


def _count(c: Context, n: int) -> Cell:
    return figure(str(n), c.say("words.origin_rules"))


def _effect(c: Context, effect: Effect | None) -> Cell:
    if effect is None:
        return centred()
    low, high = plain(effect.low), plain(effect.high)
    shown = low if low == high else c.say("rules.effect_range", low=low, high=high)
    return figure(shown, c.say("words.origin_rules"))


def _handling(c: Context, finding: Finding) -> str:
    if finding.waiver is not None:
        return c.say("rules.handled_waived")
    own = taken_up(finding, c.dossier)
    return c.say(f"rules.taken_up_{own.kind}", id=own.id) if own else c.say("rules.handled_not")


def _waivers(c: Context) -> Iterator[Block]:
    yield c.par("rules.waivers_intro")
    rows = [
        (
            ordinal(n + 1), word(w.rule), word(w.datum or c.say("rules.all_objects")), word(w.reason), word(w.by),
            Cell(day(w.date), align="center", origin=c.origin("waivers", n, "date")),
        )
        for n, w in enumerate(c.dossier.waivers)
    ]
    titles = (*c.heads("annexes", ("no",)), *c.heads("rules", ("rule", "object", "reason", "by", "date")))
    yield table(c.say("rules.waivers_caption"), titles, rows, (0.6, 1, 1.8, 4, 1.2, 1.4), size="small")

