"""Fuel parameters (燃料参数): reference fuel, bands, measured against default, test reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.checks.provenance import _fuels
from tanhe.checks.provenance._fuels import FuelUse, default, entry, families
from tanhe.dossier.data import Datum
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import PlausibleRange
from tanhe.messages import text
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.rounding import significant
from tanhe.quantity.units import unit

_FAMILIES = {"solid": ("固体燃料", "a solid fuel"), "liquid": ("液体燃料", "a liquid fuel"), "gas": ("气体燃料", "a gas")}


def _name(c: Context, fuel: str) -> str:
    found = entry(c.dossier.guideline, fuel)
    return text(found.name_zh, found.name_en) if found is not None else fuel


@check("PRO009", Family.PROVENANCE, "material", needs=("lines",), clause="核算指南 附录二 表2.1 按燃料品种取值", covers=("F3",))
def reference_fuel_is_of_the_family(c: Context) -> Iterator[Result]:
    """参数取自同一燃料品种 | a parameter is taken for the fuel that is burnt"""
    found = [u for u in _fuels.uses(c) if u.datum.library is not None and u.datum.library.table == "fuel"]
    if not found:
        yield not_applicable(text("没有引用燃料缺省值", "no fuel default is cited"))
    for use in found:
        ref = use.datum.library
        claimed = entry(ref.guideline or c.dossier.guideline, ref.fuel or "") if ref is not None else None
        burnt = entry(c.dossier.guideline, use.fuel)
        if claimed is None or burnt is None or claimed.id == burnt.id:
            continue
        one, other = families().get(claimed.id, ""), families().get(burnt.id, "")
        lines = "、".join(x.item for x in use.lines)
        zh = f"{use.datum.item}（{lines}）取自{claimed.name_zh}的缺省值，而所烧的是{burnt.name_zh}"
        en = (f"{use.datum.item} ({lines}) is taken from the default of {claimed.name_en}, but "
              f"{burnt.name_en} is burnt")
        right = default(c.dossier.guideline, burnt.id, use.parameter)
        value = text(f"；{burnt.name_zh}的缺省值为 {right.value_text}", f"; the default of {burnt.name_en} is "
                                                                  f"{right.value_text}") if right else ""
        claims = (p for n in (use.id, *_also(c, claimed.id)) for p in c.place("data", n, "library"))
        where = tuple(dict.fromkeys((*claims, *(x.place for x in use.lines if x.place))))
        if one != other:
            yield fail(text(f"{zh}，{_FAMILIES[one][0] if one else ''}"
                            f"与{_FAMILIES[other][0] if other else ''}不同类{value}",
                            f"{en}: {_FAMILIES[one][1] if one else 'one'} against "
                            f"{_FAMILIES[other][1] if other else 'another'}{value}"), use.id, where)
        else:
            yield review(text(f"{zh}{value}；说明品种的判定依据", f"{en}{value}; give the evidence of the "
                                                        "fuel's kind"), use.id, where, severity="minor")


def _also(c: Context, fuel: str) -> list[str]:
    """Other data of the dossier that claim the same fuel."""
    return [n for n, d in c.dossier.data.items() if d.library is not None and d.library.fuel == fuel]


@check("PRO011", Family.PROVENANCE, "material", clause="核算指南 附录二 缺省值的范围；核查经验范围", covers=("F4", "F5", "F6"))
def parameters_are_in_their_bands(c: Context) -> Iterator[Result]:
    """热值、含碳量在该燃料的范围内 | calorific value and carbon content are in the fuel's band"""
    used = _fuels.uses(c)
    every = [u for u in (*used, *_fuels.unused(c, used)) if u.parameter != "oxidation_factor"]
    if not every:
        yield not_applicable(text("没有热值和含碳量", "no calorific value and no carbon content"))
    for use in every:
        try:
            band = library().plausible_range(use.fuel)
        except FactorNotFound:
            continue
        yield from _band(c, use, band)


def _band(c: Context, use: FuelUse, band: PlausibleRange) -> Iterator[Result]:
    margin = c.policy.number("carbon.band.margin") / 100
    low, high, its_unit = _limits(use.parameter, band, margin)
    if low is None or high is None:
        return
    fits = use.unit.fits(unit(its_unit))
    for column, value in use.values:
        if fits and low <= scale(value, use.unit.factor_to(unit(its_unit))) <= high:
            continue
        shown = f"{plain(value)} {use.unit.zh}"
        limits = text(f"{band.fuel_zh}的{use.label}约 {plain(significant(low, 3))}"
                      f"–{plain(significant(high, 3))} {unit(its_unit).zh}",
                      f"the {use.label} of {band.fuel_zh} is about {plain(significant(low, 3))}"
                      f"–{plain(significant(high, 3))} {its_unit}")
        where = (*c.place("data", use.id, column), *c.place("data", use.id, "unit"),
                 *(x.place for x in use.lines if x.place))
        if not fits:
            yield fail(text(f"{use.datum.item}为 {shown}，单位与该燃料的计量方式不符；{limits}",
                            f"{use.datum.item} is {shown}, a unit that does not go with the fuel; "
                            f"{limits}"), use.id, where)
            return
        yield review(text(f"{use.datum.item}为 {shown}，超出常见范围；{limits}（{band.grade}级判断）。查检测报告的数值、单位和基准",
                          f"{use.datum.item} is {shown}, outside the usual band; {limits} (grade "
                          f"{band.grade}). See value, unit and basis of the test report"),
                     use.id if column == use.values[0][0] else f"{use.id}/{column}", where)


def _limits(parameter: str, band: PlausibleRange, margin: Decimal) -> tuple[Decimal | None, Decimal | None, str]:
    """Least and greatest plausible value of a parameter and their unit."""
    base = band.unit.rpartition("/")[2]
    if parameter == "ncv":
        return band.plausible_min, band.plausible_max, f"GJ/{base}"
    if band.carbon_min is None or band.carbon_max is None:
        return None, None, ""
    low, high = band.carbon_min * (1 - margin), band.carbon_max * (1 + margin)
    if parameter == "carbon_content":
        return low, high, "tC/GJ"
    return low * band.plausible_min, high * band.plausible_max, f"tC/{base}"


@check("PRO014", Family.PROVENANCE, "minor", needs=("data",), clause="核算指南：有条件实测的采用实测值", covers=("F19",))
def measured_values_win(c: Context) -> Iterator[Result]:
    """有合格的实测值时不用缺省值 | a valid measured value goes before a default"""
    used = _fuels.uses(c)
    spare = [u for u in _fuels.unused(c, used) if _fuels.MEASURED.search(u.datum.source + u.datum.method) and _valid(c, u)]
    if not used:
        yield not_applicable(text("没有燃料参数", "there are no fuel parameters"))
    for use in used:
        claim = use.datum.library
        if claim is None or claim.table != "fuel":
            continue
        for other in spare:
            if other.fuel == use.fuel and other.parameter == use.parameter:
                yield review(text(f"{use.datum.item}用缺省值 {plain(use.values[0][1]) if use.values else ''}，"
                                  f"而有检测值 {plain(other.values[0][1])}（{other.datum.source}）；采用检测值或说明其不合格的原因",
                                  f"{use.datum.item} uses the default, but {plain(other.values[0][1])} was "
                                  "measured; use it or say why it is not valid"),
                             use.id, (*c.place("data", use.id), *c.place("data", other.id)))


def _valid(c: Context, use: FuelUse) -> bool:
    """Whether a measured value stands in the fuel's unit and band."""
    try:
        band = library().plausible_range(use.fuel)
    except FactorNotFound:
        return False
    low, high, its_unit = _limits(use.parameter, band, c.policy.number("carbon.band.margin") / 100)
    if low is None or high is None or not use.values or not use.unit.fits(unit(its_unit)):
        return False
    return low <= scale(use.values[0][1], use.unit.factor_to(unit(its_unit))) <= high


@check("PRO015", Family.PROVENANCE, "material", needs=("data",), clause="核算指南：检测方法按国家标准，由有资质的实验室检测", covers=("F15",))
def test_reports_are_named(c: Context) -> Iterator[Result]:
    """检测值有检测报告和检测方法 | a measured value has its test report and method"""
    used = _fuels.uses(c)
    tested = [u for u in (*used, *_fuels.unused(c, used)) if _tested(u.datum)]
    if not tested:
        yield not_applicable(text("没有检测值", "nothing was measured"))
    for use in {u.id: u for u in tested}.values():
        lacking = []
        if not use.datum.documents:
            lacking.append(text("检测报告不在证据清单中", "the test report is not in the evidence list"))
        if not use.datum.method:
            lacking.append(text("没有检测方法标准和实验室", "no method and laboratory are named"))
        if lacking:
            yield unsettled(text(f"{use.datum.item}来自“{use.datum.source}”：{'，'.join(lacking)}；补充报告编号、实验室资质、"
                                 "基准（收到基等）和日期",
                                 f"{use.datum.item} comes from a test: {', '.join(lacking)}; supply "
                                 "number, accreditation, basis and date of the report"),
                            use.id, (*c.place("data", use.id, "source"), *c.place("data", use.id, "method")),
                            severity="material" if len(lacking) == 2 else "minor")


def _tested(datum: Datum) -> bool:
    """Whether a datum is itself a measurement, not computed from one in the text."""
    if datum.derive is not None:
        return datum.derive.formula == "statistics.weighted_mean"
    words = datum.source + datum.method
    return bool(_fuels.MEASURED.search(words)) and not re.search(r"乘以|×|缺省", words)


@check("PRO019", Family.PROVENANCE, "minor", needs=("lines",), clause="核算指南 附录二 碳氧化率", covers=("F7",))
def oxidation_factor_is_a_share(c: Context) -> Iterator[Result]:
    """碳氧化率在合理范围，百分数与小数不混用 | an oxidation factor is plausible; per cent and share are not mixed"""
    found = [u for u in _fuels.uses(c) if u.parameter == "oxidation_factor"]
    if not found:
        yield not_applicable(text("没有碳氧化率", "there is no oxidation factor"))
    for use in found:
        right = default(c.dossier.guideline, use.fuel, "oxidation_factor")
        low = (right.value if right is not None else Decimal(1)) - c.policy.number("oxidation.margin") / 100
        for column, value in use.values:
            share = scale(value, use.unit.factor_to(unit("1")))
            if low <= share <= 1:
                continue
            usual = ""
            if right is not None:
                usual = text(f"，{_name(c, use.fuel)}的缺省值为 {right.value_text}", "; the default is "
                                                                               f"{right.value_text}")
            yield review(text(f"{use.datum.item}为 {plain(value)} {use.unit.zh}，即 {plain(share)}{usual}；"
                              "查百分数与小数是否混用",
                              f"{use.datum.item} is {plain(value)} {use.unit}, a share of {plain(share)}"
                              f"{usual}; see whether it is per cent"),
                         use.id if column == use.values[0][0] else f"{use.id}/{column}",
                         (*c.place("data", use.id, column), *c.place("data", use.id, "unit")))
