"""Parts of tables on their pages, joined over page ends (表格分页拼接) and turned into tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell, Table
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.pdf_grids import Box, RuledGrid, nearest
from tanhe.reading.documents.pdf_lines import lines_of, rejoined, seam
from tanhe.reading.documents.pdf_page import Glyph

_EDGE: Final = 4.0
_INSET: Final = 6.0
_STEP: Final = 40.0
_END: Final = tuple("。；;！？")


@dataclass(frozen=True)
class PartCell:
    """A cell of a part: its edges, the rows it covers, its words, and where a further page goes on with them."""

    x0: float
    x1: float
    row: int
    rows: int
    text: str
    page: int
    confidence: float | None = None
    seams: tuple[tuple[int, int], ...] = ()
    """Offset in ``text`` and page."""


@dataclass(frozen=True)
class Part:
    """A table, or what one page shows of it."""

    cells: tuple[PartCell, ...]
    page: int
    top: float
    bottom: float
    last_page: int = 0

    @property
    def edges(self) -> list[float]:
        """Where cells begin or end, ascending, near ones as one."""
        made: list[list[float]] = []
        for value in sorted({x for cell in self.cells for x in (cell.x0, cell.x1)}):
            if made and value - made[-1][0] <= _EDGE:
                made[-1].append(value)
            else:
                made.append([value])
        return [sum(group) / len(group) for group in made]

    @property
    def height(self) -> int:
        """The number of rows."""
        return max(cell.row + cell.rows for cell in self.cells)

    def row(self, number: int) -> list[PartCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


def part_of(grid: RuledGrid, glyphs: Sequence[Glyph], page: int) -> Part:
    """The cells of a ruled grid with the words in them."""
    near = _nearby(grid)
    bins: list[list[Glyph]] = [[] for _ in grid.boxes]
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
        found = near.get((int(x // _STEP), int(y // _STEP)), ())
        best = min(found, key=lambda n: _outside(grid.boxes[n], x, y), default=None)
        if best is not None:
            bins[best].append(glyph)
    cells = []
    for box, inside in zip(grid.boxes, bins, strict=True):
        lines = lines_of(inside)
        words = rejoined(lines, box.x1 - box.x0 - _INSET)
        known = [line.confidence for line in lines if line.confidence is not None]
        cells.append(PartCell(box.x0, box.x1, box.row, box.rows, words, page, min(known) if known else None))
    return Part(tuple(cells), page, grid.top, grid.bottom, page)


def _nearby(grid: RuledGrid) -> dict[tuple[int, int], list[int]]:
    """The cells that reach into each square of the page."""
    near: dict[tuple[int, int], list[int]] = {}
    for n, box in enumerate(grid.boxes):
        for i in range(int((box.x0 - 2) // _STEP), int((box.x1 + 2) // _STEP) + 1):
            for j in range(int((box.top - 2) // _STEP), int((box.bottom + 2) // _STEP) + 1):
                near.setdefault((i, j), []).append(n)
    return near


def _outside(box: Box, x: float, y: float) -> float:
    """How far a point is outside a cell."""
    return max(box.x0 - x, x - box.x1, 0.0) + max(box.top - y, y - box.bottom, 0.0)


def joined(first: Part, second: Part) -> Part | None:
    """The two as one when the second goes on with the first: same edges, columns of one found in the other."""
    if not _same_columns(first.edges, second.edges):
        return None
    skip = _repeated(first, second)
    rest = [replace(cell, row=cell.row - skip) for cell in second.cells if cell.row >= skip]
    if not rest:
        return replace(first, last_page=second.last_page, bottom=second.bottom)
    height = first.height
    cells = list(first.cells)
    if _is_cut(cells, [cell for cell in rest if cell.row == 0], height):
        height -= 1
        rest = _poured(cells, rest, height)
    else:
        rest = _stretched(cells, rest, height)
    cells += [replace(cell, row=cell.row + height) for cell in rest]
    return Part(tuple(cells), first.page, first.top, second.bottom, second.last_page)


def goes_on(first: Part, second: Part) -> bool:
    """Whether a part with too few words to be a table has words, and the columns of the one before."""
    few = len(first.edges) > 2 and len(second.edges) > 2
    return few and any(cell.text for cell in second.cells) and _same_columns(first.edges, second.edges)


def _same_columns(first: Sequence[float], second: Sequence[float]) -> bool:
    if abs(first[0] - second[0]) > _EDGE or abs(first[-1] - second[-1]) > _EDGE:
        return False
    few, many = sorted((first, second), key=len)
    return all(abs(many[nearest(many, edge)] - edge) <= _EDGE for edge in few)


def _repeated(first: Part, second: Part) -> int:
    """How many rows at the top of the second are the first's header again."""
    count = 0
    for number in range(min(first.height, second.height, 20)):
        if _looks(first.row(number)) != _looks(second.row(number)):
            break
        count += 1
    while count and any(cell.row < count < cell.row + cell.rows for cell in second.cells):
        count -= 1
    return count


def _looks(row: Sequence[PartCell]) -> list[tuple[int, str, int]]:
    return [(round(cell.x1 - cell.x0), "".join(cell.text.split()), cell.rows) for cell in row]


def _above(cells: Sequence[PartCell], below: PartCell, height: int) -> PartCell | None:
    """The cell of the last row that stands in the same columns."""
    for cell in reversed(cells):
        if cell.row + cell.rows == height and abs(cell.x0 - below.x0) <= _EDGE and abs(cell.x1 - below.x1) <= _EDGE:
            return cell
    return None


def _is_cut(cells: Sequence[PartCell], top: Sequence[PartCell], height: int) -> bool:
    """Whether the page end cut a row: its label stands before the cut only, and few of its cells go on after it."""
    known = [(above, cell) for cell in top if (above := _above(cells, cell, height)) is not None]
    if not known or len(known) < len(top) or any(cell.text and not above.text for above, cell in known):
        return False
    if any(_is_label(above, cell) for above, cell in known):
        return False
    goes_on = [above.text for above, cell in known if cell.text]
    ended = [above for above, cell in known if above.text and not cell.text]
    few = len(goes_on) == 1 or 2 * len(goes_on) <= len(known)
    return bool(ended) and few and any(not said.endswith(_END) or len(said) > 60 for said in goes_on)


def _is_label(above: PartCell, cell: PartCell) -> bool:
    """Whether an empty cell is the rest of one that spans several rows."""
    return bool(above.text) and not cell.text and (above.rows > 1 or cell.rows > 1)


def _stretched(cells: list[PartCell], rest: Sequence[PartCell], height: int) -> list[PartCell]:
    """Cells that span rows on both sides of the page end as one; so is a first one that is empty after it."""
    kept = []
    first = min((cell.x0 for cell in rest), default=0.0)
    for cell in rest:
        above = _above(cells, cell, height) if cell.row == 0 else None
        others = any(one.row == 0 and one.text for one in rest)
        lone = above is not None and not cell.text and bool(above.text) and cell.x0 <= first + _EDGE and others
        if above is not None and (lone or _is_label(above, cell)):
            cells[cells.index(above)] = replace(above, rows=above.rows + cell.rows)
        else:
            kept.append(cell)
    return kept


def _poured(cells: list[PartCell], rest: Sequence[PartCell], height: int) -> list[PartCell]:
    """The words of the cut row into the cells above; the remaining rows, one higher."""
    for cell in [c for c in rest if c.row == 0]:
        above = _above(cells, cell, height + 1)
        if above is None:
            continue
        text = above.text + (seam(above.text, cell.text) if cell.text else "") + cell.text
        seams = (*above.seams, (len(text) - len(cell.text), cell.page)) if cell.text else above.seams
        cells[cells.index(above)] = replace(above, text=text, rows=above.rows + cell.rows - 1, seams=seams)
    return [cell for cell in rest if cell.row > 0]


def table_of(part: Part, file: str) -> Table:
    """The table with spans counted in columns."""
    edges = part.edges
    rows: list[list[Cell]] = [[] for _ in range(part.height)]
    for cell in sorted(part.cells, key=lambda c: (c.row, c.x0)):
        span = max(1, nearest(edges, cell.x1) - nearest(edges, cell.x0))
        place = Place(file, page=cell.page, quote=quote(cell.text), confidence=cell.confidence)
        seams = tuple((at, replace(place, page=page)) for at, page in cell.seams)
        rows[cell.row].append(Cell(cell.text, place, span, cell.rows, cell.confidence, seams))
    return Table("", tuple(tuple(row) for row in rows), Place(file, page=part.page))
