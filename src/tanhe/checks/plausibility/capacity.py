"""Capacity, supplementary tables, meters (产能、补充数据表、计量器具): quantities that have a ceiling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.amounts import shown
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.dossier.operations import Product
from tanhe.messages import TanheError, text
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import Unit, unit


def written_unit(written: str) -> Unit | None:
    """The unit of a capacity: ``万吨/年`` → 10⁴ t; remarks in brackets and the year are left out."""
    bare = re.sub(r"（.*?）|\(.*?\)|/\s*(年|a|年度)|每年", "", written).strip()
    try:
        return unit(bare) if bare else None
    except TanheError:
        return None


def _rated(c: Context) -> Iterator[tuple[int, Product, Unit | None, Unit | None]]:
    for n, product in enumerate(c.dossier.products):
        if product.output is not None and product.capacity and product.year in (None, c.dossier.year):
            yield n, product, written_unit(product.unit), written_unit(product.capacity_unit or product.unit)


@check("PLA005", Family.PLAUSIBILITY, "minor", needs=("products",), covers=("N5", "B18"), clause="产能利用率不大于上限（C级，可改）")
def capacity_use(c: Context) -> Iterator[Result]:
    """产量不超过产能 | output within capacity"""
    most, checked = c.policy.number("capacity.use.max"), False
    for n, product, given, rated in _rated(c):
        if given is None or rated is None or not given.fits(rated) or product.output is None or product.capacity is None:
            continue
        checked = True
        use = scale(product.output, given.factor_to(rated)) / product.capacity
        if use > most:
            yield fail(text(
                f"{product.name}产量 {product.output} {product.unit}，产能 {product.capacity} "
                f"{product.capacity_unit}，利用率 {shown(use * 100, 1)}%；"
                "查产能批复和产量报表，核对单位",
                f"{product.name}: output {product.output} {product.unit}, capacity {product.capacity} "
                f"{product.capacity_unit}, use {shown(use * 100, 1)}%; "
                "look at the permit, the output records and the units"),
                product.name, (*c.place("products", n, "output"), *c.place("products", n, "capacity")))
    if not checked:
        yield not_applicable(text("没有可与产量相比的产能", "no capacity to compare an output with"))


@check("PLA006", Family.PLAUSIBILITY, "minor", needs=("products",), covers=("B18", "A22"), clause="产量与产能用同一计量单位（C级）")
def capacity_unit(c: Context) -> Iterator[Result]:
    """产量单位与产能单位相配 | output and capacity in one kind of unit"""
    checked = False
    for n, product, given, rated in _rated(c):
        checked = True
        if given is not None and rated is not None and given.fits(rated):
            continue
        yield fail(text(
            f"{product.name}产量 {product.output} {product.unit}，产能 {product.capacity} {product.capacity_unit}，"
            "两个单位不能相比；"
            "查产量报表，改用与产能一致的单位，或注明单件质量",
            f"{product.name}: output {product.output} {product.unit} and capacity {product.capacity} "
            f"{product.capacity_unit} cannot be compared; "
            "use one unit, or state the mass of a piece"),
            product.name, (*c.place("products", n, "unit"), *c.place("products", n, "capacity_unit")))
    if not checked:
        yield not_applicable(text("没有同时给出产量和产能的产品", "no product with both output and capacity"))


@check("PLA022", Family.PLAUSIBILITY, "minor", needs=("supplementary",), covers=("P9",), clause="补充数据表排放量与法人边界总量的关系（C级）")
def supplement_within_entity(c: Context) -> Iterator[Result]:
    """补充数据表不大于法人总量 | supplementary tables within the entity's total"""
    inventory = c.inventory
    if inventory.missing:
        yield not_run(text("法人边界总量不完整", "the entity's total is incomplete"))
        return
    total, entity = sum((t.total.verified for t in inventory.supplementary), start=inventory.including.verified * 0), inventory.including.verified
    if entity and total > entity:
        yield review(text(
            f"补充数据表合计 {shown(total)} tCO2，大于法人边界 {shown(entity)} tCO2（{shown(total / entity * 100, 1)}%）；"
            "说明是热力、电力因子不同还是边界重叠",
            f"the supplementary tables add up to {shown(total)} tCO2, more than the entity's {shown(entity)} "
            f"({shown(total / entity * 100, 1)}%); "
            "say whether factors differ or boundaries overlap"),
            "supplementary/total", [*c.place("supplementary"), *c.place("totals", "including_purchased_energy")])


@check("PLA025", Family.PLAUSIBILITY, "minor", needs=("meters",), covers=("N11",), clause="计量器具编号唯一，读数不重复计入（C级）")
def meter_once(c: Context) -> Iterator[Result]:
    """计量器具不重复 | no meter stands twice"""
    seen: dict[tuple[str, str], int] = {}
    numbered = [(n, m) for n, m in enumerate(c.dossier.meters) if re.search(r"[0-9A-Za-z]", m.number)]
    if not numbered:
        yield not_applicable(text("计量器具没有编号", "the meters have no numbers"))
    for n, meter in numbered:
        key = (meter.name, meter.number.strip())
        if key in seen:
            yield fail(text(f"{meter.name} {meter.number} 列了两次（{c.dossier.meters[seen[key]].location}、"
                            f"{meter.location}）；查铭牌，确认读数没有重复计入",
                            f"{meter.name} {meter.number} is listed twice "
                            f"({c.dossier.meters[seen[key]].location}, {meter.location}); "
                            "look at the plates and that no reading counts twice"),
                       "/".join(key), (*c.place("meters", seen[key]), *c.place("meters", n)))
        seen.setdefault(key, n)
