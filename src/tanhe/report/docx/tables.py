"""Tables of the Word report (表格): spans, repeated header rows, rows that stay on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tanhe.report.content import Align, Table
from tanhe.report.docx.grid import Shape, Slot, shape
from tanhe.report.docx.markup import attribute, paragraph, written

SPLITTABLE: Final = 180
"""Rows higher than this, in points, may go on over a page; lower ones stay whole."""
TOGETHER: Final = 300
"""Tables no higher than this stay on one page with their caption."""


MERGED: Final = 8
"""Rows that a cell reaches over stay together when they are no more than these."""


def kept_rows(table: Table, made: Shape) -> list[bool]:
    """Which rows stay on the page of the next one: all of a low table; else the first and last few, and merged ones."""
    count = len(made.heights)
    if sum(made.heights) <= TOGETHER:
        return [n < count - 1 for n in range(count)]
    merged = [any(s.continued and s.rowspan <= MERGED for s in row) for row in (*made.rows[1:], ())]
    return [n <= table.header_rows or count - 4 < n < count - 1 or merged[n] for n in range(count)]


def table_xml(table: Table, total: int) -> str:
    """``w:tbl`` of ``total`` twips."""
    made = shape(table, total)
    kept = kept_rows(table, made)
    writer = _Writer(table, made)
    rows = "".join(writer.row(n, made.heights[n] <= SPLITTABLE, kept[n]) for n in range(len(made.rows)))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in made.widths)
    described = f"<w:tblCaption w:val={attribute(table.caption)}/>" if table.caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


@dataclass(frozen=True)
class _Writer:
    """Writes the rows of one table."""

    table: Table
    shape: Shape

    def row(self, number: int, whole: bool, together: bool) -> str:
        """``w:tr``; ``whole`` keeps it on one page, ``together`` on the page of the next row."""
        header = number < self.table.header_rows
        properties = ("<w:cantSplit/>" if whole or header else "") + ("<w:tblHeader/>" if header else "")
        cells = "".join(self._cell(slot, header, together) for slot in self.shape.rows[number])
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"

    def _cell(self, slot: Slot, header: bool, keep: bool) -> str:
        cell = slot.cell
        span = f'<w:gridSpan w:val="{slot.colspan}"/>' if slot.colspan > 1 else ""
        merge = (
            f'<w:vMerge w:val="{"continue" if slot.continued else "restart"}"/>' if slot.rowspan > 1 else ""
        )
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="ECECEC"/>' if cell.shaded or header else ""
        content = "" if slot.continued else written(cell.text, cell.bold or header)
        properties = ("<w:keepNext/>" if keep else "") + f'<w:jc w:val="{self._align(slot, header)}"/>'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self.shape.width(slot)}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(self.shape.look.id, content, properties)}</w:tc>"
        )

    def _align(self, slot: Slot, header: bool) -> Align:
        aligns = self.table.align
        usual: Align = aligns[slot.column] if slot.column < len(aligns) else "left"
        return slot.cell.align or ("center" if header else usual)
