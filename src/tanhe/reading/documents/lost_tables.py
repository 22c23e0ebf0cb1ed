"""Tables of a text that lost their layout (失去版式的表格): every way of finding one, tried in turn where words stand."""

from __future__ import annotations

from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents import lost
from tanhe.reading.documents.cells import Row, cell_of, key
from tanhe.reading.documents.columns import columned
from tanhe.reading.documents.forms import labels_form
from tanhe.reading.documents.layout import Layout
from tanhe.reading.documents.list_heads import begins_list
from tanhe.reading.documents.lost import gaps
from tanhe.reading.documents.stacked import stacked
from tanhe.reading.documents.tight_rows import begins_tight, tight_rows
from tanhe.reading.documents.unwrapped import unwrapped
from tanhe.reading.documents.words import CAPTION, HEADERS

_TRIES: Final = 20_000
"""Lines looked at in vain for tables of single lines before the search is given up; grows with the text."""

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
        self._made: dict[int, Cell] = {}

    def at(self, index: int) -> Found | None:
        """The table that begins at a line of words; None when none does."""
        if index >= self._dead["wrapped"] and self._gapped(index):
            end, rows = columned(self.lines, index, self.file, self._breaks_off)
            if rows:
                return end, rows
            self._dead["wrapped"] = end
        if begins_tight(self.lines[index]) and not any(gaps(near.raw) for near in self.lines[index : index + 8]):
            near = self._together(index)[:100]
            tightly = tight_rows([self.lines[i] for i in near], self.file)
            if tightly is not None:
                return next(i for i in near if self.lines[i].number == tightly[0]) + 1, tightly[1]
        for name, reader in (("spaced", lost.spaced), ("tight", lost.tight)):
            if index >= self._dead[name]:
                end, rows = reader(self.lines, index, self.file)
                if rows and not any(self._heads.get(self.lines[at].number) for at in range(index, end)):
                    return end, rows
                self._dead[name] = end
        return self._stacked(index)

    def _gapped(self, index: int) -> bool:
        """Whether words stand apart by wide gaps here, or on the next line below words set far in."""
        raw = self.lines[index].raw
        below = self.lines[index + 1].raw if index + 1 < len(self.lines) else ""
        return gaps(raw) > 0 or (raw.startswith(8 * " ") and gaps(below) > 1 and raw.rstrip()[-1] not in "表单")

    def _breaks_off(self, index: int) -> bool:
        """Whether a heading, a caption or a row of another layout stands here."""
        line = self.lines[index]
        return bool(self._heads.get(line.number)) or self._parts[index] is not None or CAPTION.fullmatch(line.half[:120]) is not None

    def _stacked(self, index: int) -> Found | None:
        first = key(self.lines[index].text) if len(self.lines[index].text) <= 30 else ""
        if self._tries <= 0 or not (first in HEADERS or labels_form(first) or begins_list(first)):
            return None
        found = self._together(index)
        cells = unwrapped([self._cell(i) for i in found])
        table = stacked(cells)
        if table is None:
            self._tries -= len(found)
            return None
        last = cells[table[0] - 1]
        end = (last.seams[-1][1] if last.seams else last.place).line
        return next(i for i in found if self.lines[i].number == end) + 1, table[1]

    def _together(self, index: int) -> list[int]:
        """Lines with words from here to the next heading, caption or row of another layout."""
        found: list[int] = []
        for at in range(index, len(self.lines)):
            if len(found) >= _REACH or self._breaks_off(at):
                break
            if self.lines[at].text:
                found.append(at)
        return found

    def _cell(self, index: int) -> Cell:
        """A line as a cell, made once: a line is tried in many tables."""
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = cell_of(self.file, self.lines[index], self.lines[index].text)
        return made
