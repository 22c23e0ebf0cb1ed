"""Arithmetic and claims inside texts (正文中的算式和说法): products written out, GWP sets, heat factors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.checks.findings import Effect
from tanhe.checks.provenance import _fuels
from tanhe.checks.whatif import all_lines, evaluations, users
from tanhe.dossier.data import Datum
from tanhe.dossier.model import Path, Statement
from tanhe.dossier.places import Place
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.inventory.model import Line
from tanhe.inventory.replay import digits_of, half_unit
from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse
from tanhe.quantity.quantity import CONTEXT, plain
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?%?"
_ARITHMETIC = re.compile(rf"(?<![0-9.])({_NUMBER}(?:\s*[×xX*÷/+－−–-]\s*{_NUMBER})+)\s*[=＝≈]\s*({_NUMBER})(?!\s*[×xX*÷/])")
_SETS = {"二": "SAR", "四": "AR4", "五": "AR5", "六": "AR6"}


@check("PRO008", Family.PROVENANCE, "material", needs=("data",), clause="算式、中间结果与采用值一致", covers=("F2",))
def written_arithmetic_holds(c: Context) -> Iterator[Result]:
    """写出的算式能得到所用的数值 | the arithmetic written in the text gives the value used"""
    for n, statement in enumerate(c.dossier.statements):
        name = statement.about.removeprefix("arithmetic.")
        if name == statement.about or name not in c.dossier.data:
            continue
        datum = c.dossier.data[name]
        try:
            said = parse(statement.value).value
        except TanheError:
            continue
        if datum.reported is not None and not _same(said, datum.reported):
            yield _used_other(c, name, datum, said, statement.where, c.place("statements", n))
    for n, statement in enumerate(c.dossier.statements):
        if statement.about == "derivation":
            yield review(text(f"{statement.where}的算式“{statement.value}”没有写出结果，算得的数在报告中找不到。请核对算式中的数",
                              f"the arithmetic {statement.value!r} in {statement.where} gives a figure that stands nowhere in the report. Check its "
                              "numbers"), f"derivation/{statement.where}/{statement.value[:24]}", c.place("statements", n), severity="minor")
    for name, datum in c.dossier.data.items():
        for field in ("source", "method", "conclusion", "cross_check_note", "note", "gaps"):
            yield from _in_text(c, name, datum.item, getattr(datum, field), ("data", name, field))
    for n, words in enumerate(c.dossier.method_notes):
        yield from _in_text(c, f"method_notes/{n}", text("核算方法", "method"), words, ("method_notes", n))
    for name, other in _twins(c):
        value = c.inventory.data[other].evaluation
        told = any(s.about == f"arithmetic.{name}" for s in c.dossier.statements)
        if value is not None and value.exact is not None and not told:
            spare = c.dossier.data[other].item
            yield _used_other(c, name, c.dossier.data[name], half_up(value.exact, 5), spare, c.place("data", other))


def _same(one: Decimal, other: Decimal) -> bool:
    d = min(digits_of(one), digits_of(other))
    return half_up(one, d) == half_up(other, d)


def _used_other(c: Context, name: str, datum: Datum, said: Decimal, where: str, places: tuple[Place, ...]) -> Result:
    """The text's result is one number, the value used another; what the value used is made of."""
    own, other = users(c.inventory, name)
    fuels = tuple(dict.fromkeys(x.spec.fuel for x in (*own, *other) if x.spec.fuel))
    used = datum.reported or Decimal(0)
    made = _fuels.product(c, used, c.dossier.guideline, fuels) if _fuels.kind_of(datum.unit) == "carbon" else ""
    return fail(text(f"{datum.item}：{where or '正文'}的算式得 {plain(said)}，采用的却是 {plain(used)}"
                     f"{'；' + made if made else ''}。查明以哪一个为准并重算",
                     f"{datum.item}: the arithmetic in {where or 'the text'} gives {plain(said)}, but "
                     f"{plain(used)} was used{'; ' + made if made else ''}. Settle which holds"),
                name, (*c.place("data", name, "reported"), *places), effect=_moved(own or other))


def _moved(lines: list[Line]) -> Effect | None:
    """From the reported figure to the verified one, where the verifiers took other values."""
    gaps = [x.sign * (x.verified - x.exact) for x in lines
            if x.verified is not None and x.exact is not None and x.verified != x.exact]
    return effect(half_up(sum(gaps, Decimal(0)), 2)) if gaps else None


def _twins(c: Context) -> Iterator[tuple[str, str]]:
    """A datum in use beside an unused one of the same item that is derived: the text's result was not the one taken."""
    taken = {i.datum for line, _ in all_lines(c.inventory) for e in evaluations(line) for i in e.inputs}
    derived = {n: d for n, d in c.dossier.data.items() if d.derive is not None and n not in taken and d.kind == "factor"}
    for other, spare in derived.items():
        value = c.inventory.data[other].reported
        for name, datum in c.dossier.data.items():
            alike = (datum.unit, datum.symbol, _core(datum)) == (spare.unit, spare.symbol, _core(spare))
            if alike and name in taken and datum.derive is None:
                if value is not None and datum.reported is not None and not _same(value, datum.reported):
                    yield name, other


def _core(datum: Datum) -> str:
    return re.split(r"[（(]", datum.item)[0]


def _in_text(c: Context, name: str, item: str, words: str, path: Path) -> Iterator[Result]:
    if "=" not in words and "＝" not in words and "≈" not in words:
        return
    for match in _ARITHMETIC.finditer(words):
        exact = _evaluate(match[1])
        said = parse(match[2])
        if exact is None or abs(exact - said.value) <= half_unit(digits_of(said.value)) * 2:
            continue
        yield fail(text(f"{item}的说明写“{match[0]}”，算得 {plain(half_up(exact, digits_of(said.value) + 1))}",
                        f"{item}: the text writes {match[0]!r}, which gives "
                        f"{plain(half_up(exact, digits_of(said.value) + 1))}"),
                   f"{name}/text", c.place(*path), severity="minor")


def _evaluate(words: str) -> Decimal | None:
    """A chain of numbers with × ÷ before + −; None where it divides by zero."""
    parts = re.findall(rf"{_NUMBER}|[×xX*÷/+－−–-]", words)
    terms: list[Decimal] = []
    with localcontext(CONTEXT):
        sign, times = 1, "×"
        for n, part in enumerate(parts):
            if n % 2:
                sign, times = (1, part) if part in "×xX*÷/" else (-1 if part != "+" else 1, part)
                continue
            value = parse(part).value
            if times in "÷/" and n:
                if not value:
                    return None
                terms[-1] /= value
            elif times in "×xX*" and n:
                terms[-1] *= value
            else:
                terms.append(sign * value)
    return sum(terms, Decimal(0))


@check("PRO012", Family.PROVENANCE, "material", clause="核算指南 全球变暖潜势：采用指南规定的IPCC评估报告", covers=("F17",))
def warming_potentials_are_the_guidelines(c: Context) -> Iterator[Result]:
    """GWP 采用指南规定的一组 | warming potentials are the guideline's set"""
    own, found = c.inventory.guideline.gwp_set, False
    for line, _ in all_lines(c.inventory):
        gas = line.spec.gas or line.source.gas
        for item in line.reported_evaluation.inputs if line.reported_evaluation is not None else ():
            if item.symbol != "GWP" or item.factor is not None:
                continue
            found = True
            yield from _gwp(c, line, gas, item.value)
    for n, words in enumerate(c.dossier.method_notes):
        for number in re.findall(r"第([二四五六])次评估报告", words):
            found = True
            if _SETS[number] != own:
                yield fail(text(f"核算方法称 GWP 取自 IPCC 第{number}次评估报告（{_SETS[number]}），指南采用 {own}",
                                f"the method takes GWPs of {_SETS[number]}; the guideline uses {own}"),
                           f"gwp/{_SETS[number]}", c.place("method_notes", n))
    for n, said in enumerate(c.dossier.statements):
        if said.about == "gwp":
            found = True
            yield from _edition(c, said, c.place("statements", n))
    if not found:
        yield not_applicable(text("案卷没有自行给出 GWP", "the dossier states no GWP of its own"))


def _edition(c: Context, said: Statement, places: tuple[Place, ...]) -> Iterator[Result]:
    """A potential told with its assessment report: it is the report's value, and the guideline's."""
    gas, _, number = said.text.partition("/")
    try:
        right, own = library().gwp(gas, _SETS[number]), library().gwp_for_guideline(gas, c.dossier.guideline)
    except (FactorNotFound, KeyError):
        return
    if Decimal(said.value) != right.value:
        yield fail(text(f"{said.where}称 {gas} 的 GWP 按 IPCC 第{number}次评估报告取 {said.value}，该报告的值是 {right.value_text}。请核对版次和数值",
                        f"{said.where} takes {said.value} for {gas} by {_SETS[number]}, whose value is {right.value_text}. Check edition and value"),
                   f"gwp/{gas}/{said.value}", places)
    elif right.value != own.value:
        yield fail(text(f"{said.where}称 {gas} 的 GWP 取 {said.value}（IPCC 第{number}次评估报告），指南为 {own.value_text}",
                        f"{said.where} takes {said.value} for {gas} ({_SETS[number]}); the guideline says {own.value_text}"),
                   f"gwp/{gas}/{said.value}", places)


def _gwp(c: Context, line: Line, gas: str, value: Decimal) -> Iterator[Result]:
    try:
        right = library().gwp_for_guideline(gas, c.dossier.guideline)
    except FactorNotFound:
        return
    if right.value == value:
        return
    others = []
    for name in ("SAR", "AR4", "AR5", "AR6"):
        try:
            others += [name] if library().gwp(gas, name).value == value else []
        except FactorNotFound:
            continue
    whose = text(f"，{plain(value)} 是 {'、'.join(others)} 的值", f"; {plain(value)} is that of "
                                                             f"{', '.join(others)}") if others else ""
    moved = None
    if line.exact is not None and value:
        moved = effect(half_up(line.exact * (right.value / value - 1) * line.sign, 2))
    yield fail(text(f"{line.item}的 {gas} GWP 取 {plain(value)}，指南为 {right.value_text}{whose}",
                    f"{line.item} takes {plain(value)} as GWP of {gas}; the guideline says "
                    f"{right.value_text}{whose}"),
               f"{line.id}/GWP", (line.place,) if line.place else (), effect=moved)


@check("PRO013", Family.PROVENANCE, "minor", needs=("data",), clause="补充数据表、核算指南：有自备锅炉数据时不用0.11缺省值", covers=("F12",))
def heat_default_only_without_own_value(c: Context) -> Iterator[Result]:
    """有自备锅炉因子时不用热力缺省值 | the heat default only where no own boiler's factor is known"""
    per_gj = unit("tCO2/GJ")
    factors = {n: d for n, d in c.dossier.data.items() if d.unit.fits(per_gj)}
    if not factors:
        yield not_applicable(text("没有热力排放因子", "there is no heat factor"))
    defaults = [n for n, d in factors.items() if d.derive is None and _is_default(d)]
    own = [n for n, d in factors.items() if d.derive is not None]
    for name in defaults:
        lines, tables = users(c.inventory, name)
        supplementary = bool(tables) and not lines
        beside = [o for o in own if not any(users(c.inventory, o)) or bool(users(c.inventory, o)[1]) == supplementary]
        if beside and (lines or tables):
            shown = "、".join(f"{c.dossier.data[o].item} "
                             f"{plain(c.dossier.data[o].reported or Decimal(0))}" for o in beside)
            yield review(text(f"{factors[name].item}用缺省值 {plain(factors[name].reported or Decimal(0))}，"
                              f"同时有由锅炉算得的{shown}；同一边界只能用一个",
                              f"{factors[name].item} uses the default while {shown} was derived from an "
                              "own boiler; one boundary takes one"),
                         name, (*c.place("data", name), *(p for o in beside for p in c.place("data", o))))


def _is_default(datum: Datum) -> bool:
    """Whether a heat factor is, or claims to be, the default 0.11 tCO2/GJ."""
    return datum.reported == Decimal("0.11") or (datum.library is not None and datum.library.table == "heat")
