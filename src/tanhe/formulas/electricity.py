"""Net purchased electricity (净购入电力)."""

from tanhe.formulas.formula import Term, activity, factor, formula

_EF = factor("电力排放因子", "electricity emission factor", "tCO2/MWh")


@formula(
    "净购入电力隐含排放", "net purchased electricity", "tCO2", "E",
    AD=activity("净购入电量", "net purchased electricity", "MWh"), EF=_EF,
)
def net_electricity(AD: Term, EF: Term) -> Term:
    """E = AD × EF (tCO2); a net export gives a negative value."""
    return AD * EF


@formula(
    "净购入电力隐含排放（购入减外供）", "purchased less exported electricity", "tCO2", "E",
    AD_in=activity("购入电量", "purchased electricity", "MWh"),
    AD_out=activity("外供电量", "exported electricity", "MWh"), EF=_EF,
)
def purchased_less_exported(AD_in: Term, AD_out: Term, EF: Term) -> Term:
    """E = (AD_in − AD_out) × EF (tCO2)."""
    return (AD_in - AD_out) * EF
