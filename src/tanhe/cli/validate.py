"""``tanhe validate``: every problem of a dossier's files at once (检查案卷文件)."""

from __future__ import annotations

import datetime

import click

from tanhe.checks.fit import fit, misfits
from tanhe.cli.console import write_json
from tanhe.cli.engagement import dossier_options, locate
from tanhe.dossier.load import load
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.validate import check
from tanhe.messages import text


@click.command()
@dossier_options
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(path: str | None, example: str | None, as_json: bool) -> int:
    folder = locate(path, example)
    try:
        dossier, problems = load(folder)
    except UnreadableDossier as error:
        _show(error.folder, error.problems, as_json)
        return 2
    broken = misfits(dossier)
    found = (*broken, *problems, *check(dossier, datetime.date.today()), *(() if broken else fit(dossier)))
    _show(dossier.root, found, as_json)
    return 2 if broken else int(bool(found))


def _show(folder: str, problems: tuple[Problem, ...], as_json: bool) -> None:
    if as_json:
        write_json({"problems": [_row(problem) for problem in problems]})
        return
    for problem in problems:
        click.echo(f"{problem.code} {problem.shown(folder)}")
    click.echo(text(f"{len(problems)} 个问题", f"{len(problems)} problems") if problems else text("没有问题", "no problems"))


def _row(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code, "message": problem.message, "expected": problem.expected or None,
        "file": place.file if place else None, "line": place.line if place else None,
        "column": place.column if place else None,
    }
