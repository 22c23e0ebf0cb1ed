"""Figures (数字): one wrong digit, a lost point, in every kind of table that prints figures."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.reading.blocks import Table

from .operators import Mutant, is_figure, off, operator, put, wrong
from .paper import At, Paper


def parameters(paper: Paper, section: str = "") -> Iterator[tuple[int, Table, dict[str, At]]]:
    """Parameter tables with the cells of the reported and verified value."""
    for n, table in paper.tables("的核查"):
        for r, row in enumerate(table.rows[:-1]):
            heads = [c.text for c in row]
            if "填报值" not in heads or "核查值" not in heads:
                continue
            late = len(heads) - len(table.rows[r + 1])
            cells = {name: At(n, r + 1, heads.index(name) - late) for name in ("填报值", "核查值")}
            if section in paper.heading(n):
                yield n, table, cells


def calculations(paper: Paper) -> Iterator[tuple[int, Table]]:
    """Calculation tables of emissions."""
    yield from paper.tables("排放计算表")


def is_total(label: str) -> bool:
    """A row of a sum."""
    return "合计" in label or "总量" in label or "小计" in label


def _last(table: Table, n: int, total: bool) -> Iterator[At]:
    for r, row in enumerate(table.rows):
        if is_figure(row[-1].text) and is_total(row[0].text) == total:
            yield At(n, r, len(row) - 1)


@operator("figures", "计算表的结果错一位", "the result is recomputed from the inputs of its row")
def calculated_result(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        yield from off(paper, _last(table, n, False))


@operator("figures", "计算表的输入错一位", "inputs are those of the parameter tables, and the result follows")
def calculated_input(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        yield from off(paper, (At(n, r, c) for r, row in enumerate(table.rows) if not is_total(row[0].text) for c in range(len(row) - 1)))


@operator("figures", "计算表的合计错一位", "the total is the sum of the rows")
def calculated_total(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        yield from off(paper, _last(table, n, True))


@operator("figures", "计算表的结果多一位（小数点错位）", "the result is recomputed from the inputs of its row")
def calculated_point(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for at in _last(table, n, False):
            whole, _, rest = paper.text(at).partition(".")
            if len(rest) > 1:
                yield from put(paper, {at: f"{whole}{rest[0]}.{rest[1:]}"})


@operator("figures", "计算表的结果相邻两位颠倒", "the result is recomputed from the inputs of its row")
def calculated_swapped(paper: Paper) -> Iterator[Mutant]:
    for n, table in calculations(paper):
        for at in _last(table, n, False):
            said = paper.text(at)
            if len(said) > 2 and said[:2].isdigit() and said[0] != said[1] and said[1] != "0":
                yield from put(paper, {at: said[1] + said[0] + said[2:]})


@operator("figures", "汇总表一行错一位（只一处）", "the result tables say the same, and what the calculation gives")
def result_row(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        yield from off(paper, (At(n, r, c) for r, row in enumerate(table.rows) if not is_total(row[0].text) for c in range(len(row))))


@operator("figures", "汇总表总量错一位（只一处）", "the total is the sum of the rows wherever it is printed")
def result_total(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        yield from off(paper, (At(n, r, c) for r, row in enumerate(table.rows) if is_total(row[0].text) for c in range(len(row))))


@operator("figures", "核查基本情况表的排放量错一位", "the form on the first page says the same total")
def form_total(paper: Paper) -> Iterator[Mutant]:
    yield from off(paper, paper.cells("基本情况及结论表"))


@operator("figures", "补充数据汇总表的数字错一位", "the summary form says what the tables say")
def summary_figure(paper: Paper) -> Iterator[Mutant]:
    cells = (at for at in paper.cells("补充数据汇总表") if paper.text(at)[:3] not in ("201", "202") or "." in paper.text(at))
    yield from off(paper, (at for at in cells if paper.again(paper.text(at))))


@operator("figures", "活动数据表的填报值错一位", "reported value, verified value and the calculation agree or the difference is explained")
def activity_reported(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper, "活动数据"):
        yield from off(paper, [cells["填报值"]])


@operator("figures", "活动数据表的核查值错一位", "reported value, verified value and the calculation agree or the difference is explained")
def activity_verified(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper, "活动数据"):
        yield from off(paper, [cells["核查值"]])


def _both(paper: Paper, section: str) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper, section):
        said = {at: paper.text(at) for at in cells.values()}
        if all(is_figure(s) for s in said.values()):
            yield from put(paper, {at: wrong(s, f"{paper.name}{at.block}") for at, s in said.items()})


@operator("figures", "活动数据表两栏同错", "parameter table and calculation table say the same")
def activity_both(paper: Paper) -> Iterator[Mutant]:
    yield from _both(paper, "活动数据")


@operator("figures", "排放因子表两栏同错", "a cited default is the value of the library, and the calculation uses it")
def factor_both(paper: Paper) -> Iterator[Mutant]:
    yield from _both(paper, "排放因子")


@operator("figures", "排放因子表的核查值错一位", "a cited default is the value of the library")
def factor_verified(paper: Paper) -> Iterator[Mutant]:
    for _, _, cells in parameters(paper, "排放因子"):
        yield from off(paper, [cells["核查值"]])


@operator("figures", "月度数据错一位", "the months sum to the total, and both sources agree")
def month(paper: Paper) -> Iterator[Mutant]:
    for n, table in monthly(paper):
        yield from off(paper, (At(n, r, c) for r, row in enumerate(table.rows) if "合计" not in row[0].text for c in range(1, len(row))))


def monthly(paper: Paper) -> Iterator[tuple[int, Table]]:
    """Monthly tables."""
    yield from ((n, table) for n, table in paper.tables() if any(row[0].text in ("1月", "3月") for row in table.rows))


@operator("figures", "月度表印出的合计错一位", "the months sum to the printed total")
def month_total(paper: Paper) -> Iterator[Mutant]:
    for n, table in monthly(paper):
        yield from off(paper, (At(n, r, c) for r, row in enumerate(table.rows) if row[0].text == "合计（原表）" for c in range(1, len(row))))


def _labelled(paper: Paper, label: str) -> Iterator[At]:
    """Cells right of a label, or below it, in the block of cross checks."""
    for n, table in paper.tables("的核查"):
        for r, row in enumerate(table.rows[:-1]):
            heads = [c.text for c in row]
            if label in heads and "核对来源" in heads:
                yield At(n, r + 1, min(heads.index(label) - 1, len(table.rows[r + 1]) - 1))


@operator("figures", "交叉核对的对照值错一位", "the deviation is recomputed from both values")
def cross_check_value(paper: Paper) -> Iterator[Mutant]:
    for at in _labelled(paper, "对照值"):
        figure, _, unit = paper.text(at).partition(" ")
        if is_figure(figure):
            yield from put(paper, {at: f"{wrong(figure, f'{at}')} {unit}".strip()})


@operator("figures", "交叉核对的偏差印错", "the deviation is recomputed from both values")
def cross_check_deviation(paper: Paper) -> Iterator[Mutant]:
    for at in _labelled(paper, "偏差"):
        said = paper.text(at)
        if "%" in said and "填报" in said:
            figure = said.split("填报", 1)[1].split("%", 1)[0].strip()
            if figure.replace(".", "").isdigit():
                whole, _, rest = figure.partition(".")
                yield from put(paper, {at: said.replace(f"{figure}%", f"{int(whole) + 3}.{rest}%", 1)})


@operator("figures", "产品产量表错一位", "output is the same in every table")
def product_output(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("产品产量表"):
        yield from off(paper, (At(n, r, 2) for r, row in enumerate(table.rows) if len(row) > 2 and paper.again(row[2].text)))


@operator("figures", "经营情况表错一位", "economic figures are the same in every table and in prose")
def economics(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("经营情况表"):
        cells = (At(n, r, c) for r, row in enumerate(table.rows) for c in range(1, len(row)))
        yield from off(paper, (at for at in cells if paper.again(paper.text(at))))


@operator("figures", "补充数据表（配额）的数字错一位", "the supplementary form is recomputed")
def supplementary(paper: Paper) -> Iterator[Mutant]:
    for n, _ in paper.tables():
        if "补充数据" in paper.heading(n):
            yield from off(paper, (at for at in paper.cells() if at.block == n))
