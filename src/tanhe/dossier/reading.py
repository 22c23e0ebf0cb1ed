"""How well a finished report was read (阅读情况): numbers, placed, unplaced; part of the record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tanhe.dossier.places import Place


@dataclass(frozen=True)
class Unplaced:
    """A printed number that nothing explains, with the words around it."""

    place: Place
    text: str
    number: str


@dataclass(frozen=True)
class Reading:
    """The closure of numbers: how many were printed, how many are explained, and which are not."""

    numbers: int
    placed: int
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[tuple[Place, str], ...] = ()

    @property
    def closure(self) -> Decimal:
        """Share of explained numbers, two decimals, cut so that 1.00 means all."""
        if self.numbers == 0:
            return Decimal("0.00")
        return Decimal(100 * self.placed // self.numbers) / 100
