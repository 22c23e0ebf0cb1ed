"""The words of a DOCX paragraph (段落文字): revisions accepted, fields by their result, formulas, text boxes found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tanhe.reading.documents.docx_styles import W, value
from tanhe.reading.documents.omml import SUPERSCRIPTS, M, math_text

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_INSIDE: Final = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_GONE: Final = frozenset(W + name for name in ("del", "moveFrom"))
_BOXES: Final = {  # Wingdings and Wingdings 2
    0xFE: "☑", 0xFC: "√", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x52: "☑", 0xA3: "☐", 0x53: "☒", 0x6C: "●", 0x6E: "■",
}  # fmt: skip
_PAGES: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


@dataclass
class _Field:
    """A complex field that is open: still its instruction, or its result already."""

    instruction: str = ""
    result: bool = False


@dataclass
class Words:
    """Reads paragraphs one after the other; fields may reach over several."""

    counts: Counter[str] = field(default_factory=Counter)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Footnotes and endnotes met in the paragraph, as ``footnote:3``."""

    _fields: list[_Field] = field(default_factory=list)

    def text(self, paragraph: etree._Element) -> str:
        """The text of a ``w:p``, white space folded; ``boxes`` and ``notes`` are those of this paragraph."""
        self.boxes, self.notes = [], []
        out: list[str] = []
        self._inside(paragraph, out)
        while self._fields and not self._fields[-1].result:
            self._fields.pop()
        return " ".join("".join(out).split())

    @property
    def in_contents(self) -> bool:
        """Whether the paragraph just read stands in a table of contents field."""
        return any(f.instruction.split()[:1] == ["TOC"] for f in self._fields)

    def _inside(self, element: etree._Element, out: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, out)
            elif tag == W + "fldSimple" and _name(str(child.get(W + "instr", ""))) in _PAGES:
                continue
            elif tag in _INSIDE:
                self.counts["revisions"] += tag in (W + "ins", W + "moveTo")
                self._inside(child, out)
            elif tag in _GONE:
                self.counts["revisions"] += 1
            elif tag == W + "sdt":
                self._inside(child, out)
            elif tag in (M + "oMath", M + "oMathPara"):
                out.append(f" {math_text(child)} ")
            elif tag == _MC + "AlternateContent":
                self._inside(_choice(child), out)

    def _run(self, run: etree._Element, out: list[str]) -> None:
        properties = run.find(W + "rPr")
        if _on(properties, "vanish"):
            self.counts["hidden"] += any((t.text or "").strip() for t in run.iter(W + "t"))
            return
        if properties is not None and properties.find(W + "del") is not None:
            return
        raised = value(properties, "vertAlign") == "superscript"
        for child in run:
            self._content(child, raised, out)

    def _content(self, child: etree._Element, raised: bool, out: list[str]) -> None:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "fldChar":
            self._field(str(child.get(W + "fldCharType", "")))
        elif name == "instrText":
            if self._fields and not self._fields[-1].result and len(self._fields[-1].instruction) < 1000:
                self._fields[-1].instruction += child.text or ""
        elif any(not f.result for f in self._fields) or self._page_number():
            return
        elif name == "t":
            shown = child.text or ""
            out.append(shown.translate(SUPERSCRIPTS) if raised and not re.search("[A-Za-z]{2}", shown) else shown)
        elif name in ("tab", "ptab", "br", "cr"):
            out.append(" ")
        elif name == "noBreakHyphen":
            out.append("-")
        elif name == "sym":
            out.append(_symbol(str(child.get(W + "char", ""))))
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.append(f"{name.removesuffix('Reference')}:{child.get(W + 'id', '')}")
        elif name == "AlternateContent":
            for part in _choice(child):
                self._content(part, raised, out)
        elif name in ("drawing", "pict", "object"):
            self._picture(child, name)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _page_number(self) -> bool:
        return any(_name(f.instruction) in _PAGES for f in self._fields)

    def _picture(self, element: etree._Element, name: str) -> None:
        """Text boxes of a drawing are read, its picture cannot be."""
        found = False
        for box in element.iter(W + "txbxContent"):
            found = True
            if _outermost(box, element):
                self.boxes.append(box)
        if name == "object":
            self.counts["objects"] += 1
        elif not found and (next(element.iter(_DRAWING + "blip"), None) is not None or name == "pict"):
            self.counts["pictures"] += 1


def _outermost(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a text box stands in no other one of the same drawing: inner ones are met when that one is read."""
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return True
        if ancestor.tag == W + "txbxContent":
            return False
    return True


def _name(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _choice(element: etree._Element) -> etree._Element:
    """The first choice of alternatives: the others say the same for older programs."""
    for name in ("Choice", "Fallback"):
        child = element.find(_MC + name)
        if child is not None:
            return child
    return element


def _on(properties: etree._Element | None, name: str) -> bool:
    return (
        properties is not None
        and properties.find(W + name) is not None
        and value(properties, name, "1") not in ("0", "false")
    )


def _symbol(code: str) -> str:
    """A sign of a symbol font; boxes and ticks are known, others keep their code as it is."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    point = int(code, 16)
    if 0xF000 <= point <= 0xF0FF:
        return _BOXES.get(point - 0xF000, "□")
    return chr(point) if not 0xD800 <= point <= 0xDFFF and point > 31 else ""
