"""Units (单位): as printed, of derived data, of supplementary lines; and the size of an emission against its fuel."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import lru_cache

from tanhe.checks.closure._helpers import line_places, printed, show
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.checks.slips import slip
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.inventory.model import Line
from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse
from tanhe.quantity.quantity import CONTEXT, scale
from tanhe.quantity.rounding import half_up, significant
from tanhe.quantity.units import Unit, unit

_HALF = Decimal("0.5")
STEADY = ("natural_gas", "diesel", "gasoline", "kerosene")
"""Fuels whose emission per unit varies so little that consumption alone gives its size."""


@check("CLO014", Family.CLOSURE, "minor", needs=("statements",), clause="汇总表、基本信息表的计量单位（万吨、万元、万kWh）", covers=("C7",))
def conversions_keep_the_point(c: Context) -> Iterator[Result]:
    """10⁴等单位换算没有移错小数点 | conversions by 10⁴ keep the decimal point"""
    for n, statement in enumerate(c.dossier.statements):
        own = _own(c, statement.about)
        its_unit = _unit(statement.unit)
        if own is None or its_unit is None or not _kin(its_unit, own[1]):
            continue
        try:
            said = parse(statement.value).value
        except TanheError:
            continue
        if not said:
            continue
        value = scale(own[0], own[1].scale / its_unit.scale)
        if not value or _HALF < abs(said / value) < 2:
            continue
        figures = len(said.normalize().as_tuple().digits)
        if significant(value, figures).normalize().as_tuple().digits != said.normalize().as_tuple().digits:
            continue
        hint = slip(said, value)
        yield fail(text(f"{statement.where or '报告'}印作 {statement.value} {statement.unit}，数据为 {show(own[0])}"
                        f" {own[1].zh}，{hint}",
                        f"{statement.where or 'the report'} prints {statement.value} {statement.unit}; the "
                        f"figure is {show(own[0])} {own[1]}; {hint}"),
                   statement.about, c.place("statements", n))


def _own(c: Context, about: str) -> tuple[Decimal, Unit] | None:
    """The figure a statement is about, with its unit."""
    kind, _, rest = about.partition(".")
    if kind == "datum" and rest in c.dossier.data:
        found = c.dossier.data[rest]
        value = found.verified if found.verified is not None else found.reported
        return (value, found.unit) if value is not None else None
    if kind == "totals":
        total = {"including": c.inventory.including, "excluding": c.inventory.excluding}.get(rest)
        value = (total.reported if total.reported is not None else total.verified_value) if total is not None else None
        return (value, unit("tCO2")) if value is not None else None
    if kind == "subtotals" and rest in c.inventory.subtotals:
        found_sum = c.inventory.subtotals[rest]
        return (found_sum.reported if found_sum.reported is not None else found_sum.value), unit("tCO2")
    return None


def _kin(one: Unit, other: Unit) -> bool:
    """Whether two units differ in scale only; 吨 and 吨CO2 count as the same for totals."""
    if one.fits(other):
        return True
    return other == unit("tCO2") and one.dimension in (unit("t").dimension, unit("tCO2e").dimension)


@check("CLO022", Family.CLOSURE, "minor", clause="法定计量单位；核查表第3行 单位", covers=("A13", "A18", "C10"), letters=True)
def printed_units_can_be(c: Context) -> Iterator[Result]:
    """印出的单位存在并适合该数据 | a printed unit exists and fits its datum"""
    for name, datum in c.dossier.data.items():
        if datum.unit_printed:
            yield from _printed_unit(c, name, datum.item, datum.unit_printed, datum.unit)
    told = {d.unit_printed for d in c.dossier.data.values()}
    for n, statement in enumerate(c.dossier.statements):
        kind, _, named = statement.about.partition(".")
        if kind == "unit" and statement.value and statement.value not in told:
            right = statement.text or statement.unit or (c.dossier.data[named].unit.zh if named in c.dossier.data else "")
            yield from _said_unit(c, n, statement.about, statement.value, right, statement.where)


def _said_unit(c: Context, at: int, about: str, words: str, right: str, where: str) -> Iterator[Result]:
    """A unit the report prints somewhere, against what it should be."""
    should = text(f"；应为 {right}" if right else "", f"; it should be {right}" if right else "")
    if not _known(words):
        yield fail(text(f"{where or '报告'}的单位印作“{words}”，没有这个单位", f"{where or 'the report'} prints the unit "
                                                                 f"{words!r}, which does not exist") + should,
                   f"{about}/{words}", c.place("statements", at))
    elif right and (not _known(right) or unit(right) != unit(words)):
        yield fail(text(f"{where or '报告'}的单位印作“{words}”，与该处的数值不符", f"{where or 'the report'} prints the "
                                                                   f"unit {words!r}, which does not suit "
                                                                   "the figure") + should,
                   f"{about}/{words}/{where}", c.place("statements", at))


def _printed_unit(c: Context, name: str, item: str, words: str, right: Unit) -> Iterator[Result]:
    where = (*c.place("data", name, "unit_printed"), *c.place("data", name, "unit"))
    if not _known(words):
        yield fail(text(f"{item}的单位印作“{words}”，没有这个单位；应为 {right.zh}", f"{item}: the printed unit {words!r} "
                                                                      "does not exist; it should be "
                                                                      f"{right}"),
                   f"{name}/unit", where)
    elif unit(words) != right and str(unit(words)).replace("Nm3", "m3") == str(right).replace("Nm3", "m3"):
        yield review(text(f"{item}的单位印作“{words}”，未注明标准状态；按 {right.zh} 计算的，说明已折算到标准状态",
                          f"{item}: printed {words!r} without the state of the gas; say that it was "
                          f"converted to {right}"), f"{name}/unit", where)
    elif not unit(words).fits(right):
        yield fail(text(f"{item}的单位印作“{words}”，与 {right.zh} 不是同类量", f"{item}: the printed unit {words!r} "
                                                                    f"is not of the kind of {right}"),
                   f"{name}/unit", where)
    elif unit(words) != right:
        yield review(text(f"{item}的单位印作“{words}”，数值按 {right.zh} 才成立，相差 {unit(words).factor_to(right)} 倍",
                          f"{item}: printed {words!r}, but the value holds in {right}; a factor of "
                          f"{unit(words).factor_to(right)}"), f"{name}/unit", where)


@lru_cache(maxsize=1024)
def _unit(words: str) -> Unit | None:
    """The unit of these words, None where there is none: looking for the nearest name takes long, so it is done once."""
    try:
        return unit(words)
    except TanheError:
        return None


def _known(words: str) -> bool:
    return _unit(words) is not None


@check("CLO023", Family.CLOSURE, "material", needs=("lines",), clause="核算指南 附录二 表2.1 缺省值的数量级", covers=("C12",))
def emission_is_of_the_fuels_size(c: Context) -> Iterator[Result]:
    """天然气、油品排放量与消耗量相称 | the emission of gas and oil is of the size of its consumption"""
    found, limit = False, c.policy.number("fuel.emission.margin") / 100
    for line in c.inventory.lines:
        default = _default(c, line)
        if default is None or (line.reported is None and line.exact is None):
            continue
        found = True
        amount, rate, expected = default
        figure = line.reported if line.reported is not None else printed(line)
        if abs(figure - expected) <= limit * expected or abs(figure - expected) < Decimal("0.05"):
            continue
        gap = half_up(line.sign * ((line.verified if line.verified is not None else expected) - figure), 2)
        entity = half_up(c.inventory.including.exact + gap + line.sign * (figure - (line.exact or figure)), 2)
        yield fail(text(f"{line.item} {show(amount.normalize())} {amount_unit(line)}按缺省值每单位约 "
                        f"{show(rate, 2)} tCO2，应约 {show(expected, 2)} tCO2，印作 {show(figure)}；"
                        f"改正后企业总量约 {show(entity)} tCO2e。查含碳量、热值及其单位",
                        f"{line.item}: {show(amount.normalize())} {amount_unit(line)} at the default "
                        f"{show(rate, 2)} tCO2 a unit is about {show(expected, 2)} tCO2, printed "
                        f"{show(figure)}; "
                        f"corrected the entity's total is about {show(entity)}. See carbon content, "
                        "calorific value and their units"),
                   line.id, line_places(c, [line]), effect=effect(gap))
    if not found:
        yield not_applicable(text("没有天然气、油品的燃烧", "no gas or oil is burnt"))


def amount_unit(line: Line) -> str:
    """The unit of the line's consumption as written in reports."""
    given = line.reported_evaluation.inputs if line.reported_evaluation is not None else ()
    return next((i.unit.zh for i in given if i.symbol == "AD"), "")


def _default(c: Context, line: Line) -> tuple[Decimal, Decimal, Decimal] | None:
    """Consumption, emission per unit by the guideline's defaults, and their product."""
    if line.source.id != "combustion" or not line.spec.fuel or line.reported_evaluation is None:
        return None
    amount = next((i for i in line.reported_evaluation.inputs if i.symbol == "AD"), None)
    try:
        fuel = library().fuel(c.dossier.guideline, line.spec.fuel)
    except FactorNotFound:
        return None
    parts = (fuel.ncv, fuel.carbon_content, fuel.oxidation_factor)
    if amount is None or fuel.id not in STEADY or any(p is None for p in parts) or not amount.unit.fits(unit(fuel.unit)):
        return None
    with localcontext(CONTEXT):
        rate = Decimal(44) / 12
        for part in parts:
            rate *= part.value if part is not None else 1
    in_unit = scale(amount.value, amount.unit.factor_to(unit(fuel.unit)))
    return amount.value, scale(rate, amount.unit.factor_to(unit(fuel.unit))), in_unit * rate


@check("CLO024", Family.CLOSURE, "material", needs=("data",), clause="量纲一致", covers=("C11",))
def derived_units_fit(c: Context) -> Iterator[Result]:
    """推算数据和补充数据表的单位相配 | units of derived data and supplementary lines fit"""
    for name, found in c.inventory.data.items():
        evaluation = found.evaluation
        if evaluation is None:
            continue
        if evaluation.conflict or (evaluation.exact is not None and not evaluation.unit.fits(found.datum.unit)):
            why = evaluation.conflict or text(f"算得 {evaluation.unit.zh}，标为 {found.datum.unit.zh}",
                                              f"gives {evaluation.unit}, stated in {found.datum.unit}")
            yield fail(f"{found.datum.item}: {why}", name,
                       (*c.place("data", name, "unit"), *c.place("data", name, "derive")))
    for table in c.inventory.supplementary:
        for line in table.lines:
            if line.conflict:
                yield fail(f"{table.product} {line.item}: {line.conflict}", line.id, line_places(c, [line]))
