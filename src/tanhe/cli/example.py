"""``tanhe example``: list the examples, or copy one to work on (示例案卷)."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from tanhe import examples
from tanhe.cli.console import write_json
from tanhe.messages import TanheError, text


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
        write_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['name']:<34} {row['year']}  {row['guideline']:<26} {row['entity']}")
    return 0


@command.command("copy", help=text("把示例复制到一个新文件夹", "copy an example into a new folder"))
@click.argument("name")
@click.argument("folder")
def copy(name: str, folder: str) -> int:
    target = Path(folder)
    if target.exists():
        raise TanheError(text("已存在，没有覆盖", "exists and was kept"), file=folder,
                         expected=text("一个新的文件夹名", "the name of a new folder"))
    try:
        shutil.copytree(examples.find(name), target)
    except OSError as error:
        raise TanheError(text(f"无法写入（{error.strerror}）", f"cannot be written ({error.strerror})"), file=folder) from error
    click.echo(text(f"已复制到 {folder}", f"copied to {folder}"))
    return 0
