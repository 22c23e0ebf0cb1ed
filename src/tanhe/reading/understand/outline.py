"""The outline of a document (文档脉络): every piece of text and every table with its topic and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell, Document, Heading, Paragraph, Table
from tanhe.reading.claims import Said
from tanhe.reading.understand.flat import Flat, fold, table_number, unmarked, untagged
from tanhe.reading.understand.lexicon import label, topics
from tanhe.reading.understand.sheets import Grid, Listing, grid, listing, words

_NUMBERED = re.compile(
    r"^(第[一二三四五六七八九十\d]+[章节部篇]|附[件录][\d一二三四五六七八九十A-Z]*[:.]?|\d+(?:\.\d+)*[.、)]?|[(（][一二三四五六七八九十\d]+[)）]"
    r"|[一二三四五六七八九十]+、)?"
)
_TOC_LINE = re.compile(r"[\s.…·]\s*\d{1,3}\s*$")
_INLINE = re.compile(r"^(\d[\d.、]*)\s*(?:([^:：;；。，,]{2,40})[:：;；]|(\S{2,40}?声明)\s)(.*)$", re.DOTALL)
_LONG = 14
_ABSENT = re.compile(r"(?:没有|无|未(?!覆盖))[^。]*此处从缺[。.]?\s*$")
"""How a sentence ends that only says the report has nothing here."""
_CONCLUSIONS = frozenset({"conformity", "emission-claim", "supplementary-claim", "fluctuation", "uncovered"})
LONGEST_HEADING, LONGEST = 44, 20_000


@dataclass(frozen=True)
class Line:
    """A piece of running text: a paragraph, a heading or a long cell, without HTML remnants."""

    text: str
    place: Place
    topic: str
    where: str
    zone: str
    kind: str
    source: Paragraph | Cell | None = None

    @cached_property
    def flat(self) -> Flat:
        """The text for searching, cut at a length that no real paragraph has."""
        return Flat(self.text[:LONGEST])

    def said(self, start: int, end: int) -> Said:
        """The printed words of a folded span, at the physical line where they begin."""
        printed, place = self.flat.printed(start, end), self.place
        if self.source is not None and self.source.seams:
            place = self.source.place_at(max(0, self.source.text.find(printed)) if printed else 0)
        return Said(printed, place)

    @property
    def whole(self) -> Said:
        """The whole text."""
        return Said(self.text, self.place)


@dataclass(frozen=True)
class Sheet:
    """A table with its topic and where it stands."""

    table: Table
    topic: str
    where: str
    zone: str
    caption: str
    position: int

    @cached_property
    def grid(self) -> Grid:
        """Rows of equal columns."""
        return grid(self.table)

    @cached_property
    def listing(self) -> Listing | None:
        """The table understood by its header, documents and suggestions left aside."""
        return listing(self.grid)


@dataclass(frozen=True)
class Title:
    """A heading: its number as printed, its words, level and topic."""

    number: str
    text: str
    level: int
    topic: str
    zone: str
    place: Place
    position: int


@dataclass(frozen=True)
class Outline:
    """All of a document in reading order, the table of contents left out."""

    document: Document
    lines: tuple[Line, ...]
    sheets: tuple[Sheet, ...]
    titles: tuple[Title, ...]

    def of(self, *wanted: str, zone: str = "") -> Iterator[Line]:
        """The text lines of these topics, headings left out."""
        return (x for x in self.lines if x.topic in wanted and x.kind != "heading" and zone in ("", x.zone))


def topic_of(heading: str) -> str:
    """The topic of a heading's words, number aside; empty when it has none of its own."""
    bare = _NUMBERED.sub("", fold(heading), count=1).strip(":.、")
    return next((name for name, pattern in topics() if pattern.search(bare)), "")


class _Walk:
    """The state of one walk through the blocks."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.sheets: list[Sheet] = []
        self.titles: list[Title] = []
        self.topic, self.level, self.where, self.zone, self.toc = "cover", 0, "封面", "cover", False
        self.last: Paragraph | None = None

    def heading(self, number: str, text: str, level: int, place: Place, position: int) -> None:
        found = topic_of(text) or (topic_of(number) if number.startswith("附") else "")
        inner = found not in ("", "chapter", "toc") and found not in _CONCLUSIONS
        body = self.zone == "body" or re.match(r"第[一1]章|1$|[3-9]\.\d", number) is not None or inner
        if found:
            self.topic, self.level = found, level
        elif level <= self.level:
            self.topic, self.level = "", level
        self.zone = "body" if body else "cover"
        shown = text.strip() if fold(text).startswith(fold(number)) else f"{number} {text}".strip()
        self.where = (
            shown[:40] if self.zone == "body" else (f"核查结论 {number}".strip() if found else "封面")
        )
        self.titles.append(Title(number, text, level, self.topic, self.zone, place, position))
        self.lines.append(Line(shown, place, self.topic, self.where, self.zone, "heading"))

    def paragraph(self, block: Paragraph, position: int) -> None:
        text = untagged(block.text)
        if not text.strip() or _ABSENT.search(text):
            return
        bare, match = fold(unmarked(text)), _NUMBERED.match(fold(text))
        short = len(text) <= LONGEST_HEADING and not re.search(r"[，。；;,]", text.rstrip("：:；;"))
        if short and match and match[0] and topic_of(text):
            number = match[0].strip(".、:")
            self.heading(
                number,
                text.strip(),
                number.count(".") + 1 if number[:1].isdigit() else max(self.level, 1),
                block.place,
                position,
            )
            return
        if bare in ("核查结论:", "核查结论"):
            self.where = "核查结论"
        self.line(text, block.place, "paragraph", source=block)

    def line(self, text: str, place: Place, kind: str, where: str = "", source: Paragraph | Cell | None = None) -> None:
        inline = _INLINE.match(text.strip())
        if inline and (found := topic_of(inline[2] or inline[3])) in _CONCLUSIONS:
            self.topic, self.where = (
                found,
                f"核查结论 {inline[1].strip('.、')}" if self.zone == "cover" else self.where,
            )
        self.lines.append(Line(text.strip(), place, self.topic, where or self.where, self.zone, kind, source))

    def table(self, block: Table, position: int) -> None:
        caption = block.caption or (
            self.last.text if self.last is not None and _captions(self.last.text) else ""
        )
        sheet = Sheet(block, self.topic, "", self.zone, caption, position)
        before = self.sheets[-1] if self.sheets else None
        if (
            before is not None
            and not caption
            and before.position == position - 1
            and _continues(before, sheet)
        ):
            rejoined = replace(before.table, rows=(*before.table.rows, *block.rows))
            self.sheets[-1] = replace(before, table=rejoined, position=position)
            where = before.where
        else:
            where = self._where(sheet, caption)
            self.sheets.append(replace(sheet, where=where))
        if self.topic == "uncovered" and self.zone == "cover":
            self.topic = "cover"
        for row in block.rows:
            filled = [c for c in row if c.text.strip()]
            for cell in filled:
                folded = fold(cell.text)
                if (
                    (len(folded) >= _LONG
                    and re.search(r"[，。；;：:]", cell.text))
                    or (len(filled) == 1 and len(folded) > 6)
                ):
                    own = where if self.zone == "body" or len(filled) > 1 else ""
                    self.line(untagged(cell.text), cell.place, "cell", own, cell)

    def _where(self, sheet: Sheet, caption: str) -> str:
        if number := table_number(caption):
            return number
        if self.zone == "cover":
            found = {label(words(c)) for row in sheet.grid for c in row}
            if found & {"entity.legal_person", "guideline", "client.is_entity", "totals.verified"}:
                return "核查基本情况表"
            if sheet.listing is not None and sheet.listing.kind.name == "summary":
                return "碳排放补充数据汇总表"
        return caption.strip()[:30] if caption and self.zone == "cover" else self.where


def _continues(before: Sheet, sheet: Sheet) -> bool:
    """Whether a table without a header of its own goes on with the rows of the one just before it."""
    if before.listing is None or sheet.listing is not None:
        return before.listing is not None and sheet.listing is not None and before.listing.kind == sheet.listing.kind
    width = max(map(len, before.grid), default=0)
    return max(map(len, sheet.grid), default=0) == width and not any(label(words(c)) for c in sheet.grid[0])


def _captions(text: str) -> bool:
    folded = fold(text)
    return len(folded) <= 60 and (bool(re.match(r"表\d", folded)) or folded.endswith("表"))


def outline(document: Document) -> Outline:
    """The outline of a document."""
    walk = _Walk()
    for position, block in enumerate(document.blocks):
        text = block.text if not isinstance(block, Table) else ""
        if fold(text) == "目录":
            walk.toc, walk.last = True, None
            continue
        if walk.toc and _in_toc(block):
            continue
        walk.toc = False
        match block:
            case Heading():
                walk.heading(block.number, block.text, block.level, block.place, position)
            case Paragraph():
                walk.paragraph(block, position)
            case Table():
                walk.table(block, position)
        walk.last = block if isinstance(block, Paragraph) else None
    return Outline(document, tuple(walk.lines), tuple(walk.sheets), tuple(walk.titles))


def _in_toc(block: Heading | Paragraph | Table) -> bool:
    if isinstance(block, Table):
        last = [next((c.text.strip() for c in reversed(row) if c.text.strip()), "") for row in block.rows]
        pages = sum(bool(re.fullmatch(r"\d{1,3}", w) or _TOC_LINE.search(w)) for w in last)
        return bool(last) and pages * 2 >= len(last)
    return bool(_TOC_LINE.search(block.text)) or not block.text.strip()
