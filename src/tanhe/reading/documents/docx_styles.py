"""Outline levels and automatic numbers of a DOCX (样式与自动编号): what Word prints before a heading or a list item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DEEPEST: Final = 9
_DIGITS: Final = "零一二三四五六七八九"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(element: etree._Element | None, name: str, usual: str = "") -> str:
    """``w:val`` of a child."""
    child = None if element is None else element.find(W + name)
    return usual if child is None else str(child.get(W + "val", usual))


def number(words: str, usual: int = 0) -> int:
    """An integer of the file; what is none, or absurd, is ``usual``."""
    return int(words) if re.fullmatch(r"-?\d{1,6}", words.strip()) else usual


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it inherits: its name, outline level (1–9, 0 none), numbering."""

    name: str = ""
    level: int = 0
    numbering: tuple[int, int] | None = None
    bold: bool = False


class Styles:
    """The paragraph styles by id."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.findall(W + "style")
        self._elements = {str(element.get(W + "styleId", "")): element for element in found}
        self._made: dict[str, Style] = {}
        self._usual = next(
            (key for key, e in self._elements.items() if e.get(W + "default") in ("1", "true") and e.get(W + "type") == "paragraph"),
            "",
        )  # fmt: skip

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph by its ``w:pPr``."""
        return self._style(value(properties, "pStyle", self._usual), 0)

    def _style(self, key: str, depth: int) -> Style:
        if key in self._made:
            return self._made[key]
        element = self._elements.get(key)
        if element is None or depth > 20:
            return Style()
        base = self._style(value(element, "basedOn"), depth + 1)
        name = value(element, "name")
        properties = element.find(W + "pPr")
        runs = element.find(W + "rPr")
        heading = _HEADING.fullmatch(name.strip())
        level = int(heading[1]) if heading else base.level
        level = outline(properties, level)
        own = numbering(properties)
        bold = base.bold if runs is None or runs.find(W + "b") is None else value(runs, "b", "1") not in ("0", "false")
        made = Style(name, level, _merged(own, base.numbering), bold)
        self._made[key] = made
        return made


def outline(properties: etree._Element | None, usual: int) -> int:
    """The outline level of a ``w:pPr``, 1–9; 0 for body text."""
    words = value(properties, "outlineLvl")
    return usual if not words else (level + 1 if 0 <= (level := number(words, 9)) < _DEEPEST else 0)


def numbering(properties: etree._Element | None) -> tuple[int, int] | None:
    """List and level named by a ``w:pPr``: (-1, level) when only the level stands there."""
    element = None if properties is None else properties.find(W + "numPr")
    if element is None:
        return None
    return number(value(element, "numId", "-1"), -1), number(value(element, "ilvl", "0"))


def _merged(own: tuple[int, int] | None, base: tuple[int, int] | None) -> tuple[int, int] | None:
    if own is None or own[0] >= 0:
        return own or base
    return (base[0], own[1]) if base else None


@dataclass(frozen=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    shown: str = ""
    legal: bool = False


@dataclass
class Numbers:
    """Counts the automatic numbers through the document, in its order."""

    root: etree._Element | None
    _lists: dict[int, tuple[int, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)
    _overrides: dict[int, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstract = {
            number(str(e.get(W + "abstractNumId", ""))): dict(_levels(e)) for e in self.root.findall(W + "abstractNum")
        }
        for element in self.root.findall(W + "num"):
            key = number(str(element.get(W + "numId", "")))
            shared = number(value(element, "abstractNumId"))
            levels = dict(abstract.get(shared, {}))
            for override in element.findall(W + "lvlOverride"):
                at = number(str(override.get(W + "ilvl", "0")))
                levels.update(_levels(override))
                if start := value(override, "startOverride"):
                    self._overrides.setdefault(key, {})[at] = number(start, 1)
            self._lists[key] = (shared, levels)

    def label(self, place: tuple[int, int] | None) -> str:
        """The next number of a list, as printed; • for a bullet, nothing without a list."""
        if place is None or place[0] <= 0 or place[0] not in self._lists:
            return ""
        shared, levels = self._lists[place[0]]
        at = min(max(place[1], 0), _DEEPEST - 1)
        level = levels.get(at, _Level())
        if level.kind == "bullet":
            return "•"
        counts = self._counts.setdefault(shared, {})
        override = self._overrides.get(place[0], {})
        if at in override and (place[0], at) not in self._started:
            counts[at] = override[at] - 1
        self._started.add((place[0], at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [n for n in counts if n > at]:
            del counts[deeper]
        return self._shown(level, levels, counts)

    def _shown(self, level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            return spelled(counts.get(at, other.start), "decimal" if level.legal else other.kind)

        return "" if level.kind == "none" else re.sub(r"%([1-9])", one, level.shown).strip()


def _levels(element: etree._Element) -> Iterator[tuple[int, _Level]]:
    for child in element.findall(W + "lvl"):
        yield (
            number(str(child.get(W + "ilvl", "0"))),
            _Level(
                number(value(child, "start", "1"), 1),
                value(child, "numFmt", "decimal"),
                value(child, "lvlText"),
                child.find(W + "isLgl") is not None,
            ),
        )


def spelled(count: int, kind: str) -> str:
    """A counter in Word's format ``kind``: 3, 三, ③, c, iii."""
    if kind.startswith(("chinese", "japanese", "ideograph", "taiwanese")) and 0 <= count < 100:
        tens, units = divmod(count, 10)
        return (
            ("" if tens < 2 else _DIGITS[tens]) + "十" * (tens > 0) + (_DIGITS[units] if units or not tens else "")
        )
    if kind.startswith("decimalEnclosedCircle") and 0 < count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if kind in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman") and 0 < count < 400:
        return _roman(count).upper() if kind == "upperRoman" else _roman(count)
    return str(count).zfill(2) if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    shown = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        shown += letters * times
    return shown
