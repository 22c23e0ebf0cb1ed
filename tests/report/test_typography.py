"""Sub- and superscripts: what is set low or high, and what must stay as it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.report.typography import Run, runs


def marked(text: str) -> str:
    """The runs with subscripts as _{} and superscripts as ^{}."""
    marks = {"text": "{}", "sub": "_{{{}}}", "sup": "^{{{}}}"}
    return "".join(marks[run.kind].format(run.text) for run in runs(text))


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("CO2", "CO_{2}"),
        ("排放量（tCO2e）", "排放量（tCO_{2}e）"),
        ("CH4、N2O 和 SF6", "CH_{4}、N_{2}O 和 SF_{6}"),
        ("二氧化碳(CO2)当量", "二氧化碳(CO_{2})当量"),
        ("kgCH4/kgCOD", "kgCH_{4}/kgCOD"),
        ("tCO2/tCaCO3", "tCO_{2}/tCaCO_{3}"),
        ("2NaHCO3→Na2CO3+CO2+H2O", "2NaHCO_{3}→Na_{2}CO_{3}+CO_{2}+H_{2}O"),
        ("共 1,234.50tCO2e。", "共 1,234.50tCO_{2}e。"),
        ("0.5-1tCO2e", "0.5-1tCO_{2}e"),
        ("-5tCO2", "-5tCO_{2}"),
        ("SF6断路器", "SF_{6}断路器"),
        ("CO2-eq", "CO_{2}-eq"),
        ("CO2.", "CO_{2}."),
        ("12.3m3", "12.3m^{3}"),
        ("5万Nm3/h", "5万Nm^{3}/h"),
        ("W/(m2·K)", "W/(m^{2}·K)"),
        ("m^3", "m^{3}"),
        ("GJ/10^4Nm3", "GJ/10^{4}Nm^{3}"),
        ("tC/1e4Nm3", "tC/10^{4}Nm^{3}"),
        ("1e4元", "10^{4}元"),
        ("1.5×10^-3", "1.5×10^{−3}"),
        ("E_燃烧：化石燃料燃烧排放", "E_{燃烧}：化石燃料燃烧排放"),
        ("天然气的消耗量（AD_i）", "天然气的消耗量（AD_{i}）"),
        ("净外购电量（AD_电力）", "净外购电量（AD_{电力}）"),
        ("E_CO2-净电：tCO2", "E_{CO2-净电}：tCO_{2}"),
        ("CO₂ 10⁻³ Nm³", "CO_{2} 10^{−3} Nm^{3}"),
    ],
)
def test_lowered_and_raised(plain: str, shown: str) -> None:
    assert marked(plain) == shown


@pytest.mark.parametrize(
    "text",
    [
        "GB/T 2589-2008",
        "GB/T 32151.10-2015",
        "环办气候函〔2019〕71 号",
        "SDJN-CO2-2018-07-X1",
        "CO2-01",
        "LW36-126/SF6-3",
        "combustion.co2",
        "E_CO2",
        "co2_recovery",
        "CO2.csv",
        "CO2_2018.xlsx",
        "https://example.org/CO2/m3",
        "A12m3",
        "2018-m3",
        "HFC-134a",
        "R410A",
        "210^4",
        "sha256:1e4a7b1e4m3",
    ],
)
def test_numbers_ids_and_names_keep_every_character(text: str) -> None:
    assert runs(text) == [Run(text)]


@given(st.text(st.characters(exclude_characters="^_", exclude_categories=["No", "Lm", "Cs"]), max_size=60))
def test_no_character_is_lost_or_added(text: str) -> None:
    joined = "".join(run.text for run in runs(text))
    if "1e" not in text and not any("₀" <= c <= "₎" or c in "⁺⁻⁼⁽⁾" for c in text):
        assert joined == text


@given(st.text("CO24HNS6tkg1e0^m3N万-(), ", max_size=40))
def test_neighbouring_runs_differ_and_none_is_empty(text: str) -> None:
    found = runs(text)
    assert all(run.text for run in found)
    assert all(a.kind != b.kind for a, b in pairwise(found))


def test_empty_text_has_no_runs() -> None:
    assert runs("") == []
