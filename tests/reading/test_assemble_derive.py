"""Derivations are found by arithmetic and claimed only when they close at the printed digits."""

from fractions import Fraction

import pytest

from tanhe.dossier.places import Place
from tanhe.quantity.exact import half_up
from tanhe.reading.assemble import assemble
from tanhe.reading.blocks import Document
from tanhe.reading.claims import Calculation, CalculationRow, Fact, Parameter, Said

FILE = "r.txt"
RATIO = Fraction(44, 12)


def said(text: str, line: int = 1) -> Said:
    return Said(text, Place(FILE, line))


def datum(item, value, unit, kind="factor", line=10, **rows) -> Parameter:
    return Parameter(said(item, line), kind, unit=said(unit, line), verified=said(value, line), caption=item,
                     rows={k: said(v, line) for k, v in rows.items()})


def made(*claims, chemical=False):
    basis = "《中国化工生产企业温室气体排放核算方法与报告指南》" if chemical else "《工业其他行业企业温室气体排放核算方法与报告指南》"
    lines = ((Place(FILE, 1), "2021年度"), (Place(FILE, 2), basis))
    return assemble(Document("text", FILE, "0" * 64, (), lines), [Fact(("entity", "name"), said("某某有限公司")), *claims]).tree["data"]


@pytest.mark.parametrize(("content", "closes"), [("0.6338", True), ("0.6339", False), ("0.63", True)])
def test_a_carbon_content_follows_from_calorific_value_and_carbon_per_heat(content, closes):
    assert (half_up(Fraction("24.21") * Fraction("0.02618"), len(content) - 2) == half_up(Fraction(content), len(content) - 2)) is closes
    data = made(datum("原料煤低位发热量", "24.21", "GJ/t"), datum("原料煤单位热值含碳量", "0.02618", "tC/GJ"), datum("原料煤含碳量", content, "tC/t"))
    derived = data["feed-coal-carbon-content"].get("derive")
    assert (derived is not None) is closes
    if closes:
        assert derived == {"formula": "combustion.carbon_content", "inputs": {"NCV": "feed-coal-ncv", "CC": "feed-coal-carbon-per-heat"}}


def test_a_product_written_in_the_source_gives_its_factors_as_data():
    data = made(datum("柴油的含碳量", "0.8753", "tC/t", source="平均低位发热量和单位热值含碳量均取自《核算指南》缺省值，43.330×0.0202=0.8753"))
    assert data["diesel-carbon-content"]["derive"]["inputs"] == {"NCV": "diesel-ncv", "CC": "diesel-carbon-per-heat"}
    assert (data["diesel-ncv"]["verified"], data["diesel-ncv"]["unit"]) == ("43.330", "GJ/t")
    assert data["diesel-carbon-per-heat"]["library"] == {"table": "fuel", "fuel": "diesel", "parameter": "carbon_content"}


def test_a_product_with_another_result_than_the_value_used_stands_beside_it():
    data = made(datum("天然气的含碳量", "0.3829", "tC/t", source="低位发热量为检测值，参照热值相近的无烟煤单位热值含碳量，25.03×0.0275=0.6883 tC/t"))
    used, stated = data["natural-gas-carbon-content"], data["natural-gas-carbon-content-2"]
    assert "derive" not in used and used["reported"] == "0.3829"
    assert stated["reported"] == "0.6883" and stated["derive"]["formula"] == "combustion.carbon_content" and "verified" not in stated


def test_heat_follows_from_steam_and_enthalpy_and_the_boilers_factor_from_figures_told_in_words():
    steam, enthalpy, coal, ignition = Fraction("2000.00"), Fraction("3300.0"), "800.00", Fraction("5.00")
    heat = half_up(steam * (enthalpy - Fraction("83.74")) / 1000, 2)
    oil = half_up(ignition * Fraction("43.330") * Fraction("0.0202") * Fraction("0.98") * RATIO, 2)
    whole = half_up(Fraction(coal) + Fraction(oil), 2)
    factor = half_up(Fraction(whole) / Fraction(heat), 4)
    words = (f"热力排放因子=锅炉排放量/供热量，其中燃煤排放量为 {coal} tCO₂，点火柴油的排放量为 {oil} tCO₂，锅炉二氧化碳排放量为 {whole} t。"
             f"供热蒸汽为 {steam.numerator}.00 t，计算得供热量为 {heat} GJ。")
    line = CalculationRow(said("烟煤"), (("消耗量", "t", said("400.00")),), said(coal))
    state = Parameter(said("蒸汽焓值", 22), "factor", unit=said("kJ/kg"), verified=said("3300.0", 22), caption="热力",
                      parts=(("温度", said("430")), ("压力", said("4.0")), ("焓值", said("3300.0"))))
    data = made(
        datum("点火柴油消耗量", "5.00", "t", "activity"), datum("柴油低位发热量", "43.330", "GJ/t"),
        datum("柴油单位热值含碳量", "0.0202", "tC/GJ"), datum("柴油碳氧化率", "98%", "/"), state,
        datum("热力排放因子", str(factor), "tCO2/GJ", source=words),
        Calculation("化石燃料燃烧排放", "", (line,), None, Place(FILE, 40), "3.4"), chemical=True,
    )
    by_item = {d["item"]: (name, d) for name, d in data.items()}
    formulas = {item: d.get("derive", {}).get("formula") for item, (_, d) in by_item.items()}
    assert formulas["热力排放因子"] == "supplementary.boiler_heat_factor"
    assert formulas["供热量"] == "heat.steam" and formulas["锅炉二氧化碳排放量"] == "statistics.sum_of_two"
    assert formulas["点火柴油的排放量"] == "combustion.heat_form"
    assert set(by_item["锅炉二氧化碳排放量"][1]["derive"]["inputs"].values()) == {"line:combustion/bituminous", by_item["点火柴油的排放量"][0]}
    assert by_item["蒸汽焓值"][1]["library"] == {"table": "steam", "temperature": "430", "pressure": "4.0", "method": "stated"}
    assert "燃煤排放量" not in by_item, "a line's own figure is no new datum"


def test_uses_of_one_fuel_add_up_to_the_whole():
    uses = Parameter(said("柴油消耗量", 30), "activity", unit=said("t"), verified=said("59.56", 30), caption="柴油消耗量",
                     parts=(("点火用油", said("18.74", 30)), ("车用", said("40.82", 30)), ("合计", said("59.56", 30))))
    data = made(uses)
    assert {d["verified"] for d in data.values()} == {"59.56", "18.74", "40.82"}
    assert data["diesel"]["derive"] == {"formula": "statistics.sum_of_two", "inputs": {"a": "ignition-diesel", "b": "vehicle-diesel"}}
