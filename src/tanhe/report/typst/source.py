"""A report as Typst source (报告源文): one call of a function of ``report.typ`` for every block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tanhe.report.content import (
    Block,
    Chart,
    Contents,
    Cover,
    Equation,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Table,
)
from tanhe.report.typst.equations import equation
from tanhe.report.typst.tables import table
from tanhe.report.typst.words import arguments, inline, string

_SHORT = 90
"""Characters of two lines of text."""

_LITTLE = 22
"""Rows that still find room on a landscape page with another table."""


@dataclass(frozen=True)
class Source:
    """The source text, and the charts it asks for by the names ``chart-0``, ``chart-1`` …"""

    text: str
    charts: tuple[Chart, ...]


def to_source(report: Report) -> Source:
    """The whole report; text a user typed stands in string literals only."""
    charts = tuple(block for block in report.blocks if isinstance(block, Chart))
    names = {id(chart): f"chart-{n}" for n, chart in enumerate(charts)}
    status = inline(report.status) if report.status else None
    setting = arguments(
        title=string(report.title),
        header=inline(report.header),
        status=status,
        language=string(report.language),
    )
    lines = ['#import "report.typ": *', f"#show: report.with({setting})"]
    for landscape, blocks in _orientations(report.blocks):
        followers = [*blocks[1:], None]
        written = [_block(b, names, status, _leads(b, n)) for b, n in zip(blocks, followers, strict=True)]
        lines += ["#landscape[", *written, "]"] if landscape else written
    return Source("\n".join(lines) + "\n", charts)


def _orientations(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
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
        elif turned and not wide and not _stays(block, blocks[n:], run):
            headings = _trailing_headings(run)
            yield True, run[: len(run) - headings]
            run, turned = run[len(run) - headings :], False
        run.append(block)
    yield turned, run


def _wide(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _little(blocks: Sequence[Block]) -> bool:
    """Whether only words and short tables come before the next landscape table, heading or end."""
    rows = 0
    for block in blocks:
        if _wide(block) or isinstance(block, Heading):
            return True
        if not isinstance(block, Paragraph | Table):
            return False
        rows += len(block.rows) if isinstance(block, Table) else 1
        if rows > _LITTLE:
            return False
    return True


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a short paragraph announces what follows, and so must not stand alone at the foot of a page."""
    if not isinstance(block, Paragraph) or block.style == "note" or len(block.text) > _SHORT:
        return False
    return isinstance(following, Table | Equation | Chart) or (block.bold and following is not None)


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


def _block(block: Block, charts: dict[int, str], status: str | None, leads: bool) -> str:
    match block:
        case Heading(level, words):
            return f"#heading(level: {level}, {inline(words)})"
        case Paragraph():
            return f"#leading-to({_paragraph(block)})" if leads else f"#{_paragraph(block)}"
        case Table():
            return table(block)
        case Equation():
            return equation(block)
        case Chart():
            caption = inline(block.caption) if block.caption else "none"
            return f"#chart(sys.inputs.at({string(charts[id(block)])}), caption: {caption}, alt: {string(block.caption)})"
        case Contents(title, depth):
            return f"#contents(title: {inline(title)}, depth: {depth})"
        case PageBreak():
            return "#pagebreak(weak: true)"
        case Cover():
            return _cover(block, status)


def _paragraph(block: Paragraph) -> str:
    words = inline(block.text)
    return f"{block.style}-text({f'strong({words})' if block.bold else words})"


def _cover(block: Cover, status: str | None) -> str:
    named = arguments(
        **{
            name: _some(getattr(block, name))
            for name in ("number", "entity", "year", "title", "body", "date")
        },
        notes=f"({_listed(block.notes)})",
        status=status,
    )
    return f"#cover({named})"


def _some(words: str) -> str | None:
    return inline(words) if words else None


def _listed(items: Iterable[str]) -> str:
    return "".join(f"{inline(item)}, " for item in items)
