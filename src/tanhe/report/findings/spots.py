"""Where a finding stands, for somebody with the report in hand (位置): page, line, paragraph or cell, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tanhe.dossier.places import Place
from tanhe.messages import text

MOST_WORDS: Final = 40
"""Characters of a quotation on the screen."""


def spots(places: Iterable[Place], report: str, most: int | None = None) -> list[str]:
    """The places once each with the words that stand there; those inside the file ``report`` go without its name.

    A place told already without words, or with the same ones, is not told again; ``most`` cuts long quotations.
    """
    found: dict[str, list[str]] = {}
    for place in places:
        said = " ".join(place.quote.split())
        spot = place.spot or place.file if place.file == report else str(place)
        found.setdefault(spot, [])
        found[spot] += [said] if said and said not in found[spot] else []
    return [words for spot, every in found.items() for words in ([spot + _quoted(said, most) for said in every] or [spot])]


def _quoted(said: str, most: int | None) -> str:
    words = said if most is None or len(said) <= most else said[:most] + "…"
    return text(f"“{words}”", f" “{words}”")
