"""PDF → blocks (读取 PDF): text layer by pdfium, ruled and unruled tables, pages put together; scans by OCR.

Places: the page, 1-based, and the words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text
from tanhe.reading.blocks import Document
from tanhe.reading.documents.archive import encrypted
from tanhe.reading.documents.limits import MAX_BLOCKS, MAX_CELLS, within
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.pdf_flow import Flow, Flowing, Item, edges
from tanhe.reading.documents.pdf_furniture import is_contents, only_number, running
from tanhe.reading.documents.pdf_grids import grids
from tanhe.reading.documents.pdf_lines import Line, lines_of
from tanhe.reading.documents.pdf_loose import in_reading_order, loose_tables, rows_of
from tanhe.reading.documents.pdf_page import Page, page_of
from tanhe.reading.documents.pdf_parts import Part, joined, part_of
from tanhe.reading.documents.sections import numbered
from tanhe.reading.documents.tables import finished

PAGES: Final = 1_500
"""A PDF of more pages is no report."""
_EMPTY: Final = 12
"""A page with fewer characters has no text layer worth the name."""
_UNKNOWN: Final = 0.3

Recognise = Callable[[Any, int], Page]
"""Reads the picture of a page; see ``ocr``."""


def read_pdf(path: str | Path) -> Document:
    """The document at ``path``; raises TanheError when it is damaged, encrypted or no PDF."""
    path = Path(path)
    data = path.read_bytes()
    document = _opened(data, path)
    try:
        within(len(document), PAGES, ("页数", "the number of pages"), str(path))
        return _Reader(path, document).document(hashlib.sha256(data).hexdigest())
    finally:
        document.close()


def _opened(data: bytes, path: Path) -> pdfium.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise TanheError(text("不是 PDF 文件", "not a PDF file"), file=path)
    try:
        document = pdfium.PdfDocument(data)
        if len(document) == 0:
            raise TanheError(text("PDF 没有页", "the PDF has no pages"), file=path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted(path) from error
        raise TanheError(
            text("PDF 文件已损坏，读不了；请重新导出或另存一份", "the PDF is damaged; export or save it again"),
            file=path,
        ) from error
    return document


@dataclass
class _Sheet:
    """A page taken apart: tables, and lines outside them from top to bottom."""

    page: Page
    tables: list[Part]
    lines: list[Line]


@dataclass
class _Reader:
    path: Path
    source: pdfium.PdfDocument
    notes: list[tuple[Place, str]] = field(default_factory=list)
    lines: list[tuple[Place, str]] = field(default_factory=list)
    scanned: int = 0
    unread: int = 0
    recognise: Recognise | None = None

    def document(self, digest: str) -> Document:
        """All pages, put together."""
        sheets = [self._sheet(page) for n in range(len(self.source)) if (page := self._page(n + 1)) is not None]
        within(sum(len(part.cells) for sheet in sheets for part in sheet.tables), MAX_CELLS, ("单元格数", "the number of cells"), str(self.path))
        heads = running(
            {s.page.number: s.lines for s in sheets}, {s.page.number: s.page.height for s in sheets}
        )
        shown: set[str] = set()
        items: list[Item] = []
        bounds = {s.page.number: edges([x for n, x in enumerate(s.lines) if n not in heads[s.page.number]], s.page.width) for s in sheets}
        for sheet in sheets:
            self._running_lines([sheet.lines[n] for n in sorted(heads[sheet.page.number])], sheet.page.number, shown)
            kept = [line for n, line in enumerate(sheet.lines) if n not in heads[sheet.page.number]]
            _add(items, self._items(sheet, kept))
        self._add_lines(items)
        flow = Flow(
            self.path.name, {n: e[0] for n, e in bounds.items()}, {n: e[1] for n, e in bounds.items()}, _body(items)
        )
        blocks = tuple(flow.blocks(items))
        within(len(blocks), MAX_BLOCKS, ("块数", "the number of blocks"), str(self.path))
        kind = "scan" if self.scanned + self.unread > len(self.source) / 2 else "pdf"
        made = numbered(finished(blocks, flow.captions))
        return Document(kind, str(self.path), digest, made, tuple(self.lines), tuple(self.notes))

    def place(self, page: int, words: str = "") -> Place:
        """A place of this file."""
        return Place(self.path.name, page=page, quote=quote(words))

    def _page(self, number: int) -> Page | None:
        try:
            page = page_of(self.source, number)
        except (pdfium.PdfiumError, ValueError, OverflowError) as error:
            self.notes.append((self.place(number), text(f"此页已损坏，没有读（{error}）", f"this page is damaged and was not read ({error})")))
            return None
        if page.turned.strip():
            words = page.turned.strip()[:200]
            self.lines.append((self.place(number, words), words))
            self.notes.append((self.place(number, words), text("竖排或斜排的文字没有读入正文", "turned or slanting words were not read into the text")))
        shown = sum(g.text != " " for g in page.glyphs)
        if shown >= _EMPTY and page.unknown <= _UNKNOWN * shown:
            return page
        if shown < _EMPTY and page.pictures < 0.05 and page.unknown < _EMPTY:
            return page
        return self._recognised(page)

    def _recognised(self, page: Page) -> Page:
        """A page without a text layer, by OCR; without OCR what little it has, and a note."""
        from tanhe.reading.documents.ocr import missing, recogniser

        if self.recognise is None:
            self.recognise = recogniser()
        if self.recognise is None:
            self.unread += 1
            self.notes.append((self.place(page.number), missing()))
            return page
        self.scanned += 1
        self.notes.append(
            (self.place(page.number), text("此页由文字识别（OCR）读取，数字须对照原页确认", "this page was read by OCR; compare its figures with the page"))
        )
        return self.recognise(self.source, page.number)

    def _sheet(self, page: Page) -> _Sheet:
        free = list(page.glyphs)
        tables: list[Part] = []
        for grid in sorted(grids(page), key=lambda g: (g.x1 - g.x0) * (g.bottom - g.top)):
            inside = [glyph for glyph in free if grid.holds(glyph)]
            part = part_of(grid, inside, page.number)
            if _is_table(part):
                tables.append(part)
                taken = set(map(id, inside))
                free = [glyph for glyph in free if id(glyph) not in taken]
        return _Sheet(page, tables, lines_of(free, split=True))

    def _items(self, sheet: _Sheet, lines: Sequence[Line]) -> list[Item]:
        rows = in_reading_order(rows_of(lines), sheet.page.width)
        tables = sorted(sheet.tables, key=lambda part: part.top)
        made: list[Item] = []
        run: list[Line] = []
        pending = list(tables)

        def flush() -> None:
            for thing in loose_tables(rows_of(run), sheet.page.number):
                if isinstance(thing, Part):
                    made.append(thing)
                elif not is_contents(line := thing.whole().text) and line not in ("目录", "目 录", "目次"):
                    made.append(Flowing(thing.whole(), sheet.page.number))
            run.clear()

        for row in rows:
            while pending and pending[0].top < row.base - 0.3 * row.size:
                flush()
                made.append(pending.pop(0))
            run.extend(row.parts)
        flush()
        return [*made, *pending]

    def _running_lines(self, lines: Sequence[Line], page: int, shown: set[str]) -> None:
        """Running heads as lines of the document, each wording once; page numbers not at all."""
        for line in lines:
            key = "".join(line.text.split())
            if key not in shown and not only_number(line.text) and not only_number(key):
                shown.add(key)
                self.lines.append((self.place(page, line.text), line.text))

    def _add_lines(self, items: Sequence[Item]) -> None:
        for item in items:
            if isinstance(item, Flowing):
                self.lines.append((self.place(item.page, item.line.text), item.line.text))
            else:
                self.lines += [(self.place(c.page, c.text), c.text) for c in item.cells if c.text]


def _is_table(part: Part) -> bool:
    """Axes of charts and frames have few words in their cells, or one column."""
    filled = sum(bool(cell.text) for cell in part.cells)
    return filled >= 2 and filled * 5 >= len(part.cells) and (len(part.edges) > 2 or filled * 2 > len(part.cells))


def _add(items: list[Item], more: Sequence[Item]) -> None:
    """Append a page; a table that goes on at its top is put to the one at the end of the page before."""
    more = list(more)
    if items and more and isinstance(first := more[0], Part) and isinstance(last := items[-1], Part):
        if last.last_page == first.page - 1 and (whole := joined(last, first)) is not None:
            items[-1] = whole
            more.pop(0)
    items += more


def _body(items: Sequence[Item]) -> float:
    """The type size most characters outside tables are set in."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Flowing):
            sizes[round(item.line.size, 1)] += len(item.line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.5
