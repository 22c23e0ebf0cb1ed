"""What a report cites and measures with (所引文件与所用器具): notices older than the report, meters that fit what they measure, the founding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tanhe.checks.amounts import ELECTRIC
from tanhe.checks.consistency._helpers import narrative, shown
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable
from tanhe.checks.procedure.metering import numbers
from tanhe.dossier.model import Path
from tanhe.messages import text

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}〔(20\d\d)〕\s*\d+\s*号")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_POWER, _FLOW = re.compile("电[能度]表|电量表"), re.compile("流量计|[衡秤]|气表|油表|水表|热量计|热能表")


def _signed(c: Context) -> date | None:
    """The last day of the engagement that is told."""
    return max((day for _, day in c.dossier.dates if isinstance(day, date)), default=None)


@check("PRC064", Family.PROCEDURE, "minor", clause="", covers=("T12", "I11"))
def notices_are_older(c: Context) -> Iterator[Result]:
    """所引文件的发文年份不晚于核查报告 | cited notices are no younger than the report"""
    d, last = c.dossier, _signed(c)
    if last is None:
        yield not_applicable(text("没有核查日期", "there are no dates of the verification"))
        return
    texts: list[tuple[Path, str]] = [*narrative(d), *((("criteria", n), words) for n, words in enumerate(d.criteria))]
    texts += [(("data", name, "source"), x.source) for name, x in d.data.items()]
    done: set[str] = set()
    for path, words in texts:
        for match in _NUMBER.finditer(words):
            if int(match[1]) > last.year and match[0] not in done:
                done.add(match[0])
                yield fail(text(f"{shown(path)}引用{match[0]}，报告最后的日期为 {last}，其时该文件还没有发布。请核对文号",
                                f"{shown(path)} cites {match[0]}; the last date of the report is {last}, before it was issued. Check the number"),
                           f"notice/{match[0]}", c.place(*path))


@check("PRC059", Family.PROCEDURE, "minor", needs=("meters", "data"), clause="GB 17167", covers=("K3", "A11"))
def meters_fit(c: Context) -> Iterator[Result]:
    """数据所称的器具能计量该数据 | the meter named measures that kind of quantity"""
    known = {m.number: (n, m.name) for n, m in enumerate(c.dossier.meters) if m.number}
    checked = False
    for name, datum in c.dossier.data.items():
        told = numbers(datum.method)
        named = {n for n in _TOKEN.findall(datum.method) if n in known and (n in told or not n.isdigit())} if datum.method else set()
        checked = checked or bool(named)
        electric = datum.unit.dimension == ELECTRIC
        for number in sorted(named):
            at, kind = known[number]
            if (_POWER.search(kind) and not electric and not _FLOW.search(kind)) or (_FLOW.search(kind) and electric and "电" in datum.item):
                yield fail(text(f"“{datum.item}”（{datum.unit.zh}）的监测方法写用 {number} 计量，而 {number} 是{kind}。请核对器具编号",
                                f"{datum.item!r} ({datum.unit}) is said to be measured by {number}, which is {kind}. Check the number"),
                           f"{name}/{number}", (*c.place("data", name, "method"), *c.place("meters", at)))
    if not checked:
        yield not_applicable(text("监测方法没有写器具编号", "no method names a meter by its number"))


@check("PRC065", Family.PROCEDURE, "minor", needs=("entity.founded",), clause="", covers=("T10",))
def founded_before(c: Context) -> Iterator[Result]:
    """受核查方的成立不晚于核算年度 | the entity was founded before the reporting year ended"""
    found = re.search(r"(?:19|20)\d\d", c.dossier.entity.founded)
    if found is None:
        yield not_applicable(text("没有成立年份", "no year of the founding is given"))
    elif int(found[0]) > c.dossier.year:
        yield fail(text(f"成立时间印作“{c.dossier.entity.founded}”，晚于核算年度 {c.dossier.year}。请对照营业执照",
                        f"founded {c.dossier.entity.founded!r}, after the reporting year {c.dossier.year}. Compare the licence"),
                   "founded", c.place("entity", "founded"))
