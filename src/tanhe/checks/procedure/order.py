"""Order of dates (日期先后): from acceptance to issue, data before verification, signatures last (T1–T9, T14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.checks.procedure._helpers import day, named, report_date, table
from tanhe.messages import text

_BEFORE = (
    ("initial_report", "report_received"), ("initial_report", "document_review"), ("report_received", "document_review"),
    ("document_review", "site_visit"), ("initial_report", "site_visit"),
)
_AFTER = (
    ("accepted", "document_review"), ("accepted", "site_visit"), ("site_visit", "report_completed"),
    ("report_completed", "technical_review_start"), ("site_visit", "technical_review_start"),
    ("technical_review_start", "technical_review_end"), ("technical_review_end", "approved"), ("technical_review_start", "approved"),
    ("report_completed", "approved"), ("approved", "issued"), ("initial_report", "final_report"), ("final_report", "report_completed"),
    ("final_report", "issued"),
)


def _pairs(c: Context, pairs: tuple[tuple[str, str], ...]) -> Iterator[Result]:
    known = [(a, b, x, y) for a, b in pairs if (x := day(c, a)) is not None and (y := day(c, b)) is not None]
    if not known:
        yield not_run(text("案卷没有可比较的日期", "the dossier has no dates to compare"))
    for first, second, one, other in known:
        if one > other:
            yield fail(text(f"{named(first)}（{one}）晚于{named(second)}（{other}）。请查收文、会议和签批记录后改正",
                            f"{named(first)} ({one}) comes after {named(second)} ({other}). Settle by receipts, minutes and signatures"),
                       f"{first}>{second}", (*c.place("dates", first), *c.place("dates", second)))


@check("PRC010", Family.PROCEDURE, "minor", clause="核查程序", covers=("T1",))
def before_the_visit(c: Context) -> Iterator[Result]:
    """初始报告、收文、文件评审、现场核查依次发生 | initial report, receipt, desk review and visit follow each other"""
    yield from _pairs(c, _BEFORE)


@check("PRC011", Family.PROCEDURE, "minor", clause="核查程序", covers=("T1", "T14"))
def after_the_visit(c: Context) -> Iterator[Result]:
    """委托、现场、成稿、技术评审、批准、签发依次发生 | acceptance, visit, completion, review, approval and issue in order"""
    yield from _pairs(c, _AFTER)
    for n, visit in enumerate(c.dossier.visits):
        site, done = day(c, "site_visit"), day(c, "report_completed")
        if visit.date and done and visit.date > done:
            yield fail(text(f"现场步骤（{visit.date}）晚于核查报告完成（{done}）。请改正", f"a step of the visit ({visit.date}) comes after "
                            f"completion ({done}). Correct it"), f"visits/{n}", (*c.place("visits", n), *c.place("dates")))
        elif visit.date and site and visit.date < site:
            yield fail(text(f"现场步骤（{visit.date}）早于现场核查日（{site}）。请统一", f"a step of the visit ({visit.date}) comes before the "
                            f"site visit ({site}). Make them agree"), f"visits/{n}", (*c.place("visits", n), *c.place("dates")))
    dated = [(n, v.date) for n, v in enumerate(c.dossier.visits) if v.date]
    site = day(c, "site_visit")
    if site and dated and all(when > site for _, when in dated):
        n, when = dated[0]
        yield fail(text(f"现场步骤都在现场核查日（{site}）之后，最早为 {when}。请统一", f"every step of the visit comes after the site visit ({site}), the first on "
                        f"{when}. Make them agree"), f"visits/{n}/late", (*c.place("visits", n), *c.place("dates", "site_visit")))
    for n, talk in enumerate(c.dossier.interviews):
        site, done = day(c, "site_visit"), day(c, "report_completed")
        if talk.date and ((site and talk.date < site) or (done and talk.date > done)):
            yield fail(text(f"访谈（{talk.date}）不在现场核查（{site}）与成稿（{done}）之间。请统一", f"an interview ({talk.date}) is not between "
                            f"visit ({site}) and completion ({done})"), f"interviews/{n}", (*c.place("interviews", n), *c.place("dates")))


@check("PRC012", Family.PROCEDURE, "material", clause="核查程序", covers=("T2",))
def after_the_data(c: Context) -> Iterator[Result]:
    """数据期结束之后才核查 | the data period ends before it is verified"""
    last = date(c.dossier.year, 12, 31)
    for name in ("site_visit", "document_review", "report_completed"):
        when = day(c, name)
        if when is not None and when <= last:
            yield fail(text(f"{named(name)}（{when}）时数据期（至{last}）尚未结束。请核对日期；若属实，其后的数据没有核查",
                            f"on {named(name)} ({when}) the data period (to {last}) had not ended. Check the date; if it is right, the "
                            "data after it were not verified"), f"data>{name}", (*c.place("dates", name), *c.place("year")))
    if all(day(c, n) is None for n in ("site_visit", "document_review", "report_completed")):
        yield not_run(text("案卷没有核查日期", "the dossier has no dates of verification"))


@check("PRC013", Family.PROCEDURE, "minor", clause="", covers=("T3",))
def report_after_data(c: Context) -> Iterator[Result]:
    """排放报告不早于它的数据 | an emission report is not older than its data"""
    last = date(c.dossier.year, 12, 31)
    names = [n for n in ("initial_report", "final_report", "report_received") if day(c, n) is not None]
    if not names:
        yield not_run(text("案卷没有排放报告的日期", "the dossier has no date of an emission report"))
    for name in names:
        when = day(c, name)
        if when is not None and when <= last:
            yield fail(text(f"{named(name)}的日期为 {when}，而数据到 {last} 为止。请改正日期", f"{named(name)} is dated {when}, its data run to "
                            f"{last}. Correct the date"), f"{name}<data", (*c.place("dates", name), *c.place("year")))


@check("PRC014", Family.PROCEDURE, "note", needs=("dates.document_review", "dates.site_visit"), covers=("T5",))
def desk_and_site(c: Context) -> Iterator[Result]:
    """文件评审与现场核查同日 | desk review and site visit on one day"""
    yield from _same_day(c, "document_review", "site_visit", "文件评审的疑问来不及列入现场计划",
                         "doubts of the desk review could not enter the plan of the visit")


@check("PRC015", Family.PROCEDURE, "note", needs=("dates.site_visit", "dates.report_completed"), covers=("T6",))
def site_and_report(c: Context) -> Iterator[Result]:
    """现场核查与核查报告完成同日 | site visit and completion of the report on one day"""
    yield from _same_day(c, "site_visit", "report_completed", "现场证据来不及整理和交叉核对", "evidence could hardly be worked through")


@check("PRC016", Family.PROCEDURE, "note", needs=("dates.technical_review_start", "dates.approved"), covers=("T7",))
def review_and_approval(c: Context) -> Iterator[Result]:
    """技术评审与批准同日 | technical review and approval on one day"""
    last = "technical_review_end" if day(c, "technical_review_end") else "technical_review_start"
    yield from _same_day(c, last, "approved", "评审意见来不及修改落实", "comments could hardly be worked in")


@check("PRC017", Family.PROCEDURE, "note", needs=("dates.accepted", "dates.document_review"), covers=("T14",))
def planning(c: Context) -> Iterator[Result]:
    """接受委托与文件评审同日 | acceptance and desk review on one day"""
    yield from _same_day(c, "accepted", "document_review", "没有留出策划和能力、利益冲突评估的时间", "no time for planning, competence and conflict of interest")


def _same_day(c: Context, first: str, second: str, zh: str, en: str) -> Iterator[Result]:
    if day(c, first) == day(c, second):
        yield review(text(f"{named(first)}与{named(second)}都在 {day(c, first)}，{zh}。请以工作记录说明",
                          f"{named(first)} and {named(second)} are both on {day(c, first)}: {en}. Explain by the working papers"),
                     f"{first}={second}", (*c.place("dates", first), *c.place("dates", second)))


@check("PRC018", Family.PROCEDURE, "minor", needs=("team",), clause="", covers=("T8",))
def signatures(c: Context) -> Iterator[Result]:
    """组长和技术评审人在最终排放报告之后签名 | leader and reviewer sign after the final emission report"""
    final, done = day(c, "final_report"), report_date(c.dossier)
    people = [(n, p) for n, p in enumerate(c.dossier.team) if p.signed is not None]
    if not people or (final is None and done is None):
        yield not_run(text("没有签名日期或最终报告日期", "no dates of signatures or of the final report"))
        return
    for n, person in people:
        if person.signed is None:
            continue
        places = (*c.place("team", n, "signed"), *c.place("dates", "final_report"))
        if final is not None and person.signed < final:
            yield fail(text(f"{person.name}于 {person.signed} 签名，早于最终排放报告（{final}），所签不是最终数据。请改正日期或重新签署",
                            f"{person.name} signed on {person.signed}, before the final emission report ({final}). Correct or sign again"),
                       f"signed/{person.role}", places)
        elif (site := day(c, "site_visit")) is not None and person.signed < site:
            yield fail(text(f"{person.name}于 {person.signed} 签名，早于现场核查（{site}）。请改正", f"{person.name} signed on {person.signed}, before "
                            f"the site visit ({site})"), f"signed/{person.role}", (*c.place("team", n, "signed"), *c.place("dates", "site_visit")))
    yield from _review_begins(c)
    issued = c.dossier.dates.issued
    for n, person in people if issued is not None else ():
        if person.signed is not None and issued is not None and person.signed > issued:
            yield fail(text(f"{person.name}于 {person.signed} 签名，晚于报告签发（{issued}）。请改正", f"{person.name} signed on {person.signed}, after "
                            f"the report was issued ({issued})"), f"signed>issued/{n}", (*c.place("team", n), *c.place("dates", "issued")))
    signed: dict[str, date | None] = {p.role: p.signed for _, p in people}
    for role, other in (("leader", "technical-reviewer"), ("technical-reviewer", "approver")):
        one, two = signed.get(role), signed.get(other)
        if one is not None and two is not None and one > two:
            yield fail(text(f"签名次序：{role}（{one}）晚于 {other}（{two}）。请改正", f"order of signatures: {role} ({one}) after {other} ({two})"),
                       f"signed/{role}>{other}", c.place("team"))


def _review_begins(c: Context) -> Iterator[Result]:
    """The technical review is of a report that the leader has signed, and the reviewer signs what was reviewed."""
    begin = day(c, "technical_review_start")
    for n, person in enumerate(c.dossier.team) if begin is not None else ():
        if person.signed is None or begin is None:
            continue
        places = (*c.place("team", n, "signed"), *c.place("dates", "technical_review_start"))
        if person.role == "leader" and begin < person.signed:
            yield fail(text(f"技术评审于 {begin} 开始，早于{person.name}签名（{person.signed}），所评审的不是定稿。请查评审记录后改正",
                            f"the technical review began on {begin}, before {person.name} signed ({person.signed}): not the finished report "
                            "was reviewed. Settle by the minutes of the review"), "review<signed/leader", places)
        elif person.role == "technical-reviewer" and person.signed < begin:
            yield fail(text(f"{person.name}于 {person.signed} 签名，早于技术评审开始（{begin}）。请改正",
                            f"{person.name} signed on {person.signed}, before the technical review began ({begin})"),
                       "signed/technical-reviewer<review", places)


@check("PRC019", Family.PROCEDURE, "minor", needs=("dates.final_report",), clause="", covers=("T9",))
def final_after_closing(c: Context) -> Iterator[Result]:
    """最终排放报告晚于不符合项的整改 | the final emission report is later than the closing of non-conformities"""
    final, site = day(c, "final_report"), day(c, "site_visit")
    found = [(n, f) for n, f in enumerate(c.dossier.findings) if f.kind in ("nc", "clarification")]
    if not found or final is None:
        yield not_applicable(text("没有不符合项", "there are no non-conformities"))
        return
    for n, finding in found:
        when = max((s.date for s in finding.steps if s.date and s.step in ("answered", "evidence")), default=None)
        who = finding.id or str(n)
        places = (*c.place("dates", "final_report"), *c.place("findings", n))
        if when is not None and final < when:
            yield fail(text(f"最终排放报告（{final}）早于不符合项“{finding.description[:20]}”的整改（{when}）。请改正",
                            f"the final report ({final}) is older than the correction of {finding.description[:20]!r} ({when})"), f"nc/{who}", places)
        elif when is None and site is not None and final <= site:
            yield fail(text(f"最终排放报告（{final}）不晚于现场核查（{site}），而不符合项“{finding.description[:20]}”最早在现场提出，还要整改。请核对版本日期",
                            f"the final report ({final}) is not later than the visit ({site}), where {finding.description[:20]!r} could "
                            "first be raised and still had to be corrected. Check the date of the version"), f"nc/{who}", places)


@check("PRC020", Family.PROCEDURE, "note", needs=("dates",), clause="全国年节及纪念日放假办法", covers=("T1",))
def days_off(c: Context) -> Iterator[Result]:
    """日期落在周末或法定节假日 | a date on a weekend or public holiday"""
    for name in ("document_review", "site_visit", "report_completed", "technical_review_end", "approved", "issued"):
        when = day(c, name)
        if when is None:
            continue
        feast = _holidays().get(when, "")
        if feast or when.weekday() >= 5:
            what = feast or ("周六" if when.weekday() == 5 else "周日")
            yield review(text(f"{named(name)}（{when}）是{what}。请以签到、考勤记录说明（调休上班除外）",
                              f"{named(name)} ({when}) is a day off ({what}). Explain by attendance records, unless it was a working weekend"),
                         f"dayoff/{name}", c.place("dates", name))


@lru_cache(maxsize=1)
def _holidays() -> Mapping[date, str]:
    """Every public holiday by its day."""
    found: dict[date, str] = {}
    for row in table("holidays.csv"):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        found |= {first + timedelta(n): row["name"] for n in range((last - first).days + 1)}
    return MappingProxyType(found)
