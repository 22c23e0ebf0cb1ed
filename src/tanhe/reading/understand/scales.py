"""One figure in two scales, and tables of differences (数值的量级与差异表): 元 beside 万元, reported and verified values beside their difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.sheets import unit_in, words
from tanhe.reading.understand.view import View

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_FILED = re.compile("(?:填报|报告|初始)(?:排放)?总量")
_COMPARED = re.compile("一致|相同|偏差|调整|核[减增]")
_SHORT, _ROWS = 4, 3
_FAMILY = {"元": "元", "万元": "元", "tCO2e": "tCO2", "万tCO2e": "tCO2", "tCO2": "tCO2", "万tCO2": "tCO2", "吨": "t", "t": "t", "万吨": "t", "万t": "t"}
_WORDS = re.compile("产值|收入|资产|利润|税|增加值|产量|排放|填报|当量|总量")


@dataclass(frozen=True)
class _Scaled:
    figure: str
    unit: str
    cell: Cell
    where: str


def scales(v: View) -> Iterator[Listed]:
    """Figures printed with and without 万, and rows of tables of differences."""
    yield from _twice(v)
    for sheet in v.outline.sheets:
        yield from _differences(sheet)
    for line in v.lines:
        for part in re.split("[。;]", line.flat.text) if line.kind != "heading" and "总量" in line.text else ():
            if _FILED.search(part) and "核查后总量" in part and _COMPARED.search(part):
                at = line.flat.text.find(part)
                yield statement("difference.said", line.said(at, at + len(part)), line.where)


def _scaled(sheet: Sheet) -> Iterator[_Scaled]:
    heads: dict[int, str] = {}
    for row in sheet.grid[:_ROWS]:
        for n, cell in enumerate(row):
            unit = unit_in(words(cell))
            if unit in _FAMILY and _WORDS.search(words(cell)):
                heads[n] = unit
    for row in sheet.grid:
        label = words(row[0]) if row else ""
        of_row = unit_in(label) if unit_in(label) in _FAMILY and _WORDS.search(label) else ""
        for n, cell in enumerate(row):
            unit = of_row or heads.get(n, "")
            if cell is not None and n and unit and _FIGURE.fullmatch(words(cell)) and sum(map(str.isdigit, words(cell).strip("0."))) >= _SHORT:
                yield _Scaled(words(cell).replace(",", ""), unit, cell, sheet.where)


def _twice(v: View) -> Iterator[Listed]:
    """The odd one out where one figure stands with two units that only differ by 万."""
    found: dict[tuple[str, str], list[_Scaled]] = {}
    for sheet in v.outline.sheets:
        for x in _scaled(sheet):
            found.setdefault((x.figure, _FAMILY[x.unit]), []).append(x)
    done: set[tuple[str, str]] = set()
    for group in found.values():
        large = [x for x in group if x.unit.startswith("万")]
        small = [x for x in group if not x.unit.startswith("万")]
        if large and small:
            odd, right = (large[0], small[0]) if len(large) < len(small) else (small[0], large[0])
            if (odd.where, odd.unit) not in done:
                done.add((odd.where, odd.unit))
                yield statement("unit.scale", Said(odd.figure, odd.cell.place), odd.where, unit=odd.unit, text=f"{right.where} {right.unit}")


def _differences(sheet: Sheet) -> Iterator[Listed]:
    """Rows 填报值 | 核查值 | 差异 | 差异比例 whose difference does not follow."""
    for r, row in enumerate(sheet.grid[:_ROWS]):
        heads = [words(c) for c in row]
        at = [next((n for n, h in enumerate(heads) if re.match(p, h)), -1) for p in ("填报值|报告值|初始", "核查值|核实值|经核查", "差异(?!比|率|原)|差值|偏差量", "差异比|差异率|偏差率|变化率")]
        if at[0] < 0 or at[1] < 0 or (at[2] < 0 and at[3] < 0) or len(set(at)) < len([a for a in at if a >= 0]):
            continue
        for below in sheet.grid[r + 1:]:
            yield from _difference(sheet, below, at)
        return


def _difference(sheet: Sheet, row: tuple[Cell | None, ...], at: list[int]) -> Iterator[Listed]:
    cells = [row[n] if 0 <= n < len(row) else None for n in at]
    told = [words(c).rstrip("%") for c in cells]
    if not (_FIGURE.fullmatch(told[0]) and _FIGURE.fullmatch(told[1])):
        return
    filed, verified = (Decimal(t.replace(",", "")) for t in told[:2])
    rights = [verified - filed, (verified - filed) / filed * 100 if filed else None]
    for cell, said, right in zip(cells[2:], told[2:], rights, strict=True):
        if cell is None or right is None or not _FIGURE.fullmatch(said):
            continue
        value = Decimal(said.replace(",", ""))
        slack = Decimal(10) ** int(value.as_tuple().exponent) * 2
        if abs(value - right) > slack and (value * right < 0 or abs(abs(value) - abs(right)) > slack):
            yield statement("difference", Said(cell.text, cell.place), f"{sheet.where} {words(row[0])[:20]}", text=f"{right:.4f}".rstrip("0").rstrip("."))
