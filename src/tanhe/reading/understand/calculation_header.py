"""Headers of calculation tables (计算表表头): names, units, letters and formulas, in rows of their own or in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell
from tanhe.reading.understand import arithmetic, values
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.located import (
    Row,
    absent,
    figure,
    filled,
    is_unit,
    number,
    unit_text,
    year_of,
)
from tanhe.reading.understand.vocabulary import fold, has_word, is_word, plain, quantity

_LETTER: Final = re.compile(r"^[A-Z]\d{0,2}$")


_NAME_LETTER: Final = re.compile(r"(?<=[\u4e00-\u9fff\s)])([A-Z]\d?)\s*$")


Direction = Literal["in", "out"]


@dataclass
class Column:
    """A column of figures while its header is read."""

    name: str = ""
    unit: str = ""
    symbol: str = ""
    right: str = ""
    """Right side of the formula, where this is a result."""
    place: Place | None = None
    """Where the formula stands."""


@dataclass
class Block:
    """A header with the rows under it."""

    columns: dict[int, Column] = field(default_factory=dict)
    direction: Direction | None = None
    rows: list[tuple[Cell, list[tuple[int, Cell]]]] = field(default_factory=list)
    bare: list[Cell] = field(default_factory=list)
    """Labels of totals without a figure."""
    ways: list[Direction | None] = field(default_factory=list)
    """The direction each row names for itself, else the block's."""

    def figures(self) -> list[int]:
        """Columns that hold figures, by header: those with a unit, a letter or a quantity's name."""
        return [x for x, c in sorted(self.columns.items()) if c.unit or c.symbol or c.right]


def kind_of_row(row: Row) -> str:
    cells = [c for c in filled(row) if year_of(c.text) is None]
    figures = [
        c for c in cells if number(c.text) is not None or (figure(c.text) is not None and not is_unit(c.text))
    ]
    if not cells:
        return "empty"
    lacking = [c for c in cells if says_nothing(c.text) and not absent(c.text)]
    if lacking and len(lacking) + len(figures) >= 2 and len(cells) > len(lacking) + len(figures):
        return "data"
    if figures:
        words = [c for c in cells if c not in figures and not absent(c.text)]
        closing = any(
            is_word(w.text, "calculation", "totals") or fold(w.text).startswith("合计") for w in words
        )
        if (
            (closing or (words and has_word(words[0].text, "calculation", "result")))
            and len(figures) <= 2
            and len(words) >= 1
        ):
            return "total" if len(figures) == 1 or closing else "data"
        return (
            "data" if len(figures) >= 2 or (len(cells) == 2 and len(figures) == 1 and not closing) else "note"
        )
    letters = [c for c in cells if letterish(c.text)]
    if len(letters) >= 2 and len(letters) + sum(absent(c.text) for c in cells) >= len(cells) - 1:
        return "letters"
    if sum(is_unit(c.text) or absent(c.text) for c in cells) * 2 > len(cells):
        return "units"
    if any(
        quantity(c.text)
        or has_word(c.text, "calculation", "result")
        or is_word(c.text, "calculation", "item")
        for c in cells
    ):
        return "head"
    return "note"


def letterish(words: str) -> bool:
    shown = re.sub(r"\s", "", plain(words))
    return bool(_LETTER.match(shown)) or (
        (arithmetic.find_formula(shown) or arithmetic.unsigned_formula(plain(words))) is not None
        and not re.search(r"[\u4e00-\u9fff]", shown)
    )


def read_head(block: Block, row: Row) -> None:
    for x, cell in enumerate(row):
        if not cell.text.strip() or year_of(cell.text) is not None:
            continue
        column = _read_header(cell.text)
        old = block.columns.get(x)
        if old is None or not old.name or column.name:
            block.columns[x] = Column(
                column.name or (old.name if old else ""), column.unit, column.symbol, column.right, cell.place if column.right else None
            )
        if is_word(cell.text, "calculation", "item") or len(row) - x < 2:
            out, inward = (
                has_word(cell.text, "calculation", "output"),
                has_word(cell.text, "calculation", "input"),
            )
            if out != inward:
                block.direction = "out" if out else "in"


def _read_header(words: str) -> Column:
    """Name, unit, letter and formula of one header cell, ``化石燃料消耗量 A (t)``."""
    shown = re.sub(r"\s(?:19|20)\d\d年?$", "", plain(words))
    name, unit = shown, ""
    for tail in re.finditer(r"[(\[]\s*([^()\[\]]{1,16})\s*[)\]]", shown):
        inner = tail[1].strip()
        if is_unit(inner) or (re.fullmatch(r"[A-Za-z0-9/%·]{1,12}", inner) and not _LETTER.match(inner)):
            unit = unit_text(tail[1])
            name = (shown[: tail.start()] + " " + shown[tail.end() :]).strip()
    if not unit:
        name, unit = values.name_and_unit(name)
    formula = arithmetic.find_formula(name)
    if formula is not None:
        name = name[: re.search(rf"{formula[0]}\s*=", name).start()].strip()  # type: ignore[union-attr]
        return Column(name, unit, formula[0], formula[1])
    if match := _NAME_LETTER.search(name):
        return Column(name[: match.start()].strip(), unit, match[1])
    return Column(name, unit)


def shifted(block: Block, row: Row) -> Row:
    """The row under its names, where it lost its blank cells and slipped to the left."""
    named = [x for x, c in block.columns.items() if c.name]
    last = max((x for x, c in enumerate(row) if c.text.strip()), default=0)
    shift = max(named, default=0) - last
    if shift <= 0 or not has_word(block.columns[max(named)].name, "calculation", "result"):
        return row
    moved = tuple(row[:1]) * shift + row
    return moved if all(x in named for x, c in enumerate(moved) if c.text.strip() and x >= shift) else row


def carries(words: str) -> bool:
    """Whether a header cell carries its unit, letter or formula."""
    column = _read_header(words)
    return (
        len(plain(words)) <= 60 and bool(column.name) and bool(column.unit or column.symbol or column.right)
    )


def read_units(block: Block, row: Row) -> None:
    """The row of units; a cell with words before its unit is the end of a name that was broken off above."""
    for x, cell in enumerate(shifted(block, row)):
        if not cell.text.strip() or year_of(cell.text) is not None:
            continue
        column = block.columns.setdefault(x, Column())
        rest = _read_header(cell.text)
        if column.name and rest.unit and re.search("[\u4e00-\u9fff]", rest.name) and is_unit(rest.unit):
            column.name, column.unit = f"{column.name}{rest.name}", rest.unit
        else:
            column.unit = "" if absent(cell.text) else unit_text(cell.text)


def read_letters(block: Block, row: Row) -> None:
    for x, cell in enumerate(shifted(block, row)):
        shown = re.sub(r"\s", "", plain(cell.text))
        column = block.columns.setdefault(x, Column()) if shown and not absent(shown) else None
        if column is None:
            continue
        formula = arithmetic.find_formula(shown)
        unsigned = arithmetic.unsigned_formula(plain(cell.text))
        if formula is not None:
            column.symbol, column.right, column.place = *formula, cell.place
        elif unsigned is not None:
            column.symbol, column.right = unsigned
        elif _LETTER.match(shown):
            column.symbol = shown
