"""Life of findings (不符合项的处理): none open at issue, steps in order, closing evidence (P11)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, unsettled
from tanhe.checks.life import FOLLOWS
from tanhe.checks.procedure._helpers import report_date
from tanhe.dossier.model import Finding
from tanhe.messages import text

_ORDER = ("raised", "answered", "evidence", "verified", "closed", "conservative-estimate")
_STEP_ZH = dict(zip(_ORDER, ("提出", "答复", "证据", "验证", "关闭", "保守估算"), strict=True))


def _all(c: Context) -> list[tuple[int, Finding]]:
    return [(n, f) for n, f in enumerate(c.dossier.findings) if f.kind in ("nc", "clarification")]


def _name(n: int, finding: Finding) -> str:
    return finding.id or str(n)


@check("PRC040", Family.PROCEDURE, "material", clause="核查程序：不符合项关闭后方可出具报告", covers=("P11",))
def open_at_issue(c: Context) -> Iterator[Result]:
    """出具报告时没有未关闭的不符合项 | no non-conformity is open when the report is issued"""
    found, when = _all(c), report_date(c.dossier)
    if not found or when is None:
        yield not_applicable(text("没有不符合项，或报告尚未出具", "no non-conformities, or the report is not issued"))
        return
    for n, finding in found:
        if finding.state in ("open", "answered"):
            state = text("未关闭", "open") if finding.state == "open" else text("已答复、未验证关闭", "answered, not verified")
            yield fail(text(f"报告（{when}）已出具，不符合项“{finding.description[:24]}”{state}。请验证关闭或作保守估算后再出具",
                            f"the report ({when}) is issued while {finding.description[:24]!r} is {state}. Close it or estimate conservatively"),
                       f"open/{_name(n, finding)}", (*c.place("findings", n), *c.place("dates")))
        for m, step in enumerate(finding.steps):
            if step.date and step.date > when:
                yield fail(text(f"不符合项“{finding.description[:24]}”的{_STEP_ZH[step.step]}（{step.date}）晚于报告（{when}）。请改正",
                                f"step {step.step} of {finding.description[:24]!r} ({step.date}) is later than the report ({when})"),
                           f"late/{_name(n, finding)}/{step.step}", (*c.place("findings", n, "steps", m), *c.place("dates")))


@check("PRC041", Family.PROCEDURE, "minor", clause="核查程序：不符合项处理", covers=("P11",))
def steps(c: Context) -> Iterator[Result]:
    """不符合项的处理步骤依次进行，日期不倒 | steps of a finding follow each other, dates do not run back"""
    found = [(n, f) for n, f in _all(c) if f.steps]
    if not found:
        yield not_applicable(text("没有记录处理步骤的不符合项", "no finding has recorded steps"))
    for n, finding in found:
        dates = [s.date for s in finding.steps if s.date]
        where = c.place("findings", n, "steps")
        taken = [s.step for s in finding.steps]
        if taken[0] != "raised" or any(after not in FOLLOWS[before] for before, after in pairwise(taken)):
            order = " → ".join(_STEP_ZH[s.step] for s in finding.steps)
            yield fail(text(f"“{finding.description[:24]}”的步骤为 {order}，应由提出开始依次进行。请改正",
                            f"steps of {finding.description[:24]!r}: {', '.join(s.step for s in finding.steps)}; they should begin with raised "
                            "and follow each other"), f"steps/{_name(n, finding)}", where)
        if dates != sorted(dates):
            yield fail(text(f"“{finding.description[:24]}”的日期倒退：{'、'.join(map(str, dates))}。请改正",
                            f"dates of {finding.description[:24]!r} run back: {', '.join(map(str, dates))}"), f"dates/{_name(n, finding)}", where)
        begin = c.dossier.dates.document_review or c.dossier.dates.site_visit
        if dates and begin and dates[0] < begin:
            yield fail(text(f"“{finding.description[:24]}”提出于 {dates[0]}，早于文件评审（{begin}）。请改正",
                            f"{finding.description[:24]!r} was raised on {dates[0]}, before the desk review ({begin})"),
                       f"early/{_name(n, finding)}", (*where, *c.place("dates", "document_review")))


@check("PRC042", Family.PROCEDURE, "minor", clause="核查程序：不符合项处理", covers=("P11",))
def closing_evidence(c: Context) -> Iterator[Result]:
    """关闭的不符合项有原因、纠正、证据、核查结论和处理记录 | a closed finding has cause, correction, evidence, conclusion and a record"""
    found = [(n, f) for n, f in _all(c) if f.state in ("closed", "conservative-estimate")]
    if not found:
        yield not_applicable(text("没有关闭的不符合项", "no closed findings"))
    for n, finding in found:
        lacking = _lacking(finding)
        if lacking:
            yield unsettled(text(f"“{finding.description[:24]}”已关闭，但缺{'、'.join(zh for zh, _ in lacking)}。请补充",
                                 f"{finding.description[:24]!r} is closed without {', '.join(en for _, en in lacking)}. Supply them"),
                            f"closing/{_name(n, finding)}", c.place("findings", n))
        last = finding.steps[-1].step if finding.steps else ""
        if finding.status == "closed" and last and last not in ("closed", "verified"):
            yield fail(text(f"“{finding.description[:24]}”标为关闭，末一步却是{_STEP_ZH[last]}。请补记验证和关闭",
                            f"{finding.description[:24]!r} is marked closed, its last step is {last}. Record verification and closing"),
                       f"status/{_name(n, finding)}", c.place("findings", n))


def _lacking(finding: Finding) -> list[tuple[str, str]]:
    """What a closed finding does not have; a clarification needs an answer, an estimate no correction."""
    done = {s.step for s in finding.steps if s.note or s.date}
    settled = finding.state == "closed"
    answered = bool(finding.correction or finding.evidence or "evidence" in done)
    corrected = bool(finding.correction) if finding.kind == "nc" else answered
    return [pair for pair, there in (
        (("原因分析", "cause"), finding.cause or finding.kind == "clarification" or not settled),
        (("纠正措施", "correction") if finding.kind == "nc" else ("答复或证据", "answer or evidence"), corrected or not settled),
        (("证据", "evidence"), finding.evidence or "evidence" in done or finding.kind == "clarification" or not settled),
        (("核查结论", "conclusion"), finding.conclusion or "verified" in done),
        (("提出、答复、验证和关闭的记录", "a record of raising, answering, verifying and closing"), finding.steps or finding.kind == "clarification"),
    ) if not there]
