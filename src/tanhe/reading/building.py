"""From the assembled tree to a dossier (构造 → 案卷): the same validation as for authored ones, never all or nothing.

What the format refuses is taken out, one value at a time, and listed; a reader gets the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tanhe.dossier.derivations import endless
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.dossier.series import Series, read_csv
from tanhe.messages import TanheError, text
from tanhe.reading.assemble.tree import Assembled, Path, Tree

MOST_ROUNDS = 200
"""Most values taken out of one report before it counts as unreadable."""


@dataclass(frozen=True)
class PlacedSeries(Series):
    """A monthly table whose rows stand in the report."""

    spots: tuple[Place, ...] = ()

    def place(self, column: str, row: int) -> Place:
        """The place of the row in the report."""
        return self.spots[row]


def build(assembled: Assembled, path: str, sha256: str) -> tuple[Dossier, tuple[Problem, ...], tuple[tuple[Place, str], ...], Tree]:
    """The dossier, problems of its tables, what was taken out with its place, and the tree as it now is.

    Errors: ``TanheError`` when what remains is no dossier.
    """
    tree = Tree(dict(assembled.tree), dict(assembled.places), list(assembled.unplaced))
    if not tree.get(("entity", "name")):
        tree.put(("entity", "name"), text("（未读出名称）", "(name not read)"))
    dossier = _valid(tree, path)
    for problem in endless(dossier.data, tree.places):
        tree.unplaced.append((problem.place or Place(path), problem.message))
        for name in tree.get(("data",)):
            tree.drop(("data", name, "derive"))
        dossier = _valid(tree, path)
    dossier, series, problems = _with_series(dossier, assembled, tree, path)
    placed = {key: place for key, place in tree.places.items()}
    return dossier.attach(path, f"sha256:{sha256}", placed, series), tuple(problems), tuple(tree.unplaced), tree


def _valid(tree: Tree, path: str) -> Dossier:
    for _ in range(MOST_ROUNDS):
        try:
            return Dossier.model_validate(tree.root)
        except ValidationError as error:
            found = [at for item in error.errors(include_url=False) if len(at := _at(tree, item["loc"], item["type"])) > 0]
            if not found:
                break
            at = max(found, key=lambda p: (len(p), str(p)))
            place = tree.places.get(at) or next((p for n in range(len(at), 0, -1) if (p := tree.places.get(at[:n]))), Place(path))
            tree.unplaced.append((place, f"{'.'.join(map(str, at))}：{_short(tree.get(at))}"))
            tree.drop(at)
    raise TanheError(text("读出的内容不成案卷", "what was read makes no dossier"), file=path,
                     expected=text("温室气体排放核查报告", "a verification report"))


def _at(tree: Tree, loc: tuple[str | int, ...], kind: str) -> Path:
    """The deepest value of an error's path that stands in the tree; for a missing key what lacks it."""
    at: Path = ()
    for step in loc:
        if tree.get((*at, step)) is not None:
            at = (*at, step)
    return at if at not in (("entity",), ("entity", "name")) or kind != "missing" else ()


def _short(value: Any) -> str:
    shown = " ".join(str(value).split())
    return shown if len(shown) <= 80 else shown[:80] + "…"


def _with_series(
    dossier: Dossier, assembled: Assembled, tree: Tree, path: str
) -> tuple[Dossier, Mapping[str, Series], list[Problem]]:
    """Every table read as CSV like an authored one; one that cannot be read is taken out with what refers to it."""
    series: dict[str, Series] = {}
    problems: list[Problem] = []
    for name, table in dossier.tables.items():
        body, rows = assembled.tables.get(table.file, ""), assembled.rows.get(table.file, ())
        read, found = read_csv(name, table.file, body, list(table.columns), dossier.year)
        if read is None:
            place = tree.places.get(("tables", name)) or Place(path)
            tree.unplaced.append((place, text(f"月度表“{table.title}”读不成序列：", f"the table {table.title} is no series: ")
                                  + "；".join(p.message for p in found)))
            continue
        spots = rows if len(rows) == len(read.labels) else tuple(Place(path) for _ in read.labels)
        series[name] = PlacedSeries(**{**read.__dict__, "file": path}, spots=spots)
        problems += [_moved(p, spots) for p in found]
    for name in set(dossier.tables) - set(series):
        _without(name, tree)
    return (_valid(tree, path) if len(series) < len(dossier.tables) else dossier), series, problems


def _moved(problem: Problem, spots: tuple[Place, ...]) -> Problem:
    """A problem of a CSV line at the line of the report it came from."""
    line = problem.place.line if problem.place else None
    if line is None or not 2 <= line < len(spots) + 2:
        return problem
    return Problem(problem.code, problem.message, spots[line - 2], problem.expected, problem.datum)


def _without(table: str, tree: Tree) -> None:
    tree.drop(("tables", table))
    for name, datum in (tree.get(("data",)) or {}).items():
        if str(datum.get("series", "")).startswith(f"{table}."):
            tree.drop(("data", name, "series"))
        inputs = (datum.get("derive") or {}).get("inputs", {})
        if any(str(v).startswith(f"{table}.") for v in inputs.values()):
            tree.drop(("data", name, "derive"))
