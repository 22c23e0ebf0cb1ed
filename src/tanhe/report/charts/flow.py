"""From sources to the total (流向图): a Sankey diagram of matplotlib paths, band widths to scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from tanhe.report.charts import style
from tanhe.report.content import Chart

_LEFT, _RIGHT = {True: 2.15, False: 1.6}, 1.4
"""Room for the names left of the first column (two columns or more) and right of the last, in inches."""
_NODE = 0.13
_LINE = 0.15
_GAP = 0.1
_SCALE = 2.2
"""Height of the largest column's bands, in inches."""

_GREY = "#4d4d4d"
_STOPOVER = "\0"
"""Begins the name of a place where a band passes a column without a box."""

Link = tuple[str, str, float]


@dataclass(frozen=True)
class Node:
    """A box of the diagram, in inches: its column's left edge, bottom, height, value, text and colour."""

    x: float
    y: float
    height: float
    words: str
    colour: str


def draw(chart: Chart) -> Figure:
    """Sources on the left, the total on the right; a deduction is drawn hatched."""
    links = [(a, b, value) for a, b, value in chart.links if style.known(value)]
    if not any(value for _, _, value in links):
        figure = style.canvas(1.5)
        style.empty(figure.subplots())
        return figure
    links, columns = _columns(links)
    nodes, height = _placed(links, columns, chart.unit, dict(chart.printed))
    figure = Figure(figsize=(style.WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, style.WIDTH), ylim=(0, height))
    axes.set_axis_off()
    _bands(axes, links, nodes)
    for name, node in nodes.items():
        if name.startswith(_STOPOVER):
            continue
        _box(axes, node, first=name in columns[0], last=name in columns[-1])
    return figure


def _columns(links: Sequence[Link]) -> tuple[list[Link], list[list[str]]]:
    """Names by their distance from a source, the longest way; what flows nowhere stands in the last column.

    A link that skips a column becomes one link to each column's stopover, so that it passes no box.
    """
    depth: dict[str, int] = {}
    for a, b, _ in links:
        depth.setdefault(a, 0)
        depth.setdefault(b, 0)
    for _ in depth:
        for a, b, _value in links:
            depth[b] = min(max(depth[b], depth[a] + 1), len(depth))
    onward = {a for a, _, _ in links}
    last = max(depth.values())
    level = {name: at if name in onward else last for name, at in depth.items()}
    stepped = []
    for a, b, value in links:
        stops = [f"{_STOPOVER}{a}{_STOPOVER}{b}{at}" for at in range(level[a] + 1, level[b])]
        level |= {stop: at for at, stop in enumerate(stops, level[a] + 1)}
        stepped += [(x, y, value) for x, y in pairwise([a, *stops, b])]
    ordered = [[name for name in level if level[name] == at] for at in sorted(set(level.values()))]
    for before, column in pairwise(ordered):
        column.sort(key=lambda name: _middle(stepped, before, name))
    return stepped, ordered


def _middle(links: Sequence[Link], before: Sequence[str], name: str) -> float:
    """Where the bands into ``name`` come from, on average: in this order they cross least."""
    into = [(before.index(a), abs(value)) for a, b, value in links if b == name and a in before]
    return sum(at * value for at, value in into) / (sum(value for _, value in into) or 1.0)


def _placed(
    links: Sequence[Link], columns: list[list[str]], unit: str, printed: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, Node], float]:
    """Every box, and the height of the figure that has room for all of them and their names."""
    size = {name: _through(links, name, abs) for column in columns for name in column}
    scale = _SCALE / max(sum(size[name] for name in column) for column in columns)
    width = 32 if len(columns) <= 2 else 22
    words = {name: _words(links, name, unit, width, name in columns[-1], printed) for name in size}
    slots = {n: max(size[n] * scale, _LINE * (words[n].count("\n") + 1)) + _GAP for n in size}
    height = max(sum(slots[name] for name in column) for column in columns) + 0.1
    left = _LEFT[len(columns) <= 2]
    step = (style.WIDTH - left - _RIGHT - _NODE) / max(1, len(columns) - 1)
    nodes: dict[str, Node] = {}
    for c, column in enumerate(columns):
        top = height - (height - sum(slots[name] for name in column)) / 2
        for n, name in enumerate(column):
            tall = size[name] * scale
            colour = style.COLOURS[n % len(style.COLOURS)] if c == 0 else _GREY
            if name.startswith(_STOPOVER):
                colour = nodes[next(a for a, b, _ in links if b == name)].colour
            nodes[name] = Node(left + c * step, top - slots[name] / 2 - tall / 2, tall, words[name], colour)
            top -= slots[name]
    return nodes, height


def _through(links: Sequence[Link], name: str, measure: Callable[[float], float] = float) -> float:
    """What flows into ``name``, or out of it where nothing flows in or more flows out."""
    into = sum(measure(value) for _, b, value in links if b == name)
    out = sum(measure(value) for a, _, value in links if a == name)
    return max(into, out, key=abs)


def _words(
    links: Sequence[Link], name: str, unit: str, width: int, last: bool, printed: Mapping[str, str]
) -> str:
    if name.startswith(_STOPOVER):
        return ""
    value = style.figure(printed[name]) if name in printed else style.shown(_through(links, name))
    if last:
        return style.wrapped(style.label(name), 20) + "\n" + value + "\n" + style.label(unit)
    return style.wrapped(style.label(name), width) + "\n" + value


def _bands(axes: Axes, links: Sequence[Link], nodes: Mapping[str, Node]) -> None:
    scale = _scale(links, nodes)
    leaving = {name: node.y + node.height for name, node in nodes.items()}
    entering = dict(leaving)
    for a, b, value in sorted(links, key=lambda link: (-nodes[link[0]].y, -nodes[link[1]].y)):
        thick = abs(value) * scale
        _band(axes, nodes[a], nodes[b], leaving[a], entering[b], thick, value < 0)
        leaving[a] -= thick
        entering[b] -= thick


def _scale(links: Sequence[Link], nodes: Mapping[str, Node]) -> float:
    """Inches for one unit, read back from the largest box."""
    name = max(nodes, key=lambda n: nodes[n].height)
    return nodes[name].height / _through(links, name, abs)


def _band(axes: Axes, a: Node, b: Node, top_a: float, top_b: float, thick: float, deducted: bool) -> None:
    if not thick:
        return
    left, right = a.x + (_NODE if a.words else 0), b.x
    middle = (left + right) / 2
    upper = [(left, top_a), (middle, top_a), (middle, top_b), (right, top_b)]
    lower = [(right, top_b - thick), (middle, top_b - thick), (middle, top_a - thick), (left, top_a - thick)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    red, green, blue = to_rgb(a.colour)
    light = tuple(0.65 + 0.35 * part for part in (red, green, blue))
    axes.add_patch(
        PathPatch(
            Path([*upper, *lower, upper[0]], codes),
            facecolor="white" if deducted else light,
            edgecolor=a.colour,
            linewidth=0.5,
            hatch="////" if deducted else None,
        )
    )


def _box(axes: Axes, node: Node, *, first: bool, last: bool) -> None:
    axes.add_patch(
        Rectangle((node.x, node.y), _NODE, max(node.height, 0.006), facecolor=node.colour, linewidth=0)
    )
    x, side = (node.x - 0.07, "right") if first else (node.x + _NODE + 0.07, "left")
    axes.text(
        x,
        node.y + node.height / 2,
        node.words,
        ha=side,
        va="center",
        linespacing=1.15,
        weight="bold" if last else "normal",
        bbox=None if first or last else {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.2},
    )
