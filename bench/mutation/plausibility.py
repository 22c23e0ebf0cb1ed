"""Figures that agree with each other and cannot be (合理性). Sums, data and text follow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .base import Base, Mutant, cell, is_number, like, operator, put, swapped_digits, times, wrong_digits
from .provenance import valued


def main_columns(b: Base) -> Iterator[tuple[str, int, str, list[list[str]]]]:
    """Column, its position, the file and the rows of every column that is summed to an annual datum."""
    for _, column, file, at in b.columns(main=True):
        rows = b.cells[file][1:]
        if len(rows) >= 10 and all(is_number(r[at]) for r in rows):
            yield column, at, file, rows


@operator("plausibility", "产量超过产能", "output ≤ capacity")
def above_capacity(b: Base) -> Iterator[Mutant]:
    for path, product in b.each("products"):
        if product.get("output") and product.get("capacity") and str(product["capacity_unit"]).startswith((product.get("unit", "?"), "万吨")):
            scale = Decimal("1e4") if "万" in product["capacity_unit"] else Decimal(1)
            yield put(path, (f"{path}.capacity", like(Decimal(product["output"]) / scale * Decimal("0.7"), "0.00")))


@operator("plausibility", "一个月的用量突出，全年合计不变", "monthly ratios by robust z-score")
def monthly_outlier(b: Base) -> Iterator[Mutant]:
    for column, at, file, rows in main_columns(b):
        for row in (3, 8):
            moved = Decimal(like(Decimal(rows[row][at]) * Decimal("0.6"), rows[row][at]))
            if moved:
                yield Mutant(f"{file} {row} {column}", (
                    cell(file, row, column, format(Decimal(rows[row][at]) - moved, "f")),
                    cell(file, row + 1, column, format(Decimal(rows[row + 1][at]) + moved, "f"))))


@operator("plausibility", "一个月的用量多一位数，合计和排放量随之改变", "monthly ratios by robust z-score; the second source")
def monthly_tenfold(b: Base) -> Iterator[Mutant]:
    for column, at, file, rows in main_columns(b):
        for row in (4, 10):
            if Decimal(rows[row][at]):
                yield Mutant(f"{file} {row} {column}", (cell(file, row, column, times(rows[row][at], "10")),), closed=True)


@operator("plausibility", "几个月的数相同，合计不变", "copied months")
def copied_months(b: Base) -> Iterator[Mutant]:
    for column, at, file, rows in main_columns(b):
        three = [Decimal(rows[n][at]) for n in (5, 6, 7)]
        same = Decimal(like(sum(three, Decimal(0)) / 3, rows[5][at]))
        rest = Decimal(rows[8][at]) + sum(three, Decimal(0)) - 3 * same
        changes = [cell(file, n, column, format(same, "f")) for n in (5, 6, 7)] + [cell(file, 8, column, format(rest, "f"))]
        if all(three):
            yield Mutant(f"{file} {column}", tuple(changes))


@operator("plausibility", "两个月的数对调", "monthly ratios by robust z-score; stock balance; the second source")
def swapped_months(b: Base) -> Iterator[Mutant]:
    for column, at, file, rows in main_columns(b):
        values = [Decimal(r[at]) for r in rows]
        low, high = values.index(min(values)), values.index(max(values))
        if values[low] and values[high] / values[low] > Decimal("1.3"):
            yield Mutant(f"{file} {column} {low} {high}", (cell(file, low, column, rows[high][at]), cell(file, high, column, rows[low][at])))


@operator("plausibility", "某月为零没有说明，合计随之改变", "monthly zeros are explained")
def zero_month(b: Base) -> Iterator[Mutant]:
    for column, at, file, rows in main_columns(b):
        if all(Decimal(r[at]) for r in rows):
            yield Mutant(f"{file} {column}", (cell(file, 6, column, "0"),), closed=True)


@operator("plausibility", "综合能耗错", "comprehensive energy (tce) recomputed")
def energy_total(b: Base) -> Iterator[Mutant]:
    for path, row in b.each("economics"):
        value = row.get("comprehensive_energy")
        if value and row["year"] == str(b.dossier.year):
            spots = [p for p, v in b.statements(f"economics.{row['year']}.comprehensive_energy") if v == value]
            wrong = [("×10", times(value, "10")), ("×0.1", times(value, "0.1")), *list(wrong_digits(value))[:2], *list(swapped_digits(value))[:2]]
            for how, other in wrong:
                if abs(Decimal(other) / Decimal(value) - 1) < Decimal("0.03"):
                    continue
                yield put(f"{path} {how}", (f"{path}.comprehensive_energy", other), *((p, other) for p in spots))


def measured(b: Base, *symbols: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Factors of these symbols with a plain value."""
    for path, datum in b.each("data"):
        if datum.get("symbol") in symbols and is_number(str(datum.get("verified", ""))) and "derive" not in datum:
            yield path, datum


def claimless(path: str) -> list[tuple[str, Any]]:
    """The factor said to be measured by the enterprise, and no default."""
    return [(f"{path}.library", None), (f"{path}.source", "企业实测"), (f"{path}.conclusion", "采用企业实测值")]


@operator("plausibility", "自测低位发热量超出该燃料的范围", "net calorific value in the fuel's band")
def ncv_out_of_band(b: Base) -> Iterator[Mutant]:
    for path, datum in measured(b, "NCV"):
        yield from (valued(path, times(datum["verified"], f), f"×{f}", *claimless(path)) for f in ("0.4", "2.2", "0.1"))


@operator("plausibility", "自测含碳量超出该燃料的范围", "carbon content in the fuel's band")
def carbon_out_of_band(b: Base) -> Iterator[Mutant]:
    for path, datum in measured(b, "CC"):
        if datum["unit"] == "tC/GJ":
            yield from (valued(path, times(datum["verified"], f), f"×{f}", *claimless(path)) for f in ("0.4", "3", "10"))


@operator("plausibility", "碳氧化率大于 1 或过小", "oxidation factor between 0 and 1")
def oxidation_out_of_band(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("symbol") == "OF":
            scale = 1 if datum["unit"] == "%" or str(datum["verified"]).endswith("%") else 100
            sign = "%" if str(datum["verified"]).endswith("%") else ""
            for percent in (103, 9):
                yield valued(path, f"{Decimal(percent) / scale}{sign}", str(percent), *claimless(path))


@operator("plausibility", "自测电力或热力因子不可能", "electricity and heat factors in their bands")
def purchased_factor_out_of_band(b: Base) -> Iterator[Mutant]:
    for path, datum in measured(b, "EF"):
        if datum["unit"] in ("tCO2/MWh", "tCO2/GJ"):
            yield from (valued(path, times(datum["verified"], f), f"×{f}", *claimless(path)) for f in ("0.1", "10"))


@operator("plausibility", "产品含碳量高于化学计量", "carbon content ≤ stoichiometric")
def carbon_above_stoichiometric(b: Base) -> Iterator[Mutant]:
    for line_path, line in b.each("lines"):
        if line.get("direction") == "out" and isinstance(line["inputs"].get("CC"), str):
            path = f"data.{line['inputs']['CC']}"
            yield from (valued(path, v, f"{v} {line_path}", *claimless(path)) for v in ("0.420", "0.500", "0.735"))


@operator("plausibility", "产出的碳多于投入的碳", "carbon out ≤ carbon in")
def carbon_from_nothing(b: Base) -> Iterator[Mutant]:
    for _, line in b.each("lines"):
        if line.get("direction") == "in" and isinstance(line["inputs"].get("AD"), str):
            path = f"data.{line['inputs']['AD']}"
            datum = b.at(path)
            if is_number(str(datum["verified"])):
                yield valued(path, times(datum["verified"], "0.3"), "×0.3", (f"{path}.series", None), (f"{path}.derive", None),
                             (f"{path}.cross_checks", None))


@operator("plausibility", "锅炉供热多于燃料热量", "heat ≤ fuel heat")
def heat_above_fuel(b: Base) -> Iterator[Mutant]:
    for _, datum in b.each("data"):
        if (datum.get("derive") or {}).get("formula") == "supplementary.boiler_heat_factor":
            heat = b.at(f"data.{datum['derive']['inputs']['Q']}")
            path = f"data.{heat['derive']['inputs']['Ma']}"
            yield from (valued(path, times(b.at(f"{path}.verified"), f), f"×{f}") for f in ("1.5", "2"))


@operator("plausibility", "蒸汽焓值与温度压力不符", "steam enthalpy against the guideline's table and IF97")
def enthalpy(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if (datum.get("library") or {}).get("table") == "steam":
            yield from (valued(path, v, v) for v in ("2759.9", "3954.9", "345.99", "3380.0"))
            yield put(f"{path} temperature", (f"{path}.library.temperature", "335.5"))
            yield put(f"{path} pressure", (f"{path}.library.pressure", "98"))


@operator("plausibility", "行业代码属于另一部指南", "the guideline chosen against the industry class")
def industry_of_other_guideline(b: Base) -> Iterator[Mutant]:
    for code, name in (("3011", "水泥制造"), ("4411", "火力发电"), ("3110", "炼铁")):
        if b.at("entity.industry_code"):
            spots = [(p, code) for p, _ in b.statements("entity.industry_code")] + [(p, name) for p, _ in b.statements("entity.industry_name")]
            yield put(code, ("entity.industry_code", code), ("entity.industry_name", name), *spots)


@operator("plausibility", "指南选错", "the guideline chosen against the industry class")
def other_guideline(b: Base) -> Iterator[Mutant]:
    for name in ("ndrc2015-industrial-other",):
        if b.dossier.guideline == "ndrc2015-machinery" and not any(line["source"] == "welding" for line in b.at("lines")):
            yield put(name, ("guideline", name))


@operator("plausibility", "与上年相比剧变而称没有异常波动", "year on year")
def year_on_year(b: Base) -> Iterator[Mutant]:
    for path, value in b.statements("previous.totals"):
        for f in ("0.4", "3"):
            text = b.at("conclusions.fluctuation", "").replace(value, times(value, f))
            yield put(f"{path} ×{f}", (path, times(value, f)), ("conclusions.fluctuation", text))
    rows = {row["year"]: path for path, row in b.each("economics")}
    path = rows.get(str(b.dossier.year - 1))
    if path and b.at(f"{path}.output"):
        yield put(f"{path} output", (f"{path}.output", times(b.at(f"{path}.output"), "0.4")))


@operator("plausibility", "经营数据自相矛盾", "value added ≤ gross output, profit ≤ revenue")
def money(b: Base) -> Iterator[Mutant]:
    for path, row in b.each("economics"):
        for small, large in (("value_added", "gross_output"), ("profit", "revenue")):
            if row.get(small) and row.get(large) and row["year"] == str(b.dossier.year):
                value = times(row[large], "1.4")
                yield put(f"{path} {small}", (f"{path}.{small}", like(Decimal(value), row[small])),
                          *((p, value) for p, _ in b.statements(f"economics.{row['year']}.{small}")))


@operator("plausibility", "全年产量差十倍，各处一致", "intensity per product; capacity; stock and sales")
def output_tenfold(b: Base) -> Iterator[Mutant]:
    for path, product in b.each("products"):
        if not product.get("output") or product.get("year") != str(b.dossier.year):
            continue
        elsewhere = [d for _, d in b.each("data") if d.get("verified") == product["output"]] + list(b.statements(f"product.{product['name']}"))
        if not elsewhere:
            continue
        value = times(product["output"], "0.1")
        rows = [(f"{p}.output", like(Decimal(r["output"]) - Decimal(product["output"]) * Decimal("0.9"), r["output"]))
                for p, r in b.each("economics") if r.get("output") and r["year"] == product["year"]]
        said = [(p, value) for p, v in b.statements(f"product.{product['name']}") if v == product["output"]]
        yield put(path, (f"{path}.output", value), *rows, *said)


@operator("plausibility", "全年用电量差千倍，单位没有换算，各处一致", "comprehensive energy; energy per product")
def electricity_thousandfold(b: Base) -> Iterator[Mutant]:
    for _, line in b.each("lines"):
        name = line.get("inputs", {}).get("AD") or line.get("inputs", {}).get("AD_in")
        if line["source"] == "electricity" and isinstance(name, str):
            path = f"data.{name}"
            datum = b.at(path)
            gone = [(f"{path}.{key}", None) for key in ("series", "derive") if key in datum]
            checks = [(f"{p}.value", times(c["value"], "1000")) for p, c in b.each(f"{path}.cross_checks") if c.get("value")]
            said = [(p, times(v, "1000")) for p, v in b.statements(f"datum.{name}") if v == datum["verified"]]
            yield valued(path, times(datum["verified"], "1000"), "×1000", *gone, *checks, *said)
