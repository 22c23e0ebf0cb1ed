"""Chapter 5 附件: non-conformities, suggestions, evidence, factors with their grade, replays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanhe.factors.model import Factor
from tanhe.inventory.compute import policy_of
from tanhe.inventory.model import Evaluation, Grade, Inventory, Line, Replay, Sum
from tanhe.quantity.quantity import exact_text
from tanhe.quantity.units import unit
from tanhe.report.basis import gwp_words, rounding_words
from tanhe.report.cells import NONE, centred, day, figure, head, number, ordinal, unit_text, word
from tanhe.report.chapters import findings
from tanhe.report.content import Block, Cell, Heading
from tanhe.report.context import Context, form, table, without_empty

EXACT_DIGITS = 16
"""Significant digits shown of a full-precision result."""


def blocks(c: Context) -> Iterator[Block]:
    """Annexes 1 to 5."""
    yield Heading(1, c.say("headings.5"))
    yield Heading(2, c.say("headings.a1"))
    yield from findings.nonconformities(c)
    yield Heading(2, c.say("headings.a2"))
    yield from findings.suggestions(c)
    yield Heading(2, c.say("headings.a3"))
    yield from _documents(c)
    yield Heading(2, c.say("headings.a4"))
    yield from _factors(c)
    yield _basis(c)
    yield Heading(2, c.say("headings.a5"))
    yield from _replays(c)


def _documents(c: Context) -> Iterator[Block]:
    documents = c.dossier.documents
    if not documents:
        yield c.absent("documents")
        return
    keys = ("document_no", "title", "group", "date", "file")
    rows = [(word(d.id), word(d.title), word(d.group), word(day(d.date)), word(d.file)) for d in documents]
    listed = table(c.say("annexes.documents_caption"), c.heads("annexes", keys), rows, (0.9, 5, 1.4, 1.6, 1.6))
    yield without_empty(listed, (2, 3, 4))


def _factors(c: Context) -> Iterator[Block]:
    if not c.inv.factors:
        yield c.par("annexes.no_factors")
        return
    yield c.par("annexes.factors_intro")
    keys = ("no", "factor", "value", "unit", "document", "place", "issued", "grade", "grade_status")
    rows = [_factor(c, n, f) for n, f in enumerate(c.inv.factors, 1)]
    yield table(
        c.say("annexes.factors_caption"),
        c.heads("annexes", keys),
        rows,
        (0.6, 2.4, 1.1, 1.2, 3, 1.4, 1.1, 0.6, 1.6),
        size="small",
        landscape=True,
    )


def _factor(c: Context, n: int, f: Factor) -> tuple[Cell, ...]:
    document = f"{f.document}（{f.document_number}）" if f.document_number else f.document
    return (
        ordinal(n),
        word(f.name),
        figure(f.value_text, c.say("words.origin_factor", key=f.key)),
        word(unit_text(unit(f.unit))),
        word(document),
        word(f.place),
        Cell(f.issued or NONE, origin=c.say("words.origin_factor", key=f.key)),
        word(f.grade),
        word(f.status_words),
    )


def _basis(c: Context) -> Block:
    g, inv = c.guideline, c.inv
    pairs = [
        ("basis_guideline", f"《{g.title}》"),
        ("basis_number", g.number),
        ("basis_grade", g.grade),
        ("basis_status", g.status),
        ("basis_gwp", gwp_words(g.gwp_set)),
        ("basis_rounding", rounding_words(policy_of(inv.dossier, g))),
        ("basis_factor_set", inv.factor_set),
        ("basis_dossier", inv.dossier.digest),
    ]
    rows = [(head(c.say(f"annexes.{key}")), word(value)) for key, value in pairs]
    return form(c.say("annexes.basis_caption"), rows, (2, 6))


def _replays(c: Context) -> Iterator[Block]:
    yield c.par("annexes.replay_intro")
    lines = [*c.inv.lines, *(line for s in c.inv.supplementary for line in s.lines)]
    if lines:
        keys = ("item", "expression", "reported", "recomputed", "verified", "replay", "reason")
        yield table(
            c.say("annexes.replay_caption"),
            c.heads("annexes", keys),
            [_line(c, line) for line in lines],
            (2.4, 3, 1.3, 1.8, 1.3, 1.1, 2.2),
            size="small",
            landscape=True,
        )
    sum_keys = ("item", "reported", "recomputed", "verified", "replay", "reason")
    yield table(
        c.say("annexes.sums_caption"),
        c.heads("annexes", sum_keys),
        [_sum(c, total) for total in _sums(c.inv)],
        (2.4, 1.4, 1.8, 1.6, 1.2, 3),
        size="small",
    )
    yield from c.incomplete_notes(*_sums(c.inv))
    derived = [r for r in c.inv.data.values() if r.evaluation is not None]
    if derived:
        data_keys = ("item", "expression", "reported", "recomputed", "replay", "reason")
        rows = [
            (
                word(r.datum.item),
                word(_short(r.evaluation)),
                figure(number(r.reported), str(r.place or r.id)),
                _exact(c, r.evaluation, r.id),
                *_grade(r.replay),
            )
            for r in derived
        ]
        yield table(
            c.say("annexes.data_caption"),
            c.heads("annexes", data_keys),
            rows,
            (2.1, 2.8, 1.4, 2, 1.1, 1.8),
            size="small",
        )


def _line(c: Context, line: Line) -> tuple[Cell, ...]:
    """The replay of the reported figure: by the reported method and parameters."""
    item = c.say("annexes.line_item", source=line.source.zh, item=line.item)
    return (
        word(item),
        word(_short(line.reported_evaluation)),
        c.line_reported(line),
        _exact(c, line.reported_evaluation, line.id),
        c.line_value(line),
        *_grade(line.replay),
    )


def _short(e: Evaluation | None) -> str:
    """The formula with its numbers; a long series keeps its symbols."""
    if e is None or e.missing:
        return NONE
    return e.with_numbers if sum(e.lengths.values()) <= 4 else e.formula.zh


def _exact(c: Context, e: Evaluation | None, name: str) -> Cell:
    if e is None or e.exact is None:
        return centred(c.say("words.no_value"))
    return figure(exact_text(e.exact, EXACT_DIGITS), c.say("words.origin_line", line=name))


def _grade(replay: Replay) -> tuple[Cell, Cell]:
    shown = replay.reason if replay.grade not in (Grade.EXACT, Grade.NOT_REPORTED) or replay.reason else ""
    return word(replay.grade.zh), word(shown)


def _sums(inv: Inventory) -> Sequence[Sum]:
    return [*inv.subtotals.values(), inv.excluding, inv.including, *(s.total for s in inv.supplementary)]


def _sum(c: Context, total: Sum) -> tuple[Cell, ...]:
    origin = c.say("words.origin_sum", name=total.zh)
    exact = c.marked(exact_text(total.exact, EXACT_DIGITS), total.missing)
    return (
        word(total.zh),
        c.total_reported(total),
        figure(exact, origin),
        c.total(total, bold=False),
        *_grade(total.replay),
    )
