"""Text as Typst code (文字): string literals only, so that nothing in a company's name is ever markup."""

from __future__ import annotations

import re
from collections.abc import Callable

from tanhe.report.typography import runs

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FUNCTIONS = {"sub": "sub", "sup": "super"}
_WORDS = re.compile("([!-~]+)")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": " "})


def string(text: str) -> str:
    """A Typst string literal of ``text``; control characters, which PDF/A forbids, are shown as ``�``."""
    clean = _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f'"{clean.translate(_ESCAPES)}"'


def inline(text: str, fits: Callable[[str], bool] = lambda word: True) -> str:
    """A Typst expression of ``text`` with its sub- and superscripts.

    A run of letters and digits that does not fit its line, for example a digest in a narrow column, may break
    anywhere; no sign is added to the text by that.
    """
    parts = [_run(run.text, run.kind, fits) for run in runs(text)]
    return " + ".join(parts) or '""'


def arguments(**given: str | None) -> str:
    """``name: value`` for every value that is there; ``_`` in names becomes ``-``."""
    return ", ".join(
        f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value is not None
    )


def _run(text: str, kind: str, fits: Callable[[str], bool]) -> str:
    if kind in _FUNCTIONS:
        return f"{_FUNCTIONS[kind]}({string(text)})"
    parts: list[tuple[str, bool]] = []
    for piece in filter(None, _WORDS.split(text)):
        loose = not fits(piece) if piece.isascii() else False
        if parts and not loose and not parts[-1][1]:
            parts[-1] = (parts[-1][0] + piece, False)
        else:
            parts.append((piece, loose))
    return " + ".join(f"loose({string(piece)})" if loose else string(piece) for piece, loose in parts)
