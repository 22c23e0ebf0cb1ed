"""How the answers of ``tanhe factors`` look (因子查询的输出): labelled lines to read, or JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import click

from tanhe.cli.console import complain, plain, write_json
from tanhe.factors import FactorNotFound, IndustryClass, StandardStatus, library
from tanhe.factors.steam import SteamEnthalpy
from tanhe.messages import text

Line = tuple[str, str, str]
ABSENT: Final = 1
ALTERNATIVES: Final = 3
STATES: Final = {
    "current": ("现行", "in force"),
    "superseded": ("已被代替", "superseded"),
    "not-yet": ("尚未实施", "not yet in force"),
    "unknown": ("不明", "unknown"),
}


@dataclass(frozen=True)
class Answer:
    """What was found: blocks of labelled lines to read, and the same as data for ``--json``."""

    blocks: Sequence[Sequence[Line]]
    data: object


def answer(look: Callable[[], Answer], as_json: bool) -> int:
    """Print what was found and return 0; or why there is nothing, with the nearest, and return 1."""
    try:
        found = look()
    except FactorNotFound as absent:
        if as_json:
            write_json({"found": False, "why": absent.why, "nearest": list(absent.nearest)})
        else:
            complain(str(absent))
        return ABSENT
    if as_json:
        write_json({"found": True, "factor_set": library().digest(), "answer": plain(found.data)})
        return 0
    for number, block in enumerate(found.blocks):
        if number:
            click.echo()
        for zh, en, value in block:
            if value:
                click.echo(text(f"{zh}：{value}", f"{en}: {value}"))
    return 0


def shortened(lines: Sequence[Line], alternatives: int, every: bool) -> list[Line]:
    """Without ``every`` only the first alternatives; they come last among the lines."""
    hidden = 0 if every else max(0, alternatives - ALTERNATIVES)
    kept = list(lines[: len(lines) - hidden])
    if hidden:
        more = text(f"另有 {hidden} 个，用 --all 列出", f"{hidden} more, shown by --all")
        kept.append(("备选", "alternative", more))
    return kept


def steam_lines(found: SteamEnthalpy) -> list[Line]:
    rows = "; ".join(" / ".join(row.printed) for row in found.rows)
    return [
        ("焓值", "enthalpy", f"{found.value} {found.unit}"),
        ("方法", "method", found.method),
        ("表中数值（MPa / ℃ / kJ/kg）", "printed rows (MPa / °C / kJ/kg)", rows),
        ("文件", "document", found.document),
        ("文号", "document number", found.document_number),
        ("条款", "place", found.place),
        ("证据等级", "grade", found.grade),
        *(("说明", "note", note) for note in found.notes),
    ]


def standard_lines(found: StandardStatus, when: date) -> list[Line]:
    return [
        ("标准", "standard", found.standard),
        ("名称", "title", found.title),
        ("状态", f"state on {when}", text(f"{when}：{STATES[found.state][0]}", STATES[found.state][1])),
        ("发布日期", "issued", found.issued),
        ("实施日期", "in force from", found.valid_from),
        ("被代替", "superseded by", found.superseded_by),
        ("代替日期", "superseded on", found.superseded_on),
        ("证据等级", "grade", found.grade),
        ("来源", "source", found.source),
        ("说明", "note", found.note),
    ]


def industry_lines(found: IndustryClass) -> list[Line]:
    return [
        ("代码", "code", f"{found.section}{found.code}（GB/T 4754-{found.edition}）"),
        ("名称", "name", found.name_zh),
        ("适用指南", "guideline", found.guideline),
        ("对应关系等级", "grade of the mapping", found.guideline_grade),
        ("碳市场方法", "emission trading method", found.ets_guideline),
        ("证据等级", "grade", found.grade),
        ("来源", "source", found.source),
        ("说明", "note", found.note),
    ]
