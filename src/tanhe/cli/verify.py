"""``tanhe verify``: recompute a dossier or a finished report, print the summary, write report, workbook, record (核查)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tanhe.cli.batch import reports_in, verify_folder
from tanhe.cli.console import write_json
from tanhe.cli.engagement import Engagement, dossier_options, open_engagement
from tanhe.cli.original import original, say_unmarked
from tanhe.messages import text
from tanhe.report.outputs import Step, file_names, reserve, write_all
from tanhe.report.record import record


@click.command()
@dossier_options
@click.option("-o", "--output", metavar="DIR", help=text("输出文件夹", "where to write"))
@click.option("--json", "as_json", is_flag=True, help=text("把记录写到标准输出，别无其他", "print the record and nothing else"))
@click.option("--force", is_flag=True, help=text("覆盖已有文件", "overwrite existing files"))
@click.option("-j", "--jobs", type=click.IntRange(1, 64), metavar="N",
              help=text("文件夹里有多份报告时用几个进程", "processes for a folder of reports"))
@click.option("--no-documents", is_flag=True, help=text("只写 record.json，不写报告和底稿", "write record.json only"))
def command(
    path: str | None, example: str | None, output: str | None, as_json: bool, force: bool, jobs: int | None, no_documents: bool
) -> int:
    if path is not None and example is None and (reports := reports_in(Path(path))):
        return verify_folder(Path(path), reports, output, as_json, force, not no_documents, jobs)
    engagement = open_engagement(path, example)
    result = record(engagement.inventory, engagement.outcome, engagement.path, engagement.reading)
    if output is not None:
        documents, reading, report = not no_documents, engagement.reading, original(engagement)
        names = file_names(documents, reading is not None, report)
        with reserve(output, documents, force, reading is not None, report) as outputs, _progress(len(names)) as step:
            outcome = engagement.outcome if documents else None
            unmarked = write_all(engagement.inventory, result, outputs, outcome, step, reading, report)
        say_unmarked(report, unmarked)
    if as_json:
        write_json(result)
    else:
        _print(engagement, None if output is None else [str(p) for p in outputs.written()])
    return 1 if engagement.outcome.open else 0


def _print(engagement: Engagement, written: list[str] | None) -> None:
    from tanhe.cli.read import closure_line
    from tanhe.cli.summary import print_summary

    print_summary(engagement.inventory, engagement.outcome)
    if engagement.reading is not None:
        click.echo(closure_line(engagement.reading))
    for name in written or ():
        click.echo(text("已写出 ", "wrote ") + name)


@contextmanager
def _progress(files: int) -> Iterator[Step]:
    """A bar on standard error while documents are written; nothing for quick work or where nobody looks."""
    if files == 1:
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(text("写出文件", "writing"), total=files)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=name)

        yield step
