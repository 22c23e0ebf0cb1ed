"""Identity (身份与日期): names, codes, addresses, dates and guidelines that differ in one of their places."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from tanhe.reading.blocks import Table

from .operators import Mutant, operator, put
from .paper import At, Paper

OTHER_FIRM = "山东远拓化工股份有限公司"
OTHER_BODY = "北京衡准认证技术有限公司"


def _value(paper: Paper, *labels: str) -> str:
    """The cell right of a label, the first that is found."""
    for _, table in paper.tables():
        for row in table.rows:
            for c, cell in enumerate(row[:-1]):
                if cell.text in labels and len(row[c + 1].text) > 1:
                    return row[c + 1].text
    return ""


def _each(paper: Paper, one: str, other: str) -> Iterator[Mutant]:
    if one and one != other:
        for at in paper.texts():
            said = paper.text(at)
            if one in said:
                yield from put(paper, {at: said.replace(one, other, 1)}, words=(one, other))


@operator("identity", "一处写作别的企业", "the enterprise has one name throughout")
def firm(paper: Paper) -> Iterator[Mutant]:
    yield from _each(paper, _value(paper, "受核查方", "企业（或者其他经济组织）名称"), OTHER_FIRM)


@operator("identity", "一处企业名称少一字", "the enterprise has one name throughout")
def firm_misprinted(paper: Paper) -> Iterator[Mutant]:
    name = _value(paper, "受核查方", "企业（或者其他经济组织）名称")
    yield from _each(paper, name, name[:3] + name[4:])


@operator("identity", "一处写作别的核查机构", "the body has one name throughout")
def body(paper: Paper) -> Iterator[Mutant]:
    found = re.search(r"[（）\w]{4,30}公司(?=的核查组|对|依据)", "\n".join(paper.text(at) for at in paper.paragraphs()))
    cover = next((paper.text(at).split("：")[-1] for at in paper.paragraphs() if paper.text(at).startswith("核查机构名称")), "")
    yield from _each(paper, cover or (found[0] if found else ""), OTHER_BODY)


@operator("identity", "统一社会信用代码一处错一位", "the credit code is one throughout, and its check digit holds")
def credit_code(paper: Paper) -> Iterator[Mutant]:
    code = next((s for at in paper.cells() if re.fullmatch(r"9[0-9A-HJ-NP-Z]{17}", s := paper.text(at))), "")
    if code:
        for at in paper.texts():
            said = paper.text(at)
            if code in said:
                for n in (7, 11, 15):
                    changed = str((int(code[n]) + 4) % 10) if code[n].isdigit() else "K" if code[n] != "K" else "L"
                    yield from put(paper, {at: said.replace(code, code[:n] + changed + code[n + 1 :], 1)}, words=(code,))


@operator("identity", "地址一处不同", "the address is one throughout")
def address(paper: Paper) -> Iterator[Mutant]:
    for at in paper.texts():
        said = paper.text(at)
        found = re.search(r"[路街道] ?(\d+) ?号", said)
        if found and paper.again(found[1]):  # an address told once cannot be compared
            yield from put(paper, {at: re.sub(r"([路街道] ?)\d+( ?号)", r"\g<1>917\g<2>", said, count=1)})


@operator("identity", "省份一处不同", "the place is one throughout")
def province(paper: Paper) -> Iterator[Mutant]:
    for at in paper.texts():
        said = paper.text(at)
        m = re.match(r"(江苏|浙江|河北|河南|山东|山西|海南|云南|贵州|四川|安徽|湖北|甘肃|陕西|福建|天津|内蒙古)(?:省|市)?(?=.*[市县区路镇号])", said)
        if m and len(said) < 60 and "公司" not in said:
            yield from put(paper, {at: ("辽宁" if m[1] != "辽宁" else "吉林") + said[len(m[1]) :]})


@operator("identity", "行业代码一处不同", "the industry code is one throughout, and its name belongs to it")
def industry_code(paper: Paper) -> Iterator[Mutant]:
    code = re.match(r"\d{4}", _value(paper, "所属行业")) or re.search(r"\d{4}", _value(paper, "所属行业领域"))
    if code:
        yield from _each(paper, code[0], "3012" if code[0] != "3012" else "2614")


@operator("identity", "行业名称一处不同", "the industry's name belongs to its code")
def industry_name(paper: Paper) -> Iterator[Mutant]:
    m = re.search(r"\d{4} ?([一-鿿]{2,20})", _value(paper, "所属行业"))
    if m:
        yield from _each(paper, m[1], "水泥制造" if m[1] != "水泥制造" else "有机化学原料制造")


def _moved(said: str, days: int) -> str:
    m = re.search(r"(20\d\d)年(\d{1,2})月(\d{1,2})日", said)
    assert m is not None
    day = datetime.date(*(int(x) for x in m.groups())) + datetime.timedelta(days)
    return f"{said[: m.start()]}{day.year}年{day.month}月{day.day}日{said[m.end() :]}"


def _plain(said: str) -> str:
    """The first date as findings write it."""
    m = re.search(r"(20\d\d)年(\d{1,2})月(\d{1,2})日", said)
    return datetime.date(*(int(x) for x in m.groups())).isoformat() if m else ""


@operator("identity", "几处都有的日期一处不同", "a date told in several places is one")
def date_repeated(paper: Paper) -> Iterator[Mutant]:
    where: dict[str, list[At]] = {}
    for at in paper.texts():
        for day in set(re.findall(r"20\d\d年\d{1,2}月\d{1,2}日", paper.text(at))):
            where.setdefault(day, []).append(at)
    for day, places in where.items():
        for at in places if 1 < len(places) <= 4 else ():
            said = paper.text(at)
            start = said.index(day)
            later = _moved(said[start:], 9)
            yield from put(paper, {at: said[:start] + later}, words=(day, _plain(day), _plain(later)))


@operator("identity", "日期倒置（步骤早于前一步）", "the steps follow one another")
def date_order(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("时间安排表", "处理记录"):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if r > 2 and re.fullmatch(r"20\d\d年\d{1,2}月\d{1,2}日", cell.text):
                    earlier = _moved(cell.text, -75)
                    yield from put(paper, {At(n, r, c): earlier}, words=(cell.text, row[1].text, _plain(cell.text), _plain(earlier)))


@operator("identity", "一处写作别的核算指南", "one guideline throughout")
def guideline_name(paper: Paper) -> Iterator[Mutant]:
    other = "《中国水泥生产企业温室气体排放核算方法与报告指南（试行）》"
    for at in paper.texts():
        said = paper.text(at)
        if (m := re.search(r"《[^《》]*核算方法与报告指南[^《》]*》", said)) and m[0] != other and not said.startswith("（"):
            yield from put(paper, {at: said.replace(m[0], other, 1)}, words=(m[0], other))


@operator("identity", "指南文号一处错", "the guideline's document number is the published one")
def guideline_number(paper: Paper) -> Iterator[Mutant]:
    numbers = [m for at in paper.texts() for m in re.findall(r"发改办气候〔\d{4}〕\d+号", paper.text(at))]
    for at in paper.texts():
        said = paper.text(at)
        if (m := re.search(r"(发改办气候〔)(\d{4})(〕)(\d+)(号)", said)) is not None and numbers.count(m[0]) > 1:
            yield from put(paper, {at: f"{said[: m.start()]}{m[1]}{int(m[2]) - 1}{m[3]}{int(m[4]) + 37}{m[5]}{said[m.end() :]}"}, words=(m[0],))


def _beside(paper: Paper, at: At) -> str:
    """The label left of a cell."""
    return paper.text(at._replace(cell=at.cell - 1)) if at.cell > 0 else ""


@operator("identity", "报告版本一处不同", "the version told is the one that was verified")
def version(paper: Paper) -> Iterator[Mutant]:
    for at in paper.texts():
        said = paper.text(at)
        if "版本" in f"{said}{_beside(paper, at)}" and (m := re.search(r"(?<![A-Za-z])V(\d)\.(\d)", said)):
            yield from put(paper, {at: f"{said[: m.start()]}V{int(m[1]) + 2}.{m[2]}{said[m.end() :]}"}, words=(m[0],))


@operator("identity", "职工人数等基本信息一处不同", "counts of the basic information agree with the economic table")
def employees(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("基本信息表"):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if isinstance(table, Table) and c and "职工" in row[c - 1].text and cell.text.isdigit():
                    yield from put(paper, {At(n, r, c): str(int(cell.text) + 120)})
