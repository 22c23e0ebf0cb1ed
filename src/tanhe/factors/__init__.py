"""The dated factor library (因子库): every value with unit, document, place, dates, status and grade."""

from tanhe.factors.describe import describe, describe_fuel, describe_selection
from tanhe.factors.electricity import SCOPES
from tanhe.factors.errors import FactorDataError, FactorNotFound
from tanhe.factors.library import Library, library
from tanhe.factors.loading import digest
from tanhe.factors.model import (
    Alternative,
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

__all__ = [
    "SCOPES",
    "Alternative",
    "Factor",
    "FactorDataError",
    "FactorNotFound",
    "Fuel",
    "Guideline",
    "Identifier",
    "IndustryClass",
    "Library",
    "PlausibleRange",
    "Province",
    "Selection",
    "StandardCoal",
    "StandardStatus",
    "describe",
    "describe_fuel",
    "describe_selection",
    "digest",
    "library",
]
