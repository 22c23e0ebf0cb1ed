"""Calculation tables become emission lines (排放量计算表 → 排放行): inputs matched to data by value, kind and item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, Literal

from tanhe.guidelines.model import Guideline, Source
from tanhe.quantity.units import DIMENSIONLESS, Unit, unit
from tanhe.reading.assemble.calculation_said import say_against, say_printed
from tanhe.reading.assemble.drafts import Draft, Kind, Pool, number
from tanhe.reading.assemble.series import Table, on_demand
from tanhe.reading.assemble.sources import INWARD, OUTWARD, directed, source_of
from tanhe.reading.assemble.symbols import has_own, names, own_inputs
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import (
    FACTORS,
    Role,
    fresh,
    fuel_in,
    nearest_unit,
    role_of,
    slug,
    squeeze,
    unit_of,
)
from tanhe.reading.claims import Calculation, CalculationRow, Said
from tanhe.reading.understand.absence import says_nothing

_ROLES: Final[Mapping[str, tuple[Role, ...]]] = {
    "AD": ("amount", "output"), "AD_in": ("amount",), "AD_out": ("amount",), "NCV": ("ncv",), "CC": ("cc", "ccpe"), "OF": ("of",),
    "EF": ("ef",), "PUR": ("purity",),
}
_OUT: Final = re.compile(r"外供|外销|外售|转供|输出量|售出")
_FILED: Final = re.compile(r"填报(?!.{0,4}核查)|企业(?:报告|填报)的?算法")
_SUM: Final = re.compile(r"合计|小计|总计")


@dataclass
class Line:
    """An emission line being assembled."""

    id: str
    source: str
    item: Said
    fuel: str | None
    direction: Literal["in", "out"] | None
    inputs: dict[str, Any]
    reported: Said
    """The printed figure; words such as 无数据 where there is none."""
    title: str
    section: str
    supplementary: bool = False
    as_reported: dict[str, Any] | None = None
    note: str = ""
    unit_name: str = ""


@dataclass
class Lines:
    """Lines of all tables, printed totals by source, and what the tables say about data again."""

    lines: list[Line] = field(default_factory=list)
    totals: dict[str, Said] = field(default_factory=dict)
    again: list[dict[str, Said | str]] = field(default_factory=list)


def read_calculations(
    claims: Iterable[Calculation], guideline: Guideline, pool: Pool, tables: list[Table], tree: Tree, headings: Mapping[str, str]
) -> Lines:
    """Every row with a figure becomes a line; a row without a recognisable source is listed as unplaced."""
    found = Lines()
    for claim in claims:
        supplementary = "补充" in claim.title or "补充" in _under(claim.section, headings)
        claim = directed(claim)
        say_printed(claim, tree)
        for row in claim.rows:
            if _SUM.search(row.item.text) and not row.inputs:
                if found.lines and not supplementary and number(row.result.text) is not None:
                    found.totals[found.lines[-1].source] = row.result
                continue
            if number(row.result.text) is None and not says_nothing(row.result.text):
                tree.lose(row.result, f"计算表“{squeeze(claim.title)}”的结果不是一个数")
                continue
            source = source_of(claim, row, guideline, supplementary)
            if source is None and guideline.partial and not supplementary:
                _of_its_own(claim, row, found)
                continue
            if source is None:
                tree.lose(Said(f"{row.item.text} {row.result.text}", row.result.place), "计算表的一行认不出排放源")
                continue
            line = _line(claim, row, source, supplementary, pool, tables, tree, found)
            if not (_FILED.search(claim.title) and _beside(line, found)):
                found.lines.append(line)
        if claim.rows and claim.total is not None and number(claim.total.text) is not None and found.lines and not supplementary:
            found.totals.setdefault(found.lines[-1].source, claim.total)
    return found


def _of_its_own(claim: Calculation, row: CalculationRow, found: Lines) -> None:
    """A table of a source that only its own guideline knows: one line with the printed figure, nothing to recompute it."""
    printed = claim.total if claim.total is not None and number(claim.total.text) is not None else row.result
    title = squeeze(claim.title)
    if any(line.title == title and line.reported == printed for line in found.lines):
        return
    name = re.sub(r"^表\s*[\d.\-–]+\s*|的?(?:排放量)?计算表?$", "", title) or row.item.text
    found.lines.append(Line(fresh(f"other/{slug(name, '', None)}", [x.id for x in found.lines]), "other",
                            Said(squeeze(name), row.item.place), None, None, {}, printed, title, claim.section))


def _beside(line: Line, found: Lines) -> bool:
    """Take a line of a table of the filed calculation as the reported side of the line already read for the same item."""
    same = next((x for x in found.lines if (x.source, x.item.text, x.direction, x.supplementary) ==
                 (line.source, line.item.text, line.direction, line.supplementary)), None)
    if same is None:
        return False
    same.as_reported, same.reported = line.inputs, line.reported
    return True


def _under(section: str, headings: Mapping[str, str]) -> str:
    """The headings above a section: 3.4.4.2 lies under 3.4.4."""
    parts = section.split(".")
    return " ".join(headings.get(".".join(parts[:n]), "") for n in range(1, len(parts) + 1))


def _line(
    claim: Calculation, row: CalculationRow, source: Source, supplementary: bool, pool: Pool, tables: list[Table], tree: Tree, found: Lines
) -> Line:
    fuel = fuel_in(row.item.text) if source.id in ("combustion", "raw-material", "feed", "biomass") else None
    given = _symbols(row)
    inputs: dict[str, Any] = own_inputs(source, row, pool) if has_own(source) else {}
    for symbol, (header, printed, said) in given.items() if not has_own(source) else ():
        draft = _match(symbol, header, printed, said, row, fuel, source.id, pool, "NCV" in given)
        if draft is None and number(row.result.text) is None:
            continue
        if draft is None:
            draft = _made(symbol, header, printed, said, row, fuel, pool, tables)
            if not supplementary and not _FILED.search(claim.title):
                say_against(draft, printed, said, claim, pool, tree)
        if fuel is None and source.id in ("combustion", "raw-material"):
            fuel = draft.fuel
        inputs[symbol] = draft.id
        if draft.table is not None and draft.table != said.place:
            found.again.append({"draft": draft.id, "value": said, "unit": printed, "where": squeeze(claim.title) or claim.section})
    for name in names(inputs):
        draft = pool.drafts[name]
        if draft.fuel is None and fuel is not None and source.id != "electricity":
            draft.fuel = fuel
    taken = [x.id for x in found.lines]
    name = {"electricity": "grid", "heat": "purchased"}.get(source.id) or slug(row.item.text, "", fuel)
    prefix = f"supplementary/{source.id}" if supplementary else f"{source.id}/{name}"
    item = row.item if source.id not in ("electricity", "heat") or re.search("电|热", row.item.text) else Said(source.zh, row.item.place)
    if row.direction is not None and (OUTWARD.search(item.text) or INWARD.search(item.text)) and "AD" in inputs:
        amount = pool.drafts[inputs["AD"]].item
        item = Said(re.sub(r"(消耗量|消费量|投入量|产量|产出量|用量)([(（].*)?$", "", amount.text) or amount.text, item.place)
        prefix = prefix if supplementary else f"{source.id}/{slug(item.text, '', fuel)}"
    line = Line(fresh(prefix, taken), source.id, Said(squeeze(item.text), item.place), fuel, row.direction, inputs, row.result, squeeze(claim.title),
                claim.section, supplementary)
    if supplementary:
        line.unit_name = squeeze(row.item.text)
    return line


def _symbols(row: CalculationRow) -> dict[str, tuple[str, str, Said]]:
    """Inputs by symbol of the formula; purchased and exported amounts replace the net one."""
    found: dict[str, tuple[str, str, Said]] = {}
    for header, printed, said in row.inputs:
        if number(said.text) is None:
            continue
        role = role_of(header, unit_of(printed) or nearest_unit(printed))
        symbol: str = {"amount": "AD", "output": "AD", "ncv": "NCV", "ccpe": "CC", "cc": "CC", "of": "OF", "ef": "EF", "purity": "PUR"}.get(role, "AD")
        if symbol == "AD" and _OUT.search(header) and row.direction is None:
            symbol = "AD_out"
        elif symbol == "AD" and "AD" in found:
            symbol = "AD_in"
        found.setdefault(symbol, (header, printed, said))
    if "AD_out" in found and "AD_in" in found:
        found.pop("AD", None)
    elif "AD_out" in found and "AD" in found:
        found["AD_in"] = found.pop("AD")
    elif "AD_in" in found:
        found.pop("AD_in")
    order = ("AD", "AD_in", "AD_out", "NCV", "CC", "OF", "EF", "PUR")
    return {s: found[s] for s in order if s in found}


def _fraction(symbol: str, printed: str, said: Said) -> Fraction:
    """The figure in base units of the printed unit; a percentage of oxidation needs no sign."""
    figure = number(said.text)
    assert figure is not None
    value = Fraction(figure.value)
    its_unit = unit_of(printed)
    if symbol == "OF" and not figure.percent and value > 1:
        return value / 100
    return value if figure.percent or its_unit is None else value * its_unit.scale


def _match(
    symbol: str, header: str, printed: str, said: Said, row: CalculationRow, fuel: str | None, source: str, pool: Pool, heat_form: bool
) -> Draft | None:
    roles = ("ccpe",) if symbol == "CC" and heat_form else _ROLES[symbol]
    figure = number(said.text)
    assert figure is not None
    value = _fraction(symbol, printed, said)
    fits = [d for d in pool.of_role(*roles) if d.value is not None and (d.base == value or d.value == figure.value)]
    if symbol == "EF":
        fits = [d for d in fits if d.unit == DIMENSIONLESS or not printed or unit_of(printed) is None or d.unit.fits(unit_of(printed) or d.unit)]
    if symbol == "AD_out" and not figure.value:
        fits = [d for d in fits if _OUT.search(d.item.text)]
    if source in ("electricity", "heat"):
        fits = [d for d in fits if not d.fuel]
    return max(fits, key=lambda d: _score(d, row, fuel, header), default=None)


def _score(draft: Draft, row: CalculationRow, fuel: str | None, header: str) -> int:
    same_fuel = 20 if fuel is not None and draft.fuel == fuel else 0
    other_fuel = -20 if fuel is not None and draft.fuel not in (None, fuel) else 0
    shared = len(set(row.item.text) & set(draft.words)) + len(set(header) & set(draft.item.text))
    return same_fuel + other_fuel + shared + (5 if draft.section else 0)


def _made(symbol: str, header: str, printed: str, said: Said, row: CalculationRow, fuel: str | None, pool: Pool, tables: list[Table]) -> Draft:
    """A datum for a figure that has no parameter table of its own."""
    title = re.sub(r"[A-Z]\d?$", "", squeeze(header)).strip()
    item = Said(squeeze(f"{row.item.text}{title}" if title not in row.item.text else row.item.text), said.place)
    if symbol.startswith("AD"):
        found = on_demand(tables, _fraction(symbol, printed, said), pool, item)
        if found is not None:
            return found
    its_unit = unit_of(printed) or nearest_unit(printed) or _usual(symbol)
    if symbol == "OF":
        figure = number(said.text)
        its_unit = unit("%") if figure and not figure.percent and figure.value > 1 else DIMENSIONLESS
    role = _ROLES[symbol][0] if symbol != "CC" else ("ccpe" if str(its_unit) == "tC/GJ" else "cc")
    kind: Kind = "factor" if role in FACTORS else "activity"
    draft = pool.named(item, role, kind, its_unit, fuel)
    draft.symbol = symbol
    draft.reported = draft.verified = said
    draft.note.append("只见于排放量计算表，没有对应的数据核查表")
    if printed.strip() and unit_of(printed) is None:
        draft.unit_printed = squeeze(printed)
    return draft


def _usual(symbol: str) -> Unit:
    return unit({"AD": "t", "NCV": "GJ/t", "CC": "tC/GJ", "EF": "tCO2/MWh"}.get(symbol, "1"))
