"""``tanhe explain``: one number written out (算式说明)."""

from __future__ import annotations

import click

from tanhe.cli.console import write_json
from tanhe.cli.engagement import open_engagement
from tanhe.inventory.explain import explain, known_names
from tanhe.messages import text


@click.command()
@click.argument("targets", nargs=-1, metavar="[PATH] [LINE]")
@click.option("--example", metavar="NAME", help=text("用随程序附带的示例案卷", "use an example dossier"))
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(targets: tuple[str, ...], example: str | None, as_json: bool) -> int:
    words = list(targets)
    path = None if example is not None else (words.pop(0) if words else None)
    if len(words) > 1:
        raise click.UsageError(text("一次说明一个数", "one number at a time"))
    inventory = open_engagement(path, example).inventory
    if not words:
        names = known_names(inventory)
        if as_json:
            write_json({"names": names})
        else:
            click.echo(text("可说明的数：", "what can be explained:"))
            click.echo("\n".join(f"  {name}" for name in names))
        return 0
    written = explain(inventory, words[0])
    if as_json:
        write_json({"id": words[0], "text": written})
    else:
        click.echo(written)
    return 0
