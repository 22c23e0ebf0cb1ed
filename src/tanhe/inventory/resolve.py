"""From references to values (取数): what a datum, a table column, a line or a literal gives in one column.

Nothing is guessed: what has no value is missing, what has an impossible unit is a conflict, and both are said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tanhe.dossier.data import Datum, Literal_, Reference
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.model import Factor
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.registry import find
from tanhe.guidelines.model import LibraryKey
from tanhe.inventory.library import LibraryReader
from tanhe.inventory.model import Column, Evaluation, Input, Reading
from tanhe.messages import TanheError, text
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import Unit, UnitError, unit

Given = Mapping[str, Reference | list[Reference]]


@dataclass(frozen=True)
class Found:
    """A resolved reference: values as stated, their unit, where they stand."""

    values: tuple[Decimal, ...]
    unit: Unit
    origin: str
    place: Place | None = None
    datum: str | None = None
    factor: Factor | None = None


class Absent(Exception):
    """A reference that has no value (缺数据); the message names it."""


CONSTANTS: Mapping[tuple[str, str], LibraryKey] = {
    ("heat.steam", "En_0"): LibraryKey("heat", "steam_ref_enthalpy"),
    ("heat.hot_water", "T_0"): LibraryKey("heat", "hot_water_ref_temp"),
    ("heat.hot_water", "c"): LibraryKey("heat", "hot_water_cp"),
    ("electrical_equipment.joint_leakage", "n"): LibraryKey("electrical_equipment", "connection_leak"),
    ("methane_recovery.mass", "RHO"): LibraryKey("density", "ch4"),
}
"""Constants of derivations, which belong to no source."""


@dataclass
class Resolver:
    """Looks values up for one dossier; ``published`` holds the figures of lines already computed.

    ``unrounded`` follows derivations at full precision instead of the printed figure.
    """

    dossier: Dossier
    reader: LibraryReader
    published: dict[str, tuple[Decimal, Unit]] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def find(self, reference: Reference, column: Column, unrounded: bool = False) -> Found:
        """The value a reference stands for; :class:`Absent` when there is none."""
        if isinstance(reference, Literal_):
            return Found((reference.value,), reference.unit, reference.note or text("案卷直接给出", "stated in the dossier"))
        if reference.startswith("line:"):
            return self._line(reference.removeprefix("line:"))
        if reference in self.dossier.data:
            return self._datum(reference, column, unrounded)
        if "." in reference and reference.split(".", 1)[0] in self.dossier.tables:
            return self._series(reference)
        raise Absent(text(f"没有数据项“{reference}”", f"there is no datum {reference!r}"))

    def _line(self, line_id: str) -> Found:
        if line_id not in self.published:
            raise Absent(text(f"排放行“{line_id}”尚无数值", f"line {line_id!r} has no value"))
        value, its_unit = self.published[line_id]
        return Found((value,), its_unit, text(f"排放行 {line_id}", f"line {line_id}"))

    def _series(self, reference: str) -> Found:
        name, column = reference.split(".", 1)
        table = self.dossier.tables[name]
        if column not in table.columns:
            raise Absent(text(f"表“{name}”没有列“{column}”", f"table {name!r} has no column {column!r}"))
        try:
            values = self.dossier.series(name).column(column)
        except ValueError:
            raise Absent(text(f"“{reference}”有空格", f"{reference} has empty cells")) from None
        if not values:
            raise Absent(text(f"表“{name}”没有数据行", f"table {name!r} has no rows"))
        return Found(values, table.columns[column].unit, table.title, Place(table.file))

    def _datum(self, name: str, column: Column, unrounded: bool) -> Found:
        datum = self.dossier.data[name]
        factor, _ = self.claimed(datum)
        if unrounded and datum.derive is not None and name not in self.busy:
            derived = self.derive(name, datum, column, unrounded=True)
            if derived.exact is not None and not derived.conflict:
                value = scale(derived.exact, derived.unit.factor_to(datum.unit))
                return Found((value,), datum.unit, derived.with_numbers, datum=name, factor=factor)
        value_and_key = self._stated(datum, column)
        if value_and_key is not None:
            value, key = value_and_key
            its_unit = datum.reported_unit if key == "reported" and datum.reported_unit else datum.unit
            place = self.dossier.place("data", name, key)
            return Found((value,), its_unit, datum.source or datum.item, place, name, factor)
        if factor is not None:
            return Found((factor.value,), unit(factor.unit), cite(factor), None, name, factor)
        reading = self.steam(datum)
        if reading is not None:
            return Found((reading.value,), unit(reading.unit), reading.method, self.dossier.place("data", name), name)
        if datum.derive is not None and name not in self.busy:
            derived = self.derive(name, datum, column)
            if derived.exact is not None and not derived.conflict:
                value = scale(derived.exact, derived.unit.factor_to(datum.unit))
                return Found((value,), datum.unit, derived.with_numbers, self.dossier.place("data", name), name)
        raise Absent(text(f"数据项“{datum.item}”没有数值", f"{datum.item} has no value"))

    @staticmethod
    def _stated(datum: Datum, column: Column) -> tuple[Decimal, str] | None:
        order = ("reported", "verified") if column is Column.REPORTED else ("verified", "reported")
        for key in order:
            value = getattr(datum, key)
            if value is not None:
                return value, key
        return None

    def claimed(self, datum: Datum) -> tuple[Factor | None, str]:
        """The library value a datum claims to be, or why there is none."""
        if datum.library is None or datum.library.table == "steam":
            return None, ""
        try:
            return self.reader.claimed(datum.library), ""
        except FactorNotFound as why:
            return None, str(why)

    def steam(self, datum: Datum) -> Reading | None:
        """The enthalpy by table or IF97 where the datum names that method; Absent says why there is none."""
        if datum.library is None:
            return None
        try:
            return self.reader.steam(datum.library)
        except FactorNotFound as why:
            raise Absent(str(why)) from why

    def derive(self, name: str, datum: Datum, column: Column, unrounded: bool = False) -> Evaluation:
        """How the datum follows from others, evaluated."""
        assert datum.derive is not None
        self.busy.add(name)
        try:
            formula = find(datum.derive.formula)
            constants = {s: CONSTANTS[formula.id, s] for s in formula.symbols if (formula.id, s) in CONSTANTS}
            return self.evaluate(formula, datum.derive.inputs, column, constants, {}, None, unrounded)
        finally:
            self.busy.discard(name)

    def evaluate(
        self,
        formula: Formula,
        given: Given,
        column: Column,
        constants: Mapping[str, LibraryKey],
        defaults: Mapping[str, LibraryKey],
        fuel: str | None,
        unrounded: bool = False,
        gas: str | None = None,
    ) -> Evaluation:
        """Bind every symbol and compute; what is missing or does not fit is named in the result."""
        inputs: list[Input] = []
        missing: list[str] = []
        for symbol, spec in formula.symbols.items():
            try:
                found = self._for_symbol(symbol, given, column, constants, defaults, fuel, unrounded, gas)
                inputs.append(bind(symbol, spec, found))
            except Absent as why:
                missing.append(f"{spec.zh if text('zh', 'en') == 'zh' else spec.en}（{symbol}）：{why}")
            except UnitError as why:
                missing.append(f"{symbol}: {why}")
        result_unit = formula.result[0] if formula.result else Unit()
        if missing:
            return Evaluation(formula, tuple(inputs), None, result_unit, missing=tuple(missing))
        return compute(formula, tuple(inputs), result_unit)

    def _for_symbol(
        self, symbol: str, given: Given, column: Column, constants: Mapping[str, LibraryKey],
        defaults: Mapping[str, LibraryKey], fuel: str | None, unrounded: bool, gas: str | None,
    ) -> Found:
        if symbol in given and given[symbol] != "default":
            reference = given[symbol]
            members = reference if isinstance(reference, list) else [reference]
            return _joined([self.find(member, column, unrounded) for member in members])
        key = constants.get(symbol) or defaults.get(symbol)
        if key is None:
            raise Absent(text("案卷未给出", "not given in the dossier"))
        try:
            factor = self.reader.constant(key, fuel, gas)
        except FactorNotFound as why:
            raise Absent(str(why)) from why
        return Found((factor.value,), unit(key.unit or factor.unit), cite(factor), None, None, factor)


def cite(factor: Factor) -> str:
    """A factor's document, number and place in one phrase, with its grade."""
    number = f"（{factor.document_number}）" if factor.document_number else ""
    place = f" {factor.place}" if factor.place else ""
    return text(f"《{factor.document}》{number}{place}，{factor.grade}级", f"{factor.document} {number}{place}, grade {factor.grade}")


def _joined(parts: list[Found]) -> Found:
    first = parts[0]
    if len(parts) == 1:
        return first
    values = tuple(scale(v, p.unit.factor_to(first.unit)) for p in parts for v in p.values)
    return Found(values, first.unit, "；".join(dict.fromkeys(p.origin for p in parts)))


def bind(symbol: str, spec: SymbolSpec, found: Found) -> Input:
    """The found value in a unit the symbol may carry; a fraction must lie between 0 and 1."""
    if len(found.values) > 1 and not spec.many:
        raise Absent(text(
            f"{symbol} 要一个数，所引的是 {len(found.values)} 个；用一个数据项并以 derive 写明如何合计",
            f"{symbol} takes one number, {len(found.values)} were given; use a datum whose derive says how they add up",
        ))
    wanted = spec.fitting(found.unit)
    if wanted is None:
        raise UnitError(text(
            f"单位“{found.unit.zh}”不能用于{spec.zh}（{symbol}），应为 {' 或 '.join(u.zh for u in spec.units)}",
            f"unit {found.unit} cannot stand for {spec.en} ({symbol}); expected {' or '.join(map(str, spec.units))}",
        ))
    values = found.values
    if found.unit != wanted:
        values = tuple(scale(v, found.unit.factor_to(wanted)) for v in values)
    if spec.fraction and any(v < 0 or v > 1 for v in values):
        where = f"{found.place}: " if found.place else ""
        raise Absent(where + text(
            f"{found.values[0]}不在 0–1 之间；若为百分数，单位应写 %",
            f"{found.values[0]} is not between 0 and 1; for a percentage write the unit %",
        ))
    return Input(symbol, spec, values, wanted, (found.values[0], found.unit), found.origin, found.place, found.datum,
                 found.factor)


def compute(formula: Formula, inputs: tuple[Input, ...], result_unit: Unit) -> Evaluation:
    """The exact result; units that do not fit give the bare arithmetic together with the conflict."""
    conflict = ""
    try:
        result_unit = formula.unit_of({i.symbol: i.unit for i in inputs})
    except UnitError as error:
        conflict = str(error)
    values = {i.symbol: i.values if i.spec.many else i.value for i in inputs}
    try:
        exact = formula.evaluate(values)
    except ArithmeticError:
        return Evaluation(formula, inputs, None, result_unit, missing=(text("除数为零", "division by zero"),))
    except (ValueError, TanheError) as error:
        return Evaluation(formula, inputs, None, result_unit, missing=(str(error),))
    return Evaluation(formula, inputs, exact, result_unit, conflict)
