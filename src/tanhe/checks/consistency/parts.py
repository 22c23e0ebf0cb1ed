"""Mandatory parts (必备内容): signatures, team, schedule, equipment, meters, data rows, annexes (I16)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.consistency._helpers import statements
from tanhe.checks.engine import Context, Family, Result, check, unsettled
from tanhe.dossier.data import Datum
from tanhe.dossier.model import Path
from tanhe.messages import text

_ROWS = (
    ("source", "数据来源", "source"), ("method", "监测方法", "method"), ("frequency", "监测频次", "frequency"),
    ("record_frequency", "记录频次", "recording frequency"), ("gaps", "数据缺失处理", "treatment of gaps"),
    ("conclusion", "核查结论", "conclusion"),
)


@check("CON070", Family.CONSISTENCY, "minor", clause="核查报告格式", covers=("I16",))
def mandatory_parts(c: Context) -> Iterator[Result]:
    """报告的必备内容齐全 | the mandatory parts of a report are there"""
    d = c.dossier
    parts: tuple[tuple[str, bool, str, str], ...] = (
        ("entity.uscc", bool(d.entity.uscc), "统一社会信用代码", "unified social credit code"),
        ("entity.industry_code", bool(d.entity.industry_code), "行业代码", "industry code"),
        ("body", d.body is not None, "核查机构", "verification body"),
        ("team", bool(d.team), "核查组成员表", "table of the team"),
        ("visits", bool(d.visits or d.interviews), "现场核查安排", "schedule of the site visit"),
        ("criteria", bool(d.criteria), "核查准则", "criteria"),
        ("processes", bool(d.processes), "工艺流程", "process description"),
        ("equipment", bool(d.equipment), "主要用能设备表", "table of main equipment"),
        ("meters", bool(d.meters), "计量器具表", "table of meters"),
        ("products", bool(d.products), "产品产量表", "table of output"),
        ("sources", bool(d.sources), "排放源表", "table of emission sources"),
        ("data", bool(d.data), "数据核查表", "tables of data"),
        ("documents", bool(d.documents), "支持性文件清单（附件）", "list of evidence (annex)"),
        ("conclusions.conformity", bool(d.conclusions.conformity), "核查结论", "conclusion"),
    )
    for name, there, zh, en in parts:
        if not there:
            path: Path = tuple(name.split("."))
            yield unsettled(text(f"缺少{zh}（{name}）。请补充", f"{en} ({name}) is missing. Supply it"), f"part/{name}",
                            c.place(*path) or c.place("format"))
    for said in statements(c, "missing-part"):
        yield unsettled(text(f"报告没有{said.spec.value}（{said.where}）。请补充", f"the report has no {said.spec.value} ({said.where}). Supply it"),
                        f"part/{said.spec.value}", said.places)


@check("CON071", Family.CONSISTENCY, "minor", needs=("team",), clause="核查报告格式", covers=("I16", "P2"))
def signatures(c: Context) -> Iterator[Result]:
    """组长、技术评审人和批准人已署名并注明日期 | leader, reviewer and approver have signed, with dates"""
    d = c.dossier
    for role, zh, en in (("leader", "核查组长", "leader"), ("technical-reviewer", "技术评审人", "technical reviewer"),
                         ("approver", "批准人", "approver")):
        people = [(n, p) for n, p in enumerate(d.team) if p.role == role]
        if not people or not any(p.signed for _, p in people):
            places = c.place("team", people[0][0]) if people else c.place("team")
            yield unsettled(text(f"没有{zh}的签名日期。请补充签名页", f"no signature of the {en} with a date. Supply the signature page"),
                            f"signature/{role}", places)
    for n, said in enumerate(statements(c, "signature")):
        who, absent = said.spec.value, said.spec.text == "absent"
        yield unsettled(text(f"核查组成员表有“{who}”，签名页没有其署名。请补签" if absent else f"签名页有“{who}”署名，核查组成员表没有列出。请统一",
                             f"the team has {who!r}, who has not signed" if absent else f"{who!r} signed and is not in the table of the team"),
                        f"signature/{said.spec.text}/{n}", said.places)


@check("CON072", Family.CONSISTENCY, "minor", needs=("data", "lines"), clause="核查报告数据表", covers=("I16",), letters=True)
def data_rows(c: Context) -> Iterator[Result]:
    """参与计算的活动数据，其核查表各行齐全 | the rows of the table of each activity datum are filled"""
    used = {name for line in c.dossier.lines for name in line.inputs.values() if isinstance(name, str)}
    used |= {x for name in used if name in c.dossier.data and (made := c.dossier.data[name].derive) for x in made.inputs.values() if isinstance(x, str)}
    for name, datum in c.dossier.data.items():
        value = datum.verified if datum.verified is not None else datum.reported
        if datum.kind != "activity" or name not in used or not value or datum.library is not None:
            continue
        missing = _missing(datum)
        if missing:
            yield unsettled(text(f"“{datum.item}”的核查表缺：{'、'.join(zh for zh, _ in missing)}。请补充",
                                 f"the table of {datum.item!r} lacks: {', '.join(en for _, en in missing)}. Supply them"),
                            f"rows/{name}", c.place("data", name), severity="minor" if len(missing) > 1 else "editorial")


def _missing(datum: Datum) -> list[tuple[str, str]]:
    found = [(zh, en) for name, zh, en in _ROWS if not getattr(datum, name)]
    if not datum.cross_checks and not datum.cross_check_note:
        found.append(("交叉核对", "cross-check"))
    return found
