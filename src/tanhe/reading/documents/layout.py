"""What each line of a text is (行的分类): part of the page, a row with cells, a heading, or words."""

from __future__ import annotations

from collections.abc import Sequence

from tanhe.reading.documents.furniture import Marks
from tanhe.reading.documents.limits import MAX_COLUMNS, within
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.lost import gaps
from tanhe.reading.documents.markup import clean, is_rule, pipe_cells
from tanhe.reading.documents.sections import Sections


class Layout:
    """Lines without page furniture (blank instead) and rules (gone), with the cells of rows and the headings."""

    def __init__(self, file: str, lines: Sequence[Line], marks: Marks) -> None:
        self.lines: list[Line] = []
        for line in lines:
            if line.number in marks:
                self.lines.append(Line(line.number, "", "", "", line.page))
            elif line.text and (is_rule(line.text) or line.text.startswith("```")):
                marks[line.number] = "rule"
            else:
                self.lines.append(line)
        self.parts = [_split(line, file) for line in self.lines]
        loose = self._loose()
        plain = [clean(line.text).lstrip("# ") for line, _ in loose if len(line.text) <= 100]
        sections = Sections(plain)
        self.heads = {line.number: sections.of(self.single(line, parts)) for line, parts in loose}

    def _loose(self) -> list[tuple[Line, list[str] | None]]:
        """Lines that are no rows, and rows of two cells that stand alone: ``3.1.1⇥基本信息``."""
        found = []
        for index, (line, parts) in enumerate(zip(self.lines, self.parts, strict=True)):
            if line.text and ((parts is None and gaps(line.raw) < 2) or (parts is not None and len(parts) == 2 and self.lonely(index))):
                found.append((line, parts))
        return found

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
