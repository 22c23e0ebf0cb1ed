"""Variants of a dossier (案卷变体): the same folder with single values changed, for rule examples and benchmarks.

Nothing is written; the variant is read as if its files said so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tanhe.dossier.load import FILE, validate, with_tables
from tanhe.dossier.model import Dossier
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.yaml_source import read


@dataclass(frozen=True)
class Change:
    """One change: a value at a dotted ``path`` (``team.0.role``, ``findings.+`` appends; None removes), or a cell.

    A cell is named by ``table`` (the CSV file's path), ``row`` counted from 0 below the header, and ``column``;
    a row alone with ``value`` None removes the row, with a list replaces it.
    """

    path: str = ""
    value: Any = None
    table: str = ""
    row: int = 0
    column: str = ""


def variant(folder: str | Path, changes: Iterable[Change]) -> tuple[Dossier, tuple[Problem, ...]]:
    """The changed dossier and its data problems; UnreadableDossier when the change breaks its structure."""
    main = Path(folder) / FILE
    content = main.read_text("utf-8")
    source = read(content, main.name)
    texts: dict[str, str] = {}
    for change in changes:
        if change.table:
            texts[change.table] = _with_cell(texts.get(change.table) or (main.parent / change.table).read_text("utf-8"), change)
        else:
            _put(source.tree, change.path.split("."), change.value)
    dossier = validate(source)
    if dossier is None or source.problems:
        raise UnreadableDossier(main.parent, tuple(source.problems))
    return with_tables(dossier, main, content, source, texts)


def _put(tree: Any, path: list[str], value: Any) -> None:
    for n, name in enumerate(path[:-1]):
        if isinstance(tree, dict):
            tree = tree.setdefault(name, [] if path[n + 1] in ("+", "0") else {})
        else:
            tree = tree[int(name)]
    last = path[-1]
    if isinstance(tree, dict):
        if value is None:
            tree.pop(last, None)
        else:
            tree[last] = value
    elif last == "+":
        tree.append(value)
    elif value is None:
        del tree[int(last)]
    else:
        tree[int(last)] = value


def _with_cell(content: str, change: Change) -> str:
    rows = list(csv.reader(io.StringIO(content)))
    at = change.row + 1
    if change.column:
        rows[at][rows[0].index(change.column)] = str(change.value)
    elif change.value is None:
        del rows[at]
    elif at >= len(rows):
        rows.append([str(v) for v in change.value])
    else:
        rows[at] = [str(v) for v in change.value]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
