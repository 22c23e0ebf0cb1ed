"""Reading texts for sources: what counts, what is denied, what only looks like a source."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks.completeness._lexicon import kinds, scan
from tanhe.checks.completeness._survey import words_of
from tanhe.guidelines.registry import find, ids


def named(words: str) -> set[str]:
    """Kinds that the text names and does not deny."""
    return {e.kind for hit in scan(words) if not hit.negated for e in hit.entries if e.strength != "none"}


@pytest.mark.parametrize(("words", "kind"), [
    ("以兰炭粉喷入回转窑", "semi_coke"),
    ("无烟煤锅炉", "anthracite"),
    ("ＬＮＧ气化站供气", "lng"),
    ("六氟化硫断路器组装", "sf6"),
    ("SF₆充注", "sf6"),
    ("CO₂气体保护焊", "welding"),
    ("不使用煤，改用天然气", "natural_gas"),
    ("不再使用煤而改用天然气", "natural_gas"),
    ("成品由铲车装车", "mobile"),
    ("废水经UASB处理", "wastewater"),
])
def test_a_source_is_recognised(words, kind):
    assert kind in named(words)


@pytest.mark.parametrize(("words", "kind"), [
    ("不涉及碳酸盐使用、工业废水厌氧处理、甲烷回收与销毁", "wastewater"),
    ("碳酸盐使用、硝酸生产均不涉及", "carbonates"),
    ("无外购热力，只计算净购入电力", "heat"),
    ("不再使用煤而改用天然气", "coal"),
    ("没有天然气", "natural_gas"),
    ("燃煤锅炉已拆除", "coal"),
    ("柴油：无", "diesel"),
    ("淘汰燃煤锅炉", "coal"),
])
def test_a_denied_source_does_not_count(words, kind):
    assert kind not in named(words)


@pytest.mark.parametrize(("words", "kind"), [
    ("河南省焦作市", "coke"),
    ("电子汽车衡", "mobile"),
    ("粉煤灰外运", "coal"),
    ("水煤气变换", "coal"),
    ("用锡锅焊接头尾", "sf6"),
    ("柴油机总装", "diesel"),
    ("register and login", "sf6"),
    ("型号LPG12X", "lpg"),
    ("电动叉车", "mobile"),
    ("平均低位发热量", "heat"),
    ("某某天然气公司", "natural_gas"),
])
def test_what_only_looks_like_a_source_does_not_count(words, kind):
    assert kind not in named(words)


def test_the_longest_word_counts_alone():
    assert words_of("无烟煤") == {"anthracite"}
    assert words_of("煤焦油") == {"tar"}
    assert words_of("液化石油气") == {"lpg"}
    assert words_of("焦炉煤气") == {"cog"}


def test_a_denial_ends_with_its_clause():
    assert named("不涉及外购热力；锅炉烧柴油") >= {"diesel"}
    assert "heat" not in named("不涉及外购热力；锅炉烧柴油")


@given(st.text(alphabet="煤无不涉及气焦柴油，。；abc 电锅炉", max_size=200))
def test_any_text_can_be_read(words):
    assert all(hit.word in hit.clause for hit in scan(words))


@given(st.integers(1, 30))
def test_neutral_words_around_change_nothing(times):
    assert named("经检验" * times + "。" + "回转窑烧兰炭" + "。" + "入库" * times) == named("回转窑烧兰炭")


def test_every_source_of_the_guidelines_has_a_word_for_it():
    held = {source for kind in kinds().values() for source in kind.sources}
    first = ("ndrc2013-chemical", "ndrc2015-industrial-other", "ndrc2015-machinery")
    assert {s.id for name in first for s in find(name).sources} <= held
    assert set(first) <= set(ids())


def test_every_word_belongs_to_a_kind_and_answers_are_kinds():
    assert all(kind.answered_by <= set(kinds()) for kind in kinds().values())


@pytest.mark.parametrize(("file", "column"), [("lexicon.csv", "evidence"), ("devices.csv", "evidence"), ("intensities.csv", "source")])
def test_every_row_says_where_it_comes_from(file, column):
    with files("tanhe.checks.completeness").joinpath(file).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert rows and [row for row in rows if not row[column]] == []
