"""Net purchased heat (净购入热力), and steam and hot water turned into GJ."""

from tanhe.formulas.constants import GJ_PER_T_KJ_PER_KG
from tanhe.formulas.formula import Term, activity, constant, factor, formula

_EF = factor("热力排放因子", "heat emission factor", "tCO2/GJ")


@formula(
    "净购入热力隐含排放", "net purchased heat", "tCO2", "E",
    AD=activity("净购入热量", "net purchased heat", "GJ"), EF=_EF,
)
def net_heat(AD: Term, EF: Term) -> Term:
    """E = AD × EF (tCO2)."""
    return AD * EF


@formula(
    "净购入热力隐含排放（购入减外供）", "purchased less exported heat", "tCO2", "E",
    AD_in=activity("购入热量", "purchased heat", "GJ"),
    AD_out=activity("外供热量", "exported heat", "GJ"), EF=_EF,
)
def purchased_less_exported(AD_in: Term, AD_out: Term, EF: Term) -> Term:
    """E = (AD_in − AD_out) × EF (tCO2)."""
    return (AD_in - AD_out) * EF


@formula(
    "蒸汽热量", "heat of steam", "GJ", "AD",
    Ma=activity("蒸汽质量", "mass of steam", "t"),
    En=factor("蒸汽热焓", "enthalpy of the steam", "kJ/kg"),
    En_0=constant("给水基准热焓", "reference enthalpy", "kJ/kg"),
)
def steam(Ma: Term, En: Term, En_0: Term) -> Term:
    """AD = Ma × (En − 83.74) × 10⁻³ (GJ)."""
    return Ma * (En - En_0) * GJ_PER_T_KJ_PER_KG


@formula(
    "热水热量", "heat of hot water", "GJ", "AD",
    Ma=activity("热水质量", "mass of hot water", "t"),
    T=activity("热水温度", "temperature of the water", "K"),
    T_0=constant("基准水温", "reference temperature", "K"),
    c=constant("水的比热", "specific heat of water", "kJ/(kg·K)"),
)
def hot_water(Ma: Term, T: Term, T_0: Term, c: Term) -> Term:
    """AD = Ma × (T − 20) × 4.1868 × 10⁻³ (GJ)."""
    return Ma * (T - T_0) * c * GJ_PER_T_KJ_PER_KG
