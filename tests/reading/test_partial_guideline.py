"""A report under a guideline that is known by name only: shared sources recomputed, its own shown, nothing made up."""

from datetime import date
from decimal import Decimal

from tanhe.checks.examine import examine
from tanhe.inventory.compute import compute
from tanhe.reading.documents import text_document
from tanhe.reading.service import from_document

REPORT = """虚构食品有限公司
2023 年度温室气体排放核查报告
核算和报告依据\t《中国食品、烟草及酒、饮料和精制茶生产企业温室气体排放核算方法与报告指南（试行）》
3.4.3 法人边界排放量的核查
表 3-7 净购入电力排放量计算表
项目\t消耗量（MWh）\t排放因子（tCO2/MWh）\t排放量（tCO2）
\tA\tB\tC=A*B
电力\t1250.00\t0.5703\t712.88
表 3-8 碳酸盐原料使用排放量计算表
项目\t消耗量（t）\t排放因子（tCO2/t）\t排放量（tCO2）
\tA\tB\tC=A*B
小苏打\t20.00\t0.5237\t10.47
表 3-9 核查后排放量汇总表
排放源类别\t排放量（tCO2）
净购入电力隐含的排放\t712.88
碳酸盐原料使用排放\t10.47
企业温室气体排放总量\t723.35
"""


def read():
    return from_document(text_document(REPORT.encode(), "报告.txt"))


def test_the_guideline_keeps_its_name_and_the_shared_sources_are_recomputed():
    report = read()
    assert report.dossier.guideline == "ndrc2015-food"
    inventory = compute(report.dossier)
    (power,) = [x for x in inventory.lines if x.source.id == "electricity"]
    assert power.value == Decimal("712.88") and power.replay.grade.zh == "完全复现"
    assert inventory.guideline.partial and "尚未实现" in inventory.guideline.status


def test_a_source_of_its_own_is_shown_with_its_figure_and_not_recomputed():
    inventory, outcome = examine(read().dossier, (), date(2025, 6, 30))
    (own,) = [x for x in inventory.lines if x.source.id == "other"]
    assert own.reported == Decimal("10.47") and own.value is None and not inventory.including.complete
    told = [f for f in outcome.findings if f.rule == "CMP001"]
    assert [f.severity for f in told] == ["note"] and "尚未实现" in told[0].message


def test_rules_that_need_its_own_part_say_that_they_did_not_run():
    _, outcome = examine(read().dossier, (), date(2025, 6, 30))
    left = {code: why for code, why in outcome.not_run}
    assert all("未实现" in left[code] for code in ("CLO015", "CLO017", "CMP024", "CMP028"))
