"""DOCX → blocks (读取 Word 文档): merged cells with their spans, nested tables, text boxes, revisions accepted.

Places: DOCX has no pages until it is laid out, so a paragraph is ``报告.docx[段落!37]``, the 37th outside tables
in the order of the file, and a cell ``报告.docx[表12!B3]``, column B and row 3 of the 12th table (nested ones
count after the one they stand in). Headers and footers are lines, not blocks: ``报告.docx[页眉!1]``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from tanhe.dossier.places import Place
from tanhe.messages import TanheError, text
from tanhe.reading.blocks import Block, Document, Heading, Paragraph, Table
from tanhe.reading.documents.archive import Package
from tanhe.reading.documents.docx_aside import footnotes, running
from tanhe.reading.documents.docx_notes import external_links, package_notes, reading_notes
from tanhe.reading.documents.docx_styles import Numbers, Style, Styles, W, numbering, outline, value
from tanhe.reading.documents.docx_tables import Placing, grid, letters, table_rows
from tanhe.reading.documents.docx_words import Words
from tanhe.reading.documents.headings import heading_of, split_number
from tanhe.reading.documents.limits import MAX_BLOCKS, MAX_CELLS, within
from tanhe.reading.documents.lines import quote
from tanhe.reading.documents.tables import finished

_WRAPPERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_STYLED: Final = 3
"""With fewer headings by style than this, a document's headings are told by their numbers and bold type too."""


def read_docx(path: str | Path) -> Document:
    """The document at ``path``; raises TanheError when it is damaged, encrypted or no DOCX."""
    path = Path(path)
    package = Package(path)
    try:
        return _Reader(path, package).document()
    except RecursionError as error:
        raise _too_deep(path) from error
    finally:
        package.close()


@dataclass(frozen=True)
class Elements:
    """A document's main part as read, and the element behind each place by its ``sheet`` and ``cell``."""

    part: str
    root: etree._Element
    found: Mapping[tuple[str, str], etree._Element]


def elements_of(path: Path, package: Package) -> Elements:
    """The elements that the places of this document mean, numbered by the reader itself."""
    reader = _Reader(path, package)
    try:
        reader.document()
    except RecursionError as error:
        raise _too_deep(path) from error
    return Elements(reader.main, reader.root, reader.elements)


def _too_deep(path: Path) -> TanheError:
    return TanheError(text("DOCX 嵌套过深，没有读", "the DOCX is nested too deep"), file=path)


@dataclass
class _Reader:
    """Walks the body once; everything it meets gets its place."""

    path: Path
    package: Package
    blocks: list[Block] = field(default_factory=list)
    lines: list[tuple[Place, str]] = field(default_factory=list)
    notes: list[tuple[Place, str]] = field(default_factory=list)
    captions: set[Place] = field(default_factory=set)
    words: Words = field(default_factory=Words)
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    """The ``w:p`` or ``w:tc`` behind each place; that of a footnote is the paragraph it is called in."""

    def document(self) -> Document:
        """Read all parts."""
        main = self._main()
        folder = main.rpartition("/")[0]
        root = self.package.xml(main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise TanheError(text("DOCX 中没有正文", "the DOCX has no body"), file=self.path)
        self.main, self.root = main, body.getparent()
        self.styles = Styles(self.package.xml(f"{folder}/styles.xml"))
        self.numbers = Numbers(self.package.xml(f"{folder}/numbering.xml"))
        self.footnotes = footnotes(self.package, folder, self.words)
        self.styled = sum(self._level(p) > 0 for p in body.iter(W + "p")) >= _STYLED
        self._flow(body)
        for kind, count, said in running(self.package, folder, self.words):
            self.lines.append((self.place(kind, str(count), said), said))
        self.notes += package_notes(self.package, self.place)
        self.notes += external_links(
            self.package.xml(f"{folder}/_rels/{main.rpartition('/')[2]}.rels"), self.place
        )
        self.notes += reading_notes(self.words.counts, self.place)
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return Document(
            "docx",
            str(self.path),
            digest,
            finished(self.blocks, self.captions),
            tuple(self.lines),
            tuple(self.notes),
        )

    def place(self, sheet: str | None = None, cell: str | None = None, words: str = "") -> Place:
        """A place of this file."""
        return Place(str(self.path), sheet=sheet, cell=cell, quote=quote(words))

    def _main(self) -> str:
        relations = self.package.xml("_rels/.rels")
        for relation in () if relations is None else relations:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target in self.package.names:
                    return target
        return "word/document.xml"

    def _level(self, paragraph: etree._Element) -> int:
        properties = paragraph.find(W + "pPr")
        return outline(properties, self.styles.of(properties).level)

    def _flow(self, element: etree._Element) -> None:
        """Paragraphs and tables of a body, a text box or a cell that holds a part of the report."""
        carried = ""
        for child in element:
            if child.tag == W + "p":
                carried = self._paragraph(child, carried)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag in _WRAPPERS and not _is_contents(child):
                self._flow(child)
            elif child.tag == W + "altChunk":
                self.words.counts["chunks"] += 1
            within(len(self.blocks), MAX_BLOCKS, ("块数", "the number of blocks"), str(self.path))

    def _paragraph(self, paragraph: etree._Element, carried: str) -> str:
        """One paragraph; returns its words when its mark is deleted and the next one goes on with them."""
        self.paragraphs += 1
        self.elements["段落", str(self.paragraphs)] = paragraph
        properties = paragraph.find(W + "pPr")
        style = self.styles.of(properties)
        words = carried + self.words.text(paragraph)
        boxes, notes = self.words.boxes, self.words.notes
        marked = None if properties is None else properties.find(W + "rPr")
        if marked is not None and marked.find(W + "del") is not None:
            return words
        contents = style.name.lower().startswith(("toc ", "目录")) or (
            self.words.in_contents and words[-1:].isdigit()
        )
        if words and not contents:
            self._said(paragraph, properties, style, words)
        for box in boxes:
            self._flow(box)
        for note in notes:
            for said in self.footnotes.get(note, ()):
                place = self.place("脚注", note.rpartition(":")[2], said)
                self.elements.setdefault(("脚注", note.rpartition(":")[2]), paragraph)
                self._add(Paragraph(said, place))
        return ""

    def _said(
        self, paragraph: etree._Element, properties: etree._Element | None, style: Style, words: str
    ) -> None:
        place = self.place("段落", str(self.paragraphs), words)
        label = self._label(properties, style)
        shown = f"{label} {words}" if label and label != "•" else label + words
        level = outline(properties, style.level)
        if level and len(words) <= 200:
            number, rest = (
                split_number(shown) if not label or label == "•" else (label.rstrip(".．、 "), words)
            )
            self._add(Heading(level, number, rest if number else words, place))
        elif found := heading_of(shown, strong=not self.styled and self._bold(paragraph, style)):
            self._add(Heading(found.level, found.number, found.text, place))
        else:
            if style.name.lower() in ("caption", "题注"):
                self.captions.add(place)
            self._add(Paragraph(shown, place))

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        """The automatic number: of the paragraph's list, or its style's; a level alone means the style's list."""
        own = numbering(properties)
        if own is not None and own[0] < 0:
            own = (style.numbering[0], own[1]) if style.numbering else None
        elif own is None:
            own = style.numbering
        return self.numbers.label(own)

    def _bold(self, paragraph: etree._Element, style: Style) -> bool:
        runs = [r for r in paragraph.iter(W + "r") if r.find(W + "t") is not None]
        return bool(runs) and all(
            style.bold if (p := r.find(W + "rPr")) is None or p.find(W + "b") is None else value(p, "b", "1") not in ("0", "false")
            for r in runs
        )  # fmt: skip

    def _add(self, block: Heading | Paragraph) -> None:
        self.blocks.append(block)
        said = f"{block.number} {block.text}".strip() if isinstance(block, Heading) else block.text
        self.lines.append((block.place, said))

    def _table(self, table: etree._Element) -> None:
        made = grid(table)
        if made.rows and made.single is not None:
            self._flow(made.single)
            return
        self.tables += 1
        number = self.tables
        inner: list[etree._Element] = []
        rows = table_rows(
            made, lambda cell: self._cell(cell, inner), self._cell_place(number), str(self.path)
        )
        self.cells += sum(len(row) for row in rows)
        within(self.cells, MAX_CELLS, ("单元格数", "the number of cells"), str(self.path))
        for y, row in enumerate(made.rows):
            for slot in row:
                if slot.element is not None:
                    self.elements[f"表{number}", _at(y, slot.column)] = slot.element
        if rows:
            self.blocks.append(Table("", rows, self.place(f"表{number}", "A1")))
            self.lines += [(cell.place, cell.text) for row in rows for cell in row if cell.text]
        for nested in inner:
            if nested.tag == W + "tbl":
                self._table(nested)
            else:
                self._flow(nested)

    def _cell_place(self, table: int) -> Placing:
        return lambda row, column, words: self.place(f"表{table}", _at(row, column), words)

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> str:
        """The words of a cell; tables and text boxes in it are read after its table."""
        said: list[str] = []
        for child in _content(cell):
            if child.tag == W + "tbl":
                inner.append(child)
                continue
            words = self.words.text(child)
            properties = child.find(W + "pPr")
            label = self._label(properties, self.styles.of(properties))
            inner += self.words.boxes
            if words or (label and label != "•"):
                said.append(f"{label} {words}".strip() if label != "•" else words)
        return " ".join(said)


def _at(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def _content(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _content(child)


def _is_contents(element: etree._Element) -> bool:
    """Whether a block is Word's own table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj")
    return value(gallery, "docPartGallery") == "Table of Contents"
