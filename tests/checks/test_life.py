"""The life of a finding: possible steps only, nothing concluded while one is open, runs matched by fingerprint."""

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.findings import Effect, Outcome
from tanhe.checks.findings import Finding as RuleFinding
from tanhe.checks.life import (
    contradictions,
    fingerprint,
    history,
    is_open,
    may_conclude,
    open_findings,
    transition,
)
from tanhe.checks.rerun import against, draft_yaml, match, raise_from, recorded, snapshot
from tanhe.checks.roles import MAY, people, role_of
from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier, Finding, FindingStep, Waiver
from tanhe.messages import TanheError, speaking

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = datetime.date(2025, 3, 5)


def dossier(**parts: object) -> Dossier:
    given = {"format": "tanhe.dossier/1", "guideline": "ndrc2015-machinery", "year": 2024,
             "entity": {"name": "甲公司", "organisation": ["设备能源部"]},
             "team": [{"role": "leader", "name": "甲某"}, {"role": "technical-reviewer", "name": "乙某"}]}
    return Dossier.model_validate(given | parts)


def nc(**parts: object) -> Finding:
    return Finding.model_validate({"id": "NC-01", "kind": "nc", "description": "缺证书"} | parts)


def step(name: str, day: int = 0, by: str = "", **more: str) -> FindingStep:
    who = {"answered": "受核查方", "evidence": "受核查方"}.get(name, "核查组长")
    return FindingStep(step=name, date=DAY + datetime.timedelta(day), by=by or who, **more)


def closed() -> Finding:
    life = transition(nc(), step("raised"))
    life = transition(life, step("answered", 1), cause="没有留存", correction="已归档")
    life = transition(life, step("evidence", 2), evidence="D27")
    life = transition(life, step("verified", 3, result="conforming"), conclusion="整改有效")
    return transition(life, step("closed", 3))


def fired(rule: str = "CLO003", severity: str = "material", datum: str = "sum/combustion", message: str = "合计不等",
          effect: Effect | None = None, waiver: Waiver | None = None) -> RuleFinding:
    return RuleFinding(rule, "fail", severity, "标题", message, datum, effect=effect, family="closure", waiver=waiver)


def outcome(*findings: RuleFinding) -> Outcome:
    return Outcome(findings, 1, 0, len(findings), 0, ())


def test_a_finding_goes_from_raised_to_closed_and_earlier_states_are_untouched() -> None:
    first = transition(nc(), step("raised"))
    whole = closed()
    assert (first.state, len(first.steps), whole.state) == ("open", 1, "closed")
    assert (whole.cause, whole.correction, whole.evidence, whole.conclusion) == ("没有留存", "已归档", "D27", "整改有效")
    assert history(whole) == contradictions(whole) == () and not is_open(whole)


@pytest.mark.parametrize(
    ("taken", "step_", "said"),
    [
        ((), step("answered"), "还没有开出"),
        (("raised",), step("closed"), "没有核实为符合，不能关闭"),
        (("raised",), step("verified"), "还没有答复"),
        (("raised",), step("evidence"), "不能接在“开出”之后"),
        (("raised", "answered"), step("closed"), "不能关闭"),
        (("raised", "answered"), step("verified"), "还没有证据"),
        (("raised", "answered", "evidence"), step("closed"), "不能关闭"),
        (("raised", "answered", "evidence", "verified"), step("evidence"), "不能接在“核实”之后；应为 关闭"),
        (("raised", "answered", "evidence", "verified", "closed"), step("answered"), "不再有任何步骤"),
        (("raised", "conservative-estimate"), step("closed"), "不能关闭"),
        (("raised",), step("raised"), "不能接在"),
        (("raised",), step("answered", -1), "日期 2025-03-04 早于上一步的 2025-03-05"),
        (("raised",), FindingStep(step="answered", by="受核查方"), "没有日期"),
        (("raised",), FindingStep(step="answered", date=DAY), "没有写由谁处理；应为"),
        (("raised",), step("answered", by="某人"), "看不出“某人”是哪个角色"),
        (("raised",), step("answered", by="技术评审人"), "技术评审不能做这一步；应为 受核查方"),
        (("raised",), step("answered", by="核查组长"), "不能做这一步"),
        (("raised", "answered", "evidence"), step("verified", by="受核查方能源部"), "受核查方不能做这一步"),
        (("raised", "answered", "evidence"), step("verified", by="批准人"), "批准不能做这一步"),
        (("raised",), step("conservative-estimate", by="企业"), "不能做这一步"),
        (("raised",), step("answered", result="conforming"), "只有核实才有结果"),
    ],
)
def test_an_impossible_step_is_refused_with_the_reason(taken: tuple[str, ...], step_: FindingStep, said: str) -> None:
    life = nc(cause="a", correction="b", evidence="c")
    for name in taken:
        life = transition(life, step(name))
    with pytest.raises(TanheError) as refused:
        transition(life, step_)
    assert said in str(refused.value) and str(refused.value).startswith("NC-01: ")
    with speaking("en"), pytest.raises(TanheError) as english:
        transition(life, step_)
    assert str(english.value) != str(refused.value)


def test_an_answer_needs_cause_and_correction_and_evidence_needs_evidence() -> None:
    life = transition(nc(), step("raised"))
    with pytest.raises(TanheError, match="没有写原因分析（cause）"):
        transition(life, step("answered"), correction="已归档")
    life = transition(life, step("answered"), cause="a", correction="b")
    with pytest.raises(TanheError, match="没有写证据"):
        transition(life, step("evidence"))
    assert transition(life, step("evidence", note="D27")).state == "answered"


def test_a_failed_verification_reopens_and_cannot_be_closed() -> None:
    life = nc(cause="a", correction="b", evidence="c")
    for name in ("raised", "answered", "evidence"):
        life = transition(life, step(name))
    life = transition(life, step("verified", result="not-conforming"))
    assert life.state == "open"
    with pytest.raises(TanheError, match="没有核实为符合"):
        transition(life, step("closed"))
    again = transition(transition(life, step("evidence", 1)), step("verified", 2, result="conforming"))
    assert transition(again, step("closed", 2)).state == "closed"
    assert transition(life, step("conservative-estimate", 9)).state == "conservative-estimate"


def test_no_answer_in_time_leads_to_a_conservative_estimate() -> None:
    life = transition(transition(nc(), step("raised")), step("verified", 7, result="not-corrected"))
    assert life.state == "open"
    assert transition(life, step("conservative-estimate", 7, by="技术工作组")).state == "conservative-estimate"


def test_a_suggestion_has_no_life_and_a_settled_finding_none_any_more() -> None:
    with pytest.raises(TanheError, match="建议不需要处理过程"):
        transition(nc(kind="suggestion"), step("raised"))
    with pytest.raises(TanheError, match="已经了结"):
        transition(nc(status="closed"), step("raised"))


def test_a_clarification_is_settled_without_evidence() -> None:
    life = transition(nc(kind="clarification"), step("raised"))
    life = transition(life, step("answered", note="来自结算单"))
    assert transition(transition(life, step("verified")), step("closed")).state == "closed"


def test_names_of_the_dossier_are_roles() -> None:
    named = people(dossier())
    assert [role_of(n, named) for n in ("甲某", "乙某", "设备能源部", "组员2", "核查组组长")] == [
        "leader", "technical-reviewer", "enterprise", "member", "leader"]
    life = transition(nc(), step("raised", by="甲某"), named)
    with pytest.raises(TanheError, match="技术评审不能做这一步"):
        transition(life, step("answered", by="乙某"), named, cause="a", correction="b")


NAMES = st.sampled_from(sorted(MAY))
STEPS = st.builds(
    FindingStep, step=NAMES, date=st.one_of(st.none(), st.dates(DAY, DAY + datetime.timedelta(9))),
    by=st.sampled_from(["核查组长", "组员", "受核查方", "技术评审", "批准人", "规则", "技术工作组", "", "路人"]),
    result=st.sampled_from([None, None, "conforming", "not-conforming", "not-corrected"]), note=st.sampled_from(["", "D01"]),
)


@given(st.sampled_from(["nc", "clarification", "suggestion"]), st.lists(STEPS, max_size=12), st.booleans())
def test_any_sequence_is_refused_or_leaves_a_valid_history(kind: str, steps: list[FindingStep], filled: bool) -> None:
    life = nc(kind=kind, **({"cause": "a", "correction": "b", "evidence": "c"} if filled else {}))
    for one in steps:
        try:
            after = transition(life, one)
        except TanheError:
            continue
        assert after.steps == (*life.steps, one)
        life = after
        assert history(life) == () and contradictions(life) == ()
    days = [s.date for s in life.steps if s.date]
    names = [s.step for s in life.steps]
    assert days == sorted(days) and len(days) == len(names)
    if "closed" in names:
        assert names[-2:] == ["verified", "closed"] and "answered" in names


@given(st.lists(STEPS, max_size=6))
def test_what_a_dossier_records_never_raises(steps: list[FindingStep]) -> None:
    recorded_life = nc(steps=tuple(steps))
    assert isinstance(history(recorded_life), tuple) and isinstance(contradictions(recorded_life), tuple)
    if recorded_life.state in ("open", "answered"):
        assert is_open(recorded_life)


def test_nothing_is_concluded_while_a_non_conformity_is_open() -> None:
    life = transition(nc(), step("raised"))
    assert may_conclude(dossier(findings=[life])) == (False, ("不符合项 NC-01 没有关闭",))
    assert open_findings(dossier(findings=[life, closed()])) == (life,)
    assert may_conclude(dossier(findings=[closed()])) == (True, ())
    asked = transition(nc(kind="clarification", id="CL-01"), step("raised"))
    assert may_conclude(dossier(findings=[asked]))[1] == ("澄清项 CL-01 没有答复",)
    assert may_conclude(dossier(findings=[transition(asked, step("answered", note="见附件"))])) == (True, ())


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (nc(status="closed"), "没有受核查方的答复"),
        (nc(status="closed", cause="a", correction="b"), "没有核实"),
        (closed().model_copy(update={"status": "open"}), "状态写作 open"),
        (nc(status="closed", steps=(step("raised"),), correction="b", conclusion="c"), "最后一步是“开出”"),
        (closed().model_copy(update={"steps": (*closed().steps[:4], step("closed", 1))}), "早于"),
        (closed().model_copy(update={"steps": (step("raised"), step("answered", by="技术评审"), *closed().steps[2:])}), "技术评审"),
    ],
)
def test_a_settlement_that_cannot_be_believed_is_open(finding: Finding, said: str) -> None:
    allowed, reasons = may_conclude(dossier(findings=[finding]))
    assert not allowed and said in reasons[0]
    assert open_findings(dossier(findings=[finding])) == (finding,)


def test_the_words_of_a_finished_report_are_believed() -> None:
    told = nc(status="closed", cause="没有填报", correction="已补报", conclusion="确认")
    assert may_conclude(dossier(findings=[told])) == (True, ())


def test_an_approval_before_the_closing_stands_in_the_way() -> None:
    early = dossier(findings=[closed()], dates={"approved": "2025-03-07"})
    assert "早于不符合项 NC-01 了结的 2025-03-08" in may_conclude(early)[1][0]
    assert may_conclude(dossier(findings=[closed()], dates={"approved": "2025-03-08"}))[0]


def test_a_material_finding_must_be_waived_or_taken_up() -> None:
    plain = dossier()
    mark = fingerprint(fired(), plain)
    assert may_conclude(plain, outcome(fired())) == (False, ("重要发现 CLO003 没有处理：合计不等",))
    assert may_conclude(plain, outcome(fired(severity="minor"), fired(severity="note")))[0]
    waiver = Waiver(rule="CLO003", reason="按主管部门文件", by="核查组长", date=DAY)
    assert may_conclude(plain, outcome(fired(waiver=waiver)))[0]
    taken = closed().model_copy(update={"fingerprint": mark})
    assert may_conclude(dossier(findings=[taken]), outcome(fired()))[0]
    assert not may_conclude(dossier(findings=[taken.model_copy(update={"kind": "suggestion"})]), outcome(fired()))[0]
    other = closed().model_copy(update={"fingerprint": "0" * 16, "rule": "CLO003"})
    assert not may_conclude(dossier(findings=[other]), outcome(fired()))[0]


def changes(old: Outcome, new: Outcome) -> dict[str, str]:
    return {(m.after or m.before)[0].rule: m.change for m in match(snapshot(old, dossier()), snapshot(new, dossier()))}


def test_a_second_run_says_what_is_new_unchanged_changed_and_gone() -> None:
    effect = Effect(Decimal("-1.5"), Decimal("2"))
    old = outcome(fired("A1"), fired("A2", effect=effect), fired("A3"))
    new = outcome(fired("A1"), fired("A2", effect=Effect(Decimal("-1.5"), Decimal("3"))), fired("A4"))
    assert changes(old, new) == {"A1": "unchanged", "A2": "changed", "A4": "new", "A3": "gone"}
    assert changes(outcome(fired("A1")), outcome(fired("A1", severity="minor"))) == {"A1": "changed"}
    assert changes(outcome(fired("A1", message="填 3")), outcome(fired("A1", message="填 4"))) == {"A1": "changed"}


def test_the_language_of_a_message_is_no_change() -> None:
    old, new = outcome(fired("A1", message="填 1.58，应为 1.6")), outcome(fired("A1", message="says 1.58, should be 1.6"))
    assert changes(old, new) == {"A1": "unchanged"}
    assert changes(old, outcome(fired("A1", message="says 1.59, should be 1.6"))) == {"A1": "changed"}


FIRED = st.builds(
    fired, st.sampled_from(["A1", "A2", "A3"]), st.sampled_from(["material", "minor"]), st.sampled_from(["x", "y"]),
    st.sampled_from(["填 1，错", "填 2，错", "says 1"]),
)
MIRROR = {"new": "gone", "gone": "new", "unchanged": "unchanged", "changed": "changed"}


@given(st.lists(FIRED, max_size=6), st.lists(FIRED, max_size=6))
def test_matching_is_symmetric(old: list[RuleFinding], new: list[RuleFinding]) -> None:
    one, other = snapshot(outcome(*old), dossier()), snapshot(outcome(*new), dossier())
    there = {m.fingerprint: m.change for m in match(one, other)}
    back = {m.fingerprint: MIRROR[m.change] for m in match(other, one)}
    assert there == back
    assert set(there) == {*one.findings, *other.findings}
    assert {m.change for m in match(one, one)} <= {"unchanged"}


def record(*findings: RuleFinding, uscc: str | None = None) -> dict[str, object]:
    shown = [
        {"rule": f.rule, "kind": f.kind, "severity": f.severity, "message": f.message,
         "fingerprint": f.fingerprint(uscc or "甲公司", 2024),
         "effect_tco2e": {"low": str(f.effect.low), "high": str(f.effect.high)} if f.effect else None}
        for f in findings
    ]
    return {"schema": "tanhe.record/1", "entity": {"name": "甲公司", "uscc": uscc}, "year": 2024, "findings": shown}


def test_an_earlier_record_is_matched_even_when_the_code_was_corrected_since() -> None:
    effect = Effect(Decimal("1.50"), Decimal("1.50"))
    corrected = dossier(entity={"name": "甲公司", "uscc": "91320000MA0EXMPL0N"})
    old = json.loads(json.dumps(record(fired("A1", effect=effect), fired("A2"), uscc="WRONG")))
    found = against(old, outcome(fired("A1", effect=effect), fired("A3")), corrected)
    assert {(m.after or m.before)[0].rule: m.change for m in found} == {"A1": "unchanged", "A3": "new", "A2": "gone"}


def test_a_record_of_another_enterprise_or_year_is_refused() -> None:
    for other in (record() | {"year": 2023}, record() | {"entity": {"name": "乙公司", "uscc": None}}):
        with pytest.raises(TanheError, match="另一企业或年度"):
            against(other, outcome(), dossier())


@pytest.mark.parametrize(
    "spoilt",
    [None, [], "x", {}, {"schema": "tanhe.record/2"}, record() | {"findings": None}, record() | {"year": "?"},
     record() | {"entity": None}, record() | {"findings": [{}]}, record() | {"findings": [5]},
     record() | {"findings": [record(fired())["findings"][0] | {"effect_tco2e": {"low": "a", "high": "b"}}]}],  # type: ignore[index]
)
def test_what_is_no_record_is_refused(spoilt: object) -> None:
    with pytest.raises(TanheError, match="不是核查记录"):
        recorded(spoilt)


def test_drafts_take_kind_from_severity_and_leave_out_what_is_dealt_with() -> None:
    waiver = Waiver(rule="A5", reason="r", by="核查组长", date=DAY)
    taken = nc(fingerprint=fingerprint(fired("A6"), dossier()))
    whole = dossier(findings=[taken])
    drafts = raise_from(
        outcome(fired("A1", effect=Effect(Decimal("1"), Decimal("2.50"))), fired("A2", "minor"), fired("A3", "editorial"),
                fired("A4", "note"), fired("A5", waiver=waiver), fired("A6"), fired("A1"), fired("A7")), whole, DAY)
    assert [(d.id, d.kind, d.rule) for d in drafts] == [
        ("NC-02", "nc", "A1"), ("CL-01", "clarification", "A2"), ("S-01", "suggestion", "A3"), ("NC-03", "nc", "A7")]
    assert drafts[0].description == "合计不等（影响 1 至 2.50 tCO2e）"
    assert drafts[0].steps[0].step == "raised" and drafts[0].state == "open" and history(drafts[0]) == ()
    again = dossier(findings=[taken, *drafts])
    assert raise_from(outcome(fired("A1"), fired("A2", "minor"), fired("A7")), again, DAY) == ()


def test_the_drafted_yaml_reads_back_as_the_same_findings() -> None:
    drafts = raise_from(outcome(fired(message='有 "引号": #井号\n换行'), fired("A2", "minor")), dossier(), DAY)
    written = draft_yaml(drafts, dossier())
    read = yaml.load(written, Loader=yaml.BaseLoader)["findings"]
    assert tuple(Finding.model_validate(item) for item in read) == drafts
    assert not draft_yaml(drafts, dossier(findings=drafts)).startswith("findings:")
    assert draft_yaml((), dossier()) == ""


def test_the_clean_example_may_be_concluded() -> None:
    clean, _ = load(EXAMPLES / "clean-foundry-2024")
    assert any(f.kind == "nc" for f in clean.findings)
    assert may_conclude(clean) == (True, ())
    assert [history(f, people(clean)) for f in clean.findings if f.kind == "nc"] == [()]
