"""Lists: equipment, meters, sources, products, economic figures, criteria, evidence, findings, process."""

from __future__ import annotations


def test_equipment_and_meters(report):
    assert [(r["name"], r["count"], r["energy"]) for r in report.rows("equipment")] == [("热处理炉", "2", "天然气"), ("叉车", "3", "柴油")]
    (meter,) = report.rows("meters")
    assert (meter["name"], meter["accuracy"], meter["valid_from"], meter["valid_to"]) == ("电能表", "0.5S", "2020-01-05", "2026-01-04")


def test_calibration_told_in_a_data_table_goes_to_its_meter(facts_of):
    found = facts_of("3.1 基本情况的核查\n\n器具名称\t型号\t精度\t校核频次\n电能表\tDT1\t0.5\t每六年\n流量计\tF1\t1.0\t每年\n\n3.4 核算数据的核查\n\n"
                     "数据项\t用电量\n监测设备校验\t电表，6 年检定一次（2020 年 2 月 3 日-2026 年 2 月 2 日）\n")
    meters = {r["name"]: r for r in found.rows("meters")}
    assert meters["电能表"]["valid_to"] == "2026-02-02" and "valid_to" not in meters["流量计"]


def test_table_continued_with_its_header_is_one_list(facts_of):
    found = facts_of("表 3-1 主要用能设备\n\n设备名称\t型号\t数量\t能源种类\n锅炉\tA-1\t2\t天然气\n\n设备名称\t型号\t数量\t能源种类\n\tA-2（备用）\t\t\n窑\tB\t1\t煤\n")
    assert [(r["name"], r["model"]) for r in found.rows("equipment")] == [("锅炉", "A-1 A-2（备用）"), ("窑", "B")]


def test_sources_keep_their_category_and_what_does_not_occur(report):
    rows = report.rows("sources")
    assert [(r["category"], r["energy"]) for r in rows[:2]] == [("化石燃料燃烧", "天然气"), ("化石燃料燃烧", "柴油")]
    assert rows[2]["excluded"] == "不涉及"


def test_sources_told_in_sentences(facts_of):
    found = facts_of("3.2.2 排放源的识别\n\n受核查方厂内化石燃料燃烧排放主要涉及烘干房所用天然气和厂区装载机燃用柴油。受核查方不涉及碳酸盐使用过程的排放、"
                     "工业废水厌氧处理产生的排放。\n")
    rows = found.rows("sources")
    assert [(r.get("energy"), r.get("facility")) for r in rows[:2]] == [("天然气", "烘干房"), ("柴油", "厂区装载机")]
    assert [r["category"] for r in rows[2:]] == ["碳酸盐使用过程", "工业废水厌氧处理"]


def test_economic_figures_and_products_by_year(report):
    rows = {r["year"]: r for r in report.rows("economics")}
    assert (rows["2022"]["revenue"], rows["2022"]["gross_output"], rows["2021"]["employees"]) == ("12000.50", "12800", "205")
    assert [(p["name"], p["output"], p["unit"], p["year"]) for p in report.rows("products")] == [
        ("滚动轴承", "5310", "吨", "2022"), ("滚动轴承", "5100", "吨", "2021")]


def test_product_table_below_other_rows_splits_capacity_and_unit(facts_of):
    found = facts_of("表 3-5 2023 年度生产经营情况\n\n年度\t2023\n工业总产值（万元）\t890.5\n年度\t产品名称\t年产能\t年产量（吨）\n2023\t阀门\t3 万台\t120\n\t法兰\t2 万套\t80\n")
    assert [(p["name"], p["capacity"], p["capacity_unit"], p["output"], p["year"]) for p in found.rows("products")] == [
        ("阀门", "3", "万台", "120", "2023"), ("法兰", "2", "万套", "80", "2023")]


def test_criteria_evidence_and_findings(report):
    assert [r["text"] for r in report.rows("criteria")] == ["《机械设备制造企业温室气体核算方法与报告指南（试行）》", "《国民经济行业分类》（GB/T4754-2017）"]
    assert [(r["id"], r["title"]) for r in report.rows("documents")] == [("D01", "营业执照"), ("D02", "电费结算单")]
    nc, advice = report.rows("findings")
    assert (nc["kind"], nc["description"], nc["status"]) == ("nc", "漏报叉车柴油", "closed")
    assert (advice["kind"], advice["description"]) == ("suggestion", "建议按月核对电量")


def test_empty_list_of_non_conformities_is_told_from_one_that_says_none(facts_of):
    head = "附件 1：不符合清单\n\n序号\t不符合描述\t原因分析\t核查结论\n"
    assert facts_of(head + "1\t无\t\t\n").said("nc-list") == [("无", "")]
    assert facts_of(head).said("nc-list") == [("", "")] and facts_of(head).rows("findings") == []


def test_process_has_its_steps(report):
    assert [r["name"] for r in report.rows("processes")] == ["滚动轴承生产"]
    assert [(r["name"], r["text"]) for r in report.rows("processes.steps")] == [
        ("下料", "棒料锯切成段"), ("锻造", "坯料加热后锻打"), ("热处理", "在天然气炉内淬火")]


def test_several_processes_with_lettered_steps(facts_of):
    found = facts_of("3.1.3 工艺流程\n\n一、甲产品生产工艺\n\na. 配料：按比例称量。\n\nb. 混合：搅拌均匀。\n\n二、乙产品生产工艺\n\na. 成型：压制成型。\n")
    assert [r["name"] for r in found.rows("processes")] == ["甲产品生产工艺", "乙产品生产工艺"]
    assert [(r["process"], r["name"]) for r in found.rows("processes.steps")] == [
        ("甲产品生产工艺", "配料"), ("甲产品生产工艺", "混合"), ("乙产品生产工艺", "成型")]


def test_boundary_and_conclusions(report):
    assert report.fact("boundary.sites.0") == "江苏省盐城市示例镇工业路 8 号"
    assert report.fact("boundary.changed") == "否"
    assert report.fact("conclusions.fluctuation") == "不存在异常波动"
    assert report.fact("conclusions.difference") == "电量按结算单更正"
