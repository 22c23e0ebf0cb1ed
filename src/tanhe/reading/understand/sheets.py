"""Tables by their headers (按表头读表): which column means what, rows as fields, continuation rows joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tanhe.reading.blocks import Cell, Table
from tanhe.reading.claims import Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import Kind, kinds

Grid = tuple[tuple[Cell | None, ...], ...]
MOST_COLUMNS = 60
_FIGURE = re.compile(r"-?[\d,]*\d\.\d+%?")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
HEADER_DEPTH = 12
"""Rows of a table among which its header is looked for (a form may put a few pairs above it)."""


def grid(table: Table) -> Grid:
    """The table as rows of equal columns; a merged cell stands at its first position, the rest is None."""
    if all(c.colspan == 1 and c.rowspan == 1 for row in table.rows for c in row):
        return table.rows
    taken: set[tuple[int, int]] = set()
    rows: list[list[Cell | None]] = []
    for r, row in enumerate(table.rows):
        line: list[Cell | None] = []
        for cell in row:
            while (r, len(line)) in taken:
                line.append(None)
            at = len(line)
            if at >= MOST_COLUMNS:
                break
            for down in range(min(cell.rowspan, len(table.rows) - r)):
                for right in range(min(cell.colspan, MOST_COLUMNS - at)):
                    taken.add((r + down, at + right))
            line.append(cell)
        rows.append(line)
    return tuple(map(tuple, rows))


def words(cell: Cell | None) -> str:
    """The folded words of a cell."""
    return fold(cell.text) if cell is not None else ""


@dataclass(frozen=True)
class Listing:
    """A table understood by its header: the kind, the header cell of every field, the rows with their fields."""

    kind: Kind
    header: Mapping[str, Said]
    rows: tuple[Mapping[str, Said], ...]
    start: int


def listing(given: Grid, wanted: Iterable[str] | None = None) -> Listing | None:
    """The first kind (of those wanted) whose header the grid has."""
    for r, row in enumerate(given[:HEADER_DEPTH]):
        folded = tuple(words(c) for c in row)
        if sum(map(bool, folded)) < 2 or any(_FIGURE.fullmatch(word) for word in folded):
            continue
        for kind in kinds():
            if wanted is not None and kind.name not in wanted:
                continue
            columns = _columns(kind, folded)
            if columns is None:
                below = tuple(words(c) for c in given[r + 1]) if r + 1 < len(given) else ()
                columns = _columns(kind, _stacked(folded, below)) if kind.name == "summary" else None
            if columns is not None:
                return Listing(kind, {f: said(row[c]) for f, c in columns.items() if c < len(row) and row[c] is not None},
                               tuple(_rows(kind, columns, given, r)), r)
    return None


def _stacked(row: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(below[n] if n < len(below) and below[n] else w for n, w in enumerate((*row, *[""] * (len(below) - len(row)))))


@lru_cache(maxsize=2048)
def _columns(kind: Kind, folded: tuple[str, ...]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for n, word in enumerate(folded):
        if not word:
            continue
        if kind.forbids and kind.forbids.search(word):
            return None
        for field, pattern in kind.columns:
            if field not in found and pattern.fullmatch(word):
                found[field] = n
                break
    return found if all(need & found.keys() for need in kind.needs) else None


def said(cell: Cell | None) -> Said:
    """A cell as a claim's value."""
    assert cell is not None
    return Said(cell.text.strip(), cell.place)


def _rows(kind: Kind, columns: Mapping[str, int], given: Grid, start: int) -> Iterator[Mapping[str, Said]]:
    header = tuple(words(c) for c in given[start])
    before: dict[str, Said] | None = None
    for row in given[start + 1:]:
        folded = tuple(words(c) for c in row)
        if folded == header or _columns(kind, folded) is not None or not any(folded) or set("".join(folded)) <= set("-|:="):
            continue
        fields = {f: said(row[c]) for f, c in columns.items() if c < len(row) and row[c] is not None and words(row[c])}
        if before is not None and fields and kind.key and not kind.key & fields.keys():
            if not kind.fill & fields.keys():
                for name, value in fields.items():
                    before[name] = Said(f"{before[name].text} {value.text}", before[name].place) if name in before else value
                continue
        if before is not None and fields:
            for name in kind.fill & before.keys() - fields.keys():
                fields[name] = before[name]
        if fields:
            if before is not None:
                yield before
            before = fields
    if before is not None:
        yield before


def by_year(given: Grid) -> tuple[list[tuple[int, str]], list[tuple[str, tuple[Cell | None, ...]]]]:
    """A table with a column for every year and a row for every indicator (指标 | 2023年 | 2024年): years, rows by field.

    Both are empty when the table is none.
    """
    years = [(n, match[1]) for n, c in enumerate(given[0] if given else ()) if n and (match := _YEAR.fullmatch(words(c)))]
    spec = next(k for k in kinds() if k.name == "economics")
    rows = [(field, row) for row in given[1:] if years and row
            for field in [next((f for f, p in spec.columns if f != "year" and p.fullmatch(words(row[0]))), None)] if field]
    return (years, rows) if len(rows) > 1 else ([], [])


def unit_in(header: str) -> str:
    """The unit a header carries in its last brackets: ``产量(吨)`` gives 吨; empty when there is none."""
    words_ = fold(header)
    if words_.endswith(")") and "(" in words_:
        return words_[words_.rindex("(") + 1:-1]
    return ""


