"""What Tanhe writes as DOCX reads back cell by cell (自己写出的报告读回)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.reading.blocks import Heading, Table
from tanhe.reading.documents import read
from tanhe.report import content
from tanhe.report.docx import write_docx

_SPEC = importlib.util.spec_from_file_location("round_trip", Path(__file__).with_name("round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)


@pytest.mark.parametrize("name", x.EXAMPLES)
def test_every_table_of_the_docx_is_the_one_that_was_written(tmp_path: Path, name: str) -> None:
    report = x.report(name)
    write_docx(report, tmp_path / "报告.docx")
    document = read(tmp_path / "报告.docx")
    written = [block for block in report.blocks if isinstance(block, content.Table)]
    got = [block for block in document.blocks if isinstance(block, Table)]
    assert [table.caption for table in got] == [table.caption for table in written]
    for one, other in zip(written, got, strict=True):
        assert x.filled(x.places(other.rows)) == x.filled(x.printed(one)), one.caption


@pytest.mark.parametrize("name", x.EXAMPLES)
def test_every_heading_of_the_docx_is_read_with_its_level(tmp_path: Path, name: str) -> None:
    report = x.report(name)
    write_docx(report, tmp_path / "报告.docx", lambda *_: x.PICTURE)
    written = [(b.level, "".join(b.text.split())) for b in report.blocks if isinstance(b, content.Heading)]
    got = [
        (b.level, "".join(f"{b.number}{b.text}".split()))
        for b in read(tmp_path / "报告.docx").blocks
        if isinstance(b, Heading)
    ]
    assert got == written
