"""What a dossier and its recomputation know of numbers (已知的数): inputs, results, differences, placed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from pydantic import BaseModel

from tanhe.dossier.model import Dossier
from tanhe.inventory.model import Inventory
from tanhe.quantity.rounding import half_up
from tanhe.reading.printed import Printed, folded

_WIDE: Final = 6
"""Words on each side of a number by which it is found again in a text."""
LONGEST: Final = 20
"""Digits of a number that can be a quantity."""


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
            for leaf in leaves_of(self.dossier)
            if re.fullmatch(r"\d{1,15}(\.\d+)?", t := leaf.replace(",", "").strip())
        }
        return frozenset(found)

    @cached_property
    def converted(self) -> frozenset[Decimal]:
        """Inputs of the formulas in the formula's units, such as 15.3 tC/TJ as 0.0153 tC/GJ."""
        i = self.inventory
        lines = [*i.lines, *(line for table in i.supplementary for line in table.lines)]
        used = [e for line in lines for e in (line.reported_evaluation, line.verified_evaluation) if e is not None]
        return frozenset(v for e in used for one in e.inputs for v in one.values if v != v.to_integral_value())

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
        i = self.inventory
        sides: list[tuple[Decimal | None, Decimal | None]] = [(x.reported, x.verified_value) for x in i.lines]
        sides += [(s.reported, s.verified_value) for s in (*i.subtotals.values(), i.excluding, i.including, *(t.total for t in i.supplementary))]
        for filed, verified in sides:
            if filed is not None and verified is not None and filed != verified:
                found += [abs(verified - filed), *([abs(verified - filed) / filed * 100] if filed else [])]
        return tuple(found)

    @cached_property
    def reasons(self) -> str:
        """Why recomputed figures differ from the printed ones, in the program's words, without blanks."""
        i = self.inventory
        sums = (*i.subtotals.values(), i.excluding, i.including)
        every = (*i.lines, *(line for t in i.supplementary for line in t.lines))
        told = [*(x.replay.reason for x in every), *(x.replay.reason for x in sums), *(x.replay.reason for x in i.data.values())]
        return "\n".join(bare(t) for t in told if t)

    @cached_property
    def leaves(self) -> frozenset[str]:
        """Every text value by itself, without blanks."""
        return frozenset(bare(leaf) for leaf in leaves_of(self.dossier))

    @cached_property
    def periods(self) -> frozenset[str]:
        """The printed labels of monthly tables and billing periods."""
        return frozenset(bare(label) for s in self.dossier.all_series.values() for label in s.labels)

    @cached_property
    def words(self) -> str:
        """All placed text in one string without blanks."""
        return "\n".join(bare(leaf) for leaf in leaves_of(self.dossier))

    def explains(self, number: Printed) -> str:
        """Input, result or difference; also in ten thousands or as a percentage; empty when it is none of these."""
        if sum(c.isdigit() for c in number.text) > LONGEST or number.text.count(".") > 1:
            return ""
        value = Decimal(number.text)
        digits = len(number.text.partition(".")[2])
        for factor in (Decimal(1), Decimal(-1), Decimal("0.01"), Decimal(100), Decimal(10000)):
            if value * factor in self.inputs and (value or factor == 1):
                return "input"
        if digits and value in self.converted:
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
        return self._within(number, self.words)

    def reasoned(self, number: Printed) -> bool:
        """Whether the words around the number stand in a reason the recomputation gives."""
        return self._within(number, self.reasons)

    def _within(self, number: Printed, words: str) -> bool:
        before, after = bare(number.before)[-_WIDE:], bare(number.after)[:_WIDE]
        windows = (
            before + number.text + after,
            before + number.text + after[:1],
            before[-1:] + number.text + after,
            before + number.text,
        )
        return any(len(w) - len(number.text) >= 3 and w in words for w in windows)


def leaves_of(part: object) -> Iterator[str]:
    """Every text value of the dossier."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from leaves_of(getattr(part, name))
    elif isinstance(part, tuple | list):
        for member in part:
            yield from leaves_of(member)
    elif isinstance(part, Mapping):
        for member in part.values():
            yield from leaves_of(member)


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


def bare(words: str) -> str:
    """Words without blanks and marks, folded to half width, for comparison."""
    return re.sub(r"[\s|<>*]", "", folded(words))
