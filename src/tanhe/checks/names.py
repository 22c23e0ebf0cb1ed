"""Names of documents and data in a report (文件与数据名称): when two wordings mean the same document."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_NOISE = re.compile(r"\d{4}\s*年度?|\d{4}|[\s《》“”\"'「」（）()、，,。；;：:·—\-/]")
_COMPANY = re.compile(r"(有限责任公司|股份有限公司|有限公司|集团|公司)")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The name without brackets, years, blanks and punctuation."""
    return _COMPANY.sub("", _NOISE.sub("", name))


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """Share of the shorter name's pairs of characters found in the other; 1 when one contains the other."""
    a, b = core(one), core(other)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return 1.0
    first, second = _pairs(a), _pairs(b)
    return len(first & second) / max(1, min(len(first), len(second)))


def without(name: str, item: str) -> str:
    """The name less what it shares with a datum's item, so that 柴油 alone makes no two documents alike."""
    words = core(name)
    found = SequenceMatcher(None, words, core(item), autojunk=False).find_longest_match()
    rest = words[: found.a] + words[found.a + found.size :]
    return rest if found.size > 1 and len(rest) > 1 else words


def same_document(one: str, other: str) -> bool:
    """Whether two wordings name the same document: one within the other."""
    return likeness(one, other) == 1.0


def parts(source: str) -> tuple[str, ...]:
    """The documents named in one cell: what stands in 《》, else the parts between semicolons."""
    quoted = re.findall(r"《([^》]+)》", source)
    pieces = quoted or [p.rpartition("：")[2] for p in re.split(r"[；;]", source)]
    return tuple(p for p in pieces if core(p))


def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[n : n + 2] for n in range(len(word) - 1)) or frozenset({word})
