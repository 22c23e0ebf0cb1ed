"""A report as Typst source (报告源文): one call of a function of ``report.typ`` for every block."""

from __future__ import annotations

from collections.abc import Iterable
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
from tanhe.report.orientation import orientations
from tanhe.report.typst.equations import equation
from tanhe.report.typst.tables import table
from tanhe.report.typst.words import arguments, inline, string

_SHORT = 90
"""Characters of two lines of text."""


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
    for landscape, blocks in orientations(report.blocks):
        followers = [*blocks[1:], None]
        written = [_block(b, names, status, _leads(b, n)) for b, n in zip(blocks, followers, strict=True)]
        lines += ["#landscape[", *written, "]"] if landscape else written
    return Source("\n".join(lines) + "\n", charts)


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a short paragraph announces what follows, and so must not stand alone at the foot of a page."""
    if not isinstance(block, Paragraph) or block.style == "note" or len(block.text) > _SHORT:
        return False
    return isinstance(following, Table | Equation | Chart) or (block.bold and following is not None)


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
