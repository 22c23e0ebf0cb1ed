"""Steam enthalpy (蒸汽焓): against the guideline's table and IF97, with the method named, by month."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.amounts import percent, value
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import unit

YEARLY = re.compile(r"全年平均|年平均|年均|annual mean|yearly mean", re.I)
ENTHALPY = unit("kJ/kg")


@check("PLA017", Family.PLAUSIBILITY, "minor", needs=("data",), covers=("F16",),
       clause="核算指南附录蒸汽焓表（表2.4、表2.5，A级）；IAPWS-IF97")
def enthalpy_of_steam(c: Context) -> Iterator[Result]:
    """蒸汽焓值与焓表或IF97相符 | steam enthalpy agrees with the table or IF97"""
    claimed = {k: d for k, d in c.dossier.data.items() if d.library is not None and d.library.table == "steam"}
    if not claimed:
        yield not_applicable(text("没有蒸汽焓值", "no steam enthalpy"))
    tolerance = c.policy.number("steam.tolerance") / 100
    for name, datum in claimed.items():
        result, own = c.inventory.data[name], value(c, name)
        if own is None or not datum.unit.fits(ENTHALPY):
            continue
        if not result.readings:
            yield not_run(text(f"{datum.item}没有可查的压力和温度", f"{datum.item}: no pressure and temperature to look up"))
            continue
        given = scale(own, datum.unit.factor_to(ENTHALPY))
        gaps = [(r, given / r.value - 1) for r in result.readings]
        if any(abs(gap) <= tolerance for _, gap in gaps):
            continue
        state = f"{datum.library.pressure} MPa、{datum.library.temperature or '饱和'} ℃" if datum.library else ""
        listed = "；".join(f"{r.method} {r.value}（{percent(gap)}）" for r, gap in gaps)
        yield fail(text(
            f"{datum.item}为 {own} {datum.unit.zh}，{state}的参照值为 {listed}；核对压力是否为绝对压力、温度、单位（kcal/kg）和查表方法",
            f"{datum.item} is {own} {datum.unit}; at that pressure and temperature: {listed}. Check absolute "
            "pressure, temperature, unit and method"),
            name, c.place("data", name, "reported"), severity="material" if all(abs(g) > 5 * tolerance for _, g in gaps) else "minor")


@check("PLA018", Family.PLAUSIBILITY, "note", needs=("data",), covers=("F18",),
       clause="蒸汽状态逐月变化时，焓值宜逐月取值（C级）")
def enthalpy_by_month(c: Context) -> Iterator[Result]:
    """焓值用全年平均温度压力 | enthalpy at the yearly mean of temperature and pressure"""
    steam = {k: d for k, d in c.dossier.data.items() if d.library is not None and d.library.table == "steam"}
    if not steam:
        yield not_applicable(text("没有蒸汽焓值", "no steam enthalpy"))
    for name, datum in steam.items():
        if any(YEARLY.search(words) for words in (datum.note, datum.method, datum.source)):
            yield review(text(f"{datum.item}按全年平均的温度和压力取一个值（{value(c, name)} {datum.unit.zh}）；有月度记录的，逐月取焓值、按月蒸汽量加权",
                              f"{datum.item} is one value at the yearly mean of temperature and pressure; with "
                              "monthly records, take it by month and weight by steam"),
                         name, (*c.place("data", name, "note"), *c.place("data", name, "reported")))
