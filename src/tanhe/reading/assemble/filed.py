"""Filed beside verified figures (填报值与核查值): which of them a dossier's reported side takes.

Where a table has a column of filed figures, those are the reported ones and a dash there says that nothing was filed.
That holds only if the filed figures of the lines are printed too; else lines and totals would not belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from tanhe.factors.names import fold
from tanhe.guidelines.model import Guideline
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.lines import Line, Lines
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


def row_id(label: str) -> str | None:
    """Which subtotal or total a row's label means."""
    folded = fold(label.translate(str.maketrans("₂₄", "24")))
    return next((name for pattern, name in _ROWS if re.search(pattern, folded)), None)


def last(figures: tuple[Said, ...]) -> Said | None:
    """The figure in tCO2e: the last number of the row."""
    numeric = [f for f in figures if number(f.text) is not None]
    return numeric[-1] if numeric else None


def figures_of(claim: Results, filed: bool) -> Iterator[tuple[Said, Said]]:
    """Label and figure of every row: the filed one where these count, else the last that is not the filed one."""
    for n, (label, figures) in enumerate(claim.rows):
        own = claim.filed[n] if claim.filed else None
        found = own if claim.filed and filed else last(tuple(f for f in figures if f != own)) or last(figures)
        if found is not None:
            yield label, found


def others_of(claim: Results, filed: bool) -> Iterator[tuple[Said, Said]]:
    """Label and figure of the side not taken, where a row has both."""
    for own, (label, figures) in zip(claim.filed, claim.rows, strict=bool(claim.filed)):
        verified = last(tuple(f for f in figures if f != own))
        if own is not None and verified is not None:
            yield label, verified if filed else own


def by_line(lines: Lines, of_lines: Iterable[Results]) -> bool:
    """Whether the filed figure of every emission line is told, so that the filed totals can be taken with them.

    A table of the differences lists only the lines whose two figures differ; the others were filed as they are.
    """
    given = list(of_lines)
    told = {fold(label.text.replace("：", ":").partition(":")[2]) for c in given for label, _ in c.rows}
    own = {fold(x.item.text) for x in lines.lines if not x.supplementary}
    return bool(told) and (told >= own or (told <= own and any("差异" in c.title for c in given)))


def agrees(lines: Lines, claims: Iterable[Results]) -> bool:
    """Whether a table's filed figures are the sums of the lines as read, source by source: then its dashes count too."""
    sums: dict[str, Decimal] = {}
    for line in lines.lines:
        if not line.supplementary and (printed := number(line.reported.text)) is not None:
            sums[line.source] = sums.get(line.source, Decimal(0)) + (-printed.value if line.direction == "out" else printed.value)
    return bool(sums) and any(_sums_up(claim, sums) for claim in claims if claim.about == "entity" and claim.filed)


def _sums_up(claim: Results, sums: Mapping[str, Decimal]) -> bool:
    """Whether the table names every source with its sum, as filed, to the last digit printed."""
    filed: dict[str | None, Decimal] = {}
    for own, (label, _) in zip(claim.filed, claim.rows, strict=True):
        if own is not None and (printed := number(own.text)) is not None:
            filed.setdefault(row_id(label.text), printed.value)
    if "heat" not in sums and "electricity" in sums and "electricity" not in filed and "purchased" in filed:
        filed["electricity"] = filed["purchased"]
    return all(source in filed and filed[source] == total for source, total in sums.items())


def file_lines(lines: Lines, of_lines: Iterable[Results]) -> None:
    """Give each line the figure filed for its source and item."""
    for claim in of_lines:
        for label, figures in claim.rows:
            if number(figures[0].text) is None:
                continue
            source, _, item = label.text.replace("：", ":").partition(":")
            found = _line(lines, row_id(source), item)
            if found is not None:
                found.reported = figures[0]


def _line(lines: Lines, source: str | None, item: str) -> Line | None:
    own = [x for x in lines.lines if not x.supplementary and fold(x.item.text) == fold(item)]
    same = [x for x in own if x.source == source] or (own if len(own) == 1 else [])
    return same[0] if len(same) == 1 else None


def not_filed(claims: Iterable[Results], guideline: Guideline) -> frozenset[str]:
    """Subtotals that a table names by the guideline's own words and leaves open under the filed figures."""
    names = {fold(s.zh): s.id for s in guideline.subtotals}
    found: set[str] = set()
    for claim in claims:
        if claim.about == "entity" and claim.filed:
            found |= {names[fold(label.text)] for own, (label, _) in zip(claim.filed, claim.rows, strict=True) if own is None and fold(label.text) in names}
    return frozenset(found)
