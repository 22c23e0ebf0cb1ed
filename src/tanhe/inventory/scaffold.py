"""A commented dossier to start from (案卷模板), made from the guideline's own sources and formulas."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.formulas.formula import Formula
from tanhe.guidelines.model import Guideline, Source

MONTHS = "period,electricity\n" + "".join(f"{month}月,\n" for month in range(1, 13))


def scaffold(guideline: Guideline, year: int) -> dict[str, str]:
    """File name → content of a new dossier folder."""
    return {"dossier.yaml": "\n".join([*_head(guideline, year), *_data(), *_lines(guideline), ""]),
            "tables/electricity.csv": MONTHS}


def _head(guideline: Guideline, year: int) -> Iterator[str]:
    yield f"# 碳核案卷：{guideline.title}（{guideline.number}）"
    yield "# “#”开头的是说明。数字照原样写（384583.00、0.0202、93%），单位单独写在 unit。"
    yield "# 检查：tanhe validate 本文件夹    核查：tanhe verify 本文件夹 -o out"
    yield "format: tanhe.dossier/1"
    yield f"guideline: {guideline.id}"
    yield f"year: {year}"
    yield """
# 受核查方。人员一律写岗位，不写姓名和电话。
entity:
  name: 某某有限公司
  # uscc: 统一社会信用代码（18位）
  # address: 地址
  # province: 省份（用于选取电网排放因子）
  # industry_code: "2619"
  # industry_name: 行业名称（GB/T 4754-2017）
  # legal_person: true

# 核查机构与核查组
# body: {name: 某核查机构有限公司}
# team:
#   - {role: leader, name: 核查组长, duties: 文件评审、现场核查、报告编写}
#   - {role: member, name: 核查组员}
#   - {role: technical-reviewer, name: 技术复核人, on_site: false}
#   - {role: approver, name: 批准人}
# dates: {accepted: 2025-03-01, document_review: 2025-03-03, site_visit: 2025-03-05, report_completed: 2025-03-10}

# 排放源识别：每个排放源要么有 line（对应下面的计算行），要么写明 excluded（不计算的理由）
sources:
  - {category: 净购入电力, energy: 电力, facility: 全厂用电设备, line: electricity/grid}

# 证据清单
documents:
  - {id: D01, title: 电费结算单}

# 月度数据表（CSV，第一列 period 写“1月”或“2024.3.21-4.20”）
tables:
  electricity:
    title: 月度净购入电量
    file: tables/electricity.csv
    columns:
      electricity: {title: 净购入电量, unit: MWh}"""


def _data() -> Iterator[str]:
    yield """
# 数据：每个数据项对应核查表的十一行；reported 是填报值，verified 是核查值
data:
  electricity-amount:
    item: 净购入使用的电力
    symbol: AD
    kind: activity
    unit: MWh
    # reported: 0.00
    # verified: 0.00
    source: 电费结算单
    documents: [D01]
    method: 电能表计量
    frequency: 连续监测
    record_frequency: 每月记录
    calibration: ""
    gaps: 无缺失
    series: electricity.electricity
    # derive: {formula: statistics.series_sum, inputs: {x: electricity.electricity}}
  electricity-factor:
    item: 电力排放因子
    symbol: EF
    kind: factor
    unit: tCO2/MWh
    # verified: 0.0000
    # library: {table: electricity, area: 全国, data_year: 2023, scope: national_average}"""


def _lines(guideline: Guideline) -> Iterator[str]:
    yield "\n# 排放量计算行：source 是指南的排放源，inputs 的键是公式的符号，值是上面的数据项编号"
    yield "lines:"
    yield "  - id: electricity/grid"
    yield "    source: electricity"
    yield "    item: 净购入电力"
    yield "    inputs: {AD: electricity-amount, EF: electricity-factor}"
    yield "    # reported: 0.00"
    yield "\n# 本指南的全部排放源与公式（用到哪个，就加哪一行）："
    for source in guideline.sources:
        yield from _source(source)


def _source(source: Source) -> Iterator[str]:
    yield f"#  {source.id}：{source.zh}"
    for method in source.methods:
        yield f"#    {_formula(method, source)}"


def _formula(formula: Formula, source: Source) -> str:
    symbols = "；".join(
        f"{name} {spec.zh}（{'或'.join(u.zh for u in spec.units)}{'，自动取指南常数' if name in source.constants else ''}）"
        for name, spec in formula.symbols.items()
    )
    return f"{formula.id}：{symbols}"
