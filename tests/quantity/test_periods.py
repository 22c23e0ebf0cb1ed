"""Months, billing periods, and whether they cover the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.messages import TanheError, speaking
from tanhe.quantity.periods import Month, Period, parse, parse_month, parse_series, tile

GAS_2022 = (
    "3.21-31 4.1-4.20 4.21-5.20 5.21-6.20 6.21-7.20 7.21-8.20 8.21-9.20 9.21-10.20 10.21-11.20 11.21-12.4 "
    "12.5-12.20 12.21-1.20"
).split()
BILLS = [f"{month}.21-{month + 1}.20" for month in range(1, 12)]
MONTHS = [str(month) for month in range(1, 13)]


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1", "2022-01-01", "2022-01-31"),
        ("1月", "2022-01-01", "2022-01-31"),
        ("２月份", "2022-02-01", "2022-02-28"),
        ("2020年2月", "2020-02-01", "2020-02-29"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2022.3", "2022-03-01", "2022-03-31"),
        ("202211", "2022-11-01", "2022-11-30"),
        ("2022年3月", "2022-03-01", "2022-03-31"),
        ("1-3月", "2022-01-01", "2022-03-31"),
        ("2022年1-12月", "2022-01-01", "2022-12-31"),
        ("2022-01/2022-02", "2022-01-01", "2022-02-28"),
        ("11月-2月", "2022-11-01", "2023-02-28"),
        ("2022.3-4月", "2022-03-01", "2022-04-30"),
        ("全年", "2022-01-01", "2022-12-31"),
        ("2021年", "2021-01-01", "2021-12-31"),
        ("3.21-31", "2022-03-21", "2022-03-31"),
        ("4.1-4.20", "2022-04-01", "2022-04-20"),
        ("4.1 ~ 4.20", "2022-04-01", "2022-04-20"),
        ("4．1—4．20", "2022-04-01", "2022-04-20"),
        ("3/21-4/20", "2022-03-21", "2022-04-20"),
        ("3月21日至4月20日", "2022-03-21", "2022-04-20"),
        ("3月21-31日", "2022-03-21", "2022-03-31"),
        ("2022年12月21日到1月20日", "2022-12-21", "2023-01-20"),
        ("12.21-2022.1.20", "2021-12-21", "2022-01-20"),
        ("11.21-12.4", "2022-11-21", "2022-12-04"),
        ("12.21-1.20", "2022-12-21", "2023-01-20"),
        ("2022-03-21/2022-04-20", "2022-03-21", "2022-04-20"),
        ("2022-03-21-2022-04-20", "2022-03-21", "2022-04-20"),
        ("20220321-20220420", "2022-03-21", "2022-04-20"),
        ("2022-03-21", "2022-03-21", "2022-03-21"),
        ("3月21日", "2022-03-21", "2022-03-21"),
    ],
)
def test_reads_periods_as_they_are_written(written: str, first: str, last: str) -> None:
    assert parse(written, 2022) == period(first, last)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("13", "13"),
        ("0月", "0"),
        ("2022-13", "13"),
        ("13.1-13.20", "13"),
        ("2.30-3.20", "2022 年 2 月没有 30 日"),
        ("2.1-2.29", "29"),
        ("4.1-31", "31"),
        ("3.0-20", "0 日"),
        ("20220431-20220520", "31"),
        ("3.21-4", "止日早于起日"),
        ("5.20-4.21", "止日早于起日"),
        ("2022-04-20/2022-03-21", "止日早于起日"),
        ("2022年4月20日-3月21日", "止日早于起日"),
        ("0000-01", "0"),
    ],
)
def test_impossible_days_are_refused_with_the_text_and_the_reason(written: str, said: str) -> None:
    with speaking("zh"), pytest.raises(TanheError) as caught:
        parse(written, 2022)
    assert f"「{written}」" in str(caught.value)
    assert said in str(caught.value).replace(f"「{written}」", "")


@pytest.mark.parametrize(
    "written", ["", "三月", "1-3", "3.21", "合计", "4.1-4.20元", "2022.3-4", "1.2.3-4", "3-21-4-20"]
)
def test_what_is_no_period_is_refused(written: str) -> None:
    with speaking("en"), pytest.raises(TanheError, match="is not a period"):
        parse(written, 2022)


def test_errors_speak_both_languages() -> None:
    with speaking("en"), pytest.raises(TanheError) as caught:
        parse("2.30-3.20", 2022)
    assert "no day 30 in 2022-02" in str(caught.value) and "1 to 28" in str(caught.value)
    with speaking("en"), pytest.raises(TanheError, match="before"):
        period("2022-02-02", "2022-02-01")
    with speaking("zh"), pytest.raises(TanheError, match="早于"):
        period("2022-02-02", "2022-02-01")
    with pytest.raises(TanheError):
        Month(2022, 13)


def test_month_is_a_month_and_nothing_else() -> None:
    assert parse_month("3月", 2022) == Month(2022, 3)
    assert parse_month("2022-03-01/2022-03-31", 2022) == Month(2022, 3)
    assert str(Month(2022, 3)) == "2022-03"
    assert Month(2024, 2).period.days == 29
    assert Month(9999, 12).period.last == date.max
    for other in ("3.21-4.20", "2022年", "3.1-3.30"):
        with pytest.raises(TanheError):
            parse_month(other, 2022)


def test_the_published_gas_series_of_2022() -> None:
    series = parse_series(GAS_2022, 2022)
    coverage = tile(series.periods, 2022)
    assert coverage.gaps == (period("2022-01-01", "2022-03-20"),)
    assert coverage.gaps[0].days == 79
    assert coverage.overlaps == () and coverage.duplicates == ()
    assert [(f.entry, f.parts, f.days) for f in coverage.foreign] == [
        (11, (period("2023-01-01", "2023-01-20"),), 20)
    ]
    assert coverage.days_covered == 365 - 79
    assert not coverage.complete
    assert len(series.notes) == 1 and "12.21-1.20" in series.notes[0]


def test_the_summary_is_one_line_in_either_language() -> None:
    coverage = tile(parse_series(GAS_2022, 2022).periods, 2022)
    with speaking("zh"):
        assert coverage.summary() == (
            "2022年覆盖 286/365 天；缺口 2022-01-01/2022-03-20（79 天）；"
            "年度外 2023-01-01/2023-01-20（20 天）"
        )
    with speaking("en"):
        assert coverage.summary() == (
            "2022: 286 of 365 days covered; gaps 2022-01-01/2022-03-20 (79 d); "
            "outside the year 2023-01-01/2023-01-20 (20 d)"
        )


def test_a_crossing_bill_at_the_head_belongs_to_the_year_before() -> None:
    series = parse_series(["12.21-1.20", *BILLS, "12.21-12.31"], 2022)
    assert series.periods[0] == period("2021-12-21", "2022-01-20")
    coverage = tile(series.periods, 2022)
    assert coverage.complete and not coverage.overlaps and coverage.foreign_days == 11
    with speaking("en"):
        note = parse_series(["12.21-1.20", *BILLS], 2022).notes[0]
    assert "12.21-1.20" in note and "2021-12-21/2022-01-20" in note


def test_the_same_bill_at_both_ends_is_two_bills() -> None:
    series = parse_series(["12.21-1.20", *BILLS, "12.21-1.20"], 2022)
    assert (series.periods[0].first, series.periods[-1].last) == (date(2021, 12, 21), date(2023, 1, 20))
    coverage = tile(series.periods, 2022)
    assert coverage.complete and not coverage.overlaps and not coverage.duplicates
    assert [foreign.days for foreign in coverage.foreign] == [11, 20]


def test_bills_after_the_turn_of_the_year_are_next_years() -> None:
    split = parse_series(["1.1-1.20", *BILLS, "12.21-12.31", "1.1-1.20"], 2022)
    assert split.periods[-1] == period("2023-01-01", "2023-01-20")
    assert tile(split.periods, 2022).complete
    long = parse_series(["1.1-1.20", *BILLS, "12.21-1.20", "1.21-2.20"], 2022)
    assert long.periods[-1] == period("2023-01-21", "2023-02-20")


def test_months_merely_out_of_order_stay_in_the_year() -> None:
    for order in (["12", *MONTHS[:-1]], ["3", "1", "2", *MONTHS[3:]]):
        assert tile(parse_series(order, 2022).periods, 2022).exact
    assert parse_series(["12", *MONTHS[:-1]], 2022).notes


def test_a_december_at_both_ends_is_two_decembers() -> None:
    series = parse_series(["12", *MONTHS], 2022)
    assert series.periods[0] == Month(2021, 12).period
    assert tile(series.periods, 2022).complete


def test_a_repeated_month_is_a_duplicate_wherever_it_stands() -> None:
    for where in (3, 12):
        listed = [*MONTHS[:where], "3", *MONTHS[where:]]
        coverage = tile(parse_series(listed, 2022).periods, 2022)
        assert coverage.duplicates == (Month(2022, 3).period,)
        assert [overlap.entries for overlap in coverage.overlaps] == [(2, where)]
        assert coverage.complete and not coverage.exact


def test_dated_entries_keep_their_years() -> None:
    series = parse_series(["2021-12-21/2022-01-20", *BILLS], 2022)
    assert series.periods[1] == period("2022-01-21", "2022-02-20")
    assert series.notes == ()


def test_29_february_settles_on_a_leap_year() -> None:
    assert parse_series(["2.29-3.20"], 2024).periods == (period("2024-02-29", "2024-03-20"),)
    with pytest.raises(TanheError):
        parse_series(["2.29-3.20"], 2023)


def test_an_empty_list_leaves_the_whole_year_open() -> None:
    assert parse_series([], 2024).periods == ()
    coverage = tile([], 2024)
    assert coverage.gaps == (Period.of_year(2024),) and coverage.days_covered == 0


any_period = st.builds(
    lambda first, length: Period(first, first + timedelta(length)),
    st.dates(date(2021, 6, 1), date(2023, 6, 1)),
    st.integers(0, 200),
)


@given(any_period)
def test_an_iso_period_reads_back(one: Period) -> None:
    assert parse(str(one), 1999) == one
    assert parse(f"{one.first:%Y%m%d}-{one.last:%Y%m%d}", 1999) == one


@given(st.text(alphabet="0123456789.-/年月日至~ ", max_size=22))
def test_any_text_is_a_period_or_a_clean_refusal(written: str) -> None:
    try:
        read = parse(written, 2022)
    except TanheError as error:
        assert str(error)
    else:
        assert read.first <= read.last
