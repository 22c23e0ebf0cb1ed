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
from tanhe.dossier.load import SUFFIXES, load
from tanhe.dossier.reading import Reading
from tanhe.inventory.model import Inventory
from tanhe.messages import TanheError, text

REPORTS = frozenset(
    ".txt .md .markdown .html .htm .docx .docm .pdf .png .jpg .jpeg .tif .tiff .doc .wps .rtf .odt".split()
)
"""Names of files in a folder that may be finished reports; what of them cannot be read is told as such."""


@dataclass(frozen=True)
class Engagement:
    """A dossier or a finished report computed and checked, with the path as the user gave it.

    ``reading`` says how well a report was read; None for a dossier.
    """

    path: str
    inventory: Inventory
    outcome: Outcome
    reading: Reading | None = None


def open_engagement(
    path: str | None, example: str | None, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Engagement:
    """Load or read, compute and check; what cannot be computed at all is told at once, each with file and line."""
    folder = locate(path, example)
    if example is None and folder.is_file() and folder.suffix.lower() not in SUFFIXES:
        return open_report(folder, select, ignore)
    dossier, problems = load(folder)
    inventory, outcome = examine(dossier, problems, datetime.date.today(), select, ignore)
    return Engagement(str(folder) if example is None else example, inventory, outcome)


def open_report(path: Path, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Engagement:
    """Read a finished report, compute and check what it says."""
    from tanhe.reading.service import read_report

    report = read_report(path)
    inventory, outcome = examine(report.dossier, report.problems, datetime.date.today(), select, ignore)
    return Engagement(str(path), inventory, outcome, report.reading)


def is_report(path: Path) -> bool:
    """Whether a file of a folder may be a finished report."""
    return path.suffix.lower() in REPORTS and path.is_file()


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
