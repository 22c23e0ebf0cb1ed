"""The table the benchmarks print: ours, the target, a peer, and the ratio between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement; ``more`` says whether more is better. Without a target or a peer the cells stay empty."""

    what: str
    ours: float
    unit: str
    target: float | None = None
    more: bool = False
    peer: str = ""
    theirs: float | None = None

    @property
    def missed(self) -> bool:
        """The target is given and not reached."""
        if self.target is None:
            return False
        return self.ours < self.target if self.more else self.ours > self.target

    @property
    def ratio(self) -> str:
        """How many times better ours is than the peer's: below 1 the peer is better."""
        if self.theirs is None or not self.ours or not self.theirs:
            return ""
        return f"{self.ours / self.theirs if self.more else self.theirs / self.ours:.2f}×"

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        target = "" if self.target is None else f"{'≥' if self.more else '≤'} {shown(self.target)}"
        met = "" if self.target is None else "missed" if self.missed else "met"
        theirs = "" if self.theirs is None else shown(self.theirs)
        return self.what, shown(self.ours), self.unit, target, met, self.peer, theirs, self.ratio


HEAD = ("what", "Tanhe", "unit", "target", "", "peer", "peer's", "Tanhe is better by")


def shown(value: float) -> str:
    """Three significant digits for small numbers, whole numbers for large."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def render(rows: list[Row]) -> str:
    """The rows as aligned text."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([drawn[0], "-" * len(drawn[0]), *drawn[1:]])
