"""Rows that make one table (拼表): rows broken over lines mended, pages rejoined, repeated headers dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tanhe.reading.documents.cells import Row, extended, filled, is_figure, is_number, key, unfinished
from tanhe.reading.documents.limits import MAX_SEAMS
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import HEADERS, MONTH, ROW_LABELS, TOTAL

_BULLET: Final = re.compile(r"(n\s|[-•●◆■▪·➢➤]\s?)[^\d\s]")
_SHORT: Final = 40
_CUT: Final = 30


@dataclass
class Chunk:
    """Rows that stand together, before it is known which chunks make one table."""

    rows: list[Row]
    caption: str = ""
    dropped: list[int] = field(default_factory=list)
    """Lines of headers that were printed again."""

    closed: bool = False
    """Whether the text shows where the table ends: its last cell does not go on below."""

    wide: int = 0
    """Columns of the widest row learnt."""

    serial: bool = True
    """Whether the first cells below the header are figures or empty, as far as learnt."""

    _labels: dict[str, int] = field(default_factory=dict)
    _learnt: int = 0

    def learn(self) -> None:
        """Take in rows added since the last time: every row is looked at once, however often pages are joined."""
        for index in range(self._learnt, len(self.rows)):
            row = self.rows[index]
            label = half(row[0].text)
            self._labels[label] = index
            self.wide = max(self.wide, _columns(row))
            self.serial = self.serial and (index == 0 or not label or label.isdigit())
        self._learnt = len(self.rows)

    def has(self, label: str, start: int) -> bool:
        """Whether a row from ``start`` on has this label."""
        return self._labels.get(label, -1) >= start


def mended(rows: list[Row]) -> list[Row]:
    """Rows cut in two by a line end inside a cell put together, when the pieces give the width of the others."""
    counts = Counter(len(row) for row in rows)
    wide, often = counts.most_common(1)[0] if counts else (0, 0)
    if often < 3 or often * 2 < len(rows):
        return rows
    made: list[Row] = []
    for row in rows:
        last = made[-1] if made else []
        if last and len(last) < wide and len(row) < wide and len(last) + len(row) - 1 == wide and row[0].text:
            made[-1] = [*last[:-1], extended(last[-1], row[0]), *row[1:]]
        else:
            made.append(row)
    return made


def goes_on(top: Chunk, more: Chunk) -> bool:
    """Join ``more`` to ``top`` when it is the same table on the next page; False when it is another one."""
    if more.caption or not top.rows or not more.rows:
        return False
    top.learn()
    repeated = _repeated(top.rows, more.rows) or _form_again(top, more.rows)
    rest = more.rows[repeated:]
    if not repeated and (_heads(more.rows) or not _fits(top, more.rows)):
        return False
    if _restarts(top, repeated, rest, bool(repeated)):
        return False
    top.closed = more.closed
    top.dropped += more.dropped + _lines(more.rows[:repeated])
    if rest and _cut_cell(top, rest[0], bool(repeated)):
        top.rows[-1] = _over(top.rows[-1], rest[0])
        rest = rest[1:]
    top.rows += rest
    return True


def without_repeats(chunk: Chunk) -> None:
    """Drop headers printed again in the middle of rows that stand together; join rows that only go on a list."""
    rows: list[Row] = []
    index = 0
    while index < len(chunk.rows):
        again = _repeated(rows, chunk.rows[index : index + 2]) if rows else 0
        if again:
            chunk.dropped += _lines(chunk.rows[index : index + again])
        elif rows and _bulleted(rows[-1], chunk.rows[index]):
            rows[-1] = _over(rows[-1], chunk.rows[index])
        else:
            rows.append(chunk.rows[index])
        index += max(again, 1)
    chunk.rows = rows


def _lines(rows: Sequence[Row]) -> list[int]:
    """Every physical line that words of the rows stand on."""
    cells = [cell for row in rows for cell in row]
    return [at.line or 0 for cell in cells for at in (cell.place, *(seam for _, seam in cell.seams))]


def _keys(row: Row) -> list[str]:
    keys = [key(cell.text) for cell in row]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def _repeated(top: Sequence[Row], more: Sequence[Row]) -> int:
    """How many rows at the head of ``more`` are the header of ``top`` again: 0, 1 or 2."""
    if not top or not more or len(filled(more[0])) < 2 or any(is_figure(cell.text) for cell in more[0]):
        return 0
    first = _keys(more[0])
    if first != _keys(top[0]):
        return 0
    second = len(top) > 1 and len(more) > 1 and not any(is_number(cell.text) for cell in more[1])
    return 2 if second and _keys(more[1]) == _keys(top[1]) else 1


def _form_again(top: Chunk, more: Sequence[Row]) -> int:
    """1 when a form's first line stands again over its rest (年份 | 2023), whose labels are all new."""
    if len(more) < 2 or key(more[0][0].text) not in ROW_LABELS or _keys(more[0]) != _keys(top.rows[0]):
        return 0
    return int(not any(top.has(half(row[0].text), 0) for row in more[1:] if row[0].text))


def _heads(rows: Sequence[Row]) -> bool:
    """Whether the first row is a header of its own: short words only, figures below them."""
    first = rows[0]
    words = [cell.text for cell in first if cell.text]
    label = key(first[0].text)
    if len(words) < 2 or not label or any(is_figure(said) or len(said) > _SHORT for said in words):
        return False
    if label in HEADERS:
        return True
    if label in ROW_LABELS or len(words) < len(first) or TOTAL.fullmatch(half(first[0].text)):
        return False
    return len(rows) > 1 and any(is_number(cell.text) for cell in rows[1][1 : len(first)])


def _fits(top: Chunk, more: Sequence[Row]) -> bool:
    lead = half(more[0][0].text)
    if len(more[0]) == len(top.rows[-1]) or not lead or key(lead) in ROW_LABELS or TOTAL.fullmatch(lead):
        return True
    return _columns(more[0]) == top.wide


def _columns(row: Row) -> int:
    return sum(cell.colspan for cell in row)


def _restarts(top: Chunk, start: int, rest: Sequence[Row], repeated: bool) -> bool:
    """Whether ``rest`` begins with a label that ``top`` already had: January again, 1 again, 数据项 again."""
    lead = next((half(row[0].text) for row in rest if row[0].text), "")
    if not lead or not top.has(lead, start):
        return False
    return not repeated or MONTH.fullmatch(lead) is not None or lead == "1"


def _cut_cell(top: Chunk, row: Row, repeated: bool) -> bool:
    """Whether a row after a page end is only the rest of cells above."""
    above, own = top.rows[-1], filled(row)
    if row[0].text or not own or len(row) != len(above) or len(own) * 2 > max(len(filled(above)), 2):
        return False
    if any(is_figure(row[i].text) or not above[i].text or is_figure(above[i].text) for i in own):
        return False
    if any(len(above[i].seams) >= MAX_SEAMS for i in own):
        return False
    serial = repeated and top.serial and not row[1].text
    return serial or all(unfinished(above[i].text, _CUT) or _BULLET.match(half(row[i].text)) for i in own)


def _bulleted(above: Row, row: Row) -> bool:
    own = filled(row)
    return (
        len(own) == 1
        and own[0] == len(row) - 1 > 0
        and len(above) == len(row)
        and _BULLET.match(half(row[-1].text)) is not None
        and bool(above[-1].text)
        and not is_figure(above[-1].text)
        and len(above[-1].seams) < MAX_SEAMS
    )


def _over(above: Row, row: Row) -> Row:
    return [
        extended(up, low, _BULLET.match(low.text) is not None) for up, low in zip(above, row, strict=True)
    ]
