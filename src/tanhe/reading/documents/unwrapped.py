"""Cells wrapped over lines put together where blank lines stand between cells (空行分隔的单元格拼接)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure, key
from tanhe.reading.documents.lines import half, width
from tanhe.reading.documents.words import HEADERS, ROW_LABELS, TOTAL

_KNOWN: Final = HEADERS | ROW_LABELS
_CLOSES: Final = re.compile(r"[)）】》]|[(（][^()（）]{1,14}[)）]$|[,，、;；。]")
_FIGURE: Final = re.compile(r"[\d.,%\-]+|[A-Z]\d?(?:\s?=.*)?|/")


def unwrapped(cells: Sequence[Cell]) -> Row:
    """The cells of a text whose cells stand apart by blank lines: lines without one between them may be one cell."""
    gaps = [(b.place.line or 0) - (a.place.line or 0) for a, b in pairwise(cells)]
    if len(gaps) < 6 or sum(gap > 1 for gap in gaps) * 5 < len(gaps) * 3:
        return list(cells)
    made: Row = [cells[0]]
    before = cells[0]
    for gap, cell in zip(gaps, cells[1:], strict=True):
        if gap == 1 and _goes_on(made[-1].text, before.text, cell.text):
            made[-1] = extended(made[-1], cell)
        else:
            made.append(cell)
        before = cell
    return made


def _goes_on(all_before: str, before: str, said: str) -> bool:
    """Whether words on the next line are the rest of the cell."""
    shown = half(all_before)
    if shown.count("(") > shown.count(")") or all_before.count("《") > all_before.count("》"):
        return True
    if is_figure(before) or is_figure(said) or _FIGURE.fullmatch(half(said)):
        return False
    if key(said) in _KNOWN or key(before) in _KNOWN or TOTAL.fullmatch(half(said)) or TOTAL.fullmatch(half(before)):
        return _CLOSES.match(said) is not None and width(said) <= 18
    if _CLOSES.match(said):
        return True
    return width(before) >= 8 and before[-1] not in "。；;)）》" and width(said) <= width(before) + 1
