"""Rules on what cannot be as it is printed: each with the change that raises it and the one that does not."""

from datetime import date

import pytest

from tanhe.checks.engine import Context, run
from tanhe.checks.findings import Finding
from tanhe.checks.policy import policy
from tanhe.checks.registry import rules
from tanhe.dossier.variant import Change, variant
from tanhe.examples import find
from tanhe.inventory.compute import compute

CLEAN = "clean-foundry-2024"


def found(code: str, *changes: Change, example: str = CLEAN) -> list[Finding]:
    dossier, problems = variant(find(example), changes)
    context = Context(compute(dossier), problems, policy(dossier.limits), date(2026, 1, 1))
    return [f for f in run([rules()[code]], context).findings if f.severity != "note"]


def says(about: str, value: str, where: str = "3.3 核算方法", **more: str) -> Change:
    return Change("statements.+", {"about": about, "value": value, "where": where, **more})


@pytest.mark.parametrize(("code", "change", "datum"), [
    ("CON078", Change("conclusions.difference", "填报总量与核查后总量不一致，核查后调整为 8575.45 tCO2e"), "difference/said"),
    ("CON078", says("difference.said", "填报总量与核查后总量不一致"), "difference/said"),
    ("CON078", says("difference.said", "填报总量为 8570.10 tCO2e，核查后总量为 8575.45 tCO2e，两者一致"), "difference/said"),
    ("CON041", says("period", "2023年7月1日至2024年6月30日"), "period/"),
    ("CON058", says("formula.term", "E=A*B*44/12", text="D"), "term/"),
    ("CON058", says("formula.term", "C=(A+B)*C", text="+"), "term/"),
    ("CON058", says("formula.term", "E_GHG=E+R_CO2-回收", text="+R_CO2-回收"), "term/"),
    ("CON055", says("symbols", "OF"), "symbols/"),
    ("PRO008", says("derivation", "25.840-8.94"), "derivation/"),
    ("PRO010", says("claim.measured", "天然气的低位发热量"), "gas-ncv/measured"),
    ("CON056", says("stock", "未通过核查", text="核查组认为该排放报告未通过核查"), "3.3 核算方法/negation"),
    ("CON071", says("signature", "核查组员", text="absent"), "signature/absent"),
    ("CMP033", Change("sources.0.excluded", "不涉及"), "denied/"),
    ("CMP034", Change("sources.6.excluded", "涉及制冷剂充注"), "affirmed/"),
    ("PRC059", Change("data.gas.method", "供气公司流量计 E01 计量"), "gas/E01"),
    ("PRC064", Change("criteria.+", "《通知》（环办〔2033〕9号）"), "notice/"),
    ("PRC065", Change("entity.founded", "2025-04-16"), "founded"),
    ("PRC061", Change("criteria.+", "GB 17167-1997《企业能源计量器具配备和管理导则》"), ""),
    ("PRO002", Change("data.electricity-ef.source", "《关于发布2020年电力二氧化碳排放因子的公告》，2022年全国平均电力二氧化碳排放因子"), "/year"),
    ("PRO012", says("gwp", "21", text="CH4/五"), "gwp/CH4/21"),
])
def test_the_change_is_raised(code: str, change: Change, datum: str) -> None:
    before = {f.datum for f in found(code)}
    fresh = [f for f in found(code, change) if f.datum not in before]
    assert any(datum in f.datum for f in fresh), [(f.datum, f.message) for f in fresh]


@pytest.mark.parametrize(("code", "change"), [
    ("CON078", Change("conclusions.difference", "填报总量与核查后总量一致，均为 8575.45 tCO2e")),
    ("CON078", says("difference.said", "填报总量与核查后总量一致，均为 8575.45 tCO2e，其中燃烧为 1499.49 tCO2e")),
    ("CON055", says("symbols", "OF", text="OF")),
    ("CMP034", Change("sources.6.excluded", "已询问：受核查方不涉及制冷剂充注")),
    ("PRC059", Change("data.gas.method", "供气公司流量计 G02 计量")),
    ("PRC064", Change("criteria.+", "《通知》（环办〔2024〕9号）")),
    ("PRO002", Change("data.electricity-ef.source", "《关于发布2022年电力二氧化碳排放因子的公告》（公告2024年第33号），2022年全国平均电力二氧化碳排放因子")),
    ("PRO012", says("gwp", "21", text="CH4/二")),
    ("PRO010", says("claim.measured", "柴油的密度")),
])
def test_what_is_right_raises_nothing(code: str, change: Change) -> None:
    assert {f.datum for f in found(code, change)} <= {f.datum for f in found(code)}


@pytest.mark.parametrize(("source", "wrong"), [
    ("核算指南附录二表2.5", True), ("核算指南附录二表2.1", False), ("核算指南缺省值（见报告表3.4-2）", False), ("核算指南缺省值", False),
])
def test_a_default_stands_in_the_table_that_is_cited(source: str, wrong: bool) -> None:
    raised = found("PRO010", Change("data.anthracite-oxidation.source", source), example="tianma-feed-2019")
    assert [f.datum for f in raised] == (["anthracite-oxidation/table"] if wrong else [])
