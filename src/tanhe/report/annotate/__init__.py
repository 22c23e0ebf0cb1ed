"""The original with the findings marked (原件批注): which remarks, and the name of the copy that bears them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from tanhe.dossier.marks import Marks
from tanhe.report.annotate.marks import marks_of

__all__ = ["Original", "copy_name", "marks_of"]

_LONGEST: Final = 200
"""Bytes of the original's name that the copy's name keeps: systems end at 255."""


@dataclass(frozen=True)
class Original:
    """A finished report that can bear remarks: the name of the copy, and what makes the copy's bytes."""

    name: str
    annotate: Callable[[Marks], bytes]


def copy_name(path: str, suffix: str) -> str:
    """报告.pdf → 报告-批注.pdf; ``suffix`` is that of the content."""
    stem = PurePath(path).stem.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")
    return f"{stem}-批注{suffix}"
