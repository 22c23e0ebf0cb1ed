"""How findings of completeness are worded (遗漏排放源的表述): what was found where, and what would settle it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tanhe.checks.amounts import shown
from tanhe.checks.completeness._estimates import fired_products, of_datum, span
from tanhe.checks.completeness._lexicon import Kind
from tanhe.checks.completeness._survey import Mention, survey
from tanhe.checks.engine import Context, Result, fail
from tanhe.checks.findings import Effect, Severity
from tanhe.dossier.places import Place
from tanhe.factors import loading, tables
from tanhe.messages import text

AREAS = {
    "energy": ("能源清单", "energy list"), "equipment": ("设备清单", "equipment list"), "data": ("数据与月度表", "data and tables"),
    "text": ("工艺、范围与边界文字", "process, scope and boundary texts"), "meter": ("计量器具", "meters"),
    "document": ("支持性文件", "documents"),
}
OMITTED = ("fuel", "purchased", "process-n2o")
_MACHINERY = frozenset(("33", "34", "35", "36", "37", "38"))


def places(c: Context, mentions: Iterable[Mention]) -> tuple[Place, ...]:
    """Every place of the mentions, once."""
    return tuple(dict.fromkeys(p for m in mentions for p in c.place(*m.path)))


def quoted(mentions: Iterable[Mention], count: int = 3) -> str:
    """The first few words found with their clauses, for a message."""
    clauses = dict.fromkeys(m.clause.strip()[:40] for m in mentions)
    return "；".join(f"“{part}”" for part in list(clauses)[:count])


def areas(mentions: Iterable[Mention]) -> str:
    """The parts of the dossier that speak of the source."""
    return "、".join(dict.fromkeys(text(*AREAS[m.area]) for m in mentions))


def estimate(given: Effect | None, zh: str, en: str) -> str:
    """The estimate of the omitted emission with its assumption, empty when there is none."""
    return text(f"。估计 {span(given)} tCO2e（{zh}）", f". Estimate {span(given)} tCO2e ({en})") if given else ""


def of_amount(given: Effect | None) -> str:
    """The estimate from an amount that the dossier states."""
    return estimate(given, "案卷所列数量乘以缺省值", "the amount in the dossier times the defaults")


def heat_words(c: Context) -> str:
    """Output and specific heat demand of the fired products, as an assumption to name."""
    parts = [f"{p.name} {shown(p.tonnes, 0)} t × {p.intensity.heat[0]}–{p.intensity.heat[1]} GJ/t" for p in fired_products(c)]
    return " + ".join(parts)


def amount(c: Context, kind: Kind, mentions: Iterable[Mention]) -> Effect | None:
    """What unused data of this kind emit by the defaults; the largest of them, for they may overlap."""
    own = {m.path[1] for m in mentions if m.area == "data" and m.path[0] == "data"}
    found = [e for name in own if name not in survey(c.inventory).used and (e := of_datum(c, str(name), kind))]
    return max(found, key=lambda e: e.high, default=None)


def omitted(c: Context, area: str, severity: Severity | None = None) -> Iterator[Result]:
    """Kinds without a source whose strongest evidence is of this area; one result for each kind."""
    for kind, mentions in survey(c.inventory).open(*OMITTED):
        if mentions[0].area != area:
            continue
        size = amount(c, kind, mentions)
        said = of_amount(size)
        yield fail(
            text(f"{areas(mentions)}写到{kind.zh}（{quoted(mentions)}），排放源和排放量计算都没有它{said}。请补列排放源和数据，或列为排除并说明理由",
                 f"{areas(mentions)} speak of {kind.en} ({quoted(mentions)}), but no source and no line holds it{said}. "
                 "Add the source with its data, or list it as excluded with the reason"),
            f"{kind.id}/{mentions[0].use or 'any'}", places(c, mentions), effect=size, severity=severity,
        )


def division(c: Context) -> str:
    """The division of GB/T 4754 (two digits) by code, else by the name of the class; empty when unknown."""
    digits = re.search(r"\d{2}", c.dossier.entity.industry_code)
    return digits[0] if digits else _named().get(c.dossier.entity.industry_name.strip(), "")


def machinery(c: Context) -> bool:
    """Whether the entity makes machinery or electrical equipment (C33–C38), by industry or by guideline."""
    return division(c) in _MACHINERY or c.dossier.guideline.endswith("machinery")


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    rows = loading.load(tables.INDUSTRY_CLASSES, loading.DATA)
    return {r["name_zh"]: r["code"][:2] for r in rows if r["code"][:1].isdigit()}
