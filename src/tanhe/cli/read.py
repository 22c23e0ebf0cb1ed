"""``tanhe read``: a finished report as a dossier to go on working with (读取报告)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tanhe.cli.console import write_json
from tanhe.cli.folders import new_folder
from tanhe.dossier.reading import Reading
from tanhe.messages import text
from tanhe.reading.service import ReadReport, read_report
from tanhe.reading.yaml_text import dossier_files
from tanhe.report.record import reading_record

MOST_SHOWN = 12
"""Unexplained numbers and unplaced parts listed on the screen; all of them are in the record of ``verify``."""


@click.command()
@click.argument("path")
@click.option("-o", "--output", required=True, metavar="DIR", help=text("新建的案卷文件夹", "the dossier folder to make"))
@click.option("--json", "as_json", is_flag=True, help=text("把阅读情况以 JSON 写到标准输出，别无其他", "print how it was read as JSON and nothing else"))
def command(path: str, output: str, as_json: bool) -> int:
    report = read_report(path)
    with new_folder(output) as partial:
        write(report, partial)
    if as_json:
        write_json(_object(report, output))
        return 0
    _say(report)
    click.echo(text("已写出 ", "wrote ") + output)
    return 0


def _object(report: ReadReport, output: str) -> dict[str, Any]:
    dossier = report.dossier
    counts = {name: len(getattr(dossier, name)) for name in ("lines", "data", "tables", "documents", "statements")}
    return {
        "dossier": output, "entity": dossier.entity.name, "year": dossier.year, "guideline": dossier.guideline, "counts": counts,
        "reading": reading_record(report.reading),
    }


def write(report: ReadReport, folder: Path) -> None:
    """The files of the dossier; each value in ``dossier.yaml`` is followed by its place in the report."""
    for name, content in dossier_files(report).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


def _say(report: ReadReport) -> None:
    dossier, reading = report.dossier, report.reading
    click.echo(f"{dossier.entity.name}  {dossier.year}  {dossier.guideline}")
    click.echo(text(
        f"排放行 {len(dossier.lines)}，数据 {len(dossier.data)}，月度表 {len(dossier.tables)}，证据 {len(dossier.documents)}，表述 {len(dossier.statements)}",
        f"lines {len(dossier.lines)}, data {len(dossier.data)}, tables {len(dossier.tables)}, documents {len(dossier.documents)}, "
        f"statements {len(dossier.statements)}"))
    click.echo(closure_line(reading))
    for unplaced in reading.unplaced[:MOST_SHOWN]:
        click.echo(f"  {unplaced.place}: {unplaced.number}  {unplaced.text}")
    if reading.notes:
        click.echo(text(f"没有归处或没有读懂的 {len(reading.notes)} 处：", f"{len(reading.notes)} parts without a home or not understood:"))
        for place, words in reading.notes[:MOST_SHOWN]:
            click.echo(f"  {place}: {words}")


def closure_line(reading: Reading) -> str:
    """How many of the printed numbers are explained."""
    left = reading.numbers - reading.placed
    return text(f"印出的数字 {reading.numbers} 个，有着落 {reading.placed} 个（闭合率 {reading.closure:.2f}），未解释 {left} 个",
                f"{reading.numbers} numbers printed, {reading.placed} explained (closure {reading.closure:.2f}), {left} unexplained")
