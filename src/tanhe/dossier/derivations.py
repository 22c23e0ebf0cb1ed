"""Derivations of data from data (推算关系): circles, and chains that unfold beyond any real dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tanhe.dossier.data import Datum
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.messages import text

DEEPEST = 20
MOST_STEPS = 2_000
"""Limits on one datum's derivation, followed to its ends; published reports need three levels."""

Path = tuple[str | int, ...]


def endless(data: Mapping[str, Datum], places: Mapping[Path, Place]) -> list[Problem]:
    """Every circle, or else the first derivation that unfolds beyond the limits: neither can be computed."""
    found = [_circular(circle, places) for circle in _circles(data)]
    if found:
        return found
    steps, before = dict.fromkeys(data, 1), dict[str, int]()
    for _ in range(DEEPEST):
        before = steps
        steps = {name: min(MOST_STEPS, 1 + sum(before.get(p, 0) for p in _parents(data[name]))) for name in data}
    for name, datum in data.items():
        if steps[name] >= MOST_STEPS or steps[name] != before[name]:
            message = text(f"“{datum.item}”的推算层数过多", f"the derivation of {datum.item} unfolds too far")
            expected = text(f"不超过 {DEEPEST} 层、{MOST_STEPS} 步", f"at most {DEEPEST} levels and {MOST_STEPS} steps")
            return [Problem("DOS010", message, places.get(("data", name, "derive")), expected)]
    return []


def _circular(circle: tuple[str, ...], places: Mapping[Path, Place]) -> Problem:
    message = text(f"推算成环：{' ← '.join(circle)}", f"a circular derivation: {' <- '.join(circle)}")
    expected = text("由有数值的数据项推算", "a derivation from data that have values")
    return Problem("DOS010", message, places.get(("data", circle[0], "derive")), expected)


def _circles(data: Mapping[str, Datum]) -> Iterator[tuple[str, ...]]:
    """Circles by the data on them, none of them twice: one walk through all derivations, without recursion."""
    done: set[str] = set()
    told: set[str] = set()
    for start in data:
        path, open_parents = ([start], [_distinct(data[start])]) if start not in done else ([], [])
        on_path = set(path)
        while path:
            if open_parents[-1]:
                parent = open_parents[-1].pop()
                if parent in on_path and parent not in told:
                    circle = path[path.index(parent):]
                    told |= set(circle)
                    yield (*circle, parent)
                elif parent in data and parent not in on_path and parent not in done:
                    path.append(parent)
                    on_path.add(parent)
                    open_parents.append(_distinct(data[parent]))
            else:
                open_parents.pop()
                on_path.discard(path[-1])
                done.add(path.pop())


def _distinct(datum: Datum) -> list[str]:
    return list(dict.fromkeys(_parents(datum)))[::-1]


def _parents(datum: Datum) -> Iterator[str]:
    """The references a datum is derived from, as often as they stand there."""
    if datum.derive is not None:
        for given in datum.derive.inputs.values():
            yield from (r for r in (given if isinstance(given, list) else [given]) if isinstance(r, str))
