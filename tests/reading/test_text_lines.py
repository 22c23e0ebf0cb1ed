"""Tables whose cells each stand on a line (一格一行): put together by what they say, however their rows were broken."""

from __future__ import annotations

import pytest

from tanhe.reading.blocks import Table
from tanhe.reading.documents import text_document


def tables(said: str) -> list[list[list[str]]]:
    blocks = text_document(said.strip("\n").encode(), "报告.txt").blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]


def lines(*cells: str) -> str:
    return "\n".join(cells)


TEAM = ["姓名", "职务", "核查工作分工", "方某甲", "核查组长", "统筹安排、编写报告", "戴某乙", "核查员", "核对凭证与台账"]


def test_a_list_without_running_numbers_is_laid_by_what_its_columns_mean() -> None:
    found = tables("表 2-1 核查组成员\n\n" + lines(*TEAM) + "\n\n上述人员与受核查方没有利害关系，也没有为其做过咨询。\n")
    assert found == [[TEAM[:3], TEAM[3:6], TEAM[6:]]]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_merged_date_that_stands_once_leaves_its_cell_empty_below(between: str) -> None:
    cells = ["时间", "姓名", "部门/职位", "访谈内容", "2024 年 4 月 2 日", "顾某丙", "综合部", "企业概况、组织结构和厂区范围",
             "史某丁", "设备部", "计量器具的使用与检定情况，抄表和汇总的过程"]
    (table,) = tables("表 2-3 访谈记录\n\n" + between.join(cells) + "\n")
    assert table == [cells[:4], cells[4:8], ["", *cells[8:]]]


def test_a_header_printed_again_after_a_page_end_is_no_row() -> None:
    head = ["序号", "设备名称", "型号", "台数", "能源种类"]
    rows = [["1", "回转炉", "HZ-20", "1", "天然气"], ["2", "风机", "FJ-3", "4", "电力"], ["3", "水泵", "SB-7", "2", "电力"]]
    (table,) = tables("表 3-1 主要用能设备\n\n" + lines(*head, *rows[0], *rows[1], *head, *rows[2]) + "\n")
    assert [row[0] for row in table if row[0].isdigit()] == ["1", "2", "3"] and rows[2] in table and len(table) == 4


def test_counts_that_look_like_running_numbers_stay_in_their_column() -> None:
    head = ["序号", "设备名称", "台数", "设备位置"]
    rows = [["1", "磨机", "2", "一车间"], ["2", "筛机", "3", "一车间"], ["3", "窑炉", "4", "二车间"], ["4", "除尘器", "5", "二车间"]]
    (table,) = tables("表 3-1 设备\n\n" + lines(*head, *(c for row in rows for c in row)) + "\n")
    assert table == [head, *rows]


def test_running_numbers_with_letters_begin_rows_and_models_do_not() -> None:
    head = ["编号", "器具名称", "规格型号", "数量", "安装位置"]
    rows = [["DB-01", "电能表", "DTS341", "1", "配电室"], ["DB-02", "电能表", "DTS341", "2", "车间"], ["QL-01", "流量计", "LUGB", "1", "调压站"]]
    (table,) = tables("表 3-2 计量器具表\n\n" + lines(*head, "精度", *(c for row in rows for c in [*row, "1.0 级"])) + "\n")
    assert table == [[*head, "精度"], *([*row, "1.0 级"] for row in rows)]


def test_a_wrapped_header_cell_is_one_column() -> None:
    cells = ["序号", "姓名", "职务", "核查工作", "分工内容", "1", "方某甲", "组长", "统筹安排、编写报告", "2", "戴某乙", "组员", "核对凭证"]
    (table,) = tables("表 2-1 核查组成员\n\n" + lines(*cells) + "\n")
    assert table[0] == ["序号", "姓名", "职务", "核查工作分工内容"] and table[2] == ["2", "戴某乙", "组员", "核对凭证"]


def test_the_supplementary_form_keeps_items_values_and_requirements_apart() -> None:
    cells = ["补充数据", "数值", "计算方法或填写要求", "一号生产线", "1 二氧化碳排放量（tCO2）", "512.30", "1.1 与 1.2 之和",
             "1.1 消耗电力对应的排放量（tCO2）", "400.10", "电量乘以因子", "1.1.1 消耗电量（MWh）", "655.90", "电表读数",
             "1.2 消耗热力对应的排放量（tCO2）", "112.20", "热量乘以因子", "2 产品产量（t）", "18000", "生产月报",
             "全部生产线合计", "3 二氧化碳排放总量（tCO2）", "512.30", "各线之和"]
    (table,) = tables("1 概述\n\n1.1 核查目的\n\n3 核查发现\n\n3.4 补充数据的核查\n\n表 4-1 补充数据表\n\n" + lines(*cells) + "\n")
    assert [row[1].split(" ")[0] for row in table[1:]] == ["1", "1.1", "1.1.1", "1.2", "2", "3"]
    assert table[1] == cells[3:7] and table[2] == ["", *cells[7:10]] and table[-1] == cells[-4:]


def test_carbon_in_and_out_has_two_headers_in_one_table() -> None:
    cells = ["年份", "碳输入/碳输出", "排放量", "输入物", "消耗量", "含碳量", "碳输入量", "2022", "t", "tC/t", "tCO2", "tCO2", "A1", "B1",
             "C1=A1*B1*44/12", "D=C1-C2", "石油焦", "100.00", "0.9000", "330.00", "220.00", "输出物", "输出量", "含碳量", "碳输出量", "t",
             "tC/t", "tCO2", "A2", "B2", "C2=A2*B2*44/12", "电极", "40.00", "0.7500", "110.00"]
    (table,) = tables("表 3-9 原材料消耗的排放\n\n" + lines(*cells) + "\n")
    assert ["", "石油焦", "100.00", "0.9000", "330.00", "220.00"] in table and ["", "电极", "40.00", "0.7500", "110.00", ""] in table
    assert ["", "", "A2", "B2", "C2=A2*B2*44/12", ""] in table


def test_figures_of_a_row_with_a_lost_cell_stand_under_those_of_their_size() -> None:
    cells = ["年度", "总资产", "产值", "利润", "负债率", "人数", "2023 年", "5100", "4800", "210", "36%", "62", "2022 年", "4900", "4700", "34%", "60"]
    (table,) = tables("表 3-5 经营情况\n\n" + lines(*cells) + "\n")
    assert table[-1] == ["2022 年", "4900", "4700", "", "34%", "60"]


def test_a_small_table_inside_a_parameter_table_keeps_its_rows() -> None:
    cells = ["数据值", "2022 年", "712.40", "数据项", "烟煤消耗量", "单位", "t", "数据来源", "《煤耗台账》", "监测方法", "皮带秤", "交叉核对", "1）全年核对。", "年份",
             "《煤耗台账》", "《结算单》", "核查结果", "2022", "712.40", "710.00", "712.40", "两者相差 0.34%，核查组认可。", "核查结论", "数据可信。"]
    (table,) = tables("表 3-1 对烟煤消耗量的核查\n\n" + lines(*cells) + "\n")
    assert ["", "年份", "《煤耗台账》", "《结算单》", "核查结果"] in table and ["", "2022", "712.40", "710.00", "712.40"] in table
    assert table[-1][:2] == ["核查结论", "数据可信。"]


def test_contents_whose_numbers_stand_on_their_own_lines_are_no_text() -> None:
    said = "目 录\n\n1\n概述\n1\n1.1\n核查目的\n1\n2\n核查发现\n3\n\n1 概述\n\n1.1 核查目的\n\n核查组按委托核查排放报告。\n\n2 核查发现\n\n没有发现。\n"
    document = text_document(said.encode(), "x")
    assert [why for _, why in document.furniture].count("contents") == 10
