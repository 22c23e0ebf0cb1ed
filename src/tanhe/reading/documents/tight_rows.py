"""Rows whose cells are set apart by a single blank (一空格分列), parted by what they say: labels, letters, figures.

Only parameter tables and calculation tables are tried; where it cannot be told where a cell ends, nothing is parted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, cell_of, extended, is_figure, key
from tanhe.reading.documents.forms import form, is_row_label
from tanhe.reading.documents.lines import Line, half
from tanhe.reading.documents.stacked_figures import calculation

_LETTERS: Final = re.compile(r"A B(?: [A-Z])*(?: [A-Z]\s?=.{1,60})?|A B ?=.{1,60}|A(?: [A-Z])* [A-Z]\s?=.{1,60}")
_NAMES: Final = frozenset({"品种", "能源品种", "燃料品种", "年份", "年度"})
_UNITS: Final = re.compile(r"(?<=万) (?=[Nn]?m|t|kWh|GJ|tCO)")
_VALUED: Final = frozenset({"数值", "数据值", "核查报告值"})
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?度?")
_BRACKETED: Final = re.compile(r"\([^()]{1,20}\)")
_MOST: Final = 90

Found = tuple[int, list[Row]]
"""The number of the last line used, and the rows."""


def begins_tight(line: Line) -> bool:
    """Whether a line may begin a table whose cells stand one blank apart."""
    first = key(line.text.split(" ", 1)[0])
    return len(first) <= 12 and (first in _NAMES or (" " in line.text and is_row_label(first)))


def tight_rows(lines: Sequence[Line], file: str) -> Found | None:
    """The table that the lines begin, or None."""
    lines = lines[:_MOST]
    letters = next((n for n, line in enumerate(lines[:24]) if _LETTERS.fullmatch(line.half)), None)
    if key(lines[0].text.split(" ", 1)[0]) in _NAMES and letters is not None:
        found = calculation(_calculated(lines, letters, file))
    elif sum(_labelled(line) is not None for line in lines[:24]) > 2 and _labelled(lines[0]) is not None:
        found = form(_formed(lines, file))
    else:
        return None
    if found is None or len(found[1]) < 3:
        return None
    return max(at.line or 0 for row in found[1] for cell in row for at in (cell.place, *(seam for _, seam in cell.seams))), found[1]


def _labelled(line: Line) -> tuple[str, str] | None:
    """A label of a parameter table and the words behind it."""
    first, _, rest = line.text.partition(" ")
    return (first, rest) if rest and len(first) <= 16 and is_row_label(key(first)) else None


def _formed(lines: Sequence[Line], file: str) -> Row:
    """Cells of a parameter table; the label of the small table of values stands before its header."""
    made: list[tuple[str, Line]] = []
    wide = 0
    for line in lines:
        parts = line.text.split(" ")
        labelled = _labelled(line)
        headed = len(parts) > 2 and key(parts[0]) in _NAMES and all(len(part) <= 8 for part in parts)
        wide = len(parts) if headed else wide
        dated = len(parts) == wide and _YEAR.fullmatch(half(parts[0])) is not None
        if headed or dated or (len(parts) > 2 and all(is_figure(part) for part in parts)):
            made += [(part, line) for part in parts]
        elif labelled is not None:
            made += [(said, line) for said in labelled]
        elif key(line.text) in _VALUED and made and made[-1][1].text.count(" ") > 1:
            before = made[-1][1]
            at = next(n for n, (_, own) in enumerate(made) if own is before)
            made.insert(at, (line.text, line))
        else:
            made.append((line.text, line))
    cells = [cell_of(file, line, said) for said, line in made]
    if len(cells) > 2 and _BRACKETED.fullmatch(half(cells[2].text)):
        cells[1:3] = [extended(cells[1], cells[2])]
    return cells


def _calculated(lines: Sequence[Line], letters: int, file: str) -> Row:
    """Cells of a calculation table: names, units, letters, then a label and its figures."""
    marks = _parted(lines[letters].text)
    count = len(marks)
    made: list[Cell] = []
    for n, line in enumerate(lines):
        if n < letters:
            units = _UNITS.sub("\x00", line.text).split(" ")
            parts = units if len(units) == count and n == letters - 1 else line.text.split(" ")
        elif n == letters:
            parts = marks
        else:
            parts = _figured(line.text, count)
        made += [cell_of(file, line, part.replace("\x00", " ")) for part in parts]
    return made


def _parted(said: str) -> list[str]:
    """``A B C=A*B``: letters, and the formula whole."""
    formula = re.search(r"[A-Z]\s?=", half(said))
    at = formula.start() if formula is not None else len(said)
    return [*said[:at].split(), *([said[at:]] if said[at:] else [])]


def _figured(said: str, count: int) -> list[str]:
    """A label and as many figures as there are letters, or one; else the line whole."""
    tokens = said.split(" ")
    cut = len(tokens)
    while cut > 1 and is_figure(tokens[cut - 1]):
        cut -= 1
    if len(tokens) - cut in (1, count) and cut:
        return [" ".join(tokens[:cut]), *tokens[cut:]]
    return [said]
