"""Orders of magnitude of what was left out (遗漏排放量的估计): intervals in tCO2e with their assumptions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from tanhe.checks.amounts import convert, value
from tanhe.checks.completeness._lexicon import Kind
from tanhe.checks.engine import Context, effect
from tanhe.checks.findings import Effect
from tanhe.dossier.operations import Product
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Fuel
from tanhe.messages import text
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit

_TONNES = {"t": Decimal(1), "吨": Decimal(1), "万吨": Decimal(10000), "kg": Decimal("0.001"), "千克": Decimal("0.001")}


@dataclass(frozen=True)
class Intensity:
    """What a tonne of a fired product needs: process tCO2/t and heat GJ/t, each an interval."""

    words: tuple[str, ...]
    process: tuple[Decimal, Decimal]
    heat: tuple[Decimal, Decimal]
    source: str


@dataclass(frozen=True)
class Fired:
    """A fired product of the year: tonnes and its intensity; ``place`` is its number among the products."""

    name: str
    tonnes: Decimal
    intensity: Intensity
    place: int


@lru_cache(maxsize=1)
def intensities() -> tuple[Intensity, ...]:
    """The rows of ``intensities.csv``."""
    with files("tanhe.checks.completeness").joinpath("intensities.csv").open(encoding="utf-8") as stream:
        return tuple(
            Intensity(tuple(r["words"].split("|")), (Decimal(r["process_low"]), Decimal(r["process_high"])),
                      (Decimal(r["heat_low"]), Decimal(r["heat_high"])), r["source"])
            for r in csv.DictReader(stream)
        )


def fired_products(c: Context) -> Iterator[Fired]:
    """Products of the reporting year that are fired, with their output in tonnes."""
    for n, product in enumerate(c.dossier.products):
        tonnes = _tonnes(product)
        if tonnes is None or product.year not in (None, c.dossier.year):
            continue
        found = next((i for i in intensities() if any(w in product.name for w in i.words)), None)
        if found is not None:
            yield Fired(product.name, tonnes, found, n)


def _tonnes(product: Product) -> Decimal | None:
    scale = _TONNES.get(product.unit.strip())
    return None if scale is None or product.output is None else product.output * scale


def heat(products: tuple[Fired, ...]) -> tuple[Decimal, Decimal]:
    """Heat the products need, GJ."""
    low, high = (sum((p.tonnes * p.intensity.heat[n] for p in products), Decimal(0)) for n in (0, 1))
    return low, high


def process(products: tuple[Fired, ...]) -> tuple[Decimal, Decimal]:
    """Process CO2 of the products, tCO2."""
    low, high = (sum((p.tonnes * p.intensity.process[n] for p in products), Decimal(0)) for n in (0, 1))
    return low, high


def per_gj(c: Context, kind: Kind | None) -> Decimal | None:
    """tCO2 per GJ of a fuel by the defaults; coal of no stated rank where no fuel is named."""
    fuel = _fuel(c, kind.fuel if kind is not None else "bituminous")
    if fuel is None or fuel.carbon_content is None or fuel.oxidation_factor is None:
        return None
    return fuel.carbon_content.value * fuel.oxidation_factor.value * 44 / 12


def kiln(c: Context, kind: Kind | None) -> Effect | None:
    """CO2 of the fuel that firing the products takes, if products and fuel are known."""
    products, factor = tuple(fired_products(c)), per_gj(c, kind)
    if not products or factor is None:
        return None
    low, high = heat(products)
    return rounded(low * factor, high * factor)


def of_datum(c: Context, name: str, kind: Kind) -> Effect | None:
    """What the amount of a datum emits by the defaults, None where that cannot be said."""
    amount, datum = value(c, name), c.dossier.data[name]
    if amount is None:
        return None
    if kind.id in ("electricity", "heat"):
        mine = convert(amount, datum.unit, unit("MWh" if kind.id == "electricity" else "GJ"))
        factor = _purchased(c, kind.id)
        return None if mine is None or factor is None else rounded(mine * factor, mine * factor)
    if kind.id == "welding":
        mass = convert(amount, datum.unit, unit("t"))
        return None if mass is None else rounded(Decimal(0), mass)
    return _burnt(c, amount, name, kind)


def _burnt(c: Context, amount: Decimal, name: str, kind: Kind) -> Effect | None:
    fuel, factor = _fuel(c, kind.fuel), per_gj(c, kind)
    if fuel is None or fuel.ncv is None or factor is None:
        return None
    for measure in ("t", "1e4Nm3"):
        mine = convert(amount, c.dossier.data[name].unit, unit(measure))
        ncv = convert(fuel.ncv.value, unit(fuel.ncv.unit), unit(f"GJ/{measure}"))
        if mine is not None and ncv is not None:
            return rounded(mine * ncv * factor, mine * ncv * factor)
    return None


def _purchased(c: Context, kind: str) -> Decimal | None:
    """The dossier's own factor of electricity or heat; the default of heat where there is none."""
    wanted = unit("tCO2/MWh" if kind == "electricity" else "tCO2/GJ")
    for name, datum in c.dossier.data.items():
        amount = value(c, name) if datum.kind == "factor" else None
        given = None if amount is None else convert(amount, datum.unit, wanted)
        if given is not None:
            return given
    try:
        return library().heat_default(c.dossier.guideline).value if kind == "heat" else None
    except FactorNotFound:
        return None


def _fuel(c: Context, fuel: str) -> Fuel | None:
    for guideline in (c.dossier.guideline, "ndrc2015-industrial-other"):
        try:
            return library().fuel(guideline, fuel) if fuel else None
        except FactorNotFound:
            continue
    return None


def rounded(low: Decimal, high: Decimal) -> Effect:
    """An interval to whole hundredths of a tonne."""
    return effect(half_up(low, 2), half_up(high, 2))


def span(given: Effect) -> str:
    """An interval for a message, in whole tonnes where it is large."""
    digits = 0 if max(abs(given.low), abs(given.high)) >= 100 else 2
    low, high = (format(half_up(x, digits), "f") for x in (given.low, given.high))
    return low if low == high else text(f"{low} 至 {high}", f"{low} to {high}")
