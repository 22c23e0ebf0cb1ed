"""Sampling (抽样): the share, the step up after an error, and claims of a full check against the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isqrt

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.dossier.model import Sampling
from tanhe.messages import text

STEPS = ("sampling.share", "sampling.step1", "sampling.step2")
PARTIAL = re.compile(r"部分|抽样|样本|抽取|partial|sample", re.I)
ALL = re.compile(r"100\s*[%％]|全部核查|all records", re.I)
OBJECTS = {"months": ("月份", "months"), "meters": ("计量器具", "meters"), "sites": ("场所", "sites"), "documents": ("凭证", "documents")}


@check("CRO010", Family.CROSS_CHECK, "minor", needs=("sampling",), covers=("A5",),
       clause="北京市核查做法：月度记录抽查不少于30%，发现错误依次扩大到50%、80%、100%（B级）；多场所不少于√n（C级）")
def sampling_share(c: Context) -> Iterator[Result]:
    """抽样比例与发现错误后的扩大 | the sample is large enough and grows after an error"""
    by_object: dict[tuple[str, str | None], list[tuple[int, Sampling]]] = {}
    for n, plan in enumerate(c.dossier.sampling):
        by_object.setdefault((plan.object, plan.datum), []).append((n, plan))
    for (kind, datum), plans in by_object.items():
        name = f"{text(*OBJECTS[kind])}{f'（{datum}）' if datum else ''}"
        for at, (n, plan) in enumerate(plans):
            where, key = c.place("sampling", n), f"{kind}/{datum or ''}/{at}"
            if plan.population <= 0 or not 0 <= plan.sample <= plan.population or not 0 <= plan.errors <= plan.sample:
                yield fail(text(f"{name}：总数 {plan.population}、抽样 {plan.sample}、错误 {plan.errors} 相互矛盾；按抽样记录改正",
                                f"{name}: population {plan.population}, sample {plan.sample}, errors {plan.errors} contradict each other"),
                           key, where)
                continue
            least = _least(c, plan)
            if plan.sample < least:
                yield fail(text(f"{name}：{plan.population} 个只抽 {plan.sample} 个，至少 {least} 个；补抽",
                                f"{name}: {plan.sample} of {plan.population} sampled, at least {least} are due"), key, where)
            yield from _step_up(c, name, key, plan, plans[at + 1][1] if at + 1 < len(plans) else None, n)


def _least(c: Context, plan: Sampling) -> int:
    if plan.object == "sites":
        return isqrt(plan.population - 1) + 1
    return int(-(-plan.population * c.policy.number("sampling.share") // 100))


def _step_up(c: Context, name: str, key: str, plan: Sampling, later: Sampling | None, n: int) -> Iterator[Result]:
    if not plan.errors or plan.sample == plan.population:
        return
    share = plan.sample * 100
    steps = [c.policy.number(k) for k in STEPS[1:]]
    due = next((s for s in steps if share < s * plan.population), None)
    wanted = 100 if due is None else due
    if later is None or later.sample * 100 < wanted * later.population:
        had = text("没有", "none") if later is None else f"{later.sample}/{later.population}"
        yield unsettled(text(f"{name}：抽 {plan.sample}/{plan.population} 发现 {plan.errors} 处错误，应扩大到 {wanted}%，后续抽样为{had}；补抽并记录",
                             f"{name}: {plan.errors} errors in {plan.sample} of {plan.population}; the sample is to grow to {wanted}%, recorded: {had}"),
                        f"{key}/step", c.place("sampling", n))


@check("CRO011", Family.CROSS_CHECK, "minor", covers=("K7",),
       clause="称全部核查的，支持性文件包含全部凭证（B级）")
def full_check_has_evidence(c: Context) -> Iterator[Result]:
    """称100%核查而证据只有一部分 | a full check is claimed on partial evidence"""
    claims = [(f"data/{k}", d.item, c.place("data", k, "sampling"), k) for k, d in c.dossier.data.items() if ALL.search(d.sampling)]
    claims += [(f"statement/{s.where or n}", s.where or text("报告正文", "the report"), c.place("statements", n), None)
               for n, s in enumerate(c.dossier.statements) if s.about == "claim.sampling-100"]
    if not claims:
        yield not_applicable(text("报告没有称100%核查", "no claim of a full check"))
    documents = {d.id: (n, d) for n, d in enumerate(c.dossier.documents)}
    for key, what, places, name in claims:
        datum = c.dossier.data[name] if name else None
        used = {*(datum.documents if datum else ()), *(x.document for x in (datum.cross_checks if datum else ()))}
        partial = [(n, d) for i, (n, d) in documents.items() if PARTIAL.search(d.title) and (not used or i in used)]
        for n, document in partial:
            yield fail(text(f"{what}称100%核查，支持性文件却是“{document.title}”（{document.id}）；补全凭证，或写明实际抽查的月份和份数",
                            f"{what} claims a full check, but the evidence is {document.title} ({document.id}); supply all vouchers or state the sample"),
                       f"{key}/{document.id}", (*places, *c.place("documents", n)))
        for n, plan in enumerate(c.dossier.sampling):
            if plan.datum == name and name and plan.sample < plan.population:
                yield fail(text(f"{what}称100%核查，抽样记录为 {plan.sample}/{plan.population}；两处改为一致",
                                f"{what} claims a full check, the sampling record says {plan.sample} of {plan.population}"),
                           f"{key}/sampling", (*places, *c.place("sampling", n)))
