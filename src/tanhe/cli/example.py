"""``tanhe example``: list the examples, or copy one to work on (示例案卷)."""

from __future__ import annotations

import shutil

import click

from tanhe import examples
from tanhe.cli.console import write_json
from tanhe.cli.folders import new_folder
from tanhe.messages import text


@click.group()
def command() -> None:
    pass


@command.command("list", help=text("列出示例", "list the examples"))
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def list_examples(as_json: bool) -> int:
    from tanhe.dossier.load import load

    rows = []
    for name in examples.names():
        dossier, _ = load(examples.find(name))
        rows.append({"name": name, "entity": dossier.entity.name, "year": dossier.year, "guideline": dossier.guideline})
    if as_json:
        write_json({"examples": rows})
    else:
        for row in rows:
            click.echo(f"{row['name']:<34} {row['year']}  {row['guideline']:<26} {row['entity']}")
    return 0


@command.command("copy", help=text("把示例复制到一个新文件夹", "copy an example into a new folder"))
@click.argument("name")
@click.argument("folder")
def copy(name: str, folder: str) -> int:
    source = examples.find(name)
    with new_folder(folder) as partial:
        shutil.copytree(source, partial, dirs_exist_ok=True)
    click.echo(text(f"已复制到 {folder}", f"copied to {folder}"))
    return 0
