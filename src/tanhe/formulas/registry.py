"""All formulas by id (公式一览), for dossiers that name the formula a value was derived with."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from tanhe.formulas.formula import Formula
from tanhe.messages import TanheError, text

MODULES = (
    "combustion", "carbonates", "carbon_balance", "nitric_adipic", "wastewater", "methane_recovery", "co2_recovery",
    "electrical_equipment", "welding", "electricity", "heat", "supplementary", "statistics", "other",
)


@lru_cache(maxsize=1)
def all_formulas() -> Mapping[str, Formula]:
    """Every formula of the floor by its id, e.g. ``heat.steam``."""
    found: dict[str, Formula] = {}
    for name in MODULES:
        for value in vars(import_module(f"tanhe.formulas.{name}")).values():
            if isinstance(value, Formula) and value.id.startswith(f"{name}."):
                found[value.id] = value
    return MappingProxyType(found)


def find(formula_id: str) -> Formula:
    """The formula with this id; an unknown id is an error naming the nearest."""
    formulas = all_formulas()
    if formula_id in formulas:
        return formulas[formula_id]
    near = difflib.get_close_matches(formula_id, formulas, n=1, cutoff=0.0)[0]
    raise TanheError(
        text(f"没有公式“{formula_id}”，最接近的是“{near}”", f"no formula {formula_id!r}; the nearest is {near!r}")
    )
