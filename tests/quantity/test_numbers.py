"""Printed numbers: the value, the decimals, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.messages import TanheError, speaking
from tanhe.quantity.numbers import format_number, half_unit, parse, parse_optional

exact = st.builds(
    lambda sign, units, exponent: Decimal((sign, tuple(map(int, str(units))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**28),
    st.integers(-25, 0),
)


@pytest.mark.parametrize(
    ("printed", "value", "digits"),
    [
        ("43.330", "43.330", 3),
        ("24.515", "24.515", 3),
        ("4226", "4226", 0),
        ("2,094,181.65", "2094181.65", 2),
        ("2，094，181.65", "2094181.65", 2),
        ("2\u2009094\u2009181.65", "2094181.65", 2),
        ("1\u202f409.51", "1409.51", 2),
        ("７１８４．９５", "7184.95", 2),
        ("－１２．５", "-12.5", 1),
        ("−3.0", "-3.0", 1),
        ("–3.0", "-3.0", 1),
        ("+5", "5", 0),
        (".5", "0.5", 1),
        ("  0.8843\u3000", "0.8843", 4),
        ("\ufeff0.94", "0.94", 2),
        ("98%", "0.98", 2),
        ("98.50 %", "0.9850", 4),
        ("９９％", "0.99", 2),
        ("1.2E+3", "1200", -2),
        ("1.20e3", "1200", -1),
        ("1.234E-05", "0.00001234", 8),
        ("1.2×10^3", "1200", -2),
        ("1.2×10³", "1200", -2),
        ("1.2 × 10^-3", "0.0012", 4),
        ("2.65×10⁻²", "0.0265", 4),
        ("3×10¹²", "3000000000000", -12),
    ],
)
def test_reads_the_value_and_how_finely_it_was_printed(printed: str, value: str, digits: int) -> None:
    number = parse(printed)
    assert number.value == Decimal(value)
    assert number.digits == digits
    assert number.text == printed
    assert -digits == number.value.as_tuple().exponent


def test_a_percent_sign_is_remembered() -> None:
    assert parse("98%").percent
    assert not parse("0.98").percent


def test_ten_cubed_is_not_one_hundred_and_three() -> None:
    assert parse("1×10³").value == 1000


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "12.5t",
            "约12",
            "1.2.3",
            "1..2",
            "5.",
            "1,23",
            "1,2345",
            "12,34,567",
            "1,234\u2009567",
            "0.123,456",
        ),
        *(
            "12 34",
            "1 234",
            "--5",
            "+-5",
            "(5)",
            "1/2",
            "12-13",
            "%",
            ".",
            "+",
            "e5",
            "×10^3",
            "NaN",
            "Infinity",
        ),
        *("1e", "1.2×10", "1.2×103", "½", "10³", "٣", "1_000", "5%%", "0x10", "1" * 101),
    ],
)
def test_refuses_what_is_not_one_number(printed: str) -> None:
    with pytest.raises(TanheError) as caught:
        parse(printed)
    assert printed[:40] in str(caught.value)


@pytest.mark.parametrize("printed", ["", "  ", "\u3000", "/", "／", "-", "－", "–", "—", "——", "−"])
def test_marks_for_absent_are_none_or_an_error(printed: str) -> None:
    assert parse_optional(printed) is None
    with pytest.raises(TanheError):
        parse(printed)


def test_optional_reads_a_number_and_refuses_text() -> None:
    number = parse_optional("0.00")
    assert number is not None
    assert (number.value, number.digits) == (0, 2)
    assert parse_optional(None) is None
    with pytest.raises(TanheError):
        parse_optional("无烟煤")


@pytest.mark.parametrize(
    "printed", ["1e999999999", "1e-999999999", "1E31", "2×10^99", "2×10⁹⁹", "1e" + "9" * 90]
)
def test_refuses_huge_exponents(printed: str) -> None:
    with pytest.raises(TanheError, match="30"):
        parse(printed)


def test_the_error_says_in_both_languages_what_was_read_and_expected() -> None:
    with speaking("zh"), pytest.raises(TanheError) as caught:
        parse("12.5吨")
    with speaking("zh"):
        assert "12.5吨" in str(caught.value) and "应为" in str(caught.value) and "数字" in str(caught.value)
    with speaking("en"), pytest.raises(TanheError) as caught:
        parse("12.5吨")
    with speaking("en"):
        assert "12.5吨" in str(caught.value) and "expected a number" in str(caught.value)


@pytest.mark.parametrize(
    ("printed", "half"),
    [
        ("43.330", "0.0005"),
        ("43.33", "0.005"),
        ("4226", "0.5"),
        ("98%", "0.005"),
        ("98.5%", "0.0005"),
        ("1.2E+3", "50"),
    ],
)
def test_half_of_the_last_printed_place(printed: str, half: str) -> None:
    assert half_unit(parse(printed)) == Decimal(half)


@given(exact, st.booleans(), st.booleans())
def test_what_is_formatted_reads_back_with_its_digits(value: Decimal, grouped: bool, percent: bool) -> None:
    number = parse(format_number(value, grouped=grouped, percent=percent))
    assert number.value.as_tuple() == value.as_tuple()
    assert number.percent is percent


@given(st.integers(-(10**12), 10**12), st.integers(1, 15))
def test_rounded_places_left_of_the_point_survive_formatting(units: int, exponent: int) -> None:
    value = Decimal(f"{units}E{exponent}")
    assert parse(format_number(value)).value.as_tuple() == value.as_tuple()


def test_formats_as_people_write() -> None:
    assert format_number(Decimal("2094181.650"), grouped=True) == "2,094,181.650"
    assert format_number(Decimal("0.98"), percent=True) == "98%"
    assert format_number(Decimal("0.00000001")) == "0.00000001"
    with pytest.raises(TanheError):
        format_number(Decimal("NaN"))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_cleanly(printed: str) -> None:
    try:
        number = parse_optional(printed)
    except TanheError as error:
        assert str(error)
    else:
        assert number is None or number.text == printed
