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
_FORMULA: Final = re.compile(r"\$?\s?[A-Z]\d?\s?=[A-Z\d\s.()*×/÷+\-]{1,60}")
_SIGNED: Final = re.compile(r"(?:[*×/÷+]\s?[A-Z\d(]|-\s?[A-Z(])[A-Z\d\s.()*×/÷+\-]*")
_OPEN: Final = re.compile(r"\((?:t|万|GJ|MWh|k|m|Nm|%|不?包括|不?含)[^()]{0,20}$")
_SHUTS: Final = re.compile(r"[^()。;]{0,16}\)")
_REST: Final = re.compile(r"(?:[A-Z]\d?|44|12|\(?44\s?/\s?12\)?|100)(?:\s?[*×/÷+\-]\s?(?:[A-Z]\d?|44|12|100|1000))*")
_FIGURE: Final = re.compile(r"[\d.,%\-]+|[A-Z]\d?(?:\s?=.*)?|/")


def closed_up(cells: Sequence[Cell]) -> Row:
    """The cells with formulas broken over lines, before a sign or behind one, and brackets broken so, put together."""
    made: Row = []
    for cell in cells:
        said = half(cell.text)
        before = half(made[-1].text) if made and len(said) <= 40 else ""
        signed = _FORMULA.fullmatch(before) and (_SIGNED.fullmatch(said) or _factor(before, said))
        if signed or (len(before) <= 60 and _OPEN.search(before) and _SHUTS.match(said)):
            made[-1] = extended(made[-1], cell)
        else:
            made.append(cell)
    return made


def _factor(formula: str, said: str) -> bool:
    """The rest of a formula that ends with a sign, or 12 below its 44."""
    if formula.endswith("44") and said == "12":
        return True
    return formula[-1:] in "*×/÷" and _REST.fullmatch(said) is not None


def unwrapped(lined: Sequence[Cell]) -> Row:
    """The cells of a text whose cells stand apart by blank lines: lines without one between them may be one cell."""
    cells = closed_up(lined)
    gaps = [(b.place.line or 0) - (a.place.line or 0) for a, b in pairwise(cells)]
    if len(gaps) < 6 or not (sum(gap > 1 for gap in gaps) * 5 >= len(gaps) * 3 or _set_apart(cells, gaps)):
        return cells
    made: Row = [cells[0]]
    before = cells[0]
    for gap, cell in zip(gaps, cells[1:], strict=True):
        if gap == 1 and _goes_on(made[-1].text, before.text, cell.text):
            made[-1] = extended(made[-1], cell)
        else:
            made.append(cell)
        before = cell
    return made


def _set_apart(cells: Sequence[Cell], gaps: Sequence[int]) -> bool:
    """Whether blank lines stand around every figure and every known word, of which there are some."""
    around = [gaps[max(i - 1, 0) : i + 1] for i, cell in enumerate(cells) if is_figure(cell.text) or key(cell.text) in _KNOWN]
    return len(around) > 2 and all(gap > 1 for near in around for gap in near)


def _goes_on(all_before: str, before: str, said: str) -> bool:
    """Whether words on the next line are the rest of the cell."""
    shown = half(all_before)
    if shown.count("(") > shown.count(")") or all_before.count("《") > all_before.count("》"):
        return True
    if shown.endswith(("×", "÷", "=", "*")) and len(shown) > 8:
        return True
    if is_figure(before) or is_figure(said) or _FIGURE.fullmatch(half(said)):
        return False
    if key(said) in _KNOWN or key(before) in _KNOWN or TOTAL.fullmatch(half(said)) or TOTAL.fullmatch(half(before)):
        return _CLOSES.match(said) is not None and width(said) <= 18
    if _CLOSES.match(said):
        return True
    return width(before) >= 8 and before[-1] not in "。；;)）》" and width(said) <= width(before) + 1


def torn(rows: Sequence[Row]) -> bool:
    """Whether cells of a list part where no blank line does, though blank lines set most of them or its header apart.

    Then columns were printed into each other, and rows made of their pieces say what the report does not.
    """
    gaps = _between(rows)
    inside = sum(gap == 1 for gap in gaps)
    apart = sum(gap > 1 for gap in gaps) * 2 >= len(gaps) or all(gap > 1 for gap in _between(rows[:1]))
    return apart and inside > 1 and inside * 10 > len(gaps)


def _between(rows: Sequence[Row]) -> list[int]:
    """How many lines lie between cells that were printed one after the other."""
    spans = sorted((cell.place.line or 0, (cell.seams[-1][1] if cell.seams else cell.place).line or 0) for row in rows for cell in row if cell.text)
    return [below[0] - above[1] for above, below in pairwise(spans)]
