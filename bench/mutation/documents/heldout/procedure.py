"""Procedure (程序): order of the steps, roles, signatures, the life of a finding; dates moved wherever they stand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ..edits import removable
from ..operators import Mutant, drop_row, operator, put
from ..paper import At, Paper
from .common import DAY, all_text, days, everything, inserted, moved, step, throughout, written, year


def _moved_throughout(paper: Paper, said: str, to: str) -> Iterator[Mutant]:
    """A date replaced wherever it stands, in both ways of writing it."""
    if said and to and said != to:
        yield from throughout(paper, {said: to, days(said)[0].isoformat(): days(to)[0].isoformat()})


@operator("identity", "现场核查早于接受任务（全文一致）", "the steps follow one another")
def site_before_contract(paper: Paper) -> Iterator[Mutant]:
    site, begun = step(paper, "现场核查"), step(paper, "接受任务", "收到排放报告")
    if site and begun:
        yield from _moved_throughout(paper, site, moved(begun, -11))


@operator("identity", "签名日期早于现场核查", "signatures come after the work")
def signed_before_site(paper: Paper) -> Iterator[Mutant]:
    site = step(paper, "现场核查")
    for n, table in paper.tables():
        cells = [At(n, r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if DAY.fullmatch(cell.text)]
        if site and any("签名" in c.text for c in table.rows[0]):
            yield from put(paper, dict.fromkeys(cells, moved(site, -20)))
            for at in cells:
                yield from put(paper, {at: moved(site, -20)})


@operator("identity", "签发早于批准（全文一致）", "the report is issued after its approval")
def issued_before_approval(paper: Paper) -> Iterator[Mutant]:
    approved = step(paper, "批准")
    edits = {}
    for at in everything(paper):
        if approved and ("签发日期：" in paper.text(at) or _beside(paper, at) == "签发"):
            edits[at] = DAY.sub(moved(approved, -15), paper.text(at))
    yield from put(paper, edits)


def _beside(paper: Paper, at: At) -> str:
    return paper.text(at._replace(cell=at.cell - 1)) if at.cell > 0 else ""


@operator("identity", "排放报告早于其数据期结束（全文一致）", "a report of a year is not written before the year ends")
def report_before_data(paper: Paper) -> Iterator[Mutant]:
    if told := step(paper, "初始排放报告"):
        yield from _moved_throughout(paper, told, f"{year(paper)}年11月26日")
    elif at := next((at for at in paper.cells("结论表") if "初始" in _beside(paper, at) and DAY.search(paper.text(at))), None):
        yield from put(paper, {at: DAY.sub(f"{year(paper)}年11月26日", paper.text(at))})


@operator("identity", "最终排放报告早于不符合项关闭（全文一致）", "the final report comes after the findings were closed")
def final_before_closed(paper: Paper) -> Iterator[Mutant]:
    closed = [days(paper.text(at))[0] for at in paper.cells("处理记录") if DAY.fullmatch(paper.text(at)) and "关闭" in _row(paper, at)]
    if closed and (final := step(paper, "最终排放报告")):
        yield from _moved_throughout(paper, final, written(min(closed) - datetime.timedelta(4)))


def _row(paper: Paper, at: At) -> str:
    table = paper.blocks[at.block]
    return "｜".join(c.text for c in table.rows[at.row])  # type: ignore[union-attr]


@operator("identity", "不存在的日期", "dates exist")
def impossible_date(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("时间安排表"):
        if DAY.fullmatch(paper.text(at)):
            for bad in ("年2月30日", "年13月6日"):
                yield from put(paper, {at: re.sub(r"年.*", bad, paper.text(at))}, words=(paper.text(at)[:4] + bad,))


@operator("identity", "访谈日期不在现场核查期间", "interviews are held on site")
def interview_date(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("访谈记录表", "现场核查安排表"):
        for r, row in enumerate(table.rows[1:], 1):
            if DAY.fullmatch(row[0].text):
                yield from put(paper, {At(n, r, 0): moved(row[0].text, 47)})


@operator("identity", "证据文件的日期晚于签发", "what was reviewed existed then")
def evidence_after_issue(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("支持性文件清单"):
        for r, row in enumerate(table.rows[1:], 1):
            if DAY.fullmatch(row[-1].text):
                yield from put(paper, {At(n, r, len(row) - 1): moved(row[-1].text, 190)}, words=(row[1].text,))


@operator("identity", "技术评审人参加了现场核查", "the reviewer is independent of the team")
def reviewer_on_site(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("核查组成员表"):
        for r, row in enumerate(table.rows):
            if any(w in row[2].text for w in ("技术评审", "技术复核")) and row[-1].text != "是":
                yield from put(paper, {At(n, r, len(row) - 1): "是"}, words=(row[1].text,))
                yield from put(paper, {At(n, r, 3): "参加现场核查，收集活动数据；技术评审"}, words=(row[1].text,))


def _leader(paper: Paper) -> str:
    return next((row[1].text for _, t in paper.tables("核查组成员表") for row in t.rows if row[2].text == "组长"), "")


@operator("identity", "组长兼任技术评审或批准（全文一致）", "leader, reviewer and approver are three people")
def one_person(paper: Paper) -> Iterator[Mutant]:
    leader = _leader(paper)
    for role in ("技术评审", "批准"):
        for n, table in paper.tables("核查组成员表"):
            for r, row in enumerate(table.rows):
                if role in row[2].text and leader and len(row[1].text) > 2:
                    yield from throughout(paper, {row[1].text: leader}, only=[at for at in everything(paper) if at.block != n or at.row == r])
                elif role in row[2].text and leader:
                    signed = [At(m, k, 1) for m, t in paper.tables() for k, s in enumerate(t.rows) if s[0].text == "批准人" and len(s) > 5]
                    yield from put(paper, {At(n, r, 1): leader, **dict.fromkeys(signed, leader)}, words=(leader, role))


@operator("identity", "签名页的人不在核查组中", "those who sign are those of the team")
def stranger_signs(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables():
        for r, row in enumerate(table.rows):
            if len(row) > 5 and row[2].text == "签名" and row[1].text:
                yield from put(paper, {At(n, r, 1): "钱某某"}, words=("钱某某",))


@operator("identity", "现场人员不在核查组中", "those on site are those of the team")
def stranger_on_site(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("访谈记录表"):
        for r, row in enumerate(table.rows[1:], 1):
            if "核查组" in row[1].text:
                yield from put(paper, {At(n, r, 1): row[1].text + "、钱某某"}, words=("钱某某",))


@operator("structure", "签名页缺一名组员", "every member signs")
def member_unsigned(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables():
        for r, row in enumerate(table.rows):
            if len(row) > 5 and row[2].text == "签名" and removable(table, r):
                yield from drop_row(paper, n, r)


@operator("structure", "核查组缺一种人（组长、组员、技术评审、批准）", "a team has a leader and members, a reviewer and an approver")
def role_missing(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("核查组成员表"):
        for r, row in enumerate(table.rows[1:], 1):
            if sum(other[2].text == row[2].text for other in table.rows) == 1:
                yield from drop_row(paper, n, r)


@operator("structure", "不符合项没有整改措施和证据就关闭", "a finding is closed on evidence")
def closed_without_evidence(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("不符合项清单"):
        for c, head in enumerate(table.rows[0]):
            if head.text in ("纠正措施", "受核查方原因分析", "核查结论"):
                for r, row in enumerate(table.rows[1:], 1):
                    if len(row) == len(table.rows[0]):
                        yield from put(paper, {At(n, r, c): "/"}, words=(row[2].text[:12], row[c].text[:12]))


@operator("references", "处理记录中的不符合项编号不在清单", "every number is one of the list")
def finding_number(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("处理记录"):
        for r, row in enumerate(table.rows[1:], 1):
            if m := re.search(r"\d+$", row[0].text):
                yield from put(paper, {At(n, r, 0): row[0].text[: m.start()] + f"{int(m[0]) + 3:0{len(m[0])}d}"})


@operator("structure", "不符合项清单缺一项", "the count told is that of the list")
def finding_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("不符合项清单"):
        for r in range(1, len(table.rows)):
            yield from drop_row(paper, n, r)


@operator("wording", "没有不符合项却称均已关闭或整改", "sentences on closed findings only where there are some")
def closed_none(paper: Paper) -> Iterator[Mutant]:
    if re.search("没有记录不符合项|没有(?:发现)?不符合项", all_text(paper)):
        yield from inserted(paper, "核查组开具的不符合项已全部整改并关闭。", "符合性", "内部技术评审", words=("不符合项",))
