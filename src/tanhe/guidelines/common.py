"""Sources that every guideline of 2013–2015 shares (各指南共有的排放源): combustion, electricity, heat."""

from __future__ import annotations

from types import MappingProxyType

from tanhe.formulas import carbonates, combustion, electricity, heat
from tanhe.guidelines.model import LibraryKey, Source

GWP_CH4 = LibraryKey("gwp", "CH4", "tCO2e/tCH4")
GWP_N2O = LibraryKey("gwp", "N2O", "tCO2e/tN2O")


def combustion_source(clause: str, grade: str) -> Source:
    """化石燃料燃烧: carbon form, heat form, or the fossil share of a mixed fuel."""
    methods = (combustion.heat_form, combustion.carbon_form, combustion.mixed_fuel)
    defaults = MappingProxyType({s: LibraryKey("fuel", s) for s in ("NCV", "CC", "OF")})
    return Source("combustion", "化石燃料燃烧", "fossil fuel combustion", methods, clause=clause, grade=grade,
                  defaults=defaults)


def biomass_source() -> Source:
    """生物质燃料燃烧: computed and shown apart, never in a total."""
    return Source("biomass", "生物质燃料燃烧（单列，不计入总量）", "biomass combustion, shown apart",
                  (combustion.heat_form, combustion.carbon_form), memo=True, clause="生物质", grade="A")


def carbonate_source(clause: str, grade: str) -> Source:
    """碳酸盐使用过程."""
    return Source("carbonates", "碳酸盐使用过程", "carbonate use", (carbonates.carbonate_use,), clause=clause, grade=grade)


def electricity_source(clause: str, grade: str) -> Source:
    """净购入电力."""
    methods = (electricity.net_electricity, electricity.purchased_less_exported)
    return Source("electricity", "净购入电力", "net purchased electricity", methods, purchased=True, clause=clause,
                  grade=grade)


def heat_source(clause: str, grade: str) -> Source:
    """净购入热力; factor 0.11 tCO2/GJ when the supplier gives none."""
    methods = (heat.net_heat, heat.purchased_less_exported)
    return Source("heat", "净购入热力", "net purchased heat", methods, purchased=True, clause=clause, grade=grade,
                  defaults=MappingProxyType({"EF": LibraryKey("heat", "heat_default")}))
