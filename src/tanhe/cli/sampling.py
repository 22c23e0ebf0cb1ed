"""``tanhe sampling``: which months, meters and sites to check, and what errors found make due (抽样方案)."""

from __future__ import annotations

from typing import Any

import click
import yaml

from tanhe.checks.policy import Policy, policy
from tanhe.checks.sampling import STAGES, Item, Plan, Progress, plan, progress
from tanhe.cli.console import write_json
from tanhe.cli.engagement import dossier_options, open_engagement
from tanhe.messages import text

LIMITS = ("sampling.facility.max", *STAGES, "sampling.sites.power")


@click.command()
@dossier_options
@click.option("--seed", metavar="TEXT", default="", help=text("抽取用的种子（默认取案卷所记，否则案卷摘要）",
                                                              "seed of the draw (default: the dossier's record, else its digest)"))
@click.option("--draft", is_flag=True, help=text("写成案卷的 sampling 记录（YAML）", "print sampling records for the dossier (YAML)"))
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(path: str | None, example: str | None, seed: str, draft: bool, as_json: bool) -> int:
    if draft and as_json:
        raise click.UsageError(text("--draft 不与 --json 合用", "--draft goes without --json"))
    inventory = open_engagement(path, example).inventory
    limits = policy(inventory.dossier.limits)
    made = plan(inventory, limits, seed)
    stands = progress(inventory.dossier, made, limits)
    if draft:
        click.echo(_draft(made), nl=False)
    elif as_json:
        write_json(_json(made, stands, limits))
    else:
        _print(made, stands, limits)
    return 0 if all(one.settled for one in stands) else 1


def _draft(made: Plan) -> str:
    records = [
        {"object": i.object, **({"datum": i.name} if i.name else {}), "population": str(len(i.members)),
         "sample": str(i.required), "errors": "0", "seed": made.seed, "selected": list(i.selected)}
        for i in made.items
    ]
    written: str = yaml.safe_dump({"sampling": records}, allow_unicode=True, sort_keys=False, width=100)
    return written


def _print(made: Plan, stands: tuple[Progress, ...], limits: Policy) -> None:
    click.echo(text(f"种子：{made.seed}", f"seed: {made.seed}"))
    click.echo(text("依据：", "limits:"))
    for key in LIMITS:
        limit = limits.limits[key]
        click.echo(f"  {limits.words(key):>4}  {text(limit.zh, key)}{text('；', '; ')}{limit.source}"
                   + text(f"，{limit.grade}级", f", grade {limit.grade}"))
    if not made.items:
        click.echo(text("案卷没有月度数据、计量器具和场所，无可抽样", "no monthly tables, meters or sites: nothing to sample"))
    for item in made.items:
        click.echo(_head(item))
        click.echo(f"    {item.why}")
        if item.required < len(item.members):
            click.echo("    " + text("、", ", ").join(item.selected))
    for one in stands:
        click.echo(_stands(one))


def _head(item: Item) -> str:
    share = text("全部核对", "all") if item.required == len(item.members) else text("抽样", "sample")
    name = f" {item.name}" if item.name else ""
    return text(f"{item.title}{name}：{share}，{item.required}/{len(item.members)}",
                f"{item.object}{name} ({item.title}): {share}, {item.required} of {len(item.members)}")


def _stands(one: Progress) -> str:
    name = f"{one.object}{' ' + one.datum if one.datum else ''}"
    errors = sum(entry.errors for _, entry in one.rounds)
    said = text(f"已抽 {name}：{one.reached}/{one.population}，错误 {errors} 处；",
                f"drawn {name}: {one.reached} of {one.population}, {errors} errors; ")
    if one.settled and errors:
        return said + text("无须再抽，错误须改正", "no further draw, the errors are to be corrected")
    if one.settled:
        return said + text("无须再抽", "no further draw")
    return said + text(f"下一步：扩大到 {one.due}", f"next: enlarge to {one.due}")


def _json(made: Plan, stands: tuple[Progress, ...], limits: Policy) -> dict[str, Any]:
    return {
        "seed": made.seed,
        "limits": [{"key": k, "value": limits.words(k), "source": limits.limits[k].source, "grade": limits.limits[k].grade} for k in LIMITS],
        "plan": [
            {"object": i.object, "table": i.name or None, "title": i.title, "population": len(i.members),
             "share_percent": None if i.share is None else str(i.share), "sampling_allowed": not i.whole,
             "sample": i.required, "selected": list(i.selected), "why": i.why}
            for i in made.items
        ],
        "progress": [
            {"object": p.object, "datum": p.datum, "population": p.population, "sample": p.reached, "due": p.due,
             "errors": sum(e.errors for _, e in p.rounds), "settled": p.settled}
            for p in stands
        ],
    }
