"""Tables of contents (目录) of a text: their lines, with page numbers or without, as lists, rows or HTML tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.markup import clean

_CONTENTS: Final = re.compile(r"#{0,6}\s?\**(目\s?录|目\s?次|contents|table of contents)\**", re.IGNORECASE)
_ENTRY: Final = re.compile(
    r"(.*?[^\s.…·．⋯-])[\s.…·．⋯-]*?(?:\s|[.…·．⋯]{2,}|-{3,})\s?[-(]?(\d{1,3}|[IVXivx]{1,5})[-)]?"
)
_LEADER: Final = re.compile(r"\.{4,}|…{2,}|·{4,}|．{3,}|⋯{2,}|(?:\. ){4,}")
_NUMBER: Final = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}[章部篇]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){0,4}\.?(?=\D|$))")
_MOST: Final = 120
_REACH: Final = 400

Marks = dict[int, str]
"""Line number → why it is furniture: contents, page number, header, picture, markup, rule, repeated header."""


def contents(shown: Sequence[Line], marks: Marks) -> None:
    """Mark the lines of the table of contents."""
    titles = [i for i, line in enumerate(shown) if len(line.half) < 40 and _CONTENTS.fullmatch(line.half)]
    for index in titles[:5]:
        if shown[index].number not in marks:
            end = max(_entries(shown, index + 1), _until_repeated(shown, index + 1), _in_table(shown, index + 1, marks))
            if end > index + 1:
                marks.update((done.number, "contents") for done in shown[index:end])
    run: list[int] = []
    for line in shown:
        said = _squeezed(line.half)
        if len(said) <= _MOST and _LEADER.search(said) and _ENTRY.fullmatch(said):
            run.append(line.number)
            continue
        if len(run) >= 3:
            marks.update(dict.fromkeys(run, "contents"))
        run = []
    if len(run) >= 3:
        marks.update(dict.fromkeys(run, "contents"))


_DOTS: Final = re.compile(r"(?:[.…·．⋯] ?){7,}")


def _squeezed(said: str) -> str:
    """A line of contents with its long row of dots cut short."""
    return _DOTS.sub(".... ", said) if len(said) < 400 else said


def _entry(line: Line) -> bool:
    said = _squeezed(line.half)
    return len(said) <= _MOST and _ENTRY.fullmatch(clean(said).strip("|- ")) is not None


def _entries(shown: Sequence[Line], start: int) -> int:
    """Index after the last entry; one line without page number may stand between two (a broken title)."""
    index = end = start
    while index < len(shown):
        if _entry(shown[index]):
            end = index + 1
        elif index > end or len(_squeezed(shown[index].half)) > _MOST:
            break
        index += 1
    return end


def _in_table(shown: Sequence[Line], start: int, marks: Marks) -> int:
    """Index after contents that a converter wrote as HTML tables: nearly every row ends with a page."""
    index = end = start
    while index < len(shown) and index < start + _REACH:
        if shown[index].number in marks:
            index += 1
            continue
        if not _begins_table(shown[index]):
            break
        stop = _table_end(shown, index)
        said = "\n".join(line.raw for line in shown[index : stop + 1])
        rows = [re.split(r"</t[dh]>", row, flags=re.IGNORECASE) for row in re.split(r"</tr>", said, flags=re.IGNORECASE)[:-1]]
        last = [next((word for cell in reversed(row) if (word := clean(cell))), "") for row in rows]
        if len(rows) < 3 or sum(word.isdigit() for word in last) * 10 < len(rows) * 7:
            break
        index = end = stop + 1
    return end


def _table_end(shown: Sequence[Line], start: int) -> int:
    """Where the table ends; one that is not closed before the next has its last line of tags."""
    tagged = start
    for index in range(start, min(len(shown), start + _REACH)):
        if index > start and _begins_table(shown[index]):
            return tagged
        if "</table>" in shown[index].raw.lower():
            return index
        if tagged == index - 1 and "<" in shown[index].raw:
            tagged = index
    return tagged


def _begins_table(line: Line) -> bool:
    return line.raw.lstrip().lower().startswith("<table")


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
