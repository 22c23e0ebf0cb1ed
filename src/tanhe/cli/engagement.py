"""From a path or an example's name to a computed, checked dossier: what several commands begin with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tanhe import examples
from tanhe.checks.findings import Outcome
from tanhe.checks.rules import run
from tanhe.dossier.load import load
from tanhe.dossier.validate import check
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError, text


@dataclass(frozen=True)
class Engagement:
    """A dossier computed and checked, with the path as the user gave it."""

    path: str
    inventory: Inventory
    outcome: Outcome


def open_engagement(path: str | None, example: str | None) -> Engagement:
    """Load, compute and check; errors carry the file's full path as given."""
    folder = locate(path, example)
    dossier, problems = load(folder)
    try:
        inventory = compute(dossier)
    except TanheError as error:
        error.file = error.file or "dossier.yaml"
        if error.line is None and "guideline" in error.message or error.line is None:
            place = dossier.place("guideline")
            error.line = place.line if place else None
        raise
    found = (*problems, *check(dossier, datetime.date.today()))
    return Engagement(str(folder) if example is None else example, inventory, run(inventory, found))


def locate(path: str | None, example: str | None) -> Path:
    """The folder meant; exactly one of path and example must be given."""
    if (path is None) == (example is None):
        raise click.UsageError(text("请给出案卷文件夹，或 --example 名称（二者取一）", "give a dossier folder or --example NAME"))
    if example is not None:
        return examples.find(example)
    assert path is not None
    folder = Path(path)
    if not folder.exists():
        raise TanheError(text("找不到这个案卷", "no such dossier"), file=path,
                         expected=text("含 dossier.yaml 的文件夹", "a folder with dossier.yaml"))
    return folder


def dossier_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument PATH and the option --example."""
    command = click.option("--example", metavar="NAME", help=text("用随程序附带的示例案卷", "use an example dossier"))(command)
    return click.argument("path", required=False)(command)
