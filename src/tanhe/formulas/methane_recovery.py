"""CH4 recovered, sold or flared (CH4 回收与销毁); deducted from the wastewater emission."""

from tanhe.formulas.constants import CH4_T_PER_KG
from tanhe.formulas.formula import Term, activity, constant, factor, formula, fraction

_Q = activity("回收的 CH4 气体量", "recovered gas", "1e4Nm3")
_PUR = fraction("CH4 体积浓度", "CH4 volume fraction", role="activity")
_RHO = constant("CH4 密度", "density of CH4", "tCH4/1e4Nm3")
_GWP = constant("CH4 全球变暖潜势", "GWP of CH4", "tCO2e/tCH4")


@formula(
    "CH4 回收自用量", "CH4 recovered for own use", "tCO2e", "R",
    ETA=fraction("CH4 氧化系数", "oxidation of CH4"), Q=_Q, PUR=_PUR, RHO=_RHO, GWP=_GWP,
)
def self_use(ETA: Term, Q: Term, PUR: Term, RHO: Term, GWP: Term) -> Term:
    """R = η × Q × PUR × 7.17 × GWP (tCO2e)."""
    return ETA * Q * PUR * RHO * GWP


@formula("CH4 回收外供量", "CH4 recovered and sold", "tCO2e", "R", Q=_Q, PUR=_PUR, RHO=_RHO, GWP=_GWP)
def sold(Q: Term, PUR: Term, RHO: Term, GWP: Term) -> Term:
    """R = Q × PUR × 7.17 × GWP (tCO2e)."""
    return Q * PUR * RHO * GWP


@formula(
    "CH4 火炬销毁量", "CH4 destroyed by flaring", "tCO2e", "R",
    ETA=fraction("CH4 销毁效率", "destruction efficiency"),
    FR=activity("进入火炬的气体流量", "gas flow to the flare", "Nm3/h"),
    H=activity("火炬运行时间", "flare hours", "h"),
    V=fraction("CH4 体积浓度", "CH4 volume fraction", role="activity"),
    Vm=constant("标准状况摩尔体积", "molar volume", "Nm3/kmol"),
    M=constant("CH4 摩尔质量", "molar mass of CH4", "kgCH4/kmol"),
    GWP=_GWP,
)
def flared(ETA: Term, FR: Term, H: Term, V: Term, Vm: Term, M: Term, GWP: Term) -> Term:
    """R = η × FR × H × V ÷ 22.4 × 16 × 10⁻³ × GWP (tCO2e)."""
    return ETA * FR * H * V / Vm * M * CH4_T_PER_KG * GWP


@formula(
    "CH4 质量", "CH4 mass from volume", "tCH4", "m", Q=_Q, PUR=_PUR,
    RHO=factor("CH4 密度", "density of CH4", "tCH4/1e4Nm3"),
)
def mass(Q: Term, PUR: Term, RHO: Term) -> Term:
    """m = Q × PUR × 7.17 (t CH4)."""
    return Q * PUR * RHO
