"""Tables whose columns are set apart by blanks and whose cells are wrapped over lines (空格分列、单元格折行的表格).

The fullest lines tell where columns end; a column whose cells are never wrapped (labels, serial numbers, dates,
figures) tells where rows are; lines between two rows go to the row they are centred on, or to the one above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, cell_of, extended, is_figure, is_number, key
from tanhe.reading.documents.form_values import raises
from tanhe.reading.documents.forms import is_row_label, labels_form
from tanhe.reading.documents.lines import Line, half, width
from tanhe.reading.understand.vocabulary import cross_field

_GAP: Final = re.compile(r"[ \xa0\u3000]{2,}")
_ANCHOR: Final = re.compile(r"\d{1,3}|[A-Z]{1,4}(?:-?[A-Z]{0,2}\d{1,4}){1,3}|(?:19|20)\d\d ?年?度?(?: ?\d{1,2} ?月 ?\d{1,2} ?日)?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}")
_MOST: Final = 400

Piece = tuple[int, int, str]
"""Where words begin and end on a line, and the words."""

Found = tuple[int, list[Row]]


def columned(lines: Sequence[Line], start: int, file: str, ends: Callable[[int], bool]) -> Found:
    """Index after the table that begins at ``start``, and its rows; none when it is no table with wrapped cells."""
    stop = start
    while stop < len(lines) and stop < start + _MOST and lines[stop].text and not (stop > start and ends(stop)):
        stop += 1
    used = lines[start:stop]
    if len(used) < 3 or sum(len(_GAP.split(line.raw.strip())) > 1 for line in used) * 4 < len(used):
        return stop, []
    best: list[list[Piece]] = min((_measured(used, of) for of in (len, width)), key=_spread)
    rows = _form(best, used, file) or _grid(best, used, file)
    return stop, rows if rows and len(rows) > 1 else []


def _measured(used: Sequence[Line], of: Callable[[str], int]) -> list[list[Piece]]:
    made = []
    for line in used:
        row: list[Piece] = []
        at = column = 0
        for gap in [*_GAP.finditer(line.raw), None]:
            end = gap.start() if gap is not None else len(line.raw)
            said = line.raw[at:end]
            if said.strip():
                lead = len(said) - len(said.lstrip())
                row.append((column + lead, column + of(said.rstrip()), said.strip()))
            if gap is not None:
                column += of(line.raw[at : gap.end()])
                at = gap.end()
        made.append(row)
    return made


def _spread(rows: Sequence[Sequence[Piece]]) -> int:
    """How many different columns words begin at: the measure under which they are fewest is the producer's."""
    return len({begin for row in rows for begin, _, _ in row})


def _form(rows: Sequence[list[Piece]], used: Sequence[Line], file: str) -> list[Row] | None:
    """A parameter table: labels at the left, values and small tables at the right."""
    anchors = [i for i, row in enumerate(rows) if is_row_label(key(row[0][2]))]
    if len(anchors) < 3 or len({key(rows[i][0][2]) for i in anchors}) < 3:
        return None
    begins = Counter(rows[i][1][0] for i in anchors if len(rows[i]) == 2)
    if not begins:
        return None
    edge = begins.most_common(1)[0][0]
    anchors = [i for i in anchors if rows[i][0][0] < edge - 1]
    low = min((rows[i][0][0] + rows[i][0][1]) // 2 for i in anchors) if anchors else 0
    if len(anchors) < 3 or any(row[0][0] <= max(low, edge - 8) and i not in anchors for i, row in enumerate(rows)):
        return None
    made: list[Row] = []
    for at, first, stop in _groups(anchors, len(rows), 0):
        name = cell_of(file, used[at], rows[at][0][2])
        inner = [(used[i], rows[i][1:] if i == at else rows[i]) for i in range(first, stop)]
        made += _valued(name, [(line, row) for line, row in inner if row], file)
    return made


def _valued(name: Cell, inner: Sequence[tuple[Line, list[Piece]]], file: str) -> list[Row]:
    """A label's value, wrapped or not; rows of a small table stand on lines of their own or are wrapped too."""
    head = next((n for n, (_, row) in enumerate(inner) if len(row) > 2 and cross_field(row[0][2]) is not None), None)
    blank = Cell("", name.place)
    made: list[Row] = [[name]]
    for line, row in inner[:head]:
        parts = [cell_of(file, line, said) for _, _, said in row]
        if len(parts) == 2 and raises(*parts):
            parts = [extended(parts[0], parts[1])]
        if len(made[-1]) == 1 or len(parts) > 1 or len(made[-1]) > 2:
            made += [] if len(made[-1]) == 1 else [[replace(blank, place=parts[0].place)]]
            made[-1] += parts
        else:
            made[-1][-1] = extended(made[-1][-1], parts[0])
    if head is None:
        return made
    left, last = inner[head][1][0][0], len(inner)
    while last > head + 2 and _sentence(inner[last - 1][1], left):
        last -= 1
    small = _grid([row for _, row in inner[head:last]], [line for line, _ in inner[head:last]], file)
    small = small or [[cell_of(file, line, said) for _, _, said in row] for line, row in inner[head:last]]
    for cells in small:
        made += [] if len(made[-1]) == 1 else [[replace(blank, place=cells[0].place)]]
        made[-1] += cells
    return [*made, *([blank, cell_of(file, line, " ".join(said for _, _, said in row))] for line, row in inner[last:])]


def _sentence(row: Sequence[Piece], left: int) -> bool:
    return len(row) == 1 and row[0][0] <= left + 2 and width(row[0][2]) > 24


def _groups(anchors: Sequence[int], count: int, start: int) -> list[tuple[int, int, int]]:
    """The lines of each row: as many above its anchor as below, or all of them below when rows are set at the top."""
    ways: dict[int, tuple[int, list[int]]] = {anchors[0] - start: (0, [start])}
    for at, following in pairwise(anchors):
        new: dict[int, tuple[int, list[int]]] = {}
        for above, (cost, tops) in ways.items():
            for below in range(following - at):
                rest, total = following - at - 1 - below, cost + abs(above - below)
                if rest not in new or total < new[rest][0]:
                    new[rest] = (total, [*tops, at + 1 + below])
        ways = dict(sorted(new.items(), key=lambda way: way[1][0])[:12])
    last = count - 1 - anchors[-1]
    tops = min((cost + abs(above - last), tops) for above, (cost, tops) in ways.items())[1]
    gaps = [0, *(after - at - 1 for at, after in pairwise([start - 1, *anchors, count])), 0]
    alone = [not gaps[n - 1] and not gaps[n + 1] for n in range(1, len(gaps) - 1) if gaps[n]]
    if sum(alone) * 2 > len(alone) and anchors[0] == start:
        tops = [start, *anchors[1:]]
    return [(at, top, stop) for at, (top, stop) in zip(anchors, pairwise([*tops, count]), strict=True)]


def _grid(rows: Sequence[list[Piece]], used: Sequence[Line], file: str) -> list[Row] | None:
    """A list: columns where the fullest lines have them."""
    most = max(len(row) for row in rows)
    if most < 2 or most > 24:
        return None
    full = [row for row in rows if len(row) == most]
    edges = _edges(full, rows)
    if edges is None:
        return None
    cut = [_cut(row, edges) for row in rows]
    found = _anchors(cut)
    if found is None:
        return None
    column, anchors = found
    if (len(anchors) >= len(rows) - 1 and (column or len(anchors) == len(rows))) or any(row[n : n + 2] == ["A", "B"] for row in cut for n in range(3)):
        return None
    head = next((i for n in (0, column) for i in range(anchors[0]) if cut[i][n]), None)
    form = column == 0 and labels_form(key(cut[anchors[0]][0]))
    if form:
        head = None
    elif head is None or any(labels_form(key(cut[i][0])) for i in range(head + 1, len(rows)) if i not in anchors):
        return None
    figures = [n for n in range(most) if sum(is_number(cut[i][n]) for i in anchors) * 2 >= len(anchors)]
    if any(_whole(cut[i], figures) for i in range((head or 0) + 1, len(rows)) if i not in anchors):
        return None
    made: list[Row] = []
    for at, first, stop in _groups(anchors if head is None else [head, *anchors], len(rows), 0):
        row = [Cell("", cell_of(file, used[at], "").place) for _ in range(most)]
        for i in range(first, stop):
            for n, said in enumerate(cut[i]):
                if said:
                    row[n] = extended(row[n], cell_of(file, used[i], said))
        made.append(row)
    return made


def _whole(row: Sequence[str], figures: Sequence[int]) -> bool:
    """Whether a line is a row of its own: most columns have words, or a column of figures has one."""
    return sum(bool(said) for said in row) * 5 > len(row) * 3 or any(is_number(row[n]) for n in figures)


def _edges(full: Sequence[list[Piece]], rows: Sequence[list[Piece]]) -> list[int] | None:
    """Where one column ends and the next begins: between the words of the fullest lines, where fewest words stand."""
    covered: Counter[int] = Counter()
    for row in rows:
        for begin, end, said in row:
            if end - begin < 400:
                blank = {begin + n for n, c in enumerate(said) if c == " " and not _dated(said, n)} if end - begin == len(said) else set()
                covered.update(x for x in range(begin, end) if x not in blank)
    edges: list[int] = []
    for n in range(len(full[0]) - 1):
        low, high = max(row[n][1] for row in full), min(row[n + 1][0] for row in full)
        if low > high:
            low, high = full[0][n][1], full[0][n + 1][0]
        middle = (low + high) / 2
        edges.append(min(range(low, high + 1), key=lambda x: (covered[x] + covered[x - 1], abs(x - middle))))
    return edges if all(a < b for a, b in pairwise(edges)) else None


def _cut(row: Sequence[Piece], edges: Sequence[int]) -> list[str]:
    """The words of a line in its columns; words over an edge are parted only at a blank beside it."""
    cells = [""] * (len(edges) + 1)
    for begin, end, said in row:
        rest, at = said, begin
        scale = len(said) / max(end - begin, 1)
        for edge in edges:
            if at < edge - 1 and edge + 1 < end:
                near = [i for i, c in enumerate(rest) if c == " " and abs(at + i / scale - edge) <= 1.5]
                if near and not _dated(rest, near[0]):
                    _put(cells, edges, at, at + near[0] / scale, rest[: near[0]])
                    at, rest = int(at + (near[0] + 1) / scale), rest[near[0] + 1 :]
        _put(cells, edges, at, end, rest)
    return cells


def _dated(said: str, at: int) -> bool:
    """Whether the blank stands within a date: 2025 年 3 月 6 日."""
    return (re.match(r"[年月日]", said[at + 1 :]) is not None and said[at - 1].isdigit()) or (said[at - 1] in "年月" and said[at + 1 : at + 2].isdigit())


def _put(cells: list[str], edges: Sequence[int], begin: float, end: float, said: str) -> None:
    low = sum(edge <= begin + 1 for edge in edges)
    high = sum(edge < end - 1 for edge in edges)
    bounds = [0, *edges, 10_000]
    best = max(range(low, high + 1), key=lambda n: min(end, bounds[n + 1]) - max(begin, bounds[n]), default=low) if high > low else low
    best = low if high - low > 1 else best
    cells[best] = f"{cells[best]} {said.strip()}".strip()


def _anchors(cut: Sequence[Sequence[str]]) -> tuple[int, list[int]] | None:
    """The column that tells rows, and the lines where it has words: labels, serial numbers, dates, else figures."""
    best: tuple[int, list[int]] | None = None
    for column in range(len(cut[0])):
        filled = [i for i in range(len(cut)) if cut[i][column]]
        plain = [i for i in filled if _ANCHOR.fullmatch(half(cut[i][column])) or (column and is_figure(cut[i][column]))]
        if not plain or len([i for i in filled if i > plain[0]]) != len(plain) - 1:
            continue
        if best is None or len(plain) > len(best[1]):
            best = (column, plain)
    if best is None or (best[0] and len(best[1]) * 5 < len(cut)):
        labels = [i for i in range(len(cut)) if labels_form(key(cut[i][0]))]
        if len(labels) > 3 and all(not cut[i][0] for i in range(len(cut)) if i not in labels):
            return (0, labels)
    return best
