"""Words of WordprocessingML: paragraphs, runs and fields as XML text (段落、文字与域)."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tanhe.report.typography import Kind, runs

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:m="{M}" xmlns:r="{R}"'
PROLOG: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile(r"(\r\n|\r|\n|\t)")
_AMBIGUOUS: Final = re.compile("[“”‘’—…·]")
_CHINESE: Final = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def safe(text: str) -> str:
    """Text as XML content; characters that XML forbids (a stray control character of a PDF) are shown as ``�``."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Text as a quoted attribute value."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def run(text: str, properties: str = "", kind: Kind = "text", chinese: bool = False) -> str:
    """One ``w:r``. In Chinese text the quotation marks and dashes take the Chinese font."""
    if chinese and _AMBIGUOUS.search(text):
        properties = '<w:rFonts w:hint="eastAsia"/>' + properties
    if kind != "text":
        properties += f'<w:vertAlign w:val="{"subscript" if kind == "sub" else "superscript"}"/>'
    shown = "".join(_content(part) for part in _BREAKS.split(text) if part)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{shown}</w:r>"


def _content(part: str) -> str:
    if part == "\t":
        return "<w:tab/>"
    if part in ("\n", "\r", "\r\n"):
        return "<w:br/>"
    return f'<w:t xml:space="preserve">{safe(part)}</w:t>'


def written(text: str, bold: bool = False) -> str:
    """Plain text as runs, with its sub- and superscripts."""
    chinese = _CHINESE.search(text) is not None
    properties = "<w:b/>" if bold else ""
    return "".join(run(piece.text, properties, piece.kind, chinese) for piece in runs(text))


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A ``w:p`` in a style; ``properties`` are further children of ``w:pPr`` in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str, properties: str = "") -> str:
    """A complex field with the result shown until the program computes it."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""

    def mark(kind: str) -> str:
        return f'<w:r>{rpr}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{rpr}<w:instrText xml:space="preserve"> {safe(instruction)} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + run(shown, properties) + mark("end")
