"""What a document may be at most (读取上限): a hostile or damaged file ends in one clear error, not in a hang.

The figures are far above any report seen: the longest inventory of 100 pages has about 0.3 MB of text,
10,000 lines and 20,000 cells.
"""

from __future__ import annotations

from typing import Final

from tanhe.messages import TanheError, text

MAX_TEXT_BYTES: Final = 20 * 1024 * 1024
"""Size of a text file (文本文件大小)."""

MAX_LINE: Final = 1_000_000
"""Characters of one physical line (单行字符数); an HTML table may stand on one line."""

MAX_LINES: Final = 400_000
"""Physical lines (行数)."""

MAX_BLOCKS: Final = 100_000
"""Headings, paragraphs and tables (块数)."""

MAX_CELLS: Final = 1_000_000
"""Cells of all tables (单元格数), empty ones included."""

MAX_COLUMNS: Final = 500
"""Columns of one table row (列数)."""

MAX_SEAMS: Final = 200
"""Physical lines one paragraph or cell is rejoined from (断行拼接数); the next line begins another paragraph."""

MAX_SPAN: Final = 200
"""Rows or columns one merged cell may cover (合并单元格跨度); a larger span is cut to this."""


def within(size: int, most: int, what: tuple[str, str], file: str, line: int | None = None) -> None:
    """Raise TanheError naming the limit when ``size`` is above ``most``; ``what`` is its name in zh and en."""
    if size > most:
        raise TanheError(
            text(f"{what[0]}为 {size}，超过上限 {most}", f"{what[1]} is {size}, above the limit of {most}"),
            file=file,
            line=line,
            expected=text("拆分或精简后的文件", "a smaller or divided file"),
        )
