"""Result tables as every rule of consistency sees them (排放量汇总表): rows by meaning, figures by column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Said
from tanhe.reading.understand.absence import without_remark
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import data
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.sheets import words

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_OTHER_COLUMN = re.compile("填报|初始|差[异值额]|比例|占比|质量|备注|原因|复算")


@dataclass(frozen=True)
class ResultRow:
    """A row: what it is, its words, its figures by column, and whether it prints a dash where figures stand."""

    name: str
    label: str
    numbers: tuple[tuple[int, Cell], ...]
    dash: bool


@dataclass
class ResultSheet:
    """A result table: header words over each column, the rows, and the unit of the whole."""

    sheet: Sheet
    heads: dict[int, str] = field(default_factory=dict)
    rows: list[tuple[ResultRow, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), name) for pattern, name in data("terms")["result-rows"].items())


@lru_cache(maxsize=1024)
def row_of(label: str) -> str | None:
    """What a row of a result table is: ``totals.including``, ``combustion`` …; None for no such row."""
    if not re.search("排放|回收|销毁|自用|外供", label) or len(label) > 90:
        return None
    return next((name for pattern, name in _rows() if pattern.search(label)), None)


def unit_of(words_: str) -> str:
    """tCO2e, tCO2, or with 万, out of a label, header or caption; empty when none stands there."""
    if match := re.search(r"(万)?(?:t|吨)(?:CO2|二氧化碳)(?:e(?![a-z])|eq|当量)", words_):
        return f"{match[1] or ''}tCO2e"
    match = re.search(r"(万)?(?:t|吨)(?:CO2|二氧化碳)", words_)
    return f"{match[1] or ''}tCO2" if match else ""


def result_sheet(sheet: Sheet) -> ResultSheet | None:
    """The table by its rows; None for other tables."""
    found = ResultSheet(sheet)
    heads, group = found.heads, ""
    if sheet.listing is not None or sheet.topic == "supplementary" or any(words(c) in ("数据来源", "数据项", "月份") for row in sheet.grid for c in row[:1]):
        return None
    for row in sheet.grid:
        filled = [(n, c) for n, c in enumerate(row) if c is not None and words(c)]
        bare = {n: without_remark(words(c)) for n, c in filled}
        numbers = [(n, c) for n, c in filled if _NUMBER.fullmatch(bare[n]) and not re.fullmatch(r"20\d\d", bare[n])]
        names = [words(c) for n, c in filled if not _NUMBER.fullmatch(bare[n]) and words(c) not in ("/", "-")]
        if not numbers and not found.rows:
            heads |= {n: words(c) for n, c in filled}
        if names and row and words(row[0]) and "总量" in names[0]:
            group = names[0]
        joined = "".join(names)
        inner = row_of(names[-1]) if len(names) > 1 else None
        name = inner or row_of(joined if len(names) > 1 or not group or "包括" not in joined else group + joined)
        if name is None:
            continue
        dash = any(words(c) in ("/", "-", "0") for _, c in filled)
        if numbers or dash:
            unit = unit_of(joined) or unit_of(group) or unit_of(" ".join(heads.values())) or unit_of(fold(sheet.caption))
            found.rows.append((ResultRow(name, joined, tuple(numbers), dash), unit))
    return found if any(row.name.startswith("totals") for row, _ in found.rows) else None


def results(sheet: Sheet) -> list[tuple[str, Said | None, str]]:
    """Rows of a result table: what, the last figure, its unit; empty for other tables."""
    table = result_sheet(sheet)
    found: list[tuple[str, Said | None, str]] = []
    for row, unit in table.rows if table is not None else ():
        if table is None or not row.numbers:
            found.append((row.name, None, ""))
            continue
        at, cell = next((x for x in reversed(row.numbers) if not _OTHER_COLUMN.search(table.heads.get(x[0], ""))), row.numbers[-1])
        found.append((row.name, Said(without_remark(cell.text.strip()), cell.place), unit_of(row.label) or unit_of(table.heads.get(at, "")) or unit))
    return found
