"""3.5 monitoring plan, 3.6 quality assurance, 3.7 other findings."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.report.content import Block, Heading
from tanhe.report.context import Context


def blocks(c: Context) -> Iterator[Block]:
    """3.5 to 3.7."""
    d = c.dossier
    yield Heading(2, c.say("headings.3.5"))
    yield c.own(d.monitoring_plan) if d.monitoring_plan else c.absent("monitoring")
    yield Heading(2, c.say("headings.3.6"))
    if d.quality_assurance:
        yield from c.listed(d.quality_assurance)
    else:
        yield c.absent("quality")
    yield Heading(2, c.say("headings.3.7"))
    if d.other_findings:
        yield from c.listed(d.other_findings)
    else:
        yield c.absent("other")
