"""Replays (复算): every printed figure beside its recomputation, with grade and reason."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanhe.inventory.model import Column, Grade, Replay, Sum
from tanhe.quantity.quantity import exact_text
from tanhe.report.workbook.amounts import difference
from tanhe.report.workbook.grid import Book, Calc, Sheet
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sources import grade_style
from tanhe.report.workbook.styles import full_format, printed_format

COLUMNS = (("类别", 14.0), ("项目", 38.0), ("填报数", 18.0), ("复算值", 20.0), ("填报数 − 复算", 17.0), ("复算结论", 14.0),
           ("理由", 70.0), ("能复现填报数的算值", 24.0), ("位置", 26.0))


@dataclass(frozen=True)
class Entry:
    """One printed figure with the cells of its recomputation."""

    kind: str
    item: str
    replay: Replay
    published: tuple[Hashable, ...]
    recomputed: tuple[Hashable, ...]
    figure: Decimal | None
    value: Decimal | None
    place: str


def write_replays(sheet: Sheet, references: References) -> None:
    """A row for each figure that was printed."""
    sheet.put(0, 0, "复算", "title")
    sheet.put(1, 0, "用填报的输入重算每个印出的数。复算值与差额为公式；结论是编制时作出的，改动数据后不随之变化。", "subtitle")
    sheet.put_row(3, [head for head, _ in COLUMNS], "head")
    entries = [entry for entry in _entries(references) if entry.figure is not None]
    for row, entry in enumerate(entries, 4):
        _write_entry(sheet, row, entry)
    sheet.filter = (3, 0, 3 + max(1, len(entries)), len(COLUMNS) - 1)
    counts = {grade: sum(entry.replay.grade is grade for entry in entries) for grade in Grade}
    told = "，".join(f"{grade.zh} {count}" for grade, count in counts.items() if count)
    sheet.put(2, 0, f"共 {len(entries)} 个数：{told}" if entries else "没有填报数", "section")


def _write_entry(sheet: Sheet, row: int, entry: Entry) -> None:
    book: Book = sheet.book
    assert entry.figure is not None
    sheet.put_row(row, (entry.kind, entry.item), "text")
    look = printed_format(entry.figure)
    sheet.put(row, 2, Calc(book.at(*entry.published), entry.figure), "published", format=look)
    if entry.value is None or not book.has(*entry.recomputed):
        sheet.put_row(row, ("不能复算", ""), "bad", 3)
    else:
        own = printed_format(entry.value) if entry.kind != "推算" else full_format(entry.value)
        sheet.put(row, 3, Calc(book.at(*entry.recomputed), entry.value), "link", format=own)
        marks = book.at(*entry.published), book.at(*entry.recomputed)
        gap = difference(*marks, entry.figure, entry.value)
        sheet.put(row, 4, gap, "calc", format=look if entry.kind != "推算" else full_format(entry.value))
    sheet.put(row, 5, entry.replay.grade.zh, grade_style(entry))
    sheet.put(row, 6, entry.replay.reason)
    sheet.put(row, 7, "" if entry.replay.value is None else exact_text(entry.replay.value, 18))
    sheet.put(row, 8, entry.place)


def _entries(references: References) -> Iterator[Entry]:
    inventory = references.inventory
    for n, line in enumerate(references.lines):
        kind = "排放行" if n < len(inventory.lines) else "补充数据表"
        yield Entry(kind, line.item, line.replay, ("line", n, "published"), ("line", n, Column.REPORTED, "value"),
                    line.reported, line.value, str(line.place or ""))
    sums: list[tuple[str, tuple[Hashable, ...], Sum]]
    sums = [("小计", ("subtotal", name), total) for name, total in inventory.subtotals.items()]
    sums += [("总量", ("total", "excluding"), inventory.excluding), ("总量", ("total", "including"), inventory.including)]
    sums += [
        ("补充数据表", ("supplementary", at, "sum", name), total)
        for at, table in enumerate(inventory.supplementary)
        for name, total in (*table.subtotals.items(), ("total", table.total))
    ]
    for kind, key, total in sums:
        yield Entry(kind, total.zh, total.replay, (*key, "published"), (*key, Column.REPORTED, "value"), total.reported,
                    total.value, str(total.place or ""))
    for name, result in inventory.data.items():
        if result.datum.derive is not None:
            column = Column.REPORTED if result.reported is not None else Column.VERIFIED
            exact = result.evaluation.exact if result.evaluation else None
            figure = result.reported if result.reported is not None else result.verified
            yield Entry("推算", result.datum.item, result.replay, ("datum", name, column.value),
                        ("derived", name, Column.REPORTED, "exact"), figure, exact, str(result.place or ""))
