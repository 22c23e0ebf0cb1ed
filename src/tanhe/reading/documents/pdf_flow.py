"""Lines → paragraphs and headings (文字行 → 段落、标题): rejoined over lines and pages as the layout broke them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Heading, Paragraph
from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.pdf_lines import Line, seam
from tanhe.reading.documents.pdf_parts import Part, table_of
from tanhe.reading.documents.tables import is_caption

_ITEM: Final = re.compile(r"(?:[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|\d{1,2}[)）、.．](?!\d)|[①-⑳]|[-•●■◆▪—]\s?|[a-zA-Z][)）.]\s|[一二三四五六七八九十]{1,3}、)")
_FIGURE: Final = re.compile(r"图\s?[\d一二三]")
_ENDS: Final = tuple("。；：！？.;:!?")


@dataclass(frozen=True)
class Flowing:
    """A line with its page."""

    line: Line
    page: int


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

    def blocks(self, items: Sequence[Item]) -> Iterator[Block]:
        """Headings, paragraphs and tables."""
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
            if waiting and n + 1 < len(items) and isinstance(items[n + 1], Part) and is_caption(item.line.text):
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
        if found and (large or line.bold or found.number.count(".") or found.number.startswith(("第", "附"))):
            return Heading(found.level, found.number, found.text, Place(self.file))
        return None

    def _heading(self, line: Line, page: int) -> Heading | None:
        place = Place(self.file, page=page, quote=quote(line.text))
        if found := self._numbered(line):
            return Heading(found.level, found.number, found.text, place)
        level = self.sizes.get(round(line.size, 1))
        if level and len(line.text) <= 40 and not line.text.endswith(_ENDS) and line.x0 < self.left[page] + 2 * line.size:
            return Heading(level, "", line.text, place)
        return None

    def _begins(self, waiting: Sequence[Flowing], item: Flowing) -> bool:
        """Whether a line begins a new paragraph after the waiting ones."""
        before, line = waiting[-1].line, item.line
        size = before.size
        if abs(line.size - size) > 0.08 * size or line.bold != before.bold or is_caption(line.text):
            return True
        if waiting[-1].page == item.page and not 0 < line.base - before.base < 2.4 * size:
            return True
        right = self.right[waiting[-1].page]
        if right - before.x1 > line.first + 1.1 * size or _ITEM.match(line.text):
            return True
        shift = self.left[waiting[-1].page] - self.left[item.page]
        step = (line.x0 + shift - before.x0) / size
        if len(waiting) == 1:
            hanging = 0.5 < step <= 4 and _ITEM.match(before.text) is not None
            even = abs(step) <= 0.5 and not before.text.endswith(_ENDS)
            return not (step < -0.5 or hanging or even)
        return step > 1.0

    def _paragraph(self, lines: Sequence[Flowing], before: Part | None = None) -> Paragraph:
        first = lines[0]
        text, seams = "", []
        for n, item in enumerate(lines):
            text += seam(text, item.line.text) if n else ""
            if n and item.page != lines[n - 1].page:
                seams.append((len(text), Place(self.file, page=item.page, quote=quote(item.line.text))))
            text += item.line.text
        place = Place(self.file, page=first.page, quote=quote(text))
        if before is not None and self._is_title(lines, before):
            self.captions.add(place)
        return Paragraph(text, place, tuple(seams))

    def _is_title(self, lines: Sequence[Flowing], table: Part) -> bool:
        """Whether a bold line in the middle right above a table is its caption, whatever its words."""
        line = lines[0].line
        if len(lines) > 1 or lines[0].page != table.page or table.top - line.base > 2 * line.size:
            return False
        middle = (self.left[table.page] + self.right[table.page]) / 2
        return line.bold and abs((line.x0 + line.x1) / 2 - middle) < 3 * line.size and len(line.text) <= 60


def edges(lines: Sequence[Line], width: float) -> tuple[float, float]:
    """Where the text of a page begins and ends: where most lines do, not the outermost."""
    if not lines:
        return 0.12 * width, 0.88 * width
    starts = Counter(round(line.x0 / 3) * 3 for line in lines)
    most = max(starts.values())
    left = float(min(x for x, count in starts.items() if count >= 0.4 * most))
    ends = sorted(line.x1 for line in lines)
    right = ends[int(0.95 * (len(ends) - 1))]
    return left, max(right, left + 0.3 * width)
