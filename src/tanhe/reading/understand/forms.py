"""The rows of parameter tables gathered by their labels (数据核查表的各行), over tables broken by a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.understand import asides
from tanhe.reading.understand.located import Located, Row, filled, located, year_of
from tanhe.reading.understand.vocabulary import (
    fold,
    row_field,
)

_ONCE: Final = frozenset({"item", "value", "unit", "source", "year", "conclusion", "cross", "gaps"})


_OPENS: Final = frozenset({"item", "value", "year", "reported", "verified"})


@dataclass
class Form:
    """The rows of one parameter while they are gathered: field → rows of cells beside the label."""

    table: Located
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def cells(self, name: str) -> list[Cell]:
        """The filled cells of a field, row after row."""
        return [c for row in self.rows.get(name, []) for c in filled(row)]

    @property
    def whole(self) -> bool:
        """Whether this is a parameter at all: a figure and at least two other rows."""
        named = self.rows.keys()
        figures = named & {"value", "reported", "verified"}
        about = named & {"item", "unit", "source", "cross", "conclusion", "gaps", "method"}
        return bool(figures) and len(about) >= 2 and bool(named & {"item", "unit", "source"})


def forms(document: Document) -> Iterator[Form]:
    form: Form | None = None
    for table in located(document):
        if form is not None and not _goes_on(form, table):
            yield from [form] if form.whole else []
            form = None
        for piece in _gather(table, form):
            if form is not None and piece is not form and form.whole:
                yield form
            form = piece
    if form is not None and form.whole:
        yield form


def _goes_on(form: Form, table: Located) -> bool:
    """Whether the table is the rest of the form begun before it."""
    if not table.rows or re.match(r"^\s*表\s*\d", table.caption) or table.headings != form.table.headings:
        return False
    if "conclusion" in form.rows:
        return table.follows and not table.tail and not (table.rows[0] and table.rows[0][0].text.strip())
    if table.tail:
        return True
    first = table.rows[0]
    label = row_field(first[0].text) if first else None
    if label:
        return label not in form.rows and label not in _OPENS
    return not (first and first[0].text.strip()) or asides.is_state(first)


def _gather(table: Located, form: Form | None) -> Iterator[Form]:
    """The forms of a table, the last of them perhaps unfinished."""
    form = form or Form(table)
    name: str | None = next(reversed(form.rows), None)
    caption = ""
    for row in _tail_rows(table, form) if table.tail else table.rows:
        label = row_field(row[0].text) if row else None
        rest = row[1:]
        if name and row and not table.lost and _inner(name, row, label, form):
            form.rows[name].append(row)
            continue
        if table.lost and not table.tail:
            if re.match(r"^表\s*\d", row[0].text):
                caption = row[0].text
            label = None if _nested(name, label, form) else label
            rest = row if label is None else ()
        elif label is None and row and row[0].text.strip() and not _repeats(row[0], form, name):
            if name == "cross" or (name and len(filled(row)) == 1):
                rest = row
            else:
                name = None
        if label is not None and name != label:
            if (label in form.rows and label in _ONCE) or (label in _OPENS and "conclusion" in form.rows):
                yield form
                form = Form(table if not caption else _captioned(table, caption))
            name = label
            form.rows.setdefault(name, [])
        if name is not None and filled(rest):
            form.rows[name].append(rest)
    yield form


def _inner(name: str, row: Row, label: str | None, form: Form) -> bool:
    """Whether a row is one of the sub-table of the row above it, set to the left margin."""
    if name == "cross":
        return (label == "year" and len(filled(row)) >= 3) or year_of(row[0].text) is not None
    last = form.rows[name][-1] if form.rows[name] else ()
    return name == "source" and len(filled(row)) >= 3 and any(asides.is_state(r) for r in (row, last))


def _tail_rows(table: Located, form: Form) -> Iterator[Row]:
    """Paragraphs that ran out of a form: those that begin with a row's label, and prose of its cross-check."""
    for (cell,) in table.rows:
        word, _, rest = cell.text.partition(" ")
        if row_field(word) and rest:
            yield (replace(cell, text=word), replace(cell, text=rest))
        elif next(reversed(form.rows), None) in ("cross", "source") and not cell.text.startswith(
            ("综上", "表")
        ):
            yield (replace(cell, text=""), cell)


def _captioned(table: Located, caption: str) -> Located:
    return Located(table.rows, caption, caption, table.section, table.headings, table.place, lost=table.lost)


def _nested(name: str | None, label: str | None, form: Form) -> bool:
    """Whether a label on a line of its own belongs to the sub-table of the row it follows."""
    inner = {
        "cross": {"year", "value", "verified", "reported", "difference", "remark"},
        "value": {"year", "reported", "verified", "difference"},
    }
    if name == "cross" and label == "conclusion":
        return bool(form.cells("cross")) and any(
            fold(c.text) in ("年份", "年度") for c in form.cells("cross")[-5:]
        )
    return (
        name in inner
        and label in inner[name]
        and not (label == "year" and name == "value" and form.cells("value"))
    )


def _repeats(cell: Cell, form: Form, name: str | None) -> bool:
    return name is not None and row_field(cell.text) == name
