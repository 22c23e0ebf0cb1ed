"""Calculation tables whose header names each column with its letter and unit (名称、代号、单位同在一行的计算表).

``年度 物质种类 消耗量 A (t) 含碳量 B (tC/t) 排放量 C=A×B×44/12 (tCO2)``; below it rows of labels and figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.cells import Row, cell_of, is_figure, key
from tanhe.reading.documents.computed_rows import rows_below
from tanhe.reading.documents.lines import Line, half

_COLUMN: Final = re.compile(
    r"\s?([\u4e00-\u9fff][\u4e00-\u9fffCO2₂ ]{1,18}?)\s?(\$[^$]{3,60}\$|[A-Z]\d?(?:\s?=\s?[A-Z][^()（）]{1,40}?)?)?\s?[(（]([^()（）]{1,16})[)）]"
)
_LABELS: Final = frozenset("年份 年度 品种 种类 类别 名称 类型 物质种类 燃料品种 能源品种 燃料种类 排放源".split())
_LONGEST: Final = 200
_MOST: Final = 60

Found = tuple[int, list[Row]]


def united_rows(lines: Sequence[Line], file: str) -> Found | None:
    """The number of the last line of the calculation table that the first line heads, and its rows."""
    said = lines[0].text
    words = said.split(" ")
    labels = [word for word in words[:2] if key(word) in _LABELS]
    if not labels or labels != words[: len(labels)] or len(said) > _LONGEST:
        return None
    rest = said[len(" ".join(labels)) :]
    found = list(_COLUMN.finditer(rest))
    if len(found) < 2 or "".join(each[0] for each in found).strip() != rest.strip() or "=" not in half(found[-1][0]):
        return None
    last, rows = rows_below(lines[:_MOST], 1, len(labels), len(found), file)
    if not rows or not all(is_figure(row[-1].text) for row in rows):
        return None
    head = [cell_of(file, lines[0], name) for name in (*labels, *(each[0].strip() for each in found))]
    return lines[last].number, [head, *rows]
