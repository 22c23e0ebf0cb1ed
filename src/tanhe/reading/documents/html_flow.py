"""HTML beside tables (表外 HTML): blocks of a page, whatever lines they stand on, put on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Document, Paragraph, Table
from tanhe.reading.documents.lines import Line, fold, glue, half
from tanhe.reading.documents.markup import clean
from tanhe.reading.documents.markup_tables import Cells

_TAG: Final = re.compile(
    r"<(/?)(p|div|h[1-6]|li|ul|ol|dl|dt|dd|br|hr|html|head|body|title|style|script|section|article|header|footer|main|"
    r"nav|figure|figcaption|blockquote|center|pre|table|tr|td|th)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(r"\s*</?(?:p|div|h[1-6]|li|ul|ol|dl|br|hr|html|body|section|article|table|tr|td)[\s/>]", re.IGNORECASE)
_RARE: Final = 25
_HIDDEN: Final = frozenset({"style", "script", "title"})
_CELLS: Final = frozenset({"tr", "td", "th"})
_LOOSE: Final = frozenset({"br", "table", *_HIDDEN})
"""Tags that a Markdown text may hold without being a page of HTML."""


@dataclass(frozen=True)
class Reflowed:
    """Lines with one block each, and where each stood: physical line, column (None at its beginning)."""

    lines: tuple[Line, ...]
    origins: tuple[tuple[int, int | None], ...]

    def place(self, given: Place) -> Place:
        """The place in the file for a place in the lines given here."""
        if given.line is None:
            return given
        line, column = self.origins[given.line - 1]
        return replace(given, line=line, column=column)

    def document(self, made: Document) -> Document:
        """The document with every place as in the file."""
        return replace(
            made,
            blocks=tuple(self._block(block) for block in made.blocks),
            lines=tuple((self.place(at), said) for at, said in made.lines),
            notes=tuple((self.place(at), said) for at, said in made.notes),
            furniture=tuple((self.place(at), said) for at, said in made.furniture),
        )

    def _block(self, block: Block) -> Block:
        if isinstance(block, Table):
            rows = tuple(
                tuple(replace(c, place=self.place(c.place), seams=self._seams(c.seams)) for c in row) for row in block.rows
            )
            return replace(block, place=self.place(block.place), rows=rows)
        if isinstance(block, Paragraph):
            return replace(block, place=self.place(block.place), seams=self._seams(block.seams))
        return replace(block, place=self.place(block.place))

    def _seams(self, seams: tuple[tuple[int, Place], ...]) -> tuple[tuple[int, Place], ...]:
        return tuple((at, self.place(where)) for at, where in seams)


def reflowed(lines: Sequence[Line]) -> Reflowed | None:
    """The blocks of a text with HTML paragraphs or headings beside its tables; None for any other text."""
    if not _is_page(lines):
        return None
    walk = _Walk()
    for line in lines:
        walk.feed(line)
    if not walk.found:
        return None
    walk.flush()
    made, origins = [], []
    for number, (line, at, said) in enumerate(walk.out, 1):
        shown = fold(said)
        made.append(Line(number, said, shown, half(shown), line.page))
        origins.append((line.number, at + 1 if at else None))
    return Reflowed(tuple(made), tuple(origins))


def _is_page(lines: Sequence[Line]) -> bool:
    """Whether lines that begin with a block of HTML are no rare thing: else they are cells of tables that lost their layout."""
    blocks = sum(1 for line in lines if _BLOCK.match(line.raw))
    plain = sum(1 for line in lines if line.raw.strip() and "<" not in line.raw)
    return blocks * _RARE > plain


class _Walk:
    """Goes through the lines; ``out`` holds what stands on each new line, and where it began."""

    def __init__(self) -> None:
        self.out: list[tuple[Line, int, str]] = []
        self.found = False
        self._open: tuple[Line, int] | None = None
        self._said = ""
        self._head = ""
        self._within = False
        self._depth = 0
        self._cells = Cells()
        self._blank = False
        self._hidden = False
        self._row = False

    def feed(self, line: Line) -> None:
        """One physical line."""
        raw = line.raw
        if raw.strip():
            self._row = self._row_of_cells(raw)
        if self._depth == 0 and not self._within and ("<" not in raw or self._row or raw.lstrip().startswith("|")):
            self.flush()
            self.out.append((line, 0, raw))
            return
        if not raw.strip():
            self._blank = True
            self.flush(True)
            self.out.append((line, 0, ""))
            return
        at = 0
        for tag in _tags(raw):
            self._words(line, at, raw[at : tag.start()])
            at = self._tag(line, tag)
        self._words(line, at, raw[at:])
        if self._depth or not self._within:
            self.flush()
        self._blank = False

    def _row_of_cells(self, raw: str) -> bool:
        """Whether the line is a row of a table with tabs, whose cells may hold HTML; blank first cells only below another row."""
        if raw.lstrip()[:6].lower() == "<table":
            return False
        return "\t" in raw.strip() or (self._row and raw.startswith("\t"))

    def _tag(self, line: Line, tag: re.Match[str]) -> int:
        """Take in a tag; returns where the words after it begin."""
        name, closing = tag[2].lower(), bool(tag[1])
        if name == "table":
            self._table(line, tag, closing)
        elif self._depth or name in _CELLS:
            if self._depth == 1:
                self._cells.take(name, closing)
            if name == "tr" and not closing and self._depth == 1:
                self.found = self.found or "<tr" in self._said.lower()
                self.flush()
            self._words(line, tag.start(), tag[0])
        elif name in _HIDDEN:
            self._hidden = not closing
        elif name == "br":
            self.flush(keep=True)
        else:
            self.found = self.found or name not in _LOOSE
            self.flush(True)
            self._within = not closing and name not in ("hr", "ul", "ol", "html", "head", "body")
            self._head = "" if closing else _mark(name)
        return tag.end()

    def _table(self, line: Line, tag: re.Match[str], closing: bool) -> None:
        """A table begins or ends; one that begins a line outside the cells of another follows it."""
        if self._depth == 0 or (self._depth == 1 and not (closing or line.raw[: tag.start()].strip() or self._cells.hold(self._blank))):
            self.flush(True)
            self._depth, self._cells = 0, Cells()
        self._depth = max(self._depth + (-1 if closing else 1), 0)
        self._words(line, tag.start(), tag[0], whole=True)
        if self._depth == 0:
            self.flush(True)

    def _words(self, line: Line, at: int, said: str, whole: bool = False) -> None:
        if self._hidden or not said or not (said.strip() or self._said):
            return
        if self._open is None:
            self._open = (line, at)
        elif self._open[0].number != line.number and not whole and self._said:
            said = glue(self._said.rstrip(), said.lstrip()) + said.lstrip()
        self._said += said

    def flush(self, apart: bool = False, keep: bool = False) -> None:
        """End the line that is open; ``apart``: a blank line after it; ``keep``: the block goes on."""
        if self._open is not None and self._said.strip():
            said = self._head + (clean(self._said) if self._head else self._said)
            self.out.append((*self._open, said))
            if apart:
                self.out.append((*self._open, ""))
        if self._head.startswith("-") and keep:
            self._head = ""
        self._open, self._said = None, ""
        if apart:
            self._within, self._head = False, ""


def _mark(name: str) -> str:
    """How Markdown marks the block that a tag opens: a heading by its level, an item of a list."""
    if name == "li":
        return "- "
    return "#" * int(name[1]) + " " if name[0] == "h" and name[1:].isdigit() else ""


def _tags(raw: str) -> Iterator[re.Match[str]]:
    return _TAG.finditer(raw) if "<" in raw else iter(())
