"""Figures named inside the cells of a parameter table (表内附带数值): steam states, worked equations, factors.

They are inputs of the datum the table is about: an enthalpy read from temperature and pressure, a calorific value
times a carbon content, a quantity of heat supplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Factor, Parameter, Said
from tanhe.reading.understand import values
from tanhe.reading.understand.located import is_unit, number, said, unit_text
from tanhe.reading.understand.vocabulary import plain, quantity, subject, tidy

_N: Final = r"(\d[\d,]*(?:\.\d+)?\s?%?)"
_U: Final = r"([A-Za-z%°万吨千兆立方米标][A-Za-z0-9³²·^/%万吨千瓦时立方米标兆 ]{0,14})?"
_PRODUCT: Final = re.compile(rf"([^\s;；，,。=]{{0,40}}?)\s*[=为:：]?\s*{_N}\s*[×xX*]\s*{_N}\s*=\s*{_N}\s*{_U}")
_NAMES: Final = re.compile(r"=\s*([^=×*xX;；，,。\d]{2,30}?)\s*[×*xX]\s*([^=×*;；，,。\d]{2,30})")
_IS: Final = re.compile(rf"([\u4e00-\u9fff（）()A-Za-z]{{2,30}}?)\s*(?:均?为|是|:|：)\s*约?\s*{_N}\s*{_U}")
_TITLE: Final = re.compile(r"《[^《》]+》")
_STATE: Final = ("温度", "压力", "焓")


def steam(cells: Sequence[Cell], main: Parameter) -> Iterator[Parameter]:
    """The state of steam (温度、压力、焓值) that stands as a small table inside a cell or below it."""
    tokens = [(word, c) for c in cells for word in _tokens(c)]
    known: set[tuple[str, ...]] = set()
    for n, (word, cell) in enumerate(tokens):
        if not word.startswith("温度"):
            continue
        heads = [w for w, _ in tokens[n : n + 3]]
        figures = tokens[n + len(heads) : n + 2 * len(heads)]
        if not _is_state(heads) or any(number(w) is None for w, _ in figures) or len(figures) < len(heads):
            continue
        if (state := tuple(w for w, _ in figures)) in known:
            continue
        known.add(state)
        named = [values.name_and_unit(h) for h in heads]
        at = next(i for i, (name, _) in enumerate(named) if "焓" in name)
        parts = tuple((name, said(c, w)) for (name, _), (w, c) in zip(named, figures, strict=True))
        yield Parameter(
            item=Said("蒸汽焓值", cell.place), kind="factor", symbol="En", year=main.year, name="蒸汽焓值",
            unit=Said(named[at][1], tokens[n + at][1].place), verified=parts[at][1], parts=parts,
            rows={k: v for k, v in main.rows.items() if k == "source"}, section=main.section, caption=main.caption,
        )  # fmt: skip


def _tokens(cell: Cell) -> list[str]:
    shown = plain(cell.text)
    return shown.split() if len(shown) > 24 else [shown]


def _is_state(heads: Sequence[str]) -> bool:
    return len(heads) == 3 and all(any(s in h for h in heads) for s in _STATE)


def is_state(row: Sequence[Cell]) -> bool:
    """Whether a row is the header of a state of steam: temperature, pressure, enthalpy."""
    return _is_state([c.text for c in row if c.text.strip()])


def equations(cells: Sequence[Cell], main: Parameter, names_from: Sequence[Cell]) -> Iterator[Factor]:
    """The operands of a worked product such as ``= 25.029×0.02749= 0.68805 tC/t``, and its result if it differs."""
    about = next((m for c in (*cells, *names_from) if (m := _NAMES.search(plain(c.text)))), None)
    names = [_name(n, main) for n in about.groups()] if about else ["", ""]
    for cell in cells:
        shown = plain(cell.text)
        for match in _PRODUCT.finditer(shown):
            left, first, second, result, unit = match.groups()
            for name, value in zip(names, (first, second), strict=True):
                yield Factor(
                    Said(name or main.name, cell.place), said(cell, value), "", _origin(name, names_from)
                )
            if main.verified is None or result.strip() != main.verified.text:
                stated = _clean(left) or main.name
                yield Factor(Said(stated, cell.place), said(cell, result), _unit(unit), None)


def _origin(name: str, cells: Sequence[Cell]) -> Said | None:
    """Where the text says the operand comes from: 平均低位发热量为……检测报告数据."""
    about = quantity(name)
    if about is None:
        return None
    word = next(w for w in about.words if w in name)
    pattern = re.compile(rf"{word}[^;；。，,为取来]{{0,12}}(?:均?为|均?来自|均?取自|均?来源于)([^;；。，,]+)")
    found = [(c, m[1]) for c in cells for m in pattern.finditer(tidy(c.text))]
    return said(*found[-1]) if found else None


def _name(printed: str, main: Parameter) -> str:
    name = re.sub(r"\(.*?\)|\s", "", plain(printed)).strip("()")
    about = subject(main.name) or subject(main.item.text)
    return name if not about or subject(name) else f"{about}{name}"


def statements(cell: Cell, main: Parameter) -> Iterator[Factor]:
    """Figures the cell states in words: ``供热量为 9733104.65 GJ``; the datum's own figure left out."""
    shown = plain(cell.text)
    for match in _IS.finditer(shown):
        name, value, unit = _clean(match[1]), match[2], _unit(match[3])
        if not name or (not unit and quantity(name) is None):
            continue
        if main.verified is not None and value.strip() == main.verified.text and not unit:
            continue
        yield Factor(
            Said(name, said(cell, match[1]).place),
            said(cell, value),
            unit,
            _cited(shown, match.start(), cell),
        )


def _clean(words: str) -> str:
    """The name out of the words before a figure: what follows the last verb or conjunction."""
    name = re.split(r"其中|统计的|可知|计算得|计算可得|根据|最终|发布|采用|取|计算如下", words)[-1]
    return re.sub(r"^[:：,，的得年度\s]+|[\s(（]+$", "", name).strip()


def _unit(words: str | None) -> str:
    shown = plain(words or "").strip()
    while shown and not is_unit(shown):
        shown = shown[:-1].rstrip()
    return unit_text(shown) if shown else ""


def _cited(shown: str, at: int, cell: Cell) -> Said | None:
    titles = [t for t in _TITLE.findall(shown[max(0, at - 160) : at])]
    return said(cell, titles[-1]) if titles else None
