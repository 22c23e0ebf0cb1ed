"""What a number is by the table it stands in (表中的数): a running number, a difference of its row, a finding's figure, a count.

The program's own findings (规则发现) are known by their table: a column headed 规则 with codes such as CRO013. A finding
quotes figures and estimates effects; these are no data of the report. Counts of findings are counted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tanhe.dossier.places import Place
from tanhe.quantity.rounding import half_up
from tanhe.reading.blocks import Cell, Document, Heading, Table
from tanhe.reading.printed import Printed, folded, numbers

_SERIAL: Final = frozenset({"序号", "编号", "No.", "NO.", "行号", "序"})
_DIFFERENCE: Final = re.compile(r"差异|差值|相差|偏差|变化|增减")
_CODE: Final = re.compile(r"^[A-Z]{3}\d{3}$")
_SEVERITIES: Final = ("重要", "一般", "文字", "提示")
_MOST: Final = 12
"""Most figures of a row that are tried against each other."""

Spot = tuple[int | None, int | None, str | None, str | None]


@dataclass(frozen=True)
class Tabled:
    """Kinds of numbers by cell: place, words of the cell, kind; and the headings with their numbers."""

    cells: Mapping[Spot, Sequence[tuple[str, str]]]
    headings: Mapping[Spot, Sequence[tuple[str, str]]]

    def kind(self, place: Place, line: str, shown: str, number: Printed) -> str:
        """What the cell or heading at this place makes of the number; empty for nothing. ``shown``: the line without blanks."""
        spot = _spot(place)
        for words, kind in self.cells.get(spot, ()):
            if words == shown or (place.line is not None and words in shown and number.text in words):
                return kind
        opens = not line[: number.start].strip()
        if opens and any(words in shown and number.text == value.partition(".")[0] for words, value in self.headings.get(spot, ())):
            return "numbering"
        return ""


def tabled(document: Document) -> Tabled:
    """The kinds of numbers in every table of the document."""
    tables = [b for b in document.blocks if isinstance(b, Table)]
    cells: dict[Spot, list[tuple[str, str]]] = {}
    counts = _findings(tables)
    for table in tables:
        for cell, kind in (*_serials(table), *_differences(table), *_finding_rows(table), *_counted(table, counts)):
            cells.setdefault(_spot(cell.place), []).append((squeezed(cell.text), kind))
    headings: dict[Spot, list[tuple[str, str]]] = {}
    for block in document.blocks:
        if isinstance(block, Heading) and block.number:
            headings.setdefault(_spot(block.place), []).append((squeezed(block.text), block.number))
    return Tabled(cells, headings)


def _serials(table: Table) -> Iterator[tuple[Cell, str]]:
    """Running numbers, also dotted ones, under 序号 or 编号."""
    first = table.rows[0][0].text.strip() if table.rows and table.rows[0] else ""
    if re.sub(r"\s", "", first) not in _SERIAL:
        return
    for row in table.rows[1:]:
        if row and re.fullmatch(r"\d{1,3}(?:\.\d{1,2}){0,4}", row[0].text.strip()):
            yield row[0], "numbering"


def _differences(table: Table) -> Iterator[tuple[Cell, str]]:
    """Figures under a header of differences that are the difference, or the relative one, of two others of their row."""
    head = table.rows[0] if table.rows else ()
    columns = [x for x, c in enumerate(head) if _DIFFERENCE.search(c.text)]
    for row in table.rows[1:] if columns and all(c.colspan == 1 for c in head) else ():
        figures = [v for x, c in enumerate(row) if x not in columns and (v := _value(c)) is not None][:_MOST]
        pairs = [(a, b) for n, a in enumerate(figures) for b in figures[n + 1 :]]
        for x in columns:
            value = _value(row[x]) if x < len(row) else None
            if value is not None and any(_is_difference(row[x].text, value, a, b) for a, b in pairs):
                yield row[x], "difference"


def _is_difference(shown: str, value: Decimal, a: Decimal, b: Decimal) -> bool:
    digits = len(shown.strip().rstrip("%％").partition(".")[2])
    wanted = abs(value)
    if not shown.strip().endswith(("%", "％")):
        return half_up(abs(a - b), digits) == wanted
    return any(base and half_up(abs((a - b) / base) * 100, digits) == wanted for base in (a, b))


def _finding_rows(table: Table) -> Iterator[tuple[Cell, str]]:
    if not _lists_findings(table):
        return
    for row in table.rows[1:]:
        if row and _CODE.match(row[0].text.strip()):
            yield from ((cell, "finding") for cell in row)


def _lists_findings(table: Table) -> bool:
    head = [re.sub(r"\s", "", c.text) for c in table.rows[0]] if table.rows else []
    return "规则" in head[:1] and any(h in ("程度", "级别") for h in head)


def _findings(tables: Sequence[Table]) -> Mapping[str, int]:
    """How many findings of each severity the lists hold, and how many were waived."""
    rows = [r for t in tables if _lists_findings(t) for r in t.rows[1:] if r and _CODE.match(r[0].text.strip())]
    said = [[re.sub(r"\s", "", c.text) for c in r] for r in rows]
    counts = {s: sum(s in r[1:3] for r in said) for s in _SEVERITIES}
    return counts | {"其中已豁免": sum("已豁免" in r for r in said)}


def _counted(table: Table, counts: Mapping[str, int]) -> Iterator[tuple[Cell, str]]:
    """The counts of findings by layer, where every column adds up and its sum is the number of findings listed."""
    if len(table.rows) < 2:
        return
    head = [re.sub(r"\s", "", c.text) for c in table.rows[0]]
    if not set(_SEVERITIES) <= set(head):
        return
    for x, name in enumerate(head):
        column = [v for row in table.rows[1:] if x < len(row) and (v := _value(row[x])) is not None]
        if name in counts and column and sum(column[:-1]) == column[-1] == counts[name]:
            yield from ((row[x], "result") for row in table.rows[1:] if x < len(row))


def _value(cell: Cell) -> Decimal | None:
    shown = folded(cell.text).strip()
    found = list(numbers(cell.text))
    if len(found) != 1 or re.fullmatch(r"[-+]?[\d,.]+%?(?:\([^()\d]*\))?", shown) is None or found[0].text.count(".") > 1:
        return None
    return -Decimal(found[0].text) if shown.startswith("-") else Decimal(found[0].text)


def _spot(place: Place) -> Spot:
    return (place.line, place.page, place.sheet, place.cell)


def squeezed(words: str) -> str:
    """Words without blanks, folded to half width, their marks kept."""
    return re.sub(r"\s", "", folded(words))
