"""The things the factor library holds: factors (因子), fuels (燃料), guidelines (指南) and reference rows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tanhe.factors.errors import FactorNotFound
from tanhe.messages import text

GRADES: Final = {
    "A": (
        "两个来源一致，或见于官方文本、定义",
        "two sources agree, or read in the official text, or a definition",
    ),
    "B": ("一个来源", "one source"),
    "C": ("未核实", "not confirmed"),
}

STATUSES: Final = {
    "official-text": ("已与官方文本核对", "checked against the official text"),
    "published-report": ("见于已公布的核查报告", "seen in a published verification report"),
    "two-sources": ("两个来源一致，官方文本未见", "two sources agree, official text not read"),
    "one-source": ("仅一个来源，官方文本未见", "one source, official text not read"),
    "assumed": ("由同类文件推定，本文件未见", "taken over from a kindred document, own text not read"),
    "unverified": ("未核实，使用前须查对官方文本", "not confirmed, check the official text before use"),
    "draft": ("征求意见稿，从未生效", "draft, never in force"),
    "definition": ("定义", "a definition"),
    "judgement": ("本项目的判断，非官方", "this project's judgement, not official"),
}


@dataclass(frozen=True, slots=True)
class Factor:
    """A value with its address in law (因子): what it is, where printed, when it applies, how sure that is.

    ``value`` keeps the printed digits of ``value_text``; ``unit`` is a name ``tanhe.quantity.unit`` reads,
    ``"1"`` for fractions. ``issued`` is a full or partial date; ``valid_from`` and ``valid_to`` bound the
    reporting period, empty when open or unknown. ``status`` is a key of :data:`STATUSES`, ``grade`` of
    :data:`GRADES`. ``low`` and ``high`` are the printed range, where there is one.
    """

    key: str
    name: str
    value: Decimal
    value_text: str
    unit: str
    document: str
    document_number: str
    place: str
    issued: str
    data_year: int | None
    valid_from: str
    valid_to: str
    applies_to: str
    status: str
    grade: str
    source: str
    note: str
    low: str = ""
    high: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the value was seen in the official text, in a published report, or is a definition."""
        return self.status in ("official-text", "published-report", "definition")

    @property
    def status_words(self) -> str:
        """The status as a phrase in the current language."""
        return text(*STATUSES[self.status])


@dataclass(frozen=True, slots=True)
class Fuel:
    """Defaults of one fuel under one guideline (燃料缺省值). A value the table lacks is ``None``.

    ``ncv`` net calorific value (低位发热量), ``carbon_content`` per unit of heat (单位热值含碳量),
    ``oxidation_factor`` (碳氧化率). ``borrowed_from`` names the guideline whose table stands in for one that
    was not read; the three factors then have status ``assumed``.
    """

    id: str
    guideline: str
    name_zh: str
    name_en: str
    unit: str
    ncv: Factor | None
    carbon_content: Factor | None
    oxidation_factor: Factor | None
    status: str
    grade: str
    note: str
    borrowed_from: str = ""

    def require(self, field: str) -> Factor:
        """``ncv``, ``carbon_content`` or ``oxidation_factor``; raises ``FactorNotFound`` when absent."""
        found: Factor | None = {
            "ncv": self.ncv,
            "carbon_content": self.carbon_content,
            "oxidation_factor": self.oxidation_factor,
        }[field]
        if found is not None:
            return found
        zh = {"ncv": "低位发热量", "carbon_content": "单位热值含碳量", "oxidation_factor": "碳氧化率"}[field]
        raise FactorNotFound(
            f"{self.guideline} 的“{self.name_zh}”没有{zh}缺省值（{self.note or '须实测'}）",
            f"{self.guideline} has no default {field} for {self.name_en} ({self.note or 'to be measured'})",
        )


@dataclass(frozen=True, slots=True)
class Alternative:
    """A factor that was not chosen (备选因子) and why."""

    factor: Factor
    why_zh: str
    why_en: str

    @property
    def why(self) -> str:
        """The reason in the current language."""
        return text(self.why_zh, self.why_en)


@dataclass(frozen=True, slots=True)
class Selection:
    """The factor chosen for a question (选定因子), the reason, and what else there is."""

    factor: Factor
    why_zh: str
    why_en: str
    alternatives: tuple[Alternative, ...]

    @property
    def why(self) -> str:
        """The reason in the current language."""
        return text(self.why_zh, self.why_en)


@dataclass(frozen=True, slots=True)
class Guideline:
    """An accounting guideline or standard (核算指南). The validity bounds the period of the data it governs.

    ``fuel_table_seen``: ``yes``, ``part``, ``no`` (the guideline's own table was not read) or ``none``.
    """

    id: str
    title: str
    document_number: str
    issued: str
    valid_from: str
    valid_to: str
    fuel_table_seen: str
    same_fuels_as: str
    same_fuels_grade: str
    not_shared: tuple[str, ...]
    status: str
    grade: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province (省级行政区) and the grid region it lies in by the division into six and into seven."""

    code: str
    name_zh: str
    name_en: str
    region6: str
    region7: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class IndustryClass:
    """A class of GB/T 4754 (国民经济行业分类) with the guideline that covers it and how sure that is."""

    edition: str
    code: str
    name_zh: str
    level: str
    section: str
    guideline: str
    guideline_grade: str
    ets_guideline: str
    grade: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StandardStatus:
    """A standard on a day (标准状态). ``state``: ``current``, ``superseded``, ``not-yet``, ``unknown``."""

    standard: str
    title: str
    issued: str
    valid_from: str
    superseded_by: str
    superseded_on: str
    state: str
    status: str
    grade: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StandardCoal:
    """A conversion to standard coal (折标准煤系数) of GB/T 2589; ``low`` and ``high`` give its range."""

    id: str
    edition: str
    name_zh: str
    name_en: str
    ncv: Factor | None
    coefficient: Factor


@dataclass(frozen=True, slots=True)
class PlausibleRange:
    """Bounds of the net calorific value (低位发热量): of the guideline defaults, and plausible ones."""

    fuel_id: str
    fuel_zh: str
    unit: str
    default_min: Decimal
    default_max: Decimal
    plausible_min: Decimal
    plausible_max: Decimal
    carbon_min: Decimal | None
    carbon_max: Decimal | None
    carbon_unit: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A rule or code of an identification system (编码), such as the check digit of GB 32100."""

    kind: str
    code: str
    name_zh: str
    detail: str
    status: str
    grade: str
    source: str
    note: str
