"""Fuel parameters in a dossier (燃料参数): which datum serves which fuel as what, and whose digits a value has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from tanhe.checks.engine import Context
from tanhe.checks.same import Same
from tanhe.checks.slips import slip
from tanhe.checks.whatif import all_lines, evaluations
from tanhe.dossier.data import Datum
from tanhe.factors import loading, tables
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Factor, Fuel
from tanhe.formulas.combustion import carbon_content
from tanhe.inventory.model import Line
from tanhe.messages import text
from tanhe.quantity.quantity import plain, scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import Unit, unit

PARAMETERS = {"ncv": ("低位发热量", "net calorific value"), "carbon_content": ("单位热值含碳量", "carbon per unit heat"),
              "oxidation_factor": ("碳氧化率", "oxidation factor"), "carbon": ("含碳量", "carbon content")}
DEFAULT = re.compile(r"缺省|默认|推荐值|指南.{0,4}值|附录|default", re.I)
MEASURED = re.compile(r"检测|化验|检验|实测|测定|测试|分析报告|色谱")


@dataclass(frozen=True)
class FuelUse:
    """A datum that serves a fuel as net calorific value, carbon per unit heat, carbon content or oxidation factor."""

    id: str
    datum: Datum
    fuel: str
    parameter: str
    lines: tuple[Line, ...]

    @property
    def unit(self) -> Unit:
        """The unit of :attr:`values`."""
        return self.datum.unit

    @property
    def values(self) -> tuple[tuple[str, Decimal], ...]:
        """Reported and verified value in the datum's unit, equal ones once."""
        found: dict[Decimal, str] = {}
        if self.datum.reported is not None:
            its_unit = self.datum.reported_unit or self.datum.unit
            if its_unit.fits(self.datum.unit):
                found[scale(self.datum.reported, its_unit.factor_to(self.datum.unit))] = "reported"
        if self.datum.verified is not None:
            found.setdefault(self.datum.verified, "verified")
        return tuple((column, value) for value, column in found.items())

    @property
    def label(self) -> str:
        """What the parameter is called."""
        return text(*PARAMETERS[self.parameter])


@lru_cache(maxsize=256)
def kind_of(its_unit: Unit, oxidation: bool = False) -> str:
    """Which parameter a unit belongs to; empty where none."""
    for name, units in (("ncv", ("GJ/t", "GJ/1e4Nm3")), ("carbon_content", ("tC/GJ",)), ("carbon", ("tC/t", "tC/1e4Nm3"))):
        if any(its_unit.fits(unit(u)) for u in units):
            return name
    return "oxidation_factor" if oxidation else ""


def uses(c: Context) -> tuple[FuelUse, ...]:
    """Every fuel parameter that a line takes, directly or through a carbon content it is derived from."""
    return _uses(Same(c.inventory))


@lru_cache(maxsize=2)
def _uses(key: Same) -> tuple[FuelUse, ...]:
    inventory = key.inventory
    data = inventory.dossier.data
    found: dict[tuple[str, str], tuple[str, list[Line]]] = {}

    def note(name: str | None, fuel: str, parameter: str, line: Line) -> None:
        if name is None or name not in data or not parameter:
            return
        lines = found.setdefault((name, fuel), (parameter, []))[1]
        if line not in lines:
            lines.append(line)
        derive = data[name].derive
        if derive is not None and derive.formula == carbon_content.id:
            for symbol, ref in derive.inputs.items():
                if isinstance(ref, str):
                    note(ref, fuel, "ncv" if symbol == "NCV" else "carbon_content", line)

    for line, _ in all_lines(inventory):
        fuel = line.spec.fuel
        if not fuel:
            continue
        for evaluation in evaluations(line):
            for item in evaluation.inputs:
                if item.symbol in ("NCV", "CC", "OF"):
                    note(item.datum, fuel, kind_of(item.unit, item.symbol == "OF"), line)
    return tuple(FuelUse(name, data[name], fuel, parameter, tuple(lines))
                 for (name, fuel), (parameter, lines) in found.items())


def unused(c: Context, used: tuple[FuelUse, ...]) -> Iterator[FuelUse]:
    """Fuel parameters of the dossier that no line takes, the fuel known by the item's name."""
    taken = {u.id for u in used}
    for name, datum in c.dossier.data.items():
        parameter = kind_of(datum.unit)
        if name in taken or datum.kind != "factor" or datum.derive is not None or not parameter:
            continue
        fuel = fuel_named(datum.item)
        if fuel:
            yield FuelUse(name, datum, fuel, parameter, ())


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, str], ...]:
    """Chinese fuel names with their ids, longest first."""
    found: dict[str, str] = {}
    for row in loading.load(tables.FUELS):
        found.setdefault(row["fuel_zh"], row["fuel_id"])
    for row in loading.load(tables.FUEL_ALIASES):
        found.setdefault(row["alias"], row["fuel_id"])
    return tuple(sorted(((n, i) for n, i in found.items() if len(n) > 1), key=lambda p: -len(p[0])))


@lru_cache(maxsize=512)
def fuel_named(words: str) -> str:
    """The id of the fuel a text names, the longest name first; empty where none."""
    head = re.split(r"[（(]", words)[0]
    return next((fuel for name, fuel in _names() if name in head), "")


@lru_cache(maxsize=1)
def families() -> Mapping[str, str]:
    """Solid, liquid or gas, by fuel id."""
    content = files("tanhe.checks.provenance").joinpath("fuel_families.csv").read_text("utf-8")
    return {row["fuel_id"]: row["family"] for row in csv.DictReader(io.StringIO(content))}


def default(guideline: str, fuel: str, parameter: str) -> Factor | None:
    """The guideline's default, None where its table has none."""
    found = entry(guideline, fuel)
    return getattr(found, parameter, None) if found is not None else None


@lru_cache(maxsize=512)
def entry(guideline: str, fuel: str) -> Fuel | None:
    """The fuel's row in the guideline's table."""
    try:
        return library().fuel(guideline, fuel)
    except FactorNotFound:
        return None


@lru_cache(maxsize=1)
def known() -> Mapping[tuple[str, Decimal], tuple[Factor, ...]]:
    """Every fuel default by parameter and value."""
    found: dict[tuple[str, Decimal], list[Factor]] = {}
    for row in loading.load(tables.FUELS):
        fuel = entry(row["guideline"], row["fuel_id"])
        for parameter in ("ncv", "carbon_content", "oxidation_factor"):
            factor = getattr(fuel, parameter, None)
            if factor is not None:
                found.setdefault((parameter, factor.value), []).append(factor)
    return {key: tuple(dict.fromkeys(v)) for key, v in found.items()}


def whose(value: Decimal, parameter: str, fuel: str, guideline: str, right: Decimal | None) -> str:
    """Whose default has these digits, the same fuel and the same guideline first; else the slip that explains them."""
    hint = slip(value, right) if right is not None else ""
    found = [f for f in known().get((parameter, value), ()) if f.key.split("/")[1:3] != [guideline, fuel]]
    if not found:
        return hint
    found.sort(key=lambda f: (f.key.split("/")[2] != fuel, f.key.split("/")[1] != guideline))
    names = dict.fromkeys(text(f"《{f.document}》的{f.name}", f"{f.key.split('/')[2]} of "
                                                           f"{f.key.split('/')[1]}") for f in found)
    listed = text("、", ", ").join(list(names)[:2])
    return text(f"{plain(value)} 是{listed}", f"{plain(value)} is that of {listed}") + (f"；{hint}" if hint else "")


def product(c: Context, value: Decimal, guideline: str, fuels: tuple[str, ...]) -> str:
    """A carbon content as calorific value times carbon per heat, of the dossier's or the guideline's values."""
    heats = {f.value: f.name for fuel in fuels if (f := default(guideline, fuel, "ncv")) is not None}
    heats |= {v: d.item for d in c.dossier.data.values() if kind_of(d.unit) == "ncv"
              for v in (d.reported, d.verified) if v is not None}
    carbons = {f.value: f.name for fuel in fuels if (f := default(guideline, fuel, "carbon_content")) is not None}
    digits = max(0, -int(value.as_tuple().exponent))
    for heat, heat_name in heats.items():
        for carbon, carbon_name in carbons.items():
            if half_up(heat * carbon, digits) == value:
                return text(f"{plain(value)} = {plain(heat)}（{heat_name}）× {plain(carbon)}（{carbon_name}缺省值）",
                            f"{plain(value)} = {plain(heat)} ({heat_name}) × {plain(carbon)} (default "
                            f"{carbon_name})")
    return ""
