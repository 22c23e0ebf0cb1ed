"""Page furniture (页面附属): tables of contents, page numbers, running headers and footers, remains of pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.markup import clean, is_picture
from tanhe.reading.documents.words import is_label

_CONTENTS: Final = re.compile(r"#{0,6}\s?\**(目\s?录|目\s?次|contents|table of contents)\**", re.IGNORECASE)
_ENTRY: Final = re.compile(
    r"(.*?[^\s.…·．⋯-])[\s.…·．⋯-]*?(?:\s|[.…·．⋯]{2,}|-{3,})\s?[-(]?(\d{1,3}|[IVXivx]{1,5})[-)]?"
)
_LEADER: Final = re.compile(r"\.{4,}|…{2,}|·{4,}|．{3,}|⋯{2,}|(?:\. ){4,}")
_PAGE: Final = re.compile(
    r"[-—–~·]{1,3}\s?\d{1,4}\s?[-—–~·]{1,3}|第\s?\d{1,4}\s?页[\s,，/]*(?:共\s?\d{1,4}\s?页)?|共\s?\d{1,4}\s?页[\s,，]*第\s?\d{1,4}\s?页"
    r"|page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}\s?页?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}[章部篇]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){0,4}\.?(?=\D|$))")
_MOST: Final = 120
_REACH: Final = 400
_SERIAL_REACH: Final = 80
"""Figures this near below a lone 序号 count the rows of a table, not pages."""

Marks = dict[int, str]
"""Line number → why it is furniture: contents, page number, header, picture, markup, rule, repeated header."""


def furniture(lines: Sequence[Line]) -> Marks:
    """Which lines belong to the page and not to the text, and why."""
    marks: Marks = {}
    shown = [line for line in lines if line.text]
    for line in shown:
        if len(line.text) <= 2500 and line.text[0] in "!<[【(（" and is_picture(line.text):
            marks[line.number] = "picture"
    _contents(shown, marks)
    _page_numbers(lines, shown, marks)
    _running(lines, shown, marks)
    return marks


def _contents(shown: Sequence[Line], marks: Marks) -> None:
    titles = [i for i, line in enumerate(shown) if len(line.half) < 40 and _CONTENTS.fullmatch(line.half)]
    for index in titles[:5]:
        if shown[index].number not in marks:
            end = max(_entries(shown, index + 1), _until_repeated(shown, index + 1), _in_table(shown, index + 1))
            if end > index + 1:
                marks.update((done.number, "contents") for done in shown[index:end])
    run: list[int] = []
    for line in shown:
        if len(line.half) <= _MOST and _LEADER.search(line.half) and _ENTRY.fullmatch(line.half):
            run.append(line.number)
            continue
        if len(run) >= 3:
            marks.update(dict.fromkeys(run, "contents"))
        run = []
    if len(run) >= 3:
        marks.update(dict.fromkeys(run, "contents"))


def _entry(line: Line) -> bool:
    return len(line.half) <= _MOST and _ENTRY.fullmatch(clean(line.half).strip("|- ")) is not None


def _entries(shown: Sequence[Line], start: int) -> int:
    """Index after the last entry; one line without page number may stand between two (a broken title)."""
    index = end = start
    while index < len(shown):
        if _entry(shown[index]):
            end = index + 1
        elif index > end or len(shown[index].half) > _MOST:
            break
        index += 1
    return end


def _in_table(shown: Sequence[Line], start: int) -> int:
    """Index after contents that a converter wrote as HTML tables: nearly every row ends with a page."""
    index = end = start
    while index < len(shown) and index < start + _REACH and shown[index].raw.lstrip().lower().startswith("<table"):
        stop = index
        while stop < len(shown) and stop < start + _REACH and "</table>" not in shown[stop].raw.lower():
            stop += 1
        said = "\n".join(line.raw for line in shown[index : stop + 1])
        rows = [re.split(r"</t[dh]>", row, flags=re.IGNORECASE) for row in re.split(r"</tr>", said, flags=re.IGNORECASE)[:-1]]
        last = [next((word for cell in reversed(row) if (word := clean(cell))), "") for row in rows]
        if len(rows) < 3 or sum(word.isdigit() for word in last) * 10 < len(rows) * 7:
            break
        index = end = stop + 1
    return end


def _until_repeated(shown: Sequence[Line], start: int) -> int:
    """Contents without page numbers, or with them on lines of their own, end where the first title comes again."""
    first, at = "", start
    while at < min(start + 4, len(shown)) and len(first) < 2:
        first, at = _title(shown[at]), at + 1
    for index in range(at, min(start + _REACH, len(shown))):
        line = shown[index]
        if len(line.half) > _MOST or line.half.endswith(("。", ";")):
            return start
        if index > at + 1 and len(first) > 1 and _title(line) == first and not _entry(line):
            apart = at > start + 1 and shown[index - 1].half == shown[start].half
            return index - 1 if apart else index
    return start


def _title(line: Line) -> str:
    """The words of an entry or heading, without its number and page."""
    said = clean(line.half).strip("#|- ")
    found = _ENTRY.fullmatch(said) if len(said) <= _MOST else None
    return _NUMBER.sub("", re.sub(r"[\s\t]", "", found[1] if found else said), count=1)


def _page_numbers(lines: Sequence[Line], shown: Sequence[Line], marks: Marks) -> None:
    bare: list[tuple[int, int]] = []
    counting, serial = -_SERIAL_REACH, 0
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
        if _PAGE.fullmatch(line.half) and not _ratio(line.half):
            marks[line.number] = "page number"
        elif line.half.isascii() and line.half.isdigit() and len(line.half) <= 3:
            if index - counting < _SERIAL_REACH:
                if int(line.half) == serial + 1:
                    counting, serial = index, serial + 1
                continue
            bare.append((line.number, int(line.half)))
    marks.update((number, "page number") for number in _chain(bare))


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
    """Lines that count pages: each one more than the last, some lines apart, three at least."""
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
        titled = "报告" in said and all(_alone(lines, shown[index].number) for index in found)
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
