"""A finished report to mutate (成稿): its blocks, what is printed where, what stands beside what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Document, Heading, Paragraph, Table

Key = tuple[str, str]
"""A place without its words: paragraph number, or table and cell."""


class At(NamedTuple):
    """A paragraph, heading or table caption (no row), or a cell: positions in the blocks."""

    block: int
    row: int = -1
    cell: int = -1


def key(place: Place) -> Key:
    """Where a place is, whatever the words."""
    return place.sheet or "", place.cell or ""


@dataclass(frozen=True)
class Paper:
    """The report of one example as blocks."""

    name: str
    document: Document

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Headings, paragraphs and tables."""
        return self.document.blocks

    def text(self, at: At) -> str:
        """What is printed there."""
        block = self.blocks[at.block]
        if isinstance(block, Table):
            return block.caption if at.row < 0 else block.rows[at.row][at.cell].text
        return f"{block.number} {block.text}".strip() if isinstance(block, Heading) else block.text

    def keys(self, at: At) -> tuple[Key, ...]:
        """The place of a text; of a caption also its table's first cell."""
        block = self.blocks[at.block]
        if isinstance(block, Table) and at.row >= 0:
            return (key(block.rows[at.row][at.cell].place),)
        line = self.line_of.get(at)
        said = () if line is None else (key(self.document.lines[line][0]),)
        return tuple(dict.fromkeys((*said, key(block.place))))

    @cached_property
    def line_of(self) -> Mapping[At, int]:
        """The line of every text; captions by their words, above or below the table."""
        by_key = {key(place): n for n, (place, _) in enumerate(self.document.lines)}
        found: dict[At, int] = {}
        words = [said for _, said in self.document.lines]
        for b, block in enumerate(self.blocks):
            if isinstance(block, Table):
                for r, row in enumerate(block.rows):
                    found |= {At(b, r, c): by_key[key(cell.place)] for c, cell in enumerate(row) if key(cell.place) in by_key}
                first = min((n for at, n in found.items() if at.block == b), default=0)
                above = [n for n in range(max(0, first - 3), first) if words[n] and block.caption.startswith(words[n])]
                if above and block.caption:
                    found[At(b)] = above[-1]
            elif key(block.place) in by_key:
                found[At(b)] = by_key[key(block.place)]
        return found

    def paragraphs(self) -> Iterator[At]:
        """Every paragraph."""
        yield from (At(n) for n, block in enumerate(self.blocks) if isinstance(block, Paragraph))

    def headings(self) -> Iterator[tuple[At, Heading]]:
        """Every heading."""
        yield from ((At(n), block) for n, block in enumerate(self.blocks) if isinstance(block, Heading))

    def tables(self, *words: str) -> Iterator[tuple[int, Table]]:
        """Tables whose caption has one of these words; all without words."""
        for n, block in enumerate(self.blocks):
            if isinstance(block, Table) and (not words or any(w in block.caption for w in words)):
                yield n, block

    def cells(self, *words: str) -> Iterator[At]:
        """Every cell of the tables with such a caption."""
        for n, table in self.tables(*words):
            yield from (At(n, r, c) for r, row in enumerate(table.rows) for c in range(len(row)))

    def texts(self) -> Iterator[At]:
        """Every paragraph and cell."""
        yield from self.paragraphs()
        yield from self.cells()

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure of at least three digits that stands alone in a cell."""
        told = (self.text(at) for at in self.cells())
        return frozenset(s for s in told if re.fullmatch(r"\d+(?:\.\d+)?", s) and len(s.replace(".", "")) > 2)

    @cached_property
    def blocks_with(self) -> Mapping[str, int]:
        """In how many blocks each number or date is printed."""
        said = ("\n".join(self.text(at) for at in self.of(n)) for n in range(len(self.blocks)))
        return Counter(found for text in said for found in set(re.findall(r"20\d\d年\d{1,2}月\d{1,2}日|\d+(?:\.\d+)?", text)))

    def of(self, block: int) -> Iterator[At]:
        """The texts of a block."""
        table = self.blocks[block]
        yield At(block)
        if isinstance(table, Table):
            yield from (At(block, r, c) for r, row in enumerate(table.rows) for c in range(len(row)))

    def again(self, figure: str) -> bool:
        """Whether a figure is printed in another block too, so that a wrong one contradicts something."""
        return self.blocks_with.get(figure, 0) > 1

    def around(self, start: int, end: int) -> set[Key]:
        """What stands next to some blocks: the neighbours, and the headings and captions before and after."""
        def marks(order: Iterable[int]) -> Iterator[int]:
            for n in order:
                if isinstance(b := self.blocks[n], Heading) or (isinstance(b, Table) and b.caption):
                    yield n

        before, after = range(start - 1, -1, -1), range(end, len(self.blocks))
        near = {*before[:1], *after[:1]}
        for order in (before, after):
            near |= {n for kind in (Heading, Table) for n in [next((m for m in marks(order) if isinstance(self.blocks[m], kind)), None)]
                     if n is not None}
        return {k for n in near for k in self.keys(At(n))}

    def section(self, block: int) -> tuple[int, int]:
        """The blocks of the section a heading opens: from it to the next heading of its level or above."""
        opened = self.blocks[block]
        level = opened.level if isinstance(opened, Heading) else 9
        end = next((n for n in range(block + 1, len(self.blocks))
                    if isinstance(b := self.blocks[n], Heading) and b.level <= level), len(self.blocks))
        return block, end

    def heading(self, block: int) -> str:
        """The words of the nearest heading above."""
        return next((b.text for b in reversed(self.blocks[:block]) if isinstance(b, Heading)), "")
