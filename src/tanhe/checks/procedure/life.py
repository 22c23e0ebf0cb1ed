"""Rules of who settles findings and how (不符合项的处理人与记录); their order is checked in ``findings``."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.checks.life import failed, name_of, wrong_roles
from tanhe.checks.roles import people, step_word
from tanhe.dossier.model import Finding
from tanhe.messages import text


def _kept(c: Context) -> list[tuple[int, Finding]]:
    return [(n, f) for n, f in enumerate(c.dossier.findings) if f.kind != "suggestion" and f.steps]


@check("PRC085", Family.PROCEDURE, "material", needs=("findings",), covers=("P11",),
       clause="核查指南的不符合项清单：企业整改，核查方核实（做法，未核对原文）")
def roles_settle_findings(c: Context) -> Iterator[Result]:
    """不符合项由受核查方答复、核查组核实后关闭 | the enterprise answers a finding, the team verifies and closes it"""
    named, kept = people(c.dossier), _kept(c)
    if not kept:
        yield not_applicable(text("没有记录处理过程（steps）", "no steps are recorded"))
    for n, finding in kept:
        for turn, said in enumerate(wrong_roles(finding, named), 1):
            yield fail(text(f"{name_of(finding)}：{said}；应由有权的一方重做这一步，或改正记录",
                            f"{name_of(finding)}: {said}; the step is to be taken again by who may, or the record mended"),
                       f"findings/{name_of(finding)}/role/{turn}", c.place("findings", n))
        if finding.state == "closed" and failed(finding):
            yield fail(text(f"{name_of(finding)}：核实结果为不符合，却写作已关闭；应重新整改并核实，或按保守值处理",
                            f"{name_of(finding)}: verified as not conforming, yet closed; correct and verify again, or estimate"),
                       f"findings/{name_of(finding)}/failed", c.place("findings", n))


@check("PRC086", Family.PROCEDURE, "editorial", needs=("findings",), clause="核查记录可追溯到人和日期（本项目判断，C级）")
def steps_say_who_and_when(c: Context) -> Iterator[Result]:
    """不符合项的每一步写明日期和处理人 | every step of a finding says when and by whom"""
    kept = _kept(c)
    if not kept:
        yield not_applicable(text("没有记录处理过程（steps）", "no steps are recorded"))
    for n, finding in kept:
        lacking = {}
        for step in finding.steps:
            what = [text("日期", "its day")] * (step.date is None) + [text("处理人", "its role")] * (not step.by.strip())
            if what:
                lacking[step.step] = text(f"“{step_word(step.step)}”没有{'和'.join(what)}",
                                          f"{step_word(step.step)!r} lacks {' and '.join(what)}")
        if lacking:
            yield unsettled(text(f"{name_of(finding)}：{'，'.join(lacking.values())}；请补记",
                                 f"{name_of(finding)}: {', '.join(lacking.values())}; supply it"),
                            f"findings/{name_of(finding)}", c.place("findings", n, "steps"))
