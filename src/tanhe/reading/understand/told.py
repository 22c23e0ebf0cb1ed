"""Quantities, shares, growth and counts that prose tells (文字所述的数量): each with the words before it, for comparison with tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import Flat
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.view import View

_NUMBER = r"(?<![\d.A-Za-z第-])(?P<v>\d[\d,]{0,15}(?:\.\d{1,10})?)"
_UNIT = (r"(?P<u>tCO2e?/(?:MWh|GJ|t)|kgCO2e?/kWh|GJ/(?:万Nm3|万m3|t|吨)|tC/(?:万Nm3|GJ|TJ|t)|[kM]J/kg|tCO2e?|万?吨(?:二氧化碳|CO2e?)(?:当量)?"
         r"|万?kWh|MWh|万千瓦时|千瓦时|兆瓦时|GJ|TJ|吉焦|万Nm3|Nm3|万m3|万?标?立方米|万吨|吨|kg|t|%)(?![A-Za-z/0-9])")
_AMOUNT = re.compile(_NUMBER + _UNIT)
_SYMBOL = re.compile(r"(?<![A-Za-z])(?:AD|FC|NCV|CC|EF|OF)=" + _NUMBER[len(r"(?<![\d.A-Za-z第-])"):] + _UNIT)
_FIGURE = r"\d[\d,]{0,15}(?:\.\d{1,10})?"
_GAP = re.compile(rf"(?P<a>{_FIGURE})(?P<u>[A-Za-z0-9\u4e00-\u9fff]{{1,8}})，[^。;\d]{{0,24}}(?P<b>{_FIGURE})(?P=u)，(?:两者|二者)?相?差(?:额|值|异)?[^。;\d]{{0,4}}(?P<v>{_FIGURE})(?P=u)")
_RISE = re.compile(rf"由(?P<a>{_FIGURE})[^，。;\d]{{0,12}}?(?P<d>升|增|降|减|提高|下降|上升|增加|减少|增长)[^，。;\d]{{0,3}}[至到为](?P<b>{_FIGURE})[^，。;\d]{{0,8}}，"
                   rf"[^，。;\d]{{0,8}}?(?P<w>上升|增长|增加|下降|减少|降低|提高)(?:了|约|为)*(?P<v>{_FIGURE})%")
_TERMS = re.compile(rf"{_FIGURE}(?:t|吨|MWh|kWh|GJ|m3|Nm3|万Nm3|kg|台|件)?(?:[^。;，\d]{{0,1}}(?:加上?|减去?)[^。;，\d]{{0,16}}{_FIGURE}(?:t|吨|MWh|kWh|GJ|m3|Nm3|万Nm3|kg|台|件)?){{1,5}}")
_SUBJECT = re.compile("电|热|蒸汽|煤|焦|油|气|排放|因子|氧化率|产品|消耗|量|库存")
_SHARE = re.compile(r"占(?P<of>[^，。;\d]{0,16}?)(?:约|为|达到?|:)*(?P<v>\d{1,3}(?:\.\d{1,6})?)%")
_GROWTH = re.compile(r"(?:(?:较|比|与)(?:上年|上一年|去年|20\d\d年)度?(?:同期)?(?:相比)?|同比)[^，。;\d]{0,12}?(?P<d>增长|增加|上升|提高|下降|减少|降低|下滑)"
                     r"(?:了|约|达到?|为)*(?P<v>\d{1,4}(?:\.\d{1,6})?)%")
_MANY = r"(?P<v>\d{1,4}|[一二两三四五六七八九十]{1,2})"
_COUNTS = (
    ("team", re.compile(rf"核查组由{_MANY}(?:名|人|位)[^，。;]{{0,10}}组成")),
    ("documents", re.compile(rf"(?:支持性(?:文件|材料)|证据(?:文件|材料))[^。;]{{0,12}}共(?:计|有)?{_MANY}(?:份|项|个)")),
    ("meters", re.compile(rf"(?:计量(?:器具|设备)|电能?表)[^，。;]{{0,6}}(?:共|合)计?有?{_MANY}(?:台|块|只|套|个)")),
    ("device", re.compile(rf"{_MANY}(?:台套?|套|辆|座)(?P<n>[\u4e00-\u9fff]{{2,8}})")),
)
_NO_TOPICS = frozenset({"method", "criteria", "process", "documents", "suggestions", "team", "schedule"})
_DEVICES = frozenset({"equipment", "basic", "energy-management", "products", "boundary", "sources"})
_PARTLY = re.compile("其中|备用|新增|每|另|停用|拆除|报废|计划|拟")
LONGEST, LEAST = 70, 16
"""Characters before a figure that are kept as its subject."""


def told(v: View) -> Iterator[Listed]:
    """Every figure of prose that some table may hold."""
    for line in v.lines:
        text = line.flat.text
        if line.kind == "heading" or not re.search(r"\d|[一二两三四五六七八九十]", text):
            continue
        if line.topic not in _NO_TOPICS:
            yield from _amounts(line)
            yield from _shares(line)
        if line.kind == "paragraph" and line.topic != "process":
            yield from _counts(line)
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if cell is not None and len(cell.text) > LEAST and re.search("=|加|减", cell.text):
                    yield from _in_cell(Flat(cell.text), Said(cell.text, cell.place), sheet.where)


def _in_cell(flat: Flat, said: Said, where: str) -> Iterator[Listed]:
    """Values told by their symbols, and sums told in words, in the explanations of tables."""
    for match in _SYMBOL.finditer(flat.text):
        yield statement("told.symbol", Said(match["v"], said.place), where, match["u"], flat.text[max(0, match.start() - 24):match.end()])
    for match in _TERMS.finditer(flat.text):
        yield statement("told.sum", Said(flat.printed(*match.span()), said.place), where)


def _before(text: str, at: int) -> str:
    """The words of the sentence before a figure."""
    start = max(text.rfind(mark, 0, at) for mark in "。;") + 1
    return text[max(start, at - LONGEST):at]


def _amounts(line: Line) -> Iterator[Listed]:
    text = line.flat.text
    for match in _AMOUNT.finditer(text):
        before = _before(text, match.start())
        if _SUBJECT.search(before):
            yield statement("told.amount", line.said(*match.span("v")), line.where, match["u"], before)
    for match in _GAP.finditer(text):
        yield statement("told.gap", line.said(*match.span("v")), line.where, match["u"], f"{match['a']},{match['b']}")


def _shares(line: Line) -> Iterator[Listed]:
    text = line.flat.text
    if "%" not in text:
        return
    for match in _SHARE.finditer(text):
        if "排放" in (before := _before(text, match.start()) + match["of"]):
            yield statement("told.share", line.said(*match.span("v")), line.where, "%", before)
    for match in _RISE.finditer(text):
        yield statement("told.rise", line.said(*match.span("v")), line.where, "%", f"{match['a']},{match['b']},{match['w']}")
    for match in _GROWTH.finditer(text):
        yield statement("told.growth", line.said(*match.span("v")), line.where, "%", _before(text, match.start("v")))


def _counts(line: Line) -> Iterator[Listed]:
    text = line.flat.text
    for what, pattern in _COUNTS:
        for match in pattern.finditer(text):
            name = match["n"] if "n" in pattern.groupindex else ""
            if name and (line.topic not in _DEVICES or _PARTLY.search(text[max(0, match.start() - 12):match.end()])):
                continue
            yield statement(f"told.count.{what}", line.said(*match.span("v")), line.where, text=name)
