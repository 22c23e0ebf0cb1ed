"""A document's blocks as plain lines to look at (块的清单)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Cell, Document, Heading, Table


def dump(document: Document) -> str:
    """Blocks with the line or page of each, one row of a table on a line, cells between bars."""
    return "\n".join(_shown(document)) + "\n"


def _shown(document: Document) -> Iterator[str]:
    for block in document.blocks:
        at = _at(block.place)
        if isinstance(block, Heading):
            yield f"{at} {'#' * block.level} [{block.number}] {block.text}"
        elif isinstance(block, Table):
            yield f"{at} 表 {len(block.rows)}×{max(len(row) for row in block.rows)} {block.caption}"
            for row in block.rows:
                yield f"{_at(row[0].place)}   | " + " | ".join(_cell(cell) for cell in row)
        else:
            yield f"{at} {block.text}"
    for place, said in document.notes:
        yield f"{_at(place)} 注 {said}"


def _at(place: Place) -> str:
    page = f"p{place.page}" if place.page is not None else ""
    return f"{page}{'' if place.line is None else f':{place.line}'}".rjust(6)


def _cell(cell: Cell) -> str:
    spans = f"⟨{cell.rowspan}×{cell.colspan}⟩" if cell.rowspan > 1 or cell.colspan > 1 else ""
    return spans + cell.text
