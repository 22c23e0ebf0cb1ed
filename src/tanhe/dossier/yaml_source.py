"""YAML with the text and the line of every value (保留原文与行号的 YAML 读取).

``compose`` is used rather than ``load``: a loader would turn 0.950 into 0.95, 010 into 8 and ``no`` into False.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.messages import text

Path = tuple[str | int, ...]
LARGEST = 400_000
"""Most values one file may hold; aliases that multiply beyond it are refused."""

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
        root = yaml.compose(content, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        message = text(f"YAML 语法错误：{error.problem}", f"YAML syntax: {error.problem}")
        source.problems.append(Problem("DOS001", message, place, text("缩进一致的“键: 值”", "indented 'key: value'")))
        return source
    except yaml.YAMLError as error:
        source.problems.append(Problem("DOS001", text(f"不是 YAML：{error}", f"not YAML: {error}"), Place(file)))
        return source
    if root is not None:
        _Builder(source).build(root, ())
    return source


class _Builder:
    """Walks the composed nodes once, collecting text, places and duplicate keys."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def build(self, root: yaml.Node, path: Path) -> None:
        try:
            self.source.tree = self.value(root, path)
        except (RecursionError, OverflowError):
            message = text("内容过多或嵌套过深", "too many values or nested too deeply")
            self.source.problems.append(Problem("DOS001", message, Place(self.source.file)))

    def place(self, item: yaml.Node) -> Place:
        return Place(self.source.file, item.start_mark.line + 1, item.start_mark.column + 1)

    def value(self, item: yaml.Node, path: Path) -> Any:
        self.count += 1
        if self.count > LARGEST:
            raise OverflowError
        self.source.places[path] = self.place(item)
        if isinstance(item, yaml.ScalarNode):
            empty = item.style is None and item.value in ("", "~", "null")
            return None if empty else str(item.value)
        if isinstance(item, yaml.SequenceNode):
            return [self.value(part, (*path, i)) for i, part in enumerate(item.value)]
        return self.mapping(item, path)

    def mapping(self, item: yaml.Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, part in item.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in found:
                message = text(f"键“{name}”重复或不是文字", f"key {name!r} stands twice or is not text")
                self.source.problems.append(Problem("DOS002", message, self.place(key)))
                continue
            found[name] = self.value(part, (*path, name))
            if not isinstance(part, yaml.ScalarNode) or part.value == "":
                self.source.places[(*path, name)] = self.place(key)
        return found
