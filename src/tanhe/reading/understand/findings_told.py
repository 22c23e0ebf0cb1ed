"""Findings of the verifiers as their lists print them (不符合项清单、处理记录): columns taken apart, steps by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tanhe.reading.claims import Said
from tanhe.reading.understand.flat import fold, iso, unstopped
from tanhe.reading.understand.masking import people

_CATEGORIES: Final = (
    ("basic-situation", r"基本情况"), ("boundary", r"边界|排放源"), ("method", r"核算方法"), ("control-plan", r"控制计划|监测计划"),
    ("quality-assurance", r"质量保证|文件存档"), ("data", r"数据|参数|因子"), ("on-site", r"现场"), ("other", r"^其[他它]$"),
)
_STEPS: Final = (
    ("conservative-estimate", r"保守"), ("closed", r"关闭"), ("evidence", r"证据|证明材料|补充材料"), ("verified", r"核实|验证|复核|确认"),
    ("answered", r"答复|回复|原因分析|整改|纠正"), ("raised", r"开[出具]|提出|发现|下达"),
)
_RESULTS: Final = (
    ("not-conforming", r"已?(?:整改|纠正)[但，,]*不符合"), ("not-corrected", r"未(?:作|予)?(?:整改|纠正)"), ("conforming", r"已?(?:整改|纠正)[且，,并]*符合"),
)
_STATE: Final = re.compile(r"(?:^|(?<=[。；;]))\s*(?:已关闭|未关闭|已答复[，,]未关闭|已按保守原则估算|已(?:整改|纠正)[且但]不?符合|未整改)[。.]?\s*(?=$|[^，,；;])")
_OFFICE: Final = r"核查|组|部|科|处|室|企业|单位|公司|方$|员$|长$|人$|经理$"
"""What tells an office or a role from the name of a person."""
_EVIDENCE: Final = re.compile(r"(?:^|(?<=[。；;\s]))(?:整改)?证据(?:材料)?[:：]\s*(?P<v>.+)$", re.DOTALL)


def finding(row: Mapping[str, Said], kind: str) -> dict[str, Said]:
    """The fields of a finding: evidence out of the corrections, the state out of the conclusion."""
    place = row["description"].place
    fields = {name: Said(unstopped(said.text), said.place) for name, said in row.items() if name not in ("number", "category")}
    fields["kind"] = Said(kind, place)
    number = fold(row["number"].text) if "number" in row else ""
    if re.search(r"[A-Za-z]", number) and re.search(r"\d", number):
        fields["id"] = Said(number, row["number"].place)
    if "category" in row and (category := _first(_CATEGORIES, row["category"].text)):
        fields["category"] = Said(category, row["category"].place)
    if "correction" in fields:
        told = fields["correction"]
        match = _EVIDENCE.search(told.text)
        if match:
            fields["evidence"] = Said(unstopped(match["v"]), told.place)
            fields["correction"] = Said(unstopped(told.text[:match.start()]), told.place)
    if "conclusion" in row:
        told = row["conclusion"]
        folded = fold(told.text)
        if "保守" in folded and "未" not in folded:
            fields["status"] = Said("conservative-estimate", told.place)
        elif re.search(r"关闭|符合要求|已整改", folded) and "未关闭" not in folded:
            fields["status"] = Said("closed", told.place)
        words = _STATE.sub("", told.text).strip()
        if words:
            fields["conclusion"] = Said(unstopped(words), told.place)
        else:
            fields.pop("conclusion")
    return fields


def implied_steps(fields: Mapping[str, Said], day: str) -> Iterator[dict[str, Said]]:
    """The steps that the columns of the list themselves record, where the report has no record of steps."""
    place = fields["description"].place
    yield {"step": Said("raised", place), "by": Said("核查组", place), **({"date": Said(day, place)} if day else {})}
    told = fields.get("correction")
    if told is not None and re.search(r"已.{0,12}(?:补充|提交|提供|重新|修[改订]|更正|完善)", told.text):
        yield {"step": Said("evidence", told.place), "by": Said("受核查方", told.place), "note": told}
    if "status" in fields and fields["status"].text == "closed":
        yield {"step": Said("closed", fields["status"].place), "by": Said("核查组", fields["status"].place)}


def step(row: Mapping[str, Said]) -> dict[str, Said]:
    """The fields of one step in the life of a finding; nothing when its word is none of a step."""
    known = _first(_STEPS, row["step"].text)
    if known is None:
        return {}
    fields = {"step": Said(known, row["step"].place)}
    if "finding" in row:
        fields["finding"] = Said(unstopped(row["finding"].text), row["finding"].place)
    if "by" in row and re.search(_OFFICE, fold(row["by"].text)) and not people(row["by"].text):
        fields["by"] = Said(unstopped(row["by"].text), row["by"].place)
    if "date" in row and (day := iso(row["date"].text)):
        fields["date"] = Said(day, row["date"].place)
    if "note" in row:
        said = row["note"]
        head, mark, rest = said.text.partition("：")
        result = _first(_RESULTS, head) if known == "verified" and len(head) <= 10 else None
        if result is not None:
            fields["result"] = Said(result, said.place)
        note = unstopped(rest if result is not None and mark else "" if result is not None else said.text)
        if note:
            fields["note"] = Said(note, said.place)
    return fields


def _first(spec: tuple[tuple[str, str], ...], words: str) -> str | None:
    folded = fold(words)
    return next((name for name, pattern in spec if re.search(pattern, folded)), None)
