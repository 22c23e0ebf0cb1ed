"""On which page a heading will stand (页码估计), so that the contents show numbers before Word has computed them.

Every style has an exact line height and Chinese type has one width, so counting lines comes close; it stays an
estimate: the contents' fields are what counts, and Word or LibreOffice replace the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tanhe.report.content import Block, Chart, Contents, Cover, Equation, Heading, PageBreak, Paragraph, Report, Table
from tanhe.report.docx.measure import lines
from tanhe.report.docx.paper import Sheet
from tanhe.report.docx.styles import LOOKS, Look
from tanhe.report.docx.tables import SPLITTABLE, TOGETHER, column_widths, place, row_heights

EQUATION_HEIGHT: Final = 44.0
PARAGRAPHS: Final = {
    "body": "BodyText", "plain": "Plain", "center": "Centered", "note": "Note", "list": "ListText",
}  # fmt: skip
"""The Word style of each paragraph style of the content tree."""


def heading_pages(report: Report, figures: Mapping[int, float]) -> list[int]:
    """The page of each heading in order; ``figures`` gives the height in points of the chart at a block's index."""
    flow = _Flow(report.blocks, figures, bool(report.status))
    for number in range(len(report.blocks)):
        flow.set(number)
    return flow.pages


@dataclass
class _Flow:
    """The pen going down the pages."""

    blocks: Sequence[Block]
    figures: Mapping[int, float]
    banner: bool
    page: int = 1
    used: float = 0
    fresh: bool = True
    wide: bool = False
    pages: list[int] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.wide, self.banner)

    def turn(self) -> None:
        """Go to a new page."""
        self.page, self.used = self.page + 1, 0

    def room(self, height: float) -> None:
        """Make sure that ``height`` points are left on the page."""
        if self.used and self.used + height > self.sheet.height / 20:
            self.turn()

    def set(self, number: int) -> None:
        """Set one block."""
        block = self.blocks[number]
        if isinstance(block, PageBreak | Cover):
            self.fresh = self.fresh or isinstance(block, PageBreak)
            if isinstance(block, Cover):
                self.used, self.fresh = 1, True
            return
        turned = isinstance(block, Table) and block.landscape
        if (self.fresh or turned != self.wide) and self.used:
            self.turn()
        self.fresh, self.wide = False, turned
        self._flow(number, block)

    def _flow(self, number: int, block: Block) -> None:
        match block:
            case Heading():
                self.room(self.least(number))
                self.pages.append(self.page)
                self.used += self._height(block.text, LOOKS[f"Heading{block.level}"])
            case Paragraph():
                self._lines(block.text, LOOKS[PARAGRAPHS[block.style]])
            case Contents():
                self.used += self._height(block.title, LOOKS["ContentsTitle"])
                for other in self.blocks:
                    if isinstance(other, Heading) and other.level <= block.depth:
                        self._lines(other.text, LOOKS[f"TOC{other.level}"])
            case Table():
                self._table(number, block)
            case Equation() | Chart():
                self.room(self.least(number))
                self.used += self.least(number)

    def _height(self, text: str, look: Look) -> float:
        return look.before + look.after + lines(text, self.sheet.width / 20, look, look.first) * look.line

    def _lines(self, text: str, look: Look) -> None:
        self.used += look.before
        for _ in range(lines(text, self.sheet.width / 20, look, look.first)):
            self.room(look.line)
            self.used += look.line
        self.used += look.after

    def least(self, number: int) -> float:
        """The room a block wants at the foot of a page; a heading wants what follows with it."""
        if number >= len(self.blocks):
            return 0
        match self.blocks[number]:
            case Heading() as block:
                return self._height(block.text, LOOKS[f"Heading{block.level}"]) + self.least(number + 1)
            case Paragraph() as block:
                look = LOOKS[PARAGRAPHS[block.style]]
                return look.before + min(2, lines(block.text, self.sheet.width / 20, look, look.first)) * look.line
            case Table(landscape=False) as block:
                heights = self._rows(block)
                caption = self._height(block.caption, LOOKS["Caption"]) if block.caption else 0
                first = sum(heights) if sum(heights) <= TOGETHER else sum(heights[: block.header_rows + 1])
                return caption + first
            case Chart() as block:
                look = LOOKS["Figure"]
                return self.figures[number] + look.before + look.after + self._height(block.caption, LOOKS["FigureCaption"])
            case Equation():
                return EQUATION_HEIGHT
        return 0

    def _rows(self, block: Table) -> list[float]:
        return row_heights(block, place(block), column_widths(block, self.sheet.width))

    def _table(self, number: int, block: Table) -> None:
        self.room(self.least(number))
        self.used += self._height(block.caption, LOOKS["Caption"]) if block.caption else 0
        heights = self._rows(block)
        header = sum(heights[: block.header_rows])
        for height in heights:
            while height > SPLITTABLE and self.used + height > self.sheet.height / 20:
                height -= self.sheet.height / 20 - self.used
                self.turn()
                self.used = header
            if self.used + height > self.sheet.height / 20:
                self.turn()
                self.used = header
            self.used += height
