"""Pieces of a text to blocks (成块): captions to their tables, tables rejoined over pages, cells over page ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.reading.blocks import Block, Heading, Paragraph
from tanhe.reading.documents.aligning import table_of
from tanhe.reading.documents.cells import extended, filled, key, unfinished
from tanhe.reading.documents.contents import Marks
from tanhe.reading.documents.joining import Chunk, goes_on
from tanhe.reading.documents.limits import MAX_BLOCKS, MAX_SEAMS, within
from tanhe.reading.documents.lines import half, width
from tanhe.reading.documents.words import ITEM, LABELLED, PICTURE, ROW_LABELS


@dataclass(frozen=True)
class Caption:
    """A line that is a table's caption by its number: 表 3.4-2 …"""

    words: Paragraph


Piece = Heading | Paragraph | Caption | Chunk

_UNIT: Final = re.compile(r"[(（]?\s?(计量)?单位\s?[：:].{1,30}")
_CONTINUED: Final = re.compile(r"续\s?表|[(（]\s?续\s?[)）]|^续")
_TITLE_WIDTH: Final = 64


def blocks_of(pieces: Sequence[Piece], marks: Marks, file: str) -> tuple[Block, ...]:
    """The blocks of a text; lines of repeated headers and of captions printed again are added to ``marks``."""
    joined = _joined(pieces, marks)
    within(len(joined), MAX_BLOCKS, ("块数", "the number of blocks"), file)
    blocks: list[Block] = []
    for piece in _titled(joined):
        if isinstance(piece, Chunk):
            marks.update(dict.fromkeys(piece.dropped, "repeated header"))
            table = table_of(piece)
            if table is not None:
                blocks.append(table)
        else:
            blocks.append(piece.words if isinstance(piece, Caption) else piece)
    return tuple(blocks)


def _joined(pieces: Sequence[Piece], marks: Marks) -> list[Piece]:
    """Tables that go on after a page end, and cells whose rest stands below as a paragraph."""
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if isinstance(last, Chunk):
            if isinstance(piece, Chunk) and goes_on(last, piece):
                continue
            if isinstance(piece, Paragraph) and _cell_goes_on(last, piece):
                continue
        if isinstance(piece, Chunk) and isinstance(last, Caption) and _CONTINUED.search(last.words.text):
            before = made[-2] if len(made) > 1 else None
            if isinstance(before, Chunk) and goes_on(before, piece):
                marks[last.words.place.line or 0] = "repeated caption"
                made.pop()
                continue
        made.append(piece)
    return made


def _cell_goes_on(chunk: Chunk, words: Paragraph) -> bool:
    row = chunk.rows[-1]
    own = filled(row)
    if chunk.closed or not own or not unfinished(row[own[-1]].text) or ITEM.match(half(words.text)) or width(words.text) < 12:
        return False
    if len(row[own[-1]].seams) >= MAX_SEAMS or (len(own) > 1 and key(row[0].text) not in ROW_LABELS):
        return False
    row[own[-1]] = extended(row[own[-1]], words)
    return True


def _titled(pieces: Sequence[Piece]) -> list[Piece]:
    """Captions into their tables: numbered above, with or without a line of units; a short title; numbered below."""
    made: list[Piece] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Chunk) and not piece.caption:
            _caption_above(made, piece)
            if not piece.caption and made and _is_title(made[-1]):
                title = made.pop()
                assert isinstance(title, Paragraph)
                piece.caption = title.text
        elif isinstance(piece, Caption) and made:
            above, below = made[-1], pieces[index + 1] if index + 1 < len(pieces) else None
            if isinstance(above, Chunk) and not above.caption and not _before_table(below, pieces, index):
                above.caption = piece.words.text
                continue
        made.append(piece)
    return made


def _before_table(below: Piece | None, pieces: Sequence[Piece], index: int) -> bool:
    if isinstance(below, Paragraph) and _UNIT.fullmatch(below.text) and index + 2 < len(pieces):
        below = pieces[index + 2]
    return isinstance(below, Chunk)


def _caption_above(made: list[Piece], chunk: Chunk) -> None:
    units = made[-1] if made else None
    caption = units
    if isinstance(units, Paragraph) and _UNIT.fullmatch(units.text) and len(made) > 1:
        caption = made[-2]
    if isinstance(caption, Caption):
        made.pop()
        chunk.caption = caption.words.text
        if caption is not units and isinstance(units, Paragraph):
            made.pop()
            chunk.caption += f" {units.text}"


def _is_title(piece: Piece) -> bool:
    """A short line without a full stop right above a table names it: 近三年经营情况汇总表."""
    if not isinstance(piece, Paragraph) or piece.seams:
        return False
    said = half(piece.text)
    return (
        2 < len(said)
        and width(said) <= _TITLE_WIDTH
        and said[-1] not in "。;:,.!?"
        and not LABELLED.match(said)
        and not PICTURE.fullmatch(said)
        and not said.startswith("$")
    )
