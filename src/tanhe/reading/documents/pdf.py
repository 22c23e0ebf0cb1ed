"""PDF → blocks (读取 PDF): text layer by pdfium, ruled and unruled tables, pages put together; scans by OCR.

Places: the page, 1-based, and the words. Headers, footers, page numbers and the table of contents are not in the
blocks; a running header is a line of the document once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text
from tanhe.reading.blocks import Document
from tanhe.reading.documents.archive import encrypted
from tanhe.reading.documents.limits import MAX_BLOCKS, MAX_CELLS, within
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.ocr import Recogniser, missing, recogniser
from tanhe.reading.documents.pdf_flow import Flow, Flowing, Item, edges
from tanhe.reading.documents.pdf_furniture import only_number, running
from tanhe.reading.documents.pdf_lines import Line
from tanhe.reading.documents.pdf_page import Page, page_of
from tanhe.reading.documents.pdf_sheet import Sheet, items_of, put, sheet_of
from tanhe.reading.documents.tables import finished

PAGES: Final = 1_500
"""A PDF of more pages is no report."""
BYTES: Final = 300 << 20
_EMPTY: Final = 12
"""A page with fewer characters has no text layer worth the name."""
_UNKNOWN: Final = 0.3
_PICTURE: Final = 0.05
"""A page without text whose pictures cover less than this share of it is a blank one."""


def read_pdf(path: str | Path, strict: bool = False) -> Document:
    """The document at ``path``; raises TanheError when it is damaged, encrypted, too large or no PDF.

    A page of a kind nobody thought of costs that page and is noted; ``strict`` lets its error through, for fuzzing.
    """
    path = Path(path)
    within(path.stat().st_size, BYTES, ("文件字节数", "the size of the file in bytes"), str(path))
    data = path.read_bytes()
    document = opened(data, path)
    try:
        within(len(document), PAGES, ("页数", "the number of pages"), str(path))
        return _Reader(path, document, strict).document(hashlib.sha256(data).hexdigest())
    finally:
        document.close()


def opened(data: bytes, path: Path) -> pdfium.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise TanheError(text("不是 PDF 文件", "not a PDF file"), file=path)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted(path) from error
        raise TanheError(
            text(
                "PDF 文件已损坏，读不了；请重新导出或另存一份", "the PDF is damaged; export or save it again"
            ),
            file=path,
        ) from error
    if len(document) == 0:
        raise TanheError(text("PDF 没有可读的页", "the PDF has no pages to read"), file=path)
    return document


_SURE: Final = 0.8
"""Recognised figures below this confidence are noted one by one; a judgement."""


@dataclass
class _Reader:
    """Reads page by page, then puts the pages together."""

    path: Path
    source: pdfium.PdfDocument
    strict: bool = False
    notes: list[tuple[Place, str]] = field(default_factory=list)
    lines: list[tuple[Place, str]] = field(default_factory=list)
    pictures: int = 0
    """Pages without a text layer."""
    reader: Recogniser | None = None

    def document(self, digest: str) -> Document:
        """All pages, put together."""
        sheets: list[Sheet] = []
        for number in range(1, len(self.source) + 1):
            if sheet := self._sheet(number, sheets[-1] if sheets else None):
                sheets.append(sheet)
        cells = sum(len(part.cells) for sheet in sheets for part in sheet.tables)
        within(cells, MAX_CELLS, ("单元格数", "the number of cells"), str(self.path))
        items, kept = self._items(sheets)
        self._add_lines(items)
        left, right = edges(kept, {sheet.number: sheet.page.width for sheet in sheets})
        flow = Flow(str(self.path), left, right, _body(items))
        blocks = tuple(flow.blocks(items))
        within(len(blocks), MAX_BLOCKS, ("块数", "the number of blocks"), str(self.path))
        return Document(
            "scan" if self.pictures * 2 > len(self.source) else "pdf",
            str(self.path),
            digest,
            finished(blocks, flow.captions),
            tuple(self.lines),
            tuple(self.notes),
        )

    def _sheet(self, number: int, before: Sheet | None) -> Sheet | None:
        try:
            page = self._page(number)
            return None if page is None else sheet_of(page, before)
        except (TanheError, MemoryError, RecursionError):
            raise
        except Exception as error:
            if self.strict:
                raise
            why = type(error).__name__
            self._note(number, f"此页的排布没有读懂，没有读（{why}）", f"the layout of this page was not understood; it was not read ({why})")
            return None

    def _items(self, sheets: Sequence[Sheet]) -> tuple[list[Item], dict[int, list[Line]]]:
        """Everything in reading order without running heads, and the lines of each page without them."""
        heads = running(
            {sheet.number: sheet.lines for sheet in sheets},
            {sheet.number: sheet.page.height for sheet in sheets},
        )
        items: list[Item] = []
        kept: dict[int, list[Line]] = {}
        shown: set[str] = set()
        columns = False
        for sheet in sheets:
            marked = heads[sheet.number]
            self._add_running([sheet.lines[n] for n in sorted(marked)], sheet.number, shown)
            kept[sheet.number] = [line for n, line in enumerate(sheet.lines) if n not in marked]
            more = items_of(sheet, kept[sheet.number], columns)
            columns = any(isinstance(item, Flowing) and item.column for item in more)
            put(items, more)
        return items, kept

    def _page(self, number: int) -> Page | None:
        try:
            page = page_of(self.source, number)
        except (pdfium.PdfiumError, ValueError, OverflowError) as error:
            self._note(
                number,
                f"此页已损坏，没有读（{error}）",
                f"this page is damaged and was not read ({error})",
            )
            return None
        if words := page.turned.strip()[:200]:
            self.lines.append((self._place(number, words), words))
            self._note(
                number,
                f"竖排或斜排的文字没有读入正文：{words[:40]}",
                f"upright or slanting words were not read into the text: {words[:40]}",
            )
        shown = sum(glyph.text != " " for glyph in page.glyphs)
        garbled = page.unknown >= _EMPTY and page.unknown > _UNKNOWN * shown
        if not garbled and (shown >= _EMPTY or page.pictures < _PICTURE):
            return page
        self.pictures += 1
        return self._recognised(page)

    def _recognised(self, page: Page) -> Page:
        """A page without a text layer, by OCR; without OCR what little it has, and a note."""
        self.reader = self.reader or recogniser()
        if self.reader is None:
            self.notes.append((self._place(page.number), missing()))
            return page
        self._note(
            page.number,
            "此页由文字识别（OCR）读取，数字须对照原页确认",
            "this page was read by OCR; compare its figures with the page",
        )
        return self.reader(self.source, page.number)

    def _place(self, page: int, words: str = "") -> Place:
        return Place(str(self.path), page=page, quote=quote(words))

    def _note(self, page: int, zh: str, en: str) -> None:
        self.notes.append((self._place(page), text(zh, en)))

    def _add_running(self, lines: Sequence[Line], page: int, shown: set[str]) -> None:
        """Running heads as lines of the document, each wording once; page numbers not at all."""
        for line in lines:
            key = "".join(line.text.split())
            if key not in shown and not only_number(line.text) and not only_number(key):
                shown.add(key)
                self.lines.append((self._place(page, line.text), line.text))

    def _add_lines(self, items: Sequence[Item]) -> None:
        """The lines in reading order; a recognised figure that is doubtful is noted."""
        for item in items:
            parts = (
                [(item.page, item.line.text, item.line.confidence)]
                if isinstance(item, Flowing)
                else [(cell.page, cell.text, cell.confidence) for cell in item.cells if cell.text]
            )
            for page, words, sure in parts:
                place = Place(str(self.path), page=page, quote=quote(words), confidence=sure)
                self.lines.append((place, words))
                if sure is not None and sure < _SURE and any(c.isdigit() for c in words.replace("CO2", "")):
                    shown = words if len(words) <= 40 else words[:40] + "…"
                    self.notes.append((place, text(f"识别没有把握的数字，须对照原页：{shown}", f"doubtful figures, compare them with the page: {shown}")))


def _body(items: Sequence[Item]) -> float:
    """The type size most characters outside tables are set in."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Flowing):
            sizes[round(item.line.size, 1)] += len(item.line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.5
