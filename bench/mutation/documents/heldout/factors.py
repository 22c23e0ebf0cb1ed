"""Factors and units (因子与单位): defaults of another fuel, year, region, table or edition, with sums that follow where they can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..figures import calculations, monthly, parameters
from ..operators import Mutant, is_figure, operator, put
from ..paper import At, Paper
from .common import everything, follow, following_sums, inserted, rows_of, throughout

GRID = ("0.5810", "0.5703", "0.5568", "0.5366", "0.6101", "0.8843", "0.7035", "0.5942")


def _unit(table_rows: tuple[tuple[object, ...], ...]) -> tuple[int, str]:
    return next(((r, row[1].text) for r, row in enumerate(table_rows) if row[0].text == "单位" and len(row) > 1), (-1, ""))  # type: ignore[attr-defined]


def _value_changed(paper: Paper, at: At, name: str, now: str) -> Iterator[Mutant]:
    """Another figure in a calculation, in the parameter tables that print it, and in all sums."""
    said, table = paper.text(at), paper.blocks[at.block]
    row = [c.text for c in table.rows[at.row]]  # type: ignore[union-attr]
    if not is_figure(row[-1]):
        return
    result = Decimal(row[-1]) * Decimal(now) / Decimal(said)
    edits = follow(paper, following_sums(paper, row[-1], result))
    edits[at] = now
    for _n, param, cells in parameters(paper):
        if any(w in param.caption for w in name.split("/")):
            edits |= {c: now for c in cells.values() if paper.text(c) == said}
    yield from put(paper, edits, words=(name, said, now))


@operator("tables", "天然气用了柴油的低位发热量或含碳量（参数、计算和合计一致）", "a default belongs to the fuel it is used for")
def default_of_other_fuel(paper: Paper) -> Iterator[Mutant]:
    other = {"天然气": ("43.330", "0.0202"), "柴油": ("389.31", "0.0153"), "无烟煤": ("43.330", "0.0202"), "烟煤": ("43.330", "0.0202")}
    for n, table in calculations(paper):
        for r, row in rows_of(table):
            for c in range(1, len(row) - 1):
                head = table.rows[0][c].text
                for word, now in zip(("低位发热量", "单位热值含碳量"), other.get(row[0], ("", "")), strict=True):
                    if head == word and now and row[c] != now:
                        yield from _value_changed(paper, At(n, r, c), f"{row[0]}{word}", now)


@operator("tables", "电力因子用了别的年度的数值，标题未变（合计一致）", "a grid factor is the value of its title")
def grid_of_other_year(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for r, row in rows_of(table):
            for c in range(1, len(row) - 1):
                if table.rows[0][c].text == "电力排放因子" and row[0] == "净购入电力":
                    for now in GRID[:5]:
                        if now != row[c]:
                            yield from _value_changed(paper, At(n, r, c), "电力排放因子/电力的排放因子", now)


def _grid_sources(paper: Paper) -> Iterator[At]:
    for n, table in paper.tables("的核查"):
        if "排放因子" in table.caption and "电力" in table.caption:
            yield from (At(n, r, 1) for r, row in enumerate(table.rows) if row[0].text == "数据来源" and len(row) > 1)


@operator("references", "电力因子的标题换成别的年度，数值未变", "a grid factor is the value of its title")
def grid_title(paper: Paper) -> Iterator[Mutant]:
    for at in _grid_sources(paper):
        said = paper.text(at)
        for m in re.finditer(r"20(\d\d)(?=年度?(?:全国|中国|华北|华东|华中|南方|电力|的?电网))", said):
            yield from put(paper, {at: said[: m.start()] + f"20{int(m[1]) - 2:02d}" + said[m.end() :]})


@operator("references", "电力因子的区域换成别的区域，数值未变", "the region of the factor holds the province, and the value is the region's")
def grid_region(paper: Paper) -> Iterator[Mutant]:
    for at in _grid_sources(paper):
        said = paper.text(at)
        for one, other in (("华北", "华东"), ("华东", "西北"), ("全国", "南方区域"), ("华中", "东北")):
            if one in said:
                yield from put(paper, {at: said.replace(one, other)})
                break


@operator("references", "缺省值引错指南的附表", "a default stands in the table that is cited")
def default_table(paper: Paper) -> Iterator[Mutant]:
    if "附录二 表2.1" not in "".join(paper.text(at) for at in paper.cells("的核查")):
        return  # where no table is told anywhere, only the guideline itself could decide
    for n, table, _ in parameters(paper, "排放因子"):
        for r, row in enumerate(table.rows):
            if row[0].text == "数据来源" and len(row) > 1 and "缺省值" in row[1].text and "电力" not in table.caption:
                yield from put(paper, {At(n, r, 1): row[1].text.replace("缺省值", "附录二表2.5缺省值")}, words=("表2.5",))


@operator("references", "缺省值出自别的行业的指南", "defaults are those of the guideline that is used")
def default_guideline(paper: Paper) -> Iterator[Mutant]:
    for n, table, _ in parameters(paper, "排放因子"):
        for r, row in enumerate(table.rows):
            if row[0].text == "数据来源" and len(row) > 1 and re.search("核算指南缺省值|^缺省值|指南的.{1,6}缺省值", row[1].text):
                yield from put(paper, {At(n, r, 1): "《中国电解铝生产企业温室气体排放核算方法与报告指南（试行）》缺省值"})


@operator("wording", "GWP的数值与评估报告的版次不配", "a potential belongs to the edition that is named, and to the guideline's")
def gwp_edition(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if m := re.search(r"第二次评估报告取 ?310", said):
            yield from put(paper, {at: said.replace(m[0], "第五次评估报告取 310")}, words=("GWP",))
            yield from put(paper, {at: said.replace(m[0], "第二次评估报告取 298")}, words=("GWP",))
        if said.startswith("GWPCH4："):
            for value, edition in (("28", "第二"), ("21", "第五"), ("25", "第五")):
                yield from put(paper, {at: f"{said.rstrip('。；')}，按IPCC{edition}次评估报告取{value}。"}, words=("GWP", f"取{value}"))


@operator("tables", "燃料的计量单位错（t与万Nm³，参数、计算和月度表一致）", "a liquid or solid is not measured in cubic metres, a gas not in tonnes")
def fuel_unit(paper: Paper) -> Iterator[Mutant]:
    for fuel, one, other in (("天然气", "万Nm³", "t"), ("柴油", "t", "万Nm³"), ("煤", "t", "万Nm³")):
        edits = {}
        for n, table in paper.tables("的核查"):
            r, unit = _unit(table.rows)
            if fuel in table.caption and "消耗量" in table.caption and unit == one:
                edits[At(n, r, 1)] = other
        if not edits:
            continue
        for n, table in calculations(paper):
            if any(fuel in row[0] for _, row in rows_of(table)) and len(table.rows[1]) and table.rows[1][0].text == one:
                edits[At(n, 1, 0)] = other
        yield from put(paper, edits, words=(fuel,))


@operator("tables", "低位发热量的单位错（气体用GJ/t，液体用GJ/万Nm³，两表一致）", "units of a calculation multiply to tonnes")
def ncv_unit(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        units = [c.text for c in table.rows[1]]
        for c, unit in enumerate(units):
            now = {"GJ/万Nm³": "GJ/t", "GJ/t": "GJ/万Nm³"}.get(unit)
            if now:
                fuels = [row[0] for _, row in rows_of(table)]
                edits = {At(n, 1, c): now}
                for p, param in paper.tables("的核查"):
                    r, told = _unit(param.rows)
                    if "低位发热量" in param.caption and any(f in param.caption for f in fuels) and told == unit:
                        edits[At(p, r, 1)] = now
                yield from put(paper, edits, words=tuple(fuels))


@operator("tables", "结果表的单位放大（tCO2e写成万tCO2e）", "one unit for one figure wherever it is printed")
def result_unit(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        for c, cell in enumerate(table.rows[0]):
            if "（tCO2e）" in cell.text:
                yield from put(paper, {At(n, 0, c): cell.text.replace("（tCO2e）", "（万tCO2e）")})


@operator("tables", "经营情况表的金额单位错（万元写成元）", "one unit for one figure wherever it is printed")
def money_unit(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("经营情况表"):
        for r, row in enumerate(table.rows):
            if row[0].text.endswith("（万元）") and any(paper.again(c.text) for c in row[1:]):
                yield from put(paper, {At(n, r, 0): row[0].text.replace("（万元）", "（元）")})


@operator("tables", "产量表的单位错（吨写成台、万吨）", "output has one unit wherever it is printed")
def output_unit(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("产品产量表"):
        for r, row in enumerate(table.rows[1:], 1):
            if len(row) > 3 and row[3].text in ("吨", "t") and is_figure(row[2].text) and paper.again(row[2].text):
                for now in ("万吨", "台"):
                    yield from put(paper, {At(n, r, 3): now}, words=(row[1].text,))


@operator("wording", "公式漏一个因子（碳氧化率、热值、纯度）", "the printed formula is the guideline's")
def formula_term(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if re.match(r"^[EC][^：]*=", said) and "(3." in said:
            for term in ("×OF", "×NCV", "×CC", "P×", "×EF"):
                if term in said:
                    yield from put(paper, {at: said.replace(term, "", 1)}, words=(term.strip("×"),))
    for at in paper.cells("排放计算表"):
        said = paper.text(at)
        if re.match(r"^[A-Z]=", said):
            for term in ("*D/100", "*D", "*B"):
                if term in said:
                    yield from put(paper, {at: said.replace(term, "", 1)})
                    break


@operator("wording", "扣减项印成加项（外供、回收、期末库存）", "what leaves is deducted")
def deduction_sign(paper: Paper) -> Iterator[Mutant]:
    for at in everything(paper):
        said = paper.text(at)
        for one, other in (("−R_", "+R_"), ("AD_in−AD_out", "AD_in+AD_out"), ("−IE−DI", "+IE+DI"), ("(A-B)", "(A+B)"), ("+C-D-E", "+C+D+E")):
            if one in said:
                yield from put(paper, {at: said.replace(one, other)})


@operator("wording", "月度表的列名换成别的能源", "a column names the datum it holds")
def month_column(paper: Paper) -> Iterator[Mutant]:
    names = ("天然气消耗量", "柴油消耗量", "净购入电量", "外购蒸汽热量")
    for n, table in monthly(paper):
        mine = next((w for w in names if w[-3:] in table.caption or w[:2] in table.caption), "")
        for c, cell in enumerate(table.rows[0]):
            unit = re.search(r"（(kWh|Nm³|GJ|MWh)）$", cell.text)
            if c == 1 and unit:
                wrong = {"kWh": "蒸汽结算量（t）", "MWh": "蒸汽结算量（t）", "Nm³": "供电公司结算量（kWh）", "GJ": "供气公司结算量（Nm³）"}[unit[1]]
                yield from put(paper, {At(n, 0, c): wrong}, words=(mine, table.caption[-8:]))


@operator("wording", "方法说明称采用实测值，参数表却是缺省值", "where a factor comes from is told in one way")
def measured_claimed(paper: Paper) -> Iterator[Mutant]:
    printed = "".join(paper.text(at) for at in paper.cells("的核查"))
    fuel = next((f for f in ("天然气", "无烟煤", "柴油") if re.search(f"{f}", printed)), "")
    if fuel and "指南缺省值" in printed:
        yield from inserted(paper, f"{fuel}的低位发热量采用企业每批次实测值，没有采用缺省值。", "排放因子和计算系数数据及来源", "核算方法的核查",
                            words=(fuel,))


@operator("figures", "电力因子全文换成别的值（只有来源不符）", "a grid factor is the value of its title")
def grid_everywhere(paper: Paper) -> Iterator[Mutant]:
    for _, table, cells in parameters(paper, "排放因子"):
        if "电力" in table.caption and "补充" not in table.caption and is_figure(said := paper.text(cells["核查值"])):
            yield from throughout(paper, {said: "0.5942" if said != "0.5942" else "0.6205"})
