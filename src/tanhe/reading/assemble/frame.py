"""Guideline and year of a report (核算指南与年度), without which there is no dossier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tanhe.dossier.places import Place
from tanhe.factors.library import library
from tanhe.factors.names import fold
from tanhe.guidelines.registry import ids
from tanhe.messages import TanheError, text
from tanhe.reading.blocks import Document
from tanhe.reading.claims import Fact

_SEPARATORS = re.compile(r"[\s、，,。.·（）()《》“”\"]")
_COMMON = re.compile(r"中国|生产|企业|运营单位|单位")
_PERIOD = re.compile(r"(20[0-4]\d)[年./-]0?1[月./-]0?1日?(?:至|到|[-—–~～]+)(20[0-4]\d)[年./-]12[月./-]31")
_GASES = re.compile("温室气体|碳排放|二氧化碳排放")
_TONNES = re.compile("tCO2|二氧化碳当量|吨CO2|CO2e")
NOT_LISTED = "not-listed"
_STANDARDS = (
    (re.compile("发电设施.{0,6}2021|2021.{0,6}9号.{0,20}发电"), "mee2021-power"), (re.compile("发电设施.{0,3}2022年?修订"), "mee2022-power"),
    (re.compile("核算与报告指南.{0,4}发电设施"), "mee2023-power"), (re.compile("指南.{0,4}发电设施"), "mee2022-power"),
    (re.compile("指南.{0,4}钢铁行业"), "mee2025-steel"), (re.compile("指南.{0,4}(?:水泥|铝冶炼)行业"), "mee2024-industry"),
    (re.compile(r"GB/?T?\s*32150"), "gbt32150-2025"), (re.compile(r"GB/?T?\s*32151\.10-2023"), "gbt32151.10-2023"),
    (re.compile(r"ISO\s*14064-?1|GB/?T?\s*24064", re.I), "iso14064-1-2018"),
)
"""How later guidelines and standards are cited."""
_YEAR = re.compile(r"(20[0-4]\d)年度?")


def guideline_of(document: Document, facts: Iterable[Fact]) -> tuple[str, Place | None]:
    """The guideline the report names: its basis, else the title that stands most often beside 指南.

    One of which the library knows no more than the name counts too; then only the shared sources are recomputed.
    """
    for fact in facts:
        if tuple(fact.path) == ("guideline",):
            found = fact.said.text if fact.said.text in {n for n, _ in _patterns()} else _named(fact.said.text)
            if found is not None:
                return found, fact.said.place
    counted: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place, line in document.lines:
        found = _named(line) if "指南" in line else None
        if found is not None:
            counted[found] += 1
            first.setdefault(found, place)
    if counted:
        name = counted.most_common(1)[0][0]
        return name, first[name]
    other = _standard(document) or _not_listed(document)
    if other is not None:
        return other
    raise TanheError(
        text("读不出核算指南，不像核查报告", "no guideline is named: this does not look like a verification report"),
        file=document.path,
        expected=text("写明所依据的核算方法与报告指南，如：", "the guideline used, such as: ")
        + "、".join(library().guideline(i).title for i in ids()),
    )


def _standard(document: Document) -> tuple[str, Place] | None:
    """A later guideline or standard that the library knows by name, the one named most often."""
    counted: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place, line in document.lines:
        name = next((name for pattern, name in _STANDARDS if pattern.search(line)), None)
        if name is not None:
            counted[name] += 1
            first.setdefault(name, place)
    best = counted.most_common(1)
    return (best[0][0], first[best[0][0]]) if best else None


def _not_listed(document: Document) -> tuple[str, Place] | None:
    """A report on emissions by a guideline unknown here: it speaks of greenhouse gases, in tonnes of CO2, more than in passing."""
    gases = [place for place, line in document.lines if _GASES.search(line)]
    amounts = sum(1 for _, line in document.lines if _TONNES.search(line))
    return (NOT_LISTED, gases[0]) if len(gases) > 4 and amounts > 1 else None


def _named(words: str) -> str | None:
    """The guideline named first in the words; of two that begin together, the longer name."""
    bare = _SEPARATORS.sub("", fold(words))
    found = [(m.start(), -len(m[0]), name) for name, pattern in _patterns() if (m := pattern.search(bare)) is not None]
    return min(found)[2] if found else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How the guidelines of 2013–2015 are named: by their trade before 温室气体."""
    trades = {
        name: _COMMON.sub("", _SEPARATORS.sub("", fold(row.title)).partition("温室气体")[0])
        for name, row in library().guidelines.items() if name.startswith("ndrc")
    }
    tail = "(?:生产|运营)?(?:企业|单位)*(?:温室气体|$)"
    return tuple((name, re.compile(re.escape(trade).replace("其他", "其[他它]") + tail)) for name, trade in trades.items())


def year_of(document: Document, facts: Sequence[Fact]) -> tuple[str, Place | None]:
    """The reporting year: as said, else the one that stands with 年度 on the cover or most often."""
    for fact in facts:
        found = re.search(r"20[0-4]\d", fact.said.text) if tuple(fact.path) == ("year",) else None
        if found is not None:
            return found[0], fact.said.place
    counted: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place, year in _years(document):
        counted[year] += 1
        first.setdefault(year, place)
    if not counted:
        told = next(((m[1], place) for place, line in document.lines
                     if (m := _PERIOD.search(re.sub(r"\s", "", line))) is not None and m[1] == m[2]), None)
        if told is not None:
            return told
        raise TanheError(text("读不出核算年度", "no reporting year was found"), file=document.path,
                         expected=text("如“2023 年度温室气体排放核查报告”", "such as “2023 年度温室气体排放核查报告”"))
    year = counted.most_common(1)[0][0]
    return year, first[year]


def _years(document: Document) -> Iterator[tuple[Place, str]]:
    for n, (place, line) in enumerate(document.lines):
        bare = re.sub(r"\s", "", line)
        for found in re.finditer(r"(20[0-4]\d)年度", bare):
            yield place, found[1]
            if n < 30:
                yield place, found[1]
