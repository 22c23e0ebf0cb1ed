"""Coverage of a reporting year, counted day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.messages import speaking
from tanhe.quantity.periods import Month, Period, tile


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def days(*periods: Period) -> set[date]:
    return {p.first + timedelta(n) for p in periods for n in range(p.days)}


@pytest.mark.parametrize(("year", "length"), [(2022, 365), (2024, 366), (1900, 365), (2000, 366)])
def test_twelve_months_are_the_year(year: int, length: int) -> None:
    coverage = tile([Month(year, month) for month in range(1, 13)], year)
    assert coverage.exact and coverage.days_covered == coverage.days_in_year == length
    with speaking("en"):
        assert coverage.summary() == f"{year}: {length} of {length} days covered; no gap, no overlap"


def test_overlapping_readings_name_both_rows() -> None:
    coverage = tile([period("2022-06-01", "2022-12-31"), period("2022-01-01", "2022-06-03")], 2022)
    assert [(o.entries, o.days) for o in coverage.overlaps] == [((0, 1), period("2022-06-01", "2022-06-03"))]
    assert coverage.complete and not coverage.exact
    with speaking("zh"):
        assert "重叠 2022-06-01/2022-06-03（3 天）" in coverage.summary()


years = st.integers(1990, 2060)


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, list[Period]]:
    year = draw(years)
    whole = Period.of_year(year)
    cuts = sorted(draw(st.sets(st.integers(1, whole.days - 1), max_size=20)))
    edges = [0, *cuts, whole.days]
    pieces = [Period(whole.first + timedelta(a), whole.first + timedelta(b - 1)) for a, b in pairwise(edges)]
    return year, draw(st.permutations(pieces))


@given(partitions())
def test_any_partition_of_a_year_covers_it_exactly(case: tuple[int, list[Period]]) -> None:
    year, pieces = case
    coverage = tile(pieces, year)
    assert coverage.exact and coverage.days_covered == sum(piece.days for piece in pieces)


@given(partitions(), st.data())
def test_one_day_taken_out_is_exactly_the_gap(case: tuple[int, list[Period]], data: st.DataObject) -> None:
    year, pieces = case
    lost = data.draw(st.dates(date(year, 1, 1), date(year, 12, 31)))
    left = []
    for piece in pieces:
        if lost not in piece:
            left.append(piece)
            continue
        if piece.first < lost:
            left.append(Period(piece.first, lost - timedelta(1)))
        if lost < piece.last:
            left.append(Period(lost + timedelta(1), piece.last))
    coverage = tile(left, year)
    assert coverage.gaps == (Period(lost, lost),) and not coverage.overlaps


any_period = st.builds(
    lambda first, length: Period(first, first + timedelta(length)),
    st.dates(date(2021, 6, 1), date(2023, 6, 1)),
    st.integers(0, 200),
)


@given(st.lists(any_period, max_size=8))
def test_coverage_agrees_with_counting_days_one_by_one(periods: list[Period]) -> None:
    year, coverage = days(Period.of_year(2022)), tile(periods, 2022)
    assert days(*coverage.gaps) == year - days(*periods)
    assert coverage.days_covered == len(year & days(*periods))
    twice = {day for day in days(*periods) if sum(day in p for p in periods) > 1}
    assert days(*(overlap.days for overlap in coverage.overlaps)) == twice
    assert coverage.foreign_days == sum(len(days(p) - year) for p in periods)
