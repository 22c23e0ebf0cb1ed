"""What each data file of the library must hold (数据表结构): key, required columns, numbers, dates."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """The rules one file is loaded by.

    ``key`` columns name a row; ``required`` columns may not be empty; ``either`` names two columns of which
    one must be filled; ``values`` maps a number column to the column of its unit; ``numbers`` are plain;
    a row whose ``values`` are incomplete must say why in ``note``. ``dates`` may be partial. ``guideline``
    marks files whose ``guideline`` column must name a row of ``guidelines.csv``; ``ratios`` lets a value be
    ``44/12``.
    """

    file: str
    key: tuple[str, ...]
    required: tuple[str, ...]
    either: tuple[str, str] | None = None
    values: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("issued", "valid_from", "valid_to")
    guideline: bool = False
    graded: bool = True
    columns: tuple[str, ...] = ()
    ratios: bool = False


_EVIDENCE: Final = ("status", "grade", "source")


def _table(file: str, key: str, required: str = "", **more: object) -> Table:
    graded = bool(more.get("graded", True))
    needed = (*key.split(), *required.split(), *(_EVIDENCE if graded else ()))
    return Table(file, tuple(key.split()), tuple(dict.fromkeys(needed)), **more)  # type: ignore[arg-type]


GUIDELINES: Final = _table(
    "guidelines.csv",
    "guideline",
    "title fuel_table_seen",
    columns=(
        "document_number",
        "issued",
        "valid_from",
        "valid_to",
        "fuel_table",
        "same_fuels_as",
        "same_fuels_grade",
        "not_shared",
        "note",
    ),
)
FUELS: Final = _table(
    "fuels.csv",
    "guideline fuel_id",
    "fuel_zh fuel_en unit ncv_unit carbon_content_unit oxidation_factor_unit",
    values=(
        ("ncv", "ncv_unit"),
        ("carbon_content", "carbon_content_unit"),
        ("oxidation_factor", "oxidation_factor_unit"),
    ),
    guideline=True,
    columns=("place", "valid_from", "valid_to", "note"),
)
FUEL_ALIASES: Final = _table("fuel_aliases.csv", "alias", "fuel_id", graded=False)
ELECTRICITY: Final = _table(
    "electricity.csv",
    "scope area_zh data_year",
    "value unit document",
    values=(("value", "unit"),),
    numbers=("data_year",),
    columns=(
        "area_en",
        "document_number",
        "publisher",
        "place",
        "issued",
        "valid_from",
        "valid_to",
        "applies_to",
        "note",
    ),
)
PROVINCES: Final = _table(
    "provinces.csv", "admin_code", "province_zh province_en", columns=("region6_zh", "region7_zh", "note")
)
GWP: Final = _table(
    "gwp.csv",
    "gas gwp_set",
    "name_zh value unit document",
    values=(("value", "unit"),),
    columns=("issued", "place", "note"),
)
GWP_USAGE: Final = _table("gwp_usage.csv", "guideline gas", "gwp_set", guideline=True, columns=("note",))
PROCESS: Final = _table(
    "process.csv",
    "category item_id guideline",
    "item_zh unit",
    either=("guideline", "document"),
    values=(("value", "unit"),),
    numbers=("low", "high"),
    guideline=True,
    columns=(
        "item_en",
        "document",
        "document_number",
        "place",
        "issued",
        "valid_from",
        "valid_to",
        "applies_to",
        "note",
    ),
)
STANDARD_COAL: Final = _table(
    "standard_coal.csv",
    "edition energy_id",
    "energy_zh coefficient coefficient_unit document",
    values=(("coefficient", "coefficient_unit"),),
    numbers=("ncv", "ncv_high", "coefficient_high"),
    columns=("energy_en", "ncv_unit", "document_number", "place", "issued", "valid_from", "valid_to", "note"),
)
STEAM: Final = _table(
    "steam.csv",
    "kind pressure_mpa temperature_c",
    "enthalpy unit place",
    values=(("enthalpy", "unit"),),
    numbers=("pressure_mpa", "temperature_c"),
    guideline=True,
    columns=("note",),
)
INDUSTRY_CLASSES: Final = Table(
    "industry_classes.csv",
    ("edition", "code"),
    ("edition", "code", "name_zh", "level", "grade", "source"),
    guideline=True,
    columns=("section", "guideline_grade", "ets_guideline", "note"),
    dates=(),
)
STANDARDS: Final = _table(
    "standards.csv",
    "standard",
    "title",
    dates=("issued", "valid_from", "superseded_on"),
    columns=("superseded_by", "note"),
)
PLAUSIBLE_RANGES: Final = _table(
    "plausible_ranges.csv",
    "fuel_id",
    "fuel_zh unit document plausible_min plausible_max",
    values=(("plausible_min", "unit"), ("plausible_max", "unit")),
    numbers=("default_min", "default_max", "default_carbon_min", "default_carbon_max"),
    columns=("carbon_unit", "note"),
)
IDENTIFIERS: Final = _table("identifiers.csv", "kind code", "name_zh", columns=("detail", "note"))
UNIT_CONVERSIONS: Final = _table(
    "unit_conversions.csv",
    "from_unit to_unit",
    "value unit document",
    values=(("value", "unit"),),
    columns=("note",),
    ratios=True,
)

TABLES: Final = (
    GUIDELINES,
    FUELS,
    FUEL_ALIASES,
    ELECTRICITY,
    PROVINCES,
    GWP,
    GWP_USAGE,
    PROCESS,
    STANDARD_COAL,
    STEAM,
    INDUSTRY_CLASSES,
    STANDARDS,
    PLAUSIBLE_RANGES,
    IDENTIFIERS,
    UNIT_CONVERSIONS,
)
