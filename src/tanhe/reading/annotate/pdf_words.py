"""Where quoted words stand on a PDF page (引文在页面上的位置): found without regard to blanks and width, as boxes."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import pypdfium2.raw as raw

from tanhe.reading.documents.pdf_page import GLYPHS

_DASHES: Final = {ord(c): "-" for c in "‐‑‒–—―−－\x02"}
_NUMERIC: Final = frozenset("0123456789.,")
_NEAR: Final = 600
"""How far on the page the next piece of a quotation may stand that the layout tore apart."""
_PIECE: Final = 4
_LONG: Final = 12
"""Shorter quotations are found whole or not at all."""
_SURE: Final = 4
"""Letters and digits that make it no matter which of several equal places is marked."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""
Span = tuple[int, int]
"""From and to, exclusive, in the key."""


class _Letter(NamedTuple):
    text: str
    char: int
    loose: bool
    """Whether a blank or a line's end stands before it."""


@dataclass(frozen=True)
class Match:
    """Where a quotation stands; ``count`` is how many places say the same."""

    spans: tuple[Span, ...]
    count: int


class PageWords:
    """The words of one page. ``close`` before the page is closed."""

    def __init__(self, page: Any) -> None:
        self._text = page.get_textpage()

    def close(self) -> None:
        """Let go of the page's text."""
        self._text.close()

    @cached_property
    def _letters(self) -> tuple[_Letter, ...]:
        found: list[_Letter] = []
        seen: set[tuple[str, int, int]] = set()
        x, y = ctypes.c_double(), ctypes.c_double()
        loose = True
        for index in range(min(self._text.count_chars(), GLYPHS)):
            code = raw.FPDFText_GetUnicode(self._text.raw, index)
            words = _folded(chr(code)) if code < 0xD800 or 0xDFFF < code < 0x110000 else "?"
            if raw.FPDFText_IsGenerated(self._text.raw, index) == 1 or not words.strip():
                loose = True
                continue
            raw.FPDFText_GetCharOrigin(self._text.raw, index, x, y)
            at = (words, round(x.value), round(y.value))
            if at in seen and found and found[-1].text == words[-1]:
                continue
            seen.add(at)
            for letter in words:
                found.append(_Letter(letter, index, loose))
                loose = False
        return tuple(found)

    @cached_property
    def key(self) -> str:
        """All words without blanks, folded."""
        return "".join(letter.text for letter in self._letters)

    def match(self, quote: str) -> Match | None:
        """Where the words stand; None when they cannot be found, or short ones stand in several places.

        Long words torn apart by the layout are found piece by piece.
        """
        wanted = _folded(quote.removesuffix("…"))
        if not wanted:
            return None
        spans = tuple(self._whole(wanted))
        if len(spans) == 1 or (spans and sum(c.isalnum() for c in wanted) >= _SURE):
            return Match(spans[:1], len(spans))
        if spans:
            return Match((), len(spans))
        pieces = self._pieces(wanted) if len(wanted) >= _LONG else ()
        return Match(pieces, 1) if pieces else None

    def every(self, quote: str) -> tuple[Span, ...]:
        """All places that say the same."""
        return tuple(self._whole(_folded(quote)))

    def number(self, span: Span, number: str, before: int) -> Span | None:
        """The number inside a span, the one that begins nearest to ``before`` signs after its start."""
        shown = self.key[slice(*span)]
        found = [m.span() for m in re.finditer(",?".join(map(re.escape, _folded(number))), shown)]
        if not found:
            return None
        start, end = min(found, key=lambda s: abs(s[0] - before))
        return span[0] + start, span[0] + end

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One box for each line of a span."""
        out: list[Box] = []
        rectangle = raw.FS_RECTF()
        for index in dict.fromkeys(letter.char for letter in self._letters[slice(*span)]):
            if not raw.FPDFText_GetLooseCharBox(self._text.raw, index, rectangle):
                continue
            box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if box[2] <= box[0] or box[3] <= box[1]:
                continue
            if out and _same_line(out[-1], box):
                last = out[-1]
                out[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            else:
                out.append(box)
        return tuple(out)

    def _whole(self, wanted: str) -> Iterator[Span]:
        """Every place of the words that does not cut a number in two."""
        start = self.key.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if self._bounded(start, end):
                yield start, end
                start = self.key.find(wanted, end)
            else:
                start = self.key.find(wanted, start + 1)

    def _bounded(self, start: int, end: int) -> bool:
        letters = self._letters
        left = start > 0 and not letters[start].loose and _glued(letters[start - 1].text, letters[start].text)
        right = end < len(letters) and not letters[end].loose and _glued(letters[end - 1].text, letters[end].text)
        return not left and not right

    def _pieces(self, wanted: str) -> tuple[Span, ...]:
        """Pieces in order, none far from the last, that together are at least nine tenths of the words."""
        found: list[Span] = []
        at, rest, missed = 0, wanted, 0
        while rest:
            end = min(len(self.key), at + _NEAR) if found else len(self.key)
            length = self._longest(rest, at, end)
            if length < min(_PIECE, len(rest)):
                rest, missed = rest[1:], missed + 1
                if missed * 10 > len(wanted):
                    return ()
                continue
            start = self.key.find(rest[:length], at, end)
            found.append((start, start + length))
            at, rest = start + length, rest[length:]
        return tuple(found)

    def _longest(self, words: str, at: int, end: int) -> int:
        """How many of the first signs stand together between two places."""
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.key.find(words[:middle], at, end) >= 0 else (low, middle - 1)
        return low


def _folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).translate(_DASHES).split())


def _glued(left: str, right: str) -> bool:
    """Whether two signs that touch belong to one number or word."""
    return (left in _NUMERIC and right in _NUMERIC) or (left.isascii() and right.isascii() and left.isalpha() and right.isalpha())


def _same_line(left: Box, right: Box) -> bool:
    height = min(left[3] - left[1], right[3] - right[1])
    overlap = min(left[3], right[3]) - max(left[1], right[1])
    return overlap > 0.5 * height and -0.5 * height < right[0] - left[2] < 2 * height
