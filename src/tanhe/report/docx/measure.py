"""How much room text takes (文字占位): counted in whole and half characters, as Chinese type is set."""

from __future__ import annotations

import math
from unicodedata import east_asian_width

from tanhe.report.docx.styles import CELL_SIDE, CELL_TOP, Look


def ems(text: str) -> float:
    """The width of ``text`` in characters: a Chinese character is 1, a Latin letter or digit about half."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def lines(text: str, width: float, look: Look, first: float = 0) -> int:
    """Lines that ``text`` fills in ``width`` points; ``first`` is the first line's indent in characters."""
    room = max(width / look.size - look.left, 1)
    return sum(
        max(1, math.ceil(round((ems(part) + (first if n == 0 else 0)) / room, 3)))
        for n, part in enumerate(text.split("\n"))
    )


def cell_height(text: str, width: float, look: Look) -> float:
    """Height in points of a table cell of ``width`` points that holds ``text``."""
    return lines(text, width - 2 * CELL_SIDE, look) * look.line + 2 * CELL_TOP + 0.5
