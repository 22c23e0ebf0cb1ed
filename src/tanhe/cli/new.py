"""``tanhe new``: scaffold a commented dossier (新建案卷)."""

from __future__ import annotations

import datetime

import click

from tanhe.cli.folders import new_folder
from tanhe.dossier.values import YEARS
from tanhe.guidelines.registry import find, ids
from tanhe.inventory.scaffold import scaffold
from tanhe.messages import text


@click.command()
@click.argument("folder")
@click.option("--guideline", metavar="ID", help=text("核算指南编号", "id of the guideline"))
@click.option("--year", type=int, help=text("核算年度，默认上一年", "reporting year, the last by default"))
def command(folder: str, guideline: str | None, year: int | None) -> int:
    if guideline is None:
        raise click.UsageError(text(f"请用 --guideline 指明核算指南：{'、'.join(ids())}",
                                    f"name the guideline with --guideline: {', '.join(ids())}"))
    if year is not None and not YEARS[0] <= year <= YEARS[1]:
        raise click.UsageError(text(f"--year 应为 {YEARS[0]} 至 {YEARS[1]}", f"--year should be from {YEARS[0]} to {YEARS[1]}"))
    content = scaffold(find(guideline), year or datetime.date.today().year - 1)
    with new_folder(folder) as partial:
        for name, words in content.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8", newline="\n")
    click.echo(text(f"已建立案卷 {folder}；填写后运行 tanhe validate {folder}",
                    f"made the dossier {folder}; fill it in and run tanhe validate {folder}"))
    return 0
