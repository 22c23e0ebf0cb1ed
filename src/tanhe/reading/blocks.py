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


@dataclass(frozen=True)
class Heading:
    """A section heading, e.g. level 2, number 3.4.1, text 活动水平数据及来源的核查."""

    level: int
    number: str
    text: str
    place: Place


@dataclass(frozen=True)
class Paragraph:
    """Running text of one paragraph, rejoined when the layout broke it."""

    text: str
    place: Place


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
