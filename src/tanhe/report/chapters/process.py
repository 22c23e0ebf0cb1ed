"""Chapter 2 核查过程和方法: team, desk review, site visit, report and technical review."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.life import open_findings
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import day, ordinal, percent, sentence, word
from tanhe.report.content import Block, Cell, Heading
from tanhe.report.context import Context, table

STEPS = (
    "accepted",
    "initial_report",
    "report_received",
    "document_review",
    "site_visit",
    "final_report",
    "report_completed",
    "technical_review_start",
    "technical_review_end",
    "approved",
    "issued",
)


def blocks(c: Context) -> Iterator[Block]:
    """2.1 to 2.4."""
    yield Heading(1, c.say("headings.2"))
    yield Heading(2, c.say("headings.2.1"))
    yield from _team(c)
    yield Heading(2, c.say("headings.2.2"))
    yield from _review(c)
    yield Heading(2, c.say("headings.2.3"))
    yield from _site(c)
    yield from _sampling(c)
    yield Heading(2, c.say("headings.2.4"))
    yield from _findings(c)
    yield from _schedule(c)


def _team(c: Context) -> Iterator[Block]:
    team, body = c.dossier.team, c.dossier.body
    if not team:
        yield c.absent("team")
        return
    if body is not None and body.address:
        yield c.par("process.body_address", address=sentence(body.address))
    if body is not None and body.qualification:
        yield c.par("process.body_qualification", qualification=sentence(body.qualification))
    yield c.par("process.team_intro")
    rows = []
    for n, person in enumerate(team, 1):
        on_site = (
            "" if person.on_site is None else c.say("words.yes_word" if person.on_site else "words.no_word")
        )
        rows.append(
            (
                ordinal(n),
                word(person.name),
                word(c.say(f"process.{person.role}")),
                word(person.duties),
                word(on_site),
            )
        )
    titles = c.heads("process", ("no", "name", "role", "duties", "on_site"))
    yield table(
        c.say("process.team_caption"), titles, rows, (0.7, 1.5, 1.3, 4.5, 1.4), ("center", "center", "center")
    )


def _review(c: Context) -> Iterator[Block]:
    d = c.dossier
    if d.dates.document_review is None and not d.review_focus:
        yield c.absent("document_review")
    if d.dates.document_review is not None:
        yield c.par("process.review_done", date=day(d.dates.document_review))
    if d.documents:
        yield c.par("process.review_documents", count=len(d.documents))
    if d.review_focus:
        yield c.par("process.review_focus")
        yield from c.listed(d.review_focus)


def _site(c: Context) -> Iterator[Block]:
    d = c.dossier
    if d.dates.site_visit is not None:
        yield c.par("process.site_done", date=day(d.dates.site_visit))
    if d.visits:
        titles = c.heads("process", ("time", "work", "place", "participants", "content"))
        rows = [
            (word(day(v.date)), word(v.work), word(v.place), word(v.participants), word(v.content))
            for v in d.visits
        ]
        yield table(c.say("process.visits_caption"), titles, rows, (1.4, 2.4, 1.8, 1.4, 3.4))
    else:
        yield c.absent("site")
    if d.interviews:
        titles = c.heads("process", ("time", "verifiers", "interviewees", "department", "content"))
        people = [
            (word(day(i.date)), word(i.verifiers), word(i.interviewees), word(i.department), word(i.content))
            for i in d.interviews
        ]
        yield table(c.say("process.interviews_caption"), titles, people, (1.4, 1.4, 1.6, 1.8, 4))
    else:
        yield c.absent("interviews")


def _sampling(c: Context) -> Iterator[Block]:
    """Where sampling was used the report says how."""
    if not c.dossier.sampling:
        return
    yield c.par("process.sampling_intro")
    rows = []
    for n, s in enumerate(c.dossier.sampling):
        datum = c.dossier.data.get(s.datum or "")
        share = half_up(Decimal(s.sample) / s.population, 4) if s.population else None
        rows.append(
            (
                ordinal(n + 1),
                word(c.say(f"process.{s.object}")),
                word(datum.item if datum else s.datum),
                *(c.figure(getattr(s, k), "sampling", n, k) for k in ("population", "sample")),
                Cell(percent(share), align="center", origin=c.origin("sampling", n)),
                c.figure(s.errors, "sampling", n, "errors"),
                word("；".join(filter(None, (s.note, c.say("words.list_mark").join(s.selected))))),
            )
        )
    keys = ("no", "object", "datum", "population", "sample", "share", "errors", "note")
    titles = c.heads("process", keys)
    yield table(c.say("process.sampling_caption"), titles, rows, (0.7, 1.3, 1.8, 0.8, 0.8, 1.1, 1, 2.2), size="small")


def _findings(c: Context) -> Iterator[Block]:
    found = [f for f in c.dossier.findings if f.kind == "nc"]
    still_open = [f for f in open_findings(c.dossier) if f.kind == "nc"]
    if not found:
        yield c.par("process.nc_none")
        return
    yield c.par("process.nc_some", count=len(found))
    estimated = [f for f in found if f.state == "conservative-estimate"]
    if still_open:
        yield c.par("process.nc_open", open=len(still_open))
    elif estimated:
        yield c.par("process.nc_estimated", estimated=len(estimated))
    else:
        yield c.par("process.nc_closed")


def _schedule(c: Context) -> Iterator[Block]:
    reviewers = [p for p in c.dossier.team if p.role == "technical-reviewer"]
    if reviewers:
        names = c.say("words.list_mark").join(p.name for p in reviewers)
        yield c.par("process.review_person", name=names)
        if any(p.on_site for p in reviewers):
            yield c.par("process.review_on_site")
        elif all(p.on_site is False for p in reviewers):
            yield c.par("process.review_apart")
    known = [(step, getattr(c.dossier.dates, step)) for step in STEPS]
    dated = [(step, date) for step, date in known if date is not None]
    if not dated:
        yield c.absent("schedule")
        return
    titles = c.heads("process", ("no", "step", "time"))
    rows = [
        (
            ordinal(n),
            word(c.say(f"process.{step}")),
            Cell(day(date), align="center", origin=c.origin("dates", step)),
        )
        for n, (step, date) in enumerate(sorted(dated, key=lambda x: x[1]), 1)
    ]
    yield table(c.say("process.schedule_caption"), titles, rows, (0.8, 4, 3))
