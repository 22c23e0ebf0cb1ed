"""Remarks put on a finished report (在原件上批注): PDF annotations, Word comments; the rest of the file as it was.

The original comes from anyone: it is opened in a child process with the reader's limits, which gets the remarks as
JSON and answers the bytes of the copy.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from tanhe.dossier.marks import Marks, to_json
from tanhe.reading.documents.child import SECONDS, answer_of

Suffix = Literal[".pdf", ".docx"]


def suffix_of(path: str | os.PathLike[str]) -> Suffix | None:
    """Which kind of remarks a report can bear, told by its content; None for text."""
    with open(path, "rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return ".pdf"
    return ".docx" if head.startswith(b"PK\x03\x04") else None


def annotated(path: str | os.PathLike[str], marks: Marks, seconds: float = SECONDS) -> bytes:
    """The report at ``path`` with the remarks on it.

    Raises TanheError when it is encrypted, forbids remarks, is damaged or takes too much time or memory.
    """
    return answer_of(Path(path), "tanhe.reading.annotate.child", to_json(marks), seconds)
