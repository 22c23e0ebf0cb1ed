"""Problems of a readable dossier (案卷检查): dates, references and values that cannot be, each with its place."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from tanhe.dossier.data import Reference, References
from tanhe.dossier.model import Dossier
from tanhe.dossier.problems import Problem
from tanhe.formulas.registry import all_formulas
from tanhe.messages import text
from tanhe.quantity.units import Unit, unit

SIGNED_UNITS = frozenset({unit("MWh").dimension, unit("GJ").dimension})
"""Electricity and heat may be negative: a net export."""

Path = tuple[str | int, ...]


def check(dossier: Dossier, today: datetime.date) -> tuple[Problem, ...]:
    """Every problem that does not prevent reading; ``today`` is the day of the check."""
    found = (
        *_dates(dossier, today),
        *_duplicates(dossier),
        *_values(dossier),
        *_cells(dossier),
        *_documents(dossier),
        *_series(dossier),
        *_references(dossier),
        *_derivations(dossier),
    )
    return tuple(dict.fromkeys(found))


def nearest(word: str, known: Iterable[str]) -> str:
    """“；应为” for a name that is not known: the nearest one that is."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.3)
    return text(f"已有的编号，最接近的是“{found[0]}”", f"a known id, the nearest is {found[0]!r}") if found else ""


def problem(dossier: Dossier, code: str, message: str, path: Path, expected: str) -> Problem:
    """A problem of the value at ``path``, named for the fingerprint by ids where list members have them."""
    return Problem(code, message, dossier.place(*path), expected, subject(dossier, path))


def subject(dossier: Dossier, path: Path) -> str:
    """``lines/combustion-diesel/inputs/AD``: the path with ids instead of positions."""
    part: object = dossier
    names: list[str] = []
    for step in path:
        if isinstance(part, BaseModel):
            part = getattr(part, str(step), None)
        elif isinstance(part, dict):
            part = part.get(step)
        elif isinstance(part, list | tuple) and isinstance(step, int):
            part = part[step]
            step = getattr(part, "id", "") or getattr(part, "item", "") or getattr(part, "name", "") or step
        names.append(str(step))
    return "/".join(names)


def _dates(dossier: Dossier, today: datetime.date) -> Iterator[Problem]:
    expected = text(f"不晚于 {today}", f"no later than {today}")
    if dossier.year > today.year:
        message = text(f"核算年度 {dossier.year} 尚未到来", f"the reporting year {dossier.year} lies ahead")
        yield problem(dossier, "DAT003", message, ("year",), expected)
    for path, day in _days(dossier, ()):
        validity = path[-1] in ("valid_to", "valid_from")
        if day > today and not validity:
            message = text(f"日期 {day} 在今天之后", f"the date {day} lies ahead")
            yield problem(dossier, "DAT003", message, path, expected)


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
    every: list[tuple[str, str, Path]] = [("documents", d.id, ("documents", n, "id")) for n, d in enumerate(dossier.documents)]
    every += [("lines", line.id, ("lines", n, "id")) for n, line in enumerate(dossier.lines)]
    for at, table in enumerate(dossier.supplementary):
        every += [("lines", x.id, ("supplementary", at, "lines", n, "id")) for n, x in enumerate(table.lines)]
    seen: dict[tuple[str, str], Path] = {}
    for group, name, path in every:
        if (group, name) in seen:
            first = dossier.place(*seen[group, name])
            line = first.line if first else "?"
            message = text(f"编号“{name}”重复，第 {line} 行已有", f"the id {name!r} stands twice; first on line {line}")
            yield problem(dossier, "DAT006", message, path, text("不重复的编号", "an id of its own"))
        seen.setdefault((group, name), path)


def _values(dossier: Dossier) -> Iterator[Problem]:
    for name, datum in dossier.data.items():
        for key in ("reported", "verified"):
            value = getattr(datum, key)
            if value is None or value >= 0 or datum.kind == "other" or datum.unit.dimension in SIGNED_UNITS:
                continue
            message = text(f"{datum.item}为负值 {value}", f"{datum.item} is negative: {value}")
            yield problem(dossier, "DAT001", message, ("data", name, key), text("不小于 0 的数", "at least 0"))


def _cells(dossier: Dossier) -> Iterator[Problem]:
    """Empty cells in a column that is summed and begun, and negative ones where nothing can be exported."""
    used = {d.series for d in dossier.data.values()} | {r for _, r in _all_references(dossier) if isinstance(r, str)}
    for table, series in dossier.all_series.items():
        for name, column in dossier.tables[table].columns.items():
            values = series.values[name]
            begun = f"{table}.{name}" in used and any(value is not None for value in values)
            for row, value in enumerate(values):
                where = text(f"列“{name}”{series.labels[row]}", f"column {name}, {series.labels[row]}")
                if value is None and begun:
                    message, expected = text(f"{where}是空格", f"{where}: empty"), text("一个数；确为零时写 0", "a number; 0 if it is zero")
                elif value is not None and value < 0 and not _signed(column.unit):
                    message = text(f"{where}为负值 {value}", f"{where}: negative, {value}")
                    expected = text("不小于 0 的数", "at least 0")
                else:
                    continue
                code = "SER005" if value is None else "DAT001"
                yield Problem(code, message, series.place(name, row), expected, f"{table}.{name}/{series.labels[row]}")


def _signed(given: Unit) -> bool:
    return given.dimension in SIGNED_UNITS or not given.powers


def _documents(dossier: Dossier) -> Iterator[Problem]:
    known = [d.id for d in dossier.documents]
    for name, datum in dossier.data.items():
        cited: list[tuple[str, Path]] = [(d, ("data", name, "documents", n)) for n, d in enumerate(datum.documents)]
        cited += [(c.document, ("data", name, "cross_checks", n, "document"))
                  for n, c in enumerate(datum.cross_checks) if c.document]
        for document, path in cited:
            if document not in known:
                message = text(f"证据清单里没有“{document}”", f"{document!r} is not in the evidence list")
                yield problem(dossier, "DAT004", message, path, nearest(document, known))


def _series(dossier: Dossier) -> Iterator[Problem]:
    columns = _columns(dossier)
    for name, datum in dossier.data.items():
        if datum.series is not None and datum.series not in columns:
            message = text(f"没有数据列“{datum.series}”", f"there is no column {datum.series!r}")
            yield problem(dossier, "DAT005", message, ("data", name, "series"), nearest(datum.series, columns))
    for name, table in dossier.tables.items():
        for key, column in table.columns.items():
            if column.weights is not None and column.weights not in table.columns:
                message = text(f"没有权重列“{column.weights}”", f"there is no weights column {column.weights!r}")
                path = ("tables", name, "columns", key, "weights")
                yield problem(dossier, "DAT005", message, path, nearest(column.weights, table.columns))


def _references(dossier: Dossier) -> Iterator[Problem]:
    lines = [x.id for x in dossier.lines] + [x.id for t in dossier.supplementary for x in t.lines]
    known = [*dossier.data, *_columns(dossier), *(f"line:{x}" for x in lines), "default"]
    for path, reference in _all_references(dossier):
        if isinstance(reference, str) and reference not in known:
            message = text(f"引用了不存在的“{reference}”", f"{reference!r} refers to nothing")
            yield problem(dossier, "DAT005", message, path, nearest(reference, known))
    for n, source in enumerate(dossier.sources):
        if source.line is not None and source.line not in lines:
            message = text(f"没有排放行“{source.line}”", f"there is no line {source.line!r}")
            yield problem(dossier, "DAT005", message, ("sources", n, "line"), nearest(source.line, lines))


def _derivations(dossier: Dossier) -> Iterator[Problem]:
    formulas = all_formulas()
    for name, datum in dossier.data.items():
        if datum.derive is None:
            continue
        path: Path = ("data", name, "derive")
        formula = formulas.get(datum.derive.formula)
        if formula is None:
            message = text(f"没有公式“{datum.derive.formula}”", f"no formula {datum.derive.formula!r}")
            yield problem(dossier, "DAT005", message, (*path, "formula"), nearest(datum.derive.formula, formulas))
            continue
        for symbol in datum.derive.inputs:
            if symbol not in formula.symbols:
                message = text(f"公式 {formula.id} 没有符号“{symbol}”", f"{formula.id} has no symbol {symbol!r}")
                yield problem(dossier, "DAT007", message, (*path, "inputs", symbol), ", ".join(formula.symbols))


def _columns(dossier: Dossier) -> list[str]:
    return [f"{name}.{column}" for name, table in dossier.tables.items() for column in table.columns]


def _all_references(dossier: Dossier) -> Iterator[tuple[Path, Reference]]:
    for name, datum in dossier.data.items():
        if datum.derive is not None:
            yield from _flat(("data", name, "derive", "inputs"), datum.derive.inputs)
    for n, line in enumerate(dossier.lines):
        yield from _flat(("lines", n, "inputs"), line.inputs)
        yield from _flat(("lines", n, "as_reported"), line.as_reported or {})
    for at, table in enumerate(dossier.supplementary):
        if table.output is not None:
            yield ("supplementary", at, "output"), table.output
        yield from _flat(("supplementary", at, "rows"), table.rows)
        for n, line in enumerate(table.lines):
            yield from _flat(("supplementary", at, "lines", n, "inputs"), line.inputs)
            yield from _flat(("supplementary", at, "lines", n, "as_reported"), line.as_reported or {})


def _flat(path: Path, given: dict[str, References] | dict[str, Reference]) -> Iterator[tuple[Path, Reference]]:
    for symbol, reference in given.items():
        if isinstance(reference, list):
            yield from (((*path, symbol, n), member) for n, member in enumerate(reference))
        else:
            yield (*path, symbol), reference
