"""The lexicon of emission sources (排放源词表): words of a text, what they imply, and whether they are negated.

``lexicon.csv`` holds the words, ``kinds.csv`` what each kind of source is. One compiled alternation, longest match;
reading a text takes time proportional to its length.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from tanhe.messages import text

_CLAUSE = re.compile(r"[^。;,!?\n]{1,240}")
_REACH = 80
_BEFORE = re.compile(
    "不涉及|不包括|不包含|不使用|不采用|不需要|不再|不用|不含|不产生|不存在|不耗用|不消耗|不生产|未使用|未采用|未涉及|未消耗|没有|"
    "停用|淘汰|取消|拆除|无需|无(?!烟|缝|铅|机|损|水|纺|害|菌|尘|组织|油|人|轨|线|锡|论|触点|铬|碱|纸|氧|异常|变化|缺失)"
)
_RESET = re.compile("而|改用|改为|改烧|改成|但|只|仅|采用|代之|换为|转用")
_AFTER = re.compile("(?:不涉及|未涉及|不使用|未使用|不再使用|停用|拆除|淘汰|报废|不存在|没有|:无|为零|为0)[)了]?$")


@dataclass(frozen=True)
class Kind:
    """A kind of source: names, group, the guideline sources that would hold it, what also answers it, its fuel.

    ``main`` is the source it belongs to first; a category stands for all its sources.
    """

    id: str
    zh: str
    en: str
    group: str
    sources: frozenset[str]
    answered_by: frozenset[str]
    fuel: str
    main: frozenset[str]

    @property
    def name(self) -> str:
        """The kind in the current language."""
        return text(self.zh, self.en)


@dataclass(frozen=True)
class Entry:
    """A row of the lexicon.

    ``areas`` empty means everywhere. The clause must have ``clause`` and not ``unless``; the text around must have
    ``needs`` and not ``without``. Strength ``present``: the stuff is on site, no process with it is shown.
    """

    kind: str
    strength: str
    areas: frozenset[str]
    unless: re.Pattern[str] | None
    clause: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    without: re.Pattern[str] | None

    def void(self, clause: str, around: str) -> bool:
        """Whether clause or surrounding text take the implication away."""
        if self.unless is not None and self.unless.search(clause):
            return True
        if self.clause is not None and not self.clause.search(clause):
            return True
        if self.without is not None and _in(self.without, around):
            return True
        return self.needs is not None and not _in(self.needs, around)


@dataclass(frozen=True)
class Hit:
    """A word found: as written, its rows, its clause, and whether the clause negates it."""

    word: str
    entries: tuple[Entry, ...]
    clause: str
    negated: bool


def _rows(name: str) -> list[dict[str, str]]:
    with files("tanhe.checks.completeness").joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Every kind by its id."""
    return MappingProxyType({
        r["kind"]: Kind(r["kind"], r["zh"], r["en"], r["group"], frozenset(r["sources"].split()),
                        frozenset(r["answered_by"].split()), r["fuel"],
                        frozenset(r["sources"].split()[: None if r["group"] == "category" else 1]))
        for r in _rows("kinds.csv")
    })


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for row in _rows("lexicon.csv"):
        found_in = (re.compile(row[k].casefold()) if row[k] else None for k in ("unless", "clause", "needs", "without"))
        entry = Entry(row["kind"], row["strength"], frozenset(row["areas"].split()), *found_in)
        for word in row["words"].split("|"):
            found[fold(word)] = (*found.get(fold(word), ()), entry)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """All words as one expression that branches letter by letter and prefers the longest."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in _words():
        at = tree
        for letter in word:
            at = at.setdefault(letter, {})
        at[""] = {}
    return re.compile(_branch(tree))


def _branch(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    longer = [re.escape(letter) + _branch(below) for letter, below in tree.items() if letter]
    if not longer:
        return ""
    return f"(?:{'|'.join(longer)}){'?' if '' in tree else ''}"


@lru_cache(maxsize=4096)
def fold(words: str) -> str:
    """Words without the differences of typing: width, case, subscripts."""
    return unicodedata.normalize("NFKC", words).casefold()


@lru_cache(maxsize=8192)
def scan(words: str) -> tuple[Hit, ...]:
    """The words of the lexicon in a text, in order; each counts with its longest form only."""
    return tuple(_scan(fold(words)))


def _scan(folded: str) -> Iterator[Hit]:
    known, pattern = _words(), _pattern()
    for clause in _CLAUSE.finditer(folded):
        part = clause[0]
        after = bool(_AFTER.search(part.rstrip()))
        denials = [m.end() for m in _BEFORE.finditer(part)]
        for match in pattern.finditer(part):
            if not _whole(part, match):
                continue
            yield Hit(match[0], known[match[0]], part, after or _denied(part, denials, match.start()))


def _whole(part: str, match: re.Match[str]) -> bool:
    """A word of Latin letters must stand alone: ``gis`` is not in ``register``."""
    if not match[0].isascii():
        return True
    before, after = part[match.start() - 1 : match.start()], part[match.end() : match.end() + 1]
    return not any(c.isascii() and (c.isalnum() or c == "_") for c in (before, after) if c)


def _denied(part: str, denials: list[int], at: int) -> bool:
    """Whether the last denial before ``at`` reaches it: near enough, and not turned round by 而、改用、但 …"""
    before = bisect_right(denials, at)
    last = denials[before - 1] if before else -_REACH
    return at - last < _REACH and not _RESET.search(part, last, at)


@lru_cache(maxsize=4096)
def _in(pattern: re.Pattern[str], words: str) -> bool:
    return pattern.search(fold(words)) is not None
