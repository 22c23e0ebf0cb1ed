"""Which sources a report says it has and has not (涉及与不涉及), and stock sentences without their negation (丢失的否定)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from tanhe.reading.claims import Listed
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.lexicon import data
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.view import View

_ENERGY = "|".join(sorted({*data("terms")["energy"].split(), "化石燃料"}, key=len, reverse=True))
_KIND = rf"(?:净?购入|外购)?的?(?:使用的?)?(?:{_ENERGY})|(?:工业)?(?:生产)?过程|碳酸盐|工业废水|废水厌氧"
_END = r"(?:的?(?:消费|消耗|使用|购入|燃烧|处理|厌氧处理)?(?:过程)?(?:产生的?|引起的?|隐含的?)?(?:二氧化碳|CO2|CH4|温室气体)?(?:直接|间接)?排放)?(?=[，。;、)]|和|及|$)"
_SEVERAL = rf"(?P<v>(?:{_KIND})(?:(?:、|和|及|与|或)(?:{_KIND}))*)"
_ABSENT = re.compile(rf"(?:不涉及|没有|不存在|不使用|未使用|不消耗|无(?!烟)){_SEVERAL}{_END}")
_PRESENT = re.compile(rf"(?<![不未无])涉及{_SEVERAL}{_END}")
_ONLY = re.compile(rf"(?:只|仅)(?:有|涉及|包括|包含|为|使用|消耗|消费)(?P<v>(?:{_KIND})(?:(?:、|和|及|与)(?:{_KIND}))*){_END}")
_LOCAL = re.compile("该部分|此处|本节|本部分|这里|此类|该项|该设备|该车间|该工序|食堂|宿舍|办公|外供|外售|缺省|因子")
_OF_ALL = re.compile("受核查方|厂内|厂区|本企业|该企业|企业(?:只|仅|不)")
_ONE_LINE = re.compile(r"[\u4e00-\u9fff]{0,8}有不符合项[。;]?")
"""What stands where the list would."""
_TOPICS = frozenset({"scope", "boundary", "sources", "energy-management", "basic", "conformity", "emission-claim", "uncovered", "other", "cover", "",
                     "chapter", "products", "data"})


def involved(v: View) -> Iterator[Listed]:
    """Claims about sources, and sentences that mean the contrary of what the genre says."""
    seen: set[tuple[str, str]] = set()
    for line in v.lines:
        if line.kind == "heading":
            continue
        text = line.flat.text
        if (line.topic in _TOPICS or _OF_ALL.search(text)) and ("涉及" in text or "没有" in text or "不" in text or "仅" in text or "只" in text or "无" in text):
            yield from _sources(line, text)
        if line.topic not in ("nc-list", "suggestions") or _ONE_LINE.fullmatch(text):
            yield from _stock(line, text, seen)


def _sources(line: Line, text: str) -> Iterator[Listed]:
    for about, pattern in (("claim.absent", _ABSENT), ("claim.present", _PRESENT), ("claim.only", _ONLY)):
        for match in pattern.finditer(text):
            clause = re.split("[，。;]", text[max(0, match.start() - 40):match.start()])[-1]
            if not _LOCAL.search(clause + match[0]) and (line.topic in _TOPICS or _OF_ALL.search(clause)):
                yield statement(about, line.said(*match.span("v")), line.where, text=clause + match[0])


@lru_cache(maxsize=1)
def _lost() -> tuple[re.Pattern[str], ...]:
    content = files("tanhe.checks.consistency").joinpath("stock_sentences.csv").read_text("utf-8")
    return tuple(re.compile(row["pattern"]) for row in csv.DictReader(io.StringIO(content)))


def _stock(line: Line, text: str, seen: set[tuple[str, str]]) -> Iterator[Listed]:
    for part in re.split("(?<=[。;])", text) if any(word in text for word in ("存在", "未覆盖", "符合", "偏", "备案", "涉及", "核对", "缺失", "关闭", "通过", "有分", "有其", "有自发", "有外", "有转", "有新增", "升至", "降至", "同向")) else ():
        for pattern in _lost():
            if (match := pattern.search(part)) and (key := (match[0], line.where)) not in seen:
                seen.add(key)
                at = text.find(part) + match.start()
                yield statement("stock", line.said(at, at + len(match[0])), line.where, text=part.strip("。;")[:120])
