"""The guideline among the criteria (核查准则中的核算指南): the dossier's own is named, no other industry's (I6, I10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.checks.engine import Context, Family, Result, check, fail, review, unsettled
from tanhe.dossier.model import Dossier, Path
from tanhe.factors.library import library
from tanhe.messages import text

_GUIDE = re.compile(r"(?P<before>[^《》，。；：\s]*?)(?:温室气体排放|碳排放)核算(?:方法)?(?:与|和)报告(?:格式)?(?:指南|要求)(?P<after>[^《》，。；]*)")
_NOISE = re.compile(r"中国|企业|单位|生产(?!.*生产)|独立|\s|[《》“”\"（）()、，,]|试行|第?\d+部分|[:：]")
_PART = re.compile(r"\s*(?:第\s*\d+\s*部分)?[\s:：]*([\u4e00-\u9fff、]{2,16}?)(?:企业|行业|设施)?\s*(?:[（(]|$)")


@check("PRC063", Family.PROCEDURE, "minor", needs=("criteria",), clause="核查准则：核算方法与报告指南", covers=("I6", "I10"))
def criteria_name_the_guideline(c: Context) -> Iterator[Result]:
    """核查准则列出所用的核算指南，而不是别的行业的 | the criteria name the guideline used, not another industry's"""
    own, number = _core(c.inventory.guideline.title), _squeezed(c.inventory.guideline.number)
    named: list[tuple[str, str, Path]] = []
    for path, words in _texts(c.dossier):
        named += [(core, printed, path) for printed, core in guides(words)]
    listed = [core for core, _, path in named if path[0] == "criteria"]
    by_number = any(number and number in _squeezed(words) for words in c.dossier.criteria)
    others: dict[str, tuple[str, list[Path]]] = {}
    for core, printed, path in named:
        if core and not _alike(core, own):
            others.setdefault(core, (printed, []))[1].append(path)
    has = by_number or any(_alike(core, own) for core in listed)
    for core, (printed, paths) in others.items():
        where = [p for path in paths for p in c.place(*path)]
        say = fail if not has else review
        yield say(text(f"“{printed}”是别的行业的核算指南，案卷按《{c.inventory.guideline.title}》核算。请改正准则或文字；若两个指南都用，请说明各用于何处",
                       f"{printed!r} is the guideline of another industry; the dossier follows {c.inventory.guideline.title!r}. Correct the "
                       "criteria or the text, or say what each is used for"), f"guideline/{core}", (*where, *c.place("guideline")))
    if not has and not others:
        yield unsettled(text(f"核查准则没有列出所用的核算指南《{c.inventory.guideline.title}》。请补列",
                             f"the criteria do not name the guideline used, {c.inventory.guideline.title!r}. Add it"),
                        "guideline/none", (*c.place("criteria"), *c.place("guideline")))


def _texts(d: Dossier) -> Iterator[tuple[Path, str]]:
    """The criteria, and the texts that say by what the report was made and verified."""
    for name in ("criteria", "purpose", "scope", "method_notes"):
        yield from (((name, n), words) for n, words in enumerate(getattr(d, name)))
    yield ("conclusions", "conformity"), d.conclusions.conformity


@lru_cache(maxsize=512)
def guides(words: str) -> tuple[tuple[str, str], ...]:
    """The accounting guidelines named in a text: as printed, and the industry each is for (empty for a general standard)."""
    found = []
    for match in _GUIDE.finditer(words):
        industry = _NOISE.sub("", match["before"])
        if not industry:
            part = _PART.match(re.sub(r"^[（(]试行[）)]", "", match["after"]))
            industry = _NOISE.sub("", part[1]) if part else ""
        found.append((match[0].strip(), "" if industry in ("工业", "行业") else industry))
    return tuple(found)


@lru_cache(maxsize=64)
def _core(title: str) -> str:
    named = guides(title)
    return named[0][1] if named else ""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The industries of all guidelines of the library."""
    return frozenset(filter(None, (_core(g.title) for g in library().guidelines.values())))


@lru_cache(maxsize=512)
def _alike(one: str, own: str) -> bool:
    """Whether two industries are one: reports leave words out, but 石油化工 is another guideline than 化工."""
    if one == own or one in _known():
        return one == own and bool(own)
    return bool(one) and bool(own) and (one in own or own in one)


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words).replace("[", "〔").replace("]", "〕")
