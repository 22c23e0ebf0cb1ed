"""The calculation workbook (计算底稿.xlsx): every figure of the inventory as a live formula over its inputs."""

from __future__ import annotations

from pathlib import Path

from tanhe.guidelines.model import Source
from tanhe.inventory.model import Inventory
from tanhe.report.workbook import blocks, crosschecks, data, factors, replays, summary, supplementary
from tanhe.report.workbook.cover import WIDTHS as COVER_WIDTHS
from tanhe.report.workbook.cover import write_cover
from tanhe.report.workbook.derivations import write_derivations
from tanhe.report.workbook.grid import Book, Sheet
from tanhe.report.workbook.months import write_months
from tanhe.report.workbook.references import References
from tanhe.report.workbook.sources import write_source

MONTH_WIDTHS = (20.0, *[22.0] * 8)
BLUE, GREEN, GREY, ORANGE = "#1F4E79", "#548235", "#7F7F7F", "#BF8F00"


def write_workbook(inventory: Inventory, path: str | Path) -> None:
    """Write the workbook to ``path``; the same inventory always gives the same bytes.

    Formulas carry their results, so that a reader without a spreadsheet program finds the figures of the record.
    """
    build(inventory).save(path, {
        "title": f"{inventory.dossier.entity.name} {inventory.dossier.year} 年度温室气体排放计算底稿"[:250],
        "subject": f"{inventory.guideline.number}", "author": "碳核 Tanhe",
    })


def build(inventory: Inventory) -> Book:
    """All sheets filled, their order being the order of reading."""
    book = Book()
    references = References(inventory, book)
    sources = used_sources(inventory)
    cover = book.sheet("封面", widths=COVER_WIDTHS, tab=GREY, portrait=True)
    total = book.sheet("汇总", widths=summary.WIDTHS, freeze=(3, 1), tab=BLUE)
    told = [(total.name, "总量、小计、指南格式的汇总表")]
    told += [_source_sheet(book, source, references) for source in sources]
    for at, table in enumerate(inventory.supplementary):
        sheet = book.sheet(f"补充数据表 {table.product}", widths=supplementary.WIDTHS, freeze=(3, 2), tab=ORANGE)
        supplementary.write_supplementary(sheet, at, references)
        told.append((sheet.name, f"补充数据表：{table.unit_name or table.product}"))
    told += _data_sheets(book, references)
    summary.write_summary(total, inventory, sources)
    checks = book.sheet(
        "交叉核对", widths=_widths(crosschecks.COLUMNS), freeze=(4, 1), tab=GREY, repeat=(3, 3), pages_wide=2
    )
    crosschecks.write_crosschecks(checks, references)
    library = book.sheet("因子", widths=factors.WIDTHS, freeze=(4, 2), tab=GREY, repeat=(3, 3), pages_wide=2)
    factors.write_factors(library, references)
    replay = book.sheet("复算", widths=_widths(replays.COLUMNS), freeze=(4, 2), tab=GREY, repeat=(3, 3))
    replays.write_replays(replay, references)
    told += [(checks.name, "每个数据与第二来源的偏差"), (library.name, "引用的因子：文件、文号、条款、日期、等级、状态"),
             (replay.name, "每个填报数的复算、差额、结论与理由")]
    write_cover(cover, inventory, told)
    book.names = {"总量_不含净购入": ("total", "excluding", "verified", "value"),
                  "总量_含净购入": ("total", "including", "verified", "value")}
    return book


def used_sources(inventory: Inventory) -> tuple[Source, ...]:
    """Sources that have a line, in the guideline's order."""
    have = {line.source.id for line in inventory.lines}
    return tuple(source for source in inventory.guideline.sources if source.id in have)


def _source_sheet(book: Book, source: Source, references: References) -> tuple[str, str]:
    sheet = book.sheet(source.zh, widths=blocks.WIDTHS, freeze=(3, 2), tab=GREEN)
    write_source(sheet, source, references)
    items = [line.item for line in references.inventory.lines if line.source.id == source.id]
    return sheet.name, "、".join(items)


def _data_sheets(book: Book, references: References) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    sheet: Sheet = book.sheet(
        "数据", widths=_widths(data.COLUMNS), freeze=(4, 2), tab=ORANGE, repeat=(3, 3), pages_wide=3
    )
    data.write_data(sheet, references)
    told.append((sheet.name, "每个数据的核查值、填报值、来源与监测情况"))
    if any(result.datum.derive is not None for result in references.inventory.data.values()):
        sheet = book.sheet("推算", widths=blocks.WIDTHS, freeze=(3, 2), tab=ORANGE)
        write_derivations(sheet, references)
        told.append((sheet.name, "由月度数据或其他数据推算的过程，与印出的数对照"))
    if references.inventory.dossier.tables:
        sheet = book.sheet("月度数据", widths=MONTH_WIDTHS, freeze=(3, 1), tab=ORANGE, portrait=True)
        write_months(sheet, references)
        told.append((sheet.name, "月度或抄表周期的数据与合计"))
    return told


def _widths(columns: tuple[tuple[str, float], ...]) -> tuple[float, ...]:
    return tuple(width for _, width in columns)
