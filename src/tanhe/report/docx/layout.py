"""On which page a heading will stand (页码估计), so that the contents show numbers before Word has computed them.

Every style has an exact line height and Chinese type has one width, so counting lines comes close. It stays an
estimate: the fields in the contents are what counts, and updating them in Word replaces the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from tanhe.formulas.render import to_numbers, to_text
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
from tanhe.report.docx.grid import shape
from tanhe.report.docx.measure import lines
from tanhe.report.docx.paper import Sheet
from tanhe.report.docx.styles import LOOKS, Look
from tanhe.report.docx.tables import SPLITTABLE, kept_rows
from tanhe.report.orientation import orientations

PARAGRAPHS: Final = {
    "body": "BodyText", "plain": "Plain", "center": "Centered", "note": "Note", "list": "ListText",
}  # fmt: skip
"""The Word style of each paragraph style of the content tree."""
AFTER_TABLE: Final = 8.0
"""Space between a table and the paragraph after it, in points."""
_SENTENCE: Final = 40
"""A paragraph up to this many characters before a table is taken to announce it."""
_FRACTION: Final = 28.0
_FORMULA: Final = 16.0
"""Height of a line of mathematics with and without a fraction, in points."""


def leads(block: Paragraph, following: Block | None) -> bool:
    """Whether a paragraph stays on the page of what it announces: a bold line, 式中：, words before a table."""
    if following is None or block.style == "note":
        return False
    announces = block.bold or block.text.endswith(("：", ":")) or isinstance(following, Equation)
    return announces or (isinstance(following, Table) and len(block.text) <= _SENTENCE)


@dataclass(frozen=True)
class _Line:
    """Something that is not divided: a line of text, a table row, a picture. Lengths in points."""

    height: float
    before: float = 0
    after: float = 0
    keep: bool = False
    header: float = 0
    heading: bool = False
    opens: bool = False
    wide: bool = False


def heading_pages(report: Report, figures: Mapping[int, float]) -> list[int]:
    """The page of each heading in order; ``figures`` gives the height in points of the chart at a block's index."""
    sheets = {wide: Sheet(wide, bool(report.status)) for wide in (False, True)}
    pages: list[int] = []
    page, used, after = 1, 0.0, 0.0
    for chunk in _chunks(_all_lines(report, figures, sheets)):
        room = sheets[chunk[0].wide].height / 20
        if used and (chunk[0].opens or used + _height(chunk, after) > room):
            page, used, after = page + 1, chunk[0].header, 0.0
            chunk[0] = chunk[0] if chunk[0].opens else replace(chunk[0], before=0)
        for line in chunk:
            needed = max(line.before - after, 0) + line.height
            if used + needed > room and line is not chunk[0]:
                page, used = page + 1, line.header
            if line.heading:
                pages.append(page)
            used, after = used + needed + line.after, line.after
    return pages


def _height(chunk: list[_Line], after: float) -> float:
    """Height of lines that stay together; of two spaces that meet only the larger one is kept."""
    total = 0.0
    for line in chunk:
        total += max(line.before - after, 0) + line.height + line.after
        after = line.after
    return total - after


def _chunks(every: Iterator[_Line]) -> Iterator[list[_Line]]:
    chunk: list[_Line] = []
    for line in every:
        if chunk and (line.opens or not chunk[-1].keep):
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _all_lines(report: Report, figures: Mapping[int, float], sheets: Mapping[bool, Sheet]) -> Iterator[_Line]:
    """The lines of all blocks; the first after a cover, a page break or a change of sheet opens a page."""
    opens, was_wide, after_table = False, False, False
    sides = [wide for wide, run in orientations(report.blocks) for _ in run]
    for number, (block, following) in enumerate(zip_longest(report.blocks, report.blocks[1:])):
        if isinstance(block, PageBreak):
            opens = True
            continue
        wide = sides[number]
        opens = opens or wide != was_wide
        for line in _lines_of(block, following, sheets[wide].width, report, figures.get(number, 0)):
            spaced = after_table and isinstance(block, Paragraph)
            yield replace(line, before=AFTER_TABLE if spaced else line.before, opens=opens, wide=wide)
            opens = after_table = False
        opens, was_wide, after_table = opens or isinstance(block, Cover), wide, isinstance(block, Table)


def _lines_of(
    block: Block, following: Block | None, width: int, report: Report, figure: float
) -> Iterator[_Line]:
    match block:
        case Heading():
            first, *more = _text(block.text, LOOKS[f"Heading{block.level}"], width)
            yield from (replace(first, heading=True), *more)
        case Paragraph():
            look = LOOKS[PARAGRAPHS[block.style]]
            yield from _text(block.text, replace(look, keep_next=leads(block, following)), width)
        case Contents():
            yield from _text(block.title, LOOKS["ContentsTitle"], width)
            for other in report.blocks:
                if isinstance(other, Heading) and other.level <= block.depth:
                    yield from _text(other.text, LOOKS[f"TOC{other.level}"], width)
        case Table():
            yield from _table(block, width)
        case Equation():
            yield from _equation(block, width)
        case Chart():
            yield _Line(figure, LOOKS["Figure"].before, LOOKS["Figure"].after, keep=True)
            yield from _text(block.caption, LOOKS["FigureCaption"], width)
        case Cover():
            yield _Line(1)


def _text(text: str, look: Look, width: int) -> list[_Line]:
    """A paragraph: no single line of it is left alone at the foot or the head of a page."""
    last = lines(text, width / 20, look) - 1
    return [
        _Line(
            look.line,
            look.before if n == 0 else 0,
            look.after if n == last else 0,
            keep=(look.keep_next and n == last) or (last > 0 and n in (0, last - 1)),
        )
        for n in range(last + 1)
    ]


def _table(block: Table, width: int) -> Iterator[_Line]:
    if block.caption:
        yield from _text(block.caption, LOOKS["Caption"], width)
    made = shape(block, width)
    header = sum(made.heights[: block.header_rows])
    step = made.look.line
    for height, keep in zip(made.heights, kept_rows(block, made), strict=True):
        if height <= SPLITTABLE:
            yield _Line(height, keep=keep, header=header)
        else:
            yield from [_Line(step, header=header)] * round(height / step)


def _equation(block: Equation, width: int) -> Iterator[_Line]:
    look = LOOKS["Equation"]
    right = to_text(block.tree) if block.values is None else to_numbers(block.tree, block.values)
    height = _FRACTION if "/" in to_text(block.tree) else _FORMULA
    count = lines(f"{block.result} = {right} ({block.unit})", width / 20, look)
    yield _Line(height * count, look.before, look.after)
