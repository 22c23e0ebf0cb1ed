"""A document as blocks with places (文档 → 块): what every reader gives, whatever the file was.

Text is as printed, white space folded; ``place`` tells the 1-based physical line of a text, the page of a PDF or
DOCX rendering where it is known, and the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tanhe.dossier.places import Place

Kind = Literal["text", "docx", "pdf", "scan"]


@dataclass(frozen=True)
class Cell:
    """A table cell; a merged cell stands once, at its first position, with its spans."""

    text: str
    place: Place
    colspan: int = 1
    rowspan: int = 1
    confidence: float | None = None
    seams: tuple[tuple[int, Place], ...] = ()
    """Where another physical line begins inside ``text``: offset and place, ascending; see ``place_at``."""

    def place_at(self, offset: int) -> Place:
        """The place of the character at ``offset``, when the text was rejoined over lines or pages."""
        return _place_at(self.place, self.seams, offset)


@dataclass(frozen=True)
class Heading:
    """A section heading, e.g. level 3, number 3.4.1, text 活动水平数据及来源的核查.

    ``number`` is dotted and half-width however it was printed: 第三章 → 3, （一） under 三、 → 3.1, 附件1.
    """

    level: int
    number: str
    text: str
    place: Place


@dataclass(frozen=True)
class Paragraph:
    """Running text of one paragraph, rejoined when the layout broke it."""

    text: str
    place: Place
    seams: tuple[tuple[int, Place], ...] = ()

    def place_at(self, offset: int) -> Place:
        """The place of the character at ``offset``, when the paragraph was rejoined over lines or pages."""
        return _place_at(self.place, self.seams, offset)


@dataclass(frozen=True)
class Table:
    """A table with its caption if one stands above or below; continued tables are rejoined."""

    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    place: Place


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A read document: its blocks, and its plain lines for the closure of numbers.

    ``notes`` say what could not be read (a page without text, a picture), each with its place.
    """

    kind: Kind
    path: str
    sha256: str
    blocks: tuple[Block, ...]
    lines: tuple[tuple[Place, str], ...]
    notes: tuple[tuple[Place, str], ...] = ()
    furniture: tuple[tuple[Place, str], ...] = ()
    """Lines that belong to the page, not to the text, and why: contents, page number, running header, rule."""


def _place_at(first: Place, seams: tuple[tuple[int, Place], ...], offset: int) -> Place:
    found = first
    for start, place in seams:
        if start > offset:
            break
        found = place
    return found
