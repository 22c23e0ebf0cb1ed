"""Many finished reports at once (批量核查报告): a row each, a ranking by severity and effect, a subfolder each."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click

from tanhe.checks.findings import Finding
from tanhe.cli.console import internal_error, write_json
from tanhe.cli.engagement import Engagement, is_report, open_report
from tanhe.cli.original import original, unmarked_words
from tanhe.messages import Language, TanheError, language, speaking, text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

MOST_JOBS: Final = 8
"""Processes used unless told otherwise."""

LEAST_SHARED: Final = 8
"""Fewest reports that are shared among processes."""


@dataclass(frozen=True)
class Row:
    """What one report comes to; ``why`` is set for one that could not be read, ``unmarked`` where its copy bears no remarks."""

    path: Path
    entity: str = ""
    year: int | None = None
    material: int = 0
    minor: int = 0
    effect: Decimal = Decimal(0)
    closure: Decimal | None = None
    open: bool = False
    why: str = ""
    unmarked: str = ""

    @property
    def rank(self) -> tuple[int, Decimal, int, str]:
        """The doubtful ones first: material findings, the largest effect, minor findings."""
        return -self.material, -self.effect, -self.minor, self.path.name


@dataclass(frozen=True)
class Task:
    """One report to be verified, by this process or another; ``keep`` asks for its record."""

    path: Path
    target: Path | None
    force: bool
    documents: bool
    keep: bool
    language: Language


Answer = tuple[Row, dict[str, Any] | None]


def reports_in(folder: Path) -> tuple[Path, ...]:
    """The reports of a folder that is no dossier; none for anything else."""
    if not folder.is_dir() or any((folder / name).exists() for name in ("dossier.yaml", "dossier.yml")):
        return ()
    return tuple(p for p in sorted(folder.rglob("*")) if is_report(p) and not any(part.startswith((".", "~$")) for part in p.parts[-2:]))


def verify_folder(
    folder: Path, reports: Sequence[Path], output: str | None, as_json: bool, force: bool, documents: bool, jobs: int | None = None
) -> int:
    """Read and check every report on ``jobs`` processes; 2 when one could not be read, 1 when there are findings, else 0."""
    names = _names(folder, reports)
    tasks = [
        Task(path, None if output is None else Path(output) / names[path], force, documents, as_json, language()) for path in reports
    ]
    rows: list[Row] = []
    records: dict[Path, dict[str, Any]] = {}
    for row, result in _shown(_done(tasks, jobs or min(os.cpu_count() or 1, MOST_JOBS)), len(tasks)):
        rows.append(row)
        if result is not None:
            records[row.path] = result
    rows.sort(key=lambda row: row.rank)
    if as_json:
        write_json({"reports": [records[p] for p in reports if p in records], "ranking": [_object(row) for row in rows]})
    else:
        _print(rows, output)
    for row in rows:
        if row.why:
            click.echo(row.why if str(row.path) in row.why else f"{row.path}: {row.why}", err=True)
        if row.unmarked:
            click.echo(row.unmarked, err=True)
    if any(row.why for row in rows):
        return 2
    return int(any(row.open for row in rows))


def _shown(done: Iterable[Answer], many: int) -> Iterator[Answer]:
    """The same with a bar on the error stream."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(text("核查报告", "verifying"), total=many)
        for row, result in done:
            bar.update(task, advance=1, description=row.path.name)
            yield row, result


def _done(tasks: Sequence[Task], jobs: int) -> Iterator[Answer]:
    """Every task's answer as it is ready; a few reports are not worth the start of other processes."""
    if jobs < 2 or len(tasks) < LEAST_SHARED:
        yield from map(verify_one, tasks)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))
    try:
        waiting = {pool.submit(verify_one, task): task for task in tasks}
        for ready in as_completed(waiting):
            try:
                yield ready.result()
            except Exception as error:
                yield Row(waiting[ready].path, why=internal_error(error)), None
    finally:
        pool.shutdown(cancel_futures=True)


def _names(folder: Path, reports: Sequence[Path]) -> dict[Path, str]:
    """The subfolder of each report's output: its path without the suffix, with it where two would share one."""
    plain_names = Counter(str(p.relative_to(folder).with_suffix("")) for p in reports)
    return {
        p: name if plain_names[name := str(p.relative_to(folder).with_suffix(""))] == 1 else f"{name}-{p.suffix[1:]}" for p in reports
    }


def verify_one(task: Task) -> Answer:
    """Read, check and write one report; an error is told in its row and does not stop the others."""
    from tanhe.report.outputs import reserve, write_all
    from tanhe.report.record import record

    with speaking(task.language):
        unmarked = ""
        try:
            found = open_report(task.path)
            result = record(found.inventory, found.outcome, found.path, found.reading)
            if task.target is not None:
                report = original(found)
                with reserve(task.target, task.documents, task.force, finished=True, original=report) as outputs:
                    outcome = found.outcome if task.documents else None
                    why = write_all(found.inventory, result, outputs, outcome, reading=found.reading, original=report)
                unmarked = unmarked_words(report, why)
        except TanheError as error:
            return Row(task.path, why=" ".join(str(error).splitlines())), None
        except Exception as error:
            return Row(task.path, why=internal_error(error)), None
        return _row(task.path, found, unmarked), result if task.keep else None


def _row(path: Path, found: Engagement, unmarked: str) -> Row:
    dossier = found.inventory.dossier
    standing = [f for f in found.outcome.findings if f.waiver is None]
    count = Counter(f.severity for f in standing)
    return Row(
        path, dossier.entity.name, dossier.year, count["material"], count["minor"], max(map(_size, standing), default=Decimal(0)),
        found.reading.closure if found.reading else None, found.outcome.open, unmarked=unmarked,
    )


def _size(finding: Finding) -> Decimal:
    """The larger end of a finding's effect, without sign; findings overlap, so they are not added up."""
    return max(abs(finding.effect.low), abs(finding.effect.high)) if finding.effect else Decimal(0)


def _object(row: Row) -> dict[str, Any]:
    return {
        "path": str(row.path), "entity": row.entity or None, "year": row.year, "material": row.material, "minor": row.minor,
        "largest_effect_tco2e": plain(row.effect) if row.effect else None,
        "closure": None if row.closure is None else f"{row.closure:.2f}", "error": row.why or None,
    }


def _print(rows: list[Row], output: str | None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False, emoji=False)
    table = Table(show_edge=False)
    for head in (text("报告", "report"), text("企业", "enterprise")):
        table.add_column(head, overflow="fold")
    for head in (text("重要", "material"), text("一般", "minor"), text("最大影响", "effect"), text("数字闭合", "closure")):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        if not row.why:
            table.add_row(row.path.name, row.entity, str(row.material), str(row.minor), plain(half_up(row.effect, 0)) if row.effect else "-",
                          f"{row.closure:.2f}")
    console.print(table)
    if output is not None:
        click.echo(text("已写出 ", "wrote ") + output)


