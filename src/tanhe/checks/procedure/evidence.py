"""Evidence and criteria (支持性文件与核查准则): annexes present, data cite them, criteria in force (K8, K1, I10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tanhe.checks.engine import Context, Family, Result, check, not_applicable, not_run, review, unsettled
from tanhe.checks.procedure._helpers import report_date, table
from tanhe.dossier.data import Datum
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import StandardStatus
from tanhe.messages import text
from tanhe.quantity.quantity import plain

_MARK = re.compile(r"((?:GB|DL|JJG|JJF|HJ|SH|YB|HG|JB|GA|AQ|NB|QX|CETS)(?:\s*/\s*T)?)\s*[—-]?\s*([A-Z]{0,2}[—-]?\d+(?:\.\d+)*)\s*[-—–－]\s*(\d{4})")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[〔\[［（(]\s*(?:19|20)\d\d\s*[〕\]］）)]\s*\d+\s*号")
_TITLE = re.compile(r"《([^《》]{4,40})》")


@check("PRC060", Family.PROCEDURE, "editorial", needs=("documents",), clause="核查报告附件", covers=("K8",))
def annexes(c: Context) -> Iterator[Result]:
    """支持性文件清单含必备的文件 | the list of evidence contains the documents every report has"""
    titles = " ".join(x.title for x in c.dossier.documents)
    lacking = [row for row in table("annexes.csv") if not re.search(row["pattern"], titles)]
    if lacking:
        yield unsettled(text(f"支持性文件清单没有：{'、'.join(r['zh'] for r in lacking)}。请补列",
                             f"the list of evidence lacks: {', '.join(r['en'] for r in lacking)}. Add them"), "annexes", c.place("documents"))


@check("PRC061", Family.PROCEDURE, "editorial", needs=("criteria",), clause="核查准则应为现行有效版本", covers=("I10",))
def criteria_in_force(c: Context) -> Iterator[Result]:
    """所列准则在报告日期有效 | the criteria are in force on the report's date"""
    when = report_date(c.dossier)
    if when is None:
        yield not_run(text("案卷没有核查报告的日期", "the dossier has no date of the report"))
        return
    texts = [(("criteria", n), w) for n, w in enumerate(c.dossier.criteria)]
    texts += [(("statements", n), s.value) for n, s in enumerate(c.dossier.statements) if s.about == "criteria"]
    seen: set[str] = set()
    for path, words in texts:
        for name in cited(words):
            status = _status(name, when)
            if status is None or status.standard in seen or status.state not in ("superseded", "not-yet"):
                continue
            seen.add(status.standard)
            grade = text(f"（{status.grade}级依据）", f" (grade {status.grade})")
            if status.state == "superseded":
                message = text(f"“{status.standard}”已于 {status.superseded_on} 被“{status.superseded_by}”取代{grade}，报告日期为 {when}。请改引现行文件",
                               f"{status.standard!r} was superseded on {status.superseded_on} by {status.superseded_by!r}{grade}; the report "
                               f"bears {when}. Cite the document in force")
            else:
                message = text(f"“{status.standard}”自 {status.valid_from} 起实施{grade}，报告日期 {when} 时尚未实施。请改引当时有效的文件",
                               f"{status.standard!r} is in force from {status.valid_from}{grade}, the report bears {when}. Cite the document "
                               "then in force")
            yield review(message, f"criteria/{status.standard}", (*c.place(*path), *c.place("dates")))


@lru_cache(maxsize=1024)
def _status(name: str, when: date) -> StandardStatus | None:
    try:
        return library().standard_status(name, when)
    except FactorNotFound:
        return None


def cited(words: str) -> list[str]:
    """The names of laws and standards in a line of the criteria, as the library knows them."""
    found = [row["standard"] for row in table("criteria_names.csv") if re.search(row["pattern"], words)]
    found += [f"{kind.replace(' ', '')} {number}-{year}" for kind, number, year in _MARK.findall(words)]
    found += [re.sub(r"\s", "", m).replace("[", "〔").replace("]", "〕") for m in _NUMBER.findall(words)]
    found += _TITLE.findall(words) if not found else []
    return found


@check("PRC062", Family.PROCEDURE, "minor", needs=("data", "documents"), clause="核查报告附件：每个数据有证据文件", covers=("K1",))
def data_cite_evidence(c: Context) -> Iterator[Result]:
    """活动数据和生产数据写明证据编号 | activity and production data cite the evidence list"""
    data = c.dossier.data
    if not any(d.documents or any(x.document for x in d.cross_checks) for d in data.values()):
        yield not_applicable(text("数据项都不按编号引用证据清单，名称由 CRO013 核对", "no datum cites the list by number; CRO013 compares names"))
        return
    for name, datum in data.items():
        value = datum.verified if datum.verified is not None else datum.reported
        if datum.kind not in ("activity", "production") or value is None or datum.library or datum.documents or _derived(c, datum):
            continue
        if not value and not datum.source:
            continue
        yield unsettled(text(f"{datum.item}（{plain(value)} {datum.unit.zh}）没有引用证据清单中的文件。请写明证据编号并附原件",
                             f"{datum.item} ({plain(value)} {datum.unit}) cites no document of the evidence list. Give its number and the original"),
                        f"data/{name}", (*c.place("data", name), *c.place("documents")))


def _derived(c: Context, datum: Datum) -> bool:
    """Whether a datum is computed from other data, which bring their own evidence."""
    given = [] if datum.derive is None else [m for r in datum.derive.inputs.values() for m in (r if isinstance(r, list) else [r])]
    named = [m for m in given if isinstance(m, str) and m in c.dossier.data]
    return bool(named) and all(c.dossier.data[m].documents or c.dossier.data[m].library or c.dossier.data[m].kind == "factor" for m in named)
