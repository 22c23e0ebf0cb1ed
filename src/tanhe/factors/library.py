"""The factor library (因子库): one object that answers for every table, each loaded when first asked for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

from tanhe.factors import loading, reference, tables
from tanhe.factors.electricity import ElectricityTable
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.fuels import FuelTable
from tanhe.factors.model import (
    Factor,
    Fuel,
    Guideline,
    Identifier,
    IndustryClass,
    PlausibleRange,
    Province,
    Selection,
    StandardCoal,
    StandardStatus,
)
from tanhe.factors.names import near
from tanhe.factors.process import ProcessTable
from tanhe.factors.regions import Places
from tanhe.factors.steam import SteamTable
from tanhe.factors.warming import WarmingTable


class Library:
    """Every look-up raises :class:`FactorNotFound`, saying why and what is nearest, rather than guess."""

    def __init__(self, directory: Path = loading.DATA) -> None:
        self._directory = directory

    def fuel(self, guideline: str, name: str, *, on: date | None = None) -> Fuel:
        """Defaults of a fuel (燃料缺省值) under a guideline; ``name`` is Chinese, an alias, English or an id.

        Where the guideline's own table was not read and a kindred table is known, the fuel comes from there
        with ``borrowed_from`` set, status ``assumed`` and the lower of the two grades. ``on`` is a day of the
        reporting period, for rows with a validity.
        """
        return self._fuels.find(self.guideline(guideline), name, on)

    def fuel_ids(self, guideline: str) -> tuple[str, ...]:
        """Ids of the fuels in the guideline's own table."""
        return self._fuels.ids(self.guideline(guideline))

    def electricity(
        self,
        area: str,
        *,
        as_of: date | None = None,
        data_year: int | None = None,
        scope: str | None = None,
        reporting_year: int | None = None,
    ) -> Selection:
        """The electricity factor (电力排放因子) of a province, a grid region or 全国 (the nation), tCO2/MWh.

        Without ``scope`` a province gets the average of its grid region and the nation its average; scopes
        are the keys of ``tanhe.factors.SCOPES``. ``as_of``: only what was published by that day.
        ``data_year``: the year of the data; ``reporting_year``: the year a report is for (bounded for
        ``national_ets`` only). The newest data that fits wins; the rest comes as alternatives with reasons.
        """
        return self._electricity.choose(area, scope, as_of, data_year, reporting_year)

    def electricity_all(self, area: str) -> tuple[Factor, ...]:
        """All factors of an area and the grid regions it lies in, unconfirmed ones included."""
        return self._electricity.all(area)

    def gwp(self, gas: str, gwp_set: str) -> Factor:
        """GWP over 100 years of a gas by IPCC report (``SAR``, ``AR4``, ``AR5``, ``AR6``), tCO2e/t."""
        return self._warming.find(gas, gwp_set)

    def gwp_for_guideline(self, gas: str, guideline: str) -> Factor:
        """The GWP a guideline uses; its grade is the lower of the value's and of the mapping's."""
        return self._warming.for_guideline(gas, self.guideline(guideline))

    def process(
        self, category: str, item: str, guideline: str | None = None, *, on: date | None = None
    ) -> Factor:
        """A process factor or constant (过程因子、常数): the guideline's own, else the general one.

        Without a guideline the item must have one value everywhere.
        """
        known = None if guideline is None else self.guideline(guideline).id
        return self._process.find(category, item, known, on)

    def process_items(self, category: str, guideline: str | None = None) -> tuple[str, ...]:
        """Item ids of a category, those of one guideline where given."""
        return self._process.items(category, guideline)

    def process_categories(self) -> tuple[str, ...]:
        """The categories of process factors."""
        return self._process.categories()

    def heat_default(self, guideline: str) -> Factor:
        """The default factor of purchased heat (外购热力缺省排放因子), tCO2/GJ."""
        return self.process("heat", "heat_default", guideline)

    def guideline(self, name: str) -> Guideline:
        """A guideline by its id, full title or document number."""
        return reference.find_guideline(name, self.guidelines)

    @cached_property
    def guidelines(self) -> Mapping[str, Guideline]:
        """All guidelines by id."""
        return reference.guidelines(loading.load(tables.GUIDELINES, self._directory))

    def province(self, name: str) -> Province:
        """A province by Chinese or English name or administrative code."""
        return self._places.province(name)

    def industry_class(self, code: str, edition: str = "2017") -> IndustryClass:
        """A class of GB/T 4754 (``3821``, ``C3821``), the guideline that covers it and the grade of that."""
        return reference.industry_class(code, edition, self._industry)

    def standard_status(self, name: str, on: date) -> StandardStatus:
        """Whether a standard, named with or without its year, is in force on a day and what superseded it."""
        return reference.standard_status(name, on, self._standards)

    def standard_coal(self, energy: str, edition: str = "2020") -> StandardCoal:
        """Conversion to standard coal by GB/T 2589 (``2008`` or ``2020``)."""
        return reference.standard_coal(energy, edition, self._coal)

    def plausible_range(self, fuel: str) -> PlausibleRange:
        """Bounds of the net calorific value of a fuel; plausible bounds are a judgement (grade C)."""
        fuel_id = self._fuels.fuel_id(fuel) or fuel
        if fuel_id not in self._ranges:
            names = [r.fuel_zh for r in self._ranges.values()]
            raise FactorNotFound(
                f"没有“{fuel}”的合理范围", f"no plausible range for {fuel!r}", near(fuel, names)
            )
        return self._ranges[fuel_id]

    def identifiers(self, kind: str) -> tuple[Identifier, ...]:
        """Rules and codes of an identification system: ``uscc``, ``ets-class-71``, ``stat-product-code`` …"""
        found = tuple(i for i in self._identifiers if i.kind == kind)
        if not found:
            kinds = list(dict.fromkeys(i.kind for i in self._identifiers))
            raise FactorNotFound(
                f"没有“{kind}”这类编码", f"no identifiers of kind {kind!r}", near(kind, kinds) or kinds
            )
        return found

    def unit_conversion(self, from_unit: str, to_unit: str) -> Fraction:
        """Exact number a value in ``from_unit`` is multiplied by to stand in ``to_unit``."""
        found = self._conversions.get((from_unit, to_unit))
        if found is None:
            known = [f"{a}→{b}" for a, b in self._conversions]
            raise FactorNotFound(
                f"没有 {from_unit}→{to_unit} 的换算",
                f"no conversion {from_unit} to {to_unit}",
                near(f"{from_unit}→{to_unit}", known),
            )
        return found

    @cached_property
    def steam(self) -> SteamTable:
        """The guideline's enthalpy tables of saturated and superheated steam."""
        return SteamTable(loading.load(tables.STEAM, self._directory), self.guidelines)

    def digest(self) -> str:
        """``sha256:…`` over all data files; part of every record."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return loading.digest(self._directory)

    @cached_property
    def _fuels(self) -> FuelTable:
        aliases = loading.load(tables.FUEL_ALIASES, self._directory)
        return FuelTable(loading.load(tables.FUELS, self._directory), aliases, self.guidelines)

    @cached_property
    def _places(self) -> Places:
        return Places(loading.load(tables.PROVINCES, self._directory))

    @cached_property
    def _electricity(self) -> ElectricityTable:
        return ElectricityTable(loading.load(tables.ELECTRICITY, self._directory), self._places)

    @cached_property
    def _warming(self) -> WarmingTable:
        return WarmingTable(
            loading.load(tables.GWP, self._directory), loading.load(tables.GWP_USAGE, self._directory)
        )

    @cached_property
    def _process(self) -> ProcessTable:
        return ProcessTable(loading.load(tables.PROCESS, self._directory), self.guidelines)

    @cached_property
    def _industry(self) -> Mapping[tuple[str, str], loading.Row]:
        rows = loading.load(tables.INDUSTRY_CLASSES, self._directory)
        return {(row["edition"], row["code"]): row for row in rows}

    @cached_property
    def _standards(self) -> list[loading.Row]:
        return loading.load(tables.STANDARDS, self._directory)

    @cached_property
    def _coal(self) -> list[loading.Row]:
        return loading.load(tables.STANDARD_COAL, self._directory)

    @cached_property
    def _ranges(self) -> Mapping[str, PlausibleRange]:
        rows = loading.load(tables.PLAUSIBLE_RANGES, self._directory)
        return {row["fuel_id"]: reference.plausible_range(row) for row in rows}

    @cached_property
    def _identifiers(self) -> tuple[Identifier, ...]:
        rows = loading.load(tables.IDENTIFIERS, self._directory)
        return tuple(
            Identifier(
                r["kind"],
                r["code"],
                r["name_zh"],
                r["detail"],
                r["status"],
                r["grade"],
                r["source"],
                r["note"],
            )
            for r in rows
        )

    @cached_property
    def _conversions(self) -> Mapping[tuple[str, str], Fraction]:
        rows = loading.load(tables.UNIT_CONVERSIONS, self._directory)
        return {(row["from_unit"], row["to_unit"]): _ratio(row["value"]) for row in rows}


def _ratio(printed: str) -> Fraction:
    top, _, under = printed.partition("/")
    return Fraction(Decimal(top)) / Fraction(under or "1")


@cache
def library() -> Library:
    """The library shipped with the program, made once."""
    return Library()
