"""Formulas of the supplementary data tables (补充数据表)."""

from tanhe.formulas.expression import dot, total
from tanhe.formulas.formula import Term, activity, constant, factor, formula


@formula(
    "自备锅炉供热排放因子", "heat factor of the own boiler", "tCO2/GJ", "EF",
    E=activity("锅炉排放量", "boiler emission", "tCO2"),
    Q=activity("锅炉供热量", "heat supplied", "GJ"),
)
def boiler_heat_factor(E: Term, Q: Term) -> Term:
    """EF = boiler emission ÷ heat supplied (tCO2/GJ)."""
    return E / Q


@formula(
    "按来源加权的电力排放因子", "electricity factor weighted by source", "tCO2/MWh", "EF",
    AD=activity("各来源电量", "electricity by source", "MWh", many=True),
    EF=factor("各来源排放因子", "factor by source", "tCO2/MWh", many=True),
)
def weighted_electricity_factor(AD: Term, EF: Term) -> Term:
    """EF = Σ(AD × EF) ÷ Σ AD (tCO2/MWh)."""
    return dot(AD, EF) / total(AD)


@formula(
    "按来源加权的热力排放因子", "heat factor weighted by source", "tCO2/GJ", "EF",
    AD=activity("各来源热量", "heat by source", "GJ", many=True),
    EF=factor("各来源排放因子", "factor by source", "tCO2/GJ", many=True),
)
def weighted_heat_factor(AD: Term, EF: Term) -> Term:
    """EF = Σ(AD × EF) ÷ Σ AD (tCO2/GJ)."""
    return dot(AD, EF) / total(AD)


@formula(
    "合成氨联产甲醇的分摊比例", "methanol's share of an ammonia co-production", "1", "s",
    M=activity("粗甲醇产量（折100%）", "crude methanol", "t"),
    A=activity("合成氨产量", "ammonia", "t"),
    r=constant("甲醇对氨的分摊系数", "weight of methanol against ammonia", "1"),
)
def coproduction_share(M: Term, A: Term, r: Term) -> Term:
    """s = M·r ÷ (A + M·r); r is 1.06 for feed, heat and other carbon outputs, 0.8 for electricity."""
    return M * r / (A + M * r)


_PART = constant("分摊比例", "share", "1")


@formula(
    "分摊后的原料或产品量", "allocated amount", "t", "AD",
    AD=activity("共用量", "shared amount", "t"), s=_PART,
)
def allocated_mass(AD: Term, s: Term) -> Term:
    """AD × s (t)."""
    return AD * s


@formula(
    "分摊后的电量", "allocated electricity", "MWh", "AD",
    AD=activity("共用电量", "shared electricity", "MWh"), s=_PART,
)
def allocated_electricity(AD: Term, s: Term) -> Term:
    """AD × s (MWh)."""
    return AD * s


@formula(
    "分摊后的热量", "allocated heat", "GJ", "AD",
    AD=activity("共用热量", "shared heat", "GJ"), s=_PART,
)
def allocated_heat(AD: Term, s: Term) -> Term:
    """AD × s (GJ)."""
    return AD * s
