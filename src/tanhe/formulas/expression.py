"""Expression trees (算式): what a formula becomes when it is called with symbols instead of numbers.

A formula is a plain function such as ``AD * NCV * CC * OF * CO2_PER_C``. Called with :class:`Symbol` it builds
the tree below, from which the written, spreadsheet, SQL and typeset forms are made (see ``render``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanhe.quantity.units import Unit, unit

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}


class Node:
    """Anything that can stand in a formula; arithmetic builds a larger tree."""

    __slots__ = ()

    def __add__(self, other: Any) -> Node:
        return Binary("+", self, node(other))

    def __radd__(self, other: Any) -> Node:
        return Binary("+", node(other), self)

    def __sub__(self, other: Any) -> Node:
        return Binary("-", self, node(other))

    def __rsub__(self, other: Any) -> Node:
        return Binary("-", node(other), self)

    def __mul__(self, other: Any) -> Node:
        return NotImplemented if isinstance(other, Ratio) else Binary("*", self, node(other))

    def __rmul__(self, other: Any) -> Node:
        return Binary("*", node(other), self)

    def __truediv__(self, other: Any) -> Node:
        return Binary("/", self, node(other))

    def __rtruediv__(self, other: Any) -> Node:
        return Binary("/", node(other), self)


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A named input; ``index`` numbers the members of a series (AD_1, AD_2 …)."""

    name: str
    index: int | None = None

    @property
    def key(self) -> str:
        """The name by which the symbol's value, cell or column is looked up."""
        return self.name if self.index is None else f"{self.name}_{self.index}"


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal number written in the formula itself, such as the 1 of ``1 - η·μ``."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """``left op right`` with op one of + - * /."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Ratio:
    """An exact ratio that carries a unit, e.g. 44/12 tCO2 per tC: never a rounded 3.667 (Law 2)."""

    numerator: int
    denominator: int
    unit: Unit

    def __rmul__(self, other: Any) -> Any:
        if isinstance(other, Unit):
            return other * self.unit
        product = other * self.numerator if self.numerator != 1 else other
        return product / self.denominator if self.denominator != 1 else product


def ratio(numerator: int, denominator: int, spelled: str) -> Ratio:
    """A ratio with its unit spelt out, for use in formulas."""
    return Ratio(numerator, denominator, unit(spelled))


def node(value: Any) -> Node:
    """``value`` as a node; numbers become literals."""
    return value if isinstance(value, Node) else Number(Decimal(value))


def dot(left: Sequence[Any], right: Sequence[Any]) -> Any:
    """Σ left·right, written out, for Decimals, units and nodes alike."""
    return total([a * b for a, b in zip(left, right, strict=True)])


def total(terms: Sequence[Any]) -> Any:
    """Σ terms, starting from the first so that no dimensionless 0 enters."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def symbols_of(tree: Node) -> Iterator[Symbol]:
    """The symbols of the tree in reading order."""
    match tree:
        case Symbol():
            yield tree
        case Binary(_, left, right):
            yield from symbols_of(left)
            yield from symbols_of(right)


def binaries_of(tree: Node) -> Iterator[Binary]:
    """Every operation of the tree, the outermost first."""
    if isinstance(tree, Binary):
        yield tree
        yield from binaries_of(tree.left)
        yield from binaries_of(tree.right)
