"""Labels and their values (标签与值): in tables, in lists ``label：value``, and label and value on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.reading.claims import Said
from tanhe.reading.understand.flat import fold, unmarked, untagged
from tanhe.reading.understand.lexicon import label
from tanhe.reading.understand.outline import Line, Outline, Sheet
from tanhe.reading.understand.sheets import by_year, words

_PAIR = re.compile(r"^([^：:]{2,34})[：:]\s*(\S.{0,2000})$", re.DOTALL)


_IN_TABLES = frozenset({"entity.contact_department", "entity.contact_details", "person.position"})
"""Labels too common as column headings to be trusted on a line of their own."""
_PERSONS = ("role.", "entity.legal_representative", "client.contact")
"""Labels whose own words may stand where a name would: 核查组长 | 核查组长 | 签名."""


@dataclass(frozen=True)
class Pair:
    """A label, what it stands for, its value; more values of the row; the row's number; where it stands."""

    name: str
    label: Said
    value: Said
    rest: tuple[Said, ...]
    topic: str
    where: str
    zone: str
    sheet: Sheet | None = None
    row: int = 0


def pairs(outline: Outline) -> Iterator[Pair]:
    """All pairs in reading order, those of tables after those of the text."""
    lines = [x for x in outline.lines if x.kind == "paragraph"]
    for n, line in enumerate(lines):
        match = _PAIR.match(unmarked(line.text))
        name = label(fold(match[1])) if match else label(fold(unmarked(line.text)))
        if name is None or name.startswith("word."):
            continue
        if match:
            yield Pair(name, Said(match[1].strip(), line.place), Said(match[2].strip(), line.place), (), line.topic, line.where, line.zone)
        elif n + 1 < len(lines) and name not in _IN_TABLES and label(fold(lines[n + 1].text)) is None and len(lines[n + 1].text) < 200:
            rest = tuple(x.whole for x in _until_label(lines[n + 2:n + 6])) if name.startswith("role.") else ()
            yield Pair(name, line.whole, lines[n + 1].whole, rest, line.topic, line.where, line.zone)
    for sheet in outline.sheets:
        yield from _of_sheet(sheet)


def _until_label(lines: list[Line]) -> Iterator[Line]:
    """The lines of one row whose cells stand one below the other: up to the next label that is no 签名 or 日期."""
    for line in lines:
        name = label(fold(line.text))
        if name is not None and not name.startswith("word."):
            return
        yield line


def _of_sheet(sheet: Sheet) -> Iterator[Pair]:
    stop = sheet.listing.start if sheet.listing is not None else len(sheet.grid)
    if by_year(sheet.grid)[0]:
        return
    for r, row in enumerate(sheet.grid[:stop]):
        filled = [c for c in row if c is not None and words(c)]
        for n, cell in enumerate(filled):
            name = label(words(cell))
            if name is None or name.startswith("word."):
                continue
            rest = [Said(untagged(c.text), c.place) for c in filled[n + 1:]]
            own = bool(rest) and name.startswith(_PERSONS) and label(fold(rest[0].text)) == name
            if rest and (own or label(fold(rest[0].text)) is None or name == "entity.contact"):
                yield Pair(name, Said(cell.text, cell.place), rest[0], tuple(rest[1:]), sheet.topic, sheet.where, sheet.zone, sheet, r)
