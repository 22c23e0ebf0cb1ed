"""Products and economic figures (产品与经营情况): tables by year or by product, the summary table, labelled figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Line, Sheet
from tanhe.reading.understand.sheets import Grid, Listing, by_year, unit_in, words
from tanhe.reading.understand.view import View

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_DASHES = frozenset({"", "/", "-", "--", "—", "——"})
_WITH_UNIT = re.compile(r"(?P<n>\d[\d,]*(?:\.\d+)?)(?P<u>[^\d\s]{1,12})")
_CAPACITY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)的?(?:设计|公称|年)?(?:产能|产量|生产能力)(?:为|达)?(?P<n>\d[\d,.]{0,20})(?P<u>万?[吨台套件只m]{1,3}/年(?:\([^()]{1,8}\))?)")
_MAIN = re.compile(r"主要(?:从事|生产)(?P<p>[\u4e00-\u9fff]{2,10}?)(?:的?(?:加工|生产|制造|销售)|[，。,])")


def production(v: View) -> Iterator[Claim]:
    """Products and economic figures of every table, and capacities told in prose."""
    own = v.year.text if v.year is not None else ""
    economics: dict[str, dict[str, Said]] = {}
    found: list[dict[str, Said]] = []
    for sheet in v.outline.sheets:
        _by_indicator(sheet.grid, economics)
    for sheet in v.outline.sheets:
        if sheet.listing is not None and sheet.listing.kind.name == "products":
            _gather(_products(sheet, sheet.listing, own), found)
        elif sheet.listing is not None and sheet.listing.kind.name == "economics":
            _gather(_years(v, sheet.listing, economics), found)
    for sheet in v.outline.sheets:
        if sheet.listing is not None and sheet.listing.kind.name == "summary":
            _gather(_summary(sheet, sheet.listing, own, economics), found)
    for pair in v.pairs:
        field = pair.name.removeprefix("economics.")
        if field != pair.name and own and _NUMBER.fullmatch(fold(pair.value.text)):
            economics.setdefault(own, {"year": Said(own, pair.value.place)}).setdefault(field, pair.value)
    staff = v.pair("entity.employees")
    if staff is not None and own in economics and _NUMBER.fullmatch(fold(staff.value.text)):
        economics[own].setdefault("employees", staff.value)
    staff_only = {"year", "employees"} if staff is not None else {"year"}
    for fields in economics.values():
        if fields.keys() - staff_only:
            yield Listed("economics", fields)
    for line in v.outline.of("basic", "products", zone="body"):
        for match in _CAPACITY.finditer(line.flat.text):
            _add_capacity(line, match, found)
    for fields in found:
        yield Listed("products", fields)


def _gather(products: Iterable[dict[str, Said]], found: list[dict[str, Said]]) -> None:
    """Products not listed yet; of one listed before with that output only what was not known of it."""
    for product in products:
        same = next((p for p in found if "output" in p and "output" in product
                     and fold(p["output"].text) == fold(product["output"].text) and fold(p["name"].text) == fold(product["name"].text)), None)
        if same is None:
            found.append(product)
        else:
            same |= {name: said for name, said in product.items() if name not in same and name != "year"}


def _add_capacity(line: Line, match: re.Match[str], found: list[dict[str, Said]]) -> None:
    """A capacity told in prose: of the product listed under that name or the end of it, else of one more product."""
    name = line.said(*match.span("name"))
    given = {"capacity": line.said(*match.span("n")), "capacity_unit": line.said(*match.span("u"))}
    given["capacity_unit"] = Said(re.sub(r"[（(][^（()）]*(?:能力|产能)[)）]$", "", given["capacity_unit"].text), given["capacity_unit"].place)
    same = next((p for p in found if fold(name.text).endswith(fold(p["name"].text)) and len(fold(p["name"].text)) > 1), None)
    if same is None:
        found.append({"name": name, **given})
    elif "capacity" not in same:
        same |= given


def _year(words_: str, own: str) -> str:
    match = re.search(r"(?:19|20)\d\d", words_)
    return match[0] if match else own


def _by_indicator(given: Grid, economics: dict[str, dict[str, Said]]) -> None:
    """The figures of a table with a column for every year."""
    years, rows = by_year(given)
    for n, year in years:
        for field, row in rows:
            cell, label = row[n] if n < len(row) else None, row[0]
            if cell is None or label is None or not _NUMBER.fullmatch(fold(cell.text)):
                continue
            fields = economics.setdefault(year, {"year": Said(year, cell.place)})
            fields.setdefault(field, Said(fold(cell.text), cell.place))
            if field == "output" and (unit := unit_in(label.text)):
                fields.setdefault("output_unit", Said(unit, label.place))


def _products(sheet: Sheet, found: Listing, own: str) -> Iterator[dict[str, Said]]:
    values = [row for row in found.rows if "value" in row]
    for row in found.rows:
        name = row.get("name")
        if name is None or fold(name.text) in ("合计", "总计", "/", "-"):
            continue
        fields: dict[str, Said] = {"name": name}
        if "year" not in row or fold(row["year"].text) not in _DASHES:
            fields["year"] = Said(_year(row["year"].text, own) if "year" in row else _year(sheet.caption, own), row.get("year", name).place)
        for field in ("output", "capacity", "value"):
            said = row.get(field)
            if said is None or (field == "value" and len(values) == 1 and len(found.rows) > 1):
                continue
            number, unit = _split(said, found.header.get(field))
            if number is None:
                continue
            fields[field] = number
            if unit is not None:
                fields["unit" if field == "output" else f"{field}_unit"] = unit
        fields.pop("value_unit", None)
        for field, of in (("unit", "output"), ("capacity_unit", "capacity")):
            if field in row and fold(row[field].text) not in _DASHES and (of in fields or field == "unit"):
                fields[field] = row[field]
        if fields.keys() & {"output", "capacity", "value", "unit"}:
            yield fields


def _split(said: Said, header: Said | None) -> tuple[Said | None, Said | None]:
    folded = fold(said.text)
    if _NUMBER.fullmatch(folded):
        unit = unit_in(header.text) if header is not None else ""
        return said, Said(unit, (header or said).place) if unit else None
    match = _WITH_UNIT.fullmatch(folded)
    return (Said(match["n"], said.place), Said(match["u"], said.place)) if match else (None, None)


def _years(v: View, found: Listing, economics: dict[str, dict[str, Said]]) -> Iterator[dict[str, Said]]:
    product = next((x.said(*m.span("p")) for x in v.outline.of("products", "basic", "process") if (m := _MAIN.search(x.flat.text))), None)
    for row in found.rows:
        match = re.search(r"(?:19|20)\d\d", row["year"].text) if "year" in row else None
        if match is None:
            continue
        fields = economics.setdefault(match[0], {"year": Said(match[0], row["year"].place)})
        for name, said in row.items():
            if name != "year" and _NUMBER.fullmatch(fold(said.text)):
                fields.setdefault(name, Said(fold(said.text), said.place))
        unit = unit_in(found.header["output"].text) if "output" in found.header else ""
        if "output" in fields and unit:
            fields.setdefault("output_unit", Said(unit, found.header["output"].place))
            if product is not None:
                yield {"name": product, "unit": Said(unit, found.header["output"].place),
                       "output": fields["output"], "year": fields["year"]}


def _summary(sheet: Sheet, found: Listing, own: str, economics: dict[str, dict[str, Said]]) -> Iterator[dict[str, Said]]:
    for row in found.rows:
        if not re.fullmatch(r"[0-9A-Z]{15,18}", fold(row["uscc"].text) if "uscc" in row else ""):
            continue
        year = _year(row["year"].text if "year" in row else "", own)
        fields = economics.setdefault(year, {"year": Said(year, row["uscc"].place)})
        for name in ("employees", "fixed_assets", "gross_output", "comprehensive_energy"):
            if name in row and _NUMBER.fullmatch(fold(row[name].text)):
                fields.setdefault(name, row[name])
    for product, unit, output, year in summary_products(sheet.grid):
        yield {"name": product, "unit": unit, "output": output, "year": Said(year or own, product.place)}


def summary_products(given: Grid) -> Iterator[tuple[Said, Said, Said, str]]:
    """Name, unit, output and year of every product of a summary table (产品一、产品二 …); no year where there is no column of years."""
    years = next((n for row in given for n, c in enumerate(row) if words(c) in ("年度", "年份", "报告年度")), None)
    for r, row in enumerate(given):
        columns = [n for n in range(len(row) - 2) if (words(row[n]), words(row[n + 1]), words(row[n + 2])) == ("名称", "单位", "产量")]
        for below in given[r + 1:] if columns else ():
            for n in columns:
                cells = below[n:n + 3]
                if len(cells) == 3 and all(map(words, cells)) and _NUMBER.fullmatch(words(cells[2])):
                    name, unit, output = (Said(c.text, c.place) for c in cells if c is not None)
                    yield name, unit, output, _year(words(below[years]), "") if years is not None and years < len(below) else ""


