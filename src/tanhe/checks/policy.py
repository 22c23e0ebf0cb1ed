"""Thresholds and limits of the checks (检查阈值): policy data with source and grade, overridable per engagement."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from tanhe.messages import TanheError, text


@dataclass(frozen=True)
class Limit:
    """One threshold: value as text, meaning, where it comes from and how sure that is."""

    key: str
    value: str
    zh: str
    source: str
    grade: str


@dataclass(frozen=True)
class Policy:
    """The shipped limits with the engagement's own values laid over them."""

    limits: Mapping[str, Limit]
    own: Mapping[str, str]

    def number(self, key: str) -> Decimal:
        """A limit as a number."""
        return Decimal(self.words(key))

    def words(self, key: str) -> str:
        """A limit as text."""
        return self.own.get(key, self.limits[key].value)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Limit]:
    """The limits of ``policy.yaml``."""
    raw = yaml.load(files("tanhe.checks").joinpath("policy.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return MappingProxyType({key: Limit(key, row["value"], row["zh"], row["source"], row["grade"]) for key, row in raw.items()})


def policy(own: Mapping[str, str]) -> Policy:
    """The limits for an engagement; a key that is not known is an error naming the nearest."""
    known = shipped()
    for key, value in own.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise TanheError(text(f"没有阈值“{key}”，最接近的是“{near}”", f"no limit {key!r}; the nearest is {near!r}"))
        if not _is_number(value):
            raise TanheError(text(f"阈值“{key}”的值“{value}”不是数字", f"limit {key!r}: {value!r} is not a number"))
    return Policy(known, own)


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except ArithmeticError:
        return False
