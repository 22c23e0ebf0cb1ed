"""Finding things by the names people write (名称匹配): spelling folded, the nearest named on a miss."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")

_QUIET = re.compile(r"[\s《》“”\"'·,，、;；:：]")
_BRACKETS = re.compile(r"\([^()]*\)|〔[^〔〕]*〕|\[[^\[\]]*\]")


def fold(name: str) -> str:
    """A name without the differences of typing: full width, case, blanks, quotation marks."""
    return _QUIET.sub("", unicodedata.normalize("NFKC", name)).casefold()


def bare(name: str) -> str:
    """A folded name without what stands in brackets: ``烟煤（动力煤）`` becomes ``烟煤``."""
    return _BRACKETS.sub("", fold(name))


def near(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to ``count`` of the known names that look most like ``name``; those containing it first."""
    wanted, choices = bare(name), {fold(k): k for k in known}
    holding = [k for folded, k in choices.items() if wanted and (wanted in folded or folded in wanted)]
    alike = [choices[m] for m in difflib.get_close_matches(wanted, choices, n=count, cutoff=0.4)]
    return tuple(dict.fromkeys([*holding, *alike]))[:count]


def lookup(name: str, index: Mapping[str, T]) -> T | None:
    """The entry of an index with folded keys: by the whole name, else by the name without brackets."""
    return index.get(fold(name)) or index.get(bare(name))
