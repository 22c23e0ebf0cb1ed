"""The sampling plan: who may be sampled, how many, always the same draw, and the ladder after errors."""

import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, isqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanhe.checks import engine
from tanhe.checks.policy import policy
from tanhe.checks.procedure import life as life_rules
from tanhe.checks.procedure import sampling as rules
from tanhe.checks.sampling import Plan, drawn, due_after, plan, progress, size
from tanhe.checks.uses import table_of, table_shares
from tanhe.dossier.load import load
from tanhe.dossier.variant import Change, variant
from tanhe.inventory.compute import compute
from tanhe.inventory.model import Inventory

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN, METHANOL = "clean-foundry-2024", "mingquan-methanol-2018"
LIMITS = policy({})


@cache
def inventory(name: str) -> Inventory:
    return compute(load(EXAMPLES / name)[0])


def with_sampling(*records: dict[str, object], limits: dict[str, str] | None = None) -> Inventory:
    changes = [Change("sampling", [dict(r) for r in records])]
    changes += [Change("limits", limits)] if limits else []
    return compute(variant(EXAMPLES / CLEAN, changes)[0])


def said(rule: engine.Rule, inv: Inventory) -> list[str]:
    context = engine.Context(inv, (), policy(inv.dossier.limits), datetime.date(2026, 1, 1))
    found = engine.run([rule], context)
    assert all("Error" not in why for _, why in found.not_run)
    return [f.message for f in found.findings]


def test_only_what_gives_less_than_five_percent_is_sampled() -> None:
    made = plan(inventory(CLEAN), LIMITS)
    lines = {line.id: line for line in inventory(CLEAN).lines}
    total = sum(Fraction(line.verified_value or 0) for line in lines.values())
    for name in ("gas", "diesel", "electricity", "heat"):
        line = next(line for line in lines.values() if name in line.id or name in line.source.id)
        share = Fraction(line.verified_value or 0) / total
        item = made.item("months", name)
        assert item is not None and item.whole == (share >= Fraction(5, 100)), name
        assert item.required == (12 if item.whole else 4) == len(item.selected)
        assert abs(Fraction(item.share or 0) - share * 100) < Fraction(1, 50)


def test_a_table_without_emission_lines_is_checked_whole_and_says_so() -> None:
    item = plan(inventory(CLEAN), LIMITS).item("months", "output")
    assert item is not None and item.share is None and item.required == 12 and "看不出" in item.why


def test_shares_are_those_of_the_enterprise_not_of_its_supplementary_tables() -> None:
    shares = table_shares(inventory(METHANOL))
    assert all(share is not None and 0 <= share <= 100 for share in shares.values() if share is not None and share < 90)
    coal = Fraction("760823.40") / Fraction("2094181.64") * 100
    assert abs(Fraction(shares["coal-fuel"] or 0) - coal) < Fraction(1, 50)


@pytest.mark.parametrize(
    ("name", "table"),
    [("heat", "heat"), ("castings", "output"), ("shielding-used", "shielding-gas"), ("gas", "gas"), ("nothing", None)],
)
def test_a_datum_leads_to_its_table(name: str, table: str | None) -> None:
    assert table_of(inventory(CLEAN).dossier, name) == table


@pytest.mark.parametrize(("population", "sizes"), [(12, (4, 6, 10, 12)), (1, (1, 1, 1, 1)), (40, (12, 20, 32, 40)), (0, (0,) * 4)])
def test_the_shares_of_the_stages_are_rounded_up(population: int, sizes: tuple[int, ...]) -> None:
    assert tuple(size(population, stage, LIMITS) for stage in range(4)) == sizes


@pytest.mark.parametrize(
    ("sample", "errors", "due"), [(4, 0, None), (4, 1, 6), (5, 1, 6), (6, 2, 10), (10, 1, 12), (11, 1, 12), (12, 3, None)],
)
def test_errors_enlarge_the_sample_step_by_step(sample: int, errors: int, due: int | None) -> None:
    assert due_after(12, sample, errors, LIMITS) == due


@given(st.integers(1, 400), st.integers(0, 400))
def test_the_ladder_ends_with_everything_in_at_most_four_steps(population: int, start: int) -> None:
    sample, steps = min(start, population), 0
    while (due := due_after(population, sample, 1, LIMITS)) is not None:
        assert sample < due <= population
        sample, steps = due, steps + 1
    assert sample == population and steps <= 3


@given(st.lists(st.text(max_size=3), max_size=30), st.integers(0, 30), st.integers(0, 30), st.text(max_size=5))
def test_the_draw_is_reproducible_and_a_larger_sample_contains_the_smaller(
    members: list[str], one: int, other: int, seed: str
) -> None:
    small, large = (drawn(seed, "months/x", range_of(members), n) for n in sorted((one, other)))
    assert set(small) <= set(large) <= set(range_of(members))
    assert len(large) == min(max(one, other), len(members))
    assert drawn(seed, "months/x", range_of(members), max(one, other)) == large


def range_of(members: list[str]) -> list[str]:
    return [f"{n}:{name}" for n, name in enumerate(members)]


def test_another_seed_draws_otherwise_and_the_seed_is_stated() -> None:
    draws = {drawn(f"seed {n}", "months/x", [f"{m}月" for m in range(1, 13)], 4) for n in range(20)}
    assert len(draws) > 10
    made = plan(inventory(CLEAN), LIMITS)
    assert made.seed == inventory(CLEAN).dossier.digest
    assert plan(inventory(CLEAN), LIMITS, "甲").seed == "甲"
    assert plan(inventory(CLEAN), LIMITS, "甲") == plan(inventory(CLEAN), LIMITS, "甲")


def test_the_seed_recorded_in_the_dossier_keeps_the_draw_when_the_dossier_grows() -> None:
    before = plan(inventory(CLEAN), LIMITS)
    grown = with_sampling({"object": "months", "datum": "diesel", "population": "12", "sample": "4", "seed": before.seed})
    after = plan(grown, LIMITS)
    assert grown.dossier.digest != before.seed == after.seed or grown.dossier.digest == before.seed
    assert after == before


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9, 10, 16, 17, 100])
def test_sites_are_at_least_the_square_root(count: int) -> None:
    sites = [f"厂区{n}" for n in range(count)]
    inv = compute(variant(EXAMPLES / CLEAN, [Change("boundary.sites", sites)])[0])
    item = plan(inv, LIMITS).item("sites")
    wanted = isqrt(count) + (isqrt(count) ** 2 < count)
    assert item is not None and item.required == len(item.selected) == wanted


def test_the_limits_of_the_engagement_count() -> None:
    own = policy({"sampling.share.first": "60", "sampling.facility.max": "0.5"})
    made = plan(inventory(CLEAN), own)
    diesel, shielding = made.item("months", "diesel"), made.item("months", "shielding-gas")
    assert diesel is not None and shielding is not None
    assert (diesel.whole, shielding.whole, shielding.required) == (True, False, ceil(12 * Fraction(60, 100)))
    assert Decimal(0) < (shielding.share or Decimal(0)) < Decimal("0.5")


MONTHS = {"object": "months", "population": "12"}
ROUNDS = [
    ([{"datum": "diesel", "sample": "4"}], 0, 0),
    ([{"datum": "diesel", "sample": "3"}], 1, 0),
    ([{"datum": "heat", "sample": "11"}], 1, 0),
    ([{"datum": "heat", "sample": "12", "errors": "2"}], 0, 0),
    ([{"datum": "diesel", "sample": "4", "errors": "1"}], 0, 1),
    ([{"datum": "diesel", "sample": "4", "errors": "1"}, {"datum": "diesel", "sample": "5"}], 0, 1),
    ([{"datum": "diesel", "sample": "4", "errors": "1"}, {"datum": "diesel", "sample": "6"}], 0, 0),
    ([{"datum": "diesel", "sample": "4", "errors": "1"}, {"datum": "diesel", "sample": "6", "errors": "1"}], 0, 1),
    ([{"datum": "diesel", "sample": "6", "errors": "1"}, {"datum": "diesel", "sample": "10", "errors": "1"},
      {"datum": "diesel", "sample": "12", "errors": "1"}], 0, 0),
    ([{"datum": "diesel", "sample": "4", "errors": "1"}, {"datum": "heat", "sample": "12"}], 0, 1),
]


@pytest.mark.parametrize(("records", "small", "not_enlarged"), ROUNDS)
def test_rules_of_sampling(records: list[dict[str, str]], small: int, not_enlarged: int) -> None:
    inv = with_sampling(*(MONTHS | r for r in records))
    assert len(said(rules.sample_is_large_enough, inv)) == small
    assert len(said(rules.errors_enlarge_the_sample, inv)) == not_enlarged
    assert said(rules.sampling_figures_are_possible, inv) == []


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"sample": "13"}, "样本 13 与总体 12 不能成立"),
        ({"population": "0", "sample": "0"}, "总体 0"),
        ({"population": "11", "sample": "11"}, "数据表有 12 期"),
        ({"sample": "4", "selected": ["1月"]}, "列出 1 个"),
        ({"sample": "1", "seed": "甲", "selected": ["13月"]}, "不是该种子所抽取的"),
    ],
)
def test_impossible_figures_are_told_and_stop_nothing(record: dict[str, object], words: str) -> None:
    inv = with_sampling(MONTHS | {"datum": "diesel"} | record)
    assert any(words in m for m in said(rules.sampling_figures_are_possible, inv))
    for rule in (rules.sample_is_large_enough, rules.errors_enlarge_the_sample):
        assert isinstance(said(rule, inv), list)


def test_the_selected_months_of_the_plan_are_accepted() -> None:
    item = plan(inventory(CLEAN), LIMITS, "甲").item("months", "diesel")
    assert item is not None
    inv = with_sampling(MONTHS | {"datum": "diesel", "sample": "4", "seed": "甲", "selected": list(item.selected)})
    assert said(rules.sampling_figures_are_possible, inv) == []


def test_objects_the_plan_does_not_know_need_the_first_share() -> None:
    inv = with_sampling({"object": "documents", "population": "40", "sample": "12"}, MONTHS | {"datum": "unknown", "sample": "3"})
    made = Plan("甲", plan(inv, LIMITS).items)
    assert [(p.planned, p.settled) for p in progress(inv.dossier, made, LIMITS)] == [(12, True), (4, False)]
    unnamed = with_sampling(MONTHS | {"sample": "4"})
    assert [p.planned for p in progress(unnamed.dossier, made, LIMITS)] == [12]


def test_the_clean_example_raises_none_of_these_rules() -> None:
    found = [
        message for module in (rules, life_rules) for rule in vars(module).values() if isinstance(rule, engine.Rule)
        for message in said(rule, inventory(CLEAN))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (Change("findings.0.steps.3.by", "设备能源部"), life_rules.roles_settle_findings, "受核查方所做"),
        (Change("findings.0.steps.4.by", "批准人"), life_rules.roles_settle_findings, "批准所做"),
        (Change("findings.0.steps.3.result", "not-conforming"), life_rules.roles_settle_findings, "核实结果为不符合"),
        (Change("findings.0.steps.1.by", None), life_rules.steps_say_who_and_when, "“答复”没有处理人"),
        (Change("findings.0.steps.1.date", None), life_rules.steps_say_who_and_when, "“答复”没有日期"),
    ],
)
def test_rules_of_who_settles_a_finding_and_when(change: Change, rule: engine.Rule, words: str) -> None:
    inv = compute(variant(EXAMPLES / CLEAN, [change])[0])
    (message,) = said(rule, inv)
    assert words in message
