"""Claims become data, monthly tables and emission lines: an invented boiler house told by hand-made claims."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tanhe.dossier.places import Place
from tanhe.messages import TanheError
from tanhe.reading.assemble import assemble
from tanhe.reading.blocks import Cell, Document, Table
from tanhe.reading.claims import Calculation, CalculationRow, Fact, Listed, Monthly, Parameter, Results, Said

FILE = "核查报告.txt"
MONTHS = [("1月", "100.00", "22.10"), ("2月", "120.00", "22.50"), ("3月", "80.00", "21.90")]


def said(text: str, line: int = 1) -> Said:
    return Said(text, Place(FILE, line))


def document(*lines: str) -> Document:
    words = lines or ("某某热力有限公司 2022年度温室气体排放核查报告", "依据《工业其他行业企业温室气体排放核算方法与报告指南（试行）》")
    return Document("text", FILE, "0" * 64, (), tuple((Place(FILE, n), w) for n, w in enumerate(words, 1)))


def parameter(item, value, unit="", kind="activity", line=10, source="", caption="", **more) -> Parameter:
    rows = {"source": said(source, line)} if source else {}
    return Parameter(said(item, line), kind, unit=said(unit, line) if unit else None, verified=said(value, line) if value else None,
                     rows=rows, caption=caption or item, **more)


def row(item, result, *inputs, direction=None, line=50) -> CalculationRow:
    return CalculationRow(said(item, line), tuple((h, u, said(v, line)) for h, u, v in inputs), said(result, line), direction)


def calculation(title, *rows, total=None, section="3.4.3") -> Calculation:
    return Calculation(title, "", tuple(rows), said(total, 60) if total else None, Place(FILE, 49), section)


COAL = row("烟煤", "491.01", ("消耗量", "t", "300.00"), ("低位发热量", "GJ/t", "22.21"), ("单位热值含碳量", "tC/GJ", "0.0202"), ("碳氧化率", "%", "93"))
COAL_DATA = (
    parameter("烟煤消耗量", "300.00", "吨"),
    parameter("烟煤低位发热量", "22.21", "GJ/t", "factor", 11, "化验台账"),
    parameter("烟煤单位热值含碳量", "0.0202", "tC/GJ", "factor", 12, "《核算指南》缺省值"),
    parameter("烟煤碳氧化率", "93%", "/", "factor", 13, "《核算指南》缺省值"),
)
NAME = Fact(("entity", "name"), said("某某热力有限公司", 3))


def test_inputs_are_found_by_value_and_kind_and_places_are_those_of_the_report():
    made = assemble(document(), [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", COAL)])
    (line,) = made.tree["lines"]
    assert (line["id"], line["source"], line["fuel"], line["reported"]) == ("combustion/bituminous", "combustion", "bituminous", "491.01")
    data = made.tree["data"]
    assert {s: data[name]["item"] for s, name in line["inputs"].items()} == {
        "AD": "烟煤消耗量", "NCV": "烟煤低位发热量", "CC": "烟煤单位热值含碳量", "OF": "烟煤碳氧化率"}
    oxidation = line["inputs"]["OF"]
    assert (data[oxidation]["verified"], data[oxidation]["unit"]) == ("93%", "1")
    assert made.places[("lines", 0, "reported")].line == 50
    assert made.places[("data", oxidation, "verified")].line == 13


def test_one_printed_figure_is_both_reported_and_verified_and_two_stay_apart():
    both = Parameter(said("柴油消耗量"), "activity", unit=said("t"), reported=said("12.3", 20), verified=said("12.1", 21))
    data = assemble(document(), [NAME, parameter("汽油消耗量", "1.50", "t"), both]).tree["data"]
    assert (data["gasoline"]["reported"], data["gasoline"]["verified"]) == ("1.50", "1.50")
    assert (data["diesel"]["reported"], data["diesel"]["verified"]) == ("12.3", "12.1")


def test_defaults_are_claimed_for_the_fuel_of_the_line_and_only_where_the_source_says_so():
    data = assemble(document(), [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", COAL)]).tree["data"]
    assert data["bituminous-oxidation"]["library"] == {"table": "fuel", "fuel": "bituminous", "parameter": "oxidation_factor"}
    assert data["bituminous-carbon-per-heat"]["library"]["parameter"] == "carbon_content"
    assert "library" not in data["bituminous-ncv"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("《2011年和2012年中国区域电网平均二氧化碳排放因子》华东区域电网", {"area": "华东", "data_year": "2012", "scope": "regional6"}),
        ("生态环境部发布的2021年全国电力平均二氧化碳排放因子", {"area": "全国", "data_year": "2021", "scope": "national_average"}),
        ("《2018年温室气体排放报告补充数据表》中的缺省值", {"area": "全国", "data_year": "2015", "scope": "national_ets"}),
        ("供应商提供", None),
    ],
)
def test_the_title_of_an_electricity_factor_tells_area_scope_and_year(source, expected):
    data = assemble(document(), [NAME, parameter("电力排放因子", "0.6101", "tCO2/MWh", "factor", source=source)]).tree["data"]
    library = data["electricity-factor"].get("library")
    assert library == (None if expected is None else {"table": "electricity", **expected})


def test_a_carbon_content_per_tonne_cannot_multiply_a_gas_so_the_verified_column_takes_the_guidelines_defaults():
    gas = (
        parameter("天然气消耗量", "2.50", "万立方米"),
        parameter("天然气含碳量", "0.5800", "tC/t", "factor", 31),
        parameter("天然气碳氧化率", "99", "%", "factor", 32, "《核算指南》缺省值"),
    )
    burnt = row("天然气", "5.26", ("消耗量", "t", "2.50"), ("含碳量", "tC/t", "0.5800"), ("碳氧化率", "%", "99"))
    made = assemble(document(), [NAME, *gas, calculation("化石燃料燃烧", burnt)])
    (line,) = made.tree["lines"]
    assert line["as_reported"] == {"AD": "natural-gas", "CC": "natural-gas-carbon-content", "OF": "natural-gas-oxidation"}
    assert line["inputs"] == {"AD": "natural-gas", "NCV": "default", "CC": "default", "OF": "natural-gas-oxidation"}
    content = made.tree["data"]["natural-gas-carbon-content"]
    assert content["reported"] == "0.5800" and "verified" not in content
    assert made.tree["data"]["natural-gas"]["unit"] == "1e4Nm3"
    said_units = {(s["about"], s["value"]) for s in made.tree["statements"] if s["about"].startswith("unit")}
    assert said_units == {("unit.natural-gas", "t"), ("unit", "tC/t")}


def test_a_row_that_lacks_its_oxidation_factor_is_still_a_line():
    bare = row("烟煤", "491.01", ("消耗量", "t", "300.00"), ("低位发热量", "GJ/t", "22.21"), ("单位热值含碳量", "tC/GJ", "0.0202"))
    (line,) = assemble(document(), [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", bare)]).tree["lines"]
    assert set(line["inputs"]) == {"AD", "NCV", "CC"} and "as_reported" not in line


def test_purchased_and_exported_power_and_a_misprinted_unit():
    power = row("电力", "285.15", ("净购入量", "MWh", "500.00"), ("购入量", "MWh", "500.00"), ("外供量", "MWhJ", "0"), ("排放因子", "tCO2/MWh", "0.5703"))
    made = assemble(document(), [NAME, parameter("电力", "500.00", "MWh"), parameter("电力排放因子", "0.5703", "tCO2/MWh", "factor"),
                                 calculation("净购入电力排放", power)])
    (line,) = made.tree["lines"]
    assert line["id"] == "electricity/grid" and set(line["inputs"]) == {"AD_in", "AD_out", "EF"}
    exported = made.tree["data"][line["inputs"]["AD_out"]]
    assert (exported["unit"], exported["unit_printed"], exported["reported"]) == ("MWh", "MWhJ", "0")


def test_a_carbon_balance_keeps_its_directions_also_where_only_the_signs_tell():
    feed = row("原料煤", "220.00", ("消耗量", "t", "100.00"), ("含碳量", "tC/t", "0.6000"))
    product = row("甲醇", "55.00", ("产量", "t", "40.00"), ("含碳量", "tC/t", "0.375"))
    chemical = document("2022年度", "《中国化工生产企业温室气体排放核算方法与报告指南（试行）》")
    lines = assemble(chemical, [NAME, calculation("原材料消耗产生的排放", feed, product, total="165.00")]).tree["lines"]
    assert [(line["source"], line["direction"], line["reported"]) for line in lines] == [
        ("raw-material", "in", "220.00"), ("raw-material", "out", "55.00")]


def monthly(total: str | None, mean: str | None) -> Monthly:
    rows = tuple((said(m, 70 + n), (said(a, 70 + n), said(v, 70 + n))) for n, (m, a, v) in enumerate(MONTHS))
    return Monthly("月度烟煤消耗量与低位发热量", (("烟煤消耗量", "t"), ("低位发热量", "GJ/t")), rows,
                   (said(total, 74) if total else None, said(mean, 74) if mean else None), Place(FILE, 69))


def test_a_monthly_table_is_tied_to_the_data_whose_figures_are_its_total_and_weighted_mean():
    exact = sum(Fraction(a) * Fraction(v) for _, a, v in MONTHS) / sum(Fraction(a) for _, a, _ in MONTHS)
    assert round(exact, 2) == Fraction("22.21")  # the figure the claims print below
    made = assemble(document(), [NAME, *COAL_DATA, monthly("300.00", "22.21")])
    data = made.tree["data"]
    assert data["bituminous"]["series"] == "bituminous.amount"
    assert data["bituminous"]["derive"] == {"formula": "statistics.series_sum", "inputs": {"x": "bituminous.amount"}}
    assert data["bituminous-ncv"]["derive"] == {
        "formula": "statistics.weighted_mean", "inputs": {"x": "bituminous.ncv", "w": "bituminous.amount"}}
    columns = made.tree["tables"]["bituminous"]["columns"]
    assert columns["ncv"]["aggregate"] == "weighted-mean" and columns["ncv"]["weights"] == "amount"
    assert made.tables["tables/bituminous.csv"].splitlines() == ["period,amount,ncv", "1月,100.00,22.10", "2月,120.00,22.50", "3月,80.00,21.90"]
    assert [place.line for place in made.rows["tables/bituminous.csv"]] == [70, 71, 72]


def test_a_table_that_repeats_a_column_is_joined_to_the_first():
    rows = tuple((said(m), (said(a),)) for m, a, _ in MONTHS)
    first = Monthly("月度烟煤消耗量", (("烟煤消耗量", "t"),), rows, (said("300.00"),), Place(FILE, 40))
    made = assemble(document(), [NAME, *COAL_DATA, first, monthly("300.00", "22.21")])
    assert list(made.tree["tables"]) == ["bituminous"] and list(made.tree["tables"]["bituminous"]["columns"]) == ["amount", "ncv"]


def test_totals_stand_once_and_each_further_place_is_a_statement():
    def results(section, line, figure):
        return Results(((said("化石燃料燃烧排放", line), (said("491.01", line),)),), None, said(figure, line + 1), Place(FILE, line), section)

    made = assemble(document(), [NAME, results("4.2", 90, "776.20"), results("3.4.3", 80, "776.16")])
    assert made.tree["totals"] == {"including_purchased_energy": {"reported": "776.16"}}
    assert made.tree["subtotals"] == {"combustion": {"reported": "491.01"}}
    told = [(s["value"], made.places[("statements", n)].line) for n, s in enumerate(made.tree["statements"]) if s["about"] == "totals.including"]
    assert told == [("776.16", 81), ("776.20", 91)]


def test_what_has_no_home_is_listed_with_its_words_and_place():
    odd = row("某物", "12.00", ("数量", "", "3"), line=55)
    made = assemble(document(), [NAME, Fact(("entity", "colour"), said("蓝色", 5)), parameter("蒸汽", "", "t", line=33), calculation("不明", odd)])
    listed = {place.line: words for place, words in made.unplaced}
    assert "蓝色" in listed[5] and "蒸汽" in listed[33]
    assert made.tree["lines"][0]["source"] == "other" and "data" in made.tree


@pytest.mark.parametrize("lines", [("会议纪要", "讨论了 3 件事"), ("《工业其他行业企业温室气体排放核算方法与报告指南》", "没有年度")])
def test_a_text_without_guideline_or_year_is_no_report(lines):
    with pytest.raises(TanheError) as refused:
        assemble(document(*lines), [])
    assert FILE in str(refused.value) and "应为" in str(refused.value)


RESULT = Results(
    ((said("化石燃料燃烧排放", 70), (said("491.01", 70), said("500.00", 70))), (said("企业排放总量（包括净购入电力和热力）", 71), (said("491.01", 71), said("500.00", 71)))),
    None, said("491.01", 71), Place(FILE, 69), "3.4.3", filed=(said("500.00", 70), said("500.00", 71)),
)  # fmt: skip


def test_filed_totals_are_taken_only_with_the_filed_figures_of_the_lines():
    claims = [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", COAL), RESULT]
    alone = assemble(document(), claims).tree
    assert (alone["lines"][0]["reported"], alone["totals"]["including_purchased_energy"]["reported"]) == ("491.01", "491.01")
    by_line = Results(((said("化石燃料燃烧：烟煤", 80), (said("500.00", 80),)),), None, None, Place(FILE, 79), about="lines", filed=(said("500.00", 80),))
    both = assemble(document(), [*claims, by_line]).tree
    assert (both["lines"][0]["reported"], both["totals"]["including_purchased_energy"]["reported"]) == ("500.00", "500.00")
    assert both["subtotals"]["combustion"]["reported"] == "500.00"


def test_a_table_of_the_filed_calculation_is_the_reported_side_of_its_line():
    filed = row("烟煤", "700.00", ("消耗量", "t", "300.00"), ("含碳量", "tC/t", "0.70"), ("碳氧化率", "%", "93"))
    (line,) = assemble(document(), [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", COAL), calculation("化石燃料燃烧排放计算表（填报算法）", filed)]).tree["lines"]
    assert line["reported"] == "700.00"
    assert set(line["inputs"]) == {"AD", "NCV", "CC", "OF"} and set(line["as_reported"]) == {"AD", "CC", "OF"}


def test_a_line_without_figures_stays_a_line():
    lines = assemble(document(), [NAME, *COAL_DATA, calculation("化石燃料燃烧排放", COAL, row("柴油", "无数据", ("消耗量", "", "无数据"), ("低位发热量", "GJ/t", "42.652")))]).tree["lines"]
    assert [(x["fuel"], x.get("reported"), x["inputs"] != {}) for x in lines] == [("bituminous", "491.01", True), ("diesel", None, False)]


def test_evidence_is_named_by_its_printed_number():
    listed = [Listed("documents", {"title": said(t, n)}) for n, t in ((91, "地磅台账"), (92, "电费发票"))]
    cells = [tuple(Cell(w, Place(FILE, n)) for w in ws) for n, ws in ((91, ("E07", "地磅台账")), (92, ("E02", "电费发票")))]
    made = replace(document(), blocks=(Table("支持性文件清单", tuple(cells), Place(FILE, 90)),))
    data = assemble(made, [NAME, *listed, parameter("净购入电量", "12.0", "MWh", source="财务结算（E02；E07 地磅台账）")]).tree["data"]
    (datum,) = data.values()
    titles = {d["id"]: d["title"] for d in assemble(made, [NAME, *listed]).tree["documents"]}
    assert (datum["source"], [titles[i] for i in datum["documents"]]) == ("财务结算", ["电费发票", "地磅台账"])
