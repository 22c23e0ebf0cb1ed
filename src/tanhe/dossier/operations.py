"""What the enterprise is and does: boundary, sources, process, energy, equipment, meters, products (基本情况)."""

from __future__ import annotations

from tanhe.dossier.values import Day, Flag, Num, Part, Year


class Step(Part):
    """A step of the process in our own words (工艺流程)."""

    name: str
    text: str


class Process(Part):
    """A production process (生产工艺)."""

    name: str
    text: str = ""
    steps: tuple[Step, ...] = ()


class Energy(Part):
    """A kind of energy and its use (能源品种与用途)."""

    name: str
    use: str = ""
    facility: str = ""


class Equipment(Part):
    """A main energy-using device (主要用能设备)."""

    name: str
    unit: str = ""
    model: str = ""
    count: str = ""
    energy: str = ""
    location: str = ""
    status: str = ""


class Meter(Part):
    """A measuring instrument (计量器具)."""

    name: str
    number: str = ""
    count: str = ""
    model: str = ""
    accuracy: str = ""
    location: str = ""
    interval: str = ""
    calibrated: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    certificate: str = ""
    status: str = ""


class Product(Part):
    """Output of a product (主营产品)."""

    name: str
    unit: str = ""
    output: Num | None = None
    capacity: Num | None = None
    capacity_unit: str = ""
    value: Num | None = None
    year: Year | None = None


class Economics(Part):
    """A year's economic figures in 10⁴ yuan (经营情况)."""

    year: Year
    total_assets: Num | None = None
    fixed_assets: Num | None = None
    revenue: Num | None = None
    gross_output: Num | None = None
    value_added: Num | None = None
    profit: Num | None = None
    tax: Num | None = None
    debt_ratio: Num | None = None
    research: Num | None = None
    employees: Num | None = None
    output: Num | None = None
    output_unit: str = ""
    comprehensive_energy: Num | None = None


class SourceEntry(Part):
    """An emission source as identified in the boundary (排放源), linked to the line that computes it."""

    category: str
    gas: str = "CO2"
    energy: str = ""
    facility: str = ""
    location: str = ""
    line: str | None = None
    excluded: str = ""
    note: str = ""


class Boundary(Part):
    """Organisational and geographic boundary (核算边界)."""

    description: str = ""
    sites: tuple[str, ...] = ()
    branches: str = ""
    changes: str = ""
    notes: tuple[str, ...] = ()
    changed: Flag | None = None
