"""Monthly tables into the tree and into CSV (月度表写成 CSV), each row with its place in the report."""

from __future__ import annotations

import csv
import io

from tanhe.dossier.places import Place
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.series import Column, Table
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.claims import Said


def write(tables: list[Table], tree: Tree) -> tuple[dict[str, str], dict[str, tuple[Place, ...]]]:
    """Put the tables into the tree; their CSV texts and the places of their rows by file."""
    files: dict[str, str] = {}
    rows: dict[str, tuple[Place, ...]] = {}
    for table in tables:
        at = ("tables", table.id)
        tree.put((*at, "title"), table.title or table.id, table.place)
        tree.put((*at, "file"), table.file, table.place)
        if table.note is not None:
            tree.say((*at, "note"), table.note)
        for column in table.columns:
            _write_column((*at, "columns", column.id), column, table, tree)
        stream = io.StringIO(newline="")
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["period", *(c.id for c in table.columns)])
        for n, label in enumerate(table.labels):
            out.writerow([label.text, *(_cell(c.cells[n], tree) for c in table.columns)])
        files[table.file] = stream.getvalue()
        rows[table.file] = tuple(label.place for label in table.labels)
    return files, rows


def _write_column(at: tuple[str, ...], column: Column, table: Table, tree: Tree) -> None:
    place = column.total.place if column.total else table.place
    tree.put((*at, "title"), column.title, table.place)
    tree.put((*at, "unit"), str(column.unit), table.place)
    if column.total is not None and number(column.total.text) is not None:
        tree.put((*at, "total"), column.total.text.strip(), place)
    if column.aggregate != "sum":
        tree.put((*at, "aggregate"), column.aggregate, table.place)
    if column.weights is not None and column.aggregate == "weighted-mean":
        tree.put((*at, "weights"), column.weights, table.place)


def _cell(said: Said | None, tree: Tree) -> str:
    if said is None:
        return ""
    if number(said.text) is None:
        if said.text.strip() not in ("", "/", "-", "—", "——"):
            tree.lose(said, "月度表的一格不是一个数")
        return ""
    return said.text.strip()
