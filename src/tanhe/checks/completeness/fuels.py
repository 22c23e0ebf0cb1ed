"""Fuels and purchased energy without a source (有能源而无排放源): each area of the dossier against the lines."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.completeness._estimates import kiln, of_datum
from tanhe.checks.completeness._lexicon import kinds
from tanhe.checks.completeness._survey import Mention, survey, words_of
from tanhe.checks.completeness._words import (
    amount,
    areas,
    estimate,
    heat_words,
    of_amount,
    omitted,
    places,
    quoted,
)
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable
from tanhe.checks.partial import own_part_unknown
from tanhe.messages import text


@check("CMP010", Family.COMPLETENESS, "material", clause="各指南“核算边界”“化石燃料燃烧”", covers=("B1",))
def fuels_of_the_text(c: Context) -> Iterator[Result]:
    """工艺与边界文字提到的燃料都有排放源 | every fuel of the process and boundary texts has a source"""
    found = survey(c.inventory)
    for kind, mentions in found.open("fuel", "purchased", "process-n2o"):
        if mentions[0].area != "text":
            continue
        burnt = any(m.area == "text" for m in found.fired()) and kind.group == "fuel"
        own, kilns = amount(c, kind, mentions), kiln(c, kind) if burnt else None
        said, size = of_amount(own), own or kilns
        if own is None and kilns is not None:
            said = estimate(kilns, f"{heat_words(c)}×燃料缺省含碳量与氧化率", f"{heat_words(c)} times the fuel's default carbon and oxidation")
        yield fail(
            text(f"{areas(mentions)}写到{kind.zh}（{quoted(mentions)}），排放源和排放量计算都没有它{said}。请提供其消耗量并补列排放源，或证明当年没有使用",
                 f"{areas(mentions)} speak of {kind.en} ({quoted(mentions)}), but no source and no line holds it{said}. "
                 "Supply its consumption and add the source, or prove that none was used in the year"),
            f"{kind.id}/{mentions[0].use or 'any'}", places(c, mentions), effect=size,
        )


@check("CMP025", Family.COMPLETENESS, "material", needs=("energy",), clause="各指南“核算边界”", covers=("B1",))
def energy_list_has_lines(c: Context) -> Iterator[Result]:
    """能源清单的每个品种都有排放量计算 | every item of the energy list has a line"""
    yield from omitted(c, "energy")


@check("CMP026", Family.COMPLETENESS, "minor", needs=("energy", "lines"), clause="核查报告“能源品种与用途”", covers=("B1",))
def lines_are_in_the_energy_list(c: Context) -> Iterator[Result]:
    """计算排放的能源都在能源清单中 | every fuel and purchased energy of the lines is in the energy list"""
    listed = {m.kind.id for m in survey(c.inventory).mentions if m.area == "energy"}
    for line in survey(c.inventory).lines:
        mine = {k for k in line.kinds if kinds()[k].group in ("fuel", "purchased")}
        if mine and not any(mine & kinds()[k].answered_by or any(k in kinds()[m].answered_by for m in mine) for k in listed):
            name = c.dossier.lines[line.place].item
            yield fail(
                text(f"“{name}”计算了排放量，能源清单中没有它。请在能源清单补列品种、用途和设施，或说明该行的依据",
                     f"{name!r} has a line, but the energy list does not name it. Add kind, use and facility to the list, or say what "
                     "the line rests on"),
                line.id, (*c.place("lines", line.place), *c.place("energy")),
            )


@check("CMP027", Family.COMPLETENESS, "material", needs=("equipment",), clause="核查报告“主要用能设备”", covers=("B1",))
def equipment_energy_has_lines(c: Context) -> Iterator[Result]:
    """设备所用能源都有排放量计算 | the energy of every device has a line"""
    yield from omitted(c, "equipment")


@check("CMP028", Family.COMPLETENESS, "material", clause="核算指南“活动数据”", covers=("B1", "B5"))
def data_enter_a_line(c: Context) -> Iterator[Result]:
    """活动数据和月度表都进入排放量计算 | activity data and monthly tables enter a line"""
    if c.inventory.guideline.partial:
        yield own_part_unknown()
        return
    if not c.dossier.data and not c.dossier.tables:
        yield not_applicable(text("没有数据项和月度表", "there are no data and tables"))
        return
    yield from omitted(c, "data")
    found = survey(c.inventory)
    open_kinds = {(m.kind.id, m.use) for _, ms in found.open("fuel", "purchased", "process", "machinery", "wastewater") for m in ms}
    idle: dict[str, list[Mention]] = {}
    for mention in found.mentions:
        if mention.area == "data" and mention.path[0] == "data" and mention.path[1] not in found.used:
            idle.setdefault(str(mention.path[1]), []).append(mention)
    for name, mentions in idle.items():
        burnt = [m for m in mentions if m.kind.group in ("fuel", "purchased", "process", "machinery")]
        named = words_of(c.dossier.data[name].item)
        mine = [m for m in burnt if m.kind.id in named]
        if not mine or any((m.kind.id, m.use) in open_kinds for m in mine) or mine[0].kind.id in found.excluded:
            continue
        size = of_datum(c, name, mine[0].kind)
        said = of_amount(size)
        yield fail(
            text(f"活动数据“{c.dossier.data[name].item}”没有进入任何排放量计算行{said}。请补上计算行，或把它改列为交叉核对数据并说明",
                 f"the activity datum {c.dossier.data[name].item!r} enters no line{said}. Add the line, or keep it as a cross-check and "
                 "say so"),
            f"data/{name}", c.place("data", name), effect=size,
        )


@check("CMP029", Family.COMPLETENESS, "minor", needs=("meters",), clause="GB 17167", covers=("B1",))
def meters_have_lines(c: Context) -> Iterator[Result]:
    """表计所计的能源都有排放量计算 | what the meters measure has a line"""
    yield from omitted(c, "meter")


@check("CMP030", Family.COMPLETENESS, "minor", needs=("documents",), clause="核查报告“支持性文件”", covers=("B1",))
def documents_have_lines(c: Context) -> Iterator[Result]:
    """单据与台账所列的能源都有排放量计算 | what bills and ledgers name has a line"""
    yield from omitted(c, "document")
