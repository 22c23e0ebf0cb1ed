"""The engine: every rule is accounted for, none stops the others, and only a waiver with a name lets a finding pass."""

import datetime

import pytest

from tanhe.checks import registry
from tanhe.checks.engine import Family, check, fail, not_run, unsettled
from tanhe.checks.examine import examine
from tanhe.checks.policy import policy, shipped
from tanhe.dossier.load import load
from tanhe.dossier.places import Place
from tanhe.dossier.problems import UnreadableDossier
from tanhe.messages import TanheError, speaking

TODAY = datetime.date(2026, 11, 20)
WAIVER = "{rule: XAA001, reason: 票据已补, by: 核查组长, date: 2024-05-06}"


@pytest.fixture
def outcome(small, few_rules):
    """Run the few rules on the small dossier, changed as asked."""

    def run(*edits, **options):
        dossier, problems = load(small.write(*edits))
        return examine(dossier, problems, TODAY, **options)[1]

    return run


def codes(outcome):
    return [f.rule for f in outcome.findings]


def test_every_rule_is_accounted_for_once(outcome, few_rules):
    found = outcome()
    assert (found.run, found.passed, found.failed, found.not_applicable) == (5, 1, 4, 1)
    assert [code for code, _ in found.not_run] == ["XAC001", "XAC002"]
    assert found.run + found.not_applicable + len(found.not_run) == len(few_rules) == len(found.seconds)


def test_a_rule_whose_inputs_are_absent_says_what_is_missing(outcome):
    why = dict(outcome().not_run)
    assert why["XAC001"] == "案卷缺少 meters、entity.uscc"


def test_a_rule_that_raises_is_reported_and_the_others_go_on(outcome):
    found = outcome()
    assert "KeyError" in dict(found.not_run)["XAC002"] and "abc" in dict(found.not_run)["XAC002"]
    assert codes(found) == ["XAA001", "XAA002", "XAB001", "XAB002"]


def test_findings_come_gravest_first_and_carry_their_rule(outcome):
    first = outcome().findings[0]
    assert (first.severity, first.kind, first.family, first.clause) == ("material", "fail", "closure", "指南 <4.2>")
    assert first.title == "合计等于各行之和"
    with speaking("en"):
        assert outcome().findings[0].title == "sums are the sum of their lines"


def test_a_rule_may_say_itself_that_it_could_not_run(small, few_rules, outcome):
    @check("XAD001", Family.INPUT, "minor")
    def half(c):
        """半途而止 | gives up"""
        yield unsettled("还缺一项", "one")
        yield not_run("缺少月度产量")

    few_rules["XAD001"] = half
    found = outcome(select=["XAD"])
    assert (found.run, found.not_run) == (0, (("XAD001", "缺少月度产量"),))
    assert [(f.kind, f.message) for f in found.findings] == [("open", "还缺一项")]


def test_a_result_may_be_graver_or_lighter_than_its_rule(few_rules, outcome):
    @check("XAD002", Family.INPUT, "minor")
    def weighed(c):
        """按大小定级 | weighed by size"""
        yield fail("小", "small", severity="note")
        yield fail("大", "large", severity="material")

    few_rules["XAD002"] = weighed
    assert [(f.datum, f.severity) for f in outcome(select=["XAD002"]).findings] == [("large", "material"), ("small", "note")]


@pytest.mark.parametrize(("confidence", "severity"), [(None, "editorial"), (0.97, "note")])
def test_a_misprint_in_recognised_words_is_a_note_for_it_may_be_the_recognisers(few_rules, outcome, confidence, severity):
    place = Place("扫描.pdf", page=3, quote="MWhJ", confidence=confidence)

    @check("XAD003", Family.CONSISTENCY, "editorial", letters=True)
    def letters(c):
        """印出的字母 | the letters printed"""
        yield fail("单位印作 MWhJ", "MWhJ", (place,))

    @check("XAD004", Family.CLOSURE, "material")
    def figures(c):
        """数值 | figures"""
        yield fail("合计不等于各行之和", "sum", (place,))

    few_rules |= {"XAD003": letters, "XAD004": figures}
    found = {f.rule: f for f in outcome(select=["XAD"]).findings}
    assert (found["XAD003"].severity, found["XAD004"].severity) == (severity, "material")
    assert ("请先对照原页" in found["XAD003"].message) is (confidence is not None)


@pytest.mark.parametrize(
    ("select", "ignore", "found"),
    [
        ((), (), ["XAA001", "XAA002", "XAB001", "XAB002"]),
        (("XAA",), (), ["XAA001", "XAA002"]),
        (("xaa001", "XAB"), (), ["XAA001", "XAB001", "XAB002"]),
        ((), ("XAB",), ["XAA001", "XAA002"]),
        (("XAA",), ("XAA002",), ["XAA001"]),
        (("XAC003",), (), []),
    ],
)
def test_rules_are_chosen_by_code_or_beginning(outcome, select, ignore, found):
    assert codes(outcome(select=select, ignore=ignore)) == found


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_an_unknown_code_names_the_nearest(outcome, option):
    with pytest.raises(TanheError, match=r"没有规则“XAA009”，最接近的是“XAA00[12]”"):
        outcome(**{option: ["XAA009"]})


def test_a_waived_finding_stays_and_no_longer_counts(outcome):
    waiver = ("\ntables:", f"\nwaivers: [{WAIVER}]\ntables:")
    found = outcome(waiver, select=["XAA001"])
    (finding,) = found.findings
    assert (finding.waiver.reason, finding.waiver.by, str(finding.waiver.date)) == ("票据已补", "核查组长", "2024-05-06")
    assert not found.open and outcome(select=["XAA001"]).open
    assert codes(outcome(waiver))[-1] == "XAA001"


def test_a_waiver_for_one_datum_leaves_the_others(outcome):
    other = WAIVER.replace("rule: XAA001", "rule: XAA001, datum: another")
    assert outcome(("\ntables:", f"\nwaivers: [{other}]\ntables:"), select=["XAA001"]).open


@pytest.mark.parametrize("part", ["reason: 票据已补, ", "by: 核查组长, ", ", date: 2024-05-06"])
@pytest.mark.parametrize("blank", [False, True])
def test_a_waiver_without_reason_name_or_date_is_refused_with_its_line(small, part, blank):
    key = part.strip(", ").partition(":")[0]
    kept = WAIVER.replace(part, part.replace(part.strip(", ").partition(": ")[2], '"  "') if blank else "")
    folder = small.write(("\ntables:", f"\nwaivers:\n  - {kept}\ntables:"))
    with pytest.raises(UnreadableDossier) as refused:
        load(folder)
    (problem,) = refused.value.problems
    assert problem.place.line in (small.line("tables:"), small.line("tables:") + 1)
    assert key in str(problem)


def test_a_note_alone_does_not_keep_a_dossier_from_holding(outcome):
    assert not outcome(select=["XAB002"]).open and outcome(select=["XAB001"]).open


def test_limits_of_the_engagement_override_the_shipped_ones():
    own = policy({"deviation.solid": "3.5"})
    assert str(own.number("deviation.solid")) == "3.5"
    assert str(own.number("team.minimum")) == str(policy({}).number("team.minimum"))


def test_a_limit_that_is_not_known_or_no_number_is_refused():
    with pytest.raises(TanheError, match=r"没有阈值“deviation\.solids”，最接近的是“deviation\.solid”"):
        policy({"deviation.solids": "3"})
    with pytest.raises(TanheError, match="不是数字"):
        policy({"deviation.solid": "三"})


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_limit_must_be_a_finite_number(value):
    with pytest.raises(TanheError, match="不是数字"):
        policy({"deviation.solid": value})


def test_every_limit_has_meaning_source_and_grade():
    assert shipped()
    for limit in shipped().values():
        assert limit.zh and limit.source and limit.grade in ("A", "B", "C"), limit.key


def test_the_fingerprint_survives_another_line_and_another_message(outcome):
    def of(run):
        return [f.fingerprint("91370000", 2023) for f in run.findings]

    assert of(outcome()) == of(outcome(("\ntables:", "\n\n\n# 注\ntables:")))
    with speaking("en"):
        english = of(outcome())
    assert english == of(outcome())
    assert len(set(english)) == len(english)


def test_a_rule_code_that_stands_twice_is_a_mistake_of_the_program(monkeypatch, tmp_path):
    import sys
    import types

    registry.rules.cache_clear()
    try:
        for name in ("first_of_two", "second_of_two"):
            module = types.ModuleType(name)
            module.rule = check("XAE001", Family.INPUT, "minor")(lambda c: iter(()))
            monkeypatch.setitem(sys.modules, name, module)
        monkeypatch.setattr(registry, "_modules", lambda: ["first_of_two", "second_of_two"])
        with pytest.raises(ValueError, match="XAE001 stands twice"):
            registry.rules()
    finally:
        registry.rules.cache_clear()
