"""Sources a report says it has, has not, or has only (涉及、不涉及、仅涉及): against the lines and lists (C3, I15, B5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import Said, silent, statements
from tanhe.checks.consistency._lexicon import Fuel, fuels
from tanhe.checks.consistency._subjects import is_of
from tanhe.checks.engine import Context, Family, Result, check, fail, review
from tanhe.dossier.model import EmissionLine, Path
from tanhe.dossier.places import Place
from tanhe.messages import text

_SOURCES = (
    ("combustion", re.compile("化石燃料")), ("electricity", re.compile("电力")), ("heat", re.compile("热力|蒸汽")), ("process", re.compile("过程")),
    ("carbonates", re.compile("碳酸盐")), ("wastewater", re.compile("废水")),
)
_PROCESS = frozenset({"raw-material", "carbonates", "nitric-acid", "adipic-acid", "equipment-leakage", "welding", "process"})
_DIRECT = frozenset({"combustion", "electricity", "heat"})
Kind = str | Fuel


def _kinds(words: str) -> list[Kind]:
    """The sources named: fuels by name, else the groups of the guideline."""
    found: list[Kind] = [f for word, f in fuels(words) if not (f.generic and "化石燃料" in words)]
    return found + [name for name, pattern in _SOURCES if pattern.search(words)]


def _lines(c: Context, kind: Kind) -> list[tuple[int, EmissionLine]]:
    """The emission lines of a kind that are not nought."""
    counted = [(n, x) for n, x in enumerate(c.dossier.lines) if x.reported is None or x.reported != 0]
    if isinstance(kind, Fuel):
        return [(n, x) for n, x in counted if is_of(f"{x.item}{x.fuel or ''}", kind)]
    if kind == "process":
        return [(n, x) for n, x in counted if x.source in _PROCESS]
    return [(n, x) for n, x in counted if x.source == kind]


def _shown(kind: Kind) -> str:
    return kind.name if isinstance(kind, Fuel) else {"combustion": "化石燃料燃烧", "electricity": "净购入电力", "heat": "净购入热力", "process": "过程排放",
                                                      "carbonates": "碳酸盐", "wastewater": "工业废水"}[kind]


@check("CON037", Family.CONSISTENCY, "minor", clause="", covers=("C3", "I15"))
def involvement(c: Context) -> Iterator[Result]:
    """“不涉及”“仅涉及”“涉及”的说法与排放源、计算表相符 | claims of having, not having or only having a source agree with the lines"""
    found = statements(c, "claim.absent", "claim.present", "claim.only")
    if not found:
        yield silent(c, text("涉及与不涉及", "what is and is not involved"))
    denied = {kind for s in found if s.about == "claim.absent" for kind in _kinds(s.spec.value)}
    for said in found:
        if said.about == "claim.absent":
            yield from _denied(c, said)
        elif said.about == "claim.only":
            yield from _only(c, said)
        else:
            yield from _claimed(c, said, denied)


def _denied(c: Context, said: Said) -> Iterator[Result]:
    for kind in _kinds(said.spec.value):
        lines = _lines(c, kind)
        if lines:
            shown = "、".join(dict.fromkeys(x.item for _, x in lines))
            yield fail(text(f"{said.where}称不涉及{_shown(kind)}（“{said.spec.text[-30:]}”），而排放量计算有{shown}。请改正说法，或查明该行",
                            f"{said.where} says there is none of {_shown(kind)} ({said.spec.text[-30:]!r}); the calculation has {shown}. "
                            "Correct the sentence or settle the line"),
                       f"absent/{said.where}/{_shown(kind)}", (*said.places, *_places(c, [n for n, _ in lines])))


def _only(c: Context, said: Said) -> Iterator[Result]:
    kinds = _kinds(said.spec.value)
    allowed = {n for kind in kinds for n, _ in _lines(c, kind)}
    others = [(n, x) for n, x in enumerate(c.dossier.lines)
              if x.source in _DIRECT | _PROCESS and x.reported not in (None, 0) and n not in allowed]
    if kinds and allowed and others:
        shown = "、".join(dict.fromkeys(x.item for _, x in others))
        yield fail(text(f"{said.where}称仅涉及{said.spec.value}（“{said.spec.text[-30:]}”），排放量计算还有{shown}。请改正",
                        f"{said.where} says only {said.spec.value} is involved ({said.spec.text[-30:]!r}); the calculation also has {shown}. "
                        "Correct it"), f"only/{said.where}", (*said.places, *_places(c, [n for n, _ in others])))


def _claimed(c: Context, said: Said, denied: set[Kind]) -> Iterator[Result]:
    """A source said to be there, which the report denies elsewhere and does not compute: a lost negation."""
    for kind in _kinds(said.spec.value):
        excluded = [("sources", n) for n, s in enumerate(c.dossier.sources)
                    if (s.excluded or "不涉及" in s.facility + s.note) and _names(f"{s.category}{s.energy}", kind)]
        if not _lines(c, kind) and (kind in denied or excluded):
            yield review(text(f"{said.where}称涉及{_shown(kind)}（“{said.spec.text[-30:]}”），别处称不涉及，也没有计算。像是丢了“不”字。请改正",
                              f"{said.where} says {_shown(kind)} is involved ({said.spec.text[-30:]!r}); elsewhere it is denied and nothing is "
                              "computed. A negation seems lost. Correct it"),
                         f"present/{said.where}/{_shown(kind)}", (*said.places, *(p for path in excluded for p in c.place(*path))))


def _names(words: str, kind: Kind) -> bool:
    if isinstance(kind, Fuel):
        return is_of(words, kind)
    return any(name == kind and pattern.search(words) for name, pattern in _SOURCES)


def _places(c: Context, lines: list[int]) -> list[Place]:
    paths: list[Path] = [("lines", n) for n in lines]
    return [p for path in paths for p in c.place(*path)]
