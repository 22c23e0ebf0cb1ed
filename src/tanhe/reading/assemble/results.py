"""Result tables become subtotals and totals (排放量汇总表 → 小计与总量); the same figure elsewhere is a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tanhe.factors.names import fold
from tanhe.guidelines.model import Guideline
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.lines import Lines
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.claims import Results, Said

_ROWS: Final[tuple[tuple[str, str], ...]] = (
    (r"不包括|不含", "totals.excluding"), (r"包括|包含|总量|总排放|排放合计|^合计|总计", "totals.including"),
    (r"能源作为原材料", "supplementary.feed"), (r"消耗电力对应", "supplementary.electricity"), (r"消耗热力对应", "supplementary.heat"),
    (r"电力.{0,3}热力|热力.{0,3}电力", "purchased"), (r"过程.*n2o|n2o.*过程", "process-n2o"), (r"ch4.*自用|自用量", "ch4-self-use"),
    (r"外供第三方|ch4.*外供", "ch4-sold"), (r"火炬", "ch4-flare"), (r"co2回收|二氧化碳回收", "co2-recovery"),
    (r"碳酸盐", "carbonates"), (r"废水", "wastewater"), (r"焊", "welding"), (r"泄漏|含氟", "equipment-leakage"),
    (r"化石燃料|燃料燃烧", "combustion"), (r"工业生产过程|生产过程", "process"), (r"电力|净购电", "electricity"),
    (r"热力", "heat"), (r"其他", "other"),
)
TOTALS: Final = {"totals.excluding": "excluding_purchased_energy", "totals.including": "including_purchased_energy"}


def row_id(label: str) -> str | None:
    """Which subtotal or total a row's label means."""
    folded = fold(label.translate(str.maketrans("₂₄", "24")))
    return next((name for pattern, name in _ROWS if re.search(pattern, folded)), None)


def read_results(
    claims: Iterable[Results], lines: Lines, guideline: Guideline, tree: Tree, headings: Mapping[str, str]
) -> list[tuple[Said, str]]:
    """Subtotals and totals; returns the rows of supplementary tables for the supplementary unit."""
    supplementary: list[tuple[Said, str]] = []
    given = sorted(claims, key=_rank)
    for claim in given:
        rows = [(label, figure) for label, figures in claim.rows if (figure := _last(figures)) is not None]
        names = [(row_id(label.text), label, figure) for label, figure in rows]
        where = " ".join(x for x in (claim.section, headings.get(claim.section, "")) if x)
        if any(name and name.startswith("supplementary.") for name, _, _ in names):
            supplementary += [(figure, name) for name, _, figure in names if name]
            if claim.including is not None:
                supplementary.append((claim.including, "supplementary.total"))
            continue
        for name, label, figure in names:
            if name is None:
                tree.lose(Said(f"{label.text} {figure.text}", figure.place), "汇总表的一行认不出")
            elif name not in TOTALS:
                _subtotal(name, figure, where, guideline, tree)
        for name, total in (("totals.excluding", claim.excluding), ("totals.including", claim.including)):
            found = total if total is not None else next((f for n, _, f in names if n == name), None)
            if found is not None and number(found.text) is not None:
                _total(name, found, where, tree)
    for source, said in lines.totals.items():
        _subtotal(source, said, "计算表合计", guideline, tree)
    _electricity_alone(lines, tree)
    return supplementary


def _rank(claim: Results) -> tuple[int, int]:
    """Result tables of the calculation before those of the conclusion and the cover."""
    return (0 if claim.section.startswith("3") else 1, claim.place.line or claim.place.page or 0)


def _last(figures: tuple[Said, ...]) -> Said | None:
    """The figure in tCO2e: the last number of the row."""
    numeric = [f for f in figures if number(f.text) is not None]
    return numeric[-1] if numeric else None


def _subtotal(name: str, figure: Said, where: str, guideline: Guideline, tree: Tree) -> None:
    known = {s.id for s in guideline.sources} | {s.id for s in guideline.subtotals} | {r.id for r in guideline.rows}
    if name not in known:
        tree.lose(figure, f"指南没有“{name}”这一行")
        return
    former = tree.get(("subtotals", name, "reported"))
    if former is None:
        tree.put(("subtotals", name, "reported"), figure.text.strip(), figure.place)
    note_statement(tree, f"subtotals.{name}", Said(figure.text.strip(), figure.place), where, "tCO2")


def _total(name: str, figure: Said, where: str, tree: Tree) -> None:
    path = ("totals", TOTALS[name], "reported")
    if tree.get(path) is None:
        tree.put(path, figure.text.strip(), figure.place)
    note_statement(tree, name, Said(figure.text.strip(), figure.place), where, "tCO2e")


def _electricity_alone(lines: Lines, tree: Tree) -> None:
    """Purchased energy that is electricity alone is the electricity's subtotal too."""
    sources = {line.source for line in lines.lines if not line.supplementary}
    figure = tree.get(("subtotals", "purchased", "reported"))
    place = tree.places.get(("subtotals", "purchased", "reported"))
    if figure is not None and "electricity" in sources and "heat" not in sources and tree.get(("subtotals", "electricity")) is None:
        tree.put(("subtotals", "electricity", "reported"), figure, place)
