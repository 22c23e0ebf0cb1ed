"""Result tables on single lines whose header lost its first words (缺首列表头的一格一行结果表): columns of figures, then rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.list_heads import result_column
from tanhe.reading.documents.words import TOTAL
from tanhe.reading.understand.flat import fold

_EMITS: Final = re.compile(r"排放|燃烧|回收|销毁|净购入|泄漏|总量|合计|小计|外供|自用")
_OWN: Final = re.compile("填报|核查|当量|确认|初始")
_NOTED: Final = re.compile(r"\([^()]*t[^()]*\)$", re.IGNORECASE)
_LABEL_LONGEST: Final = 50
_NOTE_LONGEST: Final = 24
_HEADS: Final = 6
_MOST: Final = 300

Found = tuple[int, list[Row]]


def headless(cells: Sequence[Cell]) -> Found | None:
    """温室气体质量, CO2当量, 填报值 / label, figures, remark …; words of the header printed elsewhere take their place.

    A row without its label stays without one, unless just one label is left over below; none when rows do not agree.
    """
    first = next((i for i, cell in enumerate(cells[: _HEADS + 2]) if is_figure(cell.text)), 0)
    heads = list(cells[: first - _emits(cells[first - 1])]) if first > 1 else []
    if len(heads) < 2 or not all(_heads_figures(cell) for cell in heads) or not any(_OWN.search(cell.text) for cell in heads):
        return None
    words = _stray_words(cells, len(heads))
    kept = [i for i in range(len(heads), min(len(cells), _MOST)) if i not in words]
    rows, used = _rows([cells[i] for i in kept], len(heads))
    if len(rows) < 3:
        return None
    used = _labelled([cells[i] for i in kept], rows, used)
    end = kept[used - 1] + 1
    while end in words:
        end += 1
    blank = Cell("", cells[0].place)
    above = {column: cells[i] for i, column in words.items() if i < end}
    noted = len(rows[0]) > len(heads) + 1
    return end, [[above.get("label", blank), *heads, *([above.get("note", blank)] if noted else [])], *rows]


def _heads_figures(cell: Cell) -> bool:
    return result_column(fold(cell.text)) == "figure"


def _emits(cell: Cell) -> bool:
    """Whether words label a row: a source of emissions or a total, without a unit behind."""
    said = half(cell.text)
    return len(said) <= _LABEL_LONGEST and not is_figure(said) and not said.endswith(("。", ";")) and _EMITS.search(said) is not None and not _NOTED.search(said) and not _strays(cell)


def _strays(cell: Cell) -> str:
    """Which column's header words are: those of the labels or of the remarks; empty for others."""
    column = result_column(fold(cell.text)) if len(cell.text) <= 12 else None
    return column if column in ("label", "note") else ""


def _stray_words(cells: Sequence[Cell], start: int) -> dict[int, str]:
    """Where the header's other words were printed among the rows, each column's first."""
    found: dict[int, str] = {}
    for i in range(start, min(len(cells), _MOST)):
        if (column := _strays(cells[i])) and column not in found.values():
            found[i] = column
    return found


def _rows(cells: Sequence[Cell], count: int) -> tuple[list[Row], int]:
    """Rows as wide as the first, and how many cells they took."""
    rows: list[Row] = []
    at = wide = 0
    while at < len(cells):
        label, start = _label(cells, at)
        most = wide or count + 1
        stop = start
        while stop < len(cells) and stop - start < most and is_figure(cells[stop].text):
            stop += 1
        stop += count <= stop - start + 1 <= most and stop < len(cells) and _remarks(cells[stop])
        own = list(cells[start:stop])
        wide = wide or len(own)
        if len(own) == wide - 1 and wide > 2 and TOTAL.search(half(label.text)):
            own.insert(0, Cell("", label.place))
        if len(own) != wide or wide < count or not any(is_figure(cell.text) for cell in own):
            break
        rows.append([label, *own])
        at = stop
    return rows, at


def _label(cells: Sequence[Cell], at: int) -> tuple[Cell, int]:
    """The label that begins a row, which may be wrapped, and where its figures begin."""
    if _emits(cells[at]):
        return cells[at], at + 1
    below = cells[at + 1] if at + 1 < len(cells) else cells[at]
    near = (below.place.line or 0) == (cells[at].place.line or 0) + 1
    if near and _emits(below) and not is_figure(cells[at].text) and len(cells[at].text) <= _NOTE_LONGEST:
        return extended(cells[at], below), at + 2
    return Cell("", cells[at].place), at


def _remarks(cell: Cell) -> bool:
    """Whether words behind a row's figures are its remark: short and no label."""
    return not is_figure(cell.text) and len(cell.text) <= _NOTE_LONGEST and not _emits(cell)


def _labelled(cells: Sequence[Cell], rows: Sequence[Row], end: int) -> int:
    """One label below the rows belongs to the one row without label, when no figures follow it."""
    without = [row for row in rows if not row[0].text]
    more = [i for i in range(end, min(end + 2, len(cells))) if _emits(cells[i])]
    if len(without) != 1 or more != [end] or (end + 1 < len(cells) and is_figure(cells[end + 1].text)):
        return end
    without[0][0] = cells[end]
    return end + 1
