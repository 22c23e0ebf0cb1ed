"""What a report must show and answer: reasons, dates, energies, total, questions asked, devices with SF6, other activities."""

from datetime import date

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find, names

CLEAN, MINGQUAN, TIANMA = "clean-foundry-2024", "mingquan-methanol-2018", "tianma-feed-2019"
HAIYAO, HONGSHI = "haiyao-equipment-2022", "hongshi-calcium-aluminate-2024"
SF6, WASTE_WATER = 5, 7


def raised(example: str, code: str, *changes: Change) -> dict[str, Finding]:
    dossier, problems = variant(find(example), changes)
    return {f.datum: f for f in examine(dossier, problems, date(2026, 6, 30), (code,))[1].findings}


def device(name: str) -> Change:
    return Change("equipment.+", {"name": name, "unit": "变配电", "energy": "电力", "location": "总配电室"})


def step(words: str) -> Change:
    return Change("processes.+", {"name": "补充工序", "text": words})


@pytest.mark.parametrize("code", ["CMP034", "CMP035", "CMP036", "CMP037", "CMP038", "CMP039"])
def test_the_examples_have_what_these_rules_ask_for(code):
    assert {name: list(raised(name, code)) for name in names() if raised(name, code)} == {}


@pytest.mark.parametrize("words", ["/", "／", " — ", "--", "无", "略", "忽略", "N/A"])
def test_an_exclusion_that_says_nothing_has_no_reason(words):
    found = raised(CLEAN, "CMP034", Change(f"sources.{SF6}.excluded", words))
    assert [f.severity for f in found.values()] == ["minor"] and "reason/电气设备生产泄漏/六氟化硫" in found


@pytest.mark.parametrize("words", ["不涉及", "没有采购", "量少，未统计，忽略", "无此工序"])
def test_a_short_reason_is_a_reason(words):
    assert raised(CLEAN, "CMP034", Change(f"sources.{SF6}.excluded", words)) == {}


def test_one_date_is_a_schedule_and_no_date_is_none():
    assert list(raised(HAIYAO, "CMP035", Change("dates", None))) == ["part/dates"]
    assert raised(HAIYAO, "CMP035", Change("dates", {"site_visit": "2023-01-09"})) == {}


def test_the_energy_list_is_missed_where_energies_are_counted():
    assert list(raised(TIANMA, "CMP035", Change("energy", None))) == ["part/energy"]


def test_a_total_in_the_text_only_is_quoted():
    gone = Change("totals.including_purchased_energy", None)
    dossier, _ = variant(find(CLEAN), ())
    told = [n for n, s in enumerate(dossier.statements) if s.about == "totals.including"]
    found = raised(CLEAN, "CMP036", gone)["totals/including"]
    assert found.severity == "minor" and "正文写作 8575.45" in found.message and "复算之和为 8575.45" in found.message
    silent = [Change(f"statements.{n}", None) for n in reversed(told)]
    assert "正文写作" not in raised(CLEAN, "CMP036", gone, *silent)["totals/including"].message


def test_an_inventory_that_prints_nothing_yet_lacks_no_total():
    dossier, _ = variant(find(HONGSHI), ())
    blank = [Change(f"lines.{n}.reported", None) for n in range(len(dossier.lines))]
    assert raised(HONGSHI, "CMP036", *blank, Change("subtotals", None), Change("totals", None)) == {}


def test_a_question_of_the_visit_needs_its_answer():
    gone = Change(f"sources.{SF6}", None)
    found = raised(CLEAN, "CMP037", gone)
    assert [f.severity for f in found.values()] == ["minor"] and list(found) == ["asked/sf6"]
    assert len(found["asked/sf6"].places) == 2  # the focus of the visit and the interview
    assert raised(CLEAN, "CMP037", gone, Change("other_findings.+", "受核查方没有六氟化硫设备")) == {}
    assert raised(CLEAN, "CMP037", gone, Change("review_focus", None), Change("interviews", None)) == {}


def test_a_question_is_no_evidence():
    """That waste water was asked about does not make a source of it."""
    asked = Change("review_focus", ["废水厌氧处理等源是否存在"])
    assert raised(HAIYAO, "CMP018", asked) == {} and list(raised(HAIYAO, "CMP037", asked)) == ["asked/wastewater"]


def test_a_device_with_sf6_makes_the_question_a_finding():
    found = raised(HAIYAO, "CMP017", device("六氟化硫断路器"))
    assert (found["sf6"].kind, found["sf6"].severity) == ("open", "minor")
    assert "sf6" not in raised(HAIYAO, "CMP017", device("真空断路器"))


def test_a_device_with_sf6_beside_an_exclusion_that_knows_none():
    found = raised(CLEAN, "CMP031", device("SF6气体绝缘开关柜"))["excluded/sf6"]
    assert (found.kind, found.severity) == ("review", "minor")
    granted = Change(f"sources.{SF6}.excluded", "不生产电气设备；配电室开关柜内有六氟化硫，由供电公司维护，当年没有补气")
    assert raised(CLEAN, "CMP031", device("SF6气体绝缘开关柜"), granted) == {}


def test_a_guideline_without_sf6_does_not_ask_for_it():
    assert raised(TIANMA, "CMP017", device("六氟化硫断路器")) == {} == raised(TIANMA, "CMP038", device("六氟化硫断路器"))


def test_filling_is_another_activity_and_cooling_is_not():
    assert list(raised(MINGQUAN, "CMP038", step("整机抽真空后充注制冷剂R32"))) == ["sector/refrigerant"]
    assert raised(MINGQUAN, "CMP038", step("成品冷库用制冷剂R22循环制冷")) == {}
    assert raised(CLEAN, "CMP038", step("整机抽真空后充注制冷剂R32")) == {}  # the machinery guideline counts it itself
    excluded = Change("sources.+", {"category": "制冷设备生产泄漏", "energy": "制冷剂", "excluded": "只维修自用空调，当年没有充注"})
    assert raised(MINGQUAN, "CMP038", step("整机抽真空后充注制冷剂R32"), excluded) == {}


@pytest.mark.parametrize("listed", [
    Change("equipment.+", {"name": "背压式汽轮发电机组", "energy": "蒸汽"}),
    Change("sources.1.facility", "自备电厂点火用油"),
    Change("data.own-power", {"item": "自备发电量", "unit": "MWh", "reported": "1200", "source": "发电日报"}),
])
def test_an_own_power_plant_must_stand_somewhere(listed):
    told = step("蒸汽和部分用电由自备电厂供给")
    assert raised(TIANMA, "CMP039", told)["power-plant"].severity == "minor"
    assert raised(TIANMA, "CMP039", told, listed) == {}


def test_limestone_of_a_desulphuriser_is_read_from_the_device():
    assert raised(TIANMA, "CMP011", device("石灰石-石膏湿法脱硫塔"))["carbonates"].severity == "material"
    assert raised(TIANMA, "CMP011", device("石灰石输送机")) == {}
