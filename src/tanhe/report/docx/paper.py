"""Sheets and sections of the Word report (纸张与分节): A4 upright or on its side, headers and footers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONG: Final = 16838
_SHORT: Final = 11906


@dataclass(frozen=True)
class Sheet:
    """An A4 sheet with its margins, in twips (1/1440 inch)."""

    landscape: bool = False
    banner: bool = False

    @property
    def side(self) -> int:
        """Left and right margin."""
        return 1134 if self.landscape else 1417

    @property
    def top(self) -> int:
        """Top margin, larger when the status banner stands in the header."""
        return 1871 if self.banner else 1587

    @property
    def bottom(self) -> int:
        """Bottom margin."""
        return 1361

    @property
    def width(self) -> int:
        """Width of the text area."""
        return (_LONG if self.landscape else _SHORT) - 2 * self.side

    @property
    def height(self) -> int:
        """Height of the text area."""
        return (_SHORT if self.landscape else _LONG) - self.top - self.bottom

    def section(self, references: str, vertical: str = "") -> str:
        """``w:sectPr``; ``references`` name header and footer, or are empty to go on with those before."""
        across, down = (_LONG, _SHORT) if self.landscape else (_SHORT, _LONG)
        orient = ' w:orient="landscape"' if self.landscape else ""
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{across}" w:h="{down}"{orient}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.side}" w:bottom="{self.bottom}" w:left="{self.side}"'
            f' w:header="851" w:footer="709" w:gutter="0"/><w:cols w:space="425"/>{vertical}</w:sectPr>'
        )


def reference(kind: str, relation: str) -> str:
    """A section's link to its header or footer part."""
    return f'<w:{kind}Reference w:type="default" r:id="{relation}"/>'
