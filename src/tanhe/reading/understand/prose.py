"""What the running text tells (正文): process, boundary, energy management, method, quality, conclusions, factors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Fact, Listed, Said
from tanhe.reading.understand.factors_said import factors_said
from tanhe.reading.understand.flat import fold, unmarked
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.process import processes
from tanhe.reading.understand.view import View, masked

_CONCLUSIONS = (("conformity", "conformity"), ("fluctuation", "fluctuation"), ("uncovered", "uncovered"))
_SUPPLEMENTARY = re.compile(r"补充数据[^。]{0,120}(真实|可靠|符合|不涉及|核查)|不在.{0,10}填写《?补充数据表》?")
_BOUNDARY = (
    (("boundary", "branches"), r"[^。，;]{0,80}(?:不存在|没有|无)(?:其[他它])?(?:分公司|子公司|分支机构|下属)[^。;]{0,120}"),
    (("boundary", "changes"), r"[^。;]{0,120}(?:与上(?:一)?年度?[^。;]{0,10}(?:一致|相同|不变)|不涉及[^。;]{0,60}变化|边界[^。;]{0,8}(?:变化|变更|调整)[^。;]{0,60})[^。;]{0,10}"),
)
_SITE = re.compile(r"(?:位于|地理边界为|坐落于|厂址为|地址为)(?P<v>[\u4e00-\u9fff][^。;()]{5,50}?)(?=[。;]|，(?:涵盖|包括|厂区内|厂内|核查|主要)|的(?=[\u4e00-\u9fff]{4,})|$)")
_DESCRIPTION = re.compile(r"以?独立法人|核查边界为|核算边界为|边界包括|生产厂区|法人边界")
_METHOD = re.compile(r"不涉及|忽略|一致|没有偏离|无任何偏离|不计|首次|采用")
_NOT_METHOD = re.compile(r"^\$|单位为|^[A-Za-z_{}\\$]+|^其中|^式中|^[（(]\d")


def claims(document: Document) -> Iterable[Claim]:
    """Texts and the facts found in them."""
    return masked(_prose, document)


def _prose(v: View) -> Iterator[Claim]:
    yield from processes(v)
    yield from _boundary(v)
    yield from _whole(v, ("energy-management",), ("energy_management",))
    yield from _plan(v)
    for line in v.outline.of("method", zone="body"):
        bare = unmarked(line.text)
        if line.kind == "paragraph" and _METHOD.search(bare) and not _NOT_METHOD.search(bare) and len(fold(bare)) > 8 and "$$" not in bare:
            yield Listed("method_notes", {"text": Said(bare, line.place)})
    yield from _conclusions(v)
    yield from factors_said(v)


def _whole(v: View, topics: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Claim]:
    lines = [x for x in v.outline.of(*topics, zone="body") if x.kind == "paragraph" and len(fold(x.text)) > 10]
    if lines:
        yield Fact(path, Said("\n".join(x.text for x in lines[:8]), lines[0].place))


def _boundary(v: View) -> Iterator[Claim]:
    lines = [x for x in v.outline.of("boundary", "sources", zone="body") if x.kind == "paragraph"]
    text = [x for x in lines if _DESCRIPTION.search(x.flat.text)]
    if text:
        yield Fact(("boundary", "description"), text[0].whole)
    sites: dict[str, Said] = {}
    for line in [*lines, *v.outline.of("scope")]:
        for match in _SITE.finditer(line.flat.text):
            site = line.said(*match.span("v"))
            if re.search(r"[省市县区镇路街号]", site.text) and not any(fold(site.text) in s or s in fold(site.text) for s in sites):
                sites[fold(site.text)] = site
    for n, site in enumerate(sites.values()):
        yield Fact(("boundary", "sites", str(n)), site)
    for path, pattern in _BOUNDARY:
        found = next(((x, m) for x in lines if (m := re.search(pattern, x.flat.text))), None)
        if found is None:
            continue
        line, match = found
        yield Fact(path, line.said(*match.span()))
        if path[1] == "changes":
            same = re.search(r"一致|相同|不变|不涉及|没有|无|未", match[0]) is not None
            yield Fact(("boundary", "changed"), Said("否" if same else "是", line.place))
    told = [x for x in v.outline.of("boundary", "sources", "energy-management", "method", zone="body")
            if re.search(r"忽略不计|可以忽略|未统计|未进行统计|不涉及现场抽样", x.flat.text)]
    for n, line in enumerate(told):
        yield Fact(("boundary", "notes", str(n)), line.whole)


def _plan(v: View) -> Iterator[Claim]:
    own = [x for x in v.outline.of("plan", zone="body") if x.kind == "paragraph"]
    if own:
        yield Fact(("monitoring_plan",), Said("\n".join(x.text for x in own), own[0].place))
        return
    for line in v.outline.of("conformity"):
        match = re.search(r"[^。;]{0,120}监测计划[^。;]{0,60}(?:备案|未)[^。;]{0,120}(?:。[^。;]{0,120}监测计划[^。;]{0,120})?", line.flat.text)
        if match:
            yield Fact(("monitoring_plan",), line.said(*match.span()))
            return


def _conclusions(v: View) -> Iterator[Claim]:
    for topic, field in _CONCLUSIONS:
        lines = [x for x in v.outline.of(topic, zone="body") if _told(x)] or [x for x in v.outline.of(topic, zone="cover") if _told(x)]
        if lines:
            yield Fact(("conclusions", field), Said("".join(x.text for x in lines[:6]), lines[0].place))
    pair = v.pair("conclusions.difference")
    if pair is not None and fold(pair.value.text) not in ("/", "-"):
        yield Fact(("conclusions", "difference"), pair.value)
    for line in v.outline.of("supplementary-claim", "supplementary"):
        if line.kind == "paragraph" and line.zone == "body" and _SUPPLEMENTARY.search(line.flat.text) and \
                re.search("综上|不涉及|无需", line.flat.text):
            yield Fact(("conclusions", "supplementary"), line.whole)
            return


def _told(line: Line) -> bool:
    return line.kind in ("paragraph", "cell") and len(fold(line.text)) > 4 and not re.search(r"签名|目录", line.text)
