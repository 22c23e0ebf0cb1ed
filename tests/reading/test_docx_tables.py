"""Tables of a DOCX: merged and nested cells, captions, continued tables, places."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.documents import read
from tanhe.reading.documents.docx_tables import letters

_SPEC = importlib.util.spec_from_file_location("docx_sample", Path(__file__).with_name("docx_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)

START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def made(folder: Path, *body: str) -> Document:
    return read(x.package(folder / "报告.docx", x.document(*body)))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def shown(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in table.rows]


def test_a_merged_cell_stands_once_with_its_spans(tmp_path: Path) -> None:
    (table,) = tables(
        made(
            tmp_path,
            x.table(
                x.row(x.cell("月份", START), x.cell("烟煤", '<w:gridSpan w:val="2"/>')),
                x.row(x.cell("", ON), "数量", "热值"),
                x.row("1 月", "3001.50", "22.160"),
            ),
        )
    )
    assert shown(table) == [
        [("月份", 1, 2), ("烟煤", 2, 1)],
        [("数量", 1, 1), ("热值", 1, 1)],
        [("1 月", 1, 1), ("3001.50", 1, 1), ("22.160", 1, 1)],
    ]


def test_two_merged_columns_side_by_side_keep_their_own_rows(tmp_path: Path) -> None:
    (table,) = tables(
        made(
            tmp_path,
            x.table(
                x.row(x.cell("甲", START), x.cell("乙", START), "1"),
                x.row(x.cell("", ON), x.cell("丙", START), "2"),
                x.row(x.cell("", ON), x.cell("", ON), "3"),
            ),
        )
    )
    assert shown(table) == [[("甲", 1, 3), ("乙", 1, 1), ("1", 1, 1)], [("丙", 1, 2), ("2", 1, 1)], [("3", 1, 1)]]


def test_old_style_merges_across_and_late_rows(tmp_path: Path) -> None:
    (table,) = tables(
        made(
            tmp_path,
            x.table(
                x.row(x.cell("合计", '<w:hMerge w:val="restart"/>'), x.cell("", "<w:hMerge/>"), "5"),
                x.row("乙", "丙", properties='<w:gridBefore w:val="1"/>'),
            ),
        )
    )
    assert shown(table) == [[("合计", 2, 1), ("5", 1, 1)], [("", 1, 1), ("乙", 1, 1), ("丙", 1, 1)]]


def test_a_cell_says_where_it_is(tmp_path: Path) -> None:
    document = made(tmp_path, x.par("一。"), x.table(x.row("a", "b"), x.row("c", "12.5")), x.par("二。"))
    cell = tables(document)[0].rows[1][1]
    assert (cell.place.sheet, cell.place.cell, cell.place.quote) == ("表1", "B2", "12.5")
    assert str(cell.place).endswith("报告.docx[表1!B2]")
    assert [str(b.place).partition(".docx")[2] for b in document.blocks] == ["[段落!1]", "[表1!A1]", "[段落!2]"]


def test_every_cell_is_a_line_for_the_closure_of_numbers(tmp_path: Path) -> None:
    document = made(tmp_path, x.par("一。"), x.table(x.row("a", "12.5")))
    assert [words for _, words in document.lines] == ["一。", "a", "12.5"]


def test_a_nested_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = x.table(x.row("核对来源", "对照值"), x.row("发票", "360842.75"))
    outer = made(tmp_path, x.table(x.row("单位", "t"), x.row("交叉核对", x.cell(x.par("见下") + inner + x.par("")))))
    first, second = tables(outer)
    assert shown(first)[1] == [("交叉核对", 1, 1), ("见下", 1, 1)]
    assert shown(second)[1] == [("发票", 1, 1), ("360842.75", 1, 1)]
    assert second.rows[1][1].place.sheet == "表2"


def test_a_frame_of_one_cell_is_text(tmp_path: Path) -> None:
    document = made(tmp_path, x.table(x.row(x.cell(x.par("框内一段。") + x.table(x.row("a", "1"))))))
    assert [type(block) for block in document.blocks] == [Paragraph, Table]


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        (("表 3-4 电力消耗量",), "表 3-4 电力消耗量"),
        (("表3.4-1 月度用量", "单位：MWh"), "表3.4-1 月度用量 单位：MWh"),
        (("温室气体排放量汇总表",), "温室气体排放量汇总表"),
        (("核查组查阅了台账。",), ""),
    ],
)
def test_the_caption_above_goes_to_the_table(tmp_path: Path, above: tuple[str, ...], caption: str) -> None:
    document = made(tmp_path, *map(x.par, above), x.table(x.row("a", "1")))
    assert tables(document)[0].caption == caption
    assert len(document.blocks) == (1 if caption else 2)


def test_a_caption_below_goes_to_the_table_unless_another_table_follows_it(tmp_path: Path) -> None:
    one, two = x.table(x.row("a", "1")), x.table(x.row("b", "2"))
    assert [t.caption for t in tables(made(tmp_path, one, x.par("表 1 甲"), x.par("文。")))] == ["表 1 甲"]
    assert [t.caption for t in tables(made(tmp_path, one, x.par("表 2 乙"), two))] == ["", "表 2 乙"]


def test_a_table_marked_as_continued_is_one_with_the_first(tmp_path: Path) -> None:
    head = x.row("月份", "电量")
    document = made(
        tmp_path,
        x.par("表 3-1 电量"),
        x.table(head, x.row("1 月", "1.5")),
        x.par("续表 3-1 电量"),
        x.table(head, x.row("2 月", "2.5")),
    )
    (table,) = tables(document)
    assert table.caption == "表 3-1 电量"
    assert [[cell.text for cell in row] for row in table.rows] == [["月份", "电量"], ["1 月", "1.5"], ["2 月", "2.5"]]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ")])
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert letters(column) == name
