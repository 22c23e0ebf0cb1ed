"""A report as plain text, for looking at it and for tests (文本输出)."""

from __future__ import annotations

from tanhe.formulas.render import to_numbers
from tanhe.formulas.render import to_text as formula_text
from tanhe.report.content import (
    Block,
    Chart,
    Contents,
    Cover,
    Equation,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Table,
)


def to_text_block(block: Block) -> str:
    """One block as lines of text; table cells are separated by `` | ``."""
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Paragraph(text=text):
            return text
        case Table(caption=caption, rows=rows):
            return "\n".join(
                [
                    *([f"[{caption}]"] if caption else []),
                    *(" | ".join(cell.text for cell in row) for row in rows),
                ]
            )
        case Equation():
            return _equation(block)
        case Chart():
            return _chart(block)
        case Cover():
            return "\n".join(
                [block.number, block.entity, block.year, block.title, block.body, block.date, *block.notes]
            )
        case Contents(title=title):
            return f"[{title}]"
        case PageBreak():
            return "-" * 8
    raise TypeError(f"not a block: {block!r}")


def _equation(block: Equation) -> str:
    right = formula_text(block.tree) if block.values is None else to_numbers(block.tree, block.values)
    unit = f" [{block.unit}]" if block.unit else ""
    return f"{block.result} = {right}{unit} {block.number}".rstrip()


def _chart(block: Chart) -> str:
    """Caption and names only: the figures of a chart are floats for drawing, not for reading."""
    return f"[{block.caption}] ({block.kind}, {block.unit}) {'、'.join(block.labels)}"


def to_text(report: Report) -> str:
    """The whole report, status first."""
    parts = [report.title, *([report.status] if report.status else []), *map(to_text_block, report.blocks)]
    return "\n".join(parts) + "\n"
