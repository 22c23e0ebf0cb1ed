"""Problems of a readable dossier (案卷检查): dates, references and values that cannot be, each with its place."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from tanhe.dossier.data import Reference
from tanhe.dossier.model import Dossier
from tanhe.dossier.problems import Problem
from tanhe.formulas.registry import all_formulas
from tanhe.messages import text
from tanhe.quantity.units import unit

SIGNED_UNITS = frozenset({unit("MWh").dimension, unit("GJ").dimension})
"""Electricity and heat may be negative: a net export."""

Path = tuple[str | int, ...]


def check(dossier: Dossier, today: datetime.date) -> tuple[Problem, ...]:
    """Every problem that does not prevent reading; ``today`` is the day of the check."""
    return (
        *_dates(dossier, today),
        *_duplicates(dossier),
        *_values(dossier),
        *_documents(dossier),
        *_series(dossier),
        *_references(dossier),
    )


def _dates(dossier: Dossier, today: datetime.date) -> Iterator[Problem]:
    expected = text(f"不晚于 {today}", f"no later than {today}")
    if dossier.year > today.year:
        message = text(f"核算年度 {dossier.year} 尚未到来", f"the reporting year {dossier.year} lies ahead")
        yield Problem("DAT003", message, dossier.place("year"), expected)
    for path, day in _days(dossier, ()):
        validity = path[-1] in ("valid_to", "valid_from")
        if day > today and not validity:
            message = text(f"日期 {day} 在今天之后", f"the date {day} lies ahead")
            yield Problem("DAT003", message, dossier.place(*path), expected)


def _days(part: object, path: Path) -> Iterator[tuple[Path, datetime.date]]:
    if isinstance(part, datetime.date):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _days(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for n, member in enumerate(part):
            yield from _days(member, (*path, n))
    elif isinstance(part, dict):
        for name, member in part.items():
            yield from _days(member, (*path, name))


def _duplicates(dossier: Dossier) -> Iterator[Problem]:
    every: list[tuple[str, str, Path]] = [(f"lines.{n}", line.id, ("lines", n, "id")) for n, line in enumerate(dossier.lines)]
    every += [(f"documents.{n}", d.id, ("documents", n, "id")) for n, d in enumerate(dossier.documents)]
    for at, table in enumerate(dossier.supplementary):
        every += [("supplementary", x.id, ("supplementary", at, "lines", n, "id")) for n, x in enumerate(table.lines)]
    seen: set[tuple[str, str]] = set()
    for group, name, path in every:
        key = (group.split(".")[0], name)
        if key in seen:
            message = text(f"编号“{name}”重复", f"the id {name!r} stands twice")
            yield Problem("DAT006", message, dossier.place(*path), text("不重复的编号", "an id of its own"))
        seen.add(key)


def _values(dossier: Dossier) -> Iterator[Problem]:
    for name, datum in dossier.data.items():
        for key in ("reported", "verified"):
            value = getattr(datum, key)
            if value is None or value >= 0 or datum.kind == "other" or datum.unit.dimension in SIGNED_UNITS:
                continue
            message = text(f"{datum.item}为负值 {value}", f"{datum.item} is negative: {value}")
            yield Problem("DAT001", message, dossier.place("data", name, key), text("不小于 0 的数", "at least 0"))


def _documents(dossier: Dossier) -> Iterator[Problem]:
    known = [d.id for d in dossier.documents]
    for name, datum in dossier.data.items():
        cited: list[tuple[str, Path]] = [(d, ("data", name, "documents", n)) for n, d in enumerate(datum.documents)]
        cited += [(c.document, ("data", name, "cross_checks", n, "document"))
                  for n, c in enumerate(datum.cross_checks) if c.document]
        for document, path in cited:
            if document not in known:
                message = text(f"证据清单里没有“{document}”", f"{document!r} is not in the evidence list")
                yield Problem("DAT004", message, dossier.place(*path), _near(document, known))


def _series(dossier: Dossier) -> Iterator[Problem]:
    columns = [f"{t}.{c}" for t, table in dossier.tables.items() for c in table.columns]
    for name, datum in dossier.data.items():
        if datum.series is not None and datum.series not in columns:
            message = text(f"没有数据列“{datum.series}”", f"there is no column {datum.series!r}")
            yield Problem("DAT005", message, dossier.place("data", name, "series"), _near(datum.series, columns))
    for name, table in dossier.tables.items():
        for key, column in table.columns.items():
            if column.weights is not None and column.weights not in table.columns:
                message = text(f"没有权重列“{column.weights}”", f"there is no weights column {column.weights!r}")
                yield Problem("DAT005", message, dossier.place("tables", name, "columns", key, "weights"))


def _references(dossier: Dossier) -> Iterator[Problem]:
    columns = [f"{t}.{c}" for t, table in dossier.tables.items() for c in table.columns]
    lines = [x.id for x in dossier.lines] + [x.id for t in dossier.supplementary for x in t.lines]
    known = [*dossier.data, *columns, *(f"line:{x}" for x in lines), "default"]
    for path, reference in _all_references(dossier):
        if isinstance(reference, str) and reference not in known:
            message = text(f"引用了不存在的“{reference}”", f"{reference!r} refers to nothing")
            yield Problem("DAT005", message, dossier.place(*path), _near(reference, known))
    formulas = all_formulas()
    for name, datum in dossier.data.items():
        if datum.derive is not None and datum.derive.formula not in formulas:
            message = text(f"没有公式“{datum.derive.formula}”", f"no formula {datum.derive.formula!r}")
            place = dossier.place("data", name, "derive", "formula")
            yield Problem("DAT005", message, place, _near(datum.derive.formula, formulas))


def _all_references(dossier: Dossier) -> Iterator[tuple[Path, Reference]]:
    for name, datum in dossier.data.items():
        if datum.derive is not None:
            yield from _flat(("data", name, "derive", "inputs"), datum.derive.inputs)
    for n, line in enumerate(dossier.lines):
        yield from _flat(("lines", n, "inputs"), line.inputs)
        yield from _flat(("lines", n, "as_reported"), line.as_reported or {})
    for at, table in enumerate(dossier.supplementary):
        for n, line in enumerate(table.lines):
            yield from _flat(("supplementary", at, "lines", n, "inputs"), line.inputs)


def _flat(path: Path, given: dict[str, Reference | list[Reference]]) -> Iterator[tuple[Path, Reference]]:
    for symbol, reference in given.items():
        if isinstance(reference, list):
            yield from (((*path, symbol, n), member) for n, member in enumerate(reference))
        else:
            yield (*path, symbol), reference


def _near(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.3)
    return text(f"如“{found[0]}”", f"such as {found[0]!r}") if found else ""
