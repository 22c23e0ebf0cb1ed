"""The reading vocabulary (阅读词表): data files in the folder ``words``, compiled once."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tanhe.factors.library import library
from tanhe.guidelines.registry import find, ids

Pattern = re.Pattern[str]


@lru_cache(maxsize=16)
def data(name: str) -> Any:
    """The content of ``words/NAME.yaml`` of this folder."""
    return yaml.safe_load(files("tanhe.reading.understand").joinpath("words", f"{name}.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def topics() -> tuple[tuple[str, Pattern], ...]:
    """Topic and the pattern of its headings, the first that matches counts."""
    return tuple((name, re.compile(pattern)) for name, pattern in data("topics").items())


@lru_cache(maxsize=1)
def labels() -> tuple[tuple[str, Pattern], ...]:
    """What a label of a key–value pair stands for, and its pattern, to be matched in full."""
    return tuple((name, re.compile(pattern)) for name, pattern in data("labels").items())


@lru_cache(maxsize=4096)
def label(folded: str) -> str | None:
    """What a folded label stands for; None where it is no label."""
    if not 2 <= len(folded) <= 40:
        return None
    return next((name for name, pattern in labels() if pattern.fullmatch(folded)), None)


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of table: the patterns of its columns, what it needs, what it must not have, its key and filled columns."""

    name: str
    columns: tuple[tuple[str, Pattern], ...]
    needs: tuple[frozenset[str], ...]
    forbids: Pattern | None
    key: frozenset[str]
    fill: frozenset[str]


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """The kinds of tables of the vocabulary, in order."""
    found = []
    for name, spec in data("columns").items():
        found.append(Kind(
            name, tuple((field, re.compile(pattern)) for field, pattern in spec["columns"].items()),
            tuple(frozenset(need.split("|")) for need in spec["needs"]),
            re.compile(spec["forbids"]) if "forbids" in spec else None,
            frozenset(spec.get("key", ())), frozenset(spec.get("fill", ())),
        ))
    return tuple(found)


@lru_cache(maxsize=1)
def sayings() -> tuple[tuple[str, Pattern, str], ...]:
    """Sayings of prose: what they are about, their pattern with a group ``v`` for the value, their topics (empty: all)."""
    return tuple((row["about"], re.compile(row["pattern"]), row.get("topics", "")) for row in data("sayings"))


@lru_cache(maxsize=1)
def wrong_words() -> tuple[str, ...]:
    """Words that are not those of verification, e.g. 检查组 (the list of the consistency rules)."""
    content = files("tanhe.checks.consistency").joinpath("vocabulary.csv").read_text("utf-8")
    return tuple(row["word"] for row in csv.DictReader(io.StringIO(content)))


@lru_cache(maxsize=1)
def fuels() -> Pattern:
    """Names of fuels and energy, the longest first."""
    names = {row for row in data("terms")["energy"].split()}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


@lru_cache(maxsize=1)
def guideline_titles() -> tuple[tuple[str, str], ...]:
    """Core of the title and id of every guideline of the library."""
    known = [(find(name).title, name) for name in ids()]
    known += [(row.title, name) for name, row in library().guidelines.items()]
    return tuple(dict.fromkeys((core(title), name) for title, name in known if core(title)))


def core(title: str) -> str:
    """What tells a guideline from the others: ``工业其他行业``, ``化工``, ``机械设备制造``."""
    bare = re.sub(r"\(试行\)|\([^()]*版\)|[《》“”]", "", "".join(title.replace("（", "(").replace("）", ")").split()))
    return re.sub(r"温室气体排放核算.*$|^中国|生产|企业|单位|\(\)", "", bare)
