"""From a path or an example's name to a computed, checked dossier: what several commands begin with."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tanhe import examples
from tanhe.checks.examine import examine
from tanhe.checks.findings import Outcome
from tanhe.dossier.load import load
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError, text


@dataclass(frozen=True)
class Engagement:
    """A dossier computed and checked, with the path as the user gave it."""

    path: str
    inventory: Inventory
    outcome: Outcome


def open_engagement(
    path: str | None, example: str | None, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Engagement:
    """Load, compute and check; what cannot be computed at all is told at once, each with file and line."""
    folder = locate(path, example)
    dossier, problems = load(folder)
    inventory, outcome = examine(dossier, problems, datetime.date.today(), select, ignore)
    return Engagement(str(folder) if example is None else example, inventory, outcome)


def locate(path: str | None, example: str | None) -> Path:
    """The folder meant; exactly one of path and example must be given."""
    if (path is None) == (example is None):
        raise click.UsageError(text("请给出案卷文件夹，或 --example 名称（二者取一）", "give a dossier folder or --example NAME"))
    if example is not None:
        return examples.find(example)
    assert path is not None
    folder = Path(path)
    if not os.path.lexists(folder):
        raise TanheError(text("找不到这个案卷", "no such dossier"), file=path,
                         expected=text("含 dossier.yaml 的文件夹", "a folder with dossier.yaml"))
    return folder


def dossier_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument PATH and the option --example."""
    command = click.option("--example", metavar="NAME", help=text("用随程序附带的示例案卷", "use an example dossier"))(command)
    return click.argument("path", required=False)(command)
