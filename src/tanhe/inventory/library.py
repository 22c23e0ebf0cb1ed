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
    known: dict[object, Factor | FactorNotFound] = field(default_factory=dict)

    def _once(self, key: object, look_up: Callable[[], Factor]) -> Factor:
        """Each question is put to the library once; a refusal is remembered too."""
        if key not in self.known:
            try:
                self.known[key] = self._keep(look_up())
            except FactorNotFound as why:
                self.known[key] = why
        found = self.known[key]
        if isinstance(found, FactorNotFound):
            raise found
        return found

    def _keep(self, factor: Factor) -> Factor:
        self.read.setdefault(f"{factor.key}|{factor.document}|{factor.place}", factor)
        return factor

    def constant(self, key: LibraryKey, fuel: str | None, gas: str | None = None) -> Factor:
        """The guideline's constant or default; FactorNotFound says why there is none."""
        return self._once((key, fuel, gas), lambda: self._constant(key, fuel, gas))

    def _constant(self, key: LibraryKey, fuel: str | None, gas: str | None) -> Factor:
        guideline = self.dossier.guideline
        item = gas if key.item == "{gas}" else key.item
        if item is None:
            raise FactorNotFound("未注明气体种类（gas），不能取缺省值", "no gas is named, so there is no default")
        if key.category == "gwp":
            return library().gwp_for_guideline(item, guideline)
        if key.category != "fuel":
            return library().process(key.category, item, guideline)
        if fuel is None:
            raise FactorNotFound("未注明燃料品种，不能取缺省值", "no fuel is named, so there is no default")
        return library().fuel(guideline, fuel).require(FUEL_PARAMETERS[item])

    def claimed(self, ref: LibraryRef) -> Factor:
        """The library value a datum claims to be."""
        return self._once(ref, lambda: self._claimed(ref))

    def _claimed(self, ref: LibraryRef) -> Factor:
        guideline = ref.guideline or self.dossier.guideline
        match ref.table:
            case "fuel":
                return library().fuel(guideline, ref.fuel or "").require(ref.parameter or "ncv")
            case "electricity":
                area = ref.area or self.dossier.entity.province
                return library().electricity(area, data_year=ref.data_year, scope=ref.scope).factor
            case "process":
                return library().process(ref.category or "", ref.item or "", guideline)
            case "heat":
                return library().heat_default(guideline)
        raise FactorNotFound("蒸汽焓值不是单一的库值", "a steam enthalpy is no single library value")

    def readings(self, ref: LibraryRef) -> tuple[Reading, ...]:
        """Ways to read a steam enthalpy: the guideline's table and IF97, each named; what refuses is left out."""
        if ref.table != "steam" or ref.pressure is None:
            return ()
        found: list[Reading] = []
        for method in (_by_table, _by_if97):
            try:
                found.append(method(ref.pressure, ref.temperature))
            except FactorNotFound:
                continue
        return tuple(found)

    def steam(self, ref: LibraryRef) -> Reading | None:
        """The enthalpy by the method the datum names; None when it is stated or no steam is meant."""
        if ref.table != "steam" or ref.method not in ("table", "if97") or ref.pressure is None:
            return None
        return (_by_table if ref.method == "table" else _by_if97)(ref.pressure, ref.temperature)


def _by_table(pressure: Decimal, temperature: Decimal | None) -> Reading:
    table = library().steam
    got = table.saturated(pressure) if temperature is None else table.superheated(pressure, temperature)
    return Reading(text(f"指南蒸汽表（{got.place}，线性内插）", f"guideline table ({got.place}), interpolated"), got.value, "kJ/kg")


def _by_if97(pressure: Decimal, temperature: Decimal | None) -> Reading:
    got = if97_saturated(pressure) if temperature is None else if97_superheated(pressure, temperature)
    return Reading("IAPWS-IF97", got.value, "kJ/kg")
