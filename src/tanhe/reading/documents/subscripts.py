"""Subscripts and broken punctuation put back (下标与标点归位): some programs print them as lines of their own.

``净购入CO排放 1.0`` with ``2`` below is ``净购入CO2排放 1.0``; ``》`` and ``。`` alone end the line above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.lines import Line, fold, half

_SLOT: Final = re.compile(
    r"CO(?![A-DF-Za-df-z\d₂]| ?\d)(?! ?[₂²])|N ?O(?![A-Za-z\dx])|CH(?![A-Za-z\d])|[SN]F(?![A-Za-z\d])"
)
_DIGITS: Final = re.compile(r"[2346](?: [2346]){0,11}")
_FILL: Final = {"CO": "2", "NO": "2", "CH": "4", "SF": "6", "NF": "3"}
_LEAST: Final = 3
"""So many subscripts on lines of their own before figures among words are taken for subscripts as well."""

_CLOSES: Final = re.compile(r"[》〉」”’）)。，、；：](?!\s?[)）\d])")
_ITEM: Final = re.compile(r"[(（]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]")
_AT_END: Final = re.compile(r"(?:CO2|CH4|N2O|[SN]F[36])$")
_RESUMES: Final = re.compile(r"[/)、,;。]|e\b|\s?(?:排放|当量|回收|捕集|的|量|计算|与|和|及)")
_OPENS: Final = tuple("（(《“〔")


def restored(lines: Sequence[Line]) -> list[Line]:
    """The lines with subscripts in their formulas and punctuation at its sentence; lines emptied by it are gone."""
    made = list(lines)
    gone: set[int] = set()
    if _own(made) >= _LEAST:
        for index in range(len(made) - 1):
            _filled(made, index)
        gone = {line.number for line, was in zip(made, lines, strict=True) if was.text and not line.text}
        _closed_up(made, gone)
    return _punctuated([line for line in made if line.number not in gone])


def _closed_up(lines: list[Line], gone: set[int]) -> None:
    """Put the rest of a line that a subscript had cut in two (``tCO``, ``2``, ``/MWh)``) behind its first part."""
    last = 0
    for index, line in enumerate(lines):
        if index > 1 and lines[index - 1].number in gone and line.text and line.number not in gone:
            up = lines[last]
            if _AT_END.search(up.text) and (_RESUMES.match(line.half) or half(up.text).count("(") > half(up.text).count(")")):
                lines[last] = _said(up, up.text + line.text)
                gone.add(line.number)
                continue
        if line.number not in gone:
            last = index


def _own(lines: Sequence[Line]) -> int:
    """How many lines are subscripts only, as many as the line above them lacks."""
    return sum(
        _DIGITS.fullmatch(low.text) is not None and _lacking(up.text) == low.text.split()
        for up, low in pairwise(lines)
        if low.text and len(low.text) < 24 and low.text[0] in "2346"
    )


def _lacking(said: str) -> list[str]:
    if "O" not in said and "F" not in said and "CH" not in said:
        return []
    return [_FILL[found[0].replace(" ", "")] for found in _SLOT.finditer(said)]


def _filled(lines: list[Line], index: int) -> None:
    """Fill the subscripts that a line lacks from the line below, when it has just as many."""
    up, low = lines[index], lines[index + 1]
    lacking = _lacking(up.text) if low.text else []
    if not lacking:
        return
    tokens = low.text.split(" ")
    if [token for token in tokens if _DIGITS.fullmatch(token)] != lacking:
        return
    figures = iter(lacking)
    lines[index] = _said(up, _SLOT.sub(lambda found: _with(found[0], next(figures)), up.text))
    lines[index + 1] = _said(low, " ".join(token for token in tokens if not _DIGITS.fullmatch(token)))


def _with(formula: str, figure: str) -> str:
    return "N2O" if formula.startswith("N") and formula.endswith("O") else formula + figure


_TIGHT: Final = re.compile(r"(?<=[A-Z][2346]) (?=e\b|[\u4e00-\u9fff)）])")


def _said(line: Line, said: str) -> Line:
    said = _TIGHT.sub("", fold(said))
    return Line(line.number, said, said, half(said), line.page)


def _punctuated(lines: Sequence[Line]) -> list[Line]:
    """Lines that begin with what closes go on the line above; so does a bracket after a title closed that way."""
    made: list[Line] = []
    joined = False
    for line in lines:
        last = made[-1] if made else None
        if last is None or not line.text or not last.text or "\t" in last.raw or "|" in last.raw or "<" in last.raw:
            made.append(line)
            joined = False
            continue
        titled = line.text.startswith("：") and heading_of(last.text) is not None
        joined = (_CLOSES.match(line.text) is not None and not titled) or (joined and _opened(last.text, line.text)) or (
            _ITEM.fullmatch(last.text) is not None and line.text.startswith(_OPENS) and not _ITEM.match(line.text)
        )
        if joined:
            made[-1] = _said(last, last.text + line.text)
        else:
            made.append(line)
    return made


def _opened(above: str, said: str) -> bool:
    return above[-1] in "》）)” " and said.startswith(_OPENS) and not _ITEM.match(said)
