"""Tables of recomputation whose rows stand on lines (一行一行的复算对照表): item, arithmetic, figures, verdict, reason.

The figures stand together on one line and anchor the row; a wrapped item, arithmetic or reason stands above or below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tanhe.reading.documents.cells import Row, cell_of, is_figure
from tanhe.reading.documents.lines import Line, half
from tanhe.reading.documents.words import CAPTION
from tanhe.reading.understand.flat import fold

_MOST: Final = 90
_FORMULA: Final = re.compile(r".{0,8}(?:算式|计算式|计算过程|计算公式)")
_FIGURE: Final = re.compile(r"(?:填报|复算|核查|初始|确认|报告)(?:值|数值|结果|排放量)?(?:\(.{1,8}\))?")
_VERDICT: Final = re.compile(r".{0,4}结论|是否一致|符合性")
_NOTE: Final = re.compile(r"原因|说明|备注")
_SUM: Final = re.compile(r"(?:各期|各月|各行)?(?:合计|之和|加权平均|平均)|[(（\d][\d\s.,×*÷/+−\-=()（）%]*|/")
_OPEN: Final = tuple("×*÷/+−-(（=")

Found = tuple[int, list[Row]]


@dataclass(frozen=True)
class _Made:
    """What stands on the line of a row's figures, later with what stands above and below."""

    line: Line
    label: str
    sum: str
    figures: list[str]
    verdict: str
    note: str


def recomputed_rows(lines: Sequence[Line], file: str) -> Found | None:
    """The number of the last line of the table that the first line heads, and its rows."""
    heads = lines[0].text.split(" ")
    kinds = [_kind(said) for said in heads]
    shown = "".join(kinds)
    if not re.fullmatch(r"lf?d{2,4}vn?", shown):
        return None
    count, summed = shown.count("d"), "f" in shown
    end = next((n for n, line in enumerate(lines[1:_MOST], 1) if _ends(line)), min(len(lines), _MOST))
    rows: list[_Made] = []
    loose: list[list[str]] = [[]]
    for line in lines[1:end]:
        row = _anchored(line, count, summed)
        if row is None:
            loose[-1].append(line.text)
        else:
            rows.append(row)
            loose.append([])
    for way in (_in_turn, _around):
        whole = [_whole(row, *near, summed) for row, near in zip(rows, way(rows, loose, summed), strict=True)]
        if whole and all(row.label and _closed(row.sum) and (row.sum or not summed) for row in whole):
            return lines[end - 1].number, _cells(lines[0], heads, whole, summed, "n" in shown, file)
    return None


def _cells(head: Line, heads: Sequence[str], rows: Sequence[_Made], summed: bool, noted: bool, file: str) -> list[Row]:
    made = [[cell_of(file, head, said) for said in heads]]
    for row in rows:
        said = [row.label, *([row.sum] if summed else []), *row.figures, row.verdict, *([row.note] if noted else [])]
        made.append([cell_of(file, row.line, each) for each in said])
    return made


def _kind(said: str) -> str:
    folded = fold(said)
    if folded in ("项目", "排放源", "名称"):
        return "l"
    pairs = (("f", _FORMULA), ("v", _VERDICT), ("n", _NOTE), ("d", _FIGURE))
    return next((kind for kind, form in pairs if form.fullmatch(folded)), "?")


def _ends(line: Line) -> bool:
    return bool(CAPTION.fullmatch(line.half[:120]) or line.text.endswith("。") or len(line.text) > 160)


def _anchored(line: Line, count: int, summed: bool) -> _Made | None:
    """The row whose figures and verdict stand on a line."""
    tokens = line.text.split(" ")
    for at in range(len(tokens) - count - 1, -1, -1):
        run, verdict = tokens[at : at + count], tokens[at + count]
        if all(map(is_figure, run)) and re.fullmatch(r"[\u4e00-\u9fff]{2,8}", verdict):
            label, own = _parted(" ".join(tokens[:at])) if summed else (" ".join(tokens[:at]), "")
            return _Made(line, label, own, run, verdict, " ".join(tokens[at + count + 1 :]))
    return None


def _parted(said: str) -> tuple[str, str]:
    """A label and the arithmetic behind it."""
    cuts = [0, *(found.start() + 1 for found in re.finditer(" ", said))]
    for at in cuts:
        if _SUM.fullmatch(said[at:]):
            return said[:at].strip(), said[at:]
    return said.strip(), ""


def _lacks(row: _Made, summed: bool) -> bool:
    return not row.label or (summed and not row.sum)


_Near = list[tuple[Sequence[str], Sequence[str]]]


def _in_turn(rows: Sequence[_Made], loose: Sequence[list[str]], summed: bool) -> _Near:
    """Cells printed one after the other: a row begins above its figures, its reason goes on below them."""
    made: _Near = []
    for n, row in enumerate(rows):
        above = list(loose[n]) if _lacks(row, summed) else []
        below = [] if n + 1 < len(rows) and _lacks(rows[n + 1], summed) else loose[n + 1]
        made.append((above, below))
    return made


def _around(rows: Sequence[_Made], loose: Sequence[list[str]], summed: bool) -> _Near:
    """Lines printed as they stand on the page: as many of a row's lines below its figures as above."""
    made: _Near = []
    above = loose[0]
    for n in range(len(rows)):
        after = loose[n + 1]
        whole = n + 1 == len(rows) or (not _lacks(rows[n + 1], summed) and bool(rows[n + 1].note))
        cut = len(after) if whole else min(len(above), len(after))
        made.append((above, after[:cut]))
        above = after[cut:]
    return made


def _whole(row: _Made, above: Sequence[str], below: Sequence[str], summed: bool) -> _Made:
    if not _lacks(row, summed):
        return replace(row, note="".join([*above, row.note, *below]))
    pieces = [_closing(said) if summed else (said, "") for said in (*above, *below)]
    cut = len(above)
    label = "".join(piece[0] for piece in pieces[:cut]) + row.label + "".join(piece[0] for piece in pieces[cut:])
    own = " ".join(piece for piece in (*(p[1] for p in pieces[:cut]), row.sum, *(p[1] for p in pieces[cut:])) if piece)
    return replace(row, label=label, sum=own)


def _closing(said: str) -> tuple[str, str]:
    """``护焊 × 44) × 44``: words, then the rest of the arithmetic."""
    found = re.fullmatch(r"([^\d×÷+−]*?)\s?([\d(（×÷+−][\d\s.,×*÷/+−\-=()（）%]*|各期合计|加权平均)", said)
    return (found[1].strip(), found[2]) if found else (said, "")


def _closed(said: str) -> bool:
    shown = half(said)
    return not shown.endswith(_OPEN) and shown[:1] not in "×*÷/+)" if shown not in ("", "/") else True
