"""Equations of figures below a table (表下算式): ``FC=25.840−0.894 (t)`` says how the value above was obtained."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell, Document, Paragraph, Table
from tanhe.reading.claims import Said
from tanhe.reading.understand.vocabulary import plain

_SIGNS: Final = str.maketrans("×·∙＊÷／－−–（）", "****//---()")
_EQUATION: Final = re.compile(r"^[^=\d]{1,16}\w{0,4}\s*=\s*([\d.,()+\-*/\s]{3,200}?)\s*(?:\(?[A-Za-z%\u4e00-\u9fff][^()=]{0,16}\)?)?$")


def below_tables(document: Document) -> Mapping[str, Said]:
    """The right side of the first equation of figures between a table and the next table or heading, by ``key``."""
    found: dict[str, Said] = {}
    tables: list[Table] = []
    for block in document.blocks:
        if isinstance(block, Table):
            tables = [*tables, block] if tables and not block.caption else [block]
        elif not isinstance(block, Paragraph):
            tables = []
        elif tables and (right := figures_of(block.text)):
            for table in tables:
                found.setdefault(key(table.place, table.rows), Said(right, block.place))
            tables = []
    return found


def key(place: Place, rows: Sequence[Sequence[Cell]]) -> str:
    """What tells a table from the others of its page: its first words."""
    return f"{place} " + " ".join(c.text for row in rows[:3] for c in row if c.text.strip())


def figures_of(text: str) -> str:
    """The right side of an equation whose right side holds figures only, signs made plain; empty for anything else."""
    match = _EQUATION.match(plain(text).translate(_SIGNS))
    return re.sub(r"[\s,]", "", match[1]) if match and re.search(r"\d[+\-*/]", re.sub(r"\s", "", match[1])) else ""
