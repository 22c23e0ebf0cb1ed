"""Every library value that was read (引用的因子): value, document, number, place, dates, grade, status."""

from __future__ import annotations

from tanhe.factors.model import Factor
from tanhe.quantity.units import unit
from tanhe.report.cells import unit_text
from tanhe.report.workbook.grid import Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.styles import printed_format

WIDTHS = (30.0, 14.0, 16.0, 46.0, 24.0, 18.0, 12.0, 10.0, 22.0, 20.0, 24.0, 7.0, 34.0, 44.0)
HEADS = ("名称", "数值", "单位", "文件", "文号", "条款或表", "发布日期", "数据年份", "适用期", "适用范围", "状态", "等级", "说明", "因子库键")


def write_factors(sheet: Sheet, references: References) -> None:
    """A row for each factor the inventory read, used or only compared with."""
    inventory = references.inventory
    sheet.put(0, 0, "引用的因子与缺省值", "title")
    sheet.put(1, 0, f"因子库摘要 {inventory.factor_set}；等级 A 两个来源一致或见于官方文本，B 一个来源，C 未核实。", "subtitle")
    sheet.put_row(3, HEADS, "head")
    for row, factor in enumerate(inventory.factors, 4):
        _write_factor(sheet, row, factor)
    sheet.filter = (3, 0, 3 + max(1, len(inventory.factors)), len(HEADS) - 1)


def _write_factor(sheet: Sheet, row: int, factor: Factor) -> None:
    period = f"{factor.valid_from or '…'} 至 {factor.valid_to or '…'}" if factor.valid_from or factor.valid_to else ""
    year = "" if factor.data_year is None else str(factor.data_year)
    sheet.put(row, 0, factor.name)
    sheet.put(row, 1, factor.value, "library", format=printed_format(factor.value),
              anchor=("factor", factor.key, factor.document, factor.place), comment=factor.source)
    sheet.put(row, 2, unit_text(unit(factor.unit)), "center")
    sheet.put_row(row, (factor.document, factor.document_number, factor.place, factor.issued, year, period,
                        factor.applies_to), "text", 3)
    sheet.put(row, 10, factor.status_words, "text" if factor.confirmed else "warn")
    sheet.put(row, 11, factor.grade, "warn" if factor.grade == "C" else "center")
    sheet.put_row(row, (_note(factor.note), factor.key), "text", 12)


def _note(text: str) -> str:
    """The library's note where it is written in Chinese; working notes in English stay in the library."""
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    return text if chinese > sum(letter.isascii() and letter.isalpha() for letter in text) else ""
