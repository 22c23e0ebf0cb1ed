"""Chapter 1 概述: purpose, scope, criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanhe.report.content import Block, Heading
from tanhe.report.context import Context


def blocks(c: Context) -> Iterator[Block]:
    """1.1 purpose, 1.2 scope, 1.3 criteria."""
    d = c.dossier
    client = d.entity.name if d.client.is_entity or not d.client.name else d.client.name
    yield Heading(1, c.say("headings.1"))
    yield Heading(2, c.say("headings.1.1"))
    yield from _listed(c, "purpose", d.purpose, client=client)
    yield Heading(2, c.say("headings.1.2"))
    yield from _listed(c, "scope", d.scope)
    yield Heading(2, c.say("headings.1.3"))
    yield c.par("overview.principles")
    yield from _listed(c, "criteria", d.criteria)


def _listed(c: Context, part: str, items: Sequence[str], **values: object) -> Iterator[Block]:
    if not items:
        yield c.absent(part)
        return
    yield c.par(f"overview.{part}_intro", **values)
    yield from c.listed(items)
