"""Recovered and abated gases (回收与减排): no more than was generated, shares that can be."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.amounts import ZERO, evaluation, shown, signed, symbol
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, not_run, review
from tanhe.messages import text
from tanhe.quantity.rounding import half_up

RECOVERED = frozenset({"ch4-self-use", "ch4-sold", "ch4-flare"})


@check("PLA007", Family.PLAUSIBILITY, "material", needs=("lines",), covers=("N6",), clause="CH4回收与销毁量不大于产生量（A级）")
def methane_recovered(c: Context) -> Iterator[Result]:
    """CH4回收销毁量不大于产生量 | no more CH4 recovered than generated"""
    taken = [x for x in c.inventory.lines if x.source.id in RECOVERED and signed(x)]
    made = [x for x in c.inventory.lines if x.source.gas == "CH4" and x.source.sign > 0]
    if not taken:
        yield not_applicable(text("没有CH4回收或销毁", "no CH4 is recovered"))
        return
    if any(signed(x) is None for x in made):
        yield not_run(text("CH4产生量没有数值", "the CH4 generated has no value"))
        return
    generated = sum((signed(x) or ZERO for x in made), ZERO)
    recovered = -sum((signed(x) or ZERO for x in taken), ZERO)
    if recovered > generated:
        yield fail(text(
            f"CH4回收与销毁合计 {shown(recovered)} tCO2e，产生量只有 {shown(generated)} tCO2e；影响按把扣除限于产生量计算。"
            "核对沼气流量、甲烷浓度，废水量与COD，或补列产生源",
            f"CH4 recovered and destroyed {shown(recovered)} tCO2e, generated only {shown(generated)} tCO2e. "
            "The effect limits the deduction to what is generated; "
            "check gas flow, methane share, water and COD, or add the missing source"),
            "ch4", [x.place for x in (*made, *taken) if x.place is not None], effect=effect(half_up(recovered - generated, 2)))


@check("PLA008", Family.PLAUSIBILITY, "material", needs=("lines",), covers=("N7",), clause="尾气去除率与设备使用率之积小于1（A级：不可能全部去除）")
def abatement(c: Context) -> Iterator[Result]:
    """去除率与使用率可信 | abatement and use rates are possible"""
    checked = False
    for line in c.inventory.lines:
        given = evaluation(line)
        eta, use = symbol(given, "ETA"), symbol(given, "MU")
        where = (line.place,) if line.place else c.place("lines")
        refused = [m for m in (given.missing if given is not None else ()) if "（ETA）" in m or "（MU）" in m]
        if refused:
            checked = True
            yield fail(text(f"{line.item}：{'；'.join(refused)}", f"{line.item}: {'; '.join(refused)}"), line.id, where)
        elif eta is not None and use is not None:
            checked = True
            if eta.value * use.value == 1:
                yield review(text(f"{line.item}：去除率 {eta.value} 与使用率 {use.value} 之积为1，等于全年没有排放；核对检修停用时间和检测报告",
                                  f"{line.item}: abatement {eta.value} times use {use.value} is 1, no emission "
                                  "all year; check down time and test reports"),
                             line.id, where)
    for name, result in c.inventory.data.items():
        hours, year = symbol(result.evaluation, "H_ab"), symbol(result.evaluation, "H")
        if hours is not None and year is not None:
            checked = True
            if hours.value > year.value:
                yield fail(text(f"{result.datum.item}：处理设备运行 {hours.value} h，多于生产装置 {year.value} h；核对运行记录",
                                f"{result.datum.item}: abatement ran {hours.value} h, longer than the plant's "
                                f"{year.value} h; check the logs"),
                           name, c.place("data", name))
    if not checked:
        yield not_applicable(text("没有尾气处理", "no abatement"))
