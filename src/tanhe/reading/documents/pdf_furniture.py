"""Running heads, page numbers and tables of contents of a PDF (页眉页脚、页码、目录) told from its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tanhe.reading.documents.pdf_lines import Line

_BAND: Final = 0.13
"""Running heads stand in this share of a sheet's length at its top and bottom, upright or on its side."""
_WORDY: Final = 2
"""Letters beside figures with which a line at the same height of several pages may be a running head: 机密; 7 月 is none."""
_LONG: Final = 842.0
_NUMBER: Final = re.compile(
    r"[-—–·~\s]*(?:第?\s*\d{1,4}\s*页?|[ivxIVX]{1,6})\s*(?:[,，/]?\s*(?:共|of|/)?\s*\d{1,4}\s*页?)?[-—–·~\s]*|page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.IGNORECASE,
)
_LEADER: Final = re.compile(r"(?:[.…·．⋯]\s?){4,}\s*\d{0,4}$")


def running(pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float]) -> dict[int, set[int]]:
    """By page, the indexes of its lines (top to bottom) that are running heads or page numbers.

    A line is one when it comes again, but for its digits, in the same band of several pages and only lines of
    that kind stand between it and the page's edge.
    """
    seen: Counter[tuple[bool, str]] = Counter()
    for page, lines in pages.items():
        seen.update({key for _, key in _edges(lines, heights[page]) if key[1]})
    least = 2 if len(pages) <= 4 else 3
    found: dict[int, set[int]] = {}
    for page, lines in pages.items():
        marked: set[int] = set()
        for top in (True, False):
            for at, key in _from_edge(lines, heights[page], top):
                number = _NUMBER.fullmatch(lines[at].text) is not None
                running_head = not _beside(lines, at, seen, least, top) if number else seen[key] >= least
                if not running_head:
                    break
                marked.add(at)
        found[page] = marked
    return found


def _beside(lines: Sequence[Line], at: int, seen: Mapping[tuple[bool, str], int], least: int, top: bool) -> bool:
    """Whether words that do not come again stand on the line of a bare number: then it is a heading's."""
    own = lines[at]
    return any(
        abs(line.base - own.base) < 0.3 * own.size and not _NUMBER.fullmatch(line.text) and seen.get(_key(line, top), 0) < least
        for line in lines[max(0, at - 4) : at + 5]
    )


def _key(line: Line, top: bool) -> tuple[bool, str]:
    """What a running line has in common on all its pages: its words, with few of them its height too; empty without."""
    shown = re.sub(r"\d+", "#", "".join(line.text.split()))
    letters = len(re.sub(r"[\W\d_]", "", shown))
    return top, shown if letters > _WORDY else f"{shown}@{round(line.base)}" if letters == _WORDY else ""


def _edges(lines: Sequence[Line], height: float) -> Iterable[tuple[int, tuple[bool, str]]]:
    for top in (True, False):
        yield from _from_edge(lines, height, top)


def _from_edge(lines: Sequence[Line], height: float, top: bool) -> Iterable[tuple[int, tuple[bool, str]]]:
    order = range(len(lines)) if top else range(len(lines) - 1, -1, -1)
    for at in order:
        line = lines[at]
        inside = line.base < _BAND * _LONG if top else line.top > height - _BAND * _LONG
        if not inside:
            return
        yield at, _key(line, top)


def is_contents(text: str) -> bool:
    """Whether a line is an entry of a table of contents: dots lead to a page number."""
    return _LEADER.search(text) is not None


def only_number(text: str) -> bool:
    """Whether a running line holds a page number and nothing else."""
    return _NUMBER.fullmatch(text) is not None
