"""The cover (封面): what was computed, under which guideline, with which factors, and how to read the sheets."""

from __future__ import annotations

from collections.abc import Sequence

import tanhe
from tanhe.inventory.compute import policy_of
from tanhe.inventory.model import Column, Inventory, Sum
from tanhe.report.basis import gwp_words, rounding_words
from tanhe.report.workbook.grid import Calc, Content, Sheet
from tanhe.report.workbook.styles import printed_format

WIDTHS = (26.0, 76.0, 40.0)
LEGEND = (
    ("input", "1234.56", "录入值：案卷或报告印出的数。改动它，结果随之改变"),
    ("library", "0.98", "因子库的缺省值或常数，出处在“因子”页"),
    ("link", "1234.56", "取自其他页的数（公式）"),
    ("calc", "1234.56", "算得的数（公式，全精度）"),
    ("total", "1234.56", "修约后的结果"),
    ("published", "1234.56", "填报数：报告印出的结果，只用来对照，不参加核算"),
    ("warn", "提示", "有差异，理由写在旁边"),
    ("bad", "问题", "缺数据、单位不相配或不能复现"),
)
HOW = (
    "“汇总”页给出总量、小计和指南格式的汇总表；每个数都由公式取自各排放源页。",
    "排放源页每行一块：左为核查值，右为填报值；符号、单位、出处逐个列出。总量只用核查值。",
    "“数据”页是每个数据的唯一所在；各页的输入都指向它。核算采用印出的数，由其他数据推算的值列在“推算”页，只作对照。",
    "单元格按印出的位数显示；全精度一行是公式的精确结果，修约一行用 ROUND 按规定的位数修约。",
    "电子表格以双精度浮点数计算，约 15 位有效数字；程序的记录（record.json）以十进制精确计算，两者在所示位数上相同。",
    "批注写明数据在案卷中的位置、来源文件和监测方法。复算结论是编制时作出的，改动数据后不随之变化。",
)


def write_cover(sheet: Sheet, inventory: Inventory, sheets: Sequence[tuple[str, str]]) -> None:
    """``sheets`` are the names of the other sheets with what stands in them."""
    dossier, guideline = inventory.dossier, inventory.guideline
    sheet.put(0, 0, "温室气体排放计算底稿", "title")
    sheet.heights[0] = 30
    policy = policy_of(dossier, guideline)
    facts: tuple[tuple[str, str, str], ...] = (
        ("受核查方", dossier.entity.name, "strong"),
        ("统一社会信用代码", dossier.entity.uscc or "未提供", "text"),
        ("核算年度", f"{dossier.year} 年", "text"),
        ("核算指南", f"{guideline.title}（{guideline.number}）", "text"),
        ("指南的证据等级与状态", f"{guideline.grade} 级：{guideline.status}", "text" if guideline.grade == "A" else "warn"),
        ("GWP", gwp_words(guideline.gwp_set), "text"),
        ("修约规则", rounding_words(policy), "text"),
        ("报告编号", dossier.report.number or "未提供", "text"),
        ("案卷摘要", dossier.digest, "text"),
        ("因子库摘要", inventory.factor_set, "text"),
        ("程序", f"碳核 Tanhe {tanhe.__version__}", "text"),
    )
    for row, (label, value, style) in enumerate(facts, 2):
        sheet.put(row, 0, label, "head")
        sheet.put(row, 1, value, style)
    row = _write_totals(sheet, len(facts) + 3, inventory)
    row = _write_legend(sheet, row + 1)
    sheet.put(row + 1, 0, "怎样读", "section")
    for words in HOW:
        row += 1
        sheet.put(row + 1, 0, "", "text")
        sheet.put(row + 1, 1, words, "text")
    _write_contents(sheet, row + 3, sheets)


def _write_totals(sheet: Sheet, row: int, inventory: Inventory) -> int:
    sheet.put_row(row, ("总量（tCO2e）", "核查值", "状态"), "head")
    totals: tuple[tuple[str, Sum], ...] = (("excluding", inventory.excluding), ("including", inventory.including))
    for name, total in totals:
        row += 1
        mark = sheet.book.at("total", name, Column.VERIFIED, "value")
        sheet.put(row, 0, total.zh, "strong")
        sheet.put(row, 1, Calc(mark, total.verified_value), "total", format=printed_format(total.verified_value))
        state = "完整" if total.complete else "不完整：" + "；".join(total.missing)
        sheet.put(row, 2, state, "text" if total.complete else "bad")
    return row + 1


def _write_legend(sheet: Sheet, row: int) -> int:
    sheet.put(row, 0, "颜色", "section")
    for style, sample, meaning in LEGEND:
        row += 1
        sheet.put(row, 0, sample, style)
        sheet.put(row, 1, meaning)
    return row + 1


def _write_contents(sheet: Sheet, row: int, sheets: Sequence[tuple[str, str]]) -> None:
    sheet.put(row, 0, "各页", "section")
    for name, meaning in sheets:
        row += 1
        content: Content = name
        sheet.put(row, 0, content, "jump", link=name)
        sheet.put(row, 1, meaning)
