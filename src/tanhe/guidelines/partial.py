"""Guidelines known by name only (只知名称的核算指南): the sources that every guideline of the series shares, no others.

A report under such a guideline can be recomputed in its combustion, electricity and heat; whatever else it counts
is shown and not recomputed, and every result says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from tanhe.factors.library import library
from tanhe.formulas import other
from tanhe.formulas.expression import Symbol
from tanhe.guidelines.common import biomass_source, combustion_source, electricity_source, heat_source
from tanhe.guidelines.model import Guideline, ResultRow, Source, Subtotal
from tanhe.quantity.rounding import NDRC

SOURCES: Final = (
    combustion_source("化石燃料燃烧", "C"),
    Source("other", "其他排放源（本指南特有，公式未实现）", "other sources (this guideline's own, not implemented)",
           (other.stated_factor,), clause="其他", grade="C"),
    electricity_source("净购入电力", "C"),
    replace(heat_source("净购入热力", "C"), defaults=MappingProxyType({})),
    biomass_source(),
)

ROWS: Final = (
    ResultRow("combustion", "化石燃料燃烧CO2排放", ("combustion",)),
    ResultRow("other", "其他排放源", ("other",), gas=""),
    ResultRow("electricity", "净购入电力隐含的CO2排放", ("electricity",)),
    ResultRow("heat", "净购入热力隐含的CO2排放", ("heat",)),
)

SUBTOTALS: Final = (
    Subtotal("combustion", "化石燃料燃烧", ("combustion",)),
    Subtotal("purchased", "净购入电力和热力", ("electricity", "heat")),
)

STATUS: Final = "本指南尚未实现：只按各指南共有的公式复算化石燃料燃烧、净购入电力和净购入热力，其余排放源只列出、不复算"


@lru_cache(maxsize=64)
def partial(guideline_id: str) -> Guideline | None:
    """The shared part of a guideline that the factor library knows by name; None for an unknown id."""
    named = library().guidelines.get(guideline_id)
    if named is None:
        return None
    year = next((int(part[:4]) for part in (named.issued, named.valid_from) if part[:4].isdigit()), 0)
    return Guideline(
        id=named.id, title=named.title, short=named.title.split("企业温室气体")[0].removeprefix("中国"),
        number=named.document_number, year=year, sources=SOURCES, rows=ROWS, subtotals=SUBTOTALS,
        result="E_GHG",
        equation=Symbol("E_燃烧") + Symbol("E_其他") + Symbol("E_净电") + Symbol("E_净热"),
        symbols=MappingProxyType({
            "E_GHG": "企业温室气体排放总量（tCO2e）", "E_燃烧": "化石燃料燃烧的CO2排放量（tCO2）",
            "E_其他": "本指南特有的其他排放（tCO2e）", "E_净电": "净购入电力隐含的CO2排放量（tCO2）",
            "E_净热": "净购入热力隐含的CO2排放量（tCO2）",
        }),
        rounding=NDRC, gwp_set="SAR", grade="C", status=STATUS, partial=True,
    )
