"""The content tree of a report (报告内容): what DOCX and PDF are both made from.

Text is plain: writers set the digits of CO2, CH4, N2O and of Nm3 as sub- and superscripts (see ``typography``).
Every figure in a cell comes from the dossier or the inventory and says so in ``origin`` (Law 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tanhe.formulas.expression import Node

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–4; numbers are part of the text (第三章, 3.1.2)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``style``: body (indented), plain, center, note (small), list, caption."""

    text: str
    style: Literal["body", "plain", "center", "note", "list"] = "body"
    bold: bool = False


@dataclass(frozen=True)
class Cell:
    """A table cell; ``origin`` tells where its figure comes from (a datum, a line, a place)."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    bold: bool = False
    shaded: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first ``header_rows`` rows repeat on every page. ``widths`` are relative."""

    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header_rows: int = 1
    align: tuple[Align, ...] = ()
    size: Literal["normal", "small"] = "normal"
    landscape: bool = False


@dataclass(frozen=True)
class Equation:
    """A formula typeset: ``result = tree``; with ``values`` the numbers stand in place of the symbols."""

    result: str
    tree: Node
    values: Mapping[str, str] | None = None
    number: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart by kind with its data; drawn by ``charts``.

    ``kind``: bars (labels, one value each), months (labels, one or more series), flow (from, to, value).
    """

    kind: Literal["bars", "months", "flow"]
    caption: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    links: tuple[tuple[str, str, float], ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    """Names of a flow with the figure the report prints for them, shown in place of the drawn value."""


@dataclass(frozen=True)
class Contents:
    """The table of contents with page numbers."""

    title: str
    depth: int = 3


@dataclass(frozen=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True)
class Cover:
    """The cover page: report number, entity, title, body, date."""

    number: str
    entity: str
    year: str
    title: str
    body: str
    date: str
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table | Equation | Chart | Contents | PageBreak | Cover


@dataclass(frozen=True)
class Report:
    """A whole document: blocks in order and the words of its header and footer."""

    title: str
    header: str
    blocks: Sequence[Block]
    language: Literal["zh", "en"] = "zh"
    status: str = ""
    """Shown on every page when not empty, e.g. 清单不完整."""
