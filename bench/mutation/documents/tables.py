"""Tables (表格): rows gone, exchanged or doubled, units, headers, formulas of the header, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tanhe.reading.blocks import Table

from .edits import removable
from .figures import calculations, is_total, monthly, parameters
from .operators import Mutant, drop_row, is_figure, operator, put, row_label
from .paper import At, Paper


@operator("tables", "月度表少一个月", "twelve months, each once, and the total")
def month_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in monthly(paper):
        for r in range(2, len(table.rows) - 2):
            if removable(table, r):
                yield from drop_row(paper, n, r)


@operator("tables", "月份标签重复", "twelve months, each once")
def month_twice(paper: Paper) -> Iterator[Mutant]:
    for n, table in monthly(paper):
        for r in range(3, len(table.rows) - 2):
            yield from put(paper, {At(n, r, 0): table.rows[r - 1][0].text})


@operator("tables", "计算表两行的名称互换", "each row's inputs are those of its own fuel")
def labels_exchanged(paper: Paper) -> Iterator[Mutant]:
    for n, table in (*calculations(paper), *paper.tables("排放量汇总表")):
        rows = [r for r, row in enumerate(table.rows) if any(is_figure(c.text) for c in row[-2:])]
        rows = [r for r in rows if not is_total(table.rows[r][0].text) and not is_figure(table.rows[r][0].text)]
        for a, b in pairwise(rows):
            one, other = table.rows[a], table.rows[b]
            if len(one) == len(other) and [c.text for c in one[1:]] != [c.text for c in other[1:]]:
                yield from put(paper, {At(n, a, 0): other[0].text, At(n, b, 0): one[0].text})


@operator("tables", "计算表少一行", "the sum of the rows is the total")
def calculation_row_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for r, row in enumerate(table.rows):
            if is_figure(row[-1].text) and not is_total(row[0].text) and removable(table, r):
                yield from drop_row(paper, n, r)


@operator("tables", "汇总表少一行", "the guideline's rows are complete and sum to the total")
def result_row_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        for r in range(1, len(table.rows)):
            if any(is_figure(c.text) for c in table.rows[r]) and removable(table, r):
                yield from drop_row(paper, n, r)


@operator("tables", "填报值和核查值互换", "a corrected value stands in the verified column and is the one used")
def columns_exchanged(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper):
        one, other = cells["填报值"], cells["核查值"]
        yield from put(paper, {one: paper.text(other), other: paper.text(one)})


def _unit_row(table: Table) -> int | None:
    return next((r for r, row in enumerate(table.rows) if row[0].text == "单位" and len(row) > 1), None)


OTHER_UNIT = {"t": "kg", "万Nm³": "Nm³", "MWh": "kWh", "GJ": "MJ", "tC/GJ": "tC/t", "GJ/t": "MJ/t", "%": "‰", "tCO2/MWh": "tCO2/kWh",
              "tCO2/GJ": "tCO2/TJ", "GJ/万Nm³": "MJ/万Nm³", "t/a": "kg", "tce": "t"}


@operator("tables", "参数表的单位错", "parameter table and calculation have one unit, and the size fits it")
def parameter_unit(paper: Paper) -> Iterator[Mutant]:
    for n, table, _ in parameters(paper):
        r = _unit_row(table)
        if r is not None and (unit := table.rows[r][1].text) in OTHER_UNIT:
            yield from put(paper, {At(n, r, 1): OTHER_UNIT[unit]})


@operator("tables", "计算表表头的单位错", "units of the header multiply to the unit of the result")
def calculation_unit(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("排放计算表"):
        if paper.text(at) in OTHER_UNIT and paper.text(at) != "%":
            yield from put(paper, {at: OTHER_UNIT[paper.text(at)]})


@operator("tables", "月度表表头的单位错", "the total of the months is the annual figure in its unit")
def month_unit(paper: Paper) -> Iterator[Mutant]:
    units = (("（kWh）", "（MWh）"), ("（Nm³）", "（万Nm³）"), ("（t）", "（kg）"), ("（GJ）", "（MJ）"), ("（MWh）", "（kWh）"), ("（万Nm³）", "（Nm³）"))
    for n, table in monthly(paper):
        for c, cell in enumerate(table.rows[0]):
            for one, other in units:
                if cell.text.endswith(one):
                    yield from put(paper, {At(n, 0, c): cell.text.replace(one, other)})
                    break


def _in_percent(paper: Paper, at: At) -> bool:
    """Whether a column above the formula has the unit %: then the formula without /100 is right too."""
    table = paper.blocks[at.block]
    return isinstance(table, Table) and any(c.text.strip() == "%" for row in table.rows[: at.row] for c in row)


@operator("tables", "计算表的公式错", "the printed formula gives the printed result, and is the guideline's")
def formula_of_header(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("排放计算表"):
        said = paper.text(at)
        if re.match(r"^[A-Z]=", said):
            if "44/12" in said:
                yield from put(paper, {at: said.replace("44/12", "12/44")})
            if said.count("*") == 1:
                yield from put(paper, {at: said.replace("*", "+")})
            if re.search(r"/100(?!\d)", said) and not _in_percent(paper, at):
                yield from put(paper, {at: re.sub(r"/100(?!\d)", "", said, count=1)})


@operator("tables", "计算表的结果空缺", "every row has its result")
def result_empty(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for r, row in enumerate(table.rows):
            if is_figure(row[-1].text):
                yield from put(paper, {At(n, r, len(row) - 1): ""}, words=(row[-1].text, row_label(table, r)))


@operator("tables", "结果变为负数", "an emission is not negative")
def negative(paper: Paper) -> Iterator[Mutant]:
    for n, table in (*calculations(paper), *paper.tables("排放量汇总表")):
        for r, row in enumerate(table.rows):
            for c in range(1, len(row)):
                if is_figure(row[c].text) and c == len(row) - 1:
                    yield from put(paper, {At(n, r, c): f"-{row[c].text}"})


@operator("tables", "器具证书在报告年度前失效", "certificates cover the reporting year")
def meter_expired(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("计量器具表"):
        if (m := re.fullmatch(r"(\d{4})(年.*至 ?)(\d{4})(年.*)", paper.text(at))) is not None:
            yield from put(paper, {at: f"{int(m[1]) - 6}{m[2]}{int(m[3]) - 6}{m[4]}"})


@operator("tables", "抽样数大于总体", "a sample is no larger than its population, and the share follows")
def sample_too_large(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("抽样情况表"):
        for r, row in enumerate(table.rows[1:], 1):
            if len(row) == 8 and row[4].text.isdigit():
                yield from put(paper, {At(n, r, 4): str(int(row[4].text) + 5)}, words=(row[2].text,))


@operator("tables", "序号跳号", "numbers of a list run")
def row_number(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables():
        if table.rows[0][0].text in ("序号", "编号"):
            for r, row in enumerate(table.rows[2:], 2):
                if row[0].text.isdigit():
                    yield from put(paper, {At(n, r, 0): str(int(row[0].text) + 1)}, words=(f"第{row[0].text}",))


@operator("tables", "报告期年度印错", "parameter tables are of the reporting year")
def parameter_year(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper):
        at = cells["填报值"]._replace(cell=cells["填报值"].cell - 1)
        if re.fullmatch(r"20\d\d", paper.text(at)):
            yield from put(paper, {at: str(int(paper.text(at)) - 1)})
