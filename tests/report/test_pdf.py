"""The PDF as its reader sees it: pages, text, repeated table headers, fonts, and the same bytes every time."""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanhe.dossier.load import load
from tanhe.formulas.expression import Symbol
from tanhe.inventory.compute import compute
from tanhe.messages import TanheError, speaking
from tanhe.report import pdf
from tanhe.report.compose import compose
from tanhe.report.content import (
    Block,
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
from tanhe.report.typography import runs

EXAMPLES = Path(__file__).parents[2] / "examples"
MONTHS = Chart("months", "图 1 逐月用电量", "MWh", ("1月", "2月"), (("用电量", (12.5, float("nan"))),))
NAME = '山东"某"<新>*材料*_有限_公司 #1 $x$ [甲] @乙 \\ ~ `z` // /* =='


def cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell(word) for word in words)


def document(*blocks: Block, status: str = "", header: str = "页眉") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf.to_pdf(Report("核查报告", header, blocks, status=status)))


def pages(opened: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in opened]


def squeezed(text: str) -> str:
    """Text as it is looked for on a page: blanks and line ends do not count, CO₂ and 10^4 are runs."""
    return re.sub(r"\s", "", "".join(run.text for run in runs(text)))


LETTERS = st.one_of(
    st.sampled_from(string.printable[:95]),
    st.sampled_from("，。；：？！（）《》【】“”‘’、—…％·"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
)


@settings(max_examples=60, deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=16).filter(lambda text: bool(text.strip())))
def test_any_text_reaches_every_kind_of_block_unchanged(text: str) -> None:
    held = "〇" + text + "〇"
    opened = document(
        Cover(held, held, held, held, held, held, (held,)),
        Paragraph("〇" + text + "〇"),
        Heading(1, "〇" + text + "〇"),
        Table("〇" + text + "〇", (cells("〇" + text + "〇"), cells("〇" + text + "〇")), (1,)),
        header="〇" + text + "〇",
    )
    cover, page = (re.sub(r"\s", "", page) for page in pages(opened))
    wanted = squeezed("〇" + text + "〇")
    assert page.count(wanted) == 6
    assert cover.count(wanted) >= 7


def test_company_name_full_of_markup_is_printed_as_it_is() -> None:
    first, second = pages(document(Paragraph(NAME), PageBreak(), Table("", (cells(NAME),), (1,), 0)))
    assert squeezed(NAME) in re.sub(r"\s", "", first)
    assert squeezed(NAME) in re.sub(r"\s", "", second)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x7f", "\ud800", "\u0378", "\u2028", "\ufffe", "𠮷", "☑", "₂", "א"]
)
def test_strange_characters_do_not_stop_the_report(sign: str) -> None:
    (page,) = pages(document(Paragraph(f"甲{sign}乙")))
    assert re.search("甲.*乙", page, re.DOTALL)


def test_rare_character_stays_in_a_bold_heading() -> None:
    (page,) = pages(document(Heading(1, "堃喆新材料")))
    assert "堃喆新材料" in page


def test_carbon_dioxide_has_a_real_subscript() -> None:
    opened = document(Paragraph("甲CO2乙"))
    textpage = opened[0].get_textpage()
    at = textpage.get_text_range().index("CO2")
    heights = [textpage.get_charbox(at + n, loose=False) for n in range(3)]
    (_, c_bottom, _, c_top), (_, two_bottom, _, two_top) = heights[0], heights[2]
    assert two_top - two_bottom < (c_top - c_bottom) * 0.8
    assert two_bottom < c_bottom


def test_table_header_is_repeated_on_every_page() -> None:
    head = (
        (Cell("月份", rowspan=2), Cell("消耗量", colspan=2)),
        cells("填报", "核查"),
    )
    rows = tuple(cells(f"第{n}行", f"{n}.10", f"{n}.20") for n in range(100))
    text = pages(document(Table("表 1 逐月消耗量", (*head, *rows), (1, 1, 1), header_rows=2)))
    assert len(text) > 1
    assert all("月份" in page and "填报" in page for page in text)
    assert "".join(text).count("表 1 逐月消耗量") == 1
    assert all(f"{n}.20" in "".join(text) for n in range(100))


def test_landscape_table_turns_its_page_and_takes_its_heading_along() -> None:
    wide = Table("表 2 汇总", (cells("甲", "乙"), cells("1", "2")), (1, 1), landscape=True)
    opened = document(
        Paragraph("前"),
        Heading(2, "汇总表"),
        wide,
        Paragraph("注：单位为吨", "note"),
        wide,
        Heading(2, "后"),
        Paragraph("末"),
    )
    turned = [page.get_width() > page.get_height() for page in opened]
    text = pages(opened)
    assert turned == [False, True, False]
    assert "汇总表" in text[1] and "汇总表" not in text[0]
    assert text[1].count("表 2 汇总") == 2 and "注：单位为吨" in text[1]
    assert "后" in text[2] and "后" not in text[1]


def test_contents_give_the_page_printed_at_the_foot() -> None:
    cover = Cover("编号", "公司", "2018 年度", "报告", "机构", "日期")
    text = pages(
        document(
            cover, Contents("目录"), PageBreak(), Heading(1, "1 概述"), PageBreak(), Heading(2, "1.1 目的")
        )
    )
    assert re.search(r"1 概述[ .]+2\b", text[1])
    assert re.search(r"1\.1 目的[ .]+3\b", text[1])
    assert "第" not in text[0]
    assert "第 1 页 共 3 页" in text[1] and "第 3 页 共 3 页" in text[3]


def test_status_stands_on_every_page_and_its_absence_leaves_no_trace() -> None:
    blocks = (Cover("编号", "公司", "", "报告", "", ""), Paragraph("甲"), PageBreak(), Paragraph("乙"))
    assert all("清单不完整" in page for page in pages(document(*blocks, status="清单不完整")))
    assert not any("清单不完整" in page for page in pages(document(*blocks)))


def test_english_report_counts_its_pages_in_english() -> None:
    made = pdf.to_pdf(Report("Report", "Header", (Paragraph("Text"),), language="en"))
    assert "Page 1 of 1" in pages(pypdfium2.PdfDocument(made))[0]


def test_equation_shows_symbols_then_numbers_with_negative_ones_in_brackets() -> None:
    tree = Symbol("AD") * Symbol("EF") * 44 / 12
    filled = Equation("E_CO2", tree, {"AD": "384,583.00", "EF": "-0.11"}, "（2）", "tCO2")
    (page,) = pages(document(Equation("E_CO2", tree, number="（1）"), filled))
    flat = re.sub(r"\s", "", page)
    assert "ECO2=AD×EF×" in flat and "(1)" in flat.replace("（", "(").replace("）", ")")
    assert "384,583.00×(−0.11)×" in flat and "tCO2" in flat


def test_long_code_is_broken_inside_its_column() -> None:
    code = "0123456789abcdef" * 4
    opened = document(Table("", (cells("摘要", "文件"), cells(code, "甲")), (1, 3)))
    textpage = opened[0].get_textpage()
    text = textpage.get_text_range()
    assert code in re.sub(r"\s", "", text)
    start, next_cell = text.index("0123"), textpage.get_charbox(text.index("甲"))[0]
    edges = [textpage.get_charbox(i)[2] for i in range(start, start + 64) if not text[i].isspace()]
    assert max(edges) < next_cell


def test_column_is_widened_for_a_number_that_would_break() -> None:
    number = "2094181.643540567"
    opened = document(Table("", (cells("项目", "复算值", "说明"), cells("合计", number, "甲")), (4, 1, 4)))
    assert number in pages(opened)[0]


def test_short_table_stays_whole_a_long_one_starts_with_three_rows_and_both_keep_their_headings() -> None:
    filler = tuple(Paragraph(f"段{n}") for n in range(33))
    rows = tuple(cells(f"行{n}", "值") for n in range(60))
    lead = (Heading(2, "标题"), Paragraph("题目", "plain", bold=True), Paragraph("引言"))
    for table in (Table("表 4", rows[:10], (1, 1)), Table("表 5", rows, (1, 1))):
        for count in range(8, len(filler), 2):
            text = [squeezed(page) for page in pages(document(*filler[:count], *lead, table))]
            at = next(n for n, page in enumerate(text) if squeezed(table.caption) in page)
            assert "引言" in text[at] and "题目" in text[at] and "标题" in text[at], count
            together = table.rows if len(table.rows) == 10 else table.rows[:4]
            assert all(row[0].text in text[at] for row in together), count


def test_row_with_too_many_cells_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="表 3: row 2"):
        document(Table("表 3", (cells("甲"), cells("1", "2")), (1,)))


def test_typesetter_failure_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from tanhe.report.typst.source import Source

    monkeypatch.setattr(pdf, "to_source", lambda report: Source("#nosuch()", ()))
    with speaking("zh"), pytest.raises(TanheError, match="PDF 报告无法排版"):
        pdf.to_pdf(Report("", "", ()))


def test_file_says_it_is_pdf_a_2b_and_embeds_only_its_own_fonts(tmp_path: Path) -> None:
    target = tmp_path / "报告.pdf"
    pdf.write_pdf(
        Report("核查", "眉", (Heading(1, "一 甲"), Paragraph("乙 ☑"), Equation("E", Symbol("AD")), MONTHS)),
        target,
    )
    made = target.read_bytes()
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", made)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", made)
    page = pypdfium2.PdfDocument(made)[0]
    fonts = [item.get_font() for item in page.get_objects() if isinstance(item, pypdfium2.PdfTextObj)]
    assert fonts and all(font.is_embedded for font in fonts)
    families = ("NotoSansSC", "NotoSerifSC", "NewCMMath", "DejaVuSans")
    assert {
        name for font in fonts if not (name := font.get_base_name()).split("+")[-1].startswith(families)
    } == set()


SCRIPT = """
import hashlib, sys
from tanhe.report.charts import draw
assert "matplotlib" not in sys.modules
from tanhe.report.content import Chart, Heading, Paragraph, Report
from tanhe.report.pdf import to_pdf
nan = float("nan")
chart = Chart("months", "图 1 逐月用电量", "MWh", ("1月", "2月"), (("用电量", (12.5, nan)),))
made = to_pdf(Report("核查", "眉", (Heading(1, "一 甲"), Paragraph("CO2"), chart)))
print(hashlib.sha256(made + draw(chart, "svg") + draw(chart, "png")).hexdigest())
"""


def test_two_runs_give_the_same_bytes() -> None:
    runs_of_it = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone},
            capture_output=True,
            text=True,
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert [run.returncode for run in runs_of_it] == [0, 0], runs_of_it[0].stderr
    assert runs_of_it[0].stdout == runs_of_it[1].stdout


def test_example_report_has_the_published_totals_and_its_charts() -> None:
    inventory = compute(load(EXAMPLES / "mingquan-methanol-2018")[0])
    report = compose(inventory)
    made = pdf.to_pdf(report)
    text = pages(pypdfium2.PdfDocument(made))
    together = "".join(text)
    assert all(total in together for total in ("2094182", "1656666", "761010.72", "1191813.36", "141357.57"))
    assert all("山东明泉新材料科技有限公司" in page for page in text)
    assert "\u25a1" not in together and "\ufffd" not in together
