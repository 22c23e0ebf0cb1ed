"""An enterprise's own emission report: annexed data recomputed, nothing of a verification judged; other standards read in part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import docx
import pytest

from tanhe.checks.examine import examine
from tanhe.inventory.compute import compute
from tanhe.messages import TanheError
from tanhe.reading.documents import read, text_document
from tanhe.reading.service import ReadReport, from_document

GAS = Fraction("48.52") * Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)
DIESEL = Fraction("12.30") * Fraction("43.330") * Fraction("0.0202") * Fraction("0.98") * Fraction(44, 12)
POWER = Fraction("8633.68") * Fraction("0.7035")
BURNT = f"{float(GAS + DIESEL):.2f}"
HEAD = ["虚构机床有限公司", "工业其他行业企业温室气体排放报告", "报告主体（盖章）：虚构机床有限公司", "报告年度：2021",
        "本报告主体按《工业其他行业企业温室气体排放核算方法与报告指南（试行）》核算了2021年度的温室气体排放量。"]
RESULTS = [["源类别", "排放量（tCO2e）"], ["化石燃料燃烧CO2排放", BURNT], ["碳酸盐使用过程CO2排放", "38.20"],
           ["净购入使用电力产生的CO2排放", f"{float(POWER):.2f}"], ["企业温室气体排放总量", f"{float(GAS + DIESEL + POWER) + 38.2:.2f}"]]
AMOUNTS = [["", "燃料品种", "净消耗量（t，万Nm3）", "低位发热量（GJ/t，GJ/万Nm3）"], ["化石燃料燃烧", "无烟煤", "", ""], ["", "天然气", "48.52", "389.31"],
           ["", "柴油", "12.30", "43.330"], ["净购入电力", "", "数据", "单位"], ["", "电力净购入量", "8633.68", "MWh"], ["", "热力净购入量", "", "GJ"]]
FACTORS = [["", "燃料品种", "单位热值含碳量（tC/GJ）", "碳氧化率（%）"], ["化石燃料燃烧", "天然气", "0.0153", "99"], ["", "柴油", "0.0202", "98"],
           ["净购入电力", "", "数据", "单位"], ["", "电力", "0.7035", "tCO2/MWh"]]
TABLES = (("附表1 温室气体排放量汇总表", RESULTS), ("附表2 活动水平数据", AMOUNTS), ("附表3 排放因子和计算系数", FACTORS))


def as_text(tables: tuple[tuple[str, list[list[str]]], ...] = TABLES) -> ReadReport:
    body = "\n".join("\n".join([title, *("| " + " | ".join(row) + " |" for row in rows), ""]) for title, rows in tables)
    return from_document(text_document(("\n\n".join(HEAD) + "\n\n" + body).encode(), "报告.md"))


def as_docx(folder: Path) -> ReadReport:
    made = docx.Document()
    for words in HEAD:
        made.add_paragraph(words)
    for title, rows in TABLES:
        made.add_paragraph(title)
        table = made.add_table(len(rows), len(rows[0]))
        for y, row in enumerate(rows):
            for x, words in enumerate(row):
                table.cell(y, x).text = words
    made.save(str(folder / "报告.docx"))
    return from_document(read(folder / "报告.docx"))


@pytest.mark.parametrize("form", ["text", "docx"])
def test_the_annexed_data_are_put_together_and_recomputed(form: str, tmp_path: Path) -> None:
    report = as_text() if form == "text" else as_docx(tmp_path)
    inventory = compute(report.dossier)
    found = {line.item: line.exact for line in inventory.lines}
    assert (found["天然气"], found["柴油"], found["电力"]) == (GAS, DIESEL, POWER)
    assert report.dossier.entity.name == "虚构机床有限公司" and report.reading.closure == Decimal(1)
    assert {str(v.unit) for v in report.dossier.data.values()} >= {"1e4Nm3", "t", "GJ/1e4Nm3", "GJ/t", "tC/GJ", "%", "MWh", "tCO2/MWh"}


def test_a_source_whose_data_were_not_read_leaves_the_total_incomplete() -> None:
    inventory = compute(as_text().dossier)
    (unread,) = [line for line in inventory.lines if line.exact is None]
    assert unread.source.id == "carbonates" and unread.reported == Decimal("38.20") and "明细未读出" in unread.item
    assert not inventory.including.complete


def test_a_sum_that_its_data_do_not_give_is_found_and_no_verification_is_judged() -> None:
    wrong = [[BURNT, "1286.57"], *RESULTS]
    results = [[row[0], wrong[0][1]] if row[1] == BURNT else row for row in RESULTS]
    report = as_text((("附表1 温室气体排放量汇总表", results), *TABLES[1:]))
    _, outcome = examine(report.dossier, report.problems, date(2025, 6, 30))
    rules = {f.rule for f in outcome.findings}
    assert "CLO003" in rules and not rules & {"CON070", "CMP035", "CRO001"} and not any(rule.startswith("PRC") for rule in rules)
    assert "企业的排放报告" in dict(outcome.not_run)["CON070"] and any("企业的排放报告" in said for _, said in report.reading.notes)


def test_a_verification_report_that_speaks_of_the_enterprises_report_is_none() -> None:
    head = [HEAD[0], "2021年度温室气体排放核查报告", "核查机构：虚构认证有限公司", "核查组于现场核查中查阅了企业温室气体排放报告。", *HEAD[3:], "核查结论：属实。"]
    report = from_document(text_document("\n\n".join(head).encode(), "报告.txt"))
    _, outcome = examine(report.dossier, report.problems, date(2025, 6, 30))
    assert "CON070" not in dict(outcome.not_run) and not any("企业的排放报告" in said for _, said in report.reading.notes)


STANDARD = """虚构机床有限公司
温室气体清单报告
依据 ISO 14064-1:2018 编制，报告期为2021年1月1日至2021年12月31日。
表 3-1 净购入电力排放量计算表
项目\t消耗量（MWh）\t排放因子（tCO2/MWh）\t排放量（tCO2）
\tA\tB\tC=A*B
电力\t1250.00\t0.5810\t726.25
温室气体排放总量为 726.25 tCO2e。温室气体管理由企业负责。
"""


@pytest.mark.parametrize(("named", "guideline"), [
    ("ISO 14064-1:2018", "iso14064-1-2018"), ("GB/T 24064", "iso14064-1-2018"), ("《企业温室气体排放核算与报告指南 发电设施》", "mee2023-power"),
    ("《企业温室气体排放核算方法与报告指南 发电设施（2022年修订版）》", "mee2022-power"), ("GB/T 32150", "gbt32150-2025"),
    ("《某市碳排放核算办法》", "not-listed"), ("《中国发电企业温室气体排放核算方法与报告指南（试行）》", "ndrc2013-power"),
    ("《中国陶瓷生产企业温室气体排放核算方法与报告指南（试行）》", "ndrc2013-ceramics"),
])
def test_a_report_by_another_standard_is_read_in_part_and_says_so(named: str, guideline: str) -> None:
    more = "\n".join(["核算边界内的温室气体排放见下。"] * 4)
    report = from_document(text_document((STANDARD.replace("ISO 14064-1:2018", named) + more).encode(), "清单.txt"))
    inventory = compute(report.dossier)
    assert (report.dossier.guideline, report.dossier.year) == (guideline, 2021) and inventory.guideline.partial
    assert [line.value for line in inventory.lines] == [Decimal("726.25")]


def test_a_text_that_only_mentions_emissions_is_refused() -> None:
    with pytest.raises(TanheError, match="读不出核算指南"):
        from_document(text_document("2021年度会议纪要：讨论温室气体排放报告的进度，约 300 tCO2。".encode(), "纪要.txt"))


def test_a_default_of_a_table_not_read_is_no_defect_of_the_report() -> None:
    text = STANDARD.replace("依据 ISO 14064-1:2018 编制", "依据《矿山企业温室气体排放核算方法与报告指南（试行）》编制") + (
        "表 3-2 化石燃料燃烧排放量计算表\n品种\t消耗量（t）\t低位发热量（GJ/t）\t单位热值含碳量（tC/GJ）\t碳氧化率（%）\t排放量（tCO2）\n"
        "\tA\tB\tC\tD\tE=A*B*C*D/100*44/12\n柴油\t10.00\t43.330\t0.0202\t98\t31.45\n3.4.2 排放因子\n表 3-3 柴油碳氧化率\n"
        "参数\t柴油的碳氧化率\n数值\t98\n单位\t%\n数据来源\t核算指南缺省值\n")
    report = from_document(text_document(text.encode(), "报告.txt"))
    _, outcome = examine(report.dossier, report.problems, date(2025, 6, 30))
    assert {f.severity for f in outcome.findings if f.rule == "PRO010"} == {"note"}
