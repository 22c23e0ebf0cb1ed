"""Headers of lists whose cells each stand on a line (一格一行清单的表头): which kind of list, which field each column is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.documents.cells import Row, extended, is_figure
from tanhe.reading.documents.lines import half
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import kinds
from tanhe.reading.understand.vocabulary import cross_field, row_field

_LONGEST: Final = 16
"""Columns of a header, at most."""
_SERIAL: Final = frozenset({"序号", "编号", "序"})
_STEPS: Final = {
    "步骤": "step", "环节": "step", "日期": "date", "时间": "date", "处理人": "by", "责任人": "by", "办理人": "by", "说明": "note", "备注": "note"
}
"""Columns of the record of how a finding was dealt with (不符合项处理记录)."""
_TWICE: Final = frozenset({"interviews", "visits", "equipment", "team"})
"""Kinds whose lists may have two columns of one meaning: 部门 and 职务, 设备 and 设备名称."""
_CODE: Final = re.compile(r"(?=.{2,14}$)[A-Z]{1,4}(?:[-_]?[A-Z]{0,3}\d{1,4}){1,3}")
"""A running number with letters: D01, TM-D1-001."""


@dataclass(frozen=True)
class Head:
    """A header: kind of list, field of each column, how many cells it took, its cells (wrapped ones put together)."""

    kind: str
    fields: tuple[str, ...]
    size: int
    cells: Row
    known: int
    filled_down: frozenset[str]


@dataclass(frozen=True)
class Spec:
    """A kind of list: its name, the columns it needs, what it must not have, the columns filled down."""

    name: str
    needs: tuple[frozenset[str], ...]
    forbids: re.Pattern[str] | None
    fill: frozenset[str]


CROSS: Final = Spec("cross", (frozenset({"source"}), frozenset({"value"})), None, frozenset())


@lru_cache(maxsize=1)
def _specs() -> tuple[Spec, ...]:
    """The kinds of the vocabulary, and lists of parameters with one parameter a row."""
    flat = Spec("parameters", (frozenset({"item"}), frozenset({"value", "reported", "verified"})), None, frozenset())
    results = Spec("results", (frozenset({"label"}), frozenset({"figure"}), frozenset({"note"})), None, frozenset())
    steps = Spec("steps", (frozenset({"step"}), frozenset({"date"})), None, frozenset({"serial"}))
    return (*(Spec(kind.name, kind.needs, kind.forbids, kind.fill) for kind in kinds()), flat, results, steps)


@lru_cache(maxsize=4096)
def _columns(folded: str) -> tuple[tuple[str, str], ...]:
    """The kinds of lists that have a column of this name, and its field there."""
    if not folded or len(folded) > 24:
        return ()
    if folded in _SERIAL:
        return tuple((spec.name, "serial") for spec in _specs())
    found = [("parameters", field)] if (field := row_field(folded)) is not None else []
    found += [("steps", _STEPS[folded])] if folded in _STEPS else []
    found += [("cross", field)] if (field := cross_field(folded)) is not None else []
    if (field := result_column(folded)) is not None:
        found.append(("results", field))
    for kind in kinds():
        name = next((name for name, pattern in kind.columns if pattern.fullmatch(folded)), None)
        if name is not None:
            found.append((kind.name, name))
    return tuple(found)


def result_column(folded: str) -> str | None:
    """The field of a column of a result table that has remarks: 源类别, 填报值, 核查值, 说明."""
    if folded in ("源类别", "排放源类别", "类别", "排放类别", "种类", "排放源", "项目", "排放项目"):
        return "label"
    if folded in ("备注", "说明", "原因", "差异原因", "差异说明"):
        return "note"
    if re.fullmatch(r".{0,6}(?:算式|计算式|计算过程|计算公式)", folded):
        return "formula"
    if re.fullmatch(r".{0,4}结论|是否一致|符合性", folded):
        return "verdict"
    return "figure" if re.search(r"排放量|当量|质量|填报|核查|复算|初始|最终|tCO2|差异|占比|比例", folded) else None


def begins_list(first: str) -> bool:
    """Whether a line may be the first header cell of a list."""
    return len(first) <= 24 and bool(_columns(fold(first)))


def heads_column(words: str, kind: str) -> bool:
    """Whether words are the name of a column of this kind of list."""
    return len(words) <= 24 and any(name == kind for name, _ in _columns(fold(words.rstrip("/、"))))


def shape(said: str) -> str:
    """A running number without its figures and letters: TM-D1-001 → A-A#-#; empty for what is none."""
    return re.sub(r"\d+", "#", re.sub(r"[A-Z]+", "A", said)) if _CODE.fullmatch(said) else ""


def head_of(cells: Sequence[Cell]) -> Head | None:
    best: Head | None = None
    for spec in _specs():
        head = header_as(spec, cells)
        if head is None or not all(need & set(head.fields) for need in spec.needs):
            continue
        words = [fold(cell.text) for cell in head.cells]
        if spec.forbids and any(spec.forbids.search(word) for word in words):
            continue
        if spec.name == "results" and (head.fields[0] != "label" or head.fields.count("label") > 1):
            continue
        if best is None or head.known > best.known:
            best = head
    if best is not None and best.kind == "results" and "verdict" not in best.fields:
        blank = Cell("", best.cells[0].place)
        return replace(best, fields=("label", "sub", *best.fields[1:]), cells=[best.cells[0], blank, *best.cells[1:]])
    return best


def header_as(spec: Spec, cells: Sequence[Cell]) -> Head | None:
    """The longest beginning whose cells are columns of this kind; after 序号 all up to the first 1."""
    fields: list[str] = []
    made: Row = []
    at = known = 0
    near = range(2, min(_LONGEST + 6, len(cells)))
    counted = next((i for i in near if half(cells[i].text) == "1" or _CODE.fullmatch(half(cells[i].text))), 0)
    serial = bool(cells) and fold(cells[0].text) in _SERIAL and counted
    limit = counted if serial else min(_LONGEST + 6, len(cells))
    while at < limit and len(fields) < _LONGEST:
        took, field = _column(spec.name, cells, at, limit, fields)
        if field is None:
            if not serial or is_figure(cells[at].text) or len(cells[at].text) > 24:
                break
            took, field = 1, ""
        cell = cells[at]
        for more in cells[at + 1 : at + took]:
            cell = extended(cell, more)
        fields.append("" if field == "serial" and not fields and not counted else field)
        made.append(cell)
        known += bool(field)
        at += took
    if (serial and at < limit) or len(fields) < 2:
        return None
    return Head(spec.name, tuple(fields), at, made, known, spec.fill)


def _column(kind: str, cells: Sequence[Cell], at: int, limit: int, before: Sequence[str]) -> tuple[int, str | None]:
    """How many cells (a wrapped header is two or three) name a column not yet taken, and its field."""
    for took in (1,) if kind == "results" else (1, 2, 3):
        if at + took > limit:
            break
        words = "".join(cell.text for cell in cells[at : at + took])
        field = dict(_columns(fold(words))).get(kind)
        if field is not None and (field not in before or field == "figure"):
            return took, field
        if field is not None and took == 1 and kind in _TWICE:
            return took, ""
    return 1, None
