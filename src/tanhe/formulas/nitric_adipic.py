"""N2O from nitric acid and adipic acid production (硝酸、己二酸生产)."""

from tanhe.formulas.constants import N2O_T_PER_KG
from tanhe.formulas.formula import Term, activity, constant, factor, formula, fraction

_GWP = constant("N2O 全球变暖潜势", "GWP of N2O", "tCO2e/tN2O")


@formula(
    "硝酸或己二酸生产的 N2O 排放", "N2O of nitric or adipic acid", "tCO2e", "E",
    AD=activity("产量", "acid production", "t"),
    EF=factor("N2O 生成因子", "N2O generation factor", "kgN2O/t"),
    ETA=fraction("尾气处理设备 N2O 去除率", "abatement rate"),
    MU=fraction("尾气处理设备使用率", "use rate of the abatement", role="activity"),
    GWP=_GWP,
)
def acid_n2o(AD: Term, EF: Term, ETA: Term, MU: Term, GWP: Term) -> Term:
    """E = AD × EF × (1 − η·μ) × 10⁻³ × GWP (tCO2e)."""
    return AD * EF * (1 - ETA * MU) * N2O_T_PER_KG * GWP


@formula(
    "尾气处理设备使用率", "use rate of the abatement", "1", "MU",
    H_ab=activity("尾气处理设备运行时间", "abatement run hours", "h"),
    H=activity("生产装置运行时间", "production hours", "h"),
)
def use_rate(H_ab: Term, H: Term) -> Term:
    """μ = run hours of the abatement ÷ run hours of production."""
    return H_ab / H
