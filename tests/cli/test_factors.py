"""``tanhe factors``: values of official tables and published reports, with document, dates and grade."""

import json

import pytest

from tanhe.cli import main
from tanhe.messages import language


def ask(capsys, *arguments: str, status: int = 0) -> str:
    assert main(["factors", *arguments]) == status
    shown = capsys.readouterr()
    return shown.err if status else shown.out


def test_the_grid_factor_known_on_a_day(capsys):
    """0.8843 is what verifiers of 2018 data used in July 2019."""
    shown = ask(capsys, "electricity", "--province", "山东", "--as-of", "2019-07-18").splitlines()
    assert "数值：0.8843" in shown
    assert "单位：tCO2/MWh" in shown
    assert "文件：2011年和2012年中国区域电网平均二氧化碳排放因子" in shown
    assert any(line.startswith("证据等级：") for line in shown)
    assert any(line.startswith("发布日期：2014") for line in shown)


def test_alternatives_are_few_unless_all_are_asked_for(capsys):
    question = ("electricity", "--province", "山东", "--as-of", "2019-07-18")
    few, every = (ask(capsys, *question, *more).count("\n备选：") for more in ((), ("--all",)))
    assert few == 4
    assert every > 10


def test_json_has_strings_and_null(capsys):
    found = json.loads(ask(capsys, "electricity", "--province", "山东", "--as-of", "2019-07-18", "--json"))
    assert found["found"] is True
    assert found["factor_set"].startswith("sha256:")
    assert found["answer"]["factor"]["value"] == "0.8843"
    assert found["answer"]["factor"]["data_year"] == 2012
    assert found["answer"]["factor"]["low"] is None


def test_a_factor_not_yet_published_says_why_and_names_the_nearest(capsys):
    said = ask(capsys, "electricity", "--province", "山东", "--as-of", "2009-01-01", status=1)
    assert "还没有" in said
    assert "最接近的是" in said
    assert said.count("\n") == 1


def test_absence_as_json(capsys):
    assert main(["factors", "fuel", "无烟没", "--guideline", "ndrc2015-industrial-other", "--json"]) == 1
    absent = json.loads(capsys.readouterr().out)
    assert absent["found"] is False
    assert "无烟煤" in absent["nearest"]


def test_a_fuel_has_its_three_defaults(capsys):
    shown = ask(capsys, "fuel", "无烟煤", "--guideline", "ndrc2015-industrial-other")
    for value in ("数值：0.02749", "数值：0.94", "单位：GJ/t", "条款：附录二 表2.1"):
        assert value in shown.splitlines()


@pytest.mark.parametrize(
    ("gas", "report", "value"), [("CH4", "SAR", "21"), ("N2O", "SAR", "310"), ("CH4", "AR5", "28")]
)
def test_gwp_by_report(capsys, gas, report, value):
    assert f"数值：{value}" in ask(capsys, "gwp", gas, "--set", report).splitlines()


def test_gwp_wants_one_of_set_and_guideline(capsys):
    assert "--set" in ask(capsys, "gwp", "CH4", status=2)


def test_steam_names_both_methods(capsys):
    """The two enthalpies at 9.8 MPa and 533.5 ℃, by the guideline's table and by IF97."""
    shown = ask(capsys, "steam", "--pressure", "9.8", "--temperature", "533.5").splitlines()
    assert "焓值：3461.17 kJ/kg" in shown
    assert "焓值：3462.64 kJ/kg" in shown
    assert "方法：IAPWS-IF97" in shown


def test_steam_saturated_by_if97(capsys):
    shown = ask(capsys, "steam", "--pressure", "0.8", "--json")
    assert "2768.30" in [found["value"] for found in json.loads(shown)["answer"]["enthalpies"]]


@pytest.mark.parametrize("words", ["--pressure=九", "--temperature=1.2.3", "--pressure=-1"])
def test_steam_refuses_what_is_no_number(capsys, words):
    assert "不是数" in ask(capsys, "steam", words, status=2)


@pytest.mark.parametrize(("day", "state"), [("2019-07-18", "现行"), ("2022-01-01", "已被代替")])
def test_a_standard_on_a_day(capsys, day, state):
    shown = ask(capsys, "standard", "GB/T 2589-2008", "--on", day)
    assert f"状态：{day}：{state}" in shown.splitlines()
    assert "被代替：GB/T 2589-2020" in shown.splitlines()


def test_an_industry_class_and_its_guideline(capsys):
    shown = ask(capsys, "industry", "3821").splitlines()
    assert "代码：C3821（GB/T 4754-2017）" in shown
    assert "适用指南：ndrc2015-machinery" in shown


def test_a_wrong_day_is_explained(capsys):
    assert "应如 2019-07-18" in ask(
        capsys, "electricity", "--province", "山东", "--as-of", "2019-13-01", status=2
    )


def test_english_answers(capsys):
    assert main(["--lang", "en", "factors", "industry", "3821"]) == 0
    assert "guideline: ndrc2015-machinery" in capsys.readouterr().out
    assert language() == "zh"
