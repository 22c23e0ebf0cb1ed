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
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.claims import Results, Said

_ROWS: Final[tuple[tuple[str, str], ...]] = (
    (r"补充数据.*(总量|合计)", "supplementary.total"), (r"不包括|不含", "totals.excluding"),
    (r"能源作为原材料产生", "supplementary.feed"), (r"消耗电力对应的排放量", "supplementary.electricity"),
    (r"消耗热力对应的排放量", "supplementary.heat"), (r"包括|包含|总量|总排放|排放合计|^合计|总计", "totals.including"),
    (r"电力.{0,3}热力|热力.{0,3}电力", "purchased"), (r"过程.*n2o|n2o.*过程", "process-n2o"), (r"ch4.*自用|自用量", "ch4-self-use"),
    (r"外供第三方|ch4.*外供", "ch4-sold"), (r"火炬", "ch4-flare"), (r"co2回收|二氧化碳回收", "co2-recovery"),
    (r"碳酸盐", "carbonates"), (r"废水", "wastewater"), (r"焊", "welding"), (r"泄漏|含氟", "equipment-leakage"),
    (r"化石燃料|燃料燃烧", "combustion"), (r"原材料消耗|原料消耗", "raw-material"), (r"工业生产过程|生产过程", "process"), (r"电力|净购电", "electricity"),
    (r"热力", "heat"), (r"其[他它]", "other"),
)
TOTALS: Final = {"totals.excluding": "excluding_purchased_energy", "totals.including": "including_purchased_energy"}
PRODUCT: Final = "甲醇"
"""The product whose supplementary table is known."""


def row_id(label: str) -> str | None:
    """Which subtotal or total a row's label means."""
    folded = fold(label.translate(str.maketrans("₂₄", "24")))
    return next((name for pattern, name in _ROWS if re.search(pattern, folded)), None)


def read_results(claims: Iterable[Results], lines: Lines, guideline: Guideline, tree: Tree, headings: Mapping[str, str]) -> list[Results]:
    """Subtotals and totals of the entity; returns the tables of the supplementary boundary."""
    supplementary: list[Results] = []
    for claim in sorted(claims, key=_rank):
        if claim.about != "entity":
            supplementary.append(claim)
            continue
        where = _where(claim, headings)
        rows = [(row_id(label.text), label, figure) for label, figures in claim.rows if (figure := last(figures)) is not None]
        for name, label, figure in rows:
            if name is None:
                tree.lose(Said(f"{label.text} {figure.text}", figure.place), "汇总表的一行认不出")
            elif name.startswith("supplementary."):
                note_statement(tree, f"supplementary.{PRODUCT}.total", figure, where, _unit(label.text, "tCO2"))
            elif name not in TOTALS:
                _subtotal(name, figure, where, guideline, tree)
        for name, total in (("totals.excluding", claim.excluding), ("totals.including", claim.including)):
            found = next(((f, label.text) for n, label, f in rows if n == name), None)
            figure_ = total if total is not None else found[0] if found else None
            if figure_ is not None and number(figure_.text) is not None:
                _total(name, figure_, where, _unit(found[1] if found else "", "tCO2e"), tree)
    for source, said in lines.totals.items():
        _subtotal(source, said, "计算表合计", guideline, tree)
    _electricity_alone(lines, tree)
    return supplementary


def _rank(claim: Results) -> tuple[int, int]:
    """Result tables of the calculation before those of the conclusion and the cover."""
    return (0 if claim.section.startswith("3") else 1, claim.place.line or claim.place.page or 0)


def _where(claim: Results, headings: Mapping[str, str]) -> str:
    return squeeze(" ".join(x for x in (claim.section, claim.title or headings.get(claim.section, "")) if x))[:60]


def _unit(label: str, usual: str) -> str:
    """The unit in a label; totals in ten thousand tonnes say so."""
    return f"万{usual}" if re.search(r"万\s*(吨|t)", label) else usual


def last(figures: tuple[Said, ...]) -> Said | None:
    """The figure in tCO2e: the last number of the row."""
    numeric = [f for f in figures if number(f.text) is not None]
    return numeric[-1] if numeric else None


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
