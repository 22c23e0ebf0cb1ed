"""Where a value was read (出处): file and line, sheet and cell, or page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One place in one file; what does not apply is None."""

    file: str
    line: int | None = None
    column: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    quote: str = ""

    @property
    def within(self) -> str:
        """Line and column inside the file, ``:12:5``; empty when nothing is known."""
        return "".join(f":{part}" for part in (self.line, self.column) if part is not None)

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}[{self.sheet}!{self.cell}]"
        if self.page is not None:
            return f"{self.file} p.{self.page}"
        return f"{self.file}:{self.line}" if self.line is not None else self.file
