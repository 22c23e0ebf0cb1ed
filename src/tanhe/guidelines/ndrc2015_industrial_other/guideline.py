"""工业其他行业企业温室气体排放核算方法与报告指南（试行）, 发改办气候〔2015〕1722号.

Only for enterprises that have no guideline of their own. Formula numbers are those of the skeleton shared by the
1722 guidelines; the official text was not read, see ``issues.md``.
"""

from __future__ import annotations

from types import MappingProxyType

from tanhe.formulas import co2_recovery, methane_recovery, other, wastewater
from tanhe.formulas.expression import Symbol
from tanhe.guidelines.common import (
    GWP_CH4,
    biomass_source,
    carbonate_source,
    combustion_source,
    electricity_source,
    heat_source,
)
from tanhe.guidelines.model import Guideline, LibraryKey, ResultRow, Source, Subtotal
from tanhe.quantity.rounding import NDRC

_CH4 = MappingProxyType({"GWP": GWP_CH4, "RHO": LibraryKey("density", "ch4")})
_CO2 = MappingProxyType({"RHO": LibraryKey("density", "co2")})
_FLARE = MappingProxyType({
    "GWP": GWP_CH4,
    "Vm": LibraryKey("physical", "molar_volume", "Nm3/kmol"),
    "M": LibraryKey("molar_mass", "CH4", "kgCH4/kmol"),
})
_OXIDATION = MappingProxyType({"ETA": LibraryKey("recovery", "ch4_oxidation")})

SOURCES = (
    combustion_source("化石燃料燃烧", "A"),
    carbonate_source("碳酸盐使用过程", "B"),
    Source("wastewater", "工业废水厌氧处理", "anaerobic wastewater", (wastewater.anaerobic,), gas="CH4",
           clause="工业废水厌氧处理", constants=MappingProxyType({"GWP": GWP_CH4}),
           defaults=MappingProxyType({"Bo": LibraryKey("wastewater", "b0")})),
    Source("ch4-self-use", "CH4回收自用", "CH4 recovered for own use", (methane_recovery.self_use,), gas="CH4", sign=-1,
           clause="CH4回收与销毁", constants=_CH4, defaults=_OXIDATION),
    Source("ch4-sold", "CH4回收外供第三方", "CH4 recovered and sold", (methane_recovery.sold,), gas="CH4", sign=-1,
           clause="CH4回收与销毁", constants=_CH4),
    Source("ch4-flare", "CH4火炬销毁", "CH4 flared", (methane_recovery.flared,), gas="CH4", sign=-1,
           clause="CH4回收与销毁", constants=_FLARE),
    Source("co2-sold", "CO2回收外供", "CO2 recovered and sold", (co2_recovery.recovered,), sign=-1,
           clause="CO2回收利用", constants=_CO2),
    Source("co2-feed", "CO2回收作原料", "CO2 recovered as raw material", (co2_recovery.recovered,), sign=-1,
           clause="CO2回收利用", constants=_CO2),
    electricity_source("净购入电力", "A"),
    heat_source("净购入热力", "A"),
    Source("other", "其他显著存在的排放源", "other significant source", (other.stated_factor,), clause="其他"),
    biomass_source(),
)

ROWS = (
    ResultRow("combustion", "化石燃料燃烧CO2排放", ("combustion",)),
    ResultRow("carbonates", "碳酸盐使用过程CO2排放", ("carbonates",)),
    ResultRow("wastewater", "工业废水厌氧处理CH4排放", ("wastewater",), gas="CH4"),
    ResultRow("ch4-self-use", "CH4回收自用量", ("ch4-self-use",), gas="CH4", parent="CH4回收与销毁量"),
    ResultRow("ch4-sold", "CH4回收外供第三方量", ("ch4-sold",), gas="CH4", parent="CH4回收与销毁量"),
    ResultRow("ch4-flare", "CH4火炬销毁量", ("ch4-flare",), gas="CH4", parent="CH4回收与销毁量"),
    ResultRow("co2-recovery", "CO2回收利用量", ("co2-sold", "co2-feed")),
    ResultRow("electricity", "净购入电力隐含的CO2排放", ("electricity",)),
    ResultRow("heat", "净购入热力隐含的CO2排放", ("heat",)),
    ResultRow("other", "其他显著存在的排放源", ("other",), gas=""),
)

EQUATION = (
    Symbol("E_CO2-燃烧")
    + Symbol("E_CO2-碳酸盐")
    + (Symbol("E_CH4-废水") - Symbol("R_CH4-回收销毁")) * Symbol("GWP_CH4")
    - Symbol("R_CO2-回收")
    + Symbol("E_CO2-净电")
    + Symbol("E_CO2-净热")
)

GUIDELINE = Guideline(
    id="ndrc2015-industrial-other",
    title="工业其他行业企业温室气体排放核算方法与报告指南（试行）",
    short="工业其他行业",
    number="发改办气候〔2015〕1722号",
    year=2015,
    sources=SOURCES,
    rows=ROWS,
    subtotals=(
        Subtotal("combustion", "化石燃料燃烧", ("combustion",)),
        Subtotal("process", "工业生产过程", ("carbonates", "wastewater", "ch4-self-use", "ch4-sold", "ch4-flare",
                                       "co2-sold", "co2-feed")),
        Subtotal("purchased", "净购入电力和热力", ("electricity", "heat")),
    ),
    result="E_GHG",
    equation=EQUATION,
    symbols=MappingProxyType({
        "E_GHG": "企业温室气体排放总量（tCO2e）",
        "E_CO2-燃烧": "化石燃料燃烧的CO2排放量（tCO2）",
        "E_CO2-碳酸盐": "碳酸盐使用过程分解产生的CO2排放量（tCO2）",
        "E_CH4-废水": "工业废水厌氧处理产生的CH4（tCH4）",
        "R_CH4-回收销毁": "CH4回收与销毁量（tCH4）",
        "GWP_CH4": "CH4的全球变暖潜势",
        "R_CO2-回收": "CO2回收利用量（tCO2）",
        "E_CO2-净电": "净购入电力隐含的CO2排放量（tCO2）",
        "E_CO2-净热": "净购入热力隐含的CO2排放量（tCO2）",
    }),
    rounding=NDRC,
    gwp_set="SAR",
    grade="B",
    status="公式和缺省值由已发布的核查报告及独立转录的附表佐证，未核对指南原文",
)
