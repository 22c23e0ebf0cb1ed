"""``tanhe schema``: the JSON Schema of the record or of a dossier."""

from __future__ import annotations

import json
from importlib.resources import files

import click

from tanhe.cli.console import write_json
from tanhe.messages import text


@click.command()
@click.argument("what", type=click.Choice(["record", "dossier"]))
def command(what: str) -> int:
    if what == "record":
        schema = json.loads(files("tanhe.report").joinpath("record.schema.json").read_text("utf-8"))
    else:
        from tanhe.dossier.schema import dossier_schema

        schema = dossier_schema()
    write_json(schema)
    return 0


command.help = text("输出机读记录（record）或案卷（dossier）的 JSON Schema", "print the JSON Schema of record or dossier")
