"""Which source a calculation row belongs to and which way a flow goes (排放源与方向), by title, units and signs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal

from tanhe.guidelines.model import Guideline, Source
from tanhe.guidelines.supplementary import SOURCES as SUPPLEMENTARY
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.words import fuel_in, role_of, unit_of
from tanhe.reading.claims import Calculation, CalculationRow

OUTWARD: Final = re.compile(r"输出|产出|流出")
INWARD: Final = re.compile(r"输入|投入|流入")
_TITLES: Final[tuple[tuple[str, str], ...]] = (
    (r"碳酸盐", "carbonates"), (r"废水", "wastewater"), (r"焊", "welding"), (r"硝酸", "nitric-acid"), (r"己二酸", "adipic-acid"),
    (r"火炬", "ch4-flare"), (r"CH4.*自用|甲烷.*自用", "ch4-self-use"), (r"CH4.*外供|甲烷.*外供", "ch4-sold"),
    (r"CO2回收|二氧化碳回收", "co2-recovery"), (r"化石燃料|燃料燃烧|燃烧", "combustion"), (r"原材料|原料|碳输入|碳平衡", "raw-material"),
    (r"热力|蒸汽", "heat"), (r"电", "electricity"),
)


def directed(claim: Calculation) -> Calculation:
    """The rows of a carbon balance with their direction: by their words, else by which signs give the printed net."""
    if not claim.rows or _source_id(claim, claim.rows[0]) != "raw-material" or all(r.direction is not None for r in claim.rows):
        return claim
    found: list[Literal["in", "out"] | None] = [r.direction or ("out" if OUTWARD.search(r.item.text) else "in" if INWARD.search(r.item.text) else None)
                                                for r in claim.rows]
    if None in found:
        found = _by_sign(claim) or found
    return replace(claim, rows=tuple(replace(r, direction=d) for r, d in zip(claim.rows, found, strict=True)))


def _by_sign(claim: Calculation) -> list[Literal["in", "out"] | None] | None:
    """The one choice of signs, inputs first, under which the rows add up to the printed total."""
    figures = [p.value for r in claim.rows if (p := number(r.result.text)) is not None]
    total = number(claim.total.text) if claim.total is not None else None
    if total is None or len(figures) != len(claim.rows) or len(figures) > 12:
        return None
    for n in range(1, len(figures) + 1):
        if abs(sum(figures[:n]) - sum(figures[n:]) - total.value) * 100 <= len(figures):
            return ["in" if k < n else "out" for k in range(len(figures))]
    return None


def source_of(claim: Calculation, row: CalculationRow, guideline: Guideline, supplementary: bool) -> Source | None:
    wanted = _source_id(claim, row)
    if supplementary:
        wanted = "feed" if wanted == "raw-material" else wanted
        return next((s for s in SUPPLEMENTARY if s.id == wanted), None)
    known = guideline.source(wanted)
    if known is None and wanted == "co2-recovery":
        known = guideline.source("co2-sold")
    return known


def _source_id(claim: Calculation, row: CalculationRow) -> str:
    if row.direction is not None:
        return "raw-material"
    title = re.sub(r"\s", "", claim.title.replace("₂", "2").replace("₄", "4"))
    units = {str(u) for _, printed, _ in row.inputs if (u := unit_of(printed)) is not None}
    if "tCO2/MWh" in units:
        return "electricity"
    if "tCO2/GJ" in units:
        return "heat"
    roles = {role_of(header, unit_of(printed)) for header, printed, _ in row.inputs}
    special = next((s for pattern, s in _TITLES[:9] if re.search(pattern, title)), None)
    if special is not None and special != "combustion":
        return special
    if "of" in roles or "ncv" in roles:
        return "combustion"
    for words in (title, row.item.text):
        for pattern, source in _TITLES:
            if re.search(pattern, words):
                return source
    return "combustion" if fuel_in(row.item.text) else "other"
