"""A year month by month (逐月图): bars side by side, or lines from the fourth series on; gaps are marked."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from tanhe.messages import text
from tanhe.report.charts import style
from tanhe.report.content import Chart

_MOST_BARS = 3
_SLOT = 0.8


def draw(chart: Chart) -> Figure:
    """Bars or lines over the labels; a month without a value is hatched and marked, a zero says 0."""
    figure = style.canvas(2.7 + (0.2 if len(chart.series) > 1 else 0))
    axes = figure.subplots()
    if not any(style.known(v) for _, row in chart.series for v in row):
        style.empty(axes)
        return figure
    drawn = _bars if len(chart.series) <= _MOST_BARS else _line
    for n, (name, row) in enumerate(chart.series):
        padded = [*row, *[float("nan")] * (len(chart.labels) - len(row))]
        drawn(axes, chart, n, style.label(name), padded)
    _axes(axes, chart)
    if len(chart.series) > 1:
        figure.legend(loc="outside upper center", ncols=min(4, len(chart.series)), frameon=False)
    return figure


def _bars(axes: Axes, chart: Chart, n: int, name: str, row: Sequence[float]) -> None:
    width = _SLOT / len(chart.series)
    places = [x - _SLOT / 2 + width * (n + 0.5) for x in range(len(row))]
    axes.bar(
        places,
        [value if style.known(value) else 0.0 for value in row],
        width * (0.86 if len(chart.series) == 1 else 0.96),
        label=name,
        color=style.COLOURS[n % len(style.COLOURS)],
        hatch=style.HATCHES[n % len(style.HATCHES)],
        edgecolor=style.INK,
        linewidth=0.4,
    )
    for x, value in zip(places, row, strict=True):
        if not style.known(value):
            _gap(axes, x, width)
        elif value == 0:
            axes.annotate(
                "0", (x, 0), (0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=7.5
            )


def _gap(axes: Axes, x: float, width: float) -> None:
    axes.axvspan(
        x - width / 2, x + width / 2, facecolor="#f4f4f4", edgecolor="#bdbdbd", hatch="///", linewidth=0
    )
    axes.text(
        x,
        0.5,
        text("缺", "gap"),
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="center",
        weight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )


def _line(axes: Axes, chart: Chart, n: int, name: str, row: Sequence[float]) -> None:
    axes.plot(
        range(len(row)),
        [value if style.known(value) else float("nan") for value in row],
        label=name,
        color=style.COLOURS[n % len(style.COLOURS)],
        linestyle=style.DASHES[n % len(style.DASHES)],
        marker=style.MARKERS[n % len(style.MARKERS)],
        markersize=4,
        linewidth=1.4,
        markeredgecolor=style.INK,
        markeredgewidth=0.4,
    )
    for x, value in enumerate(row):
        if not style.known(value):
            axes.text(
                x,
                0.02 + 0.05 * n,
                text("缺", "gap"),
                transform=axes.get_xaxis_transform(),
                ha="center",
                fontsize=7.5,
                color=style.COLOURS[n % len(style.COLOURS)],
            )


def _axes(axes: Axes, chart: Chart) -> None:
    names = [style.label(name) for name in chart.labels]
    crowded = sum(style.width_of(name) + 2 for name in names) > 100
    axes.set_xticks(
        range(len(names)), names, rotation=45 if crowded else 0, ha="right" if crowded else "center"
    )
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda value, _: style.tick(float(value)))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(axis="y")
    axes.spines[["top", "right", "left"]].set_visible(False)
    unit = style.label(chart.unit)
    axes.set_title(text(f"单位：{unit}", unit), loc="left", fontsize=8.5)
