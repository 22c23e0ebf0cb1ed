"""Tables of a text: pages rejoined, broken cells mended, captions, merged cells, remains of markup."""

from __future__ import annotations

from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.documents import dump, text_document


def _read(said: str) -> Document:
    return text_document(said.encode(), "报告.txt")


def _tables(said: str) -> list[tuple[str, list[list[str]]]]:
    blocks = _read(said).blocks
    return [(b.caption, [[c.text for c in row] for row in b.rows]) for b in blocks if isinstance(b, Table)]


def _table(said: str) -> list[list[str]]:
    (table,) = _tables(said)
    return table[1]


def test_a_cell_cut_by_the_page_end_is_one_cell_with_both_lines() -> None:
    said = "单位\ttCO2/MWh\n数据来源\t主管部门公布的最新年度全国电力平均二氧化碳排放因子数据，取华\n\n\t北区域的数值\n监测方法\t不涉及\n"
    (table,) = [b for b in _read(said).blocks if isinstance(b, Table)]
    cell = table.rows[1][1]
    assert cell.text.endswith("取华北区域的数值")
    assert cell.place_at(0).line == 2
    assert cell.place_at(cell.text.index("北区域")).line == 4
    assert [row[0].text for row in table.rows] == ["单位", "数据来源", "监测方法"]


def test_a_cell_that_goes_on_without_tabs_is_one_cell() -> None:
    rows = _table("记录频次\t每班\n交叉核对\t与结算单核对，\n二者一致。\n核查结论\t真实。\n")
    assert rows == [["记录频次", "每班"], ["交叉核对", "与结算单核对，二者一致。"], ["核查结论", "真实。"]]


def test_a_row_broken_inside_a_middle_cell_is_one_row() -> None:
    head = "序号\t设备\t型号\t数量\n1\t锅炉\tSZL10\t2\n"
    assert _table(head + "2\t空压机\t螺杆式\n双级\t3\n3\t叉车\tCPC30\t5\n")[2] == [
        "2",
        "空压机",
        "螺杆式双级",
        "3",
    ]


def test_monthly_tables_of_two_pages_are_one_and_the_printed_header_comes_once() -> None:
    first = "\n".join(f"{m} 月\t{m}0.5" for m in range(1, 8))
    second = "\n".join(f"{m} 月\t{m}0.5" for m in range(8, 13))
    document = _read(
        f"表 3-9 月度用水\n\n月份\t2021 年\n{first}\n\n- 9 -\n\n月份\t2021 年\n{second}\n合计\t783.0\n"
    )
    (table,) = document.blocks
    assert isinstance(table, Table) and len(table.rows) == 14
    assert ("repeated header", 14) in [(why, place.line) for place, why in document.furniture]


def test_two_monthly_tables_in_a_row_stay_two() -> None:
    one = "月份\t2021 年\n" + "\n".join(f"{m} 月\t{m}.5" for m in range(1, 13))
    assert [len(rows) for _, rows in _tables(f"{one}\n\n{one}\n")] == [13, 13]


def test_two_parameter_tables_in_a_row_stay_two() -> None:
    one = "数据值\t7.1\n数据项\t柴油消耗量\n单位\tt\n核查结论\t可信。"
    two = one.replace("柴油消耗量", "汽油消耗量")
    assert [rows[1][1] for _, rows in _tables(f"{one}\n\n{two}\n")] == ["柴油消耗量", "汽油消耗量"]


def test_a_table_marked_continued_joins_the_one_before() -> None:
    said = "表 3-2 设备\n\n序号\t设备\n1\t锅炉\n2\t磨机\n\n续表 3-2\n\n序号\t设备\n3\t风机\n"
    assert _tables(said) == [("表 3-2 设备", [["序号", "设备"], ["1", "锅炉"], ["2", "磨机"], ["3", "风机"]])]


def test_captions_stand_above_below_with_a_unit_or_without_number() -> None:
    rows = "年度\t产量\n2021\t5\n2022\t7"
    assert _tables(f"表 2-1 产量\n单位：万吨\n\n{rows}\n")[0][0] == "表 2-1 产量 单位：万吨"
    assert _tables(f"见下表。\n\n{rows}\n\n表 2-1 产量\n\n以上。\n")[0][0] == "表 2-1 产量"
    assert _tables(f"近两年产量汇总\n\n{rows}\n")[0][0] == "近两年产量汇总"
    assert _tables(f"产量如下：\n\n{rows}\n")[0][0] == ""


def test_total_that_lost_its_merged_cells_has_its_figure_under_the_last_column() -> None:
    said = "年份\t品种\tA\tB\t排放量\n2021\t煤\t1.5\t2\t3.00\n\t油\t0.5\t2\t1.00\n\n\t合计\t4.00\n--\t---\t----\n"
    assert _table(said)[-1] == ["", "合计", "", "", "4.00"]


def test_a_row_that_lost_its_merged_first_cell_moves_under_its_columns() -> None:
    said = (
        "年份\t碳流\t数量\t含碳量\t排放\n2021\t\tt\ttC/t\ttCO2\n\t原料\t10.5\t0.6\t23.1\n"
        "\t辅料\t2.5\t0.4\t3.7\n产品\t3.5\t0.3\t3.9\t\n"
    )
    assert _table(said)[-1] == ["", "产品", "3.5", "0.3", "3.9"]


def test_html_spans_are_kept_and_entities_boxes_and_inline_tags_undone() -> None:
    said = (
        '<html><body><table><tr><td rowspan="2">CO<sub>2</sub></td><td colspan=3>a&lt;b &amp; c</td></tr>'
        '<tr><td><input checked="" type="checkbox"/>是 <input type="checkbox"/>否</td><td><u>甲</u></td>'
        "<td><ul><li>一</li><li>二</li></ul></td></tr></table></body></html>\n"
    )
    (table,) = _read(said).blocks
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [["CO2", "a<b & c"], ["☑是 ☐否", "甲", "一 二"]]
    assert (table.rows[0][0].rowspan, table.rows[0][1].colspan) == (2, 3)


def test_html_rows_without_their_table_and_tables_never_closed_are_read() -> None:
    assert _table("<tr><td>甲</td><td>1</td></tr>\n<tr><td>乙</td><td>2</td></tr>\n\n完。\n") == [
        ["甲", "1"],
        ["乙", "2"],
    ]
    blocks = _read("<table><tr><td>甲</td><td>1</td></tr>\n\n\n\n\n后面的段落仍是段落。\n").blocks
    assert [type(b).__name__ for b in blocks] == ["Table", "Paragraph"]


def test_words_around_an_html_table_on_its_line_are_paragraphs() -> None:
    blocks = _read("前文。<table><tr><td>1</td><td>2</td></tr></table>后文。\n").blocks
    assert [type(b).__name__ for b in blocks] == ["Paragraph", "Table", "Paragraph"]
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == ["前文。", "后文。"]


def test_figures_with_one_blank_between_are_a_table() -> None:
    said = (
        "月份 2021 年\n" + "\n".join(f"{m} 月 {m}00.25 {m}.5" for m in range(1, 13)) + "\n合计 7803.00 39.0\n"
    )
    rows = _table(said)
    assert (
        rows[1] == ["1 月", "100.25", "1.5"] and rows[-1] == ["合计", "7803.00", "39.0"] and len(rows) == 14
    )


def test_cross_check_inside_a_form_of_single_lines_keeps_its_small_table() -> None:
    said = (
        "数据值\n2021 年\n120.50\n数据项\n木屑消耗量\n单位\nt\n数据来源\n《生产台账》\n交叉核对\n1) 两份台账全部核查。\n年份\n"
        "《生产台账》\n《采购台账》\n核查结果\n2021\n120.50\n119.00\n120.50\n二者相差 1.2%，为库存变化所致。\n核查结论\n可信。\n"
    )
    rows = _table(said)
    assert rows[0] == ["数据值", "2021 年", "120.50", "", ""]
    assert rows[5] == ["", "年份", "《生产台账》", "《采购台账》", "核查结果"]
    assert rows[6] == ["", "2021", "120.50", "119.00", "120.50"]
    assert rows[7][1].startswith("二者相差") and rows[8][:2] == ["核查结论", "可信。"]


def test_single_lines_with_a_year_first_are_rows_with_their_units() -> None:
    said = "表 3-7 电力排放\n年份\n设施\n消耗电力\n排放因子\n排放量\nMWh\ntCO2/MWh\ntCO2\n2021\n一车间\n100.5\n0.6\n60.30\n"
    assert _tables(said) == [
        (
            "表 3-7 电力排放",
            [
                ["年份", "设施", "消耗电力", "排放因子", "排放量"],
                ["", "", "MWh", "tCO2/MWh", "tCO2"],
                ["2021", "一车间", "100.5", "0.6", "60.30"],
            ],
        )
    ]


def test_dump_shows_every_block_with_its_line() -> None:
    shown = dump(_read("1 概述\n\n某段。\n\n表 1-1 甲\n\n序号\t名\n1\t乙\n"))
    assert (
        ":1 # [1] 概述" in shown
        and ":3 某段。" in shown
        and "表 2×2 表 1-1 甲" in shown
        and "| 1 | 乙" in shown
    )
