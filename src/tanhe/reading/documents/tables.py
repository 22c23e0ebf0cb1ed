"""Captions to their tables, continued tables joined (表题归位、续表拼接); shared by the readers of DOCX and PDF."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Cell, Paragraph, Table

_CAPTION: Final = re.compile(
    r"(?:续\s*)?附?\s*表\s*附?\s*(?:[A-Z]?[\d一二三四五六七八九十]|[A-Z]\b)[^。；]{0,90}"
)
_UNIT: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:].{1,40}")
_TITLE: Final = re.compile(r"[^。；：:，,（(]{2,30}(?:表|一览|清单)(?:[（(][^（）()]{1,30}[）)])?")
_CONTINUED: Final = re.compile(r"续|.{0,40}[（(]\s*续\s*表?\s*[）)]")
_TOGETHER: Final = 20
"""Rows of one header are compared up to here."""


def is_caption(text: str) -> bool:
    """Whether a paragraph of its own is a table's caption, e.g. 表 3-4 电力消耗量."""
    return _CAPTION.fullmatch(text.strip()) is not None


def finished(blocks: Iterable[Block], styled: Collection[Place] = ()) -> tuple[Block, ...]:
    """Blocks with captions and lines of units (单位：tCO2) inside their tables, and tables marked 续 joined.

    ``styled``: the places of paragraphs that are captions whatever their words.
    """
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            caption = block.caption or _caption_above(made, styled)
            before = made[-1] if made else None
            if (
                _CONTINUED.match(caption)
                and isinstance(before, Table)
                and width(before.rows) == width(block.rows)
            ):
                made[-1] = joined(before, block.rows)
            else:
                made.append(replace(block, caption=caption))
        else:
            made.append(block)
    return tuple(_captions_below(made))


def _caption_above(made: list[Block], styled: Collection[Place]) -> str:
    """Takes the caption, and the line of units between it and the table, off the blocks before the table."""
    unit = ""
    for back in (1, 2):
        last = made[-back] if len(made) >= back else None
        if not isinstance(last, Paragraph):
            return ""
        if last.place in styled or is_caption(last.text) or _TITLE.fullmatch(last.text):
            del made[-back:]
            return f"{last.text} {unit}".strip()
        if not _UNIT.fullmatch(last.text):
            return ""
        unit = last.text
    return ""


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
