"""Fonts, colours, figures and files of the charts (图表样式)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tanhe.fonts import FALLBACK, SANS, font_paths
from tanhe.messages import text
from tanhe.quantity.rounding import half_up, significant
from tanhe.report.typography import runs

WIDTH: Final = 160 / 25.4
"""Width of every chart in inches: the text width of an upright A4 page."""

COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
"""Okabe and Ito's colours, neighbours far apart in lightness."""
HATCHES: Final = ("", "////", "....", "xxxx", "\\\\\\\\", "----")
MARKERS: Final = ("o", "s", "^", "D", "v", "P")
DASHES: Final[tuple[Any, ...]] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (3, 3)))
INK: Final = "#222222"
PALE: Final = "#8a8a8a"

_SETTINGS: Final[Any] = {
    "font.family": [SANS, FALLBACK],
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "axes.axisbelow": True,
    "grid.color": "#d9d9d9",
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.size": 0,
    "svg.fonttype": "path",
    "svg.hashsalt": "tanhe",
    "path.simplify": False,
}
_LOW: Final = str.maketrans("0123456789+−=()en", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₑₙ")
_HIGH: Final = str.maketrans("0123456789+−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


@contextmanager
def applied() -> Iterator[None]:
    """matplotlib's defaults with the settings above, whatever the user's own file says; undone afterwards."""
    _register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Put the fonts of ``tanhe.fonts`` first, before a font of the same name that the system may have."""
    manager = font_manager.fontManager
    for path in font_paths():
        manager.addfont(str(path))
        manager.ttflist.insert(0, manager.ttflist.pop())


def canvas(height: float) -> Figure:
    """An empty figure of the report's width; ``height`` in inches."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def saved(figure: Figure, fmt: Literal["png", "svg"]) -> bytes:
    """The figure's file, without a date or a program's name in it."""
    out = BytesIO()
    nothing = {"Date": None, "Creator": None} if fmt == "svg" else {"Software": None}
    figure.savefig(out, format=fmt, dpi=200, metadata=nothing)
    return out.getvalue()


def label(words: str) -> str:
    """``words`` with the sub- and superscripts DejaVu Sans has signs for: tCO2 becomes tCO₂."""
    tables = {"sub": _LOW, "sup": _HIGH}
    return "".join(r.text.translate(tables[r.kind]) if r.kind in tables else r.text for r in runs(words))


def shown(value: float) -> str:
    """A plotted value as text, half-up: a whole number or two decimals; below 1 up to four significant figures."""
    exact = Decimal(repr(value))
    rounded = half_up(exact, 2)
    if 0 < abs(exact) < 1 and significant(exact, 4) != rounded:
        rounded = significant(exact, 4)
    elif rounded == half_up(rounded, 0):
        rounded = half_up(rounded, 0)
    return f"{rounded:,f}".replace("-", "−")


def figure(printed: str) -> str:
    """A figure with the digits the report prints, its thousands set off."""
    return f"{Decimal(printed):,f}".replace("-", "−")


def tick(value: float) -> str:
    """A value of an axis: as :func:`shown`, without zeros at the end."""
    digits = shown(value)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def known(value: float | None) -> bool:
    """Whether there is a value: not a gap (None or NaN)."""
    return value is not None and math.isfinite(value)


def empty(axes: Axes) -> None:
    """Say in the middle of the chart that there is nothing to draw."""
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, text("无数据", "no data"), ha="center", va="center", transform=axes.transAxes, color=PALE
    )


def width_of(words: str) -> int:
    """Width in half characters: a Chinese character counts two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in words)


def wrapped(words: str, width: int) -> str:
    """``words`` on lines of at most ``width`` half characters and about equal length; Latin words stay whole."""
    width = min(width, -(-width_of(words) // max(1, -(-width_of(words) // width))) + 2)
    lines, line = [], ""
    for piece in _pieces(words):
        if line and width_of(line + piece) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
    return "\n".join([*lines, line])


def _pieces(words: str) -> Iterator[str]:
    """Chinese characters one by one, Latin words whole; a closing mark stays with what it closes."""
    piece = ""
    for letter in words:
        if piece and (
            letter in "，。、；：）》”’%" or (letter < "\u2e80" and piece[-1] < "\u2e80" and letter != " ")
        ):
            piece += letter
            continue
        if piece:
            yield piece
        piece = letter
    if piece:
        yield piece
