"""Result tables (排放量汇总表): rows of emission sources, both totals, declarations, and the supplementary form.

A result table has rows whose labels speak of emission sources and whose other cells are figures. The label is the
innermost words before the figures; a total counts as including purchased energy unless it says it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Claim, Results, Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.equations import key
from tanhe.reading.understand.located import Located, Row, figure, filled, located, said
from tanhe.reading.understand.months import is_period
from tanhe.reading.understand.results_form import declaration, numbered_row, read_form, summary
from tanhe.reading.understand.results_lines import by_line, is_filed
from tanhe.reading.understand.results_prose import notes_below, told
from tanhe.reading.understand.results_rows import (
    NUMBERED,
    Line,
    about,
    has_factors,
    is_contents,
    is_figure,
    is_label,
    is_numbered,
    is_source,
    split,
    value,
)
from tanhe.reading.understand.vocabulary import fold, has_word, plain, row_field, tidy

_REPORTED: Final = re.compile(r"填报|初始|企业报告|复算|差异")


_MOST_FIGURES: Final = 5
"""Behind one label, at most: more are columns printed one after the other."""

_VERIFIED: Final = re.compile(r"核查|确认|当量|CO2?e")


_WITH_POWER: Final = re.compile(r"\(?(?:不?包括|不?含|不?包含)净?(?:购入|外购|电力)")


def claims(document: Document) -> tuple[Claim, ...]:
    """All result tables, declarations and supplementary forms of the document."""
    out: list[Claim] = []
    notes = notes_below(document)
    for table in _joined(document):
        if table.lost or all(len(r) == 1 for r in table.rows):
            out += _lost(table)
        elif (lines := by_line(table)) is not None:
            out.append(lines)
        elif (form := read_form(table)) is not None:
            out.append(replace(form, notes=notes.get(key(table.place, table.rows), ())))
        elif (found := _by_source(table) or declaration(table) or summary(table)) is not None:
            out.append(found)
        else:
            out += _run_together(table)
    return (*out, *told(document))


def _run_together(table: Located) -> Iterator[Results]:
    """A result table whose cells were all set into one row of a larger form."""
    for row in table.rows:
        cells = filled(row)
        labels = [n for n, c in enumerate(cells[:-1]) if is_label(c) and is_figure(cells[n + 1])]
        if len(labels) >= 2 and len(cells) >= 6:
            first = max(labels[0] - 1, 0)
            yield from _lost(replace(table, rows=tuple((c,) for c in cells[first:])))


def _joined(document: Document) -> Iterator[Located]:
    """Tables with those that stand on after a page break under the same header or without one."""
    last: Located | None = None
    for table in located(document):
        if last is not None and table.follows and not table.lost and table.rows and _goes_on(last, table):
            last = replace(last, rows=(*last.rows, *table.rows))
            continue
        if last is not None:
            yield last
        last = table
    if last is not None:
        yield last


def _goes_on(last: Located, table: Located) -> bool:
    numbered = sum(is_numbered(r) for r in last.rows) >= 4
    same = bool(last.rows) and fold(last.rows[0][0].text) == fold(table.rows[0][0].text) != ""
    return numbered or same or (is_source(table.rows[0]) and any(is_source(r) for r in last.rows))


def _by_source(table: Located) -> Results | None:
    """A table with one row per emission source."""
    if is_contents(table):
        return None
    if (
        any(sum(is_period(c.text) for c in r) for r in table.rows)
        or sum(bool(r and row_field(r[0].text)) for r in table.rows) >= 4
    ):
        return None
    cells = [c for r in table.rows for c in r]
    if any(arithmetic.find_formula(plain(c.text)) for c in cells) or has_factors(table):
        return None
    given = [r for r in table.rows if is_source(r)]
    heads = _heads(table, given[0]) if given else {}
    lines = [(w, _kept(r, f, heads)) for r in given for w, f in [split(r)]]
    lines = [(w, f) for w, f in lines if f]
    emitting = [w for w, _ in lines if has_word(w[-1].text, "results", "sources")]
    numbers_in = sum(any(figure(value(c).text) for _, c in f) for _, f in lines)
    if len(lines) < 2 or numbers_in < 2 or not emitting:
        return None
    if not _speaks_of_emissions(table) and not (len(emitting) >= 3 and any(is_filed(fold(h)) for h in heads.values())):
        return None
    rows: list[Line] = []
    totals: dict[str, Said] = {}
    which = ""
    for words, figures in lines:
        rows.append((said(words[-1]), tuple(value(c) for _, c in figures)))
        which = _total(words, which)
        if which and (best := _best(figures, heads)) is not None:
            totals.setdefault(which, value(best))
    over = max((f for _, f in lines), key=len)
    return Results(
        tuple(rows),
        totals.get("excluding"),
        totals.get("including") or totals.get("total"),
        table.place,
        table.section,
        table.title,
        about(table),
        _filed([f for _, f in lines], heads),
        tuple(heads.get(x, "") for x, _ in over),
    )


def _filed(lines: Sequence[Sequence[tuple[int, Cell]]], heads: Mapping[int, str]) -> tuple[Said | None, ...]:
    """Per row the figure in the column of filed figures; nothing where there is no such column."""
    column = next((x for x, h in sorted(heads.items()) if is_filed(fold(h))), None)
    if column is None:
        return ()
    found = [next((c for x, c in figures if x == column), None) for figures in lines]
    return tuple(value(c) if c is not None and figure(value(c).text) is not None else None for c in found)


def _heads(table: Located, first: Row) -> dict[int, str]:
    """The header words over each column, lower rows of the header before upper ones."""
    heads: dict[int, str] = {}
    for row in reversed(table.rows[: table.rows.index(first)]):
        for x, cell in enumerate(row):
            if cell.text.strip():
                heads.setdefault(x, tidy(cell.text))
    return heads


def _kept(row: Row, figures: Sequence[Cell], heads: Mapping[int, str]) -> list[tuple[int, Cell]]:
    """The figures with their columns, without those of remarks and shares."""
    at = [(x, c) for x, c in enumerate(row) if any(c is f for f in figures)]
    return [(x, c) for x, c in at if not has_word(heads.get(x, ""), "results", "remark")]


def _best(figures: Sequence[tuple[int, Cell]], heads: Mapping[int, str]) -> Cell | None:
    """The figure that is the verified one: under 核查 or 当量, not under 填报; else the last."""
    numbers = [(heads.get(x, ""), c) for x, c in figures if figure(value(c).text) is not None]
    rest = [(h, c) for h, c in numbers if not _REPORTED.search(h)]
    verified = [c for h, c in rest if _VERIFIED.search(plain(h))]
    return next(iter([*verified[-1:], *(c for _, c in rest[-1:])]), None)


def _speaks_of_emissions(table: Located) -> bool:
    words = (table.title, *(c.text for r in table.rows for c in filled(r)))
    return any("排放" in w for w in words)


def _total(words: Sequence[Cell], before: str) -> str:
    """Which total a row's words name, ``before`` being that of the row above; empty for none."""
    label = words[-1].text
    whole = any(has_word(w.text, "results", "total") for w in words)
    whole = whole or (before == "excluding" and has_word(label, "results", "including"))
    whole = whole or _WITH_POWER.match(fold(label)) is not None
    if not whole:
        return ""
    if has_word(label, "results", "excluding"):
        return "excluding"
    return "including" if has_word(label, "results", "including") else "total"


def _lost(table: Located) -> Iterator[Results]:
    """A result table with each cell on a line of its own: labels, each followed by as many figures as the others."""
    cells = [c for r in table.rows for c in filled(r)]
    rows: list[Row] = []
    numbered = [
        r
        for n, c in enumerate(cells)
        if NUMBERED.match(plain(c.text)) and (r := numbered_row(cells[n : n + 4]))
    ]
    if len(numbered) >= 3:
        form = read_form(replace(table, rows=tuple(numbered)), 3)
        yield from [form] if form else []
        return
    for n, cell in enumerate(cells):
        if is_figure(cell) or is_period(cell.text) or NUMBERED.match(plain(cell.text)):
            continue
        figures = []
        for after in cells[n + 1 :]:
            if not is_figure(after):
                break
            figures.append(after)
        if len(figures) > _MOST_FIGURES:
            return
        if figures and is_label(cell):
            group = [
                c
                for c in cells[max(0, n - 1) : n]
                if has_word(c.text, "results", "total") and not is_figure(c)
            ]
            rows.append((*group, cell, *figures))
        elif rows and len(rows) > 1 and len(plain(cell.text)) > 60:
            break
    if any(is_period(c.text) for c in cells) or any(row_field(c.text) for c in cells[:3]):
        return
    found = _by_source(replace(table, rows=tuple(rows)))
    decimals = found is not None and any("." in v.text for _, f in found.rows for v in f[:1])
    if found is not None and (decimals or found.including) and "排放" in "".join(c.text for c in cells):
        yield found
