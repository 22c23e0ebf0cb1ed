"""Cross-checks (交叉核对): what the published reports show, and the situations at the border."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.names import likeness, same_document
from tanhe.checks.pages import page
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find

TODAY = date(2026, 11, 20)
MINGQUAN, SHENKE, HONGSHI = "mingquan-methanol-2018", "shenke-transformers-2023", "hongshi-calcium-aluminate-2024"
CLEAN = "clean-foundry-2024"
CODES = sorted(c for c in rules() if c.startswith("CRO"))


def outcome(example: str, *changes: Change, select: tuple[str, ...] = ("CRO",)) -> Outcome:
    dossier, problems = variant(find(example), changes)
    return examine(dossier, problems, TODAY, select)[1]


def raised(example: str, code: str, *changes: Change) -> list[Finding]:
    return list(outcome(example, *changes, select=(code,)).findings)


def both(name: str, value: str) -> tuple[Change, Change]:
    return Change(f"data.{name}.reported", value), Change(f"data.{name}.verified", value)


@pytest.mark.parametrize("code", CODES)
def test_page_cases(code: str) -> None:
    told = page(code)
    failing = outcome(told.fails.example, *told.fails.change, select=(code,))
    passing = outcome(told.passes.example, *told.passes.change, select=(code,))
    assert failing.findings and all(f.places for f in failing.findings)
    assert (passing.passed, passing.not_run) == (1, ())


def test_nothing_on_the_clean_dossier() -> None:
    result = outcome(CLEAN)
    assert [f.message for f in result.findings if f.severity != "note"] == []


def test_opposite_uses_of_one_stock() -> None:
    """Catalogue A8: fuel +23 740 t, feed −18 317 t, the sum +0.44 %; the effect recomputed with fractions."""
    found = raised(MINGQUAN, "CRO006")
    assert len(found) == 1 and found[0].severity == "material"
    for part in ("23740.25", "18317.03", "+6.58%", "-2.11%", "+0.44%"):
        assert part in found[0].message
    fuel = Fraction("22.16") * Fraction("0.02618") * Fraction("0.93") * Fraction(44, 12)
    feed = Fraction("0.6338") * Fraction(44, 12)
    more, less = Fraction("23740.25"), Fraction("18317.03")
    cases = [-more * fuel + less * feed, more * (feed - fuel), less * (feed - fuel)]
    assert found[0].effect is not None
    assert float(found[0].effect.low) == pytest.approx(float(min(cases)), abs=0.01)
    assert float(found[0].effect.high) == pytest.approx(float(max(cases)), abs=0.01)


@pytest.mark.parametrize(("ledger", "raises"), [("851066.34", False), ("860000.00", False), ("869383.37", True), ("840000.00", False)])
def test_opposite_only_beyond_the_tolerance(ledger: str, raises: bool) -> None:
    """A feed deviation of 0, −1.04 %, −2.11 % and +1.3 %; the tolerance is 2 %."""
    assert bool(raised(MINGQUAN, "CRO006", Change("data.feed-amount.cross_checks.0.value", ledger))) is raises


def test_tolerance_is_the_engagements_own() -> None:
    assert not raised(MINGQUAN, "CRO006", Change("limits", {"deviation.solid": "3"}))


def test_mixed_bases_name_each_item() -> None:
    """Catalogue A7: 6.58 % and 2.11 % on the other source, 0.56 % on the own value."""
    message = raised(MINGQUAN, "CRO003")[0].message
    assert all(part in message for part in ("6.58%", "2.11%", "0.56%", "+6.17%", "+0.57%"))
    assert not raised(MINGQUAN, "CRO003", Change("data.methanol-output.cross_checks.0.deviation", "0.57%"))


@pytest.mark.parametrize(("printed", "raises"), [("6.58%", False), ("6.17%", False), ("6.6%", False), ("6.58", False), ("-6.58%", False),
                                                 ("6.85%", True), ("5.58%", True), ("0.0658%", True)])
def test_printed_deviation(printed: str, raises: bool) -> None:
    found = raised(MINGQUAN, "CRO004", Change("data.coal-fuel-amount.cross_checks.0.deviation", printed))
    assert bool(found) is raises


def test_said_to_agree_but_differs() -> None:
    path = "data.electricity-amount.cross_checks.0.value"
    found = raised(MINGQUAN, "CRO004", Change(path, "159582.500"))
    assert "+0.17%" in found[0].message
    assert found[0].effect is not None and found[0].effect.low == Decimal("-238.76")  # −270 MWh × 0.8843


@pytest.mark.parametrize(("example", "code", "datum"), [
    (MINGQUAN, "CRO008", "feed-amount/0"), (MINGQUAN, "CRO014", "ignition-diesel-amount"),
    (MINGQUAN, "CRO007", "electricity-amount/电量结算发票"), (SHENKE, "CRO007", "diesel/财务统计"),
    (SHENKE, "CRO002", "electricity/0"), (SHENKE, "CRO002", "diesel/0"), (SHENKE, "CRO001", "gas"),
    (HONGSHI, "CRO011", "data/electricity/D16"),
])
def test_defects_of_the_published_reports(example: str, code: str, datum: str) -> None:
    assert datum in [f.datum for f in raised(example, code)]


def test_single_source_without_a_reason_is_open() -> None:
    gone = (Change("data.gas.cross_check_note", None),)
    assert {f.kind for f in raised(SHENKE, "CRO001") if f.datum == "gas"} == {"review"}
    assert {f.kind for f in raised(SHENKE, "CRO001", *gone) if f.datum == "gas"} == {"open"}


def test_deviation_without_a_word_is_open() -> None:
    silent = (Change("data.feed-amount.cross_checks.0.explanation", ""), Change("data.feed-amount.cross_check_note", ""))
    found = [f for f in raised(MINGQUAN, "CRO005", *silent) if f.datum == "feed-amount/0"]
    assert [f.kind for f in found] == ["open"]


@pytest.mark.parametrize(("row", "column", "value"), [(2, "used", "2.278"), (5, "closing", "0.856"), (0, "purchased", "1.780")])
def test_stock_does_not_balance(row: int, column: str, value: str) -> None:
    change = Change(table="tables/diesel.csv", row=row, column=column, value=value)
    found = raised(CLEAN, "CRO009", change)
    assert bool(found) is (row > 0), "the first month has no opening in the table"


def test_stock_of_the_year() -> None:
    """0.850 + 24.990 − 0.894 = 24.946; a closing stock ten times too large leaves 8.046 t."""
    found = raised(CLEAN, "CRO009", *both("diesel-closing", "8.940"))
    assert [f.datum for f in found] == ["stock/柴油"] and "-8.05" in found[0].message


@pytest.mark.parametrize(("sample", "errors", "raises"), [(12, 0, False), (12, 3, False), (11, 0, True), (13, 0, True), (5, 6, True)])
def test_sampling(sample: int, errors: int, raises: bool) -> None:
    """Electricity carries most of the emissions, so every month is due."""
    changes = (Change("sampling.3.sample", str(sample)), Change("sampling.3.errors", str(errors)))
    assert bool(raised(CLEAN, "CRO010", *changes)) is raises


def test_full_check_against_the_sampling_record() -> None:
    changes = (Change("data.gas.sampling", "100%核查"), Change("sampling.0.sample", "6"))
    assert "data/gas/sampling" in [f.datum for f in raised(CLEAN, "CRO011", *changes)]


def test_month_of_the_second_source() -> None:
    change = Change(table="tables/gas.csv", row=6, column="ledger", value="45768")
    assert [f.datum for f in raised(CLEAN, "CRO016", change)] == ["gas.settlement/ledger/7月"]


@pytest.mark.parametrize("said", ["连续监测", "每月抄表", "每批次", "实时记录", "每日记录，每月、每年汇总", "continuous"])
def test_frequencies_that_are_words(said: str) -> None:
    assert not raised(CLEAN, "CRO015", Change("data.gas.frequency", said))


@pytest.mark.parametrize("said", ["联系", "——", "/", "人工"])
def test_frequencies_that_are_not(said: str) -> None:
    assert [f.datum for f in raised(CLEAN, "CRO015", Change("data.gas.frequency", said))] == ["gas/frequency"]


def test_wordings_of_one_document() -> None:
    assert same_document("2018 年《明泉生产数据统计》", "明泉生产数据统计表")
    assert not same_document("叉车加油记录", "财务统计表")
    assert likeness("柴油加油台账", "2018 年柴油加油汇总") >= 0.5
    assert likeness("", "台账") == 0


@pytest.mark.parametrize("part", ["data", "lines", "meters", "documents", "tables", "sampling", "statements"])
def test_missing_parts_are_not_errors(part: str) -> None:
    """Without a part the rules run on the rest or say what is missing; none fails itself."""
    changes = [Change(part, None)]
    if part == "data":
        changes += [Change("lines", []), Change("supplementary", [])]
    if part == "tables":
        changes += [Change("data", {}), Change("lines", []), Change("supplementary", [])]
    result = outcome(MINGQUAN, *changes)
    assert not [why for _, why in result.not_run if "规则出错" in why]
    assert len(CODES) == result.run + result.not_applicable + len(result.not_run)


def test_a_month_of_the_statistics_that_differs_alone() -> None:
    """Both columns of the published table agree in every month, so one difference is enough."""
    change = Change(table="tables/electricity.csv", row=0, column="production_statistics", value="390003")
    assert [f.datum for f in raised("haiyao-equipment-2022", "CRO016", change)] == ["electricity.production_statistics/verified/1"]


def test_second_source_in_another_kind_of_unit() -> None:
    found = raised(CLEAN, "CRO004", Change("data.diesel.cross_checks.0.unit", "MWh"))
    assert [f.datum for f in found] == ["diesel/0/unit"]


def test_the_same_document_under_another_name() -> None:
    assert [f.datum for f in raised(CLEAN, "CRO002", Change("data.castings.cross_checks.0.document", "D18"))] == ["castings/0"]
