"""Where a finding stands, for somebody with the report in hand (位置): page, line, paragraph or cell, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tanhe.dossier.places import Place
from tanhe.messages import text

MOST_WORDS: Final = 40
"""Characters of a quotation on the screen."""

_TABLE: Final = re.compile(r"表(\d+)")


def spots(places: Iterable[Place], report: str, most: int | None = None) -> list[str]:
    """The places once each with the words that stand there; those inside the file ``report`` go without its name.

    A place told already without words, or with the same ones, is not told again; ``most`` cuts long quotations.
    """
    found: dict[str, list[str]] = {}
    for place in places:
        said = " ".join(place.quote.split())
        spot = spot_words(place) if place.file == report else str(place)
        found.setdefault(spot, [])
        found[spot] += [said] if said and said not in found[spot] else []
    return [words for spot, every in found.items() for words in ([spot + _quoted(said, most) for said in every] or [spot])]


def spot_words(place: Place) -> str:
    """The place inside its file: 第 328 行, 第 12 页, 第 37 段, 表 12 的 B3; the file's name where nothing is known."""
    if place.sheet and (table := _TABLE.fullmatch(place.sheet)):
        return text(f"表 {table[1]} 的 {place.cell}", f"table {table[1]} {place.cell}")
    if place.sheet == "段落":
        return text(f"第 {place.cell} 段", f"paragraph {place.cell}")
    if place.sheet:
        return f"{place.sheet} {place.cell}"
    if place.page is not None:
        return text(f"第 {place.page} 页", f"page {place.page}")
    return text(f"第 {place.line} 行", f"line {place.line}") if place.line is not None else place.file


def _quoted(said: str, most: int | None) -> str:
    words = said if most is None or len(said) <= most else said[:most] + "…"
    return text(f"“{words}”", f" “{words}”")
