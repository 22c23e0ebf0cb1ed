"""How wide and high text comes out, near enough (尺寸估算): Typst lays out, this only decides what it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Final

from tanhe.report.grid import seams

_NARROW: Final = frozenset(".,:;'|!il()[]-/ ")
_WIDE: Final = frozenset("mwMW@%")
_WORD: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Size:
    """A table's type size: the width of a Chinese character and both insets of a cell in mm, heights in points."""

    em: float
    insets: float
    first_line: float
    next_line: float

    def width(self, text: str, bold: bool = False) -> float:
        """The width of ``text`` on one line, in mm."""
        return (sum(map(_share, text)) * (1.06 if bold else 1.0) + seams(text)) * self.em

    def longest_word(self, text: str, bold: bool = False) -> float:
        """The width of the longest run of letters and digits, in mm."""
        return max((self.width(word, bold) for word in _WORD.findall(text)), default=0.0)

    def height(self, text: str, width: float) -> float:
        """The height in points of a cell ``width`` mm wide."""
        inside = max(self.em, width - self.insets)
        lines = sum(max(1, ceil(self.width(line) * 1.03 / inside)) for line in text.split("\n"))
        return self.first_line + self.next_line * (lines - 1)


NORMAL: Final = Size(3.175, 2.85, 15.6, 11.5)
SMALL: Final = Size(2.646, 1.8, 12.5, 9.6)


def _share(letter: str) -> float:
    """Width of a character in em, of Noto Sans SC."""
    if letter > "\u2e7f":
        return 1.0
    if letter in _NARROW:
        return 0.37
    if letter in _WIDE:
        return 0.9
    return 0.66 if letter.isupper() else 0.56
