"""Dossier × guideline → inventory (由案卷核算)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from types import MappingProxyType

from tanhe.dossier.data import Datum
from tanhe.dossier.model import Dossier, EmissionLine, Figure, Path
from tanhe.factors.library import library
from tanhe.guidelines.model import Guideline, ResultRow, Source
from tanhe.guidelines.registry import find
from tanhe.guidelines.supplementary import TABLES
from tanhe.inventory.library import LibraryReader
from tanhe.inventory.lines import compute_line
from tanhe.inventory.model import (
    Column,
    DatumResult,
    Evaluation,
    Grade,
    Inventory,
    Line,
    Replay,
    Row,
    Sum,
    SupplementaryResult,
)
from tanhe.inventory.replay import digits_of, replay
from tanhe.inventory.resolve import Absent, Resolver
from tanhe.inventory.sums import add_up
from tanhe.messages import TanheError, language, speaking, text
from tanhe.quantity.quantity import CONTEXT, scale
from tanhe.quantity.rounding import Kind, RoundingPolicy, half_up, policy_named
from tanhe.quantity.units import Unit, unit


def compute(dossier: Dossier) -> Inventory:
    """The inventory of a dossier; only an unknown guideline is an error."""
    guideline = find(dossier.guideline)
    policy = policy_of(dossier, guideline)
    reader = LibraryReader(dossier)
    resolver = Resolver(dossier, reader)
    with localcontext(CONTEXT), speaking(language()):
        paths = (("lines", n) for n in range(len(dossier.lines)))
        lines = tuple(
            _line(spec, guideline.sources, resolver, policy, path) for spec, path in zip(dossier.lines, paths, strict=True)
        )
        data = {name: _datum(name, resolver) for name in dossier.data}
        tables = tuple(_supplementary(n, resolver, policy) for n in range(len(dossier.supplementary)))
        unlinked = _unlinked(dossier, lines)
        subtotals = _subtotals(dossier, guideline, lines, policy)
        excluding = _total("excluding_purchased_energy", dossier, lines, policy, unlinked, purchased=False)
        including = _total("including_purchased_energy", dossier, lines, policy, unlinked, purchased=True)
        rows = _rows(dossier, guideline, lines, policy)
    return Inventory(
        dossier=dossier, guideline=guideline, lines=lines, data=MappingProxyType(data), subtotals=subtotals,
        excluding=excluding, including=including, rows=rows, supplementary=tables,
        factors=tuple(reader.read.values()), factor_set=library().digest(), missing=including.missing,
    )


def policy_of(dossier: Dossier, guideline: Guideline) -> RoundingPolicy:
    """The guideline's rounding policy with the report's own deviations."""
    own = dossier.rounding
    base = policy_named(own.policy) if own.policy else guideline.rounding
    if not (own.digits or own.intermediate or own.order):
        return base
    digits = {**base.digits, **{Kind(k): v for k, v in own.digits.items()}}
    middle = {**base.intermediate, **{Kind(k): v for k, v in own.intermediate.items()}}
    return RoundingPolicy(base.name, base.source, digits, middle, own.order or base.order, base.mode)


def _line(
    spec: EmissionLine, sources: tuple[Source, ...], resolver: Resolver, policy: RoundingPolicy, path: Path
) -> Line:
    place = resolver.dossier.place(*path, "reported") or resolver.dossier.place(*path)
    source = next((s for s in sources if s.id == spec.source), None)
    if source is None:
        known = ", ".join(s.id for s in sources)
        message = text(f"指南没有排放源“{spec.source}”", f"the guideline has no source {spec.source!r}")
        raise TanheError(message, file="dossier.yaml", line=place.line if place else None, expected=known)
    line = compute_line(spec, source, resolver, policy, place)
    figure = line.reported if line.reported is not None else line.value
    if figure is not None:
        resolver.published[spec.id] = (figure, unit(line.unit))
    return line


def _datum(name: str, resolver: Resolver) -> DatumResult:
    datum = resolver.dossier.data[name]
    factor, note = resolver.claimed(datum)
    evaluation, result = None, Replay(Grade.NOT_REPORTED)
    stated = datum.reported if datum.reported is not None else datum.verified
    if datum.derive is not None:
        try:
            evaluation = resolver.derive(name, datum, Column.REPORTED)
            full = resolver.derive(name, datum, Column.REPORTED, unrounded=True)
        except TanheError as error:
            return DatumResult(name, datum, datum.reported, datum.verified, None,
                               Replay(Grade.NOT_REPRODUCED, str(error)), resolver.dossier.place("data", name))
        evaluation = _in_unit_of(evaluation, datum.reported_unit or datum.unit)
        result = replay(evaluation, stated, {i.symbol: i.value for i in full.inputs if not i.spec.many})
    readings = resolver.reader.readings(datum.library) if datum.library is not None else ()
    if evaluation is None and stated is not None:
        result = _steam_replay(datum, stated, resolver) or result
    return DatumResult(name, datum, datum.reported, datum.verified, evaluation, result,
                       resolver.dossier.place("data", name), factor, note, readings)


def _steam_replay(datum: Datum, stated: Decimal, resolver: Resolver) -> Replay | None:
    """A stated enthalpy against the method it names."""
    try:
        reading = resolver.steam(datum)
    except Absent as why:
        return Replay(Grade.NOT_REPRODUCED, str(why))
    if reading is None:
        return None
    if half_up(reading.value, digits_of(stated)) == stated:
        return Replay(Grade.EXACT, reading.method, reading.value)
    said = text(f"{reading.method}得 {reading.value}", f"{reading.method} gives {reading.value}")
    return Replay(Grade.NOT_REPRODUCED, said, reading.value)


def _in_unit_of(evaluation: Evaluation, wanted: Unit) -> Evaluation:
    """The derivation's result in the unit the datum is stated in."""
    if evaluation.exact is None or not evaluation.unit.fits(wanted):
        return evaluation
    return replace(evaluation, exact=scale(evaluation.exact, evaluation.unit.factor_to(wanted)), unit=wanted)


def _unlinked(dossier: Dossier, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Sources named in the boundary that no line computes and no reason excludes; no line at all is one, too."""
    if not lines:
        return (text("没有任何排放量计算行", "there is no emission line at all"),)
    known = {line.id for line in lines}
    return tuple(
        text(f"{s.category}（{s.energy or s.facility}）：已识别的排放源没有数据",
             f"{s.category} ({s.energy or s.facility}): identified, no data")
        for s in dossier.sources
        if s.line not in known and not s.excluded
    )


def _subtotals(
    dossier: Dossier, guideline: Guideline, lines: tuple[Line, ...], policy: RoundingPolicy
) -> Mapping[str, Sum]:
    groups: dict[str, tuple[str, tuple[str, ...]]] = {s.id: (s.zh, (s.id,)) for s in guideline.sources if not s.memo}
    groups |= {s.id: (s.zh, s.sources) for s in guideline.subtotals}
    found: dict[str, Sum] = {}
    for name, (zh, sources) in groups.items():
        members = [line for line in lines if line.source.id in sources]
        figure = dossier.subtotals.get(name, Figure())
        if members or figure.reported is not None:
            place = dossier.place("subtotals", name, "reported")
            found[name] = add_up(name, zh, members, Kind.SUBTOTAL, policy, figure.reported, place)
    return MappingProxyType(found)


def _total(
    name: str, dossier: Dossier, lines: tuple[Line, ...], policy: RoundingPolicy, unlinked: tuple[str, ...],
    purchased: bool,
) -> Sum:
    members = [line for line in lines if purchased or not line.source.purchased]
    kind = Kind.TOTAL_INCLUDING if purchased else Kind.TOTAL_EXCLUDING
    zh = "包括净购入电力和热力" if purchased else "不包括净购入电力和热力"
    reported = getattr(dossier.totals, name).reported
    return add_up(name, zh, members, kind, policy, reported, dossier.place("totals", name, "reported"), unlinked)


def _rows(
    dossier: Dossier, guideline: Guideline, lines: tuple[Line, ...], policy: RoundingPolicy
) -> tuple[Row, ...]:
    """The official result table; rows without data keep their zero."""
    found: list[Row] = []
    for row in guideline.rows:
        members = [line for line in lines if line.source.id in row.sources]
        value = sum(((1 if line.spec.direction != "out" else -1) * line.verified for line in members
                     if line.verified is not None), Decimal(0))
        mass = sum((line.gas_mass for line in members if line.gas_mass is not None), Decimal(0))
        reported = _row_reported(row, members, dossier, guideline, lines)
        shown = policy.apply(Kind.SUBTOTAL, value)
        found.append(Row(row.id, row.zh, row.parent, row.gas, shown, reported,
                         shown if row.gas == "CO2" else mass,
                         tuple(line.item for line in members if line.verified is None)))
    return tuple(found)


def _row_reported(
    row: ResultRow, members: list[Line], dossier: Dossier, guideline: Guideline, lines: tuple[Line, ...]
) -> Decimal | None:
    """The subtotal the report prints for this row: by name, or the one that adds up the very same lines."""
    if row.id in dossier.subtotals:
        return dossier.subtotals[row.id].reported
    groups = {s.id: s.sources for s in guideline.subtotals}
    for name, figure in dossier.subtotals.items():
        same = [line for line in lines if line.source.id in groups.get(name, (name,))]
        if members and same == members:
            return figure.reported
    return None


def _supplementary(at: int, resolver: Resolver, policy: RoundingPolicy) -> SupplementaryResult:
    spec = resolver.dossier.supplementary[at]
    if spec.table not in TABLES:
        message = text(f"不认识的补充数据表“{spec.table}”", f"unknown supplementary table {spec.table!r}")
        raise TanheError(message, file="dossier.yaml", expected=", ".join(TABLES))
    table = TABLES[spec.table]
    lines = tuple(
        _line(line, table.sources, resolver, policy, ("supplementary", at, "lines", n)) for n, line in enumerate(spec.lines)
    )
    subtotals = {
        s.id: add_up(s.id, s.zh, [x for x in lines if x.source.id == s.id], Kind.SUBTOTAL, policy, None, None)
        for s in table.sources
    }
    place = resolver.dossier.place("supplementary", at, "total", "reported")
    total = add_up("total", "二氧化碳排放总量", lines, Kind.TOTAL_INCLUDING, policy, spec.total.reported, place)
    return SupplementaryResult(spec.table, spec.product, spec.unit_name, lines, MappingProxyType(subtotals), total)
