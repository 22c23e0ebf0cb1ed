"""Sums of printed figures (小计与总量): subtotals, totals, supplementary totals, and the difference of the two totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.closure._helpers import (
    digits_of,
    groups,
    half_unit,
    line_places,
    printed,
    reproduced,
    rounds_to,
    show,
    supplements,
    tolerance,
    totals,
)
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.checks.partial import own_part_unknown
from tanhe.checks.slips import slip
from tanhe.checks.whatif import weight
from tanhe.dossier.places import Place
from tanhe.inventory.model import Line, Sum
from tanhe.messages import text
from tanhe.quantity.rounding import half_up

_CLAUSE = "核算指南 排放量汇总表；GB/T 8170"


@check("CLO003", Family.CLOSURE, "material", needs=("subtotals", "lines"), clause=_CLAUSE, covers=("C2",))
def subtotals_add_up(c: Context) -> Iterator[Result]:
    """小计等于各行之和 | subtotals equal the sum of their lines"""
    for name, found, members, path in groups(c.inventory):
        yield from _sum(c, f"sum/{name}", found, members, path)


@check("CLO004", Family.CLOSURE, "material", needs=("lines",), clause=_CLAUSE, covers=("C2",))
def totals_add_up(c: Context) -> Iterator[Result]:
    """总量等于各排放源之和 | totals equal the sum of all sources"""
    if all(found.reported is None for _, found, _, _ in totals(c.inventory)):
        yield not_applicable(text("报告没有印出总量", "the report prints no total"))
    for name, found, members, path in totals(c.inventory):
        yield from _sum(c, f"sum/{name}", found, members, path)


@check("CLO005", Family.CLOSURE, "material", needs=("supplementary",), clause="补充数据表 第1行、第3行", covers=("C2",))
def supplements_add_up(c: Context) -> Iterator[Result]:
    """补充数据表合计等于各项之和 | a supplementary total equals the sum of its parts"""
    if c.inventory.guideline.partial:
        yield own_part_unknown()
        return
    for name, table, path in supplements(c.inventory):
        yield from _sum(c, name, table.total, list(table.lines), path)


def _sum(c: Context, datum: str, found: Sum, members: list[Line], path: tuple[str | int, ...]) -> Iterator[Result]:
    """A printed sum against its printed and its exact parts, within 0.5·10⁻ᵈ·(n+1)."""
    figure = found.reported
    if figure is None:
        return
    parts = [line.sign * printed(line) for line in members]
    added = sum(parts, Decimal(0))
    gap = added - figure
    near = abs(gap) <= tolerance(parts, figure)
    if rounds_to(added, figure) or (near and rounds_to(found.exact, figure)):
        return
    where = (*c.place(*path), *line_places(c, members))
    shown = max(digits_of(figure), 2)
    zh = f"{found.zh}印作 {show(figure)}，各行之和为 {show(added)}（复算 {show(found.exact, shown)}）"
    en = (f"{found.zh} is printed {show(figure)}; its lines add up to {show(added)} (recomputed "
          f"{show(found.exact, shown)})")
    if near:
        known = [line for line in members if line.reported is not None or line.exact is not None]
        if known and (reproduced(known) or (len(known) == 1 and digits_of(printed(known[0])) == digits_of(figure))):
            yield review(text(f"{zh}：在修约容差内，但先修约后求和、先求和后修约都不是这个数；查看合计的算式",
                              f"{en}: within the tolerance, yet neither order of rounding gives it; see "
                              "how it was added"),
                         datum, where, effect=effect(half_up(gap, 2)), severity="minor")
        return
    hint = _named(figure, added, members)
    yield fail(text(f"{zh}，差 {show(-gap)}{'；' + hint if hint else ''}。改正合计或所缺的行",
                    f"{en}; off by {show(-gap)}{'; ' + hint if hint else ''}. Correct the sum or the line"),
               datum, where, effect=effect(half_up(gap, 2)), severity=weight(gap, c.inventory))


def _named(figure: Decimal, added: Decimal, members: list[Line]) -> str:
    """What was probably done: a line left out, counted twice, its sign turned, or a slip of digits."""
    near = half_unit(digits_of(figure)) * 2
    for line in members:
        value = line.sign * printed(line)
        if value and abs(added - value - figure) <= near:
            return text(f"恰少“{line.item}”", f"exactly without {line.item}")
        if value and abs(added + value - figure) <= near:
            return text(f"“{line.item}”恰多计一次", f"{line.item} counted twice")
        if value and abs(added - 2 * value - figure) <= near:
            return text(f"“{line.item}”正负号相反", f"the sign of {line.item} is turned")
    return slip(figure, added)


@check("CLO006", Family.CLOSURE, "material", needs=("totals.including_purchased_energy.reported",
       "totals.excluding_purchased_energy.reported"), clause=_CLAUSE, covers=("C6",))
def totals_differ_by_purchased_energy(c: Context) -> Iterator[Result]:
    """两个总量之差等于净购入电力和热力 | the two totals differ by purchased electricity and heat"""
    including, excluding = c.inventory.including.reported, c.inventory.excluding.reported
    if including is None or excluding is None:
        return
    parts, paths = _purchased(c)
    bought = sum(parts, Decimal(0))
    near = sum((half_unit(digits_of(v)) for v in (including, excluding, *parts)), Decimal(0))
    if abs(including - excluding - bought) <= near:
        return
    gap = bought - (including - excluding)
    yield fail(
        text(f"总量 {show(including)} 减不含净购入电热的 {show(excluding)} 得 {show(including - excluding)}，"
             f"而净购入电力和热力印作 {show(bought)}，差 {show(gap)}。改正其中一个总量",
             f"{show(including)} less {show(excluding)} is {show(including - excluding)}, but purchased "
             "electricity and "
             f"heat are printed {show(bought)}; off by {show(gap)}. Correct one of the totals"),
        "totals/purchased", (*c.place("totals", "including_purchased_energy", "reported"),
                             *c.place("totals", "excluding_purchased_energy", "reported"), *paths),
        effect=effect(half_up(gap, 2)), severity=weight(gap, c.inventory))


def _purchased(c: Context) -> tuple[list[Decimal], tuple[Place, ...]]:
    """The printed figures of purchased energy: the subtotal, else electricity and heat, else the lines."""
    figures = c.dossier.subtotals
    for names in (("purchased",), ("electricity", "heat")):
        given = {n: f for n in names if n in figures and (f := figures[n].reported) is not None}
        lines = [x for x in c.inventory.lines if x.source.purchased and x.source.id not in given]
        if given and (names == ("purchased",) or not lines):
            return list(given.values()), tuple(p for n in given for p in c.place("subtotals", n, "reported"))
    lines = [x for x in c.inventory.lines if x.source.purchased]
    return [x.sign * printed(x) for x in lines], line_places(c, lines)
