"""``tanhe check``: what the rules find in a dossier, for people and for machines (检查)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from tanhe.checks import registry
from tanhe.checks.findings import Severity
from tanhe.cli.console import write_json
from tanhe.cli.engagement import Engagement, dossier_options, open_engagement
from tanhe.messages import text
from tanhe.output import atomic
from tanhe.report.findings.listing import SEVERITIES, Listing

FORMATS = ("text", "json", "sarif", "html")


@click.command()
@dossier_options
@click.option("--select", multiple=True, metavar="CODES", help=text(
    "只运行这些规则：代码或其开头，可用逗号分隔，可多次给出", "run only these rules: codes or their beginnings, with commas or repeated"))
@click.option("--ignore", multiple=True, metavar="CODES", help=text("不运行这些规则", "do not run these rules"))
@click.option("--severity", type=click.Choice(list(SEVERITIES)), default="note", help=text(
    "最低列到哪一级（重要、一般、文字、提示）；更低的只计数，不影响退出码",
    "the lowest severity listed; lower ones are counted and leave the exit status alone"))
@click.option("--format", "form", type=click.Choice(FORMATS), help=text(
    "输出格式；不写时按文件后缀，否则为 text", "output format; by the file's suffix when not given, else text"))
@click.option("-o", "--output", metavar="FILE", help=text("写入文件", "write to a file"))
@click.option("--force", is_flag=True, help=text("覆盖已有文件", "overwrite an existing file"))
@click.option("--explain", is_flag=True, help=text("附上每条规则的说明", "add the page of each rule"))
@click.option("--verbose", is_flag=True, help=text("附上每条规则的用时", "add the time each rule took"))
def command(
    path: str | None, example: str | None, select: tuple[str, ...], ignore: tuple[str, ...], severity: Severity,
    form: str | None, output: str | None, force: bool, explain: bool, verbose: bool,
) -> int:
    wanted, unwanted = _codes(select, "--select"), _codes(ignore, "--ignore")
    rules = registry.choose(wanted, unwanted)
    if not rules:
        raise click.UsageError(text("--select 与 --ignore 合起来没有留下任何规则", "--select and --ignore leave no rule"))

    def listing() -> Listing:
        found: Engagement = open_engagement(path, example, wanted, unwanted)
        left_out = len(registry.rules()) - len(rules)
        return Listing(found.inventory, found.outcome, found.path, rules, left_out, severity, explain, verbose)

    if output is None:
        shown = listing()
        _show(shown, form or "text")
    else:
        with atomic(output, force) as temporary:
            shown = listing()
            temporary.write_text(_written(shown, form or _by_suffix(output)), encoding="utf-8", newline="\n")
        click.echo(text("已写出 ", "wrote ") + output)
    return 0 if shown.holds else 1


def _codes(given: Iterable[str], option: str) -> tuple[str, ...]:
    """Codes of an option that may be repeated and may hold several."""
    whole = tuple(given)
    found = tuple(code.strip() for part in whole for code in part.replace("，", ",").split(",") if code.strip())
    if whole and not found:
        raise click.UsageError(text(f"{option} 没有写代码", f"{option} names no code"))
    return found


def _by_suffix(output: str) -> str:
    suffix = Path(output).suffix.lower().removeprefix(".")
    return {"sarif": "sarif", "json": "json", "html": "html", "htm": "html"}.get(suffix, "text")


def _show(listing: Listing, form: str) -> None:
    if form == "text":
        from tanhe.report.findings.text import lines

        for line in lines(listing):
            click.secho(line.words, bold=line.strong or None)
    elif form == "html":
        plain = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        page = _written(listing, form)
        click.echo(page if plain else page.encode("ascii", "xmlcharrefreplace").decode("ascii"), nl=False)
    else:
        write_json(_object(listing, form))


def _written(listing: Listing, form: str) -> str:
    if form == "text":
        from tanhe.report.findings.text import lines

        return "".join(f"{line.words}\n" for line in lines(listing))
    if form == "html":
        from tanhe.report.findings.html import html

        return html(listing)
    return json.dumps(_object(listing, form), ensure_ascii=False, indent=2) + "\n"


def _object(listing: Listing, form: str) -> dict[str, object]:
    if form == "sarif":
        from tanhe.report.findings.sarif import sarif

        return sarif(listing)
    from tanhe.report.findings.objects import objects

    return objects(listing)
