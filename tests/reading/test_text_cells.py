"""Tables with every cell on a line of its own: columns printed out of order, broken formulas, lists torn to pieces."""

from __future__ import annotations

import pytest

from tanhe.dossier.places import Place
from tanhe.reading.assemble.filed import agrees
from tanhe.reading.assemble.lines import Line, Lines
from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.claims import Results, Said
from tanhe.reading.documents import text_document
from tanhe.reading.understand import understand
from tanhe.reading.understand.arithmetic import unsigned_formula


def read(*cells: str, apart: bool = True) -> Document:
    return text_document(("\n\n" if apart else "\n").join(cells).encode(), "报告.txt")


def tables(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in document.blocks if isinstance(block, Table)]


def words(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


HEADLESS = (
    "表 4-1 排放量汇总表", "气体质量（t）", "CO2当量（tCO2e）", "填报值（tCO2e）",
    "化石燃料燃烧排放", "81.50", "81.50", "81.50", "/", "废水处理排放", "种类", "0.00", "0.00", "/", "/",
    "52.20", "52.20", "52.20", "/", "排放总量（不包括净购入电力）", "81.50", "/", "/",
)  # fmt: skip


def test_a_result_table_without_its_first_header_word_keeps_its_columns() -> None:
    (rows,) = tables(read(*HEADLESS, "净购入电力排放", "以上数值取自企业的能源统计报表，与财务账核对一致。"))
    assert rows == [
        ["种类", "气体质量（t）", "CO2当量（tCO2e）", "填报值（tCO2e）", ""],
        ["化石燃料燃烧排放", "81.50", "81.50", "81.50", "/"],
        ["废水处理排放", "0.00", "0.00", "/", "/"],
        ["净购入电力排放", "52.20", "52.20", "52.20", "/"],
        ["排放总量（不包括净购入电力）", "", "81.50", "/", "/"],
    ]


def test_two_labels_left_over_are_given_to_no_row() -> None:
    document = read(*HEADLESS, "净购入电力排放", "净购入热力排放", "以上数值取自企业的能源统计报表。")
    assert tables(document)[0][3] == ["", "52.20", "52.20", "52.20", "/"]


TORN = ("表 4-2 购入电力排放计算表", "购入电量", "外供电量", "排放因子", "排放量", "MWh", "MWh", "tCO2/MWh", "tCO2", "A", "B", "C", "D=(A-B)*C")


def test_a_calculated_row_whose_label_and_result_came_below_is_whole() -> None:
    (rows,) = tables(read(*TORN, "120.5", "20.5", "0.5", "品种", "市电", "50.00", "合计", "50.00"))
    assert rows[0][0] == "品种"
    assert rows[3:] == [["市电", "120.5", "20.5", "0.5", "50.00"], ["合计", "", "", "", "50.00"]]


def test_a_figure_that_the_formula_does_not_give_completes_no_row() -> None:
    document = read(*TORN, "120.5", "20.5", "0.5", "品种", "市电", "61.00", "合计", "61.00")
    assert not any(row[-1:] == ["61.00"] and len(row) == 5 for rows in tables(document) for row in rows)


def test_labels_printed_among_the_names_of_columns_head_their_rows() -> None:
    cells = ("表 4-3 燃料燃烧计算表", "消费量", "低位发热量", "品种", "无烟煤", "排放量", "t", "GJ/t", "tCO2", "A", "B", "C=A*B", "10.0", "2.00", "20.00")
    (rows,) = tables(read(*cells, "3.0", "4.00", "12.00", "焦炭", "合计", "32.00"))
    assert rows[0] == ["品种", "消费量", "低位发热量", "排放量"]
    assert rows[3:] == [["无烟煤", "10.0", "2.00", "20.00"], ["焦炭", "3.0", "4.00", "12.00"], ["合计", "", "", "32.00"]]


def test_the_label_below_the_figures_of_the_only_row_is_its_label() -> None:
    (rows,) = tables(read(*TORN, "120.5", "20.5", "0.5", "50.00", "品种", "市电"))
    assert rows[3] == ["市电", "120.5", "20.5", "0.5", "50.00"]


@pytest.mark.parametrize("broken", [("C=A*B*44", "/12"), ("C=A*", "B*44/12"), ("C=A*B*44/", "12")])
def test_a_formula_broken_over_lines_is_one_cell(broken: tuple[str, str]) -> None:
    cells = ("表 4-4 工艺排放计算表", "原料", "投入量", "含碳量", "排放量", "t", "tC/t", "tCO2", "A", "B", *broken, "石墨", "3.0", "0.9", "9.90")
    (rows,) = tables(read(*cells, apart=False))
    assert rows[2][-1].replace(" ", "") == "".join(broken)
    assert rows[3] == ["石墨", "3.0", "0.9", "9.90"]


def test_a_unit_broken_inside_its_bracket_is_one_cell() -> None:
    cells = ("表 4-5 排放量汇总表", "排放源", "排放量(tCO2", "e)", "化石燃料燃烧", "3.50", "净购入电力", "8.50", "合计", "12.00")
    (rows,) = tables(read(*cells, apart=False))
    assert [said.replace(" ", "") for said in rows[0]] == ["排放源", "排放量(tCO2e)"]


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("E A B C D 100 44 12", ("E", "A*B*C*D/100*44/12")), ("D (A-B) C", ("D", "(A-B)*C")), ("C1 A1 B1 44 12", ("C1", "A1*B1*44/12")),
        ("A1*B1*44/12", ("C1", "A1*B1*44/12")), ("C1-C2", ("D", "C1-C2")), ("A B", None), ("DL T 448", None), ("GJ/T", None), ("44/12", None),
        ("E=A*B", None), ("A B C", None),
    ],
)  # fmt: skip
def test_formulas_that_lost_signs_are_read(said: str, formula: tuple[str, str] | None) -> None:
    assert unsigned_formula(said) == formula


def test_a_table_whose_formula_lost_its_signs_is_calculated() -> None:
    cells = ("表 4-6 购入电力排放计算表", "种类", "购入量", "外供量", "排放因子", "排放量", "MWh", "MWh", "tCO2/MWh", "tCO2", "A", "B", "C")
    found = understand(read("3 数据核查", *cells, "D (A-B) C", "市电", "120.5", "20.5", "0.5", "50.00", apart=False)).claims
    assert [(c.formula, c.note) for c in found if type(c).__name__ == "Calculation"] == [("D=(A-B)*C", "")]


def test_values_over_a_year_belong_to_the_label_of_values() -> None:
    cells = ("数据项", "数值", "单位", "无烟煤低位发热量", "年度", "填报值", "核查值", "差异", "2021", "/", "20.304", "/", "GJ/t")
    (rows,) = tables(read("表 5-1 对低位发热量的核查", *cells, "数据来源", "煤质化验单", "核查结论", "与化验单一致。"))
    assert [row for row in rows if row[0]] == [
        ["数值", "年度", "填报值", "核查值", "差异"], ["数据项", "无烟煤低位发热量", "", "", ""], ["单位", "GJ/t", "", "", ""],
        ["数据来源", "煤质化验单", "", "", ""], ["核查结论", "与化验单一致。", "", "", ""],
    ]  # fmt: skip
    assert ["", "2021", "/", "20.304", "/"] in rows


VISITS = ("表 2-2 现场核查安排", "时间", "核查工作", "地点", "内容")


def test_a_list_whose_columns_were_printed_into_each_other_stays_text() -> None:
    torn = ("首次会议：说明来意和\n工作计划，核对文件\n2021 年 3 月 4 日\n清单和人员", "办公楼二层\n会议室", "介绍本次工作；商定\n资料清单和时间\n节能办\n以及各部门的配合")
    document = read(*VISITS, *torn)
    assert tables(document) == []
    assert any("说明来意和" in said for said in words(document))


def test_the_same_list_in_whole_cells_is_read() -> None:
    rows = tables(read(*VISITS, "2021 年 3 月 4 日", "首次会议：说明来意", "办公楼会议室", "介绍本次工作；商定资料清单。"))
    assert rows[0][1] == ["2021 年 3 月 4 日", "首次会议：说明来意", "办公楼会议室", "介绍本次工作；商定资料清单。"]


def test_a_list_with_words_of_its_header_among_its_rows_stays_text() -> None:
    head = ("表 3-3 计量器具", "序号", "计量器具名称", "型号", "安装位置", "检定周期")
    rows = ["1", "汽车衡", "SCS-80", "煤场", "每年一次", "2", "电能表", "0.5S", "配电房", "每 8 年"]
    assert tables(read(*head, *rows))[0][1:] == [rows[:5], rows[5:]]
    rows[3] = "准确度等级"
    assert tables(read(*head, *rows)) == []


def test_labels_among_figures_are_no_result_table() -> None:
    cells = ("表 4-7 排放量汇总表", "类别", "排放量（tCO2）", "填报值（tCO2）", "备注", "化石燃料燃烧排放", "5.00", "5.00", "/")
    document = read(*cells, "排放总量（不包括净购入电力）", "排放总量（包括净购入电力）", "7.00", "12.00")
    assert not any("12.00" in row for rows in tables(document) for row in rows)


def test_more_figures_than_columns_behind_a_label_are_no_row_of_results() -> None:
    figures = ("0.00", "0.00", "38.40", "0.00", "0.00", "0.00", "38.40", "0.00")
    cells = ("表 4-8 温室气体排放量汇总表", "净购入电力排放", "净购入热力排放", *figures, "企业排放总量（不包括净购入电力和热力）", "3.82", "/", "38.40", "/")
    assert not [c for c in understand(read("4 核查结论", *cells)).claims if isinstance(c, Results)]


def test_what_a_subscript_had_cut_in_two_is_one_line() -> None:
    said = "本年度排放 9.10 tCO\n2\n核算边界内的 CO\n2\n排放量如下\n单位为 tCO\n2\n/MWh 的因子\n来自公告\n"
    document = text_document(said.encode(), "报告.txt")
    shown = "\n".join(words(document))
    assert "CO2排放量如下" in shown and "tCO2/MWh 的因子" in shown


def _line(source: str, item: str, figure: str) -> Line:
    place = Place("报告.txt", 3)
    return Line(source, source, Said(item, place), None, None, {}, Said(figure, place), "", "4")


def _table(*rows: tuple[str, str | None]) -> Results:
    place = Place("报告.txt", 9)
    own = tuple(None if figure is None else Said(figure, place) for _, figure in rows)
    lines = tuple((Said(label, place), (Said("9.99", place),)) for label, _ in rows)
    return Results(lines, None, None, place, "4", "汇总表", "entity", own)


@pytest.mark.parametrize(
    ("filed", "agree"),
    [
        ((("化石燃料燃烧", "7.50"), ("净购入电力和热力", "2.00"), ("废水", None)), True),
        ((("化石燃料燃烧", "7.40"), ("净购入电力", "2.00")), False),
        ((("化石燃料燃烧", "7.50"), ("净购入电力", None)), False),
        ((("净购入电力", "2.00"),), False),
    ],
)
def test_filed_figures_count_when_they_are_the_sums_of_the_lines(filed: tuple[tuple[str, str | None], ...], agree: bool) -> None:
    lines = Lines([_line("combustion", "煤", "5.00"), _line("combustion", "油", "2.50"), _line("electricity", "市电", "2.00")])
    assert agrees(lines, [_table(*filed)]) is agree
