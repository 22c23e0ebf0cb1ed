"""Meters, records and documents behind the data (计量、记录与证据)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tanhe.checks.amounts import ELECTRIC, ENERGY, GAS, MASS, measured, value
from tanhe.checks.cross_check.sources import DEFAULT
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
from tanhe.checks.names import core, likeness, parts
from tanhe.dossier.data import Datum
from tanhe.messages import text

DIMENSIONS = {"electricity": ELECTRIC, "gas": GAS, "mass": MASS, "energy": ENERGY}
KNOWN = 0.5
"""Likeness from which a document of the evidence list is taken for the one cited."""


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Any]:
    """The words of ``metering.yaml``."""
    raw: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("metering.yaml").read_text("utf-8"))
    return raw


def _streams(c: Context) -> Iterator[tuple[str, Datum]]:
    """Metered quantities, of which there is some."""
    for name, datum in c.dossier.data.items():
        if measured(datum) and value(c, name):
            yield name, datum


@check("CRO012", Family.CROSS_CHECK, "minor", needs=("data", "meters"), covers=("K2",),
       clause="GB 17167：进出用能单位的每种能源配计量器具（B级）")
def stream_has_meter(c: Context) -> Iterator[Result]:
    """每一种计量数据有对应的计量器具 | each metered stream has a meter"""
    words, meters = vocabulary(), [m.name for m in c.dossier.meters]
    found = False
    for name, datum in _streams(c):
        stream = next((s for s in words["streams"] if DIMENSIONS[s["dimension"]] == datum.unit.dimension
                       and re.search(s.get("item", ""), datum.item)), None)
        if stream is None or datum.kind != "activity":
            continue
        found = True
        if any(re.search(stream["meter"], m, re.I) for m in meters) or re.search(words["external"], datum.method, re.I):
            continue
        yield unsettled(text(
            f"{datum.item}（{stream['zh']}）没有对应的计量器具：监测方法写“{datum.method or '无'}”，"
            f"计量器具表为{'、'.join(dict.fromkeys(meters))}；"
            "补器具名称、编号和检定证书，以对方计量结算的写明",
            f"{datum.item} has no meter: the method reads {datum.method or 'nothing'}, the meters are "
            f"{', '.join(dict.fromkeys(meters))}; "
            "name the meter and its certificate, or say that the supplier meters"),
            name, (*c.place("data", name, "method"), *c.place("meters")))
    if not found:
        yield not_applicable(text("没有须计量的活动数据", "no activity data to be metered"))


@check("CRO013", Family.CROSS_CHECK, "minor", needs=("data", "documents"), covers=("A3", "K1"),
       clause="核查报告附支持性文件清单：数据来源和交叉核对所称文件都在其中（B级）")
def cited_document_listed(c: Context) -> Iterator[Result]:
    """所称文件在支持性文件清单中 | the documents named are in the evidence list"""
    titles = [d.title for d in c.dossier.documents]
    cited: dict[str, list[tuple[str | int, ...]]] = {}
    for name, datum in c.dossier.data.items():
        if datum.library is not None or (datum.kind == "factor" and not datum.documents):
            continue
        if not datum.documents and value(c, name):
            for title in _named(datum.source):
                cited.setdefault(title, []).append(("data", name, "source"))
        for n, other in enumerate(datum.cross_checks):
            for title in _named(other.source) if other.document is None else ():
                cited.setdefault(title, []).append(("data", name, "cross_checks", n, "source"))
    if not cited and not any(d.documents for d in c.dossier.data.values()):
        yield not_run(text("数据项没有写来源文件", "no datum names a document"))
    for name, datum in _streams(c):
        if not datum.source and not datum.documents:
            yield unsettled(text(f"{datum.item}（{value(c, name)} {datum.unit.zh}）没有来源文件；补写数据来源和证据",
                                 f"{datum.item} ({value(c, name)} {datum.unit}) has no source document; name "
                                 "it and supply the evidence"),
                            f"data/{name}", c.place("data", name))
    for title, paths in cited.items():
        near = max(titles, key=lambda t: likeness(t, title))
        if likeness(near, title) < KNOWN:
            hint = text(f"，最接近的是“{near}”", f"; the nearest is {near}") if likeness(near, title) else ""
            yield unsettled(text(f"“{title}”不在支持性文件清单中{hint}；补入清单并附原件，名称不一的改为一致",
                                 f"{title} is not in the evidence list{hint}; add it with the original, or use "
                                 "one name"),
                            core(title), [p for path in paths for p in c.place(*path)])


def _named(source: str) -> list[str]:
    """Documents in a source cell that are records of the enterprise."""
    return [p.strip() for p in parts(source) if not DEFAULT.search(p) and len(core(p)) > 1 and not re.search(r"计算|之和|÷|×|[-—~]\d+月", p)]


@check("CRO014", Family.CROSS_CHECK, "editorial", needs=("data",), covers=("A11",),
       clause="核查记录表第5行：监测方法与用途相符（B级）")
def method_fits_use(c: Context) -> Iterator[Result]:
    """计量方法与用途相符 | the metering method fits the use"""
    checked = False
    for name, datum in _streams(c):
        if not datum.method:
            continue
        checked = True
        for rule in vocabulary()["misfits"]:
            use = f"{datum.facility}{datum.item}"
            if not re.search(rule["method"], datum.method) or DIMENSIONS.get(rule.get("dimension", ""), datum.unit.dimension) != datum.unit.dimension:
                continue
            if "facility" in rule and (not re.search(rule["facility"], use) or re.search(rule["except"], use)):
                continue
            if "facility" not in rule and any(re.search(s["meter"], datum.method) for s in vocabulary()["streams"]
                                              if DIMENSIONS[s["dimension"]] == datum.unit.dimension):
                continue
            yield review(text(f"{datum.item}（{datum.facility or '用途未写'}）的监测方法是“{datum.method}”：{rule['zh']}；"
                              "写明实际由谁、用什么器具计量",
                              f"{datum.item} ({datum.facility}) is metered by {datum.method}: {rule['en']}; "
                              "say what really meters it"),
                         name, c.place("data", name, "method"))
            break
    if not checked:
        yield not_applicable(text("没有写监测方法的计量数据", "no metered data with a method"))


@check("CRO015", Family.CROSS_CHECK, "editorial", needs=("data",), covers=("A12",),
       clause="核查记录表第6、7行：监测频次和记录频次用规定用语，记录不少于每月（B级）")
def frequency_in_vocabulary(c: Context) -> Iterator[Result]:
    """监测与记录频次用规定用语 | frequencies are in the vocabulary"""
    words, checked = vocabulary(), False
    for name, datum in _streams(c):
        for key, zh, said in (("frequency", "监测频次", datum.frequency), ("record_frequency", "记录频次", datum.record_frequency)):
            if not said or re.search(words["exempt"], said, re.I):
                continue
            checked = True
            if re.search(words["absent"], said):
                problem = text("没有填写", "left empty")
            elif not re.search(words["frequency"], said, re.I):
                problem = text("不是频次用语", "is no frequency")
            elif key == "record_frequency" and re.search(words["annual"], said.strip(), re.I):
                problem = text("少于每月", "is less often than monthly")
            else:
                continue
            yield fail(text(f"{datum.item}的{zh}印作“{said}”，{problem}；改为连续监测、每日、每月等实际频次",
                            f"{datum.item}: the {key} reads {said!r}, which {problem}; state the real one "
                            "(continuous, daily, monthly)"),
                       f"{name}/{key}", c.place("data", name, key))
    if not checked:
        yield not_applicable(text("没有填写频次", "no frequencies are given"))
