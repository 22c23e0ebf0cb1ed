"""What computing a dossier gives (核算结果): lines with their trace, data, subtotals, totals, tables.

Two columns run through it. *reported* (填报): the figures as the enterprise or the report uses them; *verified*
(核查): the figures the verifiers confirm. Where a dossier has one set only, both columns are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from tanhe.dossier.data import Datum
from tanhe.dossier.model import Dossier, EmissionLine
from tanhe.dossier.places import Place
from tanhe.factors.model import Factor
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.render import to_numbers, to_text
from tanhe.guidelines.model import Guideline, Source
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.units import Unit, unit


class Column(StrEnum):
    """Which set of figures is used (填报 or 核查)."""

    REPORTED = "reported"
    VERIFIED = "verified"


class Grade(StrEnum):
    """How a reported figure relates to its recomputation (复算结论)."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within-rounding"
    HIDDEN_PRECISION = "hidden-precision"
    NOT_REPRODUCED = "not-reproduced"
    NOT_REPORTED = "not-reported"

    @property
    def zh(self) -> str:
        """The grade in Chinese."""
        return _GRADE_ZH[self]


_GRADE_ZH: Mapping[Grade, str] = MappingProxyType({
    Grade.EXACT: "完全复现",
    Grade.WITHIN_ROUNDING: "在修约范围内",
    Grade.HIDDEN_PRECISION: "隐含精度",
    Grade.NOT_REPRODUCED: "不能复现",
    Grade.NOT_REPORTED: "未填报",
})


@dataclass(frozen=True)
class Replay:
    """A reported figure replayed: grade, reason when not exact, and the number that reproduces it."""

    grade: Grade
    reason: str = ""
    value: Decimal | None = None


@dataclass(frozen=True)
class Input:
    """One symbol's value in an evaluation, already in the symbol's unit.

    ``values`` has one member, or one per period. ``stated`` is the value and unit as the dossier has it.
    ``datum`` names the datum it came from, ``factor`` the library value that was read for it, ``origin`` says in
    words where it stands.
    """

    symbol: str
    spec: SymbolSpec
    values: tuple[Decimal, ...]
    unit: Unit
    stated: tuple[Decimal, Unit]
    origin: str
    place: Place | None = None
    datum: str | None = None
    factor: Factor | None = None

    @property
    def value(self) -> Decimal:
        """The single value (the first of a series)."""
        return self.values[0]

    @property
    def from_library(self) -> bool:
        """Whether the value used is the library's own, digit by digit, whatever unit it is stated in."""
        if self.factor is None or len(self.values) != 1:
            return False
        its_unit = unit(self.factor.unit)
        if not its_unit.fits(self.unit):
            return self.factor.value == self.value
        return scale(self.factor.value, its_unit.factor_to(self.unit)) == self.value


@dataclass(frozen=True)
class Evaluation:
    """A formula with its inputs and exact result; ``conflict`` tells of units that do not fit."""

    formula: Formula
    inputs: tuple[Input, ...]
    exact: Decimal | None
    unit: Unit
    conflict: str = ""
    missing: tuple[str, ...] = ()

    @property
    def lengths(self) -> dict[str, int]:
        """Number of members of each series symbol."""
        return {i.symbol: len(i.values) for i in self.inputs if i.spec.many}

    @property
    def expression(self) -> str:
        """The formula as in the record, ``AD*NCV*CC*OF*44/12``."""
        return to_text(self.formula.tree(self.lengths))

    @property
    def values(self) -> dict[str, Decimal]:
        """Value by symbol key (``AD`` or ``x_1``)."""
        found: dict[str, Decimal] = {}
        for item in self.inputs:
            if item.spec.many:
                found |= {f"{item.symbol}_{n}": v for n, v in enumerate(item.values, 1)}
            else:
                found[item.symbol] = item.value
        return found

    @property
    def with_numbers(self) -> str:
        """The formula with its numbers filled in, for reading; empty while inputs are missing."""
        if self.missing:
            return ""
        return to_numbers(self.formula.tree(self.lengths), {k: plain(v) for k, v in self.values.items()})


@dataclass(frozen=True)
class Line:
    """An emission line of the inventory (排放量计算行).

    ``exact`` and ``value`` follow the reported column, ``verified`` and ``verified_value`` the verified one.
    ``full`` is the result with derived inputs unrounded. ``sign`` is −1 for deductions; ``memo`` lines stand
    apart from every total.
    """

    id: str
    source: Source
    item: str
    spec: EmissionLine
    sign: int
    reported_evaluation: Evaluation | None
    verified_evaluation: Evaluation | None
    value: Decimal | None
    verified_value: Decimal | None
    full: Decimal | None
    reported: Decimal | None
    replay: Replay
    place: Place | None
    unit: str = "tCO2"
    gas_mass: Decimal | None = None
    problems: tuple[str, ...] = ()

    @property
    def exact(self) -> Decimal | None:
        """Full precision from the reported column's inputs."""
        return self.reported_evaluation.exact if self.reported_evaluation else None

    @property
    def verified(self) -> Decimal | None:
        """Full precision from the verified column's inputs."""
        return self.verified_evaluation.exact if self.verified_evaluation else None

    @property
    def conflict(self) -> str:
        """The unit conflict of the reported figures, if there is one."""
        return self.reported_evaluation.conflict if self.reported_evaluation else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Symbols without a value in the verified column."""
        return self.verified_evaluation.missing if self.verified_evaluation else ("?",)

    @property
    def corrected(self) -> bool:
        """Whether the verifiers' result differs from the reported inputs' result."""
        return self.exact != self.verified

    @property
    def memo(self) -> bool:
        """Shown apart from every total (biomass)."""
        return self.source.memo


@dataclass(frozen=True)
class Sum:
    """A subtotal or total: exact and rounded in both columns, the reported figure and its replay."""

    id: str
    zh: str
    exact: Decimal
    value: Decimal
    verified: Decimal
    verified_value: Decimal
    reported: Decimal | None
    replay: Replay
    missing: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def complete(self) -> bool:
        """False when an identified source has no data: the sum is then a lower bound of what was counted."""
        return not self.missing


@dataclass(frozen=True)
class Reading:
    """A second way to read a value, such as a steam enthalpy by table and by IF97 (参照值)."""

    method: str
    value: Decimal
    unit: str
    factor: Factor | None = None


@dataclass(frozen=True)
class DatumResult:
    """A datum with its value in both columns, its derivation replayed and other readings of it."""

    id: str
    datum: Datum
    reported: Decimal | None
    verified: Decimal | None
    evaluation: Evaluation | None
    replay: Replay
    place: Place | None
    factor: Factor | None = None
    library_note: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of the official result table: tCO2e and, for other gases, the mass."""

    id: str
    zh: str
    parent: str
    gas: str
    value: Decimal
    reported: Decimal | None
    gas_mass: Decimal | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class SupplementaryResult:
    """A supplementary table's unit: its lines and total."""

    table: str
    product: str
    unit_name: str
    lines: tuple[Line, ...]
    subtotals: Mapping[str, Sum]
    total: Sum


@dataclass(frozen=True)
class Inventory:
    """The whole result of a dossier under a guideline (温室气体排放清单)."""

    dossier: Dossier
    guideline: Guideline
    lines: tuple[Line, ...]
    data: Mapping[str, DatumResult]
    subtotals: Mapping[str, Sum]
    excluding: Sum
    including: Sum
    rows: tuple[Row, ...]
    supplementary: tuple[SupplementaryResult, ...]
    factors: tuple[Factor, ...]
    factor_set: str
    missing: tuple[str, ...] = field(default=())

    def line(self, line_id: str) -> Line | None:
        """The line with this id, in the inventory or a supplementary table."""
        every = [*self.lines, *(line for table in self.supplementary for line in table.lines)]
        return next((line for line in every if line.id == line_id), None)
