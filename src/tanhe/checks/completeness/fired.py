"""Fired equipment, carbonates and the order of magnitude (窑炉、碳酸盐与数量级)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.amounts import shown
from tanhe.checks.completeness._estimates import fired_products, heat, kiln, per_gj, process, rounded, span
from tanhe.checks.completeness._lexicon import Kind, kinds
from tanhe.checks.completeness._survey import Mention, Survey, survey
from tanhe.checks.completeness._words import estimate, heat_words, places, quoted
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.messages import text

_ROAD = frozenset(("diesel", "gasoline"))


@check("CMP011", Family.COMPLETENESS, "material", clause="各指南“碳酸盐使用过程”", covers=("B2",))
def carbonates_have_a_source(c: Context) -> Iterator[Result]:
    """受热或脱硫所用的碳酸盐有排放源 | carbonates that are fired or used for desulphurisation have a source"""
    found = survey(c.inventory)
    for kind, mentions in found.open("process"):
        sure = any(m.strength == "implies" for m in mentions)
        products = tuple(fired_products(c)) if sure else ()
        size = rounded(*process(products)) if products else None
        names = "、".join(p.name for p in products)
        said = estimate(size, f"{names}产量×单位过程排放（intensities.csv；铝酸盐熟料缺省值0.292 tCO2/t在其中）",
                        f"output of {names} times process emission per tonne (intensities.csv)")
        message = text(f"工艺使用{_words(mentions)}并有受热或脱硫工序（{quoted(mentions)}），没有碳酸盐分解的排放源{said}。请提供原料用量和碳酸盐含量并补列，"
                       "或证明其中没有碳酸盐分解",
                       f"the process uses {_words(mentions)} and fires or desulphurises ({quoted(mentions)}), but no source holds the "
                       f"carbonates{said}. Supply raw material and carbonate content and add it, or prove that none decomposes")
        where = (*places(c, mentions), *(x for p in products for x in c.place("products", p.place, "output")))
        if sure:
            yield fail(message, kind.id, where, effect=size)
        else:
            yield review(message, kind.id, where, severity="minor")


def _words(mentions: tuple[Mention, ...]) -> str:
    return "、".join(dict.fromkeys(m.word for m in mentions))


@check("CMP012", Family.COMPLETENESS, "material", needs=("products",), clause="数量级核对（本项目判断）", covers=("B3", "N8"))
def order_of_magnitude(c: Context) -> Iterator[Result]:
    """窑炉产品的燃烧与过程排放达到产量推算的数量级 | direct emission is of the order the fired output implies"""
    products, factor = tuple(fired_products(c)), per_gj(c, _kiln_fuel(survey(c.inventory)))
    if not products or factor is None:
        yield not_applicable(text("没有可估计的窑炉产品", "no fired product with a known intensity"))
        return
    needed, made = heat(products), process(products)
    low, high = needed[0] * factor + made[0], needed[1] * factor + made[1]
    direct = sum((line.verified or line.exact or Decimal(0) for line in c.inventory.lines
                  if not line.source.purchased and not line.memo and line.sign > 0), Decimal(0))
    if direct >= low * c.policy.number("omission.share.min"):
        return
    names = "、".join(f"{p.name} {shown(p.tonnes, 0)} t" for p in products)
    size = rounded(low - direct, high - direct)
    p = products[0].intensity
    yield fail(
        text(f"{names}：按过程 {p.process[0]}–{p.process[1]} tCO2/t、热耗 {p.heat[0]}–{p.heat[1]} GJ/t、燃料 {shown(factor, 4)} tCO2/GJ "
             f"推算，直接排放为 {span(rounded(low, high))} tCO2，案卷只有 {shown(direct)}。与燃料、碳酸盐遗漏的估计重叠，不可相加。"
             "请核对燃料、原料和产量，说明差距",
             f"{names}: at {p.process[0]}–{p.process[1]} tCO2/t process, {p.heat[0]}–{p.heat[1]} GJ/t heat and {shown(factor, 4)} "
             f"tCO2/GJ the direct emission is {span(rounded(low, high))} tCO2; the dossier has {shown(direct)}. It overlaps with the "
             "estimates for fuel and carbonates. Check fuel, raw material and output, and explain the gap"),
        "direct", tuple(x for q in products for x in c.place("products", q.place, "output")), effect=size,
    )


def _kiln_fuel(found: Survey) -> Kind | None:
    """The fuel to reckon with: one that a line holds, else one the texts name."""
    held = sorted(k for line in found.lines for k in line.kinds - _ROAD if k in kinds() and kinds()[k].fuel and line.use == "fuel")
    named = [m.kind.id for m in found.mentions if m.kind.group == "fuel" and m.kind.id not in _ROAD]
    chosen = [*held, *named]
    return kinds()[chosen[0]] if chosen else None


@check("CMP013", Family.COMPLETENESS, "material", clause="各指南“化石燃料燃烧”", covers=("B4",))
def fired_equipment_has_fuel(c: Context) -> Iterator[Result]:
    """有窑炉、锅炉的企业有固定源燃料 | an entity with kilns or boilers has a stationary fuel"""
    found = survey(c.inventory)
    devices = found.fired()
    if not devices:
        yield not_applicable(text("没有提到燃烧设备", "no fired equipment is named"))
        return
    if _stationary(c, found) or not c.inventory.lines:
        return
    bought = "、".join(line.item for line in c.inventory.lines)
    size = kiln(c, _kiln_fuel(found))
    said = estimate(size, f"{heat_words(c)}×燃料缺省含碳量与氧化率；与CMP010重叠",
                    f"{heat_words(c)} times default carbon and oxidation; overlaps with CMP010")
    yield fail(
        text(f"有燃烧设备{'、'.join(dict.fromkeys(m.word for m in devices))}（{quoted(devices)}），而排放量只计算了{bought}，没有固定源燃料{said}。"
             "请提供这些设备所用的能源，或证明它们以电、余热或外购热力为能源",
             f"there is fired equipment ({quoted(devices)}), but the lines are only {bought}, without a stationary fuel{said}. Supply the "
             "energy of these devices, or prove that they run on electricity, waste heat or purchased heat"),
        "fired", (*places(c, devices), *(x for n in range(len(c.dossier.lines)) for x in c.place("lines", n))), effect=size,
    )


def _stationary(c: Context, found: Survey) -> bool:
    """Whether a line holds a fuel of kilns or boilers; diesel and petrol only where the texts say so."""
    held = {k for line in found.lines for k in line.kinds if line.use == "fuel"}
    if held - _ROAD or any(line.source == "biomass" or line.use == "feed" for line in found.lines):
        return True
    fixed = any(m.kind.id in _ROAD and any(w in m.clause for w in ("炉", "窑", "点火", "加热")) for m in found.mentions)
    return bool(held) and fixed
