"""Combustion of fossil fuels (化石燃料燃烧).

Two forms of one equation: with the carbon content of the fuel (化工、工业其他 guidelines, 含碳量), or with net
calorific value and carbon per unit heat. The machinery guideline counts NCV as activity data; the arithmetic is
the same.
"""

from tanhe.formulas.constants import CO2_PER_C
from tanhe.formulas.formula import Term, activity, factor, formula, fraction

_AD = activity("化石燃料消费量", "fuel consumption", "t|1e4Nm3")
_NCV = factor("低位发热量", "net calorific value", "GJ/t|GJ/1e4Nm3")
_CCPE = factor("单位热值含碳量", "carbon content per unit heat", "tC/GJ")
_CC = factor("含碳量", "carbon content", "tC/t|tC/1e4Nm3")
_OF = fraction("碳氧化率", "oxidation factor")
_BIO = fraction("生物质份额", "biomass share", role="activity")


@formula("燃料燃烧排放（含碳量法）", "combustion, carbon form", "tCO2", "E", AD=_AD, CC=_CC, OF=_OF)
def carbon_form(AD: Term, CC: Term, OF: Term) -> Term:
    """E = AD × CC × OF × 44/12 (tCO2), CC measured or stated."""
    return AD * CC * OF * CO2_PER_C


@formula("燃料燃烧排放（热值法）", "combustion, heat form", "tCO2", "E", AD=_AD, NCV=_NCV, CC=_CCPE, OF=_OF)
def heat_form(AD: Term, NCV: Term, CC: Term, OF: Term) -> Term:
    """E = AD × NCV × CC × OF × 44/12 (tCO2), CC being carbon per unit heat."""
    return AD * NCV * CC * OF * CO2_PER_C


@formula(
    "混合燃料中化石部分的燃烧排放", "combustion of a mixed fuel, fossil share", "tCO2", "E",
    AD=_AD, NCV=_NCV, CC=_CCPE, OF=_OF, BIO=_BIO,
)
def mixed_fuel(AD: Term, NCV: Term, CC: Term, OF: Term, BIO: Term) -> Term:
    """E = AD × NCV × CC × OF × (1 − BIO) × 44/12: only the fossil share counts."""
    return AD * NCV * CC * OF * (1 - BIO) * CO2_PER_C


@formula("含碳量", "carbon content", "tC/t|tC/1e4Nm3", "CC", NCV=_NCV, CC=_CCPE)
def carbon_content(NCV: Term, CC: Term) -> Term:
    """Carbon content = NCV × carbon per unit heat."""
    return NCV * CC
