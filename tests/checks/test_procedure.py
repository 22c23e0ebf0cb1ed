"""Procedure: dates, people, findings, meters and criteria, at their boundaries and on the published reports."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanhe.checks.engine import Context, run
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.policy import policy
from tanhe.checks.procedure.evidence import cited
from tanhe.checks.procedure.guideline import guides
from tanhe.checks.procedure.metering import numbers
from tanhe.checks.procedure.meters import _months
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute

CLEAN = "clean-foundry-2024"
LAYER = tuple(code for code in rules() if code.startswith("PRC"))


def outcome(example: str, *changes: Change, codes: tuple[str, ...] = LAYER) -> Outcome:
    dossier, problems = variant(find(example), changes)
    context = Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))
    return run([rules()[code] for code in codes], context)


def found(example: str, *changes: Change, code: str) -> list[Finding]:
    return list(outcome(example, *changes, codes=(code,)).findings)


@pytest.mark.parametrize(("example", "code", "datum"), [
    ("hongshi-calcium-aluminate-2024", "PRC010", "initial_report>report_received"),
    ("hongshi-calcium-aluminate-2024", "PRC014", "document_review=site_visit"),
    ("hongshi-calcium-aluminate-2024", "PRC018", "signed/leader"),
    ("hongshi-calcium-aluminate-2024", "PRC018", "signed/technical-reviewer"),
    ("hongshi-calcium-aluminate-2024", "PRC033", "interviews/one"),
    ("hongshi-calcium-aluminate-2024", "PRC034", "duties/1"),
    ("hongshi-calcium-aluminate-2024", "PRC061", "criteria/国家发展改革委令第17号 (2014)"),
    ("hongshi-calcium-aluminate-2024", "PRC061", "criteria/GB/T 2589-2008"),
    ("shenke-transformers-2023", "PRC016", "technical_review_end=approved"),
    ("shenke-transformers-2023", "PRC017", "accepted=document_review"),
    ("shenke-transformers-2023", "PRC030", "reviewer/2"),
    ("shenke-transformers-2023", "PRC031", "team/approver"),
    ("shenke-transformers-2023", "PRC061", "criteria/DL/T 448-2000"),
    ("mingquan-methanol-2018", "PRC019", "nc/0"),
    ("mingquan-methanol-2018", "PRC050", "meters/3"),
    ("mingquan-methanol-2018", "PRC052", "meters/2"),
    ("mingquan-methanol-2018", "PRC052", "meters/3"),
    ("mingquan-methanol-2018", "PRC054", "count/none"),
])
def test_defects_of_the_published_reports_are_raised(example: str, code: str, datum: str) -> None:
    assert datum in [f.datum for f in found(example, code=code)]


def test_standards_in_force_at_signing_are_not_raised() -> None:
    raised = {f.datum for name in ("hongshi-calcium-aluminate-2024", "shenke-transformers-2023", "mingquan-methanol-2018", CLEAN)
              for f in found(name, code="PRC061")}
    assert raised and not [d for d in raised if "17167" in d or "32150" in d or "213" in d]
    assert "criteria/GB/T 2589-2008" not in {f.datum for f in found("mingquan-methanol-2018", code="PRC061")}


def test_a_standard_is_superseded_from_the_day_of_its_successor() -> None:
    cites = Change("criteria.0", "《用能单位能源计量器具配备和管理通则》（GB 17167-2006）")
    for day, raised in (("2026-01-31", False), ("2026-02-01", True)):
        names = [f.datum for f in found(CLEAN, cites, Change("dates.issued", day), code="PRC061")]
        assert ("criteria/GB 17167-2006" in names) is raised


@pytest.mark.parametrize(("words", "name"), [
    ("《综合能耗计算通则》（GB/T2589-2008）", "GB/T 2589-2008"),
    ("《用能单位能源计量器具配备和管理通则》(GB 17167—2006)", "GB 17167-2006"),
    ("（国家发展改革委 2014年第17号令）", "国家发展改革委令第17号 (2014)"),
    ("《碳排放权交易管理暂行办法》（国家发展和改革委员会令第 17 号）", "国家发展改革委令第17号 (2014)"),
    ("（环办气候函〔2019〕71号）", "环办气候函〔2019〕71号"),
])
def test_names_of_standards_are_read_from_criteria(words: str, name: str) -> None:
    assert name in cited(words)


def test_nothing_on_the_clean_dossier() -> None:
    result = outcome(CLEAN)
    assert [(f.rule, f.message) for f in result.findings if f.severity != "note"] == []
    assert [why for _, why in result.not_run if "出错" in why] == []


# --- dates

@settings(max_examples=20)
@given(st.integers(-40, 40))
def test_receipt_before_the_initial_report_and_only_that(days: int) -> None:
    received = date(2025, 2, 26) + timedelta(days)
    names = [f.datum for f in found(CLEAN, Change("dates.report_received", received.isoformat()), code="PRC010")]
    assert ("initial_report>report_received" in names) is (days < 0)
    assert ("report_received>document_review" in names) is (received > date(2025, 3, 3))


@pytest.mark.parametrize(("day", "raised"), [("2024-12-31", True), ("2025-01-01", False)])
def test_verification_begins_after_the_last_day_of_the_data(day: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("dates.document_review", day), code="PRC012")) is raised


@pytest.mark.parametrize(("day", "raised"), [("2025-03-13", True), ("2025-03-14", False)])
def test_a_signature_on_the_day_of_the_final_report_is_in_order(day: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("team.0.signed", day), code="PRC018")) is raised


@pytest.mark.parametrize(("day", "what"), [
    ("2025-01-29", "春节"), ("2024-10-02", "国庆节"), ("2025-03-08", "周六"), ("2025-03-09", "周日"), ("2025-03-06", None),
])
def test_weekends_and_holidays_are_notes(day: str, what: str | None) -> None:
    notes = [f for f in found(CLEAN, Change("dates.site_visit", day), code="PRC020") if f.datum == "dayoff/site_visit"]
    assert (what is None and not notes) or (what is not None and what in notes[0].message and notes[0].severity == "note")


# --- people

@pytest.mark.parametrize("change", [
    Change("team.3.on_site", "是"), Change("team.3.duties", "现场访问、技术评审"), Change("team.3.duties", "数据收集，技术评审"),
    Change("interviews.0.verifiers", "核查组长、技术评审人"),
])
def test_a_reviewer_who_took_part(change: Change) -> None:
    raised = found(CLEAN, change, code="PRC030")
    assert raised and raised[0].severity == "material"


def test_a_reviewer_who_reviews_what_was_done_on_site_stays_apart() -> None:
    assert not found(CLEAN, Change("team.3.duties", "独立评审报告，不参加现场核查"), code="PRC030")


def test_team_size_and_roles() -> None:
    alone = (Change("team.2"), Change("team.1"))
    assert [f.datum for f in found(CLEAN, *alone, code="PRC031")] == ["team/size"]
    assert not found(CLEAN, *alone, Change("limits", {"team.minimum": "1"}), code="PRC031")
    assert found(CLEAN, Change("team.1.role", "leader"), code="PRC031")
    assert [f.datum for f in found(CLEAN, Change("team.4.name", "核查组长"), code="PRC032")] == ["roles/leader=approver"]


def test_body_compiling_the_report_is_material() -> None:
    compiler = Change("statements.+", {"about": "compiler.name", "value": "江苏示例认证核查有限公司", "where": "封面"})
    assert [f.severity for f in found(CLEAN, compiler, code="PRC037")] == ["material"]
    assert found(CLEAN, Change("body.name", "江苏示例铸锻机械有限公司"), code="PRC037")


# --- findings

@pytest.mark.parametrize("status", ["open", "answered"])
def test_no_issue_with_an_open_finding(status: str) -> None:
    assert [f.severity for f in found(CLEAN, Change("findings.0.status", status), code="PRC040")] == ["material"]


def test_before_issue_an_open_finding_is_no_defect() -> None:
    unsigned = [Change(f"dates.{name}") for name in ("issued", "approved", "report_completed")]
    assert not found(CLEAN, Change("findings.0.status", "open"), *unsigned, code="PRC040")


def test_a_conservative_estimate_settles_a_finding() -> None:
    steps = [{"step": "raised", "date": "2025-03-07"}, {"step": "conservative-estimate", "date": "2025-03-12"}]
    changes = (Change("findings.0.status", "conservative-estimate"), Change("findings.0.steps", steps))
    assert not found(CLEAN, *changes, code="PRC040")
    assert not found(CLEAN, *changes, code="PRC041")


def test_steps_in_the_wrong_order_or_after_the_report() -> None:
    assert found(CLEAN, Change("findings.0.steps.0"), code="PRC041")
    assert found(CLEAN, Change("findings.0.steps.1.date", "2025-03-06"), code="PRC041")
    assert found(CLEAN, Change("findings.0.steps.4.date", "2025-03-27"), code="PRC040")


# --- meters

@pytest.mark.parametrize(("interval", "months"), [
    ("每年一次", 12), ("每半年一次", 6), ("8 年一次", 96), ("12个月", 12), ("每2年", 24), ("每月一次", 1), ("供电公司定期校准维护", None),
])
def test_intervals_in_months(interval: str, months: int | None) -> None:
    assert _months(interval) == months


@pytest.mark.parametrize(("valid_to", "raised"), [("2024-12-31", False), ("2024-12-30", True)])
def test_a_certificate_covers_the_last_day_of_the_year(valid_to: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("meters.2.valid_to", valid_to), code="PRC051")) is raised


def test_a_validity_is_derived_from_date_and_interval() -> None:
    bare = (Change("meters.2.valid_to"), Change("meters.2.valid_from"))
    assert found(CLEAN, *bare, Change("meters.2.calibrated", "2022-06-14"), code="PRC051")
    assert not found(CLEAN, *bare, Change("meters.2.calibrated", "2023-06-14"), code="PRC051")
    late = found(CLEAN, *bare, Change("meters.2.calibrated", "2024-06-14"), code="PRC051")
    assert [f.kind for f in late] == ["open"]


@pytest.mark.parametrize(("at", "printed", "raised"), [
    (0, "0.5S", False), (0, "0.5S级", False), (0, "1.0级", False), (0, "0.1", True), (0, "3.0级", True), (2, "0.15", True),
    (2, "1.5 级", False), (8, "III", False), (8, "Ⅲ级", False), (8, "0.15级", True),
])
def test_accuracy_classes(at: int, printed: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change(f"meters.{at}.accuracy", printed), code="PRC052")) is raised


@pytest.mark.parametrize(("changes", "severity"), [
    ((Change("meters.1.calibrated", "2008-08-10"),), "minor"),
    ((Change("meters.0.calibrated", "2008-08-10"),), "note"),
    ((Change("meters.1.calibrated", "2008-08-10"), Change("meters.1.status", "由前身企业移交")), "note"),
    ((Change("meters.1.calibrated", "2008-08-10"), Change("boundary.notes", ["厂内电能表等计量器具自原厂承接"])), "note"),
])
def test_a_meter_older_than_the_entity_is_minor_unless_taken_over(changes: tuple[Change, ...], severity: str) -> None:
    assert [f.severity for f in found(CLEAN, *changes, code="PRC050")] == [severity]


@pytest.mark.parametrize(("words", "named"), [
    ("供电公司关口电能表 E01 计量", {"E01"}), ("流量计G01、G02计量", {"G01", "G02"}), ("电能表（编号：TM-D1-001）", {"TM-D1-001"}),
    ("编号 20231108 的加油计量表", {"20231108"}), ("量热仪测量（GB/T 213）", set()), ("焓熵表 V2.6", set()), ("涡街流量计 DN80", set()),
    ("电能表 8 年检定一次", set()), ("每月抄表", set()),
])
def test_numbers_of_meters_in_texts(words: str, named: set[str]) -> None:
    assert numbers(words) == named


def test_a_meter_named_but_not_listed() -> None:
    gone = found(CLEAN, Change("data.heat.method", "供热公司蒸汽流量计 H03 计量"), code="PRC056")
    assert [f.datum for f in gone] == ["data/heat/H03"] and len(gone[0].places) == 2
    belt = Change("data.castings.method", "皮带秤称量")
    assert [f.kind for f in found(CLEAN, belt, code="PRC056")] == ["open"]
    assert not found(CLEAN, Change("data.castings.method", "由供应方的皮带秤称量"), code="PRC056")


@pytest.mark.parametrize(("valid_to", "severity"), [
    ("2025-06-13", None), ("2025-07-15", None), ("2025-07-16", "editorial"), ("2025-05-14", None), ("2025-05-13", "minor"),
])
def test_interval_and_validity_differ_by_no_more_than_a_month(valid_to: str, severity: str | None) -> None:
    raised = found(CLEAN, Change("meters.2.valid_to", valid_to), code="PRC057")
    assert [f.severity for f in raised] == ([severity] if severity else [])


def test_an_interval_that_ran_out_in_the_year_is_minor() -> None:
    raised = found(CLEAN, Change("meters.2.interval", "每年一次"), code="PRC057")
    assert [f.severity for f in raised] == ["minor"] and "2024-06-14" in raised[0].message


@pytest.mark.parametrize(("words", "raised"), [
    ("流量计 G01 每2年检定一次，证书有效期 2023年6月14日 至 2025年6月13日", False),
    ("流量计 G01 每年检定一次", True), ("流量计 G01 证书有效期 2023-06-14 至 2026-06-13", True), ("流量计每年检定一次", False),
])
def test_calibration_told_with_a_datum(words: str, raised: bool) -> None:
    assert bool(found(CLEAN, Change("data.gas.calibration", words), code="PRC058")) is raised


# --- evidence and guideline

def test_each_datum_cites_its_evidence_or_rests_on_data_that_do() -> None:
    assert [f.datum for f in found(CLEAN, Change("data.shielding-delivered.documents"), code="PRC062")] == ["data/shielding-delivered"]
    assert not found("mingquan-methanol-2018", Change("data.heat-consumed.documents"), code="PRC062")
    assert found("mingquan-methanol-2018", Change("data.steam-consumption.documents"), code="PRC062")
    assert outcome("shenke-transformers-2023", codes=("PRC062",)).not_applicable == 1


@pytest.mark.parametrize(("words", "industry"), [
    ("《中国化工生产企业温室气体排放核算方法与报告指南（试行）》", "化工"), ("《机械设备制造温室气体排放核算方法与报告指南》", "机械设备制造"),
    ("企业温室气体排放核算与报告指南 发电设施（2022年修订版）", "发电"), ("《碳排放核算与报告要求 第10部分：化工生产企业》", "化工"),
    ("《中国民用航空企业温室气体排放核算方法与报告格式指南（试行）》", "民用航空"),
])
def test_the_industry_of_a_guideline_is_read_from_its_title(words: str, industry: str) -> None:
    assert [name for _, name in guides(words)] == [industry]


@pytest.mark.parametrize("words", ["《工业企业温室气体排放核算和报告通则》（GB/T 32150-2015）", "《企业温室气体排放报告核查指南（试行）》"])
def test_general_standards_are_no_guideline_of_an_industry(words: str) -> None:
    assert guides(words) == ()


@pytest.mark.parametrize(("example", "at", "words", "kinds"), [
    (CLEAN, "criteria.0", "《矿山企业温室气体排放核算方法与报告指南（试行）》", ["fail"]),
    ("mingquan-methanol-2018", "criteria.3", "《中国石油化工企业温室气体排放核算方法与报告指南（试行）》", ["fail"]),
    (CLEAN, "criteria.+", "《公共建筑运营单位（企业）温室气体排放核算方法与报告指南（试行）》", ["review"]),
    (CLEAN, "method_notes.+", "依据《中国陶瓷生产企业温室气体排放核算方法与报告指南（试行）》计算", ["review"]),
    (CLEAN, "criteria.0", "发改办气候〔2015〕1722号附件", []), (CLEAN, "criteria.0", "核算指南", ["open"]),
    (CLEAN, "criteria.0", "《机械设备制造企业温室气体排放核算方法与报告指南》", []),
])
def test_the_criteria_name_the_dossier_s_guideline(example: str, at: str, words: str, kinds: list[str]) -> None:
    assert [f.kind for f in found(example, Change(at, words), code="PRC063")] == kinds


@pytest.mark.parametrize(("key", "said"), [("cause", "原因"), ("correction", "纠正"), ("conclusion", None), ("steps", "记录")])
def test_a_closed_finding_has_all_its_parts(key: str, said: str | None) -> None:
    raised = found(CLEAN, Change(f"findings.0.{key}"), code="PRC042")
    assert (said is None and not raised) or (said is not None and said in raised[0].message)


def test_evidence_of_a_finding_may_stand_among_its_steps() -> None:
    bare = Change("findings.0.evidence")
    assert not found(CLEAN, bare, code="PRC042")
    assert "证据" in found(CLEAN, bare, Change("findings.0.steps.2"), code="PRC042")[0].message


def test_the_verification_report_is_not_finished_before_the_final_emission_report() -> None:
    assert "final_report>report_completed" in [f.datum for f in found(CLEAN, Change("dates.report_completed", "2025-03-13"), code="PRC011")]
    assert not found(CLEAN, Change("dates.report_completed", "2025-03-14"), code="PRC011")


@pytest.mark.parametrize(("change", "datum"), [
    (Change("dates.technical_review_start", "2025-03-17"), "review<signed/leader"),
    (Change("dates.technical_review_start", "2025-03-18"), None),
    (Change("team.3.signed", "2025-03-18"), "signed/technical-reviewer<review"),
])
def test_the_review_begins_with_a_signed_report(change: Change, datum: str | None) -> None:
    raised = [f.datum for f in found(CLEAN, change, code="PRC018")]
    assert raised == ([datum] if datum else [])


def test_half_an_engagement_says_what_is_missing() -> None:
    parts = ("dates", "team", "meters", "documents", "interviews", "visits", "criteria", "body", "findings", "statements")
    result = outcome(CLEAN, *(Change(part) for part in parts))
    assert [why for _, why in result.not_run if "出错" in why] == []
    assert len(result.not_run) >= 15
    assert result.passed + result.failed + result.not_applicable + len(result.not_run) == len(LAYER)


def test_a_step_is_dated_by_the_schedule_or_by_a_signature() -> None:
    undated = Change(path="dates.report_completed", value=None)
    assert found("clean-foundry-2024", undated, code="PRC021") == []
    (finding,) = found("shenke-transformers-2023", undated, code="PRC021")
    assert "核查报告完成" in finding.message
    assert finding.places


def test_counts_left_open_are_one_finding_for_all_meters() -> None:
    open_ = [Change(path=f"meters.{n}.count", value="/") for n in range(2)]
    (finding,) = found("clean-foundry-2024", *open_, code="PRC054")
    assert len(finding.places) == 2
    (odd,) = found("clean-foundry-2024", Change(path="meters.0.count", value="若何"), code="PRC054")
    assert "应为数字" in odd.message
