"""Blocks → claims (理解): what a report says, by meaning and not by layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim

PARTS: Final = (
    "parameters", "monthly", "calculation", "results", "admin", "people", "lists", "prose", "statements",
)
"""Modules of this room; each has ``claims(document) -> Iterable[Claim]``."""


def understand(document: Document) -> tuple[Claim, ...]:
    """Every claim of the document, part by part."""
    return tuple(claim for part in PARTS if (read := _reader(part)) is not None for claim in read(document))


def missing() -> tuple[str, ...]:
    """Parts that are not there, so that what they would read is known to be unread."""
    return tuple(part for part in PARTS if _reader(part) is None)


def _reader(part: str) -> Callable[[Document], Iterable[Claim]] | None:
    name = f"{__name__}.{part}"
    if find_spec(name) is None:
        return None
    module = import_module(name)
    found: Callable[[Document], Iterable[Claim]] | None = getattr(module, "claims", None) or getattr(module, part, None)
    return found
