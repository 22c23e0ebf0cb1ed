"""The sheet of data (数据): one place for each datum, in both columns, with its derivation and the eleven rows."""

from __future__ import annotations

from decimal import Decimal

from tanhe.dossier.data import Datum
from tanhe.inventory.model import Column, DatumResult
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.units import unit
from tanhe.report.cells import unit_text
from tanhe.report.workbook.derivations import compared_column, shown_digits
from tanhe.report.workbook.grid import Calc, Content, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sides import derivation_side
from tanhe.report.workbook.sources import grade_style
from tanhe.report.workbook.styles import full_format, printed_format

COLUMNS = (
    ("编号", 24.0), ("数据项", 26.0), ("类别", 9.0), ("核查值", 17.0), ("单位", 12.0), ("填报值", 17.0), ("单位", 12.0),
    ("推算值（公式）", 19.0), ("采用 − 推算", 14.0), ("推算的复算结论", 22.0), ("所引库值", 13.0), ("单位", 12.0),
    ("数据来源", 34.0), ("支持性文件", 30.0), ("监测方法", 22.0), ("监测频次", 14.0), ("记录频次", 16.0),
    ("监测设备校验", 18.0), ("数据缺失处理", 18.0), ("核查结论", 26.0), ("案卷位置", 20.0), ("其他读法", 30.0), ("备注", 30.0),
)
KINDS = {"activity": "活动数据", "factor": "因子", "production": "生产数据", "other": "其他"}


def write_data(sheet: Sheet, references: References) -> None:
    """A row for each datum."""
    sheet.put(0, 0, "数据", "title")
    sheet.put(1, 0, "黄底为录入值，改动它，各排放源页、合计与总量随之改变；采用的是印出的数，由其他数据推算的结果列在旁边。", "subtitle")
    sheet.put_row(3, [head for head, _ in COLUMNS], "head")
    for row, name in enumerate(references.inventory.data, 4):
        _write_datum(sheet, row, name, references)
    sheet.filter = (3, 0, 3 + max(1, len(references.inventory.data)), len(COLUMNS) - 1)


def _write_datum(sheet: Sheet, row: int, name: str, references: References) -> None:
    result = references.inventory.data[name]
    datum = result.datum
    sheet.put(row, 0, name)
    sheet.put(row, 1, datum.item, "strong")
    sheet.put(row, 2, KINDS[datum.kind], "center")
    comment = references.comment_of(name, datum)
    own = datum.unit if datum.verified is not None or result.factor is None else unit(result.factor.unit)
    for at, key, column in ((3, "verified", Column.VERIFIED), (5, "reported", Column.REPORTED)):
        content, style, look = _figure(name, key, column, result, references)
        sheet.put(row, at, content, style, format=look, anchor=("datum", name, key), comment=comment)
    sheet.put(row, 4, unit_text(own), "center")
    sheet.put(row, 6, unit_text(datum.reported_unit or own), "center")
    _write_derived(sheet, row, name, result, references)
    _write_library(sheet, row, result, references)
    _write_words(sheet, row, datum, result, references)


def _figure(
    name: str, key: str, column: Column, result: DatumResult, references: References
) -> tuple[Content, str, str]:
    """What stands in a datum's cell: the stated number, else the library's, else the derived one, else nothing."""
    datum, stated = result.datum, getattr(result.datum, key)
    if stated is not None:
        return stated, "input", printed_format(stated)
    if datum.reported is not None or datum.verified is not None:
        return None, "text", ""
    found = references.datum(name, column)
    if found is None:
        return None, "missing", ""
    if result.factor is not None:
        return Calc(references.factor(result.factor), found.value), "library", printed_format(found.value)
    return Calc(sheet_mark(references, name, column), found.value), "link", full_format(found.value)


def sheet_mark(references: References, name: str, column: Column) -> str:
    """The mark of a datum's derived value."""
    return references.book.at("derived", name, column, "exact")


def _write_derived(sheet: Sheet, row: int, name: str, result: DatumResult, references: References) -> None:
    column = compared_column(result.datum)
    side = derivation_side(name, column, references)
    if result.datum.derive is None:
        sheet.put_row(row, ("", "", ""), "text", 7)
        return
    if side is None or side.exact is None:
        sheet.put_row(row, ("不能推算", ""), "bad", 7)
    else:
        mark = sheet_mark(references, name, column)
        sheet.put(row, 7, Calc(mark, side.exact), "link", format=full_format(side.exact), comment=side.expression)
        stated: Decimal | None = getattr(result.datum, column.value)
        if stated is None:
            sheet.put(row, 8, "", "text")
        else:
            gap = shown_digits(sheet.book, ("datum", name, column.value), ("derived", name, column, "exact"), stated, side.exact)
            assert isinstance(gap.value, Decimal)
            sheet.put(row, 8, gap, "calc" if gap.value == 0 else "bad-number", format=printed_format(gap.value))
    grade = f"{result.replay.grade.zh}{'：' if result.replay.reason else ''}{result.replay.reason}"
    sheet.put(row, 9, grade, grade_style(result))


def _write_library(sheet: Sheet, row: int, result: DatumResult, references: References) -> None:
    factor, datum = result.factor, result.datum
    if factor is None:
        sheet.put_row(row, (result.library_note, ""), "warn" if result.library_note else "text", 10)
        return
    stated = datum.verified if datum.verified is not None else datum.reported
    its = unit(factor.unit)
    same = stated is None or (its.fits(datum.unit) and scale(factor.value, its.factor_to(datum.unit)) == stated)
    sheet.put(row, 10, Calc(references.factor(factor), factor.value), "library" if same else "warn",
              format=printed_format(factor.value), comment="" if same else f"案卷值与库值 {plain(factor.value)} 不同")
    sheet.put(row, 11, unit_text(its), "center")


def _write_words(sheet: Sheet, row: int, datum: Datum, result: DatumResult, references: References) -> None:
    titles = {document.id: document.title for document in references.inventory.dossier.documents}
    documents = "；".join(f"{d} {titles.get(d, '')}".strip() for d in datum.documents)
    readings = "；".join(
        f"{r.method}：{plain(r.value)} {r.unit}" if r.value.is_finite() else r.method for r in result.readings
    )
    words = (datum.source, documents, datum.method, datum.frequency, datum.record_frequency, datum.calibration,
             datum.gaps, datum.conclusion, str(result.place or ""), readings, datum.note)
    sheet.put_row(row, words, "text", 12)

