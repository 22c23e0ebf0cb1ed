"""Steps of the procedure (核查步骤): each has its date in the schedule, or a dated signature of the person who did it."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, unsettled
from tanhe.messages import text

_STEPS = (
    (("document_review",), "", "文件评审", "the desk review"), (("site_visit",), "", "现场核查", "the site visit"),
    (("report_completed",), "leader", "核查报告完成", "completion of the verification report"),
    (("technical_review_start", "technical_review_end"), "technical-reviewer", "内部技术评审", "the internal technical review"),
    (("approved", "issued"), "approver", "批准或签发", "approval or issue"),
)
"""Dates of a step, the role whose dated signature stands for it, and its name."""


@check("PRC021", Family.PROCEDURE, "editorial", needs=("dates",), clause="核查程序；核查报告格式 2.4", covers=("T1", "I16"))
def steps_are_dated(c: Context) -> Iterator[Result]:
    """文件评审、现场核查、成稿、技术评审、批准都有日期 | desk review, visit, completion, review and approval all have a date"""
    d, near = c.dossier, c.place("dates")
    for names, role, zh, en in _STEPS:
        signed = role and any(p.role == role and p.signed is not None for p in d.team)
        if not signed and all(getattr(d.dates, name) is None for name in names):
            yield unsettled(text(f"没有{zh}的日期。请在时间安排中补充", f"the date of {en} is missing. Supply it in the schedule"),
                            f"dates/{names[0]}", near)
        near = next((p for name in names if getattr(d.dates, name) is not None and (p := c.place("dates", name))), near)
