"""Whether a list of periods covers a reporting year (年度覆盖情况): gaps, overlaps, days of other years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tanhe.messages import text
from tanhe.quantity.spans import Month, Period


@dataclass(frozen=True)
class Overlap:
    """Days that two entries of a list both claim; ``entries`` are their positions, counted from 0."""

    entries: tuple[int, int]
    days: Period


@dataclass(frozen=True)
class Foreign:
    """Days of the entry at position ``entry`` (from 0) outside the reporting year (年度外天数)."""

    entry: int
    parts: tuple[Period, ...]

    @property
    def days(self) -> int:
        """Number of those days."""
        return sum(part.days for part in self.parts)


@dataclass(frozen=True)
class Coverage:
    """How a list of periods covers a reporting year (年度覆盖情况).

    gaps: stretches of the year in no period. overlaps: days claimed twice, by pairs of entries. foreign:
    days outside the year, per entry. days_covered: different days of the year that are in some period.
    duplicates: periods listed more than once.
    """

    year: int
    gaps: tuple[Period, ...]
    overlaps: tuple[Overlap, ...]
    foreign: tuple[Foreign, ...]
    duplicates: tuple[Period, ...]
    days_covered: int

    @property
    def days_in_year(self) -> int:
        """365 or 366."""
        return Period.of_year(self.year).days

    @property
    def complete(self) -> bool:
        """Every day of the year is in some period."""
        return not self.gaps

    @property
    def exact(self) -> bool:
        """Every day of the year is in exactly one period, and no day of another year in any."""
        return not (self.gaps or self.overlaps or self.foreign)

    @property
    def foreign_days(self) -> int:
        """Days outside the year, added over all entries."""
        return sum(entry.days for entry in self.foreign)

    def summary(self) -> str:
        """One line in the current language: days covered, gaps, overlaps, days of other years."""
        zh = [f"{self.year}年覆盖 {self.days_covered}/{self.days_in_year} 天"]
        en = [f"{self.year}: {self.days_covered} of {self.days_in_year} days covered"]
        if self.gaps:
            zh.append("缺口 " + "、".join(f"{gap}（{gap.days} 天）" for gap in self.gaps))
            en.append("gaps " + ", ".join(f"{gap} ({gap.days} d)" for gap in self.gaps))
        if self.overlaps:
            zh.append("重叠 " + "、".join(f"{o.days}（{o.days.days} 天）" for o in self.overlaps))
            en.append("overlaps " + ", ".join(f"{o.days} ({o.days.days} d)" for o in self.overlaps))
        if self.duplicates:
            zh.append("重复 " + "、".join(map(str, self.duplicates)))
            en.append("listed twice " + ", ".join(map(str, self.duplicates)))
        if self.foreign:
            parts = [part for entry in self.foreign for part in entry.parts]
            zh.append("年度外 " + "、".join(f"{part}（{part.days} 天）" for part in parts))
            en.append("outside the year " + ", ".join(f"{part} ({part.days} d)" for part in parts))
        if self.exact:
            zh.append("无缺口、无重叠")
            en.append("no gap, no overlap")
        return text("；".join(zh), "; ".join(en))


def tile(periods: Iterable[Period | Month], year: int) -> Coverage:
    """How the periods cover the year, whatever their order; counted exactly, by days."""
    entries = [p.period if isinstance(p, Month) else p for p in periods]
    whole = Period.of_year(year)
    inside = sorted(part for part in (entry & whole for entry in entries) if part)
    gaps: list[Period] = []
    reached = whole.first.toordinal() - 1
    for part in inside:
        gaps += _between(reached, part.first.toordinal())
        reached = max(reached, part.last.toordinal())
    gaps += _between(reached, whole.last.toordinal() + 1)
    return Coverage(
        year=year,
        gaps=tuple(gaps),
        overlaps=_overlaps(entries),
        foreign=tuple(Foreign(i, out) for i, entry in enumerate(entries) if (out := _outside(entry, whole))),
        duplicates=tuple(sorted(entry for entry, times in Counter(entries).items() if times > 1)),
        days_covered=whole.days - sum(gap.days for gap in gaps),
    )


def _between(before: int, after: int) -> list[Period]:
    """The days strictly between two ordinals, as no or one period."""
    if after - before < 2:
        return []
    return [Period(date.fromordinal(before + 1), date.fromordinal(after - 1))]


def _overlaps(entries: Sequence[Period]) -> tuple[Overlap, ...]:
    ordered = sorted(range(len(entries)), key=lambda i: (entries[i], i))
    found = []
    for place, i in enumerate(ordered):
        for j in ordered[place + 1 :]:
            if entries[j].first > entries[i].last:
                break
            if common := entries[i] & entries[j]:
                found.append(Overlap((min(i, j), max(i, j)), common))
    return tuple(sorted(found, key=lambda o: (o.days, o.entries)))


def _outside(entry: Period, whole: Period) -> tuple[Period, ...]:
    parts = []
    if entry.first < whole.first:
        parts.append(Period(entry.first, min(entry.last, whole.first - timedelta(days=1))))
    if entry.last > whole.last:
        parts.append(Period(max(entry.first, whole.last + timedelta(days=1)), entry.last))
    return tuple(parts)
