"""Text reports (文本报告): .txt, .md and what other programs extracted, in any mix of layouts, to blocks with places."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tanhe.dossier.places import Place
from tanhe.messages import text
from tanhe.reading.blocks import Document, Heading, Paragraph
from tanhe.reading.documents.cells import (
    Row,
    cell_of,
    empty,
    extended,
    filled,
    key,
    paragraph_of,
    row_of,
    unfinished,
)
from tanhe.reading.documents.contents import Marks
from tanhe.reading.documents.flow import CLOSING, Flow
from tanhe.reading.documents.furniture import furniture
from tanhe.reading.documents.html_flow import reflowed
from tanhe.reading.documents.joining import Chunk, mended, without_repeats
from tanhe.reading.documents.layout import Layout, as_seen
from tanhe.reading.documents.limits import MAX_CELLS, MAX_COLUMNS, MAX_SEAMS, MAX_TEXT_BYTES, within
from tanhe.reading.documents.lines import Line, decode, half, physical, place, width
from tanhe.reading.documents.lost_tables import LostTables
from tanhe.reading.documents.markup import clean
from tanhe.reading.documents.markup_tables import TableReader, opens_table, region
from tanhe.reading.documents.mathtext import formula_end, unset
from tanhe.reading.documents.pieces import Caption, Piece, blocks_of
from tanhe.reading.documents.pipes import without_copies
from tanhe.reading.documents.spread import spread
from tanhe.reading.documents.subscripts import restored
from tanhe.reading.documents.words import CAPTION, ITEM, ROW_LABELS


def read_text(path: str | os.PathLike[str]) -> Document:
    """Read a text file into a Document; TanheError when it is larger than the limits or no text."""
    size = Path(path).stat().st_size
    within(size, MAX_TEXT_BYTES, ("文本字节数", "the size of the text in bytes"), os.fspath(path))
    return text_document(Path(path).read_bytes(), os.fspath(path))


def text_document(data: bytes, file: str) -> Document:
    """The Document of a text's bytes; ``file`` names it in places and errors."""
    within(len(data), MAX_TEXT_BYTES, ("文本字节数", "the size of the text in bytes"), file)
    said, odd = decode(data, file)
    lines = physical(said, file)
    flow = reflowed(lines)
    made = _document(flow.lines if flow else lines, file, data)
    if flow:
        made = flow.document(made)
    return replace(made, notes=(*((Place(file, number), why) for number, why in odd), *made.notes))


def _document(lines: Sequence[Line], file: str, data: bytes) -> Document:
    marks = furniture(lines)
    blocks = blocks_of(_Reader(file, restored(lines), marks).read(), marks, file)
    pictures = [number for number, why in marks.items() if why == "picture"]
    notes = [
        (place(file, lines[n - 1], lines[n - 1].text), text("图片未读取", "a picture was not read"))
        for n in pictures
    ]
    beside = [(place(file, lines[n - 1], lines[n - 1].text), why) for n, why in sorted(marks.items()) if n]
    return Document(
        kind="text",
        path=file,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        lines=tuple((Place(file, line.number, page=line.page), as_seen(line)) for line in lines),
        notes=tuple(notes),
        furniture=tuple(beside),
    )


class _Reader:
    """One pass over the lines of a text; what it made so far is in ``pieces``."""

    def __init__(self, file: str, lines: Sequence[Line], marks: Marks) -> None:
        self.file = file
        self.marks = marks
        self.pieces: list[Piece] = []
        self.layout = Layout(file, lines, marks)
        self.lines = self.layout.lines
        self._parts = self.layout.parts
        self._heads = self.layout.heads
        self._flow = Flow(self.lines, self._parts)
        self._lost = LostTables(file, self.layout)
        self._cells = 0
        self._breaks: list[int] = []
        """Widths at which cells were broken over lines, as far as read."""

    def read(self) -> list[Piece]:
        """All lines, as headings, paragraphs, captions and rows that stand together."""
        index = 0
        while index < len(self.lines):
            line, parts = self.lines[index], self._parts[index]
            if not line.text:
                index += 1
            elif (offset := opens_table(line.raw)) is not None:
                index = self._html(index, offset)
            elif self._heads.get(line.number):
                index = self._heading(index)
            elif parts is not None and not self._is_item(index, parts):
                index = self._rows(index)
            else:
                index = self._words(index)
        return self.pieces

    def _heading(self, index: int) -> int:
        line = self.lines[index]
        found = self._heads[line.number]
        assert found is not None
        level, number, title = found
        words = self.layout.single(line, self._parts[index])
        self.pieces.append(Heading(level, number, title, place(self.file, line, words)))
        return index + 1

    def _chunk(self, rows: list[Row], caption: str = "", closed: bool = False) -> None:
        self._cells += sum(len(row) for row in rows)
        within(self._cells, MAX_CELLS, ("单元格数", "the number of cells"), self.file)
        chunk = Chunk(rows, caption, closed=closed)
        without_repeats(chunk)
        if caption or not all(empty(row) for row in chunk.rows):
            self.pieces.append(chunk)

    def _html(self, index: int, offset: int) -> int:
        end = region(self.lines, index, offset)
        reader = TableReader(self.file)
        for at in range(index, end):
            reader.feed(self.lines[at], self.lines[at].raw)
        rows = reader.close()
        for row in rows:
            within(len(row), MAX_COLUMNS, ("列数", "the number of columns"), self.file, row[0].place.line)
        outside = [(after, Paragraph(said, place(self.file, at, said))) for at, said, after in reader.outside]
        self.pieces += [self._captioned(words) for after, words in outside if not after]
        if rows:
            self._chunk(rows, reader.caption, True)
        elif reader.caption:
            self.pieces.append(Paragraph(reader.caption, place(self.file, self.lines[index], reader.caption)))
        self.pieces += [self._captioned(words) for after, words in outside if after]
        return end

    def _captioned(self, words: Paragraph) -> Piece:
        return Caption(words) if len(words.text) <= 100 and CAPTION.fullmatch(words.text) else words

    def _is_item(self, index: int, parts: list[str]) -> bool:
        """``(1)⇥文字`` and words only set in by a tab are no table."""
        shown = [part for part in parts if part.strip()]
        if len(parts) > 2 or not self.layout.lonely(index):
            return False
        if len(shown) == 1:
            return not parts[0].strip() and not (self.pieces and isinstance(self.pieces[-1], Chunk))
        return (
            len(parts[0].strip()) <= 4
            and ITEM.match(self.lines[index].half) is not None
            and len(parts[1]) > 12
        )

    def _rows(self, index: int) -> int:
        rows: list[Row] = []
        fenced = self.layout.ruled.get(self.lines[index].number)
        while index < len(self.lines) and self.lines[index].text:
            line, parts = self.lines[index], self._parts[index]
            parts_above = self._parts[index - 1] if index else None
            if rows and line.number in self.layout.ruled:
                break
            if parts is not None:
                rows.append(row_of(self.file, line, parts))
            elif rows and self._inside_cell(index, rows[-1]):
                if unfinished(rows[-1][-1].text, 20) and len(self._breaks) < 200:
                    self._breaks.append(width((parts_above or [""])[-1].strip()))
                rows[-1][-1] = extended(rows[-1][-1], cell_of(self.file, line, line.text))
            else:
                break
            index += 1
        first = filled(rows[0])
        if len(first) == 1 and first[0] == 0 and len(rows[0]) > 1 and self._ends_paragraph(rows[0]):
            rows = rows[1:]
        if rows := without_copies(rows):
            self._chunk(mended(rows) if fenced is None else spread(rows, fenced), closed=fenced is not None)
        return index

    def _ends_paragraph(self, row: Row) -> bool:
        """The end of a paragraph that a page end pushed into the next table's first row."""
        last = self.pieces[-1] if self.pieces else None
        if not isinstance(last, Paragraph) or not unfinished(last.text) or not row[0].text.endswith("。"):
            return False
        self.pieces[-1] = extended(last, row[0])
        return True

    def _inside_cell(self, index: int, row: Row) -> bool:
        """A line without tabs below a row: its last cell goes on when words are open or rows follow at once."""
        line = self.lines[index]
        if len(row[-1].seams) >= MAX_SEAMS:
            return False
        if self._heads.get(line.number) or CAPTION.fullmatch(line.half) or opens_table(line.raw) is not None:
            return False
        labelled = key(row[0].text) in ROW_LABELS
        learnt = sorted(self._breaks)[len(self._breaks) // 4] - 4 if len(self._breaks) > 3 else 44
        if unfinished(row[-1].text, 24 if labelled else min(max(learnt, 20), 44)) or line.half[0] in CLOSING:
            return True
        following = range(index + 1, min(index + 7, len(self.lines)))
        for at in following:
            if self._parts[at] is not None or not self.lines[at].text:
                return self._parts[at] is not None
        return False

    def _words(self, index: int) -> int:
        line = self.lines[index]
        bare = line.text.lstrip("# ")
        shown = half(clean(bare)).lstrip("*") if bare[:1] in ("<", "*") else half(bare)
        if len(shown) <= 100 and CAPTION.fullmatch(shown) and shown[-1] not in "。;,":
            self.pieces.append(Caption(paragraph_of(self.file, replace(line, text=bare))))
            return index + 1
        closing = formula_end(self.lines, index)
        if closing is not None:
            return self._formula(index, closing)
        found = self._lost.at(index)
        if found is not None:
            self._chunk(found[1])
            return found[0]
        return self._paragraph(index)

    def _formula(self, index: int, closing: int) -> int:
        """A formula set over several lines is one paragraph."""
        inner = [line for line in self.lines[index + 1 : closing] if line.text]
        said = unset(f"$${' '.join(line.text for line in inner)}$$")
        self.pieces.append(Paragraph(said, place(self.file, inner[0] if inner else self.lines[index], said)))
        return closing + 1

    def _paragraph(self, index: int) -> int:
        line = self.lines[index]
        words = paragraph_of(self.file, line)
        last = self.pieces[-1] if self.pieces else None
        if not words.text:
            self.marks[line.number] = "markup"
        elif isinstance(last, Paragraph) and self._flow.continues(last, index):
            self.pieces[-1] = extended(last, words)
        else:
            self.pieces.append(words)
        self._flow.before = index
        return index + 1
