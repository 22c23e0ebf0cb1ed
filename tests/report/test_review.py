"""The review of a finished report: what was found, with its words and place, the recomputation, what was not understood."""

import datetime

from tanhe import examples
from tanhe.checks.examine import examine
from tanhe.checks.registry import rules
from tanhe.dossier.load import load
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading, Unplaced
from tanhe.report.docx.writer import write_docx
from tanhe.report.findings.listing import Listing
from tanhe.report.paths import readable
from tanhe.report.plain import to_text
from tanhe.report.review import compose_review

READING = Reading(50, 49, (Unplaced(Place("报告.txt", 12), "约 77 处", "77"),), ((Place("报告.txt", 3), "一幅图没有读"),))


def listing(name):
    dossier, problems = load(examples.find(name))
    inventory, outcome = examine(dossier, problems, datetime.date(2026, 11, 20))
    return Listing(inventory, outcome, "某处/报告.txt", tuple(rules().values()))


def squeezed(words):
    return "".join(words.split())


def test_every_finding_stands_in_the_review_with_message_and_place():
    found = listing("shenke-transformers-2023")
    words = squeezed(to_text(compose_review(found, READING)))
    for finding in found.outcome.findings:
        assert finding.rule in words and squeezed(readable(finding.message)) in words
        assert all(f"{place.file}:{place.line}" in words for place in finding.places if place.line)
    assert "787.80" in words and "819.76" in words and "34.16" in words


def test_what_was_not_understood_is_said():
    words = to_text(compose_review(listing("clean-foundry-2024"), READING))
    assert "98%" in words and "约 77 处" in words and "第 12 行" in words and "一幅图没有读" in words
    assert "某处" not in words


def test_an_incomplete_inventory_says_so():
    assert "总量不完整" in to_text(compose_review(listing("haiyao-equipment-2022"), READING))


def test_the_review_is_a_document(tmp_path):
    write_docx(compose_review(listing("hongshi-calcium-aluminate-2024"), READING), tmp_path / "审阅意见.docx")
    assert (tmp_path / "审阅意见.docx").read_bytes()[:2] == b"PK"
