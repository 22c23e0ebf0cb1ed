"""Claims (断言): what the report asserts against what the dossier holds (P10, P12–P14, A23, B16, B17, K9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.consistency._helpers import (
    Said,
    Text,
    claim,
    conclusions,
    several,
    shown,
    silent,
    statements,
)
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.dossier.places import Place
from tanhe.messages import text
from tanhe.quantity.rounding import half_up

_CLOSED = re.compile(r"不符合项?[^，。；]{0,10}(关闭|整改完成|得到纠正|完成整改)(?!的)")
_NONE = re.compile(r"(没有|未|无|不存在|零|0\s*个?)[^，。；]{0,8}不符合|不符合项?[^，。；]{0,4}[：:为]?\s*(无|0|零)")
_PLAN_ABSENT = re.compile("未备案|尚未|没有|无监测计划|未制定|不核查|不涉及|未纳入")
_NO_REPORT = re.compile("未填报|未提交|没有|无排放报告|未编制|不存在|未提供|无$|^无")
_SAME = re.compile(r"(与|和|同)[^，。；]{0,12}(上年|上一年|去年|前一年|以前年度|上年度)[^，。；]{0,8}(一致|相同|保持不变|无变化)|"
                   r"(上年|上一年|上年度)[^，。；]{0,10}(保持一致|无变化|没有变化)")
_UNCHANGED = re.compile("(没有|无|未发生|未)[^，。；]{0,6}(变化|变更)|保持不变")
_STEADY = re.compile(r"(不存在|没有|无|未发现|未出现)[^，。；]{0,6}(异常)?波动")


@check("CON060", Family.CONSISTENCY, "minor", clause="", covers=("P10",))
def closed_findings(c: Context) -> Iterator[Result]:
    """“不符合项关闭”的说法与不符合项的数目相符 | sentences about closed non-conformities need some"""
    d = c.dossier
    count = sum(f.kind == "nc" for f in d.findings)
    ground = c.place("findings") or c.place("guideline")
    texts = [*_spoken(c, "claim.all-nc-closed"), *((shown(p), part, c.place(*p)) for p, w in conclusions(d) for part in re.split("[。；;]", w)
                                                   if _CLOSED.search(part))]
    closing = [(where, places) for where, words, places in texts if not _NONE.search(words)]
    if closing and not count:
        where = "、".join(w for w, _ in closing)
        yield fail(text(f"{where}称不符合项已全部关闭，而不符合项为 0 个。请删去该句，或补列不符合项",
                        f"{where}: all non-conformities are said to be closed, but there are none. Strike the sentence or list them"),
                   "closed", [p for _, places in closing for p in places] + list(ground))
    mentioned = [(where, places) for where, _, places in _spoken(c, "claim.nc-mentioned")]
    mentioned += [(visit.work[:16], c.place("visits", n)) for n, visit in enumerate(d.visits)
                  if re.search("文件评审(中)?(的)?不符合", visit.work + visit.content)]
    if mentioned and not count:
        where = "、".join(w for w, _ in mentioned)
        yield fail(text(f"{where}：提到文件评审中的不符合，而不符合项为 0 个。请统一",
                        f"{where}: non-conformities of the desk review are mentioned; there are none. Make them agree"),
                   "mentioned", [p for _, places in mentioned for p in places] + list(ground), severity="editorial")
    denied = [*_spoken(c, "claim.nc-none"), *((shown(p), w, c.place(*p)) for p, w in conclusions(d) if _NONE.search(w))]
    for where, _words, places in denied if count else ():
        yield fail(text(f"{where}称没有不符合项，清单却有 {count} 个。请统一", f"{where} says there was no non-conformity; the list has {count}"),
                   f"none/{where}", (*places, *ground))
    for said in statements(c, "claim.all-nc-closed") if count else ():
        number = claim(said.spec.value) if said.spec.value else None
        if number is not None and number.low != count:
            yield fail(text(f"{said.where}称 {said.spec.value} 个不符合项已关闭，清单有 {count} 个。请统一", f"{said.where} counts {said.spec.value} "
                            f"closed non-conformities, the list has {count}"), f"count/{said.where}", (*said.places, *ground))
    for path, words in conclusions(d):
        counted = re.search(r"(\d+)\s*[个项]\s*不符合", words)
        if counted and int(counted[1]) != count:
            yield fail(text(f"{shown(path)}称开具 {counted[1]} 个不符合项，清单有 {count} 个。请统一", f"{shown(path)} counts {counted[1]} "
                            f"non-conformities, the list has {count}"), f"count/{shown(path)}", (*c.place(*path), *ground))
    for said in statements(c, "nc.count"):
        number = claim(said.spec.value)
        if number is not None and number.low != count:
            yield fail(text(f"{said.where}称开具 {said.spec.value} 个不符合项，清单有 {count} 个。请统一",
                            f"{said.where} counts {said.spec.value} non-conformities, the list has {count}"),
                       f"count/{said.where}", (*said.places, *ground))


def _spoken(c: Context, about: str) -> list[tuple[str, str, tuple[Place, ...]]]:
    return [(s.where, s.spec.text, s.places) for s in statements(c, about)]


@check("CON061", Family.CONSISTENCY, "minor", needs=("monitoring_plan",), clause="", covers=("P12",))
def monitoring_plan(c: Context) -> Iterator[Result]:
    """只在有监测计划时才称符合监测计划 | conformity with a monitoring plan is claimed only if there is one"""
    d = c.dossier
    if not _PLAN_ABSENT.search(d.monitoring_plan) or "版本" in d.monitoring_plan:
        return
    texts = [*conclusions(d), *several(("purpose",), d.purpose), *several(("scope",), d.scope)]
    claims = [(shown(path), part, c.place(*path)) for path, words in texts for part in re.split("[，。；]", words)
              if re.search("(符合|满足|按照?|依据|执行)[^，。；]*(监测计划|数据质量控制)|(监测计划|数据质量控制)[^，。；]*(符合|一致)", part)
              and not re.search("不涉及|不核查|未|没有|不", part)]
    for where, words, places in [*_spoken(c, "claim.monitoring-plan"), *claims]:
        yield fail(text(f"{where}称符合监测计划（{words[:30]}），而案卷说明“{d.monitoring_plan[:40]}”。请统一",
                        f"{where} claims conformity with a monitoring plan; the dossier says {d.monitoring_plan[:40]!r}"),
                   f"plan/{where}", (*places, *c.place("monitoring_plan")))


@check("CON062", Family.CONSISTENCY, "minor", clause="", covers=("P13",))
def initial_report(c: Context) -> Iterator[Result]:
    """初始排放报告不能既没有又已提交 | the initial report is not both absent and submitted"""
    d = c.dossier
    absent = [(s.where, s.places) for s in statements(c, "claim.initial-absent")]
    if _NO_REPORT.search(d.report.initial_version):
        absent.append((text("报告版本", "report version"), c.place("report", "initial_version")))
    if re.search("未填报|未提交|未编制", d.conclusions.difference):
        absent.append(("conclusions.difference", c.place("conclusions", "difference")))
    given = [(s.where, s.places) for s in statements(c, "claim.initial-submitted")]
    given += [(name, c.place("dates", name)) for name in ("initial_report", "report_received") if getattr(d.dates, name)]
    if re.search("初始(排放)?报告[^，。；]*(填报准确|无偏差|一致|已提交)", d.conclusions.difference):
        given.append(("conclusions.difference", c.place("conclusions", "difference")))
    if d.report.initial_version and not _NO_REPORT.search(d.report.initial_version):
        given.append((text("报告版本", "report version"), c.place("report", "initial_version")))
    if absent and given:
        yield fail(text(f"{absent[0][0]}称没有初始排放报告，{given[0][0]}却表明已提交。请查收文记录后统一",
                        f"by {absent[0][0]} there is no initial report, by {given[0][0]} it was submitted. Settle by the receipt"),
                   "initial-report", (*absent[0][1], *given[0][1]))


@check("CON063", Family.CONSISTENCY, "editorial", clause="", covers=("P14", "B16"))
def same_as_last_year(c: Context) -> Iterator[Result]:
    """“与上年一致”的说法有上年资料，并与边界变化相符 | claims of sameness with last year: its data are there, the boundary agrees"""
    d = c.dossier
    texts: list[Text] = [(("boundary", "changes"), d.boundary.changes), (("boundary", "description"), d.boundary.description),
                         *several(("other_findings",), d.other_findings), *conclusions(d)]
    found = _spoken(c, "claim.same-boundary") + [(shown(p), w, c.place(*p)) for p, w in texts if _SAME.search(w)]
    if found and not _has_prior(c):
        where = "、".join(w for w, _, _ in found)
        yield review(text(f"{where}称与上年度一致，案卷没有上年度的排放报告或核查报告。请补充上年资料，或删去该句",
                          f"{where}: nothing is said to have changed since last year; no emission or verification report of that year "
                          "is listed. Supply it or strike the sentence"), "same", [p for _, _, places in found for p in places])
    denied = _spoken(c, "claim.same-boundary") + [
        (shown(p), w, c.place(*p)) for p, w in texts
        if "边界" in w and (_SAME.search(w) or (p == ("boundary", "changes") and _UNCHANGED.search(w)))]
    if denied and d.boundary.changed:
        where = "、".join(w for w, _, _ in denied)
        yield fail(text(f"{where}称边界与上年度相同，而核算边界登记为有变化。请查上年报告后统一，有变化的写明内容",
                        f"{where}: the boundary is said to be that of last year, yet it is marked as changed. Settle by last year's "
                        "report and say what changed"),
                   "same/changed", [*(p for _, _, places in denied for p in places), *c.place("boundary", "changed")], severity="minor")
    if not d.boundary.changes and d.boundary.changed is None:
        yield unsettled(text("没有说明核算边界、排放设施与上年相比有无变化。请补充", "nothing is said about changes of boundary or facilities. Supply it"),
                        "boundary/changes", c.place("boundary"))
    elif d.boundary.changed and not d.boundary.changes:
        yield unsettled(text("边界有变化，但没有说明变化的内容。请补充", "the boundary changed, but it is not said how. Supply it"),
                        "boundary/changes", c.place("boundary", "changed"), severity="minor")


def _has_prior(c: Context) -> bool:
    """Whether last year's report, or a figure out of it, is on hand."""
    d, year = c.dossier, str(c.dossier.year - 1)
    return bool(statements(c, "previous.")) or any(year in x.title and re.search("排放报告|核查报告", x.title) for x in d.documents)


@check("CON064", Family.CONSISTENCY, "editorial", clause="", covers=("P14", "A23"))
def fluctuation(c: Context) -> Iterator[Result]:
    """“不存在异常波动”的说法与产量变化相符 | “no unusual fluctuation” against output and last year's data"""
    d = c.dossier
    found = _spoken(c, "claim.no-fluctuation")
    texts = [(("conclusions", "fluctuation"), d.conclusions.fluctuation), *several(("other_findings",), d.other_findings)]
    found += [(shown(p), w, c.place(*p)) for p, w in texts if _STEADY.search(w)]
    if not found:
        yield not_applicable(text("没有关于波动的说法", "nothing is said about fluctuation"))
        return
    limit, where, places = c.policy.number("fluctuation.output"), found[0][0], found[0][2]
    changes = [(name, change, spots) for name, change, spots in _changes(c) if abs(change) > limit]
    for name, change, spots in changes:
        yield review(text(f"{where}称不存在异常波动，而{name}的产量比上年变化 {half_up(change, 1)}%（界限 {limit}%）。请结合能源消耗说明原因",
                          f"{where} says there is no unusual fluctuation, but output of {name} changed by {half_up(change, 1)} % "
                          f"(limit {limit} %). Explain it together with energy use"), f"fluctuation/{name}", (*places, *spots),
                     severity="minor")
    first = bool(statements(c, "claim.first-verification", "claim.new-entity")) or "首次" in d.conclusions.fluctuation
    if not changes and not _has_prior(c) and not any(True for _ in _changes(c)):
        yield review(text(f"{where}称不存在异常波动，案卷没有上年度的排放量或产量可比。请补充上年数据，或改写为“无上年数据可比”",
                          f"{where} says there is no unusual fluctuation; no figure of last year is in the dossier. Supply it, or say "
                          "that there is nothing to compare"), "fluctuation/no-data", places,
                     severity="note" if first else "editorial")


def _changes(c: Context) -> Iterator[tuple[str, Decimal, tuple[Place, ...]]]:
    """Change of output against the year before in percent, by product, else of the economic figures."""
    d = c.dossier
    rows = [(p.name, p.year, p.output, c.place("products", n)) for n, p in enumerate(d.products)]
    if not any(year == d.year - 1 for _, year, _, _ in rows):
        rows = [(text("全厂", "the works"), e.year, e.output, c.place("economics", n)) for n, e in enumerate(d.economics)]
    for name, year, output, place in rows:
        before = next((r for r in rows if r[0] == name and r[1] == d.year - 1 and r[2]), None)
        if year == d.year and output is not None and before is not None and before[2]:
            yield name, (output - before[2]) / before[2] * 100, (*place, *before[3])


@check("CON065", Family.CONSISTENCY, "editorial", clause="", covers=("B17",))
def equipment_counts(c: Context) -> Iterator[Result]:
    """新增、退出设施的数目与设备清单相符 | new and retired facilities against the list of equipment"""
    found = statements(c, "equipment.")
    if not found:
        yield silent(c, text("设施增减", "new and retired facilities"))
    for said in found:
        number, own = claim(said.spec.value), _count(c, said)
        if number is None or own is None or number.agrees(own):
            continue
        yield fail(text(f"{said.about}：{said.where}为 {said.spec.value}，设备清单为 {own}。请统一",
                        f"{said.about}: {said.where} says {said.spec.value}, the list of equipment {own}. Make them agree"),
                   f"{said.about}/{said.where}", (*said.places, *c.place("equipment")))


def _count(c: Context, said: Said) -> Decimal | None:
    """How many devices the list shows: new, exited, or of one name; None where it cannot say."""
    words = {"new": "新增|新购|新建", "exited": "退出|报废|拆除|停用"}.get(said.rest)
    chosen = [e for e in c.dossier.equipment
              if (re.search(words, e.status) if words else e.name == said.rest.removesuffix(".count"))]
    if not c.dossier.equipment or (not words and not chosen):
        return None
    counts = [claim(e.count or "1") for e in chosen]
    return None if None in counts else sum((n.low for n in counts if n), Decimal(0))


@check("CON066", Family.CONSISTENCY, "editorial", clause="", covers=("K9",))
def blank_list(c: Context) -> Iterator[Result]:
    """不符合项清单为空时，报告说明没有不符合项 | an empty list of non-conformities is said to be empty"""
    d = c.dossier
    if any(f.kind in ("nc", "clarification") for f in d.findings):
        yield not_applicable(text("有不符合项", "there are non-conformities"))
        return
    for said in statements(c, "nc-list"):
        if not said.spec.value.strip() or claim(said.spec.value) is not None:
            yield fail(text(f"{said.where}的不符合项清单为空行。没有不符合项时应写“无”", f"{said.where}: the list of non-conformities is a "
                            "blank row; write “none” when there is none"), f"nc-list/{said.where}", said.places)
    spoken = statements(c, "claim.nc-none", "nc.count", "nc-list")
    texts = [*conclusions(d), *several(("other_findings",), d.other_findings), *((("f", n), f.description) for n, f in enumerate(d.findings))]
    if not spoken and not any(_NONE.search(w) for _, w in texts):
        yield unsettled(text("案卷没有不符合项，也没有写明“没有不符合项”。请在结论中写明", "there is no non-conformity, and nowhere is it said "
                             "that there was none. Say so in the conclusion"), "nc-list", c.place("conclusions"), severity="note")
