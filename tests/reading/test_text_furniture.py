"""Page furniture, contents, pictures: told apart from the text and listed, never lost, never a heading."""

from __future__ import annotations

import pytest

from tanhe.reading.blocks import Document, Heading, Paragraph
from tanhe.reading.documents import text_document

BODY = "1 概述\n\n1.1 核查目的\n\n说明目的。\n\n2 核查发现\n\n2.1 基本情况\n\n说明情况。\n\n附件 1：清单\n\n无。\n"


def _read(said: str) -> Document:
    return text_document(said.encode(), "报告.txt")


def _heads(document: Document) -> list[str]:
    return [b.number for b in document.blocks if isinstance(b, Heading)]


CONTENTS = {
    "tabs": "目 录\n\n1\t概述\t1\n1.1\t核查目的\t1\n2\t核查发现\t3\n2.1\t基本情况\t3\n附件 1：清单\t9\n\n",
    "dots": "目录\n1 概述........1\n1.1 核查目的..........1\n2 核查发现……………3\n2.1 基本情况 . . . . . . 3\n附件 1：清单·······9\n\n",
    "no title": "1 概述........1\n1.1 核查目的..........1\n2 核查发现.........3\n2.1 基本情况........3\n\n",
    "no pages": "目　录\n\n1 概述\n\n1.1 核查目的\n\n2 核查发现\n\n2.1 基本情况\n\n附件 1：清单\n\n",
    "apart": "目录\n\n1 概述\n1\n1.1 核查目的\n1\n2 核查发现\n3\n2.1 基本情况\n3\n附件 1：清单\n9\n\n",
    "markdown": "## 目录\n\n- 1 概述 1\n- 1.1 核查目的 1\n- 2 核查发现 3\n\n",
}


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_contents_are_furniture_and_give_no_headings(kind: str) -> None:
    document = _read(CONTENTS[kind] + BODY)
    assert _heads(document) == ["1", "1.1", "2", "2.1", "附件1"]
    paragraphs = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert [said for said in paragraphs if said not in ("说明目的。", "说明情况。", "无。", "目录")] == []
    assert {why for _, why in document.furniture} == {"contents"}


def test_page_numbers_and_running_headers_are_furniture_and_text_goes_on_over_them() -> None:
    whole = "".join(f"核查组对{what}的活动水平数据和排放因子逐一查阅了原始记录并与" for what in "煤油气电")
    long = [whole[i : i + 30] for i in range(0, 120, 30)]
    pages = [
        f"某公司温室气体排放核查报告\n\n{said}\n\n第 {n} 页 共 9 页\n\n" for n, said in enumerate(long, 1)
    ]
    document = _read("".join(pages) + "采购发票做了比对。\n")
    (prose,) = document.blocks
    assert isinstance(prose, Paragraph) and prose.text == "".join(long) + "采购发票做了比对。"
    assert prose.place_at(33).line == 9
    whys = [why for _, why in document.furniture]
    assert whys.count("page number") == 4 and whys.count("header") == 4


def test_bare_page_numbers_count_only_when_they_count() -> None:
    filler = "核查组逐项核对了记录，未见差异。\n\n" * 6
    counted = _read("".join(f"{filler}{n}\n\n" for n in (4, 5, 6, 7)))
    assert [why for _, why in counted.furniture] == ["page number"] * 4
    lone = _read(f"{filler}17\n\n{filler}")
    assert "17" in [b.text for b in lone.blocks if isinstance(b, Paragraph)]


def test_phrases_that_come_again_in_the_text_are_not_running_headers() -> None:
    document = _read(
        "甲项排放：\n\n不涉及\n\n乙项排放：\n\n不涉及\n\n丙项排放：\n\n不涉及\n\n丁项排放：\n\n不涉及\n"
    )
    assert document.furniture == () and len(document.blocks) == 8


def test_pictures_leave_a_note_and_no_words() -> None:
    document = _read("流程如下。\n\n![](images/a1.jpg)\n\n<img src='x.png'/>\n\n图 3-1 流程图\n")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["流程如下。", "图 3-1 流程图"]
    assert [place.line for place, _ in document.notes] == [3, 5]


def test_numbers_of_a_summary_before_the_first_chapter_are_no_sections() -> None:
    document = _read(f"2. 排放量声明：\n\n2.1 法人边界的排放量\n\n总量为 7 吨。\n\n{BODY}")
    assert _heads(document) == ["1", "1.1", "2", "2.1", "附件1"]


@pytest.mark.parametrize(
    "line",
    ["2.5 万吨标准煤为年耗量", "1.06 分摊系数见说明。", "2022 年产量 5 万吨", "3、生料经磨机粉磨；", "1 月"],
)
def test_quantities_and_list_items_are_no_headings(line: str) -> None:
    assert _heads(_read(f"{BODY}\n{line}\n\n说明。\n")) == ["1", "1.1", "2", "2.1", "附件1"]


def test_every_physical_line_is_in_lines_with_page_and_number() -> None:
    document = _read("甲\n\n乙\f丙\r\n丁\n")
    assert [said for _, said in document.lines] == ["甲", "", "乙丙", "丁"]
    assert [place.line for place, _ in document.lines] == [1, 2, 3, 4]
    assert [place.page for place, _ in document.lines] == [1, 1, 2, 2]
