"""Electricity factors in a dossier (电力排放因子): where they are used, what they claim to be, whose digits they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tanhe.checks.engine import Context
from tanhe.checks.same import Same
from tanhe.checks.whatif import signed_on, users
from tanhe.dossier.data import Datum
from tanhe.dossier.places import Place
from tanhe.factors import loading, tables
from tanhe.factors.dates import earliest, latest
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Factor
from tanhe.inventory.model import Inventory
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import unit

REGIONS = ("华北", "东北", "华东", "华中", "西北", "南方", "西南")
PER_MWH = unit("tCO2/MWh")
GREEN = re.compile(r"绿电|绿证|可再生|非化石|光伏|风电|水电|自发|余热")


@dataclass(frozen=True)
class Use:
    """An electricity factor of the dossier: the datum, its values in tCO2/MWh, and what it claims to be."""

    id: str
    datum: Datum
    values: tuple[tuple[str, Decimal], ...]
    claim: Factor | None
    claims_something: bool
    supplementary: bool
    places: tuple[Place, ...]

    @property
    def value(self) -> Decimal:
        """The value used for the reported figures."""
        return self.values[0][1]


def uses(c: Context) -> tuple[Use, ...]:
    """Every datum that serves as electricity factor, in the inventory or a supplementary table."""
    return _uses(Same(c.inventory))


@lru_cache(maxsize=2)
def _uses(key: Same) -> tuple[Use, ...]:
    return tuple(_each(key.inventory))


def _each(inventory: Inventory) -> Iterator[Use]:
    dossier = inventory.dossier
    for name, datum in dossier.data.items():
        claims = datum.library is not None and datum.library.table == "electricity"
        if datum.derive is not None or not datum.unit.fits(PER_MWH):
            continue
        own, other = users(inventory, name)
        if not (claims or own or other):
            continue
        values = _values(datum)
        if values:
            places = (dossier.place("data", name, "reported"), dossier.place("data", name, "library"))
            claim = inventory.data[name].factor if claims else None
            yield Use(name, datum, values, claim, claims, bool(other) and not own, tuple(dict.fromkeys(p for p in places if p)))


def _values(datum: Datum) -> tuple[tuple[str, Decimal], ...]:
    found: list[tuple[str, Decimal]] = []
    for column, value, its_unit in (("reported", datum.reported, datum.reported_unit or datum.unit),
                                    ("verified", datum.verified, datum.unit)):
        if value is not None and its_unit.fits(PER_MWH):
            in_unit = scale(value, its_unit.factor_to(PER_MWH))
            if all(in_unit != other for _, other in found):
                found.append((column, in_unit))
    return tuple(found)


@lru_cache(maxsize=1)
def known() -> Mapping[Decimal, tuple[Factor, ...]]:
    """Every published electricity factor by its value, official ones first."""
    provinces = [row["province_zh"] for row in loading.load(tables.PROVINCES)]
    found: dict[Decimal, dict[str, Factor]] = {}
    for area in ("全国", *REGIONS, *provinces):
        try:
            factors = library().electricity_all(area)
        except FactorNotFound:
            continue
        for factor in factors:
            if factor.status != "draft":
                found.setdefault(factor.value, {})[factor.key] = factor
    return {value: tuple(sorted(factors.values(), key=_rank)) for value, factors in found.items()}


def _rank(factor: Factor) -> int:
    """National factors before regional ones, these before provincial ones."""
    return next(n for n, kind in enumerate(("national", "regional", "provincial")) if kind in factor.key)


@lru_cache(maxsize=256)
def newest(place: str, kind: str, day: date) -> Factor | None:
    """The newest published factor of an area and kind on a day; None where there is none."""
    try:
        return library().electricity(place, scope=kind, as_of=day).factor
    except FactorNotFound:
        return None


@lru_cache(maxsize=64)
def in_area(name: str) -> tuple[Factor, ...]:
    """Every published factor of an area."""
    return library().electricity_all(name)


def owners(value: Decimal) -> tuple[Factor, ...]:
    """The published factors that have these very digits."""
    return known().get(value, ())


def scope(factor: Factor) -> str:
    """``national_average``, ``regional6`` …"""
    return factor.key.split("/")[1]


def area(factor: Factor) -> str:
    """The area a factor is for."""
    return factor.key.split("/")[2]


def describe(factor: Factor) -> str:
    """Which factor that is, of which data year, published when."""
    number = factor.document_number and f"，{factor.document_number}"
    return text(f"{factor.data_year}年{factor.name}（{factor.issued} 公布{number}）",
                f"{area(factor)} {scope(factor)}, data of {factor.data_year} (published {factor.issued})")


def out_by(factor: Factor, day: date | None) -> bool:
    """Whether the factor was certainly published by that day; unknown dates count as published."""
    last = latest(factor.issued)
    return day is None or last is None or last <= day


def not_yet(factor: Factor, day: date | None) -> bool:
    """Whether the factor was certainly not published by that day."""
    first = earliest(factor.issued)
    return day is not None and first is not None and first > day


def applicable(c: Context, claim: Factor) -> Factor | None:
    """The claimed factor when it was out at signing, else the newest of its kind that was."""
    day = signed_on(c.dossier)
    if out_by(claim, day):
        return claim
    try:
        return library().electricity(area(claim), scope=scope(claim), as_of=day).factor
    except FactorNotFound:
        return None


@dataclass(frozen=True)
class Title:
    """A factor's title as the report prints it, read: the area and the data years it names."""

    words: str
    area: str
    years: frozenset[int]
    places: tuple[Place, ...]

    def factors(self) -> tuple[Factor, ...]:
        """The published factors the title can mean."""
        found = in_area(self.area)
        return tuple(f for f in found if (not self.years or f.data_year in self.years) and f.status != "draft"
                     and not scope(f).startswith("provincial"))


def titles(c: Context, use: Use) -> list[Title]:
    """The titles under which the report cites its electricity factor, in the datum and elsewhere."""
    said = [(use.datum.source, c.place("data", use.id, "source"))]
    if not use.supplementary:
        said += [(s.value, c.place("statements", n)) for n, s in enumerate(c.dossier.statements)
                 if s.about == "electricity-factor-title"]
    return [t for words, places in said if (t := _title(words, places)) is not None]


def _title(words: str, places: tuple[Place, ...]) -> Title | None:
    """A title read; None where it names no area, or more than one."""
    named = [r for r in REGIONS if r in words] or (["全国"] if "全国" in words or "国家电网平均" in words else [])
    years = frozenset(int(y) for y in re.findall(r"(20[0-9]{2})\s*年(?!\s*第)", words))
    return Title(words, named[0], years, places) if len(named) == 1 else None


def meant(use: Use) -> Factor | None:
    """The factor in use: the one claimed when the value is its own, else the only one with these digits."""
    if use.claim is not None:
        if use.value == use.claim.value:
            return use.claim
    found = owners(use.value)
    return found[0] if len(found) == 1 else None
