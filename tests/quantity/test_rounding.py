"""Rounding: exact half-up, and the policies that reproduce published totals."""

import math
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.messages import TanheError
from tanhe.quantity.rounding import (
    FULL_PRECISION,
    MEE_TEMPLATE,
    NDRC_CARBON_FOUR,
    NDRC_INTEGER_TOTALS,
    NDRC_PLATFORM,
    NDRC_TWO_DECIMALS,
    Kind,
    RoundingPolicy,
    half_up,
    significant,
    sum_tolerance,
    truncate,
)

CARBON_TO_CO2 = Fraction(44, 12)
fractions = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**9)
decimals = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
places = st.integers(-6, 12)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.125", 2, "-0.13"),
        ("1.005", 2, "1.01"),
        ("4226.36", 0, "4226"),
        ("2094181.65", 0, "2094182"),
        ("1656665.50", 0, "1656666"),
        ("2", 3, "2.000"),
        ("-0.001", 2, "0.00"),
        ("1250", -2, "1.3E+3"),
        ("12345678901234567890123456789012345.675", 2, "12345678901234567890123456789012345.68"),
    ],
)
def test_half_goes_away_from_zero_and_zeros_stay(value: str, digits: int, expected: str) -> None:
    assert str(half_up(Decimal(value), digits)) == expected


def test_a_fraction_is_not_rounded_twice() -> None:
    just_below = Fraction(5, 1000) - Fraction(1, 10**60)
    assert str(half_up(just_below, 2)) == "0.00"
    assert str(half_up(Fraction(5, 1000), 2)) == "0.01"
    assert str(half_up(CARBON_TO_CO2, 3)) == "3.667"


@given(fractions, places)
def test_half_up_is_floor_of_value_plus_half(value: Fraction, digits: int) -> None:
    scaled = abs(value) * Fraction(10) ** digits
    oracle = math.floor(scaled + Fraction(1, 2)) / Fraction(10) ** digits * (1 if value >= 0 else -1)
    result = half_up(value, digits)
    assert Fraction(result) == oracle
    assert result.as_tuple().exponent == -digits
    assert not (result.is_signed() and result == 0)


@given(decimals, places)
def test_decimal_and_fraction_round_alike(value: Decimal, digits: int) -> None:
    assert half_up(value, digits) == half_up(Fraction(value), digits)
    assert half_up(half_up(value, digits), digits) == half_up(value, digits)


@given(fractions, places)
def test_truncation_never_grows_and_loses_less_than_a_unit(value: Fraction, digits: int) -> None:
    cut = Fraction(truncate(value, digits))
    assert abs(cut) <= abs(value)
    assert abs(value) - abs(cut) < Fraction(10) ** -digits
    assert cut * value >= 0


@pytest.mark.parametrize(
    ("value", "figures", "expected"),
    [
        (Decimal("9.996"), 3, "10.0"),
        (Decimal("0.00123456"), 3, "0.00123"),
        (Decimal("-4226.36"), 5, "-4226.4"),
        (Decimal("4226.36"), 2, "4.2E+3"),
        (Fraction(44, 12), 4, "3.667"),
        (Fraction(1, 10**5), 2, "0.000010"),
        (Decimal(0), 3, "0.00"),
    ],
)
def test_significant_figures(value: Decimal | Fraction, figures: int, expected: str) -> None:
    assert str(significant(value, figures)) == expected


@given(fractions.filter(bool), st.integers(1, 15))
def test_significant_keeps_that_many_figures_within_half_a_unit(value: Fraction, figures: int) -> None:
    result = significant(value, figures)
    assert len(result.as_tuple().digits) == figures
    unit = Fraction(10) ** int(result.as_tuple().exponent)
    assert abs(Fraction(result) - value) <= unit / 2


@pytest.mark.parametrize(
    "value", [1.5, True, "1.5", Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999")]
)
def test_inexact_or_unbounded_values_are_refused(value: Decimal) -> None:
    with pytest.raises(TanheError):
        half_up(value, 2)


def test_senseless_places_are_refused() -> None:
    with pytest.raises(TanheError):
        half_up(Decimal(1), 10**9)
    with pytest.raises(TanheError):
        significant(Decimal(1), 0)


@pytest.mark.parametrize(
    ("n", "digits", "expected"), [(2, 2, "0.015"), (12, 2, "0.065"), (5, 0, "3.0"), (0, 2, "0.005")]
)
def test_tolerance_of_a_printed_sum(n: int, digits: int, expected: str) -> None:
    assert sum_tolerance(n, digits) == Decimal(expected)


@given(st.lists(fractions, max_size=20), st.integers(0, 6))
def test_no_honest_sum_lies_beyond_the_tolerance(parts: list[Fraction], digits: int) -> None:
    printed = sum((Fraction(half_up(part, digits)) for part in parts), Fraction(0))
    total = Fraction(half_up(sum(parts, Fraction(0)), digits))
    assert abs(total - printed) <= Fraction(sum_tolerance(len(parts), digits))


def combustion(amount: str, carbon: Decimal | Fraction, oxidation: str) -> Fraction:
    return Fraction(amount) * Fraction(carbon) * Fraction(oxidation) * CARBON_TO_CO2


def test_a_report_of_2023_adds_before_it_rounds() -> None:
    parts = [
        combustion("1.58", Decimal("0.38294"), "0.99"),
        combustion("0.25", Decimal("0.87527"), "0.98"),
    ]
    lines = [NDRC_TWO_DECIMALS.apply(Kind.EMISSION_LINE, part) for part in parts]
    assert [str(line) for line in lines] == ["2.20", "0.79"]
    assert str(NDRC_TWO_DECIMALS.total(Kind.SUBTOTAL, parts)) == "2.98"
    adds_lines = RoundingPolicy("lines-first", "test", NDRC_TWO_DECIMALS.digits, order="round-then-sum")
    assert str(adds_lines.total(Kind.SUBTOTAL, parts)) == "2.99"


@pytest.mark.parametrize(
    ("amount", "ncv", "carbon_per_energy", "oxidation", "reported"),
    [("7184.95", "24.515", "0.02749", "0.94", "16688.54"), ("56.18", "43.330", "0.0202", "0.98", "176.70")],
)
def test_hidden_rounding_of_carbon_reproduces_a_report_of_2019(
    amount: str, ncv: str, carbon_per_energy: str, oxidation: str, reported: str
) -> None:
    content = Decimal(ncv) * Decimal(carbon_per_energy)

    def line(policy: RoundingPolicy) -> str:
        used = policy.apply_intermediate(Kind.CARBON_CONTENT, content)
        carbon = Fraction(amount) * Fraction(used) * Fraction(oxidation)
        oxidised = Fraction(policy.apply_intermediate(Kind.CARBON_MASS, carbon))
        return str(policy.apply(Kind.EMISSION_LINE, oxidised * CARBON_TO_CO2))

    assert line(NDRC_CARBON_FOUR) == reported
    assert line(NDRC_TWO_DECIMALS) != reported


def test_integer_totals_of_published_reports() -> None:
    gas, electricity = (
        combustion("17.7097", Fraction("389.31") * Fraction("0.0153"), "0.99"),
        Fraction("3843.44"),
    )
    assert str(NDRC_INTEGER_TOTALS.apply(Kind.EMISSION_LINE, gas)) == "382.92"
    assert str(NDRC_INTEGER_TOTALS.total(Kind.TOTAL_INCLUDING, [gas, electricity])) == "4226"
    for policy in (NDRC_INTEGER_TOTALS, MEE_TEMPLATE, NDRC_PLATFORM):
        assert str(policy.apply(Kind.TOTAL_EXCLUDING, Decimal("1656665.50"))) == "1656666"


def test_template_digits() -> None:
    assert str(MEE_TEMPLATE.apply(Kind.NCV, Decimal("24.51549"))) == "24.515"
    assert str(MEE_TEMPLATE.apply("carbon-per-energy", Decimal("0.0274949"))) == "0.02749"
    assert str(MEE_TEMPLATE.apply(Kind.FUEL, Decimal("7184.9"))) == "7184.90"


def test_without_prescribed_digits_a_value_stays_as_it_is() -> None:
    third = Fraction(1, 3)
    assert FULL_PRECISION.apply(Kind.TOTAL_INCLUDING, third) == third
    assert NDRC_PLATFORM.apply(Kind.NCV, Decimal("24.5150")).as_tuple() == Decimal("24.5150").as_tuple()
    assert FULL_PRECISION.total(Kind.TOTAL_INCLUDING, [third, third, third]) == 1


def test_a_truncating_policy_cuts() -> None:
    policy = RoundingPolicy("cut", "test", {Kind.EMISSION_LINE: 1}, mode="truncate")
    assert str(policy.apply(Kind.EMISSION_LINE, Decimal("2.19"))) == "2.1"


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(TanheError, match="colour"):
        NDRC_TWO_DECIMALS.apply("colour", Decimal(1))
    with pytest.raises(TanheError, match="colour"):
        RoundingPolicy("odd", "test", {"colour": 2})  # type: ignore[dict-item]
    with pytest.raises(TanheError, match="sometimes"):
        RoundingPolicy("odd", "test", {}, order="sometimes")  # type: ignore[arg-type]
    with pytest.raises(TanheError, match="bankers"):
        RoundingPolicy("odd", "test", {}, mode="bankers")  # type: ignore[arg-type]


def test_a_policy_cannot_be_changed_and_travels_between_processes() -> None:
    with pytest.raises(TypeError):
        MEE_TEMPLATE.digits[Kind.NCV] = 9  # type: ignore[index]
    copy = pickle.loads(pickle.dumps(MEE_TEMPLATE))
    assert copy == MEE_TEMPLATE and hash(copy) == hash(MEE_TEMPLATE)
