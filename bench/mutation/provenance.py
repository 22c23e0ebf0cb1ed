"""Values that do not come from where they are said to come from (取值出处). Sums follow, so that closure stays silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tanhe.dossier.variant import Change

from .base import Base, Mutant, is_number, operator, put, swapped_digits, times, wrong_digits

FUELS = {
    # Net calorific value, carbon content per GJ, oxidation in per cent: the guidelines' annex tables.
    "anthracite": ("24.515", "0.02749", "94"), "bituminous": ("23.204", "0.02618", "93"), "diesel": ("43.330", "0.0202", "98"),
    "gasoline": ("44.800", "0.0189", "98"), "natural_gas": ("389.31", "0.0153", "99"), "lpg": ("47.310", "0.0172", "99"),
}
PARAMETERS = ("ncv", "carbon_content", "oxidation_factor")
GRID = {("华北", 2012): "0.8843", ("东北", 2012): "0.7769", ("华东", 2012): "0.7035", ("华中", 2012): "0.5257",
        ("西北", 2012): "0.6671", ("南方", 2012): "0.5271", ("全国", 2021): "0.5568", ("全国", 2022): "0.5366"}
LATER = ("0.5306", 2023)
"""The national factor of 2023, published in December 2025: after every report of the examples was signed."""


def defaults(b: Base) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Path, datum and value of every factor that claims to be a library value."""
    for path, datum in b.each("data"):
        value = str(datum.get("verified", ""))
        if "library" in datum and datum.get("derive") is None and is_number(value.rstrip("%")):
            yield path, datum, value


def valued(path: str, value: str, where: str, *more: tuple[str, Any]) -> Mutant:
    """The datum with another value in both columns; what follows from it follows."""
    return put(f"{path} {where}", (f"{path}.reported", value), (f"{path}.verified", value), *more, closed=True)


@operator("provenance", "缺省值一位数字错", "default values digit by digit against the guideline's table")
def default_digit(b: Base) -> Iterator[Mutant]:
    for path, _, value in defaults(b):
        sign = "%" if value.endswith("%") else ""
        yield from (valued(path, wrong + sign, how) for how, wrong in wrong_digits(value.rstrip("%")))


@operator("provenance", "缺省值两位数字对调", "default values digit by digit against the guideline's table")
def default_swapped(b: Base) -> Iterator[Mutant]:
    for path, _, value in defaults(b):
        sign = "%" if value.endswith("%") else ""
        yield from (valued(path, wrong + sign, how) for how, wrong in swapped_digits(value.rstrip("%")))


@operator("provenance", "缺省值差 10 的若干次方", "default values digit by digit against the guideline's table")
def default_power(b: Base) -> Iterator[Mutant]:
    for path, _, value in defaults(b):
        if not value.endswith("%"):
            yield from (valued(path, times(value, f), f"×{f}") for f in ("0.1", "10", "1000"))


@operator("provenance", "碳氧化率小数与百分数混用", "default values against the guideline's table, per cent and share")
def oxidation_as_share(b: Base) -> Iterator[Mutant]:
    for path, datum, value in defaults(b):
        if datum["library"].get("parameter") == "oxidation_factor":
            share = str(Decimal(value.rstrip("%")) / 100)
            wrong = share + "%" if value.endswith("%") else share
            yield valued(path, wrong, "share as per cent")


@operator("provenance", "取了另一种燃料的缺省值", "default values against the guideline's table; the intended row named")
def default_of_other_fuel(b: Base) -> Iterator[Mutant]:
    for path, datum, value in defaults(b):
        claim = datum["library"]
        if claim["table"] == "fuel" and claim["fuel"] in FUELS:
            for fuel, row in FUELS.items():
                other = row[PARAMETERS.index(claim["parameter"])] + ("%" if value.endswith("%") else "")
                if fuel != claim["fuel"] and Decimal(other.rstrip("%")) != Decimal(value.rstrip("%")):
                    yield valued(path, other, fuel)


@operator("provenance", "缺省值与所称的燃料都是另一种", "the factor's fuel is the fuel of the line")
def claim_and_value_of_other_fuel(b: Base) -> Iterator[Mutant]:
    for path, datum, value in defaults(b):
        claim = datum["library"]
        if claim["table"] == "fuel" and claim["fuel"] in FUELS:
            for fuel, row in FUELS.items():
                other = row[PARAMETERS.index(claim["parameter"])] + ("%" if value.endswith("%") else "")
                if fuel != claim["fuel"] and Decimal(other.rstrip("%")) != Decimal(value.rstrip("%")):
                    yield valued(path, other, fuel, (f"{path}.library.fuel", fuel))


@operator("provenance", "所称的燃料错，数值不变", "the claimed library row has another value or another fuel than the line")
def claim_of_other_fuel(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in defaults(b):
        if datum["library"]["table"] == "fuel":
            own = {datum["library"]["fuel"], *(x.get("fuel") for x in b.at("lines") if path[5:] in x.get("inputs", {}).values())}
            yield from (put(f"{path} {f}", (f"{path}.library.fuel", f)) for f in FUELS if f not in own)


@operator("provenance", "排放行所写的燃料错", "the factor's fuel is the fuel of the line")
def line_of_other_fuel(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        if line.get("fuel") and line.get("inputs"):
            yield from (put(f"{path} {f}", (f"{path}.fuel", f)) for f in ("gasoline", "anthracite", "lpg") if f != line["fuel"])


def grid(b: Base) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The electricity factors among the defaults."""
    return ((p, d, v) for p, d, v in defaults(b) if d["library"]["table"] == "electricity")


@operator("provenance", "电力因子取了另一年或另一区域的值", "the claimed electricity factor digit by digit")
def grid_value(b: Base) -> Iterator[Mutant]:
    for path, _, value in grid(b):
        yield from (valued(path, other, f"{area} {year}") for (area, year), other in GRID.items() if other != value)


@operator("provenance", "电力因子的年份标签错", "the claimed electricity factor digit by digit")
def grid_year_label(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in grid(b):
        year = int(datum["library"].get("data_year", 0))
        yield from (put(f"{path} {y}", (f"{path}.library.data_year", str(y))) for y in (year - 1, year + 1, year - 10))


@operator("provenance", "电力因子的区域标签错", "the claimed electricity factor digit by digit; region contains the province")
def grid_area_label(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in grid(b):
        for area in ("华北", "华中", "西北"):
            if area != datum["library"]["area"]:
                yield put(f"{path} {area}", (f"{path}.library.area", area), (f"{path}.library.scope", None))


@operator("provenance", "取了不含本省的区域电网因子", "region contains the province")
def grid_of_other_region(b: Base) -> Iterator[Mutant]:
    for path, _, _ in grid(b):
        for area in ("东北", "西北", "南方"):
            said = f"《2011年和2012年中国区域电网平均二氧化碳排放因子》中2012年度{area}区域电网平均二氧化碳排放因子"
            claim = {"table": "electricity", "area": area, "data_year": "2012"}
            yield valued(path, GRID[area, 2012], area, (f"{path}.library", claim), (f"{path}.source", said), *_titles(b, said))


def _titles(b: Base, said: str) -> list[tuple[str, Any]]:
    return [(path, said) for path, _ in b.statements("electricity-factor-title")]


@operator("provenance", "用了已有更新值的旧年份因子，各处一致", "most recent factor published when the report was signed")
def grid_outdated(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in grid(b):
        claim = datum["library"]
        if claim["area"] == "全国" and int(claim["data_year"]) == 2022 and b.clean:
            yield valued(path, GRID["全国", 2021], "2021", (f"{path}.library.data_year", "2021"),
                         (f"{path}.source", "生态环境部、国家统计局公告2024年第12号，2021年全国平均电力二氧化碳排放因子"),
                         *_titles(b, "2021年全国平均电力二氧化碳排放因子"))


@operator("provenance", "用了报告签发时尚未公布的因子", "factor published before the report was signed")
def grid_from_the_future(b: Base) -> Iterator[Mutant]:
    for path, _, _ in grid(b):
        said = "生态环境部、国家统计局公告2025年第47号，2023年全国平均电力二氧化碳排放因子"
        claim = {"table": "electricity", "area": "全国", "scope": "national_average", "data_year": str(LATER[1])}
        yield valued(path, LATER[0], "2023", (f"{path}.library", claim), (f"{path}.source", said), *_titles(b, said))


@operator("provenance", "电力因子的文字所称年份错", "title and value belong together")
def grid_title_year(b: Base) -> Iterator[Mutant]:
    spots = [(f"{path}.source", datum.get("source", "")) for path, datum, _ in grid(b)] + list(b.statements("electricity-factor-title"))
    for path, said in spots:
        for year in sorted(set(re.findall(r"20\d\d(?=年(?:度)?(?:全国|华北|华东|东北|华中|西北|南方))", said))):
            other = str(int(year) - 2)
            yield put(f"{path} {other}", (path, said.replace(f"{year}年", f"{other}年")))


@operator("provenance", "去掉缺省值的引用而数值错，文字仍称缺省值", "a source text that says default needs the table's value")
def default_without_claim(b: Base) -> Iterator[Mutant]:
    for path, datum, value in defaults(b):
        if datum["library"]["table"] in ("fuel", "heat") and "缺省" in datum.get("source", ""):
            sign = "%" if value.endswith("%") else ""
            for how, wrong in list(wrong_digits(value.rstrip("%")))[:2]:
                yield valued(path, wrong + sign, how, (f"{path}.library", None))


@operator("provenance", "外购热力没有取 0.11 而无供热单位数据", "the heat default of the guideline")
def heat_default(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in defaults(b):
        if datum["library"]["table"] == "heat":
            yield from (valued(path, v, v) for v in ("0.10", "0.12", "0.011"))


def _cited(b: Base, document: str) -> bool:
    return any(document in datum.get("documents", []) for _, datum in b.each("data"))


@operator("provenance", "证据的日期在报告签发之后", "the document existed on the report's date")
def document_from_the_future(b: Base) -> Iterator[Mutant]:
    signed = b.dossier.dates.issued or b.dossier.dates.approved
    if signed is None:
        return
    for path, document in b.each("documents"):
        if _cited(b, document["id"]):
            yield put(path, (f"{path}.date", str(signed + timedelta(days=60))))


@operator("provenance", "证据是另一年度的", "the document's data year is the reporting year")
def document_of_other_year(b: Base) -> Iterator[Mutant]:
    year = str(b.dossier.year)
    for path, document in b.each("documents"):
        title = str(document["title"])
        if year in title and _cited(b, document["id"]):
            yield put(path, (f"{path}.title", title.replace(year, str(int(year) - 1))))


@operator("provenance", "数据引用了不相干的文件", "the cited document is the one the source text names")
def document_of_other_datum(b: Base) -> Iterator[Mutant]:
    cited = [(p, d["documents"]) for p, d in b.each("data") if d.get("documents") and d.get("kind", "activity") == "activity"]
    for (path, own), (_, other) in zip(cited, cited[4:] + cited[:4], strict=True):
        if not set(own) & set(other):
            yield put(path, (f"{path}.documents", other))


@operator("provenance", "数据引用了证据清单没有的文件", "every cited document is in the evidence list")
def document_unknown(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("documents") and b.at("documents"):
            yield put(path, (f"{path}.documents", ["D98"]))


@operator("provenance", "来源文字所称的文件不在证据清单", "every named document is in the evidence list")
def source_unknown(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("documents") and datum.get("kind", "activity") == "activity" and "series" in datum:
            yield put(path, (f"{path}.source", "《用能权审计说明》"))


@operator("provenance", "所称缺省值出自不适用的指南", "the library claim is of the dossier's guideline")
def default_of_other_guideline(b: Base) -> Iterator[Mutant]:
    for path, datum, _ in defaults(b):
        if datum["library"]["table"] == "fuel" and "guideline" not in datum["library"]:
            yield Mutant(path, (Change(f"{path}.library.guideline", "mee2023-power"),))
