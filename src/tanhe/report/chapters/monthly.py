"""Monthly and billing-period tables (月度数据表) with totals, coverage and charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.dossier.data import Column
from tanhe.dossier.series import Series
from tanhe.formulas.statistics import series_sum, weighted_mean
from tanhe.inventory.replay import digits_of
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up
from tanhe.report.cells import NONE, figure, head, number, prose, sentence, unit_text, word
from tanhe.report.content import Block, Cell, Chart, Paragraph
from tanhe.report.context import Context, table


def blocks(c: Context, name: str) -> Iterator[Block]:
    """The table of that name, its remarks and one chart per unit."""
    spec = c.dossier.tables[name]
    if name not in c.dossier.all_series:
        yield c.absent("monthly")
        return
    series = c.dossier.series(name)
    months = all(map(_is_month, series.labels))
    titles = [head(c.say("data.period" if months else "data.span"))]
    titles += [head(f"{x.title}（{unit_text(x.unit)}）") for x in spec.columns.values()]
    rows = [_period_row(c, series, list(spec.columns), n) for n in range(len(series.labels))]
    rows += _total_rows(c, series, spec.columns)
    yield table(
        c.say("data.month_caption", title=spec.title), titles, rows, (1.2, *(1.6 for _ in spec.columns))
    )
    if series.coverage is not None:
        yield c.par("data.coverage", "note", summary=prose(series.coverage.summary()))
    else:
        yield c.par("data.coverage_none", "note")
    for note in (*series.notes, *((spec.note,) if spec.note else ())):
        yield Paragraph(sentence(note), "note")
    yield from _charts(c, series, spec.columns)


def _label(c: Context, label: str) -> str:
    return c.say("data.month", label=label) if label.isdigit() and _is_month(label) else label


def _is_month(label: str) -> bool:
    return re.fullmatch(r"\d{1,2}月?", label) is not None


def _period_row(c: Context, series: Series, columns: list[str], n: int) -> tuple[Cell, ...]:
    cells = [Cell(_label(c, series.labels[n]), align="center", origin=str(series.place(columns[0], n)))]
    cells += [figure(number(series.values[k][n]), str(series.place(k, n))) for k in columns]
    return tuple(cells)


def _total_rows(c: Context, series: Series, columns: dict[str, Column]) -> list[tuple[Cell, ...]]:
    """The printed totals and the recomputed ones, each on its own row."""
    kinds = list(
        dict.fromkeys(c.say(f"data.{x.aggregate}") for x in columns.values() if x.aggregate != "none")
    )
    kind = "/".join(kinds) or c.say("data.total_label")
    printed = [
        figure(number(x.total), c.origin("tables", series.name, "columns", k, "total"), bold=True)
        for k, x in columns.items()
    ]
    computed = [
        figure(_recomputed(series, k, x), f"{series.file}: {k}", bold=True) for k, x in columns.items()
    ]
    rows = [(word(c.say("data.total_printed", kind=kind), bold=True), *printed)]
    if any(x.aggregate != "none" for x in columns.values()):
        rows.append((word(c.say("data.total_computed", kind=kind), bold=True), *computed))
    return rows


def _recomputed(series: Series, name: str, column: Column) -> str:
    if column.aggregate == "none":
        return NONE
    try:
        values = series.column(name)
        weights = series.column(column.weights) if column.weights else ()
    except ValueError:
        return NONE
    if not values:
        return NONE
    if column.aggregate == "sum":
        return plain(series_sum.evaluate({"x": list(values)}))
    digits = digits_of(column.total) if column.total is not None else max(map(digits_of, values))
    same = column.aggregate == "mean" or not weights
    shares = [Decimal(1)] * len(values) if same else list(weights)
    if not sum(shares):
        return NONE
    return plain(half_up(weighted_mean.evaluate({"x": list(values), "w": shares}), digits))


def _charts(c: Context, series: Series, columns: dict[str, Column]) -> Iterator[Chart]:
    shown = [
        (k, x) for k, x in columns.items() if all(v is not None for v in series.values[k]) and series.labels
    ]
    labels = tuple(_label(c, label) for label in series.labels)
    groups: dict[str, list[tuple[str, Column]]] = {}
    for name, column in shown:
        groups.setdefault(unit_text(column.unit), []).append((name, column))
    for unit, found in groups.items():
        lines = tuple((x.title, tuple(float(v) for v in series.values[k] if v is not None)) for k, x in found)
        title = (
            c.dossier.tables[series.name].title
            if len(shown) == len(found)
            else "、".join(x.title for _, x in found)
        )
        yield Chart("months", c.say("data.month_chart", title=title), unit, labels, lines)
