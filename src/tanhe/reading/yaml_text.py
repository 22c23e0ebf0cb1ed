"""A read dossier as YAML (写成 dossier.yaml): the same tree, each value followed by where it was read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from tanhe.dossier.places import Place
from tanhe.messages import text

if TYPE_CHECKING:
    from tanhe.reading.service import ReadReport

Path = tuple[str | int, ...]
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff《（][^\n\t:#\[\]{}\"'&*!|>%@`]*[^\s:#\[\]{}\"'&*!|>%@`,]|[0-9A-Za-z\u4e00-\u9fff]")
_ORDER = (
    "format", "guideline", "year", "entity", "client", "body", "report", "dates", "team", "interviews", "visits", "review_focus", "purpose",
    "scope", "criteria", "processes", "energy", "energy_management", "equipment", "meters", "products", "economics", "boundary", "sources",
    "method_notes", "documents", "tables", "data", "lines", "subtotals", "totals", "supplementary", "quality_assurance", "monitoring_plan",
    "other_findings", "findings", "statements", "conclusions",
)


def to_yaml(tree: Mapping[str, Any], places: Mapping[Path, Place], title: str) -> str:
    """The whole text; reading it back gives the same tree."""
    lines = [f"# {title}", text("# 每个值后面是它在报告中的位置；读错的请直接改正。", "# Behind each value: where it stands in the report.")]
    known = [k for k in _ORDER if k in tree] + [k for k in tree if k not in _ORDER]
    for key in known:
        lines += _entry(key, tree[key], (key,), 0, places)
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, path: Path, depth: int, places: Mapping[Path, Place]) -> Iterator[str]:
    indent = "  " * depth
    head = f"{indent}{_scalar(key)}:"
    if isinstance(value, Mapping):
        yield head + ("" if value else " {}")
        for name, part in value.items():
            yield from _entry(str(name), part, (*path, name), depth + 1, places)
    elif isinstance(value, list):
        yield head + ("" if value else " []")
        for n, part in enumerate(value):
            yield from _item(part, (*path, n), depth + 1, places)
    else:
        yield from _placed(f"{head} {_scalar(value)}", indent, places.get(path))


def _item(value: Any, path: Path, depth: int, places: Mapping[Path, Place]) -> Iterator[str]:
    indent = "  " * depth
    if not isinstance(value, Mapping):
        yield from _placed(f"{indent}- {_scalar(value)}", indent, places.get(path))
        return
    for n, (name, part) in enumerate(value.items()):
        for m, line in enumerate(_entry(str(name), part, (*path, name), depth + 1, places)):
            first = n == 0 and m == 0 and not line.lstrip().startswith("#")
            yield f"{indent}- {line.lstrip()}" if first else line


def _placed(line: str, indent: str, place: Place | None) -> Iterator[str]:
    where = place.spot if place is not None else ""
    yield f"{line}  # {where}" if where else line


def _scalar(value: Any) -> str:
    words = "" if value is None else str(value)
    plain = _PLAIN.fullmatch(words) and words.lower() not in ("null", "~", "true", "false", "yes", "no") and ", " not in words
    return words if plain else json.dumps(words, ensure_ascii=False)


def dossier_files(report: ReadReport) -> dict[str, str]:
    """File name → content of the dossier folder a report was read into."""
    dossier = report.dossier
    title = text(f"案卷：由报告读出（{FilePath(report.document.path).name}）", f"a dossier read from {FilePath(report.document.path).name}")
    kept = {table.file for table in dossier.tables.values()}
    tables = {name: content for name, content in report.tables.items() if name in kept}
    return {"dossier.yaml": to_yaml(report.tree, report.places, title), **tables}
