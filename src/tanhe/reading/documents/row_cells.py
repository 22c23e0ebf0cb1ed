"""The words of a row laid into columns (一行的文字分列): what stands between blanks and line ends, by what columns mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.cell_lines import Piece, wide, wrapping
from tanhe.reading.documents.cells import is_figure
from tanhe.reading.documents.fitting import DATES, SOLID, fit
from tanhe.reading.documents.lines import glue, width
from tanhe.reading.documents.list_heads import Head

NUMBERS: Final = frozenset({"serial", "number"})
"""Columns of running numbers."""
_WIDEST: Final = 14
"""Pieces of one cell, at most."""

_LINES: Final = frozenset({"content", "duties", "work", "place", "participants", "interviewees", "verifiers", "description", "cause", "correction"})
_LESS: Final = frozenset({"note", "status", "remark", "facility", "department", "duties", "certificate", "number", "category"})
_DATE: Final = re.compile(r"((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?")
_TERM: Final = re.compile(r"(?<![\d.A-Za-z]) ?(?<![A-Za-z])(\d{1,3}) (个月|年一次|年/次|小时|天)(?![\u4e00-\u9fff])")
_RANGE: Final = re.compile(r"(?<=[日月]) ?(至|到|-|—|~|～) ?(?=(?:19|20)\d\d)")
_EVERY: Final = re.compile(r"([每第]) (\d{1,3}) (年|个月|季|次|版本|批)")
_GRADE: Final = re.compile(r"(\d[sS]?|[ⅠⅡⅢI]) (级)")
_GASES: Final = re.compile(r"(?<!\S)(CO2|CH4|N2O|SF6|NF3)(?=[\u4e00-\u9fff])")
_SHORT: Final = frozenset({"accuracy", "interval", "count", "unit", "gas", "year"})
_PERSONS: Final = frozenset({"participants", "interviewees", "verifiers"})
_PEOPLE: Final = re.compile(r"[组部处室科厂][长员]|人员|负责人|主任|经理|主管|联系人|会计|核查组|[部处室科](?:$|[、，,;；])")
_WORK: Final = re.compile(r"走访|查看|核对|查阅|检查|收集|了解|确认|访谈|巡视|审阅|核实")
_STATE: Final = re.compile(r"已|未|不|无|是|否|纳入|核算|包含")
_DATED: Final = re.compile(r"\d年\d{1,2}月(?:\d{1,2}日)?$")
_OPEN: Final = ("、", "，", "；", "（", "(", "至", "《")
_NEVER: Final = 4.0
"""What it costs to join Chinese words over a blank where lines of a cell stand apart."""
_SELDOM: Final = 0.4
_UNLIKELY: Final = 1.0
_HOPELESS: Final = 6.0
"""No column is worth joining neighbours at this cost."""
_COUNTED: Final = "年月日份号版季期次页楼层名台"
"""What stands behind a figure inside words: 2024 年, 12 份."""

Laid = tuple[float, list[str]]
Joint = tuple[str, float, float]


def pieces_of(said: str, head: Head | None = None) -> list[str]:
    """The words of a line parted by blanks; blanks inside dates and terms part nothing, a gas and its fuel are two."""
    if head is not None and "gas" in head.fields:
        said = _GASES.sub(r"\1 ", said)
    said = _DATE.sub(lambda found: f"{found[1]}年{found[2]}月" + (f"{found[3]}日" if found[3] else ""), said)
    said = _RANGE.sub(r"\1", said)
    said = _EVERY.sub(r"\1\2\3", _TERM.sub(r" \1\2", said))
    return _GRADE.sub(r"\1\2", said).split()


def laid(pieces: Sequence[Piece], head: Head, first: bool) -> Laid | None:
    """The best way to lay the pieces into the columns in order: its score, and the cells; None when none fits.

    Most programs keep the lines of a cell apart; some print them on one line, parted by blanks.
    """
    apart = _laid(pieces, head, first, _NEVER)
    if not any(not b[1] and wide(a[0][-1]) and wide(b[0][0]) for a, b in pairwise(pieces)):
        return apart
    together = _laid(pieces, head, first, _SELDOM)
    if apart is None or (together is not None and together[0] - _UNLIKELY > apart[0]):
        return together and (together[0] - _UNLIKELY, together[1])
    return apart


def _laid(pieces: Sequence[Piece], head: Head, first: bool, inline: float) -> Laid | None:
    count, size = len(head.fields), len(pieces)
    if not size or size > 80:
        return None
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
    best[0][0] = (0.0, 0)
    texts: dict[tuple[int, int], Joint] = {}
    for column in range(count):
        field = head.fields[column]
        for at, (score, _) in best[column].items():
            _keep(best[column + 1], at, score - missing(field, head, first), at)
            for stop in range(at + 1, min(at + _WIDEST, size) + 1):
                said, seams, lines = _joined(pieces, at, stop, texts, inline)
                if seams > _HOPELESS or (stop - at > 3 and field not in _LINES and len(said) > 60 and column + 1 < count):
                    break
                loose = lines + seams * (0.5 if field in _LINES else 2.0 if field in _SHORT else 1.0)
                _keep(best[column + 1], stop, score + fits(column, said, head, stop - at) - loose, at)
    if size not in best[count]:
        return None
    cells: list[str] = []
    at = size
    for column in range(count, 0, -1):
        before = best[column][at][1]
        cells.insert(0, _joined(pieces, before, at, texts, inline)[0] if before < at else "")
        at = before
    return best[count][size][0], cells


def fits(column: int, said: str, head: Head, count: int = 1) -> float:
    """How well words made of so many pieces fit a column; the running number begins the row, whatever it is: 1, D01."""
    if not column and head.fields[0] in NUMBERS:
        return 3.0 if count == 1 else -6.0
    score = cell_fit(head.fields[column], head.kind, said)
    return min(score, 1.6) if count > 1 and score > 1.6 and not is_figure(said) else score


@lru_cache(maxsize=8192)
def cell_fit(field: str, kind: str, said: str) -> float:
    """How well words fit a column where ``/`` is printed in empty cells and people may be named by their posts."""
    if said == "/":
        return -1.5 if field in ("name", "title") else 0.4
    if not field:
        return 0.0
    score = fit(field, kind, said)
    if field in _PERSONS and len(said) <= 60 and _PEOPLE.search(said) and not _WORK.search(said):
        return max(score, 1.0)
    if field == "state":
        return 1.2 if _STATE.match(said) else -0.3
    if (field == "interval" and _DATED.search(said)) or (field in DATES and said.endswith("至")):
        return -1.5
    if field == "calibrated" and "至" in said:
        return 0.0
    return min(score, 0.6) if field in _LINES else score


def _keep(states: dict[int, tuple[float, int]], at: int, score: float, before: int) -> None:
    if at not in states or score > states[at][0]:
        states[at] = (score, before)


def missing(field: str, head: Head, first: bool) -> float:
    """What it costs to leave a column empty; much, for programs that print rows on lines print ``/`` there."""
    if field in head.filled_down and not first:
        return 0.6
    if field in SOLID:
        return 3.0
    return 0.9 if field in _LESS or not field else 1.4


def _joined(pieces: Sequence[Piece], start: int, stop: int, texts: dict[tuple[int, int], Joint], inline: float) -> Joint:
    """The words of some pieces as one cell, and what it costs to put them together: by their words, by their lines."""
    if (start, stop) in texts:
        return texts[start, stop]
    found: Joint = (pieces[start][0] if stop > start else "", 0.0, 0.0)
    if stop - start > 1:
        said, cost, _ = _joined(pieces, start, stop - 1, texts, inline)
        more, begins = pieces[stop - 1]
        found = (said + glue(said, more) + more, cost + _seam(pieces[stop - 2][0], more, begins, inline), wrapping(pieces, start, stop))
    texts[start, stop] = found
    return found


def _seam(left: str, right: str, begins: bool, inline: float) -> float:
    """What it costs to take two neighbours for one cell; little where the words or the line above are not at their end."""
    if (left[-1].isdigit() and right[0] in _COUNTED) or (left[-1] in "年月" and right[0].isdigit()):
        return 0.05
    if left == "/" or right == "/":
        return 4.0
    if (not wide(left[-1]) and is_figure(left)) or (not wide(right[0]) and is_figure(right)) or _DATED.search(left):
        return 1.6
    open_ = left.count("（") + left.count("(") > left.count("）") + left.count(")") or left.endswith(_OPEN)
    if open_ or right[0] in "）)、，；。/":
        return 0.05
    if begins:
        return 0.2 - 0.002 * min(width(left), 60) if len(left) > 3 else 0.6
    return inline if wide(left[-1]) and wide(right[0]) else 0.7
