"""``tanhe read`` and ``tanhe verify`` of a finished report: an invented barrel works, its text in tab tables."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from tanhe.dossier.load import load
from tanhe.quantity.exact import half_up

BURNT = half_up(Fraction("12.50") * Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12), 2)
MONTHS = ("61.20", "58.40", "60.10", "59.80", "60.50", "61.00", "62.30", "57.70", "60.20", "61.40", "60.90", "61.50")
POWER = sum(Fraction(m) for m in MONTHS)
BOUGHT = half_up(POWER * Fraction("0.5703"), 2)
TOTAL = half_up(Fraction(BURNT) + Fraction(BOUGHT), 2)
ENTITY = "某某制桶有限公司"
POWER_TEXT = f"{float(POWER):.2f}"


def form(item: str, value: str, unit: str, source: str) -> str:
    return "\n".join(("年份\t2023", f"核查报告值\t{value}", f"数据项\t{item}", f"单位\t{unit}", f"数据来源\t{source}", "监测方法\t计量表计量",
                      "监测频次\t连续监测", "记录频次\t每月记录", "数据缺失处理\t无缺失", "交叉核对\t与台账一致", "核查结论\t数据准确"))


REPORT = f"""{ENTITY}
2023 年度
温室气体排放核查报告

核查机构名称（公章）：某某核查有限公司

核查报告签发日期：2024 年 3 月 20 日

1 概述

1.1 核查目的

受{ENTITY}委托，核查其 2023 年度温室气体排放报告是否符合《工业其他行业企业温室气体排放核算方法与报告指南（试行）》。

3 核查发现

3.1 基本情况的核查

{ENTITY}位于河北省，统一社会信用代码 91130000MA0ABCDE5X，主要产品为钢桶，生产用天然气烘干炉，温度为 180℃。

3.4 核算数据的核查

3.4.1 活动水平数据及来源的核查

(1) 天然气的消耗量

{form("天然气的消耗量", "12.50", "万Nm³", "《燃气结算单》")}

(2) 净购入电量

{form("净购入电量", POWER_TEXT, "MWh", "《电费结算单》")}

表 3.4-1 月度净购入电量（MWh）

月份\t2023 年
{chr(10).join(f"{n} 月{chr(9)}{m}" for n, m in enumerate(MONTHS, 1))}
合计\t{POWER_TEXT}

3.4.2 排放因子和计算系数数据及来源的核查

{form("天然气低位发热量", "389.31", "GJ/万Nm³", "《核算指南》缺省值")}

{form("天然气单位热值含碳量", "0.0153", "tC/GJ", "《核算指南》缺省值")}

{form("天然气碳氧化率", "99", "%", "《核算指南》缺省值")}

{form("电力排放因子", "0.5703", "tCO2/MWh", "全国电网平均排放因子")}

3.4.3 法人边界排放量的核查

表 3.4-2 化石燃料燃烧排放量

年份\t燃料品种\t消耗量\t低位发热量\t单位热值含碳量\t碳氧化率\t排放量
\t\t万Nm³\tGJ/万Nm³\ttC/GJ\t%\ttCO2
\t\tA\tB\tC\tD\tE=A*B*C*D/100*44/12
2023\t天然气\t12.50\t389.31\t0.0153\t99\t{BURNT}

表 3.4-3 净购入电力的排放量

年份\t净购入电量\t排放因子\t排放量
\tMWh\ttCO2/MWh\ttCO2
\tA\tB\tC=A*B
2023\t{POWER_TEXT}\t0.5703\t{BOUGHT}

表 3.4-4 温室气体排放汇总表

源类别\t温室气体排放量 (tCO2e)
化石燃料燃烧排放量\t{BURNT}
净购入电力隐含的排放量\t{BOUGHT}
企业温室气体排放总量 (tCO2e)\t{TOTAL}

4 核查结论

经核查，{ENTITY} 2023 年度排放总量为 {TOTAL} tCO2e。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "核查 报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_read_writes_a_dossier_that_loads_with_every_line_and_its_place(tanhe, report, tmp_path):
    folder = tmp_path / "案 卷"
    ran = tanhe("read", report, "-o", folder)
    assert (ran.status, ran.err) == (0, "") and ENTITY in ran.out and "闭合率" in ran.out
    dossier, problems = load(folder)
    assert problems == () and (dossier.entity.name, dossier.year, dossier.guideline) == (ENTITY, 2023, "ndrc2015-industrial-other")
    assert {line.id: str(line.reported) for line in dossier.lines} == {"combustion/natural-gas": str(BURNT), "electricity/grid": str(BOUGHT)}
    assert str(dossier.totals.including_purchased_energy.reported) == str(TOTAL)
    (series,) = dossier.all_series.values()
    assert tuple(map(str, next(iter(series.values.values())))) == MONTHS
    at = 1 + REPORT[: REPORT.index(f"99\t{BURNT}")].count("\n")
    written = (folder / "dossier.yaml").read_text(encoding="utf-8")
    assert f"reported: {BURNT}  # 第 {at} 行" in written


def test_read_refuses_an_existing_folder_and_leaves_it_as_it_was(tanhe, report, tmp_path):
    (tmp_path / "旧").mkdir()
    ran = tanhe("read", report, "-o", tmp_path / "旧")
    assert ran.status == 2 and len(ran.lines) == 1 and "已存在" in ran.err
    assert list((tmp_path / "旧").iterdir()) == []


@pytest.mark.parametrize("content", ["会议纪要，讨论 3 件事。", "", "\x00\x01\x02"])
def test_what_is_no_report_is_one_line_and_writes_nothing(tanhe, tmp_path, content):
    path = tmp_path / "别的.txt"
    path.write_text(content, encoding="utf-8")
    ran = tanhe("read", path, "-o", tmp_path / "新")
    assert (ran.status, ran.out) == (2, "") and len(ran.lines) == 1 and "别的.txt" in ran.err
    assert not (tmp_path / "新").exists()


def test_verify_of_a_report_recomputes_it_and_its_record_says_how_well_it_was_read(tanhe, report):
    ran = tanhe("verify", report, "--json")
    record = json.loads(ran.out)
    assert ran.err == "" and record["input"]["kind"] == "report"
    assert {line["id"]: line["replay"] for line in record["inventory"]["lines"]} == {
        "combustion/natural-gas": "exact", "electricity/grid": "exact"}
    reading = record["reading"]
    assert reading["numbers"] == reading["placed"] + len(reading["unplaced"]) and reading["closure"] >= "0.95"
    assert all(place["file"] == str(report) for found in record["findings"] for place in found["places"] if place["line"])


def test_a_figure_changed_in_the_conclusion_is_found_at_its_line(tanhe, report):
    report.write_text(REPORT.replace(f"排放总量为 {TOTAL}", "排放总量为 9999.99"), encoding="utf-8")
    record = json.loads(tanhe("verify", report, "--json").out)
    line = 1 + REPORT[: REPORT.index("4 核查结论") + 8].count("\n")
    seen = {place["line"] for f in record["findings"] for place in f["places"]} | {u["line"] for u in record["reading"]["unplaced"]}
    assert line in seen


def test_check_takes_a_report_too(tanhe, report):
    ran = tanhe("check", report, "--severity", "material")
    assert ran.status in (0, 1) and ran.err == "" and ENTITY in ran.out


def test_a_folder_of_reports_is_ranked_and_each_has_its_own_outputs(tanhe, report, tmp_path):
    worse = tmp_path / "改过.txt"
    worse.write_text(REPORT.replace(f"0.5703\t{BOUGHT}", f"0.5703\t{BOUGHT + 100}"), encoding="utf-8")
    ran = tanhe("verify", tmp_path, "-o", tmp_path / "out", "--no-documents")
    assert ran.status == 1 and ran.out.index("改过.txt") < ran.out.index("核查 报告.txt")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"改过", "核查 报告"}
    assert json.loads((tmp_path / "out" / "改过" / "record.json").read_text(encoding="utf-8"))["input"]["kind"] == "report"


def test_one_unreadable_report_in_a_folder_does_not_stop_the_others(tanhe, report, tmp_path):
    (tmp_path / "坏.txt").write_text("不是报告", encoding="utf-8")
    ran = tanhe("verify", tmp_path, "--json")
    found = json.loads(ran.out)
    assert ran.status == 2 and "坏.txt" in ran.err
    assert [row["error"] is None for row in found["ranking"]].count(True) == 1 and len(found["reports"]) == 1


def test_many_reports_are_shared_among_processes_with_the_same_answer(tanhe, report, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(9):
        (folder / f"{n}.txt").write_text(report.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "x.txt").write_bytes(b"")
    alone, shared = tanhe("verify", folder, "--json", "--jobs", "1"), tanhe("verify", folder, "--json", "--jobs", "2")
    assert alone.status == shared.status == 2 and "x.txt" in shared.err
    one, other = json.loads(alone.out), json.loads(shared.out)
    assert len(other["reports"]) == 9 and one["ranking"] == other["ranking"]
    assert [r["findings"] for r in one["reports"]] == [r["findings"] for r in other["reports"]] != []


def test_how_it_was_read_can_be_had_as_json(tanhe, report, tmp_path):
    ran = tanhe("read", report, "-o", tmp_path / "案卷", "--json")
    found = json.loads(ran.out)
    assert ran.status == 0 and found["entity"] == ENTITY and found["counts"]["lines"] == 2
    assert found["reading"]["numbers"] >= found["reading"]["placed"] > 0 and (tmp_path / "案卷" / "dossier.yaml").is_file()


def test_the_content_decides_what_a_file_is_and_not_its_name(tanhe, report):
    plain = report.rename(report.with_name("核查报告 终稿"))
    assert json.loads(tanhe("verify", plain, "--json").out)["input"]["kind"] == "report"


def test_an_old_word_file_alone_or_in_a_folder_is_told_how_to_be_saved(tanhe, report, tmp_path):
    old = tmp_path / "旧版.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    alone = tanhe("verify", old)
    assert alone.status == 2 and len(alone.lines) == 1 and "另存为 .docx" in alone.err
    both = tanhe("verify", tmp_path, "--json")
    assert both.status == 2 and "旧版.doc" in both.err and len(json.loads(both.out)["reports"]) == 1
