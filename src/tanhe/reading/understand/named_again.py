"""Names and numbers that running text repeats (正文重复的名称与编号): client, body, versions, street numbers, codes, document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_NAME = r"[^，。;、:()（）《》受]{3,40}?(?:公司|集团|厂|研究院|院|所|中心|协会|厅|局|委员会)"
_CLIENT = re.compile(rf"受(?P<v>{_NAME})(?:\([^()]*\))?的?委托")
_BODY = re.compile(rf"(?:^|[，。;])(?P<v>{_NAME})(?:\([^()]*\))?(?=的核查(?:小)?组|(?:根据|依据|按照)《[^》]*》[^，。;]{{0,12}}，?对|对[^，。;]{{4,60}}(?:进行|实施|开展)了?(?:独立)?(?:的)?核查)")
_FIRM = re.compile("公司|院|所|中心|协会")
_VERSION = re.compile(r"(?P<w>初始|最终)(?:排放)?(?:报告)?(?:的)?(?:版本?)?(?:号)?[:为(]?(?:\(|V|第)?(?:V|v)?(?P<v>\d{1,2}(?:\.\d{1,2})?)(?:版)?(?![\d年.])")
_STREET = re.compile(r"(?P<s>[\u4e00-\u9fff]{1,6}(?:路|街|大道|大街|巷))(?P<p>[东西南北中]?段?)(?P<v>\d{1,5})号")
_CODE = re.compile(r"(?:所属|行业(?:代码|分类)?)[^，。;]{0,16}?(?<![A-Za-z\d.])C?(?P<v>\d{4})(?![\d.年])")
_STANDARD = re.compile(r"(?<![A-Za-z])(?P<t>(?:GB|DL|JJG|JJF|HJ|NB|SH|YB|JB|HG|DB\d{2}|RB|CJ)(?:/[TZ])?)(?P<n>\d{1,6}(?:\.\d{1,2})?)[-—–](?P<y>(?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"(?P<t>[^，。;:《》]{4,50}(?:指南|通则|办法|导则)[^，。;:《》\d]{0,8})》?[，(（]{0,2}(?P<v>[\u4e00-\u9fff]{2,8}〔20\d\d〕\d{1,5}号)")


def named_again(v: View) -> Iterator[Listed]:
    """What text and cells call the client, the body, the versions of the report, the address and the guideline."""
    done: set[tuple[str, str, str]] = set()
    for claim in (*_names(v), *_versions(v), *_streets(v), *_codes(v), *_numbers(v)):
        key = (claim.fields["about"].text, claim.fields["value"].text, claim.fields["where"].text)
        if key not in done:
            done.add(key)
            yield claim


def _names(v: View) -> Iterator[Listed]:
    for line in v.lines:
        if line.kind == "heading" or ("公司" not in line.text and "委托" not in line.text):
            continue
        for about, pattern in (("client.name", _CLIENT), ("body.name", _BODY)):
            for match in pattern.finditer(line.flat.text):
                if about != "body.name" or _FIRM.search(match["v"]):
                    yield statement(about, line.said(*match.span("v")), line.where)


def _texts(v: View, *signs: str) -> Iterator[tuple[Said, str]]:
    """Paragraphs and cells that hold one of these signs."""
    for line in v.lines:
        if line.kind == "paragraph" and any(s in line.text for s in signs):
            yield line.whole, line.where
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if isinstance(cell, Cell) and any(s in cell.text for s in signs):
                    yield Said(cell.text, cell.place), sheet.where


def _versions(v: View) -> Iterator[Listed]:
    for name, about in (("report.initial", "version.initial"), ("report.final", "version.final")):
        pair = v.pair(name)
        match = re.match(r"(?:V|第)?(\d{1,2}(?:\.\d{1,2})?)(?![\d年])", fold(pair.value.text), re.I) if pair is not None else None
        if pair is not None and match:
            yield statement(about, Said(match[1], pair.value.place), pair.where)
    for said, where in _texts(v, "初始", "最终"):
        for match in _VERSION.finditer(fold(said.text)):
            if re.search("V|v|版", match[0]):
                yield statement(f"version.{'initial' if match['w'] == '初始' else 'final'}", Said(match["v"], said.place), where)


def _streets(v: View) -> Iterator[Listed]:
    """Numbers of houses: ``917`` of ``示范路``."""
    for said, where in _texts(v, "路", "街", "道", "巷"):
        for match in _STREET.finditer(fold(said.text)):
            yield statement("street", Said(match["v"], said.place), where, text=match["s"] + match["p"])


def _codes(v: View) -> Iterator[Listed]:
    """Codes of the industry in sentences, and in the column 行业代码 of the summary form."""
    for line in v.lines:
        if line.kind != "heading" and "行业" in line.text and line.topic != "criteria":
            for match in _CODE.finditer(line.flat.text):
                yield statement("entity.industry_code", line.said(*match.span("v")), line.where)
    for sheet in v.outline.sheets:
        for r, row in enumerate(sheet.grid[:3]):
            at = next((n for n, c in enumerate(row) if words(c) == "行业代码"), None)
            for below in sheet.grid[r + 1:] if at is not None and len(row) > 4 else ():
                cell = below[at] if at is not None and at < len(below) else None
                if cell is not None and re.fullmatch(r"[A-Z]?\d{4}", words(cell)):
                    yield statement("entity.industry_code", Said(cell.text.strip(), cell.place), sheet.where)


def _numbers(v: View) -> Iterator[Listed]:
    """Document numbers after a title that stands without its marks: ``…指南（试行），发改办气候〔2015〕1722号``."""
    for said, where in _texts(v, "〔"):
        for match in _NUMBER.finditer(fold(said.text)):
            yield statement("document-number", Said(match["v"], said.place), where, text=match["t"])
    for said, where in _texts(v, "GB", "DL", "JJ", "HJ", "NB", "SH", "YB", "JB", "HG", "DB", "RB", "CJ"):
        for match in _STANDARD.finditer(fold(said.text)):
            yield statement("standard", Said(match["y"], said.place), where, text=f"{match['t']}{match['n']}")
