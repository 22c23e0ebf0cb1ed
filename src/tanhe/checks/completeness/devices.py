"""Vehicles and devices against fuels (车辆、设备与燃料)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from tanhe.checks.completeness._estimates import per_gj, rounded
from tanhe.checks.completeness._lexicon import fold, kinds
from tanhe.checks.completeness._survey import survey, words_of
from tanhe.checks.completeness._words import estimate, places, quoted
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.messages import text

_DIESEL_NCV = "43.33"


@lru_cache(maxsize=1)
def _devices() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Rows of ``devices.csv`` in order; the first that fits a name counts."""
    with files("tanhe.checks.completeness").joinpath("devices.csv").open(encoding="utf-8") as stream:
        return tuple((re.compile(r["words"].casefold()), frozenset(r["allowed"].split())) for r in csv.DictReader(stream))


def allowed(name: str) -> frozenset[str] | None:
    """The kinds of energy a device of this name can use; None when the table does not know it."""
    return next((kinds_ for pattern, kinds_ in _devices() if pattern.search(fold(name))), None)


@check("CMP014", Family.COMPLETENESS, "minor", clause="各指南“化石燃料燃烧”（移动源）", covers=("B6",))
def vehicles_have_fuel(c: Context) -> Iterator[Result]:
    """厂内车辆和工程机械有燃料 | vehicles and machines on site have a fuel"""
    told = {kind.id for kind, _ in survey(c.inventory).open("fuel")}
    for kind, mentions in survey(c.inventory).open("mobile"):
        if told & kind.answered_by:
            continue
        sure = tuple(m for m in mentions if m.area != "document")
        types = tuple(dict.fromkeys(m.word for m in sure))
        if not types:
            continue
        per_tonne = (per_gj(c, kind) or Decimal(0)) * Decimal(_DIESEL_NCV)
        low, high = c.policy.number("mobile.fuel.low"), c.policy.number("mobile.fuel.high")
        size = rounded(per_tonne * low * len(types), per_tonne * high * len(types))
        said = estimate(size, f"{'、'.join(types)}各至少1台，每台每年柴油{low}–{high} t", f"one machine of each type at {low}–{high} t diesel a year")
        yield fail(
            text(f"工艺和设备提到{'、'.join(types)}（{quoted(sure)}），没有车用燃料的排放源{said}。请提供加油记录并补列，或证明为电动或由他方提供",
                 f"{', '.join(types)} are named ({quoted(sure)}), but no source holds their fuel{said}. Supply fuelling records and add "
                 "the source, or prove that they are electric or run by others"),
            "mobile", places(c, sure), effect=size,
        )


@check("CMP015", Family.COMPLETENESS, "minor", needs=("equipment", "lines"), clause="核查报告“主要用能设备”", covers=("B7",))
def fuels_have_a_device(c: Context) -> Iterator[Result]:
    """每种燃料在设备清单中有用能设备 | each fuel has a device in the equipment list"""
    found = survey(c.inventory)
    used = {m.kind.id for m in found.mentions if m.area == "equipment"}
    unsaid = {k for e in c.dossier.equipment if not e.energy for k in allowed(e.name) or ()}
    for line in found.lines:
        mine = frozenset(k for k in line.kinds if kinds()[k].group == "fuel")
        if line.use != "fuel" or not mine:
            continue
        near = mine | {a for k in mine for a in kinds()[k].answered_by} | {k for k, v in kinds().items() if v.answered_by & mine}
        if used & near or unsaid & mine:
            continue
        name = c.dossier.lines[line.place].item
        yield fail(
            text(f"“{name}”有排放量，设备清单的{len(c.dossier.equipment)}项中没有使用它的设备。请在设备清单补列使用该燃料的设备",
                 f"{name!r} has an emission, but none of the {len(c.dossier.equipment)} devices listed uses it. Add the device to the "
                 "equipment list"),
            line.id, (*c.place("lines", line.place), *c.place("equipment")),
        )


@check("CMP016", Family.COMPLETENESS, "minor", needs=("equipment",), clause="设备与能源的相配（devices.csv）", covers=("B8",))
def device_fits_energy(c: Context) -> Iterator[Result]:
    """设备与所用能源相配 | device and energy fit each other"""
    for n, device in enumerate(c.dossier.equipment):
        possible = allowed(device.name)
        given = {k for k in words_of(device.energy) if kinds()[k].group in ("fuel", "purchased", "memo")}
        if possible is None or not given or given & possible:
            continue
        names = "、".join(sorted(kinds()[k].name for k in given))
        can = "、".join(sorted(kinds()[k].name for k in possible if k in kinds()))
        yield fail(
            text(f"设备“{device.name}”的能源写作{device.energy}，这类设备用{can}。请核对设备名称和能源，改正其一",
                 f"the device {device.name!r} is said to use {names}; such a device uses {can}. Check name and energy and correct one"),
            f"equipment/{device.name}", c.place("equipment", n),
        )
