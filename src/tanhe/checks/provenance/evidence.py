"""Evidence behind a datum (数据的证据文件): the one the source names, dated before signing, of the reporting year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.checks.names import likeness, parts
from tanhe.checks.whatif import signed_on
from tanhe.dossier.data import Datum
from tanhe.messages import text

_CLAUSE = "核查报告的支持性文件：每个数据写明来源文件（B级）"
_DOCUMENT = re.compile(r"(表|单|台账|报表|发票|记录|报告|说明|凭证|清单|汇总|统计|证明书?)$")
_EARLIER = re.compile(r"年初|期初|上年|上一年")


def _cited(c: Context) -> Iterator[tuple[str, Datum, dict[str, str]]]:
    """Every datum that cites documents of the list, with their titles."""
    titles = {d.id: d.title for d in c.dossier.documents}
    for name, datum in c.dossier.data.items():
        mine = {i: titles[i] for i in datum.documents if i in titles}
        if mine:
            yield name, datum, mine


def _none() -> Result:
    return not_applicable(text("没有数据项引用证据清单", "no datum cites the evidence list"))


@check("PRO016", Family.PROVENANCE, "minor", needs=("data", "documents"), clause=_CLAUSE, covers=("A3", "K1"))
def cited_document_is_the_one_named(c: Context) -> Iterator[Result]:
    """引用的证据就是来源文字所称的文件 | the document cited is the one the source names"""
    listed = {d.id: d.title for d in c.dossier.documents}
    found = False
    for name, datum, mine in _cited(c):
        found = True
        if not datum.source:
            continue
        own = max(likeness(datum.source, t) for t in mine.values())
        if own == 1:
            continue
        best = max(listed, key=lambda i: likeness(datum.source, listed[i]))
        shown = "、".join(f"{i} {t}" for i, t in mine.items())
        where = (*c.place("data", name, "source"), *c.place("data", name, "documents"))
        other = likeness(datum.source, listed[best])
        if (own < 0.5 and other >= 0.6) or (own < 1 and other == 1):
            yield fail(text(f"{datum.item}的来源写“{datum.source}”，与 {best} {listed[best]} 相符，引用的却是 {shown}；"
                            "改正证据编号或来源",
                            f"{datum.item}: the source reads {datum.source!r}, which is {best}, but {shown}"
                            " is cited; correct number or source"),
                       name, where)
        elif own < 0.2 and any(_DOCUMENT.search(p) for p in parts(datum.source)):
            yield review(text(f"{datum.item}的来源写“{datum.source}”，引用的是 {shown}，名称不相干，证据清单也没有相近的文件；补充或改正",
                              f"{datum.item}: the source reads {datum.source!r}, cited is {shown}; unlike, "
                              "and nothing like it is listed"),
                         name, where)
    if not found:
        yield _none()


@check("PRO017", Family.PROVENANCE, "minor", needs=("documents",), clause="证据应在报告签发前取得", covers=("T12",))
def evidence_is_dated_before_signing(c: Context) -> Iterator[Result]:
    """证据的日期不晚于报告签发 | evidence is not dated after the report was signed"""
    day = signed_on(c.dossier)
    dated = [(n, d, d.date) for n, d in enumerate(c.dossier.documents) if d.date is not None]
    if day is None:
        yield not_run(text("案卷没有报告的签发日期", "the dossier has no date of signature"))
        return
    if not dated:
        yield not_applicable(text("证据没有日期", "no document bears a date"))
    for n, document, when in dated:
        if when > day:
            yield fail(text(f"证据 {document.id} {document.title}的日期为 {when}，报告已于 {day} 签发；核对日期，或说明如何取得",
                            f"document {document.id} is dated {when}, the report was signed on {day}; see "
                            "the date"),
                       document.id, (*c.place("documents", n, "date"), *c.place("dates", "issued")))


@check("PRO018", Family.PROVENANCE, "minor", needs=("data", "documents"), clause="数据的证据应属核算年度", covers=("T4", "K1"))
def evidence_is_of_the_year(c: Context) -> Iterator[Result]:
    """数据的证据属于核算年度 | the evidence of a datum is of the reporting year"""
    found = False
    for name, datum, mine in _cited(c):
        found = True
        if datum.kind == "factor" or _EARLIER.search(datum.item):
            continue
        for number, title in mine.items():
            years = {int(y) for y in re.findall(r"(?<!\d)(20[0-9]{2})\s*(?:年|—|-|$)", title)}
            if years and c.dossier.year not in years and not (min(years) < c.dossier.year < max(years)):
                yield fail(text(f"{datum.item}的证据 {number} 题为“{title}”，不是 {c.dossier.year} 年度的；换用本年度的文件或改正题名",
                                f"{datum.item} cites {number}, {title!r}, which is not of {c.dossier.year}"
                                "; cite the year's own document"),
                           f"{name}/{number}", (*c.place("data", name, "documents"), *c.place("documents")))
    if not found:
        yield _none()
