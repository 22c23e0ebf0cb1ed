"""Independent second sources (交叉核对的来源): there is one, it is another document, and the conclusion keeps to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.amounts import evaluation, measured, value
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review, unsettled
from tanhe.checks.names import likeness, parts, same_document, without
from tanhe.dossier.data import CrossCheck, Datum
from tanhe.messages import text

REASON = re.compile(r"未能|没有第二|单一|唯一|无可供|无法|未统计|不具备|没有可供|提供不出|认可|采信|only|single", re.I)
DEFAULT = re.compile(r"指南|缺省|默认|因子|通则|办法|公布|标准|default|guideline", re.I)
CHOSEN = re.compile(
    r"(?:认可|按|以|采用|取自|来自|来源于|来源为)(?:受核查方的|核查方的|企业的|了)?"
    r"(?:《([^》]+)》|([^《》，。；：,;]{1,16}?(?:统计表|统计数据|台账|台帐|发票|结算单|报表|盘点表|记录|清单|出库单|凭证|统计)))"
)
CHECKED = re.compile(r"核对(?:一致|无误|相符)|相互独立|与.{2,30}核对")
CLOSE = 0.25
"""Likeness from which a shortened wording in the conclusion still means the source of row 4."""


@check("CRO001", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A5",),
       clause="核查参考指南：活动数据逐项核查并以另一来源交叉核对；只有一个来源的说明理由（B级）")
def second_source(c: Context) -> Iterator[Result]:
    """活动数据和产量有第二来源或理由 | activity and output data have a second source or a reason"""
    found, direct = False, _activities(c)
    for name, datum in c.dossier.data.items():
        if not (measured(datum) or name in direct) or not value(c, name):
            continue
        found = True
        if any(not _same(datum, other) for other in datum.cross_checks):
            continue
        places = c.place("data", name, "cross_checks") if datum.cross_checks else c.place("data", name)
        if REASON.search(datum.cross_check_note):
            yield review(text(
                f"{datum.item}只有一个来源“{datum.source}”，报告说明为“{datum.cross_check_note}”；判断理由是否成立，能否补发票、结算单或库存核对",
                f"{datum.item} rests on one source ({datum.source}); the report says why. Judge the reason, or "
                "ask for an "
                "invoice, a settlement or a stock balance"), name, places, severity="note")
        elif not datum.cross_checks and not CHECKED.search(datum.cross_check_note):
            yield unsettled(text(
                f"{datum.item}（{value(c, name)} {datum.unit.zh}）只有来源“{datum.source or '未写'}”，没有交叉核对，也没有写只有一个来源的理由；"
                "补第二来源（发票、结算单、台账、库存平衡），确实没有的写明理由",
                f"{datum.item} ({value(c, name)} {datum.unit}) has the source {datum.source or 'none'} only, "
                "no cross-check and no "
                "reason; supply a second source or say why there is none"), name, places)
    if not found:
        yield not_applicable(text("没有实测的活动数据或产量", "no measured activity or output data"))


@check("CRO002", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A6",),
       clause="核查参考指南：交叉核对用独立来源，同一张表不能核对自身（B级）")
def independent_source(c: Context) -> Iterator[Result]:
    """第二来源不是同一份文件 | the second source is another document"""
    checked = False
    for name, datum in c.dossier.data.items():
        for n, other in enumerate(datum.cross_checks):
            checked = True
            if not _same(datum, other):
                continue
            yield fail(text(
                f"{datum.item}的数据来源是“{datum.source}”，交叉核对用的“{other.source}”是同一份文件"
                + (f"，两处同为 {other.value}" if other.value is not None else "")
                + "，等于没有核对；换用独立来源，没有的写明只有一个来源",
                f"{datum.item} comes from {datum.source} and is checked against {other.source}, the same document"
                + (f" with the same {other.value}" if other.value is not None else "")
                + "; use an independent source or say there is only one"),
                f"{name}/{n}", (*c.place("data", name, "source"), *c.place("data", name, "cross_checks", n, "source")))
    if not checked:
        yield not_applicable(text("没有交叉核对记录", "no cross-checks are recorded"))


@check("CRO007", Family.CROSS_CHECK, "minor", needs=("data",), covers=("A4",),
       clause="核查记录表第4行“数据来源”、第10行“交叉核对”、第11行“核查结论”指同一来源（B级）")
def conclusion_keeps_source(c: Context) -> Iterator[Result]:
    """核对与结论所称来源同数据来源一致 | check and conclusion name the source of the datum"""
    checked = False
    for name, datum in c.dossier.data.items():
        if not datum.source:
            continue
        for key, said, where in _wordings(datum):
            checked = True
            for chosen in _chosen(said):
                if DEFAULT.search(chosen) or any(_alike(chosen, own, datum.item) for own in parts(datum.source)):
                    continue
                yield fail(text(
                    f"{datum.item}的数据来源写“{datum.source}”，{where}却以“{chosen}”为数据源；查原件，确认数值取自哪一份，三处改为一致",
                    f"{datum.item}: the source row says {datum.source}, the {key[0]} takes {chosen} as the source; "
                    "look at the originals and make the rows agree"),
                    f"{name}/{chosen}", (*c.place("data", name, "source"), *c.place("data", name, *key)))
    if not checked:
        yield not_applicable(text("没有写明来源的核对说明或结论", "no explanation or conclusion to compare"))


def _activities(c: Context) -> set[str]:
    """Data that stand as activity in a line of the inventory and are not defaults."""
    given = [evaluation(line) for line in c.inventory.lines]
    used = {i.datum for e in given if e is not None for i in e.inputs if i.spec.role == "activity"}
    return {name for name in used if name is not None and c.dossier.data[name].library is None}


def _wordings(datum: Datum) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    if datum.conclusion:
        yield ("conclusion",), datum.conclusion, "核查结论"
    if datum.cross_check_note:
        yield ("cross_check_note",), datum.cross_check_note, "交叉核对说明"
    for n, other in enumerate(datum.cross_checks):
        if other.explanation:
            yield ("cross_checks", n, "explanation"), other.explanation, "交叉核对说明"


def _chosen(said: str) -> list[str]:
    return list(dict.fromkeys(a or b for a, b in CHOSEN.findall(said)))


def _alike(one: str, other: str, item: str) -> bool:
    return likeness(one, other) == 1 or likeness(without(one, item), without(other, item)) >= CLOSE


def _same(datum: Datum, other: CrossCheck) -> bool:
    if not datum.source:
        return False
    if other.document is not None and datum.documents:
        if (other.document,) == datum.documents:
            return True
        if other.document not in datum.documents:
            return False
    return any(same_document(own, named) for own in parts(datum.source) for named in parts(other.source))
