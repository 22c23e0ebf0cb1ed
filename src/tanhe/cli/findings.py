"""``tanhe findings``: the findings of a dossier, whether it may be concluded, what changed, drafts (不符合项)."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from tanhe.checks.findings import Finding as RuleFinding
from tanhe.checks.life import fingerprint, history, may_conclude, taken_up
from tanhe.checks.rerun import Match, against, draft_yaml, raise_from
from tanhe.checks.roles import people, step_word
from tanhe.cli.console import plain, write_json
from tanhe.cli.engagement import Engagement, dossier_options, open_engagement
from tanhe.dossier.model import Dossier, Finding
from tanhe.messages import TanheError, text

KINDS = {"nc": ("不符合项", "non-conformity"), "clarification": ("澄清项", "clarification"), "suggestion": ("建议", "suggestion")}
STATES = {"open": ("未关闭", "open"), "answered": ("已答复，未关闭", "answered, not closed"), "closed": ("已关闭", "closed"),
          "conservative-estimate": ("已按保守值处理", "conservative estimate")}
SEVERITIES = {"material": ("重要", "material"), "minor": ("一般", "minor"), "editorial": ("文字", "editorial"), "note": ("提示", "note")}
CHANGES = {"new": ("新增", "new"), "unchanged": ("未变", "unchanged"), "changed": ("有变化", "changed"), "gone": ("消失", "gone")}


@click.command()
@dossier_options
@click.option("--against", "record", metavar="RECORD", help=text("与以前的 record.json 比较", "compare with an earlier record.json"))
@click.option("--draft", is_flag=True, help=text("由检查发现起草不符合项（YAML）", "draft findings from the rules' (YAML)"))
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(path: str | None, example: str | None, record: str | None, draft: bool, as_json: bool) -> int:
    if draft and (record is not None or as_json):
        raise click.UsageError(text("--draft 不与 --against、--json 合用", "--draft goes without --against and --json"))
    earlier = None if record is None else _read(record)
    engagement = open_engagement(path, example)
    dossier = engagement.inventory.dossier
    changes = None if earlier is None else _against(earlier, engagement, str(record))
    allowed, reasons = may_conclude(dossier, engagement.outcome)
    if draft:
        _draft(engagement)
    elif as_json:
        write_json(_json(engagement, allowed, reasons, changes))
    elif changes is not None:
        _print_changes(changes)
    else:
        _print(engagement, allowed, reasons)
    return 0 if allowed else 1


def _read(record: str) -> Any:
    """The JSON of an earlier record; what cannot be read is one clear error."""
    try:
        return json.loads(Path(record).read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise TanheError(text("不是 JSON 文件", "no JSON file"), file=record,
                         expected=text("tanhe verify 写出的 record.json", "a record.json of tanhe verify")) from None


def _against(earlier: Any, engagement: Engagement, record: str) -> tuple[Match, ...]:
    try:
        return against(earlier, engagement.outcome, engagement.inventory.dossier)
    except TanheError as error:
        raise TanheError(error.message, file=record, expected=error.expected) from None


def _draft(engagement: Engagement) -> None:
    dossier = engagement.inventory.dossier
    drafts = raise_from(engagement.outcome, dossier, datetime.date.today())
    if not drafts:
        click.echo(text("# 没有可起草的发现", "# nothing to draft"))
        return
    where = text("核对后接在 dossier.yaml 的 findings 之下", "check, then put under findings in dossier.yaml") if dossier.findings \
        else text("核对后接在 dossier.yaml 末尾", "check, then append to dossier.yaml")
    click.echo(text(f"# 草稿 {len(drafts)} 项；{where}", f"# {len(drafts)} drafts; {where}"))
    click.echo(draft_yaml(drafts, dossier), nl=False)


def _print(engagement: Engagement, allowed: bool, reasons: tuple[str, ...]) -> None:
    dossier = engagement.inventory.dossier
    own = dossier.findings
    click.echo(text(f"案卷中的发现 {len(own)} 项", f"{len(own)} findings in the dossier") + (text("：", ":") if own else ""))
    for finding in own:
        rule = text(f"（规则 {finding.rule}）", f" (rule {finding.rule})") if finding.rule else ""
        state = "" if finding.kind == "suggestion" else f" {text(*STATES[finding.state])}"
        click.echo(f"  [{text(*KINDS[finding.kind])}] {finding.id}{state}{rule} {finding.description}".replace("]  ", "] "))
        for step in finding.steps:
            click.echo(f"      {step.date or '?'}  {step_word(step.step)}  {step.by or '?'}  {step.note}".rstrip())
    waiting = [f for f in engagement.outcome.findings if f.severity != "note"]
    click.echo(text(f"检查规则的发现 {len(waiting)} 项（提示除外）", f"{len(waiting)} findings of the rules, notes left out")
               + (text("：", ":") if waiting else ""))
    for found in waiting:
        click.echo(f"  [{text(*SEVERITIES[found.severity])}] {found.rule} {_handled(found, dossier)} {found.message}")
    click.echo(text("可以批准并下肯定结论", "may be approved and concluded positively") if allowed
               else text("不能批准，也不能下肯定结论：", "may be neither approved nor concluded positively:"))
    for reason in reasons:
        click.echo(f"  · {reason}")


def _handled(found: RuleFinding, dossier: Dossier) -> str:
    own = taken_up(found, dossier)
    if found.waiver is not None:
        return text(f"已豁免（{found.waiver.by}，{found.waiver.date}：{found.waiver.reason}）",
                    f"waived ({found.waiver.by}, {found.waiver.date}: {found.waiver.reason})")
    if own is not None:
        return text(f"已列为{text(*KINDS[own.kind])} {own.id}", f"taken up as {own.id or own.kind}")
    return text("未处理", "not dealt with")


def _print_changes(changes: tuple[Match, ...]) -> None:
    for change, names in CHANGES.items():
        found = [m for m in changes if m.change == change]
        click.echo(text(f"{names[0]} {len(found)} 项", f"{names[1]}: {len(found)}"))
        for match in found if change != "unchanged" else ():
            for seen in match.after or match.before:
                click.echo(f"  [{text(*SEVERITIES.get(seen.severity, (seen.severity,) * 2))}] {seen.rule} {seen.message}")


def _json(engagement: Engagement, allowed: bool, reasons: tuple[str, ...], changes: tuple[Match, ...] | None) -> dict[str, Any]:
    dossier = engagement.inventory.dossier
    return {
        "may_conclude": allowed,
        "reasons": list(reasons),
        "findings": [_own(finding, dossier) for finding in dossier.findings],
        "rule_findings": [_of_rule(found, dossier) for found in engagement.outcome.findings],
        "against": None if changes is None else [plain(match) for match in changes],
    }


def _own(finding: Finding, dossier: Dossier) -> dict[str, Any]:
    shown = {name: value or None for name, value in finding.model_dump(mode="json").items()}
    return {**shown, "steps": [{k: v or None for k, v in s.items()} for s in finding.model_dump(mode="json")["steps"]],
            "state": finding.state, "problems": list(history(finding, people(dossier)))}


def _of_rule(found: RuleFinding, dossier: Dossier) -> dict[str, Any]:
    own = taken_up(found, dossier)
    return {
        "rule": found.rule, "kind": found.kind, "severity": found.severity, "message": found.message,
        "fingerprint": fingerprint(found, dossier), "taken_up_as": own.id or None if own else None,
        "waived_by": found.waiver.by if found.waiver else None,
    }
