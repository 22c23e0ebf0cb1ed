"""Stock balance (库存平衡): opening + bought − closing − sold = used, wherever the figures are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.amounts import ZERO, marginal, shown, value
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable
from tanhe.messages import text
from tanhe.quantity.exact import sum_tolerance
from tanhe.quantity.rounding import half_up

ROLES = (
    ("opening", re.compile(r"期初|月初|年初|opening", re.I)),
    ("closing", re.compile(r"期末|月末|年末|closing", re.I)),
    ("sold", re.compile(r"外售|外销|外供|转出|sold|transferred", re.I)),
    ("bought", re.compile(r"购入|购进|采购|进货|入库|入厂|bought|purchase|receipt", re.I)),
    ("used", re.compile(r"消耗|消费|使用量|用量|领用|耗用|出库|used|consum", re.I)),
)
NEEDED = frozenset({"closing", "bought", "used"})
ALL = NEEDED | {"opening"}
WORDS = re.compile(r"对外供应|期初|月初|年初|期末|月末|年末|外售|外销|外供|转出|购入|购进|采购|入库|入厂|出库|消耗|消费|使用|领用|耗用|库存|存量|用量|量|的")


@check("CRO009", Family.CROSS_CHECK, "minor", covers=("A10",),
       clause="核查参考指南：消费量与“期初库存＋购入－期末库存－外销”核对（B级）")
def stock_balance(c: Context) -> Iterator[Result]:
    """库存平衡 | stock balance"""
    checked = False
    for table, columns in _tables(c):
        checked = True
        yield from _rows(c, table, columns)
    for thing, data in _data(c).items():
        checked = True
        amounts = {role: value(c, name) for role, name in data.items()}
        if any(v is None for v in amounts.values()):
            continue
        gap, tolerance = _gap({k: v for k, v in amounts.items() if v is not None})
        if abs(gap) > tolerance:
            emitted = half_up(gap * marginal(c, data["used"]), 2)
            yield fail(_message(thing, {k: v for k, v in amounts.items() if v is not None}, gap), f"stock/{thing}",
                       [p for name in data.values() for p in c.place("data", name)], effect=effect(ZERO, emitted))
    if not checked:
        yield not_applicable(text("案卷没有库存数据", "the dossier has no stock figures"))


def _tables(c: Context) -> Iterator[tuple[str, dict[str, str]]]:
    for name in c.dossier.all_series:
        columns: dict[str, str] = {}
        for column, spec in c.dossier.tables[name].columns.items():
            role = part_of(spec.title) or part_of(column)
            if role:
                columns.setdefault(role, column)
        if columns.keys() >= NEEDED:
            yield name, columns


def _rows(c: Context, table: str, columns: dict[str, str]) -> Iterator[Result]:
    series = c.dossier.series(table)
    before: Decimal | None = None
    for row, label in enumerate(series.labels):
        cells = {role: series.values[column][row] for role, column in columns.items()}
        given = {role: v for role, v in cells.items() if v is not None}
        opening = given.get("opening")
        if opening is None and before is not None:
            given["opening"] = before
        place = (series.place(columns["used"], row),)
        if given.keys() >= ALL:
            gap, tolerance = _gap(given)
            if abs(gap) > tolerance:
                yield fail(_message(f"{c.dossier.tables[table].title} {label}", given, gap), f"stock/{table}/{label}", place)
        if before is not None and opening is not None and opening != before:
            yield fail(text(f"{c.dossier.tables[table].title}{label}：期初 {opening} 不等于上期期末 {before}；查盘点记录",
                            f"{c.dossier.tables[table].title} {label}: opening {opening} is not the last "
                            f"closing {before}"),
                       f"stock/{table}/{label}/opening", place)
        before = given.get("closing")


def _gap(given: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Balance less consumption, and what rounding of the printed figures explains."""
    balance = given["opening"] + given["bought"] - given["closing"] - given.get("sold", ZERO)
    digits = min(max(0, -int(v.as_tuple().exponent)) for v in given.values())
    return balance - given["used"], sum_tolerance(len(given) - 1, digits)


def _message(thing: str, given: dict[str, Decimal], gap: Decimal) -> str:
    return text(
        f"{thing}：期初 {given['opening']} ＋购入 {given['bought']} －期末 {given['closing']} －外销 {given.get('sold', ZERO)} "
        f"与消耗 {given['used']} 相差 {shown(gap)}；核对过磅单与盘点表。影响按差额全部为漏计或多计估算",
        f"{thing}: opening {given['opening']} + bought {given['bought']} − closing {given['closing']} − sold "
        f"{given.get('sold', ZERO)} "
        f"differs from the use {given['used']} by {shown(gap)}; look at weighing and stock-taking records. "
        "The effect takes the whole difference as use")


def _data(c: Context) -> dict[str, dict[str, str]]:
    """Stock figures given as data: those that share the name of a material."""
    found: dict[str, dict[str, str]] = {}
    for name, datum in c.dossier.data.items():
        role = part_of(datum.item)
        if role and datum.kind != "factor":
            found.setdefault(WORDS.sub("", datum.item), {}).setdefault(role, name)
    return {thing: roles for thing, roles in found.items() if roles.keys() >= ALL}


def part_of(title: str) -> str:
    """What a column or datum is in a stock balance, by its title; empty when nothing."""
    return next((role for role, pattern in ROLES if pattern.search(title)), "")
