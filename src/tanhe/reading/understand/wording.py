"""Captions, lead-ins, units, names of documents and the total's formula as printed (标题、单位、文件名称与总量公式)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.messages import TanheError
from tanhe.quantity.units import unit
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import data
from tanhe.reading.understand.meters_told import meters_told
from tanhe.reading.understand.sheets import Grid, unit_in, words
from tanhe.reading.understand.view import View

_QUANTITIES = (("含碳量", r"含碳量"), ("发热量", r"发热[量值]|热值"), ("消耗量", r"消耗量|用量"), ("产量", r"产量"), ("氧化率", r"氧化率"),
               ("电量", r"电力|电量"), ("热力", r"热力|蒸汽"))
_SOURCES = (("化石燃料燃烧", r"化石燃料(?:燃料)*燃烧"), ("净购入电力", r"净?购入(?:使用)?的?电力"), ("工业生产过程", r"工业生产过程|过程排放"))
_LEAD = re.compile(r"(?P<w>[^，。]{2,30}?排放)采用《?核算指南》?[^，。]{0,8}核算方法")
_QUOTED = re.compile(r"《[^《》]{0,80}因子》(?:[^，。;]{0,40}?因子)?")
_TITLE = re.compile(r"[^，。;《》]{0,20}(?:全国|华北|东北|华东|华中|西北|南方|国家|省级?)[^，。;]{0,16}(?:电网)?[^，。;]{0,12}排放因子")
_LATEX = re.compile(r"\\(?:text|mathrm|mathit|rm|mathbf)\s*\{([^{}]{0,60})\}")
_SIGN = re.compile(r"[+＋−×]")
"""A sign at which a formula was broken into two lines."""

_LEFT = re.compile(r"^\$*E(?:_\{?(?:GHG|总|CO_?2|温室气体)?\}?|GHG|总)?$")
_ODD_UNIT = re.compile(r"(?<![A-Za-z“])(?:(?P<turned>t?COe2)|(?P<unit>MWh|kWh|GJ|TJ|tCO2e?)[A-DF-Za-df-z](?![A-Za-z]))(?!q)")
_MAY_BE_UNIT = re.compile(r"Wh\s?[A-Za-z]|GJ\s?[A-Za-z]|TJ\s?[A-Za-z]|C\s?O\s?e|O\s?[2₂]\s?e?\s?[A-Za-z]")
_LIST = re.compile(r"(设备|器具|仪表)(清单|一览表|台账)$")


def wording(v: View) -> Iterator[Listed]:
    """What the wording rules look at."""
    yield from _captions(v)
    yield from _leads(v)
    yield from _units(v)
    yield from _counted(v)
    yield from _spelled(v)
    yield from _titles(v)
    yield from _formula(v)
    yield from _missing(v)


def _told(text: str) -> list[str]:
    return [name for name, pattern in _QUANTITIES if re.search(pattern, text)]


def _captions(v: View) -> Iterator[Listed]:
    for sheet in v.outline.sheets:
        if not sheet.caption or not any(re.fullmatch("月份|时间", words(row[0])) for row in sheet.grid[:2] if row):
            continue
        heads = " ".join(words(c) for row in sheet.grid[:2] for c in row)
        wanted, shown = _told(fold(sheet.caption)), _told(heads)
        if wanted and shown and not set(wanted) & set(shown):
            place = sheet.table.place
            yield statement("caption", Said(sheet.caption, place), sheet.where, text="、".join(shown))


def _leads(v: View) -> Iterator[Listed]:
    title = ""
    for line in v.lines:
        if line.kind == "heading":
            title = line.flat.text
            continue
        match = _LEAD.search(line.flat.text) if line.topic in ("method", "") else None
        if match and title:
            said = [n for n, p in _SOURCES if re.search(p, match["w"])]
            own = [n for n, p in _SOURCES if re.search(p, title)]
            if said and own and not set(said) & set(own):
                words_ = line.said(*match.span("w"))
                yield statement("caption", Said(words_.text.removeprefix("受核查方"), words_.place), line.where, text=own[0])
    titles, positions = v.outline.titles, {s.position for s in v.outline.sheets}
    for n, head in enumerate(titles):
        stop = titles[n + 1].position if n + 1 < len(titles) else len(v.outline.document.blocks)
        if _LIST.search(fold(head.text)) and head.topic != "documents" and not any(head.position < p < stop for p in positions):
            yield statement("caption", Said(head.text, head.place), f"{head.number} {head.text}".strip(), text="没有清单")


@lru_cache(maxsize=512)
def _known(spelled: str) -> bool:
    try:
        unit(spelled)
    except TanheError:
        return False
    return True


def _units(v: View) -> Iterator[Listed]:
    done: set[str] = set()
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                spelled = unit_in(cell.text) if cell is not None and len(cell.text) < 40 else ""
                odd = re.match(r"(MWh|kWh|GJ|TJ|MJ|tCO2e?|tce|Nm3|kg)[A-Za-z]+$", spelled) or re.match(r"万?(t)COe2$", spelled)
                if cell is not None and odd and spelled not in done and not _known(spelled):
                    done.add(spelled)
                    yield statement("unit", Said(spelled, cell.place), f"{sheet.where} {fold(cell.text)[:20]}", text="tCO2e" if odd[1] == "t" else odd[1])


def _counted(v: View) -> Iterator[Listed]:
    """Output in tonnes in a table whose capacities are in pieces: 产能 48 万台 beside 产量（吨）."""
    for sheet in v.outline.sheets:
        for r, row in enumerate(sheet.grid[:4]):
            heads = {n: words(c) for n, c in enumerate(row) if c is not None}
            made = next((n for n, w in heads.items() if re.match("年?产量", w) and unit_in(w) in ("吨", "t", "万吨")), None)
            able = next((n for n, w in heads.items() if re.match("年?(?:设计)?产能", w)), None)
            if made is None or able is None:
                continue
            told = [m[1] for below in sheet.grid[r + 1:] if able < len(below) and (m := re.search(r"\d万?(台|套|件|只|辆)", words(below[able])))]
            cell = row[made]
            if told and cell is not None:
                yield statement("unit", Said(unit_in(cell.text), cell.place), f"{sheet.where} {fold(cell.text)[:12]}一列", text=told[0])


def _spelled(v: View) -> Iterator[Listed]:
    """Units with a letter too many or letters exchanged, in text and in cells: ``MWhJ``, ``tCOe2``."""
    done: set[tuple[str, str]] = set()
    for said, where in _printed(v):
        for match in _ODD_UNIT.finditer(said.text.replace("₂", "2")):
            right = "tCO2e" if match["turned"] else match["unit"]
            if (match[0], where) not in done and (match["turned"] or not _known(match[0])):
                done.add((match[0], where))
                yield statement("unit", Said(match[0], said.place), f"{where} {match[0]}", text=right)


def _printed(v: View) -> Iterator[tuple[Said, str]]:
    for line in v.lines:
        if line.kind != "cell" and _MAY_BE_UNIT.search(line.text):
            yield line.whole, line.where
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if cell is not None and _MAY_BE_UNIT.search(cell.text) and not (len(cell.text) < 40 and unit_in(cell.text)):
                    yield Said(cell.text, cell.place), sheet.where


def _titles(v: View) -> Iterator[Listed]:
    for sheet in v.outline.sheets:
        for r, row in enumerate(sheet.grid):
            filled = [c for c in row if c is not None and words(c)]
            if len(filled) >= 2 and re.search("数据来源", words(filled[0])) and "电网" in words(filled[1]):
                told = words(filled[1]) + _goes_on(sheet.grid[r + 1:r + 2])
                match = _QUOTED.search(told) or _TITLE.search(told)
                if match:
                    title = re.sub(r"^.*(?:公布的?|发布的?)(?=《|20\d\d|全国)", "", match[0])
                    yield statement("electricity-factor-title", Said(title, filled[1].place), sheet.where)


def _goes_on(below: Grid) -> str:
    """The words of the row below when it has no label of its own."""
    row = below[0] if below else ()
    return "".join(words(c) for c in row) if row and not words(row[0]) else ""


def _formula(v: View) -> Iterator[Listed]:
    for n, line in enumerate(v.lines):
        if line.topic != "method" or line.kind == "heading" or "=" not in line.text:
            continue
        whole = line.text.rstrip()
        for after in v.lines[n + 1 : n + 3]:
            rest = re.sub(r"^\s*[(（][\d.\-]+[)）]\s*", "", after.text)
            if not (_SIGN.search(whole[-1:]) or _SIGN.match(rest)) or "=" in rest:
                break
            whole += rest
        plain = _LATEX.sub(r"\1", _LATEX.sub(r"\1", whole)).replace("{\\text", "{")
        left, _, right = "".join(plain.split()).strip("$").partition("=")
        tokens = re.findall(r"[ER]_?\{[^{}]*\}", right) or re.split(r"[+＋]|[-－—−–](?=[ER(（])", right)
        if not _LEFT.match(left) or len(tokens) < 2:
            continue
        found = [ids for token in tokens if (ids := term(token))]
        if len(found) > 1:
            yield statement("formula.total", Said(",".join(dict.fromkeys(",".join(found).split(","))), line.place), line.where)
            return


def term(token: str) -> str | None:
    """The sources a term of the total formula stands for."""
    return next((ids for pattern, ids in data("terms")["formula-terms"].items() if re.search(pattern, fold(token))), None)


def _missing(v: View) -> Iterator[Listed]:
    """Parts whose absence the dossier itself does not show: meters known only from tables of data, the form with signatures."""
    kinds = {s.listing.kind.name for s in v.outline.sheets if s.listing is not None}
    place = v.lines[0].place if v.lines else None
    if place is None:
        return
    if "meters" not in kinds and any(True for _ in meters_told(v)):
        yield statement("missing-part", Said("计量器具清单", place), "3.1 基本情况的核查")
    if not any(p.name.startswith("role.") for p in v.pairs) and v.pair("entity.legal_person", "guideline") is None:
        yield statement("missing-part", Said("核查基本情况表和签名页", place), "全文")
