"""Monthly and billing-period tables (月度数据表): columns, periods, totals, and what stands below the total.

Months may go down or across, stand in two blocks side by side, or one cell a line; a table continued on the next
page is one table. Rows under the months that are no months (单位热值含碳量, 含碳量) are factors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.claims import Claim, Factor, Monthly, Said
from tanhe.reading.understand import values
from tanhe.reading.understand.equations import key
from tanhe.reading.understand.located import (
    Row,
    figure,
    filled,
    is_unit,
    located,
    said,
    unit_text,
    year_of,
)
from tanhe.reading.understand.months import Gathered, gather, joined, read
from tanhe.reading.understand.vocabulary import fold, is_word, plain, quantity, subject, tidy

_UNIT: Final = re.compile(
    r"[(（]\s*(?:单位\s*[:：]\s*)?([^()（）]{1,20}(?:\([^()]*\))?)\s*[)）]\s*$|单位\s*[:：]\s*(\S{1,14})\s*$"
)


_CAPTION: Final = re.compile(
    r"^(?:续?表\s*[\d.\-—–]+\s*|[(（]?\d{1,2}[)）、.]\s*)|^(?:经核查的|核查确认的|核查的)|月度|各月|逐月|每月|年度|\d{4}\s*年度?|的?(?:核查|统计|数据|汇总)*表?$"
)

_COVERAGE: Final = re.compile(r"^\s*(?:时间覆盖[:：]|.{0,8}时间覆盖信息)")
_REMARK: Final = re.compile(r"^\s*(?:注|备注)\s*\d?\s*[:：]\s*")


def claims(document: Document) -> tuple[Claim, ...]:
    """All monthly tables of the document, and the factors that stand below their totals."""
    out: list[Claim] = []
    remarks = _remarks(document)
    for table in joined(located(document)):
        for gathered in gather(table):
            out.append(replace(_monthly(gathered), note=remarks.get(key(table.place, table.rows))))
            out += _below(gathered)
    return tuple(_with_units(out))


def _remarks(document: Document) -> Mapping[str, Said]:
    """The remark below each table: a paragraph that calls itself one, or what follows the words on coverage."""
    found: dict[str, Said] = {}
    below, covered = "", False
    for block in document.blocks:
        if isinstance(block, Table):
            below, covered = key(block.place, block.rows), False
        elif not isinstance(block, Paragraph) or re.match(r"^\s*[图表]\s*\d", block.text):
            below = ""
        elif below and _COVERAGE.match(block.text):
            covered = True
        elif below and below not in found and (covered or _REMARK.match(block.text)) and not block.text.startswith("「"):
            found[below] = Said(re.sub(r"(?<=[^。])。$", "", _REMARK.sub("", tidy(block.text))), block.place)
    return found


def _monthly(g: Gathered) -> Monthly:
    wide = max(len(r) for _, r in g.rows)
    used = [x for x in range(wide) if any(x < len(r) and read(r[x]) is not None for _, r in g.rows)]
    columns = _columns(g, used)
    rows = tuple((said(p), tuple(read(r[x]) if x < len(r) else None for x in used)) for p, r in g.rows)
    totals = tuple(read(g.totals[x]) if x < len(g.totals) else None for x in used)
    return Monthly(g.table.title, columns, rows, totals, g.table.place, g.table.section)


def _columns(g: Gathered, used: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Title and unit of every column; in the order of the header words where their positions were lost."""
    placed = tuple(_column(g, x, len(used)) for x in used)
    words = [c for row in g.head for c in filled(row)] + list(g.stray)
    words = [
        c
        for c in words
        if year_of(c.text) is None and not is_word(c.text, "monthly", "head") and not is_unit(c.text)
    ]
    named = sum(
        any(x < len(r) and r[x].text.strip() and year_of(r[x].text) is None for r in g.head) for x in used
    )
    if len(words) != len(used) or named >= len(used):
        return placed
    its_unit = _of_caption(g.table.title)[1]
    pairs = (values.name_and_unit(tidy(c.text)) for c in words)
    return tuple(
        (name, unit or (its_unit if _fits(name, its_unit, len(used)) else "")) for name, unit in pairs
    )


def _column(g: Gathered, x: int, of: int) -> tuple[str, str]:
    """Title and unit of a column: its header words, else the caption's."""
    words: list[str] = []
    unit = ""
    for row in g.head:
        cell = _over(row, x, of)
        if cell is None or year_of(cell) is not None or is_word(cell, "monthly", "head"):
            continue
        if is_unit(cell):
            unit = unit_text(cell)
            continue
        name, own = values.name_and_unit(re.sub(r"^(?:19|20)\d\d\s*年度?", "", cell))
        unit = own or unit
        words += [name] if name and name not in words else []
    about, its_unit = _of_caption(g.table.title)
    if not words or set(map(fold, words)) <= {"数值", "数据", "数量", "核查数据", "核查值", "数据值"}:
        words = [about] if about else words
    title = " ".join(words)
    return title, unit or (its_unit if _fits(title, its_unit, of) else "")


def _over(row: Row, x: int, of: int) -> str | None:
    """The header words over column ``x``; words over several columns count only where nothing stands below."""
    if x < len(row) and row[x].text.strip():
        return tidy(row[x].text)
    return None


def _of_caption(title: str) -> tuple[str, str]:
    """(quantity, unit) a caption names: ``表 3 经核查的月度动力煤消耗量 (t)`` → 动力煤消耗量, t."""
    shown = plain(title)
    match = _UNIT.search(shown)
    unit = unit_text(match[1] or match[2]) if match and is_unit(match[1] or match[2]) else ""
    name = shown[: match.start()] if match and unit else shown
    before = ""
    while name != before:
        before, name = name, _CAPTION.sub("", name).strip(" :：的")
    return name, unit


def _fits(title: str, unit: str, of: int) -> bool:
    """Whether a caption's unit can be that of the column."""
    about = quantity(title)
    return about is None or not about.unit or re.search(about.unit, unit) is not None


def _below(g: Gathered) -> Iterator[Factor]:
    for row in g.below:
        cells = filled(row)
        found = next((c for c in cells[1:] if figure(c.text) is not None), None)
        if found is None:
            continue
        name, unit = values.name_and_unit(cells[0].text)
        figures = figure(found.text)
        assert figures is not None
        about = "" if subject(name) else subject(g.table.title)
        yield Factor(Said(f"{about}{name}", cells[0].place), said(found, figures[0]), unit or figures[1])


def _with_units(given: Sequence[Claim]) -> Iterator[Claim]:
    """Units left open, taken from a column of the same title or of the same total elsewhere in the document."""
    known: dict[str, str] = {}
    for claim in given:
        if isinstance(claim, Monthly):
            known |= {fold(t): u for t, u in claim.columns if t and u}
    for claim in given:
        if isinstance(claim, Monthly):
            yield replace(claim, columns=tuple((t, u or known.get(fold(t), "")) for t, u in claim.columns))
        else:
            yield claim
