"""DOCX with remarks (Word 批注): comments anchored at the quoted words; every other part is copied byte for byte.

Written at the level of the package: a library that takes the document apart and writes it again drops parts it does
not know. Of the original's parts only the text (for the anchors), the comments, the list of content types and the
text's relationships change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from tanhe.dossier.marks import AUTHOR, INITIALS, Kind, Mark, Marks
from tanhe.messages import text
from tanhe.reading.annotate.docx_anchor import anchor_of, put
from tanhe.reading.annotate.docx_parts import Held, no_place
from tanhe.reading.documents.archive import Package
from tanhe.reading.documents.docx import elements_of
from tanhe.reading.documents.docx_styles import W

_COLOURS: Final[dict[Kind, str]] = {"material": "C00000", "minor": "C55A11", "editorial": "2E75B6", "unplaced": "7F7F7F"}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

Line = tuple[str, str]
"""Words and their colour, empty for the usual one; what has a colour is bold."""
At = tuple[str, str]


@dataclass(frozen=True)
class Comment:
    """One comment: what it says and the place it is put at, None for the beginning of the document."""

    lines: tuple[Line, ...]
    at: At | None = None
    quote: str = ""


def annotated_docx(path: Path, marks: Marks) -> bytes:
    """The DOCX with the remarks; raises TanheError when it is encrypted, damaged or has no paragraph at all."""
    package = Package(path)
    try:
        return _annotated(path, package, marks)
    finally:
        package.close()


def _annotated(path: Path, package: Package, marks: Marks) -> bytes:
    read = elements_of(path, package)
    held = Held(path, package, read.part)
    comments = held.comments()
    number = _next_number(comments, read.root)
    for comment in _comments(marks, read.found):
        if not _anchored(read.root, read.found, comment, str(number)):
            raise no_place(path)
        comments.append(_element(comment, str(number), marks.on.isoformat()))
        number += 1
    return held.written(read.root, comments)


def _comments(marks: Marks, elements: Mapping[At, etree._Element]) -> Iterator[Comment]:
    """The summary first, then one for each place, then the unexplained numbers, one for each table or paragraph."""
    places: dict[tuple[At, str], list[Mark]] = {}
    numbers: dict[str, list[Mark]] = {}
    general: list[Mark] = []
    for mark in marks.marks:
        at = _at(mark)
        if at is None or at not in elements:
            general.append(mark)
        elif mark.kind == "unplaced":
            numbers.setdefault(at[0] if at[0].startswith("表") else "!".join(at), []).append(mark)
        else:
            places.setdefault((at, mark.place.quote if mark.place else ""), []).append(mark)
    yield Comment(tuple(_summary(marks, general)))
    for (at, quote), found in places.items():
        yield Comment(tuple(_findings(found)), at, quote)
    for found in numbers.values():
        alone = len(found) == 1 and found[0].place is not None
        quote = found[0].place.quote if alone and found[0].place else ""
        yield Comment(tuple(_numbers(found)), _at(found[0]), quote)


def _at(mark: Mark) -> At | None:
    place = mark.place
    return (place.sheet, place.cell) if place is not None and place.sheet and place.cell else None


def _summary(marks: Marks, general: Iterable[Mark]) -> Iterator[Line]:
    head, *rest = marks.summary or ("",)
    yield head, "548235"
    for said in rest:
        yield said, ""
    general = list(general)
    if general:
        yield text("没有具体位置，或位置上不能加批注（页眉、页脚）：", "Without a place, or where no comment can be put (headers, footers):"), ""
    for mark in general:
        yield from _findings([mark])
        if mark.place is not None and mark.place.sheet:
            yield text(f"位置：{mark.place.sheet} {mark.place.cell} “{mark.place.quote}”", f"Place: {mark.place.sheet} {mark.place.cell} “{mark.place.quote}”"), ""


def _findings(marks: Iterable[Mark]) -> Iterator[Line]:
    for mark in marks:
        yield mark.lines[0], _COLOURS[mark.kind]
        for said in mark.lines[1:]:
            yield said, ""


def _numbers(marks: list[Mark]) -> Iterator[Line]:
    if len(marks) == 1:
        yield from _findings(marks)
        return
    yield text(f"未解释的数字 {len(marks)} 个", f"{len(marks)} unexplained numbers"), _COLOURS["unplaced"]
    for mark in marks:
        at = _at(mark)
        where = at[1] if at is not None and at[0].startswith("表") else ""
        around = mark.place.quote if mark.place is not None and mark.place.quote != mark.number else ""
        yield " ".join(filter(None, (where, mark.number, around and text(f"（{around}）", f"({around})")))), ""


def _anchored(root: etree._Element, elements: Mapping[At, etree._Element], comment: Comment, number: str) -> bool:
    """Put it at its place, else at the nearest paragraph before, else at the first; False when there is none."""
    anchor = None
    if comment.at is not None:
        element = elements[comment.at]
        anchor = anchor_of(element, comment.quote)
        if anchor is None:
            before = next((e for e in _backwards(element) if e.tag == W + "p"), None)
            anchor = None if before is None else anchor_of(before, "")
    if anchor is None:
        first = next(root.iter(W + "p"), None)
        anchor = None if first is None else anchor_of(first, "")
    if anchor is not None:
        put(anchor, number)
    return anchor is not None


def _backwards(element: etree._Element) -> Iterator[etree._Element]:
    """What stands before an element at its own level, then at its parent's, and so on."""
    for holder in (element, *element.iterancestors()):
        for sibling in holder.itersiblings(preceding=True):
            yield from reversed([sibling, *sibling.iterdescendants()])


def _next_number(comments: etree._Element, root: etree._Element) -> int:
    used = [str(c.get(W + "id", "")) for c in comments]
    used += [str(e.get(W + "id", "")) for name in ("commentRangeStart", "commentRangeEnd", "commentReference") for e in root.iter(W + name)]
    return 1 + max((int(n) for n in used if n.isdecimal() and len(n) < 9), default=-1)


def _element(comment: Comment, number: str, day: str) -> etree._Element:
    element = etree.Element(W + "comment")
    for name, said in (("id", number), ("author", AUTHOR), ("date", f"{day}T00:00:00Z"), ("initials", INITIALS)):
        element.set(W + name, said)
    for n, (words, colour) in enumerate(comment.lines):
        for line in words.split("\n"):
            paragraph = etree.SubElement(element, W + "p")
            if n == 0 and len(element) == 1:
                etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "annotationRef")
            run = etree.SubElement(paragraph, W + "r")
            if colour:
                properties = etree.SubElement(run, W + "rPr")
                etree.SubElement(properties, W + "b")
                etree.SubElement(properties, W + "color").set(W + "val", colour)
            shown = etree.SubElement(run, W + "t")
            shown.set(_SPACE, "preserve")
            shown.text = line
    return element
