"""Lists whose rows stand on lines, cells parted by one blank (一行一行的清单), put together by what their columns mean.

The header must be understood; rows begin where their running number, date or code stands. A list is made when every row
fits its columns, otherwise its lines stay text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.around_rows import Around, around_rows
from tanhe.reading.documents.cell_lines import Piece
from tanhe.reading.documents.cells import Row, cell_of, key
from tanhe.reading.documents.fitting import fit
from tanhe.reading.documents.lines import Line, half, width
from tanhe.reading.documents.list_heads import Head, begins_list, shape
from tanhe.reading.documents.row_cells import NUMBERS, Laid, cell_fit, laid, pieces_of
from tanhe.reading.documents.row_heads import again, heads_of
from tanhe.reading.documents.words import CAPTION

_LONGEST: Final = 24
"""Lines of a row, at most."""
_NARROW: Final = 44
"""Lines of a cell are hardly wider where nothing tells how wide its column is."""
_WORSE: Final = 1.0
"""A last row may fit so much worse with its last line than without."""
_FAR: Final = 4.0
"""So much worse, more lines do not help either."""
_STOP: Final = re.compile(r"(?:核查说明|说明|注)\s?[:：\d]|综上|经核查|案卷|核查组(?:通过|查阅|确认)|图\s?\d|记录数量|上述|以上")
_NAMING: Final = frozenset({"name", "item", "title", "step", "category", "work"})

Found = tuple[int, list[Row]]


def may_list(line: Line) -> bool:
    """Whether a line may begin the header of a list."""
    first, _, rest = line.text.partition(" ")
    return bool(rest) and len(line.text) <= 80 and begins_list(first)


def list_rows(lines: Sequence[Line], file: str) -> Found | None:
    """The number of the last line of the list that the lines begin, and its rows; None when they begin none."""
    best: tuple[float, Head, list[Line], list[int], Around] | None = None
    for head, start in heads_of(lines, file):
        repeated = again(lines, start)
        body = [line for n, line in enumerate(lines) if n >= start and n not in repeated]
        starts = _starts(body, head)
        for made in (_below(body, starts, head), around_rows(body, starts, head)) if starts else ():
            if made is None or not all(score > 0 and _sound(cells, head) for score, cells in made[1]):
                continue
            total = sum(score for score, _ in made[1])
            if best is None or total > best[0]:
                best = (total, head, body, starts, made)
    if best is None:
        return None
    _, head, body, starts, (last, rows) = best
    cells = [[cell_of(file, body[at], said) for said in row] for at, (_, row) in zip(starts, rows, strict=True)]
    return body[last].number, [head.cells, *cells]


def _starts(lines: Sequence[Line], head: Head) -> list[int]:
    """Which lines begin rows."""
    first, starts = head.fields[0], list[int]()
    before = ""
    for n, line in enumerate(lines):
        if _ends(line) or n - (starts[-1] if starts else 0) > _LONGEST:
            break
        pieces = pieces_of(line.text, head)
        said = half(pieces[0])
        if first in NUMBERS:
            begins = said == str(len(starts) + 1) or _coded(said, before) or (said == "/" == (before or "/"))
        elif said == "/" and first in ("year", "date"):
            begins = bool(starts) or len(pieces) == len(head.fields)
        else:
            begins = fit(first, head.kind, pieces[0]) >= 2.0
        if begins:
            before = said
            starts.append(n)
    return starts


def _coded(said: str, before: str) -> bool:
    """Whether words are a number of letters and figures like the one before: G01 after E03, D1-02 after D1-01."""
    if not before:
        return shape(said) != ""
    stems = [re.match("[A-Z]*", each) for each in (said, before)]
    alike = len(said) == len(before) or (stems[0] and stems[1] and stems[0][0] == stems[1][0])
    return bool(alike) and shape(said) == shape(before) != ""


def _ends(line: Line) -> bool:
    return CAPTION.fullmatch(line.half[:120]) is not None or _STOP.match(line.text) is not None or len(line.text) > 160


def _below(lines: Sequence[Line], starts: Sequence[int], head: Head) -> Around | None:
    """Rows that take all lines from their first to the next row's."""
    if starts[0]:
        return None
    rows: list[Laid] = []
    for nth, at in enumerate(starts[:-1]):
        row = laid(_pieces(lines[at : starts[nth + 1]], head), head, nth == 0)
        if row is None:
            return None
        rows.append(row)
    widest = max(_NARROW, *(width(line.text) for line in lines[: starts[-1] + 1])) if rows else _NARROW
    found = _last(lines[starts[-1] : starts[-1] + _LONGEST], head, not rows, widest)
    return (starts[-1] + found[0] - 1, [*rows, found[1]]) if found is not None else None


def _last(lines: Sequence[Line], head: Head, first: bool, widest: int) -> tuple[int, Laid] | None:
    """How many lines the last row takes, and its cells; it goes on as long as lines no wider than others fit."""
    best: tuple[int, Laid] | None = None
    for n, line in enumerate(lines):
        if n and (_ends(line) or _begins_text(line) or width(line.text) > widest or may_list(line)):
            break
        made = laid(_pieces(lines[: n + 1], head), head, first)
        if made is not None and (best is None or made[0] > best[1][0] - _WORSE):
            best = (n + 1, made)
        elif made is None or (best is not None and made[0] < best[1][0] - _FAR):
            break
    return best


def _pieces(lines: Sequence[Line], head: Head) -> list[Piece]:
    return [(said, not k) for line in lines for k, said in enumerate(pieces_of(line.text, head))]


def _begins_text(line: Line) -> bool:
    """Whether words below a list look like running text or a heading."""
    return re.match(r"[(]\d{1,2}[)]|\d+(?:\.\d+)+\s", line.half) is not None or (line.text.endswith("。") and width(line.text) > 24)


def _sound(cells: Sequence[str], head: Head) -> bool:
    """Whether no cell stands in a column where it cannot, and those that name the row are there."""
    fits = [cell_fit(field, head.kind, said) for field, said in zip(head.fields, cells, strict=True) if said]
    named = [said for field, said in zip(head.fields, cells, strict=True) if field in _NAMING]
    misfits = sum(score <= -1.5 for score in (fits[1:] if head.fields[0] in NUMBERS else fits))
    return misfits == 0 and (not named or any(key(said) for said in named))
