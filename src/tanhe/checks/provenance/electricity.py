"""Electricity factors (电力排放因子): value and title, publication and signing, data year, region, one per boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.checks.findings import Effect
from tanhe.checks.provenance._electricity import (
    GREEN,
    PER_MWH,
    Use,
    applicable,
    area,
    describe,
    meant,
    newest,
    not_yet,
    owners,
    scope,
    titles,
    uses,
)
from tanhe.checks.slips import slip
from tanhe.checks.whatif import after, change, signed_on
from tanhe.factors.dates import earliest, latest
from tanhe.factors.model import Factor
from tanhe.messages import text
from tanhe.quantity.quantity import plain

_TITLE_YEARS = re.compile("《[^《》]*(?:因子|系数)[^《》]*》")
_OF_YEAR = re.compile(r"(20\d\d)年度?[\u4e00-\u9fff]{0,8}(?:电网|全国平均|区域)")
_CLAUSE = "核算指南 净购入电力排放因子：取主管部门最近公布的数据"


def _none() -> Result:
    return not_applicable(text("没有电力排放因子", "there is no electricity factor"))


@check("PRO002", Family.PROVENANCE, "material", needs=("data",), clause=_CLAUSE, covers=("F9",))
def electricity_value_belongs_to_its_title(c: Context) -> Iterator[Result]:
    """电力排放因子的数值与所称名称相符 | an electricity factor's value belongs to its title"""
    any_use = False
    for use in uses(c):
        any_use = True
        for column, value in use.values:
            datum = use.id if column == use.values[0][0] else f"{use.id}/{column}"
            if use.claim is not None:
                if value != use.claim.value:
                    yield _mismatch(c, use, value, datum, use.claim)
                continue
            if use.claims_something:
                yield fail(text(f"{use.datum.item} {plain(value)}：{c.inventory.data[use.id].library_note}"
                                f"{_whose(value, None)}",
                                f"{use.datum.item} {plain(value)}: {c.inventory.data[use.id].library_note}"
                                f"{_whose(value, None)}"),
                           datum, use.places)
                continue
            if not owners(value) and value and not GREEN.search(use.datum.item + use.datum.source):
                yield review(text(f"{use.datum.item} {plain(value)}不是因子库中任何一年任何地区公布的数值；注明发布文件",
                                  f"{use.datum.item} {plain(value)} is no published value of any year or "
                                  "area known here; name the document"),
                             datum, use.places, severity="minor")
        yield from _titles(c, use)
        yield from _years(c, use)
    if not any_use:
        yield _none()


def _years(c: Context, use: Use) -> Iterator[Result]:
    """A source that names the document of one year and the factor of another."""
    titled = {year for title in _TITLE_YEARS.findall(use.datum.source) for year in re.findall(r"(20\d\d)年", title)}
    told = set(_OF_YEAR.findall(_TITLE_YEARS.sub("", use.datum.source)))
    if titled and told - titled:
        years = "、".join(sorted(told - titled))
        yield fail(text(f"{use.datum.item}的来源是{'、'.join(sorted(titled))}年的文件，却称取{years}年的因子（{use.datum.source[:60]}）。请改正年份",
                        f"the source of {use.datum.item} is the document of {', '.join(sorted(titled))}, the factor is said to be of {years}. "
                        "Correct the year"), f"{use.id}/year", c.place("data", use.id, "source"), severity="minor")


def _mismatch(c: Context, use: Use, value: Decimal, datum: str, claim: Factor) -> Result:
    """The value is not what the claimed document says; whose it is, and what would apply."""
    right = applicable(c, claim)
    late = claim.issued if right is not claim else ""
    zh, en = f"，该值 {late} 才公布，报告签发时尚不存在", f", published on {late} only, after the report was signed"
    applies, moved = "", _effect(c, use, right)
    if right is not None:
        applies = text(f"；按所称口径，签发时可用的最新值为 {right.value_text}（{describe(right)}）",
                       f"; of the kind claimed, the newest at signing was {right.value_text} "
                       f"({describe(right)})")
        applies += after(c.inventory, moved) if not use.supplementary else ""
    return fail(
        text(f"{use.datum.item}填 {plain(value)}，所称的{describe(claim)}为 {claim.value_text}"
             f"{zh if late else ''}{_whose(value, claim)}{applies}",
             f"{use.datum.item} is {plain(value)}; the {describe(claim)} claimed is {claim.value_text}"
             f"{en if late else ''}{_whose(value, claim)}{applies}"),
        datum, use.places, effect=moved)


def _effect(c: Context, use: Use, right: Factor | None) -> Effect | None:
    return change(c.inventory, use.id, right.value, PER_MWH) if right is not None else None


def _whose(value: Decimal, claim: Factor | None) -> str:
    """Whose digits these are; else what slip would explain them."""
    found = owners(value)
    if found:
        names = text("、", ", ").join(describe(f) for f in found[:3])
        return text(f"；{plain(value)} 是{names}", f"; {plain(value)} is {names}")
    hint = slip(value, claim.value) if claim is not None else ""
    return text(f"；{hint}", f"; {hint}") if hint else text("；没有查到该数值的出处", "; no document with this value "
                                                                          "is known here")


def _titles(c: Context, use: Use) -> Iterator[Result]:
    """The title printed in the report, where it speaks of another factor than the dossier's claim."""
    told: set[str] = set()
    for title in titles(c, use):
        published = title.factors()
        if use.claim is not None and use.value != use.claim.value and use.claim in published:
            continue
        if any(f.value == use.value for f in published) or title.words in told:
            continue
        told.add(title.words)
        names = text("、", ", ").join(f"{f.value_text} {describe(f)}" for f in published[-3:])
        names = names or text("没有公布过", "nothing published")
        yield fail(text(f"报告称用“{title.words}”，而数值为 {plain(use.value)}；该名称下的数值：{names}"
                        f"{_whose(use.value, None)}",
                        f"the report cites {title.words!r} but uses {plain(use.value)}; under that title: "
                        f"{names}{_whose(use.value, None)}"),
                   f"{use.id}/title/{len(told)}", (*use.places, *title.places))


@check("PRO003", Family.PROVENANCE, "material", needs=("data",), clause="核查报告只能引用签发前已公布的文件", covers=("T12",))
def cited_documents_existed(c: Context) -> Iterator[Result]:
    """引用的数值和文件在报告签发前已经公布 | what is cited was published before the report was signed"""
    day = signed_on(c.dossier)
    if day is None:
        yield not_run(text("案卷没有报告的签发日期", "the dossier has no date of signature"))
        return
    seen: set[str] = set()
    for use in uses(c):
        factor = meant(use)
        seen.add(use.id)
        if factor is not None and not_yet(factor, day):
            yield _too_late(c, use.id, f"{use.datum.item} {plain(use.value)}", describe(factor), factor.issued, day)
    for name, found in c.inventory.data.items():
        if name not in seen and found.factor is not None and not_yet(found.factor, day):
            yield _too_late(c, name, found.datum.item, f"《{found.factor.document}》", found.factor.issued, day)
    for name, datum in c.dossier.data.items():
        for year in re.findall(r"〔(20[0-9]{2})〕", datum.source + datum.conclusion):
            if int(year) > day.year:
                yield _too_late(c, name, datum.item, datum.source or datum.conclusion, year, day)


def _too_late(c: Context, datum: str, item: str, document: str, issued: str, day: date) -> Result:
    return fail(text(f"{item}取自{document}，{issued} 公布，而报告于 {day} 签发：签发时还没有这个文件。核对签发日期或因子的出处",
                     f"{item} comes from {document}, published {issued}, but the report was signed on {day}"
                     "; see the date or the source"),
                datum, (*c.place("data", datum), *c.place("dates", "issued"), *c.place("dates", "report_completed")))


@check("PRO004", Family.PROVENANCE, "material", needs=("data",), clause=_CLAUSE, covers=("F10",))
def electricity_factor_is_the_latest(c: Context) -> Iterator[Result]:
    """电力排放因子为签发时已公布的最新值 | the electricity factor is the newest published at signing"""
    found = list(uses(c))
    day = signed_on(c.dossier)
    if not found:
        yield _none()
    elif day is None:
        yield not_run(text("案卷没有报告的签发日期", "the dossier has no date of signature"))
        return
    for use in found:
        factor = meant(use)
        if factor is None or day is None or not_yet(factor, day) or (use.claim is not None and use.claim.value != use.value):
            continue
        year, kind = c.dossier.year, scope(factor)
        first, last = earliest(factor.valid_from), latest(factor.valid_to)
        if (first is not None and first > date(year, 12, 31)) or (last is not None and last < date(year, 1, 1)):
            yield fail(text(f"{use.datum.item}用{describe(factor)}，适用期 {factor.valid_from or '…'} 至 "
                            f"{factor.valid_to or '…'}，不含 {year} 年度",
                            f"{use.datum.item} uses {describe(factor)}, which applies from "
                            f"{factor.valid_from or '…'} to {factor.valid_to or '…'}, not to {year}"),
                       use.id, use.places)
            continue
        if kind == "national_ets":
            if not use.supplementary and not c.inventory.guideline.id.startswith("mee"):
                yield review(text(f"{use.datum.item} {plain(use.value)} 是{describe(factor)}，用于碳市场报告和补充数据表；"
                                  "企业边界按核算指南取电网平均因子",
                                  f"{use.datum.item} {plain(use.value)} is {describe(factor)}, meant for "
                                  "emission trading reports; the guideline asks for a grid average"),
                             use.id, use.places, severity="minor", effect=_grid_effect(c, use, day))
            continue
        yield from _newest(c, use, factor, day)


def _newest(c: Context, use: Use, factor: Factor, day: date) -> Iterator[Result]:
    kind = "regional" if scope(factor).startswith("regional") else scope(factor)
    place = area(factor)
    latest_one = newest(place, kind, day)
    if latest_one is None or (latest_one.data_year or 0) <= (factor.data_year or 0):
        return
    same = scope(latest_one) == scope(factor)
    zh = (f"{use.datum.item}用{describe(factor)}的 {factor.value_text}；{day} 签发时已有{describe(latest_one)} "
          f"{latest_one.value_text}")
    en = (f"{use.datum.item} uses {factor.value_text}, {describe(factor)}; by {day} there was "
          f"{latest_one.value_text}, {describe(latest_one)}")
    more = text("" if same else "（区域划分改变，按主管部门当年通知取值）", "" if same else " (regions were redrawn; follow "
                                                                        "the notice of the year)")
    yield (fail if same else review)(text(zh, en) + more, use.id, use.places, effect=_effect(c, use, latest_one))


def _grid_effect(c: Context, use: Use, day: date) -> Effect | None:
    grid = newest("全国", "national_average", day)
    return _effect(c, use, grid) if grid is not None else None
