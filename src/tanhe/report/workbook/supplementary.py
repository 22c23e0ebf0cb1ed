"""A supplementary data table (补充数据表): the form filled by formulas, its sums, and its lines underneath."""

from __future__ import annotations

from collections.abc import Sequence

from tanhe.dossier.data import Reference
from tanhe.guidelines.supplementary import TABLES, FormRow, SupplementaryTable
from tanhe.inventory.compute import policy_of
from tanhe.inventory.model import Column, Line, SupplementaryResult
from tanhe.quantity.rounding import Order
from tanhe.report.workbook.blocks import WIDTHS as BLOCK_WIDTHS
from tanhe.report.workbook.grid import Calc, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sources import write_lines, write_overview
from tanhe.report.workbook.styles import printed_format
from tanhe.report.workbook.summary import HEADS as SUM_HEADS
from tanhe.report.workbook.summary import Layout, write_sum

_LAYOUT = Layout(label=1, verified=2, reported=5, published=8, gap=9, state=10, grade=7, told=4)
_SUM_PLACES = (1, 2, 3, 5, 6, 8, 9, 10, 7, 4)
WIDTHS = (*BLOCK_WIDTHS, 16.0, 16.0, 10.0)
FORM_HEADS = ("序号", "项目", "核查值", "单位", "填写说明")

Numbered = Sequence[tuple[int, Line]]


def write_supplementary(sheet: Sheet, at: int, references: References) -> None:
    """One unit's table."""
    result = references.inventory.supplementary[at]
    table = TABLES[result.table]
    first = len(references.inventory.lines) + sum(len(t.lines) for t in references.inventory.supplementary[:at])
    numbered = list(enumerate(result.lines, first))
    sheet.put(0, 0, f"{table.title}　{result.unit_name}", "title")
    sheet.put(1, 0, f"{table.document}；证据等级 {table.grade}；产品：{result.product}", "subtitle")
    row = _write_form(sheet, 3, at, table, result, numbered, references)
    order = policy_of(references.inventory.dossier, references.inventory.guideline).order
    row = _write_sums(sheet, row + 1, at, table, result, order)
    for source in table.sources:
        own = [(n, line) for n, line in numbered if line.source.id == source.id]
        if own:
            sheet.put(row + 1, 0, f"{source.zh}　{source.clause}（{source.grade} 级）", "section")
            row = write_overview(sheet, row + 2, ("supplementary", at, source.id), own, source.sign)
    row = write_lines(sheet, row + 1, numbered, references)
    for note in references.inventory.dossier.supplementary[at].notes:
        sheet.put(row, 0, f"注：{note}", "plain")
        row += 1


def _write_form(
    sheet: Sheet, row: int, at: int, table: SupplementaryTable, result: SupplementaryResult, numbered: Numbered,
    references: References,
) -> int:
    sheet.put_row(row, FORM_HEADS, "head")
    for form in table.rows:
        for item, content, look in _fillings(form, at, result, numbered, references):
            row += 1
            sheet.put(row, 0, form.number, "center")
            sheet.put(row, 1, f"{form.zh}{f'（{item}）' if item else ''}")
            style = "center" if isinstance(content, str) else "total" if form.fill == "total" else "link"
            sheet.put(row, 2, content, style, format=look)
            sheet.put(row, 3, form.unit, "center")
            sheet.put(row, 4, form.rule)
    return row + 1


def _fillings(
    form: FormRow, at: int, result: SupplementaryResult, numbered: Numbered, references: References
) -> list[tuple[str, Calc | str, str]]:
    """What a row of the form holds: one entry, or one for each line it asks about."""
    book = references.book
    spec = references.inventory.dossier.supplementary[at]
    source, _, rest = form.fill.partition(".")
    if form.fill == "total" or form.fill in result.subtotals:
        total = result.total if form.fill == "total" else result.subtotals[form.fill]
        key = ("supplementary", at, "sum", form.fill)
        shown = Calc(book.at(*key, Column.VERIFIED, "value"), total.verified_value)
        return [("", shown, printed_format(total.verified_value))]
    if form.fill == "output":
        return [_cell(spec.output, references)]
    if form.fill.startswith("row:"):
        return [_cell(spec.rows.get(form.number, spec.rows.get(form.fill.removeprefix("row:"))), references)]
    if form.fill.startswith("text:"):
        return [("", spec.recovery_use or "/", "")]
    direction, _, symbol = rest.rpartition(".")
    lines = [(n, x) for n, x in numbered if x.source.id == source and direction in ("", x.spec.direction)]
    return [_input(n, line, symbol, references) for n, line in lines] or [("", "/", "")]


def _cell(reference: Reference | None, references: References) -> tuple[str, Calc | str, str]:
    found = references.find(reference, Column.VERIFIED) if reference is not None else ()
    if not found:
        return "", "/", ""
    if not found[0].mark:
        return "", f"{found[0].value} {found[0].unit.zh}", ""
    return "", Calc(found[0].mark, found[0].value), printed_format(found[0].value)


def _input(n: int, line: Line, symbol: str, references: References) -> tuple[str, Calc | str, str]:
    evaluation = line.verified_evaluation
    item = next((i for i in evaluation.inputs if i.symbol == symbol), None) if evaluation else None
    if item is None or item.spec.many:
        return line.item, "缺数据", ""
    mark = references.book.at("line", n, Column.VERIFIED, symbol)
    return line.item, Calc(mark, item.value), printed_format(item.value)


def _write_sums(
    sheet: Sheet, row: int, at: int, table: SupplementaryTable, result: SupplementaryResult, order: Order
) -> int:
    sheet.put(row, 0, "合计", "section")
    for place, head in zip(_SUM_PLACES, SUM_HEADS, strict=True):
        sheet.put(row + 1, place, head, "head")
    row += 1
    used = {line.source.id for line in result.lines}
    for name, total in (*result.subtotals.items(), ("total", result.total)):
        row += 1
        sources = [source for source in table.sources if name in ("total", source.id) and source.id in used]
        lines = [line for line in result.lines if name in ("total", line.source.id)]
        key = ("supplementary", at, "sum", name)
        write_sum(sheet, row, key, total, sources, lines, ("supplementary", at), _LAYOUT, order)
    return row + 1
