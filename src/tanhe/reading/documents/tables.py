"""Captions to their tables, continued tables joined (表题归位、续表拼接); shared by the readers of DOCX and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.blocks import Block, Cell, Paragraph, Table

_CAPTION: Final = re.compile(r"(?:续\s*)?附?\s*[表]\s*(?:[A-Z]?[\d一二三四五六七八九十]|[A-Z]\b)[^。；]{0,90}")
_UNIT: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:].{1,40}")
_CONTINUED: Final = re.compile(r"续")
_TOGETHER: Final = 20
"""Rows of one header are compared up to here."""


def is_caption(text: str) -> bool:
    """Whether a paragraph of its own is a table's caption, e.g. 表 3-4 电力消耗量."""
    return _CAPTION.fullmatch(text.strip()) is not None


def finished(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with captions and lines of units (单位：tCO2) inside their tables, and tables marked 续 joined."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            _add_table(made, block)
        elif (
            isinstance(block, Paragraph)
            and made
            and isinstance(last := made[-1], Table)
            and not last.caption
            and is_caption(block.text)
        ):
            made.append(block)
        else:
            made.append(block)
    return tuple(_captions_below(made))


def _add_table(made: list[Block], table: Table) -> None:
    caption = table.caption
    taken: list[str] = []
    while made and not caption and isinstance(last := made[-1], Paragraph) and len(taken) < 2:
        if is_caption(last.text):
            caption = " ".join([last.text, *taken])
            made.pop()
            break
        if taken or not _UNIT.fullmatch(last.text) or not (len(made) > 1 and _captions(made[-2])):
            break
        taken.insert(0, last.text)
        made.pop()
    if caption and _CONTINUED.search(caption) and made and isinstance(before := made[-1], Table):
        if width(before.rows) == width(table.rows):
            made[-1] = joined(before, table.rows)
            return
    made.append(replace(table, caption=caption))


def _captions(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_caption(block.text)


def _captions_below(blocks: Sequence[Block]) -> Iterable[Block]:
    """A caption under a table that has none goes to it, unless another table follows."""
    skip = False
    for n, block in enumerate(blocks):
        if skip:
            skip = False
            continue
        if isinstance(block, Table) and not block.caption and n + 1 < len(blocks):
            below = blocks[n + 1]
            after = blocks[n + 2] if n + 2 < len(blocks) else None
            if isinstance(below, Paragraph) and is_caption(below.text) and not isinstance(after, Table):
                skip = True
                yield replace(block, caption=below.text)
                continue
        yield block


def width(rows: Sequence[Sequence[Cell]]) -> int:
    """How many columns the grid has; the first row has no cell reaching in from above."""
    return sum(cell.colspan for cell in rows[0]) if rows else 0


def joined(table: Table, rows: Sequence[tuple[Cell, ...]]) -> Table:
    """The table with the rows of its continuation, without the header rows that stand there again."""
    return replace(table, rows=(*table.rows, *rows[repeated(table.rows, rows) :]))


def repeated(rows: Sequence[tuple[Cell, ...]], more: Sequence[tuple[Cell, ...]]) -> int:
    """How many of the first rows come again at the top of ``more``; never all of ``more`` with one row."""
    count = 0
    for first, second in zip(rows[:_TOGETHER], more[:_TOGETHER], strict=False):
        if [_shape(cell) for cell in first] != [_shape(cell) for cell in second]:
            break
        count += 1
    while count and any(cell.rowspan > count - n for n, row in enumerate(rows[:count]) for cell in row):
        count -= 1
    return count


def _shape(cell: Cell) -> tuple[str, int, int]:
    return "".join(cell.text.split()), cell.colspan, cell.rowspan
