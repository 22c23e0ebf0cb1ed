"""The monthly and billing-period tables (月度数据), each with a live total beside the printed one."""

from __future__ import annotations

from decimal import Decimal, localcontext

from tanhe.dossier.data import Column as Heading
from tanhe.dossier.data import Table
from tanhe.dossier.series import Series
from tanhe.formulas.render import to_sheet
from tanhe.formulas.statistics import weighted_mean
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import CONTEXT
from tanhe.quantity.rounding import half_up, sum_tolerance
from tanhe.report.cells import unit_text
from tanhe.report.workbook.grid import Calc, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sides import LONG_SERIES
from tanhe.report.workbook.styles import MOST_DECIMALS, decimals, full_format, printed_format

AGGREGATES = {"sum": "合计", "weighted-mean": "加权平均", "mean": "算术平均", "none": ""}


def write_months(sheet: Sheet, references: References) -> None:
    """All tables under each other on one sheet."""
    dossier = references.inventory.dossier
    sheet.put(0, 0, "月度数据", "title")
    sheet.put(1, 0, "黄底为录入值；合计与平均为公式。改动这里只改变合计、推算值和差额；核算采用“数据”页所录的数。", "subtitle")
    row = 3
    for name, table in dossier.tables.items():
        series = dossier.all_series.get(name)
        row = _write_table(sheet, row, name, table, series) + 1


def _write_table(sheet: Sheet, row: int, name: str, table: Table, series: Series | None) -> int:
    sheet.put(row, 0, f"{table.title}（{name}）", "section")
    row += 1
    if series is None:
        sheet.put(row, 0, f"！{table.file} 读不出，没有数据", "bad-line")
        return row + 1
    sheet.put(row, 0, "期间", "head")
    for at, heading in enumerate(table.columns.values(), 1):
        sheet.put(row, at, f"{heading.title}\n（{unit_text(heading.unit)}）", "head", comment=f"{table.file} 第 2–{len(series.labels) + 1} 行")
    sheet.heights[row] = 32
    first = row + 1
    for offset, label in enumerate(series.labels):
        row += 1
        sheet.put(row, 0, label, "center")
        for at, column in enumerate(table.columns, 1):
            value = series.values[column][offset]
            style, look = ("input", printed_format(value)) if value is not None else ("missing", "")
            sheet.put(row, at, value, style, format=look, anchor=("month", name, column, offset))
    row = _write_totals(sheet, row + 1, name, table, series, first)
    if table.note:
        sheet.put(row, 0, f"注：{table.note}", "plain")
        row += 1
    return row


def _write_totals(sheet: Sheet, row: int, name: str, table: Table, series: Series, first: int) -> int:
    """Live totals, the printed ones and the difference."""
    for offset, label in enumerate(("合计或平均（公式）", "印出的合计", "印出 − 公式")):
        sheet.put(row + offset, 0, label, "total-text" if offset == 0 else "strong")
    for at, (column, heading) in enumerate(table.columns.items(), 1):
        found = _aggregate(sheet, name, column, heading, series)
        if found is None:
            wanted = heading.aggregate != "none"
            sheet.put(row, at, "有空格或缺权重，不能算" if wanted else "—", "bad" if wanted else "center")
        else:
            shown = [v for v in series.values[column] if v is not None]
            digits = max(map(digits_of, shown), default=0)
            look = decimals(digits) if heading.aggregate == "sum" else full_format()
            sheet.put(row, at, found, "total", format=look, anchor=("month", name, column, "total"),
                      comment=AGGREGATES[heading.aggregate])
        parts = len(series.labels) if heading.aggregate == "sum" else 0
        _write_printed(sheet, row + 1, at, ("month", name, column), heading.total, found, parts)
    return row + 3


def _write_printed(
    sheet: Sheet, row: int, at: int, key: tuple[str, str, str], printed: Decimal | None, found: Calc | None,
    parts: int,
) -> None:
    if printed is None:
        sheet.put(row, at, "未印", "center")
        sheet.put(row + 1, at, "", "center")
        return
    sheet.put(row, at, printed, "published", format=printed_format(printed), anchor=(*key, "printed"))
    if found is None or not isinstance(found.value, Decimal):
        sheet.put(row + 1, at, "", "center")
        return
    digits = min(MOST_DECIMALS, digits_of(printed))
    gap = printed - half_up(found.value, digits)
    text = f"ROUND({sheet.book.at(*key, 'printed')}-ROUND({sheet.book.at(*key, 'total')},{digits}),{digits})"
    explained = abs(gap) <= sum_tolerance(parts, digits)
    style = "calc" if gap == 0 else "warn" if explained else "bad-number"
    sheet.put(row + 1, at, Calc(text, gap), style, format=decimals(digits),
              comment="在各期数值的修约误差之内" if gap and explained else "")


def _aggregate(sheet: Sheet, name: str, column: str, heading: Heading, series: Series) -> Calc | None:
    """Sum, mean or weighted mean of a column as a formula; None where it cannot be formed."""
    book, values = sheet.book, series.values[column]
    known = [value for value in values if value is not None]
    if not values:
        return None
    cells = f"{book.at('month', name, column, 0)}:{book.at('month', name, column, len(values) - 1)}"
    with localcontext(CONTEXT):
        match heading.aggregate:
            case "sum":
                return Calc(f"SUM({cells})", sum(known, Decimal(0)))
            case "mean" if known:
                return Calc(f"SUM({cells})/COUNT({cells})", sum(known, Decimal(0)) / len(known))
            case "weighted-mean":
                return _weighted(sheet, name, column, heading.weights, series)
    return None


def _weighted(sheet: Sheet, name: str, column: str, weights: str | None, series: Series) -> Calc | None:
    values = series.values[column]
    by = series.values.get(weights or "")
    if by is None or any(v is None for v in (*values, *by)):
        return None
    x, w = [v for v in values if v is not None], [v for v in by if v is not None]
    if sum(w) == 0:
        return None
    exact = weighted_mean.evaluate({"x": x, "w": w})
    book, n = sheet.book, len(x)
    if n > LONG_SERIES:
        first, last = (f"{book.at('month', name, c, 0)}:{book.at('month', name, c, n - 1)}" for c in (column, weights))
        return Calc(f"SUMPRODUCT({first},{last})/SUM({last})", exact)
    cells = {f"x_{i + 1}": book.at("month", name, column, i) for i in range(n)}
    cells |= {f"w_{i + 1}": book.at("month", name, weights, i) for i in range(n)}
    return Calc(to_sheet(weighted_mean.tree({"x": n, "w": n}), cells)[1:], exact)
