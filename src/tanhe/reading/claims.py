"""Claims (主张): what a document says, understood, with the place of every part (块 → 主张)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tanhe.dossier.places import Place


@dataclass(frozen=True)
class Said:
    """A value as printed, and where."""

    text: str
    place: Place


@dataclass(frozen=True)
class Parameter:
    """A parameter table (数据核查表): one datum in any of its layouts.

    ``rows`` holds the table's rows by field name of the dossier's Datum (source, method, frequency, record_frequency,
    calibration, gaps, cross_check_note, conclusion, sampling, facility, location, source_type). ``kind`` is activity,
    factor or production by the section it stands in; ``section`` is that section's heading number.
    """

    item: Said
    kind: Literal["activity", "factor", "production"]
    symbol: str = ""
    year: int | None = None
    unit: Said | None = None
    reported: Said | None = None
    verified: Said | None = None
    apart: bool = False
    """Whether filed and verified figures have a column each, so that a dash under one says that there is none."""
    parts: tuple[tuple[str, Said], ...] = ()
    rows: Mapping[str, Said] = field(default_factory=dict)
    cross_checks: tuple[Mapping[str, Said], ...] = ()
    section: str = ""
    caption: str = ""
    lettered: str = ""
    """The symbol as the table prints it; empty where it prints none."""
    equation: Said | None = None
    """The sum, product or quotient of figures printed below the table, of which the value is the result."""
    name: str = ""
    """The item with its subject from caption or heading where the cell gives only the quantity: 天然气的碳氧化率."""


@dataclass(frozen=True)
class Monthly:
    """A monthly or billing-period table: columns with title and unit, rows by period, printed totals."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Said, tuple[Said | None, ...]], ...]
    totals: tuple[Said | None, ...]
    place: Place
    section: str = ""
    note: Said | None = None
    """The remark below the table."""


@dataclass(frozen=True)
class CalculationRow:
    """One row of a calculation table: the item, inputs by letter or header, and the result."""

    item: Said
    inputs: tuple[tuple[str, str, Said], ...]
    """Header words, unit, value."""

    result: Said
    direction: Literal["in", "out"] | None = None


@dataclass(frozen=True)
class Calculation:
    """A calculation table (排放量计算表): rows, the formula in its header, the total row."""

    title: str
    formula: str
    rows: tuple[CalculationRow, ...]
    total: Said | None
    place: Place
    section: str = ""
    note: str = ""
    """Says that the formula was inferred by arithmetic, or that the printed one does not close; empty otherwise."""
    empty: tuple[Said, ...] = ()
    """Items with figures for their inputs and none for their result, and totals without a figure."""
    odd: tuple[tuple[Said, str], ...] = ()
    """Printed formulas that do not give the printed results, with the one that does, empty where none was found."""


@dataclass(frozen=True)
class Results:
    """A result table (排放量汇总表): label and figures; both totals where they stand."""

    rows: tuple[tuple[Said, tuple[Said, ...]], ...]
    excluding: Said | None
    including: Said | None
    place: Place
    section: str = ""
    title: str = ""
    about: Literal["entity", "supplementary", "form", "lines"] = "entity"
    """The legal entity, its emission lines (labels 排放源：品种), the supplementary boundary, or the whole supplementary form row by row (label begins with its
    number)."""
    filed: tuple[Said | None, ...] = ()
    """Per row the figure under a header of filed values (填报值), None for a dash; empty where no column is so headed."""
    columns: tuple[str, ...] = ()
    """Header words over the figures of the longest row, e.g. 排放量（t）, 填报值（tCO2e）."""
    notes: tuple[Said, ...] = ()
    """Remarks listed below a supplementary form."""


@dataclass(frozen=True)
class Fact:
    """One fact of the engagement at a dossier path, e.g. ``("entity", "uscc")``, ``("dates", "site_visit")``."""

    path: tuple[str, ...]
    said: Said


@dataclass(frozen=True)
class Listed:
    """A row of a list of the dossier: ``into`` is team, visits, interviews, energy, equipment, meters, products,
    economics, sources, documents, findings, criteria, processes, statements; fields by name."""

    into: str
    fields: Mapping[str, Said]


@dataclass(frozen=True)
class Factor:
    """A factor named in prose or in a table with its cited source (排放因子的表述)."""

    name: Said
    value: Said
    unit: str = ""
    cited: Said | None = None


Claim = Parameter | Monthly | Calculation | Results | Fact | Listed | Factor
