"""Remarks to be put on a finished report (批注): what is said, how grave it is, and where it belongs."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass
from typing import Final, Literal

from tanhe.dossier.places import Place

Kind = Literal["material", "minor", "editorial", "unplaced"]

AUTHOR: Final = "碳核 (Tanhe)"
INITIALS: Final = "碳核"


@dataclass(frozen=True)
class Mark:
    """A finding, or with ``kind`` unplaced a number that nothing explains (未解释的数字).

    ``lines`` are the words, the first one its heading. A mark without a place is about the document as a whole.
    The quotation of a number's place is the words around it.
    """

    kind: Kind
    lines: tuple[str, ...]
    place: Place | None = None
    number: str = ""


@dataclass(frozen=True)
class Marks:
    """All remarks on one document; ``summary`` stands at its beginning, together with those without a place."""

    on: datetime.date
    summary: tuple[str, ...]
    marks: tuple[Mark, ...]


def to_json(marks: Marks) -> bytes:
    """For another process."""
    return json.dumps(asdict(marks) | {"on": marks.on.isoformat()}, ensure_ascii=False).encode()


def from_json(data: bytes) -> Marks:
    """The other way; raises ValueError, KeyError or TypeError for anything else."""
    said = json.loads(data)
    return Marks(
        datetime.date.fromisoformat(said["on"]),
        tuple(said["summary"]),
        tuple(
            Mark(m["kind"], tuple(m["lines"]), None if m["place"] is None else Place(**m["place"]), m["number"])
            for m in said["marks"]
        ),
    )
