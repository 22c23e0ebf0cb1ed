"""Reported figures against their recomputation (复算), and periods against the reporting year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.engine import Context, Family, Result, check, effect, fail, review
from tanhe.checks.findings import Severity
from tanhe.dossier.places import Place
from tanhe.inventory.model import Grade, Inventory, Line
from tanhe.messages import text
from tanhe.quantity.rounding import half_up


@check("UNI001", Family.CLOSURE, "material", covers=("C11",))
def units_fit(c: Context) -> Iterator[Result]:
    """因子与活动数据的单位相配 | units of factors fit those of the activity"""
    for line in c.inventory.lines:
        if not line.conflict:
            continue
        gap = None
        if line.verified is not None and line.exact is not None:
            gap = effect(half_up(line.verified - line.exact, 2))
        yield fail(_conflict(line), line.id, (line.place,) if line.place else (), effect=gap)


def _conflict(line: Line) -> str:
    if line.verified_value is None:
        return f"{line.item}: {line.conflict}"
    value = line.verified_value
    return f"{line.item}: {line.conflict}" + text(f"，按指南取值核算为 {value}", f"; by the guideline's values it is {value}")


@check("REP001", Family.CLOSURE, "material", covers=("C1", "C2"))
def figures_are_reproduced(c: Context) -> Iterator[Result]:
    """填报数能由其输入复现 | a reported figure follows from its inputs"""
    inventory = c.inventory
    for line in (*inventory.lines, *(x for t in inventory.supplementary for x in t.lines)):
        if line.replay.grade is Grade.NOT_REPRODUCED and line.exact is not None and line.reported is not None:
            gap = half_up(line.exact - line.reported, 2)
            yield fail(f"{line.item}: {line.replay.reason}", line.id, (line.place,) if line.place else (),
                       effect=effect(gap), severity=_weight(gap, inventory))
    for datum in inventory.data.values():
        if datum.replay.grade is Grade.NOT_REPRODUCED:
            yield fail(f"{datum.datum.item}: {datum.replay.reason}", f"data/{datum.id}",
                       (datum.place,) if datum.place else (), severity="minor")


def _weight(gap: Decimal, inventory: Inventory) -> Severity:
    """Material from one tonne or 0.1 % of the total on, else minor."""
    return "material" if abs(gap) >= max(Decimal(1), abs(inventory.including.exact) / 1000) else "minor"


@check("REP002", Family.CLOSURE, "note", covers=("C1",))
def no_hidden_digits(c: Context) -> Iterator[Result]:
    """填报数没有用未印出的位数 | a reported figure needs no digits that are not printed"""
    for line in c.inventory.lines:
        if line.replay.grade is Grade.HIDDEN_PRECISION:
            yield review(f"{line.item}: {line.replay.reason}", line.id, (line.place,) if line.place else ())


@check("PER001", Family.CLOSURE, "material", needs=("tables",), covers=("T4",))
def periods_cover_the_year(c: Context) -> Iterator[Result]:
    """各期恰好覆盖核算年度 | the periods cover the reporting year exactly"""
    for name, series in c.dossier.all_series.items():
        covered = series.coverage
        if covered is None or covered.exact:
            continue
        severity: Severity = "material" if covered.gaps or covered.overlaps else "minor"
        message = f"{c.dossier.tables[name].title}：{covered.summary()}"
        yield review(message, name, (Place(series.file),), severity=severity)
