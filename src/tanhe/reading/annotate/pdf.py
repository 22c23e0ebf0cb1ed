"""PDF with remarks (PDF 批注): a highlight over the quoted words; a note in the margin when they cannot be found.

Every annotation has its own appearance, so that viewers that draw none show it too. The text of all pages is compared
before and after; a signed file is extended, not rewritten, so that its signature still covers what was signed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tanhe.dossier.marks import Kind, Mark, Marks
from tanhe.messages import TanheError, text
from tanhe.reading.annotate.pdf_pen import COLOURS, Colour, Pen
from tanhe.reading.annotate.pdf_words import PageWords, Span
from tanhe.reading.documents.pdf import opened

_SUMMARY: Final[Colour] = (40, 150, 90)
_ORDER: Final[tuple[Kind, ...]] = ("material", "minor", "editorial", "unplaced")
_MAY_ANNOTATE: Final = 1 << 5
"""Bit 6 of the permissions (ISO 32000-1, table 22)."""
_BEFORE: Final = 20
"""Signs before a number in the words around it."""


def annotated_pdf(path: Path, marks: Marks) -> bytes:
    """The PDF with the remarks; raises TanheError when it is encrypted, damaged or forbids remarks."""
    data = path.read_bytes()
    document = opened(data, path)
    try:
        if not raw.FPDF_GetDocPermissions(document.raw) & _MAY_ANNOTATE:
            raise TanheError(text("文件的权限设置禁止添加批注", "the file's permissions forbid remarks"), file=path)
        try:
            before = _texts(document)
            for number, own in _by_page(marks, len(document)).items():
                _put(document, number, own, marks)
            copy = _saved(document)
        except pdfium.PdfiumError as error:
            raise _damaged(path) from error
    finally:
        document.close()
    with opened(copy, path) as again:
        if _texts(again) != before:
            raise _damaged(path)
    return copy


def _damaged(path: Path) -> TanheError:
    return TanheError(
        text("PDF 结构有损坏，加批注后文字会变；请重新导出或另存一份", "the PDF is damaged: remarks would change its text; export or save it again"),
        file=path,
    )  # fmt: skip


def _texts(document: pdfium.PdfDocument) -> list[str]:
    """The text of every page; a page that cannot be opened has none."""
    found = []
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            found.append("")
            continue
        words = page.get_textpage()
        found.append(words.get_text_bounded())
        words.close()
        page.close()
    return found


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    signed = raw.FPDF_GetSignatureCount(document.raw) > 0
    document.save(out, flags=raw.FPDF_INCREMENTAL if signed else raw.FPDF_NO_INCREMENTAL)
    return out.getvalue()


def _by_page(marks: Marks, pages: int) -> dict[int, list[Mark]]:
    """The marks of each page, 1-based; what has no page of this document goes to the first."""
    found: dict[int, list[Mark]] = {1: []}
    for mark in marks.marks:
        page = mark.place.page if mark.place is not None else None
        found.setdefault(page if page is not None and 1 <= page <= pages else 1, []).append(mark)
    return found


@dataclass
class _Sorted:
    """A page's marks: those whose words were found, and those for the margin, each with the reason."""

    found: dict[tuple[Span, ...], list[tuple[Mark, str]]] = field(default_factory=dict)
    margin: list[tuple[Mark, str]] = field(default_factory=list)
    general: list[Mark] = field(default_factory=list)


def _put(document: pdfium.PdfDocument, number: int, own: Sequence[Mark], marks: Marks) -> None:
    page = document[number - 1]
    words = PageWords(page)
    try:
        sorted_ = _sorted(own, words)
        boxes = {spans: [box for span in spans for box in words.boxes(span)] for spans in sorted_.found}
    finally:
        words.close()
    for spans in [spans for spans, found in boxes.items() if not found]:
        sorted_.margin += [(mark, "") for mark, _ in sorted_.found.pop(spans)]
    pen = Pen(page, f"D:{marks.on:%Y%m%d}000000+08'00'", number)
    if number == 1:
        pen.note(0, _SUMMARY, _summary(marks, sorted_.general))
    if sorted_.margin:
        head = text("本页的批注，引文没有标出：", "Remarks on this page whose words are not highlighted:")
        colour = COLOURS[_gravest(m for m, _ in sorted_.margin)]
        pen.note(int(number == 1), colour, f"{head}\n\n{_contents(sorted_.margin)}")
    for spans, said in sorted(sorted_.found.items(), key=lambda item: -_ORDER.index(_gravest(m for m, _ in item[1]))):
        pen.highlight(boxes[spans], _gravest(m for m, _ in said), _contents(said))
    page.close()


def _summary(marks: Marks, general: Sequence[Mark]) -> str:
    lines = list(marks.summary)
    if general:
        lines += [text("没有具体位置的发现：", "Findings without a place:"), "", _contents([(mark, "") for mark in general])]
    return "\n".join(lines)


def _sorted(own: Iterable[Mark], words: PageWords) -> _Sorted:
    out = _Sorted()
    numbers: dict[tuple[str, str], list[Mark]] = {}
    for mark in own:
        if mark.place is None or mark.place.page is None:
            out.general.append(mark)
        elif mark.kind == "unplaced":
            numbers.setdefault((mark.place.quote, mark.number), []).append(mark)
        else:
            _find(mark, mark.place.quote, words, out)
    for (quote, _), same in numbers.items():
        before = len("".join(quote[:_BEFORE].split()))
        spans = words.every(quote)
        if len(spans) == len(same):
            for mark, span in zip(same, spans, strict=True):
                out.found.setdefault((words.number(span, mark.number, before) or span,), []).append((mark, ""))
        elif not spans and len(same) == 1 and (match := words.match(quote)):
            inside = next((n for span in match.spans if (n := words.number(span, same[0].number, before))), None)
            out.found.setdefault((inside,) if inside else match.spans, []).append((same[0], ""))
        else:
            out.margin += [(mark, "") for mark in same]
    return out


def _find(mark: Mark, quote: str, words: PageWords, out: _Sorted) -> None:
    match = words.match(quote)
    if match is None:
        out.margin.append((mark, text(f"引文：“{quote}”", f"Words: “{quote}”") if quote else ""))
    elif not match.spans:
        out.margin.append((mark, text(f"引文“{quote}”在本页有 {match.count} 处", f"“{quote}” stands in {match.count} places on this page")))
    else:
        several = text(f"（本页相同的文字有 {match.count} 处，标在第一处）", f"(the first of {match.count} equal places on this page)")
        out.found.setdefault(match.spans, []).append((mark, several if match.count > 1 else ""))


def _gravest(marks: Iterable[Mark]) -> Kind:
    return min((mark.kind for mark in marks), key=_ORDER.index)


def _contents(said: Sequence[tuple[Mark, str]]) -> str:
    """A paragraph for each finding, a line for each number."""
    findings = ["\n".join([*mark.lines, *((more,) if more else ())]) for mark, more in said if mark.kind != "unplaced"]
    numbers = "\n".join(line for mark, _ in said if mark.kind == "unplaced" for line in mark.lines)
    return "\n\n".join([*findings, *((numbers,) if numbers else ())])
