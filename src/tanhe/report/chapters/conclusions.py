"""Chapter 4 核查结论: conformity, emission statements, fluctuation, what was not covered."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.report.chapters import statements
from tanhe.report.content import Block, Heading
from tanhe.report.context import Context


def blocks(c: Context) -> Iterator[Block]:
    """4.1 to 4.4."""
    yield Heading(1, c.say("headings.4"))
    yield Heading(2, c.say("headings.4.1"))
    yield from statements.conformity(c)
    yield Heading(2, c.say("headings.4.2"))
    yield Heading(3, c.say("headings.4.2.1"))
    yield c.par("conclusions.statement")
    yield from statements.result_table(c)
    yield c.par("conclusions.total_statement", **statements.total_texts(c))
    yield from statements.difference(c)
    yield Heading(3, c.say("headings.4.2.2"))
    yield from statements.supplementary_declaration(c)
    yield Heading(2, c.say("headings.4.3"))
    yield statements.fluctuation(c)
    yield Heading(2, c.say("headings.4.4"))
    yield statements.uncovered(c)
