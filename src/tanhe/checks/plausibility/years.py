"""This year and the last; comprehensive energy (年度比较与综合能耗)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from tanhe.checks.amounts import ZERO, evaluation, percent, shown, symbol, value
from tanhe.checks.engine import (
    Context,
    Family,
    Result,
    check,
    fail,
    not_applicable,
    not_run,
    unsettled,
)
from tanhe.checks.plausibility.carbon import COALS
from tanhe.dossier.places import Place
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Factor
from tanhe.inventory.model import Line
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

DENIES = re.compile(r"不存在.{0,4}波动|没有.{0,4}波动|无.{0,4}波动|no (abnormal )?fluctuation", re.I)
EXPLAINS = re.compile(r"因|由于|原因|扩建|投产|停产|检修|市场|订单|新增|because|due to", re.I)
TEN_THOUSAND = Decimal(10000)


@check("PLA015", Family.PLAUSIBILITY, "minor", covers=("A23",), clause="年度波动超过界限的说明原因（各省做法不一，取20%，C级，可改）")
def year_on_year(c: Context) -> Iterator[Result]:
    """产量和排放量的年度变化有说明 | a change of output or emissions from year to year is explained"""
    limit, compared = c.policy.number("fluctuation.output") / 100, {**_two_years(c), **_two_totals(c)}
    if not compared:
        yield not_applicable(text("没有上年度产量和排放量", "no output or emissions of the year before"))
    said = [(c.dossier.conclusions.fluctuation, c.place("conclusions", "fluctuation"))]
    said += [(s.text or s.value or text("没有异常波动", "no fluctuation"), c.place("statements", n)) for n, s in enumerate(c.dossier.statements)
             if s.about == "claim.no-fluctuation"]
    words = "；".join(dict.fromkeys(w for w, _ in said if w))
    for name, (before, now, places) in compared.items():
        change = now / before - 1
        if abs(change) <= limit or EXPLAINS.search(words):
            continue
        stated = text(f"{name} {c.dossier.year - 1} 年 {before}，{c.dossier.year} 年 {now}，变化 "
                      f"{percent(change, 1)}，超过 {percent(limit, 0)[1:]}",
                      f"{name}: {before} in {c.dossier.year - 1}, {now} in {c.dossier.year}, {percent(change, 1)}")
        where = (*places, *(p for w, place in said if w for p in place))
        if DENIES.search(words):
            yield fail(stated + text(f"，报告却称“{words}”；补上年度排放量和能耗，说明原因", ", yet the report says there is no "
                                                                        "fluctuation; add last year's "
                       "emissions and energy and give the cause"), f"output/{name}", where)
        else:
            yield unsettled(stated + text("，没有说明；补上年度能耗和排放量，说明原因", "; give the cause, with last year's energy "
                                                                   "and emissions"),
                            f"output/{name}", where)


def _two_years(c: Context) -> dict[str, tuple[Decimal, Decimal, tuple[Place, ...]]]:
    year, outputs = c.dossier.year, {}
    places = {(p.name, p.year): c.place("products", n, "output") for n, p in enumerate(c.dossier.products)}
    amounts = {(p.name, p.year): p.output for p in c.dossier.products if p.output and p.year}
    for name in dict.fromkeys(p.name for p in c.dossier.products):
        before, now = amounts.get((name, year - 1)), amounts.get((name, year))
        if before and now:
            outputs[name] = (before, now, (*places[name, year - 1], *places[name, year]))
    if outputs:
        return outputs
    by_year = {e.year: (n, e) for n, e in enumerate(c.dossier.economics) if e.output}
    if {year - 1, year} <= by_year.keys():
        (m, last), (n, this) = by_year[year - 1], by_year[year]
        if last.output and this.output and last.output_unit == this.output_unit:
            outputs[text("产量", "output")] = (last.output, this.output, (*c.place("economics", m, "output"), *c.place("economics", n, "output")))
    return outputs


def _two_totals(c: Context) -> dict[str, tuple[Decimal, Decimal, tuple[Place, ...]]]:
    """Last year's totals as the report cites them, beside this year's."""
    found = {}
    for about, total, key in (("previous.totals.including", c.inventory.including, "including_purchased_energy"),
                              ("previous.totals.excluding", c.inventory.excluding, "excluding_purchased_energy")):
        for n, said in enumerate(c.dossier.statements):
            if said.about == about and not c.inventory.missing and total.verified:
                try:
                    before = Decimal(said.value.replace(",", ""))
                except ArithmeticError:
                    continue
                if before > 0:
                    found[f"{total.zh}（{said.where}）"] = (before, half_up(total.verified, 2), (*c.place("statements", n, "value"), *c.place("totals", key)))
    return found


@check("PLA016", Family.PLAUSIBILITY, "minor", needs=("economics", "lines"), covers=("A20",), clause="GB/T 2589 综合能耗计算通则 附录A、附录B 折标系数")
def comprehensive_energy(c: Context) -> Iterator[Result]:
    """综合能耗可由能源量复算 | comprehensive energy follows from the energy used"""
    stated = next(((n, e) for n, e in enumerate(c.dossier.economics) if e.year == c.dossier.year and e.comprehensive_energy), None)
    if stated is None or stated[1].comprehensive_energy is None:
        yield not_run(text("没有本年度综合能耗", "no comprehensive energy of the year"))
        return
    edition = "2008" if c.dossier.year <= 2020 or any("2589-2008" in x for x in c.dossier.criteria) else "2020"
    low, high, parts = ZERO, ZERO, []
    for line in c.inventory.lines:
        span = _standard_coal(c, line, edition)
        if span is None:
            yield not_run(text(f"{line.item}不能折标准煤", f"{line.item} cannot be converted to standard coal"))
            return
        low, high = low + span[0], high + span[1]
        if span[1]:
            parts.append(f"{line.item} {shown(span[0], 0)}" + (f"–{shown(span[1], 0)}" if span[0] != span[1] else ""))
    if not high:
        yield not_applicable(text("没有能源消费", "no energy is used"))
        return
    given, slack = stated[1].comprehensive_energy * TEN_THOUSAND, c.policy.number("tce.tolerance") / 100
    if low * (1 - slack) <= given <= high * (1 + slack):
        return
    near = low if given < low else high
    hint = ""
    if low * (1 - slack) <= stated[1].comprehensive_energy <= high * (1 + slack):
        hint = text("；数值像是以吨标准煤为单位", "; the figure looks like tce, not 10⁴ tce")
    yield fail(text(
        f"综合能耗 {stated[1].comprehensive_energy} 万吨标准煤，按 GB/T 2589-{edition} 复算为 {shown(low / TEN_THOUSAND, 4)}"
        + (f"–{shown(high / TEN_THOUSAND, 4)}" if low != high else "") + f"（{'，'.join(parts)} tce），相差 "
                                                                         f"{percent(given / near - 1)}{hint}；"
        "核对统计报表的能源品种、数量和折标系数，找未列入排放源的能源",
        f"comprehensive energy {stated[1].comprehensive_energy} 10⁴ tce; by GB/T 2589-{edition} "
        f"{shown(low / TEN_THOUSAND, 4)}"
        + (f"–{shown(high / TEN_THOUSAND, 4)}" if low != high else "") + f" ({', '.join(parts)} tce), "
                                                                         f"{percent(given / near - 1)}{hint}; "
        "compare kinds, amounts and coefficients with the statistics, and look for energy that is no source"),
        "economics/comprehensive_energy", (*c.place("economics", stated[0], "comprehensive_energy"), *c.place("lines")))


def _standard_coal(c: Context, line: Line, edition: str) -> tuple[Decimal, Decimal] | None:
    """tce of a line as an interval: measured heat at 0.03412, or the standard's own coefficients for defaults."""
    given = evaluation(line)
    if line.source.id not in ("combustion", "electricity", "heat") and line.spec.direction != "in":
        return ZERO, ZERO
    amount = symbol(given, "AD") or symbol(given, "AD_in")
    if amount is None:
        return None
    out = symbol(given, "AD_out")
    net = amount.value - (out.value if out is not None else ZERO)
    if line.source.id in ("electricity", "heat"):
        known_each = _coal(line.source.id, edition)
        return (net * known_each.value, net * known_each.value) if known_each is not None else None
    by_joule = _coal("heat", edition)
    heat = by_joule.value if by_joule is not None else ZERO
    ncv = symbol(given, "NCV")
    by_heat = net * (ncv.value if ncv is not None else _feed_heat(c, line)) * heat
    if by_heat and (ncv is None or ncv.factor is None):
        return by_heat, by_heat
    known = [x * net for x in _coefficients(line.spec.fuel or "", edition, str(amount.unit))] + ([by_heat] if by_heat else [])
    return (min(known), max(known)) if known else None


def _feed_heat(c: Context, line: Line) -> Decimal:
    """GJ/t of a raw material whose carbon content was derived from its calorific value; 0 when it was not."""
    carbon = symbol(evaluation(line), "CC")
    datum = c.dossier.data.get(carbon.datum) if carbon is not None and carbon.datum else None
    name = datum.derive.inputs.get("NCV") if datum is not None and datum.derive is not None else None
    heat = value(c, name) if isinstance(name, str) else None
    if not heat or not isinstance(name, str) or not c.dossier.data[name].unit.fits(unit("GJ/t")):
        return ZERO
    return scale(heat, c.dossier.data[name].unit.factor_to(unit("GJ/t")))


@lru_cache(maxsize=256)
def _coal(energy: str, edition: str) -> Factor | None:
    """The coefficient of GB/T 2589 for an energy, None where the standard has none."""
    try:
        return library().standard_coal(energy, edition).coefficient
    except FactorNotFound:
        return None


@lru_cache(maxsize=16)
def _per_unit(energy: str, edition: str) -> Decimal:
    """The coefficient of electricity or heat."""
    return library().standard_coal(energy, edition).coefficient.value


@lru_cache(maxsize=256)
def _coefficients(fuel: str, edition: str, per: str) -> tuple[Decimal, ...]:
    """Coefficients of GB/T 2589 for a fuel, tce per t or per 10⁴ Nm³; coals also as raw coal."""
    found = []
    for name in [fuel, *(["raw_coal"] if fuel in COALS else []), *(["gasfield_gas", "oilfield_gas"] if fuel == "natural_gas" else [])]:
        each = _coal(name, edition)
        if each is None:
            continue
        times = 10 if per == "1e4Nm3" else 1
        found += [v * times for v in (each.value, Decimal(each.high) if each.high else None) if v is not None]
    return tuple(found)
