"""Tables where they stand (表格及其上下文): a regular grid of cells, with caption, lead-in and section.

Merged cells leave blanks behind, so that a DOCX looks like a tabbed text. Runs of short paragraphs, which is what
a table becomes when each cell stands on a line of its own, are given as tables of one column, marked ``lost``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from tanhe.dossier.places import Place
from tanhe.messages import TanheError
from tanhe.quantity import numbers
from tanhe.quantity.numbers import Printed
from tanhe.quantity.units import unit
from tanhe.reading.blocks import Cell, Document, Heading, Paragraph, Table
from tanhe.reading.claims import Said
from tanhe.reading.understand.vocabulary import fold, plain, row_field, tidy

Row = tuple[Cell, ...]
_CAPTION: Final = re.compile(r"^\s*(?:续?表)\s*\d+(?:[.\-—–]\s*\d+)*")
_NUMBER: Final = r"[+\-–−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?(?:\s?[%％])?"
_FIGURE: Final = re.compile(rf"^({_NUMBER})\s*(\D.*)?$")
_YEAR: Final = re.compile(r"^(?:19|20)\d\d(?:年度?)?$")
_RULE: Final = re.compile(r"^[\s:\-—=]{2,}$")
_DIGITS: Final = re.compile(r"^[^\u4e00-\u9fff]*\d[^\u4e00-\u9fff]*$")
LONGEST_UNIT: Final = 16
"""Longest text taken for a unit."""
_MONEY: Final = frozenset({"万元", "万吨标煤", "万吨二氧化碳当量", "万吨", "tCO2当量", "吨CO2当量"})


@dataclass(frozen=True)
class Located:
    """A table with what surrounds it; ``headings`` innermost first.

    ``follows``: it stands directly after another table, without a caption, and may be its continuation.
    """

    rows: tuple[Row, ...]
    caption: str
    lead: str
    section: str
    headings: tuple[str, ...]
    place: Place
    follows: bool = False
    lost: bool = False
    tail: bool = False
    """A few paragraphs right after a table, which may be its last rows run out of it."""

    @property
    def title(self) -> str:
        """The caption; without one, the line that leads to the table."""
        return self.caption or self.lead


def located(document: Document) -> Iterator[Located]:
    """All tables of the document in order, and the runs of paragraphs that may have been tables."""
    stack: list[Heading] = []
    lead, follows = "", False
    run: list[Paragraph] = []
    after = False
    for block in (*document.blocks, None):
        if isinstance(block, Paragraph) and not _CAPTION.match(block.text):
            run.append(block)
            continue
        yield from _lost(run, lead, stack, after)
        after = isinstance(block, Table)
        lead = run[-1].text if run else lead
        follows = follows and not run
        run = []
        if isinstance(block, Heading):
            stack = [h for h in stack if h.level < block.level] + [block]
            lead, follows = block.text, False
        elif isinstance(block, Paragraph):
            lead, follows = block.text, False
        elif isinstance(block, Table):
            caption = block.caption or (lead if _CAPTION.match(lead) else "")
            rows = tuple(r for r in regular(block.rows) if not _ruled(r))
            yield Located(rows, caption, lead, *_section(stack), block.place, follows=follows and not caption)
            lead, follows = ("" if _CAPTION.match(lead) else lead), True


def _section(stack: list[Heading]) -> tuple[str, tuple[str, ...]]:
    number = next((h.number for h in reversed(stack) if re.match(r"\d+(\.\d+)+", h.number)), "")
    return number or next((h.number for h in reversed(stack)), ""), tuple(h.text for h in reversed(stack))


def _lost(run: list[Paragraph], lead: str, stack: list[Heading], after: bool) -> Iterator[Located]:
    if after and 0 < len(run) <= 3:
        cells = tuple((Cell(p.text, p.place),) for p in run)
        yield Located(cells, "", lead, *_section(stack), run[0].place, follows=True, lost=True, tail=True)
        return
    if len(run) < 4 or sum(len(p.text) <= 40 for p in run) * 2 < len(run):
        return
    caption = lead if _CAPTION.match(lead) else ""
    rows = tuple((Cell(p.text, p.place),) for p in run)
    before = next((p.text for p in run if row_field(p.text) is None), "")
    yield Located(rows, caption, lead or before, *_section(stack), run[0].place, lost=True)


def regular(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with every merged cell at its first position and blanks where it covers others."""
    given = list(rows)
    if not any(c.colspan > 1 or c.rowspan > 1 for r in given for c in r):
        return tuple(given)
    covered: dict[tuple[int, int], Cell] = {}
    out: list[Row] = []
    for y, row in enumerate(given):
        line: list[Cell] = []
        cells = list(row)
        while cells or (y, len(line)) in covered:
            if (y, len(line)) in covered:
                line.append(covered[y, len(line)])
                continue
            cell = cells.pop(0)
            blank = replace(cell, text="", colspan=1, rowspan=1)
            x = len(line)
            for dy in range(1, min(cell.rowspan, len(given) - y)):
                covered |= {(y + dy, x + dx): blank for dx in range(cell.colspan)}
            line += [replace(cell, colspan=1, rowspan=1), *[blank] * (cell.colspan - 1)]
        out.append(tuple(line))
    return tuple(out)


def _ruled(row: Row) -> bool:
    return bool(row) and all(_RULE.match(c.text) for c in row)


def filled(row: Iterable[Cell]) -> list[Cell]:
    """The cells that hold anything."""
    return [c for c in row if c.text.strip()]


def said(cell: Cell, text: str | None = None) -> Said:
    """The words of a cell, or a part of them, with the place of their first character."""
    if text is None:
        return Said(tidy(cell.text), cell.place)
    return Said(text.strip(), cell.place_at(max(0, cell.text.find(text.strip()))))


@lru_cache(maxsize=65536)
def number(text: str) -> Printed | None:
    """The number the text is; None if it is anything else."""
    shown = plain(text).strip("*")
    if not shown or len(shown) > numbers.MAX_LENGTH or not _DIGITS.match(shown):
        return None
    try:
        return numbers.parse_optional(shown)
    except TanheError:
        return None


def figure(text: str) -> tuple[str, str] | None:
    """(number, unit) of ``7450.80 MWh`` or ``93%``; None unless a number begins the text and a unit ends it."""
    if number(text) is not None:
        return plain(text).strip("*"), ""
    match = _FIGURE.match(plain(text))
    if match is None or number(match[1]) is None:
        return None
    rest = (match[2] or "").strip()
    return (match[1], unit_text(rest)) if is_unit(rest) and year_of(text) is None else None


def absent(text: str) -> bool:
    """Whether the cell says there is no figure: ``/``, ``-``, ``——``."""
    return fold(text) in numbers.ABSENT - {""} or fold(text) in {"不涉及", "无", "N/A"}


def year_of(text: str) -> int | None:
    """The year the cell is, ``2018 年`` → 2018."""
    folded = fold(text)
    return int(folded[:4]) if _YEAR.match(folded) else None


def unit_text(text: str) -> str:
    """A unit as printed, closed up: ``tCO ₂ /MWh`` → ``tCO2/MWh``; 单位： left out."""
    bare = re.sub(r"^单位[::]?", "", fold(text))
    return bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare


@lru_cache(maxsize=65536)
def is_unit(text: str) -> bool:
    """Whether the text is a known unit of measurement."""
    shown = unit_text(text)
    if not shown or shown.isdigit() or len(shown) > LONGEST_UNIT:
        return False
    try:
        unit(shown)
    except TanheError:
        return shown in _MONEY
    return True
