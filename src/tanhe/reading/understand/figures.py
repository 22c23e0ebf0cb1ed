"""Quantities that a report repeats (重复出现的数量): totals, subtotals, economic figures, products, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.production import summary_products
from tanhe.reading.understand.result_sheets import results, unit_of
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_N = r"(?P<v>\d[\d,]{0,20}(?:\.\d{1,10})?)(?P<u>吨二氧化碳当量|吨CO2当量|tCO2e?|万?吨CO2e?|万?tCO2e?|吨)"
_PROSE = tuple((about, re.compile(pattern + r"[^。;，\d]{0,8}?(?:为|是|:)" + _N)) for about, pattern in (
    ("totals.including", r"(?:企业)?温室气体排放总量"),
    ("totals.excluding", r"(?<=其中)不(?:包括|含)净?购入(?:使用的?)?的?电力(?:和|、|与)热力的?"),
    ("subtotals.combustion", r"化石燃料燃烧[^。;，]{0,6}排放量?"),
    ("subtotals.process", r"(?:工业)?生产过程[^。;，]{0,8}排放量?"),
    ("subtotals.purchased", r"(?<!不包括)(?<!不含)(?<!不包括净)(?<!不含净)净?购入(?:使用的?)?电力(?:和|、|与)?热力[^。;，]{0,6}排放量?"),
    ("subtotals.electricity", r"净?购入(?:使用的?)?电力(?!和?、?热力)[^。;，]{0,6}排放量?"),
))
_MONEY = re.compile(r"(?:(?P<y>20\d\d)年度?)?(?:全年|公司|企业|实现|完成|达到|共)*(?P<w>营业收入|销售收入|(?:工业)?总产值|利润总额|(?:上[交缴])?(?:利税|税[费金收款]))"
                    r"(?:达到?|为|实现|约|共)*(?P<v>\d[\d,.]{0,20})(?P<m>[余多])?(?P<u>万元|亿元)(?P<n>[余多])?")
_FIELDS = {"收入": "revenue", "产值": "gross_output", "利润": "profit", "税": "tax"}
_BEFORE = re.compile(r"(?P<y>20\d\d)年度?(?:的)?(?:企业)?(?:温室气体|二氧化碳|碳)?排放(?:总)?量(?:为|是)?" + _N)


def statement(about: str, value: Said, where: str, unit: str = "", text: str = "") -> Listed:
    """A statement of the report for the rules of consistency."""
    fields = {"about": Said(about, value.place), "value": value, "where": Said(where, value.place)}
    if unit:
        fields["unit"] = Said(unit, value.place)
    if text:
        fields["text"] = Said(text, value.place)
    return Listed("statements", fields)


def figures(v: View) -> Iterator[Listed]:
    """Totals and subtotals of every table and sentence; economic figures of text; products of repeated tables."""
    own = v.year.text if v.year is not None else ""
    last: tuple[Sheet, list[tuple[str, Said | None, str]]] | None = None
    for sheet in v.outline.sheets:
        found = results(sheet)
        if not found:
            continue
        if last is None or sheet.zone == "body":
            last = (sheet, found)
        for row, said, unit in found:
            if said is not None and row in ("totals.including", "totals.excluding", "combustion", "process", "electricity", "heat", "purchased"):
                yield statement(row if "." in row else f"subtotals.{row}", said, sheet.where, unit)
    if last is not None:
        rows = ",".join(dict.fromkeys(n for n, _, _ in last[1] if not n.startswith("totals")))
        yield statement("result-rows", Said(rows, last[0].table.place), last[0].where)
    yield from _cover(v)
    for line in v.lines:
        if line.kind == "heading" or line.topic in ("method", "activity-data", "factor-data"):
            continue
        text = line.flat.text
        for about, pattern in _PROSE if "排放" in text else ():
            for match in pattern.finditer(text):
                yield statement(about, line.said(*match.span("v")), line.where, unit_of(match["u"]) or "tCO2e")
        if line.topic == "fluctuation":
            for match in _BEFORE.finditer(text):
                about_ = {own: "totals.including", str(int(own or 0) - 1): "previous.totals.including"}.get(match["y"])
                if about_:
                    yield statement(about_, line.said(*match.span("v")), line.where, unit_of(match["u"]) or "tCO2")
        if line.kind == "paragraph" and "元" in text:
            year = own
            for match in _MONEY.finditer(text):
                year = match["y"] or year
                field = next(f for word, f in _FIELDS.items() if word in match["w"])
                more = match["m"] or match["n"] or ""
                yield statement(f"economics.{year}.{field}", Said(match["v"] + more, line.place), line.where, match["u"])


def _cover(v: View) -> Iterator[Listed]:
    """The totals of the form on the cover (排放量, 按指南核算的… 与按补充数据表填报的…)."""
    product = supplementary_product(v)
    for name in ("totals.verified", "totals.initial"):
        pair = v.pair(name)
        if pair is None or pair.sheet is None:
            continue
        unit = unit_of(fold(pair.label.text)) or "tCO2e"
        cells = [pair.value, *pair.rest]
        if not any(_figure(c) for c in cells) and pair.row + 1 < len(pair.sheet.grid):
            cells = [Said(c.text, c.place) for c in pair.sheet.grid[pair.row + 1] if c is not None and words(c)]
        for n, cell in enumerate(cells[:2]):
            match = _figure(cell)
            about = "totals.including" if n == 0 else f"supplementary.{product}.total" if product else ""
            if match and about:
                yield statement(about, Said(match, cell.place), pair.where, unit_of(fold(cell.text)) or unit,
                                "经核查后" if name == "totals.verified" else "初始报告")


def _figure(said: Said) -> str | None:
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(t?CO2e?|吨.*)?", fold(said.text))
    return match[1] if match and not re.fullmatch(r"20\d\d", match[1]) else None


def supplementary_product(v: View) -> str:
    """The product of the supplementary table, as its result table names it; empty when there is none."""
    return next((bare_product(row["product"].text) for _, row in _supplementary_rows(v)), "")


def bare_product(name: str) -> str:
    """A product's name without what stands in brackets: ``甲醇 (折 100%)`` is 甲醇."""
    return re.sub(r"[(（].*?[)）]", "", name).strip()


def _supplementary_rows(v: View) -> Iterator[tuple[Sheet, dict[str, Said]]]:
    for sheet in v.outline.sheets:
        columns: dict[str, int] = {}
        for row in sheet.grid[:2]:
            for n, cell in enumerate(row):
                word = words(cell)
                for field, pattern in (("unit_name", r"设施/工序或车间|设施|车间|分厂.*"), ("product", "产品名称"), ("output", r"产品?产量.*"), ("total", "排放量.*")):
                    if re.fullmatch(pattern, word):
                        columns.setdefault(field, n)
        if {"unit_name", "product", "total"} <= columns.keys():
            for row in sheet.grid[1:]:
                fields = {f: Said(c.text.strip(), c.place) for f, n in columns.items() if n < len(row) and (c := row[n]) is not None and words(c)}
                if "product" in fields and "total" in fields:
                    yield sheet, fields


def _supplementary_totals(v: View, product: str) -> Iterator[Listed]:
    """The total and the unit's name in the tables of the supplementary section."""
    for sheet in v.outline.sheets:
        if sheet.topic != "supplementary" or "补充数据" not in fold(sheet.caption):
            continue
        for row in sheet.grid:
            filled = [c for c in row if c is not None and words(c)]
            numbers = [c for c in filled if _NUMBER.fullmatch(words(c))]
            label = next((words(c) for c in filled if re.search(r"^合计|^\d?二氧化碳排放总量", words(c))), "")
            if len(numbers) == 1 and label:
                yield statement(f"supplementary.{product}.total", Said(numbers[0].text, numbers[0].place), sheet.where, unit_of(label) or "tCO2")
            elif len(filled) == 1 and re.fullmatch(re.escape(product) + r"[\u4e00-\u9fff]{0,6}(?:装置|车间|分厂)", words(filled[0])):
                yield statement(f"supplementary.{product}.unit_name", Said(filled[0].text, filled[0].place), sheet.where)


def repeated(v: View) -> Iterator[Listed]:
    """Supplementary results, summary tables and labelled economic figures."""
    own = v.year.text if v.year is not None else ""
    if name_ := supplementary_product(v):
        yield from _supplementary_totals(v, name_)
    for sheet, row in _supplementary_rows(v):
        product = bare_product(row["product"].text)
        yield statement(f"supplementary.{product}.total", row["total"], sheet.where, "tCO2")
        if "unit_name" in row:
            yield statement(f"supplementary.{product}.unit_name", row["unit_name"], sheet.where)
        if "output" in row and _NUMBER.fullmatch(fold(row["output"].text)):
            yield statement(f"product.{product}", row["output"], sheet.where, "t")
    for sheet in v.outline.sheets:
        if sheet.listing is None or sheet.listing.kind.name != "summary":
            continue
        for listed in sheet.listing.rows:
            row = dict(listed)
            if "uscc" not in row or not re.fullmatch(r"[0-9A-Z]{15,18}", fold(row["uscc"].text)):
                continue
            told = re.search(r"20\d\d", row["year"].text) if "year" in row else None
            of = told[0] if told else own
            for field, about, unit in (("including", "totals.including", "万tCO2e"), ("gross_output", f"economics.{of}.gross_output", "万元"),
                                       ("fixed_assets", f"economics.{of}.fixed_assets", "万元"),
                                       ("employees", "entity.employees" if of == own else f"economics.{of}.employees", "人"),
                                       ("comprehensive_energy", f"economics.{of}.comprehensive_energy", "万吨标煤"), ("name", "entity.name", "")):
                if field == "including" and of != own:
                    continue
                if field in row and (field == "name" or _NUMBER.fullmatch(fold(row[field].text))):
                    yield statement(about, row[field], sheet.where, unit)
            product = supplementary_product(v)
            if product and "supplementary" in row and _NUMBER.fullmatch(fold(row["supplementary"].text)):
                yield statement(f"supplementary.{product}.total", row["supplementary"], sheet.where, "万tCO2")
        for name, unit_said, output, year in summary_products(sheet.grid):
            about = f"product.{bare_product(name.text)}" + (f".{year}" if year not in ("", own) else "")
            yield statement(about, output, sheet.where, unit_said.text)
    for pair in v.pairs:
        value = fold(pair.value.text)
        if pair.name.startswith("economics.") and own and _NUMBER.fullmatch(value):
            unit = "万吨标煤" if pair.name.endswith("energy") else "万元"
            yield statement(f"economics.{own}.{pair.name.removeprefix('economics.')}", pair.value, pair.where, unit)
        elif pair.name == "entity.employees" and _NUMBER.fullmatch(value):
            yield statement("entity.employees", pair.value, pair.where, "人")
