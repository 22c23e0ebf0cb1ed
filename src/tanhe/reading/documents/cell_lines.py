"""Whether lines look like one wrapped cell (单元格折行): every line but the last is as full as the column allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tanhe.reading.documents.lines import width

_UNBROKEN: Final = re.compile(r"[《“（(〔]?(?:[\x21-\x7e]+|.)[，。；、：）)》”〕]*")
"""What a line break does not part: a word of letters or figures, a character with the signs around it."""
_HANGING: Final = "，。；、：）)》”"
"""Signs that may stand beyond the end of a full line."""
_NO_BREAK: Final = 0.9
"""What a break costs where the next words would have had room."""
_RAGGED: Final = 1.5
"""What it costs that a cell of several lines ends before its last line does."""
_SHARED: Final = 0.3
"""What it costs that a cell of several lines begins behind another cell."""

Piece = tuple[str, bool]
"""Words, and whether they begin a line."""


def wrapping(pieces: Sequence[Piece], start: int, stop: int) -> float:
    """What it costs to take the pieces for one cell, by the lines they stand on; nothing for a cell on one line."""
    lines: list[str] = []
    broken = False
    for said, begins in pieces[start:stop]:
        if begins or not lines or (wide(lines[-1][-1]) and wide(said[0])):
            broken = broken or (begins and bool(lines))
            lines.append(said)
        else:
            lines[-1] += f" {said}"
    if len(lines) < 2:
        return 0.0
    ragged = broken and stop < len(pieces) and not pieces[stop][1]
    shared = broken and not pieces[start][1]
    return _RAGGED * ragged + _SHARED * shared + _NO_BREAK * loose_breaks(lines)


def wide(char: str) -> bool:
    """Whether a character is Chinese; a blank between two of them was set by a program."""
    return char > "\u2e80"


def loose_breaks(lines: Sequence[str]) -> int:
    """How many lines of a cell end though what follows would have had room: the column is as wide as the widest line."""
    widths = [_width(line) for line in lines]
    room = max(_width(line.rstrip(_HANGING)) for line in lines)
    return sum(own + _lead(below) <= room for own, below in zip(widths, lines[1:], strict=False))


@lru_cache(maxsize=4096)
def _width(said: str) -> int:
    return width(said)


@lru_cache(maxsize=4096)
def _lead(said: str) -> int:
    found = _UNBROKEN.match(said)
    return width(found[0]) if found else 2
