"""Tables as Typst code (表格): every cell with its column and row, header rows that come again on each page."""

from __future__ import annotations

from tanhe.report.content import Align, Table
from tanhe.report.grid import Placed
from tanhe.report.typst.layout import Layout, layout
from tanhe.report.typst.measures import SMALL
from tanhe.report.typst.words import arguments, inline

_LONG = 160
"""A cell of more characters than this may go on over a page; shorter rows stay whole."""
_TALL = 8


def table(block: Table) -> str:
    """The call of ``grid-table`` for this table."""
    plan = layout(block)
    head = [_cell(block, plan, p) for p in plan.cells if p.row < block.header_rows]
    body = [_cell(block, plan, p) for p in plan.cells if p.row >= block.header_rows]
    named = arguments(
        caption=inline(block.caption) if block.caption else None,
        columns=f"({''.join(f'{width:.3f}fr, ' for width in plan.widths)})",
        header=f"({''.join(f'{cell}, ' for cell in head)})",
        small="true" if plan.size is SMALL else None,
        whole="true" if plan.whole else None,
        start=None if plan.whole else f"{plan.start:.1f}pt",
    )
    return "#grid-table(" + ",\n  ".join([named, *body]) + ")"


def _cell(block: Table, plan: Layout, placed: Placed) -> str:
    cell = placed.cell
    header = placed.row < block.header_rows
    bold = cell.bold or header
    align = cell.align or ("center" if header else _column_align(block, placed.column))
    long = len(cell.text) > _LONG or placed.rowspan > _TALL
    inside = plan.width(placed) - plan.size.insets
    body = inline(cell.text, lambda word: plan.size.width(word, bold) <= inside)
    return "cell({}, {})".format(
        arguments(
            x=str(placed.column),
            y=str(placed.row),
            colspan=str(placed.colspan) if placed.colspan > 1 else None,
            rowspan=str(placed.rowspan) if placed.rowspan > 1 else None,
            align=f"{align} + horizon",
            fill="shade" if cell.shaded or header else None,
            breakable="true" if long else "false",
        ),
        f"strong({body})" if bold else body,
    )


def _column_align(block: Table, column: int) -> Align:
    return block.align[column] if column < len(block.align) else "left"
