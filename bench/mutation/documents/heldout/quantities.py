"""Quantities (数量): misplaced points, forgotten conversions, sums that leave a row out, wrong differences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ..figures import calculations, is_total, monthly, parameters
from ..operators import Mutant, is_figure, operator, put
from ..paper import At, Paper
from .common import everything, like, rows_of, scaled, throughout


def _months(paper: Paper) -> Iterator[tuple[int, list[int], int]]:
    for n, table in monthly(paper):
        rows = [r for r, row in enumerate(table.rows) if re.fullmatch(r"\d{1,2}月", row[0].text)]
        yield n, rows, min((len(table.rows[r]) for r in rows), default=0)


@operator("figures", "月度表一格小数点移一位", "the months sum to the total, and the other source tells that month otherwise")
def month_point(paper: Paper) -> Iterator[Mutant]:
    for n, rows, width in _months(paper):
        for r in rows:
            for c in range(1, width):
                said = paper.text(At(n, r, c))
                if is_figure(said) and "热量" not in paper.text(At(n, 0, c)):
                    yield from put(paper, {At(n, r, c): scaled(said, -1 if (r + c) % 2 else 1)})


@operator("figures", "两个月的数值互换（只一列，合计不变）", "the other source tells both months otherwise")
def months_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, rows, width in _months(paper):
        for a, b in pairwise(rows):
            for c in range(1, width):
                one, two = paper.text(At(n, a, c)), paper.text(At(n, b, c))
                rivals = [paper.text(At(n, a, k)) for k in range(1, width) if k != c]
                same = any(is_figure(x) and is_figure(one) and abs(Decimal(x) / Decimal(one) - 1) < Decimal("0.02") for x in rivals)
                if same and is_figure(two) and abs(Decimal(one) / Decimal(two) - 1) > Decimal("0.1"):
                    yield from put(paper, {At(n, a, c): two, At(n, b, c): one})


@operator("figures", "某月抄了上月的数", "the months sum to the total")
def month_copied(paper: Paper) -> Iterator[Mutant]:
    for n, rows, width in _months(paper):
        for a, b in pairwise(rows):
            for c in range(1, width):
                if is_figure(paper.text(At(n, a, c))) and is_figure(paper.text(At(n, b, c))):
                    yield from put(paper, {At(n, b, c): paper.text(At(n, a, c))})


@operator("figures", "一月内两种来源的数互换", "both columns sum to their totals")
def month_sources_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, rows, width in _months(paper):
        for r in rows:
            for c in range(1, width - 1):
                one, two = paper.text(At(n, r, c)), paper.text(At(n, r, c + 1))
                if is_figure(one) and is_figure(two):
                    yield from put(paper, {At(n, r, c): two, At(n, r, c + 1): one})


@operator("figures", "活动数据未换算单位（kWh当MWh、Nm³当万Nm³、kg当t）", "parameter table and calculation say the same in one unit")
def unconverted(paper: Paper) -> Iterator[Mutant]:
    for _n, table, cells in parameters(paper, "活动数据"):
        unit = next((row[1].text for row in table.rows if row[0].text == "单位" and len(row) > 1), "")
        by = {"MWh": 3, "万Nm³": 4, "t": 3}.get(unit)
        if by and all(is_figure(paper.text(at)) for at in cells.values()):
            yield from put(paper, {at: scaled(paper.text(at), by) for at in cells.values()})


@operator("figures", "百分数写成小数（单位仍为%，参数表和计算表一致）", "an oxidation rate of 0.99 % gives another result")
def fraction_for_percent(paper: Paper) -> Iterator[Mutant]:
    for _n, table, cells in parameters(paper, "排放因子"):
        unit = next((row[1].text for row in table.rows if row[0].text == "单位" and len(row) > 1), "")
        name = table.caption.partition("对")[2].removesuffix("的核查")
        said = paper.text(cells["核查值"])
        if unit != "%" or not is_figure(said + "0"):
            continue
        now = scaled(said, -2)
        edits = dict.fromkeys(cells.values(), now)
        for m, calc in calculations(paper):
            for r, row in enumerate(calc.rows):
                if row[0].text and row[0].text in name:
                    edits |= {At(m, r, c): now for c in range(1, len(row)) if row[c].text == said}
        yield from put(paper, edits, words=(name,))


@operator("figures", "合计漏加一行（全文一致）", "the total is the sum of the rows wherever it is printed")
def total_leaves_out(paper: Paper) -> Iterator[Mutant]:
    table = next((t for _, t in paper.tables("排放量汇总表")), None)
    if table is None:
        return
    totals = [(row[0].text, next((c.text for c in row[1:] if is_figure(c.text)), "")) for row in table.rows if "总量" in row[0].text]
    for row in table.rows[1:]:
        value = next((c.text for c in row[1:] if is_figure(c.text)), "")
        if value and "总量" not in row[0].text:
            swaps = {}
            for label, total in totals:
                if total and not ("不包括" in label and "净购入" in row[0].text) and Decimal(total) > Decimal(value):
                    swaps[total] = like(Decimal(total) - Decimal(value), total)
                    swaps[scaled(total, -4)] = scaled(swaps[total], -4)
            if value not in swaps:
                yield from throughout(paper, swaps, words=(row[0].text,))


@operator("figures", "包括与不包括净购入电力热力的两个总量互换", "the larger total includes purchased energy, and each is its sum")
def totals_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        rows = [r for r, row in enumerate(table.rows) if "总量" in row[0].text]
        if len(rows) == 2 and is_figure(one := paper.text(At(n, rows[0], 1))) and is_figure(two := paper.text(At(n, rows[1], 1))):
            yield from put(paper, {At(n, rows[0], 1): two, At(n, rows[1], 1): one})
    for at in paper.paragraphs():
        if (m := re.search(r"总量为 ([\d.]+) (\S+?其中不包括\S+?) ([\d.]+) t", said := paper.text(at))) is not None and m[1] != m[3]:
            yield from put(paper, {at: said[: m.start(1)] + m[3] + f" {m[2]} " + m[1] + said[m.end(3) :]})


@operator("figures", "参数表的差异栏印错", "difference = verified less reported")
def difference_cell(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper):
        at = cells["核查值"]._replace(cell=cells["核查值"].cell + 1)
        said = paper.text(at)
        if re.fullmatch(r"-?\d+(\.\d+)?", said) and len(said) > 2:
            yield from put(paper, {at: like(Decimal(said) + Decimal("1.25") + (Decimal(paper.text(cells["核查值"])) / 20), said)})


@operator("figures", "差异表的差异或比例符号反", "difference = verified less reported, and its share follows")
def difference_sign(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("差异表"):
        for r, row in enumerate(table.rows[1:], 1):
            for c in (3, 4):
                if len(row) > 4 and re.search(r"[1-9]", row[c].text):
                    yield from put(paper, {At(n, r, c): row[c].text[1:] if row[c].text.startswith("-") else f"-{row[c].text}"})


@operator("figures", "万吨换算错（小数点移位）", "ten thousands follow from the total")
def ten_thousand(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("补充数据汇总表"):
        for r, row in enumerate(table.rows[3:], 3):
            for c, cell in enumerate(row):
                if c >= len(row) - 2 and is_figure(cell.text):
                    for by in (1, -1):
                        yield from put(paper, {At(n, r, c): scaled(cell.text, by)})


@operator("figures", "综合能耗折标煤错（全文一致）", "energy in standard coal follows from the fuels, electricity and heat")
def standard_coal(paper: Paper) -> Iterator[Mutant]:
    for _n, table in paper.tables("经营情况表"):
        for row in table.rows:
            if "综合能耗" in row[0].text:
                latest = next((k for k, c in enumerate(table.rows[0]) if k and c.text[:4] == _year(paper)), 0)
                if latest and is_figure(said := row[latest].text):
                    for now in (scaled(said, 1), like(Decimal(said) * Decimal("1.4"), said)):
                        yield from throughout(paper, {said: now})


def _year(paper: Paper) -> str:
    return next((m[1] for at in paper.paragraphs() if (m := re.fullmatch(r"(20\d\d)年度", paper.text(at)))), "")


@operator("figures", "交叉核对偏差的符号反", "the deviation is recomputed from both values")
def deviation_sign(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("的核查"):
        said = paper.text(at)
        if (m := re.search(r"填报 ?(-?)([\d.]+)%；复算 ?(-?)([\d.]+)%", said)) and re.search("[1-9]", m[2]):
            sign = "" if m[1] else "-"
            yield from put(paper, {at: f"填报 {sign}{m[2]}%；复算 {sign}{m[4]}%"})


@operator("figures", "交叉核对对照值的单位错", "both values have one unit, or the deviation says so")
def cross_check_unit(paper: Paper) -> Iterator[Mutant]:
    other = {"MWh": "kWh", "t": "kg", "GJ": "MJ", "万Nm³": "Nm³"}
    for at in paper.cells("的核查"):
        if m := re.fullmatch(r"(\d[\d.]+) (MWh|t|GJ|万Nm³)", paper.text(at)):
            yield from put(paper, {at: f"{m[1]} {other[m[2]]}"})


@operator("figures", "推算式中一个数错", "a derivation gives the value it derives")
def derivation(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if re.match(r"^[A-Za-z_]{1,6}=[\d(]", said) and "(3." not in said:
            for m in re.finditer(r"(?<![\d.])\d+\.\d+", said):
                yield from put(paper, {at: said[: m.start()] + scaled(m[0], 1) + said[m.end() :]})


@operator("figures", "上年度排放量改变而变化率未改（全文一致）", "growth follows from both years")
def previous_total(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        if m := re.search(r"与 ?20\d\d ?年度的 ?([\d.]+) ?tCO2", paper.text(at)):
            yield from throughout(paper, {m[1]: like(Decimal(m[1]) * Decimal("0.6"), m[1])})
            return


@operator("figures", "产量超过产能（产能少一位）", "output is not above capacity")
def capacity(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("产品产量表"):
        for r, row in enumerate(table.rows[1:], 1):
            alike = len(row) > 5 and (row[5].text.startswith(row[3].text) or ("吨" in row[5].text and row[3].text in ("t", "吨")))
            if alike and re.fullmatch(r"\d+", row[4].text) and is_figure(row[2].text):
                yield from put(paper, {At(n, r, 4): scaled(row[4].text, -1)}, words=(row[1].text,))


@operator("figures", "经营数据两年互换", "economic figures are the same in every table")
def years_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("经营情况表"):
        for r, row in enumerate(table.rows[1:], 1):
            if len(row) > 2 and is_figure(row[1].text) and is_figure(row[2].text) and (paper.again(row[1].text) or paper.again(row[2].text)):
                yield from put(paper, {At(n, r, 1): row[2].text, At(n, r, 2): row[1].text})


@operator("figures", "补充数据表多填一项电量而合计未变", "total electricity is the sum of its four sources")
def own_power(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("补充数据表（"):
        for r, row in enumerate(table.rows):
            if row[1].text in ("自备电厂电量", "余热电量", "可再生能源电量") and row[3].text == "/":
                yield from put(paper, {At(n, r, 3): "2630.500"})


@operator("figures", "计算表两个输入互相抄错（结果未变）", "the result is recomputed from the inputs of its row")
def inputs_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for r, row in rows_of(table):
            for other, said in rows_of(table):
                if other > r and row[1] != said[1] and len(row) == len(said) and is_figure(row[1]) and is_figure(said[1]):
                    yield from put(paper, {At(n, r, 1): said[1], At(n, other, 1): row[1]})
        figures = [at for at in everything(paper) if at.block == n and at.row > 2 and is_figure(paper.text(at))]
        totals = {at for at in figures if is_total(table.rows[at.row][0].text)}
        for one, two in pairwise(at for at in figures if at not in totals):
            if one.row == two.row and paper.text(one) != paper.text(two) and two.cell == len(table.rows[two.row]) - 1:
                yield from put(paper, {one: paper.text(two), two: paper.text(one)})
