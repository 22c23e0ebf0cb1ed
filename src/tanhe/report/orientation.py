"""Which blocks stand on a page on its side (横向页面), the same in PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanhe.report.content import Block, Heading, PageBreak, Paragraph, Table

_LITTLE = 22
"""Rows that still find room on a landscape page with another table."""


def orientations(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """The blocks in runs of one page orientation.

    A landscape table takes along the heading right before it, with its introduction, and the little that may
    come after it in the same section.
    """
    run: list[Block] = []
    turned = False
    for n, block in enumerate(blocks):
        wide = _wide(block)
        if wide and not turned:
            along = _introduction(run)
            yield False, run[: len(run) - along]
            run, turned = run[len(run) - along :], True
        elif turned and (isinstance(block, PageBreak) or not (wide or _stays(block, blocks[n:], run))):
            headings = _trailing_headings(run)
            yield True, run[: len(run) - headings]
            run, turned = run[len(run) - headings :], False
        run.append(block)
    yield turned, run


def _wide(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _little(blocks: Sequence[Block]) -> bool:
    """Whether only words and short tables come before the next landscape table, heading, page break or end."""
    rows = 0
    for block in blocks:
        if _wide(block) or isinstance(block, Heading | PageBreak):
            return True
        if not isinstance(block, Paragraph | Table):
            return False
        rows += len(block.rows) if isinstance(block, Table) else 1
        if rows > _LITTLE:
            return False
    return True


def _introduction(run: Sequence[Block]) -> int:
    """How many blocks at the end are headings, or headings and up to two paragraphs under them."""
    words = 0
    while words < len(run) and isinstance(run[-1 - words], Paragraph):
        words += 1
    headings = _trailing_headings(run[: len(run) - words])
    return words + headings if headings and words <= 2 else 0


def _trailing_headings(run: Sequence[Block]) -> int:
    count = 0
    while count < len(run) and isinstance(run[-1 - count], Heading):
        count += 1
    return count


def _stays(block: Block, onward: Sequence[Block], run: Sequence[Block]) -> bool:
    """Whether a block after a landscape table stays on its page; what a heading begins, only if it is wide too."""
    if isinstance(block, Heading):
        return True
    if not _trailing_headings(run):
        return _little(onward)
    words = next((n for n, b in enumerate(onward) if not isinstance(b, Paragraph)), len(onward))
    return words <= 2 and any(map(_wide, onward[words : words + 1]))
