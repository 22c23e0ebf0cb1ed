"""Reports to be written and read again, and how their tables look in print (写出再读回)."""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tanhe.checks.examine import examine
from tanhe.dossier.load import load
from tanhe.reading.documents import read
from tanhe.reading.service import ReadReport, from_document
from tanhe.report.compose import compose
from tanhe.report.content import Report, Table
from tanhe.report.docx import write_docx
from tanhe.report.pdf import write_pdf
from tanhe.report.typography import runs

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = ("clean-foundry-2024", "mingquan-methanol-2018")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")

Grid = Mapping[tuple[int, int], tuple[str, int, int]]
"""Text and spans by row and column."""


@cache
def report(name: str) -> Report:
    """The report ``tanhe verify --example`` writes."""
    dossier, problems = load(FOLDER / name)
    inventory, outcome = examine(dossier, problems, datetime.date(2025, 6, 30))
    return compose(inventory, outcome=outcome)


@cache
def read_again(name: str, suffix: str) -> ReadReport:
    """That report written as ``.docx`` or ``.pdf``, its charts left blank in the first, and read back."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"报告{suffix}"
        if suffix == ".docx":
            write_docx(report(name), path, lambda *_: PICTURE)
        else:
            write_pdf(report(name), path)
        return from_document(read(path), strict=True)


def places(rows: Sequence[Sequence[Any]], header: int = 0) -> Grid:
    """The cells by the place they stand in; a span ends with the header or the table."""
    found: dict[tuple[int, int], tuple[str, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            rowspan = min(cell.rowspan, (header if y < header else len(rows)) - y)
            taken |= {(y + j, x + i) for i in range(cell.colspan) for j in range(rowspan)}
            found[y, x] = (cell.text, cell.colspan, rowspan)
            x += cell.colspan
    return found


def printed(table: Table) -> Grid:
    """A table as its writer prints it: powers and units raised, gases lowered."""
    shown = {}
    for at, (text, *spans) in places(table.rows, table.header_rows).items():
        words = "".join(r.text.translate(_RAISED) if r.kind == "sup" else r.text for r in runs(text))
        shown[at] = (" ".join(words.split()), *spans)
    return shown


def filled(grid: Grid) -> Grid:
    """Without the empty cells a writer puts where a row has a gap."""
    return {at: cell for at, cell in grid.items() if cell != ("", 1, 1)}


def visible(grid: Grid) -> Grid:
    """What a PDF shows: a column or row in which no cell begins cannot be seen, nor blanks where words were wrapped."""
    rows, columns = sorted({y for y, _ in grid}), sorted({x for _, x in grid})
    return filled(
        {
            (rows.index(y), columns.index(x)): (
                closed(text), sum(x <= c < x + across for c in columns), sum(y <= r < y + down for r in rows),
            )
            for (y, x), (text, across, down) in grid.items()
        }
    )  # fmt: skip


def closed(text: str) -> str:
    """Without blanks."""
    return re.sub(r"\s", "", text)
