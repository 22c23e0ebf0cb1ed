"""Industry and guideline (行业与指南): the class exists in its edition, and the guideline chosen covers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.loading import load
from tanhe.factors.model import IndustryClass
from tanhe.factors.tables import INDUSTRY_CLASSES
from tanhe.messages import text

GENERAL = "ndrc2015-industrial-other"


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, str]:
    """Names of groups and classes of the 2017 edition → code, the finest level winning."""
    rows = sorted((r for r in load(INDUSTRY_CLASSES) if r["edition"] == "2017"), key=lambda r: len(r["code"]))
    return MappingProxyType({r["name_zh"]: r["code"] for r in rows})


@lru_cache(maxsize=512)
def _class(code: str, edition: str) -> IndustryClass | FactorNotFound:
    try:
        return library().industry_class(code, edition)
    except FactorNotFound as why:
        return why


def _edition(c: Context) -> str:
    return "2011" if "2011" in c.dossier.entity.industry_edition else "2017"


def industry(c: Context) -> tuple[IndustryClass, bool] | None:
    """The entity's class by its code, in the other edition if need be, else by its name; whether by name."""
    entity = c.dossier.entity
    code, by_name = entity.industry_code.strip(), False
    if not code:
        code, by_name = _by_name().get(entity.industry_name, ""), True
    for edition in (_edition(c), "2017", "2011") if code else ():
        found = _class(code, edition)
        if isinstance(found, IndustryClass):
            return found, by_name
    return None


@check("PLA020", Family.PLAUSIBILITY, "material", covers=("I6",),
       clause="有本行业指南的用本行业指南，工业其他行业指南只用于没有专门指南的行业（行业对应等级见因子库）")
def guideline_of_industry(c: Context) -> Iterator[Result]:
    """所用指南适用于所属行业 | the guideline chosen covers the industry"""
    entity = c.dossier.entity
    found = industry(c)
    if found is None:
        yield not_run(text(f"行业“{entity.industry_code or entity.industry_name or '未写'}”不在 GB/T 4754 分类表中",
                           f"the industry {entity.industry_code or entity.industry_name or 'none'} is not in "
                           "GB/T 4754"))
        return
    known, by_name = found
    if not known.guideline:
        yield not_applicable(text(f"行业 {known.code} 没有收录对应的指南", f"no guideline is recorded for class {known.code}"))
        return
    if known.guideline == c.dossier.guideline:
        return
    right = library().guideline(known.guideline)
    place = c.place("entity", "industry_name" if by_name else "industry_code")
    message = text(
        f"所属行业 {known.code} {known.name_zh}，适用《{right.title}》（{right.document_number}，"
        f"对应关系{known.guideline_grade}级），"
        f"报告用的是“{c.inventory.guideline.short}”指南；改用适用的指南，并逐项询问它增列的排放源，或书面说明理由",
        f"class {known.code} {known.name_zh} belongs to {right.title} ({right.document_number}, grade "
        f"{known.guideline_grade}); the report uses "
        f"{c.inventory.guideline.title}. Use the right one and ask for the sources it adds, or give the reason "
        "in writing")
    places = (*c.place("guideline"), *place)
    if known.guideline_grade == "A":
        yield fail(message, "guideline", places)
    else:
        yield review(message, "guideline", places, severity="minor" if known.guideline_grade == "B" else "note")


@check("PLA021", Family.PLAUSIBILITY, "editorial", covers=("I5",), clause="GB/T 4754 国民经济行业分类：代码属于所称版本（A级）")
def code_in_edition(c: Context) -> Iterator[Result]:
    """行业代码在所称版本中存在 | the industry code exists in its edition"""
    code = c.dossier.entity.industry_code.strip()
    if not code:
        yield not_run(text("案卷没有行业代码", "the dossier has no industry code"))
        return
    found = _class(code, _edition(c))
    if isinstance(found, FactorNotFound):
        yield fail(text(f"行业代码：{found}；按现行版本改正代码和名称", f"industry code: {found}; use the code and name of the "
                                                      "edition in force"),
                   "entity/industry_code", (*c.place("entity", "industry_code"), *c.place("entity", "industry_edition")))
