"""The sheet of derivations (推算): how a datum follows from others, live, beside the printed value that is used."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal

from tanhe.dossier.data import Datum
from tanhe.inventory.model import Column, DatumResult
from tanhe.inventory.replay import digits_of
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import unit_text
from tanhe.report.workbook.amounts import rounded
from tanhe.report.workbook.blocks import LEFT, Sides, write_result, write_terms, write_values
from tanhe.report.workbook.grid import Book, Calc, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sides import derivation_side
from tanhe.report.workbook.sources import grade_style
from tanhe.report.workbook.styles import MOST_DECIMALS, printed_format


def compared_column(datum: Datum) -> Column:
    """The column whose stated figure a derivation is compared with: the verified one where there is one."""
    return Column.VERIFIED if datum.verified is not None or datum.reported is None else Column.REPORTED


def shown_digits(
    book: Book, printed: tuple[Hashable, ...], exact: tuple[Hashable, ...], stated: Decimal, value: Decimal
) -> Calc:
    """Printed value less the derivation rounded to the printed digits."""
    digits = min(MOST_DECIMALS, digits_of(stated))
    text = f"ROUND({book.at(*printed)}-ROUND({book.at(*exact)},{digits}),{digits})"
    return Calc(text, half_up(stated - half_up(value, digits), digits))


def write_derivations(sheet: Sheet, references: References) -> None:
    """A block for each datum that has a derivation."""
    sheet.put(0, 0, "推算", "title")
    sheet.put(1, 0, "由月度数据或其他数据推算，公式为活的；核算采用印出的数，差额列在每块末行。", "subtitle")
    row = 3
    for name, result in references.inventory.data.items():
        if result.datum.derive is not None:
            row = _write_block(sheet, row, name, result, references) + 1


def _write_block(sheet: Sheet, row: int, name: str, result: DatumResult, references: References) -> int:
    sides = Sides(*(derivation_side(name, column, references) for column in (Column.VERIFIED, Column.REPORTED)))
    formula = sides.each[0].formula.zh if sides.each else ""
    sheet.put_row(row, (f"{result.datum.item}　{formula}", *[None] * 6, str(result.place or name)), "item")
    if not sides.each:
        sheet.put(row + 1, 0, f"！不能推算：{result.replay.reason}", "bad-line")
        return row + 2
    key = ("derived", name)
    row = write_terms(sheet, row + 1, key, sides)
    row = write_result(sheet, row, key, "推算值（全精度）", sides)
    stated = {column: getattr(result.datum, column.value) for column in (Column.VERIFIED, Column.REPORTED)}
    values: dict[Column, Calc | None] = {}
    for side in sides.each:
        printed = stated[side.column]
        printed = printed if printed is not None else stated[compared_column(result.datum)]
        if side.exact is not None and printed is not None:
            mark = sheet.book.at(*key, side.column, "exact")
            values[side.column] = rounded(mark, side.exact, half_up(side.exact, digits_of(printed)))
    if values:
        row = write_values(sheet, row, key, "推算值（印出位数）", sides, values, None)
    return _write_printed(sheet, row, name, result, sides)


def _write_printed(sheet: Sheet, row: int, name: str, result: DatumResult, sides: Sides) -> int:
    """The printed values that are used, and what the derivation misses them by."""
    sheet.put_row(row, ("", "采用的印出值"), "strong")
    sheet.put_row(row + 1, ("", "印出 − 推算"), "strong")
    grade = f"{result.replay.grade.zh}{'：' if result.replay.reason else ''}{result.replay.reason}"
    for side in sides.each:
        at, stated = LEFT[side.column], getattr(result.datum, side.column.value)
        sheet.put_row(row, ("", unit_text(side.unit), "“数据”页"), "center", at)
        sheet.put_row(row + 1, ("", unit_text(side.unit), grade), "center", at)
        if side.column is Column.REPORTED:
            sheet.put(row + 1, at + 2, grade, grade_style(result))
        else:
            sheet.put(row + 1, at + 2, "", "text")
        if stated is None:
            sheet.put(row, at, "未印出", "center")
            continue
        look = printed_format(stated)
        sheet.put(row, at, Calc(sheet.book.at("datum", name, side.column.value), stated), "link", format=look)
        if side.exact is not None:
            gap = shown_digits(sheet.book, ("datum", name, side.column.value), ("derived", name, side.column, "exact"),
                               stated, side.exact)
            sheet.put(row + 1, at, gap, "calc" if gap.value == 0 else "bad-number", format=look)
    return row + 2
