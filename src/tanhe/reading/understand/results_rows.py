"""Rows of result tables (汇总表的行): what is a label, what a figure, what only looks like a result."""

from __future__ import annotations

import re
from typing import Final, Literal

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Said
from tanhe.reading.understand.absence import without_remark
from tanhe.reading.understand.located import Located, Row, figure, filled, said, year_of
from tanhe.reading.understand.vocabulary import fold, has_word, plain, quantity

About = Literal["entity", "supplementary", "form"]


Line = tuple[Said, tuple[Said, ...]]


NUMBERED: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\s*(?=[\u4e00-\u9fffA-Z])(?![年月日])")


def is_label(cell: Cell) -> bool:
    """Whether a cell can be the label of a source or of a total."""
    named = has_word(cell.text, "results", "sources") or has_word(cell.text, "results", "total")
    return named and len(plain(cell.text)) <= 60 and not is_figure(cell)


def about(table: Located) -> About:
    where = (table.caption, *table.headings[:2], *(c.text for r in table.rows[:1] for c in r))
    return "supplementary" if any(has_word(w, "results", "supplementary") for w in where) else "entity"


def split(row: Row) -> tuple[list[Cell], list[Cell]]:
    """(words before the figures, figures with what stands for none); remarks after them are left out."""
    cells = [c for c in filled(row)]
    first = next((n for n, c in enumerate(cells) if is_figure(c) and n), len(cells))
    figures = []
    for cell in cells[first:]:
        if not is_figure(cell):
            break
        figures.append(cell)
    return cells[:first], figures


def is_figure(cell: Cell) -> bool:
    return (figure(without_remark(cell.text)) is not None or fold(cell.text) in {"/", "-", "—", "——", "--"}) and year_of(
        cell.text
    ) is None


def is_source(row: Row) -> bool:
    words, figures = split(row)
    if not words or not figures:
        return False
    label = words[-1].text
    return len(label) <= 60 and (has_word(label, "results", "sources") or has_word(label, "results", "total"))


def is_numbered(row: Row) -> bool:
    return any(NUMBERED.match(plain(c.text)) for c in row[:2])


def is_contents(table: Located) -> bool:
    """Whether it is a table of contents: whole numbers that only rise, or its title."""
    if re.fullmatch(r"目录", fold(table.title)):
        return True
    last = [filled(r)[-1].text for r in table.rows if len(filled(r)) > 1]
    pages = [int(t) for x in last if (t := fold(x)).isdecimal() and len(t) < 5]
    return (
        len(pages) >= 3 and len(pages) * 5 >= len(last) * 4 and pages == sorted(pages) and 0 < pages[-1] < 400
    )


def has_factors(table: Located) -> bool:
    return any((q := quantity(c.text)) is not None and q.kind == "factor" for r in table.rows[:2] for c in r)


def value(cell: Cell) -> Said:
    found = figure(without_remark(cell.text))
    return said(cell, found[0]) if found else said(cell)
