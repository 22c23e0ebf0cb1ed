"""Parameter tables (数据核查表): the eleven rows of a datum in every layout, and factors in short form.

The rows are found by their labels, wherever the label stands: in the first column, in a column of its own when the
table lies flat, or on a line of its own when the layout was lost. Which row holds the name and which the figure is
decided by which of them holds numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, cast

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Claim, Parameter, Said
from tanhe.reading.understand import asides, cross_checks, equations, values
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.arithmetic import find_formula
from tanhe.reading.understand.forms import Form, forms
from tanhe.reading.understand.located import Located, Row, filled, is_unit, located, said, unit_text, year_of
from tanhe.reading.understand.vocabulary import (
    glued,
    has_word,
    plain,
    quantity,
    row_field,
    subject,
    tidy,
)

Kind = Literal["activity", "factor", "production"]


TEXT_ROWS: Final = (
    "source", "method", "frequency", "record_frequency", "calibration", "gaps", "conclusion", "sampling", "facility",
    "location", "source_type", "note",
)  # fmt: skip

LEFT_EMPTY: Final = ("frequency", "record_frequency")
"""Rows in which a printed dash is told from a row that is not there: it is a finding of its own."""


_SYMBOL: Final = re.compile(
    r"[(（\s]\$?\s*([A-Z][A-Za-z]{0,3}(?:\s*[_ ]?\s*\{?[A-Za-z\u4e00-\u9fff0-9,]{1,8}\}?)?)\s*\$?\s*[)）]\s*$"
)

_INDEXED: Final = re.compile(r"^(AD|NCV|CC|OF|EF|FC|PUR)([a-z\u4e00-\u9fff].{0,8})$")
"""A symbol whose index lost its line: ``AD电力``."""


def claims(document: Document) -> tuple[Claim, ...]:
    """All parameters of the document, with the factors named inside their cells."""
    out: list[Claim] = []
    below = equations.below_tables(document)
    for form in forms(document):
        found = list(_claims(form))
        equation = below.get(equations.key(form.table.place, form.table.rows))
        if found and isinstance(found[0], Parameter) and equation is not None:
            found[0] = replace(found[0], equation=equation)
        out += found
    for table in located(document):
        out += _flat(replace(table, rows=tuple(_chunked(table))) if table.lost else table)
    return tuple(out)


def _claims(form: Form) -> Iterator[Claim]:
    if not form.cells("item") and not any(form.cells(n) for n in ("value", "reported", "verified")):
        return
    swapped = values.is_swapped(form.cells("item"), form.cells("value"))
    item_cells = form.cells("value") if swapped else form.cells("item")
    figures = form.rows.get("item", []) if swapped else form.rows.get("value", [])
    items = [c for c in item_cells if year_of(c.text) is None]
    got = values.read(figures, form.cells("year"))
    for name in ("reported", "verified"):
        got = got.with_row(name, form.cells(name))
    if len(items) > 1 and len(got.numbers) == len(items):
        units = form.cells("unit")
        for n, cell in enumerate(items):
            one = values.Values(year=got.year, verified=got.numbers[n], numbers=(got.numbers[n],))
            yield _parameter(form, cell, one, units[n] if n < len(units) else None, n, len(items))
        return
    unit = next(iter(form.cells("unit")), None)
    main = _parameter(form, items[0] if items else None, got, unit, 0, 1)
    nested = cross_checks.read(form.rows.get("cross", []), main)
    own = tuple(c for c in nested if not cross_checks.foreign(c, main))
    yield _with(main, own)
    for other in nested:
        if cross_checks.foreign(other, main):
            yield _other(main, other)
    yield from _asides(form, main)


def _with(p: Parameter, checks: tuple[Mapping[str, Said], ...]) -> Parameter:
    return Parameter(**{**p.__dict__, "cross_checks": checks})


def _other(main: Parameter, check: Mapping[str, Said]) -> Parameter:
    """A quantity in another unit that stands in the cross-check rows is a parameter of its own."""
    title = check["source"]
    name = re.sub(r"^.*》[\s\-—–:：]*", "", title.text) or title.text
    return Parameter(
        item=Said(name, title.place), kind=main.kind, symbol="", year=main.year, unit=check["unit"], verified=check["value"],
        rows={"source": Said(re.sub(r"》.*$", "》", title.text), title.place)},
        cross_checks=({k: v for k, v in check.items()},), section=main.section, caption=main.caption, name=name,
    )  # fmt: skip


def _parameter(
    form: Form, item: Cell | None, got: values.Values, unit: Cell | None, n: int, of: int
) -> Parameter:
    table = form.table
    words = tidy(item.text) if item else ""
    symbol = ""
    if item and (match := _SYMBOL.search(f" {words}")) and not is_unit(match[1]):
        symbol = re.sub(r"[\s_]+", "_", match[1].strip())
        symbol = _INDEXED.sub(r"\1_\2", symbol)
        words = (
            words[: words.rfind(match[0].strip()[0])].rstrip("( （$")
            if "(" in match[0] or "（" in match[0]
            else words
        )
    if not words:
        titled = quantity(table.title)
        words = subject(table.title) + (titled.words[0] if titled else "")
    name = full_name(words, table)
    about = quantity(name)
    kind = kind_of(table, words)
    said_unit = said(unit, unit_text(unit.text)) if unit and plain(unit.text) else got.unit
    return Parameter(
        item=Said(words, item.place if item else table.place),
        kind=kind,
        symbol=symbol or (about.symbol if about else ("AD" if kind == "activity" else "")),
        year=got.year,
        unit=said_unit,
        reported=got.reported,
        verified=got.verified,
        apart=got.apart,
        parts=got.parts,
        rows=_rows(form, n, of),
        section=table.section,
        caption=table.title,
        lettered=symbol,
        name=name,
    )


def full_name(words: str, table: Located) -> str:
    """The item with its subject from caption or heading where the cell gives only the quantity."""
    about = quantity(words)
    if about is None or about.id in ("heat", "electricity") or subject(words):
        return words
    for place in (table.caption, table.lead, *table.headings):
        if found := subject(place):
            return f"{found}的{words}" if "的" in place[place.find(found[-1]) :][:2] else f"{found}{words}"
    return words


def kind_of(table: Located, words: str) -> Kind:
    """Activity, factor or production: by the innermost heading that says so, else by the item's own name."""
    about = quantity(words)
    if about is not None and about.kind == "production":
        return "production"
    for place in (table.caption, *table.headings):
        factor = has_word(place, "kinds", "factor")
        activity = has_word(place, "kinds", "activity")
        if factor != activity:
            return "factor" if factor else "activity"
        if has_word(place, "kinds", "production") and not (about and about.kind == "factor"):
            return "production"
    return cast(Kind, about.kind) if about else "activity"


def _rows(form: Form, n: int, of: int) -> Mapping[str, Said]:
    rows: dict[str, Said] = {}
    for name in TEXT_ROWS:
        cells = form.cells(name)
        if of > 1 and len(cells) == of:
            cells = [cells[n]]
        cells = [c for c in cells if not says_nothing(c.text) or (name in LEFT_EMPTY and c.text.strip())]
        if cells:
            rows[name] = Said(glued(tidy(c.text) for c in cells), cells[0].place)
    note = cross_checks.note(form.rows.get("cross", []))
    if note is not None and not says_nothing(note.text):
        rows["cross_check_note"] = note
    return rows


def _asides(form: Form, main: Parameter) -> Iterator[Claim]:
    yield from asides.steam(form.cells("source"), main)
    for name in ("source", "cross"):
        yield from asides.equations(form.cells(name), main, form.cells("source"))
    for cell in form.cells("source"):
        yield from asides.statements(cell, main)


def _flat(table: Located) -> Iterator[Claim]:
    """Parameters of a table that has one row per parameter, its fields as columns."""
    head: dict[str, int] = {}
    if any(find_formula(plain(c.text)) for r in table.rows for c in r):
        return
    for row in table.rows:
        named = {f: x for x, c in enumerate(row) if (f := row_field(c.text))}
        if "item" in named and named.keys() & {"value", "reported", "verified"} and len(named) >= 3:
            head = named
            continue
        if not head or head["item"] >= len(row) or quantity(row[head["item"]].text) is None:
            continue
        yield from _flat_row(table, head, row)


def _chunked(table: Located) -> Iterator[Row]:
    """Rows again from cells one a line: a run of labels is the header, then as many cells make a row."""
    cells = [c for r in table.rows for c in filled(r)]
    run = 0
    for n, cell in enumerate([*cells, None]):
        if cell is not None and row_field(cell.text):
            run += 1
            continue
        if run >= 3:
            yield tuple(cells[n - run : n])
            at = n
            while at + run <= len(cells) and quantity(cells[at].text) and len(cells[at].text) <= 40:
                yield tuple(cells[at : at + run])
                at += run
        run = 0


def _flat_row(table: Located, head: Mapping[str, int], row: Row) -> Iterator[Claim]:
    form = Form(table, {f: [(row[x],)] for f, x in head.items() if x < len(row) and f != "item"})
    item = row[head["item"]]
    name, unit = values.name_and_unit(item.text)
    got = values.read(form.rows.get("value", []), form.cells("year"))
    for field_name in ("reported", "verified"):
        got = got.with_row(field_name, form.cells(field_name))
    if got.verified is None and got.reported is None:
        return
    if unit and got.unit is None:
        got = values.Values(**{**got.__dict__, "unit": said(item, unit)})
    cell = Cell(name, item.place)
    yield _parameter(form, cell, got, next(iter(form.cells("unit")), None), 0, 1)
