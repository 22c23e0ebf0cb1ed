"""What is marked on a finished report: which findings, which words, how many numbers; the name of the copy."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from tanhe.checks.findings import Finding, Outcome
from tanhe.dossier.marks import Marks, from_json, to_json
from tanhe.dossier.model import Waiver
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading, Unplaced
from tanhe.messages import speaking
from tanhe.report.annotate import copy_name, marks_of
from tanhe.report.findings.listing import Listing

DAY = datetime.date(2025, 6, 30)
FILE = "甲/报告.pdf"


def finding(rule: str, severity: Any, *places: Place, **more: Any) -> Finding:
    return Finding(rule, "fail", severity, "标题", f"{rule} 的说明", "d", places, **more)


def marked(*findings: Finding, numbers: int = 0) -> Marks:
    outcome = Outcome(findings, 1, 0, 1, 0, ())
    listing = Listing(SimpleNamespace(), outcome, FILE, ())  # type: ignore[arg-type]
    unplaced = tuple(Unplaced(Place(FILE, page=1, quote=f"共 {n} 吨"), f"共 {n} 吨", str(n)) for n in range(numbers))
    return marks_of(listing, Reading(numbers, 0, unplaced), DAY)


def test_the_gravest_come_first_and_notes_and_waived_ones_are_only_counted() -> None:
    waiver = Waiver(rule="ABC004", reason="理由", by="组长", date=DAY)
    made = marked(
        finding("ABC001", "editorial"), finding("ABC002", "material"), finding("ABC003", "note"), finding("ABC004", "minor", waiver=waiver)
    )
    assert [m.lines[0].split()[1] for m in made.marks] == ["ABC002", "ABC001"]
    assert "发现 2 项：重要 1，文字 1。" in made.summary and "另有提示 1 项、已豁免 1 项没有批注，见审阅意见。" in made.summary


def test_a_mark_stands_at_the_first_place_in_the_report_and_names_the_others() -> None:
    elsewhere, first, other = Place("表.csv", line=3), Place(FILE, page=2, quote="甲"), Place(FILE, page=5, quote="乙")
    (mark,) = marked(finding("ABC001", "material", elsewhere, first, other, clause="第 4 条")).marks
    assert mark.place == first
    assert mark.lines == ("[重要] ABC001 标题", "ABC001 的说明", "依据：第 4 条", "另见：第 5 页“乙”")


def test_a_finding_with_no_place_in_the_report_has_none() -> None:
    assert marked(finding("ABC001", "minor", Place(FILE), Place("别的.pdf", page=1))).marks[0].place is None


def test_numbers_are_cut_and_it_is_said() -> None:
    made = marked(numbers=250)
    assert len(made.marks) == 200 and "未解释的数字 250 个，标出前 200 个。" in made.summary
    assert made.marks[7].lines == ("未解释的数字 7：共 7 吨",) and made.marks[7].number == "7"


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    words = f"甲{chr(0)}乙{chr(0xD800)}丙{chr(0xFFFF)}"
    (mark,) = marked(Finding("ABC001", "fail", "minor", "标题", words, "d")).marks
    assert mark.lines[1] == "甲乙丙"


def test_english_is_spoken_when_asked_for() -> None:
    with speaking("en"):
        made = marked(finding("ABC001", "material", clause="4"))
    assert made.marks[0].lines[0].startswith("[material]") and made.marks[0].lines[2] == "Basis: 4"


def test_marks_survive_the_way_to_another_process() -> None:
    made = marked(finding("ABC001", "material", Place(FILE, page=2, quote="甲")), numbers=2)
    assert from_json(to_json(made)) == made


def test_the_copy_is_named_after_the_original_and_not_too_long() -> None:
    assert copy_name("甲/核查 报告.PDF", ".pdf") == "核查 报告-批注.pdf"
    assert len(copy_name("长" * 80 + ".docx", ".docx").encode()) < 240
