"""Who and what the report is about (行政信息): cover, basic information, client, body, guideline, versions, codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Fact, Said
from tanhe.reading.understand.client import client
from tanhe.reading.understand.company import company
from tanhe.reading.understand.flat import fold, iso, unstopped
from tanhe.reading.understand.industry import USCC, choice, guideline_of, industry, province, version_and_date
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View, masked

_PLAIN = (
    "entity.address", "entity.registered_address", "entity.postcode", "entity.ownership", "entity.founded",
    "entity.business_scope", "entity.ghg_department", "entity.energy_department", "body.address", "body.qualification",
)
_DASHES = ("/", "-", "--", "—", "——", "无")
_ENDS_WHOLE = ("公司", "中心", "院", "所", "协会", "集团", "大学", "局", "学会", "事务所")
_WHOLE_DAY = re.compile(r"(?:19|20)\d\d[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?")
_POSITION = r"法定代表人|负责人|(?:执行)?董事长?|(?:总)?经理|厂长|院长"
"""Names of offices that may stand where a person's name would."""


def claims(document: Document) -> Iterable[Claim]:
    """Facts of entity, client, body, report, guideline and year."""
    return masked(facts, document)


def facts(v: View) -> Iterator[Claim]:
    """The facts, names of people not yet replaced."""
    if v.year is not None:
        yield Fact(("year",), v.year)
    if v.entity is not None:
        yield Fact(("entity", "name"), v.entity)
    yield from _guideline(v)
    yield from _codes(v)
    yield from _industry(v)
    yield from _simple(v)
    yield from client(v)
    yield from _body(v)
    yield from _report(v)
    yield from company(v)


def _guideline(v: View) -> Iterator[Claim]:
    pair = v.pair("guideline")
    texts: list[Said] = [pair.value] if pair else []
    texts += [x.whole for x in v.outline.of("criteria", "purpose", "conformity", "method", "cover") if "指南" in x.text]
    for said in texts:
        found = guideline_of(said.text)
        if found:
            yield Fact(("guideline",), Said(found[0], said.place))
            return


def codes(v: View) -> list[tuple[str, Said, str, str]]:
    """Every mention of a credit code: label as printed, code, where, text around."""
    found = []
    for line in v.lines:
        text = line.flat.text
        for match in USCC.finditer(text):
            label = re.search(r"(统一社会信用代码|社会信用代码|组织机构代码证?号?|注册号|税号)[^0-9]{0,6}$", text[:match.start()])
            if label:
                found.append((label[1], line.said(*match.span(1)), line.where, line.text))
    for sheet in v.outline.sheets:
        heads: dict[int, str] = {}
        for row in sheet.grid:
            before = ""
            for n, cell in enumerate(row):
                folded = words(cell)
                if re.fullmatch(r"统一社会信用代码.{0,8}|社会信用代码|组织机构代码.{0,3}", folded):
                    heads[n] = before = folded
                elif cell is not None and USCC.fullmatch(folded) and (before or n in heads):
                    found.append((before or heads[n], Said(folded, cell.place), sheet.where, cell.text))
                elif folded:
                    before = ""
    return found


def _codes(v: View) -> Iterator[Claim]:
    mentions = codes(v)
    counted = Counter(said.text for _, said, _, _ in mentions)
    ordered = sorted(counted, key=lambda c: -counted[c])
    first = {code: next(said for _, said, _, _ in mentions if said.text == code) for code in ordered}
    for n, code in enumerate(ordered):
        yield Fact(("entity", "uscc") if n == 0 else ("entity", "uscc_other", str(n - 1)), first[code])


def _industry(v: View) -> Iterator[Claim]:
    code = name = None
    for pair in (p for p in v.pairs if p.name == "industry"):
        found = industry(pair.value)
        code, name = code or found[0], name or found[1]
    stated = v.pair("entity.industry_code")
    if code is None and stated is not None:
        code = stated.value
    for line in v.lines if name is None else ():
        match = re.search(r"行业(?:分类|类别)?(?:为|属于|:)+:?([^。;，,]{3,24}?)(?:\(|[。;，,])", line.flat.text)
        if match:
            found = industry(line.said(*match.span(1)))
            code, name = code or found[0], found[1]
            break
    edition = next((m for p in v.pairs if p.name == "industry" and (m := _said_edition(p.value))), None)
    edition = edition or next((m for x in v.outline.of("criteria", "basic") if (m := _said_edition(x.whole))), None)
    for field, value in (("industry_code", code), ("industry_name", name), ("industry_edition", edition)):
        if value is not None:
            yield Fact(("entity", field), value)


def _said_edition(said: Said) -> Said | None:
    match = re.search(r"GB/?T?4754[-—](2011|2017)", fold(said.text))
    return Said(f"GB/T 4754-{match[1]}", said.place) if match else None


def _simple(v: View) -> Iterator[Claim]:
    for name in _PLAIN:
        pair = v.pair(name)
        if pair is not None and fold(pair.value.text) not in _DASHES:
            told = unstopped(pair.value.text)
            if name == "entity.founded" and _WHOLE_DAY.fullmatch(fold(told)):
                told = iso(told) or told
            yield Fact(tuple(name.split(".")), Said(told, pair.value.place))
    person = v.pair("entity.legal_representative")
    if person is not None and re.fullmatch(_POSITION, fold(person.value.text)):
        yield Fact(("entity", "legal_representative"), person.value)
    legal = v.pair("entity.legal_person")
    if legal is not None:
        answer = choice(legal.value.text) or fold(legal.value.text)
        if answer in ("是", "否"):
            yield Fact(("entity", "legal_person"), Said(answer, legal.value.place))
    staff = v.pair("entity.employees")
    if staff is not None and re.fullmatch(r"[\d,]+人?", fold(staff.value.text)):
        yield Fact(("entity", "employees"), Said(fold(staff.value.text).rstrip("人"), staff.value.place))
    stated = v.pair("entity.province")
    if stated is not None and fold(stated.value.text) not in _DASHES:
        yield Fact(("entity", "province"), stated.value)
        return
    address = v.pair("entity.address", "entity.registered_address")
    boundary = " ".join(x.text for x in v.outline.of("boundary"))[:600]
    place = address.value.place if address else v.entity.place if v.entity else None
    found = province(address.value.text if address else "", v.entity.text if v.entity else "", boundary)
    if found and place:
        yield Fact(("entity", "province"), Said(found, place))


def body_names(v: View) -> list[tuple[Said, str]]:
    """Every mention of the body's name on the cover and before 受…委托, and where."""
    found = [(p.value, p.where) for p in v.pairs if p.name == "body.name"]
    for line in v.lines:
        match = re.search(r"(?:^|[，。、,])(?P<body>[^，。、,（）()]{6,40}?(?:公司|中心|院|所|协会))(?:\(核查机构名称[^)]*\)|\(以下[统简]称[^)]*\))?受[^，。；]{4,40}?委托",
                          line.flat.text)
        if match:
            found.append((line.said(*match.span("body")), line.where))
    return found


def _body(v: View) -> Iterator[Claim]:
    names = [said for said, _ in body_names(v)]
    if not names:
        return
    best = next((s for s in names if fold(s.text).endswith(_ENDS_WHOLE)), names[0])
    if not fold(best.text).endswith(_ENDS_WHOLE):
        for line in v.lines:
            match = re.search(re.escape(fold(best.text)) + r"[\u4e00-\u9fff]{0,6}?(?:公司|中心|院|所)", line.flat.text)
            if match:
                best = line.said(*match.span())
                break
    yield Fact(("body", "name"), best)


def _report(v: View) -> Iterator[Claim]:
    number = next((p for p in v.pairs if p.name == "report.number" and re.fullmatch(r"[A-Za-z0-9\-—_/()（）〔〕年号第.]{3,40}", fold(p.value.text))
                   and re.search(r"\d", p.value.text)), None)
    if number is not None:
        yield Fact(("report", "number"), number.value)
    for name, field, day in (("report.initial", "initial_version", "initial_report"), ("report.final", "final_version", "final_report")):
        pair = v.pair(name)
        if pair is None:
            continue
        joined = " ".join([pair.value.text, *(r.text for r in pair.rest)])
        version, when = version_and_date(Said(joined, pair.value.place))
        if version is not None:
            yield Fact(("report", field), version)
        if when is not None:
            yield Fact(("dates", day), when)
    issued = v.pair("dates.issued")
    signed = iso(issued.value.text) if issued is not None else None
    if issued is not None and signed:
        yield Fact(("dates", "issued"), Said(signed, issued.value.place))
    if v.pair("report.initial") is None:
        for line in v.outline.of("criteria"):
            match = _initial_title(line)
            if match:
                yield Fact(("report", "initial_version"), match)
                return


def _initial_title(line: Line) -> Said | None:
    match = re.search(r"《([^《》]{0,40}20\d\d年度?[^《》]{0,40}排放报告)》", line.flat.text)
    return line.said(*match.span(1)) if match else None
