"""Emission sources as a report identifies them (排放源识别): tables, sentences, by-products left aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.flat import fold, unstopped
from tanhe.reading.understand.lexicon import fuels
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.sheets import Listing
from tanhe.reading.understand.view import View

_NOTHING = frozenset({"", "/", "-", "--", "无", "无。", "不涉及"})
_FROM = re.compile(r"(?P<facility>[^，。；和及与涉要]{2,16}?)(?:所用|使用的?|燃用|所耗|消耗的?|用)(?P<fuel>FUEL)")
_BY_PRODUCT = re.compile(r"副产(?:物|品)?(?:主要)?(?:有|为|包括|:)?(?P<n>[\u4e00-\u9fff]{2,8}?)(?=[，,、的;]|产量|该部分|量|$)")
_EXCLUDED = re.compile(r"不涉及(?P<v>[^。;，]{2,80})")


def sources(_: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    for row in found.rows:
        fields = dict(row)
        if "category" not in fields or re.match(r"核查说明|说明|注", fold(fields["category"].text)):
            continue
        energy, facility = fold(row["energy"].text) if "energy" in row else "", fold(row["facility"].text) if "facility" in row else ""
        fields = _state(fields)
        if "excluded" in fields:
            pass
        elif "不涉及" in (energy, facility, fold(row["note"].text) if "note" in row else "") or (energy in _NOTHING and facility in _NOTHING):
            fields["excluded"] = next((row[f] for f in ("facility", "energy", "note") if f in row and "不涉及" in row[f].text),
                                      Said("不涉及", fields["category"].place))
            fields.pop("facility", None)
        yield Listed("sources", fields)


def _state(fields: dict[str, Said]) -> dict[str, Said]:
    """A column that says of every source whether it is computed: why it is not, else what is remarked on it."""
    said = fields.pop("state", None)
    if said is None:
        return fields
    told = said.text.strip()
    why = re.match(r"(?:未|不)(?:予|作|做)?(?:纳入)?(?:核算|计算)\s*[:：,，；;（(]?\s*", told)
    known = re.match(r"(?:已识别|已核算|已纳入|已计算|纳入|涉及|是|核算)(?:核算|计算)?(?:[,，]没有数据)?\s*(?:[；;，,：:]\s*|$)", told)
    if why is not None:
        fields["excluded"] = Said(told[why.end():].rstrip("）)") or told, said.place)
    elif re.match(r"不涉及|无$|不存在|否$", told):
        fields["excluded"] = said
    elif rest := told[known.end() if known is not None else 0:].strip():
        fields.setdefault("note", Said(unstopped(rest), said.place))
    return fields


def sources_prose(v: View) -> Iterator[Claim]:
    """Sources told in sentences, and what is said not to occur."""
    listed = any(map(_lists_sources, v.outline.sheets))
    pattern = re.compile(_FROM.pattern.replace("FUEL", f"(?:外购)?(?:{fuels().pattern})"))
    for line in v.outline.of("sources") if not listed else ():
        text = line.flat.text
        category = re.match(r"受核查方(?:厂内)?(?P<c>[^，。]{4,20}?)(?:排放)?主要涉及", text)
        if category is None:
            continue
        start = category.end()
        for match in pattern.finditer(text[start:]):
            yield Listed("sources", {"category": line.said(*category.span("c")),
                                     "facility": line.said(start + match.start("facility"), start + match.end("facility")),
                                     "energy": Said(match["fuel"].removeprefix("外购"), line.place)})
    for line in v.outline.of("scope", "sources", "boundary"):
        for match in _EXCLUDED.finditer(line.flat.text) if not listed else ():
            if re.search("变化|变更|抽样|合并|分立", match["v"]):
                continue
            for part in re.split(r"、|以及|及(?=[^其])|和(?=[^使])", match["v"]):
                name = re.sub(r"(?:产生)?的?排放$|^外购", "", part)
                gas = {"gas": Said("CH4", line.place)} if re.search(r"CH4|甲烷|废水", name) else {}
                yield Listed("sources", {"category": Said(name, line.place), **gas, "excluded": Said("不涉及", line.place)})


def neglected(v: View) -> Iterator[Claim]:
    """By-products that the text says were not counted because they are small: 副产物有炉渣，……忽略不计."""
    listed: list[str] = []
    process = ""
    for sheet in v.outline.sheets:
        for row in sheet.listing.rows if sheet.listing is not None and _lists_sources(sheet) else ():
            listed += [fold(row[f].text) for f in ("energy", "facility") if f in row]
            process = process or (row["category"].text if "category" in row and "过程" in row["category"].text else "")
    for line in v.outline.of("sources", "boundary", "method", "data", zone="body"):
        for sentence in re.finditer(r"[^。]+", line.flat.text):
            named = _BY_PRODUCT.search(sentence[0]) if "忽略" in sentence[0] or "不予考虑" in sentence[0] else None
            if named is None or any(named["n"] in words or named["n"] in _NOTHING for words in listed):
                continue
            listed.append(named["n"])
            why = [c for c in re.split("[，,;]", sentence[0]) if re.search(r"未(?:进行)?统计|较?小|量较?少|忽略|不予考虑", c)]
            yield Listed("sources", {"category": Said(process or "工业生产过程", line.place), "energy": Said(named["n"], line.place),
                                     "excluded": Said("，".join(why), line.place)})


def _lists_sources(sheet: Sheet) -> bool:
    return sheet.listing is not None and sheet.listing.kind.name == "sources"
