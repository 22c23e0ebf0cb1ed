"""Running text of a PDF: paragraphs, headings, columns, headers, formulas, turned pages, scans."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from PIL import Image

from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.documents import ocr, pdf, read
from tanhe.reading.documents.pdf_furniture import running
from tanhe.reading.documents.pdf_lines import Line, lines_of, seam
from tanhe.reading.documents.pdf_page import Glyph, Page, Rule
from tanhe.reading.documents.pdf_sheet import Sheet, sheet_of

_SPEC = importlib.util.spec_from_file_location("pdf_sample", Path(__file__).with_name("pdf_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)

ONE = "活动水平数据的来源是受核查方的能源台账，核查组把它与采购结算单逐月核对，二者之差不超过百分之一，因此采用台账数据。"
TWO = "第二段从这里开始，说明柴油的用途：厂内叉车和应急发电机各用一部分，没有外借和外供，月度数据齐全，没有缺失。"


def made(folder: Path, body: str) -> Document:
    path = folder / "报告.pdf"
    path.write_bytes(x.pdf(body))
    return read(path)


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_lines_become_paragraphs_again(tmp_path: Path) -> None:
    assert paragraphs(made(tmp_path, f"{ONE}\n\n{TWO}\n\n（1）短项；\n\n（2）又一项。")) == [ONE, TWO, "（1）短项；", "（2）又一项。"]


def test_a_paragraph_over_a_page_end_is_one_and_knows_both_pages(tmp_path: Path) -> None:
    said = ONE * 12
    (block,) = made(tmp_path, f"#set page(height: 80mm)\n{said}").blocks
    assert isinstance(block, Paragraph)
    assert block.text == said
    assert block.place.page == 1
    assert [block.place_at(at).page for at, _ in block.seams] == [2, 3]


def test_headings_by_number_and_their_levels(tmp_path: Path) -> None:
    body = f"= 第三章 核查发现\n== 3.4 核算数据的核查\n=== 3.4.1 活动水平数据\n{ONE}\n\n3.5 吨柴油用于叉车。\n\n= 附件1 不符合项清单\n无。"
    document = made(tmp_path, body)
    said = [(b.level, b.number, b.text) for b in document.blocks if isinstance(b, Heading)]
    assert said == [
        (1, "3", "核查发现"),
        (2, "3.4", "核算数据的核查"),
        (3, "3.4.1", "活动水平数据"),
        (1, "附件1", "不符合项清单"),
    ]
    assert paragraphs(document) == [ONE, "3.5 吨柴油用于叉车。", "无。"]


RUNNING = (
    "#set page(header: [某某化工核查报告 HC-01], footer: context align(center)[第 #counter(page).display() 页])\n"
)


def test_headers_and_page_numbers_are_not_in_the_text(tmp_path: Path) -> None:
    document = made(tmp_path, RUNNING + "一段。#pagebreak()二段。#pagebreak()三段。")
    assert paragraphs(document) == ["一段。", "二段。", "三段。"]
    assert [words for _, words in document.lines].count("某某化工核查报告 HC-01") == 1
    assert not any("页" in words for _, words in document.lines)


def test_numbers_that_differ_at_the_page_top_are_kept(tmp_path: Path) -> None:
    body = "#pagebreak()".join(f"第{n}项的排放量见下，单位为吨。\n\n后文。" for n in "甲乙丙")
    assert sum("排放量见下" in said for said in paragraphs(made(tmp_path, body))) == 3


def test_the_table_of_contents_is_no_text(tmp_path: Path) -> None:
    document = made(tmp_path, "#outline(title: [目录])\n= 1.1 核查目的\n一。\n= 1.2 核查范围\n二。")
    assert [b.number for b in document.blocks if isinstance(b, Heading)] == ["1.1", "1.2"]
    assert paragraphs(document) == ["一。", "二。"]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    said = "".join(f"第{n}句写在栏中，满了再换栏。" for n in range(1, 60))
    body = f"#set page(columns: 2)\n#set columns(gutter: 8mm)\n#set par(first-line-indent: 0pt)\n{said}"
    assert "".join(paragraphs(made(tmp_path, body))) == said


def test_raised_digits_and_fractions(tmp_path: Path) -> None:
    document = made(tmp_path, "10#super[4]Nm#super[3] 与 CO#sub[2]。\n$ upright(E) = upright(A) times 44/12 $")
    assert paragraphs(document) == ["10⁴Nm³ 与 CO2。", "E = A × 44/12"]


def test_a_watermark_is_not_in_the_text_and_that_is_said(tmp_path: Path) -> None:
    document = made(tmp_path, "#place(center + horizon, rotate(-45deg, text(40pt)[草稿]))\n正文。")
    assert paragraphs(document) == ["正文。"]
    assert [(place.page, "草稿" in said) for place, said in document.notes] == [(1, True)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_turned_for_display_is_read_as_it_is_seen(tmp_path: Path, turn: int) -> None:
    matrix = {0: "1 0 0 1 50 300", 90: "0 1 -1 0 100 50", 180: "-1 0 0 -1 250 100", 270: "0 -1 1 0 200 350"}[turn]
    path = tmp_path / "a.pdf"
    path.write_bytes(x.plain(f"BT /F 10 Tf {matrix} Tm (Electricity 712.40 MWh) Tj ET", f"/Rotate {turn}"))
    assert paragraphs(read(path)) == ["Electricity 712.40 MWh"]


def test_letters_printed_twice_to_look_bold_count_once(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    once = "BT /F 10 Tf 1 0 0 1 {} 300 Tm (1001.50) Tj ET "
    path.write_bytes(x.plain(once.format(50) + once.format(50.3)))
    assert paragraphs(read(path)) == ["1001.50"]


def scan(folder: Path) -> Path:
    """A page that is a picture."""
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "PDF")
    path = folder / "扫描.pdf"
    path.write_bytes(out.getvalue())
    return path


def test_a_scan_without_text_recognition_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = read(scan(tmp_path))
    assert document.kind == "scan" and document.blocks == ()
    ((place, said),) = document.notes
    assert place.page == 1 and "tanhe[ocr]" in said


class Engine:
    """Answers as the recogniser does, for a table of two cells on a page of 400 × 600."""

    def __init__(self, **_: Any) -> None:
        self.lines = [("用电量", 0.99, 40), ("712.40", 0.87, 240)]

    def __call__(self, picture: Any, **_: Any) -> SimpleNamespace:
        scale = picture.shape[0] / 600
        boxes, words = [], []
        for text, score, left in self.lines:
            box = [(left, 100), (left + 15 * len(text), 100), (left + 15 * len(text), 118), (left, 118)]
            boxes.append([(a * scale, b * scale) for a, b in box])
            words.append(
                [
                    (c, score, [((left + 15 * n + dx) * scale, y * scale) for dx, y in ((0, 100), (14, 100), (14, 118), (0, 118))])
                    for n, c in enumerate(text)
                ]
            )
        return SimpleNamespace(
            boxes=numpy.array(boxes), txts=[w for w, *_ in self.lines], scores=[s for _, s, _ in self.lines], word_results=words
        )


def test_a_recognised_table_keeps_the_confidence_of_its_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    across = tuple(Rule(at, 20, 380) for at in (80, 130))
    down = tuple(Rule(at, 80, 130) for at in (20, 200, 380))
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", Engine)
    monkeypatch.setattr(ocr, "_rules", lambda *_: (across, down))
    document = read(scan(tmp_path))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.confidence) for cell in table.rows[0]] == [("用电量", 0.99), ("712.40", 0.87)]
    assert document.kind == "scan" and "OCR" in document.notes[0][1]


def stroke(lean: float) -> Any:
    picture = numpy.full((40, 40, 3), 255, dtype=numpy.uint8)
    for y in range(8, 32):
        at = round(20 + lean * (20 - y) / 24)
        picture[y, at : at + 2] = 0
    return picture


@pytest.mark.parametrize(("lean", "slash"), [(0, False), (8, True), (-8, False)])
def test_a_lone_slanting_stroke_is_a_slash_and_no_one(lean: float, slash: bool) -> None:
    assert ocr._slants(stroke(lean), [(0, 0), (40, 0), (40, 40), (0, 40)]) is slash


def test_small_letters_beside_a_large_one_are_a_part_of_their_own() -> None:
    small = [Glyph(letter, 100 + 8 * n, 107 + 8 * n, 50, 8, confidence=0.9) for n, letter in enumerate("712.40")]
    lines = lines_of([Glyph("表", 10, 34, 50, 24, confidence=0.9), *small], split=True)
    assert [(line.text, line.size) for line in lines] == [("表", 24), ("712.40", 8)]


def test_a_page_that_cannot_be_laid_out_costs_that_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(page: Page, before: Sheet | None = None) -> Sheet:
        if page.number == 1:
            raise ZeroDivisionError
        return sheet_of(page, before)

    path = tmp_path / "报告.pdf"
    path.write_bytes(x.pdf(f"{ONE}\n\n#pagebreak()\n\n{TWO}"))
    whole = paragraphs(read(path))
    monkeypatch.setattr(pdf, "sheet_of", fragile)
    document = read(path)
    ((place, said),) = document.notes
    assert len(whole) == 2 and paragraphs(document) == [TWO]
    assert place.page == 1 and "ZeroDivisionError" in said and "没有读" in said


@pytest.mark.parametrize(("left", "right", "between"), [
    ("384583.", "00", ""), ("760,", "823.40", ""), ("38458", "3.00", ""), ("共 12.", "台账", ""), ("see p. 7.", "Then", " "),
])  # fmt: skip
def test_a_number_cut_at_its_point_is_whole_again(left: str, right: str, between: str) -> None:
    assert seam(left, right) == between


def test_the_number_of_a_heading_at_the_top_is_no_page_number() -> None:
    head = [Line("2", 40, 46, 60, 12), Line("核查过程和方法", 80, 170, 60, 12), Line("正文。", 40, 90, 90, 12)]
    foot = [Line(f"{ONE[:20]}{n}", 40, 300, 400, 12) for n in range(3)]
    pages = {1: [*head, foot[0], Line("1", 200, 206, 820, 12)], 2: [Line("3", 40, 46, 60, 12), foot[1]], 3: [Line("第 3 页", 200, 240, 820, 12)]}
    found = running(pages, {n: 842.0 for n in pages})
    assert found == {1: {4}, 2: {0}, 3: {0}}
