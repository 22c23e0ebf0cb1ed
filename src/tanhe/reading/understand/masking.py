"""Names of people are replaced by role labels (人名改为角色), in values and in quotes, before a claim leaves this room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from tanhe.dossier.places import Place
from tanhe.reading.understand.lexicon import data

T = TypeVar("T")
_CHINESE = r"[\u4e00-\u9fff]"
_SPLIT = re.compile(r"[\s、,，;；/／|（）()：:]+")
_CONTACTS = (
    (re.compile(r"(?<![\dA-Za-z.])1[3-9]\d{9}(?![\dA-Za-z.])"), "〔电话〕"),
    (re.compile(r"(?<![\dA-Za-z.])0\d{2,3}-\d{7,8}(?!\d)"), "〔电话〕"),
    (re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}\.[A-Za-z]{2,6}"), "〔邮箱〕"),
)
_BESIDE = r"(?:先生|女士|经理|主任|部长|厂长|总监|工程师|同志|等|[^\u4e00-\u9fff]|$)"


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset("".join(data("terms")["surnames"].split()))


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(data("terms")["not-names"].split("|"))


def is_name(words: str) -> bool:
    """Whether the words are a person's name: two to four characters after a surname, no department, no title."""
    if "·" in words:
        return re.fullmatch(r"[\u4e00-\u9fff]{1,8}(·[\u4e00-\u9fff]{1,8}){1,3}", words) is not None
    return (re.fullmatch(_CHINESE + "{2,4}", words) is not None and words[0] in _surnames()
            and not words.endswith(_endings()))


def people(cell: str) -> list[str]:
    """The names of people in a cell."""
    return [part for part in _SPLIT.split(cell) if is_name(part)]


@dataclass(frozen=True)
class Mask:
    """Role labels by name; ``keep`` are names of companies that stay whatever they contain."""

    labels: Mapping[str, str]
    keep: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        long = sorted((n for n in self.labels if len(n) > 2), key=len, reverse=True)
        short = [n for n in self.labels if len(n) == 2]
        parts = [*map(re.escape, (k for k in self.keep if len(k) > 4)), *map(re.escape, long)]
        parts += [rf"(?<!{_CHINESE}){re.escape(n)}(?={_BESIDE})" for n in short]
        return re.compile("|".join(parts)) if self.labels else None

    def text(self, words: str) -> str:
        """The words with names, telephone numbers and addresses of mail replaced."""
        for pattern, label in _CONTACTS:
            words = pattern.sub(label, words)
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda m: self.labels.get(m[0], m[0]), words)

    def hide(self, given: T) -> T:
        """A claim with every text and quote masked."""
        return self._hidden(given)  # type: ignore[no-any-return]

    def _hidden(self, given: Any) -> Any:
        if isinstance(given, str):
            return self.text(given)
        if isinstance(given, Place):
            return replace(given, quote=self.text(given.quote)) if given.quote else given
        if isinstance(given, Mapping):
            return {key: self._hidden(value) for key, value in given.items()}
        if isinstance(given, tuple):
            return tuple(self._hidden(part) for part in given)
        if is_dataclass(given) and not isinstance(given, type):
            return replace(given, **{f.name: self._hidden(getattr(given, f.name)) for f in fields(given)})
        return given


def mask(text: str, names: Mapping[str, str]) -> str:
    """The text with the names replaced by their labels."""
    return Mask(names).text(text)


def numbered(names: Iterable[str], label: str) -> dict[str, str]:
    """Labels for people of one role: the first is ``核查组员``, the next ``核查组员2``."""
    found: dict[str, str] = {}
    for name in names:
        if name not in found:
            found[name] = label if not found else f"{label}{len(found) + 1}"
    return found
