"""Carbon balance of raw materials (原材料碳平衡): carbon in feeds less carbon in products and wastes."""

from tanhe.formulas.constants import CO2_PER_C
from tanhe.formulas.formula import Term, activity, factor, formula


@formula(
    "碳流量折二氧化碳", "carbon flow as CO2", "tCO2", "C",
    AD=activity("原料投入量或产品产出量", "feed or product amount", "t|1e4Nm3"),
    CC=factor("含碳量", "carbon content", "tC/t|tC/1e4Nm3"),
)
def carbon_flow(AD: Term, CC: Term) -> Term:
    """C = AD × CC × 44/12 (tCO2); feeds count plus, products and other outputs minus. No oxidation factor."""
    return AD * CC * CO2_PER_C
