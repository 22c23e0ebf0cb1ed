"""3.4 list of data, 3.4.1 活动数据: eleven-row and monthly tables by source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanhe.inventory.model import DatumResult
from tanhe.report.cells import word
from tanhe.report.chapters import datum, monthly
from tanhe.report.content import Block, Heading
from tanhe.report.context import Context, table
from tanhe.report.placement import ACTIVITY, Group, Placement


def blocks(c: Context, placed: Placement) -> Iterator[Block]:
    """3.4 with the list, then 3.4.1."""
    yield Heading(2, c.say("headings.3.4"))
    yield c.par("data.intro")
    yield _list(c, placed)
    yield Heading(3, c.say("headings.3.4.1"))
    yield from section(c, "3.4.1", "activity", [(g, g.activity()) for g in (*placed.entity, placed.rest)])
    if not c.dossier.tables:
        yield c.par("data.no_months")
    for name in orphans(c):
        yield from monthly.blocks(c, name)


def section(
    c: Context, number: str, kind: str, groups: Sequence[tuple[Group, tuple[DatumResult, ...]]]
) -> Iterator[Block]:
    """The data of each source under a numbered heading."""
    filled = [(group, data) for group, data in groups if data]
    if not filled:
        yield c.absent("activity" if kind == "activity" else "factors")
    for n, (group, data) in enumerate(filled, 1):
        name = group.source.zh if group.source else c.say("data.rest")
        yield Heading(4, f"{number}.{n} {name}")
        yield from each(c, f"{kind}_title", data)


def each(c: Context, key: str, data: Sequence[DatumResult]) -> Iterator[Block]:
    """Every datum with its table; a monthly table follows the datum that names it first."""
    for n, result in enumerate(data, 1):
        yield datum.title(c, key, n, result)
        yield from datum.blocks(c, result, full=result.datum.kind in ACTIVITY)
        name = table_of(result)
        if name is not None and _first(c, name) == result.id:
            yield from monthly.blocks(c, name)


def table_of(result: DatumResult) -> str | None:
    """The monthly table a datum belongs to."""
    return result.datum.series.split(".", 1)[0] if result.datum.series else None


def _first(c: Context, name: str) -> str | None:
    return next((r.id for r in c.inv.data.values() if table_of(r) == name), None)


def orphans(c: Context) -> tuple[str, ...]:
    """Monthly tables that no datum names."""
    return tuple(name for name in c.dossier.tables if _first(c, name) is None)


def _list(c: Context, placed: Placement) -> Block:
    mark = "；"
    rows = [
        (
            word(g.source.zh if g.source else c.say("data.rest")),
            word(mark.join(d.datum.item for d in g.activity())),
            word(mark.join(d.datum.item for d in g.factors())),
        )
        for g in (*placed.entity, placed.rest)
        if g.data
    ]
    titles = c.heads("data", ("category", "activity", "factors"))
    return table(c.say("data.list_caption"), titles, rows, (2, 3, 4))
