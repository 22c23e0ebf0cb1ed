"""Tables of a text given as HTML (HTML 表格): where they begin and end, and their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell
from tanhe.reading.documents.limits import MAX_SEAMS, MAX_SPAN, within
from tanhe.reading.documents.lines import Line, glue, quote
from tanhe.reading.documents.markup import TAG, TIGHT, clean, unbroken

_SPAN: Final = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_OPENS: Final = re.compile(r"<(table|tr|td|th)(?=[\s/>])", re.IGNORECASE)


def opens_table(raw: str) -> int | None:
    """Where an HTML table (or rows that lost theirs) begins on a line; None when it is within a tab row's cell."""
    found = _OPENS.search(raw) if "<" in raw else None
    if found is None:
        return None
    before = raw[: found.start()]
    if "\t" in raw.strip() and clean(before):
        return None
    return found.start()


def begins_table(raw: str) -> bool:
    """Whether an HTML table begins a line; one with words before it may be a cell with a table in it."""
    offset = opens_table(raw)
    return offset is not None and not clean(raw[:offset])


class Cells:
    """The cells of a table so far: a table that begins outside of them follows one left unclosed."""

    def __init__(self) -> None:
        self._opened = False
        self._closes = False

    def take(self, name: str, closing: bool) -> None:
        """One tag of the table."""
        if name in ("td", "th"):
            self._closes = self._closes or closing
            self._opened = not closing
        elif name == "tr":
            self._opened = False

    def hold(self, apart: bool) -> bool:
        """Whether a table that begins now is nested; where no cell is ever closed, one that stands ``apart`` is not."""
        return self._opened and (self._closes or not apart)


def region(lines: Sequence[Line], start: int, offset: int) -> int:
    """Index after the last line of the HTML table that begins on line ``start``."""
    bare = lines[start].raw[offset : offset + 6].lower() != "<table"
    depth, last = 0, start
    cells = Cells()
    for index in range(start, len(lines)):
        raw = lines[index].raw
        tags = [(t[1], t[2].lower()) for t in TAG.finditer(raw[offset:] if index == start else raw)]
        if index > start and depth == 1 and tags[:1] == [("", "table")] and not cells.hold(not lines[index - 1].text):
            return last + 1
        for slash, name in tags:
            cells.take(name, bool(slash))
        if bare:
            if any(name in ("tr", "td", "th", "table") for _, name in tags):
                last = index
            elif raw.strip() and not tags and index > last + 1:
                return last + 1
        depth += sum(-1 if slash else 1 for slash, name in tags if name == "table")
        if tags:
            last = index
        if not bare and depth <= 0:
            return index + 1
        if not bare and index > last + 3:
            return last + 1
    return last + 1


@dataclass
class _Open:
    """A cell being read."""

    place: Place | None = None
    text: str = ""
    seams: list[tuple[int, Place]] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1


class TableReader:
    """Reads the lines of one HTML table into rows; nested tables become words of the cell around them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[list[Cell]] = []
        self.outside: list[tuple[Line, str, bool]] = []
        """Words beside the cells: line, words, whether rows stood before them."""

        self.caption = ""
        self._row: list[Cell] | None = None
        self._cell: _Open | None = None
        self._depth = 0
        self._captioned = False

    def feed(self, line: Line, said: str) -> None:
        """One physical line, or the part of it that belongs to the table."""
        at = 0
        said = unbroken(said)
        for tag in TAG.finditer(said):
            self._words(line, said[at : tag.start()])
            at = tag.end()
            name, closing = tag[2].lower(), bool(tag[1])
            if not self._structure(name, closing, tag[3], line):
                self._words(line, "" if name in TIGHT and name != "input" else tag[0])
        self._words(line, said[at:])

    def close(self) -> list[list[Cell]]:
        """The rows, after the last line."""
        self._end_row()
        return [row for row in self.rows if row]

    def _structure(self, name: str, closing: bool, attributes: str, line: Line) -> bool:
        if name == "table":
            self._depth += -1 if closing else 1
            return self._depth < 1 or (self._depth == 1 and not closing)
        if self._depth > 1:
            return False
        if name == "caption":
            self._captioned = not closing
        elif name == "tr":
            self._end_row()
        elif name in ("td", "th"):
            self._end_cell()
            if not closing:
                self._cell = _Open(Place(self.file, line.number, page=line.page))
                for span, count in _SPAN.findall(attributes):
                    setattr(self._cell, f"{span.lower()}span", min(max(int(count), 1), MAX_SPAN))
        else:
            return False
        return True

    def _words(self, line: Line, said: str) -> None:
        if not said or (not said.strip() and (self._cell is None or not self._cell.text)):
            return
        shown = clean(said)
        if self._captioned:
            self.caption = (self.caption + " " + shown).strip()
        elif self._cell is None:
            if shown:
                self.outside.append((line, shown, bool(self.rows or self._row)))
        elif shown:
            self._append(self._cell, line, shown, said)
        elif not self._cell.text.endswith(" "):
            self._cell.text += " "

    def _append(self, cell: _Open, line: Line, shown: str, said: str) -> None:
        here = Place(self.file, line.number, page=line.page, quote=quote(shown))
        current = cell.seams[-1][1] if cell.seams else cell.place
        if not cell.text:
            cell.place = here
        elif current is not None and current.line != line.number:
            cell.text = cell.text.rstrip()
            cell.text += glue(cell.text, shown)
            cell.seams.append((len(cell.text), here))
            within(
                len(cell.seams),
                10 * MAX_SEAMS,
                ("单元格行数", "the number of lines in a cell"),
                self.file,
                line.number,
            )
        elif said[:1].isspace() and not cell.text.endswith(" "):
            cell.text += " "
        cell.text += shown
        if said[-1:].isspace():
            cell.text += " "

    def _end_cell(self) -> None:
        if self._cell is None or self._cell.place is None:
            return
        done, self._cell = self._cell, None
        assert done.place is not None
        if self._row is None:
            self._row = []
        self._row.append(
            Cell(done.text.strip(), done.place, done.colspan, done.rowspan, seams=tuple(done.seams))
        )

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self.rows.append(self._row)
        self._row = None
