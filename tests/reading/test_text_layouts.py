"""One report in many layouts gives the same headings, tables and words (版式无关)."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tanhe.reading.blocks import Heading, Paragraph, Table
from tanhe.reading.documents import text_document


def _sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("text_sample", Path(__file__).with_name("text_sample.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


S = _sample()


def _tight(said: str) -> str:
    return re.sub(r"\s", "", said)


def _tables(said: str) -> list[tuple[str, list[list[str]]]]:
    document = text_document(said.encode(), "报告.txt")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [(t.caption, [[_tight(cell.text) for cell in row] for row in t.rows]) for t in tables]


def _headings(said: str) -> list[tuple[int, str, str]]:
    blocks = text_document(said.encode(), "报告.txt").blocks
    return [(b.level, b.number, b.text) for b in blocks if isinstance(b, Heading)]


EXPECTED = [
    (caption, [[_tight(cell) for cell in row] for row in rows]) for caption, rows in S.TABLES.values()
]


@pytest.mark.parametrize("layout", sorted(S.LAYOUTS))
def test_tables_are_the_same_in_every_layout(layout: str) -> None:
    assert _tables(S.report(S.LAYOUTS[layout])) == EXPECTED


@pytest.mark.parametrize("layout", sorted(S.LAYOUTS))
def test_headings_and_prose_are_the_same_in_every_layout(layout: str) -> None:
    said = S.report(S.LAYOUTS[layout])
    prose = [b.text for b in text_document(said.encode(), "x").blocks if isinstance(b, Paragraph)]
    assert _headings(said) == S.HEADINGS
    assert prose == [S.PROSE, "核查组由下列人员组成。", "各项数据的核查如下。", S.END]


@pytest.mark.parametrize(
    "layout", ["tabs", "pipes", "html", "html_lines", "spaces", "stacked", "paged", "cut"]
)
def test_every_cell_is_found_on_the_line_its_place_names(layout: str) -> None:
    said = S.report(S.LAYOUTS[layout])
    lines = said.split("\n")
    cells = [
        cell
        for block in text_document(said.encode(), "x").blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.text
    ]
    assert len(cells) > 100
    for cell in cells:
        assert cell.place.line is not None and cell.text in lines[cell.place.line - 1]
        assert cell.place.quote in lines[cell.place.line - 1]


@pytest.mark.parametrize("size", [22, 31, 40])
def test_wrapped_prose_is_one_paragraph_whose_offsets_keep_their_lines(size: int) -> None:
    said = S.report(S.tabs, wrap=lambda words: "\n".join(S.pieces(words, size)))
    blocks = text_document(said.encode(), "x").blocks
    prose = next(b for b in blocks if isinstance(b, Paragraph))
    assert _tight(prose.text) == _tight(S.PROSE)
    lines = said.split("\n")
    at = prose.text.index("锅炉房")
    line = prose.place_at(at).line
    assert line is not None and line > 5 and prose.text[at : at + 2] in "".join(lines[line - 1 : line + 1])


def test_fullwidth_digits_and_letters_do_not_hide_rows_headings_or_captions() -> None:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in '|<>="/'}
    said = S.report(S.wide_pipes).translate(wide)
    assert [(level, number) for level, number, _ in _headings(said)] == [(a, b) for a, b, _ in S.HEADINGS]
    assert [len(rows) for _, rows in _tables(said)] == [len(rows) for _, rows in EXPECTED]


def _chinese(number: str) -> str:
    digits = "〇一二三四五六七八九"
    *_, last = number.split(".")
    return {1: f"第{digits[int(last)]}章", 2: number}.get(number.count(".") + 1, number)


def _commas(number: str) -> str:
    digits = "〇一二三四五六七八九"
    parts = number.split(".")
    return {1: f"{digits[int(parts[0])]}、", 2: f"（{digits[int(parts[-1])]}）"}.get(len(parts), number)


@pytest.mark.parametrize("number", [_chinese, lambda n: f"{n}.", lambda n: f"# {n}", lambda n: f"**{n}"])
def test_headings_are_told_however_they_are_numbered(number: object) -> None:
    assert callable(number)
    said = S.report(S.tabs, number=number)
    if "**" in said:
        said = re.sub(r"(?m)^(\*\*\d.*)$", r"\1**", said)
    assert _headings(said) == S.HEADINGS


def test_chinese_numerals_give_dotted_numbers_under_their_chapter(tmp_path: Path) -> None:
    from tanhe.reading.documents import read

    path = tmp_path / "报告.txt"
    path.write_text(
        "一、概述\n\n（一）核查目的\n\n略。\n\n三、核查发现\n\n（四）核算数据的核查\n\n略。\n\n附件 2：支持性文件清单\n\n略。\n",
        encoding="utf-8",
    )
    heads = [(b.level, b.number, b.text) for b in read(path).blocks if isinstance(b, Heading)]
    assert heads == [
        (1, "1", "概述"),
        (2, "1.1", "核查目的"),
        (1, "3", "核查发现"),
        (2, "3.4", "核算数据的核查"),
        (1, "附件2", "支持性文件清单"),
    ]
