"""What no report prints (不可能的文字): runs of digits that are no number, and texts without end, cut before they are understood.

The patterns of this room are made for the words of reports; a file may be made against them. The document's own lines
stay whole, so that the numbers in what was cut are listed as unexplained.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tanhe.quantity.numbers import MAX_LENGTH
from tanhe.reading.blocks import Block, Cell, Document, Paragraph, Table

LONGEST_TEXT: Final = 20_000
"""Characters of one cell or paragraph that are understood."""
_DIGITS: Final = re.compile(rf"[0-9０-９.,，]{{{MAX_LENGTH + 1},}}")
_SAME: Final = re.compile(r"(.)\1{400,}", re.DOTALL)


def tamed(document: Document) -> Document:
    """The document with such runs as ``…``; the same document where there are none."""
    if not any(_wild(text) for block in document.blocks for text in _texts(block)):
        return document
    return replace(document, blocks=tuple(_block(block) for block in document.blocks))


def _wild(text: str) -> bool:
    return len(text) > MAX_LENGTH and (len(text) > LONGEST_TEXT or _DIGITS.search(text) is not None or _SAME.search(text) is not None)


def _cut(text: str) -> str:
    return _SAME.sub("…", _DIGITS.sub("…", text[:LONGEST_TEXT])) if _wild(text) else text


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Table):
        return (block.caption, *(cell.text for row in block.rows for cell in row))
    return (block.text,)


def _block(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, caption=_cut(block.caption), rows=tuple(tuple(map(_cell, row)) for row in block.rows))
    if not _wild(block.text):
        return block
    return replace(block, text=_cut(block.text), seams=()) if isinstance(block, Paragraph) else replace(block, text=_cut(block.text))


def _cell(cell: Cell) -> Cell:
    return replace(cell, text=_cut(cell.text), seams=()) if _wild(cell.text) else cell
