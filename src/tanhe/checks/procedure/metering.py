"""Data and their meters (数据与计量器具): the meters named are listed, intervals and certificates agree (K2, K5, T11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from tanhe.checks.engine import (
    Context,
    Family,
    Result,
    check,
    fail,
    not_applicable,
    not_run,
    review,
    unsettled,
)
from tanhe.checks.procedure._helpers import table
from tanhe.checks.procedure.meters import _called, _id, _months, after_months
from tanhe.dossier.model import Path
from tanhe.dossier.operations import Meter
from tanhe.messages import text

_ONE = r"(?!GB|JJ|DL/|DN\d|HJ|SH/|YB/)[A-Z][A-Z0-9]*(?:[-—][A-Z0-9]+)*"
_NAMED = re.compile(
    r"(?:电[能度]?表|[水气油]表|总表|分表|关口表|计量表|仪表|表计|流量计|热量计|密度计|秤|衡|磅|积算仪|变送器|器具)(?:[（(]|编号|[:：\s])*"
    rf"(?P<numbers>{_ONE}(?:\s*[、和及]\s*{_ONE})*)(?![a-z/.])|编号[:：\s]*(?P<coded>[A-Z0-9][A-Z0-9-]{{3,}})")
_EXTERNAL = re.compile("供应商|供应方|供货方|供方|供电公司|供气公司|供热公司|外部|加油站|第三方|委托|结算")
_VALID = re.compile(r"有效期[^，。；\d]{0,4}(\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})\s*日?\s*(?:至|到|~|～|—|-|–)+\s*"
                    r"(\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})")
_EVERY = re.compile(r"每\s*[\d一两二三四五六八半]*\s*个?[年月]\S{0,2}(?:检定|校准|校验)|[\d一两二三四五六八]+\s*个?[年月](?:检定|校准|校验)?一次")
SLACK = timedelta(days=31)
"""Certificates end a day or a few before the interval is over."""


def _texts(c: Context) -> Iterator[tuple[str, Path, str]]:
    """Where data and findings name meters: what about, path, words."""
    for name, datum in c.dossier.data.items():
        for key in ("method", "calibration"):
            if words := getattr(datum, key):
                yield f"data/{name}", ("data", name, key), words
    for n, finding in enumerate(c.dossier.findings):
        yield f"findings/{finding.id or n}", ("findings", n), finding.description


def numbers(words: str) -> set[str]:
    """The numbers of meters a text names: after a word for a meter, or after 编号."""
    found: set[str] = set()
    for match in _NAMED.finditer(words):
        found |= {n for n in re.split(r"[\s、和及]+", match["numbers"] or match["coded"]) if re.search(r"\d", n)}
    return found


@check("PRC056", Family.PROCEDURE, "minor", needs=("meters",), clause="GB 17167；计量器具一览表", covers=("K2",))
def named_meters_listed(c: Context) -> Iterator[Result]:
    """数据所称的表计在计量器具表中 | the meters that the data name are in the list of meters"""
    listed = " ".join(f"{m.number} {m.name} {m.model} {m.certificate} {m.location}" for m in c.dossier.meters)
    marks = set(re.findall(r"[A-Z0-9-]+", listed))
    kinds = {row["zh"] for m in c.dossier.meters for row in kinds_in(m.name + m.model)}
    seen: set[str] = set()
    for about, path, words in _texts(c):
        for number in sorted(numbers(words)):
            if number in marks or number in listed or f"{about}/{number}" in seen:
                continue
            seen.add(f"{about}/{number}")
            yield fail(text(f"{_what(c, path)}所称的表计 {number} 不在计量器具表中。请补列该表计及其证书，或改正编号",
                            f"{_what(c, path)} names the meter {number}, which is not in the list of meters. List it with its certificate, or "
                            "correct the number"), f"{about}/{number}", (*c.place(*path), *c.place("meters")))
        if path[-1] != "method" or _EXTERNAL.search(words):
            continue
        for row in kinds_in(words):
            if row["zh"] not in kinds:
                kind = re.search(row["pattern"], words)
                yield unsettled(text(f"{_what(c, path)}称用{kind[0] if kind else ''}计量，计量器具表中没有{row['zh']}。请补列",
                                     f"{_what(c, path)} is metered by {kind[0] if kind else ''}; the list of meters has none of the kind. List it"),
                                f"{about}/{row['zh']}", (*c.place(*path), *c.place("meters")))
                break


@lru_cache(maxsize=1024)
def kinds_in(words: str) -> tuple[dict[str, str], ...]:
    """The kinds of meters a text names: rows of ``meter_classes.csv``."""
    return tuple(row for row in table("meter_classes.csv") if re.search(row["pattern"], words))


def _what(c: Context, path: Path) -> str:
    if path[0] == "data":
        return c.dossier.data[str(path[1])].item
    finding = c.dossier.findings[int(path[1])]
    return text(f"不符合项或建议“{finding.description[:16]}”", f"the finding {finding.description[:16]!r}")


@check("PRC057", Family.PROCEDURE, "editorial", needs=("meters",), clause="检定周期以规程和证书为准", covers=("K5", "T11"))
def interval_is_validity(c: Context) -> Iterator[Result]:
    """检定间隔与证书有效期相符 | the calibration interval and the certificate's validity agree"""
    last, compared = date(c.dossier.year, 12, 31), False
    for n, meter in enumerate(c.dossier.meters):
        begin, months = meter.valid_from or meter.calibrated, _months(meter.interval)
        if begin is None or meter.valid_to is None or months is None or begin > meter.valid_to:
            continue
        compared = True
        due = after_months(begin, months)
        if abs(meter.valid_to - due) <= SLACK:
            continue
        longer = meter.valid_to > due
        gap = text(f"，按间隔 {due} 起应已重新检定", f"; by the interval it was due on {due}") if longer and due <= last else ""
        yield review(text(f"{_called(meter)}的检定间隔为“{meter.interval}”，证书有效期却自 {begin} 至 {meter.valid_to}{gap}。请对照证书和检定规程",
                          f"{_called(meter)} is calibrated {meter.interval!r}, its certificate is valid from {begin} to {meter.valid_to}{gap}. "
                          "Compare the certificate and the regulation"),
                     _id(n, meter), c.place("meters", n), severity="minor" if not longer or due <= last else "editorial")
    if not compared:
        yield not_applicable(text("没有同时写明间隔和有效期的器具", "no meter has both an interval and a validity"))


@check("PRC058", Family.PROCEDURE, "minor", needs=("meters", "data"), clause="核查报告数据表：监测设备维护/校验", covers=("K5",))
def calibration_told_is_listed(c: Context) -> Iterator[Result]:
    """数据表所述的检定间隔、有效期与计量器具表相同 | calibration told with a datum is that of the list of meters"""
    numbered = {m.number: (n, m) for n, m in enumerate(c.dossier.meters) if m.number}
    told = [(name, d) for name, d in c.dossier.data.items() if d.calibration]
    if not told:
        yield not_run(text("数据项没有写监测设备的校验", "no datum says how its meter is calibrated"))
    for name, datum in told:
        found = numbers(datum.calibration) & set(numbered)
        if len(found) != 1:
            continue
        n, meter = numbered[found.pop()]
        why = _differs(datum.calibration, meter)
        if why:
            yield fail(text(f"{datum.item}：校验一栏写“{datum.calibration[:40]}”，计量器具表中 {meter.number} 为 {why}。请按证书统一",
                            f"{datum.item}: calibration is given as {datum.calibration[:40]!r}; the list of meters has {why} for {meter.number}. "
                            "Settle by the certificate"), f"data/{name}", (*c.place("data", name, "calibration"), *c.place("meters", n)))


def _differs(words: str, meter: Meter) -> str:
    """What the list has otherwise; empty where both agree or cannot be compared."""
    every, own = _EVERY.search(words), _months(meter.interval)
    if every and own is not None and (said := _months(every[0])) is not None and said != own:
        return meter.interval
    valid = _VALID.search(words)
    for printed, kept in zip(valid.groups(), (meter.valid_from, meter.valid_to), strict=True) if valid else ():
        parts = [int(part) for part in re.findall(r"\d+", printed)]
        if kept is not None and parts != [kept.year, kept.month, kept.day]:
            return f"{meter.valid_from} – {meter.valid_to}"
    return ""
