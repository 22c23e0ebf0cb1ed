"""Fuel look-up: names, absence, borrowed tables."""

import pytest

from tanhe.factors import FactorNotFound, describe_fuel, library
from tanhe.messages import speaking

LIB = library()
OTHER = "ndrc2015-industrial-other"


@pytest.mark.parametrize("name", ["无烟煤", "anthracite", "Anthracite", " 无烟煤 ", "无烟煤（块煤）", "白煤"])
def test_names_of_anthracite(name):
    assert LIB.fuel(OTHER, name).id == "anthracite"


@pytest.mark.parametrize(
    ("name", "fuel"),
    [
        ("动力煤", "bituminous"),
        ("0#柴油", "diesel"),
        ("管道天然气", "natural_gas"),
        ("LNG", "lng"),
        ("煤油", "kerosene"),
    ],
)
def test_aliases(name, fuel):
    assert LIB.fuel(OTHER, name).id == fuel


def test_the_guideline_may_be_named_by_its_title():
    title = "《机械设备制造温室气体排放核算方法与报告指南（试行）》"
    assert LIB.guideline(title).id == "ndrc2015-machinery"
    assert LIB.guideline("环办气候函〔2025〕27号").id == "mee2025-steel"


def test_a_number_shared_by_ten_guidelines_names_none():
    with pytest.raises(FactorNotFound) as caught:
        LIB.guideline("发改办气候〔2013〕2526号")
    assert len(caught.value.nearest) == 10


def test_a_fuel_not_in_the_table_is_refused_with_the_nearest():
    with pytest.raises(FactorNotFound) as caught, speaking("zh"):
        LIB.fuel("mee2025-steel", "喷气煤油")
    assert "不在《企业温室气体排放核算与报告指南 钢铁行业》" in caught.value.why_zh
    assert "煤油" in caught.value.nearest


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(FactorNotFound) as caught:
        LIB.fuel(OTHER, "无烟媒")
    assert caught.value.nearest[0] == "无烟煤"


@pytest.mark.parametrize(
    ("guideline", "said"),
    [("ndrc2013-cement", "未见到"), ("ndrc2013-grid", "没有燃料表"), ("ndrc2019-none", "没有指南")],
)
def test_guidelines_without_a_table(guideline, said):
    with pytest.raises(FactorNotFound) as caught:
        LIB.fuel(guideline, "烟煤")
    assert said in caught.value.why_zh


def test_a_borrowed_fuel_says_so_in_each_factor():
    coal = LIB.fuel("ndrc2014-coal", "烟煤")
    assert (coal.borrowed_from, coal.status, coal.grade) == ("ndrc2013-chemical", "assumed", "C")
    for factor in (coal.ncv, coal.carbon_content, coal.oxidation_factor):
        assert (factor.status, factor.grade, factor.confirmed) == ("assumed", "C", False)
        assert "暂取自 ndrc2013-chemical" in factor.note


def test_road_transport_borrows_through_the_standard():
    assert LIB.fuel("ndrc2015-road", "汽油").borrowed_from == "gbt32151-land-transport"


def test_power_2026_does_not_borrow_the_oxidation_factor():
    gas = LIB.fuel("mee2026-power", "天然气")
    assert gas.ncv.value_text == "389.310"
    assert gas.oxidation_factor is None
    with pytest.raises(FactorNotFound, match="碳氧化率"), speaking("zh"):
        gas.require("oxidation_factor")


def test_a_table_without_oxidation_factors_gives_none_of_them():
    gas = LIB.fuel("gbt32151.10-2023", "天然气")
    assert gas.require("carbon_content").value_text == "0.0153"
    with pytest.raises(FactorNotFound):
        gas.require("oxidation_factor")


def test_a_process_value_with_a_range_only_is_refused_with_the_range():
    with pytest.raises(FactorNotFound) as caught:
        LIB.process("cement", "kiln_noncarbon", "ndrc2013-cement")
    assert "0.001–0.003" in caught.value.why_zh


def test_differing_guidelines_must_be_named():
    with pytest.raises(FactorNotFound) as caught:
        LIB.process("steel_process", "dolomite")
    assert {"0.471 tCO2/t @ ndrc2013-steel", "0.476 tCO2/t @ mee2025-steel"} == set(caught.value.nearest)


def test_a_gwp_the_report_does_not_give():
    with pytest.raises(FactorNotFound) as caught:
        LIB.gwp("NF3", "SAR")
    assert "AR4: 17200" in caught.value.nearest


def test_describe_fuel_speaks_both_languages():
    fuel = LIB.fuel(OTHER, "无烟煤")
    with speaking("zh"):
        chinese = [dict((zh, value) for zh, _, value in block) for block in describe_fuel(fuel)]
    with speaking("en"):
        english = [dict((en, value) for _, en, value in block) for block in describe_fuel(fuel)]
    assert [block["数值"] for block in chinese] == ["24.515", "0.02749", "0.94"]
    assert english[0]["status"] == "seen in a published verification report"
    assert english[0]["document number"] == "发改办气候〔2015〕1722号"
