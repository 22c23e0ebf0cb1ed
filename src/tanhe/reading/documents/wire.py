"""A document as JSON and back (文档 ⇄ JSON): what the child process hands over; no pickle, every type checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Block, Cell, Document, Heading, Paragraph, Table

_KINDS: Final = ("text", "docx", "pdf", "scan")


def to_json(document: Document) -> str:
    """The document as one line of JSON."""
    return json.dumps(
        {
            "kind": document.kind,
            "path": document.path,
            "sha256": document.sha256,
            "blocks": [_block(block) for block in document.blocks],
            "lines": [[_place(place), words] for place, words in document.lines],
            "notes": [[_place(place), words] for place, words in document.notes],
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )


def from_json(data: str | bytes) -> Document:
    """The document; raises ValueError when the data are no document."""
    try:
        said = json.loads(data)
        kind = said["kind"]
        if kind not in _KINDS:
            raise ValueError(f"kind {kind!r}")
        return Document(
            kind,
            _text(said["path"]),
            _text(said["sha256"]),
            tuple(_blocks[block["is"]](block) for block in said["blocks"]),
            tuple((_placed(place), _text(words)) for place, words in said["lines"]),
            tuple((_placed(place), _text(words)) for place, words in said["notes"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a document: {error!r}") from error


def _place(place: Place) -> list[str | int | float | None]:
    return [place.file, place.line, place.column, place.page, place.sheet, place.cell, place.quote, place.confidence]


def _seams(seams: tuple[tuple[int, Place], ...]) -> list[Any]:
    return [[at, _place(place)] for at, place in seams]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, number, text, place):
            return {"is": "heading", "level": level, "number": number, "text": text, "place": _place(place)}
        case Paragraph(text, place, seams):
            return {"is": "paragraph", "text": text, "place": _place(place), "seams": _seams(seams)}
        case Table(caption, rows, place):
            shown = [[_cell(cell) for cell in row] for row in rows]
            return {"is": "table", "caption": caption, "rows": shown, "place": _place(place)}


def _cell(cell: Cell) -> list[Any]:
    return [cell.text, _place(cell.place), cell.colspan, cell.rowspan, cell.confidence, _seams(cell.seams)]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no count")
    return value


def _share(value: object) -> float | None:
    if value is not None and not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no share")
    return None if value is None else float(value)


def _placed(value: Any) -> Place:
    file, line, column, page, sheet, cell, quote, confidence = value
    line, column, page = (None if n is None else _count(n) for n in (line, column, page))
    sheet, cell = (None if s is None else _text(s) for s in (sheet, cell))
    return Place(_text(file), line, column, page, sheet, cell, _text(quote), _share(confidence))


def _seamed(value: Any) -> tuple[tuple[int, Place], ...]:
    return tuple((_count(at), _placed(place)) for at, place in value)


def _heading_of(value: Mapping[str, Any]) -> Heading:
    return Heading(
        _count(value["level"]), _text(value["number"]), _text(value["text"]), _placed(value["place"])
    )


def _paragraph_of(value: Mapping[str, Any]) -> Paragraph:
    return Paragraph(_text(value["text"]), _placed(value["place"]), _seamed(value["seams"]))


def _table_of(value: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(_cell_of(cell) for cell in row) for row in value["rows"])
    return Table(_text(value["caption"]), rows, _placed(value["place"]))


def _cell_of(value: Any) -> Cell:
    text, place, colspan, rowspan, confidence, seams = value
    return Cell(
        _text(text), _placed(place), _count(colspan), _count(rowspan), _share(confidence), _seamed(seams)
    )


_blocks: Final[Mapping[str, Callable[[Mapping[str, Any]], Block]]] = {
    "heading": _heading_of,
    "paragraph": _paragraph_of,
    "table": _table_of,
}
