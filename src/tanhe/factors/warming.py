"""Global warming potentials (全球变暖潜势) by IPCC report, and which report a guideline uses."""

import re
from decimal import Decimal
from typing import Final

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Factor, Guideline
from tanhe.factors.names import fold, near

_SETS: Final = {
    "sar": "SAR",
    "ar2": "SAR",
    "第二次": "SAR",
    "ar4": "AR4",
    "第四次": "AR4",
    "ar5": "AR5",
    "第五次": "AR5",
    "ar6": "AR6",
    "第六次": "AR6",
}
_ORDER: Final = ("SAR", "AR4", "AR5", "AR6")


class WarmingTable:
    """GWP over 100 years by gas and set."""

    def __init__(self, rows: list[Row], usage: list[Row]) -> None:
        self._rows = {(row["gas"], row["gwp_set"]): row for row in rows}
        self._usage = {(row["guideline"], row["gas"]): row for row in usage}
        self._names: dict[str, str] = {}
        for row in rows:
            words = (row["gas"], row["name_zh"], *row["name_zh"].split())
            for word in words:
                self._names.setdefault(_plain(word), row["gas"])
            if row["gas"].startswith("HFC-"):
                self._names.setdefault(_plain("R" + row["gas"][3:]), row["gas"])

    def find(self, gas: str, gwp_set: str) -> Factor:
        """See :meth:`tanhe.factors.library.Library.gwp`."""
        name, report = self._gas(gas), _set(gwp_set)
        row = self._rows.get((name, report))
        if row is None:
            have = [f"{s}: {self._rows[name, s]['value']}" for s in _ORDER if (name, s) in self._rows]
            raise FactorNotFound(
                f"{report} 没有给出 {name} 的 GWP", f"{report} gives no GWP for {name}", have
            )
        return _factor(row, "")

    def for_guideline(self, gas: str, guideline: Guideline) -> Factor:
        """See :meth:`tanhe.factors.library.Library.gwp_for_guideline`."""
        name = self._gas(gas)
        usage = self._usage.get((guideline.id, name)) or self._usage.get((guideline.id, "*"))
        if usage is None:
            raise FactorNotFound(
                f"《{guideline.title}》未规定 {name} 的 GWP",
                f"{guideline.id} sets no GWP for {name}",
                sorted({g for g, _ in self._usage if g[:4] == guideline.id[:4]})[:3],
            )
        row = self._rows.get((name, usage["gwp_set"]))
        if row is None:
            return self.find(name, usage["gwp_set"])
        said = f"《{guideline.title}》采用 {usage['gwp_set']}（证据等级{usage['grade']}）"
        grade = max(row["grade"], usage["grade"])
        return _factor(row | {"grade": grade, "status": _weaker(row, usage)}, said)

    def _gas(self, gas: str) -> str:
        found = self._names.get(_plain(gas))
        if found is None:
            known = [g for g in dict.fromkeys(k[0] for k in self._rows)]
            raise FactorNotFound(f"没有气体“{gas}”", f"no gas {gas!r}", near(gas, known) or known[:3])
        return found


def _plain(word: str) -> str:
    return re.sub(r"[-\s]", "", fold(word))


def _set(name: str) -> str:
    folded = fold(name)
    for word, report in _SETS.items():
        if word in folded:
            return report
    raise FactorNotFound(f"没有 GWP 集“{name}”", f"no GWP set {name!r}", _ORDER)


def _weaker(row: Row, usage: Row) -> str:
    return usage["status"] if usage["grade"] >= row["grade"] else row["status"]


def _factor(row: Row, applies: str) -> Factor:
    return Factor(
        key=f"gwp/{row['gas']}/{row['gwp_set']}",
        name=f"{row['name_zh']} GWP（{row['gwp_set']}）",
        value=Decimal(row["value"]),
        value_text=row["value"],
        unit=row["unit"],
        document=row["document"],
        document_number=row["gwp_set"],
        place=row["place"],
        issued=row["issued"],
        data_year=None,
        valid_from="",
        valid_to="",
        applies_to=applies,
        status=row["status"],
        grade=row["grade"],
        source=row["source"],
        note=row["note"],
    )
