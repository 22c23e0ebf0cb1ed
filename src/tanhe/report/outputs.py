"""Everything `verify` writes (输出文件), all together or not at all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tanhe.checks import registry
from tanhe.checks.findings import Outcome
from tanhe.dossier.reading import Reading
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError
from tanhe.output import OutputSet
from tanhe.report.annotate import Original
from tanhe.report.findings.listing import Listing
from tanhe.report.findings.sarif import sarif

DOCX, PDF, XLSX, RECORD = "核查报告.docx", "核查报告.pdf", "计算底稿.xlsx", "record.json"
SARIF = "findings.sarif"
REVIEW_DOCX, REVIEW_HTML = "审阅意见.docx", "审阅意见.html"

Step = Callable[[str], None]
"""Told the name of each file as work on it begins."""


def file_names(documents: bool, finished: bool = False, original: Original | None = None) -> tuple[str, ...]:
    """What will be written; for a ``finished`` report the review takes the place of the verification report.

    Beside the review stands a copy of the ``original`` with remarks, if it can bear them.
    """
    if not documents:
        return (RECORD,)
    if not finished:
        return (DOCX, PDF, XLSX, SARIF, RECORD)
    return (REVIEW_DOCX, REVIEW_HTML, *((original.name,) if original else ()), XLSX, SARIF, RECORD)


@contextmanager
def reserve(
    folder: str | Path, documents: bool, force: bool, finished: bool = False, original: Original | None = None
) -> Iterator[OutputSet]:
    """Check the targets before any work, so that an existing file is not found out about at the end."""
    with OutputSet(folder, force=force, names=file_names(documents, finished, original)) as outputs:
        yield outputs


def write_all(
    inventory: Inventory, record: dict[str, Any], outputs: OutputSet, outcome: Outcome | None,
    step: Step = lambda _: None, reading: Reading | None = None, original: Original | None = None,
) -> TanheError | None:
    """Write the record; with the rules' outcome also report or review, the workbook, the findings in SARIF.

    ``reading`` says that the input is a finished report: then the review is written, and the ``original`` with
    remarks. Answers why that copy could not be made, when it could not: the rest is written all the same.
    """
    unmarked = None
    if outcome is not None:
        listing = Listing(inventory, outcome, record["input"]["path"], tuple(registry.rules().values()))
        if reading is None:
            _write_report(inventory, outputs, step, outcome)
        else:
            _write_review(listing, reading, outputs, step)
            unmarked = _write_copy(listing, reading, outputs, step, original)
        step(SARIF)
        _write_json(outputs.path(SARIF), sarif(listing))
    step(RECORD)
    _write_json(outputs.path(RECORD), record)
    return unmarked


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_report(inventory: Inventory, outputs: OutputSet, step: Step, outcome: Outcome) -> None:
    from tanhe.report.compose import compose
    from tanhe.report.docx.writer import write_docx
    from tanhe.report.pdf import write_pdf
    from tanhe.report.workbook.book import write_workbook

    report = compose(inventory, outcome=outcome)
    step(XLSX)
    write_workbook(inventory, outputs.path(XLSX))
    step(PDF)
    write_pdf(report, outputs.path(PDF))
    step(DOCX)
    write_docx(report, outputs.path(DOCX))


def _write_review(listing: Listing, reading: Reading, outputs: OutputSet, step: Step) -> None:
    from tanhe.report.docx.writer import write_docx
    from tanhe.report.findings.html import html
    from tanhe.report.review import compose_review
    from tanhe.report.workbook.book import write_workbook

    step(XLSX)
    write_workbook(listing.inventory, outputs.path(XLSX))
    step(REVIEW_HTML)
    outputs.path(REVIEW_HTML).write_text(html(listing), encoding="utf-8")
    step(REVIEW_DOCX)
    write_docx(compose_review(listing, reading), outputs.path(REVIEW_DOCX))


def _write_copy(
    listing: Listing, reading: Reading, outputs: OutputSet, step: Step, original: Original | None
) -> TanheError | None:
    if original is None:
        return None
    from tanhe.report.annotate import marks_of

    step(original.name)
    try:
        data = original.annotate(marks_of(listing, reading, datetime.date.today()))
    except TanheError as error:
        outputs.leave_out(original.name)
        return error
    outputs.path(original.name).write_bytes(data)
    return None
