"""Tables of the Word report (表格): spans, repeated header rows, rows that stay on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tanhe.report.content import Align, Cell, Table
from tanhe.report.docx.markup import attribute, paragraph, written
from tanhe.report.docx.measure import cell_height
from tanhe.report.docx.styles import LOOKS, Look, twips

SPLITTABLE: Final = 180
"""Rows higher than this, in points, may go on over a page; lower ones stay whole."""
TOGETHER: Final = 230
"""Tables no higher than this stay on one page with their caption."""


@dataclass(frozen=True)
class Slot:
    """A cell on the grid: its first column, and whether it only goes on a cell of a row above."""

    cell: Cell
    column: int
    continued: bool = False


def place(table: Table) -> list[list[Slot]]:
    """The rows on the grid, with a continued slot wherever a cell from above reaches down.

    Raises ValueError when a row does not fill the columns exactly or a span leaves the table.
    """
    columns = len(table.widths)
    reaching: dict[int, tuple[Cell, int]] = {}
    placed: list[list[Slot]] = []
    for number, row in enumerate(table.rows):
        slots: list[Slot] = []
        waiting = list(row)
        column = 0
        while column < columns:
            if column in reaching:
                cell, left = reaching.pop(column)
                slots.append(Slot(cell, column, continued=True))
            elif waiting:
                cell = waiting.pop(0)
                left = cell.rowspan
                slots.append(Slot(cell, column))
            else:
                raise _misshapen(table, number, column)
            if left > 1:
                reaching[column] = (cell, left - 1)
            column += cell.colspan
        if waiting or column > columns:
            raise _misshapen(table, number, column + sum(cell.colspan for cell in waiting))
        placed.append(_ordered(slots, reaching, table, number))
    if reaching:
        raise _misshapen(table, len(table.rows), columns)
    return placed


def _ordered(
    slots: list[Slot], reaching: dict[int, tuple[Cell, int]], table: Table, number: int
) -> list[Slot]:
    """The slots of a row, after making sure that no wide cell lies over one reaching down."""
    for slot in slots:
        inside = range(slot.column + 1, slot.column + slot.cell.colspan)
        if any(column in reaching for column in inside):
            raise _misshapen(table, number, slot.column)
    return slots


def _misshapen(table: Table, row: int, columns: int) -> ValueError:
    return ValueError(
        f"table {table.caption!r}, row {row + 1}: cells reach column {columns}, the table has {len(table.widths)}"
    )


def column_widths(table: Table, total: int) -> list[int]:
    """Column widths in twips that sum to ``total``."""
    whole = sum(table.widths)
    edges = [int(total * sum(table.widths[:n]) / whole) for n in range(len(table.widths) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def text_look(table: Table) -> Look:
    """The style of the table's text."""
    return LOOKS["TableSmall" if table.size == "small" else "TableText"]


def row_heights(table: Table, placed: list[list[Slot]], widths: list[int]) -> list[float]:
    """Estimated heights of the rows in points; a cell over several rows shares its height among them."""
    look = text_look(table)
    heights = [look.line + 4.5] * len(placed)
    for number, slots in enumerate(placed):
        for slot in slots:
            room = sum(widths[slot.column : slot.column + slot.cell.colspan]) / 20
            needed = cell_height(slot.cell.text, room, look) / slot.cell.rowspan
            heights[number] = max(heights[number], needed)
    return heights


def table_xml(table: Table, total: int) -> str:
    """``w:tbl`` of ``total`` twips."""
    placed = place(table)
    widths = column_widths(table, total)
    heights = row_heights(table, placed, widths)
    together = sum(heights) <= TOGETHER
    last = len(placed) - 1
    rows = "".join(
        _row_xml(table, slots, widths, n, heights[n], n < table.header_rows or (together and n < last))
        for n, slots in enumerate(placed)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f"<w:tblCaption w:val={attribute(table.caption)}/>" if table.caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(
    table: Table, slots: list[Slot], widths: list[int], number: int, height: float, keep: bool
) -> str:
    header = number < table.header_rows
    properties = "<w:cantSplit/>" if height <= SPLITTABLE or header else ""
    properties += "<w:tblHeader/>" if header else ""
    cells = "".join(_cell_xml(table, slot, widths, header, keep) for slot in slots)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cell_xml(table: Table, slot: Slot, widths: list[int], header: bool, keep: bool) -> str:
    cell = slot.cell
    width = sum(widths[slot.column : slot.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = f'<w:vMerge w:val="{"continue" if slot.continued else "restart"}"/>' if cell.rowspan > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>' if cell.shaded else ""
    content = "" if slot.continued else written(cell.text, cell.bold)
    properties = ("<w:keepNext/>" if keep else "") + f'<w:jc w:val="{_align(table, slot, header)}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(text_look(table).id, content, properties)}</w:tc>"
    )


def _align(table: Table, slot: Slot, header: bool) -> Align:
    if slot.cell.align:
        return slot.cell.align
    if header:
        return "center"
    return table.align[slot.column] if slot.column < len(table.align) else "left"
