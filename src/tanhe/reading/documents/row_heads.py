"""Headers of lists whose rows stand on lines (一行一行清单的表头): the columns, and where the rows begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.documents.cells import cell_of, extended
from tanhe.reading.documents.lines import Line
from tanhe.reading.documents.list_heads import Head, head_of

_MOST: Final = 14
"""Lines of a header, at most."""
_WORDS: Final = 40
_FIRST: Final = frozenset({"serial", "date", "year", "number", "category", "name"})
_NO_LISTS: Final = frozenset({"results", "economics", "parameters"})


def heads_of(lines: Sequence[Line], file: str) -> list[tuple[Head, int]]:
    """The header that the lines begin, in the ways it can be understood, each with the index of the first line below."""
    pieces = [(cell_of(file, line, said), n) for n, line in enumerate(lines[:_MOST]) for said in _words(line, n)][:_WORDS]
    head = head_of([cell for cell, _ in pieces])
    if head is None or head.kind in _NO_LISTS or head.fields[0] not in _FIRST or head.size >= len(pieces):
        return []
    end = pieces[head.size][1]
    known = max(n for n, field in enumerate(head.fields, 1) if field)
    if head.fields[:known].count("") > 2 or pieces[head.size - 1][1] == end or end == 0 or any(len(line.text) > 100 for line in lines[:end]):
        return []
    made = [(head, end)] if head.fields.count("") <= 2 else []
    if known == len(head.fields) or len(head.fields) < 4:
        return made
    below = pieces[head.size - (len(head.fields) - known)][1]
    if pieces[head.size - (len(head.fields) - known) - 1][1] < below:
        made.append((replace(head, fields=head.fields[:known], cells=head.cells[:known]), below))
    if known == len(head.fields) - 1:
        whole = [*head.cells[:-2], extended(head.cells[-2], head.cells[-1])]
        made.append((replace(head, fields=head.fields[:-1], cells=whole), end))
    return made


def _words(line: Line, n: int) -> list[str]:
    """The words of a line; ``/`` where a running number belongs counts as one."""
    said = line.text.split(" ")
    return ["1", *said[1:]] if n and said[0] == "/" else said


def again(lines: Sequence[Line], size: int) -> frozenset[int]:
    """Lines of the header printed again on the next page."""
    shown = [line.text for line in lines[:size]]
    found = (n for n in range(size, len(lines) - size + 1) if [line.text for line in lines[n : n + size]] == shown)
    return frozenset(at for n in found for at in range(n, n + size))
