"""Captions and headers against what stands below them, references to annexes (标题与内容、附件引用)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import fuels
from tanhe.reading.understand.outline import Sheet, Title
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_QUANTITIES = (("含碳量", r"含碳量"), ("发热量", r"发热[量值]|热值"), ("消耗量", r"消[耗费]量|用量"), ("产量", r"产量"), ("氧化率", r"氧化率"), ("排放因子", r"排放因子"))
_ABOUT = re.compile(r"对(?P<v>[^，。]{2,40}?)的?核查$")
_OF_DATUM = re.compile(r"(?:活动(?:水平)?数据|排放因子(?:和|/)计算系数(?:数据)?|参数)\d{1,2}[:.、](?P<v>.{2,40})$")
_ITEM = "数据项|参数名称|数据名称"
_TITLE = re.compile(r"《([^《》]{4,50})》")
_ANNEX = re.compile(r"(?:见|详见|参见|列于)附件(?P<n>[一二三四五六七八九十]|\d{1,2})(?![\d.\-])")
_DIGITS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))


def headed(v: View) -> Iterator[Listed]:
    """Captions whose subject is not the table's, headers that name another document, annexes that are not there."""
    titles = {t.position: t for t in v.outline.titles}
    items = {_plain(item[0][1].text) for sheet in v.outline.sheets if (item := _row(sheet, _ITEM))}
    for sheet in v.outline.sheets:
        yield from _subject(sheet, items)
        above = next((titles[p] for p in range(sheet.position - 1, max(-1, sheet.position - 4), -1) if p in titles), None)
        if above is not None:
            yield from _under(sheet, above, items)
        yield from _documents(sheet)
    yield from _annexes(v)


def _row(sheet: Sheet, label: str) -> list[tuple[int, Said]]:
    """The filled cells of the row with this label."""
    for n, row in enumerate(sheet.grid):
        filled = [c for c in row if c is not None and words(c)]
        if len(filled) > 1 and re.fullmatch(label, words(filled[0])):
            return [(n, Said(c.text, c.place)) for c in filled[1:]]
    return []


def _told(text: str) -> tuple[set[str], set[str]]:
    return {m[0] for m in fuels().finditer(text)}, {name for name, pattern in _QUANTITIES if re.search(pattern, text)}


def _plain(item: str) -> str:
    """A datum's name without its symbol in brackets."""
    return re.sub(r"\([A-Za-z_]{1,6}[\u4e00-\u9fff]{0,4}\)$", "", fold(item))


def _another(heading: str, item: str, items: set[str]) -> bool:
    """Whether a heading is word for word the name of another datum of the report."""
    return heading in items and heading != _plain(item)


def _subject(sheet: Sheet, items: set[str]) -> Iterator[Listed]:
    """The caption of a table of one datum against its row 数据项."""
    match = _ABOUT.search(fold(sheet.caption))
    item = _row(sheet, _ITEM)
    if match is None or not item:
        return
    (own_fuels, own), (fuels_, quantities) = _told(match["v"]), _told(fold(item[0][1].text))
    if _another(match["v"], item[0][1].text, items) or (own and quantities and not own & quantities) or (
            own_fuels and fuels_ and not _alike(own_fuels, fuels_)):
        yield statement("caption", Said(sheet.caption, sheet.table.place), sheet.where, text=item[0][1].text)


def _under(sheet: Sheet, title: Title, items: set[str]) -> Iterator[Listed]:
    """The heading just above a table of one datum against its row 数据项."""
    match, item = _OF_DATUM.search(fold(f"{title.number}{title.text}")), _row(sheet, _ITEM)
    if match is None or not item or (_near(match["v"], fold(item[0][1].text)) and not _another(match["v"], item[0][1].text, items)):
        return
    yield statement("caption", Said(title.text, title.place), f"{sheet.where} 之上", text=item[0][1].text)


def _near(heading: str, item: str) -> bool:
    """Whether a heading and an item name one thing: fuels and quantities they both name agree, and most of the signs."""
    item = re.sub(r"\([^()]*\)$", "", item)
    (own_fuels, own), (fuels_, quantities) = _told(heading), _told(item)
    if (own and quantities and not own & quantities) or (own_fuels and fuels_ and not _alike(own_fuels, fuels_)):
        return False
    common = set(heading) & set(item)
    return len(common) * 3 >= min(len(set(heading)), len(set(item)))


def _alike(one: set[str], other: set[str]) -> bool:
    return any(a in b or b in a or (a[-1] == b[-1] == "煤") for a in one for b in other)


def _documents(sheet: Sheet) -> Iterator[Listed]:
    """A column of a cross-check headed by a document that is neither the source nor one of those compared."""
    source = _row(sheet, "(?:填报)?数据来源")
    named = [fold(t) for _, said in source for t in _TITLE.findall(said.text)]
    for row in sheet.grid:
        first = next((words(c) for c in row if c is not None and words(c)), "")
        if first == "交叉核对":
            named += [fold(t) for c in row if c is not None for t in _TITLE.findall(c.text)]
        if not any(c is not None and words(c) == "核查结果" for c in row) or not any(c is not None and re.fullmatch("年份|年度|时间", words(c)) for c in row):
            continue
        if not named:
            return
        for cell in row:
            titles = _TITLE.findall(cell.text) if cell is not None else []
            if cell is not None and titles and not any(_named(fold(titles[0]), name) for name in named):
                yield statement("caption", Said(f"《{titles[0]}》", cell.place), f"{sheet.where} 交叉核对", text=f"《{named[0]}》")


def _named(title: str, name: str) -> bool:
    short, long = sorted((title, name), key=len)
    return long.startswith(short) or short in long


def _annexes(v: View) -> Iterator[Listed]:
    known = {_number(m[1]) for t in v.outline.titles if (m := re.match(r"附件\s*([一二三四五六七八九十]|\d{1,2})", fold(f"{t.number}{t.text}")))}
    if len(known) < 2:
        return
    done: set[tuple[int, str]] = set()
    for line in v.lines:
        text = line.flat.text
        for match in _ANNEX.finditer(text) if "附件" in text and line.kind != "heading" else ():
            number = _number(match["n"])
            if (number, line.where) not in done:
                done.add((number, line.where))
                said = Said(f"附件{number}", line.place)
                yield statement("reference", said, line.where, text=said.text if number in known else "没有此附件")


def _number(printed: str) -> int:
    return _DIGITS.get(printed) or int(printed)
