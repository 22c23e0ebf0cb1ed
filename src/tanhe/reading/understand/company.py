"""What the report tells of the enterprise in prose (企业概况): address, founding, ownership, departments, profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Fact, Said
from tanhe.reading.understand.flat import fold
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
_PROFILE = re.compile(r"成立于|主要从事|专门从事|主要生产|年生产|主营|占地|注册资[本金]|坐落")

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
                yield Fact(("entity", field), line.said(*match.span("v")))
                break
    yield from _contact(v)
    for field, sentence in (("ghg_department", _GHG), ("energy_department", _ENERGY)):
        for line in v.lines:
            match = sentence.search(line.flat.text)
            if match:
                name = next(g for g in match.groupdict() if match[g])
                yield Fact(("entity", field), line.said(*match.span(name)))
                break
    profile = [x for x in v.outline.of("basic", "products", zone="body") if _PROFILE.search(x.flat.text) and len(x.text) > 40
               and x.kind == "paragraph" and "流程图" not in x.text]
    if profile:
        told = "\n".join(_ELSEWHERE.sub("", x.text) for x in profile[:4])
        yield Fact(("entity", "profile"), Said(told, profile[0].place))


def _contact(v: View) -> Iterator[Claim]:
    pair = next((p for p in v.pairs if p.name == "entity.contact"), None)
    if pair is None:
        return
    details = {p.name: p.value for p in v.pairs if p.name in ("person.position", "entity.contact_department")
               and p.zone == "body" and len(fold(p.value.text)) <= 16}
    department, position = details.get("entity.contact_department"), details.get("person.position")
    role = f"{fold(department.text)}{fold(position.text)}" if department and position else "排放报告联系人"
    yield Fact(("entity", "contact"), Said(role, (position or pair.value).place))
    if department is not None:
        yield Fact(("entity", "contact_department"), department)
