"""Headers of several rows whose merged cells left nothing behind (多层表头): columns told by what repeats.

名称, 单位, 产量 three times over stand below three cells alike, 产品一, 产品二, 产品三.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from tanhe.reading.documents.cells import Row, key

_COUNT: Final = re.compile(r"[一二三四五六七八九十\d]+|(?<![a-z])[a-z](?![a-z])")


def columns_of(head: Sequence[Row], wide: int) -> list[list[int]] | None:
    """For each of the two or three short rows of a header the columns where its cells begin; None when nothing tells."""
    if not 2 <= len(head) <= 3:
        return None
    below, above = head[-1], head[-2]
    period = _period([key(cell.text) for cell in below])
    if not period:
        return None
    groups = len(below) // period
    start = _run([key(cell.text) for cell in above], groups)
    if start is None:
        return None
    spans = [period if start <= i < start + groups else 1 for i in range(len(above))]
    leaves = wide - sum(spans)
    begins = [leaves + at for at in accumulate(spans, initial=0)]
    made = [begins[:-1], [begins[start] + i for i in range(len(below))]]
    if len(head) == 2:
        return made if leaves == 0 else None
    cuts = sorted({begins[0], begins[start], begins[start + groups]} - {begins[-1]})
    if leaves < 0 or len(head[0]) != leaves + len(cuts):
        return None
    return [[*range(leaves), *cuts], *made]


def _period(words: Sequence[str]) -> int:
    """After how many words they come again, at least twice in all; 0 when they do not."""
    for period in range(1, len(words) // 2 + 1):
        if len(words) % period == 0 and all(words[i] == words[i - period] for i in range(period, len(words))):
            return period if all(words) and (period > 1 or len(words) > 1) else 0
    return 0


def _run(words: Sequence[str], groups: int) -> int | None:
    """Where as many words stand together that differ only in their number: 产品一, 产品二."""
    stems = [_COUNT.sub("", word) for word in words]
    starts = [
        i
        for i in range(len(words) - groups + 1)
        if words[i] != stems[i]
        and len({*stems[i : i + groups]}) == 1
        and len({*words[i : i + groups]}) == groups
        and (i + groups == len(words) or stems[i + groups] != stems[i])
        and (i == 0 or stems[i - 1] != stems[i])
    ]
    return starts[0] if len(starts) == 1 else None
