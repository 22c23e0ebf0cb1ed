"""Forms whose labels and values each stand on a line of their own (逐行的数据核查表、基本信息表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, is_figure, key, unfinished
from tanhe.reading.documents.form_values import rejoined, rowed_rows, split_values
from tanhe.reading.documents.lines import half
from tanhe.reading.documents.words import HEADERS, ROW_LABELS, is_label
from tanhe.reading.understand.lexicon import label
from tanhe.reading.understand.vocabulary import row_field

_YEAR: Final = re.compile(r"(19|20)\d\d\s?年?(度)?")
_YEARS: Final = frozenset({"年份", "年度"})
_SIGNED: Final = re.compile(r"签名|签字|日期|(19|20)\d\d[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?")
_TITLE: Final = re.compile(r"[^。,;:]{3,30}(?:表|一览|清单)")
_NUMBERED: Final = re.compile(r"\d(?:\.\d)*\s?[.、]?\s?[\u4e00-\u9fff]{4}")
_FIELDS: Final = frozenset(
    "value unit source method frequency record_frequency calibration gaps sampling cross conclusion source_type facility "
    "location remark".split()
)
_VAGUE: Final = frozenset(
    "来源 依据 说明 序号 结论 抽样 核查值 核查数据 核查说明 核查发现 核查结果 填报数据 确认值 采用值 检测方法 取值 报告值 核查证据 "
    "监测设备 排放源 排放设备 用能设备 地点 所属部门 来源类型".split()
)
"""Row labels too common as values or as heads of columns to be trusted on a line of their own."""

_PAIRS: Final = frozenset("entity client guideline body role industry totals conclusions report".split())
_NO_PAIRS: Final = frozenset({"report.number", "entity.contact_department", "entity.employees", "entity.energy"})
_WRAPPED: Final = 56
"""A last value goes on below when it is as wide as this and has no end."""

_REACH: Final = 24
"""Lines between one label and the next, at most."""


@lru_cache(maxsize=4096)
def _row_label(said: str) -> bool:
    """Whether folded words label a row of a parameter table."""
    if said in ROW_LABELS or said == "备注":
        return True
    return len(said) <= 20 and said not in _VAGUE and not said.endswith(")") and row_field(said) in _FIELDS


@lru_cache(maxsize=4096)
def _pair_label(said: str) -> bool:
    """Whether folded words label a pair of a form."""
    if said not in ROW_LABELS and is_label(said):
        return True
    name = label(said) if len(said) <= 40 else None
    return name is not None and name.split(".")[0] in _PAIRS and name not in _NO_PAIRS


def is_row_label(said: str) -> bool:
    """Whether folded words label a row of a parameter table."""
    return _row_label(said)


def labels_form(said: str) -> bool:
    """Whether folded words label a row of a parameter table or a pair of a form."""
    return _row_label(said) or _pair_label(said)


def form(cells: Sequence[Cell]) -> tuple[int, list[Row]] | None:
    """How many cells belong to the form they begin, and its rows; None for fewer than four labels."""
    rowed = _row_label(key(cells[0].text))
    keys, labels = _labels(cells, rowed)
    if not labels or labels[0] != 0 or (labels[:3] == [0, 1, 2] and not _YEARS & set(keys[3:5])):
        return None
    again = next((n for n, i in enumerate(labels) if n and keys[i] == keys[0]), 0)
    if again:
        labels = labels[:again]
    far = next((n for n in range(1, len(labels)) if labels[n] - labels[n - 1] > _REACH), len(labels))
    inner = next((n for n in range(1, far + 1) if _table_in(cells, keys, labels, n)), 0)
    labels = labels[: inner or far]
    if len({keys[i] for i in labels}) < 4:
        return None
    end = _table_in(cells, keys, labels, len(labels)) or _last_value(cells, labels[-1])
    if not rowed:
        rows: list[Row] = []
        for start, stop in zip(labels, [*labels[1:], end], strict=True):
            rows += _declared(cells[start], rejoined(cells[start + 1 : stop]))
        return end, rows
    return end, rowed_rows(cells, labels, end)


def _labels(cells: Sequence[Cell], rowed: bool) -> tuple[list[str], list[int]]:
    """Folded words as far as the form reaches, and where labels stand.

    年份 without its year is the head of a small table, a role after a role is its holder.
    """
    keys: list[str] = []
    found: list[int] = []
    for i, cell in enumerate(cells):
        if i > (found[-1] if found else 0) + _REACH + 4:
            break
        said = key(cell.text) if len(cell.text) <= 80 else cell.text
        keys.append(said)
        if not (_row_label(said) if rowed else _pair_label(said) or said == "核查结论"):
            continue
        if said in _YEARS and (i + 1 == len(cells) or not _YEAR.fullmatch(key(cells[i + 1].text))):
            continue
        if not rowed and found and found[-1] == i - 1 and _holder(keys[i - 1], said):
            continue
        found.append(i)
    return keys, found


def _holder(before: str, said: str) -> bool:
    """核查组长 after 核查组长: names are often given as roles."""
    return before == said or ((label(before) or "").startswith("role.") and (label(said) or "").startswith("role."))


def _table_in(cells: Sequence[Cell], keys: Sequence[str], labels: Sequence[int], nth: int) -> int:
    """Where a table begins among the values of the label before ``nth`` (核查结论：… 源类别 …); 0 for none."""
    start = labels[nth - 1] + 1
    stop = labels[nth] if nth < len(labels) else min(start + _REACH, len(keys))
    if stop - start < 6 or (keys[start - 1] in ROW_LABELS and keys[start - 1] != "核查结论"):
        return 0
    for at in range(start + 1, stop - 3):
        if _numbered_title(cells[at]):
            return at
        header = keys[at] in HEADERS and not labels_form(keys[at]) and any(is_figure(c.text) for c in cells[at : at + 8])
        if header or (keys[at] in _YEARS and not _YEAR.fullmatch(keys[at + 1])):
            return at - 1 if _TITLE.fullmatch(keys[at - 1]) else at
    return 0


def _declared(name: Cell, values: Row) -> list[Row]:
    """A pair of a form; the declarations after it (核查结论： 1. … 2. …) are rows of their own."""
    if key(name.text).startswith("核查结论"):
        return [[name], *([cell] for cell in values)]
    own = next((i for i, cell in enumerate(values) if i and (len(cell.text) > 60 or _NUMBERED.match(half(cell.text)))), len(values))
    return [*split_values(name, values[:own]), *([cell] for cell in values[own:])]


def _numbered_title(cell: Cell) -> bool:
    """2. 排放量声明： begins text below the form."""
    said = half(cell.text[:40])
    return len(cell.text) < 40 and re.match(r"[2-9](?:\.\d)*\s?[.、]", said) is not None and _NUMBERED.match(said) is not None


def _last_value(cells: Sequence[Cell], label: int) -> int:
    end = label + 1
    while end < len(cells):
        end += 1
        if unfinished(cells[end - 1].text, _WRAPPED):
            continue
        if end < len(cells) and end <= label + 5 and _SIGNED.fullmatch(key(cells[end].text)):
            continue
        break
    return end
