"""What converters leave in a text: HTML, Markdown and LaTeX as several of them print it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.documents import text_document
from tanhe.reading.documents.markup import clean
from tanhe.reading.documents.sections import numbered

FORM = [["数据项", "烟煤消耗量"], ["单位", "t"], ["数据来源", "《台账》"], ["监测方法", "地磅"], ["核查结论", "数据真实。"]]
PIECES = ["<table>", "</table>", "<tr>", "<td>", "</td>", "<p>", "</p>", "<br>", "<li>", "<h2>", "</h2>", "<b>", "<div>", "<td rowspan=3 colspan=2>", "甲乙",
          "\n", "\n\n", "| a | b |", "|---|---|", "表 1 甲", "$x_1$", "$$", "\\(", "**", "# 概述", "1.1 目的", "[x]", "<!--", "-->", "&lt;", "{3}---", "，"]  # fmt: skip


def _read(*lines: str) -> Document:
    return text_document("\n".join(lines).encode(), "x")


def _tables(document: Document) -> list[tuple[str, list[list[str]]]]:
    return [(b.caption, [[c.text for c in row] for row in b.rows]) for b in document.blocks if isinstance(b, Table)]


def _said(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def _html(rows: list[list[str]], close: str = "</table>") -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + close


def _pipes(rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(rows[0])} |", "|" + " --- |" * len(rows[0]), *(f"| {' | '.join(row)} |" for row in rows[1:])]


@pytest.mark.parametrize(("printed", "meant"), [
    (r"$1 . 5 8$", "1.58"), (r"$\mathrm{tCO}_2$/t", "tCO2/t"), (r"$\mathrm { t C O } _ { 2 } / \mathrm { M W h }$", "tCO2/MWh"),
    (r"$C = A \times B$", "C=A×B"), (r"$E = A \times B \times \frac{44}{12}$", "E=A×B×44/12"),
    (r"$E_{\text{燃烧}} = \sum AD_i \times EF_i$", r"$E_{\text{燃烧}}=\sum AD_i\times EF_i$"),
    (r"$\boxed{\checkmark}$ 是 $\square$ 否", "☑ 是 ☐ 否"), ("[x] 是 [ ] 否", "☑ 是 ☐ 否"), (r"$\textcircled{2}$ 乙", "② 乙"),
    (r"$\geqslant 5$", "≥5"), (r"\(93 \%\)", "93%"), ("*表 3-1 排放量*", "表 3-1 排放量"), ("A*B*C", "A*B*C"), ("甲<!-- 图 -->乙", "甲 乙"),
    ("查阅《能源消耗情况统计<br>表》并核对计量器具的检<br/>定证书", "查阅《能源消耗情况统计表》并核对计量器具的检定证书"),
    ("查阅年度购销存报表和供应商<br>1409.51MWh 电费结算单原件，<br>一致", "查阅年度购销存报表和供应商1409.51MWh 电费结算单原件，一致"),
    ("组长甲<br>组员乙", "组长甲 组员乙"), ("现场查看计量器具的安装位置<br>查阅台账<br>访谈", "现场查看计量器具的安装位置 查阅台账 访谈"),
])  # fmt: skip
def test_marks_of_converters_are_undone(printed: str, meant: str) -> None:
    assert clean(printed) == meant


@pytest.mark.parametrize("bomb", ["<!--", "<!-- -->", "\\(", "$ ", "[x", "**a ", "<br>一", "{}^", "![](", "<table>", "<td>"])
def test_marks_are_undone_in_linear_time(bomb: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        clean(bomb * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 0.5


def test_tables_left_unclosed_end_where_the_next_begins() -> None:
    document = _read("1 概述", "", _html([["甲", "乙"], ["1", "2"]], ""), "", "两表之间的话。", "", _html([["丙", "丁"], ["3", "4"]], ""), "", "2 核查过程和方法")
    assert [rows for _, rows in _tables(document)] == [[["甲", "乙"], ["1", "2"]], [["丙", "丁"], ["3", "4"]]]
    assert _said(document) == ["两表之间的话。"]
    cells = "<table>\n<tr><td>{}<td>{}\n<tr><td>{}<td>{}"
    loose = _read(*cells.format("甲", "乙", "1", "2").split("\n"), "", *cells.format("丙", "丁", "3", "4").split("\n"))
    assert [rows for _, rows in _tables(loose)] == [[["甲", "乙"], ["1", "2"]], [["丙", "丁"], ["3", "4"]]]


def test_a_nested_table_stays_in_its_cell() -> None:
    inner = "<table>\n<tr><td>子</td></tr>\n</table>"
    document = _read(*f"<table>\n<tr><td>甲</td><td>\n{inner}\n</td></tr>\n</table>".split("\n"))
    assert _tables(document) == [("", [["甲", "子"]])]


def test_rows_of_a_table_on_one_line_are_told_apart_by_their_column() -> None:
    document = _read("<html><body>" + _html([["甲", "乙"], ["1", "2"]]) + "</body></html>")
    (table,) = (b for b in document.blocks if isinstance(b, Table))
    assert [row[0].place.line for row in table.rows] == [1, 1]
    columns = [row[0].place.column or 0 for row in table.rows]
    assert columns[0] < columns[1]
    assert "1 2" in [" ".join(said.split()) for _, said in document.lines]


@pytest.mark.parametrize("between", [["\\- 3 \\-"], ["{3}" + "-" * 48], ['<!-- PageNumber="3" -->'], ["![](images/3f.jpg)"], ["**- 3 -**"], ["第 3 页"]])
def test_a_table_goes_on_over_what_a_page_end_left(between: list[str]) -> None:
    rows = [["序号", "名称"], ["1", "甲"], ["2", "乙"], ["3", "丙"]]
    document = _read("表 1 清单", "", *_pipes(rows[:3]), "", *between, "", *_pipes(rows[3:]), "", "2 结束")
    assert _tables(document) == [("表 1 清单", rows)]


def test_html_pieces_of_a_table_are_joined_by_their_columns() -> None:
    top = _html([["序号", "类别", "说明"], ["1", "燃烧", "锅炉"]])
    rest = '<table><tr><td colspan="3">核查说明：未涉及其他排放源。</td></tr></table>'
    assert len(_tables(_read(top, "", "![](images/a.jpg)", "", rest))) == 1


def test_a_form_whose_first_line_stands_again_on_the_next_page_is_one() -> None:
    first = ["年份", "2023"]
    document = _read("表 1 烟煤", "", *_pipes([first, *FORM[:3]]), "", "第 4 页", "", *_pipes([first, *FORM[3:]]))
    assert _tables(document) == [("表 1 烟煤", [first, *FORM])]
    again = _read("表 1 烟煤", "", *_pipes([first, *FORM]), "", "第 4 页", "", *_pipes([first, *FORM]))
    assert len(_tables(again)) == 2


def test_merged_cells_printed_in_every_column_stand_once() -> None:
    rows = [["数据项", *["烟煤消耗量"] * 3], ["数值", "年度", "填报值", "核查值"], ["", "2023", "5.0", "5.0"], ["交叉核对", *["无第二来源"] * 3]]
    assert _tables(_read(*_pipes(rows)))[0][1] == [["数据项", "烟煤消耗量", "", ""], *rows[1:3], ["交叉核对", "无第二来源", "", ""]]
    total = [["品种", "去向", "数量"], ["烟煤", "锅炉", "2.0"], ["合计", "合计", "2.0"]]
    assert _tables(_read(*_pipes(total)))[0][1] == [*total[:2], ["合计", "", "2.0"]]
    head = [["品种", "去向", "数量"], ["品种", "去向", "t"], ["烟煤", "锅炉", "2.0"]]
    assert _tables(_read(*_pipes(head)))[0][1] == [head[0], ["", "", "t"], head[2]]
    several = [["数据项", "烟煤", "柴油"], ["单位", "t", "t"], ["监测频次", "每批", "每批"]]
    assert _tables(_read(*_pipes(several)))[0][1] == several


def test_header_cells_that_a_converter_named_are_empty() -> None:
    document = _read("|Col1|Col2|", "|---|---|", "|年份|2023|", "|单位|t|")
    assert _tables(document) == [("", [["年份", "2023"], ["单位", "t"]])]


def test_a_caption_in_a_paragraph_of_html_is_a_caption() -> None:
    document = _read("活动数据 1：烟煤的消耗量", "", '<p align="center"><b>表 3-1 烟煤</b></p>', "", *_pipes(FORM))
    assert _tables(document) == [("表 3-1 烟煤", FORM)] and _said(document) == ["活动数据 1：烟煤的消耗量"]


def test_an_html_table_under_words_is_no_lost_table() -> None:
    rows = [["类型", "净购入量"], ["", "MWh"], ["电力", "7450.80"]]
    lines = "<table>\n" + "\n".join("<tr>\n" + "\n".join(f"<td>{c}</td>" for c in row) + "\n</tr>" for row in rows) + "\n</table>"
    document = _read("3.4.3 净购入电力", "", "核查确认的净购入电力的排放量", "", *lines.split("\n"))
    assert [rows for _, rows in _tables(document)] == [rows]


@pytest.mark.parametrize("contents", [
    ["|  |  |  |", "| --- | --- | --- |", *(f"| {n} | {t} | {p} |" for n, t, p in (("1", "概述", 1), ("1.1", "核查目的", 2), ("1.2", "核查范围", 3)))],
    [_html([["1", "概述", "1"], ["1.1", "核查目的", "2"], ["1.2", "核查范围", "3"]], "")],
    [_html([["1", "概述", "1"], ["1.1", "核查目的", "2"], ["1.2", "核查范围", "3"]]), "", "![](images/a.jpg)", "", _html([["2", "过程", "4"], ["2.1", "安排", "5"], ["2.2", "评审", "6"]])],
])  # fmt: skip
def test_contents_in_tables_are_no_tables(contents: list[str]) -> None:
    document = _read("目 录", "", *contents, "", "# 1 概述", "", "核查了排放。", "", _html([["甲", "乙"], ["1", "2"]]))
    assert [rows for _, rows in _tables(document)] == [[["甲", "乙"], ["1", "2"]]]
    assert _said(document) == ["核查了排放。"]


def test_headings_that_lost_their_numbers_are_counted() -> None:
    titles = ["# 概述", "## 核查目的", "## 核查范围", "## 核查准则", "# 核查发现", "## 基本情况的核查", "### 简介", "## 核算边界的核查", "# 附件", "## 支持性文件清单"]
    said = ["一、排放量声明", "", "总量见下。", ""] + [line for t in titles for line in (t, "", "有话。", "")]
    heads = [b.number for b in numbered(_read(*said).blocks) if isinstance(b, Heading)]
    assert heads[-10:-1] == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.1.1", "2.2", "附件"] and heads[-1] == ""
    kept = [b.number for b in numbered(_read("# 概述", "", "## 1.1 核查目的", "", "## 核查范围").blocks) if isinstance(b, Heading)]
    assert kept == ["", "1.1", ""]


def test_words_after_a_comma_go_on_whatever_they_look_like() -> None:
    assert _said(_read("通过查阅公司简介、组织机构图以及现场访谈，", "核查组确认：受核查方只有一个厂区。")) == ["通过查阅公司简介、组织机构图以及现场访谈，核查组确认：受核查方只有一个厂区。"]
    assert len(_said(_read("联系人：某甲，", "电话：无"))) == 2


def test_html_inside_the_cells_of_a_row_with_tabs_leaves_the_row_whole() -> None:
    document = _read("日期\t工作\t内容", "2月19日\t<p>现场查看</p> <p>看炉子</p>\t<ul> -看计量器具</ul>", "\t\t<ul>-看台账</ul>", "2月20日\t<p>总结会</p>\t-商定日期")
    ((_, rows),) = _tables(document)
    assert [row[0] for row in rows] == ["日期", "2月19日", "2月20日"] and "看台账" in rows[1][2]


def test_headings_and_lists_of_html_beside_tables() -> None:
    document = _read("<h1>1 概述</h1><ul><li>甲项</li><li>乙项</li></ul><h2>1.1 核查目的</h2><p>有话。</p>")
    assert [(b.level, b.number) for b in document.blocks if isinstance(b, Heading)] == [(1, "1"), (2, "1.1")]
    assert _said(document) == ["- 甲项", "- 乙项", "有话。"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mix_of_marks_is_read_with_places_on_its_lines(said: str) -> None:
    document = text_document(said.encode(), "x")
    lines = {place.line for place, _ in document.lines}
    assert all(block.place.line in lines for block in document.blocks)
