"""Data of a dossier (数据): each datum with the eleven rows of the verification table, and monthly tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tanhe.dossier.values import Num, Part, UnitField, Year

Kind = Literal["activity", "factor", "production", "other"]


class CrossCheck(Part):
    """A second source for a datum (交叉核对): what it says, the deviation as printed, and the explanation."""

    source: str
    document: str | None = None
    value: Num | None = None
    unit: UnitField | None = None
    deviation: Num | None = None
    explanation: str = ""


class LibraryRef(Part):
    """The library value a factor claims to be (引用的缺省值).

    ``table`` is ``fuel`` (with ``fuel`` and ``parameter`` ncv | carbon_content | oxidation_factor),
    ``electricity`` (``area``, ``data_year``, optional ``scope``), ``process`` (``category``, ``item``),
    ``steam`` (``pressure``, ``temperature``) or ``heat``.
    """

    table: Literal["fuel", "electricity", "process", "steam", "heat"]
    guideline: str | None = None
    fuel: str | None = None
    parameter: Literal["ncv", "carbon_content", "oxidation_factor"] | None = None
    area: str | None = None
    scope: str | None = None
    data_year: Year | None = None
    category: str | None = None
    item: str | None = None
    pressure: Num | None = None
    temperature: Num | None = None
    method: Literal["table", "if97", "stated"] | None = None


class Literal_(Part):
    """A number written in place of a reference, with its unit."""

    value: Num
    unit: UnitField
    note: str = ""


Reference = str | Literal_
References = Reference | Annotated[list[Reference], Field(min_length=1)]
"""A datum id, ``table.column``, ``line:ID``, ``default``, or a literal number with unit."""


class Derivation(Part):
    """How a datum was obtained from others (推算): the formula and where its symbols come from."""

    formula: str
    inputs: dict[str, References]


class Datum(Part):
    """One activity datum, factor or production figure, as reported and as verified (数据项).

    The fields follow the eleven rows: 数据项, 数值, 单位, 数据来源, 监测方法, 监测频次, 记录频次, 监测设备维护/校验,
    数据缺失处理, 交叉核对, 核查结论. ``unit_printed`` keeps a unit that cannot be, as the report prints it.
    """

    item: str
    symbol: str = ""
    kind: Kind = "activity"
    unit: UnitField
    reported: Num | None = None
    reported_unit: UnitField | None = None
    unit_printed: str = ""
    verified: Num | None = None
    source: str = ""
    documents: tuple[str, ...] = ()
    method: str = ""
    frequency: str = ""
    record_frequency: str = ""
    calibration: str = ""
    gaps: str = ""
    cross_checks: tuple[CrossCheck, ...] = ()
    cross_check_note: str = ""
    conclusion: str = ""
    series: str | None = None
    derive: Derivation | None = None
    library: LibraryRef | None = None
    source_type: str = ""
    facility: str = ""
    location: str = ""
    sampling: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _percent_once(cls, given: Any) -> Any:
        """``98%`` beside the unit ``%`` says per cent twice: it is 98 %, not 0.98 %."""
        if not isinstance(given, dict):
            return given
        units = {"reported": given.get("reported_unit") or given.get("unit"), "verified": given.get("unit")}
        twice = {
            key: value.rstrip().rstrip("%％")
            for key, unit in units.items()
            if isinstance(value := given.get(key), str) and value.rstrip().endswith(("%", "％")) and unit in ("%", "％")
        }
        return given | twice


class Column(Part):
    """One column of a monthly table: its meaning, unit, printed total and how the total is formed."""

    title: str
    unit: UnitField
    total: Num | None = None
    aggregate: Literal["sum", "weighted-mean", "mean", "none"] = "sum"
    weights: str | None = None


class Table(Part):
    """A monthly or billing-period table (月度数据), stored as CSV beside ``dossier.yaml``."""

    title: str
    file: str
    columns: dict[str, Column] = Field(min_length=1)
    note: str = ""
