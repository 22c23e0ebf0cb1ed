"""Result tables whose rows stand on lines, cells parted by one blank (一行一格距的排放量汇总表).

A row is a label that speaks of a source of emissions and the figures behind it. The header may be wrapped, its cells on
lines of their own or cut across lines; only a header whose every column is understood makes a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tanhe.reading.documents.cells import Row, cell_of, is_figure
from tanhe.reading.documents.lines import Line, half
from tanhe.reading.documents.result_heads import Token, columns_of
from tanhe.reading.documents.words import CAPTION
from tanhe.reading.understand.vocabulary import has_word

_HEADS: Final = 14
_MOST: Final = 60
_STARTS: Final = re.compile(r"类别|种类|排放源|源类|排放项目|当量|填报|核查值|确认值|排放量|本身|项目")
_SENTENCE: Final = ("。", "；", ";", "：", ":", "，")
_SPLIT: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]{1,8}[）)])")
_FORMULA: Final = re.compile(r"[=×*÷]|GJ|kWh|MWh|tC/|[A-Z]\s?=")

Found = tuple[int, int, list[Row]]


@dataclass(frozen=True)
class _Kept:
    """A row: its label so far, its other cells, and whether it was whole on its line."""

    line: Line
    label: str
    cells: tuple[str, ...]


def may_begin(line: Line) -> bool:
    """Whether a line may be the first of a result table's header."""
    return len(line.half) <= 80 and _STARTS.search(line.half) is not None and not line.text.endswith(_SENTENCE)


def result_rows(lines: Sequence[Line], file: str) -> Found | None:
    """First and last line number of a result table whose header begins with one of the lines, and its rows."""
    lines = lines[:_MOST]
    first = next((n for n, line in enumerate(lines[: _HEADS + 1]) if _is_row(line)), 0)
    if not first or any(line.text.endswith(_SENTENCE) or _FORMULA.search(line.half) or CAPTION.fullmatch(line.half[:120]) for line in lines[:first]):
        return None
    counts = {len(_tail(_tokens(line))) for line in lines[first:] if _is_row(line)}
    for start in range(min(first, 3)):
        head = columns_of([Token(said, n) for n in range(start, first) for said in _tokens(lines[n])], counts)
        if head is not None:
            return _table(lines, start, first, head, file)
    return None


def _table(lines: Sequence[Line], start: int, first: int, head: Sequence[str], file: str) -> Found | None:
    last, kept = _kept(lines, first, len(head) - 1)
    if len(kept) < 2 or sum(_emits(row.label) for row in kept) * 2 < len(kept):
        return None
    made = [[cell_of(file, lines[start], said) for said in head]]
    made += [[cell_of(file, row.line, said) for said in (row.label, *row.cells)] for row in kept]
    return lines[start].number, lines[last].number, made


def _tokens(line: Line) -> list[str]:
    return _SPLIT.sub("", line.text).split(" ")


def _tail(tokens: Sequence[str]) -> list[str]:
    """The figures at the end of a line, and one remark behind them."""
    cut = len(tokens)
    if cut > 2 and not is_figure(tokens[-1]) and is_figure(tokens[-2]):
        cut -= 1
    while cut and is_figure(tokens[cut - 1]):
        cut -= 1
    return list(tokens[cut:])


@lru_cache(maxsize=1024)
def _emits(label: str) -> bool:
    return len(label) <= 60 and (has_word(label, "results", "sources") or has_word(label, "results", "total"))


def _is_row(line: Line) -> bool:
    tokens = _tokens(line)
    tail = _tail(tokens)
    label = "".join(tokens[: len(tokens) - len(tail)])
    return bool(tail) and any(said[:1].isdigit() or said[:1] in "-−" for said in tail) and _emits(label) and not label.endswith(_SENTENCE)


def _cut(line: Line, count: int) -> tuple[str, tuple[str, ...]] | None:
    """Label and cells of a row with ``count`` cells behind its label; a total may lack the first of them."""
    tokens = _tokens(line)
    tail = _tail(tokens)
    label = "".join(tokens[: len(tokens) - len(tail)])
    if len(tail) == count:
        return label, tuple(tail)
    if len(tail) == count - 1 > 0 and has_word(label, "results", "total"):
        return label, ("", *tail)
    return None


def _kept(lines: Sequence[Line], first: int, count: int) -> tuple[int, list[_Kept]]:
    """Rows from ``first`` on; lines of words between them are put to the labels they belong to."""
    kept: list[_Kept] = []
    loose: list[str] = []
    last = at = first
    while at < len(lines) and at - last < 4:
        line = lines[at]
        found = _cut(line, count)
        if line.text.endswith("。") or CAPTION.fullmatch(line.half[:120]) or len(line.text) > 90:
            break
        if found is None:
            if any(is_figure(said) and said != "/" for said in _tokens(line)):
                break
            loose.append(line.text)
            at += 1
            continue
        after = lines[at + 1].text if at + 1 < len(lines) and _cut(lines[at + 1], count) is None else ""
        label, used = _labelled(found[0], loose, after)
        if not label:
            break
        kept.append(_Kept(line, label, found[1]))
        at += 1 + used
        last, loose = at - 1, []
    return last, kept


def _labelled(own: str, above: Sequence[str], after: str) -> tuple[str, int]:
    """A row's label and how many lines below were used; empty when it cannot be told."""
    before = "".join(above).replace(" ", "")
    words = after.split(" ") if after and len(after) <= 30 and not after.endswith(_SENTENCE) else [""]
    below = words[-1] if len(words) < 3 else ""
    if len(words) == 1 and _emits(below) and _emits(before):
        below = ""
    if own and _emits(own):
        if before and below and not _emits(below) and _emits(before):
            return before + below, 1
        return own, 0
    if own and before:
        return before + own, 0
    if before and below and _goes(before, below):
        return before + below, 1
    return (before if _emits(before) else ""), 0


def _goes(before: str, below: str) -> bool:
    """Whether words below a row's figures are the rest of the words above them."""
    return len(below) <= 12 and not has_word(below, "results", "total") and half(before)[-1] not in ")。"
