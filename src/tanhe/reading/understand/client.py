"""Who ordered the verification (委托方): a sentence with boxes, rows of a table, or the words 受……委托."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Fact, Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.industry import choice
from tanhe.reading.understand.masking import people
from tanhe.reading.understand.view import View

_DASHES = ("/", "-", "--", "—", "——", "无")
_OFFICE = r"(?:[部处科室局委办员长任理人]|中心|机构)$"
"""How a department or an office ends; anything else may be the name of a person."""
_COMMISSION = re.compile(r"受(?P<client>[^，。；（）()]{4,40}?)(?:的)?委托[，,]?对[“\"]?(?P<entity>[^，。；“”]{4,40}?)(?:[（(“”\"]|20\d\d年)")


def client(v: View) -> Iterator[Claim]:
    """Facts of the client."""
    entity = fold(v.entity.text) if v.entity else ""
    asked = next((x for x in v.lines if "是否是委托方" in x.flat.text or "是否为委托方" in x.flat.text), None)
    if asked is not None:
        answer = choice(asked.text)
        if answer:
            yield Fact(("client", "is_entity"), Said(answer, asked.place))
        for field, label in (("name", "委托方名称"), ("address", "地址")):
            match = re.search(label + r"[\s:：]*(.{1,80}?)\s*(?=地址|联系人|联系方式|$)", asked.text.partition("委托方信息")[2])
            if match and answer == "否":
                yield Fact(("client", field), Said(match[1].strip(), asked.place))
        if answer == "否" and "联系人" in asked.text:
            yield Fact(("client", "contact"), Said("委托方联系人", asked.place))
        if answer == "是" and v.entity is not None:
            yield Fact(("client", "name"), v.entity)
            address = v.pair("entity.address")
            if address is not None:
                yield Fact(("client", "address"), address.value)
        if answer:
            return
    chosen = v.pair("client.is_entity")
    answer = (choice(chosen.value.text) or fold(chosen.value.text)) if chosen is not None else ""
    if chosen is not None and answer in ("是", "否"):
        yield Fact(("client", "is_entity"), Said(answer, chosen.value.place))
        yield from _client_rows(v, answer)
        return
    for line in v.outline.of("purpose", "cover", "basic", "chapter"):
        match = _COMMISSION.search(line.flat.text)
        if match:
            named = line.said(*match.span("client"))
            own = fold(named.text) == entity
            yield Fact(("client", "name"), named)
            yield Fact(("client", "is_entity"), Said("是" if own else "否", line.place))
            return


def _client_rows(v: View, answer: str) -> Iterator[Claim]:
    """Name, address and contact of the client in rows of their own; those of the enterprise where it is the client."""
    rows = {field: v.pair(f"client.{field}") for field in ("name", "address", "contact")}
    if answer == "是":
        rows["address"] = rows["address"] or v.pair("entity.address")
    for field, pair in rows.items():
        if pair is not None and fold(pair.value.text) not in _DASHES:
            named = field == "contact" and (people(pair.value.text) or not re.search(_OFFICE, fold(pair.value.text)))
            said = Said("委托方联系人", pair.value.place) if named else pair.value
            yield Fact(("client", field), said)
    if answer == "是" and rows["name"] is None and v.entity is not None:
        yield Fact(("client", "name"), v.entity)
