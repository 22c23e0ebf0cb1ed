"""CO2-shielded welding (二氧化碳气体保护焊)."""

from tanhe.formulas.expression import dot
from tanhe.formulas.formula import Term, activity, constant, formula, fraction


@formula(
    "二氧化碳气体保护焊排放", "CO2-shielded welding", "tCO2", "E",
    P=fraction("混合气中 CO2 体积分数", "volume fraction of CO2 in the mixture", role="activity"),
    IB=activity("保护气期初库存量", "opening stock of shielding gas", "t"),
    AC=activity("保护气购入量", "shielding gas acquired", "t"),
    IE=activity("保护气期末库存量", "closing stock of shielding gas", "t"),
    DI=activity("保护气向外销售量", "shielding gas delivered", "t"),
    Pj=fraction("混合气中各气体的体积分数", "volume fraction of each gas", role="activity", many=True),
    Mj=constant("混合气中各气体的摩尔质量", "molar mass of each gas", "kg/kmol").as_series(),
    M_CO2=constant("CO2 摩尔质量", "molar mass of CO2", "kgCO2/kmol"),
)
def shielding_gas(
    P: Term, IB: Term, AC: Term, IE: Term, DI: Term, Pj: Term, Mj: Term, M_CO2: Term
) -> Term:
    """E = P × (IB + AC − IE − DI) ÷ Σ(Pj × Mj) × 44 (tCO2)."""
    return P * (IB + AC - IE - DI) / dot(Pj, Mj) * M_CO2
