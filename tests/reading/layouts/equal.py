"""Two dossiers read from two prints of one report, compared value by value (案卷比较).

Compared: the whole tree as ``dossier.yaml`` would hold it and every monthly table. Places are left out: they differ by
layout and are tested elsewhere. Of texts the width of characters (ＡＢ１２ and AB12), small digits (CO₂ and CO2), blanks
and blanks around signs are left out, as the print decides them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

EXEMPT: Mapping[str, tuple[str, str]] = {
    "lines-apart.txt": (r".*about=formula\.(?:table|figures).*", "the print itself lost the signs of its formulas: C=A B for C=A*B"),
}
"""Per print: values that need not be equal, as a pattern, and why."""


def plain(value: Any) -> str:
    """A value without what the print decides."""
    said = unicodedata.normalize("NFKC", str(value))
    return re.sub(r"\s", "", said)


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its path; members of lists without their number, so that one lost row is one difference."""
    if isinstance(tree, Mapping):
        for name, member in tree.items():
            yield from leaves(member, f"{path}.{name}" if path else str(name))
    elif isinstance(tree, list | tuple):
        for member in tree:
            if isinstance(member, Mapping):
                yield f"{path}[]", "｜".join(sorted(f"{k}={v}" for k, v in leaves(member)))
            else:
                yield f"{path}[]", plain(member)
    else:
        yield path, plain(tree)


def values(reading: Any) -> Counter[tuple[str, str]]:
    """All values of a reading: those of the tree and the rows of the monthly tables."""
    found = Counter(leaves(reading.tree))
    for name, content in reading.tables.items():
        for row in content.splitlines():
            found["tables/" + name, plain(row)] += 1
    return found


def differences(one: Any, other: Any, name: str = "") -> list[str]:
    """What only one of two readings has, a line each: − only the first, + only the second (the print ``name``)."""
    first, second = values(one), values(other)
    exempt = EXEMPT.get(name, ("(?!)", ""))[0]
    told = [("−", at) for at in sorted((first - second).elements())] + [("+", at) for at in sorted((second - first).elements())]
    return [f"{sign} {path}: {value[:160]}" for sign, (path, value) in told if not re.fullmatch(exempt, value)]
