"""Hostile and broken texts: one clear error or a partial reading; nothing lost, nothing quadratic."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tanhe.messages import TanheError
from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.documents import limits, read, text_document
from tanhe.reading.documents.__main__ import main

SAID = "1 概述\n\n核查了某公司的排放，总量 12.50 吨。\n"


def _words(document: Document) -> str:
    said = []
    for block in document.blocks:
        if isinstance(block, Table):
            said += [block.caption, *(cell.text for row in block.rows for cell in row)]
        else:
            said += [block.number if isinstance(block, Heading) else "", block.text]
    return "".join("".join(said).split())


PIECES = ["甲", "排放量", "2021 年", "1.", "3.4 ", "12.50", "合计", "序号", "数据值", "表 1-2 ", "、", "。", "：", "（", "）", " ", "  ",
          "\t", "\n", "\n\n", "1 月", "单位", "-", "目录", "，", "A", "附件", "第一章 ", "核查结论", "7"]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("序号\n\n1\n\n2\n\n3\n")
@example("数据值\n单位\n核查结论\n1.\n")
@example("3.4 甲\n：")
def test_no_text_is_lost(said: str) -> None:
    document = text_document(said.encode(), "x")
    aside = {place.line for place, _ in document.furniture}
    words = _words(document)
    for place, line in document.lines:
        if place.line in aside:
            continue
        for piece in line.split():
            assert piece.strip("#") in words or _heads_with(document, place.line, piece)


def _heads_with(document: Document, line: int | None, piece: str) -> bool:
    """A heading gives its number and title apart: the words of its line, and a colon below, stand in the place it names."""
    return any(
        isinstance(b, Heading) and b.place.line in (line, (line or 0) - 1) and piece in b.place.quote
        for b in document.blocks
    )


@settings(max_examples=300)
@given(st.text(max_size=400) | st.text(alphabet="<>/tabledrhp |\t-\n1.表目录", max_size=300))
@example("<table><td colspan='999999'>")
@example("|" * 300)
@example("</table></td><tr>")
@example("\x00\x0b\x1c\u2028\ud7ff")
def test_any_text_is_read_or_refused_in_one_way(said: str) -> None:
    try:
        document = text_document(said.encode(), "x")
    except TanheError as error:
        assert str(error)
        return
    lines = {place.line for place, _ in document.lines}
    for block in document.blocks:
        assert block.place.line in lines


@settings(max_examples=200)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf\xff")
@example(b"\x81\x30\n\xe6\xb1")
def test_any_bytes_are_read_or_refused_in_one_way(data: bytes) -> None:
    try:
        assert isinstance(text_document(data, "x"), Document)
    except TanheError as error:
        assert error.file == "x"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_encodings_give_the_same_blocks(name: str) -> None:
    plain = text_document(SAID.encode(), "x")
    document = text_document(SAID.encode(name), "x")
    assert document.blocks == plain.blocks and document.notes == ()


def test_mixed_and_broken_encodings_are_read_with_a_note_on_the_line() -> None:
    data = (
        "第一行是好的。\n".encode()
        + "第二行不同。\n".encode("gb18030")
        + b"\xe5\x9d\xff\xff\xff \xe5\n"
        + "末行。".encode()
    )
    document = text_document(data, "x")
    said = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert "第一行是好的。" in said[0] and any("第二行不同。" in one for one in said) and "末行。" in said[-1]
    assert [place.line for place, _ in document.notes] == [2, 3]


@pytest.mark.parametrize("bomb", [
    "\t".join("1" for _ in range(400)) + "\n",
    "序号\n", "1\n\n", "月份\n1 月\n", "甲  乙\n丙\n", "1 月 5\n", "目录\n甲 1\n", "<tr><td>\n", "<table>\n", "<table><tr><td>1</table>\n", "表 1 甲\n", "$" * 90 + "\n",
    "长" * 39 + "\n", "a.b " * 30 + "\n", "|a|b|\n\n", "数据值\n单位\n", "............................ x\n", "- - - - \n", "1.1 甲\n",
])  # fmt: skip
def test_work_grows_with_the_text_and_not_with_its_square(bomb: str) -> None:
    def calls(size: int) -> int:
        data = (bomb * (size // len(bomb.encode()))).encode()
        count = 0

        def counted(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(counted)
        try:
            text_document(data, "x")
        finally:
            sys.setprofile(None)
        return count

    assert calls(32_000) < 8 * 2 * calls(4_000) + 5_000


def _limit(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    from tanhe.reading.documents import layout, lines, pieces, text

    for module in (limits, layout, lines, pieces, text):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, most)


@pytest.mark.parametrize(("name", "word"), [
    ("MAX_TEXT_BYTES", "字节"), ("MAX_LINE", "字符"), ("MAX_LINES", "行数"), ("MAX_BLOCKS", "块数"), ("MAX_CELLS", "单元格"),
    ("MAX_COLUMNS", "列数"),
])  # fmt: skip
def test_limits_end_in_an_error_that_names_the_limit(
    monkeypatch: pytest.MonkeyPatch, name: str, word: str
) -> None:
    _limit(monkeypatch, name, 2)
    with pytest.raises(TanheError, match=f"{word}.*超过上限 2"):
        text_document("甲乙丙\n\n说明如下。\n\n见表。\n\n一\t二\t三\n四\t五\t六\n".encode(), "x")


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(("data", "word"), [
    (b"", "空"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "另存为 .docx"), (b"{\\rtf1 x}", "RTF"),
    (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"), (b"\x89PNG\r\n", "图片"),
    (_zip("[Content_Types].xml", "xl/workbook.xml"), "Word"), (b"\x7fELF\x01", "程序"), (bytes(500), "文本"),
])  # fmt: skip
def test_what_is_no_report_is_refused_with_what_was_expected(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    with pytest.raises(TanheError, match=word) as caught:
        read(path)
    assert caught.value.file == str(path) and caught.value.expected


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.txt", tmp_path / "a\0b"):
        with pytest.raises(TanheError):
            read(path)


def test_the_suffix_does_not_decide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.pdf"
    path.write_text(SAID, encoding="gb18030")
    assert read(path).kind == "text"
    assert main([str(path)]) == 0 and "# [1] 概述" in capsys.readouterr().out
    assert main([str(tmp_path)]) == 2 and "文件夹" in capsys.readouterr().err
