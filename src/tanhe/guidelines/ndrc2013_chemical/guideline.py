"""中国化工生产企业温室气体排放核算方法与报告指南（试行）, 发改办气候〔2013〕2526号.

A tonne of coal is either fuel or feed, never both. Anaerobic wastewater is no term of this guideline.
"""

from __future__ import annotations

from types import MappingProxyType

from tanhe.formulas import carbon_balance, co2_recovery, nitric_adipic
from tanhe.formulas.expression import Symbol
from tanhe.guidelines.common import (
    GWP_N2O,
    biomass_source,
    carbonate_source,
    combustion_source,
    electricity_source,
    heat_source,
)
from tanhe.guidelines.model import Guideline, LibraryKey, ResultRow, Source, Subtotal
from tanhe.quantity.rounding import NDRC

_N2O = MappingProxyType({"GWP": GWP_N2O})

SOURCES = (
    combustion_source("公式（2）", "A"),
    Source("raw-material", "原材料消耗", "raw-material carbon balance", (carbon_balance.carbon_flow,), clause="公式（8）",
           grade="A"),
    carbonate_source("公式（9）", "B"),
    Source("nitric-acid", "硝酸生产", "nitric acid", (nitric_adipic.acid_n2o,), gas="N2O", clause="公式（10）", constants=_N2O),
    Source("adipic-acid", "己二酸生产", "adipic acid", (nitric_adipic.acid_n2o,), gas="N2O", clause="公式（11）", constants=_N2O),
    Source("co2-recovery", "CO2回收利用", "CO2 recovered and sold", (co2_recovery.recovered,), sign=-1, clause="公式（12）",
           constants=MappingProxyType({"RHO": LibraryKey("density", "co2")})),
    electricity_source("公式（13）", "A"),
    heat_source("公式（14）", "A"),
    biomass_source(),
)

EQUATION = (
    Symbol("E_CO2-燃烧") + Symbol("E_GHG-过程") - Symbol("R_CO2-回收") + Symbol("E_CO2-净电") + Symbol("E_CO2-净热")
)

GUIDELINE = Guideline(
    id="ndrc2013-chemical",
    title="中国化工生产企业温室气体排放核算方法与报告指南（试行）",
    short="化工",
    number="发改办气候〔2013〕2526号",
    year=2013,
    sources=SOURCES,
    rows=(
        ResultRow("combustion", "化石燃料燃烧CO2排放", ("combustion",)),
        ResultRow("process-co2", "工业生产过程CO2排放", ("raw-material", "carbonates")),
        ResultRow("process-n2o", "工业生产过程N2O排放", ("nitric-acid", "adipic-acid"), gas="N2O"),
        ResultRow("co2-recovery", "CO2回收利用量", ("co2-recovery",)),
        ResultRow("purchased", "企业净购入的电力和热力消费引起的CO2排放", ("electricity", "heat")),
    ),
    subtotals=(
        Subtotal("combustion", "化石燃料燃烧", ("combustion",)),
        Subtotal("process", "工业生产过程", ("raw-material", "carbonates", "nitric-acid", "adipic-acid")),
        Subtotal("purchased", "净购入电力和热力", ("electricity", "heat")),
    ),
    result="E_GHG",
    equation=EQUATION,
    symbols=MappingProxyType({
        "E_GHG": "企业温室气体排放总量（tCO2e）",
        "E_CO2-燃烧": "化石燃料燃烧的CO2排放量（tCO2）",
        "E_GHG-过程": "工业生产过程的各种温室气体排放量（tCO2e）：原材料、碳酸盐、硝酸、己二酸",
        "R_CO2-回收": "回收且外供的CO2量（tCO2）",
        "E_CO2-净电": "净购入电力引起的CO2排放量（tCO2）",
        "E_CO2-净热": "净购入热力引起的CO2排放量（tCO2）",
    }),
    rounding=NDRC,
    gwp_set="SAR",
    grade="B",
    status="公式和结果表由已发布的核查报告佐证，未核对指南原文；硝酸、己二酸因子仅有单一来源",
)
