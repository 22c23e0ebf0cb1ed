"""A guideline known by name only: shared sources are recomputed, and everything says that it is no more."""

import pytest

from tanhe.factors.library import library
from tanhe.guidelines.registry import find, ids
from tanhe.messages import TanheError
from tanhe.reading.assemble.frame import guideline_of
from tanhe.reading.documents import text_document

SERIES = [name for name in library().guidelines if name.startswith("ndrc")]


def named(words: str) -> str:
    return guideline_of(text_document(words.encode(), "报告.txt"), ())[0]


@pytest.mark.parametrize("name", SERIES)
def test_every_guideline_of_the_series_is_found_by_its_title_and_one_not_implemented_says_so(name):
    found = find(name)
    assert named(f"依据《{found.title}》核算。") == name
    assert found.partial == (name not in ids())
    if found.partial:
        assert "尚未实现" in found.status and found.grade == "C"
        assert {s.id for s in found.sources} == {"combustion", "other", "electricity", "heat", "biomass"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("《中国食品、烟草及酒、饮料和精制茶生产企业温室气体排放核算方法与报告指南（试行）》", "ndrc2015-food"),
        ("《工业其它行业企业 温室气体排放核算方法与报告指南》", "ndrc2015-industrial-other"),
        ("《石油化工企业温室气体排放核算方法与报告指南（试行）》", "ndrc2014-petrochemical"),
        ("《中国化工生产企业温室气体排放核算方法与报告指南（试行）》", "ndrc2013-chemical"),
    ],
)
def test_titles_as_reports_print_them(words, name):
    assert named(words) == name


def test_the_title_named_most_often_counts():
    told = "《陶瓷生产企业温室气体排放核算方法与报告指南》\n" * 3 + "《工业其他行业企业温室气体排放核算方法与报告指南》\n"
    assert named(told) == "ndrc2013-ceramics"


def test_a_guideline_for_verifiers_is_none_for_accounting():
    with pytest.raises(TanheError, match="工业其他行业"):
        named("《企业温室气体排放报告核查指南（试行）》")
