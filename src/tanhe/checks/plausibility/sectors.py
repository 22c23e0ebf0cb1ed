"""Energy and emissions per product (单位产品能耗与排放) against physics and what is usual in the sector."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tanhe.checks.amounts import MASS, ZERO, convert, evaluation, shown, symbol
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, not_run, review
from tanhe.checks.plausibility.capacity import written_unit
from tanhe.messages import text
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

TEMPERATURE = re.compile(r"(\d{3,4})\s*(?:[~～\-—–至到]\s*(\d{3,4}))?\s*(?:℃|°C|度)")
GJ_PER_MWH = Decimal("3.6")


@lru_cache(maxsize=1)
def bands() -> Mapping[str, Any]:
    """The data of ``sectors.yaml``."""
    raw: Mapping[str, Any] = yaml.load(files(__package__).joinpath("sectors.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return raw


def outputs(c: Context) -> list[tuple[int, str, Decimal]]:
    """Products of the reporting year in tonnes: position, name, t."""
    found = []
    for n, product in enumerate(c.dossier.products):
        given = written_unit(product.unit)
        if product.output and given is not None and given.dimension == MASS and product.year in (None, c.dossier.year):
            tonnes = convert(product.output, given, unit("t"))
            if tonnes:
                found.append((n, product.name, tonnes))
    return found


def delivered(c: Context) -> tuple[Decimal, Decimal] | None:
    """GJ of fuel and heat, and MWh of electricity, in the inventory's lines; None when a line has no value."""
    heat = power = ZERO
    for line in c.inventory.lines:
        given = evaluation(line)
        if line.source.id not in ("combustion", "electricity", "heat"):
            continue
        if given is None or given.exact is None:
            return None
        amount = symbol(given, "AD") or symbol(given, "AD_in")
        ncv, out = symbol(given, "NCV"), symbol(given, "AD_out")
        if amount is None:
            return None
        net = amount.value - (out.value if out is not None else ZERO)
        if line.source.id == "electricity":
            power += net
        elif line.source.id == "heat":
            heat += net
        else:
            heat += net * (ncv.value if ncv is not None else Decimal(40))
    return heat, power


@check("PLA009", Family.PLAUSIBILITY, "material", needs=("processes", "products", "lines"), covers=("N8", "B4"),
       clause="物料升到工艺温度所需的显热是能耗的物理下限（A级）；热耗上限与燃料因子范围（C级）")
def furnace_energy(c: Context) -> Iterator[Result]:
    """高温工序的能耗够升温 | enough energy for the process temperature"""
    hot = _hottest(c)
    made, energy = outputs(c), delivered(c)
    rule = bands()["furnace"]
    if hot is None:
        yield not_applicable(text("工艺文字没有高温窑炉工序", "no furnace step with a temperature"))
        return
    if not made or energy is None:
        yield not_run(text("没有以吨计的产量或完整的能耗", "no output in tonnes or energy is incomplete"))
        return
    temperature, words, places = hot
    tonnes = sum((t for _, _, t in made), ZERO)
    least = Decimal(rule["heat_capacity"]) * (temperature - 20)
    heat, power = energy
    each = (heat + power * GJ_PER_MWH) / tonnes
    if each >= least:
        return
    low = half_up((least * tonnes - heat) * Decimal(rule["factor"][0]), 2)
    high = half_up((Decimal(rule["most"]) * tonnes - heat) * Decimal(rule["factor"][1]), 2)
    yield fail(text(
        f"工艺“{words}”达 {temperature} ℃，物料升温的显热至少 {shown(least)} GJ/t；报告的全部能源只有 {shown(each, 3)} GJ/t"
        f"（燃料和热力 {shown(heat / tonnes, 3)} GJ/t，电 {shown(power * 1000 / tonnes, 0)} kWh/t，产量 "
        f"{shown(tonnes, 0)} t），窑炉燃料没有计入。"
        f"影响为漏计燃料的排放：下限按显热和 {rule['factor'][0]} tCO2/GJ，上限按 {rule['most']} GJ/t 和 {rule['factor'][1]} tCO2/GJ；"
        "补燃料购进、库存和领用记录",
        f"the step {words} reaches {temperature} °C; sensible heat alone needs {shown(least)} GJ/t, all energy "
        f"reported is {shown(each, 3)} GJ/t "
        f"(fuel and heat {shown(heat / tonnes, 3)}, electricity {shown(power * 1000 / tonnes, 0)} kWh/t, "
        f"output {shown(tonnes, 0)} t): the kiln's fuel is not counted. "
        f"The effect is the fuel left out, from sensible heat at {rule['factor'][0]} tCO2/GJ to {rule['most']} "
        f"GJ/t at {rule['factor'][1]}; supply fuel records"),
        f"furnace/{words}", (*places, *c.place("products", made[0][0], "output")), effect=effect(max(low, ZERO), high))


def _hottest(c: Context) -> tuple[Decimal, str, tuple[Any, ...]] | None:
    """The hottest furnace step told in the process text."""
    rule, best = bands()["furnace"], None
    for n, process in enumerate(c.dossier.processes):
        steps = [(s.name, s.text, c.place("processes", n, "steps", k)) for k, s in enumerate(process.steps)]
        for name, words, places in [(process.name, process.text, c.place("processes", n)), *steps]:
            if not re.search(rule["words"], name + words):
                continue
            for low, _ in TEMPERATURE.findall(words):
                degrees = Decimal(low)
                if degrees >= Decimal(rule["least_temperature"]) and (best is None or degrees > best[0]):
                    best = (degrees, name, places)
    return best


@check("PLA010", Family.PLAUSIBILITY, "note", needs=("products", "totals"), covers=("B3", "N8"), clause="单位产品排放的通常范围（C级，本项目判断）")
def intensity(c: Context) -> Iterator[Result]:
    """单位产品排放在通常范围内 | emissions per product in the usual band"""
    made = outputs(c)
    if c.inventory.missing:
        yield not_run(text("排放总量不完整", "the total is incomplete"))
        return
    named = [(b, [(n, name, t) for n, name, t in made if re.search(b["product"], name)]) for b in bands()["intensity"]]
    main = [(b, rows) for b, rows in named if rows and sum(t for *_, t in rows) * 2 > sum(t for *_, t in made)]
    if not main:
        yield not_applicable(text("主产品没有收录排放强度范围", "no band is known for the main product"))
        return
    band, rows = main[0]
    tonnes = sum((t for *_, t in made), ZERO)
    each = c.inventory.including.verified / tonnes
    if not Decimal(band["low"]) <= each <= Decimal(band["high"]):
        yield review(text(
            f"{rows[0][1]}单位产品排放 {shown(each, 3)} tCO2/t，通常 {band['low']}–{band['high']}（{band['grade']}级）；"
            "核对产量单位，找漏计或重复的排放源",
            f"{rows[0][1]}: {shown(each, 3)} tCO2 per tonne, usually {band['low']}–{band['high']} (grade "
            f"{band['grade']}); check the unit of output and look for sources left out"),
            f"intensity/{rows[0][1]}", (*c.place("products", rows[0][0], "output"), *c.place("totals")))
