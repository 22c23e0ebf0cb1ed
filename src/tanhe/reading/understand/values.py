"""The figures of a parameter (数值栏): which is reported, which verified, which are its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Said
from tanhe.reading.understand.located import (
    Row,
    absent,
    figure,
    filled,
    is_unit,
    number,
    said,
    unit_text,
    year_of,
)
from tanhe.reading.understand.vocabulary import fold, plain, row_field

_NUMBER: Final = r"([+\-–]?\d[\d,，]*(?:\.\d+)?\s?[%％]?)"
_INLINE: Final = {
    "reported": re.compile(rf"(?:填报|申报|初始|上报|排放报告)[^\d:：]{{0,6}}\s*[:：]\s*{_NUMBER}"),
    "verified": re.compile(rf"(?:核查|核定|确认|核证)[^\d:：]{{0,6}}\s*[:：]\s*{_NUMBER}"),
}
_TOTALS: Final = ("合计", "总计", "总量", "合计值")
_UNIT_TAIL: Final = re.compile(r"[(（]\s*([^()（）]+(?:\([^()]*\)[^()]*)?)\s*[)）]\s*$")


@dataclass(frozen=True)
class Values:
    """The figures read; ``numbers`` all of them in order."""

    year: int | None = None
    unit: Said | None = None
    reported: Said | None = None
    verified: Said | None = None
    parts: tuple[tuple[str, Said], ...] = ()
    numbers: tuple[Said, ...] = ()
    apart: bool = False
    """Whether filed and verified figures have a column each."""

    def with_row(self, name: str, cells: Sequence[Cell]) -> Values:
        """With the figure of a row of its own (填报值, 核查值)."""
        for cell in cells:
            found = figure(cell.text)
            if found is not None:
                one = said(cell, found[0])
                unit = self.unit or (said(cell, found[1]) if found[1] else None)
                given = replace(self, unit=unit, numbers=(*self.numbers, one))
                return replace(given, reported=one) if name == "reported" else replace(given, verified=one)
        return self


def name_and_unit(text: str) -> tuple[str, str]:
    """(name, unit) of ``电力排放因子 (tCO2/MWh)``; the unit empty where the brackets hold something else."""
    shown = plain(text)
    match = _UNIT_TAIL.search(shown)
    if match and is_unit(match[1]):
        return shown[: match.start()].strip(), unit_text(match[1])
    head, slash, tail = shown.partition("/")
    if slash and is_unit(tail):
        return head.strip(), unit_text(tail)
    return shown, ""


def is_swapped(items: Sequence[Cell], given: Sequence[Cell]) -> bool:
    """Whether the row of names holds the figures and the row of figures the names (数据项与数据值两行互换)."""
    words = [c for c in given if year_of(c.text) is None]
    return (
        bool(items)
        and bool(words)
        and all(number(c.text) is not None or absent(c.text) for c in items)
        and all(number(c.text) is None and figure(c.text) is None for c in words)
    )


def read(rows: Sequence[Row], years: Sequence[Cell] = ()) -> Values:
    """The figures of the value row or rows beside their label."""
    cells = [c for row in rows for c in filled(row)]
    year = next((y for c in (*years, *cells) if (y := year_of(c.text)) is not None), None)
    inline = _inline(cells)
    if inline is not None:
        return replace(inline, year=year)
    heads = [c for c in cells if figure(c.text) is None and not absent(c.text) and year_of(c.text) is None and not is_rejected(c.text)]
    labelled = any(row_field(c.text) == "year" for c in cells)
    figures = _figures(cells, drop_years=labelled or len(heads) > 0 or _other_figures(cells))
    got = Values(year=year, numbers=tuple(f for f, _ in figures))
    unit = next((said(c, u) for c in heads if (u := name_and_unit(c.text)[1])), None)
    unit = unit or next((u for _, u in figures if u is not None), None)
    return replace(_assigned(got, heads, cells), unit=unit)


def _other_figures(cells: Sequence[Cell]) -> bool:
    return any(figure(c.text) is not None and year_of(c.text) is None for c in cells)


def _figures(cells: Sequence[Cell], drop_years: bool) -> list[tuple[Said, Said | None]]:
    out = []
    for cell in cells:
        found = figure(cell.text)
        if found is None or (
            year_of(cell.text) is not None and (drop_years or not cell.text.strip().isdigit())
        ):
            continue
        out.append((said(cell, found[0]), said(cell, found[1]) if found[1] else None))
    return out


def _assigned(got: Values, heads: Sequence[Cell], cells: Sequence[Cell]) -> Values:
    numbers = got.numbers
    if not numbers:
        return got
    fields = [_field(c) for c in heads]
    columns = [f for f in fields if f != "year"]
    if any(f in ("reported", "verified") for f in columns):
        printed = [c for c in cells if figure(c.text) is not None or absent(c.text) or is_rejected(c.text)]
        printed = [c for c in printed if year_of(c.text) is None]
        got = replace(got, apart={"reported", "verified"} <= set(columns) and len(printed) >= len(columns))
        for name, cell in zip(columns, printed, strict=False):
            if name in ("reported", "verified") and (found := figure(cell.text)):
                one = said(cell, found[0])
                got = replace(got, reported=one) if name == "reported" else replace(got, verified=one)
        return got
    if len(heads) == len(numbers) > 1:
        parts = tuple((plain(h.text), n) for h, n in zip(heads, numbers, strict=True))
        total = next((n for name, n in parts if fold(name) in _TOTALS), None)
        return replace(got, parts=parts, verified=total)
    distinct = {n.text for n in numbers}
    if len(numbers) > 1 and len(distinct) > 1:
        return replace(got, verified=numbers[-1], parts=tuple(("", n) for n in numbers))
    return replace(got, verified=numbers[0])


def is_rejected(text: str) -> bool:
    """Whether the cell says that the verifiers did not take the figure over."""
    return fold(text) in ("未采用", "不采用", "未采信", "不予采用", "不采信", "未予采用")


def _field(cell: Cell) -> str | None:
    """reported, verified, year … of a header inside the value row, its unit and year left out."""
    name = re.sub(r"^(?:19|20)\d\d年度?", "", fold(name_and_unit(cell.text)[0]))
    return row_field(name)


def _inline(cells: Sequence[Cell]) -> Values | None:
    found: dict[str, Said] = {}
    unit: Said | None = None
    for cell in cells:
        shown = plain(cell.text)
        for name, pattern in _INLINE.items():
            if name not in found and (match := pattern.search(shown)):
                found[name] = said(cell, match[1].strip())
                tail = re.match(r"\s*([^\s\d填核]{1,12})", shown[match.end() :])
                if tail and is_unit(tail[1]):
                    unit = said(cell, unit_text(tail[1]))
    if not found:
        return None
    return Values(
        unit=unit,
        reported=found.get("reported"),
        verified=found.get("verified"),
        numbers=tuple(found.values()),
    )
