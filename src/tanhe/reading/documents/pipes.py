"""Rows with bars (竖线分列): Markdown tables, with bars at the ends of their rows or only between the cells."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.cells import Row, is_number, key
from tanhe.reading.documents.lines import Line, half
from tanhe.reading.documents.words import TOTAL

_RULE: Final = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")

_NAMED: Final = frozenset({"数据项", "数据名称", "参数名称", "参数", "数据描述"})
_NAMELESS: Final = re.compile(r"\A\s*\**Col\d{1,2}\**\s*\Z")
"""What a converter writes for a header cell without words."""


def ruled(lines: Sequence[Line], marks: Container[int]) -> dict[int, bool]:
    """Lines right above a rule of hyphens and bars, each with whether its row has bars at its ends."""
    found: dict[int, bool] = {}
    for above, line in pairwise(lines):
        if "--" not in line.text or "|" not in line.text or not _RULE.fullmatch(line.text):
            continue
        if "|" in above.text and above.number not in marks and "\t" not in above.raw.strip():
            fenced = line.text[0] == "|"
            if above.text.startswith("|") or not fenced:
                found[above.number] = fenced
    return found


def bare_cells(raw: str) -> list[str]:
    """Cells of a row that has bars only between them: ``a| b| c``; a row of one cell has none."""
    edges = [-1, *(i for i, c in enumerate(raw) if c == "|" and not (i and raw[i - 1] == "\\")), len(raw)]
    return [raw[a + 1 : b].replace("\\|", "|").strip() for a, b in pairwise(edges)]


def pipe_cells(raw: str) -> list[str] | None:
    """Cells of a Markdown row, full-width bars too; None when the line has no bar between two cells."""
    if "|" not in raw and "｜" not in raw:
        return None
    raw = raw.strip()
    shown = half(raw)
    marks = [i for i, c in enumerate(shown) if c == "|" and not (i and raw[i - 1] == "\\")]
    fenced = marks[:1] == [0]
    if len(marks) < 2 and not (marks and " | " in shown):
        return None
    if not fenced and not all(shown[max(i - 1, 0) : i + 2].strip() == "|" for i in marks):
        return None
    edges = [-1, *marks, len(raw)]
    cells = [_NAMELESS.sub("", raw[a + 1 : b].replace("\\|", "|")) for a, b in pairwise(edges)]
    if fenced:
        cells = cells[1:]
    return cells[:-1] if marks[-1] == len(raw) - 1 else cells


def without_copies(rows: list[Row]) -> list[Row]:
    """Merged cells that a converter printed wherever they reach, once each: in a header, a form of one datum (数据项), a row of totals."""
    rows = [_once(row) if len(row) > 2 and row[1].text == row[0].text and TOTAL.fullmatch(half(row[0].text)) else row for row in rows]
    rows = _below_header(rows)
    named = next((row for row in rows if key(row[0].text) in _NAMED), None)
    if named is None or not _copied(named):
        return rows
    return [[*row[:2], *(replace(cell, text="") for cell in row[2:])] if _copied(row) else row for row in rows]


def _below_header(rows: list[Row]) -> list[Row]:
    """Words of the header's first line are not said again in the lines of units and signs below it."""
    made = rows[:1]
    for above, row in pairwise(rows):
        if not row[0].text or row[0].text != rows[0][0].text or is_number(row[0].text) or len(row) != len(above):
            break
        made.append(
            [replace(low, text="") if low.text == up.text and not is_number(low.text) else low for up, low in zip(rows[0], row, strict=False)]
        )
    return [*made, *rows[len(made) :]]


def _once(row: Row) -> Row:
    return [row[0], *(replace(cell, text="") if cell.text == row[0].text else cell for cell in row[1:])]


def _copied(row: Row) -> bool:
    return len(row) > 2 and bool(row[1].text) and all(cell.text == row[1].text for cell in row[2:])
