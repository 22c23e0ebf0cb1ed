"""Tables whose rows stand on lines, cells parted by one blank (一行一行的表): every kind of them tried in turn."""

from __future__ import annotations

from collections.abc import Sequence

from tanhe.reading.documents.cells import Row
from tanhe.reading.documents.computed_rows import computed_rows, upright_rows
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.list_rows import list_rows, may_list
from tanhe.reading.documents.recomputed_rows import recomputed_rows
from tanhe.reading.documents.result_rows import may_begin, result_rows
from tanhe.reading.documents.united_heads import united_rows

Found = tuple[int, int, list[Row]]
"""Numbers of the first and the last line used, and the rows."""

_ITEMS = ("项目 ", "排放源 ", "名称 ")


def row_table(lines: Sequence[Line], captioned: bool, file: str) -> Found | None:
    """The table that the first line begins, or one of the two below; ``captioned``: a caption stands right above."""
    first = lines[0]
    found = None
    if first.text.startswith(("代号 ", "符号 ")):
        found = upright_rows(lines, file)
    elif first.text.startswith(_ITEMS) and first.text.count(" ") > 3:
        found = recomputed_rows(lines, file)
    if found is None and captioned and len(first.text) <= 80:
        found = computed_rows(lines, file)
    if found is None and captioned and "=" in first.half:
        found = united_rows(lines, file)
    if found is None and may_list(first):
        found = list_rows(lines, file)
    if found is not None:
        return first.number, *found
    return result_rows(lines, file) if may_begin(first) else None
