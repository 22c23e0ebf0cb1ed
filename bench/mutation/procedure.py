"""Dates, roles, meters, evidence and findings that break the procedure (程序合规)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tanhe.dossier.variant import Change

from .base import Base, Mutant, operator, put

ORDER = ("accepted", "initial_report", "report_received", "document_review", "site_visit", "final_report", "report_completed",
         "technical_review_start", "technical_review_end", "approved", "issued")


def known(b: Base) -> list[tuple[str, date]]:
    """The dates that a dossier has, in the order they must have."""
    return [(name, date.fromisoformat(str(b.at(f"dates.{name}")))) for name in ORDER if b.at(f"dates.{name}")]


def move(b: Base, name: str, day: date) -> Mutant:
    """A date moved, also where the text repeats it."""
    repeated = [(p, str(day)) for p, v in b.statements(f"dates.{name}")]
    return put(f"{name} {day}", (f"dates.{name}", str(day)), *repeated)


@operator("procedure", "日期早于前一步", "the order of all dates")
def date_too_early(b: Base) -> Iterator[Mutant]:
    found = known(b)
    for (_, before), (name, _) in pairwise(found):
        yield move(b, name, before - timedelta(days=7))


@operator("procedure", "日期晚于后一步", "the order of all dates")
def date_too_late(b: Base) -> Iterator[Mutant]:
    found = known(b)
    for (name, _), (_, after) in pairwise(found):
        yield move(b, name, after + timedelta(days=7))


@operator("procedure", "日期在周末", "the calendar", note=True)
def date_on_weekend(b: Base) -> Iterator[Mutant]:
    """Note level: bodies do work on weekends, and some weekends are working days; the rule asks, it does not accuse."""
    for name in ("site_visit", "technical_review_end", "approved", "issued", "document_review"):
        if b.at(f"dates.{name}"):
            day = date.fromisoformat(str(b.at(f"dates.{name}")))
            if day.weekday() < 5:
                yield move(b, name, day + timedelta(days=5 - day.weekday()))


@operator("procedure", "年份写错", "the order of all dates; the year of the report")
def date_of_other_year(b: Base) -> Iterator[Mutant]:
    for name, day in known(b)[1:]:
        yield move(b, name, day.replace(year=day.year - 1))


@operator("procedure", "评审、批准、签发同一天", "same-day review")
def same_day(b: Base) -> Iterator[Mutant]:
    found = dict(known(b))
    completed, names = found.get("report_completed"), ("technical_review_start", "technical_review_end", "approved", "issued")
    if completed and all(n in found for n in names) and len({found[n] for n in names}) > 1:
        moved = [move(b, n, completed).changes for n in names]
        yield Mutant("all on one day", tuple(c for changes in moved for c in changes))


def people(b: Base, *roles: str) -> list[tuple[str, dict[str, Any]]]:
    """Team members of these roles."""
    return [(p, m) for p, m in b.each("team") if m.get("role") in roles]


@operator("procedure", "技术评审人与核查组是同一人", "leader ≠ reviewer ≠ approver")
def roles_merged(b: Base) -> Iterator[Mutant]:
    for path, _ in people(b, "technical-reviewer", "approver"):
        for other, member in people(b, "leader", "member", "technical-reviewer"):
            if other != path:
                yield put(f"{path} {member['role']}", (f"{path}.name", member["name"]))


@operator("procedure", "技术评审人参加现场核查", "the reviewer was not on site")
def reviewer_on_site(b: Base) -> Iterator[Mutant]:
    for path, member in people(b, "technical-reviewer"):
        if member.get("on_site") != "是":
            yield put("flag", (f"{path}.on_site", "是"))
            yield put("duties", (f"{path}.duties", "现场核查，收集数据，技术评审"))
            for visit, content in b.each("interviews"):
                yield put(f"{visit}", (f"{visit}.verifiers", f"{content.get('verifiers', '核查组长')}、{member['name']}"))


@operator("procedure", "核查组只有一人", "at least two verifiers")
def team_of_one(b: Base) -> Iterator[Mutant]:
    members = people(b, "member")
    if members:
        yield put("members gone", *((p, None) for p, _ in reversed(members)))


@operator("procedure", "缺组长、评审人或批准人", "every role is filled")
def role_missing(b: Base) -> Iterator[Mutant]:
    for path, member in people(b, "leader", "technical-reviewer", "approver"):
        yield put(member["role"], (path, None))


@operator("procedure", "签字早于最终报告", "signatures follow what is signed")
def signed_early(b: Base) -> Iterator[Mutant]:
    start = b.at("dates.site_visit")
    for path, member in b.each("team"):
        if member.get("signed") and start:
            yield put(path, (f"{path}.signed", str(date.fromisoformat(start) - timedelta(days=2))))


@operator("procedure", "签字晚于签发", "signatures precede issue")
def signed_late(b: Base) -> Iterator[Mutant]:
    end = b.at("dates.issued")
    for path, member in b.each("team"):
        if member.get("signed") and end:
            yield put(path, (f"{path}.signed", str(date.fromisoformat(end) + timedelta(days=9))))


@operator("procedure", "访谈或现场活动的日期不在现场核查日", "interviews and visits fall on the site visit")
def interview_date(b: Base) -> Iterator[Mutant]:
    for part in ("interviews", "visits"):
        for path, content in b.each(part):
            if content.get("date"):
                yield put(path, (f"{path}.date", str(date.fromisoformat(content["date"]) - timedelta(days=40))))


@operator("procedure", "访谈人不在核查组", "interviewers belong to the team")
def interviewer_unknown(b: Base) -> Iterator[Mutant]:
    for path, content in b.each("interviews"):
        if content.get("verifiers"):
            yield put(path, (f"{path}.verifiers", "核查组员丁"))


@operator("procedure", "没有访谈财务、生产或能源部门", "energy, finance and production are interviewed")
def department_missing(b: Base) -> Iterator[Mutant]:
    for path, content in b.each("interviews"):
        if any(w in content.get("department", "") for w in ("财务", "能源", "生产")) and b.clean:
            left = sum(len(c["interviewees"].split("、")) for p, c in b.each("interviews") if p != path)
            yield put(path, (path, None), *((p, str(left)) for p, _ in b.statements("interviewee-count")))


def meters(b: Base) -> Iterator[tuple[str, dict[str, Any]]]:
    """Meters with a certificate's validity."""
    return ((p, m) for p, m in b.each("meters") if m.get("valid_to"))


@operator("procedure", "证书年内到期", "the certificate covers the whole year")
def certificate_expired(b: Base) -> Iterator[Mutant]:
    for path, _ in meters(b):
        yield put(path, (f"{path}.valid_to", f"{b.dossier.year}-06-30"))


@operator("procedure", "证书年内才开始", "the certificate covers the whole year")
def certificate_late(b: Base) -> Iterator[Mutant]:
    for path, meter in meters(b):
        day = f"{b.dossier.year}-03-01"
        yield put(path, (f"{path}.valid_from", day), *([(f"{path}.calibrated", day)] if meter.get("calibrated") else []))


@operator("procedure", "检定早于企业成立", "no calibration before the entity existed")
def calibrated_before_founding(b: Base) -> Iterator[Mutant]:
    founded = str(b.at("entity.founded", ""))[:4]
    for path, meter in meters(b):
        if founded.isdigit() and meter["valid_from"][:4] > founded:
            day = f"{int(founded) - 1}-05-01"
            yield put(path, (f"{path}.calibrated", day), (f"{path}.valid_from", day))


@operator("procedure", "检定间隔与证书有效期不符", "the interval equals the validity")
def interval_wrong(b: Base) -> Iterator[Mutant]:
    for path, meter in meters(b):
        if b.clean:
            yield put(path, (f"{path}.interval", "每1年"))
            yield put(f"{path} reversed", (f"{path}.valid_to", meter["valid_from"]), (f"{path}.valid_from", meter["valid_to"]))


@operator("procedure", "表计没有证书或日期", "certificate number and dates")
def certificate_missing(b: Base) -> Iterator[Mutant]:
    for path, meter in meters(b):
        if meter.get("certificate"):
            gone = ("certificate", "valid_from", "valid_to", "calibrated")
            yield put(path, *((f"{path}.{key}", None) for key in gone))


@operator("procedure", "数据所称的表计不在计量器具表", "each stream has a meter of the list")
def meter_missing(b: Base) -> Iterator[Mutant]:
    texts = str([d.get("method", "") + d.get("calibration", "") for _, d in b.each("data")])
    for path, meter in meters(b):
        if b.clean and meter.get("number") and f" {meter['number']} " in texts:
            yield put(path, (path, None))


@operator("procedure", "准则已被取代或废止", "criteria superseded at the report's date")
def criterion_superseded(b: Base) -> Iterator[Mutant]:
    old = ("《综合能耗计算通则》（GB/T 2589-2008）", "《碳排放权交易管理暂行办法》（国家发展改革委令第17号）", "《电能计量装置技术管理规程》（DL/T 448-2000）")
    if b.dossier.year >= 2022 and b.at("criteria"):
        for words in old:
            if words[1:6] not in str(b.at("criteria")) or b.clean:
                same = next((n for n, c in enumerate(b.at("criteria")) if words[1:6] in c), None)
                yield put(words, (f"criteria.{same}" if same is not None else "criteria.+", words))


@operator("procedure", "依据的指南不是案卷的指南", "the criteria name the dossier's guideline")
def criterion_of_other(b: Base) -> Iterator[Mutant]:
    for n, text in enumerate(b.at("criteria", [])):
        if "核算方法与报告指南" in text:
            yield put(text, (f"criteria.{n}", "《中国水泥生产企业温室气体排放核算方法与报告指南（试行）》"))
            yield put(f"{text} gone", (f"criteria.{n}", None))


def ncs(b: Base) -> Iterator[tuple[str, dict[str, Any]]]:
    """The non-conformities of a dossier."""
    return ((p, f) for p, f in b.each("findings") if f.get("kind") == "nc")


@operator("procedure", "不符合项没有关闭", "none open at issue")
def nc_open(b: Base) -> Iterator[Mutant]:
    new = {"kind": "nc", "id": "NC-09", "description": "未提供供热结算单", "status": "open"}
    yield put("added", ("findings.+", new))
    for path, _ in ncs(b):
        yield put(path, (f"{path}.status", "open"))
        yield put(f"{path} answered", (f"{path}.status", "answered"))


@operator("procedure", "不符合项的步骤次序颠倒", "raised, answered, evidence, verified, closed in order")
def nc_steps(b: Base) -> Iterator[Mutant]:
    for path, _ in ncs(b):
        dated = [(p, s) for p, s in b.each(f"{path}.steps") if s.get("date")]
        if len(dated) > 1:
            (first, one), (last, other) = dated[0], dated[-1]
            yield put("swapped", (f"{first}.date", other["date"]), (f"{last}.date", one["date"]))
            early = str(date.fromisoformat(one["date"]) - timedelta(days=3))
            yield from (put(f"{p} before it was raised", (f"{p}.date", early)) for p, _ in dated[1:])
            yield put("closed after issue", (f"{last}.date", str(date.fromisoformat(b.at("dates.issued")) + timedelta(days=3))))


@operator("procedure", "不符合项没有原因、纠正或证据", "each step of a finding")
def nc_bare(b: Base) -> Iterator[Mutant]:
    for path, finding in ncs(b):
        yield from (put(f"{path}.{key}", (f"{path}.{key}", None)) for key in ("cause", "correction", "evidence", "steps") if finding.get(key))


@operator("procedure", "没有不符合项而称全部关闭", "closed findings only where there are findings")
def nc_claim(b: Base) -> Iterator[Mutant]:
    found = [p for p, _ in ncs(b)]
    if found and any(s["about"] == "claim.all-nc-closed" for _, s in b.each("statements")):
        yield put("findings gone", *((p, None) for p in reversed(found)))
    for path, value in b.statements("claim.all-nc-closed"):
        if value not in ("", "0"):
            yield put(f"{path} 0", (path, "0"))
            yield put(f"{path} {int(value) + 2}", (path, str(int(value) + 2)))


@operator("procedure", "没有不符合项的说法与清单不符", "the count in the text equals the list")
def nc_none_claim(b: Base) -> Iterator[Mutant]:
    if list(ncs(b)):
        yield put("claim", ("statements.+", {"about": "claim.nc-none", "value": "0", "where": "2.4 内部技术复核"}))


@operator("procedure", "被引用的文件不在证据清单", "the evidence list holds every cited document")
def document_missing(b: Base) -> Iterator[Mutant]:
    cited = str([(d.get("documents"), d.get("cross_checks")) for _, d in b.each("data")])
    for path, document in b.each("documents"):
        if f"'{document['id']}'" in cited:
            yield put(path, (path, None))


@operator("procedure", "没有证据文件的活动数据", "each value has its evidence")
def evidence_missing(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("documents") and datum.get("kind", "activity") == "activity":
            yield Mutant(path, (Change(f"{path}.documents"),))


@operator("procedure", "核查机构就是受核查方", "the verifier is independent")
def body_is_entity(b: Base) -> Iterator[Mutant]:
    if b.at("body.name"):
        spots = [(p, b.at("entity.name")) for p, _ in b.statements("body.name")]
        yield put("body", ("body.name", b.at("entity.name")), *spots)


@operator("procedure", "初始报告早于数据年度结束", "the emission report is not older than its data")
def report_before_year_end(b: Base) -> Iterator[Mutant]:
    if b.at("dates.initial_report"):
        yield move(b, "initial_report", date(b.dossier.year, 11, 20))
        yield Mutant("all before the year's end", move(b, "initial_report", date(b.dossier.year, 11, 20)).changes
                     + (move(b, "accepted", date(b.dossier.year, 11, 10)).changes if b.at("dates.accepted") else ()))
