"""``tanhe new``: scaffold a commented dossier (新建案卷)."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import click

from tanhe.guidelines.registry import find, ids
from tanhe.inventory.scaffold import scaffold
from tanhe.messages import TanheError, text


@click.command()
@click.argument("folder")
@click.option("--guideline", metavar="ID", help=text("核算指南编号", "id of the guideline"))
@click.option("--year", type=int, help=text("核算年度，默认上一年", "reporting year, the last by default"))
def command(folder: str, guideline: str | None, year: int | None) -> int:
    if guideline is None:
        raise click.UsageError(text(f"请用 --guideline 指明核算指南：{'、'.join(ids())}",
                                    f"name the guideline with --guideline: {', '.join(ids())}"))
    content = scaffold(find(guideline), year or datetime.date.today().year - 1)
    target = Path(folder)
    if target.exists():
        raise TanheError(text("已存在，没有覆盖", "exists and was kept"), file=folder,
                         expected=text("一个新的文件夹名", "the name of a new folder"))
    partial = target.with_name(f".{target.name}.tanhe")
    try:
        for name, words in content.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8", newline="\n")
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise TanheError(text(f"无法写入（{error.strerror}）", f"cannot be written ({error.strerror})"), file=folder) from error
    click.echo(text(f"已建立案卷 {folder}；填写后运行 tanhe validate {folder}",
                    f"made the dossier {folder}; fill it in and run tanhe validate {folder}"))
    return 0
