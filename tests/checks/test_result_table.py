"""The result table and its last digit: rows left out, sums one unit off, the title of a factor that is not its own."""

from datetime import date

import pytest

from tanhe.checks.examine import examine
from tanhe.checks.findings import Finding
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find

CLEAN, HAIYAO, MINGQUAN = "clean-foundry-2024", "haiyao-equipment-2022", "mingquan-methanol-2018"
TIANMA, HONGSHI = "tianma-feed-2019", "hongshi-calcium-aluminate-2024"


def raised(example: str, code: str, *changes: Change) -> dict[str, Finding]:
    dossier, problems = variant(find(example), changes)
    return {f.datum: f for f in examine(dossier, problems, date(2026, 6, 30), (code,))[1].findings}


@pytest.mark.parametrize(("example", "gone", "row", "amount"), [
    (CLEAN, "combustion", "combustion", "1499.49"),
    (CLEAN, "welding", "welding", "18.46"),  # the process subtotal shows its other row only
    (CLEAN, "heat", "heat", "939.34"),
    (HAIYAO, "electricity", "electricity", "3843.44"),
    (MINGQUAN, "electricity", "purchased", "141357.57"),
])
def test_a_row_with_an_emission_is_missed(example, gone, row, amount):
    found = raised(example, "CLO015", Change(f"subtotals.{gone}", None))
    assert found[f"result-table/{row}"].severity == "minor" and amount in found[f"result-table/{row}"].message


def test_a_row_that_is_said_to_be_shown_is_not_inferred_away():
    rows = Change("statements.+", {"about": "result-rows", "value": "combustion,equipment-leakage,welding,heat"})
    assert list(raised(CLEAN, "CLO015", rows)) == ["result-table/electricity"]
    nothing = Change("statements.+", {"about": "result-rows", "value": "combustion,welding,electricity,heat"})
    assert [f.severity for f in raised(CLEAN, "CLO015", nothing).values()] == ["editorial"]


def test_a_subtotal_stands_for_its_rows_when_none_of_them_is_shown():
    assert raised(CLEAN, "CLO015", Change("subtotals.welding", None), Change("subtotals.equipment-leakage", None)) == {}
    assert raised(CLEAN, "CLO015", Change("subtotals.electricity", None), Change("subtotals.heat", None)) == {}


@pytest.mark.parametrize(("example", "path", "value"), [
    (CLEAN, "subtotals.combustion", "1499.50"),
    (CLEAN, "subtotals.combustion", "1499.48"),
    (HAIYAO, "subtotals.combustion", "382.93"),  # the second line has neither figure nor value
])
def test_a_last_place_that_no_order_of_rounding_gives_is_minor(example, path, value):
    found = raised(example, "CLO003", Change(f"{path}.reported", value))
    assert [(f.kind, f.severity) for f in found.values()] == [("review", "minor")]


def test_a_last_place_that_hidden_digits_may_explain_is_left():
    """16688.54 + 176.70: 16865.23 follows if both were rounded up from the very edge, and both rest on digits not printed."""
    assert raised(TIANMA, "CLO003", Change("subtotals.combustion.reported", "16865.23")) == {}


def test_a_title_of_another_year_is_told_though_the_value_is_wrong_already():
    titles = [k for k in raised(HONGSHI, "PRO002") if "title" in k]
    assert titles == []  # the report's own title is that of its claim: one finding, not two
    other = Change("data.electricity-ef.source", "生态环境部发布的2021年度全国电网平均排放因子")
    assert "electricity-ef/title/1" in raised(HONGSHI, "PRO002", other)
