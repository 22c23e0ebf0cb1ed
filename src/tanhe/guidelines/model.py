"""What a guideline (核算指南) is: its sources with their formulas, its totals, the rows of its result table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tanhe.formulas.expression import Node
from tanhe.formulas.formula import Formula
from tanhe.quantity.rounding import RoundingPolicy


@dataclass(frozen=True)
class LibraryKey:
    """Where a constant or default stands in the factor library.

    ``unit`` restates the unit with its substance where the library's is bare (a molar mass in g/mol is
    kgCH4/kmol in a formula of methane).
    """

    category: str
    item: str
    unit: str | None = None


@dataclass(frozen=True)
class Source:
    """One emission source of a guideline (排放源).

    ``methods`` are alternatives; the line's inputs decide which. ``sign`` is −1 for what is deducted.
    ``purchased`` marks electricity and heat, left out of the first total. ``clause`` is the formula's place in
    the official text and ``grade`` how sure that is. ``defaults`` may be used when the dossier gives no value,
    and are named wherever they are; ``constants`` are always the guideline's.
    """

    id: str
    zh: str
    en: str
    methods: tuple[Formula, ...]
    gas: str = "CO2"
    sign: int = 1
    purchased: bool = False
    memo: bool = False
    clause: str = ""
    grade: str = "B"
    constants: Mapping[str, LibraryKey] = field(default_factory=lambda: MappingProxyType({}))
    defaults: Mapping[str, LibraryKey] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ResultRow:
    """One row of the official result table (排放量汇总表的行): the sum of its sources.

    ``mass`` says whether the gas-mass column is filled (t of that gas); ``parent`` groups rows under one head.
    """

    id: str
    zh: str
    sources: tuple[str, ...]
    en: str = ""
    gas: str = "CO2"
    parent: str = ""


@dataclass(frozen=True)
class Subtotal:
    """A named sum of sources that reports print (小计), e.g. 工业生产过程."""

    id: str
    zh: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Guideline:
    """An accounting guideline (核算方法与报告指南).

    ``equation`` is the right side of the total, ``result`` its left side, ``symbols`` explain the terms.
    ``grade`` and ``status`` say how far the text was confirmed; they go into every result (Law 10). ``partial``: only
    the sources shared by all guidelines are here, its own are not.
    """

    id: str
    title: str
    short: str
    number: str
    year: int
    sources: tuple[Source, ...]
    rows: tuple[ResultRow, ...]
    subtotals: tuple[Subtotal, ...]
    result: str
    equation: Node
    symbols: Mapping[str, str]
    rounding: RoundingPolicy
    gwp_set: str
    grade: str
    status: str
    partial: bool = False

    def source(self, source_id: str) -> Source | None:
        """The source with that id, or None."""
        return next((s for s in self.sources if s.id == source_id), None)
