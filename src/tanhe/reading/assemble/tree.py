"""The dossier under construction (构造中的案卷): a tree of text values as ``dossier.yaml`` would hold it, with places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tanhe.dossier.places import Place
from tanhe.reading.claims import Said

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Assembled:
    """What the claims make: the tree, the place of every value, the tables as CSV with the place of each row.

    ``unplaced`` lists what was claimed and found no home, with its words; nothing is dropped silently.
    """

    tree: dict[str, Any]
    places: Mapping[Path, Place]
    tables: Mapping[str, str]
    rows: Mapping[str, tuple[Place, ...]]
    unplaced: tuple[tuple[Place, str], ...] = ()


@dataclass
class Tree:
    """Values and their places while claims are put in one by one."""

    root: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    unplaced: list[tuple[Place, str]] = field(default_factory=list)

    def put(self, path: Path, value: Any, place: Place | None = None) -> None:
        """Set the value at ``path``, making what lies above it; a list is given positions in order."""
        node: Any = self.root
        for n, step in enumerate(path[:-1]):
            empty: Any = [] if isinstance(path[n + 1], int) else {}
            node = _step(node, step, empty)
            if place is not None:
                self.places.setdefault(path[: n + 1], place)
        if isinstance(node, list):
            assert isinstance(path[-1], int)
            node[path[-1]:path[-1] + 1] = [value]
        else:
            node[path[-1]] = value
        if place is not None:
            self.places[path] = place

    def say(self, path: Path, said: Said) -> None:
        """Set a printed value with its place."""
        self.put(path, said.text, said.place)

    def get(self, path: Path) -> Any:
        """The value at ``path``, None where there is none."""
        node: Any = self.root
        for step in path:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def drop(self, path: Path) -> None:
        """Take a value away again; members of a list that follow move up, with their places."""
        node = self.get(path[:-1])
        last = path[-1]
        if isinstance(node, list) and isinstance(last, int):
            del node[last]
        elif isinstance(node, dict):
            node.pop(last, None)
        self._forget(path, isinstance(node, list))

    def _forget(self, path: Path, moves: bool) -> None:
        depth = len(path) - 1
        kept: dict[Path, Place] = {}
        for at, place in self.places.items():
            if at[: depth + 1] == path:
                continue
            step = at[depth] if len(at) > depth and at[:depth] == path[:-1] else None
            if moves and isinstance(step, int) and isinstance(path[-1], int) and step > path[-1]:
                at = (*at[:depth], step - 1, *at[depth + 1:])
            kept[at] = place
        self.places = kept

    def length(self, *path: str | int) -> int:
        """How many members the list at ``path`` has."""
        found = self.get(path)
        return len(found) if isinstance(found, list) else 0

    def add(self, path: Path, value: Any, place: Place | None = None) -> int:
        """Append a member to the list at ``path``; its position."""
        at = self.length(*path)
        self.put((*path, at), value, place)
        return at

    def lose(self, said: Said, why: str) -> None:
        """List something claimed that has no home."""
        self.unplaced.append((said.place, f"{why}：{said.text}"))


def _step(node: Any, step: str | int, empty: Any) -> Any:
    if isinstance(node, list):
        assert isinstance(step, int)
        while len(node) <= step:
            node.append(empty)
        return node[step]
    return node.setdefault(step, empty)
