"""Every example's report, read back, gives the numbers of its dossier (写出再读回：案卷中的数不变), each of them placed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tanhe.dossier.data import Datum, Literal_
from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier, EmissionLine
from tanhe.dossier.reading import Reading
from tanhe.guidelines.registry import find
from tanhe.inventory.compute import compute

EXEMPT = {
    "all": {"order": "the report prints data and lines by source; a dossier may list them otherwise"},
    "data": {
        "documents": "compared by title: the list of evidence may be numbered anew",
        "library": "compared by the library's value meant: several references name the same one",
    },
    "lines": {
        "id": "a key",
        "gas": "the source's own unless it says another",
        "note": "working note, not printed",
    },
    "tables": {"file": "a key", "id": "a key"},
    "supplementary": {"id": "a key", "notes": "compared without the closing stop the writer adds"},
}
"""What is not compared as it stands, and why. A dash is nothing, blanks do not count, references are compared by value."""


_SPEC = importlib.util.spec_from_file_location("round_trip", Path(__file__).with_name("round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)

NAMES = sorted(folder.name for folder in x.FOLDER.iterdir() if (folder / "dossier.yaml").is_file())


class Numbers:
    """The numbers of a dossier as plain values without keys."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.inventory = compute(dossier)
        self.titles = {d.id: d.title for d in dossier.documents}

    def tree(self) -> dict[str, Any]:
        d = self.dossier
        totals = {k: v.reported for k, v in d.subtotals.items()} | {
            "excluding": d.totals.excluding_purchased_energy.reported, "including": d.totals.including_purchased_energy.reported,
        }  # fmt: skip
        found = {
            "data": sorted((self._datum(k, v) for k, v in d.data.items()), key=repr),
            "tables": sorted((self._table(name) for name in d.tables), key=repr),
            "lines": sorted((self._line(line) for line in d.lines), key=repr),
            "totals": totals,
            "supplementary": [self._supplementary(n) for n in range(len(d.supplementary))],
        }
        return {k: _plain(v) for k, v in found.items()}

    def _datum(self, name: str, datum: Datum) -> dict[str, Any]:
        known = self.inventory.data[name].factor
        found = datum.model_dump(exclude={"documents", "cross_checks", "series", "derive", "library"})
        found["documents"] = [self.titles[i] for i in datum.documents]
        found["library"] = known.key if known is not None else datum.library
        found["series"] = self._reference(datum.series)
        found["derive"] = datum.derive and [datum.derive.formula, {k: self._reference(v) for k, v in datum.derive.inputs.items()}]
        found["cross_checks"] = [c.model_dump() | {"document": self.titles.get(c.document or "", "")} for c in datum.cross_checks]
        return found

    def _table(self, name: str) -> dict[str, Any]:
        table, series = self.dossier.tables[name], self.dossier.series(name)
        columns = [
            [c.title, c.unit, c.total, c.aggregate, table.columns[c.weights].title if c.weights else None, series.values[k]]
            for k, c in table.columns.items()
        ]
        return {"title": table.title, "note": table.note, "rows": [s.strip("月") for s in series.labels], "columns": columns}

    def _line(self, line: EmissionLine) -> dict[str, Any]:
        own = find(self.dossier.guideline).source(line.source)
        found = line.model_dump(exclude={"id", "gas", "note", "inputs", "as_reported"})
        found["gas"] = line.gas or (own.gas if own else None)
        for key in ("inputs", "as_reported"):
            found[key] = {k: self._reference(v) for k, v in (getattr(line, key) or {}).items()}
        return found

    def _supplementary(self, n: int) -> dict[str, Any]:
        unit = self.dossier.supplementary[n]
        found = unit.model_dump(exclude={"id", "lines", "rows", "output"})
        found["lines"] = sorted((self._line(line) for line in unit.lines), key=repr)
        found["rows"] = {k: self._reference(v) for k, v in unit.rows.items()}
        found["output"] = self._reference(unit.output)
        return found

    def _reference(self, given: Any) -> Any:
        """What a reference means: the datum's figure and unit, a column's figures, a published line, a literal."""
        if isinstance(given, list | tuple):
            return [self._reference(g) for g in given]
        if isinstance(given, Literal_):
            return [given.value, given.unit]
        if given in self.dossier.data:
            datum = self.dossier.data[given]
            return [datum.verified if datum.verified is not None else datum.reported, datum.unit]
        table, _, column = str(given).partition(".")
        if table in self.dossier.all_series:
            return list(self.dossier.series(table).values[column])
        lines = {f"line:{line.id}": line.reported for line in self.dossier.lines}
        return lines.get(str(given), given)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: v for k, v in ((k, _plain(v)) for k, v in value.items()) if v not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if value is None:
        return None
    bare = "".join(str(value).split()).rstrip("。")
    return "" if bare in ("/", "—", "——") else bare


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two trees differ, each with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from differences(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{path}[{n}]")
    elif one != other:
        yield f"{path}: {one!r} → {other!r}"


def read_back(name: str, suffix: str) -> tuple[list[str], bool, Reading]:
    """Where the numbers of the example and of its report read back differ, whether the results are the same, how it was read."""
    authored, read = load(x.FOLDER / name)[0], x.read_again(name, suffix)
    one, other = Numbers(authored), Numbers(read.dossier)
    return sorted(differences(one.tree(), other.tree())), _results(one) == _results(other), read.reading


def _results(given: Numbers) -> Any:
    i = given.inventory
    sums = [*i.subtotals.values(), i.excluding, i.including, *(t.total for t in i.supplementary)]
    return sorted((line.source.id, line.item, line.value, line.verified_value) for line in i.lines), [(s.id, s.value, s.verified_value) for s in sums]


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_docx_are_those_of_its_dossier(name: str) -> None:
    changed, same_results, reading = read_back(name, ".docx")
    assert changed == [] and same_results
    assert [(u.number, u.text) for u in reading.unplaced] == [] and reading.placed == reading.numbers > 400


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_pdf_are_those_of_its_dossier(name: str) -> None:
    changed, same_results, reading = read_back(name, ".pdf")
    assert changed == [] and same_results
    assert [(u.number, u.text) for u in reading.unplaced] == [] and reading.placed == reading.numbers > 400


def test_a_changed_digit_is_seen() -> None:
    authored, _ = load(x.FOLDER / NAMES[0])
    name, datum = next(iter(authored.data.items()))
    changed = authored.model_copy(update={"data": {**authored.data, name: datum.model_copy(update={"reported": Decimal("1.0")})}})
    assert len(list(differences(Numbers(authored).tree(), Numbers(changed).tree()))) == 1
