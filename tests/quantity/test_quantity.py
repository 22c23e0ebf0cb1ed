"""A number with its unit: conversions are exact and keep the printed digits."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.quantity.quantity import Quantity, exact_text, plain, scale, to_decimal
from tanhe.quantity.units import UnitError, unit

numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


def quantity(value: str, spelled: str) -> Quantity:
    return Quantity(Decimal(value), unit(spelled))


@pytest.mark.parametrize(
    ("value", "spelled", "target", "expected"),
    [
        ("4346310", "kWh", "MWh", "4346.310"),
        ("176.8970", "万Nm³", "Nm3", "1768970"),
        ("15.3", "tC/TJ", "tC/GJ", "0.0153"),
        ("15.30", "tC/TJ", "tC/GJ", "0.01530"),
        ("434.6310", "万kWh", "MWh", "4346.310"),
        ("0.950", "TJ", "GJ", "950"),
        ("98", "%", "1", "0.98"),
        ("7000", "kcal/kg", "GJ/t", "29.3076"),
        ("24515", "kJ/kg", "GJ/t", "24.515"),
        ("43.330", "MJ/kg", "GJ/t", "43.330"),
        ("2.50", "d", "h", "60"),
        ("0", "kWh", "MWh", "0"),
        ("-12.50", "kWh", "MWh", "-0.01250"),
    ],
)
def test_a_conversion_gives_the_exact_number(value: str, spelled: str, target: str, expected: str) -> None:
    assert quantity(value, spelled).to(target).value == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "spelled", "target", "printed"),
    [
        ("15.30", "tC/TJ", "tC/GJ", "0.01530"),
        ("4346310.0", "kWh", "MWh", "4346.3100"),
        ("1.500", "万Nm³", "Nm3", "15000"),
        ("98.0", "%", "1", "0.980"),
        ("43.330", "GJ/t", "GJ/t", "43.330"),
    ],
)
def test_powers_of_ten_move_the_point_and_keep_the_digits(value: str, spelled: str, target: str, printed: str) -> None:
    assert plain(quantity(value, spelled).to(target).value) == printed


@given(numbers, st.sampled_from([("kWh", "MWh"), ("kcal", "kJ"), ("d", "h"), ("tC/TJ", "tC/GJ"), ("万kWh", "MWh")]))
def test_conversion_equals_exact_rational_arithmetic(value: Decimal, pair: tuple[str, str]) -> None:
    one, other = map(unit, pair)
    assert Fraction(Quantity(value, one).to(other).value) == Fraction(value) * one.factor_to(other)


@given(numbers, st.sampled_from([("kWh", "MWh"), ("TJ", "GJ"), ("万Nm³", "Nm3"), ("%", "1"), ("t", "kg")]))
def test_there_and_back_by_powers_of_ten_keeps_every_printed_digit(value: Decimal, pair: tuple[str, str]) -> None:
    back = Quantity(value, unit(pair[0])).to(pair[1]).to(pair[0])
    assert plain(back.value) == plain(value)


@pytest.mark.parametrize(("spelled", "target"), [("MWh", "GJ"), ("tC", "tCO2"), ("万立方米", "万Nm³"), ("tce", "GJ")])
def test_what_is_not_the_same_kind_is_refused(spelled: str, target: str) -> None:
    with pytest.raises(UnitError) as raised:
        quantity("1", spelled).to(target)
    assert unit(spelled).zh in str(raised.value) and unit(target).zh in str(raised.value)


def test_a_quantity_prints_its_digits_and_unit() -> None:
    assert str(quantity("43.330", "GJ/t")) == "43.330 GJ/t"
    assert str(quantity("1E+3", "t")) == "1000 t"


def test_a_ratio_that_does_not_end_has_sixty_digits() -> None:
    assert abs(Fraction(to_decimal(Fraction(44, 12))) - Fraction(44, 12)) < Fraction(1, 10**58)
    assert to_decimal(Fraction(1, 8)) == Decimal("0.125")


def test_scaling_by_a_ratio_rounds_once() -> None:
    assert scale(Decimal("1.5"), Fraction(44, 12)) == Decimal("5.5")
    third = scale(Decimal(1), Fraction(1, 3))
    assert abs(Fraction(third) - Fraction(1, 3)) < Fraction(1, 10**59)


@pytest.mark.parametrize(
    ("value", "shown"), [("760823.400", "760823.4"), ("1200", "1200"), ("0.00", "0"), ("1E+3", "1000"), ("-2.50", "-2.5")]
)
def test_the_exact_figure_has_no_trailing_zeros(value: str, shown: str) -> None:
    assert exact_text(Decimal(value)) == shown
