"""LaTeX in a text (公式标记): tightened; values, units, plain formulas set as words; formulas over lines found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.documents.lines import Line

_INLINE: Final = re.compile(r"\$\$?([^$\n]{1,600})\$\$?|\\\(((?:[^\n\\]|\\(?![()])){1,300})\\\)")
_BLANK: Final = re.compile(r"(\\[A-Za-z]+)\s+(?=[A-Za-z])|\s+")
_FONT: Final = re.compile(r"\\(?:mathrm|mathbf|mathsf|mathit|operatorname|text|textrm|rm|bf)(?![A-Za-z])\s?")
_SIGNS: Final = (
    (r"\boxed{\checkmark}", "☑"), (r"\boxed{√}", "☑"), (r"\boxtimes", "☑"), (r"\boxminus", "☐"), (r"\checkmark", "√"), (r"\surd", "√"), (r"\square", "☐"),
    (r"\Box", "☐"), (r"\boxed{}", "☐"),
    ("{}^", "^"), (r"^{\circ}C", "℃"), (r"^\circ C", "℃"), (r"^{\circ}", "°"), (r"\times", "×"), (r"\cdot", "·"), (r"\pm", "±"), (r"\sim", "~"),
    (r"\leqslant", "≤"), (r"\geqslant", "≥"), (r"\leq", "≤"), (r"\geq", "≥"), (r"\le", "≤"), (r"\ge", "≥"), (r"\%", "%"), (r"\,", " "), (r"\;", " "), (r"\quad", " "), (r"\ ", " "),
    (r"~", " "), ("^{3}", "³"), ("^3", "³"), ("^{2}", "²"), ("^2", "²"),
)  # fmt: skip
_GAS: Final = re.compile(r"(?<=[CNS]O)_(\d)|(?<=CH)_(\d)|(?<=N)_(\d)(?=O)|(?<=SF)_(\d)")
_WORD: Final = re.compile(r"\{([A-Za-z]{1,6})\}")
_POWER: Final = re.compile(r"\^\{?(-?\d{1,2})\}?")
_CIRCLED: Final = re.compile(r"\\textcircled ?\{?([1-9]|1\d|20)\}?(?!\d)")
_BRACED: Final = re.compile(r"\{([^{}]{1,20})\}")
_OPERATORS: Final = ((r"\times", "×"), (r"\cdot", "×"), ("*", "×"), (r"\div", "÷"), (r"\%", "%"), (r"\left", ""), (r"\right", ""), (r"\,", ""))
_FRACTION: Final = re.compile(r"\\[dt]?frac\{([\dA-Za-z.]{1,12})\}\{([\dA-Za-z.]{1,12})\}")
_PLAIN: Final = re.compile(r"[\dA-Za-z.,%×÷=·±~≤≥℃°²³/()（）+\-^ ①-⑳☑☐√\u4e00-\u9fff]*")
_OPENS: Final = {"$$": "$$", "\\[": "\\]"}
_MOST: Final = 12
"""Lines of one formula."""


def unset(said: str) -> str:
    """Words whose LaTeX is tight, and gone where it only sets a value, a unit or a gas: ``$1.58$`` is 1.58."""
    return _INLINE.sub(_plain, said)


def _plain(found: re.Match[str]) -> str:
    tight = _BLANK.sub(lambda m: f"{m[1]} " if m[1] else "", found[1] or found[2]).strip()
    fence = "$$" if found[0].startswith("$$") else "$"
    shown = _FONT.sub("", tight)
    shown = _value(shown) if "=" not in shown else _formula(shown) if fence == "$" else ""
    return shown if shown and _PLAIN.fullmatch(shown) else f"{fence}{tight}{fence}"


def _value(shown: str) -> str:
    """A value, a unit, a gas or a sign; a tick box becomes ☑ or ☐, a number in a circle ①."""
    shown = _CIRCLED.sub(lambda m: chr(0x245F + int(m[1])), shown)
    for sign, meant in _SIGNS:
        if not ("^" in sign and "10" + sign in shown):
            shown = shown.replace(sign, meant)
    shown = re.sub(r"_\{(\d)\}", r"_\1", shown.replace("\\ ", " "))
    shown = _WORD.sub(r"\1", _WORD.sub(r"\1", shown))
    shown = _GAS.sub(lambda m: next(g for g in m.groups() if g), shown)
    shown = _POWER.sub(r"^\1", shown)
    if "_" in shown:
        return shown
    return re.sub(r"(?<=[A-Za-z/%]) | (?=[/%])", "", _BRACED.sub(r"\1", shown))


def _formula(shown: str) -> str:
    """A formula of plain letters and figures, as headers of tables have it: ``C = A \\times B \\times \\frac{44}{12}``."""
    for sign, meant in _OPERATORS:
        shown = shown.replace(sign, meant)
    return re.sub(r"\s*([=×÷/])\s*", r"\1", _FRACTION.sub(r"\1/\2", shown)).strip()


def formula_end(lines: Sequence[Line], start: int) -> int | None:
    """Index of the line that closes the formula opened by a sign alone on line ``start``; None for any other line."""
    closing = _OPENS.get(lines[start].text)
    if closing is None:
        return None
    for index in range(start + 1, min(start + _MOST, len(lines))):
        if lines[index].text == closing:
            return index if index > start + 1 else None
        if lines[index].text in _OPENS:
            return None
    return None
