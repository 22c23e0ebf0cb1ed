"""Factors named in running text (正文所述因子): value, unit and the source it is said to come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Factor, Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.sheets import unit_in, words
from tanhe.reading.understand.view import View

_NAME = r"(?P<n>[^，。;:()=《》]{0,24}?(?:排放因子|含碳量|发热量|碳?氧化率|焓值|GWP(?:\)?值)?|变暖潜势)(?:\([^()]{1,8}\))?(?:值)?)"
_VALUE = r"(?P<v>\d{1,9}(?:\.\d{1,9})?%?)(?P<u>tCO2e?/(?:MWh|GJ|t)|tC/(?:GJ|t|万Nm3)|GJ/(?:t|万Nm3)|[kK][jJ]/kg)?(?![\d.年])"
_SAYS = re.compile(_NAME + r"[^。;=\d《]{0,40}?(?:为|取值?|等于|采用|=|:)" + _VALUE + r"(?![×*\\])")
_AVERAGE = re.compile(r"(?P<n>(?:20\d\d年度?)?(?:全国|华北|东北|华东|华中|西北|南方)(?:区域)?电网(?:平均)?(?:CO2|二氧化碳)?排放因子)(?:为)?" + _VALUE)
_PRODUCT = re.compile(r"(?P<n>[\u4e00-\u9fff]{2,12}(?:\([A-Z_a-z]+\))?)=(?P<a>\d{1,9}\.\d{1,9})[×*](?P<b>\d{1,9}\.\d{1,9})=(?P<v>\d{1,9}\.\d{1,9})(?P<u>tC/t)?")
_CITED = re.compile(r"《[^《》]{4,60}》(?:中?的?缺省值|附录[^，。;]{0,10})?|IPCC第[一二三四五六]次评估报告|供应商提供的检测报告")


def factors_said(v: View) -> Iterator[Claim]:
    """Every factor with a value told in a sentence, and rows of factor tables ``名称 | 数值 | 说明``."""
    seen: set[tuple[str, int | None]] = set()
    for line in v.lines:
        text = line.flat.text
        if line.kind == "heading" or not re.search(r"\d", text) or "$$" in text:
            continue
        for pattern in (_AVERAGE, _PRODUCT, _SAYS):
            for match in pattern.finditer(text):
                name = re.sub(r"^(?:其中|因此|最终|根据|计算可得|n|.*[-—])", "", match["n"])
                if not re.match(r"[\u4e00-\u9fffA-Z]|20\d\d", name) or (match["v"], line.place.line) in seen:
                    continue
                seen.add((match["v"], line.place.line))
                yield Factor(Said(name, line.place), line.said(*match.span("v")), match["u"] or "", _cited(line, match.start()))
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            cells = [c for c in row if c is not None and words(c)]
            if len(cells) >= 2 and re.search(r"排放因子|含碳量|发热量|氧化率", words(cells[0])) and unit_in(cells[0].text) and \
                    re.fullmatch(r"\d+(\.\d+)?%?", words(cells[1])):
                said = Said(cells[2].text, cells[2].place) if len(cells) > 2 else None
                yield Factor(Said(re.sub(r"[（(][^（）()]*[)）]$", "", fold(cells[0].text)), cells[0].place),
                             Said(cells[1].text, cells[1].place), unit_in(cells[0].text), said)


def _cited(line: Line, at: int) -> Said | None:
    text = line.flat.text
    start = max(text.rfind("。", 0, at), 0)
    stop = text.find("。", at)
    for match in _CITED.finditer(text, start, stop if stop > 0 else len(text)):
        return line.said(*match.span())
    return None
