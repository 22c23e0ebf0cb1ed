"""Reading the factor library for a dossier (取用因子): every read is kept for the trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tanhe.dossier.data import LibraryRef
from tanhe.dossier.model import Dossier
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import Factor
from tanhe.factors.steam import if97_saturated, if97_superheated
from tanhe.guidelines.model import LibraryKey
from tanhe.inventory.model import Reading
from tanhe.messages import text

FUEL_PARAMETERS = {"NCV": "ncv", "CC": "carbon_content", "OF": "oxidation_factor"}


@dataclass
class LibraryReader:
    """Look-ups on behalf of one dossier; ``read`` collects each factor once, in order."""

    dossier: Dossier
    read: dict[str, Factor] = field(default_factory=dict)

    def _keep(self, factor: Factor) -> Factor:
        self.read.setdefault(f"{factor.key}|{factor.document}|{factor.place}", factor)
        return factor

    def constant(self, key: LibraryKey, fuel: str | None, gas: str | None = None) -> Factor:
        """The guideline's constant or default; FactorNotFound says why there is none."""
        if key.item == "{gas}" and gas is None:
            raise FactorNotFound("未注明气体种类（gas），不能取缺省值", "no gas is named, so there is no default")
        guideline = self.dossier.guideline
        if key.category == "fuel":
            if fuel is None:
                raise FactorNotFound("未注明燃料品种，不能取缺省值", "no fuel is named, so there is no default")
            return self._keep(library().fuel(guideline, fuel).require(FUEL_PARAMETERS[key.item]))
        if key.category == "gwp":
            return self._keep(library().gwp_for_guideline(_item(key, gas), guideline))
        return self._keep(library().process(key.category, _item(key, gas), guideline))

    def claimed(self, ref: LibraryRef) -> Factor:
        """The library value a datum claims to be."""
        guideline = ref.guideline or self.dossier.guideline
        how: dict[str, Callable[[], Factor]] = {
            "fuel": lambda: library().fuel(guideline, ref.fuel or "").require(ref.parameter or "ncv"),
            "electricity": lambda: library().electricity(
                ref.area or self.dossier.entity.province, data_year=ref.data_year, scope=ref.scope
            ).factor,
            "process": lambda: library().process(ref.category or "", ref.item or "", guideline),
            "heat": lambda: library().heat_default(guideline),
        }
        if ref.table not in how:
            raise FactorNotFound("蒸汽焓值不是单一的库值", "a steam enthalpy is no single library value")
        return self._keep(how[ref.table]())

    def readings(self, ref: LibraryRef) -> tuple[Reading, ...]:
        """Other ways to read a steam enthalpy: the guideline's table and IF97, each named."""
        if ref.table != "steam" or ref.pressure is None:
            return ()
        found: list[Reading] = []
        for method in (_by_table, _by_if97):
            try:
                found.append(method(ref.pressure, ref.temperature))
            except FactorNotFound as why:
                found.append(Reading(str(why), Decimal("NaN"), "kJ/kg"))
        return tuple(found)


def _item(key: LibraryKey, gas: str | None) -> str:
    return gas or "" if key.item == "{gas}" else key.item


def _by_table(pressure: Decimal, temperature: Decimal | None) -> Reading:
    table = library().steam
    got = table.saturated(pressure) if temperature is None else table.superheated(pressure, temperature)
    return Reading(text(f"指南蒸汽表（{got.place}，线性内插）", f"guideline table ({got.place}), interpolated"), got.value, "kJ/kg")


def _by_if97(pressure: Decimal, temperature: Decimal | None) -> Reading:
    got = if97_saturated(pressure) if temperature is None else if97_superheated(pressure, temperature)
    return Reading("IAPWS-IF97", got.value, "kJ/kg")
