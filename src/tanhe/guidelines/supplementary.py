"""Supplementary data tables (补充数据表): which lines they add up and which rows the official form has."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from tanhe.formulas import carbon_balance, electricity, heat
from tanhe.guidelines.model import LibraryKey, Source

SOURCES = (
    Source("feed", "能源作为原材料产生的排放", "energy used as raw material", (carbon_balance.carbon_flow,), clause="公式（8）",
           grade="A"),
    Source("electricity", "消耗电力对应的排放", "electricity consumed", (electricity.net_electricity,), clause="公式（13）",
           grade="A"),
    Source("heat", "消耗热力对应的排放", "heat consumed", (heat.net_heat,), clause="公式（14）", grade="A",
           defaults=MappingProxyType({"EF": LibraryKey("heat", "heat_default")})),
)


@dataclass(frozen=True)
class FormRow:
    """A row of the form: number, wording, unit, and what fills it.

    ``fill`` is ``total``, a subtotal (``feed``, ``electricity``, ``heat``), an input of a line
    (``feed.in.AD``, ``electricity.EF``), a row the dossier names (``row:own-plant``), or ``output``.
    """

    number: str
    zh: str
    unit: str
    fill: str
    rule: str = ""


@dataclass(frozen=True)
class SupplementaryTable:
    """One product's supplementary table of the 2018 notice."""

    id: str
    title: str
    product: str
    document: str
    sources: tuple[Source, ...]
    rows: tuple[FormRow, ...]
    grade: str


METHANOL = SupplementaryTable(
    id="ndrc-methanol-2018",
    title="化工生产企业（甲醇生产）温室气体排放报告补充数据表",
    product="甲醇",
    document="环办气候函〔2019〕71号 附件",
    sources=SOURCES,
    rows=(
        FormRow("1", "二氧化碳排放量", "tCO2", "total", "1.1、1.2与1.3之和"),
        FormRow("1.1", "能源作为原材料产生的排放量", "tCO2", "feed", "指南公式（8）"),
        FormRow("1.1.1", "能源作为原材料的投入量", "t", "feed.in.AD", "逐个品种列出"),
        FormRow("1.1.2", "能源中含碳量", "tC/t", "feed.in.CC"),
        FormRow("1.1.3", "碳产品或其他含碳输出物的产量", "t", "feed.out.AD", "供出分厂边界的CO2不扣除"),
        FormRow("1.1.4", "碳产品或其他含碳输出物的含碳量", "tC/t", "feed.out.CC"),
        FormRow("1.2", "消耗电力对应的排放量", "tCO2", "electricity", "指南公式（13）"),
        FormRow("1.2.1", "消耗电量", "MWh", "electricity.AD", "四类来源之和"),
        FormRow("1.2.1.1", "电网电量", "MWh", "row:grid"),
        FormRow("1.2.1.2", "自备电厂电量", "MWh", "row:own-plant"),
        FormRow("1.2.1.3", "可再生能源电量", "MWh", "row:renewable", "排放因子为0"),
        FormRow("1.2.1.4", "余热电量", "MWh", "row:waste-heat", "排放因子为0"),
        FormRow("1.2.2", "对应的排放因子", "tCO2/MWh", "electricity.EF", "按来源加权；电网与自备电厂取0.6101"),
        FormRow("1.3", "消耗热力对应的排放量", "tCO2", "heat", "指南公式（14）"),
        FormRow("1.3.1", "消耗热量", "GJ", "heat.AD", "余热回收、蒸汽锅炉或自备电厂"),
        FormRow("1.3.2", "对应的排放因子", "tCO2/GJ", "heat.EF", "锅炉排放量÷供热量，余热为0；无数据取0.11"),
        FormRow("2", "甲醇产量", "t", "output", "折纯100%"),
        FormRow("3", "二氧化碳排放总量", "tCO2", "total", "各分厂之和"),
        FormRow("4", "CO2回收利用量", "tCO2", "row:co2-recovered", "供出分厂边界的计量值，仅作说明"),
        FormRow("5", "CO2回收利用去向", "", "text:recovery_use"),
    ),
    grade="A",
)

TABLES = {METHANOL.id: METHANOL}
