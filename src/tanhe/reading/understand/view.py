"""The document as every part of this room sees it (共用视图): outline, pairs, year, names of people, computed once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import label as meaning
from tanhe.reading.understand.masking import Mask, numbered, people
from tanhe.reading.understand.outline import Line, Outline, outline
from tanhe.reading.understand.pairs import Pair, pairs

_COMPANY = re.compile(r"[\u4e00-\u9fff（）()A-Za-z0-9·]{4,50}(?:公司|集团|厂|研究院|中心|大学|学校|医院)")
_YEAR = re.compile(r"(20\d\d)\s*年度?")


@dataclass(frozen=True)
class View:
    """What all parts share."""

    outline: Outline

    @property
    def lines(self) -> tuple[Line, ...]:
        """All running text."""
        return self.outline.lines

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All labels with their values."""
        return tuple(pairs(self.outline))

    def pair(self, *names: str) -> Pair | None:
        """The first pair of these names, those of tables on the cover before others."""
        found = [p for name in names for p in self.pairs if p.name == name]
        return min(found, key=lambda p: (names.index(p.name), p.sheet is None or p.zone != "cover"), default=None)

    @cached_property
    def entity(self) -> Said | None:
        """The name of the enterprise: as labelled, else the company named on the cover."""
        for pair in sorted((p for p in self.pairs if p.name == "entity.name"), key=lambda p: p.zone != "cover"):
            if _COMPANY.fullmatch(fold(pair.value.text)):
                return pair.value
        for line in self.lines[:12]:
            match = _COMPANY.match(line.flat.text)
            if line.zone == "cover" and match and (match.end() == len(line.flat.text) or line.flat.text[match.end():][:2] in ("20", "温室")):
                return line.said(0, match.end())
        return None

    @cached_property
    def year(self) -> Said | None:
        """The reporting year: on the cover, else the year most often followed by 年度."""
        for line in (x for x in self.lines if x.zone == "cover"):
            match = re.search(r"(20\d\d)年度", line.flat.text)
            if match:
                return Said(match[1], line.place)
        counted = Counter(m[1] for x in self.lines for m in re.finditer(r"(20\d\d)年度", x.flat.text))
        if not counted:
            return None
        best = counted.most_common(1)[0][0]
        place = next(x.place for x in self.lines if f"{best}年度" in x.flat.text)
        return Said(best, place)

    @cached_property
    def mask(self) -> Mask:
        """Names of all people by role label."""
        labels = self._roles
        found: dict[str, str] = dict(labels)
        for pair in self.pairs:
            names = people(pair.value.text)
            if pair.name == "entity.contact":
                names += [n for said in pair.rest[:1] for n in people(said.text)]
            title = _PERSONS.get(pair.name)
            for name in (names or _strange(pair.value.text)) if title or pair.name.startswith("role.") else ():
                found.setdefault(name, title or "核查员")
        for line in self.lines:
            for match in re.finditer(r"(法定代表人|联系人|负责人)[:：为]?\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])", line.text):
                for name in people(match[2]):
                    found.setdefault(name, {"联系人": "委托方联系人"}.get(match[1], match[1]))
        for sheet in self.outline.sheets:
            if sheet.listing is None or sheet.listing.kind.name not in ("interviews", "visits"):
                continue
            for row in sheet.listing.rows:
                for field, label in (("verifiers", "核查员"), ("interviewees", "受访人员"), ("participants", "受访人员")):
                    for name in people(row[field].text) if field in row else ():
                        found.setdefault(name, label)
        keep = tuple(s.text for s in (self.entity,) if s is not None)
        return Mask(found, keep)

    @cached_property
    def _roles(self) -> dict[str, str]:
        by_role: dict[str, list[str]] = {}
        for role, names in _team_names(self):
            by_role.setdefault(role, []).extend(names)
        found: dict[str, str] = {}
        for role, label in ROLE_LABELS.items():
            found |= {n: x for n, x in numbered(by_role.get(role, ()), label).items() if n not in found}
        return found


_PERSONS = {"entity.contact": "排放报告联系人", "entity.legal_representative": "法定代表人", "client.contact": "委托方联系人"}
_OFFICES = tuple("部处科室组员长监任理师厂司人间心局委办会所院班岗工名期月日签章字无")
ROLE_LABELS = {"leader": "核查组长", "member": "核查组员", "technical-reviewer": "技术评审人", "approver": "批准人"}


def role_of(words: str) -> str | None:
    """The role that the words of a cell name: leader, member, technical-reviewer, approver."""
    folded = fold(words)
    if re.search(r"技术(评审|复核|复审)|评审(人|员)|复核(人|员)", folded):
        return "technical-reviewer"
    if re.search(r"批准|授权签字", folded):
        return "approver"
    if re.search(r"(?<!副)组长", folded):
        return "leader"
    return "member" if re.search(r"组员|成员|核查员|副组长|专家", folded) else None


def _strange(cell: str) -> list[str]:
    """A short word in the place of a name that is no label and no office: a person with a rare surname."""
    bare = fold(cell)
    if not re.fullmatch(r"[\u4e00-\u9fff]{3,4}", bare) or bare.endswith(_OFFICES):
        return []
    return [bare] if meaning(bare) is None and role_of(bare) is None else []


def _team_names(view: View) -> Iterator[tuple[str, list[str]]]:
    for sheet in view.outline.sheets:
        if sheet.listing is not None and sheet.listing.kind.name == "team":
            for row in sheet.listing.rows:
                role = role_of(row["role"].text if "role" in row else row["duties"].text if "duties" in row else "")
                names = people(row["name"].text) or _strange(row["name"].text) if "name" in row else []
                if role:
                    yield role, names
    for pair in view.pairs:
        if pair.name.startswith("role."):
            yield pair.name.removeprefix("role."), people(pair.value.text)


class _Same:
    """A document compared by identity, so that a cache need not hash it."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=2)
def _view(key: _Same) -> View:
    return View(outline(key.document))


def view(document: Document) -> View:
    """The view of a document; the last two are kept."""
    return _view(_Same(document))


def masked(read: Callable[[View], Iterable[Claim]], document: Document) -> Iterator[Claim]:
    """The claims of one part with every name of a person replaced."""
    seen = view(document)
    for claim in read(seen):
        yield seen.mask.hide(claim)
