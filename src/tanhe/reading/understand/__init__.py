"""Blocks → claims (理解): what a report says, by meaning and not by layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim

PARTS: Final = (
    "parameters", "monthly", "calculation", "filings", "results", "admin", "people", "lists", "prose", "statements",
)
"""Modules of this room; each has ``claims(document) -> Iterable[Claim]``."""


@dataclass(frozen=True)
class Understood:
    """What was understood, and the parts that broke off with the error that stopped them."""

    claims: tuple[Claim, ...]
    broken: tuple[str, ...] = ()


def understand(document: Document, strict: bool = False) -> Understood:
    """Every claim of the document, part by part.

    A layout nobody thought of costs one part, not the report; ``strict`` lets the error through, for fuzzing.
    """
    claims: list[Claim] = []
    broken: list[str] = []
    for part in PARTS:
        read = _reader(part)
        try:
            claims.extend(read(document) if read is not None else ())
        except Exception as error:
            if strict:
                raise
            broken.append(f"{part} ({type(error).__name__})")
    return Understood(tuple(claims), tuple(broken))


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
