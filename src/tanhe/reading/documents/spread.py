"""Rows of Markdown tables set under their columns (Markdown 表的列): what merged cells left out is put back as blanks.

Converters write a cell merged over columns as blanks or not at all, and a cell merged over rows not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, blank, extended, filled, is_figure, is_number, key
from tanhe.reading.documents.header_rows import columns_of
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import TOTAL, is_label

_NONE: Final = frozenset({"/", "-", "--", "—", "——", "－"})
_OPEN: Final = ("至", "、", "，", ",", "（", "(", "《", "—", "~", "～")
"""Ends of a line inside a cell."""

Profile = Sequence[Counter[str]]


def spread(rows: list[Row], fenced: bool) -> list[Row]:
    """Rows of one width. ``fenced``: a cell merged over columns left blanks, so only rows below a merged cell are short."""
    if not fenced or max(len(row) for row in rows) > len(rows[0]):
        rows, fenced = _rejoined(rows), False
    wide = max(len(row) for row in rows)
    if all(len(row) == wide for row in rows):
        return rows
    columns = _profile(rows, wide)
    made: list[Row] = [] if fenced else _head(rows, wide)
    grouped = not fenced and _groups_labels(rows, wide)
    for row in rows[len(made) :]:
        short = wide - len(row)
        if not short:
            made.append(row)
            continue
        above = made[-1] if made else None
        at = _under_groups(row, above) if fenced else None
        if at is None:
            gap = _gap(row, short, columns, above, fenced, grouped)
            at = [*range(gap), *range(gap + short, wide)]
            if len(row) == 1:
                at = [0 if above is None or above[0].text or not row[0].text else 1]
        made.append(_placed(row, at, wide))
    return made


def _rejoined(rows: Sequence[Row]) -> list[Row]:
    """Rows whose cell was broken over two lines put together: the pieces have one cell more than the header."""
    wide = len(rows[0])
    pairs = [_one(a, b, wide) for a, b in pairwise(rows)]
    often = sum(pairs) * 2 >= len(rows) * 0.6
    made: list[Row] = []
    for index, row in enumerate(rows):
        before = made[-1] if made else []
        cut = bool(before) and before[-1].text.endswith(_OPEN) and len(before) + len(row) - 1 <= wide
        if cut or (often and index and pairs[index - 1] and len(before) < wide):
            made[-1] = [*before[:-1], extended(before[-1], row[0], apart=True), *row[1:]]
        else:
            made.append(row)
    return made


def _one(first: Row, second: Row, wide: int) -> bool:
    short = len(first) < wide and len(second) < wide and len(first) + len(second) - 1 == wide
    return short and not is_label(key(first[0].text)) and not is_label(key(second[0].text))


def _groups_labels(rows: Sequence[Row], wide: int) -> bool:
    """Whether the first cell of most rows reaches over a column in which only some rows have words: 某类 | 某种 | 1.0."""
    body = [row for row in rows[1:] if len(row) >= wide - 1]
    return len(body) > 2 and len(body[0]) < wide and _kind(body[0][1].text) == "figure"


def _in_group(row: Row, above: Row) -> bool:
    """Whether a row belongs to the group begun above, as its name begins like the group's or its other members'."""
    members = [key(cell.text)[:2] for cell in above[:2] if cell.text]
    return (not above[0].text or all(cell.text for cell in above)) and key(row[0].text)[:2] in members


def _profile(rows: Sequence[Row], wide: int) -> Profile:
    """What stands in the columns of rows that are whole: figures, words."""
    columns = [Counter[str]() for _ in range(wide)]
    for row in rows:
        if len(row) == wide:
            for column, cell in zip(columns, row, strict=True):
                column[_kind(cell.text)] += 1
    return columns


def _kind(said: str) -> str:
    if not said or said in _NONE:
        return ""
    return "figure" if is_number(said) else "words"


def _placed(row: Row, at: Sequence[int], wide: int) -> Row:
    made: Row = [blank(row)] * wide
    for position, cell in zip(at, row, strict=True):
        made[position] = cell
    return made


def _under_groups(row: Row, above: Row | None) -> list[int] | None:
    """Columns below the merged cells of a header row, when the cells are as many: 产品一 over 名称, 单位, 产量."""
    if above is None or any(is_figure(cell.text) for cell in row if cell.text):
        return None
    starts = filled(above)
    if not starts or any(is_figure(above[i].text) for i in starts):
        return None
    ends = [*starts[1:], len(above)]
    under = [i for start, end in zip(starts, ends, strict=True) if end - start > 1 for i in range(start, end)]
    return under if len(under) == len(row) and len(under) < len(above) - starts[0] else None


def _gap(row: Row, short: int, columns: Profile, above: Row | None, fenced: bool, grouped: bool) -> int:
    """Where in the row the cells are missing: the number of cells before them."""
    last = len(row)
    said = key(row[0].text)
    if is_label(said):
        return last
    if above is None:
        return 1 if not fenced else last
    below_merged = _in_group(row, above) if grouped else not above[0].text or all(cell.text for cell in above)
    if not fenced and last <= 2 and (last < 2 or _kind(row[1].text) != "figure"):
        return last
    if not fenced and TOTAL.fullmatch(half(row[0].text)):
        first = 1
    else:
        first = 0 if fenced or below_merged or _kind(row[1].text) != "figure" else 1
    order: list[int] = [first, *(n for n in (0, 1, last, *range(2, last)) if n != first and not (fenced and n == 1))]
    scores = {gap: _score(row, gap, short, columns) for gap in order}
    best = max(scores.values())
    return next(gap for gap in order if scores[gap] == best)


def _score(row: Row, gap: int, short: int, columns: Profile) -> int:
    """How well the cells go with the columns they come to stand in."""
    points = 0
    for index, cell in enumerate(row):
        kind = _kind(cell.text)
        column = columns[index if index < gap else index + short]
        figures, words = column["figure"], column["words"]
        if kind == "figure":
            points += 2 * (figures > 0) - 2 * (figures == 0 and words > 0)
        elif kind == "words" and figures > words:
            points -= 1
    return points


def _head(rows: Sequence[Row], wide: int) -> list[Row]:
    """Short rows of a header above the first whole row: under their columns, or each in one cell when nothing tells."""
    whole = next((i for i, row in enumerate(rows) if len(row) == wide), len(rows))
    head = rows[:whole]
    if len(head) < 2 or any(is_figure(cell.text) for row in head for cell in row):
        return []
    columns = columns_of(head, wide)
    if columns is not None:
        return [_placed(row, at, wide) for row, at in zip(head, columns, strict=True)]
    if len({len(row) for row in head}) < len(head) or any(len(row) * 4 >= wide * 3 for row in head):
        return []
    return [_together(row, wide) for row in head]


def _together(row: Row, wide: int) -> Row:
    """The words of a row whose columns are not known, in one cell."""
    made: Cell = row[0]
    for cell in row[1:]:
        made = extended(made, cell, True)
    return [made, *[blank(row)] * (wide - 1)]
