"""Values against the published verification reports and the official notices."""

from datetime import date
from decimal import Decimal

import pytest

from tanhe.factors import FactorNotFound, library

LIB = library()


@pytest.mark.parametrize(
    ("guideline", "fuel", "ncv", "carbon", "oxidation", "unit"),
    [
        ("ndrc2015-industrial-other", "无烟煤", "24.515", "0.02749", "0.94", "GJ/t"),  # feed maker, 2019
        ("ndrc2015-industrial-other", "柴油", "43.330", "0.0202", "0.98", "GJ/t"),  # feed maker, 2019
        ("ndrc2013-chemical", "柴油", "43.330", "0.0202", "0.98", "GJ/t"),  # methanol, 2018
        ("ndrc2015-industrial-other", "天然气", "389.310", "0.0153", "0.99", "GJ/1e4Nm3"),
        ("ndrc2015-machinery", "天然气", "389.31", "0.0153", "0.99", "GJ/1e4Nm3"),  # gasifier maker, 2022
    ],
)
def test_fuel_defaults_as_used_in_published_reports(guideline, fuel, ncv, carbon, oxidation, unit):
    found = LIB.fuel(guideline, fuel)
    assert [f.value_text for f in (found.ncv, found.carbon_content, found.oxidation_factor)] == [
        ncv,
        carbon,
        oxidation,
    ]
    assert found.ncv.value == Decimal(ncv)
    assert (found.ncv.unit, found.carbon_content.unit, found.oxidation_factor.unit) == (unit, "tC/GJ", "1")


def test_a_printed_value_keeps_its_digits():
    assert str(LIB.fuel("ndrc2015-industrial-other", "柴油").ncv.value) == "43.330"


def test_bituminous_carbon_and_oxidation_of_the_methanol_report():
    coal = LIB.fuel("ndrc2013-chemical", "烟煤（动力煤）")
    assert (coal.carbon_content.value, coal.oxidation_factor.value) == (Decimal("0.02618"), Decimal("0.93"))


def test_a_fuel_factor_carries_document_number_and_table():
    factor = LIB.fuel("ndrc2015-industrial-other", "anthracite").ncv
    assert factor.document == "工业其他行业企业温室气体排放核算方法与报告指南（试行）"
    assert (factor.document_number, factor.place, factor.grade) == (
        "发改办气候〔2015〕1722号",
        "附录二 表2.1",
        "A",
    )


def test_machinery_gas_says_its_own_table_was_not_read():
    gas = LIB.fuel("ndrc2015-machinery", "天然气")
    assert gas.status == "published-report"
    assert "未见到原文" in gas.ncv.note


def test_machinery_diesel_is_marked_unconfirmed():
    diesel = LIB.fuel("ndrc2015-machinery", "柴油")
    assert (diesel.status, diesel.grade, diesel.ncv.confirmed) == ("unverified", "C", False)


@pytest.mark.parametrize(
    ("area", "year", "scope", "value", "issued"),
    [
        ("华北", 2012, None, "0.8843", "2014-09"),  # gasifier maker 2022, methanol 2018
        ("华东", 2012, None, "0.7035", "2014-09"),  # feed maker 2019
        ("全国", 2021, None, "0.5568", "2024-04-12"),  # instrument transformers 2023
        ("全国", 2022, "national_ets", "0.5703", "2023-02-07"),
        ("全国", 2015, "national_ets", "0.6101", "2019-01"),  # methanol 2018, supplementary table
    ],
)
def test_electricity_factors_of_the_reports(area, year, scope, value, issued):
    factor = LIB.electricity(area, data_year=year, scope=scope).factor
    assert (factor.value_text, factor.issued, factor.unit) == (value, issued, "tCO2/MWh")


def test_ets_factor_of_2022_names_its_notice():
    factor = LIB.electricity("全国", scope="national_ets", reporting_year=2022).factor
    assert (factor.value_text, factor.document_number) == ("0.5703", "环办气候函〔2023〕43号")


@pytest.mark.parametrize(("year", "value"), [(2018, "0.6101"), (2021, "0.5810"), (2022, "0.5703")])
def test_ets_factor_by_reporting_year(year, value):
    factor = LIB.electricity("全国", scope="national_ets", reporting_year=year).factor
    assert factor.value_text == value


@pytest.mark.parametrize(
    ("gas", "guideline", "value"),
    [
        ("CH4", "ndrc2015-industrial-other", 21),
        ("甲烷", "ndrc2015-industrial-other", 21),
        ("N2O", "ndrc2013-chemical", 310),
        ("SF6", "ndrc2013-grid", 23900),
        ("R134a", "ndrc2015-machinery", 1300),
        ("HFC-245fa", "ndrc2015-machinery", 1030),
        ("CF4", "mee2024-industry", 6630),
    ],
)
def test_gwp_of_the_guidelines(gas, guideline, value):
    assert LIB.gwp_for_guideline(gas, guideline).value == value


@pytest.mark.parametrize(
    ("category", "item", "guideline", "value", "unit"),
    [
        ("density", "co2", "ndrc2013-chemical", "19.7", "tCO2/1e4Nm3"),
        ("density", "ch4", "ndrc2015-industrial-other", "7.17", "tCH4/1e4Nm3"),
        ("heat", "steam_ref_enthalpy", "ndrc2015-industrial-other", "83.74", "kJ/kg"),
        ("heat", "hot_water_ref_temp", None, "20", "degC"),
        ("heat", "hot_water_cp", None, "4.1868", "kJ/(kg·K)"),
        ("wastewater", "b0", "ndrc2015-industrial-other", "0.25", "kgCH4/kgCOD"),
        ("wastewater", "mcf_anaerobic_reactor", "ndrc2015-industrial-other", "0.8", "1"),
        ("electrical_equipment", "connection_leak", "ndrc2015-machinery", "0.342", "mol/operation"),
        ("physical", "molar_volume", None, "22.4", "L/mol"),
        ("n2o_abatement", "abatement_nscr", "ndrc2013-chemical", "0.85", "1"),
        ("n2o_abatement", "abatement_adipic_thermal", "ndrc2013-chemical", "0.985", "1"),
        ("n2o", "adipic_acid", "ndrc2013-chemical", "0.3", "tN2O/t"),
        ("recovery", "ch4_oxidation", "ndrc2015-industrial-other", "0.99", "1"),
        ("carbonate", "碳酸钙", "ndrc2015-industrial-other", "0.4397", "tCO2/t"),
        ("carbon_content", "甲醇", "ndrc2013-chemical", "0.375", "tC/t"),
        ("steel_process", "dolomite", "mee2025-steel", "0.476", "tCO2/t"),
    ],
)
def test_process_constants(category, item, guideline, value, unit):
    factor = LIB.process(category, item, guideline)
    assert (factor.value_text, factor.unit) == (value, unit)


@pytest.mark.parametrize(
    "guideline", ["ndrc2013-chemical", "ndrc2015-industrial-other", "ndrc2015-machinery"]
)
def test_heat_default(guideline):
    factor = LIB.heat_default(guideline)
    assert (factor.value_text, factor.unit) == ("0.11", "tCO2/GJ")
    assert factor.document_number.startswith("发改办气候〔201")


def test_power_guideline_has_no_heat_default():
    with pytest.raises(FactorNotFound):
        LIB.heat_default("ndrc2013-power")


def test_carbonates_agree_with_the_atomic_masses():
    masses = {"C": "12.011", "O": "15.999", "Ca": "40.078", "Mg": "24.305", "Sr": "87.62", "Ba": "137.327"}
    mass = {symbol: Decimal(text) for symbol, text in masses.items()}
    co2 = mass["C"] + 2 * mass["O"]
    for item, metal in {"CaCO3": "Ca", "MgCO3": "Mg", "SrCO3": "Sr", "BaCO3": "Ba"}.items():
        computed = co2 / (mass[metal] + mass["C"] + 3 * mass["O"])
        assert abs(LIB.process("carbonate", item, "ndrc2015-industrial-other").value - computed) < Decimal(
            "0.001"
        )


def test_credit_code_constants_check_a_published_code():
    rows = {i.code: i.name_zh for i in LIB.identifiers("uscc")}
    weights, symbols, code = [int(w) for w in rows["weights"].split()], rows["charset"], "913701265681039266"
    assert weights == [pow(3, k, 31) for k in range(17)]
    total = sum(w * symbols.index(c) for w, c in zip(weights, code[:17], strict=True))
    assert symbols[(31 - total) % 31] == code[17]


def test_class_of_the_instrument_transformer_maker_belongs_to_machinery():
    found = LIB.industry_class("C3821")
    assert (found.name_zh, found.guideline, found.guideline_grade) == (
        "变压器、整流器和电感器制造",
        "ndrc2015-machinery",
        "A",
    )


def test_class_1320_exists_in_the_older_edition_only():
    assert LIB.industry_class("1320", "2011").name_zh == "饲料加工"
    with pytest.raises(FactorNotFound) as caught:
        LIB.industry_class("1320")
    assert any("2011" in near for near in caught.value.nearest)


def test_standard_coal_coefficients_times_29307_6_give_the_calorific_value():
    for energy in ("原煤", "洗精煤", "柴油", "汽油", "原油"):
        coal = LIB.standard_coal(energy, "GB/T 2589-2020")
        assert abs(coal.coefficient.value * Decimal("29307.6") - coal.ncv.value) < Decimal(3)


def test_a_range_of_standard_coal_keeps_both_ends():
    gas = LIB.standard_coal("natural_gas").coefficient
    assert (gas.low, gas.high, gas.value_text) == ("1.1000", "1.3300", "1.1000")


@pytest.mark.parametrize(
    ("name", "on", "state", "standard"),
    [
        ("GB 17167-2006", date(2024, 5, 1), "current", "GB 17167-2006"),
        ("GB 17167-2006", date(2026, 3, 1), "superseded", "GB 17167-2006"),
        ("GB 17167", date(2026, 3, 1), "current", "GB 17167-2025"),
        ("GB/T 2589—2008", date(2021, 4, 1), "superseded", "GB/T 2589-2008"),
        ("GB/T 32150-2025", date(2026, 6, 30), "not-yet", "GB/T 32150-2025"),
        ("环办气候函〔2021〕130号", date(2023, 1, 1), "current", "环办气候函〔2021〕130号"),
        ("GB/T 476-2008", date(2018, 1, 1), "unknown", "GB/T 476-2008"),
    ],
)
def test_standard_on_a_day(name, on, state, standard):
    found = LIB.standard_status(name, on)
    assert (found.state, found.standard) == (state, standard)


def test_plausible_range_holds_the_default():
    bounds = LIB.plausible_range("无烟煤")
    assert bounds.plausible_min < LIB.fuel("ndrc2013-chemical", "无烟煤").ncv.value < bounds.plausible_max
    assert (bounds.grade, bounds.unit) == ("C", "GJ/t")


def test_carbon_to_carbon_dioxide_is_a_ratio():
    ratio = LIB.unit_conversion("tC", "tCO2")
    assert (ratio.numerator, ratio.denominator) == (11, 3)
