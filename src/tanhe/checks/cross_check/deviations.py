"""Deviations between two sources (交叉核对偏差): recomputed, on one base, explained, and not offsetting each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanhe.checks.amounts import ELECTRIC, ZERO, convert, marginal, percent, shown, value
from tanhe.checks.engine import (
    Context,
    Family,
    Result,
    check,
    effect,
    fail,
    not_applicable,
    review,
    unsettled,
)
from tanhe.checks.findings import Effect
from tanhe.checks.names import core
from tanhe.dossier.data import CrossCheck, Datum
from tanhe.dossier.places import Place
from tanhe.messages import text
from tanhe.quantity.rounding import half_up

AGREES = re.compile(r"一致|无偏差|没有偏差|相同|agree|no deviation", re.I)
DIFFERS = re.compile(r"差|偏差|偏高|偏低|differ|deviat", re.I)
NOT_AGREES = re.compile(r"不一致|不相同|不尽|除.{0,8}外")


@dataclass(frozen=True)
class Pair:
    """A datum's value beside the second source's, in the datum's unit."""

    name: str
    datum: Datum
    n: int
    other: CrossCheck
    own: Decimal
    second: Decimal

    @property
    def difference(self) -> Decimal:
        """Own less second source."""
        return self.own - self.second

    @property
    def on_second(self) -> Decimal:
        """The deviation on the second source, as a share."""
        return self.difference / self.second

    @property
    def on_own(self) -> Decimal:
        """The deviation on the datum's own value."""
        return self.difference / self.own

    def places(self, c: Context, key: str = "value") -> tuple[Place, ...]:
        """The datum and the field of its cross-check."""
        return (*c.place("data", self.name, "reported"), *c.place("data", self.name, "cross_checks", self.n, key))


def pairs(c: Context) -> list[Pair]:
    """Every cross-check with two numbers that can be compared."""
    found = []
    for name, datum in c.dossier.data.items():
        own = value(c, name)
        for n, other in enumerate(datum.cross_checks):
            second = convert(other.value, other.unit or datum.unit, datum.unit) if other.value is not None else None
            if own and second:
                found.append(Pair(name, datum, n, other, own, second))
    return found


def _bases(pair: Pair) -> set[str]:
    """Which base gives the printed deviation at its digits; a number without % may be in per cent."""
    printed = pair.other.deviation
    if printed is None:
        return set()
    found = set()
    for share in {printed, printed / 100}:
        digits = max(0, -int(share.as_tuple().exponent))
        for base, exact in (("second", pair.on_second), ("own", pair.on_own)):
            if half_up(abs(exact), digits) == abs(share):
                found.add(base)
    return found


@check("CRO003", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A7",),
       clause="核查参考指南的交叉核对：偏差以同一基数计算并保留正负号（B级）")
def one_base(c: Context) -> Iterator[Result]:
    """各项偏差用同一基数 | all deviations on one base"""
    printed = [(p, _bases(p)) for p in pairs(c) if p.other.deviation is not None]
    if not printed:
        yield not_applicable(text("没有印出的偏差", "no deviation is printed"))
    yield from _signs(c, [p for p, bases in printed if bases])
    sure = [(p, bases) for p, bases in printed if len(bases) == 1]
    if len({base for _, bases in sure for base in bases}) < 2:
        return
    zh = "；".join(f"{p.datum.item} "
                  f"{percent(abs(p.other.deviation or ZERO))[1:]}以{'第二来源' if 'second' in b else '本数'}为基数"
                  f"（另一基数为 {percent(p.on_own if 'second' in b else p.on_second)}）" for p, b in sure)
    en = "; ".join(f"{p.datum.item} {percent(abs(p.other.deviation or ZERO))[1:]} on "
                   f"{'the second source' if 'second' in b else 'its own value'}"
                   for p, b in sure)
    yield fail(text(f"偏差的基数不统一：{zh}；统一以第二来源为基数重算并保留正负号",
                    f"the deviations have different bases: {en}; take the second source as base throughout and "
                    "keep the sign"),
               "deviation-base", [place for p, _ in sure for place in p.places(c, "deviation")[1:]])


def _signs(c: Context, printed: list[Pair]) -> Iterator[Result]:
    """Deviations whose sign is the contrary of the others': own value less second source in all rows but one."""
    right = [p for p in printed if (p.other.deviation or ZERO) * p.difference > 0]
    contrary = [p for p in printed if (p.other.deviation or ZERO) < 0 < p.difference]
    if len(right) > len(contrary):
        for p in contrary:
            yield fail(text(f"{p.datum.item}的偏差印作 {percent(p.other.deviation or ZERO)}，本数 {p.own} 大于第二来源 {p.second}，"
                            "按其余各项的算法应为正。请统一正负号",
                            f"the deviation of {p.datum.item} is printed as {percent(p.other.deviation or ZERO)}; {p.own} is above {p.second}, so by the "
                            "way the others are computed it is positive. Use one sign"), f"sign/{p.name}/{p.n}", p.places(c, "deviation"))


@check("CRO004", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A7", "C3"),
       clause="核查记录表第10行：偏差与两个数值相符（B级）")
def deviation_recomputes(c: Context) -> Iterator[Result]:
    """偏差能由两个数值复算 | the deviation follows from the two values"""
    yield from _other_units(c)
    compared = pairs(c)
    if not compared:
        yield not_applicable(text("没有两个数值的交叉核对", "no cross-check with two values"))
    for p in compared:
        stated = text(f"{p.datum.item}：{p.own} 与“{p.other.source}”的 {p.second}（{p.datum.unit.zh}）",
                      f"{p.datum.item}: {p.own} and {p.second} ({p.datum.unit}) of {p.other.source}")
        if p.other.deviation is not None and not _bases(p):
            yield fail(stated + text(
                f"，偏差印作 {percent(p.other.deviation)}，复算为 {percent(p.on_second)}（以第二来源为基数）或 {percent(p.on_own)}；"
                "核对两个数值的原件后改正",
                f"; the deviation is printed as {percent(p.other.deviation)} but is {percent(p.on_second)} (on "
                "the second source) or "
                f"{percent(p.on_own)}; look at both originals"), f"{p.name}/{p.n}", p.places(c, "deviation"))
        if p.other.deviation is None and p.difference and not _claims_agreement(p):
            yield unsettled(stated + text(f"相差 {percent(p.on_second)}，没有写偏差；补写偏差和原因",
                                          f" differ by {percent(p.on_second)}; state the deviation and its cause"),
                            f"{p.name}/{p.n}", p.places(c))
        if p.other.deviation is None and p.difference and _claims_agreement(p):
            yield fail(stated + text(f"相差 {percent(p.on_second)}，说明却称一致；查原件，改数或改说明",
                                     f" differ by {percent(p.on_second)}, yet the text says they agree; look "
                                     "at the originals"),
                       f"{p.name}/{p.n}", p.places(c, "explanation"), effect=_of(c, p))


def _other_units(c: Context) -> Iterator[Result]:
    """Second sources in a unit that cannot be compared with the datum's."""
    for name, datum in c.dossier.data.items():
        for n, other in enumerate(datum.cross_checks):
            if other.value is not None and other.unit is not None and not other.unit.fits(datum.unit):
                yield fail(text(
                    f"{datum.item}的单位是 {datum.unit.zh}，“{other.source}”的 {other.value} 单位是 {other.unit.zh}，"
                    "不能相比；查原件改正单位，需换算的写明系数",
                    f"{datum.item} is in {datum.unit}, {other.value} of {other.source} in {other.unit}: not "
                    "comparable; correct the unit "
                    "or state the conversion"),
                    f"{name}/{n}/unit", (*c.place("data", name, "unit"), *c.place("data", name, "cross_checks", n, "unit")))


def _claims_agreement(p: Pair) -> bool:
    said = p.other.explanation or p.datum.cross_check_note
    return bool(AGREES.search(said)) and not NOT_AGREES.search(said)


def _of(c: Context, p: Pair) -> Effect:
    """From nothing to the whole difference at the datum's own emission per unit."""
    return effect(ZERO, half_up(-p.difference * marginal(c, p.name), 2))


@check("CRO005", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A7",),
       clause="核查参考指南：偏差超过界限的说明原因（B级；界限为本项目建议，C级，可改）")
def deviation_explained(c: Context) -> Iterator[Result]:
    """超过界限的偏差有说明 | a deviation above the limit is explained"""
    compared = pairs(c)
    if not compared:
        yield not_applicable(text("没有两个数值的交叉核对", "no cross-check with two values"))
    for p in compared:
        key = "deviation.electricity" if p.datum.unit.dimension == ELECTRIC else "deviation.solid"
        limit, warn = c.policy.number(key), c.policy.number("deviation.warn")
        size = abs(p.on_second) * 100
        assumed = text("影响按“以第二来源为准”与“以本数为准”两端计算", "the effect spans from this value to the second source's")
        stated = text(f"{p.datum.item} {p.own} 与“{p.other.source}”{p.second}（{p.datum.unit.zh}）相差 "
                      f"{percent(p.on_second)}",
                      f"{p.datum.item} {p.own} and {p.other.source} {p.second} ({p.datum.unit}) differ by "
                      f"{percent(p.on_second)}")
        told = p.other.explanation or (p.datum.cross_check_note if DIFFERS.search(p.datum.cross_check_note) else "")
        if p.difference and size <= limit and not told:
            yield unsettled(stated + text("，没有说明原因；补写原因", " without a cause; state it"), f"{p.name}/{p.n}", p.places(c),
                            severity="editorial")
        elif size > limit and not told:
            yield unsettled(stated + text(f"，超过 {limit}% 而没有说明；查明原因并说明采用哪一个。{assumed}",
                                          f", above {limit}%, without a word; find and state the cause. {assumed}"),
                            f"{p.name}/{p.n}", p.places(c), effect=_of(c, p))
        elif size > warn:
            yield review(stated + text(f"，超过警示线 {warn}%，说明为“{p.other.explanation}”；请以盘点或计量记录证实。{assumed}",
                                       f", above the warning line of {warn}%; the explanation needs "
                                       f"stock-taking or weighing records. {assumed}"),
                         f"{p.name}/{p.n}", p.places(c, "explanation"), effect=_of(c, p))


@check("CRO006", Family.CROSS_CHECK, "material", needs=("data",), covers=("A8",),
       clause="同一库存的两种用途：各用途偏差与总量偏差相符，不得一增一减（B级）")
def opposite_deviations(c: Context) -> Iterator[Result]:
    """同一库存的两种用途偏差方向相反 | two uses of one stock deviate in opposite directions"""
    stocks: dict[tuple[object, str], list[Pair]] = defaultdict(list)
    for p in pairs(c):
        if p.datum.kind == "activity" and p.difference:
            stocks[p.datum.unit.dimension, p.other.document or core(p.other.source)].append(p)
    if not any(len({p.name for p in stock}) > 1 for stock in stocks.values()):
        yield not_applicable(text("没有同一台账核对的两种用途", "no two uses checked against one ledger"))
    limit = c.policy.number("deviation.solid") / 100
    for over, under in (pair for stock in stocks.values() for pair in _opposites(stock, limit)):
        moved = convert(under.difference, under.datum.unit, over.datum.unit) or under.difference
        sums = over.difference + moved, over.second + (convert(under.second, under.datum.unit, over.datum.unit) or ZERO)
        span = _shift(c, over, under)
        yield fail(text(
            f"{over.datum.item}比“{over.other.source}”多 {shown(over.difference)} "
            f"{over.datum.unit.zh}（{percent(over.on_second)}），"
            f"{under.datum.item}比它少 {shown(-under.difference)}（{percent(under.on_second)}），合计只差 "
            f"{percent(sums[0] / sums[1])}："
            "像是两种用途之间划分不清，不是计量误差。影响按三种情形取区间：两项都以台账为准；总量不变、把较小或较大的差额由前者划给后者。"
            "用皮带秤、入炉记录和月末盘点逐月分开两种用途",
            f"{over.datum.item} is {shown(over.difference)} {over.datum.unit} above {over.other.source} "
            f"({percent(over.on_second)}), "
            f"{under.datum.item} {shown(-under.difference)} below it ({percent(under.on_second)}), together "
            f"only {percent(sums[0] / sums[1])}: "
            "a matter of dividing one stock, not of metering. The effect spans three cases: the ledger for "
            "both; the smaller or the larger "
            "difference moved from the first use to the second. Separate the uses month by month with belt "
            "scales and stock-taking"),
            f"{over.name}/{under.name}", (*over.places(c), *under.places(c)), effect=span)


def _opposites(stock: list[Pair], limit: Decimal) -> list[tuple[Pair, Pair]]:
    """Uses above the ledger beside uses below it, the largest with the largest; each use stands in a pair."""
    beyond = sorted((p for p in stock if abs(p.on_second) > limit), key=lambda p: abs(p.on_second), reverse=True)
    over, under = [p for p in beyond if p.difference > 0], [p for p in beyond if p.difference < 0]
    if not over or not under:
        return []
    last = max(len(over), len(under))
    return [(over[min(n, len(over) - 1)], under[min(n, len(under) - 1)]) for n in range(last)]


def _shift(c: Context, over: Pair, under: Pair) -> Effect:
    first, second = marginal(c, over.name), marginal(c, under.name)
    ledger = -over.difference * first - under.difference * second
    moved = [amount * (second - first) for amount in (over.difference, -under.difference)]
    found = sorted(half_up(x, 2) for x in (ledger, *moved))
    return effect(found[0], found[-1])
