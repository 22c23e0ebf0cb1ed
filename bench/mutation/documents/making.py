"""The report of an example written as DOCX by Tanhe and read to blocks (成稿)."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Document, Heading, Table

from ..base import EXAMPLES
from .paper import Paper, key

OWN = ("因子与依据", "复算对照", "规则检查结果")
"""Annexes that only Tanhe writes; the reports of others have none, and they say every figure once more."""


def write(name: str) -> Paper:
    """The example's report written as DOCX, read to blocks, without the annexes that only Tanhe writes."""
    from tanhe.dossier.load import load
    from tanhe.inventory.compute import compute
    from tanhe.reading.documents import read
    from tanhe.report.compose import compose
    from tanhe.report.content import Chart, Report
    from tanhe.report.docx import write_docx

    dossier, _ = load(EXAMPLES / name)
    report = compose(compute(dossier))
    plain = Report(report.title, report.header, tuple(b for b in report.blocks if not isinstance(b, Chart)), report.language, report.status)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.docx"
        write_docx(plain, path)
        return Paper(name, without_own(_renamed(read(path), "报告.docx")))


def without_own(document: Document) -> Document:
    """The document up to the annexes only Tanhe writes."""
    cut = next((n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text.startswith(OWN)), len(document.blocks))
    gone = {key(b.place) for b in document.blocks[cut:]} | {
        key(c.place) for b in document.blocks[cut:] if isinstance(b, Table) for row in b.rows for c in row}
    first = next((n for n, (place, _) in enumerate(document.lines) if key(place) in gone), len(document.lines))
    kept = tuple(line for n, line in enumerate(document.lines) if n < first or not (line[0].sheet or "").startswith(("段落", "表")))
    return replace(document, blocks=document.blocks[:cut], lines=kept)


def _renamed(document: Document, name: str) -> Document:
    def here(place: Place) -> Place:
        return replace(place, file=name)

    def moved(block: Block) -> Block:
        if isinstance(block, Table):
            rows = tuple(tuple(replace(c, place=here(c.place)) for c in row) for row in block.rows)
            return replace(block, rows=rows, place=here(block.place))
        return replace(block, place=here(block.place))

    return replace(document, path=name, blocks=tuple(map(moved, document.blocks)), sha256="0" * 64,
                   lines=tuple((here(p), t) for p, t in document.lines), notes=tuple((here(p), t) for p, t in document.notes))
