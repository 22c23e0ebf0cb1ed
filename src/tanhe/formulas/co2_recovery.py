"""CO2 recovered (CO2 回收利用): sold, or used in the plant as raw material."""

from tanhe.formulas.formula import Term, activity, constant, formula, fraction


@formula(
    "CO2 回收利用量", "CO2 recovered", "tCO2", "R",
    Q=activity("回收的 CO2 气体量", "recovered CO2 gas", "1e4Nm3"),
    PUR=fraction("CO2 体积浓度", "CO2 volume fraction", role="activity"),
    RHO=constant("CO2 密度", "density of CO2", "tCO2/1e4Nm3"),
)
def recovered(Q: Term, PUR: Term, RHO: Term) -> Term:
    """R = Q × PUR × 19.7 (tCO2)."""
    return Q * PUR * RHO
