"""Hostile documents: bombs, entities, passwords, damage; one clear error or a partial reading, in time, in a child."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanhe.messages import TanheError
from tanhe.reading.blocks import Document, Paragraph, Table
from tanhe.reading.documents import archive, child, pdf, read
from tanhe.reading.documents.child import read_safely
from tanhe.reading.documents.docx import read_docx
from tanhe.reading.documents.pdf import read_pdf
from tanhe.reading.documents.wire import from_json, to_json


def _sample(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


word, paper = _sample("docx_sample"), _sample("pdf_sample")


@lru_cache(maxsize=1)
def a_docx() -> bytes:
    out = io.BytesIO()
    cells = word.table(word.row("月份", "电量"), *(word.row(f"{n} 月", f"{n}.50") for n in range(1, 13)))
    body = word.document(word.par("3.4 核算数据的核查"), word.par("表 3-1 电量"), cells, word.par("正文。"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return out.getvalue()


@lru_cache(maxsize=1)
def a_pdf() -> bytes:
    made = paper.pdf("= 3.4 核算数据的核查\n正文。\n#table(columns: 2, [月份], [电量], [1 月], [1.50])")
    assert isinstance(made, bytes)
    return made


def assert_refused(path: Path, *words: str) -> None:
    with pytest.raises(TanheError) as caught:
        read_safely(path)
    assert all(said in str(caught.value) for said in (path.name, *words)), str(caught.value)


# Word packages


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = word.package(tmp_path / "a.docx", word.document(word.par("x")), media__bin=b"\0" * (30 << 20))
    assert_refused(path, "压缩")


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = word.package(tmp_path / "a.docx", word.document(word.par("长" * 5000)))
    monkeypatch.setattr(archive, "PART", 1000)
    with pytest.raises(TanheError, match="超出限制"):
        read_docx(path)


def test_a_package_of_countless_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PARTS", 3)
    path = word.package(tmp_path / "a.docx", word.document(), a__xml="<a/>", b__xml="<b/>")
    with pytest.raises(TanheError, match="超出限制"):
        read_docx(path)


@pytest.mark.parametrize(
    "entity", ['<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/hostname">']
)
def test_entities_are_refused(tmp_path: Path, entity: str) -> None:
    main = word.document(word.par("<w:r><w:t>&b;</w:t></w:r>")).replace("?>", f"?><!DOCTYPE d [{entity}]>", 1)
    assert_refused(word.package(tmp_path / "a.docx", main), "DTD")


def test_deep_nesting_is_an_error_or_text_and_no_crash(tmp_path: Path) -> None:
    for deep in (60, 120, 5000):
        inner = "<w:ins>" * deep + word.run("内") + "</w:ins>" * deep
        path = word.package(tmp_path / f"{deep}.docx", word.document(f"<w:p>{inner}</w:p>"))
        try:
            assert [b.text for b in read_safely(path).blocks if isinstance(b, Paragraph)] == ["内"]
        except TanheError as error:
            assert deep > 120 and "损坏" in str(error)


def test_absurd_spans_are_an_error_and_no_memory(tmp_path: Path) -> None:
    wide = word.table(word.row(word.cell("a", '<w:gridSpan w:val="999999"/>')), word.row("b", "c"))
    assert_refused(word.package(tmp_path / "a.docx", word.document(wide)), "列数")


def test_a_field_that_never_ends_hides_no_text(tmp_path: Path) -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    path = word.package(tmp_path / "a.docx", word.document(word.par(begun), word.par("正文 3 吨。")))
    assert [b.text for b in read(path).blocks if isinstance(b, Paragraph)] == ["正文 3 吨。"]


def test_a_list_or_style_that_names_itself_is_no_loop(tmp_path: Path) -> None:
    styles = word.part("styles", '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style>')
    path = word.package(tmp_path / "a.docx", word.document(word.par("文。", '<w:pStyle w:val="A"/>')), styles__xml=styles)
    assert len(read(path).blocks) == 1


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.98])
def test_a_truncated_docx_is_an_error(tmp_path: Path, cut: float) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(a_docx()[: int(len(a_docx()) * cut)])
    assert_refused(path, "损坏")


def test_an_encrypted_package_is_said_to_be_one(tmp_path: Path) -> None:
    data = bytearray(a_docx())
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[at + 8] |= 1
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert_refused(path, "密码")


# PDF


def test_an_encrypted_pdf_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(paper.encrypted())
    assert_refused(path, "密码")


def test_a_pdf_of_nothing_but_its_first_bytes_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    assert_refused(path, "损坏")


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(paper.pdf("一#pagebreak()二"))
    monkeypatch.setattr(pdf, "PAGES", 1)
    with pytest.raises(TanheError, match="页数"):
        read_pdf(path)


def test_a_page_of_endless_numbers_and_lines_is_read_in_time(tmp_path: Path) -> None:
    lines = "".join(f"{n % 300} 0 m {n % 300} 400 l S 0 {n % 400} m 300 {n % 400} l S " for n in range(6000))
    huge = "BT /F 10 Tf 1e30 0 0 1e30 50 300 Tm (99999) Tj ET BT /F 10 Tf 1 0 0 1 50 300 Tm (" + "9" * 20000 + ") Tj ET"
    path = tmp_path / "a.pdf"
    path.write_bytes(paper.plain(lines + huge))
    start = time.monotonic()
    assert isinstance(read_safely(path), Document)
    assert time.monotonic() - start < 60


# The child


@pytest.mark.parametrize(("name", "data"), [("a.docx", a_docx), ("a.pdf", a_pdf)])
def test_the_child_reads_what_is_read_here(tmp_path: Path, name: str, data: Callable[[], bytes]) -> None:
    path = tmp_path / name
    path.write_bytes(data())
    assert read_safely(path) == read(path)
    assert any(isinstance(block, Table) for block in read(path).blocks)


def test_a_small_text_starts_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_in_child", lambda *_: pytest.fail("a child was started"))
    path = tmp_path / "a.txt"
    path.write_text("1 概述\n\n文字。\n", "utf-8")
    assert read_safely(path) == read(path)


@pytest.mark.parametrize("name", ["没有.pdf", "."])
def test_what_cannot_be_opened_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(TanheError):
        read_safely(tmp_path / name)


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(a_pdf())
    start = time.monotonic()
    with pytest.raises(TanheError, match="时间上限"):
        read_safely(path, seconds=0.01)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("answer", [b"", b"{}", b'{"kind": "pdf"}', b"[1, 2", b"\xff\xfe"])
def test_a_child_that_dies_or_lies_is_an_error(answer: bytes) -> None:
    for code in (0, 1, 2, -11):
        with pytest.raises(TanheError):
            child._parsed("a.pdf", (code, answer, False))


def guarded(code: str) -> subprocess.CompletedProcess[str]:
    """Code run as the child runs: limits set, then the guard."""
    start = "import sys; from tanhe.reading.documents import child; child._limit(1 << 30); sys.addaudithook(child._guard)\n"
    root = str(Path(child.__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, env=environment, timeout=60)


def test_the_child_reaches_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        made = guarded(f"import socket; socket.create_connection(('127.0.0.1', {port}))")
    assert made.returncode == 1 and "PermissionError" in made.stderr


def test_the_child_writes_nothing_and_starts_nothing(tmp_path: Path) -> None:
    for code in (
        f"open({str(tmp_path / 'x')!r}, 'w')",
        f"import os; os.mkdir({str(tmp_path / 'd')!r})",
        "import subprocess; subprocess.run(['echo'])",
        "import os; os.system('echo')",
    ):
        assert "PermissionError" in guarded(code).stderr, code
    assert list(tmp_path.iterdir()) == []


def test_memory_of_the_child_is_limited_where_the_system_can() -> None:
    made = guarded("bytearray(2 << 30)")
    assert ("MemoryError" in made.stderr) == (os.name == "posix" and sys.platform != "darwin")


def test_a_document_survives_the_wire_and_nonsense_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(a_docx())
    document = read(path)
    assert from_json(to_json(document)) == document
    said = json.loads(to_json(document))
    for key in said:
        with pytest.raises(ValueError, match=r".*"):
            from_json(json.dumps({**said, key: [[1]]}))


# Fuzzing: bytes cut, changed, repeated

CHANGES = st.lists(
    st.tuples(st.sampled_from(["cut", "set", "drop", "repeat"]), st.floats(0, 1), st.binary(min_size=1, max_size=8)),
    min_size=1, max_size=6,
)  # fmt: skip


def changed(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for kind, where, what in changes:
        at = int(where * len(data))
        match kind:
            case "cut":
                data = data[: max(at, 8)]
            case "set":
                data = data[:at] + what + data[at + len(what) :]
            case "drop":
                data = data[:at] + data[at + 4 * len(what) :]
            case _:
                data = data[:at] + data[max(0, at - 40) :]
    return data


def assert_error_or_document(reader: Callable[[Path], Document], path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        assert isinstance(reader(path), Document)
    except TanheError as error:
        assert str(error)


@settings(max_examples=120)
@given(changes=CHANGES)
def test_any_change_of_a_docx_gives_an_error_or_a_document(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, float, bytes]]
) -> None:
    assert_error_or_document(read_docx, tmp_path_factory.getbasetemp() / "fuzz.docx", changed(a_docx(), changes))


@settings(max_examples=120)
@given(changes=CHANGES)
def test_any_change_of_the_xml_gives_an_error_or_a_document(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, float, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(a_docx())) as package:
        main = package.read("word/document.xml")
    path = tmp_path_factory.getbasetemp() / "fuzz.docx"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", changed(main, changes))
    assert_error_or_document(read_docx, path, out.getvalue())


@settings(max_examples=120)
@given(changes=CHANGES)
def test_any_change_of_a_pdf_gives_an_error_or_a_document(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, float, bytes]]
) -> None:
    assert_error_or_document(read_pdf, tmp_path_factory.getbasetemp() / "fuzz.pdf", changed(a_pdf(), changes))
