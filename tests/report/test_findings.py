"""Findings in the report: the official columns, steps with day and role, waivers, rules, and the conclusion they allow."""

import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tanhe.checks.findings import Effect, Outcome
from tanhe.checks.findings import Finding as RuleFinding
from tanhe.checks.life import fingerprint
from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier, Finding, Waiver
from tanhe.inventory.compute import compute
from tanhe.report.chapters.statements import clauses, contradicts
from tanhe.report.compose import compose
from tanhe.report.content import Heading, Report, Table
from tanhe.report.plain import to_text

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN, NONE_RAISED = "clean-foundry-2024", "hongshi-calcium-aluminate-2024"
POSITIVE = "经核查，报告符合指南要求。"
RAISED = {"step": "raised", "date": "2025-03-07", "by": "核查组长"}
WAIVER = Waiver(rule="CLO003", reason="按主管部门文件", by="核查组长", date=datetime.date(2025, 3, 10))


@cache
def dossier(name: str) -> Dossier:
    return load(EXAMPLES / name)[0]


def shown(name: str = CLEAN, outcome: Outcome | None = None, **parts: object) -> Report:
    full = dossier(name)
    words = full.conclusions.model_copy(update={"conformity": POSITIVE})
    return compose(compute(full.model_copy(update={"conclusions": words} | parts)), outcome=outcome)


def table(report: Report, name: str) -> list[list[str]]:
    found = next(b for b in report.blocks if isinstance(b, Table) and name in b.caption)
    return [[cell.text for cell in row] for row in found.rows]


def nc(**parts: object) -> Finding:
    return Finding.model_validate({"id": "NC-01", "kind": "nc", "description": "缺少校准证书"} | parts)


def fired(**parts: object) -> RuleFinding:
    given = {"rule": "CLO003", "kind": "fail", "severity": "material", "title": "小计", "message": "小计少 1.00",
             "datum": "sum/combustion", "effect": Effect(Decimal("1.00"), Decimal("2.50")), "family": "closure"}
    return RuleFinding(**(given | parts))  # type: ignore[arg-type]


def outcome(*findings: RuleFinding) -> Outcome:
    return Outcome(findings, 30, 28, len(findings), 4, (("PRO001", "没有资料"),))


def test_the_list_has_the_official_columns_and_the_result() -> None:
    done = nc(category="data", parameter="净购入热量", cause="证书由维保单位保管", correction="已归档", evidence="D27",
              conclusion="有效期覆盖全年", steps=(
                  RAISED, {"step": "answered", "date": "2025-03-11", "by": "受核查方"},
                  {"step": "evidence", "date": "2025-03-12", "by": "受核查方", "note": "D27"},
                  {"step": "verified", "date": "2025-03-13", "by": "组员", "result": "conforming"},
                  {"step": "closed", "date": "2025-03-13", "by": "核查组长"}))
    rows = table(shown(findings=(done,)), "不符合项清单")
    assert rows[0] == ["序号", "类别", "不符合项描述", "涉及的参数", "受核查方原因分析", "纠正措施", "核查结论"]
    assert rows[1] == ["1", "核算数据", "缺少校准证书", "净购入热量", "证书由维保单位保管", "已归档。证据：D27。",
                       "已整改且符合。有效期覆盖全年。已关闭。"]
    steps = table(shown(findings=(done,)), "处理记录")
    assert steps[1] == ["NC-01", "开出", "2025年3月7日", "核查组长", "/"]
    assert steps[4] == ["NC-01", "核实", "2025年3月13日", "组员", "已整改且符合"]


def test_clarifications_and_suggestions_stand_apart() -> None:
    report = shown(findings=(nc(kind="clarification", id="CL-01", description="量纲不明", correction="吨", conclusion="接受", status="closed"),
                             nc(kind="suggestion", description="装设分表")))
    assert table(report, "澄清项清单")[1][2] == "量纲不明"
    text = to_text(report)
    assert "案卷没有记录不符合项。" in text and "\n装设分表。" in text


def test_an_open_finding_withholds_the_conclusion_everywhere() -> None:
    report = shown(findings=(nc(steps=(RAISED,)),))
    text = to_text(report)
    assert POSITIVE not in text and text.count("不作肯定的核查结论") == 2
    assert "不符合项 NC-01 没有关闭" in text and "仍有1个不符合项没有关闭" in text
    assert "有未了结事项，未批准" in text and "不得签发" in report.status
    assert "均已关闭" not in text and "均已了结" not in text


@pytest.mark.parametrize(
    "finding",
    [nc(status="closed"), nc(status="closed", correction="a", conclusion="b", steps=(RAISED,)),
     nc(status="closed", correction="a", conclusion="b",
        steps=(RAISED, {"step": "answered", "date": "2025-03-08", "by": "技术评审"}, {"step": "closed", "date": "2025-03-09", "by": "核查组长"}))],
)
def test_a_closing_that_cannot_be_believed_withholds_it_too(finding: Finding) -> None:
    report = shown(findings=(finding,))
    assert POSITIVE not in to_text(report) and "均已关闭" not in to_text(report) and report.status


def test_with_everything_settled_the_conclusion_stands() -> None:
    report = shown()
    text = to_text(report)
    assert text.count(POSITIVE) == 2 and report.status == ""
    assert "所开具的不符合项均已关闭" in text and "核查开具的不符合项（1个）均已了结" in text
    assert "未批准" not in text


def test_an_estimate_is_not_called_closed() -> None:
    text = to_text(shown(findings=(nc(status="conservative-estimate", conclusion="按上限取值"),)))
    assert "其中1个没有有效整改，已按保守原则估算" in text and "所开具的不符合项均已关闭" not in text


def test_no_finding_raised_is_never_followed_by_all_closed() -> None:
    """The published report says so with none raised; the words are left out and this is said."""
    words = dossier(NONE_RAISED).conclusions.conformity
    assert "不符合项关闭之后" in words and not any(f.kind == "nc" for f in dossier(NONE_RAISED).findings)
    text = to_text(compose(compute(dossier(NONE_RAISED))))
    conclusion = text[text.index("# 4 核查结论"):text.index("# 5 附件")]
    assert "关闭" not in conclusion and "与不符合项清单不一致，没有采用" in conclusion
    assert "核查组确认2024年度排放报告与核算方法符合核算指南" in conclusion
    raised = shown(conclusions=dossier(CLEAN).conclusions.model_copy(update={"conformity": "没有不符合项，符合指南。"}))
    assert "没有不符合项，" not in to_text(raised) and "符合指南。" in to_text(raised)


@pytest.mark.parametrize(
    ("clause", "raised", "against"),
    [
        ("在全部不符合项关闭之后，", 0, True), ("在全部不符合项关闭之后，", 1, False), ("关闭了全部不符合，", 0, True),
        ("没有发现不符合项，", 1, True), ("没有发现不符合项，", 0, False), ("报告符合指南要求。", 0, False),
        ("报告符合指南要求。", 2, False), ("共开具不符合项0项，", 1, True),
    ],
)
def test_words_on_findings_must_agree_with_the_list(clause: str, raised: int, against: bool) -> None:
    assert contradicts(clause, raised) is against


@pytest.mark.parametrize("text", ["", "一句。", "甲，乙；丙。丁", "，，。", "no marks"])
def test_clauses_put_together_are_the_text(text: str) -> None:
    assert "".join(clauses(text)) == text


def test_the_rules_findings_stand_in_an_annex_and_withhold_the_conclusion() -> None:
    report = shown(outcome=outcome(fired(), fired(severity="note", effect=None, datum="x", message="提示")))
    assert "附件6 规则检查结果与豁免" in [b.text for b in report.blocks if isinstance(b, Heading)]
    assert table(report, "规则发现汇总表")[1:] == [["算式闭合", "1", "0", "0", "1", "0"], ["合计", "1", "0", "0", "1", "0"]]
    assert table(report, "规则发现清单")[1] == ["CLO003", "重要", "小计少 1.00", "1.00 至 2.50", "未处理"]
    text = to_text(report)
    assert "运行检查规则30条，通过28条" in text and "没有运行的不等于通过" in text
    assert table(report, "没有运行的规则")[1] == ["没有资料", "PRO001"]
    assert POSITIVE not in text and "规则检查的重要发现有1项没有处理，逐项见附件" in text


def test_without_rules_there_is_no_annex_of_them() -> None:
    assert "附件6" not in to_text(shown())
    assert POSITIVE in to_text(shown(outcome=outcome()))


def test_a_waived_finding_stays_visible_with_reason_name_and_day() -> None:
    report = shown(outcome=outcome(fired(waiver=WAIVER)), waivers=(WAIVER,))
    assert table(report, "豁免清单")[1] == ["1", "CLO003", "全部", "按主管部门文件", "核查组长", "2025年3月10日"]
    assert table(report, "规则发现清单")[1][-1] == "已豁免" and table(report, "规则发现汇总表")[1][-1] == "1"
    assert POSITIVE in to_text(report)
    assert table(shown(waivers=(WAIVER,)), "豁免清单")


def test_a_finding_taken_up_is_named_in_the_annex() -> None:
    full = dossier(CLEAN)
    taken = nc(fingerprint=fingerprint(fired(), full), status="closed", correction="已改", conclusion="符合", cause="抄录")
    report = shown(outcome=outcome(fired()), findings=(taken,))
    assert table(report, "规则发现清单")[1][-1] == "不符合项NC-01"
    assert POSITIVE in to_text(report)


def test_the_sampling_is_told_with_its_share() -> None:
    rows = table(shown(), "抽样情况表")
    assert rows[1][:7] == ["1", "月度数据", dossier(CLEAN).data["gas"].item, "12", "12", "100.00%", "0"]
    assert "抽样情况表" not in to_text(shown(sampling=()))
