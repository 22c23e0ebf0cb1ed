"""Two sources month by month (两个来源逐月核对): they run together, and the yearly check is their sum."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from statistics import median

from tanhe.checks.amounts import ELECTRIC, ZERO, percent, shown
from tanhe.checks.cross_check.stocks import part_of
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.checks.names import likeness
from tanhe.dossier.model import Dossier
from tanhe.messages import text
from tanhe.quantity.exact import sum_tolerance
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import Unit

Values = tuple[Decimal | None, ...]
ALIKE = Decimal("0.02")


@check("CRO016", Family.CROSS_CHECK, "minor", needs=("tables",), covers=("A7", "A14"),
       clause="核查参考指南：逐月数据与第二来源逐月核对（B级；界限C级，可改）")
def months_agree(c: Context) -> Iterator[Result]:
    """两个来源逐月相符 | two sources agree month by month"""
    checked = False
    for table, one, other in _two_sources(c.dossier):
        checked = True
        series, columns = c.dossier.series(table), c.dossier.tables[table].columns
        limit = _limit(c, columns[one].unit, series.values[one], series.values[other])
        for row, (a, b) in enumerate(zip(series.values[one], series.values[other], strict=True)):
            if a is None or b is None or a == b:
                continue
            if not b or abs(a - b) / b > limit:
                share = percent((a - b) / b) if b else "—"
                yield review(text(
                    f"{c.dossier.tables[table].title}{series.labels[row]}：{columns[one].title} {a}，"
                    f"{columns[other].title} {b}"
                    f"（{columns[one].unit.zh}），相差 {share}，而全年基本一致；查该月两份原件",
                    f"{c.dossier.tables[table].title}, {series.labels[row]}: {columns[one].title} {a} and "
                    f"{columns[other].title} {b} "
                    f"({columns[one].unit}) differ by {share} while the years agree; look at both originals of "
                    "that month"),
                    f"{table}.{one}/{other}/{series.labels[row]}", (series.place(one, row),))
    if not checked:
        yield not_applicable(text("没有两个来源并列的月度表", "no monthly table with two sources"))


@check("CRO017", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A1", "A7"),
       clause="核查记录表第10行：第二来源的年合计等于其月度合计（B级）")
def second_source_adds_up(c: Context) -> Iterator[Result]:
    """第二来源的年值等于其月度合计 | the second source's year is the sum of its months"""
    checked = False
    for name, datum in c.dossier.data.items():
        table = (datum.series or "").partition(".")[0]
        if table not in c.dossier.all_series:
            continue
        series, columns = c.dossier.series(table), c.dossier.tables[table].columns
        for n, other in enumerate(datum.cross_checks):
            alike = [k for k in columns if f"{table}.{k}" != datum.series and likeness(columns[k].title, other.source) >= 0.5
                     and likeness(columns[k].title, other.source) > likeness(columns[k].title, datum.source)]
            given = other.unit or datum.unit
            if other.value is None or len(alike) != 1 or not columns[alike[0]].unit.fits(given) or None in series.values[alike[0]]:
                continue
            checked = True
            cells = [v for v in series.values[alike[0]] if v is not None]
            total = scale(sum(cells, ZERO), columns[alike[0]].unit.factor_to(given))
            digits = max(0, -int(other.value.as_tuple().exponent))
            if abs(total - other.value) > sum_tolerance(0, digits):
                yield fail(text(
                    f"{datum.item}：交叉核对写“{other.source}”全年 {other.value} {given.zh}，"
                    f"该来源月度列“{columns[alike[0]].title}”合计 "
                    f"{shown(total, digits)}，相差 {shown(other.value - total, digits)}；核对该来源原件",
                    f"{datum.item}: the check gives {other.value} {given} for {other.source}, its months add "
                    f"up to {shown(total, digits)}; "
                    "look at that source's originals"),
                    f"{name}/{n}", (*c.place("data", name, "cross_checks", n, "value"), series.place(alike[0], 0)))
    if not checked:
        yield not_applicable(text("第二来源没有月度列", "no second source has monthly values"))


def _limit(c: Context, unit: Unit, one: Values, other: Values) -> Decimal:
    """Nothing where most months agree to the last digit; else the limit of a single deviation."""
    alike = sum(a == b for a, b in zip(one, other, strict=True))
    if alike * 2 > len(one):
        return ZERO
    return c.policy.number("deviation.electricity" if unit.dimension == ELECTRIC else "deviation.solid") / 100


def _two_sources(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Columns of one table that tell of the same quantity: same unit, most months within 2 %, not parts of a stock."""
    for table, series in dossier.all_series.items():
        columns = dossier.tables[table].columns
        usable = [k for k in columns if part_of(columns[k].title) in ("", "used") and columns[k].aggregate == "sum"]
        for one, other in combinations(usable, 2):
            if columns[one].unit == columns[other].unit and _near(series.values[one], series.values[other]):
                yield table, one, other


def _near(one: Values, other: Values) -> bool:
    """Whether the two differ by at most 2 % in most months."""
    gaps = [abs(a - b) / b for a, b in zip(one, other, strict=True) if a is not None and b]
    return bool(gaps) and median(gaps) <= ALIKE
