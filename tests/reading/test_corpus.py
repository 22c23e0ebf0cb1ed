"""Inputs that once broke a reader, kept small: each ends in a reading or in one clear error (``tools/fuzz.py``)."""

from pathlib import Path

import pytest

from tanhe.messages import TanheError
from tanhe.reading.documents.child import read_safely
from tanhe.reading.service import from_document

CORPUS = sorted(p for p in Path(__file__).with_name("corpus").iterdir() if p.suffix != ".md")


def test_the_corpus_is_there() -> None:
    assert CORPUS


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.name)
def test_what_broke_a_reader_once_breaks_it_no_more(path: Path) -> None:
    try:
        report = from_document(read_safely(path), strict=True)
    except TanheError as error:
        assert path.name in str(error)
    else:
        assert report.dossier.year and report.reading.numbers >= report.reading.placed
