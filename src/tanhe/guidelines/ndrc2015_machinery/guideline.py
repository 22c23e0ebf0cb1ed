"""机械设备制造企业温室气体排放核算方法与报告指南（试行）, 发改办气候〔2015〕1722号.

Covers metal products, general and special equipment, vehicles, other transport equipment and electrical machinery
(C33–C38). Here the net calorific value counts as activity data; the arithmetic is that of the other guidelines.
"""

from __future__ import annotations

from types import MappingProxyType

from tanhe.formulas import electrical_equipment, welding
from tanhe.formulas.expression import Symbol
from tanhe.guidelines.common import biomass_source, combustion_source, electricity_source, heat_source
from tanhe.guidelines.model import Guideline, LibraryKey, ResultRow, Source, Subtotal
from tanhe.quantity.rounding import NDRC

SOURCES = (
    combustion_source("化石燃料燃烧", "A"),
    Source("equipment-leakage", "电气与制冷设备生产泄漏", "leakage of electrical and refrigeration equipment",
           (electrical_equipment.stock_balance,), gas="含氟气体", clause="电气设备与制冷设备生产过程",
           defaults=MappingProxyType({"GWP": LibraryKey("gwp", "{gas}", "tCO2e/t")})),
    Source("welding", "二氧化碳气体保护焊", "CO2-shielded welding", (welding.shielding_gas,), clause="CO2气体保护焊",
           constants=MappingProxyType({"M_CO2": LibraryKey("molar_mass", "CO2", "kgCO2/kmol")})),
    electricity_source("净购入电力", "A"),
    heat_source("净购入热力", "A"),
    biomass_source(),
)

GUIDELINE = Guideline(
    id="ndrc2015-machinery",
    title="机械设备制造企业温室气体排放核算方法与报告指南（试行）",
    short="机械设备制造",
    number="发改办气候〔2015〕1722号",
    year=2015,
    sources=SOURCES,
    rows=(
        ResultRow("combustion", "化石燃料燃烧CO2排放", ("combustion",)),
        ResultRow("equipment-leakage", "电气与制冷设备生产过程泄漏排放", ("equipment-leakage",), gas="含氟气体",
                  parent="工业生产过程排放"),
        ResultRow("welding", "CO2气体保护焊排放", ("welding",), parent="工业生产过程排放"),
        ResultRow("electricity", "净购入电力产生的CO2排放", ("electricity",)),
        ResultRow("heat", "净购入热力产生的CO2排放", ("heat",)),
    ),
    subtotals=(
        Subtotal("combustion", "化石燃料燃烧", ("combustion",)),
        Subtotal("process", "工业生产过程", ("equipment-leakage", "welding")),
        Subtotal("purchased", "净购入电力和热力", ("electricity", "heat")),
    ),
    result="E",
    equation=Symbol("E_燃烧") + Symbol("E_过程") + Symbol("E_电") + Symbol("E_热"),
    symbols=MappingProxyType({
        "E": "企业温室气体排放总量（tCO2e）",
        "E_燃烧": "化石燃料燃烧的CO2排放量（tCO2）",
        "E_过程": "工业生产过程排放量：电气与制冷设备泄漏、CO2气体保护焊（tCO2e）",
        "E_电": "净购入电力产生的CO2排放量（tCO2）",
        "E_热": "净购入热力产生的CO2排放量（tCO2）",
    }),
    rounding=NDRC,
    gwp_set="SAR",
    grade="B",
    status="公式由已发布的核查报告和公开程序佐证，未核对指南原文",
)
