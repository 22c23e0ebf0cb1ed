"""Cells before they have addresses (单元格网格).

Sheets refer to each other in every direction, so a formula is put down with marks in place of addresses, and the
marks become addresses when all cells have their place.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tanhe.report.workbook.styles import FONT, STYLES

LONGEST_TEXT = 32767
LONGEST_FORMULA = 8192
LONGEST_NAME = 31
CREATED = datetime.datetime(2020, 1, 1)
"""A constant, so that the same inventory gives the same bytes."""

_MARK = re.compile(r"⟦(\d+)⟧(?::⟦(\d+)⟧)?")


@dataclass(frozen=True)
class Calc:
    """A live formula without its ``=``, and the value it has now: a number, a text, or a status."""

    text: str
    value: Decimal | str


Content = str | Decimal | int | Calc | None


@dataclass(frozen=True)
class _Cell:
    row: int
    column: int
    content: Content
    style: str
    format: str
    comment: str
    link: str


@dataclass
class Sheet:
    """One sheet being filled; rows and columns count from 0."""

    name: str
    book: Book
    widths: tuple[float, ...] = ()
    freeze: tuple[int, int] = (0, 0)
    tab: str = ""
    portrait: bool = False
    pages_wide: int = 1
    repeat: tuple[int, int] | None = None
    filter: tuple[int, int, int, int] | None = None
    cells: list[_Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def put(
        self, row: int, column: int, content: Content, style: str = "text", *, format: str = "",
        anchor: Hashable = None, comment: str = "", link: str = "",
    ) -> None:
        """Place a cell; ``anchor`` is the name by which formulas find it, ``link`` the sheet it leads to."""
        self.cells.append(_Cell(row, column, content, style, format, comment, link))
        if anchor is not None:
            self.book.anchors[self.book.number(anchor)] = (self.name, row, column)

    def put_row(self, row: int, contents: Sequence[Content], style: str = "text", start: int = 0) -> None:
        """Place several cells of one style side by side."""
        for offset, content in enumerate(contents):
            self.put(row, start + offset, content, style)


@dataclass
class Book:
    """A workbook being filled."""

    sheets: list[Sheet] = field(default_factory=list)
    anchors: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    names: dict[str, Hashable] = field(default_factory=dict)
    _numbers: dict[Hashable, int] = field(default_factory=dict)

    def sheet(self, wanted: str, **looks: Any) -> Sheet:
        """A new sheet, its name made valid and unique."""
        made = Sheet(self._name(wanted), self, **looks)
        self.sheets.append(made)
        return made

    def _name(self, wanted: str) -> str:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '") or "表"
        taken = {sheet.name.casefold() for sheet in self.sheets}
        name, n = _cut(clean, LONGEST_NAME), 1
        while name.casefold() in taken:
            n += 1
            name = f"{_cut(clean, LONGEST_NAME - len(str(n)) - 2)}({n})"
        return name

    def number(self, anchor: Hashable) -> int:
        """The number of an anchor, whether it has its place yet or not."""
        return self._numbers.setdefault(anchor, len(self._numbers))

    def at(self, *anchor: Hashable) -> str:
        """The mark that stands for an anchored cell in a formula."""
        return f"⟦{self.number(anchor)}⟧"

    def has(self, *anchor: Hashable) -> bool:
        """Whether a cell with this anchor was put down."""
        return self._numbers.get(anchor) in self.anchors

    def resolve(self, text: str, sheet: str) -> str:
        """The formula with addresses in place of marks, as seen from ``sheet``."""

        def address(match: re.Match[str]) -> str:
            home, row, column = self.anchors[int(match[1])]
            shown = f"{xl_col_to_name(column)}{row + 1}"
            if match[2]:
                _, last_row, last_column = self.anchors[int(match[2])]
                shown = f"{shown}:{xl_col_to_name(last_column)}{last_row + 1}"
            return shown if home == sheet else f"{quoted(home)}!{shown}"

        return _MARK.sub(address, text)

    def save(self, path: str | Path, properties: dict[str, Any]) -> None:
        """Write everything to ``path``; strings are written as strings, whatever they begin with."""
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                   "nan_inf_to_errors": True}
        with xlsxwriter.Workbook(str(path), options) as target:
            target.set_properties({**properties, "created": CREATED})
            writer = _Writer(self, target)
            for sheet in self.sheets:
                writer.write(sheet)
            for name, anchor in self.names.items():
                home, row, column = self.anchors[self.number(anchor)]
                target.define_name(name, f"={quoted(home)}!${xl_col_to_name(column)}${row + 1}")


def quoted(name: str) -> str:
    """A sheet's name as it stands in a reference."""
    return "'" + name.replace("'", "''") + "'"


def _cut(name: str, units: int) -> str:
    """As many characters as fit in ``units`` UTF-16 units, which is what the limit counts."""
    while len(name.encode("utf-16-le")) > 2 * units:
        name = name[:-1]
    return name.strip(" '")


class _Writer:
    """Puts the cells into the file."""

    def __init__(self, book: Book, target: Any) -> None:
        self.book, self.target = book, target
        self.formats: dict[tuple[str, str], Any] = {}

    def look(self, style: str, number: str) -> Any:
        key = style, number
        if key not in self.formats:
            extra = {"num_format": number} if number else {}
            self.formats[key] = self.target.add_format({**STYLES[style], **extra})
        return self.formats[key]

    def write(self, sheet: Sheet) -> None:
        page = self.target.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for row, height in {**_heights(sheet), **sheet.heights}.items():
            page.set_row(row, height)
        if sheet.freeze != (0, 0):
            page.freeze_panes(*sheet.freeze)
        if sheet.tab:
            page.set_tab_color(sheet.tab)
        if sheet.filter:
            page.autofilter(*sheet.filter)
        if sheet.repeat:
            page.repeat_rows(*sheet.repeat)
        page.set_paper(9)
        if not sheet.portrait:
            page.set_landscape()
        page.fit_to_pages(sheet.pages_wide, 0)
        if sheet.pages_wide > 1:
            page.repeat_columns(0, 1)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&L&A&R第 &P 页，共 &N 页")
        page.hide_gridlines(2)
        for cell in sheet.cells:
            self.cell(page, sheet, cell)

    def cell(self, page: Any, sheet: Sheet, cell: _Cell) -> None:
        at, look = (cell.row, cell.column), self.look(cell.style, cell.format)
        match cell.content:
            case None:
                page.write_blank(*at, None, look)
            case Calc(text, value):
                self.formula(page, at, self.book.resolve(text, sheet.name), value, look)
            case Decimal() | int():
                page.write_number(*at, float(cell.content), look)
            case str() if cell.link:
                page.write_url(*at, f"internal:{quoted(cell.link)}!A1", look, cell.content)
            case str():
                page.write_string(*at, cell.content[:LONGEST_TEXT], look)
        if cell.comment:
            page.write_comment(*at, cell.comment[:2000], _comment_box(cell.comment))

    def formula(self, page: Any, at: tuple[int, int], text: str, value: Decimal | str, look: Any) -> None:
        cached = value if isinstance(value, str) else float(value)
        if len(text) < LONGEST_FORMULA:
            page.write_formula(*at, f"={text}", look, cached)
        elif isinstance(cached, str):
            page.write_string(*at, cached, look)
        else:
            page.write_number(*at, cached, look)
            page.write_comment(*at, "公式超过电子表格允许的长度，此处只写结果")


def _heights(sheet: Sheet) -> dict[int, float]:
    """Heights of rows whose text wraps; programs other than Excel do not fit them by themselves."""
    lines: dict[int, int] = {}
    for cell in sheet.cells:
        if isinstance(cell.content, str) and STYLES[cell.style].get("text_wrap") and cell.column < len(sheet.widths):
            room = sheet.widths[cell.column] - 1
            needed = sum(max(1, math.ceil(shown_width(part) / room)) for part in cell.content.split("\n"))
            lines[cell.row] = max(lines.get(cell.row, 1), needed)
    return {row: min(400.0, 13.0 * count + 3) for row, count in lines.items() if count > 1}


def shown_width(text: str) -> int:
    """Width in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _comment_box(comment: str) -> dict[str, Any]:
    lines = sum(1 + len(line) // 26 for line in comment.splitlines())
    return {"author": "碳核", "x_scale": 2.6, "y_scale": max(0.6, lines * 0.24), "font_name": FONT,
            "font_size": 9}
