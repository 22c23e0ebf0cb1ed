"""YAML with the text and the line of every value (保留原文与行号的 YAML 读取).

``compose`` is used rather than ``load``: a loader would turn 0.950 into 0.95, 010 into 8 and ``no`` into False.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import Reader

from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.dossier.yaml_errors import syntax_problem
from tanhe.messages import text

Path = tuple[str | int, ...]
LARGEST = 100_000
"""Most values one file may hold; aliases that multiply beyond it are refused."""

DEEPEST = 40
"""Deepest nesting taken; a dossier needs about eight levels, and the parser in C would overrun its stack."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """The values of one file as text, and where each stands."""

    file: str
    tree: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(content: str, file: str) -> Source:
    """Parse ``content``; syntax errors and duplicate keys become problems."""
    source = Source(file)
    try:
        deep = _too_deep(content)
        root = None if deep else yaml.compose(content, Loader=_Loader)
    except yaml.YAMLError as error:
        source.problems.append(syntax_problem(error, content, file))
        return source
    if deep is not None:
        message = text(f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep")
        source.problems.append(Problem("DOS001", message, Place(file, deep.line + 1, deep.column + 1)))
    elif root is not None:
        _Builder(source).build(root)
    return source


def _too_deep(content: str) -> Any:
    """Where the nesting passes :data:`DEEPEST`, else None; the events come one by one, without recursion."""
    depth = 0
    for event in yaml.parse(content, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark
    return None


class _Builder:
    """Walks the composed nodes once, collecting text, places and duplicate keys."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def build(self, root: yaml.Node) -> None:
        try:
            self.source.tree = self.value(root, ())
        except (RecursionError, OverflowError):
            message = text(f"连同别名（*）展开超过 {LARGEST} 个值", f"more than {LARGEST} values, aliases (*) included")
            self.source.problems.append(Problem("DOS001", message, self.place(root)))

    def place(self, item: yaml.Node) -> Place:
        return Place(self.source.file, item.start_mark.line + 1, item.start_mark.column + 1)

    def value(self, item: yaml.Node, path: Path) -> Any:
        self.count += 1
        if self.count > LARGEST:
            raise OverflowError
        self.source.places[path] = self.place(item)
        if isinstance(item, yaml.ScalarNode):
            if Reader.NON_PRINTABLE.search(item.value):
                message = text("值里有控制字符", "a control character in the value")
                self.source.problems.append(Problem("DOS001", message, self.place(item), text("可见的文字", "visible text")))
            empty = not item.style and item.value in ("", "~", "null")
            return None if empty else str(item.value)
        if isinstance(item, yaml.SequenceNode):
            return [self.value(part, (*path, i)) for i, part in enumerate(item.value)]
        return self.mapping(item, path)

    def mapping(self, item: yaml.Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for key, part in item.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in seen:
                self.source.problems.append(self.bad_key(name, seen, key))
                continue
            seen[name] = key.start_mark.line + 1
            found[name] = self.value(part, (*path, name))
            if not isinstance(part, yaml.ScalarNode) or part.value == "":
                self.source.places[(*path, name)] = self.place(key)
        return found

    def bad_key(self, name: str, seen: dict[str, int], key: yaml.Node) -> Problem:
        if name:
            message = text(f"键“{name}”重复，第 {seen[name]} 行已有", f"key {name!r} stands twice; first on line {seen[name]}")
        else:
            message = text("键不是文字", "a key that is not text")
        return Problem("DOS002", message, self.place(key), text("不重复的键", "each key once"))
