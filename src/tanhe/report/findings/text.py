"""Findings as lines of text (文本格式): grouped by severity, each with where, why, how much and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tanhe.checks.findings import Finding
from tanhe.checks.pages import on_hand
from tanhe.messages import text
from tanhe.report.findings.listing import (
    Listing,
    by_severity,
    counts,
    effect_words,
    kind_word,
    left_out_words,
    not_run_by_reason,
    settle_words,
    severity_word,
    waiver_words,
)
from tanhe.report.findings.spots import spots
from tanhe.report.paths import readable


class Line(NamedTuple):
    """One line and whether it is a heading."""

    words: str
    strong: bool = False


def lines(listing: Listing) -> Iterator[Line]:
    """The whole listing, line by line."""
    dossier = listing.inventory.dossier
    yield Line(f"{dossier.entity.name}  {dossier.year}{text(' 年度', '')}", True)
    explained: set[str] = set()
    for severity, group in by_severity(listing.standing):
        yield Line("")
        yield Line(text(f"{severity_word(severity)}：{len(group)} 项", f"{severity_word(severity)}: {len(group)}"), True)
        for finding in group:
            yield from _finding(finding, dossier.root)
            if listing.explain and finding.rule not in explained:
                explained.add(finding.rule)
                yield from _explained(finding.rule)
    if listing.waived:
        yield Line("")
        yield Line(text(f"已豁免：{len(listing.waived)} 项", f"waived: {len(listing.waived)}"), True)
        for finding in listing.waived:
            yield from _finding(finding, dossier.root)
    yield Line("")
    yield from _tail(listing)


def _finding(finding: Finding, report: str) -> Iterator[Line]:
    grade = f"{severity_word(finding.severity)}{text('，', ', ')}" if finding.waiver else ""
    yield Line(f"  {finding.rule} {finding.title}{text('（', ' (')}{grade}{kind_word(finding.kind)}{text('）', ')')}", True)
    yield Line(f"    {_one_line(readable(finding.message))}")
    for head, words in (
        (text("位置", "where"), text("、", ", ").join(spots(finding.places, report))),
        (text("依据", "why"), finding.clause or ""),
        (text("影响", "effect"), effect_words(finding.effect) if finding.effect else ""),
        (text("解决", "settle"), settle_words(finding)),
        (text("豁免", "waived"), waiver_words(finding.waiver) if finding.waiver else ""),
    ):
        if words:
            yield Line(f"    {head}{text('：', ': ')}{_one_line(words)}")


def _explained(code: str) -> Iterator[Line]:
    page = on_hand(code)
    if page is None:
        return
    for head, words in (
        (text("含义", "meaning"), page.meaning), (text("理由", "basis"), page.basis),
        (text("不通过的例子", "a case that fails"), page.fails.words),
        (text("通过的例子", "a case that passes"), page.passes.words),
    ):
        yield Line(f"      {head}{text('：', ': ')}{_one_line(str(words))}")


def _tail(listing: Listing) -> Iterator[Line]:
    outcome = listing.outcome
    if not listing.shown:
        yield Line(text("没有发现", "no findings"), True)
    yield Line(text("规则：", "rules: ") + text("，", ", ").join(f"{name} {number}" for name, number in counts(outcome)))
    for why, codes in not_run_by_reason(outcome).items():
        why = readable(why)
        yield Line(text(f"  未运行 {'、'.join(codes)}：{_one_line(why)}", f"  not run {', '.join(codes)}: {_one_line(why)}"))
    for words in left_out_words(listing):
        yield Line(words)
    for waiver in listing.idle_waivers:
        yield Line(text(f"豁免没有对应的发现：{waiver.rule}（{waiver_words(waiver)}）",
                        f"a waiver without a finding: {waiver.rule} ({waiver_words(waiver)})"))
    if listing.verbose:
        yield Line(text("各规则用时（毫秒）：", "time of each rule (ms):"))
        for code, seconds in sorted(outcome.seconds.items(), key=lambda item: -item[1]):
            yield Line(f"  {code:<8} {seconds * 1000:8.3f}")
        yield Line(text("  合计", "  total") + f" {sum(outcome.seconds.values()) * 1000:8.3f}")


def _one_line(words: str) -> str:
    return " ".join(words.split())
