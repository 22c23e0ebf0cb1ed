"""Cross-checks (交叉核对): each datum beside its second source, the deviation live on both bases."""

from __future__ import annotations

from tanhe.dossier.data import CrossCheck
from tanhe.inventory.model import Column
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import unit_text
from tanhe.report.workbook.grid import Calc, Sheet
from tanhe.report.workbook.references import Cited, References
from tanhe.report.workbook.sides import converted
from tanhe.report.workbook.styles import decimals, printed_format

COLUMNS = (
    ("数据项", 28.0), ("采用值", 17.0), ("单位", 11.0), ("对照来源", 34.0), ("对照文件", 26.0), ("对照值", 17.0), ("单位", 11.0),
    ("采用 − 对照", 16.0), ("偏差（以对照值为基）", 14.0), ("偏差（以采用值为基）", 14.0), ("印出的偏差", 12.0),
    ("印出的偏差与哪一基数相符", 20.0), ("解释", 40.0), ("交叉核对说明", 40.0),
)


def write_crosschecks(sheet: Sheet, references: References) -> None:
    """A row for each second source; data that have none say so."""
    sheet.put(0, 0, "交叉核对", "title")
    sheet.put(1, 0, "偏差为公式：|采用 − 对照| ÷ 基数。两种基数都列出；印出的偏差另列，不改。", "subtitle")
    sheet.put_row(3, [head for head, _ in COLUMNS], "head")
    row = 3
    for name, result in references.inventory.data.items():
        for n, check in enumerate(result.datum.cross_checks):
            row += 1
            _write_check(sheet, row, name, n, check, references)
        if not result.datum.cross_checks and result.datum.kind in ("activity", "production"):
            row += 1
            sheet.put_row(row, (result.datum.item, *[""] * 2, "没有第二来源", *[""] * 8), "text")
            sheet.put_row(row, ("", result.datum.cross_check_note), "text", 12)


def _write_check(sheet: Sheet, row: int, name: str, n: int, check: CrossCheck, references: References) -> None:
    result = references.inventory.data[name]
    titles = {document.id: document.title for document in references.inventory.dossier.documents}
    found = references.datum(name, Column.VERIFIED)
    sheet.put(row, 0, result.datum.item, "strong")
    if found is None:
        sheet.put_row(row, ("缺数据", ""), "bad", 1)
    else:
        sheet.put(row, 1, Calc(found.mark, found.value), "link", format=printed_format(found.value))
        sheet.put(row, 2, unit_text(found.unit), "center")
    document = f"{check.document} {titles.get(check.document, '')}".strip() if check.document else ""
    sheet.put_row(row, (check.source, document), "text", 3)
    unit = check.unit or (found.unit if found else result.datum.unit)
    if check.value is None:
        sheet.put_row(row, ("未给出", "", "", "", ""), "center", 5)
    else:
        sheet.put(row, 5, check.value, "input", format=printed_format(check.value), anchor=("check", name, n))
        sheet.put(row, 6, unit_text(unit), "center")
        _write_deviation(sheet, row, ("check", name, n), check, found, references)
    look = {"format": f"{decimals(max(0, digits_of(check.deviation) - 2))}%"} if check.deviation is not None else {}
    sheet.put(row, 10, check.deviation, "published", **look)
    sheet.put(row, 11, _matching(check, found))
    sheet.put_row(row, (check.explanation, result.datum.cross_check_note), "text", 12)


def _write_deviation(
    sheet: Sheet, row: int, key: tuple[str, str, int], check: CrossCheck, found: Cited | None, references: References
) -> None:
    its = check.unit or (found.unit if found else None)
    if found is None or its is None or check.value is None:
        sheet.put_row(row, ("", "", ""), "text", 7)
        return
    if not its.fits(found.unit):
        sheet.put_row(row, (f"单位“{its.zh}”不能换算为“{found.unit.zh}”", "", ""), "bad", 7)
        return
    other = scale(check.value, its.factor_to(found.unit))
    mark = converted(references.book.at(*key), its, found.unit)
    gap = found.value - other
    sheet.put(row, 7, Calc(f"{found.mark}-{mark}", gap), "calc", format=printed_format(gap), anchor=(*key, "gap"))
    difference = references.book.at(*key, "gap")
    for at, base, value in ((8, mark, other), (9, found.mark, found.value)):
        if value == 0:
            sheet.put(row, at, "基数为零", "center")
        else:
            sheet.put(row, at, Calc(f"ABS({difference})/ABS({base})", abs(gap) / abs(value)), "calc", format="0.00%")


def _matching(check: CrossCheck, found: Cited | None) -> str:
    """Which base gives the printed deviation at its printed digits."""
    if check.deviation is None or check.value is None or found is None:
        return ""
    its = check.unit or found.unit
    if not its.fits(found.unit):
        return ""
    other, digits = scale(check.value, its.factor_to(found.unit)), digits_of(check.deviation)
    words = []
    for word, base in (("对照值", other), ("采用值", found.value)):
        if base != 0 and half_up(abs(found.value - other) / abs(base), digits) == abs(check.deviation):
            words.append(word)
    return "、".join(words) if words else "都不相符"

