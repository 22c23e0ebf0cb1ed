"""Where a Word comment is anchored (批注锚点): around the runs that hold the quoted words, no run divided."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tanhe.reading.documents.docx_styles import W
from tanhe.reading.documents.docx_words import Words

_BOX: Final = W + "txbxContent"
_MARKS: Final = frozenset(W + name for name in ("pPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"))


@dataclass(frozen=True)
class Anchor:
    """The paragraphs and, in them, the children from which to which a comment reaches; None for all of a paragraph."""

    start: etree._Element
    first: etree._Element | None
    end: etree._Element
    last: etree._Element | None


def anchor_of(element: etree._Element, quote: str) -> Anchor | None:
    """Around the words of a paragraph or cell, else around all of it; None when there is no paragraph to hold on to."""
    paragraphs = [_outside(p) for p in _paragraphs(element)]
    if not paragraphs:
        return None
    wanted = _folded(quote.removesuffix("…"))
    pieces = [(p, child, _folded(_said(child))) for p in dict.fromkeys(paragraphs) for child in p if child.tag not in _MARKS]
    at = "".join(said for _, _, said in pieces).find(wanted) if wanted else -1
    if at < 0:
        return Anchor(paragraphs[0], None, paragraphs[-1], None)
    held, position = [], 0
    for paragraph, child, said in pieces:
        if said and position < at + len(wanted) and position + len(said) > at:
            held.append((paragraph, child))
        position += len(said)
    return Anchor(*held[0], *held[-1])


def put(anchor: Anchor, number: str) -> None:
    """Mark the range in the document, with the comment's sign after it."""
    start, end = (_element(name, number) for name in ("commentRangeStart", "commentRangeEnd"))
    if anchor.first is not None:
        anchor.first.addprevious(start)
    else:
        properties = anchor.start.find(W + "pPr")
        anchor.start.insert(0 if properties is None else anchor.start.index(properties) + 1, start)
    if anchor.last is not None:
        _after(anchor.last, end)
    else:
        anchor.end.append(end)
    sign = etree.Element(W + "r")
    sign.append(_element("commentReference", number))
    _after(end, sign)


def _after(element: etree._Element, new: etree._Element) -> None:
    """Like ``addnext``, leaving the white space behind ``element`` where it is."""
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element) + 1, new)


def _element(name: str, number: str) -> etree._Element:
    element = etree.Element(W + name)
    element.set(W + "id", number)
    return element


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """A paragraph itself; the paragraphs of a cell without those of tables and text boxes in it, if it has own ones."""
    if element.tag == W + "p":
        yield element
        return
    for child in element:
        if child.tag == W + "p":
            yield child
        elif child.tag != W + "tbl":
            yield from _paragraphs(child)


def _outside(paragraph: etree._Element) -> etree._Element:
    """The body's own paragraph: Word takes no comments inside a text box."""
    found = paragraph
    for ancestor in paragraph.iterancestors():
        if ancestor.tag == _BOX:
            found = next((a for a in ancestor.iterancestors() if a.tag == W + "p"), found)
    return found


def _said(child: etree._Element) -> str:
    """The words of one child of a paragraph, as the reader says them."""
    holder = etree.Element(W + "p")
    holder.append(copy.deepcopy(child))
    return Words().text(holder)


def _folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
