"""3.4.4 配额分配相关补充数据: data, calculation, the official form filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.dossier.model import SupplementaryUnit
from tanhe.guidelines.supplementary import TABLES, FormRow, SupplementaryTable
from tanhe.inventory.model import Column, Line, Sum, SupplementaryResult
from tanhe.quantity.quantity import plain
from tanhe.report.cells import centred, figure, number, unit_text, word
from tanhe.report.chapters import calculation
from tanhe.report.chapters.activity import each
from tanhe.report.chapters.results import missing_notes, status_notes
from tanhe.report.chapters.statements import output_cell
from tanhe.report.content import Block, Cell, Heading
from tanhe.report.context import Context, table
from tanhe.report.placement import ACTIVITY, Placement

SUBTOTALS = ("feed", "electricity", "heat")


def blocks(c: Context, placed: Placement) -> Iterator[Block]:
    """3.4.4."""
    yield Heading(3, c.say("headings.3.4.4"))
    if not c.inv.supplementary:
        text = c.dossier.conclusions.supplementary
        yield c.own(text) if text else c.par("supplementary.none")
        return
    yield c.par("supplementary.data")
    yield from each(c, "activity_title", [d for d in placed.supplementary if d.datum.kind in ACTIVITY])
    yield from each(c, "factor_title", [d for d in placed.supplementary if d.datum.kind not in ACTIVITY])
    for n, result in enumerate(c.inv.supplementary):
        yield from _unit(c, result, c.dossier.supplementary[n])
    yield from _totals(c)


def _unit(c: Context, result: SupplementaryResult, unit: SupplementaryUnit) -> Iterator[Block]:
    spec = TABLES[result.table]
    yield c.par("supplementary.intro", title=spec.title, document=spec.document, grade=spec.grade)
    yield c.par("supplementary.unit", unit=result.unit_name or result.product, product=result.product)
    yield c.par("supplementary.calculation")
    for source in spec.sources:
        lines = [line for line in result.lines if line.source.id == source.id]
        caption = calculation.caption(c, "calc_caption", source)
        yield from calculation.tables(c, lines, Column.VERIFIED, result.subtotals.get(source.id), caption)
        yield from missing_notes(c, lines)
        yield from status_notes(c, lines)
    yield _form(c, result, unit, spec)
    yield from c.incomplete_notes(result.total)
    if unit.notes:
        yield c.par("supplementary.notes")
        yield from c.listed(unit.notes)


def _form(
    c: Context, result: SupplementaryResult, unit: SupplementaryUnit, spec: SupplementaryTable
) -> Block:
    rows: list[tuple[Cell, ...]] = []
    for row in spec.rows:
        for name, value, shown_unit in _fills(c, row, result, unit):
            item = c.say("supplementary.item_of", item=row.zh, name=name) if name else row.zh
            rows.append(
                (Cell(row.number, origin=spec.document), word(item), word(shown_unit), value, word(row.rule))
            )
    titles = c.heads("supplementary", ("no", "item", "unit_head", "value", "rule"))
    caption = c.say("supplementary.form_caption", title=spec.title, unit=result.unit_name or result.product)
    return table(caption, titles, rows, (0.9, 3.4, 1.1, 2, 2.8))


def _fills(
    c: Context, row: FormRow, result: SupplementaryResult, unit: SupplementaryUnit
) -> Iterator[tuple[str, Cell, str]]:
    """(name, value, unit) of what fills a row; one row per line where the form lists kinds."""
    if row.fill == "total":
        yield "", _grand_total(c, result) if row.number == "3" else c.total(result.total), row.unit
    elif row.fill in SUBTOTALS:
        found = result.subtotals.get(row.fill)
        yield "", c.total(found) if found else centred(), row.unit
    elif row.fill == "output":
        yield "", output_cell(c, unit.output), row.unit
    elif row.fill.startswith("row:"):
        yield "", _named(c, row, unit), row.unit
    elif row.fill.startswith("text:"):
        yield "", word(unit.recovery_use), row.unit
    else:
        yield from _inputs(c, row, result)


def _grand_total(c: Context, result: SupplementaryResult) -> Cell:
    """All units of the same table together."""
    units = [s.total for s in c.inv.supplementary if s.table == result.table]
    if len(units) == 1:
        return c.total(units[0])
    missing = tuple(m for t in units for m in t.missing)
    value = sum((t.verified_value for t in units), Decimal(0))
    return figure(c.marked(plain(value), missing), c.say("words.origin_sum", name=units[0].zh), bold=True)


def _named(c: Context, row: FormRow, unit: SupplementaryUnit) -> Cell:
    """A row the dossier names by its number or by the form's key."""
    given = unit.rows.get(row.number) or unit.rows.get(row.fill.removeprefix("row:"))
    if given is None:
        return centred()
    if not isinstance(given, str):
        return figure(plain(given.value), c.origin("supplementary"))
    result = c.inv.data.get(given)
    return figure(number(result.verified), str(result.place or given)) if result else word(given)


def _inputs(c: Context, row: FormRow, result: SupplementaryResult) -> Iterator[tuple[str, Cell, str]]:
    source, *way, symbol = row.fill.split(".")
    lines = [
        x for x in result.lines if x.source.id == source and (not way or (x.spec.direction or "in") == way[0])
    ]
    if not lines:
        yield "", centred(), row.unit
    for line in lines:
        name = line.item if way or len(lines) > 1 else ""
        yield (name, *_input(c, line, symbol, row.unit))


def _input(c: Context, line: Line, symbol: str, unit: str) -> tuple[Cell, str]:
    evaluation = line.verified_evaluation
    one = next((i for i in evaluation.inputs if i.symbol == symbol), None) if evaluation else None
    if one is None:
        return centred(c.say("words.no_value")), unit
    where = f"（{one.place}）" if one.place else ""
    return figure(plain(one.stated[0]), f"{one.origin}{where}"), unit_text(one.stated[1])


def _totals(c: Context) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    sums: list[Sum] = []
    for n, result in enumerate(c.inv.supplementary):
        sums.append(result.total)
        rows.append(
            (
                word(result.unit_name),
                word(result.product),
                output_cell(c, c.dossier.supplementary[n].output),
                c.total(result.total),
                c.total_reported(result.total),
            )
        )
    titles = c.heads("supplementary", ("facility", "product", "output", "emission", "reported"))
    yield table(c.say("supplementary.total_caption"), titles, rows, (2, 1.4, 1.8, 2, 2))
    yield from c.incomplete_notes(*sums)
    if c.dossier.conclusions.supplementary:
        yield c.own(c.dossier.conclusions.supplementary)
