"""Fractions of typeset formulas (分数线): 44 over 12 with a bar between becomes 44/12 on the line of the formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.pdf_page import Glyph, Rule

_WIDEST: Final = 300.0
_MOST: Final = 200
_OPERATORS: Final = frozenset("+-−×·*/÷=")


def with_fractions(glyphs: Sequence[Glyph], bars: Sequence[Rule]) -> list[Glyph]:
    """The characters with each fraction as one, where the formula beside it is level with the bar.

    The level tells a fraction from an underline and from the border of a table.
    """
    free = list(glyphs)
    for bar in sorted(bars, key=lambda rule: rule.end - rule.start)[:_MOST]:
        if bar.end - bar.start > _WIDEST:
            continue
        over = [g for g in free if _within(g, bar) and -1.7 * g.size < g.base - bar.at < 0.2 * g.size]
        under = [g for g in free if _within(g, bar) and 0.3 * g.size < g.base - bar.at < 1.7 * g.size]
        if not _filled(over, bar) or not _filled(under, bar):
            continue
        gone = {id(g) for g in (*over, *under)}
        beside = [g for g in free if id(g) not in gone and _beside(g, bar)]
        if not beside:
            continue
        base = min(beside, key=lambda g: min(abs(g.x1 - bar.start), abs(g.x0 - bar.end))).base
        words = f"{_spelled(over)}/{_spelled(under)}"
        size = max(g.size for g in beside)
        free = [g for g in free if id(g) not in gone]
        free.append(Glyph(words, bar.start, bar.end, base, size))
    return free


def _within(glyph: Glyph, bar: Rule) -> bool:
    return bar.start - 1 <= (glyph.x0 + glyph.x1) / 2 <= bar.end + 1


def _filled(glyphs: Sequence[Glyph], bar: Rule) -> bool:
    """Whether the characters stand in the middle of the bar, on one line."""
    shown = [g for g in glyphs if g.text != " "]
    if not shown:
        return False
    left, right = min(g.x0 for g in shown), max(g.x1 for g in shown)
    bases = [g.base for g in shown]
    return (
        abs((left + right) - (bar.start + bar.end)) < 6
        and left > bar.start - 3
        and right < bar.end + 3
        and max(bases) - min(bases) < 0.6 * max(g.size for g in shown)
    )


def _beside(glyph: Glyph, bar: Rule) -> bool:
    """Whether a sign next to the bar is level with it: the bar runs through the middle of a formula's letters."""
    near = -1 <= bar.start - glyph.x1 < 1.2 * glyph.size or -1 <= glyph.x0 - bar.end < 1.2 * glyph.size
    return near and glyph.text != " " and abs(glyph.base - 0.28 * glyph.size - bar.at) < 0.22 * glyph.size


def _spelled(glyphs: Sequence[Glyph]) -> str:
    words = "".join(g.text for g in sorted(glyphs, key=lambda g: g.x0) if g.text != " ")
    return f"({words})" if _OPERATORS & set(words) else words
