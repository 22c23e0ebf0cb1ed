"""Leakage while making and filling electrical and refrigeration equipment (电气与制冷设备生产)."""

from tanhe.formulas.constants import T_PER_G
from tanhe.formulas.formula import Term, activity, constant, factor, formula

_EL = activity("管道、阀门等环节的泄漏量", "leakage at joints", "t")


@formula(
    "设备生产过程气体泄漏排放", "leakage in equipment production", "tCO2e", "E",
    IB=activity("期初库存量", "opening stock", "t"),
    AC=activity("报告期内购入量", "acquired", "t"),
    IE=activity("期末库存量", "closing stock", "t"),
    DI=activity("向外销售或用于设备的量", "delivered or filled", "t"),
    GWP=constant("该气体的全球变暖潜势", "GWP of the gas", "tCO2e/t"),
)
def stock_balance(IB: Term, AC: Term, IE: Term, DI: Term, GWP: Term) -> Term:
    """E = (IB + AC − IE − DI) × GWP (tCO2e)."""
    return (IB + AC - IE - DI) * GWP


@formula(
    "充注量（无计量表）", "filled amount without meter", "t", "DI",
    MB=activity("充注前容器内质量", "mass before filling", "t"),
    ME=activity("充注后容器内质量", "mass after filling", "t"),
    EL=_EL,
)
def delivered_by_weight(MB: Term, ME: Term, EL: Term) -> Term:
    """DI = MB − ME − EL (t)."""
    return MB - ME - EL


@formula(
    "充注量（有计量表）", "filled amount by meter", "t", "DI",
    MM=activity("计量表示数", "metered fill", "t"), EL=_EL,
)
def delivered_by_meter(MM: Term, EL: Term) -> Term:
    """DI = MM − EL (t)."""
    return MM - EL


@formula(
    "连接处泄漏量", "leakage at joints", "t", "EL",
    CF=activity("充注操作次数", "number of fillings", "次"),
    n=factor("每次连接泄漏的物质的量", "amount leaked per filling", "mol/次"),
    M=constant("气体摩尔质量", "molar mass of the gas", "g/mol"),
)
def joint_leakage(CF: Term, n: Term, M: Term) -> Term:
    """EL = CF × n × M × 10⁻⁶ (t), n = 0.342 mol per operation by default."""
    return CF * n * M * T_PER_G
