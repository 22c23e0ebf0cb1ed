"""Months side by side (逐月比较): ratios to output, daily rates, zeros, copied values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from statistics import median
from types import MappingProxyType

from tanhe.checks.amounts import SUMS, ZERO, marginal, percent, shown
from tanhe.checks.engine import Context, Family, Result, check, effect, not_applicable, review
from tanhe.checks.same import Same
from tanhe.dossier.data import Datum
from tanhe.dossier.series import Series
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up

TO_Z = Decimal("0.6745")
"""Makes the median absolute deviation comparable with a standard deviation (Iglewicz–Hoaglin)."""
FEWEST = 6
LEAST, MUCH = Decimal("0.05"), Decimal("0.1")
"""Shares of the median below which an outlier is not worth a word, and above which a strong one is minor."""
DAILY = Decimal("0.3")
SMALL = Decimal("0.01")
"""Share of the total below which a datum's outliers stay notes."""


def robust_z(values: Sequence[Decimal]) -> list[Decimal]:
    """Modified z-scores 0.6745·(x − median)/MAD; all 0 when more than half of the values are equal."""
    middle = median(values)
    spread = median([abs(v - middle) for v in values])
    return [TO_Z * (v - middle) / spread if spread else ZERO for v in values]


def _used(c: Context) -> Mapping[str, tuple[str, Datum]]:
    """Columns metered month by month that data stand on, by ``table.column``: not what is computed from others."""
    return _columns(Same(c.inventory))


@lru_cache(maxsize=2)
def _columns(key: Same) -> Mapping[str, tuple[str, Datum]]:
    dossier = key.inventory.dossier
    found: dict[str, tuple[str, Datum]] = {}
    for name, datum in dossier.data.items():
        table, _, column = (datum.series or "").partition(".")
        if table not in dossier.all_series or column not in dossier.tables[table].columns or datum.kind == "factor":
            continue
        if datum.derive is None or datum.derive.formula in SUMS:
            found.setdefault(f"{table}.{column}", (name, datum))
    return MappingProxyType(found)


def _output(c: Context) -> tuple[str, tuple[Decimal, ...], tuple[str, ...]] | None:
    """Monthly output of the products: its title, values and labels; products of one table and unit are added."""
    made = [k.partition(".")[::2] for k, (_, d) in _used(c).items() if d.kind == "production"]
    if not made:
        return None
    table = made[0][0]
    series, columns = c.dossier.series(table), c.dossier.tables[table].columns
    chosen = [k for t, k in made if t == table and columns[k].unit == columns[made[0][1]].unit]
    rows = list(zip(*(series.values[k] for k in chosen), strict=True))
    if len(rows) < FEWEST or any(v is None for row in rows for v in row):
        return None
    return "、".join(columns[k].title for k in chosen), tuple(sum((v for v in r if v is not None), ZERO) for r in rows), series.labels


def _emitted(c: Context, key: str, name: str, datum: Datum) -> Decimal:
    """tCO2e per unit of the column."""
    table, _, column = key.partition(".")
    given = c.dossier.tables[table].columns[column].unit
    return marginal(c, name) * scale(Decimal(1), given.factor_to(datum.unit)) if given.fits(datum.unit) else ZERO


def _together(c: Context, key: str, labels: tuple[str, ...]) -> tuple[Series, tuple[Decimal | None, ...]] | None:
    table, _, column = key.partition(".")
    series = c.dossier.series(table)
    return (series, series.values[column]) if series.labels == labels else None


@check("PLA011", Family.PLAUSIBILITY, "note", needs=("tables",), covers=("A14",),
       clause="月度单耗的稳健z分数（统计惯例，界限可改）")
def monthly_ratio(c: Context) -> Iterator[Result]:
    """月度用量与产量之比没有离群 | monthly use per output has no outlier"""
    output, limit, checked = _output(c), c.policy.number("robust.z"), False
    for key, (name, datum) in _used(c).items() if output else ():
        found = _together(c, key, output[2]) if output and datum.kind != "production" else None
        if found is None or output is None:
            continue
        series, cells = found
        rows = [(n, v / p) for n, (v, p) in enumerate(zip(cells, output[1], strict=True)) if v and p]
        if len(rows) < FEWEST:
            continue
        checked = True
        ratios = [r for _, r in rows]
        middle, scores = median(ratios), robust_z(ratios)
        outliers = [(n, ratio, z, off) for (n, ratio), z in zip(rows, scores, strict=True)
                    if abs(z) > limit and abs(off := ratio / middle - 1) >= LEAST]
        if not outliers:
            continue
        each = _emitted(c, key, name, datum)
        total = c.inventory.including.verified
        small = bool(each) and abs(each * sum((v for v in cells if v), ZERO)) < total * SMALL
        for n, ratio, z, off in outliers:
            column = key.partition(".")[2]
            gap = half_up((middle - ratio) * output[1][n] * each, 2)
            yield review(text(
                f"{datum.item}，{series.labels[n]}：{cells[n]} 除以{output[0]} {output[1][n]} 为 {shown(ratio, 4)}，"
                f"中位数 {shown(middle, 4)}"
                f"（{percent(off, 0)}，稳健z分数 {shown(z, 1)}）；查该月用量与产量的原始记录，说明停车、检修或库存原因"
                + ("。影响按该月回到中位数估算" if gap else ""),
                f"{datum.item}, {series.labels[n]}: {cells[n]} over {output[1][n]} is {shown(ratio, 4)}, "
                f"median {shown(middle, 4)} "
                f"({percent(off, 0)}, robust z {shown(z, 1)}); look at that month's records and explain"
                + (". The effect takes the month back to the median" if gap else "")),
                f"{key}/{series.labels[n]}", (series.place(column, n), *c.place("data", name, "series")),
                effect=effect(ZERO, gap) if gap else None,
                severity="minor" if abs(z) > 2 * limit and abs(off) >= MUCH and not small else "note")
    if not checked:
        yield not_applicable(text("没有同期的月度用量和产量", "no monthly use and output of the same periods"))


@check("PLA012", Family.PLAUSIBILITY, "note", needs=("tables",), covers=("A15",), clause="个别月份为零须说明（C级）")
def monthly_zero(c: Context) -> Iterator[Result]:
    """个别月份为零有说明 | a month of zero is explained"""
    checked = False
    for key, (name, datum) in _used(c).items():
        if datum.derive is not None and datum.derive.formula != "statistics.series_sum":
            continue
        table, _, column = key.partition(".")
        series = c.dossier.series(table)
        cells = series.values[column]
        zeros = [n for n, v in enumerate(cells) if v == 0]
        checked = True
        said = " ".join((datum.note, datum.cross_check_note, c.dossier.tables[table].note, datum.gaps))
        if not zeros or len(zeros) * 3 > len(cells) or any(word in said for word in ("停产", "停用", "为零", "检修", "未使用", "shutdown")):
            continue
        months = "、".join(series.labels[n] for n in zeros)
        yield review(text(f"{datum.item}：{months}为零，没有说明；确认是没有使用还是漏记",
                          f"{datum.item}: zero in {months} without a word; was nothing used, or nothing recorded?"),
                     key, (*(series.place(column, n) for n in zeros), *c.place("data", name, "series")))
    if not checked:
        yield not_applicable(text("没有月度用量", "no monthly data"))


@check("PLA013", Family.PLAUSIBILITY, "note", needs=("tables",), covers=("N10",), clause="各期日均用量的稳健z分数（统计惯例，界限可改）")
def daily_rate(c: Context) -> Iterator[Result]:
    """各期日均用量平稳或有说明 | the daily rate of each period is steady or explained"""
    output, limit, checked = _output(c), c.policy.number("robust.z"), False
    for key, (name, datum) in _used(c).items():
        table, _, column = key.partition(".")
        series = c.dossier.series(table)
        if output is not None and datum.kind != "production" and _together(c, key, output[2]) is not None:
            continue
        rows = [(n, v / p.days) for n, (v, p) in enumerate(zip(series.values[column], series.periods, strict=False)) if v]
        if len(rows) < FEWEST:
            continue
        checked = True
        middle = median([r for _, r in rows])
        noted = any(word in c.dossier.tables[table].note for word in ("停产", "检修", "春节", "shutdown"))
        for (n, rate), z in zip(rows, robust_z([r for _, r in rows]), strict=True):
            off = rate / middle - 1
            if abs(z) <= limit or abs(off) < DAILY or (noted and off < 0):
                continue
            yield review(text(
                f"{datum.item}，{series.labels[n]}（{series.periods[n].days} 天）日均 {shown(rate)}，中位数 "
                f"{shown(middle)}（{percent(off, 0)}）；"
                "查该期抄表记录和起止日，说明停产或增产",
                f"{datum.item}, {series.labels[n]} ({series.periods[n].days} days): {shown(rate)} a day, "
                f"median {shown(middle)} ({percent(off, 0)}); "
                "look at the readings and their dates, explain a stop or a rise"),
                f"{key}/{series.labels[n]}", (series.place(column, n), *c.place("data", name, "series")),
                severity="minor" if abs(z) > 2 * limit and off > 2 * DAILY else "note")
    if not checked:
        yield not_applicable(text("没有可求日均的用量", "no data for a daily rate"))


@check("PLA014", Family.PLAUSIBILITY, "minor", needs=("tables",), covers=("A16",), clause="逐月数据不重复（C级）")
def copied_months(c: Context) -> Iterator[Result]:
    """没有照抄的月份 | no month is copied"""
    least, checked = int(c.policy.number("copied.digits")), False
    for key, (name, datum) in _used(c).items():
        table, _, column = key.partition(".")
        series, same = c.dossier.series(table), defaultdict(list)
        checked = True
        for n, cell in enumerate(series.values[column]):
            if cell and len(cell.normalize().as_tuple().digits) >= least:
                same[cell].append(n)
        for cell, rows in same.items():
            if len(rows) > 1:
                months = "、".join(series.labels[n] for n in rows)
                yield review(text(f"{datum.item}：{months}同为 {cell}；查各月原件，像是复制或漏填后沿用上月",
                                  f"{datum.item}: {cell} in {months}; look at the originals, it looks copied"),
                             f"{key}/{months}", (*(series.place(column, n) for n in rows), *c.place("data", name, "series")))
    if not checked:
        yield not_applicable(text("没有月度用量", "no monthly data"))
