"""Figures that no longer follow from each other (算式闭合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.dossier.variant import Change

from .base import (
    Base,
    Mutant,
    cell,
    digits,
    is_number,
    like,
    operator,
    put,
    swapped_digits,
    times,
    wrong_digits,
)


def printed_lines(b: Base) -> Iterator[tuple[str, str]]:
    """Path and text of every line's printed figure that is not zero and can be computed."""
    computed = {line.id for line in b.inventory.lines if line.exact is not None}
    for path, line in b.each("lines"):
        figure = b.number(f"{path}.reported")
        if figure and Decimal(figure) and line["id"] in computed:
            yield f"{path}.reported", figure


def sums(b: Base) -> Iterator[tuple[str, str]]:
    """Path and text of every printed subtotal and total that is not zero."""
    paths = [f"subtotals.{name}.reported" for name in b.at("subtotals", {})]
    paths += [f"totals.{key}_purchased_energy.reported" for key in ("excluding", "including")]
    for path in paths:
        figure = b.number(path)
        if figure and Decimal(figure):
            yield path, figure


def right(b: Base, path: str) -> str:
    """A sum as recomputed, with the digits printed: a figure moved there would be repaired, not spoilt."""
    name = path.split(".")[1]
    found = b.inventory.subtotals.get(name) or getattr(b.inventory, name.partition("_")[0], None)
    return like(found.exact, b.at(path)) if found is not None else ""


@operator("closure", "行的排放量一位数字错", "replay every line digit by digit")
def line_digit(b: Base) -> Iterator[Mutant]:
    for path, figure in printed_lines(b):
        yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in wrong_digits(figure))


@operator("closure", "行的排放量两位数字对调", "replay every line digit by digit")
def line_swapped(b: Base) -> Iterator[Mutant]:
    for path, figure in printed_lines(b):
        yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in swapped_digits(figure))


@operator("closure", "行的排放量差 10 的若干次方", "replay every line")
def line_power(b: Base) -> Iterator[Mutant]:
    for path, figure in printed_lines(b):
        yield from (put(f"{path} ×{f}", (path, times(figure, f))) for f in ("1000", "0.001", "10000", "10"))


@operator("closure", "行填了另一行的数", "replay every line")
def line_of_another(b: Base) -> Iterator[Mutant]:
    found = list(printed_lines(b))
    for (path, figure), (_, other) in zip(found, found[1:] + found[:1], strict=True):
        if figure != other:
            yield put(path, (path, other))


@operator("closure", "行漏乘 44/12", "replay every line")
def line_as_carbon(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        figure = b.number(f"{path}.reported")
        if line["source"] in ("combustion", "raw-material") and figure and Decimal(figure):
            yield put(path, (f"{path}.reported", like(Decimal(figure) * 12 / 44, figure)))


@operator("closure", "小计或总量一位数字错", "sum the lines")
def sum_digit(b: Base) -> Iterator[Mutant]:
    for path, figure in sums(b):
        yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in wrong_digits(figure))


@operator("closure", "小计或总量两位数字对调", "sum the lines")
def sum_swapped(b: Base) -> Iterator[Mutant]:
    for path, figure in sums(b):
        yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in swapped_digits(figure))


@operator("closure", "合计末位差一", "no order of rounding gives the printed last digit")
def sum_last_place(b: Base) -> Iterator[Mutant]:
    for path, figure in sums(b):
        for sign in (1, -1):
            moved = format(Decimal(figure) + sign * Decimal(1).scaleb(-digits(figure)), "f")
            if digits(figure) and moved != right(b, path):
                yield put(f"{path} {sign:+d}", (path, moved))


@operator("closure", "合计漏加一行", "sum the lines")
def sum_without_a_line(b: Base) -> Iterator[Mutant]:
    for path, figure in sums(b):
        for part, value in printed_lines(b):
            counted = path.endswith("including_purchased_energy.reported") or _subtotal_has(b, path, part)
            if counted and digits(figure) >= 2:
                yield put(f"{path} without {part}", (path, format(Decimal(figure) - Decimal(value), "f")))


def _subtotal_has(b: Base, path: str, part: str) -> bool:
    return path == f"subtotals.{b.at(part.replace('.reported', '.source'))}.reported"


@operator("closure", "合计重复加一行", "sum the lines")
def sum_with_a_line_twice(b: Base) -> Iterator[Mutant]:
    for path, figure in sums(b):
        for part, value in printed_lines(b):
            if path.startswith("totals.including") or _subtotal_has(b, path, part):
                yield put(f"{path} with {part} twice", (path, like(Decimal(figure) + Decimal(value), figure)))


@operator("closure", "扣减项符号相反", "the sign of deductions; sum the lines")
def deduction_added(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        if line.get("direction") == "out":
            for target in (f"subtotals.{line['source']}.reported", "totals.including_purchased_energy.reported"):
                figure = b.number(target)
                if figure:
                    yield put(target, (target, like(Decimal(figure) + 2 * Decimal(line["reported"]), figure)))
            yield put(f"{path} in", (f"{path}.direction", "in"))


@operator("closure", "含与不含净购入电热的总量相同", "the two totals differ by purchased energy")
def totals_alike(b: Base) -> Iterator[Mutant]:
    one, other = (f"totals.{k}_purchased_energy.reported" for k in ("including", "excluding"))
    if b.number(one) and b.number(other):
        yield put("including", (one, b.at(other)))
        yield put("excluding", (other, b.at(one)))


@operator("closure", "活动数据一位数字错", "the line, the monthly sum or the derivation no longer gives the figure")
def datum_digit(b: Base) -> Iterator[Mutant]:
    for path, value in used_data(b, "activity"):
        for how, wrong in wrong_digits(value):
            yield put(f"{path} {how}", (f"{path}.reported", wrong), (f"{path}.verified", wrong))


@operator("closure", "活动数据两位数字对调", "the line, the monthly sum or the derivation no longer gives the figure")
def datum_swapped(b: Base) -> Iterator[Mutant]:
    for path, value in used_data(b, "activity"):
        for how, wrong in swapped_digits(value):
            yield put(f"{path} {how}", (f"{path}.reported", wrong), (f"{path}.verified", wrong))


@operator("closure", "数据单位滑移（t/kg、万）", "the line, the monthly sum or the derivation no longer gives the figure")
def datum_power(b: Base) -> Iterator[Mutant]:
    for path, value in used_data(b, "activity", "factor"):
        for f in ("1000", "0.001", "10000", "0.0001"):
            yield put(f"{path} ×{f}", (f"{path}.reported", times(value, f)), (f"{path}.verified", times(value, f)))


def used_data(b: Base, *kinds: str) -> Iterator[tuple[str, str]]:
    """Path and value of every datum of these kinds that a line or another datum uses."""
    used = str([line.get("inputs") for line in b.at("lines", [])]) + str([d.get("derive") for d in b.at("data").values()])
    used += str([line.get("inputs") for unit in b.at("supplementary", []) for line in unit["lines"]])
    for path, datum in b.each("data"):
        value = str(datum.get("verified", ""))
        if datum.get("kind", "activity") in kinds and is_number(value) and Decimal(value) and f"'{path[5:]}'" in used:
            yield path, value


@operator("closure", "因子的单位错", "units of factors against units of activity")
def factor_unit(b: Base) -> Iterator[Mutant]:
    wrong = {"tC/GJ": "tC/TJ", "GJ/t": "MJ/t", "GJ/万Nm³": "MJ/万Nm³", "tCO2/MWh": "tCO2/kWh", "tC/t": "tC/GJ", "tCO2/GJ": "tCO2/MWh"}
    for path, datum in b.each("data"):
        if datum["unit"] in wrong and datum.get("kind") == "factor" and any(p == path for p, _ in used_data(b, "factor")):
            yield put(f"{path} {wrong[datum['unit']]}", (f"{path}.unit", wrong[datum["unit"]]))


@operator("closure", "月度数一位数字错", "the printed total of the column, sub-uses and the annual datum")
def cell_digit(b: Base) -> Iterator[Mutant]:
    for row, column, file, value in cells(b):
        yield from (Mutant(f"{file} {row} {column} {how}", (cell(file, row, column, wrong),)) for how, wrong in wrong_digits(value))


@operator("closure", "月度数差 10 的若干次方", "the printed total of the column, sub-uses and the annual datum")
def cell_power(b: Base) -> Iterator[Mutant]:
    for row, column, file, value in cells(b):
        yield from (Mutant(f"{file} {row} {column} ×{f}", (cell(file, row, column, times(value, f)),)) for f in ("10", "0.1", "1000"))


def cells(b: Base) -> Iterator[tuple[int, str, str, str]]:
    """Row, column, file and text of every monthly figure that is not zero and goes into a printed total or a datum."""
    summed = [column for column in b.columns() if b.number(f"tables.{column[0]}.columns.{column[1]}.total")]
    for _, column, file, at in dict.fromkeys([*summed, *b.columns(main=True)]):
        for row, line in enumerate(b.cells[file][1:]):
            if is_number(line[at]) and Decimal(line[at]):
                yield row, column, file, line[at]


@operator("closure", "缺一个月", "periods tile the year")
def month_missing(b: Base) -> Iterator[Mutant]:
    for file, rows in b.cells.items():
        yield from (Mutant(f"{file} {rows[n][0]}", (Change(table=file, row=n - 1),)) for n in (2, 7, len(rows) - 1))


@operator("closure", "一个月出现两次", "periods tile the year")
def month_doubled(b: Base) -> Iterator[Mutant]:
    for file, rows in b.cells.items():
        yield from (Mutant(f"{file} {rows[n][0]}", (Change(table=file, row=len(rows) - 1, value=rows[n]),)) for n in (2, 7, 12) if n < len(rows))


@operator("closure", "某月填了上月的数", "the printed total of the column")
def month_repeated(b: Base) -> Iterator[Mutant]:
    means = {(t, c) for t, x in b.each("tables") for c, y in x["columns"].items() if y.get("aggregate", "sum") != "sum"}
    for row, column, file, value in cells(b):
        if any(b.at(f"{t}.file") == file and c == column for t, c in means):
            continue
        before = b.cells[file][row][b.cells[file][0].index(column)]
        if row and before != value and is_number(before):
            yield Mutant(f"{file} {row} {column}", (cell(file, row, column, before),))


@operator("closure", "各月整体错后一月", "periods tile the year")
def months_shifted(b: Base) -> Iterator[Mutant]:
    for file, rows in b.cells.items():
        labels = [row[0] for row in rows[1:]]
        if "12月" in labels and "1月" in labels:
            moved = [*labels[1:], f"{b.dossier.year + 1}年1月"]
            yield Mutant(file, tuple(Change(table=file, row=n, value=[label, *rows[n + 1][1:]]) for n, label in enumerate(moved)))


@operator("closure", "月度表印出的合计错", "the printed total of the column")
def column_total(b: Base) -> Iterator[Mutant]:
    for table, column, _, _ in b.columns():
        path = f"tables.{table}.columns.{column}.total"
        figure = b.number(path)
        if figure and b.at(f"tables.{table}.columns.{column}.aggregate", "sum") != "none":
            yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in [*wrong_digits(figure), *swapped_digits(figure)])


@operator("closure", "加权平均写成算术平均或一位数字错", "recompute the weighted mean")
def weighted_mean(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("derive", {}).get("formula") == "statistics.weighted_mean":
            for how, wrong in wrong_digits(datum["verified"]):
                yield put(f"{path} {how}", (f"{path}.reported", wrong), (f"{path}.verified", wrong))


@operator("closure", "补充数据表的行或合计错", "replay and sum the supplementary table")
def supplementary_figure(b: Base) -> Iterator[Mutant]:
    for path, unit in b.each("supplementary"):
        figures = [f"{path}.lines.{n}.reported" for n in range(len(unit["lines"]))] + [f"{path}.total.reported"]
        for figure in figures:
            value = b.number(figure) or "0"
            yield from (put(f"{figure} {how}", (figure, wrong)) for how, wrong in [*wrong_digits(value), *swapped_digits(value)])


@operator("closure", "外供电量没有扣除", "replay the line with the exported amount")
def exported_ignored(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        given = line.get("inputs", {})
        if line["source"] != "electricity" or not given:
            continue
        amount = {"item": "外供电量", "unit": "MWh", "reported": "350.000", "verified": "350.000", "source": "外供电结算单"}
        if "AD_out" in given:
            yield put(path, (f"data.{given['AD_out']}.reported", "350.00"), (f"data.{given['AD_out']}.verified", "350.00"))
        elif isinstance(given.get("AD"), str):
            both = {"AD_in": given["AD"], "AD_out": "mutant-exported", "EF": given["EF"]}
            yield put(path, ("data.mutant-exported", amount), (f"{path}.inputs", both))


@operator("closure", "电量重复计入", "sum the lines; one datum in two lines")
def electricity_twice(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        if line["source"] == "electricity":
            again = {**line, "id": "electricity/mutant", "item": "净购入电力（车间）"}
            yield Mutant(f"{path} again", (Change("lines.+", again),))
            yield Mutant(f"{path} again, sums follow", (Change("lines.+", again),), closed=True)
