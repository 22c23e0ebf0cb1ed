"""The page of each rule (规则说明): meaning, basis, a case that fails, one that passes, how to settle.

``pages/<CODE>.yaml``; a part that is missing, or one too many, is an error naming the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tanhe.dossier.variant import Change
from tanhe.dossier.yaml_source import read
from tanhe.messages import TanheError, text

PARTS = ("meaning", "basis", "fails", "passes", "settle")
CHANGES = frozenset(("path", "value", "table", "row", "column"))


@dataclass(frozen=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return text(self.zh, self.en)


@dataclass(frozen=True)
class Case:
    """An example dossier with changes, on which the rule raises something or does not."""

    words: Words
    example: str
    change: tuple[Change, ...]


@dataclass(frozen=True)
class Page:
    """What a rule means and how its findings are settled."""

    code: str
    meaning: Words
    basis: Words
    fails: Case
    passes: Case
    settle: Words


@lru_cache(maxsize=512)
def page(code: str) -> Page:
    """The page of a rule; TanheError when there is none or a part of it is missing."""
    name = f"pages/{code}.yaml"
    file = files("tanhe.checks").joinpath(name)
    if not file.is_file():
        raise TanheError(text(f"规则 {code} 没有说明页", f"rule {code} has no page"), file=name)
    source = read(file.read_text("utf-8"), name)
    if source.problems:
        raise TanheError(str(source.problems[0]))
    parts = _mapping(source.tree, name, "", PARTS)
    return Page(
        code, _words(parts["meaning"], name, "meaning"), _words(parts["basis"], name, "basis"),
        _case(parts["fails"], name, "fails"), _case(parts["passes"], name, "passes"),
        _words(parts["settle"], name, "settle"),
    )


def on_hand(code: str) -> Page | None:
    """The page for showing beside a finding; None rather than an error, so that a bad page hides no finding."""
    try:
        return page(code)
    except TanheError:
        return None


def _mapping(value: Any, file: str, at: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    given = set(value) if isinstance(value, dict) else set()
    odd = sorted(given.symmetric_difference(keys))
    if odd:
        where = f"{at}: " if at else ""
        raise TanheError(text(f"{where}缺少或多出 {'、'.join(odd)}", f"{where}missing or odd: {', '.join(odd)}"), file=file,
                         expected=", ".join(keys))
    return dict(value)


def _words(value: Any, file: str, at: str) -> Words:
    given = _mapping(value, file, at, ("zh", "en"))
    empty = [key for key, words in given.items() if not isinstance(words, str) or not words.strip()]
    if empty:
        raise TanheError(text(f"{at}.{empty[0]} 是空的", f"{at}.{empty[0]} is empty"), file=file)
    return Words(given["zh"].strip(), given["en"].strip())


def _case(value: Any, file: str, at: str) -> Case:
    given = _mapping(value, file, at, ("zh", "en", "example", "change"))
    words = _words({"zh": given["zh"], "en": given["en"]}, file, at)
    changes = given["change"] or []
    if not isinstance(changes, list) or not all(isinstance(c, dict) and set(c) <= CHANGES for c in changes):
        raise TanheError(text(f"{at}.change 应为若干项改动", f"{at}.change should be a list of changes"), file=file,
                         expected=", ".join(sorted(CHANGES)))
    return Case(words, str(given["example"]), tuple(_change(c) for c in changes))


def _change(given: dict[str, Any]) -> Change:
    return Change(**{**given, "row": int(given.get("row") or 0)})
