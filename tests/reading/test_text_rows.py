"""Tables whose rows stand on lines, cells parted by one blank: lists, calculations, results, series, recomputations."""

from __future__ import annotations

import pytest

from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.documents import text_document


def read(*lines: str) -> Document:
    return text_document("\n".join(lines).encode(), "报告.txt")


def tables(*lines: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in read(*lines).blocks if isinstance(block, Table)]


def words(*lines: str) -> list[str]:
    return [block.text for block in read(*lines).blocks if isinstance(block, Paragraph)]


SOURCES = ("表 3-1 排放源识别表", "序号 排放类别 温室气体 能源/物料 设备设施 位置 核算情况")


def test_a_list_of_sources_keeps_gas_and_fuel_apart() -> None:
    (rows,) = tables(*SOURCES, "1 燃料燃烧 CO2 天然气 退火炉 一车间 已核算", "2 净购入电力 CO2电力 全厂设备 / 已核算")
    assert rows[1] == ["1", "燃料燃烧", "CO2", "天然气", "退火炉", "一车间", "已核算"]
    assert rows[2] == ["2", "净购入电力", "CO2", "电力", "全厂设备", "/", "已核算"]


def test_cells_wrapped_below_a_row_go_to_the_column_whose_lines_they_fill() -> None:
    (rows,) = tables(
        *SOURCES,
        "1 燃料燃烧 CO2 柴油 叉车 厂区 已核算",
        "2 净购入热力 CO2 热力", "烘干室、清洗槽、", "蒸煮锅", "/", "未纳入核算：蒸汽由隔", "壁公司免费供给",
        "3.2 核算方法的核查",
    )  # fmt: skip
    assert rows[2] == ["2", "净购入热力", "CO2", "热力", "烘干室、清洗槽、蒸煮锅", "/", "未纳入核算：蒸汽由隔壁公司免费供给"]


def test_cells_wrapped_around_a_row_are_put_together_and_running_text_below_is_none_of_them() -> None:
    (rows,) = tables(
        *SOURCES,
        "退火炉、加热炉、回", "1 燃料燃烧 CO2 天然气 / 已核算", "火炉",
        "2 燃料燃烧 CO2 柴油 叉车 / 已核算",
        "未纳入核算：没有外购", "3 净购入热力 CO2 热力 / /", "蒸汽",
        "核查组巡视了全部车间，没有发现别的排放源。",
    )  # fmt: skip
    assert rows[1] == ["1", "燃料燃烧", "CO2", "天然气", "退火炉、加热炉、回火炉", "/", "已核算"]
    assert rows[3] == ["3", "净购入热力", "CO2", "热力", "/", "/", "未纳入核算：没有外购蒸汽"]


def test_documents_are_numbered_by_codes_and_years_part_no_title() -> None:
    (rows,) = tables("附件 支持性文件清单", "序号 文件名称", "D01 营业执照", "D02 2023 年 1—12 月购电发票（12 份，全部）", "D03 设备台账")
    assert rows == [["序号", "文件名称"], ["D01", "营业执照"], ["D02", "2023年1—12月购电发票（12份，全部）"], ["D03", "设备台账"]]


def test_meters_without_numbers_and_a_header_cell_wrapped_below_the_others() -> None:
    (meters,) = tables("表 3-2 计量器具表", "编号 器具名称 数量 规格型号 精度 位置 校核频次", "/ 电能表 2 / 0.5S 级 配电室 8 年一次", "/ 汽车衡 1 / III 大门 /")
    assert meters[1:] == [["/", "电能表", "2", "/", "0.5S级", "配电室", "8年一次"], ["/", "汽车衡", "1", "/", "III", "大门", "/"]]
    (team,) = tables("表 2-1 核查组成员表", "序号 姓名 职务 核查工作分工", "是否参加现场", "核查", "1 王小明 组长 / 是", "2 李小红 组员 文件评审 否")
    assert team == [["序号", "姓名", "职务", "核查工作分工", "是否参加现场核查"], ["1", "王小明", "组长", "/", "是"], ["2", "李小红", "组员", "文件评审", "否"]]


def test_people_named_by_their_posts_stay_in_their_columns() -> None:
    (rows,) = tables(
        "表 2-3 访谈记录表", "时间 核查组人员 受访人员 部门/职务 内容",
        "2024 年 5 月 8 日", "核查组长、核查组员", "甲", "能源部负责人、仓", "库管理员", "能源部", "能源台账和计量器具的", "检定",
        "2024 年 5 月 9 日 核查组长 财务部会计 财务部 结算单和发票",
    )  # fmt: skip
    assert rows[1] == ["2024年5月8日", "核查组长、核查组员甲", "能源部负责人、仓库管理员", "能源部", "能源台账和计量器具的检定"]
    assert rows[2] == ["2024年5月9日", "核查组长", "财务部会计", "财务部", "结算单和发票"]


@pytest.mark.parametrize("row", ["2 一车间", "2 0.5 0.6 0.7 0.8"])
def test_a_list_with_a_row_that_fits_no_columns_stays_text(row: str) -> None:
    assert tables("表 3-3 主要用能设备表", "序号 设备名称 规格型号 能源品种 数量", "1 空压机 GA-37 电力 2", row) == []


def test_a_calculation_under_a_wrapped_header_with_a_unit_that_measures_nothing() -> None:
    (rows,) = tables(
        "表 4-1 燃料燃烧排放计算表", "化石燃料消费", "量", "低位发热量", "单位热值含碳", "量", "碳氧化率 排放量",
        "/ GJ/t tC/GJ / tCO2", "品种", "A B C D E=A*B*C*D*44/12", "柴油 无数据 43.33 0.0202 0.98 无数据", "合计 0.00",
    )  # fmt: skip
    assert rows[0] == ["品种", "化石燃料消费量", "低位发热量", "单位热值含碳量", "碳氧化率", "排放量"]
    assert rows[3:] == [["柴油", "无数据", "43.33", "0.0202", "0.98", "无数据"], ["合计", "", "", "", "", "0.00"]]


def test_a_calculation_whose_year_stands_once_and_whose_subscripts_stand_apart() -> None:
    (rows,) = tables(
        "表 4-1 燃料燃烧排放计算表", "", "年份 燃料品种 消耗量 低位发热量 单位热值含碳量 碳氧化率 排放量", "t GJ/t tC/GJ % tCO ₂",
        "A B C D E=A*B*C*D/100*44/12", "2023 烟煤 10 20 0.026 93 17.73", "柴油 1 43 0.02 98 3.09",
    )  # fmt: skip
    assert rows[1] == ["", "", "t", "GJ/t", "tC/GJ", "%", "tCO₂"]
    assert rows[3:] == [["2023", "烟煤", "10", "20", "0.026", "93", "17.73"], ["", "柴油", "1", "43", "0.02", "98", "3.09"]]


def test_a_calculation_whose_columns_are_named_with_letter_and_unit_on_one_line() -> None:
    head = "年度 物质种类 燃料消耗量 A (t) 含碳量 B (tC/t) 碳氧化率 C(%) 排放量 D=A×B×C×44/12 (tCO ₂)"
    (rows,) = tables("表 4-1 燃料燃烧排放量", "", head, "2023 柴油 2.50 0.87 98 7.82", "汽油 1.00 0.81 98 2.91")
    assert rows[0][1:4] == ["物质种类", "燃料消耗量 A (t)", "含碳量 B (tC/t)"]
    assert rows[1:] == [["2023", "柴油", "2.50", "0.87", "98", "7.82"], ["", "汽油", "1.00", "0.81", "98", "2.91"]]


PARAMETER = ("表 3-5 对柴油含碳量的核查", "数据项 柴油的含碳量（实测）", "（CCi）", "年度 填报值 核查值 差异", "数值", "2023 0.86 未采用 /", "单位 tC/t", "数据来源 检测报告", "监测方法 不涉及", "核查结论 符合要求")  # fmt: skip


def test_a_value_that_was_not_used_is_no_verified_value() -> None:
    (rows,) = tables(*PARAMETER)
    assert rows[0][:2] == ["数据项", "柴油的含碳量（实测）（CCi）"]
    assert rows[1:3] == [["数值", "年度", "填报值", "核查值", "差异"], ["", "2023", "0.86", "未采用", "/"]]


def test_a_series_by_reading_dates_is_a_table_and_sections_with_figures_are_none() -> None:
    (rows,) = tables("表 3-6 抄表周期数据", "时段 生产统计（m3） 核查确认值（m3）", "1.1-1.20 35 35", "1.21-2.20 41 41", "2.21-3.20 38 38", "合计 / 114")
    assert rows[1] == ["1.1-1.20", "35", "35"] and rows[-1] == ["合计", "/", "114"]
    assert tables("目的与范围", "1.1 目的 5", "1.2 范围 6", "1.3 准则 7") == []


RESULTS = ("化石燃料燃烧排放 1.00 1.00 / /", "净购入电力排放 2.00 2.00 2.00 /", "企业温室气体排放总量 3.00 3.00 3.00 /")


def test_a_result_table_under_a_header_in_pieces_is_read_and_without_one_it_is_not() -> None:
    head = ("排放类别", "温室气体本身质", "量（t）", "CO2当量（tCO2e）", "填报值", "（tCO2e）", "备注")
    (rows,) = tables("表 4-3 排放量汇总表", *head, *RESULTS)
    assert rows[0] == ["排放类别", "温室气体本身质量（t）", "CO2当量（tCO2e）", "填报值（tCO2e）", "备注"]
    assert rows[1] == ["化石燃料燃烧排放", "1.00", "1.00", "/", "/"]
    assert tables("排放汇总", "（不含间接排放）", *RESULTS) == []


def test_a_recomputation_with_wrapped_arithmetic() -> None:
    (rows,) = tables(
        "表 5-1 复算对照表", "项目 代入数值的算式 填报值 复算值 核查值 复算结论 原因",
        "柴油燃烧", "2.50 × 0.87 × 0.98", "× 44 ÷ 12", "7.82 7.8155 7.82 完全复现 /",
        "外购电力 100 × 0.57 57.00 57 57.00 完全复现 /",
    )  # fmt: skip
    assert rows[1] == ["柴油燃烧", "2.50 × 0.87 × 0.98 × 44 ÷ 12", "7.82", "7.8155", "7.82", "完全复现", "/"]
    assert rows[2][:4] == ["外购电力", "100 × 0.57", "57.00", "57"]


def test_subscripts_on_lines_of_their_own_return_to_their_formulas_and_figures_stay() -> None:
    said = words("燃料燃烧产生的CO排放", "2", "废水处理产生的CH排放", "4", "外购电力产生的CO排放", "2", "经核查，数据可信。")
    assert "".join(said) == "燃料燃烧产生的CO2排放废水处理产生的CH4排放外购电力产生的CO2排放经核查，数据可信。"
    assert "".join(words("核查组共有人数", "2", "其余从略")) == "核查组共有人数2其余从略"


def test_a_closing_mark_on_a_line_of_its_own_ends_the_sentence_above_but_no_heading() -> None:
    assert words("依据《燃料核算指南（试行）", "》", "的规定计算", "。") == ["依据《燃料核算指南（试行）》", "的规定计算。"]
    headed = read("3.4 数据的核查", "：下列数据。")
    assert isinstance(headed.blocks[0], Heading) and headed.blocks[0].text == "数据的核查"
