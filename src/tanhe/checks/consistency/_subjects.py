"""What a figure of prose is about (文字中数值的对象): the substance named last before it, and the dossier's values of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tanhe.checks.consistency._helpers import Claim, converted
from tanhe.checks.consistency._lexicon import Fuel, fuels
from tanhe.checks.engine import Context
from tanhe.dossier.model import Path
from tanhe.quantity.units import Unit

_POWER = re.compile("电力|电网|电量|用电|购电|耗电|供电")
_HEAT = re.compile("热力|蒸汽|供热|热量")
_RATE = re.compile(r"[/·]")


@dataclass(frozen=True)
class Own:
    """A value of the dossier that prose may repeat: of what, in which unit, where."""

    item: str
    value: Decimal
    unit: Unit | str
    path: Path
    datum: str = ""
    aside: bool = False
    """A second source's figure: told figures are compared with it only when they look like it mistyped."""


def known_values(c: Context) -> frozenset[Decimal]:
    """Every figure of the dossier, whatever its unit."""
    return frozenset(v.normalize() for v in _all_values(c))


def _all_values(c: Context) -> Iterator[Decimal]:
    d = c.dossier
    given: list[Decimal | None] = []
    for datum in d.data.values():
        given += [datum.reported, datum.verified]
        for cross in datum.cross_checks:
            given += [cross.value, cross.deviation]
    for series in d.all_series.values():
        for column in series.values.values():
            given += column
    for table in d.tables.values():
        given += [column.total for column in table.columns.values()]
    for line in c.inventory.lines:
        given += [line.reported, line.value, line.verified_value]
    for total in (*c.inventory.subtotals.values(), c.inventory.including, c.inventory.excluding):
        given += [total.reported, total.value, total.verified_value]
    given += [v for p in d.products for v in (p.output, p.capacity, p.value)]
    given += [v for e in d.economics for v in (e.output, e.comprehensive_energy, e.revenue, e.gross_output)]
    for unit in d.supplementary:
        given += [unit.total.reported, *(line.reported for line in unit.lines)]
    yield from (v for v in given if v is not None)


def substance(words: str, products: Iterable[str]) -> str | Fuel | None:
    """The substance named last in the words: a fuel, ``电``, ``热`` or a product's name."""
    found: list[tuple[int, str | Fuel]] = []
    for word, fuel in fuels(words):
        found.append((words.rfind(word), fuel))
    found += [(m.start(), "电") for m in _POWER.finditer(words)]
    found += [(m.start(), "热") for m in _HEAT.finditer(words)]
    found += [(words.rfind(name), name) for name in products if name and name in words]
    return max(found, key=lambda f: f[0])[1] if found else None


@lru_cache(maxsize=2048)
def _of(item: str) -> tuple[frozenset[Fuel], bool, bool]:
    return frozenset(f for _, f in fuels(item)), bool(_POWER.search(item)) or item.endswith("电"), bool(_HEAT.search(item))


def is_of(item: str, thing: str | Fuel) -> bool:
    """Whether an item of the dossier is about the substance; 烟煤 and 动力煤 are the same family."""
    own, power, heat = _of(item)
    if isinstance(thing, Fuel):
        return thing in own or any(f.family == thing.family and (f.generic or thing.generic) for f in own)
    return power if thing == "电" else heat if thing == "热" else thing in item


def owns(c: Context) -> list[Own]:
    """Data and emission lines that prose may tell."""
    d = c.dossier
    found: list[Own] = []
    for name, datum in d.data.items():
        for field, value, unit in (("verified", datum.verified, datum.unit), ("reported", datum.reported, datum.reported_unit or datum.unit)):
            if value is not None:
                found.append(Own(datum.item, value, unit, ("data", name, field), name))
        for n, cross in enumerate(datum.cross_checks):
            if cross.value is not None:
                found.append(Own(datum.item, cross.value, cross.unit or datum.unit, ("data", name, "cross_checks", n), aside=True))
    for n, line in enumerate(d.lines):
        if line.reported is not None:
            found.append(Own(f"{line.item}{line.fuel or ''}排放量", line.reported, "tCO2", ("lines", n, "reported")))
    return found


def agrees(number: Claim, unit: str, own: Own) -> bool | None:
    """Whether a told figure is that value; None when the units do not fit."""
    inside = converted(own.value, own.unit, unit)
    return None if inside is None else number.agrees(inside)


def near(one: Decimal, other: Decimal) -> bool:
    """Whether one figure looks like the other mistyped: a digit, two digits changed places, the point moved."""
    a, b = (str(abs(v).normalize().scaleb(-int(v.normalize().as_tuple().exponent))).replace("E+", "") for v in (one, other))
    if a == b or len(a) < 3:
        return a == b
    if len(a) != len(b):
        return abs(len(a) - len(b)) == 1 and any(max(a, b, key=len)[:n] + max(a, b, key=len)[n + 1:] == min(a, b, key=len) for n in range(max(len(a), len(b))))
    odd = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(odd) == 1 or (len(odd) == 2 and odd[1] == odd[0] + 1 and a[odd[0]] == b[odd[1]] and a[odd[1]] == b[odd[0]])


def is_rate(unit: str) -> bool:
    """Whether a unit is one of a factor: per something."""
    return bool(_RATE.search(unit)) or unit == "%"
