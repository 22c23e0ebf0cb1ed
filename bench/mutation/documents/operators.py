"""What an operator on documents is, and the small helpers the operators share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from tanhe.reading.blocks import Document, Table

from .edits import doubled, rewritten, without, without_rows
from .paper import At, Key, Paper, key

LAYERS = ("figures", "tables", "prose", "identity", "references", "wording", "structure")


@dataclass(frozen=True)
class Mutant:
    """One defect in print: what was changed, where, and the words before and after.

    ``near`` are tables (by sheet) within which a place counts; ``absent``: something is gone, so that a finding may
    have no place at all.
    """

    what: str
    make: Callable[[], Document] = field(repr=False)
    keys: tuple[Key, ...]
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    absent: bool = False


@dataclass(frozen=True)
class Operator:
    """A way to spoil a report: its layer, the defect in words, and the rule that would catch it."""

    name: str
    layer: str
    defect: str
    rule: str
    make: Callable[[Paper], Iterator[Mutant]] = field(repr=False)

    def mutants(self, paper: Paper, most: int) -> list[Mutant]:
        """At most so many of the operator's mutants, drawn the same way every time."""
        every = list(self.make(paper))
        if len(every) <= most:
            return every
        return [every[n] for n in sorted(Random(f"{self.name}/{paper.name}").sample(range(len(every)), most))]


def operator(layer: str, defect: str, rule: str) -> Callable[[Callable[[Paper], Iterator[Mutant]]], Operator]:
    """Declare an operator; its name is the function's."""
    if layer not in LAYERS:
        raise ValueError(layer)
    return lambda make: Operator(make.__name__.replace("_", "-"), layer, defect, rule, make)


def _where(paper: Paper, at: At) -> str:
    sheet, cell = paper.keys(at)[0]
    block = paper.blocks[at.block]
    caption = f" {block.caption[:16]}" if isinstance(block, Table) and at.row >= 0 else ""
    return f"[{sheet}!{cell}]{caption}"


def put(paper: Paper, edits: Mapping[At, str], *, words: Iterable[str] = ()) -> Iterator[Mutant]:
    """The mutant with other words at these places; nothing when they are the words that stood there."""
    told = {at: said for at, said in edits.items() if said != paper.text(at)}
    if not told:
        return
    at, said = next(iter(told.items()))
    keys = tuple(dict.fromkeys(k for a in told for k in paper.keys(a)))
    near = tuple(dict.fromkeys(sheet for sheet, _ in keys if sheet != "段落"))
    before, after = _differing(paper.text(at), said)
    yield Mutant(f"{_where(paper, at)} {before or '∅'} → {after or '∅'}", lambda: rewritten(paper, told), keys,
                 tuple(w for w in (before, after, *words) if len(w) > 2), near)


def _differing(one: str, other: str) -> tuple[str, str]:
    """The words that differ, widened to whole numbers."""
    a = _alike(one, other)
    b = _alike(one[a:][::-1], other[a:][::-1])
    while a and re.match(r"[\d.]", one[a - 1]):
        a -= 1
    while b and re.match(r"[\d.]", one[len(one) - b]):
        b -= 1
    return one[a : len(one) - b], other[a : len(other) - b]


def _alike(one: str, other: str) -> int:
    """How many characters are the same from the left."""
    return next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


def drop_row(paper: Paper, block: int, row: int) -> Iterator[Mutant]:
    """The mutant without a row of a table."""
    table = paper.blocks[block]
    assert isinstance(table, Table)
    cells = table.rows[row]
    keys = tuple(key(c.place) for r in (row - 1, row, row + 1) if 0 <= r < len(table.rows) for c in table.rows[r])
    label = next((c.text for c in cells if re.search(r"[^\d\s./-]", c.text)), cells[0].text)
    yield Mutant(f"[{table.place.sheet}] {table.caption[:16]}: row “{label[:16]}” gone", lambda: without_rows(paper, block, (row,)), keys,
                 tuple(c.text for c in cells if len(c.text) > 2), (table.place.sheet or "",), absent=True)


def _range(paper: Paper, start: int, end: int) -> tuple[tuple[Key, ...], tuple[str, ...], tuple[str, ...]]:
    keys, sheets, words = list(paper.around(start, end)), [], []
    for n in range(start, end):
        keys += paper.keys(At(n))
    for block in paper.blocks[start:end]:
        if isinstance(block, Table):
            sheets.append(block.place.sheet or "")
            words += [c.text for row in block.rows for c in row]
        else:
            words.append(block.text)
    return tuple(sorted(set(keys))), tuple(sheets), tuple(dict.fromkeys(w for w in words if len(w) > 2))


def drop(paper: Paper, start: int, end: int) -> Iterator[Mutant]:
    """The mutant without some blocks."""
    keys, sheets, words = _range(paper, start, end)
    yield Mutant(f"{_where(paper, At(start))} “{paper.text(At(start))[:24]}” gone ({end - start} blocks)", lambda: without(paper, start, end),
                 keys, words, sheets, absent=True)


def double(paper: Paper, start: int, end: int) -> Iterator[Mutant]:
    """The mutant with some blocks printed twice."""
    keys, sheets, words = _range(paper, start, end)
    again = tuple(f"表{int(s.removeprefix('表')) + 900}" for s in sheets)
    moved = tuple((s, str(int(c) + 9000)) for s, c in keys if s == "段落")
    yield Mutant(f"{_where(paper, At(start))} “{paper.text(At(start))[:24]}” twice ({end - start} blocks)", lambda: doubled(paper, start, end),
                 (*keys, *moved), words, (*sheets, *again))


FIGURE = re.compile(r"(?<![\d.A-Za-z/〔\[(-])\d+(?:\.\d+)?(?![\d.〕\]A-Za-z/-])")


def is_figure(said: str) -> bool:
    """A cell that is a figure with at least three digits, and nothing else."""
    return re.fullmatch(r"-?\d+(?:\.\d+)?", said) is not None and sum(c.isdigit() for c in said) >= 3 and said.strip("-0.") != ""


def wrong(figure: str, seed: str) -> str:
    """A figure with one digit wrong, not the last decimal: chosen by the seed, the same every time."""
    places = [n for n, c in enumerate(figure) if c.isdigit()]
    first = next((n for n in places if figure[n] != "0"), places[0])
    usable = [n for n in places if n >= first][:-1] or [first]
    n = Random(seed).choice(usable)
    changed = str((int(figure[n]) + 3) % 10) if n != first else str(int(figure[n]) % 9 + 1)
    return figure[:n] + changed + figure[n + 1 :]


def off(paper: Paper, cells: Iterable[At]) -> Iterator[Mutant]:
    """A wrong digit in each of these cells that is a figure."""
    for at in cells:
        if is_figure(paper.text(at)):
            yield from put(paper, {at: wrong(paper.text(at), f"{paper.name}{at}")})


def row_label(table: Table, row: int) -> str:
    """The words of a row before its figures."""
    return "".join(c.text for c in table.rows[row] if not is_figure(c.text))[:40]
