"""CH4 of anaerobic wastewater treatment (工业废水厌氧处理)."""

from tanhe.formulas.constants import CH4_T_PER_KG
from tanhe.formulas.formula import Term, activity, constant, factor, formula, fraction


@formula(
    "工业废水厌氧处理 CH4 排放", "CH4 of anaerobic wastewater", "tCO2e", "E",
    W=activity("厌氧处理的废水量", "wastewater treated anaerobically", "m3"),
    COD_in=activity("进口 COD 浓度", "COD at the inlet", "kgCOD/m3"),
    COD_out=activity("出口 COD 浓度", "COD at the outlet", "kgCOD/m3"),
    S=activity("以污泥方式清除的 COD", "COD removed as sludge", "kgCOD"),
    Bo=factor("甲烷最大生产能力", "maximum CH4 producing capacity", "kgCH4/kgCOD"),
    MCF=fraction("甲烷修正因子", "methane correction factor"),
    GWP=constant("CH4 全球变暖潜势", "GWP of CH4", "tCO2e/tCH4"),
)
def anaerobic(W: Term, COD_in: Term, COD_out: Term, S: Term, Bo: Term, MCF: Term, GWP: Term) -> Term:
    """E = (W × (COD_in − COD_out) − S) × Bo × MCF × 10⁻³ × GWP (tCO2e)."""
    return (W * (COD_in - COD_out) - S) * Bo * MCF * CH4_T_PER_KG * GWP
