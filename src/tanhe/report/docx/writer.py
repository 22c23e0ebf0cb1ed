"""Writes the content tree of a report as a DOCX that opens in Word, WPS and LibreOffice (写出核查报告)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

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
from tanhe.report.docx.layout import PARAGRAPHS, heading_pages
from tanhe.report.docx.markup import NAMESPACES, PROLOG, field, paragraph, run, written
from tanhe.report.docx.omml import equation
from tanhe.report.docx.package import Package
from tanhe.report.docx.paper import Sheet, reference
from tanhe.report.docx.pictures import Picture, drawing, fitted
from tanhe.report.docx.tables import table_xml
from tanhe.report.docx.toc import bookmarked, contents_xml

Draw = Callable[[Chart, Literal["png", "svg"]], bytes]
_BREAK: Final = "<w:pageBreakBefore/>"
_AFTER_TABLE: Final = '<w:spacing w:before="160"/>'


def write_docx(report: Report, path: str | Path, draw: Draw | None = None) -> None:
    """Write ``report`` to ``path``; the same report always gives the same bytes.

    ``draw`` makes the charts' pictures (default: ``tanhe.report.charts.draw``). ValueError names a table whose
    cells do not fill its columns.
    """
    package = Package()
    pictures = _pictures(report, draw)
    pages = heading_pages(report, {n: picture.height for n, picture in pictures.items()})
    body = _Body(report, package, pictures, pages)
    for number, block in enumerate(report.blocks):
        body.add(number, block)
    document = f"{PROLOG}<w:document {NAMESPACES}><w:body>{body.finished()}</w:body></w:document>"
    package.write(path, document, report.title, {"zh": "zh-CN", "en": "en-GB"}[report.language])


def _pictures(report: Report, draw: Draw | None) -> dict[int, Picture]:
    charts = {n: block for n, block in enumerate(report.blocks) if isinstance(block, Chart)}
    if not charts:
        return {}
    if draw is None:
        # matplotlib takes longer to load than a report without charts takes to write.
        from tanhe.report.charts import draw
    room = Sheet().width / 20
    return {n: fitted(draw(chart, "png"), room) for n, chart in charts.items()}


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
        self.xml: list[str] = []
        self.sheet = Sheet(banner=bool(report.status))
        self.seen = 0
        self.broken = False
        self.after_table = False
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
        landscape = isinstance(block, Table) and block.landscape
        if landscape != self.sheet.landscape:
            if self.xml and not self.xml[-1].endswith("</w:sectPr></w:pPr></w:p>"):
                self._close(self._take_references())
            self.sheet = Sheet(landscape, self.sheet.banner)
        self.xml.append(self._block(number, block))
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
                gap = _AFTER_TABLE if self.after_table and not broken else ""
                return paragraph(PARAGRAPHS[block.style], written(block.text, block.bold), start + gap)
            case Table():
                return self._caption(block, start) + table_xml(block, self.sheet.width)
            case Equation():
                aside = run("\t") + written(block.number) if block.number else ""
                return paragraph("Equation", equation(block) + aside, start)
            case Chart():
                relation = self.package.picture(self.pictures[number].data)
                picture = drawing(self.pictures[number], relation, number + 1, block.caption)
                return paragraph("Figure", picture, start) + paragraph("FigureCaption", written(block.caption))
            case Contents():
                return contents_xml(block, self.headings, self.pages, broken)
        raise TypeError(f"not a block of a report: {block!r}")

    def _caption(self, table: Table, start: str) -> str:
        """The caption above a table; without one, a seam keeps two tables from becoming one."""
        if table.caption:
            return paragraph("Caption", written(table.caption), start)
        return paragraph("Seam", "", start) if start or self.after_table else ""

    def _close(self, references: str) -> None:
        """End the section here: its properties stand in a paragraph of their own, too low to be seen."""
        self.xml.append(paragraph("Seam", "", self.sheet.section(references)))
        self.broken = self.after_table = False

    def _take_references(self) -> str:
        """Header and footer for the first section after the cover; later ones go on with them."""
        references, self.references = self.references, ""
        return references

    def _running(self) -> str:
        """Header with the report's words, footer 第 X 页 共 Y 页."""
        header = self._banner() + (paragraph("Header", written(self.report.header)) if self.report.header else "")
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
