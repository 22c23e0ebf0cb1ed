"""Structure (结构): sections, tables and rows gone, twice, or moved."""

from __future__ import annotations

from collections.abc import Iterator

from .edits import removable
from .figures import calculations, monthly, parameters
from .operators import Mutant, double, drop, drop_row, operator
from .paper import Paper


def _sections(paper: Paper, *levels: int) -> Iterator[tuple[int, int]]:
    for at, heading in paper.headings():
        if heading.level in levels and heading.number[:1].isdigit():
            start, end = paper.section(at.block)
            if end - start > 1:
                yield start, end


@operator("structure", "整节缺失", "the sections a verification report must have")
def section_gone(paper: Paper) -> Iterator[Mutant]:
    for start, end in _sections(paper, 2, 3):
        yield from drop(paper, start, end)


@operator("structure", "整节重复", "no section stands twice")
def section_twice(paper: Paper) -> Iterator[Mutant]:
    for start, end in _sections(paper, 2, 3):
        yield from double(paper, start, end)


def _next(number: str) -> str:
    head, _, last = number.rpartition(".")
    return f"{head}.{int(last) + 1}" if head and last.isdigit() else "none"


@operator("structure", "标题缺失", "numbers of sections run")
def heading_gone(paper: Paper) -> Iterator[Mutant]:
    for at, heading in paper.headings():
        if heading.level in (2, 3) and _next(heading.number) in {h.number for _, h in paper.headings()}:
            yield from drop(paper, at.block, at.block + 1)


@operator("structure", "计算表缺失", "every line of the result has its calculation")
def calculation_gone(paper: Paper) -> Iterator[Mutant]:
    for n, _ in calculations(paper):
        yield from drop(paper, n, n + 1)


@operator("structure", "参数表缺失", "every input of a calculation has its parameter table")
def parameter_gone(paper: Paper) -> Iterator[Mutant]:
    for n, _, _ in parameters(paper):
        yield from drop(paper, n, n + 1)


@operator("structure", "参数表重复", "every datum is verified once")
def parameter_twice(paper: Paper) -> Iterator[Mutant]:
    for n, _, _ in parameters(paper):
        yield from double(paper, n, n + 1)


@operator("structure", "月度表缺失", "an annual figure by months has its months")
def months_gone(paper: Paper) -> Iterator[Mutant]:
    for n, _ in monthly(paper):
        yield from drop(paper, n, n + 1)


@operator("structure", "结论的汇总表缺失", "the declaration has its table")
def result_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放量汇总表"):
        if table.caption.startswith(("表 4", "表4")):
            yield from drop(paper, n, n + 1)


@operator("structure", "清单缺失（核查组、日程、访谈、设备、器具、排放源、文件）", "the lists a verification report must have")
def list_gone(paper: Paper) -> Iterator[Mutant]:
    words = ("核查组成员表", "时间安排表", "访谈记录表", "用能设备表", "计量器具表", "排放源识别表", "支持性文件清单", "能源品种", "产品产量表")
    for n, _ in paper.tables(*words):
        yield from drop(paper, n, n + 1)


@operator("structure", "参数表少一行（来源、方法、频次、核对、结论）", "the rows a parameter table must have")
def parameter_row_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table, _ in parameters(paper):
        for r, row in enumerate(table.rows):
            if row[0].text in ("数据来源", "监测方法", "监测频次", "记录频次", "核查结论", "单位") and removable(table, r):
                yield from drop_row(paper, n, r)


@operator("structure", "排放源清单少一源", "every computed source is in the list")
def source_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放源识别表"):
        for r, row in enumerate(table.rows[1:], 1):
            if any("已核算" in c.text for c in row) and removable(table, r):
                yield from drop_row(paper, n, r)


@operator("structure", "时间安排缺一步", "the steps of the procedure")
def step_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("时间安排表"):
        for r, row in enumerate(table.rows[1:], 1):
            twin = row[1].text[:4] in "".join(other[1].text for other in table.rows[1:] if other is not row)
            if not twin and not paper.again(row[2].text) and any(w in row[1].text for w in ("文件评审", "现场核查", "技术评审", "完成", "批准", "签发")):
                yield from drop_row(paper, n, r)


@operator("structure", "声明没有内容（表和文字都缺）", "the declaration states the totals")
def declaration_gone(paper: Paper) -> Iterator[Mutant]:
    """Heading alone; a sentence gone beside the table, or the other way round, leaves the totals stated (result-gone has the table)."""
    for at, heading in paper.headings():
        if "声明" in heading.text and "补充" not in heading.text and heading.level > 2:
            start, end = paper.section(at.block)
            if end - start > 2:
                yield from drop(paper, start + 1, end)
