"""Where a text points and what a caption names (指向与表题): annexes, formulas, tables of another matter, captions of another table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._lexicon import fuels
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold, table_number
from tanhe.reading.understand.outline import Line, Sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_ANNEX = re.compile(r"(?:见|参见|列于|列入)(?:本报告)?附件(?P<n>\d{1,2})(?![\d.-])")
_HEADED = re.compile(r"附件(\d{1,2})(?![\d.-])")
_FORMULA = re.compile(r"(?:公式|算式|式)[(（]?(?P<n>\d{1,2}(?:\.\d{1,2}){1,3}-\d{1,2})[)）]?")
_NUMBERED = re.compile(r"[(（](\d{1,2}(?:\.\d{1,2}){1,3}-\d{1,2})[)）]\s*\$*$")
_QUANTITY = re.compile("消[耗费]量|用量|排放量|排放因子|产量|电量|热量|含碳量|发热量|氧化率")
_SOLD = re.compile("^净?(?:外供|外售|外输)(?:电|热)|[:：]净(?:外供|外售)(?:电|热)")
_LEADS = re.compile("(?:见|列于|列入|如)下?$")
_OF_PEOPLE = frozenset({"team", "steps", "schedule", "visits", "interviews", "documents", "nc", "suggestions"})
_NAMES = {
    "team": ("核查组成员", "核查人员", "核查组安排"), "steps": ("时间安排", "工作安排", "日程"), "schedule": ("时间安排", "工作安排", "日程"),
    "equipment": ("用能设备", "耗能设备", "设备清单", "设备表"), "meters": ("计量器具", "计量设备", "计量仪表"),
    "products": ("产品产量", "产量表", "生产经营"), "economics": ("经营情况", "经营状况", "经济指标"), "documents": ("支持性文件", "证据清单"),
    "interviews": ("访谈",), "energy": ("能源品种",), "sources": ("排放源",), "nc": ("不符合项",),
}
_SAME = ({"steps", "schedule", "visits", "interviews", "nc"}, {"products", "economics", "summary"}, {"nc", "suggestions"})


def pointers(v: View) -> Iterator[Listed]:
    """References that lead nowhere or to another matter, and captions of another table."""
    yield from _annexes(v)
    yield from _formulas(v)
    yield from _headings(v)
    for sheet in v.outline.sheets:
        yield from _kind(sheet)
        yield from _fuel(sheet)
        yield from _sold(sheet)


def _annexes(v: View) -> Iterator[Listed]:
    known = {int(m[1]) for t in v.outline.titles for m in [_HEADED.match(fold(f"{t.number}{t.text}"))] if m}
    known |= {int(m[1]) for s in v.outline.sheets if (m := re.match(r"表?附(?:件)?(\d{1,2})", fold(s.caption)))}
    if len(known) < 2:
        return
    for line in _text(v):
        for match in _ANNEX.finditer(line.flat.text) if "附件" in line.flat.text else ():
            if int(match["n"]) not in known:
                yield statement("reference", Said(f"附件{match['n']}", line.place), line.where, text="没有此附件")


def _formulas(v: View) -> Iterator[Listed]:
    known = {m[1] for line in v.lines if line.kind == "paragraph" and "=" in line.text and (m := _NUMBERED.search(line.flat.text))}
    if len(known) < 2:
        return
    for line in _text(v):
        for match in _FORMULA.finditer(line.flat.text) if "式" in line.flat.text else ():
            if match["n"] not in known and "指南" not in re.split("[。;]", line.flat.text[:match.start()])[-1]:
                yield statement("reference", Said(f"公式({match['n']})", line.place), line.where, text="没有此公式")


def people(v: View) -> frozenset[str]:
    """The numbers of the tables of people, dates and documents."""
    kinds = {n: s.listing.kind.name for s in v.outline.sheets if s.listing is not None and (n := table_number(s.caption))}
    return frozenset(number for number, kind in kinds.items() if kind in _OF_PEOPLE)


def quantity_before(text: str) -> str:
    """The quantity that is said to stand in the table named next: …消耗量见; empty without."""
    clause = re.split("[，。;]", text)[-1]
    found = _QUANTITY.search(clause) if _LEADS.search(clause) else None
    return found[0] if found else ""


def _text(v: View) -> Iterator[Line]:
    return (line for line in v.lines if line.kind != "heading")


def _kind(sheet: Sheet) -> Iterator[Listed]:
    """A caption that names a list of another kind than the header shows."""
    if sheet.listing is None or not sheet.caption:
        return
    caption, own = fold(sheet.caption), sheet.listing.kind.name
    named = {kind for kind, names in _NAMES.items() if any(n in caption for n in names)}
    if sheet.listing.kind.name == "economics" or own not in _NAMES:
        return
    alike = {own}.union(*(group for group in _SAME if own in group)) if own != "products" else {"products", "summary"}
    if named and not named & alike:
        yield statement("caption", Said(sheet.caption, sheet.table.place), sheet.where, text=_NAMES[own][0])


def _sold(sheet: Sheet) -> Iterator[Listed]:
    """A table on bought energy with a column, or below a title, of sold energy."""
    if "净购入" not in fold(sheet.caption):
        return
    for cell in (c for row in sheet.grid[:2] for c in row if c is not None):
        if _SOLD.search(words(cell)):
            yield statement("caption", Said(cell.text, cell.place), sheet.where, text="净购入")
            return


def _headings(v: View) -> Iterator[Listed]:
    """A heading on sold energy where every table treats bought energy."""
    captions = " ".join(fold(s.caption) for s in v.outline.sheets)
    for title in v.outline.titles if "净购入" in captions and not re.search("外供|外售|外输", captions) else ():
        if _SOLD.search(fold(title.text)):
            yield statement("caption", Said(title.text, title.place), title.text, text="净购入")


def _fuel(sheet: Sheet) -> Iterator[Listed]:
    """A calculation table whose caption names a fuel that none of its rows has."""
    caption = fold(sheet.caption)
    if "计算" not in caption or "排放" not in caption:
        return
    named = {fuel.name for _, fuel in fuels(caption) if not fuel.generic}
    shown = {fuel.name: word for row in sheet.grid[1:] for c in row[:2] for word, fuel in fuels(words(c)) if not fuel.generic}
    if named and shown and not named & shown.keys():
        yield statement("caption", Said(sheet.caption, sheet.table.place), sheet.where, text="、".join(shown.values()))
