"""The grid of a Word table (表格网格): spans across and down, rows that begin late, deleted rows left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell
from tanhe.reading.documents.docx_styles import W, number, value
from tanhe.reading.documents.limits import MAX_COLUMNS, within

Placing = Callable[[int, int, str], Place]
"""The place of a cell by its row and column, 0-based, and its words."""

_WRAPPERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))


@dataclass(frozen=True)
class Slot:
    """A ``w:tc`` with the column it begins in; ``merged`` when it goes on with the cell above."""

    element: etree._Element | None
    column: int
    colspan: int = 1
    merged: bool = False


@dataclass(frozen=True)
class Grid:
    """The rows of slots; ``single`` is the only cell of a table that is but a frame around text."""

    rows: tuple[tuple[Slot, ...], ...]
    single: etree._Element | None = None


def grid(table: etree._Element) -> Grid:
    """The slots of a ``w:tbl``; rows deleted by a revision do not count."""
    rows = tuple(tuple(_slots(row)) for row in _children(table, "tr") if not _deleted(row))
    cells = [slot for row in rows for slot in row]
    return Grid(rows, cells[0].element if len(cells) == 1 else None)


def table_rows(
    made: Grid, read: Callable[[etree._Element], str], placing: Placing, file: str
) -> tuple[tuple[Cell, ...], ...]:
    """The cells; one that reaches down stands in its first row only, with its span."""
    out: list[list[Cell]] = []
    above: dict[int, tuple[int, int, int]] = {}
    for y, row in enumerate(made.rows):
        within(sum(slot.colspan for slot in row), MAX_COLUMNS, ("列数", "the number of columns"), file)
        cells: list[Cell] = []
        below: dict[int, tuple[int, int, int]] = {}
        for slot in row:
            start = above.get(slot.column)
            if slot.merged and start and start[2] == slot.colspan:
                at = out[start[0]][start[1]]
                out[start[0]][start[1]] = replace(at, rowspan=y - start[0] + 1)
                below[slot.column] = start
                continue
            words = "" if slot.element is None else read(slot.element)
            cells.append(Cell(words, placing(y, slot.column, words), slot.colspan))
            below[slot.column] = (y, len(cells) - 1, slot.colspan)
        out.append(cells)
        above = below
    return tuple(tuple(row) for row in out)


def _slots(row: etree._Element) -> Iterator[Slot]:
    properties = row.find(W + "trPr")
    column = _count(value(properties, "gridBefore"), 0)
    if column:
        yield Slot(None, 0, column)
    last: Slot | None = None
    for cell in _children(row, "tc"):
        own = cell.find(W + "tcPr")
        span = _count(value(own, "gridSpan"), 1) or 1
        if last and _merge(own, "hMerge") == "continue":
            last = replace(last, colspan=last.colspan + span)
            column += span
            continue
        if last:
            yield last
        last = Slot(cell, column, span, _merge(own, "vMerge") == "continue")
        column += span
    if last:
        yield last
    if after := _count(value(properties, "gridAfter"), 0):
        yield Slot(None, column, after)


def _merge(properties: etree._Element | None, name: str) -> str:
    """restart, continue (the meaning of a mark without a value) or nothing."""
    if properties is None or properties.find(W + name) is None:
        return ""
    return value(properties, name, "continue")


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _deleted(row: etree._Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _count(words: str, usual: int) -> int:
    return min(max(number(words, usual), 0), MAX_COLUMNS + 1)


def letters(column: int) -> str:
    """A, B, … Z, AA: the column as a spreadsheet names it, 0-based."""
    shown = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        shown = chr(ord("A") + rest) + shown
    return shown
