"""Ruling lines → grids of cells (框线 → 单元格): merged cells by the borders that are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.reading.documents.pdf_page import Glyph, Page, Rule

_SAME: Final = 3.0
"""Lines closer than this, in points, are one: double lines, and borders drawn cell by cell."""
_TOUCH: Final = 3.0
_MOST: Final = 3_000
_CELLS: Final = 40_000
_COVERED: Final = 0.6


@dataclass(frozen=True)
class Box:
    """A cell: its edges in points and the row it begins in."""

    x0: float
    x1: float
    top: float
    bottom: float
    row: int
    rows: int


@dataclass(frozen=True)
class RuledGrid:
    """A ruled table on one page: its cells row by row."""

    boxes: tuple[Box, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside."""
        middle = (glyph.x0 + glyph.x1) / 2
        return self.x0 - 1 <= middle <= self.x1 + 1 and self.top - 1 <= glyph.middle <= self.bottom + 1


def grids(page: Page) -> list[RuledGrid]:
    """The ruled tables of a page, from top to bottom; frames with one cell, axes and underlines are none."""
    across, down = _merged(page.across), _merged(page.down)
    if not across or not down or len(across) + len(down) > _MOST:
        return []
    made = []
    for rows, columns in _components(across, down):
        grid = _grid(rows, columns)
        if grid is not None and len(grid.boxes) > 1:
            made.append(grid)
    return sorted(_outer_frames_left_out(made), key=lambda grid: (grid.top, grid.x0))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap as one."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][-1].at <= 1.0 and rule.at - groups[-1][0].at <= 2.0:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    made: list[Rule] = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        start = end = None
        for rule in sorted(group, key=lambda r: r.start):
            if start is None or end is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _TOUCH:
                end = max(end, rule.end)
            else:
                made.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            made.append(Rule(at, start, end))
    return made


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch each other, as groups."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    places = [rule.at for rule in across]
    for n, rule in enumerate(down, len(across)):
        low, high = bisect_left(places, rule.start - _TOUCH), bisect_right(places, rule.end + _TOUCH)
        for m in range(low, high):
            if across[m].start - _TOUCH <= rule.at <= across[m].end + _TOUCH:
                parent[root(m)] = root(n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate([*across, *down]):
        groups.setdefault(root(n), ([], []))[n >= len(across)].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _lines(values: Iterable[float]) -> list[float]:
    made: list[list[float]] = []
    for value in sorted(values):
        if made and value - made[-1][0] <= _SAME:
            made[-1].append(value)
        else:
            made.append([value])
    return [sum(group) / len(group) for group in made]


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> RuledGrid | None:
    ys = _lines(rule.at for rule in across)
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    sides = [side for side in (left, right) if all(abs(side - rule.at) > 2 * _SAME for rule in down)]
    xs = _lines([*(rule.at for rule in down), *sides])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _CELLS:
        return None
    bars = _borders(down, xs, ys)
    for side in sides:
        bars.update((nearest(xs, side), j) for j in range(len(ys) - 1))
    floors = _borders(across, ys, xs)
    boxes = _cells(len(xs) - 1, len(ys) - 1, bars, floors)
    starts = sorted({top for _, top, _, _ in boxes})
    made = tuple(
        Box(xs[x0], xs[x1 + 1], ys[y0], ys[y1 + 1], starts.index(y0), sum(y0 <= s <= y1 for s in starts))
        for x0, y0, x1, y1 in sorted(boxes, key=lambda b: (b[1], b[0]))
    )
    return RuledGrid(made, xs[0], xs[-1], ys[0], ys[-1])


def _borders(rules: Iterable[Rule], places: Sequence[float], steps: Sequence[float]) -> set[tuple[int, int]]:
    """(n, step): the border at ``places[n]`` is drawn along most of the stretch from ``steps[step]`` on."""
    covered: dict[tuple[int, int], float] = {}
    for rule in rules:
        n = nearest(places, rule.at)
        for j in range(max(0, bisect_right(steps, rule.start) - 1), len(steps) - 1):
            if steps[j] >= rule.end:
                break
            length = min(rule.end, steps[j + 1]) - max(rule.start, steps[j])
            covered[n, j] = covered.get((n, j), 0.0) + length / (steps[j + 1] - steps[j])
    return {key for key, share in covered.items() if share >= _COVERED}


def nearest(places: Sequence[float], value: float) -> int:
    """The index of the place next to ``value``; ``places`` ascend."""
    n = bisect_left(places, value)
    if n == 0 or (n < len(places) and places[n] - value < value - places[n - 1]):
        return min(n, len(places) - 1)
    return n - 1


def _cells(columns: int, rows: int, bars: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """(x0, y0, x1, y1) of the rectangles between drawn borders, in indexes; each place belongs to one."""
    taken: set[tuple[int, int]] = set()
    made = []
    for y in range(rows):
        for x in range(columns):
            if (x, y) in taken:
                continue
            right = x
            while right + 1 < columns and (right + 1, y) not in bars and (right + 1, y) not in taken:
                right += 1
            bottom = y
            while bottom + 1 < rows and _open(x, right, bottom + 1, bars, floors, taken):
                bottom += 1
            taken.update((i, j) for i in range(x, right + 1) for j in range(y, bottom + 1))
            made.append((x, y, right, bottom))
    return made


def _open(x: int, right: int, y: int, bars: set[tuple[int, int]], floors: set[tuple[int, int]], taken: set[tuple[int, int]]) -> bool:
    """Whether the row ``y`` goes on with the cell above it: no line between them, the same sides."""
    return (
        all((y, i) not in floors and (i, y) not in taken for i in range(x, right + 1))
        and all((i, y) not in bars for i in range(x + 1, right + 1))
    )  # fmt: skip


def _outer_frames_left_out(made: Sequence[RuledGrid]) -> list[RuledGrid]:
    """A page border around a table is no table: of nested grids the one with cells inside another's cell stays."""
    return [
        grid
        for grid in made
        if not any(
            other is not grid and _inside(other, grid) and len(grid.boxes) <= 4 and len(other.boxes) > len(grid.boxes)
            for other in made
        )
    ]


def _inside(inner: RuledGrid, outer: RuledGrid) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.top <= inner.top and inner.bottom <= outer.bottom
