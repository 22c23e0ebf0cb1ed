"""The report's own sentences (报告用语), kept apart from code: YAML files under ``templates/<language>``.

A sentence has named placeholders only; what fills them comes from the dossier or the inventory (Law 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from tanhe.messages import TanheError, text

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """Sentences by key, ``file.name``; lists by :meth:`several`."""

    sentences: Mapping[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence with its placeholders filled; KeyError for an unknown key or placeholder."""
        return str(self.sentences[key]).strip().format(**values)

    def several(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(str(word) for word in self.sentences[key])


@lru_cache(maxsize=4)
def words(language: Language = "zh") -> Words:
    """All sentences of a language; TanheError when there are none yet."""
    folder = files("tanhe.report").joinpath("templates", language)
    if not folder.is_dir():
        raise TanheError(
            text(f"报告还没有“{language}”语种的用语", f"there are no report sentences in {language!r} yet"),
            expected="zh",
        )
    found: dict[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            found |= {f"{file.name.removesuffix('.yaml')}.{key}": value for key, value in content.items()}
    return Words(MappingProxyType(found))
