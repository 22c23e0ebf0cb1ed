"""Page furniture (页面附属): page numbers, running headers and footers, remains of pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.contents import Marks, contents
from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.markup import clean, is_picture
from tanhe.reading.documents.words import is_label

_PAGE: Final = re.compile(
    r"[-—–~·]{1,3}\s?\d{1,4}\s?[-—–~·]{1,3}|第\s?\d{1,4}\s?页[\s,，/]*(?:共\s?\d{1,4}\s?页)?|共\s?\d{1,4}\s?页[\s,，]*第\s?\d{1,4}\s?页"
    r"|page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}\s?页?",
    re.IGNORECASE,
)
_BARS: Final = frozenset("|-: ")
_SERIAL_REACH: Final = 80
"""Figures this near below a lone 序号 count the rows of a table, not pages."""


def furniture(lines: Sequence[Line]) -> Marks:
    """Which lines belong to the page and not to the text, and why."""
    marks: Marks = {}
    shown = [line for line in lines if line.text and not ("|" in line.text and _BARS.issuperset(line.text))]
    for line in shown:
        if len(line.text) <= 2500 and line.text[0] in "!<[【(（" and is_picture(line.text):
            marks[line.number] = "picture"
    contents(shown, marks)
    _page_numbers(lines, shown, marks)
    _running(lines, shown, marks)
    return marks


def _page_numbers(lines: Sequence[Line], shown: Sequence[Line], marks: Marks) -> None:
    bare: list[tuple[int, int]] = []
    counting, serial = -_SERIAL_REACH, 0
    counted = _counted(shown)
    marks.update(dict.fromkeys(counted, "page number"))
    for index, line in enumerate(shown):
        if line.half in ("序号", "编号"):
            counting, serial = index, 0
        elif len(line.half) > 120:
            counting = -_SERIAL_REACH
        if (
            len(line.half) > 30
            or line.number in marks
            or "\t" in line.raw.strip()
            or not _alone(lines, line.number)
        ):
            continue
        if _PAGE.fullmatch(_bare(line.half)) and not _ratio(line.half):
            marks[line.number] = "page number"
        elif line.half.isascii() and line.half.isdigit() and len(line.half) <= 3:
            if index - counting < _SERIAL_REACH:
                if int(line.half) == serial + 1:
                    counting, serial = index, serial + 1
                continue
            bare.append((line.number, int(line.half)))
    marks.update((number, "page number") for number in _chain(bare))


_OF: Final = re.compile(r"第\s?(\d{1,4})\s?页[\s,，/]*共\s?\d{1,4}\s?页|page\s?(\d{1,4})\s?(?:of|/)\s?\d{1,4}", re.IGNORECASE)


def _counted(shown: Sequence[Line]) -> list[int]:
    """Lines 第 n 页 共 m 页 that count on, wherever they stand: some programs leave no blank lines about them."""
    found = [(line.number, int(n[1] or n[2])) for line in shown if len(line.half) <= 30 and (n := _OF.fullmatch(line.half))]
    rising = sum(b[1] == a[1] + 1 for a, b in pairwise(found))
    return [number for number, _ in found] if rising >= 2 and rising * 10 >= (len(found) - 1) * 8 else []


def _bare(shown: str) -> str:
    """A page number without the marks that a converter put about it: ``\\- 3 \\-``, ``**- 3 -**``."""
    return clean(shown).strip("*") if not shown[0].isalnum() else shown


def _ratio(shown: str) -> bool:
    """``2640/300`` is no page of so many."""
    found = re.fullmatch(r"(\d{1,4})\s?/\s?(\d{1,4})", shown)
    return found is not None and int(found[1]) > int(found[2])


def _alone(lines: Sequence[Line], number: int) -> bool:
    """Whether nothing stands directly above and below, or the page ends there."""
    above = lines[number - 2] if number > 1 else None
    below = lines[number] if number < len(lines) else None
    here = lines[number - 1]
    return (above is None or not above.text or above.page != here.page) and (
        below is None or not below.text or below.page != here.page
    )


def _chain(bare: list[tuple[int, int]]) -> list[int]:
    """Lines that count pages: each one more than the last, some lines apart, three at least.

    Where more lone figures count nothing (cells on lines of their own), only a count through half the text is believed.
    """
    before: dict[int, int] = {}
    length: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, value in bare:
        previous = last.get(value - 1)
        if previous is not None and number - previous >= 8:
            before[number] = previous
        length[number] = length[previous] + 1 if previous is not None and number in before else 1
        if value not in last or length[number] >= length[last[value]]:
            last[value] = number
    chain: list[int] = []
    end = max(length, key=lambda number: length[number], default=None)
    while end is not None:
        chain.append(end)
        end = before.get(end)
    others = len(bare) - len(chain)
    if others > len(chain):
        span = chain[0] - chain[-1] if chain else 0
        return chain if len(chain) >= 5 and span * 2 >= bare[-1][0] else []
    return chain if len(chain) >= 3 else []


def _running(lines: Sequence[Line], shown: Sequence[Line], marks: Marks) -> None:
    """Running headers: the same short line three times or more, beside page numbers or page ends."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(shown):
        short = 2 < len(line.half) <= 60 and "\t" not in line.raw.strip() and "|" not in line.half
        if short and line.number not in marks and not line.half.endswith(("。", ":", ";", ",")):
            where[re.sub(r"\d+", "#", line.half) if _PAGED.search(line.half) else line.half].append(index)
    for said, found in where.items():
        if len(found) < 3 or heading_of(said, strong=True) or is_label(re.sub(r"\s", "", said)):
            continue
        edges = sum(_at_edge(shown, index, marks) for index in found)
        far = min(b - a for a, b in pairwise(found)) >= 8
        titled = "报告" in said and far and all(_alone(lines, shown[index].number) for index in found)
        if edges * 10 >= len(found) * 6 or (titled and len(found) >= 4):
            marks.update((shown[index].number, "header") for index in found)


_PAGED: Final = re.compile(r"第?\s?\d{1,3}\s?页|\s\d{1,3}$")


def _at_edge(shown: Sequence[Line], index: int, marks: Marks) -> bool:
    here = shown[index]
    for other in (index - 1, index + 1):
        if 0 <= other < len(shown):
            near = shown[other]
            if marks.get(near.number) in ("page number", "header") and abs(near.number - here.number) <= 4:
                return True
            if near.page != here.page:
                return True
    return False
