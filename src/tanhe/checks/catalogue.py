"""The catalogue of defects (缺陷目录) the rules are measured by, and why some items have no rule.

``catalogue.csv`` holds the 156 items in short words; ``not_done.yaml`` the reason for each item no rule covers.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from tanhe.checks import registry
from tanhe.checks.pages import Words
from tanhe.dossier.yaml_source import read
from tanhe.messages import TanheError, text

FAMILIES = {
    "I": Words("身份与文本", "identity and wording"), "T": Words("时间", "time"),
    "P": Words("人员、程序与结论", "people, procedure, conclusion"), "B": Words("边界与排放源", "boundary and sources"),
    "A": Words("活动数据", "activity data"), "F": Words("因子", "factors"), "N": Words("物理合理性", "physics"),
    "C": Words("计算与一致", "calculation and consistency"), "K": Words("证据与计量", "evidence and metering"),
    "Q": Words("数据造假手法", "patterns of fraud"),
}


@dataclass(frozen=True)
class Item:
    """One kind of defect: its id, letter, words and how grave it is."""

    id: str
    family: str
    words: Words
    severity: str

    def __str__(self) -> str:
        return str(self.words)


@lru_cache(maxsize=1)
def items() -> Mapping[str, Item]:
    """The catalogue by id, in its order."""
    with files("tanhe.checks").joinpath("catalogue.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return MappingProxyType(
        {r["id"]: Item(r["id"], r["family"], Words(r["zh"], r["en"]), r["severity"]) for r in rows}
    )


def item(code: str) -> Item | None:
    """An item, if the catalogue has it."""
    return items().get(code)


def covered() -> Mapping[str, tuple[str, ...]]:
    """Item → the codes of the rules that cover it; an item the catalogue does not have is a mistake of the program."""
    found: dict[str, list[str]] = {}
    for rule in registry.rules().values():
        for code in rule.covers:
            if code not in items():
                raise ValueError(f"{rule.code} covers {code}, which the catalogue does not have")
            found.setdefault(code, []).append(rule.code)
    return MappingProxyType({code: tuple(found[code]) for code in items() if code in found})


@lru_cache(maxsize=1)
def not_done() -> Mapping[str, Words]:
    """Item → why no rule covers it."""
    name = "not_done.yaml"
    source = read(files("tanhe.checks").joinpath(name).read_text("utf-8"), name)
    if source.problems:
        raise TanheError(str(source.problems[0]))
    found = {}
    for code, reason in (source.tree or {}).items():
        if code not in items() or not isinstance(reason, dict) or not all(reason.get(k) for k in ("zh", "en")):
            raise TanheError(text(f"{code}：目录没有此项，或缺少 zh、en", f"{code}: not in the catalogue, or zh and en are missing"),
                             file=name)
        found[code] = Words(reason["zh"], reason["en"])
    return MappingProxyType(found)
