"""What the report tells of the enterprise in prose (企业概况): address, founding, ownership, departments, profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Fact, Said
from tanhe.reading.understand.flat import fold, iso, unstopped
from tanhe.reading.understand.masking import people
from tanhe.reading.understand.view import View

_PROSE = (
    ("address", r"(?:坐落于|坐落在|地址为|地理边界为|位于)(?P<v>[^，。；()（）]{6,50}?)(?=[，。;；,]|的|$)"),
    ("founded", r"成立于(?P<v>(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?)"),
    ("ownership", r"(?:企业)?(?:所有制性质|企业性质|单位性质|公司类型)为(?P<v>[^，。;；]{3,30})"),
    ("business_scope", r"经营范围(?:包括|为)[:：]?(?P<v>.{6,1600}?。?)$"),
)
_GHG = re.compile(r"温室气体(?:排放)?(?:的)?核算(?:和|与)报告(?:的)?工作由(?P<v>[^，。;；]{2,14}?)(?:牵头)?负责|"
                  r"在(?P<w>[^，。;；]{2,12}?)设(?:立)?(?:有)?专人负责温室气体|排放核算和报告工作由(?P<x>[^，。;；]{2,14}?)(?:牵头)?负责")
_ENERGY = re.compile(r"能源管理(?:的)?工作由(?P<v>[^，。;；]{2,14}?)(?:牵头)?负责")
_DEPARTMENTS = re.compile(r"部门[^。;；:为有括设]{0,6}(?:为|有|包括|设有)?:?(?P<v>[\u4e00-\u9fffA-Za-z0-9()]{2,16}(?:[、,][\u4e00-\u9fffA-Za-z0-9()]{2,16}){1,40})(?=等|[。;；]|$)")
"""A sentence that counts the departments: 主要部门为……、……。"""
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{0,8}(?:(?<=[\u4e00-\u9fff])(?:部|科|处|车间|中心)|办公室)$")
_PROFILE = re.compile(r"成立于|主要从事|专门从事|主要生产|年生产|主营|占地|注册资[本金]|坐落")

_LEADS = re.compile(r"流程图|组织机构图|(?:如下|见下表|下表|如下图|下图所示)[:。]?$|^核查组[^。]{0,60}确认|部门(?:为|有|包括):?[^。]{2,8}[、,]|^注\d?:")
_CHECKED = re.compile(r"^(?:核查组|经核查|通过|根据|依据)|(?:核算|能源管理)[^。]{0,10}工作由|(?:社会信用|组织机构)代码")
_OFFICES = ("员", "长", "监", "任", "理", "师", "人", "管")
"""How the name of an office ends; anything else may be the name of a person."""
_NOTHING = frozenset({"", "/", "-", "--", "—", "——", "无"})
_ELSEWHERE = re.compile(r"(?:企业)?(?:所有制性质|企业性质|单位性质|公司类型)为[^，。；]*[，。；]?|经营范围(?:包括|为).*$", re.DOTALL)
"""What of a profile stands in fields of its own."""


def company(v: View) -> Iterator[Claim]:
    """Facts of the enterprise told in running text, where no labelled value stands."""
    for field, pattern in _PROSE:
        if v.pair(f"entity.{field}") is not None:
            continue
        for line in v.outline.of("basic", "boundary", "scope", "products"):
            match = re.search(pattern, line.flat.text)
            if match:
                said = line.said(*match.span("v"))
                day = iso(said.text) if field == "founded" else None
                yield Fact(("entity", field), Said(day, said.place) if day else said)
                break
    yield from _contact(v)
    yield from _organisation(v)
    for field, sentence in (("ghg_department", _GHG), ("energy_department", _ENERGY)):
        stated = v.pair(f"entity.{field}")
        for line in v.lines if stated is None or fold(stated.value.text) in _NOTHING else ():
            match = sentence.search(line.flat.text)
            if match:
                name = next(g for g in match.groupdict() if match[g])
                yield Fact(("entity", field), line.said(*match.span(name)))
                break
    told = [x for x in v.outline.of("basic", "products", zone="body")
            if (len(x.text) > 14 or (len(x.text) > 5 and x.text.endswith("。"))) and x.kind == "paragraph" and not _LEADS.search(x.flat.text)]
    profile = [x for x in told if _PROFILE.search(x.flat.text) and len(x.text) > 40] or [
        x for x in told if x.topic == "basic" and not _CHECKED.search(x.flat.text)][:1]
    if profile:
        words = "\n".join(_ELSEWHERE.sub("", x.text) for x in profile[:4])
        yield Fact(("entity", "profile"), Said(unstopped(words), profile[0].place))


def _organisation(v: View) -> Iterator[Claim]:
    """The departments that a sentence counts; else those whose people were interviewed and those made responsible."""
    for line in v.outline.of("basic", "energy-management", zone="body"):
        match = _DEPARTMENTS.search(line.flat.text) if line.kind == "paragraph" else None
        names = [n for n in re.split("[、,]", match["v"]) if n] if match else []
        if len([n for n in names if _DEPARTMENT.fullmatch(n)]) * 2 > len(names):
            for n, name in enumerate(names):
                yield Fact(("entity", "organisation", str(n)), Said(name, line.place))
            return
    if any("组织机构" in words and "从缺" in words for _, words in v.outline.document.lines):
        return
    cells = [row["department"] for s in v.outline.sheets if s.listing is not None and s.listing.kind.name == "interviews"
             for row in s.listing.rows if "department" in row]
    told = [line.said(*m.span(m.lastgroup)) for line in v.lines for p in (_GHG, _ENERGY) if (m := p.search(line.flat.text)) and m.lastgroup]
    found = {part: said for said in (*cells, *told) for part in re.split(r"[\s、,，;；/]+", said.text) if _DEPARTMENT.fullmatch(part)}
    for n, (name, said) in enumerate(found.items() if len(found) > 2 else ()):
        yield Fact(("entity", "organisation", str(n)), Said(name, said.place))


def _contact(v: View) -> Iterator[Claim]:
    pair = next((p for p in v.pairs if p.name == "entity.contact"), None)
    if pair is None:
        return
    details = {p.name: p.value for p in v.pairs if p.name in ("person.position", "entity.contact_department")
               and p.zone == "body" and len(fold(p.value.text)) <= 16}
    details = {name: said for name, said in details.items() if fold(said.text) not in _NOTHING}
    department, position = details.get("entity.contact_department"), details.get("person.position")
    printed = fold(pair.value.text)
    role = f"{fold(department.text)}{fold(position.text)}" if department and position else "排放报告联系人"
    if printed not in _NOTHING and not people(pair.value.text) and printed.endswith(_OFFICES) and not re.search(r"\d|[A-Za-z]", printed):
        role = printed
    if printed not in _NOTHING:
        yield Fact(("entity", "contact"), Said(role, (position or pair.value).place))
    if department is not None:
        yield Fact(("entity", "contact_department"), department)
