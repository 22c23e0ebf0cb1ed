"""Dossiers to mutate, operators, and the closing of sums after a mutation that a careful forger would have closed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from tanhe.dossier.load import FILE
from tanhe.dossier.model import Dossier
from tanhe.dossier.variant import Change, variant
from tanhe.dossier.yaml_source import read
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = "clean-foundry-2024"
LAYERS = ("closure", "provenance", "cross-check", "consistency", "completeness", "procedure", "plausibility")
TARGETS = {"closure": 99, "provenance": 99, "cross-check": 95, "consistency": 95, "procedure": 95, "completeness": 85,
           "plausibility": 85}


@dataclass(frozen=True)
class Base:
    """An example as it stands: the values as text, the dossier, its inventory, and the cells of its tables."""

    name: str
    tree: dict[str, Any]
    dossier: Dossier
    inventory: Inventory
    cells: dict[str, list[list[str]]]

    @property
    def folder(self) -> Path:
        """Where the example lies."""
        return EXAMPLES / self.name

    @property
    def clean(self) -> bool:
        """Whether this is the dossier without defects."""
        return self.name == CLEAN

    def at(self, path: str, otherwise: Any = None) -> Any:
        """The value as text at a dotted path, ``otherwise`` where there is none."""
        part: Any = self.tree
        for name in path.split("."):
            if isinstance(part, dict) and name in part:
                part = part[name]
            elif isinstance(part, list) and name.isdigit() and int(name) < len(part):
                part = part[int(name)]
            else:
                return otherwise
        return part if part is not None else otherwise

    def number(self, path: str) -> str | None:
        """The text at the path if it is a number without anything else."""
        given = str(self.at(path, ""))
        return given if is_number(given) else None

    def each(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Members of a list or mapping: their path and content."""
        part = self.at(path, [])
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        yield from ((f"{path}.{key}", content) for key, content in pairs if isinstance(content, dict))

    def statements(self, *abouts: str) -> Iterator[tuple[str, str]]:
        """Path of the value and the value of every statement whose ``about`` begins with one of these."""
        for path, statement in self.each("statements"):
            if str(statement.get("about", "")).startswith(abouts) and statement.get("value") is not None:
                yield f"{path}.value", str(statement["value"])

    def columns(self, *, main: bool | None = None) -> Iterator[tuple[str, str, str, int]]:
        """Table, column, CSV file and position of every numeric column; ``main``: those an annual datum sums, or not."""
        used = {str(d.get("series", "")) for d in (self.at("data") or {}).values()}
        for name, table in (self.at("tables") or {}).items():
            head = self.cells[table["file"]][0]
            for column in table["columns"]:
                if main is None or main == (f"{name}.{column}" in used):
                    yield name, column, table["file"], head.index(column)


@dataclass(frozen=True)
class Mutant:
    """One defect: where it is, how it is made; ``closed``: figures that follow from it are made to follow."""

    where: str
    changes: tuple[Change, ...]
    closed: bool = False


@dataclass(frozen=True)
class Operator:
    """A way to spoil a dossier: its layer, the defect in words, and the rule that would catch it.

    ``note``: the defect itself is no more than a note (the catalogue of defects says so), so a note about it counts.
    """

    name: str
    layer: str
    defect: str
    rule: str
    make: Callable[[Base], Iterator[Mutant]] = field(repr=False)
    note: bool = False

    def mutants(self, base: Base, most: int) -> list[Mutant]:
        """At most so many of the operator's mutants, drawn the same way every time."""
        every = list(self.make(base))
        if len(every) <= most:
            return every
        kept = sorted(Random(f"{self.name}/{base.name}").sample(range(len(every)), most))
        return [every[n] for n in kept]


def operator(layer: str, defect: str, rule: str, *, note: bool = False) -> Callable[[Callable[[Base], Iterator[Mutant]]], Operator]:
    """Declare an operator; its name is the function's. ``note`` marks a defect that deserves no more than a note."""
    if layer not in LAYERS:
        raise ValueError(layer)
    return lambda make: Operator(make.__name__.replace("_", "-"), layer, defect, rule, make, note)


def put(where: str, *changes: tuple[str, Any], closed: bool = False) -> Mutant:
    """A mutant of values at paths; None removes."""
    return Mutant(where, tuple(Change(path, value) for path, value in changes), closed)


def cell(file: str, row: int, column: str, value: str) -> Change:
    """A change of one cell."""
    return Change(table=file, row=row, column=column, value=value)


def load(name: str) -> Base:
    """An example, ready to be mutated."""
    folder = EXAMPLES / name
    tree = read((folder / FILE).read_text("utf-8"), FILE).tree
    dossier, _ = variant(folder, ())
    files = {table.file for table in dossier.tables.values()}
    cells = {f: list(csv.reader((folder / f).read_text("utf-8").splitlines())) for f in sorted(files)}
    return Base(name, tree, dossier, compute(dossier), cells)


def examples() -> list[str]:
    """The clean dossier, then the published ones."""
    found = sorted(p.parent.name for p in EXAMPLES.glob(f"*/{FILE}"))
    return sorted(found, key=lambda name: (name != CLEAN, name))


def is_number(given: str) -> bool:
    """Whether a text is a plain decimal number."""
    return given.replace(".", "", 1).replace("-", "", 1).isdigit()


def digits(given: str) -> int:
    """Decimals of a number as printed."""
    return len(given.partition(".")[2])


def like(value: Decimal, given: str) -> str:
    """A value printed with as many decimals as another figure, half up."""
    from tanhe.quantity.rounding import half_up

    return format(half_up(value, digits(given)), "f")


def times(given: str, factor: str) -> str:
    """A printed number times a factor, all digits kept for powers of ten, else as many decimals as before."""
    product = Decimal(given) * Decimal(factor)
    return format(product, "f") if Decimal(factor).normalize().as_tuple().digits == (1,) else like(product, given)


def wrong_digits(given: str) -> Iterator[tuple[str, str]]:
    """Numbers with one digit wrong: the first, the one before the point, and each but the last decimal."""
    places = [n for n, figure in enumerate(given) if figure.isdigit()]
    first = next((n for n in places if given[n] != "0"), None)
    if first is None:
        return
    point = given.index(".") if "." in given else len(given)
    chosen = dict.fromkeys([first, *(n for n in places if n == point - 1), *(n for n in places if n > point and n > first)])
    if len(chosen) > 1 and places[-1] in chosen:
        del chosen[places[-1]]
    for n in chosen:
        figure = str((int(given[n]) + 3) % 10) if n != first else str(int(given[n]) % 9 + 1)
        yield f"digit {n + 1}", given[:n] + figure + given[n + 1 :]


def swapped_digits(given: str) -> Iterator[tuple[str, str]]:
    """Numbers with two neighbouring, different digits swapped; the last pair of decimals is left alone."""
    places = [n for n, figure in enumerate(given) if figure.isdigit()]
    for a, b in list(pairwise(places))[: max(1, len(places) - 2)]:
        if given[a] != given[b] and not (a == 0 and given[b] == "0"):
            yield f"digits {a + 1} and {b + 1}", given[:a] + given[b] + given[a + 1 : b] + given[a] + given[b + 1 :]


def followed(base: Base, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, and every figure of the dossier that follows from them: data, lines, sums, text."""
    done = list(changes)
    for _ in range(4):
        dossier, _ = variant(base.folder, done)
        more = [*_columns(base, dossier), *_data(base, compute(dossier)), *_results(base, compute(dossier))]
        fresh = [c for c in more if c not in done]
        if not fresh:
            break
        done += fresh
    return tuple(done)


def _columns(base: Base, now: Dossier) -> Iterator[Change]:
    for table, column, _, _ in base.columns():
        printed = base.number(f"tables.{table}.columns.{column}.total")
        old, new = base.dossier.series(table).values[column], now.series(table).values[column]
        summed = base.at(f"tables.{table}.columns.{column}.aggregate", "sum") == "sum"
        if printed is not None and summed and old != new:
            yield Change(f"tables.{table}.columns.{column}.total", like(sum((v for v in new if v is not None), Decimal(0)), printed))


def _data(base: Base, now: Inventory) -> Iterator[Change]:
    for name, result in now.data.items():
        was = base.inventory.data.get(name)
        if was is None or result.evaluation is None or was.evaluation is None:
            continue
        if result.evaluation.exact is None or result.evaluation.exact == was.evaluation.exact:
            continue
        for key in ("reported", "verified"):
            printed = base.number(f"data.{name}.{key}")
            if printed is not None:
                yield Change(f"data.{name}.{key}", like(_in_unit(result), printed))
        for path, value in base.statements(f"datum.{name}"):
            if value == base.at(f"data.{name}.verified"):
                yield Change(path, like(_in_unit(result), value))


def _in_unit(result: Any) -> Decimal:
    from tanhe.quantity.quantity import scale

    return scale(result.evaluation.exact, result.evaluation.unit.factor_to(result.datum.unit))


def _results(base: Base, now: Inventory) -> Iterator[Change]:
    old_lines = {line.id: line for line in base.inventory.lines}
    for n, line in enumerate(now.lines):
        yield from _figure(base, f"lines.{n}.reported", old_lines.get(line.id), line)
    for name, found in now.subtotals.items():
        yield from _figure(base, f"subtotals.{name}.reported", base.inventory.subtotals.get(name), found)
        yield from _said(base, f"subtotals.{name}", base.inventory.subtotals.get(name), found)
    for key in ("excluding", "including"):
        old, new = getattr(base.inventory, key), getattr(now, key)
        yield from _figure(base, f"totals.{key}_purchased_energy.reported", old, new)
        yield from _said(base, f"totals.{key}", old, new)
    yield from _compared(base, now)
    for at, (before, after) in enumerate(zip(base.inventory.supplementary, now.supplementary, strict=True)):
        for n, (one, other) in enumerate(zip(before.lines, after.lines, strict=False)):
            yield from _figure(base, f"supplementary.{at}.lines.{n}.reported", one, other)
        yield from _figure(base, f"supplementary.{at}.total.reported", before.total, after.total)


def _figure(base: Base, path: str, old: Any, new: Any) -> Iterator[Change]:
    """The printed figure, where the computed one moved."""
    printed = old.reported if old is not None else None
    if printed is not None and new.exact is not None and old.exact != new.exact:
        yield Change(path, like(new.value if new.value is not None else new.exact, format(printed, "f")))


def _said(base: Base, about: str, old: Any, new: Any) -> Iterator[Change]:
    if old is None or old.exact == new.exact:
        return
    for path, value in base.statements(about):
        if is_number(value) and old.reported is not None and Decimal(value) == old.reported:
            yield Change(path, like(new.value, value))


def _compared(base: Base, now: Inventory) -> Iterator[Change]:
    """The clean dossier compares its total with the year before in words."""
    before = next((v for _, v in base.statements("previous.totals.including")), "")
    said = base.at("conclusions.fluctuation", "")
    if not before or base.inventory.including.value == now.including.value:
        return

    def moved(value: Decimal) -> str:
        share = like((value / Decimal(before) - 1) * 100, "0.00")
        return f"上升 {share}%" if not share.startswith("-") else f"下降 {share[1:]}%"

    if moved(base.inventory.including.value) in said:
        yield Change("conclusions.fluctuation", said.replace(moved(base.inventory.including.value), moved(now.including.value)))
