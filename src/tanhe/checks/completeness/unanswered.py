"""What was asked or told and not followed up (问而未答): focus of the visit, activities of other sectors, own power plant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.completeness._lexicon import Hit, kinds, scan
from tanhe.checks.completeness._survey import Survey, survey
from tanhe.checks.completeness._words import machinery, places, quoted
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.dossier.model import Path
from tanhe.messages import text

_ASKED = frozenset(("ask", "machinery", "wastewater", "process"))
_FILLED = re.compile("充注|充装|充灌|灌注|灌装|充气|加注|注入")
_PLANT = re.compile("电厂|电站|发电|热电|汽轮|机组")


@check("CMP037", Family.COMPLETENESS, "minor", clause="核查报告“现场核查重点”“访谈”与“排放源”（B级）", covers=("B5", "B9", "B10"))
def what_was_asked_is_answered(c: Context) -> Iterator[Result]:
    """列为现场重点或访谈问过的排放源有答复 | a source that was to be asked about has an answer"""
    found = survey(c.inventory)
    asked: dict[str, list[tuple[Path, Hit]]] = {}
    any_text = False
    for path, words in _questions(c):
        any_text = True
        for hit in scan(words):
            for name in {e.kind for e in hit.entries if e.strength not in ("none", "category", "answer")}:
                if kinds()[name].group in _ASKED and not hit.negated:
                    asked.setdefault(name, []).append((path, hit))
    if not any_text:
        yield not_applicable(text("案卷没有现场核查重点和访谈内容", "neither focus nor interviews are recorded"))
    for name, told in asked.items():
        kind = kinds()[name]
        if found.answered(kind) or name in found.denied or _raised(c, found, name):
            continue
        words = "、".join(dict.fromkeys(hit.word for _, hit in told))
        yield unsettled(
            text(f"现场重点或访谈列有“{words}”（“{told[0][1].clause.strip()[:40]}”），排放源清单和正文没有答复{kind.zh}有没有。请写明结果：有则补列，没有则列为排除并写依据",
                 f"the focus of the visit or an interview names {words}, but neither sources nor text say whether there is any {kind.en}. "
                 "State what was found: add it, or exclude it with the ground"),
            f"asked/{name}", tuple(dict.fromkeys(p for path, _ in told for p in c.place(*path))))


def _questions(c: Context) -> Iterator[tuple[Path, str]]:
    for n, words in enumerate(c.dossier.review_focus):
        yield ("review_focus", n), words
    for n, interview in enumerate(c.dossier.interviews):
        if interview.content:
            yield ("interviews", n, "content"), interview.content


def _raised(c: Context, found: Survey, name: str) -> bool:
    """Whether CMP011, CMP017 or CMP018 speak of this kind already, because the dossier also shows it."""
    shown = any(m.kind.id == name for m in found.mentions)
    group = kinds()[name].group
    heard = group == "process" or (group == "machinery" and machinery(c)) or (group == "wastewater" and found.holds(kinds()[name]))
    return shown and heard


@check("CMP038", Family.COMPLETENESS, "minor", needs=("processes",), clause="各指南“适用范围”：兼有其他行业生产活动的，按相应行业指南一并核算", covers=("B9",))
def activities_of_other_sectors(c: Context) -> Iterator[Result]:
    """工艺中属其他行业指南的排放源已核算 | a process that another sector's guideline counts is counted"""
    found = survey(c.inventory)
    for name in ("sf6", "refrigerant"):
        kind = kinds()[name]
        if found.holds(kind) or machinery(c) or found.answered(kind) or name in found.denied:
            continue
        filled = tuple(m for m in found.mentions if m.kind.id == name and m.path[0] == "processes" and _FILLED.search(m.clause))
        if filled:
            yield fail(
                text(f"工艺写到充注{kind.zh}（{quoted(filled)}）：这是机械设备制造指南“电气与制冷设备生产泄漏”的排放源，所用指南没有。"
                     "请按该指南补算，或说明只是维修自用设备",
                     f"the process fills devices with {kind.en} ({quoted(filled)}): a source of the machinery guideline that the guideline in "
                     "use does not have. Count it by that guideline, or say that only own devices are serviced"),
                f"sector/{name}", places(c, filled))


@check("CMP039", Family.COMPLETENESS, "minor", clause="各指南“核算边界”；补充数据表自备电厂", covers=("B1", "B4"))
def own_power_plant_is_listed(c: Context) -> Iterator[Result]:
    """自备电厂列入排放源、设备或补充数据表 | an own power plant is among sources, devices or supplementary tables"""
    found, kind = survey(c.inventory), kinds()["power-plant"]
    told = tuple(m for m in found.mentions if m.kind.id == kind.id and m.strength == "implies")
    if not told:
        yield not_applicable(text("没有提到自备电厂", "no own power plant is named"))
        return
    d = c.dossier
    listed = [f"{s.category}{s.energy}{s.facility}" for s in d.sources] + [f"{e.name}{e.unit}" for e in d.equipment]
    listed += [f"{u.product}{u.unit_name}" for u in d.supplementary] + [x.item for x in d.data.values()] + [x.item for x in d.lines]
    if not any(_PLANT.search(words) for words in listed):
        yield fail(
            text(f"案卷写到自备电厂（{quoted(told)}），排放源、设备清单、数据和补充数据表都没有它。请列明机组、燃料、发电量和供热量，"
                 "核对其燃料是否已计入、所发电是否误作外购电，并说明是否另按发电指南报告",
                 f"the dossier names an own power plant ({quoted(told)}), but no source, device, datum or supplementary table has it. List "
                 "units, fuel, electricity and heat; see that its fuel is counted and its electricity is not taken for purchased, and say "
                 "whether it reports by the power guideline"),
            "power-plant", places(c, told))
