"""The summary `verify` prints (核查摘要): reported against recomputed, grades, totals, what could not be computed."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.table import Table

from tanhe.checks.findings import Outcome
from tanhe.guidelines.model import Guideline
from tanhe.inventory.model import Inventory, Line, Replay, Sum
from tanhe.messages import language, text
from tanhe.quantity.quantity import plain
from tanhe.report.findings.listing import severity_word
from tanhe.report.findings.spots import MOST_WORDS, spots
from tanhe.report.paths import readable


def print_summary(inventory: Inventory, outcome: Outcome) -> None:
    """Everything a verifier wants to see first, on standard output."""
    console = Console(highlight=False, markup=False, emoji=False)
    dossier, guideline = inventory.dossier, inventory.guideline
    console.print(f"{dossier.entity.name}  {dossier.year} {text('年度', '')}", style="bold", soft_wrap=True)
    console.print(text(f"《{guideline.title}》（{guideline.number}），{guideline.grade}级：{guideline.status}",
                       f"{guideline.title} ({guideline.number}), grade {guideline.grade}: {guideline.status}"), soft_wrap=True)
    console.print(_lines(text("排放量（tCO2e）", "emissions (tCO2e)"), inventory.lines, _sums(inventory), inventory.guideline))
    for table in inventory.supplementary:
        title = text(f"补充数据表：{table.product}", f"supplementary table: {table.product}")
        console.print(_lines(title, table.lines, [*table.subtotals.values(), table.total], inventory.guideline))
    _reasons(console, inventory)
    _missing(console, inventory)
    _findings(console, outcome, dossier.root)


def _sums(inventory: Inventory) -> list[Sum]:
    return [*inventory.subtotals.values(), inventory.excluding, inventory.including]


def _lines(title: str, lines: tuple[Line, ...], sums: list[Sum], guideline: Guideline) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False)
    corrected = any(line.corrected for line in lines)
    table.add_column(text("排放源", "source"), overflow="fold")
    heads = [text("填报", "reported"), text("复算", "recomputed")] + ([text("核查", "verified")] if corrected else [])
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(text("复算结论", "replay"))
    for line in lines:
        cells = [_shown(line.reported, line.sign), _shown(line.value, line.sign)]
        cells += [_shown(line.verified_value, line.sign)] if corrected else []
        flag = text("（单位不相配）", " (units do not fit)") if line.conflict else ""
        table.add_row(f"{line.source.zh}：{line.item}" if language() == "zh" else f"{line.source.en}: {line.item}",
                      *cells, _grade(line.replay) + flag)
    table.add_section()
    for total in sums:
        name = _name(total, guideline) + ("" if total.complete else text("（不完整）", " (incomplete)"))
        cells = [_shown(total.reported), _shown(total.value)] + ([_shown(total.verified_value)] if corrected else [])
        table.add_row(name, *cells, _grade(total.replay))
    return table


def _shown(value: Decimal | None, sign: int = 1) -> str:
    return "-" if value is None else plain(-value if sign < 0 else value)


def _name(total: Sum, guideline: Guideline) -> str:
    """A sum's name in the current language; sums carry their Chinese name only."""
    if language() == "zh":
        return total.zh
    source = guideline.source(total.id)
    return source.en if source is not None else total.id.replace("_", " ")


def _grade(replay: Replay) -> str:
    return replay.grade.zh if language() == "zh" else replay.grade.value


def _reasons(console: Console, inventory: Inventory) -> None:
    tables = inventory.supplementary
    items = [(line.item, line.replay) for line in inventory.lines]
    items += [(line.item, line.replay) for table in tables for line in table.lines]
    items += [(datum.datum.item, datum.replay) for datum in inventory.data.values()]
    items += [(_name(total, inventory.guideline), total.replay) for total in _sums(inventory)]
    for name, replay in items:
        if replay.reason and replay.grade.value != "not-reported":
            console.print(f"  · {name}{text('：', ': ')}{replay.reason}", soft_wrap=True)


def _missing(console: Console, inventory: Inventory) -> None:
    if inventory.missing:
        console.print(text("未能计算，总量不完整：", "could not be computed, the totals are incomplete:"), style="bold",
                      soft_wrap=True)
        for what in inventory.missing:
            console.print(f"  · {what}", soft_wrap=True)


def _findings(console: Console, outcome: Outcome, report: str) -> None:
    if not outcome.findings:
        console.print(text(f"发现：无（运行 {outcome.run} 条规则）", f"findings: none ({outcome.run} rules run)"))
        return
    console.print(text(f"发现 {len(outcome.findings)} 项：", f"{len(outcome.findings)} findings:"), style="bold")
    for finding in outcome.findings:
        waived = text("，已豁免", ", waived") if finding.waiver else ""
        message = " ".join(readable(finding.message).split())
        console.print(f"  [{severity_word(finding.severity)}{waived}] {finding.rule} {message}", soft_wrap=True)
        if finding.places:
            console.print(f"      {text('；', '; ').join(spots(finding.places, report, MOST_WORDS))}", soft_wrap=True)
