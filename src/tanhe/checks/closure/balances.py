"""Balances within the inventory (平衡关系): net = bought − exported, sources of power, nothing counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.closure._helpers import digits_of, half_unit, line_places, show, stated
from tanhe.checks.engine import Context, Family, Result, check, effect, fail, not_applicable, review
from tanhe.checks.whatif import all_lines
from tanhe.dossier.data import Table
from tanhe.dossier.model import Dossier
from tanhe.guidelines.supplementary import TABLES
from tanhe.inventory.model import Line
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up

NET, OUT, IN = re.compile(r"净(购|外购|消耗|使用)"), re.compile(r"外供|外销|转供|输出|上网|售出"), re.compile(r"购入|外购|输入")


@check("CLO011", Family.CLOSURE, "material", needs=("data",), clause="核算指南 净购入电力、热力", covers=("A17",))
def net_is_bought_less_exported(c: Context) -> Iterator[Result]:
    """净购入量等于购入量减外供量 | net purchase equals bought less exported"""
    found = False
    for line in c.inventory.lines:
        evaluation = line.reported_evaluation
        given = {i.symbol: i for i in evaluation.inputs} if evaluation is not None else {}
        if "AD_in" in given and "AD_out" in given:
            found = True
            bought, sold = given["AD_in"].value, given["AD_out"].value
            if sold > bought or sold < 0:
                yield review(text(f"{line.item}：外供 {show(sold)} 与购入 {show(bought)} 的大小或正负号不寻常，查结算单",
                                  f"{line.item}: exported {show(sold)} against bought {show(bought)}: size "
                                  "or sign is unusual; see the settlement"),
                             line.id, line_places(c, [line]))
    for net, bought_id, sold_id in _data(c.dossier):
        found = True
        yield from _datum(c, net, bought_id, sold_id)
    for name, table in c.dossier.tables.items():
        keys = _columns(table)
        if keys is not None:
            found = True
            yield from _table(c, name, keys)
    if not found:
        yield not_applicable(text("没有外供，购入量即净购入量", "nothing is exported"))


def _data(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Triples of net, bought and exported data of one kind of energy."""
    for kind in ("电", "热|蒸汽"):
        here = {n: d for n, d in dossier.data.items() if d.kind == "activity" and re.search(kind, d.item)}
        net = [n for n, d in here.items() if NET.search(d.item)]
        sold = [n for n, d in here.items() if OUT.search(d.item)]
        bought = [n for n, d in here.items() if IN.search(d.item) and n not in net and n not in sold]
        if len(net) == len(sold) == len(bought) == 1:
            yield net[0], bought[0], sold[0]


def _datum(c: Context, net: str, bought: str, sold: str) -> Iterator[Result]:
    data = [c.dossier.data[n] for n in (net, bought, sold)]
    values = [stated(d) for d in data]
    if any(v is None for v in values) or not all(d.unit.fits(data[0].unit) for d in data):
        return
    n, b, s = [scale(v, d.unit.factor_to(data[0].unit)) for d, v in zip(data, values, strict=True) if v is not None]
    if abs(b - s - n) > half_unit(digits_of(n)) + half_unit(digits_of(b)) + half_unit(digits_of(s)):
        yield fail(text(f"购入 {show(b)} 减外供 {show(s)} 得 {show(b - s)}，“{data[0].item}”印作 {show(n)} "
                        f"{data[0].unit.zh}",
                        f"bought {show(b)} less exported {show(s)} is {show(b - s)}; {data[0].item} is "
                        f"printed {show(n)} {data[0].unit}"),
                   net, (*c.place("data", net), *c.place("data", bought), *c.place("data", sold)))


def _columns(table: Table) -> tuple[str, str, str] | None:
    titles = {k: col.title for k, col in table.columns.items()}
    net = [k for k, t in titles.items() if NET.search(t)]
    sold = [k for k, t in titles.items() if OUT.search(t)]
    bought = [k for k, t in titles.items() if IN.search(t) and k not in net and k not in sold]
    if len(net) == len(sold) == len(bought) == 1 and len({table.columns[k].unit for k in (net[0], sold[0], bought[0])}) == 1:
        return net[0], bought[0], sold[0]
    return None


def _table(c: Context, name: str, keys: tuple[str, str, str]) -> Iterator[Result]:
    series = c.dossier.all_series[name]
    for row, label in enumerate(series.labels):
        n, b, s = (series.values[k][row] for k in keys)
        if n is None or b is None or s is None or abs(b - s - n) <= half_unit(digits_of(n)):
            continue
        yield fail(text(f"{c.dossier.tables[name].title} {label}：购入 {show(b)} 减外供 {show(s)} 得 {show(b - s)}"
                        f"，净购入印作 {show(n)}",
                        f"{c.dossier.tables[name].title}, {label}: {show(b)} less {show(s)} is "
                        f"{show(b - s)}; net is printed {show(n)}"),
                   f"{name}/{label}", (series.place(keys[0], row),))


@check("CLO012", Family.CLOSURE, "material", needs=("lines",), clause="核算指南 排放源不重不漏", covers=("B14", "C2"))
def nothing_is_counted_twice(c: Context) -> Iterator[Result]:
    """同一活动数据只计入一行 | no activity datum is counted in two lines"""
    used: dict[str, list[Line]] = {}
    for line in c.inventory.lines:
        evaluation = line.reported_evaluation
        if evaluation is None or line.memo:
            continue
        for item in evaluation.inputs:
            if item.spec.role == "activity" and item.datum is not None and item.value and not item.spec.fraction:
                used.setdefault(item.datum, []).append(line)
    for name, lines in used.items():
        distinct = list(dict.fromkeys((x.id, x.source.id) for x in lines))
        if len(lines) < 2 or (len(distinct) > 1 and len({x.sign for x in lines}) > 1):
            continue
        extra = lines[-1].exact
        items = "、".join(x.id for x in lines)
        yield fail(text(f"{c.dossier.data[name].item}同时计入 {items}：同一数量只能计一次。删去一行或分开数量",
                        f"{c.dossier.data[name].item} is counted in {items}: one amount counts once. "
                        "Remove a line or split the amount"),
                   name, line_places(c, lines), effect=effect(half_up(-extra, 2)) if extra is not None else None)


@check("CLO013", Family.CLOSURE, "material", needs=("supplementary",), clause="补充数据表 1.2.1", covers=("A2",))
def power_by_source_adds_up(c: Context) -> Iterator[Result]:
    """补充数据表各来源电量之和等于消耗电量 | electricity by source adds up to consumption in a supplementary table"""
    found = False
    for n, spec in enumerate(c.dossier.supplementary):
        table = TABLES.get(spec.table)
        rows = [r.number for r in table.rows if r.number.startswith("1.2.1.")] if table is not None else []
        given = [c.dossier.data[ref] for r in rows if isinstance(ref := spec.rows.get(r), str) and ref in c.dossier.data]
        whole = [i for x in c.inventory.supplementary[n].lines if x.source.id == "electricity" and x.reported_evaluation
                 for i in x.reported_evaluation.inputs if i.symbol == "AD"]
        if not given or not whole:
            continue
        found = True
        mwh = whole[0].unit
        parts = [scale(v, d.unit.factor_to(mwh)) for d in given if d.unit.fits(mwh) and (v := stated(d)) is not None]
        total = sum((i.value for i in whole), Decimal(0))
        if abs(sum(parts, Decimal(0)) - total) > half_unit(digits_of(total)) * (len(parts) + 1):
            yield fail(text(f"{spec.product}补充数据表：各来源电量之和 {show(sum(parts, Decimal(0)))}，消耗电量 "
                            f"{show(total)} MWh",
                            f"supplementary table of {spec.product}: power by source adds up to "
                            f"{show(sum(parts, Decimal(0)))}, consumption is {show(total)} MWh"),
                       f"supplementary/{n}/power", (*c.place("supplementary", n, "rows"), *(i.place for i in whole if i.place)))
    if not found:
        yield not_applicable(text("补充数据表没有按来源列出电量", "no supplementary table lists power by source"))


@check("CLO026", Family.CLOSURE, "material", needs=("supplementary",), clause="同一计算在各表中结果相同", covers=("C1", "C3"))
def same_inputs_same_figure(c: Context) -> Iterator[Result]:
    """输入相同的行，各表印出的排放量相同 | lines with the same inputs print the same figure"""
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], Line] = {}
    for line, _ in all_lines(c.inventory):
        evaluation = line.reported_evaluation
        if evaluation is None or line.reported is None or any(i.datum is None for i in evaluation.inputs):
            continue
        key = (evaluation.formula.id, tuple((i.symbol, i.datum or "") for i in evaluation.inputs))
        first = seen.setdefault(key, line)
        if first is line or first.reported is None:
            continue
        gap = line.reported - first.reported
        if abs(gap) > half_unit(digits_of(line.reported)) + half_unit(digits_of(first.reported)):
            yield fail(text(f"{first.id} 与 {line.id} 的输入相同，分别印作 {show(first.reported)} 和 "
                            f"{show(line.reported)}；复算为 {show(line.exact or Decimal(0), 2)}",
                            f"{first.id} and {line.id} have the same inputs but print "
                            f"{show(first.reported)} and {show(line.reported)}; recomputed "
                            f"{show(line.exact or Decimal(0), 2)}"),
                       line.id, line_places(c, [first, line]), effect=effect(half_up(gap, 2)))
