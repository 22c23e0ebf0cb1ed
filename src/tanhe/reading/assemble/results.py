"""Result tables become subtotals and totals (排放量汇总表 → 小计与总量); the same figure elsewhere is a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tanhe.guidelines.model import Guideline
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.filed import agrees, by_line, figures_of, file_lines, not_filed, others_of, row_id
from tanhe.reading.assemble.lines import Lines
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.claims import Results, Said

TOTALS: Final = {"totals.excluding": "excluding_purchased_energy", "totals.including": "including_purchased_energy"}
PRODUCT: Final = "甲醇"
"""The product whose supplementary table is known."""


def read_results(claims: Iterable[Results], lines: Lines, guideline: Guideline, tree: Tree, headings: Mapping[str, str]) -> list[Results]:
    """Subtotals and totals of the entity; returns the tables of the supplementary boundary."""
    supplementary: list[Results] = []
    given = sorted(claims, key=_rank)
    of_lines = [c for c in given if c.about == "lines"]
    told = by_line(lines, of_lines)
    if told:
        file_lines(lines, of_lines)
    filed = told or agrees(lines, given)
    denied = not_filed(given, guideline) if filed else frozenset()
    for claim in given:
        if claim.about != "entity":
            supplementary += [claim] if claim.about != "lines" else []
            continue
        where = _where(claim, headings)
        rows = [(row_id(label.text), label, figure) for label, figure in figures_of(claim, filed) if row_id(label.text) not in denied]
        for name, label, figure in rows:
            if name is None:
                tree.lose(Said(f"{label.text} {figure.text}", figure.place), "汇总表的一行认不出")
            elif name.startswith("supplementary."):
                note_statement(tree, f"supplementary.{PRODUCT}.total", figure, where, _unit(label.text, "tCO2"))
            elif name not in TOTALS:
                _subtotal(name, figure, where, guideline, tree)
        for name, total in (("totals.excluding", claim.excluding), ("totals.including", claim.including)):
            found = next(((f, label.text) for n, label, f in rows if n == name), None)
            figure_ = total if total is not None and not (claim.filed and filed) else found[0] if found else None
            if figure_ is not None and number(figure_.text) is not None:
                _total(name, figure_, where, _unit(found[1] if found else "", "tCO2e"), tree)
        for label, figure in others_of(claim, filed):
            _other(row_id(label.text), label, figure, where, filed, tree)
    for source, said in lines.totals.items():
        if not filed or (tree.get(("subtotals", source)) is None and source not in _decided(given)):
            _subtotal(source, said, "计算表合计", guideline, tree)
    _electricity_alone(lines, tree)
    return supplementary


def _other(name: str | None, label: Said, figure: Said, where: str, filed: bool, tree: Tree) -> None:
    """State the figure of the other side, verified or filed, of a row whose one side the dossier has taken."""
    said = Said(figure.text.strip(), figure.place)
    if name in TOTALS:
        note_statement(tree, name, said, where, _unit(label.text, "tCO2e"), "" if filed else "初始报告")
    elif name is not None and filed and tree.get(("subtotals", name)) is not None:
        note_statement(tree, f"subtotals.{name}", said, where, "tCO2")


def _decided(claims: Iterable[Results]) -> frozenset[str]:
    """Rows that stand in a table with a column of filed figures, be it with a dash."""
    return frozenset(name for c in claims if c.filed and c.about == "entity" for label, _ in c.rows if (name := row_id(label.text)))


def _rank(claim: Results) -> tuple[int, int]:
    """Result tables of the calculation before those of the conclusion and the cover."""
    return (0 if claim.section.startswith("3") else 1, claim.place.line or claim.place.page or 0)


def _where(claim: Results, headings: Mapping[str, str]) -> str:
    return squeeze(" ".join(x for x in (claim.section, claim.title or headings.get(claim.section, "")) if x))[:60]


def _unit(label: str, usual: str) -> str:
    """The unit in a label; totals in ten thousand tonnes say so."""
    return f"万{usual}" if re.search(r"万\s*(吨|t)", label) else usual


def _subtotal(name: str, figure: Said, where: str, guideline: Guideline, tree: Tree) -> None:
    known = {s.id for s in guideline.sources} | {s.id for s in guideline.subtotals} | {r.id for r in guideline.rows}
    if name not in known:
        tree.lose(figure, f"指南没有“{name}”这一行")
        return
    if tree.get(("subtotals", name, "reported")) is None:
        tree.put(("subtotals", name, "reported"), figure.text.strip(), figure.place)
    note_statement(tree, f"subtotals.{name}", Said(figure.text.strip(), figure.place), where, "tCO2")


def _total(name: str, figure: Said, where: str, unit: str, tree: Tree) -> None:
    path = ("totals", TOTALS[name], "reported")
    if tree.get(path) is None and not unit.startswith("万"):
        tree.put(path, figure.text.strip(), figure.place)
    note_statement(tree, name, Said(figure.text.strip(), figure.place), where, unit)


def _electricity_alone(lines: Lines, tree: Tree) -> None:
    """Purchased energy that is electricity alone is the electricity's subtotal too."""
    sources = {line.source for line in lines.lines if not line.supplementary}
    figure = tree.get(("subtotals", "purchased", "reported"))
    place = tree.places.get(("subtotals", "purchased", "reported"))
    if figure is not None and "electricity" in sources and "heat" not in sources and tree.get(("subtotals", "electricity")) is None:
        tree.put(("subtotals", "electricity", "reported"), figure, place)
