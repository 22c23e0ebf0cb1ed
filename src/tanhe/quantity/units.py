"""Units of measurement (计量单位) as formal products, with the substance kept.

A unit is a product of named atoms with powers. Tonnes of carbon (tC), of carbon dioxide (tCO2) and of
material (t) are different dimensions, so that a forgotten 44/12 or a carbon content per tonne against a
gas volume cannot pass. The table of atoms, with their Chinese spellings, is ``units.csv`` beside this file.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from tanhe.messages import TanheError, text


class UnitError(TanheError):
    """An unknown unit, or two units that do not fit together (单位错误)."""


@dataclass(frozen=True)
class Atom:
    """One row of ``units.csv``: its dimension and the exact factor to the dimension's base unit."""

    name: str
    dimension: str
    factor: Fraction
    zh: str


_PREFIX = {"万": 10**4, "10⁴": 10**4, "10^4": 10**4, "10**4": 10**4, "1e4": 10**4, "104": 10**4, "亿": 10**8,
           "百万": 10**6, "千": 10**3, "1e8": 10**8, "1e6": 10**6, "1e3": 10**3}
_PREFIX_ZH = {10**4: "万", 10**8: "亿", 10**6: "百万", 10**3: "千"}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Atom], dict[str, str]]:
    atoms: dict[str, Atom] = {}
    spelling: dict[str, str] = {}
    with files("tanhe.quantity").joinpath("units.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            atom = Atom(row["name"], row["dimension"], Fraction(row["factor"]), row["zh"])
            atoms[atom.name] = atom
            for word in [atom.name, *filter(None, row["aliases"].split("|"))]:
                if spelling.setdefault(word, atom.name) != atom.name:
                    raise ValueError(f"units.csv: {word!r} is spelt for two units")
    return atoms, spelling


@dataclass(frozen=True)
class Unit:
    """A formal product of atoms: ``(("GJ", 1), ("t", -1))`` is GJ/t. The empty product is dimensionless."""

    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit | int) -> Unit:
        if isinstance(other, Unit):
            return _product(self.powers, other.powers)
        return self if isinstance(other, int) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: Unit | int) -> Unit:
        return self if isinstance(other, int) else _product(self.powers, _inverse(other.powers))

    def __rtruediv__(self, other: int) -> Unit:
        return Unit(_inverse(self.powers))

    def __add__(self, other: Unit | int) -> Unit:
        right = Unit() if isinstance(other, int) else other
        if (self.dimension, self.scale) != (right.dimension, right.scale):
            raise UnitError(text(f"单位“{self.zh}”与“{right.zh}”不能相加减", f"cannot add or subtract {self} and {right}"))
        return self

    __radd__ = __sub__ = __rsub__ = __add__

    @property
    def dimension(self) -> tuple[tuple[str, int], ...]:
        """Powers of the base dimensions, sorted; the thing two units must share to be converted."""
        return _reduce(self)[0]

    @property
    def scale(self) -> Fraction:
        """Exact factor to the base units of its dimensions."""
        return _reduce(self)[1]

    def fits(self, other: Unit) -> bool:
        """Whether a value in this unit can be converted to ``other``."""
        return self.dimension == other.dimension

    def factor_to(self, other: Unit) -> Fraction:
        """Exact number by which a value in this unit is multiplied to stand in ``other``."""
        return _factor_between(self, other)

    def __str__(self) -> str:
        return _spell(self.powers)

    @property
    def zh(self) -> str:
        """The unit as written in Chinese reports, e.g. ``GJ/万Nm³``."""
        written = re.sub(r"1e(\d)", lambda times: _PREFIX_ZH[10 ** int(times[1])], str(self))
        return written.replace("m3", "m³").replace("·K", "·℃")


DIMENSIONLESS = Unit()


def _product(*parts: Iterable[tuple[str, int]]) -> Unit:
    powers: dict[str, int] = {}
    for part in parts:
        for name, power in part:
            powers[name] = powers.get(name, 0) + power
    return Unit(tuple(sorted(((n, p) for n, p in powers.items() if p), key=_order)))


def _order(power: tuple[str, int]) -> tuple[bool, str]:
    return power[0] == "K", power[0]


def _inverse(powers: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return tuple((name, -power) for name, power in powers)


def _resolve(name: str) -> tuple[str, Fraction]:
    """Dimension and factor of a canonical atom name, which may carry a decimal prefix (``1e4Nm3``)."""
    atoms, _ = _table()
    times = re.match(r"1e(\d+)(.+)", name)
    atom = atoms[times[2] if times else name]
    return atom.dimension, atom.factor * (10 ** int(times[1]) if times else 1)


@lru_cache(maxsize=4096)
def _reduce(unit: Unit) -> tuple[tuple[tuple[str, int], ...], Fraction]:
    dims: dict[str, int] = {}
    scale = Fraction(1)
    for name, power in unit.powers:
        dimension, factor = _resolve(name)
        scale *= factor**power
        if dimension:
            dims[dimension] = dims.get(dimension, 0) + power
    return tuple(sorted((d, p) for d, p in dims.items() if p)), scale


@lru_cache(maxsize=4096)
def _factor_between(given: Unit, wanted: Unit) -> Fraction:
    if not given.fits(wanted):
        raise UnitError(
            text(f"单位“{given.zh}”不能换算为“{wanted.zh}”", f"{given} cannot be converted to {wanted}")
        )
    return given.scale / wanted.scale


def _spell(powers: tuple[tuple[str, int], ...]) -> str:
    over = [n if p == 1 else f"{n}^{p}" for n, p in powers if p > 0]
    under = [n if p == -1 else f"{n}^{-p}" for n, p in powers if p < 0]
    top = "·".join(over) or "1"
    if not under:
        return top
    return f"{top}/{under[0]}" if len(under) == 1 else f"{top}/({'·'.join(under)})"


def _atom(word: str) -> tuple[str, int]:
    """Canonical name and power of one written factor such as ``万Nm³`` or ``m^2``; empty name for 1."""
    _, spelling = _table()
    word = word.strip()
    if word in spelling:
        name = spelling[word]
        return ("", 1) if name == "1" else (name, 1)
    for prefix, times in _PREFIX.items():
        rest = word[len(prefix) :].lstrip(" ×*·")
        if word.startswith(prefix) and rest in spelling:
            return f"1e{len(str(times)) - 1}{spelling[rest]}", 1
    if power := re.fullmatch(r"(.+)\^(\d)", word):
        name, inner = _atom(power[1])
        return name, inner * int(power[2])
    raise _unknown(word)


def _unknown(word: str) -> UnitError:
    _, spelling = _table()
    known = {s.casefold(): s for s in (*(f"万{s}" for s in spelling), *reversed(spelling))}
    near = [known[s] for s in difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.3)]
    hint_zh, hint_en = (f"，最接近的是“{near[0]}”", f"; the nearest known is {near[0]}") if near else ("", "")
    return UnitError(text(f"不认识的单位“{word}”{hint_zh}", f"unknown unit {word!r}{hint_en}"))


@lru_cache(maxsize=4096)
def unit(spelled: str) -> Unit:
    """The unit written as ``spelled`` (``tCO2/MWh``, ``GJ/万Nm³``, ``kJ/(kg·K)``, ``吨``).

    Errors: :class:`UnitError` naming the nearest known unit.
    """
    cleaned = spelled.strip().replace("／", "/").replace("（", "(").replace("）", ")").replace("Nm 3", "Nm3")
    _, spelling = _table()
    if cleaned in ("", "1", "-", "/", "无量纲"):
        return DIMENSIONLESS
    if cleaned in spelling:
        return _product([_atom(cleaned)])
    parts = [part.strip() for part in re.split(r"/(?![^(]*\))", cleaned)]
    powers: list[tuple[str, int]] = []
    for position, part in enumerate(parts):
        sign = 1 if position == 0 else -1
        inner = part[1:-1] if part.startswith("(") and part.endswith(")") else part
        words = [inner] if inner in spelling else re.split(r"·|(?<!\*)\*(?!\*)|(?<=[A-Za-z])\.(?=[A-Za-z])", inner)
        if not all(map(str.strip, words)):
            raise _unknown(cleaned)
        powers += [(name, sign * power) for name, power in map(_atom, words) if name]
    return _product(powers)
