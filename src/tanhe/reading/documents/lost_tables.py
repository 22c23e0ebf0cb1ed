"""Tables of a text that lost their layout (失去版式的表格): every way of finding one, tried in turn where words stand."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents import lost
from tanhe.reading.documents.cells import Row, cell_of, key
from tanhe.reading.documents.columns import columned
from tanhe.reading.documents.forms import labels_form
from tanhe.reading.documents.layout import Layout
from tanhe.reading.documents.list_heads import begins_list
from tanhe.reading.documents.list_rows import may_list
from tanhe.reading.documents.lost import gaps
from tanhe.reading.documents.markup_tables import begins_table
from tanhe.reading.documents.row_tables import row_table
from tanhe.reading.documents.stacked import stacked
from tanhe.reading.documents.stacked_bare import bare, lettered, numbered, united
from tanhe.reading.documents.tight_rows import begins_tight, tight_rows
from tanhe.reading.documents.unwrapped import unwrapped
from tanhe.reading.documents.words import CAPTION, HEADERS

_TRIES: Final = 20_000
"""Lines looked at in vain for tables of single lines before the search is given up; grows with the text."""

_LISTS: Final = 80
"""Headers of lists with rows on lines looked at in vain before the search is given up; grows with the text."""

_REACH: Final = 600

Found = tuple[int, list[Row]]
"""Index after the table, and its rows."""


class LostTables:
    """Finds them line by line; remembers where each way was tried in vain."""

    def __init__(self, file: str, layout: Layout) -> None:
        self.file = file
        self.lines = layout.lines
        self._parts = layout.parts
        self._heads = layout.heads
        self._dead = {"wrapped": 0, "spaced": 0, "tight": 0}
        self._tries = _TRIES + 4 * len(self.lines)
        self._lists = _LISTS + len(self.lines) // 40
        self._made: dict[int, Cell] = {}
        self._shown = [i for i, line in enumerate(self.lines) if line.text]
        self._next = list(accumulate((bool(line.text) for line in self.lines), initial=0))
        """How many lines with words stand before each."""

        self._breaks = [n for n, i in enumerate(self._shown) if self._breaks_off(i)]

    def at(self, index: int) -> Found | None:
        """The table that begins at a line of words; None when none does."""
        if index >= self._dead["wrapped"] and self._gapped(index):
            end, rows = columned(self.lines, index, self.file, self._breaks_off)
            if rows:
                return end, rows
            self._dead["wrapped"] = end
        if (found := self._by_rows(index)) is not None:
            return found
        if begins_tight(self.lines[index]) and not any(gaps(near.raw) for near in self.lines[index : index + 8]):
            near = self._together(index)[:100]
            tightly = tight_rows([self.lines[i] for i in near], self.file) if near else None
            if tightly is not None:
                return next(i for i in near if self.lines[i].number == tightly[0]) + 1, tightly[1]
        for name, reader in (("spaced", lost.spaced), ("tight", lost.tight)):
            if index >= self._dead[name]:
                end, rows = reader(self.lines, index, self.file)
                if rows and not any(self._heads.get(self.lines[at].number) for at in range(index, end)):
                    return end, rows
                self._dead[name] = end
        return self._stacked(index)

    def _by_rows(self, index: int) -> Found | None:
        """A table with rows on lines that begins here; when it begins a line or two below, none may begin before it."""
        near = self._together(index, 120)
        if len(near) < 2 or self._lists <= 0 or any(gaps(self.lines[i].raw) for i in near[:8]):
            return None
        found = row_table([self.lines[i] for i in near], self._captioned(index), self.file)
        if found is None:
            self._lists -= may_list(self.lines[index])
            return None
        start, last = (next(i for i in near if self.lines[i].number == number) for number in found[:2])
        if start == index:
            return last + 1, found[2]
        self._dead = {name: max(at, start) for name, at in self._dead.items()}
        return None

    def _captioned(self, index: int) -> bool:
        """Whether the line above, blank lines left out, is a caption."""
        above = next((self.lines[i] for i in range(index - 1, max(index - 6, -1), -1) if self.lines[i].text), None)
        return above is not None and CAPTION.fullmatch(above.half[:120]) is not None

    def _gapped(self, index: int) -> bool:
        """Whether words stand apart by wide gaps here, or on the next line below words set far in."""
        raw = self.lines[index].raw
        below = self.lines[index + 1].raw if index + 1 < len(self.lines) else ""
        return gaps(raw) > 0 or (raw.startswith(8 * " ") and gaps(below) > 1 and raw.rstrip()[-1] not in "表单")

    def _breaks_off(self, index: int) -> bool:
        """Whether a heading, a caption, a row of another layout or an HTML table stands here."""
        line = self.lines[index]
        if self._heads.get(line.number) or self._parts[index] is not None or begins_table(line.raw):
            return True
        return CAPTION.fullmatch(line.half[:120]) is not None

    def _stacked(self, index: int) -> Found | None:
        first = key(self.lines[index].text) if len(self.lines[index].text) <= 30 else ""
        known = first in HEADERS or labels_form(first) or begins_list(first)
        below = first and self._introduced(index)
        headed = bool(first and index and self._heads.get(self.lines[index - 1].number))
        if self._tries <= 0 or not (known or below or headed or first == "1"):
            return None
        found = self._together(index)
        cells = unwrapped([self._cell(i) for i in found])
        table = stacked(cells) if known else numbered(cells) if first == "1" else None
        if table is None and below:
            table = bare(cells)
        elif table is None and first != "1":
            table = lettered(cells) or united(cells)
        if table is None:
            self._tries -= len(found)
            return None
        last = cells[table[0] - 1]
        end = (last.seams[-1][1] if last.seams else last.place).line
        return next(i for i in found if self.lines[i].number == end) + 1, table[1]

    def _introduced(self, index: int) -> bool:
        """Whether the words above name a table: a caption, 计算表, 如下："""
        near = next((i for i in range(index - 1, max(index - 4, -1), -1) if self.lines[i].text), None)
        if near is None or self._parts[near] is not None:
            return False
        above = self.lines[near].half[-120:]
        return CAPTION.fullmatch(above) is not None or above.endswith(("表", "一览", "清单", "如下:", "如下", "所示:", "如下。"))

    def _together(self, index: int, most: int = _REACH) -> list[int]:
        """Lines with words from here to the next heading, caption or row of another layout."""
        start = self._next[index]
        stop = bisect_left(self._breaks, start)
        end = self._breaks[stop] if stop < len(self._breaks) else len(self._shown)
        return self._shown[start : min(end, start + most)]

    def _cell(self, index: int) -> Cell:
        """A line as a cell, made once: a line is tried in many tables."""
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = cell_of(self.file, self.lines[index], self.lines[index].text)
        return made
