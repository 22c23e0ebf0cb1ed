"""The life of a finding (不符合项的处理过程): raised → answered → evidence → verified → closed, or estimated.

Everything here is pure: a step gives a new finding; an impossible one is a TanheError that says why. The order
and the rule that nothing is issued while one is open follow the verification guide's list of non-conformities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from tanhe.checks.findings import Finding as RuleFinding
from tanhe.checks.findings import Outcome
from tanhe.checks.roles import MAY, NOBODY, People, StepName, people, role_of, role_word, step_word
from tanhe.dossier.model import Dossier, Finding, FindingStep
from tanhe.messages import TanheError, text

FOLLOWS: Mapping[StepName, tuple[StepName, ...]] = MappingProxyType({
    "raised": ("answered", "verified", "conservative-estimate"),
    "answered": ("answered", "evidence", "verified", "conservative-estimate"),
    "evidence": ("answered", "evidence", "verified", "conservative-estimate"),
    "verified": ("answered", "evidence", "closed", "conservative-estimate"),
    "closed": (),
    "conservative-estimate": (),
})
"""What may follow a step; the first is always ``raised``."""


def transition(finding: Finding, step: FindingStep, named: People = NOBODY, **texts: str) -> Finding:
    """The finding one step further; ``texts`` fill cause, correction, evidence or conclusion along with it.

    ``named`` maps the dossier's names to roles (:func:`tanhe.checks.roles.people`). Errors: TanheError for a step
    that cannot follow the last, a date that is absent or earlier, a role that may not take it, a missing content.
    """
    if not set(texts) <= {"cause", "correction", "evidence", "conclusion"}:
        raise TypeError(f"unexpected among {', '.join(texts)}")
    label = name_of(finding)
    try:
        _order(finding, step)
        _day(finding, step)
        _role(step, named)
        filled = finding.model_copy(update={**texts, "steps": (*finding.steps, step), "status": None})
        _content(filled, step)
    except TanheError as error:
        raise TanheError(f"{label}: {step_word(step.step)}{text('：', ': ')}{error.message}",
                         expected=error.expected) from None
    return filled


def _order(finding: Finding, step: FindingStep) -> None:
    if finding.kind == "suggestion":
        raise TanheError(text("建议不需要处理过程", "a suggestion is not answered or closed"))
    last = finding.steps[-1] if finding.steps else None
    if last is None:
        if finding.state in ("closed", "conservative-estimate"):
            raise TanheError(text("已经了结", "it is settled already"))
        if step.step != "raised":
            raise TanheError(text("还没有开出", "it was not raised yet"), expected=step_word("raised"))
        return
    after = FOLLOWS[last.step]
    if last.step == "verified":
        done = last.result in (None, "conforming")
        after = ("closed",) if done else tuple(s for s in after if s != "closed")
    if step.step == "verified" and last.step == "raised" and step.result != "not-corrected":
        raise TanheError(text("受核查方还没有答复", "the enterprise has not answered"),
                         expected=text("先答复；没有答复的，结果写 not-corrected", "an answer first, or the result not-corrected"))
    if step.step == "verified" and last.step == "answered" and finding.kind == "nc" and step.result != "not-corrected":
        raise TanheError(text("答复之后还没有证据", "there is no evidence after the answer"), expected=step_word("evidence"))
    if step.step not in after:
        expected = text("、", ", ").join(map(step_word, after)) or text("不再有任何步骤", "no further step")
        message = text(f"不能接在“{step_word(last.step)}”之后", f"cannot follow {step_word(last.step)!r}")
        if step.step == "closed":
            message = text(f"没有核实为符合，不能关闭（最后一步是“{step_word(last.step)}”）",
                           f"cannot be closed before it is verified as conforming (the last step is {step_word(last.step)!r})")
        raise TanheError(message, expected=expected)


def _day(finding: Finding, step: FindingStep) -> None:
    if step.date is None:
        raise TanheError(text("没有日期", "there is no date"), expected=text("如 2025-03-05", "such as 2025-03-05"))
    before = [s.date for s in finding.steps if s.date is not None]
    if before and step.date < max(before):
        raise TanheError(text(f"日期 {step.date} 早于上一步的 {max(before)}", f"the date {step.date} is before {max(before)}, "
                              "that of an earlier step"), expected=text(f"不早于 {max(before)}", f"no earlier than {max(before)}"))


def _role(step: FindingStep, named: People) -> None:
    role, allowed = role_of(step.by, named), MAY[step.step]
    if role not in allowed:
        words = text("、", ", ").join(sorted(map(role_word, allowed)))
        raise TanheError(text(f"{role_word(role)}不能做这一步", f"the {role_word(role)} may not take this step"), expected=words)


def _content(finding: Finding, step: FindingStep) -> None:
    if step.result is not None and step.step != "verified":
        raise TanheError(text("只有核实才有结果", "only a verification has a result"))
    wanted: list[str] = []
    if step.step == "answered":
        if finding.kind == "nc":
            wanted = [key for key in ("cause", "correction") if not getattr(finding, key).strip()]
        elif not (finding.correction.strip() or finding.cause.strip() or step.note.strip()):
            wanted = ["correction"]
    elif step.step == "evidence" and not (finding.evidence.strip() or step.note.strip()):
        wanted = ["evidence"]
    if wanted:
        zh = {"cause": "原因分析（cause）", "correction": "纠正措施（correction）", "evidence": "证据（evidence）"}
        raise TanheError(text(f"没有写{'、'.join(zh[w] for w in wanted)}", f"lacks {', '.join(wanted)}"))


def name_of(finding: Finding) -> str:
    """How messages call a finding: its id, else the beginning of its description."""
    return finding.id or finding.description[:20]


def history(finding: Finding, named: People = NOBODY) -> tuple[str, ...]:
    """What keeps the recorded life of a finding from being a whole one: the first step that could not be taken.

    Nothing when it holds, and nothing for a finding without steps, whose state is only stated.
    """
    if finding.kind == "suggestion":
        return ()
    life = finding.model_copy(update={"steps": (), "status": None})
    for step in finding.steps:
        try:
            life = transition(life, step, named)
        except TanheError as error:
            return (str(error),)
    return ()


def contradictions(finding: Finding, named: People = NOBODY) -> tuple[str, ...]:
    """Why the state of a finding cannot be believed, whatever else is missing from its record.

    A finished report often says no more than cause, correction and conclusion; that is believed. What is not: a
    settlement without an answer or a verification, a state its last step denies, days that run backwards, a role that
    may not take its step.
    """
    if finding.kind == "suggestion":
        return ()
    label = name_of(finding) + text("：", ": ")
    return tuple(label + said for said in (*_unfounded(finding), *_backwards(finding), *wrong_roles(finding, named)))


def _unfounded(finding: Finding) -> Iterator[str]:
    taken = [step.step for step in finding.steps]
    if finding.status and taken and finding.status != finding.model_copy(update={"status": None}).state:
        yield text(f"状态写作 {finding.status}，但最后一步是“{step_word(taken[-1])}”",
                   f"stated {finding.status}, but the last step is {step_word(taken[-1])!r}")
    if finding.state == "closed":
        if "answered" not in taken and not (finding.correction.strip() or finding.cause.strip()):
            yield text("没有受核查方的答复，不能关闭", "closed without an answer of the enterprise")
        if "verified" not in taken and not finding.conclusion.strip():
            yield text("没有核实，不能关闭", "closed without a verification")
        if failed(finding):
            yield text("核实为不符合，不能关闭", "closed although it was verified as not conforming")


def failed(finding: Finding) -> bool:
    """Whether the last verification found the correction wanting."""
    results = [step.result for step in finding.steps if step.step == "verified"]
    return bool(results) and results[-1] in ("not-conforming", "not-corrected")


def _backwards(finding: Finding) -> Iterator[str]:
    dated = [step for step in finding.steps if step.date is not None]
    for earlier, later in pairwise(dated):
        if earlier.date and later.date and later.date < earlier.date:
            yield text(f"“{step_word(later.step)}”的日期 {later.date} 早于“{step_word(earlier.step)}”的 {earlier.date}",
                       f"{step_word(later.step)!r} on {later.date} is before {step_word(earlier.step)!r} on {earlier.date}")


def wrong_roles(finding: Finding, named: People) -> Iterator[str]:
    """Steps said to be taken by a role that may not; a role that is not understood is let be."""
    for step in finding.steps:
        try:
            role = role_of(step.by, named)
        except TanheError:
            continue
        if role not in MAY[step.step]:
            yield text(f"“{step_word(step.step)}”写作由{role_word(role)}所做", f"{step_word(step.step)!r} is said to be by the "
                       f"{role_word(role)}")


def is_open(finding: Finding, named: People = NOBODY) -> bool:
    """Whether a non-conformity or clarification still stands: not settled, or its settlement cannot be believed."""
    if finding.kind == "suggestion":
        return False
    return finding.state in ("open", "answered") or bool(contradictions(finding, named))


def open_findings(dossier: Dossier) -> tuple[Finding, ...]:
    """The non-conformities and clarifications of the dossier that are not settled."""
    named = people(dossier)
    return tuple(f for f in dossier.findings if is_open(f, named))


def fingerprint(finding: RuleFinding, dossier: Dossier) -> str:
    """The fingerprint of a rule's finding in this dossier, as the record has it."""
    return finding.fingerprint(dossier.entity.uscc or dossier.entity.name, dossier.year)


def taken_up(finding: RuleFinding, dossier: Dossier) -> Finding | None:
    """The dossier's own finding that took up a rule's finding: by fingerprint, or by rule and parameter."""
    mark = fingerprint(finding, dossier)
    for own in dossier.findings:
        if own.fingerprint == mark or (own.fingerprint is None and own.rule == finding.rule and own.parameter == finding.datum):
            return own
    return None


def may_conclude(dossier: Dossier, outcome: Outcome | None = None) -> tuple[bool, tuple[str, ...]]:
    """Whether the engagement may be approved and concluded positively, and each reason why not.

    Against it stand: a non-conformity that is not settled, a clarification not answered, an approval older than the
    settlement, and a material finding of a rule that is neither waived nor taken up (verification guide: the report is
    issued after all non-conformities are closed).
    """
    named = people(dossier)
    reasons: list[str] = []
    for finding in dossier.findings:
        broken = contradictions(finding, named)
        if broken:
            reasons += broken
        elif finding.kind == "nc" and is_open(finding, named):
            reasons.append(text(f"不符合项 {name_of(finding)} 没有关闭", f"non-conformity {name_of(finding)} is not closed"))
        elif finding.kind == "clarification" and finding.state == "open":
            reasons.append(text(f"澄清项 {name_of(finding)} 没有答复", f"clarification {name_of(finding)} is not answered"))
        else:
            reasons += _issued_before(finding, dossier)
    reasons += [
        text(f"重要发现 {f.rule} 没有处理：{f.message}", f"material finding {f.rule} is not dealt with: {f.message}")
        for f in (outcome.findings if outcome else ()) if unsettled(f, dossier)
    ]
    return not reasons, tuple(reasons)


def _issued_before(finding: Finding, dossier: Dossier) -> tuple[str, ...]:
    settled = finding.steps[-1].date if finding.steps and finding.kind == "nc" else None
    issued = min((d for d in (dossier.dates.approved, dossier.dates.issued) if d is not None), default=None)
    if settled is None or issued is None or issued >= settled:
        return ()
    return (text(f"报告于 {issued} 批准或签发，早于不符合项 {name_of(finding)} 了结的 {settled}",
                 f"approved or issued on {issued}, before non-conformity {name_of(finding)} was settled on {settled}"),)


def unsettled(finding: RuleFinding, dossier: Dossier) -> bool:
    """Whether a material finding of a rule still waits: not waived, no non-conformity, no answered clarification."""
    if finding.severity != "material" or finding.waiver is not None:
        return False
    own = taken_up(finding, dossier)
    return own is None or own.kind == "suggestion"
