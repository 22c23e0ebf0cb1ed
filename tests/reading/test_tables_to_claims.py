"""Tables of a report become parameters, months, calculations and results, whatever their layout."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.dossier.places import Place
from tanhe.quantity.numbers import parse
from tanhe.reading.blocks import Block, Cell, Document, Heading, Paragraph, Table
from tanhe.reading.claims import Calculation, Factor, Monthly, Parameter, Results
from tanhe.reading.understand import arithmetic, calculation, monthly, parameters, results

LAYOUTS = ("tabs", "pipes", "lines")


def document(text: str, layout: str = "tabs") -> Document:
    """A document of ``# heading`` lines, ``表 …`` captions, rows with `` | `` between cells, and paragraphs."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    caption = ""

    def close() -> None:
        nonlocal caption
        if rows:
            blocks.append(Table(caption, tuple(rows), rows[0][0].place))
            rows.clear()
            caption = ""

    for n, line in enumerate(text.strip().split("\n"), 1):
        place = Place("报告.txt", n)
        if "|" in line:
            cells = [c.strip() for c in line.split("|")]
            if layout == "lines":
                blocks += [Paragraph(caption, place)] if caption else []
                caption = ""
                blocks += [Paragraph(c, place) for c in cells if c]
            else:
                rows.append(tuple(Cell(c, place) for c in cells))
                if layout == "pipes" and len(rows) == 1:
                    rows.append(tuple(Cell("---", place) for _ in cells))
            continue
        close()
        line = line.strip()
        if line.startswith("#"):
            number, _, words = line[1:].strip().partition(" ")
            blocks.append(Heading(number.count(".") + 1, number, words, place))
        elif line.startswith("表"):
            caption = line
        elif line:
            blocks.append(Paragraph(line, place))
    close()
    return Document("text", "报告.txt", "", tuple(blocks), ())


COAL = """
# 3.4.1 活动水平数据的核查
表 3-4 对锅炉煤消耗量的核查
数据值 | 2021 年 | 1250.00 |
数据项 | 锅炉煤消耗量 ||
单位 | t ||
数据来源 | 《煤耗台账》 ||
监测方法 | 地磅 ||
监测频次 | 每车 ||
记录频次 | 每日 ||
监测设备校验 | 每年一次 ||
数据缺失处理 | 无缺失 ||
交叉核对 | 两份记录全部查看 ||
 | 年份 | 《煤耗台账》 | 《购煤发票》 | 核查结果
 | 2021 | 1250.00 | 1200.00 | 1250.00
 | 《购煤发票》与《煤耗台账》相差 4.17%，因年末存煤增加。 ||
核查结论 | 数据可信 ||
"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_eleven_rows_are_read_in_every_layout(layout: str) -> None:
    (found,) = parameters.claims(document(COAL, layout))
    assert isinstance(found, Parameter)
    assert (found.item.text, found.kind, found.year) == ("锅炉煤消耗量", "activity", 2021)
    assert found.verified is not None and found.verified.text == "1250.00"
    assert found.unit is not None and found.unit.text == "t"
    assert found.rows["calibration"].text == "每年一次"
    assert found.rows["frequency"].text == "每车" and found.rows["record_frequency"].text == "每日"
    assert found.rows["conclusion"].text == "数据可信"
    (check,) = found.cross_checks
    assert (check["source"].text, check["value"].text, check["deviation"].text) == (
        "《购煤发票》",
        "1200.00",
        "4.17%",
    )
    assert "年末存煤" in check["explanation"].text


def test_every_part_has_its_own_line() -> None:
    (found,) = parameters.claims(document(COAL))
    assert isinstance(found, Parameter) and found.verified is not None
    assert (found.verified.place.line, found.item.place.line, found.rows["gaps"].place.line) == (3, 4, 11)
    assert found.cross_checks[0]["value"].place.line == 14


def test_reported_and_verified_in_one_cell_and_in_two() -> None:
    one = document("""
# 3.4.1 活动数据
数据名称 | 电力
数值 | 填报数据：310.50 核查数据：305.20
单位 | MWh
填报数据来源 | 电费单
交叉核对 | （1）核对了《电费发票》，合计为 305.20MWh。
核查结论 | 修改填报值
""")
    two = document("""
# 3.4.2 排放因子
参数名称 | 电力的排放因子 |
数值 | 填报数据 (tCO₂/MWh) | 核查数据 (tCO₂/MWh)
 | 0.6 | 0.5703
数据来源 | 全国因子公告 |
核查结论 | 修改 |
""")
    (power,) = parameters.claims(one)
    assert isinstance(power, Parameter) and power.reported and power.verified
    assert (power.reported.text, power.verified.text, power.rows["source"].text) == (
        "310.50",
        "305.20",
        "电费单",
    )
    assert power.cross_checks[0]["source"].text == "《电费发票》"
    (factor,) = parameters.claims(two)
    assert isinstance(factor, Parameter) and factor.reported and factor.verified and factor.unit
    assert (factor.kind, factor.reported.text, factor.verified.text) == ("factor", "0.6", "0.5703")
    assert factor.unit.text == "tCO2/MWh"


def test_swapped_rows_of_two_parameters_are_told_by_where_the_numbers_stand() -> None:
    carbon, oxidation = parameters.claims(
        document("""
# 3.4.2 排放因子和计算系数的核查
表 3-9 锅炉煤单位热值含碳量和碳氧化率核查表
数据值 | 单位热值含碳量 | 碳氧化率
数据项 | 0.0262 | 92%
单位 | tC/GJ | /
数据来源 | 缺省值 |
核查结论 | 符合 |
""")
    )
    assert isinstance(carbon, Parameter) and isinstance(oxidation, Parameter)
    assert carbon.verified and oxidation.verified and carbon.unit and oxidation.unit
    assert (carbon.name, carbon.verified.text, carbon.unit.text) == (
        "锅炉煤单位热值含碳量",
        "0.0262",
        "tC/GJ",
    )
    assert (oxidation.name, oxidation.verified.text, oxidation.symbol) == ("锅炉煤碳氧化率", "92%", "OF")
    assert carbon.rows["source"].text == oxidation.rows["source"].text == "缺省值"


def test_a_name_that_is_only_the_quantity_takes_its_subject_from_the_line_above() -> None:
    (found,) = parameters.claims(
        document("""
# 3.4.2.1 化石燃料的排放因子
2) 汽油的碳氧化率
年份 | 2022
核查报告值 | 98
数据项 | 碳氧化率 (OF_i)
单位 | %
数据来源 | 缺省值
核查结论 | 符合
""")
    )
    assert isinstance(found, Parameter) and found.verified
    assert (found.item.text, found.symbol, found.name, found.year) == (
        "碳氧化率",
        "OF_i",
        "汽油的碳氧化率",
        2022,
    )
    assert found.verified.text == "98"


def test_a_value_in_parts_keeps_the_parts_and_their_sum() -> None:
    (found,) = parameters.claims(
        document("""
# 3.4.1 活动水平数据
数据值 | 2021 年 | 点火 | 车辆 | 合计
 | | 3.20 | 5.10 | 8.30
数据项 | 柴油消耗量
单位 | t
交叉核对 | 年份 | 《加油记录》-车辆 | 《领料单》-点火 | 核查结果
 | 2021 | 5.10 | 3.20 | 8.30
核查结论 | 可信
""")
    )
    assert isinstance(found, Parameter) and found.verified
    assert [(name, said.text) for name, said in found.parts] == [
        ("点火", "3.20"),
        ("车辆", "5.10"),
        ("合计", "8.30"),
    ]
    assert found.verified.text == "8.30" and found.cross_checks == ()


def test_steam_and_worked_figures_inside_a_source_are_claims_of_their_own() -> None:
    found = parameters.claims(
        document("""
# 3.4.4 补充数据
表 3-20 对车间热力消耗量的核查
数据值 | 2021 年 | 2800.00 |
数据项 | 车间热力消耗量 ||
单位 | GJ ||
数据来源 | 蒸汽状态如下，锅炉供热量为 9100.50 GJ： ||
 | 温度/°C | 压力/MPa | 焓值/kJ/kg
 | 300 | 1.0 | 3051.3
交叉核对 | 年份 | 《蒸汽台账》-蒸汽消耗量 (t) | 核查结果 (t)
 | 2021 | 943.50 | 943.50
核查结论 | 可信 ||
""")
    )
    by_name = {p.name: p for p in found if isinstance(p, Parameter)}
    heat, steam, mass = by_name["车间热力消耗量"], by_name["蒸汽焓值"], by_name["蒸汽消耗量"]
    assert heat.verified and heat.verified.text == "2800.00" and heat.cross_checks == ()
    assert [(n, s.text) for n, s in steam.parts] == [("温度", "300"), ("压力", "1.0"), ("焓值", "3051.3")]
    assert steam.unit and steam.unit.text == "kJ/kg"
    assert mass.verified and mass.unit and (mass.verified.text, mass.unit.text) == ("943.50", "t")
    assert [(f.name.text, f.value.text, f.unit) for f in found if isinstance(f, Factor)] == [
        ("锅炉供热量", "9100.50", "GJ")
    ]


def test_the_operands_of_a_worked_product_are_factors_and_a_different_result_is_kept() -> None:
    found = parameters.claims(
        document("""
# 3.4.2 排放因子
年份 | 2022
核查报告值 | 0.90
数据项 | 汽油的含碳量(CC_i)
单位 | tC/t
数据来源 | 汽油的含碳量=低位发热量×单位热值含碳量，低位发热量为化验单数据。汽油的含碳量=44.8×0.0189=0.84672 tC/t
核查结论 | 符合
""")
    )
    factors = {f.name.text: f for f in found if isinstance(f, Factor)}
    assert factors["汽油低位发热量"].value.text == "44.8"
    assert (
        factors["汽油低位发热量"].cited is not None and factors["汽油低位发热量"].cited.text == "化验单数据"
    )
    assert factors["汽油单位热值含碳量"].value.text == "0.0189"
    assert (factors["汽油的含碳量"].value.text, factors["汽油的含碳量"].unit) == ("0.84672", "tC/t")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_row_per_parameter_is_read_by_its_columns(layout: str) -> None:
    (found,) = parameters.claims(
        document(
            """
表 3-28 对补充数据表排放因子的核查
排放因子和计算系数 | 数值 | 核查结果
电力排放因子 (tCO₂/MWh) | 0.6101 | 与缺省值一致
""",
            layout,
        )
    )
    assert isinstance(found, Parameter) and found.verified and found.unit
    assert (found.item.text, found.verified.text, found.unit.text) == ("电力排放因子", "0.6101", "tCO2/MWh")
    assert found.rows["conclusion"].text == "与缺省值一致"


def test_a_form_broken_by_a_page_goes_on_in_the_next_table() -> None:
    head, tail = COAL.strip().split("监测频次")
    (found,) = parameters.claims(document(head + "\n\n监测频次" + tail))
    assert isinstance(found, Parameter) and found.rows["conclusion"].text == "数据可信"
    assert len(found.cross_checks) == 1


MONTHS = """
表 3-5 经核查的月度柴油消耗量 (t)
月份 | 2021 年 ||
 | 点火 | 车用 | 合计
1 月 | 0.10 | 1.00 | 1.10
2 月 | 0.20 | / | 0.20
3 月 | 0.30 | 3.00 | 3.30
合计 | 0.60 | 4.00 | 4.60
"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_months_with_columns_and_totals(layout: str) -> None:
    (found,) = monthly.claims(document(MONTHS, layout))
    assert isinstance(found, Monthly)
    assert found.columns == (("点火", "t"), ("车用", "t"), ("合计", "t"))
    assert [p.text for p, _ in found.rows] == ["1 月", "2 月", "3 月"]
    assert [None if v is None else v.text for v in found.rows[1][1]] == ["0.20", None, "0.20"]
    assert [t.text for t in found.totals if t] == ["0.60", "4.00", "4.60"]


def test_a_continued_table_is_one_and_what_stands_below_the_total_is_a_factor() -> None:
    claims = monthly.claims(
        document("""
表 3-18 经核查的原料煤的含碳量 (tC/t)
月份 | 2021 年 |
 | 原料煤消耗量（t） | 低位发热值
1 月 | 10.00 | 24.10
2 月 | 20.00 | 24.20

月份 | 2021 年 |
3 月 | 30.00 | 24.30
合计/加权 | 60.00 | 24.23
单位热值含碳量 (tC/GJ) | 0.0262
""")
    )
    found, factor = claims
    assert isinstance(found, Monthly) and isinstance(factor, Factor)
    assert found.columns == (("原料煤消耗量", "t"), ("低位发热值", ""))
    assert [v[0].text for _, v in found.rows if v[0]] == ["10.00", "20.00", "30.00"]
    assert (factor.name.text, factor.value.text, factor.unit) == ("原料煤单位热值含碳量", "0.0262", "tC/GJ")


def test_months_across_side_by_side_and_billing_periods() -> None:
    across, beside, bills = monthly.claims(
        document("""
# 3.4 数据
表 1 用电量（MWh）
月份 | 1月 | 2月 | 3月 | 合计
办公楼用电量 | 1.1 | 2.2 | 3.3 | 6.6
表 2 月度用水量（t）
月份 | 数值 | 月份 | 数值
1月 | 5.0 | 3月 | 7.0
2月 | 6.0 | 4月 | 8.0
合计 | 26.0 | |
表 3 购电量
抄表周期 | 电量（kWh）
12.21-1.20 | 1,000
1.21-2.20 | 2,000
2.21-3.20 | 3,000
合计 | 6,000
""")
    )
    assert isinstance(across, Monthly) and isinstance(beside, Monthly) and isinstance(bills, Monthly)
    assert across.columns == (("办公楼用电量", "MWh"),)
    assert [v[0].text for _, v in across.rows if v[0]] == ["1.1", "2.2", "3.3"]
    assert [(p.text, v[0].text) for p, v in beside.rows if v[0]] == [
        ("1月", "5.0"),
        ("2月", "6.0"),
        ("3月", "7.0"),
        ("4月", "8.0"),
    ]
    assert beside.totals[0] is not None and beside.totals[0].text == "26.0"
    assert bills.columns == (("电量", "kWh"),) and bills.rows[0][0].text == "12.21-1.20"


def test_a_schedule_is_no_monthly_table() -> None:
    text = "时间 | 工作\n3月12日 | 启动\n3月14日 | 现场\n3月18日 | 总结\n"
    assert monthly.claims(document(text)) == ()


COMBUSTION = """
# 3.4.3 排放量的核查
表 3-21 化石燃料排放量计算表
年份 | 燃料品种 | 消耗量 | 低位发热量 | 单位热值含碳量 | 碳氧化率 | 排放量
 | | t | GJ/t | tC/GJ | % | tCO₂
 | | A | B | C | D | {formula}
2021 | 烟煤 | 1250.00 | 22.00 | 0.0262 | 92 | {coal}
 | 柴油 | 8.30 | 43.330 | 0.0202 | 98 | {diesel}
 | 合计 ||||| {total}
"""


def burnt(amount: str, ncv: str, carbon: str, percent: str) -> Fraction:
    product = Fraction(amount) * Fraction(ncv) * Fraction(carbon)
    return product * Fraction(percent) / 100 * 44 / 12


def combustion(formula: str) -> str:
    coal, diesel = burnt("1250.00", "22.00", "0.0262", "92"), burnt("8.30", "43.330", "0.0202", "98")
    shown = [f"{round(x * 100)}" for x in (coal, diesel, coal + diesel)]
    cents = [f"{s[:-2]}.{s[-2:]}" for s in shown]
    return COMBUSTION.format(formula=formula, coal=cents[0], diesel=cents[1], total=cents[2])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_calculation_table_with_letters(layout: str) -> None:
    (found,) = calculation.claims(document(combustion("E=A*B*C*D/100*44/12"), layout))
    assert isinstance(found, Calculation)
    assert (found.formula, found.note) == ("E=A*B*C*D/100*44/12", "")
    assert [r.item.text for r in found.rows] == ["烟煤", "柴油"]
    header = [(name, unit, said.text) for name, unit, said in found.rows[1].inputs]
    assert header[0] == ("消耗量", "t", "8.30") and header[2] == ("单位热值含碳量", "tC/GJ", "0.0202")
    assert Fraction(found.rows[0].result.text) == Fraction("2430.49")
    assert found.total is not None and Fraction(found.total.text) == Fraction("2430.49") + Fraction(
        found.rows[1].result.text
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("garbled", ["E=ABCD/10044/12", "E=A_B_C*D", "E="])
def test_a_garbled_formula_is_inferred_from_the_figures_and_that_is_said(garbled: str, layout: str) -> None:
    if garbled == "E=" and layout == "lines":
        garbled = "E=A"
    (found,) = calculation.claims(document(combustion(garbled), layout))
    assert isinstance(found, Calculation)
    assert "A*B*C*D/100*44/12" in found.formula + found.note and found.note


def test_names_units_letters_and_formula_in_one_header_cell() -> None:
    (found,) = calculation.claims(
        document("""
# 3.4.3 排放量
表 3-2 净购入电力的排放量
年度 | 净购入电力消耗量 A (MWh) | 排放因子 B (tCO₂/MWh) | 排放量 $C=A \\times B$ (tCO₂)
2022 | 100.00 | 0.5703 | 57.03
""")
    )
    assert isinstance(found, Calculation)
    assert (found.formula, found.note) == ("C=A*B", "")
    (row,) = found.rows
    assert [(n, u, s.text) for n, u, s in row.inputs] == [
        ("净购入电力消耗量", "MWh", "100.00"), ("排放因子", "tCO2/MWh", "0.5703")
    ]  # fmt: skip
    assert (row.item.text, row.result.text) == ("净购入电力消耗量", "57.03")


def test_a_name_that_a_page_end_cut_goes_on_in_the_row_of_units() -> None:
    text = """
表 3-2 净购入电力排放量计算表
类型 | 净购入量 | CO2 排放 | 排放量
 | (MWh) | 因子(tCO2/MWh) | (tCO2)
电力 | A | B | C=A*B
 | 2000.00 | 0.5703 | 1140.60
"""
    (found,) = calculation.claims(document(text))
    assert isinstance(found, Calculation)
    ((_, *inputs),) = [(row.item, *((name.replace(" ", ""), unit) for name, unit, _ in row.inputs)) for row in found.rows]
    assert inputs == [("净购入量", "MWh"), ("CO2排放因子", "tCO2/MWh")]


def test_a_carbon_balance_has_inputs_outputs_and_a_difference() -> None:
    (found,) = calculation.claims(
        document("""
# 3.4.3 排放量
表 3-22 原材料消耗产生的排放计算表
年份 | 碳输入/碳输出 | | | | 排放量
 | 输入物 | 消耗量 | 含碳量 | 碳输入排放量 |
2021 | | t | tC/t | tCO₂ | tCO₂
 | | A1 | B1 | C1=A1*B1*44/12 | D=C1-C2
 | 原料煤 | 300.00 | 0.6000 | 660.00 | 385.00
 | 输出物 | 输出量 | 含碳量 | 碳输出排放量 |
 | | t | tC/t | tCO₂ |
 | | A2 | B2 | C2=A2*B2*44/12 |
甲醇 | 200.00 | 0.375 | 275.00 |
""")
    )
    assert isinstance(found, Calculation)
    assert [(r.item.text, r.direction, r.result.text) for r in found.rows] == [
        ("原料煤", "in", "660.00"),
        ("甲醇", "out", "275.00"),
    ]
    assert [s.text for _, _, s in found.rows[1].inputs] == ["200.00", "0.375"]
    assert found.total is not None and found.total.text == "385.00"
    assert set(found.formula.split("; ")) == {"C1=A1*B1*44/12", "C2=A2*B2*44/12", "D=C1-C2"}


def test_a_formula_that_does_not_fit_its_figures_is_said_to_be_so() -> None:
    (found,) = calculation.claims(
        document("""
# 3.4.3 排放量
表 3-2 净购入电力的排放量
年度 | 净购入电力 | 排放因子 | 排放量
 | MWh | tCO₂/MWh | tCO₂
 | A | B | C=A+B
2022 | 100.00 | 0.5703 | 57.03
""")
    )
    assert isinstance(found, Calculation)
    assert found.formula == "C=A+B" and "C=A*B" in found.note


RESULTS = """
# 4.2 排放量声明
表 4-1 年度排放量
源类别 | | 排放量（t） | 温室气体排放量（tCO₂e）
化石燃料燃烧排放量 | | 2430.49 | 2430.49
CO₂ 回收利用量 | | / | /
净购入使用的电力隐含的排放 | | 57.03 | 57.03
企业温室气体排放总量（tCO₂e） | 不包括净购入电力和热力隐含的排放 | | 2430.49
 | 包括净购入电力和热力隐含的排放 | | 2487.52
"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_results_with_both_totals(layout: str) -> None:
    (found,) = results.claims(document(RESULTS, layout))
    assert isinstance(found, Results)
    assert found.excluding is not None and found.excluding.text == "2430.49"
    assert found.including is not None and found.including.text == "2487.52"
    assert [s.text for s in found.rows[0][1]] == ["2430.49", "2430.49"] and found.about == "entity"
    assert found.rows[1][1][0].text == "/"


def test_the_supplementary_form_and_its_declaration() -> None:
    form, declared = results.claims(
        document("""
# 3.4.4 补充数据的核查
表 3-34 温室气体排放报告补充数据表
补充数据 | | 数值 | 填写要求
车间 1 | 1 二氧化碳排放量（tCO₂） | 1656 | 1.1、1.2 之和
 | 1.1 能源作为原材料产生的排放量（tCO₂） | 1191 | 公式
 | 1.1.1 能源作为原材料的投入量（t） | 烟煤 *5 | 851
 | 1.2 消耗电力对应的排放量（tCO₂） | 465 | 公式
 | 1.2.1.2 自备电厂电量（MWh） | / |
表 4-2 补充数据表排放量声明
年份 | 设施 | 产品名称 | 产品产量（t） | 排放量（tCO₂）
2021 | 甲醇车间 | 甲醇 | 571.20 | 1656
 | 合计 | | 571.20 | 1656
""")
    )
    assert isinstance(form, Results) and isinstance(declared, Results)
    rows = {label.text.split()[0]: (label.text, said[0].text) for label, said in form.rows}
    assert rows["1.1.1"] == ("1.1.1 能源作为原材料的投入量（t） 烟煤", "851") and rows["1.2.1.2"][1] == "/"
    assert form.about == "form" and form.including is not None and form.including.text == "1656"
    assert (
        declared.about == "supplementary"
        and declared.including is not None
        and declared.including.text == "1656"
    )


def test_a_table_of_contents_is_no_result() -> None:
    text = "\n".join(f"3.{n} 化石燃料燃烧排放量的核查 | {10 + n}" for n in range(1, 7))
    assert results.claims(document("目录\n" + text)) == ()


def test_merged_cells_read_like_blank_ones() -> None:
    place = Place("报告.docx", page=3)
    rows = (
        (Cell("数据值", place), Cell("2021 年", place), Cell("7.00", place, colspan=2)),
        (Cell("数据项", place), Cell("汽油消耗量", place, colspan=3)),
        (Cell("单位", place), Cell("t", place, colspan=3)),
        (Cell("交叉核对", place, rowspan=3), Cell("两份记录", place, colspan=3)),
        (Cell("年份", place), Cell("《加油卡记录》", place), Cell("核查结果", place)),
        (Cell("2021", place), Cell("6.90", place), Cell("7.00", place)),
        (Cell("核查结论", place), Cell("可信", place, colspan=3)),
    )
    (found,) = parameters.claims(Document("docx", "报告.docx", "", (Table("", rows, place),), ()))
    assert isinstance(found, Parameter) and found.verified and found.verified.text == "7.00"
    assert [c["value"].text for c in found.cross_checks] == ["6.90"]
    assert found.rows["cross_check_note"].text == "两份记录"


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 9999)), min_size=1, max_size=4))
def test_a_product_with_44_12_is_always_recognised(pairs: list[tuple[int, int]]) -> None:
    rows = []
    for a, b in pairs:
        cents = round(Fraction(a * b, 10000) * Fraction(44, 12) * 100)
        text = f"{cents // 100}.{cents % 100:02d}"
        printed = [parse(f"{x // 100}.{x % 100:02d}") for x in (a, b)]
        rows.append((printed, parse(text)))
    found = arithmetic.product_form(rows)
    assert found is not None
    if min(a * b for a, b in pairs) > 10**6:
        assert found == "*44/12"


@given(st.text(alphabet="ABCD0123456789+-*/().= ", max_size=40))
def test_any_text_is_evaluated_or_refused(text: str) -> None:
    value = arithmetic.evaluate(text.replace(" ", ""), dict.fromkeys("ABCD", Fraction(2)))
    assert value is None or isinstance(value, Fraction)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_table_is_read_without_failing(rows: list[list[str]]) -> None:
    place = Place("x.txt", 1)
    labels = ["数据值", "数据项", "交叉核对", "月份", "1月", "排放量", "E=A*B"]
    cells = tuple(
        tuple(Cell(labels[len(t) % 7] if n == 0 else t, place) for n, t in enumerate(r)) for r in rows
    )
    doc = Document(
        "text", "x.txt", "", (Table("", cells, place), *(Paragraph(t, place) for r in rows for t in r)), ()
    )
    for part in (parameters, monthly, calculation, results):
        assert isinstance(part.claims(doc), tuple)


def test_a_result_table_run_into_one_row_of_a_form_is_still_read() -> None:
    cells = [c.strip() for line in RESULTS.strip().split("\n")[3:] for c in line.split("|") if c.strip()]
    form = "企业名称 | 某某公司 |\n核查结论 | 1. 符合性 | " + " | ".join(cells) + " | 3. 波动的说明 | 无\n"
    (found,) = results.claims(document(form))
    assert isinstance(found, Results)
    assert found.excluding is not None and found.excluding.text == "2430.49"
    assert found.including is not None and found.including.text == "2487.52"


def test_the_verified_column_is_taken_for_the_totals_and_remarks_are_left_out() -> None:
    (found,) = results.claims(
        document("""
# 4.2 排放量声明
排放类别 | CO2当量（tCO2e） | 填报值（tCO2e） | 备注
化石燃料燃烧排放 | 10.00 | 11.00 | /
净购入的电力排放 | 5.00 | 5.00 | /
企业温室气体排放总量（不包括净购入电力和热力） | 10.00 | / | /
企业温室气体排放总量（包括净购入电力和热力） | 15.00 | 16.00 | /
""")
    )
    assert isinstance(found, Results)
    assert found.excluding is not None and found.excluding.text == "10.00"
    assert found.including is not None and found.including.text == "15.00"
    assert found.columns == ("CO2当量（tCO2e）", "填报值（tCO2e）")


ACETYLENE = """
# 3.4.1 活动数据的核查
表 3.4-2 对乙炔使用量的核查
数据项 | 乙炔使用量（AD乙炔） | | |
数值 | 年度 | 填报值 | 核查值 | 差异
 | 2021 | 3.20 | 未采用 | /
单位 | t | | |
数据来源 | 《气瓶台账》 | | |
监测方法 | / | | |
监测频次 | / | | |
数据缺失处理 | 无数据 | | |
交叉核对 | 核对来源 | 对照值 | 偏差 | 说明
 | 采购发票 | 3.10 t | 填报 3.23%；复算 3.20% | /
 | 领用单 | 3.20 t | 复算 0.00% | 一致
核查结论 | 此处从缺 | | |
备注 | 按瓶计量 | | |
乙炔使用量由下式推算。
AD=3.60−0.40 (t)
# 3.4.2 其他
AD=1.00−0.40 (t)
"""


def test_dashes_and_sentences_of_absence_say_nothing_and_remarks_are_kept() -> None:
    (found,) = parameters.claims(document(ACETYLENE))
    assert isinstance(found, Parameter)
    assert set(found.rows) == {"source", "frequency", "note"}
    assert (found.rows["frequency"].text, found.rows["note"].text) == ("/", "按瓶计量")


def test_a_figure_not_taken_over_is_no_verified_one_and_the_index_of_a_symbol_is_set_off() -> None:
    (found,) = parameters.claims(document(ACETYLENE))
    assert isinstance(found, Parameter)
    assert found.apart and found.verified is None and found.reported is not None and found.reported.text == "3.20"
    assert (found.symbol, found.lettered) == ("AD_乙炔", "AD_乙炔")


def test_a_recomputed_deviation_is_no_printed_one() -> None:
    (found,) = parameters.claims(document(ACETYLENE))
    assert isinstance(found, Parameter)
    assert [c["deviation"].text if "deviation" in c else None for c in found.cross_checks] == ["3.23%", None]
    assert ["explanation" in c for c in found.cross_checks] == [False, True]


def test_the_equation_below_a_table_is_its_own() -> None:
    (found,) = parameters.claims(document(ACETYLENE))
    assert isinstance(found, Parameter) and found.equation is not None
    assert (found.equation.text, found.equation.place.line) == ("3.60-0.40", 17)


UPRIGHT = """
# 3.4.3 排放量
表 3.4-9 保护气排放计算表：二号车间
代号 | 参数 | 数值 | 单位
A | 期初库存量 | 0.40 | t
B | 购入量 | 2.10 | t
C | 期末库存量 | 0.50 | t
D=A+B-C | 排放量 | 2.00 | tCO2
"""


def test_a_calculation_that_stands_upright_is_one_row() -> None:
    document_ = document(UPRIGHT)
    (found,) = calculation.claims(document_)
    assert isinstance(found, Calculation) and found.formula == "D=A+B-C"
    (row,) = found.rows
    assert (row.item.text, row.result.text) == ("二号车间", "2.00")
    assert [(h, u, v.text) for h, u, v in row.inputs] == [("期初库存量", "t", "0.40"), ("购入量", "t", "2.10"), ("期末库存量", "t", "0.50")]
    assert parameters.claims(document_) == ()


def test_a_row_without_figures_says_so_and_a_flow_has_its_direction_in_a_column() -> None:
    (found,) = calculation.claims(document("""
表 3 原材料消耗排放计算表
品种 | 碳输入/输出 | 数量 | 含碳量 | 排放量
 | | t | tC/t | tCO2
 | | A | B | C=A*B*44/12
电石 | 输入（＋） | 100.00 | 0.314 | 115.13
乙炔 | 输出（－） | 20.00 | 0.923 | 67.69
焦炭 | 输入（＋） | 无数据 | 0.880 | 无数据
"""))
    assert isinstance(found, Calculation)
    assert [(r.item.text, r.direction, r.result.text) for r in found.rows] == [
        ("电石", "in", "115.13"), ("乙炔", "out", "67.69"), ("焦炭", "in", "无数据")]


def test_filed_figures_have_their_column_by_row_and_by_line() -> None:
    whole, lines = results.claims(document("""
表 1 排放量汇总表
排放类别 | CO2当量（tCO2e） | 填报值（tCO2e） | 备注
化石燃料燃烧排放 | 10.00（不完整） | 11.00 | 缺少：柴油
净购入的电力排放 | 5.00 | / | /
企业温室气体排放总量（包括净购入电力和热力） | 15.00 | 16.00 | /
表 2 填报值与核查值对照
项目 | 填报值 | 核查值 | 差异
化石燃料燃烧：天然气 | 11.00 | 10.00 | -1.00
净购入电力：电力 | / | 5.00 | /
"""))
    assert isinstance(whole, Results) and isinstance(lines, Results)
    assert [f.text if f else None for f in whole.filed] == ["11.00", None, "16.00"]
    assert whole.rows[0][1][0].text == "10.00"
    assert lines.about == "lines" and [f.text if f else None for f in lines.filed] == ["11.00", None]


def test_a_subtotal_told_in_a_sentence_is_a_result() -> None:
    (found,) = results.claims(document("# 3.3.2 过程排放\n企业工业生产过程排放实际量为 0。\n去年排放量较大。"))
    assert isinstance(found, Results) and found.section == "3.3.2"
    assert [(label.text, figures[0].text) for label, figures in found.rows] == [("工业生产过程", "0")]


def test_the_remark_below_a_monthly_table_belongs_to_it() -> None:
    rows = "\n".join(f"{n}月 | {n}0.5" for n in range(1, 13))
    (found,) = monthly.claims(document(f"表 5 2021年乙炔月度使用量\n月份 | 使用量（t）\n{rows}\n合计 | 786.0\n注：2月检修。\n另有说明。"))
    assert isinstance(found, Monthly) and found.note is not None and found.note.text == "2月检修"
