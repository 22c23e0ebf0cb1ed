"""Reading a finished report (读取核查报告): file → document → claims → dossier → closure of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tanhe.checks.fit import misfits
from tanhe.checks.genre import own_report
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.reading import Reading
from tanhe.inventory.compute import compute
from tanhe.messages import TanheError, text
from tanhe.reading.assemble import assemble
from tanhe.reading.blocks import Document
from tanhe.reading.building import build
from tanhe.reading.claims import Claim, Listed
from tanhe.reading.closure import close
from tanhe.reading.understand import Understood, missing, understand
from tanhe.reading.understand.tamed import tamed


@dataclass(frozen=True)
class ReadReport:
    """A report as read: its blocks, what they claim, the dossier that follows, and how well it was read.

    ``tree`` and ``tables`` are the dossier as files would hold it, ``places`` where each value stands in the report.
    """

    document: Document
    claims: tuple[Claim, ...]
    dossier: Dossier
    problems: tuple[Problem, ...]
    reading: Reading
    tree: Mapping[str, Any]
    tables: Mapping[str, str]
    places: Mapping[tuple[str | int, ...], Place]


def read_report(path: str | Path) -> ReadReport:
    """Read one report; what was claimed and not placed, and what could not be read, is in ``reading.notes``.

    Errors: ``TanheError`` when the file cannot be read or is no verification report.
    """
    from tanhe.reading.documents.child import read_safely

    return from_document(read_safely(path))


def from_document(document: Document, strict: bool = False) -> ReadReport:
    """The same for a document already read.

    Claims of one kind that cannot be put together are left out and named in the notes; ``strict`` lets the error
    through, as in :func:`~tanhe.reading.understand.understand`.
    """
    read = tamed(document)
    understood = understand(read, strict)
    try:
        return _made(document, read, understood)
    except TanheError:
        raise
    except Exception as error:
        made = None if strict else _without_one_kind(document, read, understood, error)
        if made is None:
            raise
        return made


def _without_one_kind(document: Document, read: Document, understood: Understood, error: Exception) -> ReadReport | None:
    """The report made without the kind of claims that stops it; None when no kind alone is to blame."""
    for kind in dict.fromkeys(_kind(claim) for claim in understood.claims):
        rest = tuple(claim for claim in understood.claims if _kind(claim) != kind)
        try:
            return _made(document, read, Understood(rest, (*understood.broken, f"{kind} ({type(error).__name__})")))
        except Exception:
            continue
    return None


def _kind(claim: Claim) -> str:
    return claim.into if isinstance(claim, Listed) else type(claim).__name__


def _made(document: Document, read: Document, understood: Understood) -> ReadReport:
    """The dossier of the claims of what was ``read``, its inventory and the closure of the numbers of the whole document."""
    assembled = assemble(read, understood.claims)
    try:
        dossier, problems, unplaced, tree = build(assembled, document.path, document.sha256)
    except TanheError as error:
        raise _with_notes(error, document) from error
    broken = misfits(dossier)
    if broken:
        raise UnreadableDossier(dossier.root, broken)
    here = Place(document.path)
    unread = tuple((here, text(f"没有读完的部分：{part}", f"parts not read to their end: {part}"))
                   for part in (*missing(), *understood.broken))
    own = ((here, text("题名是企业的排放报告，不是核查报告：只复算、核对数据，不看核查工作",
                       "the title is of an enterprise's own report: figures are recomputed and compared, no verification is judged")),)
    notes = (*document.notes, *(own if own_report(dossier) else ()), *unread, *unplaced)
    reading = close(document, dossier, compute(dossier), notes)
    return ReadReport(document, understood.claims, dossier, problems, reading, tree.root, assembled.tables, tree.places)


def _with_notes(error: TanheError, document: Document) -> TanheError:
    """The error, led by what the document's reader could not read: most often that is the reason."""
    if not document.notes:
        return error
    told = tuple(Problem("DOC001", words, place) for place, words in document.notes[:3])
    others = error.problems if isinstance(error, UnreadableDossier) else (Problem("DOC002", error.message, Place(document.path)),)
    return UnreadableDossier(document.path, (*told, *others))
