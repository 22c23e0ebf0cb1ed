"""Lines → paragraphs and headings (文字行 → 段落、标题): rejoined over lines and pages as the layout broke them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Heading, Paragraph
from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.pdf_lines import Line, seam
from tanhe.reading.documents.pdf_parts import Part, table_of
from tanhe.reading.documents.tables import is_caption

_ITEM: Final = re.compile(
    r"(?:[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|\d{1,2}[)）、.．](?!\d)|[①-⑳]|[-•●■◆▪—]\s?|[a-zA-Z][)）.]\s|[一二三四五六七八九十]{1,3}、)"
)
_FIGURE: Final = re.compile(r"图\s?[\d一二三]")
_CHINESE: Final = re.compile(r"[（(]?[一二三四五六七八九十]")
_DOTTED: Final = 3
"""With so many headings like 3.4.1 in a document, 一、 and （一） are items of its text."""
_LINES: Final = 6
"""A page with fewer lines does not tell where its text begins and ends."""
_ENDS: Final = tuple("。；：！？.;:!?")
_UNSURE: Final = 0.25
"""Share by which sizes of recognised lines may differ in one paragraph: they are heights of boxes."""



@dataclass(frozen=True)
class Flowing:
    """A line with its page."""

    line: Line
    page: int
    apart: bool = False
    """It is made of parts with wide gaps: a formula and its number, a row of signatures."""
    column: tuple[float, float] | None = None
    """The edges of its column, on a page set in two."""


Item = Flowing | Part


@dataclass
class Flow:
    """Turns the items of a document, in reading order, into blocks.

    ``left`` and ``right``: the edges of the text by page.
    """

    file: str
    left: dict[int, float]
    right: dict[int, float]
    body: float
    sizes: dict[float, int] = field(default_factory=dict)
    captions: set[Place] = field(default_factory=set)
    dotted: bool = False
    started: bool = False
    """Whether the first numbered heading has come: before it stand the cover and forms."""

    def blocks(self, items: Sequence[Item]) -> Iterator[Block]:
        """Headings, paragraphs and tables."""
        lines = [item.line for item in items if isinstance(item, Flowing)]
        self.dotted = sum(heading_of(line.text) is not None for line in lines) >= _DOTTED
        self.sizes = self._heading_sizes(items)
        waiting: list[Flowing] = []
        for n, item in enumerate(items):
            if isinstance(item, Part):
                if waiting:
                    yield self._paragraph(waiting, before=item)
                waiting = []
                yield table_of(item, self.file)
                continue
            heading = self._heading(item.line, item.page)
            if waiting and (heading or self._begins(waiting, item)):
                yield self._paragraph(waiting)
                waiting = []
            if heading:
                yield heading
            else:
                waiting.append(item)
            if (
                waiting
                and n + 1 < len(items)
                and isinstance(items[n + 1], Part)
                and is_caption(item.line.text)
            ):
                if len(waiting) > 1:
                    yield self._paragraph(waiting[:-1])
                    waiting = waiting[-1:]
        if waiting:
            yield self._paragraph(waiting)

    def _heading_sizes(self, items: Sequence[Item]) -> dict[float, int]:
        """Type sizes above the text's that numbered headings are set in, with their level."""
        found: Counter[tuple[float, int]] = Counter()
        for item in items:
            if isinstance(item, Flowing) and (known := self._numbered(item.line)):
                found[round(item.line.size, 1), known.level] += 1
        sizes: dict[float, int] = {}
        for (size, level), count in found.most_common():
            if size > 1.08 * self.body and count > 1:
                sizes.setdefault(size, level)
        return sizes

    def _numbered(self, line: Line) -> Heading | None:
        if is_caption(line.text) or _FIGURE.match(line.text):
            return None
        large = line.size > 1.06 * self.body
        if line.size < 0.93 * self.body:
            return None
        found = heading_of(line.text, strong=large or line.bold)
        if found is None or (self.dotted and _CHINESE.match(found.number)):
            return None
        return Heading(found.level, found.number, found.text, Place(self.file))

    def _heading(self, line: Line, page: int) -> Heading | None:
        place = Place(self.file, page=page, quote=quote(line.text), confidence=line.confidence)
        if found := self._numbered(line):
            self.started = True
            return Heading(found.level, found.number, found.text, place)
        level = self.sizes.get(round(line.size, 1))
        if (
            self.started
            and level
            and len(line.text) <= 40
            and not line.text.endswith(_ENDS)
            and line.x0 < self.left[page] + 2 * line.size
        ):
            return Heading(level, "", line.text, place)
        return None

    def _begins(self, waiting: Sequence[Flowing], item: Flowing) -> bool:
        """Whether a line begins a new paragraph after the waiting ones."""
        before, line = waiting[-1].line, item.line
        size = before.size
        near = 0.08 if line.confidence is None else _UNSURE
        if abs(line.size - size) > near * size or line.bold != before.bold or item.apart or waiting[-1].apart:
            return True
        if is_caption(line.text) or _FIGURE.match(line.text) or _FIGURE.match(before.text):
            return True
        last = waiting[-1]
        same = last.page == item.page and last.column == item.column
        if same and not 0 < line.base - before.base < 2.4 * size:
            return True
        left, right = self._bounds(last)
        if right - before.x1 > line.first + 1.1 * size or _ITEM.match(line.text):
            return True
        step = (line.x0 - self._bounds(item)[0] - before.x0 + left) / size
        if len(waiting) == 1:
            hanging = 0.5 < step <= 4 and _ITEM.match(before.text) is not None
            even = abs(step) <= 0.5 and not before.text.endswith(_ENDS)
            return not (step < -0.5 or hanging or even)
        return step > 1.0

    def _bounds(self, item: Flowing) -> tuple[float, float]:
        return item.column or (self.left[item.page], self.right[item.page])

    def _paragraph(self, lines: Sequence[Flowing], before: Part | None = None) -> Paragraph:
        first = lines[0]
        text, seams = "", []
        for n, item in enumerate(lines):
            text += seam(text, item.line.text) if n else ""
            if n and item.page != lines[n - 1].page:
                seams.append((len(text), Place(self.file, page=item.page, quote=quote(item.line.text), confidence=item.line.confidence)))
            text += item.line.text
        sure = [item.line.confidence for item in lines if item.line.confidence is not None]
        place = Place(self.file, page=first.page, quote=quote(text), confidence=min(sure, default=None))
        if before is not None and self._is_title(lines, before):
            self.captions.add(place)
        return Paragraph(text, place, tuple(seams))

    def _is_title(self, lines: Sequence[Flowing], table: Part) -> bool:
        """Whether a line in the middle right above a table, bold or not as wide, is its caption whatever its words."""
        line = lines[0].line
        if len(lines) > 1 or lines[0].page != table.page or table.top - line.base > 2 * line.size:
            return False
        if len(line.text) > 60 or line.text.endswith(_ENDS):
            return False
        off = abs(line.x0 + line.x1 - table.edges[0] - table.edges[-1]) / 2
        narrow = min(line.x0 - table.edges[0], table.edges[-1] - line.x1) > 4 * line.size
        return off < 3 * line.size if line.bold else off < 0.8 * line.size and narrow


def edges(pages: Mapping[int, Sequence[Line]], widths: Mapping[int, float]) -> tuple[dict[int, float], dict[int, float]]:
    """Where the text begins and ends, by page: as on most pages of its size and side (left and right ones differ)."""
    starts: dict[tuple[int, int], list[float]] = {}
    ends: dict[tuple[int, int], list[float]] = {}
    for page, lines in pages.items():
        if len(lines) >= _LINES:
            key = round(widths[page] / 5), page % 2
            starts.setdefault(key, []).append(min(line.x0 for line in lines))
            ends.setdefault(key, []).append(max(line.x1 for line in lines))
    left, right = {}, {}
    for page, lines in pages.items():
        key = round(widths[page] / 5), page % 2
        own = min((line.x0 for line in lines), default=0.12 * widths[page])
        left[page] = median(starts[key]) if key in starts else own
        right[page] = median(ends[key]) if key in ends else max((line.x1 for line in lines), default=own)
    return left, right
