"""What a report says more than once (重复的数值): each further place of a figure becomes a statement."""

from __future__ import annotations

from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.lines import Line, Lines
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import clean_unit, squeeze, unit_of
from tanhe.reading.claims import Said


def say_again(lines: Lines, pool: Pool, tree: Tree) -> None:
    """Figures of data in calculation tables, units there that are not the datum's, and the factor's title."""
    for given in lines.again:
        said, draft = given["value"], pool.drafts.get(str(given["draft"]))
        if draft is None or not isinstance(said, Said):
            continue
        printed, where = str(given["unit"]), str(given["where"])
        its_unit = unit_of(printed)
        percent = draft.role == "of"
        fits = its_unit is None or percent or its_unit.fits(draft.unit)
        if not percent and number(said.text) is not None:
            shown = clean_unit(printed) if its_unit is not None and fits else str(draft.unit)
            note_statement(tree, f"datum.{draft.id}", Said(said.text.strip(), said.place), where, shown)
        if not fits:
            note_statement(tree, f"unit.{draft.id}", Said(clean_unit(printed), said.place), f"{where} {draft.item.text}一栏", "", draft.unit.zh)
    for line in lines.lines:
        if line.as_reported is not None:
            _misfit(line, pool, tree)
        if line.source == "electricity" and not line.supplementary and "EF" in line.inputs:
            _title(pool.drafts[line.inputs["EF"]], tree)
    _once(pool, tree)


def _once(pool: Pool, tree: Tree) -> None:
    """A misprinted unit that a datum carries itself is not said a second time."""
    carried = {d.unit_printed for d in pool if d.unit_printed}
    for n in range(tree.length("statements") - 1, -1, -1):
        said = tree.get(("statements", n))
        if str(said.get("about", "")).startswith("unit") and said.get("value") in carried:
            tree.drop(("statements", n))


def _misfit(line: Line, pool: Pool, tree: Tree) -> None:
    """The carbon content's unit of a line that cannot be multiplied, beside the one it should have."""
    reported = line.as_reported or {}
    if not {"AD", "CC"} <= reported.keys():
        return
    amount, content = pool.drafts[reported["AD"]], pool.drafts[reported["CC"]]
    wanted = f"tC/{amount.unit.zh}"
    said = content.said
    if said is not None:
        note_statement(tree, "unit", Said(str(content.unit), said.place), f"{squeeze(line.title)} {content.item.text}", "", wanted)


def _title(factor: Draft, tree: Tree) -> None:
    source = factor.fields.get("source")
    if source is not None and not any(s.get("about") == "electricity-factor-title" for s in tree.get(("statements",)) or []):
        note_statement(tree, "electricity-factor-title", source, f"{factor.section} {factor.item.text}".strip())
