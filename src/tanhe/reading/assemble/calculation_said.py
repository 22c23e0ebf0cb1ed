"""What a calculation table says beside its lines (计算表的其他表述): blank results, odd formulas, factors told otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.claims import Calculation, Said


def say_printed(claim: Calculation, tree: Tree) -> None:
    """State results left blank and header formulas that do not give the printed results."""
    for item in claim.empty:
        note_statement(tree, "result.empty", item, squeeze(claim.title), "", "没有数据行" if item.place == claim.place else "")
    for formula, right in claim.odd:
        note_statement(tree, "formula.figures", formula, squeeze(claim.title), "", right)
    for label, result in _negative(claim):
        note_statement(tree, "result.negative", result, squeeze(claim.title), "", label)


def _negative(claim: Calculation) -> Iterator[tuple[str, Said]]:
    """Results below zero whose inputs are not and whose formula subtracts nothing; a total below zero of results that are not."""
    results = [number(row.result.text) for row in claim.rows]
    for row, result in zip(claim.rows, results, strict=True):
        inputs = [number(said.text) for _, _, said in row.inputs]
        if result is not None and result.value < 0 and row.direction is None and "-" not in claim.formula and all(
                i is None or i.value >= 0 for i in inputs):
            yield row.item.text, row.result
    total = number(claim.total.text) if claim.total is not None else None
    if claim.total is not None and total is not None and total.value < 0 and results and all(r is None or r.value >= 0 for r in results):
        yield "合计", claim.total


def say_against(made: Draft, printed: str, said: Said, claim: Calculation, pool: Pool, tree: Tree) -> None:
    """A calculation's factor that no table of data has, where a table has another figure for that fuel: the table's datum is told otherwise."""
    same = [d for d in pool.of_role(made.role) if d is not made and d.table is not None and d.value is not None and d.unit.fits(made.unit)]
    same = [d for d in same if made.fuel is not None and d.fuel == made.fuel]
    if len(same) == 1 and made.role in ("ncv", "cc", "ccpe", "of"):
        note_statement(tree, f"datum.{same[0].id}", Said(said.text.strip(), said.place), squeeze(claim.title), printed.strip() or str(made.unit))
