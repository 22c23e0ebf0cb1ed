"""Everything `verify` writes (输出文件), all together or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tanhe.checks import registry
from tanhe.checks.findings import Outcome
from tanhe.inventory.model import Inventory
from tanhe.output import OutputSet
from tanhe.report.findings.listing import Listing
from tanhe.report.findings.sarif import sarif

DOCX, PDF, XLSX, RECORD = "核查报告.docx", "核查报告.pdf", "计算底稿.xlsx", "record.json"
SARIF = "findings.sarif"

Step = Callable[[str], None]
"""Told the name of each file as work on it begins."""


def file_names(documents: bool) -> tuple[str, ...]:
    """What will be written."""
    return (DOCX, PDF, XLSX, SARIF, RECORD) if documents else (RECORD,)


@contextmanager
def reserve(folder: str | Path, documents: bool, force: bool) -> Iterator[OutputSet]:
    """Check the targets before any work, so that an existing file is not found out about at the end."""
    with OutputSet(folder, force=force, names=file_names(documents)) as outputs:
        yield outputs


def write_all(
    inventory: Inventory, record: dict[str, Any], outputs: OutputSet, outcome: Outcome | None,
    step: Step = lambda _: None,
) -> None:
    """Write the record; with the rules' outcome also the report in DOCX and PDF, the workbook, the findings in SARIF."""
    if outcome is not None:
        _write_documents(inventory, outputs, step, outcome)
        step(SARIF)
        rules = tuple(registry.rules().values())
        _write_json(outputs.path(SARIF), sarif(Listing(inventory, outcome, record["input"]["path"], rules)))
    step(RECORD)
    _write_json(outputs.path(RECORD), record)


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_documents(inventory: Inventory, outputs: OutputSet, step: Step, outcome: Outcome) -> None:
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
