"""From an inventory to the official verification report (由清单生成核查报告)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tanhe.checks.findings import Outcome
from tanhe.inventory.model import Inventory
from tanhe.messages import speaking
from tanhe.report.chapters import (
    activity,
    annexes,
    boundary,
    conclusions,
    factors,
    facts,
    front,
    overview,
    process,
    quality,
    results,
    rules,
    supplementary,
)
from tanhe.report.content import Block, Chart, Equation, Heading, Report, Table
from tanhe.report.context import Context
from tanhe.report.placement import place_data
from tanhe.report.words import Language, words

_SECTION = re.compile(r"(附件\d|\d+(?:\.\d+)?)")


def compose(inv: Inventory, language: Language = "zh", outcome: Outcome | None = None) -> Report:
    """The five-chapter 核查报告 of an inventory, as a block tree for the DOCX and PDF writers.

    An incomplete inventory says so in ``status`` and beside every total (Law 10). With the rules' ``outcome`` the
    report has their summary as an annex, and material findings nobody dealt with withhold the conclusion.
    """
    chosen = words(language)
    with speaking(language):
        c = Context(inv if inv.lines else _nothing(inv, chosen("words.no_lines")), chosen, outcome)
        blocks = tuple(_numbered(_blocks(c)))
        return Report(c.say("words.title"), c.say("words.header"), blocks, language, _status(c))


def _status(c: Context) -> str:
    """What every page says of a report that is not final."""
    said = [c.say("words.status", count=len(c.inv.missing))] if c.inv.missing else []
    if c.blocked:
        said.append(c.say("words.status_blocked", count=len(c.obstacles) + len(c.waiting)))
    return "；".join(said)


def _nothing(inv: Inventory, why: str) -> Inventory:
    """Without any line the zero totals are no result: they are shown as incomplete."""
    missing = (*inv.missing, why)
    excluding, including = (replace(total, missing=missing) for total in (inv.excluding, inv.including))
    return replace(inv, excluding=excluding, including=including, missing=missing)


def _blocks(c: Context) -> Iterator[Block]:
    placed = place_data(c.inv)
    yield from front.blocks(c)
    yield from overview.blocks(c)
    yield from process.blocks(c)
    yield from facts.blocks(c)
    yield from boundary.blocks(c)
    yield from activity.blocks(c, placed)
    yield from factors.blocks(c, placed)
    yield from results.blocks(c)
    yield from supplementary.blocks(c, placed)
    yield from quality.blocks(c)
    yield from conclusions.blocks(c)
    yield from annexes.blocks(c)
    yield from rules.blocks(c)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Tables, figures and general formulas numbered within their section: 表 3.4-1, 图 3.4-1, (3.3-1)."""
    section = ""
    counts: dict[tuple[str, str], int] = {}

    def number(kind: str) -> str:
        counts[kind, section] = counts.get((kind, section), 0) + 1
        return f"{section}-{counts[kind, section]}"

    for block in blocks:
        match block:
            case Heading(text=text) if found := _SECTION.match(text):
                section = found[1].replace("附件", "附")
                yield block
            case Table(caption=caption) if section and caption:
                yield replace(block, caption=f"表 {number('table')} {caption}")
            case Chart(caption=caption) if section:
                yield replace(block, caption=f"图 {number('chart')} {caption}")
            case Equation(values=None) if section:
                yield replace(block, number=f"({number('equation')})")
            case _:
                yield block
