"""Completeness on the published reports and on sources taken away: what is raised, with which effect, and what is not."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pytest

from tanhe.checks import registry
from tanhe.checks.findings import Finding, Outcome
from tanhe.dossier.load import load
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute
from tanhe.messages import speaking

HONGSHI, SHENKE, MINGQUAN = "hongshi-calcium-aluminate-2024", "shenke-transformers-2023", "mingquan-methanol-2018"
CLEAN, TIANMA, HAIYAO = "clean-foundry-2024", "tianma-feed-2019", "haiyao-equipment-2022"
COKE_GJ = Fraction("0.0294") * Fraction("0.93") * 44 / 12
OUTPUT = 46030


@lru_cache(maxsize=32)
def untouched(example: str) -> Outcome:
    dossier, problems = load(find(example))
    return registry.run(compute(dossier), problems, date(2026, 1, 1), select=["CMP"])


def outcome(example: str, *changes: Change) -> Outcome:
    if not changes:
        return untouched(example)
    dossier, problems = variant(find(example), changes)
    return registry.run(compute(dossier), problems, date(2026, 1, 1), select=["CMP"])


def raised(example: str, *changes: Change) -> dict[tuple[str, str], Finding]:
    return {(f.rule, f.datum): f for f in outcome(example, *changes).findings}


def codes(example: str, *changes: Change) -> set[str]:
    return {rule for rule, _ in raised(example, *changes)}


def put(path: str, value: object) -> Change:
    return Change(path=path, value=value)


def step(words: str) -> Change:
    return put("processes.0.steps.+", {"name": "补充工序", "text": words})


def without(example: str, n: int, *, excluded: str = "") -> list[Change]:
    """The example with its n-th line gone, and the entries that refer to it gone or called absent."""
    dossier, _ = load(find(example))
    entries = [k for k, s in enumerate(dossier.sources) if s.line == dossier.lines[n].id]
    changes = [put(f"lines.{n}", None)]
    for k in reversed(entries):
        if excluded:
            changes += [put(f"sources.{k}.line", None), put(f"sources.{k}.excluded", excluded)]
        else:
            changes.append(put(f"sources.{k}", None))
    return changes


def cents(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))


def test_the_kiln_without_fuel_is_raised_with_its_order_of_magnitude():
    found = raised(HONGSHI)
    fuel = found["CMP010", "semi_coke/any"]
    assert fuel.effect is not None
    assert (fuel.effect.low, fuel.effect.high) == (cents(OUTPUT * 3 * COKE_GJ), cents(OUTPUT * 6 * COKE_GJ))
    assert len(fuel.places) >= 3
    assert found["CMP013", "fired"].effect == fuel.effect


def test_the_limestone_without_a_source_is_raised_with_its_order_of_magnitude():
    carbonates = raised(HONGSHI)["CMP011", "carbonates"].effect
    assert carbonates is not None
    assert carbonates.low < Decimal("13440.76") < carbonates.high  # 46 030 t × 0.292
    assert (carbonates.low, carbonates.high) == (Decimal("10863.08"), Decimal("16294.62"))


def test_the_whole_gap_of_the_kiln_is_fuel_and_process_together():
    whole = raised(HONGSHI)["CMP012", "direct"].effect
    assert whole is not None
    assert whole.low == cents(OUTPUT * (Fraction("0.236") + 3 * COKE_GJ))
    assert whole.high == cents(OUTPUT * (Fraction("0.354") + 6 * COKE_GJ))


def test_loaders_without_fuel_are_raised_with_an_effect():
    mobile = raised(HONGSHI)["CMP014", "mobile"]
    assert mobile.severity == "minor"
    assert mobile.effect is not None and 0 < mobile.effect.low < mobile.effect.high


def test_transformers_fuels_without_a_device_and_sf6_not_asked():
    found = raised(SHENKE)
    assert ("CMP015", "combustion/natural-gas") in found and ("CMP015", "combustion/diesel") in found
    assert found["CMP017", "sf6"].kind == "open"
    assert ("CMP017", "welding") not in found  # tin soldering only: asked for as a note
    assert found["CMP017", "unsaid"].severity == "note"
    assert {"CMP010", "CMP011", "CMP012", "CMP013", "CMP014", "CMP025", "CMP028"}.isdisjoint(codes(SHENKE))


def test_the_gasifier_under_combustion_and_the_ignored_flows():
    found = raised(MINGQUAN)
    overlap = found["CMP022", "facility/气化炉"].effect
    assert overlap is not None and (overlap.low, overlap.high) == (Decimal("-760823.40"), Decimal("0.00"))
    assert {found["CMP023", f"ignored/{name}"].severity for name in ("炉渣", "异丁基油")} == {"note"}
    assert {"CMP010", "CMP013", "CMP021", "CMP025", "CMP028", "CMP031"}.isdisjoint(codes(MINGQUAN))


def test_an_induction_furnace_on_gas_is_raised():
    assert ("CMP016", "equipment/中频感应熔化系统") in raised(HAIYAO)


def test_nothing_above_a_note_on_the_clean_dossier():
    assert [f.message for f in outcome(CLEAN).findings if f.severity != "note"] == []


@pytest.mark.parametrize("excluded", ["", "不涉及"])
@pytest.mark.parametrize("example", [HONGSHI, SHENKE, MINGQUAN, TIANMA, HAIYAO, CLEAN])
def test_a_source_that_is_taken_away_is_missed(example, excluded):
    before = {k for k, f in raised(example).items() if f.severity != "note"}
    for n, line in enumerate(load(find(example))[0].lines):
        after = {k for k, f in raised(example, *without(example, n, excluded=excluded)).items() if f.severity != "note"}
        assert after - before, f"{line.id} can be taken away unseen"


def test_the_effect_of_a_source_taken_away_is_what_it_reported():
    gas = raised(CLEAN, *without(CLEAN, 0))["CMP025", "natural_gas/fuel"].effect
    assert gas is not None and gas.low == gas.high == Decimal("1421.03")
    heat = raised(CLEAN, *without(CLEAN, 4))["CMP025", "heat/any"].effect
    assert heat is not None and heat.high == Decimal("939.34")


def test_the_weaker_evidence_speaks_when_the_stronger_is_gone():
    gone = [*without(CLEAN, 1), put("energy.1", None)]
    assert ("CMP027", "diesel/fuel") in raised(CLEAN, *gone)
    assert any(k[0] == "CMP028" for k in raised(CLEAN, *gone, put("equipment.12", None)))


def test_one_source_left_out_is_one_finding_with_all_its_places():
    found = {k: f for k, f in raised(CLEAN, *without(CLEAN, 0)).items() if "natural_gas" in k[1] or "data/gas" in k[1]}
    assert list(found) == [("CMP025", "natural_gas/fuel")]
    assert len(found["CMP025", "natural_gas/fuel"].places) > 8


@pytest.mark.parametrize(("example", "words", "key", "severity"), [
    (SHENKE, "烘干用无烟煤热风炉", ("CMP010", "anthracite/any"), "material"),
    (SHENKE, "氨氧化炉生产硝酸", ("CMP010", "nitric-acid/any"), "material"),
    (TIANMA, "石灰石在立窑内煅烧", ("CMP011", "carbonates"), "material"),
    (TIANMA, "纯碱与石英砂在玻璃熔窑熔制", ("CMP011", "carbonates"), "material"),
    (TIANMA, "用纯碱溶液清洗；炉料熔化后浇注", ("CMP011", "carbonates"), "minor"),
    (SHENKE, "GIS组合电器充入六氟化硫", ("CMP017", "sf6"), "material"),
    (SHENKE, "柜体用二氧化碳气体保护焊组焊", ("CMP017", "welding"), "material"),
    (TIANMA, "废水经UASB厌氧反应器处理", ("CMP018", "wastewater"), "material"),
    (TIANMA, "碎料用乙炔气割", ("CMP032", "acetylene"), "minor"),
    (TIANMA, "碎料用火焰切割机下料", ("CMP032", "acetylene"), "note"),
    (TIANMA, "由热电厂供汽，外购蒸汽进制粒机", ("CMP010", "heat/any"), "material"),
])
def test_a_process_step_brings_its_source(example, words, key, severity):
    assert raised(example, step(words))[key].severity == severity
    before = raised(example).get(key)
    assert before is None or before.severity != severity


@pytest.mark.parametrize("words", [
    "不再使用煤而改用天然气",
    "电加热回转窑煅烧试样",
    "石灰石粉作填料冷混，不受热",
    "余热锅炉产汽",
    "电动叉车转运",
    "由焦作市运来的钢坯",
    "无烟煤已停用",
    "没有锅炉",
])
def test_harmless_words_raise_nothing(words):
    extra = {k for k, f in raised(CLEAN, step(words)).items() if f.severity != "note"}
    assert extra == set()


def test_a_reasoned_exclusion_silences_the_question():
    sf6 = put("sources.+", {"category": "电气设备生产泄漏", "energy": "六氟化硫", "excluded": "只装配真空断路器，没有充气设备"})
    assert ("CMP017", "sf6") not in raised(SHENKE, sf6)
    lime = put("sources.+", {"category": "脱硫剂", "energy": "脱硫剂", "excluded": "用氢氧化钠"})
    assert "CMP032" not in codes(HONGSHI, lime)


def test_an_identified_source_without_data_is_left_to_the_first_rule():
    entry = put("sources.+", {"category": "化石燃料燃烧", "energy": "兰炭", "facility": "回转窑"})
    found = codes(HONGSHI, entry)
    assert "CMP001" in found and "CMP010" not in found


def test_the_same_tonne_under_fuel_and_feed():
    found = raised(MINGQUAN, put("lines.2.inputs.AD", "coal-fuel-amount"))
    assert ("CMP022", "twice/coal-fuel-amount") in found


def test_a_balance_needs_both_sides():
    assert ("CMP022", "balance") in raised(MINGQUAN, *without(MINGQUAN, 3))


def test_bills_in_another_name():
    assert "CMP019" in codes(CLEAN, put("statements.+", {"about": "billing.gas", "value": "江苏样例机械有限公司"}))
    supplier = put("documents.6.title", "江苏示例燃气有限公司供气结算单和发票")
    assert "CMP019" not in codes(CLEAN, supplier)


def test_another_plant_beside_the_statement_that_there_is_none():
    assert "CMP020" in codes(CLEAN, put("equipment.0.location", "老厂区铸造车间"))


def test_rules_without_their_object_say_so():
    skipped = dict(outcome(HONGSHI).not_run)
    assert {"CMP015", "CMP016", "CMP027"} <= skipped.keys()


def test_messages_speak_english_too():
    with speaking("en"):
        said = [f.message for f in outcome(HONGSHI, put("other_findings", [])).findings if f.rule in ("CMP010", "CMP012", "CMP014")]
    assert all("Supply" in m or "Check" in m for m in said) and len(said) == 3


def test_the_rules_are_quick():
    inventory = compute(load(find(MINGQUAN))[0])
    registry.run(inventory, (), date(2026, 1, 1), select=["CMP"])
    times = [sum(registry.run(inventory, (), date(2026, 1, 1), select=["CMP"]).seconds.values()) for _ in range(3)]
    assert min(times) < 0.01
