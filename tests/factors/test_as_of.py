"""What was published by a day, and the reason when it was not."""

from datetime import date

import pytest

from tanhe.factors import FactorNotFound, describe_selection, library
from tanhe.factors.dates import earliest, latest
from tanhe.messages import speaking

LIB = library()


def test_shandong_in_july_2019_gets_north_china_2012():
    found = LIB.electricity("山东", as_of=date(2019, 7, 18))
    assert (found.factor.value_text, found.factor.data_year, found.factor.issued) == (
        "0.8843",
        2012,
        "2014-09",
    )
    assert "华北" in found.why


def test_alternatives_say_why_they_were_not_taken():
    found = LIB.electricity("山东", as_of=date(2019, 7, 18))
    why = {a.factor.key: a.why_zh for a in found.alternatives}
    assert why["electricity/provincial/山东/2021"] == "2024-04-12 才公布，2019-07-18 还没有"
    assert "较旧" in why["electricity/regional6/华北/2011"]
    assert "口径不同" in why["electricity/national_ets/全国/2015"]
    assert "从未生效" in why["electricity/national_ets/全国/2020"]


def test_shandong_in_may_2024_gets_the_new_regional_value():
    factor = LIB.electricity("山东省", as_of=date(2024, 5, 1)).factor
    assert (factor.value_text, factor.data_year) == ("0.7120", 2021)


def test_provincial_value_when_asked_for():
    factor = LIB.electricity("Shandong", as_of=date(2025, 1, 1), scope="provincial").factor
    assert (factor.value_text, factor.data_year) == ("0.6410", 2022)


def test_national_2021_was_not_out_in_march_2024_and_the_answer_says_when():
    with pytest.raises(FactorNotFound) as caught:
        LIB.electricity("全国", as_of=date(2024, 3, 18))
    assert "2024-04-12" in str(caught.value)
    assert "0.5568" in str(caught.value)
    assert any("0.5703" in near for near in caught.value.nearest)


def test_national_2021_is_there_on_its_day():
    assert LIB.electricity("全国", as_of=date(2024, 4, 12)).factor.value_text == "0.5568"
    with pytest.raises(FactorNotFound):
        LIB.electricity("全国", as_of=date(2024, 4, 11))


def test_a_month_counts_from_its_end():
    with pytest.raises(FactorNotFound):
        LIB.electricity("华北", data_year=2012, as_of=date(2014, 9, 15))
    assert LIB.electricity("华北", data_year=2012, as_of=date(2014, 9, 30)).factor.value_text == "0.8843"


def test_unconfirmed_provincial_values_are_given_only_by_year_and_say_so():
    asked = LIB.electricity("山东", scope="provincial", data_year=2018).factor
    assert (asked.status, asked.grade) == ("unverified", "C")
    with pytest.raises(FactorNotFound) as caught:
        LIB.electricity("山东", scope="provincial", as_of=date(2020, 1, 1))
    assert "2024-04-12" in str(caught.value)


def test_the_draft_factor_is_never_chosen():
    assert (
        LIB.electricity("全国", scope="national_ets", as_of=date(2022, 1, 31)).factor.value_text == "0.6101"
    )


def test_chongqing_moves_from_central_china_to_the_southwest():
    assert LIB.electricity("重庆", data_year=2012).factor.value_text == "0.5257"
    assert LIB.electricity("重庆市", data_year=2022).factor.value_text == "0.2268"


@pytest.mark.parametrize(
    ("area", "options", "said"),
    [
        ("西藏", {}, "不属于任何区域电网"),
        ("西南", {"scope": "regional6"}, "并入华中"),
        ("内蒙古", {}, "西部或东部"),
        ("山栋", {}, "没有省份"),
        ("华北", {"scope": "provincial"}, "是区域电网，不是省份"),
        ("山东", {"scope": "provinical"}, "没有“provinical”这种口径"),
        ("西南", {"data_year": 2012}, "不是2012年"),
        ("全国", {"scope": "national_ets", "reporting_year": 2014}, "不适用于2014年度"),
    ],
)
def test_refusals_say_why(area, options, said):
    with pytest.raises(FactorNotFound) as caught:
        LIB.electricity(area, **options)
    with speaking("zh"):
        assert said in str(caught.value)
    with speaking("en"):
        assert said not in str(caught.value)


def test_inner_mongolia_is_one_province_in_provincial_factors():
    assert LIB.electricity("内蒙古自治区", scope="provincial", data_year=2023).factor.data_year == 2023
    assert LIB.electricity("蒙西").factor.name.startswith("华北")
    assert LIB.electricity("蒙东").factor.name.startswith("东北")


def test_description_of_a_selection_holds_value_document_dates_and_grade():
    with speaking("zh"):
        lines = {
            zh: value for zh, _, value in describe_selection(LIB.electricity("山东", as_of=date(2019, 7, 18)))
        }
    assert lines["数值"] == "0.8843"
    assert lines["文件"] == "2011年和2012年中国区域电网平均二氧化碳排放因子"
    assert lines["发布日期"] == "2014-09"
    assert lines["证据等级"].startswith("A")
    assert "备选" in lines


def test_partial_dates():
    assert (earliest("2024-02"), latest("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (earliest("2013"), latest("2013")) == (date(2013, 1, 1), date(2013, 12, 31))
    assert (earliest(""), latest("")) == (None, None)
    with pytest.raises(ValueError, match="not a date"):
        latest("2013年")
