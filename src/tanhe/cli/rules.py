"""``tanhe rules``: every rule with layer, severity and what it needs (规则一览)."""

from __future__ import annotations

import click

from tanhe.checks import registry
from tanhe.checks.engine import Family, Rule
from tanhe.cli.console import write_json
from tanhe.messages import text
from tanhe.report.findings.listing import severity_word


@click.command()
@click.option("--family", type=click.Choice([f.value for f in Family]), help=text("只列这一层", "only this layer"))
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(family: str | None, as_json: bool) -> int:
    rules = [rule for rule in registry.rules().values() if family in (None, rule.family.value)]
    if as_json:
        write_json({"rules": [row(rule) for rule in rules]})
        return 0
    for layer in Family:
        group = sorted((rule for rule in rules if rule.family is layer), key=lambda rule: rule.code)
        if group:
            click.secho(text(f"{layer.label}（{layer.value}）：{len(group)} 条", f"{layer.label}: {len(group)}"), bold=True)
        for rule in group:
            click.echo(f"  {rule.code}  [{severity_word(rule.severity)}] {rule.title}{_details(rule)}")
    click.echo(text(f"共 {len(rules)} 条", f"{len(rules)} rules"))
    return 0


def _details(rule: Rule) -> str:
    """What the rule needs and which items of the defect catalogue it covers."""
    said = []
    if rule.needs:
        said.append(text(f"需要 {'、'.join(rule.needs)}", f"needs {', '.join(rule.needs)}"))
    if rule.covers:
        said.append(text(f"缺陷目录 {'、'.join(rule.covers)}", f"catalogue {', '.join(rule.covers)}"))
    return text("（", " (") + text("；", "; ").join(said) + text("）", ")") if said else ""


def row(rule: Rule) -> dict[str, object]:
    """A rule as JSON shows it."""
    return {
        "rule": rule.code, "family": rule.family.value, "severity": rule.severity, "title": rule.title,
        "clause": rule.clause or None, "needs": list(rule.needs), "catalogue": list(rule.covers),
    }
