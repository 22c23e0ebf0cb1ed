"""Boundary of the inventory (核算边界): whose bills, which sites, what is excluded and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.completeness._lexicon import kinds, scan
from tanhe.checks.completeness._survey import survey
from tanhe.checks.completeness._words import places, quoted
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.dossier.model import Path
from tanhe.factors.names import fold
from tanhe.messages import text

_REAL = frozenset(("fuel", "purchased", "process", "machinery", "wastewater", "process-n2o"))
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()]{2,40}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司)")
_BILL = re.compile("发票|结算单|账单|电费|缴费|户名|抄表|计量|购销合同|供用电合同|供气合同")
_SUPPLIER = re.compile("供电|电力|电网|国网|燃气|天然气|热力|供热|热电|石油|石化|能源|油品|加油|检测|计量|检定|认证|核查|气体|煤炭|贸易")
_NONE = re.compile("没有|无|未设|唯一|不存在|仅.{0,6}一个|只有一个|一个(?:生产)?厂区")
_OTHER_SITE = re.compile("子公司|分公司|分厂|二厂|三厂|二期厂区|另一厂区|新厂区|老厂区|异地|外地厂区|租赁厂房|出租厂房|承租")
_IGNORED = re.compile("忽略|占比小|占比较小|量少|量小|量极少|未统计|不计入|未计入|可不计")
_OUTPUT = re.compile("渣|副产|丁基油|醇油|产品|粉尘|灰|外售|污泥|废液|驰放气外供|输出")
_INPUT = re.compile("燃|气|油|煤|焦|石灰石|碳酸|电力|热力|柴|乙炔")
_SIZE = re.compile(r"\d[\d.,]*\s*(?:t|吨|万|%|‰|m|GJ|tCO2|kg|千克)")
_ABSENT = re.compile(r"^[\s/]*$|不涉及|没有|无|不存在|未涉及|不使用|/")


@check("CMP019", Family.COMPLETENESS, "material", needs=("entity.name",), clause="各指南“核算边界”（法人边界）", covers=("B11",))
def bills_belong_to_the_entity(c: Context) -> Iterator[Result]:
    """表计与发票的户名是受核查方 | meters and bills are in the entity's name"""
    own = fold(c.dossier.entity.name)
    named = 0
    for path, words, sure in _bills(c):
        for match in _COMPANY.finditer(words):
            named += 1
            said = fold(match[0])
            if own in fold(words) or said.endswith(own) or own.endswith(said) or (not sure and _SUPPLIER.search(match[0])):
                continue
            yield fail(
                text(f"“{words}”的户名“{match[0]}”不是受核查方“{c.dossier.entity.name}”。请提供本法人的单据，或说明两者关系和分摊办法",
                     f"{words!r} is in the name of {match[0]!r}, not of {c.dossier.entity.name!r}. Supply bills of the entity, or explain "
                     "the relation and how amounts are split"),
                f"{path[0]}/{match[0]}", (*c.place(*path), *c.place("entity", "name")),
            )
    if not named:
        yield not_applicable(text("单据和表计没有写户名", "no bill or meter names its holder"))


def _bills(c: Context) -> Iterator[tuple[Path, str, bool]]:
    d = c.dossier
    for n, document in enumerate(d.documents):
        if _BILL.search(document.title):
            yield ("documents", n), document.title, False
    for name, datum in d.data.items():
        if _BILL.search(datum.source):
            yield ("data", name, "source"), datum.source, False
    for n, meter in enumerate(d.meters):
        yield ("meters", n), meter.location, False
    for n, said in enumerate(d.statements):
        if said.about.startswith(("billing", "invoice", "meter.owner")):
            yield ("statements", n), said.value, True


@check("CMP020", Family.COMPLETENESS, "minor", clause="各指南“核算边界”", covers=("B12",))
def other_sites_listed(c: Context) -> Iterator[Result]:
    """分支机构和其他场所已说明 | branches and other sites are stated"""
    d = c.dossier
    stated = " ".join((d.boundary.branches, d.boundary.description, *d.boundary.notes))
    group = re.search("集团|股份有限公司|上市", f"{d.entity.name} {d.entity.profile}")
    if not d.boundary.branches and not _NONE.search(stated) and len(d.boundary.sites) < 2:
        why = text(f"（名称或简介有“{group[0]}”）", f" (name or profile says {group[0]!r})") if group else ""
        yield unsettled(
            text(f"没有说明受核查方有无分公司、分厂和其他经营场所{why}。请查营业执照、财务报表和用电户号后写明，并列出边界内的全部场所",
                 f"it is not said whether the entity has branches or other sites{why}. Check licence, accounts and electricity accounts, "
                 "state it, and list every site inside the boundary"),
            "branches", (*c.place("boundary"), *c.place("entity", "name")), severity=None if group else "note",
        )
    if not (d.boundary.branches and _NONE.search(d.boundary.branches)):
        return
    texts: list[tuple[Path, str]] = [(("entity", "profile"), d.entity.profile), (("boundary", "description"), d.boundary.description)]
    texts += [(("processes", n, "text"), p.text) for n, p in enumerate(d.processes)]
    texts += [(("equipment", n, "location"), e.location) for n, e in enumerate(d.equipment)]
    texts += [(("meters", n, "location"), m.location) for n, m in enumerate(d.meters)]
    for path, words in texts:
        match = _OTHER_SITE.search(words)
        if match and not _NONE.search(words[max(0, match.start() - 12): match.end() + 12]):
            yield review(
                text(f"边界称“{d.boundary.branches}”，而案卷提到“{words[max(0, match.start() - 10): match.end() + 10]}”。请说明该场所是否属于本法人、是否列入边界",
                     f"the boundary says {d.boundary.branches!r}, yet the dossier names {match[0]!r}. Say whether that site belongs to the "
                     "entity and is inside the boundary"),
                f"site/{match[0]}", (*c.place("boundary", "branches"), *c.place(*path)),
            )


@check("CMP023", Family.COMPLETENESS, "note", clause="各指南“核算边界”；保守性", covers=("B15",))
def ignored_flows_have_size_and_direction(c: Context) -> Iterator[Result]:
    """忽略的物流写明大小和方向 | flows left out are listed with size and direction"""
    for n, entry in enumerate(c.dossier.sources):
        if not _IGNORED.search(entry.excluded):
            continue
        name = entry.energy or entry.category
        output = bool(_OUTPUT.search(name))
        if output:
            way = text("它是碳的输出，忽略使排放量偏高，属保守", "it is an output of carbon: leaving it out raises the emission, which is conservative")
        elif _INPUT.search(name + entry.category):
            way = text("它是排放，忽略使排放量偏低，不保守", "it is an emission: leaving it out lowers the total, which is not conservative")
        else:
            way = text("方向未写明", "its direction is not stated")
        size = text("写有数量", "a size is given") if _SIZE.search(entry.excluded) else text("没有写数量", "no size is given")
        yield review(
            text(f"“{name}”被忽略（{entry.excluded}）：{way}；{size}。请写明数量级和对总量的影响",
                 f"{name!r} is left out ({entry.excluded}): {way}; {size}. State its order of magnitude and effect on the total"),
            f"ignored/{name}", c.place("sources", n),
            severity="note" if output or _SIZE.search(entry.excluded) else "minor",
        )


@check("CMP031", Family.COMPLETENESS, "material", needs=("sources",), clause="各指南“核算边界”", covers=("B5",))
def exclusions_agree_with_the_text(c: Context) -> Iterator[Result]:
    """称不涉及的排放源在案卷中确实没有 | what is excluded as absent does not appear in the dossier"""
    found = survey(c.inventory)
    for kind in (k for k in kinds().values() if k.group in _REAL):
        at = found.excluded.get(kind.id)
        if at is None:
            held = kind.sources & found.known
            at = next((found.shut[s] for s in held), None) if held and held <= found.shut.keys() else None
        if at is None or found.counted(kind) or not _ABSENT.search(c.dossier.sources[at].excluded):
            continue
        shown = tuple(m for m in found.mentions if m.kind.id == kind.id and m.strength == "implies" and m.area != "meter")
        if shown:
            yield fail(
                text(f"排放源“{c.dossier.sources[at].category}”称“{c.dossier.sources[at].excluded}”，而案卷写到{quoted(shown)}。请补列该源，或更正相应文字",
                     f"{c.dossier.sources[at].category!r} is excluded ({c.dossier.sources[at].excluded}), yet the dossier says "
                     f"{quoted(shown)}. Add the source, or correct the text"),
                f"excluded/{kind.id}", (*c.place("sources", at), *places(c, shown)),
            )
            continue
        present = tuple(m for m in found.mentions if m.kind.id == kind.id and m.strength == "present")
        if present and not _spoken_of(kind.id, c.dossier.sources[at].excluded):
            yield review(
                text(f"排放源“{c.dossier.sources[at].category}”称“{c.dossier.sources[at].excluded}”，而设备清单有{quoted(present)}。"
                     "请写明这些设备由谁充注、当年是否补气，或更正其一",
                     f"{c.dossier.sources[at].category!r} is excluded ({c.dossier.sources[at].excluded}), yet the equipment list has "
                     f"{quoted(present)}. Say who fills these devices and whether any was refilled, or correct one of the two"),
                f"excluded/{kind.id}", (*c.place("sources", at), *places(c, present)), severity="minor",
            )


def _spoken_of(kind: str, reason: str) -> bool:
    """Whether the reason itself grants that the stuff is there: 开关柜内有六氟化硫，当年没有补气."""
    return any(e.kind == kind and e.strength == "present" for hit in scan(reason) if not hit.negated for e in hit.entries)


@check("CMP033", Family.COMPLETENESS, "minor", needs=("lines",), clause="核查报告“排放源”", covers=("B5",))
def lines_are_listed_sources(c: Context) -> Iterator[Result]:
    """每个计算行都在排放源清单中 | every line is in the list of sources"""
    listed = {entry.line for entry in c.dossier.sources}
    counted = {line.spec.id: line for line in c.inventory.lines if line.verified_value}
    kept = {entry.line for entry in c.dossier.sources if not entry.excluded}
    for n, entry in enumerate(c.dossier.sources):
        if entry.excluded and entry.line in counted.keys() - kept:
            result = counted[entry.line]
            yield fail(
                text(f"排放源“{entry.category}：{entry.energy}”称未纳入核算（{entry.excluded}），而“{result.item}”计算了 {result.verified_value} tCO2e。请统一",
                     f"the source {entry.category!r} ({entry.energy}) is said to be left out ({entry.excluded}), yet {result.item!r} is computed. "
                     "Make them agree"), f"denied/{entry.line}", c.place("sources", n))
    for n, line in enumerate(c.dossier.lines):
        if line.id not in listed:
            yield fail(
                text(f"“{line.item}”（{line.id}）计算了排放量，排放源清单没有引用它。请在排放源清单补列设施、位置并引用该行",
                     f"{line.item!r} ({line.id}) has a line, but no listed source refers to it. Add facility and location to the list and "
                     "refer to the line"),
                line.id, (*c.place("lines", n), *c.place("sources")),
            )
