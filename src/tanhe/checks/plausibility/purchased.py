"""Purchased energy and money (外购能源因子与经营数据): values that stand in an order of size."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.amounts import ZERO, evaluation, shown, symbol
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.messages import text
from tanhe.quantity.rounding import half_up

BANDS = {"electricity": ("electricity.factor.min", "electricity.factor.max"), "heat": ("heat.factor.min", "heat.factor.max")}
ORDER = (
    ("fixed_assets", "total_assets", "固定资产", "资产总额", "fixed assets", "total assets"),
    ("value_added", "gross_output", "工业增加值", "工业总产值", "value added", "gross output"),
    ("profit", "revenue", "利润", "营业收入", "profit", "revenue"),
)


@check("PLA026", Family.PLAUSIBILITY, "material", needs=("lines",),
       clause="外购电力、热力排放因子的物理与统计范围（C级，可改）")
def purchased_factor(c: Context) -> Iterator[Result]:
    """外购电力、热力的排放因子在合理范围 | factors of purchased electricity and heat in their bands"""
    checked = False
    tables = [line for t in c.inventory.supplementary for line in t.lines]
    for line in (*c.inventory.lines, *tables):
        factor, band = symbol(evaluation(line), "EF"), BANDS.get(line.source.id)
        if factor is None or band is None:
            continue
        checked = True
        low, high = (c.policy.number(key) for key in band)
        if not factor.value or low <= factor.value <= high:
            continue
        amount, bound = symbol(evaluation(line), "AD"), low if factor.value < low else high
        span = effect(half_up(amount.value * (bound - factor.value), 2)) if amount is not None else None
        yield review(text(
            f"{line.item}的排放因子 {factor.value} {factor.unit.zh}，通常 {low}–{high}；影响为改到最近界限的差额。核对出处、年份和单位（kWh 与 "
            "MWh、MJ 与 GJ）",
            f"{line.item}: factor {factor.value} {factor.unit}, usually {low}–{high}. The effect moves it to "
            "the nearer bound; "
            "check source, year and unit (kWh or MWh, MJ or GJ)"),
            line.id, (factor.place,) if factor.place else c.place("lines"), effect=span)
    if not checked:
        yield not_applicable(text("没有外购电力和热力", "no purchased electricity or heat"))


@check("PLA027", Family.PLAUSIBILITY, "minor", needs=("economics",), covers=("A21",), clause="财务与统计指标之间的大小关系（A级）")
def money_in_order(c: Context) -> Iterator[Result]:
    """经营数据的大小关系成立 | economic figures stand in their order"""
    checked = False
    for n, row in enumerate(c.dossier.economics):
        for small, large, small_zh, large_zh, small_en, large_en in ORDER:
            part, whole = getattr(row, small), getattr(row, large)
            if part is None or whole is None:
                continue
            checked = True
            if part > whole > ZERO:
                yield fail(text(f"{row.year} 年{small_zh} {part} 大于{large_zh} {whole}，多 {shown(part - whole)}；"
                                "核对财务和统计报表",
                                f"{row.year}: {small_en} {part} exceed {large_en} {whole} by "
                                f"{shown(part - whole)}; look at the accounts"),
                           f"economics/{row.year}/{small}", (*c.place("economics", n, small), *c.place("economics", n, large)))
    if not checked:
        yield not_applicable(text("没有可比较的经营数据", "no economic figures to compare"))
