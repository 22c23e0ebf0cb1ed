"""Sampling (抽样): the share, the step up after an error, and claims of a full check against the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.checks.sampling import plan, progress
from tanhe.dossier.places import Place
from tanhe.messages import text

PARTIAL = re.compile(r"部分|抽样|样本|抽取|partial|sample", re.I)
ALL = re.compile(r"100\s*[%％]|全部核查|all records", re.I)
OBJECTS = {"months": ("月份", "months"), "meters": ("计量器具", "meters"), "sites": ("场所", "sites"), "documents": ("凭证", "documents")}


@check("CRO010", Family.CROSS_CHECK, "minor", needs=("sampling",), covers=("A5",),
       clause="北京市核查抽样规则：不少于30%，发现错误依次扩大到50%、80%、100%（B级）；多场所不少于√n（C级）")
def sampling_share(c: Context) -> Iterator[Result]:
    """抽样比例与发现错误后的扩大 | the sample is large enough and grows after an error"""
    for n, entry in enumerate(c.dossier.sampling):
        if entry.population > 0 and 0 <= entry.sample <= entry.population and 0 <= entry.errors <= entry.sample:
            continue
        yield fail(text(f"{_name(entry.object, entry.datum)}：总数 {entry.population}、抽样 {entry.sample}、错误 "
                        f"{entry.errors} 相互矛盾；按抽样记录改正",
                        f"{_name(entry.object, entry.datum)}: population {entry.population}, sample "
                        f"{entry.sample} and errors {entry.errors} "
                        "contradict each other; correct them from the records"),
                   f"{entry.object}/{entry.datum or ''}/{n}", c.place("sampling", n))
        return
    for state in progress(c.dossier, plan(c.inventory, c.policy), c.policy):
        if state.settled:
            continue
        found = sum(entry.errors for _, entry in state.rounds)
        name = _name(state.object, state.datum)
        yield unsettled(text(
            f"{name}：{state.population} 个已抽 {state.reached} 个，发现 {found} 处错误，应抽 {state.due} 个；按抽样方案补抽并记录",
            f"{name}: {state.reached} of {state.population} drawn, {found} errors found, {state.due} are due; "
            "draw the rest by the plan and record it"),
            f"{state.object}/{state.datum or ''}", [p for n, _ in state.rounds for p in c.place("sampling", n)])


def _name(kind: str, datum: str | None) -> str:
    return text(*OBJECTS[kind]) + (f"（{datum}）" if datum else "")


@check("CRO011", Family.CROSS_CHECK, "minor", covers=("K7",),
       clause="称全部核查的，支持性文件包含全部凭证（B级）")
def full_check_has_evidence(c: Context) -> Iterator[Result]:
    """称100%核查而证据只有一部分 | a full check is claimed on partial evidence"""
    claims: list[tuple[str, str, tuple[Place, ...], str | None]] = [
        (f"data/{k}", d.item, c.place("data", k, "sampling"), k) for k, d in c.dossier.data.items() if ALL.search(d.sampling)
    ]
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
                            f"{what} claims a full check, but the evidence is {document.title} "
                            f"({document.id}); supply all vouchers or state the sample"),
                       f"{key}/{document.id}", (*places, *c.place("documents", n)))
        for n, entry in enumerate(c.dossier.sampling):
            if name and entry.datum == name and entry.sample < entry.population:
                yield fail(text(f"{what}称100%核查，抽样记录为 {entry.sample}/{entry.population}；两处改为一致",
                                f"{what} claims a full check, the sampling record says {entry.sample} of "
                                f"{entry.population}"),
                           f"{key}/sampling", (*places, *c.place("sampling", n)))
