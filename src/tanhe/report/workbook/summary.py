"""The summary (汇总): both totals, subtotals and the official result table, all by formulas over the source sheets."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanhe.guidelines.model import Source
from tanhe.inventory.compute import policy_of
from tanhe.inventory.model import Column, Inventory, Line, Row, Sum
from tanhe.quantity.rounding import Order
from tanhe.report.workbook.amounts import difference, rounded, signed_sum
from tanhe.report.workbook.grid import Book, Calc, Sheet
from tanhe.report.workbook.sources import grade_style
from tanhe.report.workbook.styles import full_format, printed_format

WIDTHS = (40.0, 19.0, 17.0, 19.0, 17.0, 16.0, 15.0, 11.0, 24.0, 50.0)
HEADS = ("项目", "核查（全精度）", "核查值", "填报口径（全精度）", "填报口径（修约）", "填报数", "填报数 − 复算", "完整性",
         "复算结论", "说明")
ROW_HEADS = ("结果表的行", "核查（全精度）", "核查值（tCO2e）", "气体", "气体质量（t）", "填报数", "填报数 − 核查值", "完整性", "", "说明")


@dataclass(frozen=True)
class Layout:
    """Which column each part of a sum stands in."""

    label: int = 0
    verified: int = 1
    reported: int = 3
    published: int = 5
    gap: int = 6
    state: int = 7
    grade: int = 8
    told: int = 9


def write_summary(sheet: Sheet, inventory: Inventory, sources: Sequence[Source]) -> None:
    """Totals first, then subtotals and the result table."""
    dossier = inventory.dossier
    sheet.put(0, 0, f"{dossier.entity.name} {dossier.year} 年度温室气体排放汇总", "title")
    sheet.put(1, 0, "单位 tCO2e；全部由各排放源页的公式相加而成。总量采用核查值；填报口径是用填报的输入重算的结果。", "subtitle")
    sheet.put(3, 0, "企业温室气体排放总量", "section")
    sheet.put_row(4, HEADS, "head")
    order = policy_of(dossier, inventory.guideline).order
    used = [s for s in sources if not s.memo]
    outside = [s for s in used if not s.purchased]
    write_sum(sheet, 5, ("total", "excluding"), inventory.excluding, outside, _lines(inventory, outside), order=order)
    write_sum(sheet, 6, ("total", "including"), inventory.including, used, _lines(inventory, used), order=order)
    row = _write_missing(sheet, 7, inventory)
    row = _write_conflicts(sheet, row, inventory)
    sheet.put(row + 1, 0, "小计", "section")
    sheet.put_row(row + 2, HEADS, "head")
    row = _write_subtotals(sheet, row + 3, inventory, used)
    row = _write_memos(sheet, row, inventory, sources)
    sheet.put(row + 1, 0, "排放量汇总表（指南格式）", "section")
    sheet.put_row(row + 2, ROW_HEADS, "head")
    _write_rows(sheet, row + 3, inventory)


def _lines(inventory: Inventory, sources: Sequence[Source]) -> list[Line]:
    known = {source.id for source in sources}
    return [line for line in inventory.lines if line.source.id in known]


def write_sum(
    sheet: Sheet, row: int, key: tuple[Hashable, ...], total: Sum, sources: Sequence[Source], lines: Sequence[Line],
    prefix: tuple[Hashable, ...] = ("source",), at: Layout = Layout(), order: Order = "sum-then-round",
) -> None:
    """One row: exact and rounded in both columns, the printed figure, the difference, completeness and grade.

    ``order`` is the rounding policy's: whether the exact sum is rounded, or the rounded lines are added.
    """
    book = sheet.book
    sheet.put(row, at.label, total.zh, "total-text")
    figures = (
        (at.verified, Column.VERIFIED, total.verified, total.verified_value),
        (at.reported, Column.REPORTED, total.exact, total.value),
    )
    for place, column, exact, value in figures:
        terms = [(source.sign, book.at(*prefix, source.id, column)) for source in sources]
        mark = book.at(*key, column, "exact")
        spoilt = column is Column.REPORTED and any(line.conflict and not line.memo for line in lines)
        sheet.put(row, place, Calc(signed_sum(terms), exact), "bad-number" if spoilt else "calc",
                  format=full_format(exact), anchor=(*key, column, "exact"))
        if order == "round-then-sum":
            mark, exact = _rounded_first(book, column, prefix, sources, lines)
        sheet.put(row, place + 1, rounded(mark, exact, value), "bad-number" if spoilt else "total", format=printed_format(value),
                  anchor=(*key, column, "value"))
    _write_printed(sheet, row, key, total, at)
    _write_state(sheet, row, total, sources, lines, prefix, at.state)
    sheet.put(row, at.grade, total.replay.grade.zh, grade_style(total))
    told = "；".join(filter(None, (total.replay.reason, *total.missing)))
    sheet.put(row, at.told, told, "bad" if total.missing else "text")


def _rounded_first(
    book: Book, column: Column, prefix: tuple[Hashable, ...], sources: Sequence[Source], lines: Sequence[Line]
) -> tuple[str, Decimal]:
    """The sum of the lines' rounded figures, as formula and value."""
    text = signed_sum((source.sign, book.at(*prefix, source.id, column, "rounded")) for source in sources)
    figures = ((x.sign, x.verified_value if column is Column.VERIFIED else x.value) for x in lines if not x.memo)
    return text, sum((sign * figure for sign, figure in figures if figure is not None), Decimal(0))


def _write_printed(sheet: Sheet, row: int, key: tuple[Hashable, ...], total: Sum, at: Layout) -> None:
    if total.reported is None:
        sheet.put(row, at.published, "未填报", "center")
        sheet.put(row, at.gap, "", "center")
        return
    look = printed_format(total.reported)
    sheet.put(row, at.published, total.reported, "published", format=look, anchor=(*key, "published"),
              comment=str(total.place or ""))
    marks = sheet.book.at(*key, "published"), sheet.book.at(*key, Column.REPORTED, "value")
    gap = difference(*marks, total.reported, total.value)
    sheet.put(row, at.gap, gap, "calc" if gap.value == 0 else "warn", format=look)


def _write_state(
    sheet: Sheet, row: int, total: Sum, sources: Sequence[Source], lines: Sequence[Line],
    prefix: tuple[Hashable, ...], at: int,
) -> None:
    """完整 or 不完整, following the cells; a source without any line keeps it incomplete whatever is filled in."""
    counted = [line for line in lines if not line.memo]
    said = {f"{line.item}：{'；'.join(line.missing)}" for line in counted if line.verified is None}
    if set(total.missing) - said:
        sheet.put(row, at, "不完整", "bad")
    elif counted:
        counts = signed_sum((1, sheet.book.at(*prefix, source.id, "count")) for source in sources)
        now = "完整" if total.complete else "不完整"
        state = Calc(f'IF({counts}<{len(counted)},"不完整","完整")', now)
        sheet.put(row, at, state, "center" if total.complete else "bad")
    else:
        sheet.put(row, at, "无此排放", "center")


def _write_missing(sheet: Sheet, row: int, inventory: Inventory) -> int:
    if inventory.including.complete:
        return row
    sheet.put(row, 0, "！总量不完整：下列排放源已识别而没有数据，没有按零计入，总量只含已有数据的部分。", "bad-line")
    for why in inventory.including.missing:
        row += 1
        sheet.put(row, 0, f"　　{why}", "bad-line")
    return row + 1


def _write_conflicts(sheet: Sheet, row: int, inventory: Inventory) -> int:
    for line in inventory.lines:
        if line.conflict:
            told = f"！填报口径含单位不相配的一行（{line.item}），仅为重现填报数；核查值没有采用：{line.conflict}"
            sheet.put(row, 0, told, "bad-line")
            row += 1
    return row


def _write_subtotals(sheet: Sheet, row: int, inventory: Inventory, used: Sequence[Source]) -> int:
    groups = {s.id: (s.id,) for s in inventory.guideline.sources} | {s.id: s.sources for s in inventory.guideline.subtotals}
    for name, total in inventory.subtotals.items():
        members = [source for source in used if source.id in groups.get(name, ())]
        order = policy_of(inventory.dossier, inventory.guideline).order
        write_sum(sheet, row, ("subtotal", name), total, members, _lines(inventory, members), order=order)
        row += 1
    return row


def _write_memos(sheet: Sheet, row: int, inventory: Inventory, sources: Sequence[Source]) -> int:
    for source in (s for s in sources if s.memo):
        lines = [line for line in inventory.lines if line.source.id == source.id]
        sheet.put(row, 0, source.zh, "strong")
        for at, column in ((1, Column.VERIFIED), (3, Column.REPORTED)):
            figures = (line.verified if column is Column.VERIFIED else line.exact for line in lines)
            total = sum((f * line.sign * source.sign for f, line in zip(figures, lines, strict=True) if f is not None), Decimal(0))
            sheet.put(row, at, Calc(sheet.book.at("source", source.id, column), total), "calc", format=full_format(total))
        sheet.put_row(row, ("单列，不计入总量",), "text", 9)
        row += 1
    return row


def _write_rows(sheet: Sheet, row: int, inventory: Inventory) -> None:
    by_id = {row.id: row for row in inventory.guideline.rows}
    for result in inventory.rows:
        sources = by_id[result.id].sources
        _write_row(sheet, row, result, [line for line in inventory.lines if line.source.id in sources], inventory)
        row += 1


def _write_row(sheet: Sheet, row: int, result: Row, lines: Sequence[Line], inventory: Inventory) -> None:
    """A row of the result table, deductions shown as positive amounts as the form has them."""
    book, exact = sheet.book, Decimal(0)
    for line in lines:
        if line.verified is not None:
            exact += line.verified if line.spec.direction != "out" else -line.verified
    used = dict.fromkeys(line.source.id for line in lines)
    text = signed_sum((1, book.at("source", name, Column.VERIFIED)) for name in used)
    key = ("row", result.id)
    sheet.put(row, 0, f"{result.parent}：{result.zh}" if result.parent else result.zh, "strong")
    sheet.put(row, 1, Calc(text, exact), "calc", format=full_format(exact), anchor=(*key, "exact"))
    sheet.put(row, 2, rounded(book.at(*key, "exact"), exact, result.value), "total", format=printed_format(result.value),
              anchor=(*key, "value"))
    sheet.put(row, 3, result.gas, "center")
    _write_mass(sheet, row, result, lines, inventory, book)
    if result.reported is None:
        sheet.put_row(row, ("未填报", ""), "center", 5)
    else:
        look = printed_format(result.reported)
        sheet.put(row, 5, result.reported, "published", format=look, anchor=(*key, "published"))
        gap = difference(book.at(*key, "published"), book.at(*key, "value"), result.reported, result.value)
        sheet.put(row, 6, gap, "calc" if gap.value == 0 else "warn", format=look)
    sheet.put(row, 7, "不完整" if result.missing else "", "bad" if result.missing else "center")
    sheet.put(row, 8, "")
    sheet.put(row, 9, f"缺：{'、'.join(result.missing)}" if result.missing else "" if lines else "没有这类排放，以零列出")


def _write_mass(sheet: Sheet, row: int, result: Row, lines: Sequence[Line], inventory: Inventory, book: Book) -> None:
    if result.gas_mass is None:
        sheet.put(row, 4, "", "center")
        return
    if result.gas == "CO2":
        text = book.at("row", result.id, "value")
    else:
        numbers = [n for n, line in enumerate(inventory.lines) if line in lines and line.gas_mass is not None]
        text = signed_sum((1, book.at("line", n, "mass")) for n in numbers)
    look = full_format(result.gas_mass) if result.gas != "CO2" and result.gas_mass else printed_format(result.value)
    sheet.put(row, 4, Calc(text, result.gas_mass), "calc", format=look)
