"""Any other significant source (其他显著存在的排放源) whose factor is stated."""

from tanhe.formulas.formula import Term, activity, factor, formula


@formula(
    "其他排放源", "other source", "tCO2e|tCO2", "E",
    AD=activity("活动数据", "activity data", "t|1e4Nm3|GJ|MWh"),
    EF=factor("排放因子", "emission factor", "tCO2e/t|tCO2/t|tCO2e/1e4Nm3|tCO2/1e4Nm3|tCO2e/GJ|tCO2/GJ|tCO2e/MWh"),
)
def stated_factor(AD: Term, EF: Term) -> Term:
    """E = AD × EF."""
    return AD * EF
