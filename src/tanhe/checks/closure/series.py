"""Monthly tables (月度数据): columns against their printed totals, against the datum, sub-uses, weighted means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from tanhe.checks.closure._helpers import digits_of, half_unit, in_own_unit, rounds_to, show, tolerance
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.checks.slips import slip
from tanhe.checks.whatif import change, weight
from tanhe.dossier.data import Table
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.messages import text
from tanhe.quantity.quantity import CONTEXT, scale
from tanhe.quantity.rounding import sum_tolerance

_CLAUSE = "核查指南 数据核查（月度数据与年度数据一致）"
_TOTAL = re.compile(r"合计|总计|总量|小计|^总|^total$")


@check("CLO007", Family.CLOSURE, "material", needs=("tables",), clause=_CLAUSE, covers=("A1",))
def months_add_up(c: Context) -> Iterator[Result]:
    """月度数据之和等于印出的合计 | the months add up to the printed total"""
    for name, table in c.dossier.tables.items():
        for key, column in table.columns.items():
            if column.total is None or column.aggregate != "sum":
                continue
            months = _values(c.dossier, name, key)
            added = sum(months, Decimal(0))
            if not months or rounds_to(added, column.total):
                continue
            zh = f"{table.title}“{column.title}”各期之和为 {show(added)}，合计印作 {show(column.total)}"
            en = (f"{table.title}, {column.title}: the periods add up to {show(added)}, the total is "
                  f"printed {show(column.total)}")
            where = (*c.place("tables", name, "columns", key, "total"), Place(table.file))
            if abs(added - column.total) <= tolerance(months, column.total):
                yield review(text(f"{zh}，差额在各期修约之内", f"{en}; the difference lies within the rounding of "
                                                     "the periods"),
                             f"{name}.{key}/rounding", where, severity="note")
                continue
            hint = _month_named(months, added - column.total) or slip(column.total, added)
            yield fail(text(f"{zh}{'；' + hint if hint else ''}。查对各期原始记录，改正月值或合计",
                            f"{en}{'; ' + hint if hint else ''}. Compare with the records; correct a month "
                            "or the total"),
                       f"{name}.{key}", where)


def _values(dossier: Dossier, table: str, column: str) -> list[Decimal]:
    found = dossier.all_series[table].values.get(column, ()) if table in dossier.all_series else ()
    return [v for v in found if v is not None]


def _month_named(months: list[Decimal], gap: Decimal) -> str:
    """Which period would explain the gap when left out of the total or counted twice."""
    for n, value in enumerate(months, 1):
        if value and gap == value:
            return text(f"恰少第 {n} 期", f"exactly without period {n}")
        if value and gap == -value:
            return text(f"第 {n} 期恰多计一次", f"period {n} counted twice")
    return ""


@check("CLO008", Family.CLOSURE, "material", needs=("tables", "data"), clause=_CLAUSE, covers=("A1", "A2"))
def datum_equals_its_series(c: Context) -> Iterator[Result]:
    """数据项等于其月度数据的合计或加权平均 | a datum equals the sum or mean of its monthly table"""
    linked = False
    for name, datum in c.dossier.data.items():
        table, _, key = (datum.series or "").partition(".")
        column = c.dossier.tables[table].columns.get(key) if table in c.dossier.tables else None
        if column is None or column.aggregate == "none" or not column.unit.fits(datum.unit):
            continue
        year = _aggregate(c.dossier, table, key)
        if year is None:
            continue
        linked = True
        by = column.unit.factor_to(datum.unit)
        expected = scale(year, by)
        totals = [scale(column.total, by)] if column.total is not None else []
        for part, value in (("reported", in_own_unit(datum)), ("verified", datum.verified)):
            if value is None or rounds_to(expected, value) or any(rounds_to(t, value) for t in totals):
                continue
            zh = (f"{datum.item}（{'填报' if part == 'reported' else '核查'}）为 {show(value)}，月度数据表合计为 "
                  f"{show(expected, max(digits_of(value), 2))} {datum.unit.zh}")
            en = (f"{datum.item} ({part}) is {show(value)}; its monthly table gives "
                  f"{show(expected, max(digits_of(value), 2))} {datum.unit}")
            where = (*c.place("data", name, part), *c.place("tables", table, "columns", key),
                     Place(c.dossier.tables[table].file))
            if abs(expected - value) <= scale(_looseness(c.dossier, table, key), by) + half_unit(digits_of(value)):
                yield review(text(f"{zh}，差额在各期修约之内", f"{en}; within the rounding of the periods"),
                             f"{name}/{part}/rounding", where, severity="note")
                continue
            moved = change(c.inventory, name, expected, datum.unit) if part == "reported" else None
            hint = slip(value, expected)
            yield fail(text(f"{zh}{'；' + hint if hint else ''}。以月度原始记录为准改正",
                            f"{en}{'; ' + hint if hint else ''}. Correct by the monthly records"),
                       f"{name}/{part}", where, effect=moved,
                       severity=weight(moved.high or moved.low, c.inventory) if moved else "material")
    if not linked:
        yield not_applicable(text("没有数据项连到月度数据表", "no datum is linked to a monthly table"))


def _aggregate(dossier: Dossier, table: str, key: str) -> Decimal | None:
    """The year's figure of a column as it declares: sum, mean, or mean weighted by another column."""
    column = dossier.tables[table].columns[key]
    values = _values(dossier, table, key)
    if not values:
        return None
    with localcontext(CONTEXT):
        if column.aggregate == "sum":
            return sum(values, Decimal(0))
        if column.aggregate == "mean":
            return sum(values, Decimal(0)) / len(values)
        pairs = _pairs(dossier, table, key, column.weights)
        total = sum((w for _, w in pairs), Decimal(0))
        return sum((x * w for x, w in pairs), Decimal(0)) / total if total else None


def _pairs(dossier: Dossier, table: str, key: str, weights: str | None) -> list[tuple[Decimal, Decimal]]:
    other, _, column = (weights or "").rpartition(".")
    first = dossier.all_series[table].values.get(key, ())
    second = dossier.all_series[other or table].values.get(column, ()) if (other or table) in dossier.all_series else ()
    return [(x, w) for x, w in zip(first, second, strict=False) if x is not None and w is not None]


def _looseness(dossier: Dossier, table: str, key: str) -> Decimal:
    """How far the rounding of the printed periods can move the year's figure."""
    values = _values(dossier, table, key)
    places = min(digits_of(v) for v in values)
    return half_unit(places) * (len(values) if dossier.tables[table].columns[key].aggregate == "sum" else 1)


@check("CLO009", Family.CLOSURE, "material", needs=("tables",), clause=_CLAUSE, covers=("A2",))
def sub_uses_add_up(c: Context) -> Iterator[Result]:
    """各用途逐月及全年之和等于总量 | sub-uses add up to the whole, month by month and for the year"""
    found = False
    for name, table in c.dossier.tables.items():
        for whole, parts in _wholes(c.dossier, name, table):
            found = True
            series = c.dossier.all_series[name]
            for row, label in enumerate(series.labels):
                cells = [series.values[p][row] for p in parts]
                total = series.values[whole][row]
                given = [v for v in cells if v is not None]
                if total is None or len(given) < len(cells) or _within(given, total):
                    continue
                yield fail(text(f"{table.title} {label}：各用途之和为 {show(sum(given, Decimal(0)))}，"
                                f"“{table.columns[whole].title}”印作 {show(total)}",
                                f"{table.title}, {label}: the uses add up to {show(sum(given, Decimal(0)))}"
                                f", {table.columns[whole].title} is printed {show(total)}"),
                           f"{name}.{whole}/{label}", (series.place(whole, row),))
            year = [table.columns[p].total for p in parts]
            total = table.columns[whole].total
            given = [v for v in year if v is not None]
            if total is not None and len(given) == len(year) and not _within(given, total):
                yield fail(text(f"{table.title} 全年：各用途合计之和为 {show(sum(given, Decimal(0)))}，总计印作 "
                                f"{show(total)}",
                                f"{table.title}, year: the uses' totals add up to "
                                f"{show(sum(given, Decimal(0)))}, the whole is printed {show(total)}"),
                           f"{name}.{whole}/year", c.place("tables", name, "columns", whole, "total"))
    if not found:
        yield not_applicable(text("没有分用途的月度表", "no monthly table with sub-uses"))


def _within(parts: list[Decimal], total: Decimal) -> bool:
    gap = abs(sum(parts, Decimal(0)) - total)
    if not gap:
        return True
    if gap > sum_tolerance(len(parts), 0):
        return False
    coarsest = min(map(digits_of, parts))
    near = half_unit(digits_of(total)) if coarsest >= digits_of(total) else sum_tolerance(len(parts), coarsest)
    return gap <= near


def _wholes(dossier: Dossier, name: str, table: Table) -> Iterator[tuple[str, list[str]]]:
    """Columns that are the whole of the others: called so, or equal to their sum in most months."""
    sums = [k for k, col in table.columns.items() if col.aggregate == "sum"]
    series = dossier.all_series.get(name)
    if series is None:
        return
    best: tuple[int, bool, str, list[str]] = (0, False, "", [])
    for whole in sums:
        parts = [k for k in sums if k != whole and table.columns[k].unit == table.columns[whole].unit]
        if len(parts) < 2:
            continue
        rows = list(zip(*(series.values[k] for k in (whole, *parts)), strict=True))
        full = [[v for v in row if v is not None] for row in rows]
        fits = [_within(row[1:], row[0]) for row in full if len(row) == len(parts) + 1]
        called = bool(_TOTAL.search(table.columns[whole].title))
        if 2 * sum(fits) > len(fits) or (called and sum(fits)):
            best = max(best, (sum(fits), called, whole, parts))
    if best[2]:
        yield best[2], best[3]


@check("CLO010", Family.CLOSURE, "material", needs=("tables",), clause="核算指南 加权平均低位发热量", covers=("F14",))
def weighted_means(c: Context) -> Iterator[Result]:
    """加权平均以消耗量为权重并能复算 | weighted means use consumption as weights and recompute"""
    found = False
    for name, table in c.dossier.tables.items():
        for key, column in table.columns.items():
            if column.aggregate not in ("weighted-mean", "mean"):
                continue
            found = True
            if column.total is not None:
                yield from _mean(c, name, key)
    for name, datum in c.dossier.data.items():
        if datum.derive is not None and datum.derive.formula == "statistics.weighted_mean":
            found = True
            yield from _weights(c, name)
    if not found:
        yield not_applicable(text("没有按期平均的数据", "no mean of periods"))


def _mean(c: Context, table: str, key: str) -> Iterator[Result]:
    """A printed mean against its recomputation; the plain mean is named where it is the one printed."""
    column = c.dossier.tables[table].columns[key]
    exact, total = _aggregate(c.dossier, table, key), column.total
    if exact is None or total is None or rounds_to(exact, total):
        return
    values = _values(c.dossier, table, key)
    with localcontext(CONTEXT):
        simple = sum(values, Decimal(0)) / len(values)
    if abs(exact - total) <= _looseness(c.dossier, table, key) and not rounds_to(simple, total):
        return
    plainly = text("，正是未加权的算术平均", ", which is the unweighted mean") if rounds_to(simple, total) else ""
    shown = show(exact, digits_of(total) + 2)
    yield fail(text(f"{c.dossier.tables[table].title}“{column.title}”印作 {show(total)}{plainly}；按消耗量加权为 "
                    f"{shown}",
                    f"{c.dossier.tables[table].title}, {column.title} is printed {show(total)}{plainly}; "
                    f"weighted by consumption it is {shown}"),
               f"{table}.{key}", (*c.place("tables", table, "columns", key, "total"), Place(c.dossier.tables[table].file)))


def _weights(c: Context, name: str) -> Iterator[Result]:
    """Weights that are not the consumption of the line that takes the mean."""
    derive = c.dossier.data[name].derive
    given = derive.inputs.get("w") if derive is not None else None
    for line in c.inventory.lines:
        evaluation = line.reported_evaluation
        inputs = evaluation.inputs if evaluation is not None else ()
        if not any(i.datum == name for i in inputs):
            continue
        amount = next((c.dossier.data[i.datum] for i in inputs if i.symbol == "AD" and i.datum in c.dossier.data), None)
        if amount is None or amount.series is None or given == amount.series or not isinstance(given, str):
            continue
        yield fail(text(f"{c.dossier.data[name].item}以 {given} 为权重，而该行的消耗量是 {amount.series}；改用消耗量加权",
                        f"{c.dossier.data[name].item} is weighted by {given}, but the line's consumption "
                        f"is {amount.series}; weight by it"),
                   f"{name}/weights", (*c.place("data", name, "derive"), *c.place("tables", given.split(".")[0])))
