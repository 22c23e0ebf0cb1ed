"""What a dossier says about its sources (排放源查对): every mention, every line, every answer, read once per dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tanhe.checks.completeness._lexicon import Kind, kinds, scan
from tanhe.checks.completeness._texts import Text, answers, evidence
from tanhe.checks.same import Same
from tanhe.dossier.data import References
from tanhe.dossier.model import Dossier, Path
from tanhe.inventory.model import Inventory

GENERAL = ("coal", "gas", "other_gas")
STRONGEST = ("energy", "equipment", "data", "text", "meter", "document")
_DIRECT = frozenset(("process", "machinery", "wastewater", "purchased", "process-n2o"))
_FUEL = re.compile("燃料|锅炉|点火|燃烧|车|加热|供热|发电|热处理|烘干|食堂|煅烧")
_FEED = re.compile("原料|气化|造气|还原|碳输入|制气|变换")


@dataclass(frozen=True)
class Mention:
    """A source the dossier speaks of: which kind, how strongly, where; ``use`` is fuel or feed where that is said."""

    kind: Kind
    strength: str
    word: str
    clause: str
    area: str
    path: Path
    use: str = ""


@dataclass(frozen=True)
class Counted:
    """A line of the inventory: its kinds, and whether it burns (fuel), feeds a process, or neither."""

    id: str
    source: str
    kinds: frozenset[str]
    use: str
    place: int


@dataclass(frozen=True)
class Survey:
    """Everything the rules of completeness look at."""

    mentions: tuple[Mention, ...]
    lines: tuple[Counted, ...]
    excluded: dict[str, int]
    shut: dict[str, int]
    named: frozenset[str]
    denied: frozenset[str]
    known: frozenset[str]
    used: frozenset[str]
    held: dict[str, frozenset[str]]
    feeds: bool

    def counted(self, kind: Kind, use: str = "") -> bool:
        """Whether a line holds this kind (with this use, where the lines distinguish fuel and feed)."""
        return bool(kind.answered_by & self.held[use if self.feeds else ""])

    def answered(self, kind: Kind, use: str = "") -> bool:
        """Whether a line, a listed source or a reasoned exclusion speaks of this kind."""
        if self.counted(kind, use) or kind.id in self.excluded or kind.id in self.named or kind.answered_by & self.named:
            return True
        held = kind.sources & self.known
        return bool(held) and held <= self.shut.keys()

    def holds(self, kind: Kind) -> bool:
        """Whether the guideline has a source that would hold this kind."""
        return bool(kind.sources & self.known)

    def open(self, *groups: str) -> tuple[tuple[Kind, tuple[Mention, ...]], ...]:
        """Kinds of these groups that are mentioned and not answered, each with its mentions, strongest area first.

        A general word (煤, 燃气) counts with the finer kind where one is open.
        """
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.kind.group in groups and not self.answered(mention.kind, mention.use):
                found.setdefault(mention.kind.id, []).append(mention)
        for general in [g for g in GENERAL if g in found]:
            finer = next((k for k in found if k != general and k in kinds()[general].answered_by), None)
            if finer is not None:
                found[finer] += found.pop(general)
        return tuple((kinds()[k], tuple(sorted(ms, key=lambda m: STRONGEST.index(m.area)))) for k, ms in found.items())

    def fired(self) -> tuple[Mention, ...]:
        """Mentions of equipment that burns something."""
        return tuple(m for m in self.mentions if m.kind.group == "fired" and m.strength == "implies")


def survey(inventory: Inventory) -> Survey:
    """The survey of a computed dossier; read once however many rules ask."""
    return _survey(Same(inventory))


@lru_cache(maxsize=2)
def _survey(key: Same) -> Survey:
    inventory, dossier = key.inventory, key.inventory.dossier
    excluded, shut, named = _entries(dossier, frozenset(line.id for line in inventory.lines))
    mentions: list[Mention] = []
    denied: set[str] = set()
    for given in evidence(dossier):
        once: dict[tuple[str, str], Mention] = {}
        for mention in _mentions(given, denied):
            once.setdefault((mention.kind.id, mention.word), mention)
        mentions += once.values()
    for words in answers(dossier):
        denied |= {e.kind for hit in scan(words) if hit.negated for e in hit.entries if e.strength != "none"}
    known = frozenset(s.id for s in inventory.guideline.sources)
    lines = _counted(inventory)
    held = {use: frozenset(k for line in lines if use in ("", line.use) for k in line.kinds) for use in ("", "fuel", "feed")}
    feeds = any(line.use == "feed" for line in lines)
    return Survey(tuple(mentions), lines, excluded, shut, named, frozenset(denied), known, _used(dossier), held, feeds)


def words_of(words: str) -> frozenset[str]:
    """The kinds a short name stands for, without regard to areas: ``烟煤（动力煤）`` is bituminous and coal."""
    return frozenset(e.kind for hit in scan(words) if not hit.negated for e in hit.entries if e.strength != "none")


def _mentions(given: Text, denied: set[str]) -> Iterator[Mention]:
    hits = scan(given.words)
    fuels = {e.kind for h in hits for e in h.entries if kinds()[e.kind].group == "fuel"}
    powered = given.area == "equipment" and not fuels and any(e.kind in ("electricity", "heat") for h in hits for e in h.entries)
    for hit in hits:
        for entry in hit.entries:
            if entry.strength in ("none", "answer", "category") or (entry.areas and given.area not in entry.areas):
                continue
            if given.area == "product" and not entry.areas:
                continue
            if hit.negated:
                denied.add(entry.kind)
            elif not entry.void(hit.clause, given.around or given.words) and not (powered and entry.kind in ("fired", "mobile")):
                area = given.area if given.area in STRONGEST else "text"
                yield Mention(kinds()[entry.kind], entry.strength, hit.word, hit.clause, area, given.path,
                              _use(given) if kinds()[entry.kind].group == "fuel" else "")


def _use(given: Text) -> str:
    if given.area not in ("energy", "equipment", "data"):
        return ""
    fuel, feed = _FUEL.search(given.words), _FEED.search(given.words)
    return "" if bool(fuel) == bool(feed) else ("fuel" if fuel else "feed")


def _counted(inventory: Inventory) -> tuple[Counted, ...]:
    return tuple(_line(n, spec.id, spec.source, spec.item, spec.fuel or "", spec.gas or "")
                 for n, spec in enumerate(inventory.dossier.lines))


def _line(n: int, line_id: str, source: str, item: str, fuel: str, gas: str) -> Counted:
    own = {k for k, kind in kinds().items() if k == source or (kind.group in _DIRECT and source in kind.sources)}
    if source == "equipment-leakage":
        own = set(words_of(f"{item},{gas}")) & {"sf6", "refrigerant"} or {"sf6", "refrigerant"}
    elif source == "combustion" or "raw-material" in source:
        own = {k for k in words_of(f"{item},{fuel}") if kinds()[k].group in ("fuel", "ask", "process")}
        own |= {fuel} & kinds().keys()
    use = "fuel" if source == "combustion" else "feed" if "raw-material" in source else ""
    return Counted(line_id, source, frozenset(own), use, n)


def _entries(dossier: Dossier, lines: frozenset[str]) -> tuple[dict[str, int], dict[str, int], frozenset[str]]:
    """Kinds excluded with a reason, guideline sources excluded as a whole, and kinds named without line or reason."""
    excluded: dict[str, int] = {}
    shut: dict[str, int] = {}
    named: set[str] = set()
    for n, entry in enumerate(dossier.sources):
        whole = words_of(entry.category)
        stream = words_of(f"{entry.energy},{entry.facility}")
        found = stream | {k for k in whole if kinds()[k].group == "ask"} or whole
        if entry.excluded:
            excluded |= {k: n for k in found if k not in excluded}
            if not stream and entry.energy.strip(" /-—") == "":
                shut |= {s: n for k in found if kinds()[k].group == "category" for s in kinds()[k].sources if s not in shut}
        elif entry.line is None or entry.line not in lines:
            named |= {k for k in found if kinds()[k].group != "category"}
    return excluded, shut, frozenset(named)


def _used(dossier: Dossier) -> frozenset[str]:
    """Data that enter a line, an output or a row of a table, directly or through derivations."""
    waiting: list[References] = [r for line in dossier.lines for r in (line.inputs | (line.as_reported or {})).values()]
    for table in dossier.supplementary:
        waiting += [r for line in table.lines for r in (line.inputs | (line.as_reported or {})).values()]
        waiting += [*table.rows.values(), table.output or ""]
    found: set[str] = set()
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, list):
            waiting += reference
        elif isinstance(reference, str) and reference in dossier.data and reference not in found:
            found.add(reference)
            derive = dossier.data[reference].derive
            waiting += derive.inputs.values() if derive else ()
    return frozenset(found)
