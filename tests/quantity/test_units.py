"""Units: Chinese spellings, substances that must not mix, exact conversion, errors that name both sides."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.messages import speaking
from tanhe.quantity.units import DIMENSIONLESS, UnitError, unit

SPELLINGS = [
    ("吨", "t"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("万吨", "1e4t"),
    ("标准立方米", "Nm3"),
    ("Nm³", "Nm3"),
    ("万Nm³", "1e4Nm3"),
    ("万标立方米", "1e4Nm3"),
    ("10⁴Nm³", "1e4Nm3"),
    ("10^4Nm3", "1e4Nm3"),
    ("10^4 Nm3", "1e4Nm3"),
    ("10**4Nm3", "1e4Nm3"),
    ("104Nm3", "1e4Nm3"),
    ("立方米", "m3"),
    ("万立方米", "1e4m3"),
    ("吉焦", "GJ"),
    ("百万千焦", "GJ"),
    ("千焦", "kJ"),
    ("度", "kWh"),
    ("千度", "MWh"),
    ("万度", "1e4kWh"),
    ("万千瓦时", "1e4kWh"),
    ("亿千瓦时", "1e8kWh"),
    ("兆瓦时", "MWh"),
    ("MW·h", "MWh"),
    ("MW.h", "MWh"),
    ("吨标准煤", "tce"),
    ("千克标煤/万元", "kgce/1e4元"),
    ("tCO₂", "tCO2"),
    ("吨二氧化碳", "tCO2"),
    ("吨CO2当量", "tCO2e"),
    ("吨碳/吨", "tC/t"),
    ("吨碳/GJ", "tC/GJ"),
    ("GJ／吨", "GJ/t"),
    ("GJ/万Nm³", "GJ/1e4Nm3"),
    ("tCO2/百万千焦", "tCO2/GJ"),
    ("tCO2/MW·h", "tCO2/MWh"),
    ("tCO2/(MW·h)", "tCO2/MWh"),
    ("吨CO2/兆瓦时", "tCO2/MWh"),
    ("kJ/(kg·K)", "kJ/(kg·K)"),
    ("kJ/（kg·℃）", "kJ/(kg·K)"),
    ("kJ/kg·℃", "kJ/(kg·K)"),
    ("千卡/千克", "kcal/kg"),
    ("Nm³/h", "Nm3/h"),
    ("％", "%"),
]

ATOMS = ["t", "kg", "tC", "tCO2", "tCO2e", "tCH4", "tN2O", "tce", "Nm3", "1e4Nm3", "m3", "1e4m3", "GJ", "TJ", "MJ",
         "kJ", "kcal", "MWh", "kWh", "1e4kWh", "h", "d", "K", "mol", "kmol", "1e4元", "1e8元", "%"]
atoms = st.sampled_from(ATOMS).map(unit)
products = st.lists(st.tuples(atoms, st.booleans()), max_size=4).map(
    lambda parts: [u if over else 1 / u for u, over in parts]
)


@pytest.mark.parametrize(("written", "canonical"), SPELLINGS)
def test_a_spelling_of_reports_is_the_canonical_unit(written: str, canonical: str) -> None:
    assert str(unit(written)) == canonical
    assert unit(written) == unit(canonical)


@pytest.mark.parametrize("written", ["", "1", "-", "/", "无量纲", " "])
def test_no_unit_is_dimensionless(written: str) -> None:
    assert unit(written) == DIMENSIONLESS


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("万kWh", "MWh", 10),
        ("kWh", "MWh", Fraction(1, 1000)),
        ("亿度", "MWh", 100_000),
        ("TJ", "GJ", 1000),
        ("kJ", "GJ", Fraction(1, 10**6)),
        ("kcal/kg", "GJ/t", Fraction(41868, 10**7)),
        ("kcal", "kJ", Fraction(41868, 10**4)),
        ("MJ/Nm3", "GJ/万Nm³", 10),
        ("kJ/Nm3", "GJ/万Nm³", Fraction(1, 100)),
        ("MJ/kg", "GJ/t", 1),
        ("tC/TJ", "tC/GJ", Fraction(1, 1000)),
        ("kgCO2/kWh", "tCO2/MWh", 1),
        ("万吨", "t", 10_000),
        ("d", "h", 24),
        ("%", "1", Fraction(1, 100)),
        ("kgCOD/m3", "tCOD/万立方米", 10),
    ],
)
def test_conversion_factors_are_exact(one: str, other: str, factor: Fraction | int) -> None:
    assert unit(one).factor_to(unit(other)) == factor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tC", "tCO2"),
        ("t", "tC"),
        ("t", "tCO2"),
        ("tCO2", "tCO2e"),
        ("tCH4", "tCO2e"),
        ("tce", "t"),
        ("MWh", "GJ"),
        ("kWh", "kJ"),
        ("万立方米", "万Nm³"),
        ("m3", "Nm3"),
        ("tC/t", "tC/万Nm³"),
        ("GJ/t", "GJ/万Nm³"),
        ("tCO2/MWh", "tCO2/GJ"),
        ("t", "1"),
        ("h", "a"),
    ],
)
def test_different_substances_do_not_convert_and_both_are_named(one: str, other: str) -> None:
    assert not unit(one).fits(unit(other))
    for source, target in ((one, other), (other, one)):
        with speaking("en"), pytest.raises(UnitError) as raised:
            unit(source).factor_to(unit(target))
        assert str(unit(one)) in str(raised.value) and str(unit(other)) in str(raised.value)


def test_a_carbon_content_per_tonne_does_not_cancel_a_gas_volume() -> None:
    carbon = unit("tC/t") * unit("万Nm³")
    assert not carbon.fits(unit("tC"))
    assert (unit("tC/万Nm³") * unit("万Nm³")) == unit("tC")


@pytest.mark.parametrize(("one", "other"), [("t", "kg"), ("tCO2", "tCO2e"), ("GJ", "MWh"), ("Nm3", "m3"), ("%", "1")])
def test_addition_needs_the_same_unit_and_names_both(one: str, other: str) -> None:
    for operation in (lambda a, b: a + b, lambda a, b: a - b):
        with speaking("en"), pytest.raises(UnitError) as raised:
            operation(unit(one), unit(other))
        assert str(unit(one)) in str(raised.value) and str(unit(other)) in str(raised.value)


def test_one_less_a_share_needs_a_share() -> None:
    assert 1 - unit("1") == DIMENSIONLESS
    with pytest.raises(UnitError, match="不能相加减"):
        1 - unit("t")


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("MWH", "MWh"), ("mwh", "MWh"), ("KWH", "kWh"), ("nm3", "Nm3"), ("Gj", "GJ"), ("tCO", "tCO₂"), ("ton", "tonne"),
     ("万Nm", "万Nm³"), ("立方", "立方米"), ("kcl", "kcal"), ("吨标准", "吨标准煤")],
)
def test_an_unknown_unit_names_the_nearest(written: str, nearest: str) -> None:
    with pytest.raises(UnitError) as raised:
        unit(written)
    assert f"“{written}”" in str(raised.value)
    said = str(raised.value).split("最接近的是")[1].strip("“”")
    assert unit(said) == unit(nearest)


def test_the_unknown_part_of_a_compound_unit_is_named() -> None:
    with speaking("en"), pytest.raises(UnitError, match="'MWH'"):
        unit("tCO2/MWH")


@pytest.mark.parametrize("written", ["GJ/", "GJ//t", "/t", "··", "(t", "t)", "GJ/(t", "12", "5 t"])
def test_a_malformed_unit_is_an_error(written: str) -> None:
    with pytest.raises(UnitError, match="不认识"):
        unit(written)


@given(st.text(alphabet="tkgNm3³GJMWhCO2e万亿度吨立方米/·*(）^1.0%元 ", max_size=12))
def test_any_text_is_a_unit_or_a_unit_error(written: str) -> None:
    try:
        read = unit(written)
    except UnitError as error:
        assert str(error)
    else:
        assert unit(str(read)) == read


@given(products)
def test_what_is_written_reads_back_the_same_in_both_languages(parts: list) -> None:
    built = DIMENSIONLESS
    for part in parts:
        built = built * part
    assert unit(str(built)) == built
    assert unit(built.zh) == built


@given(products, products)
def test_multiplication_commutes_and_division_undoes_it(left: list, right: list) -> None:
    one, other = DIMENSIONLESS, DIMENSIONLESS
    for part in left:
        one = one * part
    for part in right:
        other = part * other
    assert one * other == other * one
    assert one * other / other == one
    assert (one * other).scale == one.scale * other.scale


def test_conversion_goes_and_comes_back() -> None:
    pairs = [(a, b) for a, b in product(map(unit, ATOMS), repeat=2) if a.fits(b)]
    assert len(pairs) > len(ATOMS)
    for a, b in pairs:
        assert a.factor_to(b) * b.factor_to(a) == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1e4Nm3", "万Nm³"), ("GJ/1e4Nm3", "GJ/万Nm³"), ("kJ/(kg·K)", "kJ/(kg·℃)"), ("亿kWh", "亿kWh"), ("1e4m3", "万m³"),
     ("百万吨", "百万t")],
)
def test_units_are_shown_as_chinese_reports_print_them(written: str, shown: str) -> None:
    assert unit(written).zh == shown
