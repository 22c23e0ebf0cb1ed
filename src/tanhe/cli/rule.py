"""``tanhe rule CODE``: the page of one rule (规则说明页)."""

from __future__ import annotations

import click

from tanhe.checks import registry
from tanhe.checks.catalogue import item
from tanhe.checks.engine import Rule
from tanhe.checks.pages import Case, Page, page
from tanhe.cli.console import write_json
from tanhe.cli.rules import row
from tanhe.dossier.variant import Change
from tanhe.messages import text
from tanhe.report.findings.listing import severity_word


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help=text("以 JSON 输出", "print JSON"))
def command(code: str, as_json: bool) -> int:
    rule = registry.find(code)
    about = page(rule.code)
    if as_json:
        write_json(row(rule) | _object(about))
        return 0
    click.secho(f"{rule.code} {rule.title}", bold=True)
    for head, words in [*_facts(rule), *_page(about)]:
        if words:
            click.echo(f"{head}{text('：', ': ')}{words}")
    return 0


def _facts(rule: Rule) -> list[tuple[str, str]]:
    catalogue = [f"{code} {found}" for code in rule.covers if (found := item(code))]
    return [
        (text("层次", "layer"), rule.family.label), (text("级别", "severity"), severity_word(rule.severity)),
        (text("条款", "clause"), rule.clause), (text("需要", "needs"), ", ".join(rule.needs)),
        (text("缺陷目录", "catalogue"), text("；", "; ").join(catalogue)),
    ]


def _page(about: Page) -> list[tuple[str, str]]:
    return [
        (text("含义", "meaning"), str(about.meaning)), (text("理由", "basis"), str(about.basis)),
        (text("不通过的例子", "a case that fails"), case_words(about.fails)),
        (text("通过的例子", "a case that passes"), case_words(about.passes)),
        (text("解决", "settle"), str(about.settle)),
    ]


def case_words(case: Case) -> str:
    """A case: what it shows, the example it starts from, and what is changed there."""
    changes = text("；", "; ").join(change_words(change) for change in case.change)
    changed = text(f"，改 {changes}", f", with {changes}") if changes else ""
    return f"{case.words}{text('（示例 ', ' (example ')}{case.example}{changed}{text('）', ')')}"


def change_words(change: Change) -> str:
    """One change in words: where, and the new value or its removal."""
    where = change.path
    if change.table:
        at = f".{change.column}" if change.column else ""
        where = text(f"{change.table} 第 {change.row + 1} 行{at}", f"{change.table} row {change.row + 1}{at}")
    return text(f"删去 {where}", f"{where} removed") if change.value is None else f"{where} = {change.value}"


def _object(about: Page) -> dict[str, object]:
    return {
        "meaning": str(about.meaning), "basis": str(about.basis), "settle": str(about.settle),
        "fails": _case(about.fails), "passes": _case(about.passes),
    }


def _case(case: Case) -> dict[str, object]:
    return {"words": str(case.words), "example": case.example,
            "change": [{"path": c.path or None, "table": c.table or None, "row": c.row if c.table else None,
                        "column": c.column or None, "value": c.value} for c in case.change]}
