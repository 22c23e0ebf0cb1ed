"""Headings told by their number (按编号识别标题): 第三章, 3.4.1, 三、, 附件 1; shared by the readers of DOCX and PDF."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LONGEST: Final = 60
_NUMERALS: Final = "一二三四五六七八九十"
_CHAPTER: Final = re.compile(rf"(第\s*[{_NUMERALS}\d]{{1,3}}\s*[章部篇])(?:分)?[\s：:、]*(.*)")
_DOTTED: Final = re.compile(r"(\d{1,2}(?:\s?[.．]\s?\d{1,2}){1,4})\s?[.．、]?\s*((?![\s\d.．%％)）,，~～×÷xX*/=+-]).+)")
_ANNEX: Final = re.compile(rf"(附\s*[件录]\s*[A-Z\d{_NUMERALS}]{{0,3}})(?:[\s：:、．.]+(.*)|$)")
_TOP: Final = re.compile(r"(\d{1,2})(?:\s?[.．、]\s*|\s+)((?![\d.．%％)）年月日]).+)")
_CHINESE: Final = re.compile(rf"([{_NUMERALS}]{{1,3}})\s?[、．.]\s*(.+)")
_BRACKETED: Final = re.compile(rf"([（(][{_NUMERALS}]{{1,3}}[）)])\s*(.+)")
_TIGHT_TOP: Final = re.compile(r"(\d{1,2})((?![年月日号])[\u4e00-\u9fff].+)")
_TIGHT_ANNEX: Final = re.compile(r"(附\s*[件录]\s*\d{1,2})([\u4e00-\u9fff].+)")
"""Set large, without the blank that some printers leave out: 5附件, 附件1不符合清单."""

QUANTITY: Final = re.compile(r"(?:吨|万|亿|元|倍|人|台|米|千|个|公里|t\b|kg|GJ|TJ|MJ|tC|tce|[kM]Wh|N?m[23³²]|℃|°|度|[sS]?级(?:$|[,，;；]))")
_ENDS: Final = tuple("。；;，,：:、…")


class Numbered(NamedTuple):
    """What a heading's words say: level 1–5, the number as printed without spaces, the rest."""

    level: int
    number: str
    text: str


def heading_of(text: str, strong: bool = False) -> Numbered | None:
    """The heading that a line is, None when it is running text.

    ``strong``: the line is set bold or larger than the text, so that 1 概述, 一、 and （一） count too.
    """
    line = text.strip()
    if not line or len(line) > _LONGEST or line.endswith(_ENDS):
        return None
    if match := _CHAPTER.fullmatch(line):
        return Numbered(1, _closed(match[1]), match[2])
    if match := _DOTTED.fullmatch(line):
        number = _closed(match[1]).replace("．", ".")
        if number.count(".") == 1 and QUANTITY.match(match[2]):
            return None
        return Numbered(number.count(".") + 1, number, match[2])
    if match := _ANNEX.fullmatch(line):
        return Numbered(1, _closed(match[1]), match[2] or "")
    if not strong:
        return None
    for level, pattern in ((1, _TOP), (1, _CHINESE), (2, _BRACKETED), (1, _TIGHT_TOP), (1, _TIGHT_ANNEX)):
        if match := pattern.fullmatch(line):
            return None if QUANTITY.match(match[2]) else Numbered(level, _closed(match[1]), match[2])
    return None


def _closed(number: str) -> str:
    return re.sub(r"\s", "", number)


def split_number(text: str) -> tuple[str, str]:
    """Number and words of a line that is known to be a heading; the number is empty when it has none."""
    found = heading_of(text.rstrip("。；;，,：: "), strong=True)
    return (found.number, found.text) if found else ("", text)
