"""Words of fuels and industries in texts (燃料与行业用语): the longest word at a place counts, so 无烟煤 is no 烟煤."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tanhe.checks.consistency._helpers import table

_TITLES = re.compile("《[^《》]*》")
_CLAUSES = re.compile(r"[，,。；;！!？?\n]")


@dataclass(frozen=True)
class Fuel:
    """A fuel word: what it means, of which family, and whether it names the family only (燃料)."""

    name: str
    family: str
    generic: bool


@dataclass(frozen=True)
class Industry:
    """Whose term a word is: classes of GB/T 4754 by their first digits (行业用语)."""

    codes: tuple[str, ...]
    zh: str
    en: str

    def holds(self, own: Iterable[str]) -> bool:
        """Whether one of an entity's codes lies within these classes, or is a wider class of them."""
        return any(code.startswith(c) or c.startswith(code) for code in own for c in self.codes)


def _longest(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that takes the longest of the words at a place."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@lru_cache(maxsize=1)
def _fuels() -> tuple[re.Pattern[str], dict[str, Fuel | None]]:
    known = {r["word"]: None if r["kind"] == "stop" else Fuel(r["fuel"], r["family"], r["kind"] == "generic")
             for r in table("fuel_words.csv")}
    return _longest(known), known


@lru_cache(maxsize=1)
def _industries() -> tuple[re.Pattern[str], dict[str, Industry]]:
    known = {word: Industry(tuple(r["codes"].split()), r["zh"], r["en"])
             for r in table("industry_terms.csv") for word in r["words"].split("|")}
    return _longest(known), known


def fuels(words: str) -> Iterator[tuple[str, Fuel]]:
    """The fuels a text names, as written."""
    pattern, known = _fuels()
    for match in pattern.finditer(words):
        if (fuel := known[match[0]]) is not None:
            yield match[0], fuel


def without_fuels(words: str) -> str:
    """The text with its fuel words taken out, so that the 无 of 无烟煤 is no negation."""
    return _fuels()[0].sub("", words)


def terms(words: str) -> Iterator[tuple[str, Industry]]:
    """The terms of particular industries in a text."""
    pattern, known = _industries()
    for match in pattern.finditer(words):
        if known[match[0]].codes:
            yield match[0], known[match[0]]


def clauses(words: str) -> list[str]:
    """The clauses of a text, titles of documents left out."""
    return _CLAUSES.split(_TITLES.sub("", words))
