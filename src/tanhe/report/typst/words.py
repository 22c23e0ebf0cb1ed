"""Text as Typst code (文字): string literals only, so that nothing in a company's name is ever markup."""

from __future__ import annotations

import re

from tanhe.report.typography import runs

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FUNCTIONS = {"sub": "sub", "sup": "super"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": " "})


def string(text: str) -> str:
    """A Typst string literal of ``text``; control characters, which PDF/A forbids, are shown as ``�``."""
    clean = _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f'"{clean.translate(_ESCAPES)}"'


def inline(text: str, widest: int | None = None) -> str:
    """A Typst expression of ``text`` with its sub- and superscripts.

    ``widest``: a run of letters and digits longer than this many characters may break anywhere, for example
    a digest in a narrow column; no sign is added to the text by that.
    """
    parts = [_run(run.text, run.kind, widest) for run in runs(text)]
    return " + ".join(parts) or '""'


def arguments(**given: str | None) -> str:
    """``name: value`` for every value that is there; ``_`` in names becomes ``-``."""
    return ", ".join(
        f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value is not None
    )


def _run(text: str, kind: str, widest: int | None) -> str:
    if kind in _FUNCTIONS:
        return f"{_FUNCTIONS[kind]}({string(text)})"
    if widest is None:
        return string(text)
    pieces = re.split(rf"([!-~]{{{widest + 1},}})", text)
    return (
        " + ".join(f"loose({string(p)})" if i % 2 else string(p) for i, p in enumerate(pieces) if p) or '""'
    )
