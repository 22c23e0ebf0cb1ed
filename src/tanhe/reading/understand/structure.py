"""Parts of a report that stand twice, and numbers and parts that are left out (章节和表的重复与缺失)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tanhe.reading.blocks import Heading, Paragraph, Table
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Sheet, Title
from tanhe.reading.understand.result_sheets import result_sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_ANNEX = re.compile(r"附件\s*(\d{1,2})")
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_CONCLUSIONS = ("conformity", "emission-claim", "fluctuation", "uncovered")
_PARTS = {
    "purpose": "核查目的", "scope": "核查范围", "criteria": "核查准则", "team": "核查组安排", "desk-review": "文件评审", "site-visit": "现场核查",
    "writing": "核查报告编写及内部技术评审", "basic": "基本情况的核查", "boundary": "核算边界的核查", "method": "核算方法的核查",
    "conformity": "排放报告与核算指南的符合性", "emission-claim": "排放量声明", "fluctuation": "排放量存在异常波动的原因说明",
    "uncovered": "核查过程中未覆盖的问题",
}
"""Sections of the published form of a verification report (核查报告格式) by topic."""

_ROWS = frozenset({"数据来源", "填报数据来源", "单位", "监测方法", "监测频次", "记录频次", "监测设备校验", "监测设备维护", "监测设备维护/校验", "数据缺失处理", "缺失数据处理", "交叉核对",
                   "核查结论"})
"""Rows of a table of one datum in the published form."""

_ITEM, _ALWAYS = frozenset({"数据项", "参数名称", "数据名称"}), ("数据来源", "单位", "核查结论")

_TOTAL = re.compile(r"排放(?:总)?量[^。；;]{0,60}?\d[\d,]*(?:\.\d+)?\s*(?:万?t|万?吨)(?:CO|二氧化碳|当量)?")
_BELOW = re.compile(r"(?:[见如](?:下列?表|以下表格?)(?:所示)?|见下表)[。:;]?$")
MOST_REPEATED = 3
"""A report with more sections twice than this fraction of one third is a table of contents read as headings."""
LEAST_PARTS = 10
LEAST_CELLS = 8
LEAST_ALIKE = 3


def structure(v: View) -> Iterator[Listed]:
    """Every part twice, every gap in the numbers, every part of the form that is missing."""
    yield from _sections_twice(v)
    yield from _sheets_twice(v)
    yield from _gaps(v)
    yield from _parts(v)
    yield from _declaration(v)
    yield from _team(v)
    yield from _announced(v)
    yield from _rows(v)


def _shown(title: Title) -> str:
    return fold(title.text) if fold(title.text).startswith(fold(title.number)) else fold(f"{title.number}{title.text}")


def _sections_twice(v: View) -> Iterator[Listed]:
    titles = [t for t in v.outline.titles if t.zone == "body" and (_DOTTED.fullmatch(t.number) or _ANNEX.match(t.number))]
    counted = Counter(_shown(t) for t in titles)
    again = [t for n, t in enumerate(titles) if counted[_shown(t)] > 1 and any(_shown(o) == _shown(t) for o in titles[:n])]
    if not again or len(again) * MOST_REPEATED > len(counted):
        return
    for title in again[:MOST_REPEATED * 2]:
        yield statement("twice", Said(f"{title.number} {title.text}".strip()[:40], title.place), f"章节 {title.number}", text="章节")


def _sheets_twice(v: View) -> Iterator[Listed]:
    """Tables of the body, result tables and continued ones aside, of which every cell stood in a table before."""
    seen: dict[tuple[str, ...], Sheet] = {}
    for sheet in v.outline.sheets:
        cells = tuple(w for row in sheet.grid for c in row if (w := words(c)))
        if sheet.zone != "body" or len(cells) < LEAST_CELLS or not any(_FIGURE.fullmatch(w) for w in cells):
            continue
        if cells in seen and result_sheet(sheet) is None:
            yield statement("twice", Said((sheet.caption or cells[0])[:40], sheet.table.place), sheet.where, text="表")
        seen.setdefault(cells, sheet)


def _gaps(v: View) -> Iterator[Listed]:
    """A number left out between the sections or annexes before and after it, which no line of the report bears."""
    titles = [t for t in v.outline.titles if t.zone == "body"]
    numbered = [(t, t.number.rstrip(".")) for t in titles if _DOTTED.fullmatch(t.number)]
    numbered += [(t, f"附件.{m[1]}") for t in titles if (m := _ANNEX.match(fold(f"{t.number}{t.text}")))]
    known = {number for _, number in numbered}
    last: dict[str, int] = {}
    for n, (title, number) in enumerate(numbered):
        head, _, tail = number.rpartition(".")
        before, wanted = last.get(head, 0), f"{head}.{last.get(head, 0) + 1}"
        last[head] = max(int(tail), before)
        after = next((int(k.rpartition(".")[2]) for _, k in numbered[n + 1:] if k.rpartition(".")[0] == head), None)
        if int(tail) != before + 2 or wanted in known or after not in (None, int(tail) + 1) or (after is None and not before):
            continue
        if not any(k.startswith(wanted + ".") for k in known) and not _printed(v, wanted):
            shown = wanted.replace("附件.", "附件")
            yield statement("gap", Said(shown, title.place), f"{title.number} {title.text}".strip()[:40], text="章节")


def _printed(v: View, number: str) -> bool:
    """Whether some line begins with the number: then it was no heading for the reader, but it is there."""
    bare = number.replace("附件.", "附件")
    return any(re.match(re.escape(bare) + r"(?![\d.]*\d)", x.flat.text) for x in v.lines)


def _parts(v: View) -> Iterator[Listed]:
    """Sections of the published form that a report of that form does not have, neither as a heading nor in a line that begins so."""
    body = [t for t in v.outline.titles if t.zone == "body"]
    found = {t.topic for t in body}
    missing = [topic for topic in _PARTS if topic not in found]
    if len(_PARTS) - len(missing) < LEAST_PARTS:
        return
    for topic in missing:
        name = _PARTS[topic]
        if any(name[:5] in x.flat.text[:24] for x in v.lines if x.zone == "body" or topic not in _CONCLUSIONS):
            continue
        near = _before(body, topic)
        place = near.place if near is not None else body[0].place
        yield statement("missing-section", Said(name, place), f"{near.number} {near.text}".strip()[:40] if near is not None else "")


def _before(body: list[Title], topic: str) -> Title | None:
    """The last heading of the parts that come before this one in the form."""
    earlier = list(_PARTS)[: list(_PARTS).index(topic)]
    return next((t for t in reversed(body) if t.topic in earlier), None)


def _declaration(v: View) -> Iterator[Listed]:
    """The declaration of the entity's emission without the table of its sources, or without anything."""
    title = next((t for t in reversed(v.outline.titles) if t.topic == "emission-claim" and t.zone == "body"), None)
    if title is None:
        return
    lines = [x for x in v.outline.of("emission-claim", zone="body")]
    sheets = [s for s in v.outline.sheets if s.topic == "emission-claim" and s.zone == "body"]
    told = next((x for x in lines if _TOTAL.search(x.text)), None)
    where = f"{title.number} {title.text}".strip()[:40]
    if any(result_sheet(s) is not None for s in sheets) or not any(result_sheet(s) is not None for s in v.outline.sheets):
        return
    place = next((x.place for x in lines if re.search("如下|下表|见表", x.text)), told.place if told is not None else title.place)
    yield statement("missing-section", Said("声明中的排放量汇总表" if told is not None else "排放量声明的内容", place), where)


def _team(v: View) -> Iterator[Listed]:
    """The members of the team under the heading that announces them."""
    title = next((t for t in v.outline.titles if t.topic == "team" and t.zone == "body"), None)
    listed = any(s.listing is not None and s.listing.kind.name == "team" for s in v.outline.sheets if s.zone == "body")
    if title is None or listed or any(s.topic == "team" for s in v.outline.sheets):
        return
    lines = list(v.outline.of("team", zone="body"))
    if not any(re.search("组长|组员|核查员", x.text) for x in lines):
        yield statement("missing-section", Said("核查组成员及其分工", lines[-1].place if lines else title.place), f"{title.number} {title.text}".strip()[:40])


def _announced(v: View) -> Iterator[Listed]:
    """A paragraph that ends by announcing a table below it, when only text follows up to the next heading."""
    blocks = v.outline.document.blocks
    for n, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _BELOW.search(fold(block.text)):
            continue
        after = next((b for b in blocks[n + 1:] if isinstance(b, (Heading, Table))), None)
        if isinstance(after, Heading):
            yield statement("missing-section", Said("所称的下表", block.place), block.text.strip()[-30:])


def _rows(v: View) -> Iterator[Listed]:
    """Tables of one datum that lack a row which the others of the same form have."""
    sheets = [(s, rows) for s in v.outline.sheets if (rows := _labels(s))]
    forms = Counter(rows for _, rows in sheets)
    usual = [w for w in _ALWAYS if sum(w in rows for _, rows in sheets) * 5 > len(sheets) * 4 > LEAST_ALIKE * 4]
    for sheet, rows in sheets:
        fuller = [(n, other) for other, n in forms.items() if n >= LEAST_ALIKE and rows < other and len(other) == len(rows) + 1]
        lacking = [w for w in usual if w not in rows]
        if not lacking and fuller and forms[rows] == 1:
            lacking = list(max(fuller, key=lambda f: f[0])[1] - rows)
        for word in lacking[:1]:
            yield statement("row-missing", Said(word, sheet.table.place), sheet.where)


def _labels(sheet: Sheet) -> frozenset[str]:
    """The labels of the rows of a table of one datum (数据来源, 监测方法 …); empty for other tables."""
    first = {words(next((c for c in row if c is not None and words(c)), None)) for row in sheet.grid}
    return frozenset(first & _ROWS) if len(first & _ROWS) >= LEAST_ALIKE or (first & _ITEM and len(first & _ROWS) > 1) else frozenset()
