"""What the report itself must show (报告应列出的内容): reasons, schedule, energy list, total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.amounts import shown
from tanhe.checks.completeness._lexicon import fold
from tanhe.checks.engine import Context, Family, Result, check, not_applicable, unsettled
from tanhe.messages import text

_AFFIRMS = re.compile("^(?:受核查方|本厂|厂内|企业)?(?:涉及|存在)(?!.{0,20}(?:但|极少|很少|占比小|忽略|未统计))|^(?:本厂|企业|全厂|受核查方)?生产(?:电气|制冷)设备|(?<![没未无只仅非])有(?=自有)|(?<![没未无只仅非])有[\u4e00-\u9fff、]{2,10}(?:的?(?:购入|充注|使用)|(?:充注)?工序|工艺)")
_NOTHING = re.compile(r"[\s/\\\-—–_.。*×]*|无|否|略|不计|不计入|忽略|排除|n/?a|none", re.I)


@check("CMP034", Family.COMPLETENESS, "minor", needs=("sources",), clause="各指南“核算边界”；核查报告“排放源”", covers=("B5",))
def exclusions_have_a_reason(c: Context) -> Iterator[Result]:
    """排除的排放源写明理由 | an excluded source has its reason"""
    excluded = [(n, s) for n, s in enumerate(c.dossier.sources) if s.excluded]
    if not excluded:
        yield not_applicable(text("没有排除的排放源", "no source is excluded"))
    for n, entry in excluded:
        if _NOTHING.fullmatch(fold(entry.excluded).strip()):
            what = "/".join(w for w in (entry.category, entry.energy, entry.facility) if w.strip(" /-—"))
            yield unsettled(
                text(f"“{what}”列为排除，理由只有“{entry.excluded}”。请写明为何没有这一排放源，或为何可以不计，以及查了什么",
                     f"{what!r} is excluded, and all that is said is {entry.excluded!r}. Say why the source does not occur or may be "
                     "left out, and what was looked at"),
                f"reason/{what}", c.place("sources", n, "excluded"))
        elif affirmed := next((m[0] for part in re.split("[，。；：;:]", entry.excluded) if (m := _AFFIRMS.search(part))), ""):
            what = "/".join(w for w in (entry.category, entry.energy, entry.facility) if w.strip(" /-—"))
            yield unsettled(
                text(f"“{what}”列为排除，理由却写“{affirmed}”（{entry.excluded[:60]}），像是丢了否定词。请改正，或补算该源",
                     f"{what!r} is excluded, yet the reason says {affirmed!r}: a negation seems lost. Correct it, or compute the source"),
                f"affirmed/{what}", c.place("sources", n, "excluded"))


@check("CMP035", Family.COMPLETENESS, "minor", clause="核查报告“核查过程”“能源品种与用途”（B级）", covers=("I16",))
def schedule_and_energy_are_there(c: Context) -> Iterator[Result]:
    """报告有核查日期和能源清单 | the report has the dates of the verification and the list of energies"""
    if not any(value is not None for _, value in c.dossier.dates):
        yield unsettled(text("没有任何核查日期（文件评审、现场核查、报告完成、签发），先后顺序、证书有效期和因子是否已公布都无从核对。请补充时间安排",
                             "there is no date of the verification (review, visit, report, issue), so order, certificates and the "
                             "publication of factors cannot be checked. Supply the schedule"),
                        "part/dates", c.place("dates") or c.place("format"))
    burnt = [line.item for line in c.dossier.lines if line.source in ("combustion", "electricity", "heat")]
    if burnt and not c.dossier.energy:
        yield unsettled(text(f"没有能源品种与用途的清单，而计算了{'、'.join(burnt)}。请补充品种、用途和设施，以便与排放源逐项核对",
                             f"there is no list of energies and their use, while {len(burnt)} of them are counted. Supply kind, use and "
                             "facility, to be compared with the sources"),
                        "part/energy", c.place("energy") or c.place("lines"))


@check("CMP036", Family.COMPLETENESS, "minor", needs=("lines",), clause="核算指南 附录一 报告格式：企业温室气体排放总量", covers=("C2", "I16"))
def the_total_is_printed(c: Context) -> Iterator[Result]:
    """报告印出温室气体排放总量 | the report prints its total"""
    printed = [x for x in c.inventory.lines if x.reported is not None]
    if not printed:
        yield not_applicable(text("没有印出的排放量", "no emission is printed"))
        return
    if c.inventory.including.reported is not None:
        return
    said = [(n, s) for n, s in enumerate(c.dossier.statements) if s.about == "totals.including" and s.value]
    counted = shown(c.inventory.including.exact or Decimal(0))
    zh = f"；正文写作 {said[0][1].value}（{said[0][1].where}）" if said else ""
    en = f"; the text says {said[0][1].value} ({said[0][1].where})" if said else ""
    yield unsettled(text(f"印出了{len(printed)}行排放量，汇总表没有企业温室气体排放总量（含净购入电力和热力）{zh}；各行复算之和为 {counted} tCO2e。请补充总量",
                         f"{len(printed)} lines print their emission, but the result table has no total including purchased energy{en}; the lines "
                         f"add up to {counted} tCO2e. Supply the total"),
                    "totals/including", (*c.place("totals"), *c.place("lines"), *(p for n, _ in said for p in c.place("statements", n))))
