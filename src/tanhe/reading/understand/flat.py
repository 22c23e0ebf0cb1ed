"""Text made comparable (文字归一): full-width folded, white space gone, with the way back to the printed words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

_FULL = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；？！"}
_SMALL = dict(zip(map(ord, "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹—–―〜～％"), "01234567890123456789---~~%", strict=True))
_FOLD = {**_FULL, **_SMALL, ord("；"): ";", ord("﹣"): "-", ord("−"): "-"}
_TAG = re.compile(r"<[^<>]{1,200}>")
_MARK = re.compile(r"^\s*(?:[-•●·◆■*]+\s*)?(?:[(（]\d{1,2}[)）]|\d{1,2}[)）、.．](?!\d)|[(（][一二三四五六七八九十]+[)）]|[①-⑳]|[a-zA-Z][.)、]"
                   r"|[一二三四五六七八九十]+、)?\s*[、]?\s*")
SHORT = 60
"""Texts up to this length are folded once and kept; tables repeat them."""

_DAY = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")


def fold(text: str) -> str:
    """The text with full-width signs folded and every white space gone."""
    return _short(text) if len(text) <= SHORT else "".join(text.translate(_FOLD).split())


@lru_cache(maxsize=8192)
def _short(text: str) -> str:
    return "".join(text.translate(_FOLD).split())


def untagged(text: str) -> str:
    """The text without HTML remnants; a checked box is ☑, an empty one □."""
    if "<" not in text:
        return text
    text = re.sub(r"<input[^<>]*\bchecked\b[^<>]*>", "☑", text)
    return " ".join(_TAG.sub(" ", re.sub(r"<input[^<>]*>", "□", text)).split())


def unmarked(text: str) -> str:
    """The text without its list mark: ``- (1)``, ``2、``, ``a.``, ``①``."""
    return text[_MARK.match(text).end():] if _MARK.match(text) else text  # type: ignore[union-attr]


def unstopped(text: str) -> str:
    """The text without its one closing full stop, which a list may have put there."""
    bare = text.strip()
    return bare[:-1].rstrip() if bare.endswith("。") else bare


def table_number(text: str, kind: str = "表") -> str:
    """The number a caption begins with or names, ``表3.4-24``; a year after a blank is no part of it; empty if none."""
    match = re.search(kind + r"\s?(\d+(?:\s?[.-]\s?\d+)*)", text.translate(_FOLD))
    return kind + "".join(match[1].split()) if match else ""


def iso(words: str) -> str | None:
    """The first whole date in the words as ``2024-03-18``; None where there is none or no such day."""
    match = _DAY.search(words.translate(_FOLD))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


@dataclass(frozen=True)
class Flat:
    """A text and its folded form; ``printed`` gives the words of a folded span as they were printed."""

    raw: str

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return fold(self.raw)

    @cached_property
    def _index(self) -> list[int]:
        return [n for n, mark in enumerate(self.raw) if not mark.isspace()]

    def printed(self, start: int, end: int) -> str:
        """The printed words of the folded span."""
        if start >= end:
            return ""
        return self.raw[self._index[start]: self._index[end - 1] + 1]
