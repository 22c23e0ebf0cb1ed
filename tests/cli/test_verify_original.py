"""``tanhe verify REPORT``: the original with the findings marked, listed, never overwritten, never in the way."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.messages import TanheError

_SPEC = importlib.util.spec_from_file_location("annotate_sample", Path(__file__).parents[1] / "report" / "annotate_sample.py")
assert _SPEC is not None and _SPEC.loader is not None
a = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(a)
REVIEW = {"审阅意见.docx", "审阅意见.html", "计算底稿.xlsx", "findings.sarif", "record.json"}


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_a_copy_stands_beside_the_review_and_the_original_stays(tanhe, tmp_path):
    path = a.write_docx(tmp_path / "核查 报告.docx")
    before = path.read_bytes()
    ran = tanhe("verify", path, "-o", tmp_path / "out")
    assert (ran.status, ran.err) == (1, "") and f"已写出 {tmp_path / 'out' / '核查 报告-批注.docx'}" in ran.out
    assert names(tmp_path / "out") == REVIEW | {"核查 报告-批注.docx"} and path.read_bytes() == before


def test_a_report_that_cannot_bear_remarks_is_reviewed_all_the_same(tanhe, tmp_path, monkeypatch):
    def refuse(*_):
        raise TanheError("文件的权限设置禁止添加批注", file="报告.docx")

    monkeypatch.setattr("tanhe.reading.annotate.annotated", refuse)
    ran = tanhe("verify", a.write_docx(tmp_path / "报告.docx"), "-o", tmp_path / "out")
    assert ran.status == 1 and names(tmp_path / "out") == REVIEW
    assert ran.err == "没有写出 报告-批注.docx：报告.docx: 文件的权限设置禁止添加批注\n" and "-批注" not in ran.out


def test_an_earlier_copy_is_not_overwritten(tanhe, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "报告-批注.docx").write_bytes(b"x")
    ran = tanhe("verify", a.write_docx(tmp_path / "报告.docx"), "-o", out)
    assert ran.status == 2 and "报告-批注.docx" in ran.err and (out / "报告-批注.docx").read_bytes() == b"x"
    assert names(out) == {"报告-批注.docx"}


@pytest.mark.parametrize(("suffix", "options", "expected"), [(".txt", (), REVIEW), (".docx", ("--no-documents",), {"record.json"})])
def test_texts_and_no_documents_write_no_copy(tanhe, tmp_path, suffix, options, expected):
    path = tmp_path / f"报告{suffix}"
    if suffix == ".txt":
        path.write_text(a.REPORT, encoding="utf-8")
    else:
        a.write_docx(path)
    ran = tanhe("verify", path, "-o", tmp_path / "out", *options)
    assert ran.err == "" and names(tmp_path / "out") == expected


def test_each_report_of_a_folder_has_its_copy(tanhe, tmp_path):
    folder = tmp_path / "报告"
    folder.mkdir()
    a.write_docx(folder / "甲.docx")
    ran = tanhe("verify", folder, "-o", tmp_path / "out")
    assert ran.status == 1 and names(tmp_path / "out" / "甲") == REVIEW | {"甲-批注.docx"}
