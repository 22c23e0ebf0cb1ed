"""What each line of a text is (行的分类): part of the page, a row with cells, a heading, or words."""

from __future__ import annotations

from collections.abc import Sequence

from tanhe.reading.documents.contents import Marks
from tanhe.reading.documents.limits import MAX_COLUMNS, within
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.lost import gaps
from tanhe.reading.documents.markup import clean, is_rule, untagged
from tanhe.reading.documents.markup_tables import opens_table, region
from tanhe.reading.documents.mathtext import unset
from tanhe.reading.documents.pipes import bare_cells, pipe_cells, ruled
from tanhe.reading.documents.sections import Sections


class Layout:
    """Lines without page furniture (blank instead) and rules (gone), with the cells of rows and the headings."""

    def __init__(self, file: str, lines: Sequence[Line], marks: Marks) -> None:
        self.lines: list[Line] = []
        self.ruled = ruled(lines, marks)
        """Lines that begin a Markdown table, as a rule below says: whether bars stand at the ends of its rows."""

        for line in lines:
            if line.number in marks:
                self.lines.append(Line(line.number, "", "", "", line.page))
            elif line.text and (is_rule(line.text) or line.text.startswith("```")):
                marks[line.number] = "rule"
            else:
                self.lines.append(line)
        self.parts = self._split_all(file)
        loose = self._loose()
        plain = [clean(line.text) for line, _ in loose if len(line.text) <= 100]
        sections = Sections(plain)
        self.heads = {line.number: sections.of(self.single(line, parts)) for line, parts in loose}

    def _loose(self) -> list[tuple[Line, list[str] | None]]:
        """Lines that are no rows and in no HTML table, and rows of two cells that stand alone: ``3.1.1⇥基本信息``."""
        found = []
        table = 0
        for index, (line, parts) in enumerate(zip(self.lines, self.parts, strict=True)):
            if index >= table and "<" in line.raw and (offset := opens_table(line.raw)) is not None:
                table = region(self.lines, index, offset)
            if index >= table and line.text and ((parts is None and gaps(line.raw) < 2) or (parts is not None and len(parts) == 2 and self.lonely(index))):
                found.append((line, parts))
        return found

    def _split_all(self, file: str) -> list[list[str] | None]:
        """The cells of every line; below a rule without bars at its ends any line with a bar is a row."""
        made: list[list[str] | None] = []
        fenced: bool | None = None
        for line in self.lines:
            fenced = self.ruled.get(line.number, fenced) if line.text else None
            parts = bare_cells(line.raw) if fenced is False and line.text else _split(line, file)
            within(len(parts or ()), MAX_COLUMNS, ("列数", "the number of columns"), file, line.number)
            made.append(parts)
        return made

    def lonely(self, index: int) -> bool:
        """Whether no row stands directly above or below."""
        near = (index - 1, index + 1)
        return not any(0 <= i < len(self.parts) and self.parts[i] is not None for i in near)

    def single(self, line: Line, parts: list[str] | None) -> str:
        """The words of a line, of a row's cells one after the other."""
        return clean(line.text if parts is None else " ".join(part.strip() for part in parts))


def _split(line: Line, file: str) -> list[str] | None:
    """The cells of a row with tabs or bars; None for any other line."""
    if not line.text:
        return None
    raw = line.raw.strip(" \xa0\u3000")
    parts = raw.split("\t") if "\t" in raw else pipe_cells(raw)
    if parts is not None:
        within(len(parts), MAX_COLUMNS, ("列数", "the number of columns"), file, line.number)
    return parts


def as_seen(line: Line) -> str:
    """A line as a reader of the page sees it: no tags, entities, bars, escapes, no marks of headings and emphasis."""
    raw = line.raw
    if line.text.startswith("|") and (cells := pipe_cells(raw)) is not None:
        return "\t".join(clean(cell) for cell in cells)
    if "<" in raw or "&" in raw:
        raw = untagged(raw).replace("\xa0", " ")
    if "$" in raw or "\\(" in raw:
        raw = unset(raw)
    if raw.startswith("#"):
        raw = raw.lstrip("#").lstrip()
    return raw.replace("**", "") if "**" in raw else raw
