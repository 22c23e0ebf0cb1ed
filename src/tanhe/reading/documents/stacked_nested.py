"""Tables with nested headers whose cells each stand on a line (补充数据表、数据汇总表、碳输入输出表、经营情况表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, key
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.listed import listed
from tanhe.reading.understand.arithmetic import unsigned_formula
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import label

_ITEM: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\s?(?![与和至加减乘除])(?=[\u4e00-\u9fff]|[A-Z]{2})")
_GROUP: Final = re.compile(r".{0,30}(?:合计|分厂|车间|装置|机组|生产线|工序|分?公司)(?:\(.{1,12}\))?[\d*,\s^{}]{0,8}")
_ANNEX: Final = re.compile(r"附\s?[:：]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\s?年?度?")
_PRODUCT: Final = re.compile(r"(?:主营)?产品[一二三四五六七八九\d]")
_LETTER: Final = re.compile(r"\$?\s?[A-Z]\d?\s?\$?(?:[=＝].{1,100})?")
_UNIT: Final = re.compile(r"[()]?(?:%|/|t|吨|.{0,4}(?:tCO|tC|GJ|TJ|Nm|m3|kWh|MWh|kg|万).{0,12})[()]?")
_MOST: Final = 400

Found = tuple[int, list[Row]]


def supplementary(cells: Sequence[Cell]) -> Found | None:
    """补充数据 / 数值 / 计算方法或填写要求, rows numbered 1, 1.1, 1.1.1 …: group, item, value or fuel, rest."""
    if len(cells) < 6 or key(cells[0].text) != "补充数据" or key(cells[1].text) not in ("数值", "数据值", "数值*2"):
        return None
    head = list(cells[:3])
    again = [key(cell.text)[:8] for cell in head]
    blank = Cell("", cells[0].place)
    rows: list[Row] = [[head[0], blank, *head[1:]]]
    before: tuple[int, ...] = (0,)
    at, first = 3, ""
    while at < min(len(cells), _MOST):
        said = half(cells[at].text)
        if [key(cell.text)[:8] for cell in cells[at : at + 3]] == again:
            at += 3
            continue
        number = _numbered(said, before)
        below = _numbered(half(cells[at + 1].text), before) if at + 1 < len(cells) else None
        if number is not None:
            rows.append([blank, cells[at], blank, blank])
            before = number
        elif below is not None and _GROUP.fullmatch(said) and (not first or key(said) == first or "合计" in said or len(rows[-1][1].text) > 0):
            rows.append([cells[at], cells[at + 1], blank, blank])
            first, before = first or key(said), below
            at += 1
        elif _ANNEX.match(said) and len(said) < 30:
            rows.append([cells[at], blank, blank, blank])
        elif len(rows) < 2 or not _put(rows[-1], cells[at]):
            break
        at += 1
    return (at, rows) if len(rows) > 4 else None


def _numbered(said: str, before: tuple[int, ...]) -> tuple[int, ...] | None:
    """The number of an item that may follow the number before: its child, its next, or the next of a parent."""
    found = _ITEM.match(said)
    if found is None:
        return None
    number = tuple(int(part) for part in found[1].split("."))
    if number == (*before, 1):
        return number
    for depth in range(len(before)):
        if number == (*before[:depth], before[depth] + 1):
            return number
    return None


def _put(row: Row, cell: Cell) -> bool:
    """Puts a cell into the next free column; what follows is the rest of the requirements."""
    if not row[1].text:
        return False
    if not row[2].text:
        if len(cell.text) > 40 and not is_figure(cell.text):
            return False
        row[2] = cell
    elif not row[3].text:
        row[3] = cell
    elif is_figure(row[3].text):
        return False
    else:
        if len(row[3].text) > 2000:
            return False
        row[3] = extended(row[3], cell, True)
    return True


def summary(cells: Sequence[Cell]) -> Found | None:
    """年度, 基本信息 …, 产品一 (名称 单位 产量) …, 综合能耗 …: three rows of headers and one of values."""
    if not cells or key(cells[0].text) not in ("年度", "年份"):
        return None
    keys = [key(cell.text) for cell in cells[:60]]
    if "统一社会信用代码" not in keys[:12]:
        return None
    start = next((i for i, said in enumerate(keys) if i > 2 and _YEAR.fullmatch(said)), 0)
    code = keys.index("统一社会信用代码")
    products = [i for i, said in enumerate(keys[:start]) if _PRODUCT.fullmatch(said)]
    if not start or code < 2 or not products or products != list(range(products[0], products[-1] + 1)):
        return None
    parts = [i for i in range(products[-1] + 1, start) if keys[i] in ("名称", "单位", "产量")]
    own = list(range(code - 1, products[0]))
    tail = list(range(products[-1] + 1, parts[0])) if parts else []
    if len(parts) != 3 * len(products) or not tail:
        return None
    blank = Cell("", cells[0].place)
    top = list(cells[1 : code - 1])
    size = 1 + len(own) + len(parts) + len(tail)
    first: Row = [cells[0], *[blank] * (size - 1)]
    for spot, cell in zip((1, 1 + len(own), 1 + len(own) + len(parts)), top, strict=False):
        first[spot] = cell
    second: Row = [blank, *(cells[i] for i in own)]
    for product in products:
        second += [cells[product], blank, blank]
    second += [cells[i] for i in tail]
    third: Row = [blank] * (1 + len(own)) + [cells[i] for i in parts] + [blank] * len(tail)
    rows = [first, second, third]
    stop = start
    while stop < len(cells) and _YEAR.fullmatch(half(cells[stop].text)):
        near = range(stop + 1, min(stop + size, len(cells)) + 1)
        end = next((i for i in near if _over(cells, stop, i, len(own), len(tail))), 0)
        if not end:
            break
        values = list(cells[stop:end])
        made = values[len(own) + 1 : -len(tail)]
        rows.append([*values[: len(own) + 1], *made, *[blank] * (len(parts) - len(made)), *values[-len(tail) :]])
        stop = end
    return (stop, rows) if stop > start else None


def _over(cells: Sequence[Cell], start: int, stop: int, own: int, tail: int) -> bool:
    """Whether the values end here: figures at the end, and no further figure or product."""
    count = stop - start - 1 - own - tail
    if count < 3 or count % 3 or not all(is_figure(cell.text) for cell in cells[stop - tail : stop]):
        return False
    if stop == len(cells) or not is_figure(cells[stop].text):
        return True
    return _YEAR.fullmatch(half(cells[stop].text)) is not None and stop + 1 < len(cells) and not is_figure(cells[stop + 1].text)


def balance(cells: Sequence[Cell]) -> Found | None:
    """Carbon in and out: names, units, letters and figures of the inputs, then those of the outputs."""
    if not any(re.search("输入|投入", cell.text) for cell in cells[:8]):
        return None
    runs = _runs(cells[:80])
    if len(runs) < 2:
        return None
    (start, stop), (again, until) = runs[0], runs[1]
    above = [half(cell.text) for cell in cells[:start]]
    between = [half(cell.text) for cell in cells[stop:again]]
    if not any(re.search("输入|投入", said) for said in above) or not any(re.search("输出|产出", said) for said in between):
        return None
    own = until - again
    blank = Cell("", cells[0].place)
    wide = 2 + max(stop - start, own)
    size = stop - start
    units = [i for i in range(start - size, start) if i > 0 and _UNIT.fullmatch(above[i])]
    year = next((i for i in range(max(start - size - 1, 0), start) if _YEAR.fullmatch(above[i])), None)
    names = [i for i in range(start) if i not in units and i != year]
    if len(units) != size or len(names) < own + 2:
        return None
    top, low = names[: -(own + 1)], names[-(own + 1) :]
    rows = [
        _padded([cells[top[0]], *(cells[i] for i in top[1:-1])], wide - (len(top) > 1), blank) + [cells[i] for i in top[1:][-1:]],
        _padded([blank, *(cells[i] for i in low)], wide, blank),
        _padded([cells[year] if year is not None else blank, blank, *(cells[i] for i in units)], wide, blank),
        _padded([blank, blank, *cells[start:stop]], wide, blank),
    ]
    head = next((stop + i for i, said in enumerate(between) if re.search("输出|产出", said)), again)
    rows += _lines(cells[stop:head], wide, blank)
    middle = list(cells[head:again])
    given = middle[-own:] if all(_UNIT.fullmatch(half(cell.text)) for cell in middle[-own:]) else []
    rows.append(_padded([blank, *middle[: len(middle) - len(given)]], wide, blank))
    rows.append(_padded([blank, blank, *given], wide, blank))
    rows.append(_padded([blank, blank, *cells[again:until]], wide, blank))
    end = until
    while end + 1 < len(cells) and not is_figure(cells[end].text) and len(cells[end].text) < 30 and is_figure(cells[end + 1].text):
        line = end + 1
        while line < len(cells) and line - end <= own + 1 and is_figure(cells[line].text):
            line += 1
        rows.append(_padded([blank, *cells[end:line]], wide, blank))
        end = line
    return (end, rows) if end > until else None


def _runs(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    runs, at = [], 0
    while at < len(cells):
        stop = at
        while stop < len(cells) and _lettered(half(cells[stop].text)):
            stop += 1
        if stop - at >= 2:
            runs.append((at, stop))
        at = max(stop, at + 1)
    return runs


def _lettered(said: str) -> bool:
    """A column's letter, or its formula with or without its signs."""
    return len(said) < 120 and (_LETTER.fullmatch(said) is not None or unsigned_formula(said) is not None)


def _padded(row: Row, wide: int, blank: Cell) -> Row:
    return [*row, *[blank] * (wide - len(row))]


def _lines(cells: Sequence[Cell], wide: int, blank: Cell) -> list[Row]:
    """A label and its figures, line by line."""
    rows: list[Row] = []
    for cell in cells:
        if not is_figure(cell.text) or not rows:
            rows.append([blank, cell])
        else:
            rows[-1].append(cell)
    return [_padded(row[:wide], wide, blank) for row in rows]


def economy(cells: Sequence[Cell]) -> Found | None:
    """年度 2023, 工业总产值 6794.18, then the products: pairs above a list of products."""
    if len(cells) < 4 or key(cells[0].text) not in ("年度", "年份") or not _YEAR.fullmatch(half(cells[1].text)):
        return None
    rows: list[Row] = [[cells[0], cells[1]]]
    at = 2
    while at + 1 < len(cells) and (label(fold(cells[at].text)) or "").startswith(("economics.", "entity.employees")) and is_figure(cells[at + 1].text):
        rows.append([cells[at], cells[at + 1]])
        at += 2
    if len(rows) < 2:
        return None
    for skip in (0, 1):
        found = listed(cells[at + skip :])
        if found is not None and len(found[1]) > 1:
            return at + skip + found[0], [*rows, *([[cells[at]]] if skip else []), *found[1]]
    return at, rows
