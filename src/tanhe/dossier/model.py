"""The dossier (案卷): everything one verification engagement knows, immutable, every value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field, PrivateAttr, field_validator

from tanhe.dossier.data import Datum, Reference, References, Table
from tanhe.dossier.operations import (
    Boundary,
    Economics,
    Energy,
    Equipment,
    Meter,
    Process,
    Product,
    SourceEntry,
)
from tanhe.dossier.parties import Body, Client, Dates, Entity, Interview, Person, Visit
from tanhe.dossier.places import Place
from tanhe.dossier.series import Series
from tanhe.dossier.values import Count, Day, Num, Part, Places, Year
from tanhe.messages import text
from tanhe.quantity.rounding import Kind

FORMAT = "tanhe.dossier/1"
Path = tuple[str | int, ...]


class EmissionLine(Part):
    """One emission line: which source, with which inputs, and the figure as reported (排放量计算行).

    ``inputs`` are the verified ones; ``as_reported`` stands where the enterprise used other parameters or another
    method. ``direction`` is for carbon balances: a feed goes in, a product goes out. ``fuel`` and ``gas`` name what
    library defaults are taken for.
    """

    id: str
    source: str
    item: str
    method: str | None = None
    fuel: str | None = None
    gas: str | None = None
    direction: Literal["in", "out"] | None = None
    inputs: dict[str, References] = Field(default_factory=dict)
    as_reported: dict[str, References] | None = None
    reported_method: str | None = None
    reported: Num | None = None
    note: str = ""


class Figure(Part):
    """A subtotal or total as reported (填报的合计)."""

    reported: Num | None = None


class Totals(Part):
    """The two totals as reported (企业温室气体排放总量)."""

    excluding_purchased_energy: Figure = Figure()
    including_purchased_energy: Figure = Figure()


class SupplementaryUnit(Part):
    """One unit of a supplementary data table (补充数据表的一个分厂或车间)."""

    table: str
    product: str
    unit_name: str = ""
    output: str | None = None
    lines: tuple[EmissionLine, ...]
    total: Figure = Figure()
    rows: dict[str, Reference] = Field(default_factory=dict)
    recovery_use: str = ""
    notes: tuple[str, ...] = ()


class Document(Part):
    """A document of the evidence list (支持性文件)."""

    id: str
    title: str
    group: str = ""
    date: Day | None = None
    file: str | None = None


class FindingStep(Part):
    """One step in the life of a finding: what happened, when, by which role (不符合项的处理记录).

    ``result`` belongs to ``verified``: corrected and conforming, corrected but not conforming, not corrected.
    """

    step: Literal["raised", "answered", "evidence", "verified", "closed", "conservative-estimate"]
    date: Day | None = None
    by: str = ""
    result: Literal["conforming", "not-conforming", "not-corrected"] | None = None
    note: str = ""


Category = Literal[
    "basic-situation", "boundary", "method", "data", "quality-assurance", "control-plan", "on-site", "other",
]
"""What a finding is about (不符合项类别), as the annex lists it."""


class Finding(Part):
    """A non-conformity, clarification or suggestion (不符合项、澄清项、建议), raised by a person or by a rule.

    ``fingerprint`` ties it to a rule's finding, so that a later run knows it again. ``status`` may be left to the
    last of its ``steps``.
    """

    id: str = ""
    kind: Literal["nc", "clarification", "suggestion"]
    category: Category | None = None
    description: str
    rule: str | None = None
    fingerprint: str | None = None
    parameter: str = ""
    cause: str = ""
    correction: str = ""
    evidence: str = ""
    conclusion: str = ""
    status: Literal["open", "answered", "closed", "conservative-estimate"] | None = None
    steps: tuple[FindingStep, ...] = ()

    @property
    def state(self) -> Literal["open", "answered", "closed", "conservative-estimate"]:
        """Where the finding stands: as stated, else by its last step; a finding without either is open."""
        if self.status is not None or self.kind == "suggestion":
            return self.status or "closed"
        last = self.steps[-1].step if self.steps else "raised"
        if last in ("closed", "conservative-estimate"):
            return "closed" if last == "closed" else "conservative-estimate"
        failed = last == "verified" and self.steps[-1].result in ("not-conforming", "not-corrected")
        return "open" if last == "raised" or failed else "answered"


class Waiver(Part):
    """A rule's finding accepted by a named role for a stated reason (豁免); it stays visible."""

    rule: str
    datum: str | None = None
    reason: str
    by: str
    date: Day

    @field_validator("rule", "reason", "by")
    @classmethod
    def _written(cls, given: str) -> str:
        if not given.strip():
            raise ValueError(text("豁免须写明规则、理由和角色，这里是空白", "a waiver names rule, reason and role; this is blank"))
        return given.strip()


class Statement(Part):
    """What the report says somewhere about something, as printed (报告中的表述), for checks of consistency.

    ``about`` is a path such as ``entity.uscc``, ``economics.2024.revenue``, ``totals.including``, ``datum.ID``, or a
    kind of claim: ``claim.same-boundary``, ``claim.no-fluctuation``, ``claim.all-nc-closed``, ``claim.sampling-100``.
    """

    about: str
    value: str = ""
    unit: str = ""
    where: str = ""
    text: str = ""


class Sampling(Part):
    """One round of sampling (抽样记录): population, sample so far, errors this round found, per object.

    Rounds of one object follow each other in the list. ``seed`` and ``selected`` say which were drawn and by what.
    """

    object: Literal["months", "meters", "sites", "documents"]
    datum: str | None = None
    population: Count
    sample: Count
    errors: Count = 0
    seed: str = ""
    selected: tuple[str, ...] = ()
    note: str = ""


class ReportMeta(Part):
    """Number and versions of the reports (报告编号与版本)."""

    number: str = ""
    initial_version: str = ""
    final_version: str = ""


class Conclusions(Part):
    """The verifier's statements (核查结论); figures in them are filled in by the program."""

    conformity: str = ""
    difference: str = ""
    fluctuation: str = ""
    uncovered: str = ""
    supplementary: str = ""


class Rounding(Part):
    """Deviations of this report from the guideline's rounding policy (数值修约)."""

    policy: str | None = None
    digits: dict[Kind, Places] = Field(default_factory=dict)
    intermediate: dict[Kind, Places] = Field(default_factory=dict)
    order: Literal["sum-then-round", "round-then-sum"] | None = None


class Dossier(Part):
    """One engagement: one enterprise, one year, one guideline (案卷)."""

    format: Literal["tanhe.dossier/1"]
    guideline: str
    year: Year
    entity: Entity
    client: Client = Client()
    body: Body | None = None
    report: ReportMeta = ReportMeta()
    dates: Dates = Dates()
    team: tuple[Person, ...] = ()
    interviews: tuple[Interview, ...] = ()
    visits: tuple[Visit, ...] = ()
    review_focus: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    processes: tuple[Process, ...] = ()
    energy: tuple[Energy, ...] = ()
    energy_management: str = ""
    equipment: tuple[Equipment, ...] = ()
    meters: tuple[Meter, ...] = ()
    products: tuple[Product, ...] = ()
    economics: tuple[Economics, ...] = ()
    boundary: Boundary = Boundary()
    sources: tuple[SourceEntry, ...] = ()
    method_notes: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    tables: dict[str, Table] = Field(default_factory=dict)
    data: dict[str, Datum] = Field(default_factory=dict)
    lines: tuple[EmissionLine, ...] = ()
    subtotals: dict[str, Figure] = Field(default_factory=dict)
    totals: Totals = Totals()
    supplementary: tuple[SupplementaryUnit, ...] = ()
    rounding: Rounding = Rounding()
    quality_assurance: tuple[str, ...] = ()
    monitoring_plan: str = ""
    other_findings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    statements: tuple[Statement, ...] = ()
    sampling: tuple[Sampling, ...] = ()
    limits: dict[str, str] = Field(default_factory=dict)
    conclusions: Conclusions = Conclusions()

    _places: Mapping[Path, Place] = PrivateAttr(default_factory=dict)
    _series: Mapping[str, Series] = PrivateAttr(default_factory=dict)
    _root: str = PrivateAttr(default="")
    _digest: str = PrivateAttr(default="")

    def attach(self, root: str, digest: str, places: Mapping[Path, Place], series: Mapping[str, Series]) -> Dossier:
        """The same dossier knowing where it was read from; used by the loader only."""
        copy = self.model_copy()
        copy._root, copy._digest = root, digest
        copy._places, copy._series = MappingProxyType(dict(places)), MappingProxyType(dict(series))
        return copy

    @property
    def root(self) -> str:
        """The folder the dossier was read from."""
        return self._root

    @property
    def digest(self) -> str:
        """``sha256:…`` over all files of the dossier."""
        return self._digest

    def series(self, table: str) -> Series:
        """The monthly table of that name."""
        return self._series[table]

    @property
    def all_series(self) -> Mapping[str, Series]:
        """Every monthly table by name."""
        return self._series

    def place(self, *path: str | int) -> Place | None:
        """Where the value at ``path`` was read; the nearest enclosing place if it has none of its own."""
        places = self._places
        while path:
            if path in places:
                return places[path]
            path = path[:-1]
        return None
