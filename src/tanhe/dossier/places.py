"""Where a value was read (出处): file and line, sheet and cell, or page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tanhe.messages import text

_TABLE: Final = re.compile(r"表(\d+)")


@dataclass(frozen=True)
class Place:
    """One place in one file; what does not apply is None.

    ``confidence`` stands only where the words were recognised in a picture (文字识别): how sure that is, 0 to 1.
    """

    file: str
    line: int | None = None
    column: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    quote: str = ""
    confidence: float | None = None

    @property
    def spot(self) -> str:
        """The place inside its file, in words: 第 328 行, 第 12 页, 第 37 段, 表 12 的 B3; empty when nothing is known."""
        table = _TABLE.fullmatch(self.sheet) if self.sheet else None
        if table is not None:
            return text(f"表 {table[1]} 的 {self.cell}", f"table {table[1]} {self.cell}")
        if self.sheet == "段落":
            return text(f"第 {self.cell} 段", f"paragraph {self.cell}")
        if self.sheet:
            return f"{self.sheet} {self.cell}"
        if self.page is not None:
            seen = "" if self.confidence is None else text(f"（识别，{self.confidence:.2f}）", f" (recognised, {self.confidence:.2f})")
            return text(f"第 {self.page} 页{seen}", f"page {self.page}{seen}")
        return text(f"第 {self.line} 行", f"line {self.line}") if self.line is not None else ""

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
