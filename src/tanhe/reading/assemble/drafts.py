"""Data under construction (构造中的数据项): one draft per datum until lines, tables and derivations are linked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from tanhe.dossier.places import Place
from tanhe.messages import TanheError
from tanhe.quantity.numbers import Printed, parse_optional
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit
from tanhe.reading.assemble.words import Role, fresh, slug
from tanhe.reading.claims import Said

Kind = Literal["activity", "factor", "production", "other"]


@lru_cache(maxsize=4096)
def number(printed: str | None) -> Printed | None:
    """The printed number, None for a dash and for what is no number."""
    try:
        return parse_optional(printed.strip()) if printed else None
    except TanheError:
        return None


@dataclass
class Draft:
    """A datum being assembled; ``fields`` are further keys of the dossier's Datum, each with its place."""

    id: str
    item: Said
    role: Role
    kind: Kind
    unit: Unit
    unit_said: Said | None = None
    unit_printed: str = ""
    fuel: str | None = None
    symbol: str = ""
    reported: Said | None = None
    verified: Said | None = None
    fields: dict[str, Said] = field(default_factory=dict)
    cross_checks: list[dict[str, Said]] = field(default_factory=list)
    context: str = ""
    section: str = ""
    series: str | None = None
    derive: dict[str, Any] | None = None
    library: dict[str, str] | None = None
    documents: tuple[str, ...] = ()
    note: list[str] = field(default_factory=list)
    table: Place | None = None
    lettered: str = ""
    """The symbol as its table prints it."""
    equation: Said | None = None
    """The figures below its table from which it follows."""
    state: tuple[tuple[str, Said], ...] = ()
    """Temperature and pressure printed beside an enthalpy."""

    @property
    def said(self) -> Said | None:
        """The printed figure: as verified, else as reported."""
        return self.verified or self.reported

    @property
    def printed(self) -> Printed | None:
        """The figure as a number."""
        return number(self.said.text) if self.said else None

    @property
    def value(self) -> Decimal | None:
        """The figure, a percentage as its fraction when the unit is the bare number."""
        found = self.printed
        return found.value if found else None

    @property
    def base(self) -> Fraction | None:
        """The figure in base units, for comparisons across units of one kind."""
        found = self.printed
        if found is None:
            return None
        if found.percent:
            return Fraction(found.value)
        return Fraction(found.value) * self.unit.scale

    @property
    def words(self) -> str:
        """Name and surroundings, for telling fuels and uses apart."""
        return f"{self.item.text} {self.context}"


def closes(exact: Fraction | Decimal, printed: Printed) -> bool:
    """Whether an exact result is the printed figure at its printed digits."""
    return half_up(exact, printed.digits) == printed.value


@dataclass
class Pool:
    """All drafts by id, in the order they were read."""

    drafts: dict[str, Draft] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Draft]:
        return iter(tuple(self.drafts.values()))

    def named(self, item: Said, role: Role, kind: Kind, unit: Unit, fuel: str | None = None, prefix: str = "") -> Draft:
        """A new draft with a readable id of its own."""
        draft = Draft(fresh(prefix + slug(item.text, role, fuel), self.drafts), item, role, kind, unit, fuel=fuel)
        self.drafts[draft.id] = draft
        return draft

    def of_role(self, *roles: Role) -> list[Draft]:
        """Drafts of these kinds of quantity."""
        return [d for d in self if d.role in roles]
