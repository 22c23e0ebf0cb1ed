"""Values against the document they claim (引用值与出处): fuels, process factors, heat; electricity has rules of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.checks.provenance import _fuels
from tanhe.checks.slips import slip
from tanhe.checks.whatif import change, weight
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Factor
from tanhe.inventory.model import DatumResult
from tanhe.inventory.replay import digits_of
from tanhe.messages import text
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

_TABLE = re.compile(r"(?:指南|附录)[^，。；]{0,12}?表\s*(\d+(?:\.\d+)*)(?![\d.]*-)")
_PLACE = re.compile(r"表\s*(\d+(?:\.\d+)*)")
_PARAMETERS = ("ncv", "carbon_content", "oxidation_factor")


@check("LIB001", Family.PROVENANCE, "material", clause="核算指南 附录二 缺省值", covers=("F1", "F8"))
def values_are_what_their_source_says(c: Context) -> Iterator[Result]:
    """引用值与所称出处一致 | a value is what its source says"""
    for result in c.inventory.data.values():
        factor, ref = result.factor, result.datum.library
        if factor is None or (ref is not None and ref.table == "electricity"):
            continue
        seen: set[Decimal] = set()
        for column, stated in (("reported", result.reported), ("verified", result.verified)):
            its_unit = result.datum.reported_unit or result.datum.unit if column == "reported" else result.datum.unit
            if stated is None or not its_unit.fits(unit(factor.unit)):
                continue
            value = scale(stated, its_unit.factor_to(unit(factor.unit)))
            if value == factor.value or value in seen:
                continue
            yield _differs(c, result, factor, stated, value, result.id if not seen else f"{result.id}/{column}")
            seen.add(value)


def _differs(c: Context, result: DatumResult, factor: Factor, stated: Decimal, value: Decimal, datum: str) -> Result:
    rounded = half_up(factor.value, digits_of(value)) == value
    hint = "" if rounded else _whose(c, result, factor, value)
    message = text(
        f"{result.datum.item}填 {plain(stated)}，《{factor.document}》{factor.place} 为 {factor.value_text}"
        f"（{factor.grade}级）"
        + ("，是后者的修约" if rounded else "") + (f"；{hint}" if hint else ""),
        f"{result.datum.item} is {plain(stated)}; {factor.document} {factor.place} says {factor.value_text} "
        f"(grade {factor.grade})" + (", of which it is a rounding" if rounded else "") + (f"; {hint}" if hint else ""),
    )
    places = tuple(dict.fromkeys((*c.place("data", result.id, "reported"), *c.place("data", result.id, "library"))))
    if rounded:
        return review(message, datum, places, severity="editorial")
    if c.inventory.guideline.partial and factor.grade == "C":
        return review(message, datum, places, severity="minor")
    return fail(message, datum, places, effect=change(c.inventory, result.id, factor.value, unit(factor.unit)))


def _whose(c: Context, result: DatumResult, factor: Factor, value: Decimal) -> str:
    """Whose default the digits are; a claim of another fuel than the line burns is told by its own default."""
    parts = factor.key.split("/")
    if parts[0] != "fuel":
        return slip(value, factor.value)
    burnt = next((u.fuel for u in _fuels.uses(c) if u.id == result.id), parts[2])
    own = _fuels.default(c.dossier.guideline, burnt, parts[3])
    if own is not None and own.value == value and own.key != factor.key:
        return text(f"{plain(value)} 是{own.name}的缺省值", f"{plain(value)} is the default of {burnt}")
    return _fuels.whose(value, parts[3], parts[2], parts[1], factor.value)


@check("PRO010", Family.PROVENANCE, "material", needs=("data",), clause="核算指南 附录二 缺省值", covers=("F1", "F9"))
def claimed_values_exist(c: Context) -> Iterator[Result]:
    """所称的缺省值确有其值 | the default that is claimed exists"""
    claims = [r for r in c.inventory.data.values()
              if r.datum.library is not None and r.datum.library.table not in ("electricity", "steam")]
    cited = [*_other_tables(c), *_not_measured(c)]
    if not claims and not cited:
        yield not_applicable(text("没有引用缺省值", "no default is cited"))
    yield from cited
    for result in claims:
        if result.factor is None and result.library_note and _table_unread(c, result):
            yield unsettled(text(f"{result.datum.item}称取自缺省值，本程序没有读到该指南的这张表（{result.library_note}），无法核对",
                                 f"{result.datum.item} claims a default of a table not read here ({result.library_note}); it cannot be checked"),
                            result.id, c.place("data", result.id, "source"), severity="note")
        elif result.factor is None and result.library_note:
            yield fail(text(f"{result.datum.item}称取自缺省值，但{result.library_note}；注明正确的文件、表和燃料",
                            f"{result.datum.item} claims a default, but {result.library_note}; name "
                            "document, table and fuel"),
                       result.id, (*c.place("data", result.id, "library"), *c.place("data", result.id, "source")))
        elif result.factor is not None and not result.datum.unit.fits(unit(result.factor.unit)):
            yield fail(text(f"{result.datum.item}的单位为 {result.datum.unit.zh}，所称缺省值的单位为 {result.factor.unit}",
                            f"{result.datum.item} stands in {result.datum.unit}, the default it claims in "
                            f"{result.factor.unit}"),
                       result.id, (*c.place("data", result.id, "unit"), *c.place("data", result.id, "library")))


def _table_unread(c: Context, result: DatumResult) -> bool:
    """Whether the fuel table that would hold the default is one this program has not, or not wholly, read."""
    ref = result.datum.library
    named = library().guidelines.get((ref.guideline if ref is not None else None) or c.dossier.guideline)
    return ref is not None and ref.table == "fuel" and named is not None and named.fuel_table_seen in ("no", "part")


def _other_tables(c: Context) -> Iterator[Result]:
    """Defaults of the guideline whose source names another table of its annex than the one they stand in."""
    for use in _fuels.uses(c):
        cited = _TABLE.findall(use.datum.source)
        own = c.inventory.data[use.id].factor or _fuels.default(c.dossier.guideline, use.fuel, use.parameter)
        right = _PLACE.findall(own.place) if own is not None else []
        if own is None or not cited or not right or set(cited) & set(right):
            continue
        yield fail(text(f"{use.datum.item}注明取自“{use.datum.source}”，该缺省值在《{own.document}》{own.place}（{own.grade}级）。请改正表号",
                        f"{use.datum.item} cites {use.datum.source!r}; the default stands in {own.document} {own.place} (grade {own.grade}). "
                        "Correct the table"), f"{use.id}/table", c.place("data", use.id, "source"), severity="editorial")


def _not_measured(c: Context) -> Iterator[Result]:
    """Parameters that a sentence calls measured and the table of their datum a default."""
    told = [(n, s) for n, s in enumerate(c.dossier.statements) if s.about == "claim.measured"]
    for use in _fuels.uses(c) if told else ():
        item = use.datum.item.replace("的", "")
        for n, said in told:
            if item.startswith(said.value.replace("的", "")) and _fuels.DEFAULT.search(use.datum.source) and not _fuels.MEASURED.search(use.datum.source):
                yield fail(text(f"{said.where}称{said.value}采用实测值，数据表注明的来源是“{use.datum.source[:40]}”。请统一",
                                f"{said.where} calls {said.value} measured; its table names the source {use.datum.source[:40]!r}. Make them agree"),
                           f"{use.id}/measured", (*c.place("statements", n), *c.place("data", use.id, "source")), severity="minor")


@check("PRO007", Family.PROVENANCE, "material", needs=("lines",), clause="核算指南 附录二 表2.1", covers=("F1",))
def defaults_are_the_guidelines(c: Context) -> Iterator[Result]:
    """未注明引用的燃料参数等于指南缺省值或有检测依据 | a fuel parameter without citation is the guideline's default or measured"""
    found = [u for u in _fuels.uses(c) if u.parameter in _PARAMETERS]
    heat = [n for n, d in c.dossier.data.items() if d.unit.fits(unit("tCO2/GJ")) and d.derive is None and d.library is None]
    if not found and not heat:
        yield not_applicable(text("没有燃料参数和热力因子", "there are no fuel parameters and no heat factors"))
    for name in heat:
        yield from _heat(c, name)
    for use in found:
        ref = use.datum.library
        if ref is not None:
            if ref.guideline not in (None, c.dossier.guideline):
                yield from _other_guideline(c, use)
            continue
        if use.datum.derive is not None or use.datum.series is not None:
            continue
        right = _fuels.default(c.dossier.guideline, use.fuel, use.parameter)
        says_default = bool(_fuels.DEFAULT.search(use.datum.source))
        measured = _fuels.MEASURED.search(use.datum.source + use.datum.method)
        if right is None or (measured and not says_default) or not use.unit.fits(unit(right.unit)):
            continue
        yield from _unclaimed(c, use, right, says_default)


def _unclaimed(c: Context, use: _fuels.FuelUse, right: Factor, says_default: bool) -> Iterator[Result]:
    for column, stated in use.values:
        value = scale(stated, use.unit.factor_to(unit(right.unit)))
        if half_up(right.value, digits_of(value)) == value:
            continue
        hint = _fuels.whose(value, use.parameter, use.fuel, c.dossier.guideline, right.value)
        zh = (f"{use.datum.item}填 {plain(stated)}，核算指南{right.place}的缺省值为 {right.value_text}"
              f"{'；' + hint if hint else ''}")
        en = (f"{use.datum.item} is {plain(stated)}; the guideline's default ({right.place}) is "
              f"{right.value_text}{'; ' + hint if hint else ''}")
        where = (*c.place("data", use.id, column), *c.place("data", use.id, "source"))
        moved = change(c.inventory, use.id, right.value, unit(right.unit))
        if says_default:
            yield fail(text(zh, en), use.id, where, effect=moved)
        else:
            yield review(text(f"{zh}；不是缺省值，又没有检测依据，补充出处", f"{en}; neither the default nor measured: name "
                                                          "the source"),
                         use.id, where, effect=moved, severity=weight(moved.low, c.inventory) if moved else "minor")


def _heat(c: Context, name: str) -> Iterator[Result]:
    """A heat factor said to be the default that is not the guideline's."""
    datum = c.dossier.data[name]
    value = datum.reported if datum.reported is not None else datum.verified
    if value is None or not _fuels.DEFAULT.search(datum.source):
        return
    try:
        right = library().heat_default(c.dossier.guideline)
    except FactorNotFound:
        return
    if scale(value, (datum.reported_unit or datum.unit).factor_to(unit(right.unit))) != right.value:
        hint = slip(value, right.value)
        yield fail(text(f"{datum.item}填 {plain(value)}，来源称缺省值，指南的缺省值为 {right.value_text}"
                        f"{'；' + hint if hint else ''}",
                        f"{datum.item} is {plain(value)}, said to be the default; the guideline's is "
                        f"{right.value_text}{'; ' + hint if hint else ''}"),
                   name, (*c.place("data", name, "reported"), *c.place("data", name, "source")),
                   effect=change(c.inventory, name, right.value, unit(right.unit)))


def _other_guideline(c: Context, use: _fuels.FuelUse) -> Iterator[Result]:
    """A default cited from another guideline than the dossier's: a failure where the values differ."""
    own = _fuels.default(c.dossier.guideline, use.fuel, use.parameter)
    taken = c.inventory.data[use.id].factor
    if own is None or taken is None:
        return
    zh = f"{use.datum.item}取自《{taken.document}》（{taken.value_text}），本报告的核算指南为 {own.value_text}"
    en = (f"{use.datum.item} is taken from {taken.document} ({taken.value_text}); this report's guideline "
          f"says {own.value_text}")
    where = (*c.place("data", use.id, "library"), *c.place("guideline"))
    if own.value != taken.value:
        yield fail(text(zh, en), use.id, where, effect=change(c.inventory, use.id, own.value, unit(own.unit)))
    else:
        yield review(text(f"{zh}：数值相同，引用改为本报告的核算指南", f"{en}: the same value; cite the report's own "
                                                     "guideline"),
                     use.id, where, severity="minor")
