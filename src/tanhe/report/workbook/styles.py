"""Looks of the workbook (单元格样式): one name for each role a cell plays, and number formats by printed digits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from tanhe.inventory.replay import digits_of

FONT = "宋体"
_BASE: Mapping[str, Any] = MappingProxyType({"font_name": FONT, "font_size": 10, "valign": "vcenter"})
_BOX: Mapping[str, Any] = MappingProxyType({**_BASE, "border": 1, "border_color": "#BFBFBF", "text_wrap": True})
_BAD: Mapping[str, Any] = MappingProxyType({"bg_color": "#FFC7CE", "font_color": "#9C0006"})

STYLES: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    "plain": _BASE,
    "title": {**_BASE, "bold": True, "font_size": 16},
    "subtitle": {**_BASE, "font_color": "#595959"},
    "section": {**_BASE, "bold": True, "font_size": 12, "font_color": "#1F4E79"},
    "item": {**_BASE, "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"},
    "head": {**_BOX, "bold": True, "bg_color": "#D9E1F2", "align": "center"},
    "text": _BOX,
    "center": {**_BOX, "align": "center"},
    "strong": {**_BOX, "bold": True},
    "calc": {**_BOX, "text_wrap": False},
    "link": {**_BOX, "text_wrap": False, "font_color": "#375623"},
    "input": {**_BOX, "text_wrap": False, "bg_color": "#FFF2CC", "font_color": "#0000FF"},
    "library": {**_BOX, "text_wrap": False, "bg_color": "#E2EFDA", "font_color": "#375623"},
    "published": {**_BOX, "text_wrap": False, "bg_color": "#EDEDED"},
    "total": {**_BOX, "text_wrap": False, "bold": True, "bg_color": "#DDEBF7"},
    "total-text": {**_BOX, "bold": True, "bg_color": "#DDEBF7"},
    "missing": {**_BOX, **_BAD, "border_color": "#C00000", "text_wrap": False},
    "bad": {**_BOX, **_BAD},
    "bad-number": {**_BOX, **_BAD, "text_wrap": False},
    "bad-line": {**_BASE, "bold": True, "font_color": "#C00000"},
    "warn": {**_BOX, "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "jump": {**_BASE, "font_color": "#0563C1", "underline": 1},
})

MOST_DECIMALS = 12
"""Decimals beyond which a spreadsheet's number, a double, has nothing more to show."""


def decimals(digits: int) -> str:
    """The number format that shows exactly ``digits`` decimals: ``0.000``."""
    shown = max(0, min(digits, MOST_DECIMALS))
    return f"0.{'0' * shown}" if shown else "0"


def printed_format(value: Decimal) -> str:
    """The number format that keeps the digits a value was printed with."""
    return decimals(digits_of(value))


def full_format(value: Decimal | None = None) -> str:
    """The number format of a full-precision result: six decimals, more where small numbers need them."""
    small = value is not None and value != 0 and abs(value) < 1
    return decimals(10 if small else 6)
