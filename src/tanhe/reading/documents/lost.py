"""Tables that lost their layout (失去版式的表格): columns by blanks, or every cell on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.cells import Row, cell_of, is_figure, is_number, row_of
from tanhe.reading.documents.lines import Line, half, width
from tanhe.reading.documents.words import CAPTION, ITEM, MONTH
from tanhe.reading.understand.vocabulary import has_word

_GAP: Final = re.compile(r"(?:[ \xa0]{2,}|[ \xa0]?\u3000+[ \xa0\u3000]*)")
_SENTENCE: Final = tuple("。；;")
_MOST: Final = 400

Found = tuple[int, list[Row]]
"""Index after the last line looked at, and the rows; none when they are no table after all."""


def spaced(lines: Sequence[Line], start: int, file: str) -> Found:
    """Rows whose columns are set apart by two blanks or more, or by full-width blanks; two rows at least."""
    rows: list[list[tuple[int, str]]] = []
    used: list[int] = []
    index, end = start, start
    while index < len(lines):
        line = lines[index]
        if not line.text:
            if index > end:
                break
            index += 1
            continue
        parts = _parts(line.raw)
        if len(parts) < 2 and not (rows and _hangs(parts, rows)):
            break
        if index > end and len(parts) != len(rows[-1]):
            break
        rows.append(parts)
        used.append(index)
        index += 1
        end = index
    while rows and len(rows[-1]) < 2:
        rows.pop()
        end = used.pop()
    if len(rows) < 2 or not _tabular(rows):
        return max(end, start + 1), []
    return end, _aligned(rows, [lines[i] for i in used], file)


def gaps(raw: str) -> int:
    """How many wide gaps stand between the words of a line."""
    return len(_parts(raw.strip(" \xa0\u3000"))) - 1


def _parts(raw: str) -> list[tuple[int, str]]:
    """Pieces between wide gaps, with the column on a terminal where each begins."""
    if len(raw) > _MOST * 5 or ("  " not in raw and "\u3000" not in raw and "\xa0\xa0" not in raw):
        return [(0, raw)]
    parts = []
    at = column = 0
    for gap in _GAP.finditer(raw):
        if gap.start() > at:
            parts.append((column, raw[at : gap.start()]))
        column += width(raw[at : gap.end()])
        at = gap.end()
    if at < len(raw) and raw[at:].strip():
        parts.append((column, raw[at:]))
    return parts or [(0, raw)]


def _hangs(parts: list[tuple[int, str]], rows: list[list[tuple[int, str]]]) -> bool:
    """A single piece set deep below a table row: the row's cell goes on."""
    column, said = parts[0]
    if len(said) < 60:
        return column >= max(6, rows[0][1][0] - 4)
    return len(said) < _MOST and column >= 6 and abs(column - rows[0][1][0]) <= 2


def _tabular(rows: list[list[tuple[int, str]]]) -> bool:
    wide = sum(len(row) for row in rows) / len(rows)
    ends = sum(row[0][1].rstrip().endswith(_SENTENCE) for row in rows)
    return wide >= 1.5 and ends * 3 <= len(rows) and all(len(row[0][1]) <= 60 for row in rows if len(row) > 1)


def _aligned(rows: list[list[tuple[int, str]]], used: Sequence[Line], file: str) -> list[Row]:
    """Cells under the columns of the fullest row; a row with as many pieces takes them in order."""
    count = max(len(row) for row in rows)
    starts = _each_starts(rows, used, count)
    if starts:
        return [_at_starts(row, line, own, file) for row, line, own in zip(rows, used, starts, strict=True)]
    full = next(row for row in rows if len(row) == count)
    middles = [column + width(said) / 2 for column, said in full]
    made: list[Row] = []
    for row, line in zip(rows, used, strict=True):
        if len(row) == count:
            made.append(row_of(file, line, [said for _, said in row]))
            continue
        cells = [cell_of(file, line, "") for _ in range(count)]
        low = 0
        for rest, (column, said) in enumerate(row):
            free = range(low, count - (len(row) - rest - 1))
            middle = column + width(said) / 2
            best = min(free, key=lambda i: min(abs(middles[i] - middle), abs(full[i][0] - column)))
            cells[best] = cell_of(file, line, said)
            low = best + 1
        made.append(cells)
    return made


def _each_starts(rows: list[list[tuple[int, str]]], used: Sequence[Line], count: int) -> list[list[int]]:
    """Where the columns of each row begin: a blank line may be a page end, after which they are set anew."""
    cuts = [0, *(i for i in range(1, len(used)) if used[i].number > used[i - 1].number + 1), len(used)]
    parts = [rows[a:b] for a, b in pairwise(cuts)]
    own = [_starts(part, max(len(row) for row in part)) for part in parts]
    if not all(len(each) == len(own[0]) >= count for each in own):
        own = [_starts(rows, count)] * len(parts)
    return [each for each, part in zip(own, parts, strict=True) for _ in part] if own[0] else []


def _starts(rows: list[list[tuple[int, str]]], count: int) -> list[int]:
    """Where columns begin, when every piece of every row begins at one of a few columns; empty when they do not."""
    seen: dict[int, int] = {}
    for row in rows:
        for column, _ in row:
            seen[column] = seen.get(column, 0) + 1
    starts: list[int] = []
    for column in sorted(seen):
        if starts and column - starts[-1] <= 1:
            continue
        starts.append(column)
    most = [column for row in rows if len(row) == count for column, _ in row]
    firm = all(seen[column] + seen.get(column + 1, 0) > 1 or column in most for column in starts)
    return starts if firm and count <= len(starts) <= count + 2 else []


def _at_starts(row: list[tuple[int, str]], line: Line, starts: list[int], file: str) -> Row:
    cells = [cell_of(file, line, "") for _ in starts]
    for column, said in row:
        at = min(range(len(starts)), key=lambda i: abs(starts[i] - column))
        cells[at] = cell_of(file, line, said)
    return cells


_TOKEN: Final = re.compile(r"\S+")
_SPAN: Final = re.compile(r"\d{1,2}[./]\d{1,2}\s?[-~—至]\s?(?:\d{1,2}[./])?\d{1,2}")
"""A period between two readings of a meter: 3.21-4.20."""


def tight(lines: Sequence[Line], start: int, file: str) -> Found:
    """Rows with one blank between their cells: a short label, then figures, as many in each of three rows or more.

    Results by source of emissions are none without a header: it could not be told which figure is which.
    """
    rows: list[tuple[Line, list[str]]] = []
    index = start
    header: list[tuple[Line, list[str]]] = []
    while index < len(lines) and lines[index].text and len(lines[index].half) <= 160:
        parts = _figures(lines[index].text)
        if len(parts) < 2:
            ends = lines[index].half.endswith((*_SENTENCE, ":", ","))
            if rows or len(header) >= 3 or ends or CAPTION.fullmatch(lines[index].half):
                break
            header.append((lines[index], [lines[index].text]))
        elif rows and len(parts) != len(rows[0][1]) and not _figured(parts):
            break
        else:
            rows.append((lines[index], parts))
        index += 1
    counts = [len(parts) for _, parts in rows]
    if len(rows) < 3:
        return start + 1, []
    if counts.count(max(counts)) * 2 < len(rows) or not _same_kind(rows):
        return index, []
    most = max(counts)
    heads = [_heads(parts[0], most) for _, parts in header]
    named = any(len(words) == most for words in heads) or not any(is_number(part) for part in rows[0][1][1:])
    if not named and sum(has_word(parts[0], "results", "sources") for _, parts in rows) * 2 >= len(rows):
        return index, []
    made = [row_of(file, line, words) for (line, _), words in zip(header, heads, strict=True)]
    made += [row_of(file, line, parts) for line, parts in rows]
    return index, made


def _figured(parts: list[str]) -> bool:
    return all(is_figure(part) for part in parts[1:])


def _figures(said: str) -> list[str]:
    """The label and the figures after it: ``1 月 35951.00 22.16`` → three parts; one part for any other text."""
    tokens = [found.span() for found in _TOKEN.finditer(said)]
    cut = len(tokens)
    while cut > 1 and is_figure(said[slice(*tokens[cut - 1])]):
        cut -= 1
    label = said[: tokens[cut - 1][1]] if cut else ""
    if cut == len(tokens) or len(label) > 40 or label.endswith(("，", "。", "；", "：")):
        return [said]
    year = re.match(r"((?:19|20)\d\d)\s(?=\D)(?!年)", label)
    head = [year[1], label[year.end() :]] if year else [label]
    return [*head, *(said[slice(*token)] for token in tokens[cut:])]


def _same_kind(rows: list[tuple[Line, list[str]]]) -> bool:
    """Months or spans of days, or labels that do not begin like items of a list or sections."""
    labels = [half(parts[0]) for _, parts in rows]
    if sum(MONTH.fullmatch(said) is not None or _SPAN.fullmatch(said) is not None for said in labels) >= 3:
        return True
    return not any(ITEM.match(said) or re.match(r"\d+(\.\d+)+", said) for said in labels)


def _heads(said: str, count: int) -> list[str]:
    """Words of a header line as cells when their number fits; ``月份 2018 年`` are two."""
    words = re.sub(r"(?<=\d) (?=[年月])|(?<=\S) (?=[（(])", "\x00", said).split()
    words = [word.replace("\x00", " ") for word in words]
    if len(words) == count:
        return words
    if len(words) == count - 1 and not is_number(words[0]):
        return ["", *words]
    return [said]
