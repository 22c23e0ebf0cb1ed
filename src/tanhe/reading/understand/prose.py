"""What the running text tells (正文): process, boundary, energy management, method, quality, conclusions, factors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Fact, Listed, Said
from tanhe.reading.understand.factors_said import factors_said
from tanhe.reading.understand.flat import fold, unmarked, unstopped
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.process import processes
from tanhe.reading.understand.view import View, masked

_CONCLUSIONS = (("conformity", "conformity"), ("fluctuation", "fluctuation"), ("uncovered", "uncovered"))
_TOTALS = re.compile(r"(?:^|[；;。])[^；;。]{0,8}(?:(?:填报|报告)总量(?:为|与)[^；;。]*(?:一致|相差)[^；;。]*|没有填报的排放量[^；;。]*不能[^；;。]*比较)[。；;]?$")
_SUPPLEMENTARY = re.compile(r"补充数据[^。]{0,120}(真实|可靠|符合|不涉及|核查)|不在.{0,10}填写《?补充数据表》?")
_BOUNDARY = (
    (("boundary", "branches"), r"[^。，;]{0,80}(?:不存在|没有|无)(?:其[他它])?(?:分公司|子公司|分支机构|下属)[^。;]{0,120}"),
    (("boundary", "changes"), r"[^。;]{0,120}(?:与上(?:一)?年度?[^。;]{0,10}(?:一致|相同|不变)|不涉及[^。;]{0,60}变化|边界[^。;]{0,8}(?:变化|变更|调整)[^。;]{0,60})[^。;]{0,10}"),
)
_SAME = re.compile(r"一致|相同|不变|不涉及|没有|无|未")
_CHANGED = re.compile(r"与[^，。;]{0,4}(?:上|20\d\d)(?:一)?年度?相比,?，?[^，。;]{0,6}边界(?:没有|无|未|有|发生)[^，。;]{0,4}变化。?")
_LABELS = (("sites", re.compile(r"[^:。，]{0,10}(?:场所|厂址|厂区位置|地理位置|地理边界):")), ("branches", re.compile(r"(?:下属)?(?:分支机构|分公司)[^:。，]{0,6}:")),
           ("changes", re.compile(r"(?:核算)?边界(?:的)?(?:变化|变更)[^:。，]{0,6}:")))
_INTRO = re.compile(r"(?:如下|见下表|下表|如下表所示)[:。]?$|:$")
_SITE = re.compile(r"(?:位于|地理边界为|坐落于|厂址为|地址为)(?P<v>[\u4e00-\u9fff][^。;()]{5,50}?)(?=[。;]|，(?:涵盖|包括|厂区内|厂内|核查|主要)|的(?=[\u4e00-\u9fff]{4,})|$)")
_DESCRIPTION = re.compile(r"以?独立法人|核查边界为|核算边界为|边界包括|生产厂区|法人边界")
_METHOD = re.compile(r"不涉及|忽略|一致|没有偏离|无任何偏离|不计|首次|采用")
_ANNOUNCED = re.compile(r"(?:核算|计算)方法[^。]{0,10}说明(?:如下)?[:。]?$")
_ITEM = re.compile(r"^\s*(?:[-•●]|[(（]\d{1,2}[)）]|\d{1,2}[)）、.](?!\d)|[①-⑳])")
_NOT_METHOD = re.compile(r"^\$|单位为|^[A-Za-z_{}\\$]+|^其中|^式中|^[（(]\d")


def claims(document: Document) -> Iterable[Claim]:
    """Texts and the facts found in them."""
    return masked(_prose, document)


def _prose(v: View) -> Iterator[Claim]:
    yield from processes(v)
    yield from _boundary(v)
    yield from _whole(v, ("energy-management",), ("energy_management",))
    yield from _plan(v)
    yield from _method_notes(v)
    yield from _conclusions(v)
    yield from factors_said(v)


def _whole(v: View, topics: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Claim]:
    lines = [x for x in v.outline.of(*topics, zone="body") if x.kind == "paragraph" and len(fold(x.text)) > 10]
    if lines:
        yield Fact(path, Said(unstopped("\n".join(x.text for x in lines[:8])), lines[0].place))


def _method_notes(v: View) -> Iterator[Claim]:
    """What is remarked on the method: the list that a sentence announces, else the sentences that say something of it."""
    lines = [x for x in v.outline.of("method", zone="body") if x.kind == "paragraph"]
    start = next((n for n, x in enumerate(lines) if _ANNOUNCED.search(x.flat.text)), None)
    if start is not None and (told := lines[start + 1:]):
        items = [x for x in told if _ITEM.match(x.text)] or told[:1]
        for line in items:
            yield Listed("method_notes", {"text": Said(unstopped(unmarked(line.text)), line.place)})
        return
    for line in lines:
        bare = unmarked(line.text)
        if _METHOD.search(bare) and not _NOT_METHOD.search(bare) and len(fold(bare)) > 8 and "$$" not in bare:
            yield Listed("method_notes", {"text": Said(unstopped(bare), line.place)})


def _boundary(v: View) -> Iterator[Claim]:
    lines = [x for x in v.outline.of("boundary", "sources", zone="body") if x.kind == "paragraph"]
    labelled = {name: said for line in lines for name, said in _labelled(line)}
    if "changed" not in labelled and (flag := next((x for x in lines if _CHANGED.fullmatch(x.flat.text)), None)):
        labelled["changed"] = flag.whole
    own = [x for x in lines if x.topic == "boundary" and not any(_labelled(x)) and not _CHANGED.fullmatch(x.flat.text)]
    text = [x for x in lines if _DESCRIPTION.search(x.flat.text) and not any(_labelled(x)) and not _ITEM.match(x.text)]
    text = text or [x for x in own if len(x.text) > (4 if labelled else 12) and not _ITEM.match(x.text) and not _INTRO.search(x.flat.text)]
    if text and not labelled:
        yield Fact(("boundary", "description"), Said(unstopped(text[0].text), text[0].place))
    if labelled:
        first = next(n for n, x in enumerate(lines) if any(_labelled(x)) or _CHANGED.fullmatch(x.flat.text))
        text = [x for x in text if x in lines[:first]]
        if text:
            yield Fact(("boundary", "description"), Said(unstopped(text[0].text), text[0].place))
        yield from _boundary_told(labelled, [x for x in own if x not in text[:1]])
        return
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
            same = _SAME.search(match[0]) is not None
            yield Fact(("boundary", "changed"), Said("否" if same else "是", line.place))
    told = [x for x in v.outline.of("boundary", "sources", "energy-management", "method", zone="body")
            if re.search(r"忽略不计|可以忽略|未统计|未进行统计|不涉及现场抽样", x.flat.text)]
    for n, line in enumerate(told):
        yield Fact(("boundary", "notes", str(n)), line.whole)


def _labelled(line: Line) -> Iterator[tuple[str, Said]]:
    """A paragraph that begins with its label: 场所：…, 分支机构：…, 边界变化：…"""
    for name, pattern in _LABELS:
        match = pattern.match(line.flat.text)
        if match:
            yield name, line.said(match.end(), len(line.flat.text))


def _boundary_told(labelled: dict[str, Said], others: list[Line]) -> Iterator[Claim]:
    """The boundary told in labelled paragraphs; what else stands there are notes."""
    if "sites" in labelled:
        said = labelled["sites"]
        for n, site in enumerate(s for s in unstopped(said.text).split("、") if s.strip()):
            yield Fact(("boundary", "sites", str(n)), Said(site.strip(), said.place))
    for name in ("branches", "changes"):
        if name in labelled:
            yield Fact(("boundary", name), Said(unstopped(labelled[name].text), labelled[name].place))
    stated = labelled.get("changed") or labelled.get("changes")
    if stated is not None:
        yield Fact(("boundary", "changed"), Said("否" if _SAME.search(stated.text) else "是", stated.place))
    for n, line in enumerate(x for x in others if len(x.text) > 4 and not _INTRO.search(x.flat.text)):
        yield Fact(("boundary", "notes", str(n)), Said(unstopped(unmarked(line.text)), line.place))


def _plan(v: View) -> Iterator[Claim]:
    own = [x for x in v.outline.of("plan", zone="body") if x.kind == "paragraph"]
    if own:
        yield Fact(("monitoring_plan",), Said(unstopped("\n".join(x.text for x in own)), own[0].place))
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
            yield Fact(("conclusions", field), Said(unstopped("".join(x.text for x in lines[:6])), lines[0].place))
    pair = v.pair("conclusions.difference")
    if pair is not None and (words := unstopped(_without_figures(pair.value.text))) not in ("", "/", "-"):
        yield Fact(("conclusions", "difference"), Said(words, pair.value.place))
    yield from _supplementary(v)


def _without_figures(words: str) -> str:
    """The reason of a difference without the clauses that only set the two totals side by side."""
    while (shorter := _TOTALS.sub("", words)) != words:
        words = shorter
    return words


def _supplementary(v: View) -> Iterator[Claim]:
    for line in v.outline.of("supplementary-claim", "supplementary"):
        if line.kind == "paragraph" and line.zone == "body" and _SUPPLEMENTARY.search(line.flat.text) and \
                re.search("综上|不涉及|无需", line.flat.text):
            yield Fact(("conclusions", "supplementary"), Said(unstopped(line.text), line.place))
            return
    for line in v.outline.of("supplementary-claim", zone="body"):
        if line.kind == "paragraph" and "补充" in line.text and not re.search(r"\d(?:tCO2|吨)|不完整", line.flat.text) and \
                not _INTRO.search(line.flat.text):
            yield Fact(("conclusions", "supplementary"), Said(unstopped(line.text), line.place))
            return


def _told(line: Line) -> bool:
    return line.kind in ("paragraph", "cell") and (len(fold(line.text)) > 4 or fold(line.text) in ("无", "无。")) and not re.search(r"签名|目录", line.text)
