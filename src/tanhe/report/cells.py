"""How single values are written in a report (单元格写法): numbers, dates, units, percentages, labels."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tanhe.quantity.quantity import plain
from tanhe.quantity.units import Unit
from tanhe.report.content import Cell

NONE = "/"
"""What an empty field prints."""

ORDINAL = "序号"

_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")

_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


def number(value: Decimal | int | None) -> str:
    """The number with its digits, ``/`` when absent."""
    return NONE if value is None else plain(Decimal(value))


def percent(share: Decimal | None) -> str:
    """A share as a percentage with its printed digits: 0.0658 → 6.58%."""
    return NONE if share is None else f"{plain(share.scaleb(2))}%"


def day(date: datetime.date | None) -> str:
    """2019年7月18日."""
    return NONE if date is None else f"{date.year}年{date.month}月{date.day}日"


def day_text(text: str) -> str:
    """A date written 2019-07-18 as 2019年7月18日; any other text unchanged."""
    try:
        return day(datetime.date.fromisoformat(text.strip()))
    except ValueError:
        return text


def prose(text: str) -> str:
    """Text as one run: no blanks that folded lines leave between Chinese characters; spans of days in words."""
    return _SPAN.sub(r"\1至\2", _FOLD.sub("", text.strip()))


def sentence(text: str) -> str:
    """The same, closed by a full stop."""
    shown = prose(text)
    return shown if shown.endswith(tuple("。；！？：.;")) else f"{shown}。"


def unit_text(unit: Unit | None) -> str:
    """The unit as in Chinese reports; ``/`` for a bare number."""
    return NONE if unit is None or unit.zh == "1" else unit.zh


def units_text(units: Iterable[Unit]) -> str:
    """Alternatives joined by 或."""
    return "或".join(dict.fromkeys(unit_text(u) for u in units)) or NONE


def head(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """A header or label cell."""
    return Cell(text, colspan, rowspan, align="center", bold=True, shaded=True)


def heads(*texts: str) -> tuple[Cell, ...]:
    """A header row."""
    return tuple(head(text) for text in texts)


def word(text: str | None, colspan: int = 1, rowspan: int = 1, bold: bool = False) -> Cell:
    """A text cell; nothing prints as ``/``."""
    return Cell(prose(text) if text and text.strip() else NONE, colspan, rowspan, bold=bold)


def figure(text: str, origin: str, colspan: int = 1, bold: bool = False) -> Cell:
    """A cell with a figure and where it comes from."""
    return Cell(text, colspan, align="center", bold=bold, origin="" if text == NONE else origin)


def centred(text: str = NONE) -> Cell:
    """A word where a figure would stand, such as 无数据; nothing prints as ``/``."""
    return Cell(text, align="center")


def ordinal(n: int) -> Cell:
    """A running number."""
    return Cell(str(n), align="center", origin=ORDINAL)


def joined(texts: Sequence[str], mark: str = "；") -> str:
    """Texts in one line, the closing marks of each taken off."""
    return mark.join(t.strip().rstrip("。；;") for t in texts if t.strip())
