"""Use of carbonates (碳酸盐使用过程): raw material, flux, desulphuriser."""

from tanhe.formulas.formula import Term, activity, factor, formula, fraction


@formula(
    "碳酸盐使用过程排放", "carbonate use", "tCO2", "E",
    AD=activity("碳酸盐消费量", "carbonate consumption", "t"),
    EF=factor("碳酸盐排放因子", "carbonate emission factor", "tCO2/t"),
    PUR=fraction("碳酸盐纯度", "purity"),
)
def carbonate_use(AD: Term, EF: Term, PUR: Term) -> Term:
    """E = AD × EF × PUR (tCO2)."""
    return AD * EF * PUR
