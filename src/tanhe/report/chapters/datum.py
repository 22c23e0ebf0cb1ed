"""The table of one datum (数据核查表): eleven rows, or the short form where nothing was monitored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.dossier.data import CrossCheck, Datum
from tanhe.inventory.model import DatumResult, Grade
from tanhe.quantity.quantity import exact_text, plain, scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit, unit
from tanhe.report.cells import NONE, centred, figure, head, number, percent, prose, unit_text, word
from tanhe.report.content import Block, Cell, Equation, Heading
from tanhe.report.context import Context, form, table
from tanhe.report.differences import share

Row = tuple[Cell, ...]
MONITORED = (
    "method",
    "frequency",
    "record_frequency",
    "calibration",
    "gaps",
    "cross_checks",
    "cross_check_note",
)
EXTRA = ("source_type", "facility", "location")
MANY = 3
"""A derivation over a longer series is shown by its monthly table, not as an equation."""


def blocks(c: Context, result: DatumResult, full: bool) -> Iterator[Block]:
    """The table, its derivation and other readings."""
    datum = result.datum
    monitored = full or any(getattr(datum, k) for k in MONITORED)
    rows = [*_value_rows(c, result), *_source_rows(c, result)]
    if monitored:
        rows += [
            _row(c, k, getattr(datum, k))
            for k in ("method", "frequency", "record_frequency", "calibration", "gaps")
        ]
        rows += [_row(c, "sampling", datum.sampling)] if datum.sampling else []
        rows += _cross_rows(c, datum)
    rows += [*_library_rows(c, result), _row(c, "conclusion", datum.conclusion or c.say("data.no_conclusion"))]
    rows += [_row(c, "note", datum.note)] if datum.note else []
    yield form(c.say("data.check_caption", item=datum.item), rows, (1.8, 2, 1.6, 1.7, 2.2))
    if any(x.value is not None and x.value != datum.verified for x in datum.cross_checks):
        yield c.par("data.deviation_base", "note")
    yield from _derivation(c, result)
    yield from _readings(c, result)


def _row(c: Context, key: str, text: str) -> Row:
    return (head(c.say(f"data.{key}")), word(text, colspan=4))


def _value_rows(c: Context, result: DatumResult) -> Iterator[Row]:
    datum = result.datum
    item = c.say("data.symbol_item", item=datum.item, symbol=datum.symbol) if datum.symbol else datum.item
    yield _row(c, "item", item)
    yield (
        head(c.say("data.value"), rowspan=2),
        *c.heads("data", ("year", "reported", "verified", "difference")),
    )
    yield (
        c.figure(c.dossier.year, "year"),
        reported_cell(c, result),
        verified_cell(c, result),
        _difference(c, result),
    )
    shown = c.say("data.no_unit") if unit_text(datum.unit) == NONE else unit_text(datum.unit)
    if datum.unit_printed:
        shown = c.say("data.unit_as_printed", unit=shown, printed=datum.unit_printed)
    yield _row(c, "unit", shown)


def reported_cell(c: Context, result: DatumResult) -> Cell:
    """The reported value; its unit stands beside it where it is another one."""
    datum = result.datum
    shown = number(result.reported)
    if result.reported is not None and datum.reported_unit not in (None, datum.unit):
        shown = f"{shown} {unit_text(datum.reported_unit)}"
    return figure(shown, c.origin("data", result.id, "reported"))


def verified_cell(c: Context, result: DatumResult) -> Cell:
    """The verified value; a derived or a library value where the dossier states none."""
    if result.verified is not None:
        return figure(plain(result.verified), c.origin("data", result.id, "verified"))
    if result.reported is not None:
        return centred(c.say("words.not_adopted"))
    if result.factor is not None:
        return figure(result.factor.value_text, c.say("words.origin_factor", key=result.factor.key))
    if result.evaluation is not None and result.evaluation.exact is not None:
        return figure(exact_text(result.evaluation.exact, 12), c.say("words.origin_derived", datum=result.id))
    return centred(c.say("words.no_value"))


def _difference(c: Context, result: DatumResult) -> Cell:
    datum = result.datum
    same_unit = datum.reported_unit in (None, datum.unit)
    if result.reported is None or result.verified is None or not same_unit:
        return centred()
    return figure(plain(result.verified - result.reported), c.say("words.origin_datum", datum=result.id))


def _source_rows(c: Context, result: DatumResult) -> Iterator[Row]:
    datum = result.datum
    titles = {d.id: d.title for d in c.dossier.documents}
    cited = [_document(c, x, titles.get(x, ""), datum.source) for x in datum.documents]
    source = c.say("data.source_documents", source=datum.source, documents="；".join(cited))
    yield _row(c, "source", source if cited else datum.source)
    yield from (_row(c, key, getattr(datum, key)) for key in EXTRA if getattr(datum, key))


def _document(c: Context, name: str, title: str, source: str) -> str:
    """A document's number, with its title where the source does not name it already."""
    bare = prose(title).strip("《》")
    stem = re.split("[（(]", bare)[0]
    known = not stem or stem in prose(source) or prose(source).strip("《》") in bare
    return name if known else c.say("data.document", id=name, title=title)


def _cross_rows(c: Context, datum: Datum) -> list[Row]:
    note = datum.cross_check_note
    if not datum.cross_checks:
        return [_row(c, "cross", note or c.say("data.cross_none"))]
    titles = c.heads("data", ("cross_source", "cross_value", "cross_deviation", "cross_explanation"))
    body = [_cross_row(c, datum, check) for check in datum.cross_checks]
    tail = [(word(note, colspan=4),)] if note else []
    label = head(c.say("data.cross"), rowspan=1 + len(body) + len(tail))
    return [(label, *titles), *body, *tail]


def _cross_row(c: Context, datum: Datum, check: CrossCheck) -> Row:
    name = f"{check.source}（{check.document}）" if check.document else check.source
    given = check.unit or datum.unit
    value = (
        NONE
        if check.value is None
        else " ".join(x for x in (plain(check.value), unit_text(given)) if x != NONE)
    )
    printed = (
        [c.say("data.deviation_printed", printed=percent(check.deviation))]
        if check.deviation is not None
        else []
    )
    comparable = check.value is not None and given.fits(datum.unit)
    other = (
        scale(check.value, given.factor_to(datum.unit)) if comparable and check.value is not None else None
    )
    computed = share(None if other is None or datum.verified is None else datum.verified - other, other)
    printed += [c.say("data.deviation_computed", computed=percent(computed))] if computed is not None else []
    origin = f"{c.say('words.origin_datum', datum=datum.item)}：{check.source}"
    return (
        word(name),
        figure(value, origin),
        figure("；".join(printed) or NONE, origin),
        word(check.explanation),
    )


def _library_rows(c: Context, result: DatumResult) -> Iterator[Row]:
    f = result.factor
    if f is not None:
        its_unit = unit(f.unit)
        value = " ".join(x for x in (f.value_text, unit_text(its_unit)) if x != NONE)
        address = "，".join(filter(None, [f.document, f.document_number, f.place]))
        text = c.say(
            "data.library_value",
            value=value,
            address=address,
            grade=f.grade,
            status=f.status_words,
            agrees=c.say(f"data.{_agreement(result, f.value, its_unit)}"),
        )
        yield (head(c.say("data.library")), Cell(text, 4, origin=c.say("words.origin_factor", key=f.key)))
    if result.library_note:
        yield _row(c, "library_note", result.library_note)
    if result.replay.grade is not Grade.NOT_REPORTED:
        key = "replay_reason" if result.replay.reason else "replay_text"
        yield _row(
            c, "replay", c.say(f"data.{key}", grade=result.replay.grade.zh, reason=result.replay.reason)
        )


def _agreement(result: DatumResult, value: Decimal, its_unit: Unit) -> str:
    """Whether the value used is the library's."""
    used, given = result.verified if result.verified is not None else result.reported, result.datum.unit
    if used is None:
        return "library_unused"
    same = given.fits(its_unit) and scale(used, given.factor_to(its_unit)) == value
    return "library_same" if same else "library_other"


def _derivation(c: Context, result: DatumResult) -> Iterator[Block]:
    e = result.evaluation
    if e is None or e.missing or e.exact is None or max(e.lengths.values(), default=0) > MANY:
        return
    yield c.par("data.derived", item=result.datum.item)
    values = {key: plain(value) for key, value in e.values.items()}
    shown = unit_text(e.unit)
    symbol = result.datum.symbol or e.formula.result_symbol
    yield Equation(symbol, e.formula.tree(e.lengths), values, unit="" if shown == NONE else shown)


def _readings(c: Context, result: DatumResult) -> Iterator[Block]:
    if not result.readings:
        return
    yield c.par("data.readings", item=result.datum.item)
    base = result.verified if result.verified is not None else result.reported
    own = (
        word(c.say("data.reading_stated", source=result.datum.source or result.datum.item)),
        figure(number(base), c.origin("data", result.id)),
        word(unit_text(result.datum.unit)),
        centred(),
    )
    rows = [own]
    for reading in result.readings:
        known = reading.value.is_finite()
        gap = half_up(base - reading.value, 2) if known and base is not None else None
        ratio = share(gap, reading.value) if known and isinstance(gap, Decimal) else None
        rows.append(
            (
                word(reading.method),
                figure(plain(reading.value) if known else NONE, reading.method),
                word(reading.unit),
                figure(percent(ratio), reading.method),
            )
        )
    titles = c.heads("data", ("reading_method", "reading_value", "unit", "cross_deviation"))
    yield table(c.say("data.readings_caption", item=result.datum.item), titles, rows, (4, 1.6, 1.2, 1.4))


def title(c: Context, key: str, n: int, result: DatumResult) -> Heading:
    """The heading above a datum's table."""
    return Heading(4, c.say(f"data.{key}", n=n, item=result.datum.item))
