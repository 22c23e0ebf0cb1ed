"""Headers of result tables put together from pieces (汇总表表头拼接): every column understood, or no header at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tanhe.reading.understand.flat import fold

_MOST: Final = 24
_LABEL: Final = re.compile(r"(?:温室气体)?(?:排放|源|排放源)?(?:种类|类别|类型|项目|源)(?:名称)?|项目|排放源类别")
_NOTE: Final = re.compile(r"备注|说明|原因|差异(?:原因|说明)|占比.{0,12}|比例.{0,12}")
_UNIT: Final = r"(?:\((?:万?吨|t|tCO2e?|tCO2当量|万tCO2e?|吨CO2当量|吨二氧化碳(?:当量)?|%)\)|/?tCO2e?)?"
_FIGURE: Final = re.compile(
    rf"(?:温室气体本身质量|(?:CO2|二氧化碳)当量|(?:填报|初始|核查|确认|复算|报告|最终|企业)[\u4e00-\u9fff]{{0,10}}(?:值|排放量|数据)|"
    rf"差异|偏差|(?:温室气体|CO2|二氧化碳)?排放总?量|占比|比例){_UNIT}"
)
_RANK: Final = ("本身质量", "当量", "排放", "填报", "初始", "企业", "报告", "核查", "确认", "最终", "复算", "差异", "偏差", "占比", "比例")


@dataclass(frozen=True)
class Token:
    """Words between blanks, and the number of their line."""

    said: str
    line: int


def columns_of(tokens: Sequence[Token], counts: Collection[int]) -> list[str] | None:
    """The names of the columns, label first; ``counts``: how many cells rows have behind their labels."""
    if not 2 <= len(tokens) <= _MOST:
        return None
    found = _in_order([token.said for token in tokens]) or _across(tokens)
    return found if found is not None and len(found) - 1 in counts and _kind(found[0]) == "label" else None


def _kind(said: str) -> str:
    folded = fold(said)
    if len(folded) > 40:
        return ""
    if _LABEL.fullmatch(folded):
        return "label"
    return "note" if _NOTE.fullmatch(folded) else ("figure" if _FIGURE.fullmatch(folded) else "")


def _in_order(said: Sequence[str]) -> list[str] | None:
    """Neighbouring pieces joined to columns; units go with the words before them."""
    best: dict[int, list[str]] = {0: []}
    for at in range(len(said)):
        if at not in best:
            continue
        for stop in range(at + 1, min(at + 5, len(said)) + 1):
            joined = "".join(said[at:stop])
            following = said[stop] if stop < len(said) else ""
            if _kind(joined) and not following.startswith(("(", "（")) and stop not in best:
                best[stop] = [*best[at], joined]
    found = best.get(len(said))
    return found if found and len(found) > 1 and len(set(found)) == len(found) else None


def _across(tokens: Sequence[Token]) -> list[str] | None:
    """Columns cut across lines: the pieces of one line are above those of another, in the same order."""
    lines = sorted({token.line for token in tokens})
    whole = [token.said for token in tokens if _kind(token.said)]
    units = [token for token in tokens if _kind(token.said) and any(t.said.startswith(("（", "(")) and t.line > token.line for t in tokens)]
    for upper in lines:
        for lower in lines:
            above = [t.said for t in tokens if t.line == upper and (not _kind(t.said) or t in units)]
            below = [t.said for t in tokens if t.line == lower and not _kind(t.said)]
            if lower <= upper or len(above) != len(below) or not below:
                continue
            joined = [a + b for a, b in zip(above, below, strict=True)]
            rest = [said for said in whole if said not in above]
            if all(map(_kind, joined)) and len(joined) + len(rest) + len(above) == len(tokens):
                return _arranged([*joined, *rest])
    return None


def _arranged(names: Sequence[str]) -> list[str] | None:
    """Label first, remarks last, figures as such tables have them: mass, equivalent, filed, verified, difference."""
    kinds = [_kind(name) for name in names]
    if kinds.count("label") != 1 or kinds.count("note") > 1:
        return None

    def rank(name: str) -> int:
        kind = _kind(name)
        own = next((n for n, word in enumerate(_RANK) if word in fold(name)), len(_RANK))
        return -1 if kind == "label" else (99 if kind == "note" else own)

    ranks = [rank(name) for name in names]
    return [name for _, name in sorted(zip(ranks, names, strict=True))] if len(set(ranks)) == len(ranks) else None
