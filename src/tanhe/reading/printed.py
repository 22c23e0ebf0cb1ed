"""Numbers as they stand in the lines of a document (行中的数字): where each begins, what it is glued to, what it names.

Digits of a chemical formula, of a unit's power and inside a markup tag are no numbers. Everything else is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FULL: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SMALL: Final = dict(zip(map(ord, "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹〜～−–—"), "01234567890123456789~~---", strict=True))
_NO_NUMBERS: Final = re.compile(
    r"<[^<>]{1,200}>|(?:CO|SO|NO|N|CH|C|H|O)_?\{?\s?[₀-₉0-9]\}?(?![0-9.])|[Nk]?m\s?[²³23](?![0-9.])|10\s?(?:\^\s?\{?-?\s?\d\}?|[⁴³⁻⁶⁸]+)"
    r"|\\tag\{\d+\}|[A-Z][₀-₉]|https?://\S+|(?<![\w.])[\w.]{1,64}@[\w.]+"
)
_NEAR: Final = 200
"""Characters looked at beside a number, blanks among them."""
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Printed:
    """A number in a line, folded to half width; ``before`` and ``after`` are the words around it without blanks."""

    text: str
    start: int
    before: str
    after: str
    percent: bool = False


def folded(line: str) -> str:
    """The line with full-width forms and small digits folded, character by character."""
    return line.translate(_FULL).translate(_SMALL)


def numbers(line: str) -> Iterator[Printed]:
    """Every number of a line."""
    blank = _NO_NUMBERS.sub(lambda m: " " * len(m[0]), line)
    shown, whole = folded(blank), folded(line)
    for match in _NUMBER.finditer(shown):
        before = re.sub(r"\s", "", whole[max(0, match.start() - _NEAR) : match.start()])[-14:]
        after = re.sub(r"\s", "", whole[match.end() : match.end() + _NEAR])[:14]
        yield Printed(match[0].replace(",", ""), match.start(), before, after, after.startswith("%"))
