"""Statements that stand in several places: conformity, totals, difference, fluctuation, uncovered (核查结论的陈述)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tanhe.checks.life import open_findings
from tanhe.inventory.model import Row
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import NONE, centred, figure, head, heads, joined, number, percent, prose, word
from tanhe.report.content import Block, Cell, Paragraph, Table
from tanhe.report.context import Context
from tanhe.report.differences import of_sum, share


def initial_filed(c: Context) -> bool:
    """Whether there was an initial report: its date is known, or its version does not say there was none."""
    version = c.dossier.report.initial_version
    if c.dossier.dates.initial_report is not None:
        return True
    return bool(version) and not any(w in version for w in c.words.several("front.absent_report"))


def conformity(c: Context) -> Iterator[Paragraph]:
    """The verifier's own words, or what withholds them; a word on non-conformities that is not so is left out."""
    raised = [f for f in c.dossier.findings if f.kind == "nc"]
    if c.blocked:
        yield from _withheld(c)
    else:
        own = c.dossier.conclusions.conformity
        text = "".join(part for part in clauses(own) if not contradicts(part, len(raised)))
        yield c.own(text) if text.strip("，。；") else c.absent("conformity")
        if text != own:
            yield c.par("conclusions.nc_words_dropped", "note")
        if raised and not _CLOSED.search(text):
            yield c.par("conclusions.nc_settled", count=len(raised))
    if c.inv.missing:
        yield c.par("conclusions.incomplete", missing=joined(c.inv.missing))


def _withheld(c: Context) -> Iterator[Paragraph]:
    """No positive conclusion yet, and why."""
    yield c.par("conclusions.withheld")
    still_open = [f for f in open_findings(c.dossier) if f.kind == "nc"]
    if still_open:
        yield c.par("conclusions.open_nc", count=len(still_open))
    yield from c.listed(c.obstacles)
    if c.waiting:
        yield c.par("conclusions.waiting", count=len(c.waiting))


_CLOSED = re.compile(r"不符合项?.{0,12}(关闭|整改完成)|关闭.{0,8}不符合项?")
_NONE = re.compile(r"(没有|未|无)(发现|开具|开出|提出)?不符合项?|不符合项?为?(0|零)")


def clauses(text: str) -> list[str]:
    """A sentence's clauses, each with its closing mark."""
    return re.findall(r"[^，。；]*[，。；]|[^，。；]+$", prose(text))


def contradicts(clause: str, raised: int) -> bool:
    """Whether a clause speaks of closing non-conformities where none was raised, or of none where some were."""
    return bool(_NONE.search(clause)) if raised else bool(_CLOSED.search(clause))


def total_texts(c: Context) -> dict[str, str]:
    """Both totals as text with their unit, marked when incomplete."""
    inv = c.inv
    return {
        "including": c.amount(inv.including.verified_value, inv.including.missing),
        "excluding": c.amount(inv.excluding.verified_value, inv.excluding.missing),
    }


def difference(c: Context) -> Iterator[Paragraph]:
    """Why the reported total and the verified one differ, in the dossier's words and in numbers."""
    if c.dossier.conclusions.difference:
        yield c.own(c.dossier.conclusions.difference)
    amount, total = of_sum(c.inv.including), c.inv.including
    shown = c.amount(total.verified_value, total.missing)
    if amount is None or total.reported is None:
        if not c.dossier.conclusions.difference:
            yield c.par("results.difference_not_comparable")
    elif amount == 0:
        if initial_filed(c):
            yield c.par("conclusions.initial_equal", verified=shown)
    else:
        ratio = percent(share(amount, total.reported))
        reported = c.amount(total.reported, total.missing)
        key = "initial_total" if initial_filed(c) else "printed_total"
        yield c.par(
            f"conclusions.{key}", "body", reported=reported, verified=shown, amount=plain(amount), ratio=ratio
        )


def fluctuation(c: Context) -> Paragraph:
    """Abnormal change against the previous year."""
    text = c.dossier.conclusions.fluctuation
    return c.own(text) if text else c.absent("fluctuation")


def uncovered(c: Context) -> Paragraph:
    """What the verification did not cover."""
    text = c.dossier.conclusions.uncovered
    return c.own(text) if text else c.absent("uncovered")


def result_table(c: Context) -> Iterator[Block]:
    """The guideline's result table with every row, zeros too, and both totals."""
    rows: list[tuple[Cell, ...]] = []
    for parent, members in groupby(c.inv.rows, key=lambda row: row.parent):
        found = list(members)
        for n, row in enumerate(found):
            left = (word(row.zh, colspan=2),) if not parent else (word(row.zh),)
            first = (word(parent, rowspan=len(found)),) if parent and n == 0 else ()
            rows.append((*first, *left, *_row_figures(c, row)))
    for name, total in (("excluding", c.inv.excluding), ("including", c.inv.including)):
        remark = c.say("results.missing_remark", missing=_named(total.missing)) if total.missing else ""
        rows.append(
            (
                word(c.say(f"results.{name}"), colspan=3, bold=True),
                c.total(total),
                c.total_reported(total),
                word(remark),
            )
        )
    titles = (
        head(c.say("results.category"), colspan=2),
        *c.heads("results", ("mass", "equivalent", "reported", "remark")),
    )
    yield Table(c.say("results.result_caption"), (titles, *rows), (1.6, 2.4, 1.9, 2.1, 1.9, 1.9))
    yield c.par("results.zero_rows", "note")
    if not initial_filed(c):
        yield c.par("results.reported_note", "note")
    yield c.par("results.guideline_status", "note", grade=c.guideline.grade, status=c.guideline.status)
    yield from c.incomplete_notes(c.inv.excluding, c.inv.including)


def _named(missing: tuple[str, ...]) -> str:
    """Only what is missing; the reasons stand in the note below the table."""
    return "、".join(text.split("：", 1)[0] for text in missing)


def _row_figures(c: Context, row: Row) -> tuple[Cell, ...]:
    origin = c.say("words.origin_row", row=row.id)
    shown = c.marked(plain(row.value), row.missing)
    mass = NONE if row.gas_mass is None or not row.gas else plain(half_up(row.gas_mass, digits_of(row.value)))
    spec = next(r for r in c.guideline.rows if r.id == row.id)
    reported = NONE if row.reported is None else c.marked(plain(row.reported), row.missing)
    signs = {s.sign for s in c.guideline.sources if s.id in spec.sources}
    remarks = [c.say("results.deducted")] if signs == {-1} else []
    remarks += [c.say("results.missing_remark", missing="、".join(row.missing))] if row.missing else []
    return (
        figure(c.marked(mass, row.missing), origin),
        figure(shown, origin),
        figure(reported, c.origin("subtotals", row.id, "reported")),
        word("；".join(remarks)),
    )


def supplementary_declaration(c: Context) -> Iterator[Block]:
    """Total of every supplementary table, and what the verifiers say of them."""
    if not c.inv.supplementary:
        text = c.dossier.conclusions.supplementary
        yield c.own(text) if text else c.par("conclusions.supplementary_none")
        return
    rows = []
    for n, result in enumerate(c.inv.supplementary):
        output = c.dossier.supplementary[n].output
        rows.append(
            (
                c.figure(c.dossier.year, "year"),
                word(result.unit_name),
                word(result.product),
                output_cell(c, output),
                c.total(result.total),
            )
        )
    titles = heads(
        c.say("conclusions.year"),
        *(c.say(f"supplementary.{k}") for k in ("facility", "product", "output", "emission")),
    )
    yield Table(c.say("conclusions.supplementary_caption"), (titles, *rows), (1, 2, 1.4, 1.8, 2))
    yield from c.incomplete_notes(*(r.total for r in c.inv.supplementary))
    if c.dossier.conclusions.supplementary and not c.blocked:
        yield c.own(c.dossier.conclusions.supplementary)


def output_cell(c: Context, name: str | None) -> Cell:
    """The output datum of a supplementary unit."""
    if name is None or name not in c.inv.data:
        return centred()
    result = c.inv.data[name]
    return figure(number(result.verified), str(result.place or name))
