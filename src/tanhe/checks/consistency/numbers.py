"""Repeated quantities (重复出现的数值): text, table, cover and conclusion say the same number (C3, A21, I-dates)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.consistency._helpers import Claim, Said, claim, converted, effect_of, silent, statements
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, review, unsettled
from tanhe.dossier.model import Figure, Path
from tanhe.dossier.operations import Economics
from tanhe.dossier.places import Place
from tanhe.factors.names import fold
from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.units import Unit

_TOTALS = {"totals.including": "including_purchased_energy", "totals.excluding": "excluding_purchased_energy"}
_NO_DIFFERENCE = re.compile("无偏差|没有差异|无差异|一致|相同")
MOST_PRODUCTS = 12
"""Products compared with production data by name; longer lists would take quadratic time."""

MOST_YEARS = 20

Own = tuple[Decimal, Unit | str, tuple[Place, ...]]


def _compare(said: Said, candidates: list[Own]) -> tuple[Claim, Decimal, tuple[Place, ...]] | None:
    """None when the statement agrees with any candidate or cannot be compared, else its claim and the first one."""
    number = claim(said.spec.value)
    inside = [(converted(value, given, said.spec.unit), places) for value, given, places in candidates]
    fitting = [(value, places) for value, places in inside if value is not None]
    if number is None or not fitting or any(number.agrees(value) for value, _ in fitting):
        return None
    return number, *fitting[0]


def _differs(said: Said, own: Decimal, what: str) -> str:
    shown = said.spec.value + said.spec.unit
    return text(f"{what}：{said.where}为 {shown}，案卷（表格）为 {plain(own)}{said.spec.unit}。请按原始凭证统一",
                f"{what}: {said.where} says {shown}, the dossier's table {plain(own)}{said.spec.unit}. Settle by the records")


@check("CON020", Family.CONSISTENCY, "material", clause="", covers=("C3",))
def totals(c: Context) -> Iterator[Result]:
    """总量与小计在封面、正文、结论和表中相同 | totals are the same on cover, in text, conclusion and tables"""
    found = statements(c, "totals.", "subtotals.", "supplementary.")
    if not found:
        yield silent(c, text("总量", "totals"))
    for said in found:
        figure, path = _figure(c, said.about)
        if figure is None or figure.reported is None or _explained(c, said):
            continue
        own: list[Own] = [(figure.reported, "tCO2", c.place(*path))]
        sums = {"totals.including": c.inventory.including, "totals.excluding": c.inventory.excluding}
        result = sums.get(said.about) or c.inventory.subtotals.get(said.rest)
        if result is not None and result.verified_value != figure.reported:
            own.append((result.verified_value, "tCO2", c.place(*path)))
        odd = _compare(said, own)
        if odd:
            number, value, places = odd
            base = converted(Decimal(1), "tCO2", said.spec.unit) or Decimal(1)
            gap = (number.low - value) / base
            yield fail(_differs(said, value, said.about), f"{said.about}/{said.where}", (*said.places, *places), effect=effect(gap))


def _explained(c: Context, said: Said) -> bool:
    """Whether the figure is that of the initial report and the report says why the verified one differs."""
    why = c.dossier.conclusions.difference
    return said.spec.text == "初始报告" and bool(why) and not _NO_DIFFERENCE.search(why)


def _figure(c: Context, about: str) -> tuple[Figure | None, Path]:
    if about in _TOTALS:
        return getattr(c.dossier.totals, _TOTALS[about]), ("totals", _TOTALS[about], "reported")
    head, _, name = about.partition(".")
    if head == "supplementary":
        for n, part in enumerate(c.dossier.supplementary):
            if name == f"{part.product}.total":
                return part.total, ("supplementary", n, "total", "reported")
        return None, ("supplementary",)
    return c.dossier.subtotals.get(name), ("subtotals", name, "reported")


@check("CON021", Family.CONSISTENCY, "material", clause="", covers=("C3",))
def data(c: Context) -> Iterator[Result]:
    """同一数据项在正文和表中相同 | a datum is the same in text and table"""
    found = statements(c, "datum.")
    if not found:
        yield silent(c, text("数据项", "data"))
    for said in found:
        datum = c.dossier.data.get(said.rest)
        if datum is None:
            continue
        given = datum.reported_unit or datum.unit
        own: list[Own] = []
        if datum.reported is not None:
            own.append((datum.reported, given, c.place("data", said.rest, "reported")))
        if datum.verified is not None:
            own.append((datum.verified, datum.unit, c.place("data", said.rest, "verified")))
        odd = _compare(said, own)
        if odd:
            number, value, places = odd
            yield fail(_differs(said, value, datum.item), f"{said.about}/{said.where}", (*said.places, *places),
                       effect=effect_of(c, said.rest, number.low, value))


@check("CON022", Family.CONSISTENCY, "minor", clause="", covers=("A21",))
def economics(c: Context) -> Iterator[Result]:
    """收入、产值、人数等在正文和表中相同 | revenue, output and staff are the same in text and table"""
    found = statements(c, "economics.", "entity.employees")
    if not found:
        yield silent(c, text("经营情况", "economic figures"))
    for said in found:
        own = _economic(c, said)
        odd = _compare(said, own) if own else None
        if odd:
            yield fail(_differs(said, odd[1], said.about), f"{said.about}/{said.where}", (*said.places, *odd[2]))
        elif not own and said.about != "entity.employees":
            yield unsettled(text(f"{said.where}述及 {said.about} 为 {said.spec.value}{said.spec.unit}，经营情况表没有此项，无从核对",
                                 f"{said.where} gives {said.about} as {said.spec.value}{said.spec.unit}; the table has no such item"),
                            said.about, said.places, severity="note")


def _economic(c: Context, said: Said) -> list[Own]:
    d = c.dossier
    if said.about == "entity.employees":
        return [(d.entity.employees, "人", c.place("entity", "employees"))] if d.entity.employees is not None else []
    year, _, name = said.rest.partition(".")
    for n, row in ((n, r) for n, r in enumerate(d.economics[:MOST_YEARS]) if str(r.year) == year):
        value = getattr(row, name, None) if name in Economics.model_fields else None
        if isinstance(value, Decimal):
            given = row.output_unit if name == "output" else "人" if name == "employees" else said.spec.unit
            money = name not in ("output", "employees", "comprehensive_energy")
            return [(value, "万元" if money else given, c.place("economics", n, name))]
    return []


@check("CON023", Family.CONSISTENCY, "minor", needs=("products",), clause="", covers=("A21", "C3"))
def output(c: Context) -> Iterator[Result]:
    """产量在产品表、经营表、数据表和正文中相同 | output is the same wherever it stands"""
    d = c.dossier
    listed: dict[tuple[str, str], list[Own]] = {}
    by_year: dict[int | None, list[int]] = {}
    for n, p in enumerate(d.products):
        if p.output is not None:
            listed.setdefault((fold(p.name), str(p.year or d.year)), []).append((p.output, p.unit, c.place("products", n, "output")))
            by_year.setdefault(p.year, []).append(n)
    for said in statements(c, "product."):
        name, _, year = said.rest.partition(".")
        own = listed.get((fold(name), year or str(d.year)), [])
        odd = _compare(said, own) or next((o for one in own if len(own) > 1 and (o := _compare(said, [one]))), None)
        if odd:
            yield fail(_differs(said, odd[1], name), f"{said.about}/{said.where}", (*said.places, *odd[2]))
    for n, row in enumerate(d.economics):
        made = [(m, d.products[m]) for m in by_year.pop(row.year, [])]
        if row.output is None or not made:
            continue
        each = [converted(p.output or Decimal(0), p.unit, row.output_unit or p.unit) for _, p in made]
        total = sum((v for v in each if v is not None), Decimal(0))
        if None not in each and row.output not in (total, *each):
            places = (*c.place("economics", n, "output"), *(x for m, _ in made for x in c.place("products", m, "output")))
            yield fail(text(f"{row.year}年产量：经营情况表为 {plain(row.output)}，产品表为 {plain(total)}。请按产量统计表统一",
                            f"output of {row.year}: {plain(row.output)} among the economic figures, {plain(total)} by product. "
                            "Settle by the production statistics"), f"output/{row.year}", places)
    yield from _output_data(c)


def _output_data(c: Context) -> Iterator[Result]:
    """Production data (数据表) against the list of products."""
    made = list(enumerate(c.dossier.products)) if len(c.dossier.products) <= MOST_PRODUCTS else []
    for name, datum in c.dossier.data.items():
        value = datum.reported if datum.reported is not None else datum.verified
        for n, product in made if datum.kind == "production" else ():
            if value is None or product.output is None or product.name not in datum.item:
                continue
            own = converted(product.output, product.unit, str(datum.unit))
            if product.year in (None, c.dossier.year) and own is not None and own != value:
                yield fail(text(f"{product.name}产量：产品表为 {plain(own)}，数据“{datum.item}”为 {plain(value)}。请按产量统计表统一",
                                f"output of {product.name}: {plain(own)} in the list of products, {plain(value)} as datum "
                                f"{datum.item}. Settle by the production statistics"), f"output/{name}",
                           (*c.place("products", n, "output"), *c.place("data", name)))


@check("CON024", Family.CONSISTENCY, "minor", clause="", covers=("C3",))
def employees(c: Context) -> Iterator[Result]:
    """职工人数在基本信息和经营情况表中相同 | staff in the profile and among the economic figures"""
    d = c.dossier
    for n, row in enumerate(d.economics):
        if row.year == d.year and None not in (row.employees, d.entity.employees) and row.employees != d.entity.employees:
            yield fail(text(f"{d.year}年职工人数：基本信息为 {d.entity.employees}，经营情况表为 {row.employees}。请统一",
                            f"staff in {d.year}: {d.entity.employees} in the profile, {row.employees} among the economic figures"),
                       f"employees/{row.year}", (*c.place("entity", "employees"), *c.place("economics", n, "employees")))


@check("CON026", Family.CONSISTENCY, "editorial", clause="", covers=("C17",))
def unit_of_totals(c: Context) -> Iterator[Result]:
    """总量的单位始终为 tCO2 或始终为 tCO2e | totals keep one unit, tCO2 or tCO2e"""
    found = [s for s in statements(c, "totals.", "subtotals.") if "CO" in s.spec.unit.upper()]
    if not found:
        yield silent(c, text("总量的单位", "units of totals"))
    units = {("tCO2e" if s.spec.unit.upper().rstrip("当量").endswith(("E", "EQ")) or "当量" in s.spec.unit else "tCO2"): s
             for s in found if s.about.startswith("totals.")}
    if len(units) > 1:
        one, other = units["tCO2"], units["tCO2e"]
        yield fail(text(f"总量的单位：{one.where}为 {one.spec.unit}，{other.where}为 {other.spec.unit}。请统一",
                        f"unit of the total: {one.where} says {one.spec.unit}, {other.where} {other.spec.unit}. Use one"),
                   "unit/totals", (*one.places, *other.places))


@check("CON027", Family.CONSISTENCY, "note", clause="", covers=("C3",))
def statements_of_nothing(c: Context) -> Iterator[Result]:
    """表述所指的数据项、小计或产品存在 | what a statement is about exists in the dossier"""
    found = statements(c, "datum.", "subtotals.", "product.", "dates.")
    if not found:
        yield silent(c, text("数据项", "data"))
    d = c.dossier
    products = {p.name for p in d.products}
    for said in found:
        head, _, name = said.about.partition(".")
        known = {"datum": name in d.data, "subtotals": name in d.subtotals, "dates": name in type(d.dates).model_fields,
                 "product": name.partition(".")[0] in products}[head]
        if not known and said.spec.value.strip("0.") != "":
            yield review(text(f"表述“{said.about}”在案卷中没有对应的项，未能核对。请改正名称，或补录该项",
                              f"the statement {said.about!r} has no counterpart in the dossier and was not compared. "
                              "Correct the name or add the item"), said.about, said.places)
