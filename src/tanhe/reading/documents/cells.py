"""Cells and paragraphs made from physical lines, and joined when the layout broke them (断行拼接)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell, Paragraph
from tanhe.reading.documents.lines import Line, fold, glue, half, place, width
from tanhe.reading.documents.markup import clean

Row = list[Cell]
Joinable = TypeVar("Joinable", Cell, Paragraph)

_NUMBER: Final = re.compile(
    r"[-+−–]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[-+−–]?\d+(?:\.\d+)?(?:E[+-]?\d+)?\s?%?", re.IGNORECASE
)
_ABSENT: Final = frozenset({"/", "-", "--", "—", "——", "－", "无", "无数据", "未填报", "未采用"})
_NOTED: Final = re.compile(r"[(（][\u4e00-\u9fff]{1,6}[)）]$")
"""What is said of a figure behind it: 382.92（不完整）."""

_OPEN_ENDS: Final = tuple("，、,（(《“/+×=")
_SHUT: Final = frozenset("。；：！？.;:!?）)》”】]…")
_LONG: Final = 44


def cell_of(file: str, line: Line, said: str) -> Cell:
    """A cell with the words of one line, cleaned of markup."""
    shown = clean(said)
    return Cell(shown, place(file, line, shown))


def row_of(file: str, line: Line, parts: Sequence[str]) -> Row:
    """A row whose cells stand on one line."""
    return [cell_of(file, line, part) for part in parts]


def paragraph_of(file: str, line: Line) -> Paragraph:
    """A paragraph with the words of one line, cleaned of markup."""
    shown = clean(line.text)
    return Paragraph(shown, place(file, line, shown))


def extended(first: Joinable, more: Cell | Paragraph, apart: bool = False) -> Joinable:
    """``first`` going on with the words of ``more``, after a blank if ``apart``; the seam keeps the second place."""
    if not more.text:
        return first
    if not first.text:
        return replace(first, text=more.text, place=more.place, seams=more.seams)
    joint: str = first.text + (" " if apart else glue(first.text, more.text))
    seams: list[tuple[int, Place]] = [
        (len(joint), more.place),
        *((len(joint) + at, where) for at, where in more.seams),
    ]
    return replace(first, text=joint + more.text, seams=(*first.seams, *seams))


def is_number(said: str) -> bool:
    """Whether a cell is nothing but a number (纯数值)."""
    return len(said) < 40 and _NUMBER.fullmatch(half(said).strip()) is not None


def is_figure(said: str) -> bool:
    """A number, with a note or without (382.92（不完整）), or what stands where there is none: ``/``, ``—``."""
    if said in _ABSENT or is_number(said):
        return True
    return len(said) < 40 and said[:1] in "0123456789-−" and said[-1:] in ")）" and is_number(_NOTED.sub("", said))


def unfinished(said: str, least: int = _LONG) -> bool:
    """Whether words look cut off: a text of ``least`` columns without an end mark, or a comma at its end."""
    if not said:
        return False
    if said.endswith(_OPEN_ENDS):
        return len(said) > 3
    return said[-1] not in _SHUT and not is_number(said) and width(said[-60:]) >= least


def key(said: str) -> str:
    """Words compared without blanks, width of characters and marks of notes: ``要求* ¹`` equals ``要求 ^{*1}``."""
    folded = half(fold(said)).replace("¹", "1").replace("²", "2").replace("³", "3").lower()
    return re.sub(r"[\s^{}*$_\\]", "", folded)


def empty(row: Sequence[Cell]) -> bool:
    """Whether no cell of a row has words."""
    return not any(cell.text for cell in row)


def filled(row: Sequence[Cell]) -> list[int]:
    """Positions of the cells that have words."""
    return [i for i, cell in enumerate(row) if cell.text]


def blank(row: Row) -> Cell:
    """An empty cell at the line of a row."""
    where = row[-1].place
    return Cell("", Place(where.file, where.line, page=where.page))
