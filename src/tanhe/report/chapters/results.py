"""3.4.3 法人边界排放量: calculation tables, result table, differences, charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tanhe.guidelines.model import Source
from tanhe.inventory.model import Column, Line
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import centred, figure, joined, number, percent, sentence, word
from tanhe.report.chapters import calculation, statements
from tanhe.report.content import Block, Cell, Chart, Heading, Paragraph
from tanhe.report.context import Context, table
from tanhe.report.differences import Difference, differences, of_sum, share


def blocks(c: Context) -> Iterator[Block]:
    """3.4.3."""
    yield Heading(3, c.say("headings.3.4.3"))
    if not c.inv.lines:
        yield c.absent("lines")
    else:
        yield c.par("results.intro")
    for source in c.guideline.sources:
        lines = [line for line in c.inv.lines if line.source.id == source.id]
        if lines:
            yield from _source(c, source, lines)
    yield from statements.result_table(c)
    yield from _differences(c)
    yield from _charts(c)
    yield c.par("results.closing")


def _source(c: Context, source: Source, lines: Sequence[Line]) -> Iterator[Block]:
    subtotal = c.inv.subtotals.get(source.id)
    if source.memo:
        yield c.par("results.memo")
    caption = calculation.caption(c, "calc_caption", source)
    yield from calculation.tables(c, lines, Column.VERIFIED, subtotal, caption)
    yield from missing_notes(c, lines)
    yield from status_notes(c, lines)
    if source.sign < 0:
        yield c.par("facts.deducted", "note")
    corrected = [line for line in lines if line.corrected]
    if corrected:
        reported = calculation.caption(c, "calc_reported_caption", source)
        yield from calculation.tables(c, corrected, Column.REPORTED, None, reported)
        for line in corrected:
            if line.conflict:
                yield Paragraph(sentence(f"{line.item}：{line.conflict}"), "note")


def missing_notes(c: Context, lines: Sequence[Line]) -> Iterator[Block]:
    """Says for each line without a value what is missing."""
    for line in lines:
        if line.missing:
            yield c.par("results.missing_line", "note", item=line.item, missing=joined(line.missing))


def status_notes(c: Context, lines: Sequence[Line]) -> Iterator[Block]:
    """Names the factors of these lines that were not checked against the official text (Law 10)."""
    evaluations = [line.verified_evaluation for line in lines if line.verified_evaluation is not None]
    used = {
        i.factor.key: i.factor for e in evaluations for i in e.inputs if i.factor and not i.factor.confirmed
    }
    named = [
        c.say("results.status_item", name=f.name, grade=f.grade, status=f.status_words) for f in used.values()
    ]
    if named:
        yield c.par("results.status_note", "note", factors=joined(named))


def _differences(c: Context) -> Iterator[Block]:
    found = differences(c.inv, c.words)
    totals = (c.inv.excluding, c.inv.including)
    if not found and all(of_sum(t) in (None, 0) for t in totals):
        nothing = all(line.reported is None for line in c.inv.lines)
        yield c.par("results.difference_not_comparable" if nothing else "results.difference_none")
        return
    yield c.par("results.difference_intro")
    rows = [_difference_row(c, d) for d in found]
    residual = _residual(c, found)
    if residual:
        rows.append(
            (
                word(c.say("results.residual")),
                centred(),
                centred(),
                figure(plain(residual), c.say("words.origin_chart")),
                centred(),
                word(c.say("results.residual_cause")),
            )
        )
    for name, total in (("excluding", c.inv.excluding), ("including", c.inv.including)):
        amount = of_sum(total)
        origin = c.say("words.origin_sum", name=total.zh)
        remark = (
            c.say("results.missing_remark", missing=joined(total.missing))
            if total.missing
            else total.replay.reason or (c.say("results.cause_total") if amount else "")
        )
        rows.append(
            (
                word(c.say(f"results.{name}"), bold=True),
                c.total_reported(total),
                c.total(total),
                figure(number(amount), origin),
                figure(percent(share(amount, total.reported)), origin),
                word(remark),
            )
        )
    keys = ("category", "reported", "verified", "amount", "ratio", "cause")
    yield table(
        c.say("results.difference_caption"),
        c.heads("results", keys),
        rows,
        (1.8, 1.4, 1.5, 1.3, 1.1, 3.4),
        size="small",
    )
    yield from c.incomplete_notes(*totals)
    yield from _effect_table(c, found)


def _difference_row(c: Context, d: Difference) -> tuple[Cell, ...]:
    origin = c.say("words.origin_line", line=d.line.id)
    return (
        word(f"{d.line.source.zh}：{d.line.item}"),
        figure(number(d.reported), str(d.line.place or d.line.id)),
        c.line_value(d.line),
        figure(number(d.amount), origin),
        figure(percent(share(d.amount, d.reported)), origin),
        word(d.cause),
    )


def _residual(c: Context, found: Sequence[Difference]) -> Decimal | None:
    """What the rounding of lines and totals leaves of the total's difference."""
    total = of_sum(c.inv.including)
    amounts = [d.line.sign * d.amount for d in found if not d.line.memo and d.amount is not None]
    if total is None or any(d.amount is None for d in found):
        return None
    digits = digits_of(c.inv.including.verified_value)
    return half_up(total - sum(amounts, Decimal(0)), digits)


def _effect_table(c: Context, found: Sequence[Difference]) -> Iterator[Block]:
    rows = [
        (
            word(f"{d.line.item}：{e.parameter}"),
            figure(e.before, c.say("words.origin_line", line=d.line.id)),
            figure(e.after, c.say("words.origin_line", line=d.line.id)),
            figure(plain(e.amount), c.say("words.origin_line", line=d.line.id)),
        )
        for d in found
        for e in d.effects
    ]
    if rows:
        keys = ("parameter", "effect_before", "effect_after", "effect_amount")
        yield table(c.say("results.effect_caption"), c.heads("results", keys), rows, (3, 2, 2, 2))


def _charts(c: Context) -> Iterator[Block]:
    shown = [line for line in c.inv.lines if line.verified_value is not None and not line.memo]
    if not shown:
        return
    names = [_name(line, shown) for line in shown]
    values = tuple(float(line.sign * (line.verified_value or 0)) for line in shown)
    unit = "tCO2e"
    mark = c.say("words.incomplete_mark") if c.inv.missing else ""
    yield Chart(
        "bars",
        c.say("results.chart_sources") + mark,
        unit,
        tuple(names),
        ((c.say("results.emission"), values),),
    )
    links = _links(c, shown, names)
    labels = tuple(dict.fromkeys(x for a, b, _ in links for x in (a, b)))
    if links:
        yield Chart("flow", c.say("results.chart_flow") + mark, unit, labels, (), links, _printed(c, shown, names))


def _name(line: Line, shown: Sequence[Line]) -> str:
    twice = sum(other.item == line.item for other in shown) > 1 or line.item == line.source.zh
    return f"{line.item}（{line.source.zh}）" if twice and line.item != line.source.zh else line.item


def _printed(c: Context, shown: Sequence[Line], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The figures as the tables print them: lines, subtotals of sources, the total."""
    found = {name: plain(line.verified_value or Decimal(0)) for line, name in zip(shown, names, strict=True)}
    for source in dict.fromkeys(line.source.id for line in shown):
        if subtotal := c.inv.subtotals.get(source):
            found[c.say("results.flow_source", source=subtotal.zh)] = plain(subtotal.verified_value)
    found[c.marked(c.say("results.flow_total"), c.inv.missing)] = plain(c.inv.including.verified_value)
    return tuple(found.items())


def _links(c: Context, shown: Sequence[Line], names: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """Items to sources to the total, at full precision; what leaves a balance or is deducted flows out again."""
    total = c.marked(c.say("results.flow_total"), c.inv.missing)
    links: list[tuple[str, str, float]] = []
    nets: dict[str, Decimal] = {}
    for line, name in zip(shown, names, strict=True):
        value = line.verified or Decimal(0)
        source = c.say("results.flow_source", source=line.source.zh)
        nets[source] = nets.get(source, Decimal(0)) + line.sign * value
        if value > 0:
            links.append((name, source, float(value)) if line.sign > 0 else (source, name, float(value)))
    for source, net in nets.items():
        if net:
            links.append((source, total, float(net)) if net > 0 else (total, source, float(-net)))
    return tuple(links)
