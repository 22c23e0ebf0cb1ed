"""Where a finding stands, told to somebody who has the report in hand."""

import pytest

from tanhe.dossier.places import Place
from tanhe.report.findings.spots import MOST_WORDS, spots

REPORT = "甲公司.pdf"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place(REPORT, line=328, quote="1234.5"), "第 328 行“1234.5”"),
        (Place(REPORT, page=12), "第 12 页"),
        (Place(REPORT, sheet="段落", cell="37", quote="不存在异常波动。"), "第 37 段“不存在异常波动。”"),
        (Place(REPORT, sheet="表12", cell="B3"), "表 12 的 B3"),
        (Place(REPORT), REPORT),
    ],
)
def test_a_place_in_the_report_is_told_without_the_file_and_with_its_words(place, told):
    assert spots([place], REPORT) == [told]


def test_a_place_in_another_file_keeps_its_name():
    assert spots([Place("台账.csv", line=3)], REPORT) == ["台账.csv:3"]


def test_a_place_is_told_once_with_the_words_that_are_known_of_it():
    places = [Place(REPORT, line=5), Place(REPORT, line=5, quote="甲 乙"), Place(REPORT, line=5), Place(REPORT, line=6)]
    assert spots(places, REPORT) == ["第 5 行“甲 乙”", "第 6 行"]


def test_long_words_are_cut():
    (told,) = spots([Place(REPORT, line=1, quote="长" * 90)], REPORT, MOST_WORDS)
    assert told == f"第 1 行“{'长' * MOST_WORDS}…”"


def test_english(monkeypatch):
    monkeypatch.setenv("TANHE_LANG", "en")
    assert spots([Place(REPORT, page=2, quote="12")], REPORT) == ["page 2 “12”"]


def test_recognised_words_say_how_sure_that_is():
    assert spots([Place(REPORT, page=3, quote="1.58", confidence=0.934)], REPORT) == ["第 3 页（识别，0.93）“1.58”"]
