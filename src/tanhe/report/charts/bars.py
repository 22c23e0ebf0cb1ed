"""Horizontal bars with their values (条形图), for example the emissions of each source."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from tanhe.messages import text
from tanhe.report.charts import style
from tanhe.report.content import Chart


def draw(chart: Chart) -> Figure:
    """One bar for each label and series, longest scale from zero; a gap says so instead of a bar."""
    many = max(1, len(chart.series))
    figure = style.canvas(0.55 + (0.2 + 0.17 * many) * len(chart.labels) + (0.25 if many > 1 else 0))
    axes = figure.subplots()
    values = [v for _, row in chart.series for v in row if style.known(v)]
    if not values:
        style.empty(axes)
        return figure
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.28
    axes.set_xlim(low - (room if low < 0 else 0), high + room)
    for n, (name, row) in enumerate(chart.series):
        _bars(axes, chart, n, name, row)
    axes.set_yticks(range(len(chart.labels)), [style.wrapped(style.label(name), 32) for name in chart.labels])
    axes.set_ylim(len(chart.labels) - 0.4, -0.6)
    axes.axvline(0, color=style.INK, linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: style.tick(float(value)))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(axis="x")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_xlabel(text(f"单位：{style.label(chart.unit)}", style.label(chart.unit)))
    if many > 1:
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return figure


def _bars(axes: Axes, chart: Chart, n: int, name: str, row: tuple[float, ...]) -> None:
    first = next((y for y, value in enumerate(row) if style.known(value)), None)
    thick = 0.62 / len(chart.series)
    for y, value in enumerate(row):
        at = y - 0.31 + thick * (n + 0.5)
        if not style.known(value):
            axes.annotate(text("缺", "gap"), (0, at), (3, 0), textcoords="offset points", va="center")
            continue
        axes.barh(
            at,
            value,
            thick * 0.92,
            color=style.COLOURS[n % len(style.COLOURS)],
            hatch=style.HATCHES[n % len(style.HATCHES)],
            edgecolor=style.INK,
            linewidth=0.5,
            label=style.label(name) if y == first else None,
        )
        axes.annotate(
            style.shown(value),
            (value, at),
            (3 if value >= 0 else -3, 0),
            textcoords="offset points",
            va="center",
            ha="left" if value >= 0 else "right",
            weight="bold" if len(chart.series) == 1 else "normal",
        )
