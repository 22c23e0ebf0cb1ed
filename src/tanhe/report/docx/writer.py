"""Writes the content tree of a report as a DOCX that opens in Word, WPS and LibreOffice (写出核查报告)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final, Literal

from tanhe.report.charts import draw
from tanhe.report.content import (
    Block,
    Chart,
    Contents,
    Cover,
    Equation,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Table,
)
from tanhe.report.docx.layout import AFTER_TABLE, PARAGRAPHS, heading_pages, leads
from tanhe.report.docx.markup import NAMESPACES, PROLOG, field, paragraph, run, written
from tanhe.report.docx.omml import equation
from tanhe.report.docx.package import Package
from tanhe.report.docx.paper import Sheet, reference
from tanhe.report.docx.pictures import Picture, drawing, fitted
from tanhe.report.docx.styles import twips
from tanhe.report.docx.tables import table_xml
from tanhe.report.docx.toc import bookmarked, contents_xml
from tanhe.report.orientation import orientations

Draw = Callable[[Chart, Literal["png", "svg"]], bytes]
_BREAK: Final = "<w:pageBreakBefore/>"
_AFTER_TABLE: Final = f'<w:spacing w:before="{twips(AFTER_TABLE)}"/>'


def write_docx(report: Report, path: str | os.PathLike[str], draw: Draw = draw) -> None:
    """Write ``report`` to ``path``; the same report always gives the same bytes.

    ``draw`` makes the charts' pictures. ValueError names a table with a row of too many cells.
    """
    package = Package()
    pictures = _pictures(report, draw)
    pages = heading_pages(report, {n: picture.height for n, picture in pictures.items()})
    body = _Body(report, package, pictures, pages)
    for number, block in enumerate(report.blocks):
        body.add(number, block)
    document = f"{PROLOG}<w:document {NAMESPACES}><w:body>{body.finished()}</w:body></w:document>"
    package.write(path, document, report.title, {"zh": "zh-CN", "en": "en-GB"}[report.language])


def _pictures(report: Report, draw: Draw) -> dict[int, Picture]:
    room = Sheet().width / 20
    return {
        n: fitted(draw(block, "png"), room)
        for n, block in enumerate(report.blocks)
        if isinstance(block, Chart)
    }


class _Body:
    """The body being written: blocks come in, sections and page breaks fall where they must."""

    def __init__(
        self, report: Report, package: Package, pictures: dict[int, Picture], pages: list[int]
    ) -> None:
        self.report = report
        self.package = package
        self.pictures = pictures
        self.pages = pages
        self.headings = [block for block in report.blocks if isinstance(block, Heading)]
        self.sides = [wide for wide, run in orientations(report.blocks) for _ in run]
        self.xml: list[str] = []
        self.sheet = Sheet(banner=bool(report.status))
        self.seen = 0
        self.broken = self.after_table = self.closed = False
        self.references = self._running()

    def add(self, number: int, block: Block) -> None:
        """Write one block."""
        if isinstance(block, PageBreak):
            self.broken = bool(self.xml)
            return
        if isinstance(block, Cover):
            self.xml.append(_cover(block))
            self._close(self._cover_references())
            return
        landscape = self.sides[number]
        if landscape != self.sheet.landscape:
            if self.xml and not self.closed:
                self._close(self._take_references())
            self.sheet = Sheet(landscape, self.sheet.banner)
        self.xml.append(self._block(number, block))
        self.closed = False
        self.after_table = isinstance(block, Table)

    def finished(self) -> str:
        """The body with the properties of its last section."""
        return "".join(self.xml) + self.sheet.section(self._take_references())

    def _block(self, number: int, block: Block) -> str:
        broken, self.broken = self.broken, False
        start = _BREAK if broken else ""
        match block:
            case Heading():
                self.seen += 1
                return paragraph(f"Heading{block.level}", bookmarked(self.seen, written(block.text)), start)
            case Paragraph():
                following = self.report.blocks[number + 1 : number + 2]
                keep = "<w:keepNext/>" if leads(block, following[0] if following else None) else ""
                gap = _AFTER_TABLE if self.after_table and not broken else ""
                return paragraph(PARAGRAPHS[block.style], written(block.text, block.bold), keep + start + gap)
            case Table():
                return self._caption(block, start) + table_xml(block, self.sheet.width)
            case Equation():
                aside = run("\t") + written(block.number) if block.number else ""
                return paragraph("Equation", equation(block) + aside, start)
            case Chart():
                relation = self.package.picture(self.pictures[number].data)
                picture = drawing(self.pictures[number], relation, number + 1, block.caption)
                return paragraph("Figure", picture, start) + paragraph(
                    "FigureCaption", written(block.caption)
                )
            case Contents():
                return contents_xml(block, self.headings, self.pages, broken)
        raise TypeError(f"not a block of a report: {block!r}")

    def _caption(self, table: Table, start: str) -> str:
        """The caption above a table; without one, a seam keeps two tables from becoming one."""
        if table.caption:
            return paragraph("Caption", written(table.caption), start)
        return paragraph("Seam", "", start) if start or self.after_table else ""

    def _close(self, references: str) -> None:
        """End the section with its properties in the last paragraph, or after a table in one too low to see."""
        section = self.sheet.section(references)
        if not self.xml[-1].endswith("</w:p>"):
            self.xml.append(paragraph("Seam", ""))
        before, mark, last = self.xml[-1].rpartition("<w:p><w:pPr>")
        self.xml[-1] = before + mark + last.replace("</w:pPr>", f"{section}</w:pPr>", 1)
        self.broken = self.after_table = False
        self.closed = True

    def _take_references(self) -> str:
        """Header and footer for the first section after the cover; later ones go on with them."""
        references, self.references = self.references, ""
        return references

    def _running(self) -> str:
        """Header with the report's words, footer 第 X 页 共 Y 页."""
        header = self._banner() + (
            paragraph("Header", written(self.report.header)) if self.report.header else ""
        )
        page, total = field("PAGE", "1"), field("NUMPAGES", "1")
        if self.report.language == "zh":
            footer = run("第 ") + page + run(" 页 共 ") + total + run(" 页")
        else:
            footer = run("Page ") + page + run(" of ") + total
        return self._part("header", header) + self._part("footer", paragraph("Footer", footer))

    def _cover_references(self) -> str:
        """The cover has no header and footer, but the status stands there too."""
        return self._part("header", self._banner()) if self.report.status else ""

    def _banner(self) -> str:
        return paragraph("Banner", written(self.report.status)) if self.report.status else ""

    def _part(self, kind: Literal["header", "footer"], content: str) -> str:
        if not content:
            return ""
        tag = "hdr" if kind == "header" else "ftr"
        return reference(kind, self.package.part(kind, f"{PROLOG}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"))


def _cover(cover: Cover) -> str:
    """The cover page: what is empty in the cover leaves no line."""
    lines = (
        ("CoverNumber", cover.number, ""),
        ("CoverEntity", cover.entity, ""),
        ("CoverYear", cover.year, ""),
        ("CoverTitle", cover.title, ""),
        ("CoverLine", cover.body, '<w:spacing w:before="4400"/>'),
        ("CoverLine", cover.date, ""),
        *(("CoverNote", note, "") for note in cover.notes),
    )
    return "".join(paragraph(style, written(text), properties) for style, text, properties in lines if text)
