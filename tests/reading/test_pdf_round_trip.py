"""What Tanhe writes as PDF reads back cell by cell, wrapped words rejoined (自己写出的报告读回)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tanhe.reading.blocks import Heading, Table
from tanhe.reading.documents import read
from tanhe.report import content
from tanhe.report.pdf import write_pdf

_SPEC = importlib.util.spec_from_file_location("round_trip", Path(__file__).with_name("round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)


@pytest.mark.parametrize("name", x.EXAMPLES)
def test_every_table_of_the_pdf_is_the_one_that_was_written(tmp_path: Path, name: str) -> None:
    report = x.report(name)
    write_pdf(report, tmp_path / "报告.pdf")
    document = read(tmp_path / "报告.pdf")
    written = [block for block in report.blocks if isinstance(block, content.Table)]
    got = [block for block in document.blocks if isinstance(block, Table)]
    assert [x.closed(table.caption) for table in got] == [x.closed(table.caption) for table in written]
    for one, other in zip(written, got, strict=True):
        assert x.visible(x.places(other.rows)) == x.visible(x.printed(one)), one.caption
    headings = [x.closed(b.text) for b in report.blocks if isinstance(b, content.Heading)]
    read_again = [x.closed(f"{b.number}{b.text}") for b in document.blocks if isinstance(b, Heading)]
    assert [words for words in headings if words[0].isdigit()] == [words for words in read_again if words[0].isdigit()]
