"""References (引用与编号): captions, numbers of sections, tables and formulas, documents, meters, dead references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.blocks import Heading, Paragraph

from .operators import Mutant, drop_row, operator, put
from .paper import At, Paper


def _captions(paper: Paper) -> list[tuple[At, str]]:
    return [(At(n), table.caption) for n, table in paper.tables() if re.match(r"表 ?\S+-\d", table.caption)]


@operator("references", "表号重复或跳号", "numbers of tables run and are used once")
def table_number(paper: Paper) -> Iterator[Mutant]:
    for at, caption in _captions(paper)[:-1]:
        yield from put(paper, {at: re.sub(r"-(\d+)", lambda m: f"-{int(m[1]) + 1}", caption, count=1)})


@operator("references", "章节号错", "numbers of sections run")
def section_number(paper: Paper) -> Iterator[Mutant]:
    for at, heading in paper.headings():
        if re.fullmatch(r"\d(?:\.\d)+", heading.number):
            head, _, last = heading.number.rpartition(".")
            yield from put(paper, {at: f"{head}.{int(last) + 2} {heading.text}"})


@operator("references", "公式号重复", "numbers of formulas run and are used once")
def equation_number(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if (m := re.search(r"\((\d\.\d)-(\d)\)$", said)) is not None and int(m[2]) > 1:
            yield from put(paper, {at: f"{said[: m.start()]}({m[1]}-{int(m[2]) - 1})"})


@operator("references", "列举号跳号", "numbers of an enumeration run")
def item_number(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if (m := re.match(r"（(\d)）", said)) is not None and int(m[1]) > 1:
            yield from put(paper, {at: f"（{int(m[1]) + 2}）{said[m.end() :]}"})


@operator("references", "引用的证据编号不在清单", "every cited document is in the list")
def document_code(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("的核查"):
        said = paper.text(at)
        if (m := re.search(r"（D(\d+)）", said)) is not None:
            yield from put(paper, {at: f"{said[: m.start()]}（D{int(m[1]) + 60}）{said[m.end() :]}"}, words=(m[0][1:-1],))


@operator("references", "清单中的证据文件缺一份", "every cited document is in the list")
def document_gone(paper: Paper) -> Iterator[Mutant]:
    said = "".join(paper.text(at) for at in paper.cells("的核查"))
    for n, table in paper.tables("支持性文件清单"):
        for r, row in enumerate(table.rows[1:], 1):
            if f"（{row[0].text}）" in said or any(len(c.text) > 8 and c.text in said for c in row):
                yield from drop_row(paper, n, r)


@operator("references", "文件名称一处不同", "a document has one name")
def document_name(paper: Paper) -> Iterator[Mutant]:
    swaps = (("结算单", "抄表单"), ("发票", "收据"), ("台账", "日报"), ("统计", "核对"), ("月报表", "年报表"), ("财务报表", "审计底稿"))
    for n, r, c in _sources(paper):
        said = paper.text(At(n, r, c))
        for one, other in swaps:
            if one in said:
                yield from put(paper, {At(n, r, c): said.replace(one, other, 1)}, words=(said,))
                break


def _sources(paper: Paper) -> Iterator[tuple[int, int, int]]:
    for n, table in paper.tables("的核查"):
        for r, row in enumerate(table.rows):
            if row[0].text == "数据来源" and len(row) > 1 and "缺省" not in row[1].text:
                yield n, r, 1


@operator("references", "引用的器具编号不在器具表", "every cited meter is in the table")
def meter_code(paper: Paper) -> Iterator[Mutant]:
    codes = {row[0].text for _, t in paper.tables("计量器具表") for row in t.rows if re.fullmatch(r"[A-Z]\d\d", row[0].text)}
    for at in paper.cells("的核查"):
        said = paper.text(at)
        if found := next((code for code in sorted(codes) if code in said), None):
            yield from put(paper, {at: said.replace(found, f"{found[0]}77")}, words=(found,))


def _bodies(paper: Paper) -> Iterator[At]:
    yield from (At(n) for n, b in enumerate(paper.blocks)
                if isinstance(b, Paragraph) and len(b.text) > 30 and b.text.endswith("。") and "=" not in b.text and n > 30)


@operator("references", "引用不存在的表", "a table referred to exists")
def dead_table(paper: Paper) -> Iterator[Mutant]:
    for at in _bodies(paper):
        yield from put(paper, {at: paper.text(at)[:-1] + "，详见表9.7-3。"}, words=("表9.7-3", "9.7-3"))


@operator("references", "引用不存在的章节", "a section referred to exists")
def dead_section(paper: Paper) -> Iterator[Mutant]:
    for at in _bodies(paper):
        yield from put(paper, {at: paper.text(at)[:-1] + "，详见本报告8.6节。"}, words=("8.6",))


@operator("references", "引用源丢失", "no broken reference")
def broken_reference(paper: Paper) -> Iterator[Mutant]:
    for at in _bodies(paper):
        yield from put(paper, {at: paper.text(at)[:-1] + "，见错误!未找到引用源。。"}, words=("未找到引用源",))


@operator("references", "表题的年度错", "captions are of the reporting year")
def caption_year(paper: Paper) -> Iterator[Mutant]:
    for at, caption in _captions(paper):
        if (m := re.search(r"(20\d\d)(?=年)", caption)) is not None:
            yield from put(paper, {at: caption.replace(m[1], str(int(m[1]) - 1), 1)})


@operator("references", "表题与内容不符", "a caption names what the table holds")
def caption_subject(paper: Paper) -> Iterator[Mutant]:
    named = [(at, c, c.split("对", 1)[1]) for at, c in _captions(paper) if re.search(r"\d 对.*的核查$", c)]
    for (at, caption, mine), (_, _, other) in zip(named, [*named[3:], *named[:3]], strict=True):
        if mine != other:
            yield from put(paper, {at: caption.replace(mine, other)}, words=(mine, other))


@operator("references", "标题与其下的参数不符", "a heading names the parameter below it")
def heading_subject(paper: Paper) -> Iterator[Mutant]:
    named = [(at, h) for at, h in paper.headings() if re.match(r"(?:活动数据|排放因子和计算系数)\d+：", h.text) and not h.number]
    for (at, mine), (_, other) in zip(named, [*named[2:], *named[:2]], strict=True):
        one, two = mine.text.partition("：")[2], other.text.partition("：")[2]
        if one != two and isinstance(mine, Heading):
            yield from put(paper, {at: mine.text.replace(one, two)}, words=(one, two))
