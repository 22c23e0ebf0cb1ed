"""``tanhe validate``: every problem of a dossier's files at once (检查案卷文件)."""

from __future__ import annotations

import datetime

import click

from tanhe.cli.console import write_json
from tanhe.cli.engagement import dossier_options, locate
from tanhe.dossier.load import load
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.validate import check
from tanhe.guidelines.registry import find
from tanhe.messages import TanheError, text


@click.command()
@dossier_options
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(path: str | None, example: str | None, as_json: bool) -> int:
    try:
        dossier, problems = load(locate(path, example))
    except UnreadableDossier as error:
        _show(error.problems, as_json)
        return 2
    found = [*problems, *check(dossier, datetime.date.today())]
    status = 1 if found else 0
    try:
        find(dossier.guideline)
    except TanheError as error:
        found.append(Problem("DOS009", error.message, dossier.place("guideline"), error.expected or ""))
        status = 2
    _show(tuple(found), as_json)
    return status


def _show(problems: tuple[Problem, ...], as_json: bool) -> None:
    if as_json:
        write_json([{"code": p.code, "message": p.message, "expected": p.expected or None,
                     "file": p.place.file if p.place else None, "line": p.place.line if p.place else None}
                    for p in problems])
        return
    for problem in problems:
        click.echo(f"{problem.code} {problem}")
    click.echo(text(f"{len(problems)} 个问题", f"{len(problems)} problems") if problems else text("没有问题", "no problems"))
