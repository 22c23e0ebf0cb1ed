"""Rounding (修约) as reports do it: exact, half-up, by a named policy and never by a stray ``round``.

A reported figure can only be replayed if one knows which quantities were rounded, to how many decimals, and
whether parts were rounded before they were added. :class:`RoundingPolicy` says so, per guideline or per
report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, get_args, overload

from tanhe.messages import TanheError, text
from tanhe.quantity.exact import half_up, ratio_of, significant, sum_tolerance, truncate

__all__ = [
    "FULL_PRECISION",
    "MEE_TEMPLATE",
    "NDRC",
    "NDRC_CARBON_FOUR",
    "NDRC_INTEGER_TOTALS",
    "NDRC_PLATFORM",
    "NDRC_TWO_DECIMALS",
    "Kind",
    "Mode",
    "Order",
    "RoundingPolicy",
    "half_up",
    "significant",
    "sum_tolerance",
    "truncate",
]

Mode = Literal["half-up", "truncate"]
Order = Literal["sum-then-round", "round-then-sum"]


class Kind(StrEnum):
    """What is rounded (修约对象)."""

    EMISSION_LINE = "emission-line"
    """排放量分项, tCO2e of one source."""
    SUBTOTAL = "subtotal"
    """分类合计, tCO2e of one category."""
    TOTAL_EXCLUDING = "total-excluding"
    """不包括净购入电力和热力的总量, tCO2e."""
    TOTAL_INCLUDING = "total-including"
    """包括净购入电力和热力的总量, tCO2e."""
    FUEL = "fuel"
    """燃料消耗量, t or 10⁴Nm³."""
    NCV = "ncv"
    """低位发热量, GJ/t or GJ/10⁴Nm³."""
    CARBON_PER_ENERGY = "carbon-per-energy"
    """单位热值含碳量, tC/GJ."""
    CARBON_CONTENT = "carbon-content"
    """含碳量, tC/t or tC/10⁴Nm³, measured or calorific value × carbon per energy."""
    CARBON_MASS = "carbon-mass"
    """氧化的碳量, tC of one source, before it is multiplied by 44/12."""
    OXIDATION_FACTOR = "oxidation-factor"
    """碳氧化率, a fraction."""
    ENTHALPY = "enthalpy"
    """焓值, kJ/kg."""
    HEAT = "heat"
    """热力, GJ."""
    ELECTRICITY = "electricity"
    """电力, MWh."""
    FACTOR = "factor"
    """排放因子 in general."""
    ELECTRICITY_FACTOR = "electricity-factor"
    """电力排放因子, tCO2/MWh."""
    CONCENTRATION = "concentration"
    """浓度, e.g. 化学需氧量, kg/m³."""
    INTENSITY = "intensity"
    """排放强度, tCO2 per unit of product."""


@dataclass(frozen=True)
class RoundingPolicy:
    """How one guideline or one report rounds.

    name, source: what the policy is called and which document or practice it comes from.
    digits: decimals of each reported kind; a kind that is absent or None is left at full precision.
    intermediate: kinds rounded inside a calculation before they are used, and to how many decimals.
    order: whether totals round the exact sum, or add the rounded lines.
    """

    name: str
    source: str
    digits: Mapping[Kind, int | None] = field(hash=False)
    intermediate: Mapping[Kind, int | None] = field(default_factory=dict, hash=False)
    order: Order = "sum-then-round"
    mode: Mode = "half-up"

    def __post_init__(self) -> None:
        for name in ("digits", "intermediate"):
            kinds = {_kind(kind): places for kind, places in getattr(self, name).items()}
            object.__setattr__(self, name, MappingProxyType(kinds))
        for chosen, known in ((self.order, get_args(Order)), (self.mode, get_args(Mode))):
            if chosen not in known:
                raise TanheError(
                    text(f"未知的修约方式「{chosen}」", f"unknown way of rounding '{chosen}'"),
                    expected=", ".join(known),
                )

    def __reduce__(self) -> tuple[type[RoundingPolicy], tuple[object, ...]]:
        state = (self.name, self.source, dict(self.digits), dict(self.intermediate), self.order, self.mode)
        return RoundingPolicy, state

    @overload
    def apply(self, kind: Kind | str, value: Decimal) -> Decimal: ...
    @overload
    def apply(self, kind: Kind | str, value: Fraction) -> Decimal | Fraction: ...
    def apply(self, kind: Kind | str, value: Decimal | Fraction) -> Decimal | Fraction:
        """The value as this policy reports a quantity of that kind; unchanged if it prescribes no digits."""
        return self._round(value, self.digits.get(_kind(kind)))

    @overload
    def apply_intermediate(self, kind: Kind | str, value: Decimal) -> Decimal: ...
    @overload
    def apply_intermediate(self, kind: Kind | str, value: Fraction) -> Decimal | Fraction: ...
    def apply_intermediate(self, kind: Kind | str, value: Decimal | Fraction) -> Decimal | Fraction:
        """The value as it goes on into the calculation: rounded if the policy rounds this kind there."""
        return self._round(value, self.intermediate.get(_kind(kind)))

    def total(
        self,
        kind: Kind | str,
        parts: Iterable[Decimal | Fraction],
        part: Kind | str = Kind.EMISSION_LINE,
    ) -> Decimal | Fraction:
        """The total of exact parts, each of kind ``part``, in this policy's order, then rounded as ``kind``.

        Without prescribed digits the exact sum is returned, as a Fraction.
        """
        rounds_first = self.order == "round-then-sum"
        ratios = (ratio_of(self.apply(part, value) if rounds_first else value) for value in parts)
        return self.apply(kind, sum(ratios, Fraction(0)))

    def _round(self, value: Decimal | Fraction, digits: int | None) -> Decimal | Fraction:
        if digits is None:
            return value
        return half_up(value, digits) if self.mode == "half-up" else truncate(value, digits)


def _kind(kind: Kind | str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise TanheError(
            text(f"未知的修约对象「{kind}」", f"unknown kind of quantity '{kind}'"), expected=", ".join(Kind)
        ) from None


_TWO: Final = {
    kind: 2 for kind in (Kind.EMISSION_LINE, Kind.SUBTOTAL, Kind.TOTAL_EXCLUDING, Kind.TOTAL_INCLUDING)
}

FULL_PRECISION: Final = RoundingPolicy("full-precision", "no rounding; for the replay at full precision", {})
"""Nothing is rounded (全精度)."""

NDRC_TWO_DECIMALS: Final = RoundingPolicy(
    "ndrc-two-decimals",
    "practice of published verification reports under the NDRC guidelines, 2018–2024",
    _TWO,
)
"""Lines, subtotals and totals at two decimals, totals from the exact sum.

Source: practice of published reports (工业其他行业, data years 2019, 2023, 2024). The guidelines state no
rule.
"""

NDRC: Final = NDRC_TWO_DECIMALS
"""What an NDRC guideline starts from where the report at hand does not show another practice."""

NDRC_INTEGER_TOTALS: Final = RoundingPolicy(
    "ndrc-integer-totals",
    "practice of published verification reports under the NDRC guidelines, 2018–2022",
    {**_TWO, Kind.TOTAL_EXCLUDING: 0, Kind.TOTAL_INCLUDING: 0},
)
"""Lines and subtotals at two decimals, totals half-up to whole tonnes.

Source: practice of published reports (机械设备制造 data year 2022; 化工 data year 2018).
"""

NDRC_CARBON_FOUR: Final = RoundingPolicy(
    "ndrc-carbon-four",
    "practice of one published verification report (工业其他行业, data year 2019), found by recomputation",
    _TWO,
    {Kind.CARBON_CONTENT: 4, Kind.CARBON_MASS: 2},
)
"""As NDRC_TWO_DECIMALS, with the carbon content at four and the oxidised carbon at two decimals on the way.

Source: derived, not stated anywhere; together they reproduce both fuel lines of a published report of 2019.
The first alone leaves the coal line at 16688.55 against 16688.54 printed.
"""

NDRC_PLATFORM: Final = RoundingPolicy(
    "ndrc-platform",
    "national MRV help platform (国家碳排放帮助平台百问百答), 2016, read in a mirror",
    {Kind.SUBTOTAL: 0, Kind.TOTAL_EXCLUDING: 0, Kind.TOTAL_INCLUDING: 0},
)
"""Emissions of each category and totals as whole tonnes; enterprise data keep the digits they have.

Source: national MRV help platform (2016), seen in a mirror, not in the original.
"""

MEE_TEMPLATE: Final = RoundingPolicy(
    "mee-template",
    "report template of the MEE steel guide CETS—AG—03.01—V01—2024 (环办气候函〔2025〕27号); "
    "carbon content, concentration and electricity factor only from a public implementation, not confirmed",
    {
        Kind.FUEL: 2,
        Kind.NCV: 3,
        Kind.CARBON_PER_ENERGY: 5,
        Kind.CARBON_CONTENT: 4,
        Kind.CONCENTRATION: 3,
        Kind.ELECTRICITY: 3,
        Kind.HEAT: 2,
        Kind.ELECTRICITY_FACTOR: 4,
        Kind.INTENSITY: 4,
        Kind.EMISSION_LINE: 2,
        Kind.SUBTOTAL: 2,
        Kind.TOTAL_EXCLUDING: 0,
        Kind.TOTAL_INCLUDING: 0,
    },
)
"""Digits of the official report template: emissions at two decimals, totals half-up to whole tonnes.

Source: template of CETS—AG—03.01—V01—2024 (环办气候函〔2025〕27号). Element carbon 4, COD concentration 3
and electricity factor 4 come from a public implementation and are not confirmed against the official text.
"""


POLICIES: Final = (
    FULL_PRECISION, NDRC_TWO_DECIMALS, NDRC_INTEGER_TOTALS, NDRC_CARBON_FOUR, NDRC_PLATFORM, MEE_TEMPLATE,
)


def policy_named(name: str) -> RoundingPolicy:
    """The policy of that name; an unknown name is an error listing the known ones."""
    for known in POLICIES:
        if known.name == name:
            return known
    raise TanheError(
        text(f"没有修约规则“{name}”", f"no rounding policy {name!r}"), expected=", ".join(p.name for p in POLICIES)
    )
