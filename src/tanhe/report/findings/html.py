"""Findings as one HTML page (网页格式) that needs nothing from elsewhere and reads well in print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from tanhe import __version__
from tanhe.checks.findings import Finding
from tanhe.checks.pages import on_hand
from tanhe.messages import language, text
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
from tanhe.report.typography import runs

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(listing: Listing) -> str:
    """The page."""
    dossier = listing.inventory.dossier
    title = text(f"{dossier.entity.name}{dossier.year}年度检查结果", f"{dossier.entity.name} {dossier.year} findings")
    style = files("tanhe.report.findings").joinpath("page.css").read_text("utf-8")
    return "\n".join([
        "<!DOCTYPE html>",
        f'<html lang="{"zh-CN" if language() == "zh" else "en"}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>", f"<style>\n{style}</style></head>", "<body>",
        f"<h1>{escape(title)}</h1>", *_summary(listing), *_sections(listing), *_not_run(listing),
        f'<footer>{escape(text("碳核", "Tanhe"))} {escape(__version__)}</footer>', "</body></html>", "",
    ])


def _summary(listing: Listing) -> Iterator[str]:
    dossier = listing.inventory.dossier
    groups = {severity: len(group) for severity, group in by_severity(listing.standing)}
    facts = [
        (text("统一社会信用代码", "code"), dossier.entity.uscc or ""), (text("核算指南", "guideline"), listing.inventory.guideline.title),
        *((severity_word(severity), str(number)) for severity, number in groups.items()),
        *([(text("已豁免", "waived"), str(len(listing.waived)))] if listing.waived else []),
        (text("规则", "rules"), text("，", ", ").join(f"{name} {number}" for name, number in counts(listing.outcome))),
    ]
    yield "<table>" + "".join(
        f"<tr><th>{escape(head)}</th><td>{escape(words)}</td></tr>" for head, words in facts if words
    ) + "</table>"
    if not listing.shown:
        yield f"<p><strong>{escape(text('没有发现', 'no findings'))}</strong></p>"
    for words in left_out_words(listing):
        yield f"<p>{escape(words)}</p>"
    for waiver in listing.idle_waivers:
        said = text("豁免没有对应的发现：", "a waiver without a finding: ")
        yield f"<p>{escape(f'{said}{waiver.rule} {waiver_words(waiver)}')}</p>"


def _sections(listing: Listing) -> Iterator[str]:
    root = listing.inventory.dossier.root
    for severity, group in by_severity(listing.standing):
        yield f"<h2>{escape(severity_word(severity))} ({len(group)})</h2>"
        yield from (_finding(finding, listing.explain, root) for finding in group)
    if listing.waived:
        yield f"<h2>{escape(text('已豁免', 'waived'))} ({len(listing.waived)})</h2>"
        yield from (_finding(finding, listing.explain, root) for finding in listing.waived)


def _finding(finding: Finding, explain: bool, report: str) -> str:
    said = [
        (text("位置", "where"), spots(finding.places, report)),
        (text("依据", "why"), [finding.clause or ""]),
        (text("影响", "effect"), [effect_words(finding.effect) if finding.effect else ""]),
        (text("解决", "settle"), [settle_words(finding)]),
        (text("豁免", "waived"), [waiver_words(finding.waiver) if finding.waiver else ""]),
    ]
    page = on_hand(finding.rule) if explain else None
    if page is not None:
        said += [
            (text("含义", "meaning"), [str(page.meaning)]), (text("理由", "basis"), [str(page.basis)]),
            (text("不通过的例子", "a case that fails"), [str(page.fails.words)]),
            (text("通过的例子", "a case that passes"), [str(page.passes.words)]),
        ]
    rows = "".join(
        f"<dt>{escape(head)}</dt>" + "".join(f"<dd>{_marked(words)}</dd>" for words in items)
        for head, items in said if any(items)
    )
    head = f"{escape(finding.title)} <small>{escape(kind_word(finding.kind))}</small>"
    return (f'<article class="{finding.severity}{" waived" if finding.waiver else ""}"><h3><code>{escape(finding.rule)}</code> '
            f"{head}</h3><p>{_marked(readable(finding.message))}</p><dl>{rows}</dl></article>")


def _marked(words: str) -> str:
    """Text with its sub- and superscripts."""
    tags = {"sub": "<sub>{}</sub>", "sup": "<sup>{}</sup>", "text": "{}"}
    return "".join(tags[run.kind].format(escape(run.text)) for run in runs(words))


def _not_run(listing: Listing) -> Iterator[str]:
    reasons = not_run_by_reason(listing.outcome)
    if reasons:
        yield f"<h2>{escape(text('未运行的规则', 'rules that did not run'))} ({len(listing.outcome.not_run)})</h2><ul>"
        for why, codes in reasons.items():
            yield f"<li>{escape(readable(why))}{text('：', ': ')}<code>{escape(' '.join(codes))}</code></li>"
        yield "</ul>"
    if listing.verbose:
        yield f"<h2>{escape(text('各规则用时（毫秒）', 'time of each rule (ms)'))}</h2><table>"
        for code, seconds in sorted(listing.outcome.seconds.items(), key=lambda item: -item[1]):
            yield f"<tr><th>{escape(code)}</th><td>{seconds * 1000:.3f}</td></tr>"
        yield "</table>"
