"""Months and stretches of days (月份、起止日期), both ends included."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tanhe.messages import TanheError, text


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month (月)."""

    year: int
    month: int

    def __post_init__(self) -> None:
        day_of(self.year, self.month, 1, f"{self.year}-{self.month}")

    @property
    def period(self) -> Period:
        """From its first to its last day."""
        length = monthrange(self.year, self.month)[1]
        return Period(date(self.year, self.month, 1), date(self.year, self.month, length))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included (起止日期); TanheError if they are swapped."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise TanheError(
                text(
                    f"止日 {self.last} 早于起日 {self.first}",
                    f"last day {self.last} before first day {self.first}",
                ),
                expected=text("起日不晚于止日", "the first day no later than the last"),
            )

    @classmethod
    def of_year(cls, year: int) -> Period:
        """1 January to 31 December."""
        return cls(day_of(year, 1, 1, str(year)), date(year, 12, 31))

    @property
    def days(self) -> int:
        """Number of days, at least one."""
        return (self.last - self.first).days + 1

    def __and__(self, other: Period) -> Period | None:
        """The days in both, None if there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


def day_of(year: int, month: int, day: int, source: str) -> date:
    """The date, or a TanheError that names the text it was read from and says which part is impossible."""
    if not 1 <= month <= 12:
        raise TanheError(
            text(f"「{source}」的月份为 {month}", f"'{source}' has month {month}"),
            expected=text("1 至 12", "1 to 12"),
        )
    if not 1 <= year <= 9999:
        raise TanheError(
            text(f"「{source}」的年份为 {year}", f"'{source}' has year {year}"), expected="1–9999"
        )
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise TanheError(
            text(
                f"「{source}」：{year} 年 {month} 月没有 {day} 日",
                f"'{source}': there is no day {day} in {year}-{month:02}",
            ),
            expected=text(f"1 至 {length}", f"1 to {length}"),
        )
    return date(year, month, day)
