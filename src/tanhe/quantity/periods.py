"""Periods as they are written (月份、抄表周期): ``3月``, ``2022-03``, ``3.21-31``, ``12.21-1.20``, ISO dates.

Meters are rarely read at midnight of 31 December. A bill runs from 21 March to 20 April, the last one of
the year into January; and most lists do not print the year. :func:`parse` reads one period,
:func:`parse_series` a list whose order tells the years, :func:`tile` says what the list covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from tanhe.messages import TanheError, text
from tanhe.quantity.coverage import Coverage, Foreign, Overlap, tile
from tanhe.quantity.spans import Month, Period, day_of

__all__ = [
    "LONGEST_CROSSING",
    "Coverage",
    "Foreign",
    "Month",
    "Overlap",
    "Period",
    "Series",
    "parse",
    "parse_month",
    "parse_series",
    "tile",
]

LONGEST_CROSSING: Final = 186
"""Most days of a period that crosses New Year and prints no years; a longer one has its ends swapped."""

_CHARACTERS: Final = str.maketrans("０１２３４５６７８９．／–—－−﹣～〜∼", "0123456789./-----~~~")
_TO: Final = r"(?:-{1,2}|~|至|到)"
_YEAR: Final = r"(?:([0-9]{4})[年./-])"
_DATED: Final = (  # one kind of separator throughout: 2022.3-4 is two months, not a day
    r"(?:([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})|"
    + "|".join(rf"([0-9]{{4}}){mark}([0-9]{{1,2}}){mark}([0-9]{{1,2}})" for mark in (r"\.", "/", "-"))
    + ")"
)
_YEARLESS: Final = r"(?:([0-9]{1,2})[月./]([0-9]{1,2})日?)"
_SIDE: Final = rf"(?:{_DATED}|{_YEARLESS})"
_DAY: Final = re.compile(r"([0-9]{1,2})日?")
_ONE_DAY: Final = re.compile(rf"{_DATED}|([0-9]{{1,2}})月([0-9]{{1,2}})日")
_END: Final = re.compile(_SIDE)
_MONTH: Final = re.compile(rf"{_YEAR}?([0-9]{{1,2}})(?:月份?)?|([0-9]{{4}})([0-9]{{2}})")
_WHOLE_YEAR: Final = re.compile(r"([0-9]{4})年?|全年")
_RANGE: Final = re.compile(
    rf"(?P<a>{_SIDE}){_TO}(?P<b>{_SIDE}|[0-9]{{1,2}}日?)|(?P<c>{_DATED})/(?P<d>{_DATED})"
)
_MONTHS: Final = re.compile(
    rf"(?P<a>{_YEAR}?[0-9]{{1,2}}月?){_TO}(?P<b>{_YEAR}?[0-9]{{1,2}}月)份?"
    r"|(?P<c>[0-9]{4}-[0-9]{2})/(?P<d>[0-9]{4}-[0-9]{2})"
)


@dataclass(frozen=True)
class _End:
    """One end of a period as written; no day means the whole month."""

    month: int
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class _Entry:
    """A period as written, its years perhaps still open."""

    first: _End
    last: _End
    source: str

    @property
    def nominal(self) -> tuple[int, int]:
        """Days of both ends counted from 1 January of a leap year, years ignored."""
        first = _days(2000, _End(self.first.month), self.source)
        last = _days(2000, _End(self.last.month), self.source)
        return (
            first.first.timetuple().tm_yday + (1 if self.first.day is None else self.first.day),
            last.first.timetuple().tm_yday + (last.days if self.last.day is None else self.last.day),
        )

    @property
    def crosses(self) -> bool:
        """Whether the end comes before the beginning in the calendar, so that a New Year lies between."""
        first, last = self.nominal
        return last < first

    def resolve(self, year: int) -> Period:
        """The days meant, an open year of the beginning being ``year``."""
        begins, ends = self.first.year, self.last.year
        if begins is None:
            begins = year if ends is None else ends - self.crosses
        inferred = ends is None
        if ends is None:
            ends = begins + self.crosses
        first = _days(begins, self.first, self.source).first
        last = _days(ends, self.last, self.source).last
        if last < first or (inferred and self.crosses and (last - first).days >= LONGEST_CROSSING):
            raise TanheError(
                text(f"「{self.source}」的止日早于起日", f"'{self.source}' ends before it begins"),
                expected=text(
                    f"起日在前；跨年周期不写年份时不超过 {LONGEST_CROSSING} 天",
                    f"the first day first; across New Year, without years, at most {LONGEST_CROSSING} days",
                ),
            )
        return Period(first, last)


@dataclass(frozen=True)
class Series:
    """Periods in the order of their list, and how open years were settled, one sentence per decision."""

    periods: tuple[Period, ...]
    notes: tuple[str, ...] = ()


def parse(written: str, year: int) -> Period:
    """The period written; where it names no year it begins in the reporting year.

    Reads ``1``, ``1月``, ``2022-03``, ``2022年3月``, ``1-3月``, ``3.21-31``, ``4.1-4.20``, ``12.21-1.20``,
    ``3月21日至4月20日``, ``2022-03-21/2022-04-20``, ``20220321-20220420``, a single date, ``2022年`` and
    ``全年``. Raises TanheError for anything else, for days the calendar lacks, and for an end before its
    beginning.
    """
    return _entry(written, year).resolve(year)


def parse_month(written: str, year: int) -> Month:
    """The calendar month written (``3``, ``3月``, ``2022-03``); TanheError if it is not one."""
    period = parse(written, year)
    month = Month(period.first.year, period.first.month)
    if month.period != period:
        raise TanheError(
            text(f"「{written}」不是一个自然月", f"'{written}' is not a calendar month"),
            expected="3, 3月, 2022-03",
        )
    return month


def parse_series(written: Iterable[str], year: int) -> Series:
    """The periods of a list in reading order, which settles the years that are not printed.

    The list passes into a following year where it falls back in the calendar and either the entry before
    runs over New Year or the two join day to day. Which stretch is the reporting year is then decided by
    the most days of it covered: ``12.21-1.20`` at the head of a list belongs to the year before, at its end
    to the year after. Months that are merely out of order, without overlap, stay in the reporting year.
    Every entry placed outside it is named in the notes.
    """
    entries = [_entry(one, year) for one in written]
    rolls = list(accumulate((int(_rolls(i, a, b)) for i, (a, b) in enumerate(pairwise(entries))), initial=0))
    shifts = [0] * len(entries)
    settled = _place(entries, shifts, year)
    merely_unordered = not any(e.crosses for e in entries) and settled is not None and not settled.overlaps
    notes = []
    if entries and rolls[-1] and merely_unordered:
        notes.append(
            text(f"各期未按先后排列，均计入 {year} 年", f"not in order; all are taken to lie in {year}")
        )
    elif entries and rolls[-1]:
        shifts = _best_shifts(entries, rolls, year)
    periods = tuple(entry.resolve(year + shift) for entry, shift in zip(entries, shifts, strict=True))
    notes += [_note(e, p, year) for e, p in zip(entries, periods, strict=True) if _leaves(e, p, year)]
    return Series(periods, tuple(notes))


def _best_shifts(entries: Sequence[_Entry], rolls: Sequence[int], year: int) -> list[int]:
    """Years to add to each entry; of equal choices the one that begins in the reporting year."""
    best, most = list(rolls), -1
    for back in range(rolls[-1] + 1):
        shifts = [roll - back for roll in rolls]
        coverage = _place(entries, shifts, year)
        if coverage is not None and coverage.days_covered > most:
            best, most = shifts, coverage.days_covered
    return best


def _place(entries: Sequence[_Entry], shifts: Sequence[int], year: int) -> Coverage | None:
    """What the entries cover when so shifted; None if a day then does not exist (29 February)."""
    try:
        return tile((e.resolve(year + shift) for e, shift in zip(entries, shifts, strict=True)), year)
    except TanheError:
        return None


def _rolls(position: int, before: _Entry, after: _Entry) -> bool:
    """Whether the list passes into the next year between two neighbours."""
    if after.nominal[0] >= before.nominal[0]:
        return False
    gap = after.nominal[0] - before.nominal[1] - 1 + (0 if before.crosses else 366)
    if before.crosses:
        return position == 0 or 0 <= gap <= 31
    return gap == 0


def _leaves(entry: _Entry, period: Period, year: int) -> bool:
    open_year = entry.first.year is None or entry.last.year is None
    return open_year and not (period.first.year == period.last.year == year)


def _note(entry: _Entry, period: Period, year: int) -> str:
    zh = f"「{entry.source}」未写年份，按列表先后取为 {period}（报告年度 {year}）"
    return text(zh, f"'{entry.source}' names no year; by the order of the list it is {period} (for {year})")


def _entry(written: str, year: int) -> _Entry:
    plain = "".join(written.split()).translate(_CHARACTERS)
    if match := _WHOLE_YEAR.fullmatch(plain):
        named = int(match[1] or year)
        return _Entry(_End(1, 1, named), _End(12, 31, named), written)
    if match := _MONTH.fullmatch(plain):
        return _Entry(_month_end(plain), _month_end(plain), written)
    if match := _ONE_DAY.fullmatch(plain):
        return _Entry(_end(plain), _end(plain), written)
    if match := _RANGE.fullmatch(plain):
        first = _end(match["a"] or match["c"])
        return _Entry(first, _end(match["b"] or match["d"], first), written)
    if match := _MONTHS.fullmatch(plain):
        return _Entry(_month_end(match["a"] or match["c"]), _month_end(match["b"] or match["d"]), written)
    raise TanheError(
        text(f"「{written}」不是可识别的周期", f"'{written}' is not a period"),
        expected="3月, 2022-03, 3.21-31, 12.21-1.20, 2022-03-21/2022-04-20",
    )


def _end(plain: str, before: _End | None = None) -> _End:
    """An end written with its day; a bare day takes month and year of the end before it."""
    if before is not None and (bare := _DAY.fullmatch(plain)):
        return _End(before.month, int(bare[1]), before.year)
    match = _END.fullmatch(plain)
    assert match is not None
    *year, month, day = (int(group) for group in match.groups() if group)
    return _End(month, day, *year)


def _month_end(plain: str) -> _End:
    match = _MONTH.fullmatch(plain)
    assert match is not None
    *year, month = (int(group) for group in match.groups() if group)
    return _End(month, None, *year)


def _days(year: int, end: _End, source: str) -> Period:
    """The one day, or the whole month, that this end names in that year."""
    day = day_of(year, end.month, 1 if end.day is None else end.day, source)
    return Month(day.year, day.month).period if end.day is None else Period(day, day)
