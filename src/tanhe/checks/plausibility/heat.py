"""Own boilers (自备锅炉): heat no larger than the fuel's, the heat factor no smaller than the fuel's carbon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from tanhe.checks.amounts import ENERGY, ZERO, evaluation, shown, symbol, value
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, not_run, review
from tanhe.checks.findings import Effect
from tanhe.dossier.data import Datum, Reference
from tanhe.inventory.model import Evaluation
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

FACTOR = "supplementary.boiler_heat_factor"
SUPPLIED = re.compile(r"供热量|产热量|供汽热量")
CARBON_TO_CO2 = Decimal(44) / Decimal(12)
MONTHLY = Decimal("0.05")
"""How far a month's heat per tonne of steam may lie from the other months'."""
STEAM = (Decimal("2.0"), Decimal("3.6"))
"""GJ per tonne that steam can carry above feed water (蒸汽每吨热量的物理范围)."""


@dataclass(frozen=True)
class Boiler:
    """Heat supplied and fuel burned by own boilers: GJ, tCO2, and the datum of the heat factor."""

    heat_name: str
    heat: Decimal
    fuel_heat: Decimal
    emission: Decimal
    fuels: tuple[str, ...]
    factor_name: str = ""

    @property
    def floor(self) -> Decimal:
        """tCO2 per GJ of fuel: the factor at an efficiency of 1, Σ AD·NCV·CC·OF·44/12 over Σ AD·NCV."""
        return self.emission / self.fuel_heat


def boilers(c: Context) -> list[Boiler]:
    """Boilers whose heat factor is derived; else the heat supplied beside the fuel of boiler lines."""
    found = []
    for name, datum in c.dossier.data.items():
        if datum.derive is None or datum.derive.formula != FACTOR:
            continue
        heat_name, source = datum.derive.inputs.get("Q"), datum.derive.inputs.get("E")
        heat = value(c, heat_name) if isinstance(heat_name, str) else None
        burned = list(_burned(c, source)) if isinstance(source, str) else []
        if isinstance(heat_name, str) and heat and burned:
            found.append(_boiler(heat_name, heat, burned, name))
    if found:
        return found
    burned = [b for line in c.inventory.lines if line.source.id == "combustion" and (e := evaluation(line)) is not None
              and _in_boiler(c, e) and (b := _fuel(line.item, e)) is not None]
    for name, datum in c.dossier.data.items():
        heat = value(c, name)
        if burned and heat and datum.unit.dimension == ENERGY and SUPPLIED.search(datum.item):
            return [_boiler(name, scale(heat, datum.unit.factor_to(unit("GJ"))), burned, "")]
    return []


def _boiler(heat_name: str, heat: Decimal, burned: list[tuple[str, Decimal, Decimal]], factor: str) -> Boiler:
    return Boiler(heat_name, heat, sum((b[1] for b in burned), ZERO), sum((b[2] for b in burned), ZERO),
                  tuple(b[0] for b in burned), factor)


def _burned(c: Context, reference: Reference, depth: int = 0) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Follow an emission back to the fuels behind it: name, GJ, tCO2."""
    if not isinstance(reference, str) or depth > 8:
        return
    if reference.startswith("line:"):
        line = c.inventory.line(reference.removeprefix("line:"))
        fuel = _fuel(line.item, evaluation(line)) if line is not None else None
        if fuel is not None:
            yield fuel
        return
    result = c.inventory.data.get(reference)
    if result is None or result.datum.derive is None:
        return
    fuel = _fuel(result.datum.item, result.evaluation)
    if fuel is not None:
        yield fuel
        return
    for member in result.datum.derive.inputs.values():
        for one in member if isinstance(member, list) else [member]:
            yield from _burned(c, one, depth + 1)


def _fuel(name: str, given: Evaluation | None) -> tuple[str, Decimal, Decimal] | None:
    amount, ncv = symbol(given, "AD"), symbol(given, "NCV")
    if given is None or given.exact is None or amount is None or ncv is None:
        return None
    return name, amount.value * ncv.value, given.exact


def _in_boiler(c: Context, given: Evaluation) -> bool:
    amount = symbol(given, "AD")
    datum = c.dossier.data.get(amount.datum) if amount is not None and amount.datum else None
    return datum is not None and "锅炉" in datum.facility


def heat_used(c: Context, factor_name: str) -> Decimal:
    """GJ that supplementary tables count with this factor."""
    used = ZERO
    for table in c.inventory.supplementary:
        for line in table.lines:
            amount, factor = symbol(evaluation(line), "AD"), symbol(evaluation(line), "EF")
            if amount is not None and factor is not None and factor.datum == factor_name:
                used += amount.value
    return used


@check("PLA001", Family.PLAUSIBILITY, "material", needs=("data",), covers=("N1", "A19", "Q6"), clause="能量守恒：供热量不大于燃料热量（A级）")
def boiler_balance(c: Context) -> Iterator[Result]:
    """锅炉供热量不大于燃料热量 | a boiler gives no more heat than its fuel"""
    found = boilers(c)
    if not found:
        yield not_applicable(text("没有自备锅炉的供热量", "no heat supplied by own boilers"))
    most, least = c.policy.number("boiler.efficiency.max"), c.policy.number("boiler.efficiency.min")
    usual = c.policy.number("boiler.efficiency.usual")
    for b in found:
        ratio = b.heat / b.fuel_heat
        shares = text(f"供热量 {shown(b.heat, 0)} GJ，燃料（{'、'.join(b.fuels)}）热量 {shown(b.fuel_heat, 0)} GJ，比值 "
                      f"{shown(ratio * 100, 1)}%",
                      f"heat supplied {shown(b.heat, 0)} GJ, heat of the fuel ({', '.join(b.fuels)}) "
                      f"{shown(b.fuel_heat, 0)} GJ, {shown(ratio * 100, 1)}%")
        places = (*c.place("data", b.heat_name), *(c.place("data", b.factor_name) if b.factor_name else ()))
        if ratio > most:
            extra, span = _excess(c, b, usual)
            yield fail(shares + text(
                "，违反能量守恒。可能混入了余热回收蒸汽（排放因子为0）、重复计量或用错焓值；按来源分开锅炉蒸汽与余热蒸汽，核对流量计与给水量。",
                ", against conservation of energy. Waste-heat steam (factor 0) may be mixed in, a flow counted "
                "twice, or the enthalpy wrong; "
                "separate the sources and compare with the feed water. ") + extra, b.heat_name, places, effect=span)
        elif ratio < least:
            yield review(shares + text(f"，低于 {shown(least * 100, 0)}%；核对燃料量、供热量和是否还有发电", f", below {shown(least * 100, 0)}%; look at fuel, heat and "
                         "whether power is generated too"), b.heat_name, places, severity="minor")


def _excess(c: Context, b: Boiler, usual: Decimal) -> tuple[str, Effect | None]:
    used = heat_used(c, b.factor_name) if b.factor_name else ZERO
    own = value(c, b.factor_name) if b.factor_name else None
    if not used or own is None:
        return "", None
    high = half_up(used * (b.floor / usual - own), 2)
    return text(f"影响指补充数据表：下限按多出部分全为余热蒸汽（0），上限按全部为锅炉蒸汽、效率 {shown(usual * 100, 0)}%",
                "The effect is on the supplementary table: from 0 (all the surplus is waste-heat steam) to "
                f"boiler steam only at {shown(usual * 100, 0)}% efficiency"
                ), effect(ZERO, high)


@check("PLA002", Family.PLAUSIBILITY, "material", needs=("data",), covers=("N2",), clause="自产热力因子不小于燃料单位热值含碳量×碳氧化率×44/12（A级）")
def heat_factor_floor(c: Context) -> Iterator[Result]:
    """自产热力因子不低于燃料的碳 | own heat factor not below the fuel's carbon"""
    found = [b for b in boilers(c) if b.factor_name]
    if not found:
        yield not_applicable(text("没有自产热力排放因子", "no own heat factor"))
    for b in found:
        own = value(c, b.factor_name)
        if own is None:
            yield not_run(text("自产热力排放因子没有数值", "the own heat factor has no value"))
            continue
        if own >= b.floor:
            continue
        used = heat_used(c, b.factor_name)
        span = effect(ZERO, half_up(used * (b.floor - own), 2)) if used else None
        yield fail(text(
            f"自产热力排放因子 {own} tCO2/GJ，低于燃料的物理下限 {shown(b.floor, 4)}（锅炉效率为1时的单位热值含碳量×碳氧化率×44/12）。"
            f"影响指补充数据表 {shown(used, 0)} GJ 热量：0（差额全为余热蒸汽）至按下限计算。分开锅炉蒸汽与余热蒸汽后重算",
            f"own heat factor {own} tCO2/GJ is below the fuel's floor {shown(b.floor, 4)} (carbon per GJ × OF "
            "× 44/12 at efficiency 1). "
            f"The effect is on {shown(used, 0)} GJ of the supplementary table: 0 (the difference is waste "
            "heat) up to the floor. "
            "Separate boiler and waste-heat steam and recompute"),
            b.factor_name, (*c.place("data", b.factor_name, "reported"), *c.place("data", b.heat_name)), effect=span)


@check("PLA019", Family.PLAUSIBILITY, "material", needs=("data",), covers=("F16", "A19"), clause="蒸汽每吨热量的物理范围（A级）")
def heat_per_tonne(c: Context) -> Iterator[Result]:
    """每吨蒸汽的热量在物理范围内 | heat per tonne of steam is physical"""
    checked = False
    for name, datum in c.dossier.data.items():
        result = c.inventory.data[name]
        if datum.derive is None or datum.derive.formula != "heat.steam" or result.evaluation is None:
            continue
        mass, heat = symbol(result.evaluation, "Ma"), value(c, name)
        if mass is None or not mass.value or heat is None:
            continue
        checked = True
        yield from _by_month(c, name, datum, mass.datum)
        each = scale(heat, datum.unit.factor_to(unit("GJ"))) / mass.value
        if not STEAM[0] <= each <= STEAM[1]:
            yield fail(text(f"{datum.item} {heat} {datum.unit.zh} 除以蒸汽 {mass.value} t 为 {shown(each, 3)} GJ/t，"
                            f"不在 {STEAM[0]}–{STEAM[1]} 之内；"
                            "核对单位（kJ/kg 与 kcal/kg、GJ 与 MJ）、焓值和是否减去 83.74",
                            f"{datum.item} {heat} {datum.unit} over {mass.value} t of steam is "
                            f"{shown(each, 3)} GJ/t, outside {STEAM[0]}–{STEAM[1]}; "
                            "check units (kJ/kg or kcal/kg, GJ or MJ), the enthalpy and the 83.74"),
                       name, (*c.place("data", name, "reported"), *((mass.place,) if mass.place else ())))
    if not checked:
        yield not_applicable(text("没有由蒸汽吨数折算的热量", "no heat derived from tonnes of steam"))


def _by_month(c: Context, name: str, datum: Datum, mass_name: str | None) -> Iterator[Result]:
    """Each month's heat per tonne beside the year's, where both stand in one table."""
    mass = c.dossier.data[mass_name] if mass_name else None
    table, _, column = (datum.series or "").partition(".")
    other, _, tonnes = ((mass.series if mass is not None else "") or "").partition(".")
    if table != other or table not in c.dossier.all_series:
        return
    series = c.dossier.series(table)
    rows = [(n, h / m) for n, (h, m) in enumerate(zip(series.values[column], series.values[tonnes], strict=True)) if h and m]
    if len(rows) < 3:
        return
    middle = median([r for _, r in rows])
    for n, ratio in rows:
        if abs(ratio / middle - 1) > MONTHLY:
            yield fail(text(
                f"{datum.item}，{series.labels[n]}：{series.values[column][n]} 除以蒸汽 {series.values[tonnes][n]} 为 "
                f"{shown(ratio, 3)}，各月中位数 "
                f"{shown(middle, 3)}；查该月蒸汽量和折算",
                f"{datum.item}, {series.labels[n]}: {series.values[column][n]} over {series.values[tonnes][n]} "
                f"of steam is {shown(ratio, 3)}, "
                f"median of the months {shown(middle, 3)}; look at that month's steam and conversion"),
                f"{name}/{series.labels[n]}", (series.place(column, n),))
