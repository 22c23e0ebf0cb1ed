"""Parameter tables (数据核查表): the eleven rows of a datum in every layout, and factors in short form.

The rows are found by their labels, wherever the label stands: in the first column, in a column of its own when the
table lies flat, or on a line of its own when the layout was lost. Which row holds the name and which the figure is
decided by which of them holds numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Claim, Parameter, Said
from tanhe.reading.understand import asides, cross_checks, values
from tanhe.reading.understand.located import Located, Row, filled, is_unit, located, said, unit_text, year_of
from tanhe.reading.understand.vocabulary import (
    fold,
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
    "location", "source_type",
)  # fmt: skip
_ONCE: Final = frozenset({"item", "value", "unit", "source", "year", "conclusion", "cross", "gaps"})
_OPENS: Final = frozenset({"item", "value", "year", "reported", "verified"})
_SYMBOL: Final = re.compile(
    r"[(（\s]\$?\s*([A-Z][A-Za-z]{0,3}(?:\s*[_ ]?\s*\{?[A-Za-z\u4e00-\u9fff0-9,]{1,8}\}?)?)\s*\$?\s*[)）]\s*$"
)


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


def claims(document: Document) -> tuple[Claim, ...]:
    """All parameters of the document, with the factors named inside their cells."""
    out: list[Claim] = []
    for form in _forms(document):
        out += _claims(form)
    for table in located(document):
        out += _flat(replace(table, rows=tuple(_chunked(table))) if table.lost else table)
    return tuple(out)


def _forms(document: Document) -> Iterator[Form]:
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
        parts=got.parts,
        rows=_rows(form, n, of),
        section=table.section,
        caption=table.title,
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
        if cells:
            rows[name] = Said(glued(tidy(c.text) for c in cells), cells[0].place)
    note = cross_checks.note(form.rows.get("cross", []))
    if note is not None:
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
