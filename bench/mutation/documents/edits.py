"""Edits of a report's printed text (改动): other words, rows and blocks gone, blocks printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Cell, Document, Heading, Table
from tanhe.reading.documents.lines import quote

from .paper import At, Key, Paper, key


def rewritten(paper: Paper, edits: Mapping[At, str]) -> Document:
    """The document with other words at these places; a heading's words begin with its number if it has one."""
    blocks, lines = list(paper.blocks), list(paper.document.lines)
    for at, said in edits.items():
        block = blocks[at.block]
        if isinstance(block, Table) and at.row >= 0:
            rows = [list(row) for row in block.rows]
            rows[at.row][at.cell] = _said(rows[at.row][at.cell], said)
            blocks[at.block] = replace(block, rows=tuple(map(tuple, rows)))
        elif isinstance(block, Table):
            blocks[at.block] = replace(block, caption=said)
        elif isinstance(block, Heading):
            number, _, rest = said.partition(" ") if block.number else ("", "", said)
            blocks[at.block] = replace(block, number=number, text=rest, place=replace(block.place, quote=quote(said)))
        else:
            blocks[at.block] = replace(block, text=said, place=replace(block.place, quote=quote(said)))
        if (n := paper.line_of.get(at)) is not None:
            lines[n] = replace(lines[n][0], quote=quote(said)), said
    return replace(paper.document, blocks=tuple(blocks), lines=tuple(line for line in lines if line[1]))


def _said(cell: Cell, said: str) -> Cell:
    return replace(cell, text=said, place=replace(cell.place, quote=quote(said)))


def without_rows(paper: Paper, block: int, rows: Iterable[int]) -> Document:
    """The document without some rows of a table; the other cells keep their names."""
    table, gone = paper.blocks[block], set(rows)
    assert isinstance(table, Table)
    kept = [tuple(replace(c, rowspan=c.rowspan - sum(r < g < r + c.rowspan for g in gone)) if c.rowspan > 1 else c for c in row)
            for r, row in enumerate(table.rows) if r not in gone]
    lost = {key(c.place) for r in gone for c in table.rows[r]}
    blocks = (*paper.blocks[:block], replace(table, rows=tuple(kept)), *paper.blocks[block + 1 :])
    return replace(paper.document, blocks=blocks, lines=tuple(line for line in paper.document.lines if key(line[0]) not in lost))


def removable(table: Table, row: int) -> bool:
    """Whether no cell that reaches down begins in the row."""
    return all(cell.rowspan == 1 for cell in table.rows[row])


def _keys(paper: Paper, start: int, end: int) -> set[Key]:
    found: set[Key] = set()
    for n in range(start, end):
        found |= set(paper.keys(At(n)))
        if isinstance(table := paper.blocks[n], Table):
            found |= {key(cell.place) for row in table.rows for cell in row}
    return found


def without(paper: Paper, start: int, end: int) -> Document:
    """The document without some of its blocks."""
    gone = _keys(paper, start, end)
    lines = tuple(line for line in paper.document.lines if key(line[0]) not in gone)
    return replace(paper.document, blocks=(*paper.blocks[:start], *paper.blocks[end:]), lines=lines)


def doubled(paper: Paper, start: int, end: int) -> Document:
    """The document with some blocks printed once more after themselves, under numbers of their own."""
    def moved(place: Place) -> Place:
        if place.sheet == "段落":
            return replace(place, cell=str(int(place.cell or 0) + 9000))
        return replace(place, sheet=re.sub(r"\d+", lambda m: str(int(m[0]) + 900), place.sheet or ""))

    again: list[Block] = []
    for block in paper.blocks[start:end]:
        if isinstance(block, Table):
            rows = tuple(tuple(replace(c, place=moved(c.place)) for c in row) for row in block.rows)
            again.append(replace(block, rows=rows, place=moved(block.place)))
        else:
            again.append(replace(block, place=moved(block.place)))
    mine = _keys(paper, start, end)
    numbers = [n for n, (place, _) in enumerate(paper.document.lines) if key(place) in mine]
    lines = list(paper.document.lines)
    last = max(numbers) + 1
    lines[last:last] = [(moved(lines[n][0]), lines[n][1]) for n in numbers]
    return replace(paper.document, blocks=(*paper.blocks[:end], *again, *paper.blocks[end:]), lines=tuple(lines))
