"""Tables of a PDF: ruled and unruled, merged cells, pages joined, wrapped cells, captions."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.documents import read
from tanhe.reading.documents.pdf_lines import seam

_SPEC = importlib.util.spec_from_file_location("pdf_sample", Path(__file__).with_name("pdf_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)


def made(folder: Path, body: str) -> Document:
    path = folder / "报告.pdf"
    path.write_bytes(x.pdf(body))
    return read(path)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def words(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


MERGED = """#table(columns: 3, table.cell(rowspan: 2)[月份], table.cell(colspan: 2)[烟煤], [数量（t）], [热值（GJ/t）],
[1 月], [3001.50], [22.160], table.cell(colspan: 2)[合计], [22.160])"""


def test_missing_borders_make_merged_cells(tmp_path: Path) -> None:
    (table,) = tables(made(tmp_path, MERGED))
    assert [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in table.rows] == [
        [("月份", 1, 2), ("烟煤", 2, 1)],
        [("数量（t）", 1, 1), ("热值（GJ/t）", 1, 1)],
        [("1 月", 1, 1), ("3001.50", 1, 1), ("22.160", 1, 1)],
        [("合计", 2, 1), ("22.160", 1, 1)],
    ]


def test_a_cell_knows_its_page_and_words(tmp_path: Path) -> None:
    cell = tables(made(tmp_path, "一。#pagebreak()" + MERGED))[0].rows[2][1]
    assert (cell.place.page, cell.place.quote, cell.confidence) == (2, "3001.50", None)


LONG = '#table(columns: 3, table.header[序号][电量（MWh）][备注], ..range(1, {n}).map(n => ([#n], [#(1000 + n).50], [/])).flatten())'


def test_a_table_over_several_pages_is_one_and_its_header_stands_once(tmp_path: Path) -> None:
    document = made(tmp_path, "#align(center)[*表 3-1 电量*]\n" + LONG.format(n=80))
    (table,) = tables(document)
    assert table.caption == "表 3-1 电量"
    assert words(table) == [["序号", "电量（MWh）", "备注"], *([str(n), f"{1000 + n}.50", "/"] for n in range(1, 80))]
    pages = [row[0].place.page for row in table.rows]
    assert pages == sorted(p for p in pages if p) and pages[-1] == 4


def test_a_header_that_does_not_come_again_costs_no_row(tmp_path: Path) -> None:
    (table,) = tables(made(tmp_path, LONG.format(n=60).replace("table.header[序号][电量（MWh）][备注]", "[序号], [电量], [备注]")))
    assert [row[0].text for row in table.rows] == ["序号", *map(str, range(1, 60))]


def test_a_row_cut_by_the_page_end_is_whole_again_and_knows_both_pages(tmp_path: Path) -> None:
    said = "核查组查阅能源台账并与发票核对，" * 30 + "数据可信。"
    body = f"#set page(height: 80mm)\n#table(columns: (20mm, 1fr), [项目], [说明], [核对], [{said}], [结论], [好])"
    (table,) = tables(made(tmp_path, body))
    assert words(table) == [["项目", "说明"], ["核对", said], ["结论", "好"]]
    cell = table.rows[1][1]
    assert cell.place.page == 1
    assert cell.place_at(len(said) - 1).page == cell.seams[-1][1].page
    assert cell.seams[0][1].page == 2


def test_two_tables_with_words_between_them_stay_two(tmp_path: Path) -> None:
    two = "#table(columns: 2, [a], [1], [b], [2])\n中间的文字。\n#table(columns: 2, [a], [1], [c], [3])"
    document = made(tmp_path, two)
    assert [type(block) for block in document.blocks] == [Table, Paragraph, Table]


def test_wrapped_words_and_codes_in_a_cell_are_whole(tmp_path: Path) -> None:
    body = (
        "#table(columns: (24mm, 24mm), [统一社会信用代码], [91370181MA \\ 3CGK8A8E], [核对来源], [财务部的增值税发票和结算单])"
    )
    assert words(tables(made(tmp_path, body))[0]) == [
        ["统一社会信用代码", "91370181MA3CGK8A8E"],
        ["核对来源", "财务部的增值税发票和结算单"],
    ]


def test_a_line_break_that_was_meant_leaves_a_blank(tmp_path: Path) -> None:
    body = "#table(columns: (60mm, 20mm), [甲项 \\ 乙项], [1], [丙], [2])"
    assert words(tables(made(tmp_path, body))[0])[0][0] == "甲项 乙项"


UNRULED = "#set table(stroke: none)\n#table(columns: (1fr, 1fr, 1fr), {rows})"


def test_a_table_without_lines_is_read_by_its_columns(tmp_path: Path) -> None:
    rows = "[品种], [消耗量], [单位], [柴油], [10.50], [t], [汽油], [3.25], [t], [天然气], [7.10], [万Nm3]"
    (table,) = tables(made(tmp_path, "前文。\n" + UNRULED.format(rows=rows) + "\n后文。"))
    assert words(table) == [
        ["品种", "消耗量", "单位"],
        ["柴油", "10.50", "t"],
        ["汽油", "3.25", "t"],
        ["天然气", "7.10", "万Nm3"],
    ]


def test_a_table_with_three_lines_only_is_a_table(tmp_path: Path) -> None:
    rows = "table.hline(), [月份], [电量], [热量], table.hline(), [1 月], [1.5], [20.1], [2 月], [2.5], [20.2], table.hline()"
    (table,) = tables(made(tmp_path, "#align(center)[*表 3-2 用量*]\n" + UNRULED.format(rows=rows)))
    assert table.caption == "表 3-2 用量"
    assert words(table)[1:] == [["1 月", "1.5", "20.1"], ["2 月", "2.5", "20.2"]]


def test_a_frame_and_the_axes_of_a_chart_are_no_tables(tmp_path: Path) -> None:
    frame = "#rect(width: 100%)[说明文字。]\n"
    lines = "".join(f"#place(dx: 5mm, dy: {n * 5}mm, line(length: 60mm))" for n in range(1, 6))
    axis = "#place(dx: 5mm, dy: 5mm, line(angle: 90deg, length: 20mm))"
    document = made(tmp_path, frame + lines + axis)
    assert tables(document) == []
    assert document.blocks[0].text == "说明文字。"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("消耗", "量", ""),
        ("12345", "67.89", ""),
        ("MA3C", "GK8A8E", ""),
        ("carbon", "dioxide", " "),
        ("GB/T", "32150-2015", " "),
        ("ZC8165G-", "11", ""),
        ("说明；", "用 A", ""),
        ("total", "，即", ""),
    ],
)
def test_what_stands_where_a_full_line_was_broken(left: str, right: str, between: str) -> None:
    assert seam(left, right) == between


def test_a_label_that_spans_rows_over_a_page_end_spans_them_all(tmp_path: Path) -> None:
    rows = ", ".join(f"[来源 {n}], [{n}.50], [{n} 月 \\ #v(8mm)]" for n in range(1, 9))
    body = f"#set page(height: 90mm)\n#table(columns: 4, [项], [来源], [数值], [说明], table.cell(rowspan: 8)[交叉核对], {rows}, [结论], table.cell(colspan: 3)[好])"
    (table,) = tables(made(tmp_path, body))
    assert [(row[0].text, row[0].rowspan) for row in table.rows][:2] == [("项", 1), ("交叉核对", 8)]
    assert [row[-3].text for row in table.rows[1:9]] == [f"来源 {n}" for n in range(1, 9)]
    assert table.rows[-1][1].place.page == 3


WRAPPED = """#set par(first-line-indent: 0em, justify: false)
#align(center)[表 3-2 柴油消耗量的核查]
#table(columns: (58pt, 136pt, 62pt), stroke: none, inset: (x: 8pt, y: 5pt), align: {align}, [数据项], [柴油消耗量], [单位],
[数据来源与说明], [企业的能源台账，逐月记录，由仓库管理人员按领料单登记，月末由财务部门汇总], [t],
[监测方法], [加油机], [712.40],
[交叉核对的情况], [与采购发票逐月核对，二者相差在百分之一以内，因此采用台账的数据], [700.30])

正文在表的下面另起一段。"""


@pytest.mark.parametrize("align", ["top", "horizon"])
def test_wrapped_cells_of_a_table_without_lines_are_whole(tmp_path: Path, align: str) -> None:
    document = made(tmp_path, WRAPPED.format(align=align))
    (table,) = tables(document)
    assert table.caption == "表 3-2 柴油消耗量的核查"
    assert words(table) == [
        ["数据项", "柴油消耗量", "单位"],
        ["数据来源与说明", "企业的能源台账，逐月记录，由仓库管理人员按领料单登记，月末由财务部门汇总", "t"],
        ["监测方法", "加油机", "712.40"],
        ["交叉核对的情况", "与采购发票逐月核对，二者相差在百分之一以内，因此采用台账的数据", "700.30"],
    ]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)][-1] == "正文在表的下面另起一段。"


def test_months_at_the_ends_of_pages_are_no_running_heads(tmp_path: Path) -> None:
    page = "#v(1fr)\n#table(columns: (60pt, 60pt), stroke: none, inset: 4pt, {rows})"
    months = [page.format(rows=", ".join(f"[{m} 月], [{n}{m}.50]" for m in range(1, 13))) for n in range(1, 5)]
    document = made(tmp_path, "#pagebreak()".join(months))
    said = "".join(cell.text for table in tables(document) for row in table.rows for cell in row) + "".join(
        b.text for b in document.blocks if isinstance(b, Paragraph))
    assert all(f"{n}{m}.50" in said for n in range(1, 5) for m in range(1, 13))
