"""The review of a finished report (审阅意见): each finding with its quotation, the recomputation, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath

from tanhe.checks.findings import Finding
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading
from tanhe.inventory.model import Line, Sum
from tanhe.quantity.quantity import plain
from tanhe.report.cells import NONE, head, heads, number, word
from tanhe.report.content import Block, Cell, Cover, Heading, PageBreak, Paragraph, Report, Table
from tanhe.report.findings.listing import (
    Listing,
    by_severity,
    effect_words,
    settle_words,
    severity_word,
    waiver_words,
)
from tanhe.report.findings.spots import spots
from tanhe.report.paths import readable
from tanhe.report.words import Words, words


def compose_review(listing: Listing, reading: Reading) -> Report:
    """The review as a document; figures come from the inventory, the findings and the reading alone."""
    say, dossier = words(), listing.inventory.dossier
    blocks: list[Block] = [
        Cover("", dossier.entity.name, str(dossier.year), say("review.cover_title"), dossier.body.name if dossier.body else "", ""),
        PageBreak(),
        *_summary(listing, reading, say),
        Heading(1, say("review.findings")),
        *_findings(listing, say),
        Heading(1, say("review.recomputation")),
        *_recomputation(listing, say),
        Heading(1, say("review.not_understood")),
        *_not_understood(reading, say),
    ]
    header = say("review.header", entity=dossier.entity.name, year=dossier.year)
    return Report(say("review.title"), header, tuple(blocks))


def _summary(listing: Listing, reading: Reading, say: Words) -> Iterator[Block]:
    inventory = listing.inventory
    dossier, guideline = inventory.dossier, inventory.guideline
    yield Heading(1, say("review.summary"))
    yield Paragraph(say("review.summary_text", entity=dossier.entity.name, year=dossier.year, file=PurePath(listing.path).name,
                        guideline=guideline.title, rules=listing.outcome.run))
    share = plain(reading.closure * 100).removesuffix(".00")
    yield Paragraph(say("review.closure", numbers=reading.numbers, placed=reading.placed, share=share))
    yield Paragraph(say("review.guideline_status", grade=guideline.grade, status=guideline.status), "note")
    groups = [(severity_word(severity), str(len(found))) for severity, found in by_severity(listing.standing)]
    if groups:
        rows = tuple((word(name), Cell(count, align="center")) for name, count in groups)
        yield Table(say("review.severity_caption"), (heads(say("review.kind"), say("review.count")), *rows), (3, 1))
    if inventory.missing:
        yield Paragraph(say("review.incomplete", missing="；".join(inventory.missing)), bold=True)


def _findings(listing: Listing, say: Words) -> Iterator[Block]:
    if not listing.outcome.findings:
        yield Paragraph(say("review.no_findings"))
    report = PurePath(listing.inventory.dossier.root).name
    for severity, found in by_severity(listing.outcome.findings):
        yield Heading(2, severity_word(severity))
        for finding in found:
            yield _finding(finding, say, report)


def _finding(finding: Finding, say: Words, report: str) -> Table:
    """One finding as a small table: what, where with the words, why, how much, what would settle it."""
    parts = (
        ("review.what", readable(finding.message)),
        ("review.where", "；".join(spots(map(_short, finding.places), report))),
        ("review.why", finding.clause or ""),
        ("review.effect", effect_words(finding.effect) if finding.effect else ""),
        ("review.settle", settle_words(finding)),
        ("review.waived", waiver_words(finding.waiver) if finding.waiver else ""),
    )
    rows = tuple((head(say(key)), word(text)) for key, text in parts if text)
    return Table("", ((head(finding.rule), head(finding.title)), *rows), (1, 6))


def _short(place: Place) -> Place:
    """The place with the file's bare name: the cover says which file is meant."""
    return replace(place, file=PurePath(place.file).name)


def _recomputation(listing: Listing, say: Words) -> Iterator[Block]:
    inventory = listing.inventory
    lines = [*inventory.lines, *(line for table in inventory.supplementary for line in table.lines)]
    names = ("line", "reported", "recomputed", "verified", "grade", "reason")
    top = heads(*(say(f"review.{name}") for name in names))
    rows = tuple(_line(line) for line in lines)
    if rows:
        yield Table(say("review.recomputation_caption"), (top, *rows), (3, 2, 2, 2, 2, 5), size="small")
    sums = [*inventory.subtotals.values(), inventory.excluding, inventory.including, *(t.total for t in inventory.supplementary)]
    yield Table(say("review.totals_caption"), (top, *(_sum(total) for total in sums)), (3, 2, 2, 2, 2, 5), size="small")


def _line(line: Line) -> tuple[Cell, ...]:
    reason = line.replay.reason or "；".join(line.missing)
    return (word(f"{line.source.zh}：{line.item}"), *_figures(line.reported, line.value, line.verified_value),
            word(line.replay.grade.zh), word(reason))


def _sum(total: Sum) -> tuple[Cell, ...]:
    reason = total.replay.reason or "；".join(total.missing)
    return (word(total.zh), *_figures(total.reported, total.value, total.verified_value), word(total.replay.grade.zh), word(reason))


def _figures(*values: Decimal | None) -> tuple[Cell, ...]:
    return tuple(Cell(number(value), align="right") for value in values)


def _not_understood(reading: Reading, say: Words) -> Iterator[Block]:
    if not reading.unplaced:
        yield Paragraph(say("review.all_placed"))
    else:
        top = heads(say("review.number"), say("review.place"), say("review.text"))
        rows = tuple((word(u.number), word(u.place.spot or _short(u.place).file), word(u.text)) for u in reading.unplaced)
        yield Table(say("review.unplaced_caption"), (top, *rows), (2, 3, 7), size="small")
    if reading.notes:
        top = heads(say("review.place"), say("review.reason"))
        notes = tuple((word(place.spot or _short(place).file or NONE), word(text)) for place, text in reading.notes)
        yield Table(say("review.notes_caption"), (top, *notes), (3, 7), size="small")
