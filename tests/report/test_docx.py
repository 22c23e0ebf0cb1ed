"""The Word report, opened again as a reader would: headings, tables, sections, contents, formulas, pictures."""

import struct
import zipfile
import zlib
from functools import reduce
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from tanhe.formulas import carbon_balance, heat, supplementary
from tanhe.formulas.expression import Symbol
from tanhe.report.content import (
    Cell,
    Chart,
    Contents,
    Cover,
    Equation,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Table,
)
from tanhe.report.docx import write_docx

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def png(chart: Chart, fmt: str) -> bytes:
    """A black picture of 1260 × 600 pixels at 200 dots per inch."""
    assert fmt == "png"

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1260, 600, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + bytes(158)) * 600)
    size = struct.pack(">IIB", 7874, 7874, 1)
    parts = ((b"IHDR", header), (b"pHYs", size), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


MONTHS = Table(
    "表 3-1 烟煤消耗量",
    (
        (Cell("月份", rowspan=2), Cell("烟煤", colspan=2)),
        (Cell("数量（t）"), Cell("热值（GJ/t）")),
        *((Cell(f"{m} 月"), Cell(f"{3000 + m}.50"), Cell("22.160")) for m in range(1, 13)),
        (Cell("全年", shaded=True), Cell("36084.00", colspan=2, align="center", bold=True)),
    ),
    (1, 2, 2),
    header_rows=2,
    align=("center", "right", "right"),
)
WIDE = Table(
    "附表 1 各单元",
    tuple(tuple(Cell(f"{r}.{c}0") for c in range(12)) for r in range(4)),
    (1,) * 12,
    landscape=True,
)
SHARES = supplementary.weighted_heat_factor.tree({"AD": 2, "EF": 2})
CHART = Chart("months", "图 3-1 各月排放量（tCO2）", "tCO2", ("1月", "2月"), (("烟煤", (1.0, 2.0)),))
BLOCKS = (
    Cover("SD-HC-CO2-2018", "某某化工有限公司", "2018 年度", "温室气体排放核查报告", "核查机构：某某", "2019 年 7 月 18 日"),
    Contents("目录", 2),
    PageBreak(),
    Heading(1, "第一章 概述"),
    Paragraph("本报告的排放量以 tCO2e 计，依据 GB/T 32150-2015，核查组“抽样”检查。"),
    Heading(2, "1.1 核查目的"),
    Paragraph("（1）核对活动数据；", "list"),
    Heading(3, "1.1.1 细目"),
    Heading(4, "1.1.1.1 更细的细目"),
    Equation("E_燃烧", heat.steam.tree(), None, "（1）", "tCO2"),
    Equation("AD", heat.steam.tree(), {"Ma": "1000", "En": "-2768.3", "En_0": "83.74"}, "", "GJ"),
    Equation("EF", SHARES),
    MONTHS,
    Paragraph("表后一段。"),
    WIDE,
    PageBreak(),
    Heading(1, "第二章 结论"),
    CHART,
    Paragraph("注：数据来自台账。", "note"),
)  # fmt: skip


def written(folder: Path, status: str = "", **changes: Any) -> Path:
    path = folder / "报告.docx"
    report = Report("核查报告 2018", "某某化工有限公司核查报告", BLOCKS, status=status, **changes)
    write_docx(report, path, png)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("docx"))


@pytest.fixture(scope="module")
def document(path: Path) -> Document:
    return docx.Document(str(path))


def test_headings_are_real_heading_styles(document: Document) -> None:
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "第一章 概述"),
        ("Heading 2", "1.1 核查目的"),
        ("Heading 3", "1.1.1 细目"),
        ("Heading 4", "1.1.1.1 更细的细目"),
        ("Heading 1", "第二章 结论"),
    ]
    levels = [
        document.styles[f"Heading {n}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
        for n in range(1, 5)
    ]
    assert levels == ["0", "1", "2", "3"]


def test_chinese_and_latin_fonts_are_named_and_no_theme_font_wins(document: Document, path: Path) -> None:
    for name, font in (
        ("Body Text", "宋体"),
        ("Heading 1", "黑体"),
        ("Caption", "黑体"),
        ("表格文字", "宋体"),
    ):
        fonts = document.styles[name].element.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (font, "Times New Roman")
    with zipfile.ZipFile(path) as archive:
        assert not any(
            b"Theme=" in archive.read(name) for name in archive.namelist() if name.endswith(".xml")
        )


def test_gases_are_subscripts_and_document_numbers_are_not(document: Document) -> None:
    body = next(p for p in document.paragraphs if p.text.startswith("本报告"))
    assert [run.text for run in body.runs if run.font.subscript] == ["2"]
    assert "GB/T 32150-2015" in "".join(run.text for run in body.runs if not run.font.subscript)
    number = next(p for p in document.paragraphs if p.text == "SD-HC-CO2-2018")
    assert not any(run.font.subscript for run in number.runs)


def test_merged_cells_and_every_number(document: Document) -> None:
    table = document.tables[0]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(14, 1)._tc is table.cell(14, 2)._tc
    assert [row.cells[1].text for row in table.rows[2:14]] == [f"{3000 + m}.50" for m in range(1, 13)]
    assert {row.cells[2].text for row in table.rows[2:14]} == {"22.160"}
    assert table.cell(14, 1).text == "36084.00"


def test_header_rows_repeat_and_short_rows_stay_whole(document: Document) -> None:
    rows = document.tables[0]._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, True] + [False] * 13
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_row_higher_than_a_third_of_the_page_may_be_split(tmp_path: Path) -> None:
    table = Table("表", ((Cell("项"), Cell("说明")), (Cell("过程"), Cell("台账核对" * 400))), (1, 5))
    write_docx(Report("t", "h", (table,)), tmp_path / "a.docx")
    rows = docx.Document(str(tmp_path / "a.docx")).tables[0]._tbl.tr_lst
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, False]


def test_a_row_with_too_many_cells_names_the_table(tmp_path: Path) -> None:
    table = Table("表 9-9", ((Cell("甲"), Cell("乙"), Cell("丙")),), (1, 1))
    with pytest.raises(ValueError, match="表 9-9"):
        write_docx(Report("t", "h", (table,)), tmp_path / "a.docx")


def test_a_row_with_a_gap_is_filled_so_that_word_can_open_it(tmp_path: Path) -> None:
    table = Table("表", ((Cell("甲"), Cell("乙"), Cell("丙")), (Cell("1"),)), (1, 1, 1))
    write_docx(Report("t", "h", (table,)), tmp_path / "a.docx")
    row = docx.Document(str(tmp_path / "a.docx")).tables[0].rows[1]
    assert [cell.text for cell in row.cells] == ["1", "", ""]


def test_captions_stay_with_their_tables(document: Document) -> None:
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["表 3-1 烟煤消耗量", "附表 1 各单元"]
    assert document.styles["Caption"].paragraph_format.keep_with_next
    assert all(p._p.getnext().tag == qn("w:tbl") for p in captions)


def kept(row: Any) -> bool:
    return row.find(f".//{qn('w:keepNext')}") is not None


def test_a_long_table_leaves_no_lone_row_on_a_page(tmp_path: Path) -> None:
    rows = ((Cell("月份"),), *((Cell(str(n)),) for n in range(40)))
    write_docx(Report("t", "h", (Table("表", rows, (1,)),)), tmp_path / "a.docx")
    long = [kept(row) for row in docx.Document(str(tmp_path / "a.docx")).tables[0]._tbl.tr_lst]
    assert long == [True, True, *[False] * 36, True, True, False]


def test_a_line_that_announces_a_table_or_formula_stays_with_it(tmp_path: Path) -> None:
    table = Table("", ((Cell("甲"),),), (1,))
    blocks = (
        Paragraph("活动数据 1", bold=True),
        table,
        Paragraph("式中："),
        Paragraph("AD：消耗量"),
        Paragraph("按下式计算。"),
        Equation("E", heat.steam.tree()),
        Paragraph("成员见下表。"),
        table,
        Paragraph("注：", "note"),
        table,
        Paragraph("完：", bold=True),
    )
    write_docx(Report("t", "h", blocks), tmp_path / "a.docx")
    paragraphs = docx.Document(str(tmp_path / "a.docx")).paragraphs
    stays = {p.text: p.paragraph_format.keep_with_next for p in paragraphs if p.text}
    assert [text for text, kept in stays.items() if kept] == [
        "活动数据 1",
        "式中：",
        "按下式计算。",
        "成员见下表。",
    ]


def test_no_empty_paragraph_but_the_unseen_one_that_ends_a_wide_section(document: Document) -> None:
    empty = [
        p for p in document.paragraphs
        if not p.text and not p._p.findall(f".//{M}oMath") and not p._p.findall(f".//{qn('w:drawing')}")
    ]  # fmt: skip
    assert [p.style.name for p in empty] == ["分隔"]
    assert empty[0]._p.pPr.find(qn("w:sectPr")) is not None


def test_cover_has_no_header_and_no_page_number(document: Document) -> None:
    cover, main, wide, end = document.sections
    assert "".join(p.text for p in cover.header.paragraphs + cover.footer.paragraphs) == ""
    assert [p.text for p in main.header.paragraphs] == ["某某化工有限公司核查报告"]
    assert main.footer.paragraphs[0].text == "第 1 页 共 1 页"
    codes = [code.text.strip() for code in main.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert wide.header.is_linked_to_previous and end.footer.is_linked_to_previous


def test_sheets_are_a4_and_only_the_wide_table_lies_on_its_side(document: Document) -> None:
    assert [s.orientation == WD_ORIENT.LANDSCAPE for s in document.sections] == [False, False, True, False]
    assert {tuple(sorted((s.page_width.twips, s.page_height.twips))) for s in document.sections} == {
        (11906, 16838)
    }


def test_a_long_sum_may_end_a_line_between_its_terms(tmp_path: Path) -> None:
    terms = [Symbol(f"E_排放源{n}") for n in range(1, 9)]
    total = reduce(lambda left, right: left + right, terms[1:], terms[0] - (terms[0] - terms[1]))
    write_docx(Report("t", "h", (Equation("E", total, unit="tCO2e"),)), tmp_path / "a.docx")
    pieces = docx.Document(str(tmp_path / "a.docx")).element.body.findall(f".//{M}oMath")
    shown = ["".join(piece.itertext()) for piece in pieces]
    assert shown[0] == "E=E排放源1" and shown[-1] == "+E排放源8 (tCO2e)" and len(shown) == 9
    assert pieces[1].find(f"{M}d") is not None


def test_notes_under_a_wide_table_stay_on_its_sheet(tmp_path: Path) -> None:
    blocks = (Paragraph("正文。"), Heading(1, "一"), WIDE, Paragraph("注：一。", "note"), PageBreak(), Paragraph("正文。"))
    write_docx(Report("t", "h", blocks), tmp_path / "a.docx")
    made = docx.Document(str(tmp_path / "a.docx"))
    assert [s.orientation == WD_ORIENT.LANDSCAPE for s in made.sections] == [False, True, False]
    assert [p.text for p in made.paragraphs if p._p.pPr.find(qn("w:sectPr")) is not None] == [
        "正文。",
        "注：一。",
    ]


def test_status_is_on_every_page_the_cover_too(tmp_path: Path) -> None:
    made = docx.Document(str(written(tmp_path, status="清单不完整")))
    assert made.sections[0].header.paragraphs[0].text == "清单不完整"
    assert [p.text for p in made.sections[1].header.paragraphs] == ["清单不完整", "某某化工有限公司核查报告"]
    assert made.sections[2].header.is_linked_to_previous


def test_contents_list_headings_with_links_and_page_fields(document: Document) -> None:
    block = document.element.body.find(qn("w:sdt"))
    links = list(block.iter(qn("w:hyperlink")))
    shown = ["".join(t.text for t in link.iter(qn("w:t"))) for link in links]
    assert shown == ["第一章 概述3", "1.1 核查目的3", "第二章 结论5"]
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} <= marks
    codes = [code.text.split()[:2] for code in block.iter(qn("w:instrText"))]
    assert codes[1:] == [["PAGEREF", link.get(qn("w:anchor"))] for link in links]


def test_word_does_not_ask_on_opening(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert b"updateFields" not in archive.read("word/settings.xml")
        assert b"w:dirty" not in archive.read("word/document.xml")


def maths(document: Document) -> list[Any]:
    return list(document.element.body.iter(f"{M}oMath"))


def spelled(element: Any) -> str:
    return "".join(t.text for t in element.iter(f"{M}t"))


def test_formulas_are_office_math_with_chinese_subscripts(document: Document) -> None:
    first = maths(document)[0]
    assert spelled(first) == "E燃烧=Ma×En−En0×10−3 (tCO2)"
    assert [spelled(sub) for sub in first.iter(f"{M}sub")] == ["燃烧", "0", "2"]
    assert [spelled(d) for d in first.iter(f"{M}d")] == ["En−En0"]
    assert [spelled(sup) for sup in first.iter(f"{M}sup")] == ["−3"]


def test_formulas_with_values_show_the_numbers(document: Document) -> None:
    assert spelled(maths(document)[1]) == "AD=1000×−2768.3−83.74×10−3 (GJ)"
    assert [spelled(d) for d in maths(document)[1].iter(f"{M}d")] == ["−2768.3−83.74", "−2768.3"]


def test_a_quotient_is_a_fraction(document: Document) -> None:
    fraction = maths(document)[2].find(f"{M}f")
    assert spelled(fraction.find(f"{M}num")) == "AD1×EF1+AD2×EF2"
    assert spelled(fraction.find(f"{M}den")) == "AD1+AD2"


def test_44_over_12_stays_one_fraction(tmp_path: Path) -> None:
    write_docx(Report("t", "h", (Equation("C", carbon_balance.carbon_flow.tree()),)), tmp_path / "a.docx")
    made = maths(docx.Document(str(tmp_path / "a.docx")))[0]
    assert [(spelled(f[0]), spelled(f[1])) for f in made.iter(f"{M}f")] == [("44", "12")]


def test_charts_are_pictures_with_alternative_text_no_wider_than_the_text(document: Document) -> None:
    shape = document.inline_shapes[0]
    assert shape._inline.docPr.get("descr") == CHART.caption
    room = 11906 - 2 * 1417
    assert shape.width.twips <= room
    assert shape.height / shape.width == pytest.approx(600 / 1260, abs=1e-3)


def test_properties_say_title_and_language(document: Document) -> None:
    assert (document.core_properties.title, document.core_properties.language) == ("核查报告 2018", "zh-CN")


def test_the_same_report_gives_the_same_bytes(tmp_path: Path, path: Path) -> None:
    assert written(tmp_path).read_bytes() == path.read_bytes()


def test_control_characters_of_a_broken_source_do_not_break_the_file(tmp_path: Path) -> None:
    blocks = (
        Heading(1, "甲\x0b<乙>&"),
        Paragraph("一\x00二\n三"),
        Table("表", ((Cell('"<丙>"\x1f'),),), (1,), 0),
    )
    write_docx(Report("题\x07", "头", blocks, status="<未完成>"), tmp_path / "a.docx")
    made = docx.Document(str(tmp_path / "a.docx"))
    assert [p.text for p in made.paragraphs[:2]] == ["甲\ufffd<乙>&", "一\ufffd二\n三"]
    assert made.tables[0].cell(0, 0).text == '"<丙>"\ufffd'


def test_every_part_is_well_formed_and_every_link_has_its_part(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                assert etree.fromstring(archive.read(name)) is not None
        links = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        assert {f"word/{link.get('Target')}" for link in links} <= names
        used = set(
            etree.fromstring(archive.read("word/document.xml")).xpath(
                "//@*[local-name()='id' and starts-with(., 'rId')]"
            )
        )
        assert used <= {link.get("Id") for link in links}


def test_a_number_too_wide_for_its_column_makes_the_table_small(tmp_path: Path) -> None:
    rows = (tuple(Cell(str(n)) for n in range(10)), tuple(Cell("12345.67") for _ in range(10)))
    write_docx(Report("t", "h", (Table("表", rows, (1,) * 10),)), tmp_path / "a.docx")
    cell = docx.Document(str(tmp_path / "a.docx")).tables[0].cell(1, 0)
    assert cell.paragraphs[0].style.name == "表格小字"


def test_english_report_has_english_page_numbers(tmp_path: Path) -> None:
    made = docx.Document(str(written(tmp_path, language="en")))
    assert made.sections[1].footer.paragraphs[0].text == "Page 1 of 1"
