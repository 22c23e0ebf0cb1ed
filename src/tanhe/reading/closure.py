"""The closure of numbers (数字闭合): every printed number is an input, a result, a difference, a label — or unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from pydantic import BaseModel

from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading, Unplaced
from tanhe.factors.library import library
from tanhe.inventory.model import Inventory
from tanhe.quantity.rounding import half_up
from tanhe.reading.blocks import Document
from tanhe.reading.kinds import is_process, kind_of
from tanhe.reading.printed import Printed, folded, numbers

_QUANTITY: Final = re.compile(r"^(?:%|t(?![a-z/])|吨|tC|tCO|GJ|MWh|kWh|万k?Wh|万Nm|万立方|万元|tce|万吨)")
_WIDE: Final = 6
LONGEST: Final = 20
"""Digits of a number that can be a quantity."""


@dataclass(frozen=True)
class Explained:
    """A number of the document with what it is; an empty ``kind`` is unexplained."""

    place: Place
    line: str
    number: Printed
    kind: str


@dataclass(frozen=True)
class Known:
    """What the dossier and its recomputation know: values at their digits, and the words that were placed."""

    dossier: Dossier
    inventory: Inventory

    @cached_property
    def inputs(self) -> frozenset[Decimal]:
        """Every number the dossier holds, tables included."""
        found = set(_decimals(self.dossier))
        found |= {
            v
            for s in self.dossier.all_series.values()
            for column in s.values.values()
            for v in column
            if v is not None
        }
        found |= {
            Decimal(t)
            for leaf in _leaves(self.dossier)
            if re.fullmatch(r"\d{1,15}(\.\d+)?", t := leaf.replace(",", "").strip())
        }
        return frozenset(found)

    @cached_property
    def results(self) -> tuple[Decimal, ...]:
        """Every number the recomputation gives, unrounded."""
        i = self.inventory
        tables = i.supplementary
        lines = [*i.lines, *(line for table in tables for line in table.lines)]
        found = [v for line in lines for v in (line.exact, line.full, line.verified) if v is not None]
        sums = [
            *i.subtotals.values(),
            i.excluding,
            i.including,
            *(t.total for t in tables),
            *(s for t in tables for s in t.subtotals.values()),
        ]
        found += [v for s in sums for v in (s.exact, s.verified, s.value)]
        found += [
            d.evaluation.exact
            for d in i.data.values()
            if d.evaluation is not None and d.evaluation.exact is not None
        ]
        found += [f.value for f in i.factors]
        found += [r.value for d in i.data.values() for r in d.readings]
        columns = [[v for v in column if v is not None] for s in self.dossier.all_series.values() for column in s.values.values()]
        found += [sum(c, Decimal(0)) for c in columns]
        return tuple(found)

    @cached_property
    def differences(self) -> tuple[Decimal, ...]:
        """Relative differences between a datum and its second sources, in percent, on either base."""
        found: list[Decimal] = []
        for datum in self.dossier.data.values():
            own = datum.verified if datum.verified is not None else datum.reported
            for check in datum.cross_checks:
                if own and check.value:
                    found += [
                        abs(own - check.value) / own * 100,
                        abs(own - check.value) / check.value * 100,
                        abs(own - check.value),
                    ]
        return tuple(found)

    @cached_property
    def periods(self) -> frozenset[str]:
        """The printed labels of monthly tables and billing periods."""
        return frozenset(_bare(label) for s in self.dossier.all_series.values() for label in s.labels)

    @cached_property
    def words(self) -> str:
        """All placed text in one string without blanks."""
        return "\n".join(_bare(leaf) for leaf in _leaves(self.dossier))

    def explains(self, number: Printed) -> str:
        """Input, result or difference; also in ten thousands or as a percentage; empty when it is none of these."""
        if sum(c.isdigit() for c in number.text) > LONGEST or number.text.count(".") > 1:
            return ""
        value = Decimal(number.text)
        digits = len(number.text.partition(".")[2])
        for factor in (Decimal(1), Decimal(-1), Decimal("0.01"), Decimal(100), Decimal(10000)):
            if value * factor in self.inputs and (value or factor == 1):
                return "input"
        if any(half_up(r, digits) == value for r in self.results) or any(
            half_up(r / 10000, digits) == value for r in self.results
        ):
            return "result"
        if number.percent and any(half_up(d, digits) == value for d in self.differences):
            return "difference"
        return "difference" if digits and any(half_up(d, digits) == value for d in self.differences) else ""

    def placed(self, number: Printed) -> bool:
        """Whether the words around the number stand in a placed text."""
        before, after = _bare(number.before)[-_WIDE:], _bare(number.after)[:_WIDE]
        windows = (
            before + number.text + after,
            before + number.text + after[:1],
            before[-1:] + number.text + after,
            before + number.text,
        )
        return any(len(w) - len(number.text) >= 3 and w in self.words for w in windows)


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
    for place, line in document.lines:
        if (
            (place.line, place.page, place.column) if place.line is not None else (place.page, line)
        ) in left_out or _is_contents(line):
            continue
        for number in numbers(line):
            kind = _kind(number, line, known, constants)
            if line.strip() == number.text and number.text.isdigit():
                ordinal = ordinal + 1 if number.text == str(ordinal + 1) else int(number.text) if number.text == "1" else ordinal
                kind = kind or ("numbering" if number.text == str(ordinal) else "")
            yield Explained(place, line, number, kind)


def _kind(number: Printed, line: str, known: Known, constants: frozenset[Decimal]) -> str:
    label = kind_of(number, line)
    if label is not None:
        return label
    if any(_bare(cell) in known.periods for cell in re.split(r"[|\t]", line) if number.text in folded(cell)):
        return "date"
    value = known.explains(number)
    if value:
        return value
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
    found = {
        Decimal(44),
        Decimal(12),
        lib.process("heat", "steam_ref_enthalpy").value,
        lib.heat_default(dossier.guideline).value,
    }
    found |= {lib.gwp_for_guideline(gas, dossier.guideline).value for gas in ("CH4", "N2O")}
    return frozenset(found | {f.value for f in lib.electricity_all("全国")})


def _leaves(part: object) -> Iterator[str]:
    """Every text value of the dossier."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _leaves(getattr(part, name))
    elif isinstance(part, tuple | list):
        for member in part:
            yield from _leaves(member)
    elif isinstance(part, Mapping):
        for member in part.values():
            yield from _leaves(member)


def _decimals(part: object) -> Iterator[Decimal]:
    if isinstance(part, Decimal):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _decimals(getattr(part, name))
    elif isinstance(part, tuple | list | Mapping):
        members: Iterable[object] = part.values() if isinstance(part, Mapping) else part
        for member in members:
            yield from _decimals(member)


def _bare(words: str) -> str:
    return re.sub(r"[\s|<>*]", "", folded(words))


def _around(explained: Explained) -> str:
    start = explained.number.start
    return " ".join(explained.line[max(0, start - 20) : start + len(explained.number.text) + 20].split())
