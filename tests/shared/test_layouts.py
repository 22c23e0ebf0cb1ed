"""The published texts printed again with one cell per line, and with tables as HTML, give the same figures."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tanhe.reading.documents import text_document
from tanhe.reading.service import ReadReport, from_document

FOLDER = Path(__file__).parents[3] / "shared" / "reports"
NAMES = ("hongshi-2024", "shenke-2023", "mingquan-2018")
Rows = list[list[str]]


def stacked(rows: Rows) -> str:
    return "\n".join(cell.strip() for row in rows for cell in row if cell.strip())


def apart(rows: Rows) -> str:
    return stacked(rows).replace("\n", "\n\n")


def html(rows: Rows) -> str:
    wide = max(map(len, rows))
    filled = [[*row, *[""] * (wide - len(row))] for row in rows]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c.strip()}</td>" for c in row) + "</tr>" for row in filled) + "</table>"


def printed(said: str, table: Callable[[Rows], str]) -> str:
    return "\n".join(_printed(said, table))


def _printed(said: str, table: Callable[[Rows], str]) -> Iterator[str]:
    rows: Rows = []
    for line in said.split("\n"):
        if "\t" in line:
            if not set(line) <= set("-\t "):
                rows.append(line.split("\t"))
            continue
        if rows:
            yield table(rows)
            rows = []
        yield line
    if rows:
        yield table(rows)


def figures(report: ReadReport) -> dict[str, Any]:
    tree = report.tree
    parts = {name: tree.get(name) for name in ("lines", "totals", "subtotals", "supplementary", "data", "tables", "dates")}
    return {**parts, "months": dict(report.tables)}


def plain(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: plain(member) for name, member in part.items()}
    return [plain(member) for member in part] if isinstance(part, list | tuple) else "".join(str(part).split())


@pytest.mark.parametrize("table", [stacked, apart, html])
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_read_as_from_the_published_print(name: str, table: Callable[[Rows], str]) -> None:
    path = FOLDER / f"{name}.txt"
    if not path.exists():
        warnings.warn(f"没有比较：缺 {path.name} | nothing compared: {path.name} is missing", stacklevel=1)
        assert not path.exists()
        return
    said = path.read_text(encoding="utf-8")
    own = figures(from_document(text_document(said.encode(), "报告.txt")))
    other = figures(from_document(text_document(printed(said, table).encode(), "报告.txt")))
    assert plain(other) == plain(own)
