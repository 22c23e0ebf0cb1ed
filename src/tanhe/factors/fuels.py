"""Fuel defaults of the guidelines (化石燃料缺省值): net calorific value, carbon content, oxidation factor."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Factor, Fuel, Guideline
from tanhe.factors.names import fold, lookup, near
from tanhe.factors.periods import in_force

_FIELDS: Final = (
    ("ncv", "低位发热量"),
    ("carbon_content", "单位热值含碳量"),
    ("oxidation_factor", "碳氧化率"),
)


class FuelTable:
    """All fuel rows, found by guideline and by Chinese name, alias, English name or id."""

    def __init__(self, rows: list[Row], aliases: list[Row], guidelines: Mapping[str, Guideline]) -> None:
        self._guidelines = guidelines
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self._names: dict[str, str] = {}
        self._own_names: dict[str, dict[str, str]] = {}
        for row in rows:
            guideline, fuel_id = row["guideline"], row["fuel_id"]
            self._rows.setdefault(guideline, {}).setdefault(fuel_id, []).append(row)
            for word in (fuel_id, row["fuel_zh"], row["fuel_en"]):
                self._names.setdefault(fold(word), fuel_id)
                self._own_names.setdefault(guideline, {}).setdefault(fold(word), fuel_id)
        for row in aliases:
            self._names.setdefault(fold(row["alias"]), row["fuel_id"])

    def fuel_id(self, name: str) -> str | None:
        """The id of a fuel named anywhere in the library, or ``None``."""
        return lookup(name, self._names)

    def ids(self, guideline: Guideline) -> tuple[str, ...]:
        """Ids of the fuels in a guideline's own table, in the printed order."""
        return tuple(self._rows.get(guideline.id, {}))

    def find(self, guideline: Guideline, name: str, on: date | None) -> Fuel:
        """See :meth:`tanhe.factors.library.Library.fuel`."""
        fuel_id = lookup(name, self._own_names.get(guideline.id, {})) or self.fuel_id(name)
        if fuel_id is None:
            shown = near(name, [r[0]["fuel_zh"] for r in self._standing_rows(guideline).values()])
            raise FactorNotFound(
                f"因子库中没有名为“{name}”的燃料", f"no fuel named {name!r} in the library", shown
            )
        own = self._rows.get(guideline.id, {}).get(fuel_id)
        if own:
            return _fuel(in_force(own, on), guideline)
        return self._borrowed(guideline, fuel_id, name, on)

    def _borrowed(self, guideline: Guideline, fuel_id: str, name: str, on: date | None) -> Fuel:
        kin = guideline.same_fuels_as
        if guideline.fuel_table_seen in ("yes", "none") or not kin:
            raise self._absent(guideline, fuel_id, name)
        try:
            fuel = self.find(self._guidelines[kin], fuel_id, on)
        except FactorNotFound:
            raise self._absent(guideline, fuel_id, name) from None
        return _as_borrowed(fuel, guideline)

    def _absent(self, guideline: Guideline, fuel_id: str, name: str) -> FactorNotFound:
        title, number = guideline.title, guideline.document_number
        have = self._standing_rows(guideline)
        if guideline.fuel_table_seen == "none":
            why = (f"《{title}》（{number}）没有燃料表", f"{guideline.id} ({number}) has no fuel table")
        elif not have:
            why = (
                f"《{title}》（{number}）的燃料表未见到，也没有同表的指南",
                f"the fuel table of {guideline.id} ({number}) was not read, and no kindred table is known",
            )
        else:
            why = (
                f"“{name}”不在《{title}》（{number}）的燃料表中",
                f"{name} is not in the fuel table of {guideline.id} ({number})",
            )
        elsewhere = [g for g, fuels in self._rows.items() if fuel_id in fuels][:3]
        shown = [f"{self._rows[g][fuel_id][0]['fuel_zh']} @ {g}" for g in elsewhere]
        return FactorNotFound(*why, [*near(name, [r[0]["fuel_zh"] for r in have.values()]), *shown])

    def _standing_rows(self, guideline: Guideline) -> dict[str, list[Row]]:
        rows = dict(self._rows.get(guideline.id, {}))
        if guideline.fuel_table_seen in ("no", "part") and guideline.same_fuels_as:
            rows = self._standing_rows(self._guidelines[guideline.same_fuels_as]) | rows
        return rows


def _fuel(row: Row, guideline: Guideline) -> Fuel:
    values = {field: _factor(row, guideline, field, zh) for field, zh in _FIELDS}
    return Fuel(
        id=row["fuel_id"],
        guideline=guideline.id,
        name_zh=row["fuel_zh"],
        name_en=row["fuel_en"],
        unit=row["unit"],
        ncv=values["ncv"],
        carbon_content=values["carbon_content"],
        oxidation_factor=values["oxidation_factor"],
        status=row["status"],
        grade=row["grade"],
        note=row["note"],
    )


def _factor(row: Row, guideline: Guideline, field: str, zh: str) -> Factor | None:
    if not row[field]:
        return None
    return Factor(
        key=f"fuel/{guideline.id}/{row['fuel_id']}/{field}",
        name=f"{row['fuel_zh']} {zh}",
        value=Decimal(row[field]),
        value_text=row[field],
        unit=row[f"{field}_unit"],
        document=guideline.title,
        document_number=guideline.document_number,
        place=row["place"],
        issued=guideline.issued,
        data_year=None,
        valid_from=row["valid_from"] or guideline.valid_from,
        valid_to=row["valid_to"] or guideline.valid_to,
        applies_to="",
        status=row["status"],
        grade=row["grade"],
        source=row["source"],
        note=row["note"],
    )


def _as_borrowed(fuel: Fuel, guideline: Guideline) -> Fuel:
    grade = max(fuel.grade, guideline.same_fuels_grade or "C")
    said = f"《{guideline.title}》的燃料表未见到原文，暂取自 {fuel.guideline}"
    note = f"{said}；{fuel.note}" if fuel.note else said

    def moved(field: str, factor: Factor | None) -> Factor | None:
        if factor is None or field in guideline.not_shared:
            return None
        return replace(
            factor, key=f"fuel/{guideline.id}/{fuel.id}/{field}", status="assumed", grade=grade, note=note
        )

    missing = "；".join(f"{zh}不沿用" for field, zh in _FIELDS if field in guideline.not_shared)
    return replace(
        fuel,
        guideline=guideline.id,
        status="assumed",
        grade=grade,
        note=f"{note}；{missing}" if missing else note,
        ncv=moved("ncv", fuel.ncv),
        carbon_content=moved("carbon_content", fuel.carbon_content),
        oxidation_factor=moved("oxidation_factor", fuel.oxidation_factor),
        borrowed_from=fuel.borrowed_from or fuel.guideline,
    )
