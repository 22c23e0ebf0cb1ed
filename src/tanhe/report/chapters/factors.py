"""3.4.2 排放因子和计算系数: short form where there is no monitoring, with the library's value beside."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.report.chapters.activity import section
from tanhe.report.content import Block, Heading
from tanhe.report.context import Context
from tanhe.report.placement import Placement


def blocks(c: Context, placed: Placement) -> Iterator[Block]:
    """3.4.2."""
    yield Heading(3, c.say("headings.3.4.2"))
    yield from section(c, "3.4.2", "factor", [(g, g.factors()) for g in (*placed.entity, placed.rest)])
