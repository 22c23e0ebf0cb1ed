"""Steam enthalpy: the guideline's table interpolated exactly, and IAPWS-IF97."""

import csv
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.factors import FactorNotFound, library
from tanhe.factors.loading import DATA
from tanhe.factors.steam import IF97, if97_saturated, if97_saturated_at, if97_superheated

STEAM = library().steam
with (DATA / "steam.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
HOT = {
    (Fraction(r["pressure_mpa"]), Fraction(r["temperature_c"])): Fraction(r["enthalpy"])
    for r in ROWS
    if r["kind"] == "superheated"
}
SATURATED = sorted(
    (Fraction(r["pressure_mpa"]), Fraction(r["temperature_c"]), Fraction(r["enthalpy"]))
    for r in ROWS
    if r["kind"] == "saturated"
)
CENT = Decimal("0.01")


def decimals(low, high, places):
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


def test_the_worked_example_of_the_methanol_report():
    found = STEAM.superheated("9.8", "533.5")
    assert found.value == Decimal("3461.17")
    assert {row.printed[:2] for row in found.rows} == {
        ("7", "520"),
        ("7", "540"),
        ("10", "520"),
        ("10", "540"),
    }
    assert (found.place, found.unit, found.notes) == ("附录二 表2.5", "kJ/kg", ())
    assert if97_superheated("9.8", "533.5").value == Decimal("3462.64")


def test_if97_names_its_method_and_meets_the_table_at_saturation():
    found = if97_saturated("0.8")
    assert (found.value, found.method, found.exact) == (Decimal("2768.30"), IF97, None)
    assert abs(found.value - STEAM.saturated("0.8").value) < Decimal("0.5")
    assert abs(if97_saturated_at("170.414").value - found.value) < CENT * 2


@pytest.mark.parametrize(("pressure", "value"), [("0.001", "2513.8"), ("0.80", "2768.4"), ("22", "2192.5")])
def test_a_printed_saturated_row_comes_back_as_printed(pressure, value):
    found = STEAM.saturated(pressure)
    assert found.value == Decimal(value)
    assert len(found.rows) == 1


def test_a_printed_superheated_row_comes_back_as_printed():
    found = STEAM.superheated(1, 300)
    assert found.exact == HOT[Fraction(1), Fraction(300)]
    assert len(found.rows) == 1


def test_a_misprint_among_the_rows_is_told():
    assert any("误印" in note for note in STEAM.superheated("0.5", "400").notes)
    assert any("1.40" in note for note in STEAM.saturated("1.7").notes)


@given(decimals("0.001", "22", 4))
def test_saturated_is_linear_between_its_neighbours(pressure):
    at = Fraction(pressure)
    low = max(row for row in SATURATED if row[0] <= at)
    high = min(row for row in SATURATED if row[0] >= at)
    share = Fraction(0) if low == high else (at - low[0]) / (high[0] - low[0])
    found = STEAM.saturated(pressure)
    assert found.exact == low[2] * (1 - share) + high[2] * share
    assert abs(Fraction(found.value) - found.exact) <= Fraction(1, 200)


@given(decimals("6.98", "373.68", 2))
def test_saturated_by_temperature_lies_between_its_rows(temperature):
    found = STEAM.saturated_at(temperature)
    ends = [row.enthalpy for row in found.rows]
    assert min(ends) <= found.exact <= max(ends)
    temperatures = [row.temperature for row in found.rows]
    assert min(temperatures) <= Fraction(temperature) <= max(temperatures)


@given(decimals("0.01", "30", 2), decimals("400", "600", 1))
def test_superheated_is_bilinear(pressure, temperature):
    p, t = Fraction(pressure), Fraction(temperature)
    p0, p1 = max(a for a, _ in HOT if a <= p), min(a for a, _ in HOT if a >= p)
    t0, t1 = max(b for _, b in HOT if b <= t), min(b for _, b in HOT if b >= t)
    u = Fraction(0) if p0 == p1 else (p - p0) / (p1 - p0)
    v = Fraction(0) if t0 == t1 else (t - t0) / (t1 - t0)
    expected = (
        HOT[p0, t0] * (1 - u) * (1 - v)
        + HOT[p1, t0] * u * (1 - v)
        + HOT[p0, t1] * (1 - u) * v
        + HOT[p1, t1] * u * v
    )
    assert STEAM.superheated(pressure, temperature).exact == expected


@given(decimals("0.02", "12", 2), decimals("500", "600", 1))
def test_the_table_agrees_with_if97_within_one_percent(pressure, temperature):
    table, formula = (
        STEAM.superheated(pressure, temperature).value,
        if97_superheated(pressure, temperature).value,
    )
    assert abs(table - formula) < formula / 100


@pytest.mark.parametrize(
    ("pressure", "temperature", "said"),
    [
        ("31", "500", "超出"),
        ("5", "601", "超出"),
        ("0.8", "150", "不是过热蒸汽"),
        ("0.9", "178", "有水"),
        ("x", "1", "不是数"),
    ],
)
def test_superheated_refuses_outside_and_near_water(pressure, temperature, said):
    with pytest.raises(FactorNotFound) as caught:
        STEAM.superheated(pressure, temperature)
    assert said in caught.value.why_zh


def test_saturated_and_if97_refuse_outside():
    with pytest.raises(FactorNotFound, match="22"):
        STEAM.saturated("22.1")
    with pytest.raises(FactorNotFound, match="IF97"):
        if97_saturated("23")
    with pytest.raises(FactorNotFound, match="IF97"):
        if97_superheated("5", "900")


def test_rounding_is_half_up():
    from tanhe.factors.steam import _cents

    assert [_cents(Fraction(n, 1000)) for n in (1005, 1004, 1015)] == [
        Decimal("1.01"),
        Decimal("1.00"),
        Decimal("1.02"),
    ]
