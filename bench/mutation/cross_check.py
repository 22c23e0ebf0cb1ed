"""Second sources that do not confirm what they are said to confirm (交叉核对)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tanhe.dossier.variant import Change

from .base import Base, Mutant, cell, is_number, like, operator, put, swapped_digits, times, wrong_digits


def seconds(b: Base) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Path of the datum, path of the second source, both contents; only those with two numbers."""
    for path, datum in b.each("data"):
        if datum.get("verified") is None:
            continue
        for at, check in b.each(f"{path}.cross_checks"):
            if is_number(str(check.get("value", ""))) and Decimal(check["value"]):
                yield path, at, datum, check


def differing(b: Base) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Those with a printed deviation that is not zero."""
    return (s for s in seconds(b) if Decimal(s[3].get("deviation", "0").rstrip("%") or 0))


def share(one: str, base: str) -> str:
    """The difference of two figures as a percentage of the second, with two decimals."""
    return like(abs(Decimal(one) / Decimal(base) - 1) * 100, "0.00") + "%"


@operator("cross-check", "偏差百分数一位数字错", "recompute the deviation")
def deviation_digit(b: Base) -> Iterator[Mutant]:
    for _, at, _, check in differing(b):
        for how, wrong in [*wrong_digits(check["deviation"].rstrip("%")), *swapped_digits(check["deviation"].rstrip("%"))]:
            yield put(f"{at} {how}", (f"{at}.deviation", wrong + "%"))


def _on(datum: dict[str, Any], check: dict[str, Any]) -> bool:
    """Whether the printed deviation is a percentage of the second source."""
    return share(datum["verified"], check["value"]) == check["deviation"]


@operator("cross-check", "偏差换了分母", "one base of deviations throughout the report")
def deviation_base(b: Base) -> Iterator[Mutant]:
    found = list(differing(b))
    for _, at, datum, check in found:
        for base in ((datum["verified"], check["value"]), (check["value"], datum["verified"])):
            others = [(x, y) for _, other, x, y in found if other != at and share(x["verified"], y["value"]) != share(y["value"], x["verified"])]
            as_others = bool(others) and all(_on(x, y) == (base[1] == check["value"]) for x, y in others)
            if share(*base) != check["deviation"] and not as_others:
                yield put(at, (f"{at}.deviation", share(*base)))
    for (_, one, first, _), (_, two, second, _) in pairwise(found):
        a, z = times(first["verified"], "0.97"), times(second["verified"], "0.97")
        yield put(f"{one} and {two}", (f"{one}.value", a), (f"{one}.deviation", share(a, first["verified"])),
                  (f"{two}.value", z), (f"{two}.deviation", share(second["verified"], z)))


@operator("cross-check", "偏差的百分号或小数点错", "recompute the deviation")
def deviation_power(b: Base) -> Iterator[Mutant]:
    for _, at, _, check in differing(b):
        yield from (put(f"{at} ×{f}", (f"{at}.deviation", times(check["deviation"].rstrip("%"), f) + "%")) for f in ("10", "0.1"))


@operator("cross-check", "第二来源的数一位数字错", "recompute the deviation; the second source's own table")
def second_digit(b: Base) -> Iterator[Mutant]:
    for _, at, _, check in seconds(b):
        for how, wrong in list(wrong_digits(check["value"]))[:3]:
            if abs(Decimal(wrong) / Decimal(check["value"]) - 1) > Decimal("0.002"):
                yield put(f"{at} {how}", (f"{at}.value", wrong))


@operator("cross-check", "第二来源的数差 10 的若干次方", "recompute the deviation")
def second_power(b: Base) -> Iterator[Mutant]:
    for _, at, _, check in seconds(b):
        yield from (put(f"{at} ×{f}", (f"{at}.value", times(check["value"], f))) for f in ("1000", "0.1"))


@operator("cross-check", "第二来源的单位错", "recompute the deviation in one unit")
def second_unit(b: Base) -> Iterator[Mutant]:
    wrong = {"t": "kg", "MWh": "kWh", "GJ": "MJ", "万Nm³": "Nm³", "GJ/t": "MJ/t"}
    for _, at, _, check in seconds(b):
        if check.get("unit") in wrong:
            yield put(at, (f"{at}.unit", wrong[check["unit"]]))
            yield put(f"{at} not comparable", (f"{at}.unit", "MWh" if check["unit"] != "MWh" else "t"))


@operator("cross-check", "第二来源就是第一来源的文件", "two independent sources")
def second_is_first(b: Base) -> Iterator[Mutant]:
    for path, at, datum, check in seconds(b):
        own = datum.get("documents", [])
        if own and check.get("document") not in own:
            yield put(at, (f"{at}.document", own[0]), (f"{at}.source", datum["source"]), (f"{at}.value", datum["verified"]),
                      (f"{at}.deviation", "0.00%"))
            yield put(f"{path} document", (f"{at}.document", own[0]))


@operator("cross-check", "没有第二来源，也没有说明", "two independent sources or a reason")
def second_missing(b: Base) -> Iterator[Mutant]:
    for path, _, datum, _ in seconds(b):
        summed = datum.get("derive", {}).get("formula", "statistics.series_sum") == "statistics.series_sum"
        if len(datum["cross_checks"]) == 1 and datum.get("kind", "activity") == "activity" and summed:
            yield put(path, (f"{path}.cross_checks", None), (f"{path}.cross_check_note", None))


def apart(at: str, datum: dict[str, Any], check: dict[str, Any], factor: str) -> list[tuple[str, Any]]:
    """A second source further away, its deviation recomputed on the base that was used."""
    far = times(datum["verified"], factor)
    own = share(check["value"], datum["verified"]) == check["deviation"]
    return [(f"{at}.value", far), (f"{at}.deviation", share(far, datum["verified"]) if own else share(datum["verified"], far))]


@operator("cross-check", "相差 4 % 而没有解释", "a deviation is explained")
def explanation_missing(b: Base) -> Iterator[Mutant]:
    for _, at, datum, check in differing(b):
        yield put(at, *apart(at, datum, check, "0.96"), (f"{at}.explanation", None))


@operator("cross-check", "偏差的解释讲的是另一种能源", "the explanation names the item in question")
def explanation_of_other(b: Base) -> Iterator[Mutant]:
    given = [(at, datum["item"], c["explanation"]) for _, at, datum, c in differing(b) if c.get("explanation")]
    for (at, item, own), (_, other, said) in zip(given, given[1:] + given[:1], strict=True):
        if own != said and item[:2] != other[:2] and other[:2] in said:
            yield put(at, (f"{at}.explanation", said))


@operator("cross-check", "两数相差 4 %，没有印偏差也没有解释", "recompute the deviation")
def deviation_missing(b: Base) -> Iterator[Mutant]:
    for _, at, datum, check in differing(b):
        yield put(at, *apart(at, datum, check, "0.96"), (f"{at}.deviation", None), (f"{at}.explanation", None))


@operator("cross-check", "两来源相差很大而照用", "a deviation beyond the limit needs settling")
def deviation_large(b: Base) -> Iterator[Mutant]:
    for _, at, datum, check in differing(b):
        yield from (put(f"{at} ×{f}", *apart(at, datum, check, f)) for f in ("0.8", "1.25"))


@operator("cross-check", "结论所称的来源与来源栏不同", "the conclusion's source equals the table's")
def conclusion_of_other_source(b: Base) -> Iterator[Mutant]:
    for path, at, datum, check in seconds(b):
        if datum.get("source") and str(check["source"])[:6] not in datum["source"] and datum.get("kind", "activity") == "activity":
            yield put(at, (f"{path}.conclusion", f"采用{check['source']}的数据，数据真实、准确，符合核算指南"))


@operator("cross-check", "第二来源的月度表有一月记错", "the second source's column against its printed total and the first")
def second_cell(b: Base) -> Iterator[Mutant]:
    for _, column, file, at in b.columns(main=False):
        for row, line in enumerate(b.cells[file][1:]):
            if is_number(line[at]) and Decimal(line[at]):
                yield from (Mutant(f"{file} {row} {column} {how}", (cell(file, row, column, wrong),))
                            for how, wrong in list(wrong_digits(line[at]))[:1])


@operator("cross-check", "第二来源某月与第一来源相差悬殊，全年合计不变", "month by month comparison of two sources")
def second_months_moved(b: Base) -> Iterator[Mutant]:
    for table, column, file, at in b.columns(main=False):
        if not _compared(b, table, column):
            continue
        rows = b.cells[file][1:]
        for row in range(2, len(rows) - 1, 3):
            moved = Decimal(like(Decimal(rows[row][at]) * Decimal("0.3"), rows[row][at]))
            yield Mutant(f"{file} {row} {column}", (
                cell(file, row, column, format(Decimal(rows[row][at]) - moved, "f")),
                cell(file, row + 1, column, format(Decimal(rows[row + 1][at]) + moved, "f"))))


def _compared(b: Base, table: str, column: str) -> bool:
    """Whether the column is the monthly face of a second source: its total is a cross-check's value."""
    total = b.number(f"tables.{table}.columns.{column}.total")
    values = [c["value"] for _, _, _, c in seconds(b)]
    return total is not None and any(Decimal(total).normalize().as_tuple().digits == Decimal(v).normalize().as_tuple().digits for v in values)


@operator("cross-check", "期初或期末库存错，消耗量照旧", "consumption = opening + bought − closing")
def stock_wrong(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if "库存量" in datum["item"] and is_number(str(datum.get("verified", ""))):
            for f in ("0.5", "2"):
                value = times(datum["verified"], f)
                yield put(f"{path} ×{f}", (f"{path}.reported", value), (f"{path}.verified", value))


@operator("cross-check", "某月月末库存与收支不符", "monthly stock balance")
def stock_month(b: Base) -> Iterator[Mutant]:
    for _, column, file, at in b.columns():
        if column == "closing":
            for row in (2, 5, 8):
                value = b.cells[file][row + 1][at]
                yield Mutant(f"{file} {row}", (cell(file, row, column, times(value, "0.6")),))


@operator("cross-check", "抽样发现错误而没有扩大", "the escalation rule of sampling")
def sampling_errors(b: Base) -> Iterator[Mutant]:
    for path, _ in b.each("sampling"):
        yield put(path, (f"{path}.sample", "4"), (f"{path}.errors", "2"), (f"{path}.note", None))


@operator("cross-check", "称全部核对而抽样不足", "a 100 % claim needs the whole population")
def sampling_share(b: Base) -> Iterator[Mutant]:
    for path, _ in b.each("sampling"):
        yield put(path, (f"{path}.sample", "3"))


@operator("cross-check", "称全部核对而证据只有部分", "a 100 % claim needs all documents")
def evidence_partial(b: Base) -> Iterator[Mutant]:
    for path, document in b.each("documents"):
        title = str(document["title"])
        if "全部" in title:
            yield Mutant(path, (Change(f"{path}.title", title.replace("12份，", "").replace("9份，", "").replace("全部", "部分")),))


@operator("cross-check", "同一库存的两种用途偏差方向相反", "two uses of one stock deviate the same way")
def stock_uses_opposite(b: Base) -> Iterator[Mutant]:
    if b.clean:
        for item, twin in (("diesel", "锅炉点火用柴油消耗量"), ("gas", "食堂天然气消耗量")):
            first = b.at(f"data.{item}")
            value, second = first["verified"], times(first["verified"], "1.12")
            check = {**first["cross_checks"][0], "value": second, "deviation": share(value, second)}
            other = {k: v for k, v in first.items() if k not in ("series", "derive")} | {"item": twin, "cross_checks": [check]}
            lower = times(value, "0.88")
            yield put(item, (f"data.{item}-mutant", other), (f"data.{item}.cross_checks.0.value", lower),
                      (f"data.{item}.cross_checks.0.deviation", share(value, lower)))
