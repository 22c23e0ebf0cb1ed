"""How much room text takes (文字占位), in characters of its size: a Chinese character is 1 wide."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from tanhe.report.docx.styles import Look
from tanhe.report.grid import seams
from tanhe.report.typography import runs

_WORD: Final = re.compile("[!-~]+")
_TOKEN: Final = re.compile(r"[!-,.-~]*-|[!-,.-~]+|\s+|.")
_HANGING: Final = frozenset("，。、 ")
_CLOSING: Final = frozenset("；：！？）》〉】〕”’…")
_SLACK: Final = 0.1
"""What a full line may be too long by: spaces shrink a little."""
_SCRIPT: Final = 0.6
"""The size of sub- and superscripts."""
_NARROW: Final = frozenset(" .,:;'!|/\\ijlt()[]")
_BROAD: Final = frozenset("MWmw@%")


def _width(letter: str) -> float:
    """The width of one character in Times New Roman or 宋体."""
    if east_asian_width(letter) in "WFA":
        return 1.0
    if letter in _NARROW:
        return 0.28
    if letter in _BROAD:
        return 0.86
    if letter == "-":
        return 0.34
    if letter.isdigit():
        return 0.5
    return 0.68 if letter.isupper() else 0.48


@lru_cache(maxsize=8192)
def ems(text: str) -> float:
    """The width of ``text`` in characters."""
    letters = sum(
        sum(map(_width, piece.text)) * (1.0 if piece.kind == "text" else _SCRIPT) for piece in runs(text)
    )
    return letters + seams(text)


@lru_cache(maxsize=8192)
def lines(text: str, width: float, look: Look) -> int:
    """Lines that ``text`` fills in ``width`` points, set in the style ``look``."""
    room = max(width / look.size - look.left, 1)
    start = look.first - look.hanging
    return sum(_broken(part, room, start if n == 0 else 0) for n, part in enumerate(text.split("\n")))


def _broken(text: str, room: float, used: float) -> int:
    """Lines of one paragraph: words stay whole, a comma may hang over, a bracket takes a character down with it."""
    count, before = 1, ""
    for token in _TOKEN.findall(text):
        wide = ems(token) + seams(before[-1:] + token[:1])
        if used + wide > room + _SLACK and used > 0 and token not in _HANGING:
            count, used = count + 1, 1.0 if token in _CLOSING else 0.0
        if wide > room:
            more = math.ceil(wide / room) - 1
            count, wide = count + more, wide - more * room
        used, before = used + wide, token
    return count


def longest_word(text: str) -> float:
    """The width in characters of the longest number or word, which should not break."""
    return max((ems(word) for word in _WORD.findall(text)), default=0)
