"""Facts and lists land where the format has them; documents and sources are linked; people keep their roles only."""

import pytest

from tanhe.dossier.places import Place
from tanhe.reading.assemble import assemble
from tanhe.reading.assemble.fields import kind_at
from tanhe.reading.blocks import Document
from tanhe.reading.building import build
from tanhe.reading.claims import Calculation, CalculationRow, Fact, Listed, Monthly, Parameter, Said

FILE = "r.txt"
LINES = ((Place(FILE, 1), "2023年度"), (Place(FILE, 2), "《工业其他行业企业温室气体排放核算方法与报告指南》"))


def said(text: str, line: int = 1) -> Said:
    return Said(text, Place(FILE, line))


def listed(into: str, line: int = 5, **fields: str) -> Listed:
    return Listed(into, {k: said(v, line) for k, v in fields.items()})


def made(*claims):
    return assemble(Document("text", FILE, "0" * 64, (), LINES), [Fact(("entity", "name"), said("某某有限公司", 3)), *claims])


def dossier_of(assembled):
    return build(assembled, FILE, "0" * 64)


@pytest.mark.parametrize(
    ("path", "printed", "read"),
    [
        (("dates", "site_visit"), "2024 年 3 月 14 日", "2024-03-14"),
        (("dates", "issued"), "2024.3.8", "2024-03-08"),
        (("entity", "legal_person"), "是", "是"),
        (("entity", "employees"), "1,480", "1,480"),
        (("boundary", "changed"), "否", "否"),
        (("conclusions", "fluctuation"), " 没有 异常\n波动 ", "没有 异常 波动"),
    ],
)
def test_a_fact_is_read_as_its_field_needs_it(path, printed, read):
    assembled = made(Fact(path, said(printed, 9)))
    assert assembled.tree[path[0]][path[1]] == read
    assert assembled.places[path].line == 9
    assert dossier_of(assembled)[2] == ()


def test_a_date_without_a_year_takes_the_year_of_the_site_visit():
    tree = made(Fact(("dates", "site_visit"), said("2024年2月19日")), listed("visits", work="首次会议", date="2 月 19 日")).tree
    assert tree["visits"] == [{"work": "首次会议", "date": "2024-02-19"}]


@pytest.mark.parametrize("printed", ["2024年2月30日", "近日"])
def test_a_day_that_cannot_be_is_listed_not_guessed(printed):
    assembled = made(Fact(("dates", "issued"), said(printed, 8)))
    assert "dates" not in assembled.tree
    assert [(place.line, printed in words) for place, words in assembled.unplaced] == [(8, True)]


def test_a_second_value_of_one_fact_becomes_a_statement_and_a_second_code_is_kept_for_comparison():
    code, other = "91370181MA3CGK8A8E", "91370181MA3CGK8ABE"
    assembled = made(Fact(("entity", "uscc"), said(code, 4)), Fact(("entity", "uscc"), said(other, 40)), Fact(("entity", "uscc"), said(code, 50)))
    assert assembled.tree["entity"]["uscc"] == code and assembled.tree["entity"]["uscc_other"] == [other]
    assert [(s["about"], s["value"]) for s in assembled.tree["statements"]] == [("entity.uscc", other)]
    assert assembled.places[("statements", 0)].line == 40


def test_people_are_named_by_their_role():
    team = made(listed("team", name="张某甲", role="组长", duties="报告编写"), listed("team", name="王某乙", role="技术复核人")).tree["team"]
    assert team == [{"role": "leader", "name": "核查组长", "duties": "报告编写"}, {"role": "technical-reviewer", "name": "技术评审人"}]


def test_steps_go_to_their_process_and_lists_of_words_keep_their_order():
    tree = made(
        listed("processes", name="钢桶生产", text="剪切、焊接、喷漆。"), listed("processes.steps", process="钢桶生产", name="焊接", text="缝焊机焊接桶身。"),
        listed("boundary.notes", text="不含食堂"), Fact(("scope", "0"), said("燃烧排放")), Fact(("scope", "1"), said("净购入电力")),
    ).tree
    assert tree["processes"] == [{"name": "钢桶生产", "text": "剪切、焊接、喷漆。", "steps": [{"name": "焊接", "text": "缝焊机焊接桶身。"}]}]
    assert tree["boundary"]["notes"] == ["不含食堂"] and tree["scope"] == ["燃烧排放", "净购入电力"]


def test_documents_are_numbered_and_cited_by_data_of_the_same_name():
    power = Parameter(said("净购入电量"), "activity", unit=said("MWh"), verified=said("500.0"), rows={"source": said("《2023年电费结算单》")},
                      cross_checks=({"source": said("《用电台账》"), "value": said("501.0"), "unit": said("MWh")},))
    tree = made(listed("documents", title="营业执照"), listed("documents", title="2023年电费结算单"), listed("documents", title="用电台账"), power).tree
    assert [d["id"] for d in tree["documents"]] == ["D01", "D02", "D03"]
    assert tree["data"]["electricity"]["documents"] == ["D02", "D03"]
    assert tree["data"]["electricity"]["cross_checks"] == [{"source": "《用电台账》", "value": "501.0", "unit": "MWh", "document": "D03"}]


def test_the_own_source_and_the_result_are_no_second_source():
    power = Parameter(said("净购入电量"), "activity", unit=said("MWh"), verified=said("500.0"), rows={"source": said("《电费结算单》")}, cross_checks=(
        {"source": said("《电费结算单》"), "value": said("500.0")}, {"source": said("《用电台账》"), "value": said("498.0")},
        {"source": said("核查结果"), "value": said("500.0")}))
    (check,) = made(power).tree["data"]["electricity"]["cross_checks"]
    assert (check["source"], check["value"]) == ("《用电台账》", "498.0")


def test_identified_sources_are_tied_to_their_lines_or_excluded():
    gas = CalculationRow(said("天然气"), (("消耗量", "万Nm3", said("2.00")),), said("43.24"))
    tree = made(
        Calculation("化石燃料燃烧", "", (gas,), None, Place(FILE, 30), "3.4"),
        listed("sources", category="化石燃料燃烧", energy="天然气", facility="锅炉"), listed("sources", category="化石燃料燃烧", energy="柴油", facility="叉车"),
        listed("sources", category="净购入热力", energy="热力", facility="不涉及"),
    ).tree
    burnt, diesel, heat = tree["sources"]
    assert burnt["line"] == "combustion/natural-gas"
    assert "line" not in diesel and "excluded" not in diesel, "an identified source without figures stays open"
    assert heat["excluded"] == "不涉及"


def test_a_row_without_what_its_list_needs_is_listed():
    assembled = made(listed("meters", 17, accuracy="0.5S"), listed("colours", 18, name="红"))
    assert {place.line for place, _ in assembled.unplaced} == {17, 18}


def test_a_table_that_is_no_series_is_taken_out_with_what_refers_to_it_and_the_rest_stays():
    rows = ((said("一月一日", 60), (said("3.0", 60),)), (said("某日", 61), (said("4.0", 61),)))
    power = Parameter(said("用电量"), "activity", unit=said("MWh"), verified=said("7.0"))
    table = Monthly("用电量", (("用电量", "MWh"),), rows, (said("7.0", 62),), Place(FILE, 59))
    dossier, _, left_out, _ = dossier_of(made(power, table))
    assert dossier.tables == {} and dossier.data["electricity"].series is None and str(dossier.data["electricity"].verified) == "7.0"
    assert any(place.line == 59 for place, _ in left_out)


def test_what_the_format_refuses_is_taken_out_and_listed_and_the_rest_is_a_dossier():
    assembled = made(Fact(("entity", "address"), said("某市", 6)), listed("energy", name="电力"))
    assembled.tree["year"] = "2023"
    assembled.tree["entity"]["employees"] = {"not": "a number"}
    dossier, _, left_out, _ = dossier_of(assembled)
    assert dossier.entity.address == "某市" and dossier.energy[0].name == "电力"
    assert len(left_out) == 1 and "employees" in left_out[0][1]


@pytest.mark.parametrize(("path", "kind"), [
    (("dates", "issued"), "day"), (("products", 0, "output"), "num"), (("scope",), "list"), (("entity", "colour"), None), (("year",), "year")])
def test_the_format_itself_says_what_a_path_holds(path, kind):
    assert kind_at(path) == kind
