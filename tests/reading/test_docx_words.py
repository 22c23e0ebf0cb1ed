"""Words of a DOCX: revisions, fields, formulas, numbers of lists, text boxes, notes, and what is not read."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.documents import read

_SPEC = importlib.util.spec_from_file_location("docx_sample", Path(__file__).with_name("docx_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)


def made(folder: Path, *body: str, **parts: str | bytes) -> Document:
    return read(x.package(folder / "报告.docx", x.document(*body), **parts))


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_insertions_are_kept_and_deletions_dropped_and_it_is_said(tmp_path: Path) -> None:
    changed = (
        x.run("用电量为 ")
        + f'<w:ins w:id="1">{x.run("712.40")}</w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>721.40</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{x.run("原处")}</w:moveFrom><w:moveTo w:id="4">{x.run("吨")}</w:moveTo>'
    )
    document = made(tmp_path, x.par(changed))
    assert paragraphs(document) == ["用电量为 712.40吨"]
    assert any("修订" in said for _, said in document.notes)


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = x.par("排放量为", "<w:rPr><w:del w:id='1'/></w:rPr>"), x.par("10.5 吨。")
    assert paragraphs(made(tmp_path, *body)) == ["排放量为10.5 吨。"]


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    body = x.table(x.row("项", "值"), x.row("旧", "1", properties='<w:del w:id="1"/>'), x.row("新", "2"))
    (table,) = made(tmp_path, body).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["项", "值"], ["新", "2"]]


def test_raised_digits_stay_apart_from_the_number_before_them(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    lowered = '<w:vertAlign w:val="subscript"/>'
    document = made(
        tmp_path,
        x.par(x.run("10") + x.run("4", raised) + x.run("Nm") + x.run("3", raised)),
        x.par(x.run("571642.24") + x.run("7", raised) + x.run(" tCO") + x.run("2", lowered)),
    )
    assert paragraphs(document) == ["10⁴Nm³", "571642.24⁷ tCO2"]


def test_a_field_gives_its_result_and_not_its_code(tmp_path: Path) -> None:
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + x.run("84.25") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert paragraphs(made(tmp_path, x.par(x.run("合计 ") + code))) == ["合计 84.25"]


def test_the_table_of_contents_is_no_text(tmp_path: Path) -> None:
    styles = x.part("styles", '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>')
    body = x.par("1 概述 3", '<w:pStyle w:val="T1"/>'), x.par("正文。")
    assert paragraphs(made(tmp_path, *body, styles__xml=styles)) == ["正文。"]


def test_a_text_box_is_read_once_though_the_file_has_it_twice(tmp_path: Path) -> None:
    content = f"<w:txbxContent>{x.par('图中文字 3.5 t')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = made(tmp_path, x.par(x.run("前文") + both), x.par("后文"))
    assert paragraphs(document) == ["前文", "图中文字 3.5 t", "后文"]


def test_hidden_text_is_not_read_and_that_is_said(tmp_path: Path) -> None:
    document = made(tmp_path, x.par(x.run("可见") + x.run("不可见", "<w:vanish/>")))
    assert paragraphs(document) == ["可见"]
    assert any("隐藏" in said for _, said in document.notes)


def test_a_picture_is_noted(tmp_path: Path) -> None:
    document = made(tmp_path, x.par('<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'))
    assert any("图片" in said for _, said in document.notes)


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    notes = x.part(
        "footnotes",
        '<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2">' + x.par("含税。") + "</w:footnote>",
    )
    body = x.par(x.run("总产值 3 万元") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = made(tmp_path, body, footnotes__xml=notes)
    assert paragraphs(document) == ["总产值 3 万元", "含税。"]
    assert str(document.blocks[1].place).endswith("[脚注!2]")


def test_headers_and_footers_are_lines_but_not_text_and_page_numbers_are_neither(tmp_path: Path) -> None:
    page = '<w:fldSimple w:instr=" PAGE ">' + x.run("7") + "</w:fldSimple>"
    document = made(
        tmp_path,
        x.par("正文。"),
        header1__xml=x.part("hdr", x.par("报告编号 HC-01")),
        footer1__xml=x.part("ftr", x.par(x.run("第 ") + page + x.run(" 页"))),
    )
    assert paragraphs(document) == ["正文。"]
    assert [words for _, words in document.lines] == ["正文。", "报告编号 HC-01"]
    assert document.lines[1][0].sheet == "页眉"


def frac(over: str, under: str) -> str:
    return f"<m:f><m:num>{mr(over)}</m:num><m:den>{mr(under)}</m:den></m:f>"


def mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (mr("E=AD×") + frac("44", "12"), "E=AD×44/12"),
        (frac("A+B", "C"), "(A+B)/C"),
        (f"<m:sSub><m:e>{mr('E')}</m:e><m:sub>{mr('燃烧')}</m:sub></m:sSub>", "E_燃烧"),
        (f"<m:sSub><m:e>{mr('CO')}</m:e><m:sub>{mr('2')}</m:sub></m:sSub>", "CO2"),
        (f"<m:sSup><m:e>{mr('10')}</m:e><m:sup>{mr('-3')}</m:sup></m:sSup>", "10⁻³"),
        (f"<m:d><m:e>{mr('En-83.74')}</m:e></m:d>", "(En-83.74)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{mr("i")}</m:sub><m:sup/><m:e>{mr("AD×EF")}</m:e></m:nary>',
            "Σ_i(AD×EF)",
        ),
        (f"<m:rad><m:deg/><m:e>{mr('x')}</m:e></m:rad>", "√(x)"),
    ],
)
def test_formulas_become_a_line_of_text(tmp_path: Path, content: str, said: str) -> None:
    assert paragraphs(made(tmp_path, x.par(f"<m:oMath>{content}</m:oMath>"))) == [said]


NUMBERING = x.part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)
HEADINGS = x.part(
    "styles",
    "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    + '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="我的标题"/><w:basedOn w:val="H2"/></w:style>',
)


def test_automatic_numbers_of_headings_and_lists_are_counted_as_word_does(tmp_path: Path) -> None:
    def item(text: str, number: int) -> str:
        return x.par(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')

    document = made(
        tmp_path,
        x.par("概述", '<w:pStyle w:val="H1"/>'),
        x.par("核查目的", '<w:pStyle w:val="H2"/>'),
        item("核对数据。", 2),
        item("核对边界。", 2),
        x.par("核查范围", '<w:pStyle w:val="Own"/>'),
        item("本厂区。", 3),
        x.par("核查发现", '<w:pStyle w:val="H1"/>'),
        x.par("基本情况的核查", '<w:pStyle w:val="H2"/>'),
        numbering__xml=NUMBERING,
        styles__xml=HEADINGS,
    )
    said = [(b.level, b.number, b.text) for b in document.blocks if isinstance(b, Heading)]
    assert said == [
        (1, "1", "概述"),
        (2, "1.1", "核查目的"),
        (2, "1.2", "核查范围"),
        (1, "2", "核查发现"),
        (2, "2.1", "基本情况的核查"),
    ]
    assert paragraphs(document) == ["（1） 核对数据。", "（2） 核对边界。", "（1） 本厂区。"]


def test_without_heading_styles_numbers_tell_the_headings(tmp_path: Path) -> None:
    bold = "<w:b/>"
    document = made(
        tmp_path,
        x.par(x.run("第三章 核查发现")),
        x.par("3.4.1 活动水平数据及来源的核查"),
        x.par(x.run("一、概况", bold)),
        x.par("3.5 吨柴油用于叉车。"),
        x.par("1、核对台账；"),
    )
    said = [(b.level, b.text) for b in document.blocks if isinstance(b, Heading)]
    assert said == [(1, "核查发现"), (3, "活动水平数据及来源的核查"), (1, "概况")]
    assert paragraphs(document) == ["3.5 吨柴油用于叉车。", "1、核对台账；"]


def test_macros_and_pictures_kept_elsewhere_are_not_touched_and_that_is_said(tmp_path: Path) -> None:
    away = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" TargetMode="External" '
        'Target="http://192.0.2.1/a.png"/></Relationships>'
    )
    document = made(
        tmp_path, x.par("正文。"), vbaProject__bin=b"x", **{"_rels/document.xml.rels".replace(".", "__"): away}
    )
    said = " ".join(words for _, words in document.notes)
    assert "宏" in said and "外部链接" in said
    assert paragraphs(document) == ["正文。"]
