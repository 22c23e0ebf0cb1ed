"""Tables on single lines whose header words are not known (表头用词不识的一格一行表格): by units, pairs and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, is_figure, is_number
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.stacked_figures import calculation
from tanhe.reading.documents.stacked_results import headless
from tanhe.reading.documents.words import ITEM, TOTAL

_UNIT: Final = re.compile(
    r"[()]?(?:%|/|-|无量纲|(?:10\^?4|万|千|k|M)?\s?(?:t|吨|GJ|TJ|MJ|kJ|kg|Nm\s?3|m\s?3|MWh|kWh|tC|tCO\s?2e?|tce|人|元|台|L)"
    r"(?:/(?:10\^?4|万|千|k|M)?\s?(?:t|吨|GJ|TJ|kg|Nm\s?3|m\s?3|MWh|kWh|tce))?)[()]?",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(r"[\d,.]+\s?[^\d\s,。;:]{1,8}")
_SHUT: Final = tuple("。；;，,：:")
_WIDE: Final = 12

Found = tuple[int, list[Row]]


def bare(cells: Sequence[Cell]) -> Found | None:
    """The table that begins right below a caption, whatever its first word; None when nothing tells its columns."""
    return lettered(cells) or headless(cells) or united(cells) or _pairs(cells)


def lettered(cells: Sequence[Cell]) -> Found | None:
    """A calculation table by the letters of its formula, when all above them are short words."""
    found = calculation(cells) if cells and _word(cells[0]) else None
    return found if found is not None and all(_word(cell) for cell in found[1][0] if cell.text) else None


def _word(cell: Cell) -> bool:
    """Whether words may head a column or label a row."""
    return 0 < len(cell.text) <= 40 and not is_figure(cell.text) and not cell.text.endswith(_SHUT) and not ITEM.match(half(cell.text))


def united(cells: Sequence[Cell]) -> Found | None:
    """Names, as many units, then rows of a label and as many figures: 品种, 消耗量, 低位发热量 / t, GJ/t / 无烟煤, 1.2, 20.9."""
    first = next((i for i, cell in enumerate(cells[: 3 * _WIDE]) if is_number(cell.text)), 0)
    count = 0
    while first + count < len(cells) and is_figure(cells[first + count].text):
        count += 1
    label = first - 1
    units = [cell for cell in cells[max(label - count, 0) : label] if _UNIT.fullmatch(half(cell.text))]
    names = label - len(units)
    if count < 2 or count > _WIDE or names not in (count, count + 1) or len(units) not in (0, count) or not _word(cells[label]):
        return None
    if not all(_word(cell) for cell in cells[:names]):
        return None
    blank = Cell("", cells[0].place)
    rows: list[Row] = [[*[blank] * (1 + count - names), *cells[:names]], *([[blank, *units]] if units else [])]
    at = label
    while at < len(cells) and _word(cells[at]):
        end = at + 1
        while end < len(cells) and end <= at + count and is_figure(cells[end].text):
            end += 1
        row = list(cells[at:end])
        if len(row) == 2 < count + 1 and TOTAL.fullmatch(half(row[0].text)):
            row[1:1] = [blank] * (count - 1)
        if len(row) != count + 1:
            break
        rows.append(row)
        at = end
    over = at < len(cells) and is_number(cells[at].text)
    return (at, rows) if not over and len(rows) > (2 if units else 1) + (not units) else None


def _pairs(cells: Sequence[Cell]) -> Found | None:
    """A word and its figure, three times or more: 化石燃料燃烧排放量 / 382.92."""
    rows: list[Row] = []
    at = 0
    while at + 1 < len(cells) and _word(cells[at]) and _valued(cells[at + 1]):
        rows.append([cells[at], cells[at + 1]])
        at += 2
    after = cells[at].text if at < len(cells) else ""
    return (at, rows) if len(rows) >= 3 and not is_figure(after) else None


def _valued(cell: Cell) -> bool:
    return is_figure(cell.text) or (len(cell.text) < 24 and _AMOUNT.fullmatch(half(cell.text)) is not None)


def numbered(cells: Sequence[Cell]) -> Found | None:
    """1, words, 2, words, 3 …: a list of documents without a header, each number on a line of its own."""
    rows: list[Row] = []
    at = 0
    while at + 1 < len(cells) and half(cells[at].text) == str(len(rows) + 1) and not is_figure(cells[at + 1].text):
        row = [cells[at], cells[at + 1]]
        if len(row[1].text) > 80 or row[1].text.endswith("。"):
            break
        rows.append(row)
        at += 2
    return (at, rows) if len(rows) >= 3 else None
