"""The closure of numbers (数字闭合): every printed number is an input, a result, a difference, a label — or unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading, Unplaced
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.inventory.model import Inventory
from tanhe.reading.blocks import Document
from tanhe.reading.kinds import is_process, kind_of
from tanhe.reading.known import LONGEST, Known, bare
from tanhe.reading.printed import Printed, folded, numbers
from tanhe.reading.tabled import squeezed, tabled

_QUANTITY: Final = re.compile(r"^(?:%|t(?![a-z/])|吨|tC|tCO|GJ|MWh|kWh|万k?Wh|万Nm|万立方|万元|tce|万吨)")
_OTHER_YEAR: Final = re.compile(r"(?:(?:19|20)\d\d年度?|上年度?|上一年度?|前一年度?)的?(?:[^\d，。；]{0,8})$")
"""A figure of another year than the report's, which no table of this report can hold."""


@dataclass(frozen=True)
class Explained:
    """A number of the document with what it is; an empty ``kind`` is unexplained."""

    place: Place
    line: str
    number: Printed
    kind: str


def close(
    document: Document, dossier: Dossier, inventory: Inventory, notes: Sequence[tuple[Place, str]] = ()
) -> Reading:
    """How many numbers are printed, how many are explained, and which are not; ``notes`` go into the reading."""
    every = list(explain(document, dossier, inventory))
    unplaced = tuple(Unplaced(e.place, _around(e), e.number.text) for e in every if not e.kind)
    return Reading(len(every), len(every) - len(unplaced), unplaced, tuple(notes))


def explain(document: Document, dossier: Dossier, inventory: Inventory) -> Iterator[Explained]:
    """Every number of the document's own lines; contents, page numbers and running headers are left out."""
    known = Known(dossier, inventory)
    left_out = {
        (p.line, p.page, p.column) if p.line is not None else (p.page, words)
        for p, words in document.furniture
    }
    constants, ordinal = _constants(dossier), 0
    by_table = tabled(document)
    for place, line in document.lines:
        if (
            (place.line, place.page, place.column) if place.line is not None else (place.page, line)
        ) in left_out or _is_contents(line):
            continue
        said, shown, dated = bare(line), squeezed(line), _dated(line, known)
        for number in numbers(line):
            kind = _kind(number, line, said, dated, known, constants) or by_table.kind(place, line, shown, number)
            if line.strip() == number.text and number.text.isdigit():
                ordinal = ordinal + 1 if number.text == str(ordinal + 1) else int(number.text) if number.text == "1" else ordinal
                kind = kind or ("numbering" if number.text == str(ordinal) else "")
            yield Explained(place, line, number, kind)


def _dated(line: str, known: Known) -> tuple[str, ...]:
    """The periods of the dossier's tables that stand in a line: as a cell, or in its words when they are long enough."""
    cells = [folded(cell) for cell in re.split(r"[|\t]", line) if bare(cell) in known.periods]
    return (*cells, *(label for label in known.periods if len(label) > 4 and label in bare(line)))


def _kind(number: Printed, line: str, said: str, dated: Sequence[str], known: Known, constants: frozenset[Decimal]) -> str:
    label = kind_of(number, line)
    if label is not None:
        return label
    if any(number.text in period for period in dated):
        return "date"
    value = known.explains(number)
    if value:
        return value
    if said in known.leaves and not number.text == said:
        return "text"
    if known.reasoned(number):
        return "result"
    if _OTHER_YEAR.search(number.before) and known.placed(number) and f"{known.dossier.year}年" not in number.before:
        return "text"
    if number.text.count(".") <= 1 and len(number.text) < LONGEST and Decimal(number.text) in constants:
        return "constant"
    if not _QUANTITY.match(number.after) and known.placed(number):
        return "text"
    if is_process(number) and not re.match(r"^(?:吨|t(?![/a-z]))", number.after):
        return "text"
    return "text" if known.placed(number) and not re.match(r"^(?:tCO|GJ|MWh|吨二氧化碳|吨CO)", number.after) else ""


def _is_contents(line: str) -> bool:
    """A line of the table of contents: a numbered heading, dots or a tab, and a page number."""
    return (
        bool(re.match(r"^\s*(?:第.章|附件|[\d.]+)\s*.*?(?:\t|\.{4,}|…{2,})\s*\d{1,3}\s*$", line))
        and not re.search(r"\d\s*\t.*\d\.\d.*\t", line)
        and (re.match(r"^\s*(?:第.章|附件|\d+\.\d)", line) is not None)
    )


def _constants(dossier: Dossier) -> frozenset[Decimal]:
    """Values every guideline prints: reference enthalpy, warming potentials, heat default, grid factor of the form."""
    lib = library()
    found = {Decimal(44), Decimal(12), lib.process("heat", "steam_ref_enthalpy").value}
    with suppress(FactorNotFound):
        found.add(lib.heat_default(dossier.guideline).value)
    with suppress(FactorNotFound):
        found |= {lib.gwp_for_guideline(gas, dossier.guideline).value for gas in ("CH4", "N2O")}
    return frozenset(found | {f.value for f in lib.electricity_all("全国")})


def _around(explained: Explained) -> str:
    start = explained.number.start
    return " ".join(explained.line[max(0, start - 20) : start + len(explained.number.text) + 20].split())
