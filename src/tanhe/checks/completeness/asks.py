"""Sources that must be asked for (须逐项询问的排放源): welding, SF6, refrigerants, waste water, canteen, desulphuriser."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.completeness._lexicon import Kind, kinds
from tanhe.checks.completeness._survey import Mention, Survey, survey
from tanhe.checks.completeness._words import amount, division, estimate, machinery, places, quoted
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.checks.partial import own_part_unknown
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.messages import text

_ORGANIC = frozenset(("13", "14", "15", "17", "22", "26", "27"))
_GROUPS = ("ask", "memo")


def _silent(found: Survey, kind: Kind) -> bool:
    return found.answered(kind) or kind.id in found.denied


@check("CMP017", Family.COMPLETENESS, "minor", clause="机械设备制造指南“工业生产过程”", covers=("B9",))
def machinery_sources_asked(c: Context) -> Iterator[Result]:
    """机械电气企业问过焊接保护气、六氟化硫和制冷剂 | welding gas, SF6 and refrigerants are asked of machinery makers"""
    found = survey(c.inventory)
    if not machinery(c):
        yield not_applicable(text("不属于机械设备制造行业（C33–C38）", "not an industry of machinery (C33–C38)"))
        return
    unsaid: list[Kind] = []
    for kind in (kinds()[k] for k in ("welding", "sf6", "refrigerant")):
        if _silent(found, kind):
            continue
        mentions = tuple(m for m in found.mentions if m.kind.id == kind.id)
        if mentions:
            yield _asked(c, kind, mentions)
        else:
            unsaid.append(kind)
    if unsaid:
        names = "、".join(k.name for k in unsaid)
        yield unsettled(text(f"案卷没有说明是否有{names}。请逐项询问，有则补列，没有则列为排除并写明依据",
                             f"the dossier does not say whether there is any {names}. Ask for each; add it, or list it as excluded with the "
                             "ground"), "unsaid", c.place("sources"), severity="note")


def _asked(c: Context, kind: Kind, mentions: tuple[Mention, ...]) -> Result:
    sure = any(m.strength == "implies" for m in mentions)
    size = amount(c, kind, mentions)
    said = estimate(size, "购入量全部逸散", "all that was bought escapes") + _weight(c, kind)
    message = text(f"案卷提到{'、'.join(dict.fromkeys(m.word for m in mentions))}（{quoted(mentions)}），没有问明{kind.zh}的购入、充注和库存{said}。"
                   "请提供台账补列，或列为排除并写明依据",
                   f"the dossier names {', '.join(dict.fromkeys(m.word for m in mentions))} ({quoted(mentions)}), but {kind.en} was not asked "
                   f"about{said}. Supply purchase and stock records, or list it as excluded with the ground")
    if sure:
        return fail(message, kind.id, places(c, mentions), effect=size, severity="material")
    return unsettled(message, kind.id, places(c, mentions), effect=size)


def _weight(c: Context, kind: Kind) -> str:
    """What one kilogram weighs, for gases with a large warming potential."""
    if kind.id != "sf6":
        return ""
    try:
        gwp = library().gwp_for_guideline("SF6", c.dossier.guideline)
    except FactorNotFound:
        return ""
    return text(f"；每千克六氟化硫折 {gwp.value / 1000} tCO2e", f"; each kilogram of SF6 counts {gwp.value / 1000} tCO2e")


@check("CMP018", Family.COMPLETENESS, "editorial", clause="各指南“工业废水厌氧处理”", covers=("B10",))
def wastewater_asked(c: Context) -> Iterator[Result]:
    """问过工业废水厌氧处理 | anaerobic treatment of waste water is asked about"""
    found, kind = survey(c.inventory), kinds()["wastewater"]
    if not found.holds(kind):
        yield not_applicable(text("核算指南没有废水厌氧处理这一排放源", "the guideline has no such source"))
        return
    mentions = tuple(m for m in found.mentions if m.kind.id == kind.id)
    sure = any(m.strength == "implies" for m in mentions)
    if found.answered(kind) or (kind.id in found.denied and not sure):
        return
    if sure:
        yield fail(text(f"案卷提到废水厌氧处理（{quoted(mentions)}），没有对应的排放源。请提供废水量、COD浓度和沼气回收量并补列",
                        f"the dossier names anaerobic treatment ({quoted(mentions)}), but no source holds it. Supply waste water, COD and biogas "
                        "recovered and add it"), kind.id, places(c, mentions), severity="material")
    elif mentions or division(c) in _ORGANIC:
        shown = f"（{quoted(mentions)}）" if mentions else ""
        yield unsettled(text(f"没有说明工业废水是否厌氧处理{shown}。请写明处理工艺；没有厌氧工艺则列为排除",
                             f"it is not said whether waste water is treated anaerobically{shown}. State the treatment; if there is no "
                             "anaerobic step, list it as excluded"),
                        kind.id, places(c, mentions) or c.place("sources"))


@check("CMP024", Family.COMPLETENESS, "note", clause="各指南“核算边界”", covers=("B5",))
def guideline_sources_asked(c: Context) -> Iterator[Result]:
    """核算指南的排放源逐项有回答 | every source of the guideline is answered"""
    if c.inventory.guideline.partial:
        yield own_part_unknown()
        return
    found = survey(c.inventory)
    held = {line.source for line in found.lines} | found.shut.keys()
    for name in (*found.excluded, *found.named, *(k for k in found.denied if k != "combustion")):
        held |= kinds()[name].main if kinds()[name].group not in ("fuel", "ask", "mobile", "fired") else set()
    silent = [s for s in c.inventory.guideline.sources if not s.memo and s.id not in held]
    if silent:
        names = text("、".join(s.zh for s in silent), ", ".join(s.en for s in silent))
        yield unsettled(text(f"指南的排放源中，案卷没有回答：{names}。请逐项补列，或列为排除并说明理由",
                             f"of the guideline's sources the dossier does not answer: {names}. Add them, or list each as excluded with "
                             "the reason"), "sources", c.place("sources"))


@check("CMP032", Family.COMPLETENESS, "note", clause="各指南“核算边界”", covers=("B1", "B2"))
def minor_sources_asked(c: Context) -> Iterator[Result]:
    """食堂用气、备用发电、脱硫剂、切割气等小源问过 | canteen gas, generators, desulphuriser, cutting gas are asked about"""
    found = survey(c.inventory)
    for kind, mentions in found.open(*_GROUPS, "fired"):
        if kind.id in found.denied or (not found.holds(kind) and "other" not in found.known):
            continue
        if kind.group == "fired" and (any(m.strength == "implies" for m in mentions) or any(x.use for x in found.lines)):
            continue
        yield unsettled(text(f"案卷提到{'、'.join(dict.fromkeys(m.word for m in mentions))}（{quoted(mentions)}），没有问明{kind.zh}。"
                             "请提供用量，或列为排除并说明理由",
                             f"the dossier names {', '.join(dict.fromkeys(m.word for m in mentions))} ({quoted(mentions)}), but {kind.en} was not "
                             "asked about. Supply the amount, or list it as excluded with the reason"),
                        kind.id, places(c, mentions), severity="minor" if _burnt(found, kind, mentions) else None)


def _burnt(found: Survey, kind: Kind, mentions: tuple[Mention, ...]) -> bool:
    """Whether the texts plainly say that a fuel of a source of the guideline is used (气割用乙炔)."""
    return kind.group == "ask" and found.holds(kind) and any(m.strength == "implies" for m in mentions)
