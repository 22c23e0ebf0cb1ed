"""Steam enthalpy (蒸汽焓) by the guideline's own table, interpolated exactly, or by IAPWS-IF97.

Pressures are absolute in MPa, temperatures in °C, enthalpies in kJ/kg. The table of superheated steam also
prints liquid water; a value between water and steam would be meaningless, so such cells are refused.
Source: 工业其他行业指南 附录二 表2.4 (saturated), 表2.5 (superheated); IF97 from the package seuif97.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Guideline

Number = Decimal | Fraction | int | str

TABLE_SATURATED: Final = "指南饱和蒸汽焓表线性内插 / guideline table, linear"
TABLE_SUPERHEATED: Final = "指南过热蒸汽焓表双线性内插 / guideline table, bilinear"
IF97: Final = "IAPWS-IF97"
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SteamRow:
    """One printed row of a steam table."""

    pressure: Fraction
    temperature: Fraction
    enthalpy: Fraction
    printed: tuple[str, str, str]
    place: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class SteamEnthalpy:
    """An enthalpy (焓值) in kJ/kg at two decimals, with the method and the printed rows it rests on.

    ``exact`` is the unrounded interpolation (``None`` for IF97); ``notes`` repeat the remarks on misprints.
    """

    value: Decimal
    exact: Fraction | None
    unit: str
    method: str
    rows: tuple[SteamRow, ...]
    notes: tuple[str, ...]
    document: str
    document_number: str
    place: str
    grade: str


class SteamTable:
    """The saturated and superheated tables a guideline prints."""

    def __init__(self, rows: list[Row], guidelines: Mapping[str, Guideline]) -> None:
        made = [(row["kind"], _row(row)) for row in rows]
        self._guideline = guidelines[rows[0]["guideline"]]
        self._saturated = sorted((r for kind, r in made if kind == "saturated"), key=lambda r: r.pressure)
        hot = [r for kind, r in made if kind == "superheated"]
        self._hot = {(r.pressure, r.temperature): r for r in hot}
        self._pressures = sorted({r.pressure for r in hot})
        self._temperatures = sorted({r.temperature for r in hot})

    def saturated(self, pressure_mpa: Number) -> SteamEnthalpy:
        """Dry saturated steam at an absolute pressure."""
        wanted = _exact(pressure_mpa)
        low, high = self._bracket([r.pressure for r in self._saturated], wanted, "压力", "pressure", "MPa")
        return self._linear(self._saturated[low], self._saturated[high], wanted, "pressure")

    def saturated_at(self, temperature_c: Number) -> SteamEnthalpy:
        """Dry saturated steam at a temperature."""
        wanted = _exact(temperature_c)
        low, high = self._bracket(
            [r.temperature for r in self._saturated], wanted, "温度", "temperature", "℃"
        )
        return self._linear(self._saturated[low], self._saturated[high], wanted, "temperature")

    def superheated(self, pressure_mpa: Number, temperature_c: Number) -> SteamEnthalpy:
        """Superheated steam, bilinear between the four printed neighbours."""
        p, t = _exact(pressure_mpa), _exact(temperature_c)
        p0, p1 = (self._pressures[i] for i in self._bracket(self._pressures, p, "压力", "pressure", "MPa"))
        t0, t1 = (
            self._temperatures[i] for i in self._bracket(self._temperatures, t, "温度", "temperature", "℃")
        )
        corners = tuple(dict.fromkeys(self._hot[a, b] for a in (p0, p1) for b in (t0, t1)))
        self._refuse_water(p, t, corners)
        at_low = _between(t0, self._hot[p0, t0].enthalpy, t1, self._hot[p0, t1].enthalpy, t)
        at_high = _between(t0, self._hot[p1, t0].enthalpy, t1, self._hot[p1, t1].enthalpy, t)
        return self._answer(_between(p0, at_low, p1, at_high, p), TABLE_SUPERHEATED, corners)

    def boiling_point(self, pressure_mpa: Number) -> Fraction | None:
        """Saturation temperature by the saturated table, linear between rows; ``None`` beyond the table."""
        p = _exact(pressure_mpa)
        pressures = [r.pressure for r in self._saturated]
        if not pressures[0] <= p <= pressures[-1]:
            return None
        low, high = self._bracket(pressures, p, "压力", "pressure", "MPa")
        one, two = self._saturated[low], self._saturated[high]
        return _between(one.pressure, one.temperature, two.pressure, two.temperature, p)

    def _refuse_water(self, p: Fraction, t: Fraction, corners: tuple[SteamRow, ...]) -> None:
        boils = self.boiling_point(p)
        said = f"{_plain(p)} MPa, {_plain(t)} ℃"
        if boils is not None and t <= boils:
            raise FactorNotFound(
                f"{said} 不是过热蒸汽（饱和温度约 {_plain(boils)} ℃）",
                f"{said} is not superheated steam (it boils near {_plain(boils)} °C)",
                ("饱和蒸汽 saturated",),
            )
        for row in corners:
            boils = self.boiling_point(row.pressure)
            if boils is not None and row.temperature <= boils:
                raise FactorNotFound(
                    f"{said} 的相邻表值中有水（{row.printed[0]} MPa {row.printed[1]} ℃），不能内插",
                    f"{said} has water among its printed neighbours, no interpolation",
                    (IF97,),
                )

    def _linear(self, one: SteamRow, two: SteamRow, wanted: Fraction, by: str) -> SteamEnthalpy:
        x0, x1 = getattr(one, by), getattr(two, by)
        exact = _between(x0, one.enthalpy, x1, two.enthalpy, wanted)
        return self._answer(exact, TABLE_SATURATED, tuple(dict.fromkeys((one, two))))

    def _answer(self, exact: Fraction, method: str, rows: tuple[SteamRow, ...]) -> SteamEnthalpy:
        notes = tuple(f"{r.printed[0]} MPa {r.printed[1]} ℃: {r.note}" for r in rows if r.note)
        return SteamEnthalpy(
            value=_cents(exact),
            exact=exact,
            unit="kJ/kg",
            method=method,
            rows=rows,
            notes=notes,
            document=self._guideline.title,
            document_number=self._guideline.document_number,
            place=rows[0].place,
            grade=max(r.grade for r in rows),
        )

    def _bracket(
        self, axis: Sequence[Fraction], at: Fraction, zh: str, en: str, unit: str
    ) -> tuple[int, int]:
        if not axis[0] <= at <= axis[-1]:
            span = f"{_plain(axis[0])}–{_plain(axis[-1])} {unit}"
            raise FactorNotFound(
                f"{zh} {_plain(at)} {unit} 超出指南表的范围 {span}",
                f"{en} {_plain(at)} {unit} lies outside the guideline's table, {span}",
                (IF97,),
            )
        high = bisect_left(axis, at)
        return (high, high) if axis[high] == at else (high - 1, high)


def if97_superheated(pressure_mpa: Number, temperature_c: Number) -> SteamEnthalpy:
    """Enthalpy of water or steam at absolute pressure and temperature by IAPWS-IF97, to 0.01 kJ/kg."""
    import seuif97

    p, t = float(_exact(pressure_mpa)), float(_exact(temperature_c))
    _within(0 < p <= 100 and 0 <= t <= 800, f"{pressure_mpa} MPa, {temperature_c} ℃", "0–100 MPa, 0–800 ℃")
    return _if97(seuif97.pt2h(p, t))


def if97_saturated(pressure_mpa: Number) -> SteamEnthalpy:
    """Dry saturated steam at an absolute pressure by IAPWS-IF97."""
    import seuif97

    p = float(_exact(pressure_mpa))
    _within(0.000612 <= p <= 22.064, f"{pressure_mpa} MPa", "0.000612–22.064 MPa")
    return _if97(seuif97.px2h(p, 1.0))


def if97_saturated_at(temperature_c: Number) -> SteamEnthalpy:
    """Dry saturated steam at a temperature by IAPWS-IF97."""
    import seuif97

    t = float(_exact(temperature_c))
    _within(0.01 <= t <= 373.946, f"{temperature_c} ℃", "0.01–373.946 ℃")
    return _if97(seuif97.tx2h(t, 1.0))


def _within(fits: bool, said: str, span: str) -> None:
    if not fits:
        raise FactorNotFound(f"{said} 超出 IAPWS-IF97 的范围", f"{said} lies outside IAPWS-IF97", (span,))


def _if97(enthalpy: float) -> SteamEnthalpy:
    value = Decimal(repr(enthalpy)).quantize(_CENT, ROUND_HALF_UP)
    return SteamEnthalpy(value, None, "kJ/kg", IF97, (), (), "IAPWS-IF97", "", "", "A")


def _row(row: Row) -> SteamRow:
    printed = (row["pressure_mpa"], row["temperature_c"], row["enthalpy"])
    p, t, h = (Fraction(x) for x in printed)
    return SteamRow(p, t, h, printed, row["place"], row["grade"], row["note"])


def _exact(number: Number) -> Fraction:
    try:
        return Fraction(number)
    except ValueError:
        raise FactorNotFound(f"“{number}”不是数", f"{number!r} is not a number") from None


def _between(x0: Fraction, y0: Fraction, x1: Fraction, y1: Fraction, x: Fraction) -> Fraction:
    return y0 if x0 == x1 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _cents(exact: Fraction) -> Decimal:
    return (Decimal((exact * 200 + 1).__floor__() // 2) / 100).quantize(_CENT)


def _plain(x: Fraction) -> str:
    return format((Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal("0.001")).normalize(), "f")
