"""The supplementary form, its declaration, and the totals of the table of basic data (补充数据表、数据汇总表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Results, Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.located import Located, Row, figure, filled, number, said, year_of
from tanhe.reading.understand.results_rows import (
    NUMBERED,
    Line,
    about,
    has_factors,
    is_contents,
    is_figure,
    is_numbered,
    value,
)
from tanhe.reading.understand.vocabulary import fold, has_word, plain, tidy

_NOTE_MARK: Final = re.compile(r"\s*\^?\{?\*\s*[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\}?")


_TOTAL_HEAD: Final = re.compile(r"(?:温室气体|二氧化碳|碳)排放(?:总)?量")


def _closed_up(row: Row) -> Row:
    """The row with a number that stands in a cell of its own (1.1.2 | 项目) joined to its name."""
    if len(row) < 2 or not row[1].text.strip() or number(row[1].text) is not None:
        return row
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,4}", fold(row[0].text)) is None:
        return row
    return (replace(row[1], text=f"{row[0].text.strip()} {row[1].text}", place=row[0].place), *row[2:])


def declaration(table: Located) -> Results | None:
    """One row per unit and product with its emissions, and their total (补充数据表排放量声明)."""
    head = next(
        (
            r
            for r in table.rows[:2]
            if filled(r) and re.match(r"\S{0,12}排放量", fold(filled(r)[-1].text)[:20])
        ),
        None,
    )
    if (
        head is None
        or len(fold(filled(head)[-1].text)) > 24
        or has_factors(table)
        or not any(re.search(r"产品|设施|车间|工序", c.text) for c in head)
    ):
        return None
    if any(arithmetic.find_formula(plain(c.text)) for r in table.rows for c in r):
        return None
    rows: list[Line] = []
    total: Said | None = None
    for row in table.rows[table.rows.index(head) + 1 :]:
        words = [c for c in filled(row) if not is_figure(c) and year_of(c.text) is None]
        figures = [c for c in filled(row) if number(c.text) is not None and year_of(c.text) is None]
        figures = [c for c in figures if not (c is filled(row)[0] and year_of(c.text))]
        if not words or not figures:
            continue
        rows.append(
            (Said(" ".join(tidy(w.text) for w in words), words[0].place), tuple(value(c) for c in figures))
        )
        if has_word(words[-1].text, "results", "total"):
            total = value(figures[-1])
    if not rows:
        return None
    return Results(
        tuple(rows), None, total or rows[-1][1][-1], table.place, table.section, table.title, "supplementary"
    )


def summary(table: Located) -> Results | None:
    """The totals at the right end of a wide table of basic data (数据汇总表), under their headers."""
    head = next(
        (
            r
            for r in table.rows[:3]
            if sum(bool(_TOTAL_HEAD.search(fold(c.text))) for c in r) >= 1 and len(filled(r)) > 4
        ),
        None,
    )
    if head is None:
        return None
    heads = [c for c in filled(head) if _TOTAL_HEAD.search(fold(c.text))]
    last = filled(head)[-len(heads) :]
    data = next(
        (
            r
            for r in table.rows[table.rows.index(head) + 1 :]
            if len(filled(r)) > len(heads) and year_of(r[0].text)
        ),
        None,
    )
    if data is None or heads != last:
        return None
    figures = filled(data)[-len(heads) :]
    if not all(is_figure(c) for c in figures):
        return None
    rows = tuple((said(h), (value(c),)) for h, c in zip(heads, figures, strict=True))
    whole = next((f[0] for h, f in rows if not has_word(h.text, "results", "supplementary")), None)
    return Results(rows, None, whole, table.place, table.section, table.title)


def numbered_row(cells: Sequence[Cell]) -> Row | None:
    """A numbered label with its figure, and what the figure is of between them."""
    at = next((n for n, c in enumerate(cells) if n and (is_figure(c) or NUMBERED.match(plain(c.text)))), None)
    return tuple(cells[: at + 1]) if at is not None and is_figure(cells[at]) else None


def read_form(table: Located, least: int = 4) -> Results | None:
    """The supplementary form, its rows known by their numbers (1.1.2 …)."""
    supplementary = about(table) == "supplementary"
    given = [_closed_up(r) if supplementary else r for r in table.rows]
    numbered = [r for r in given if is_numbered(r)]
    dotted = any(re.match(r"\d+\.\d", plain(c.text)) for r in numbered for c in r[:2])
    if (
        not dotted
        or len(numbered) < least
        or is_contents(table)
        or not (supplementary or any("补充数据" in c.text for r in table.rows for c in r))
    ):
        return None
    rows: list[Line] = []
    for row in numbered:
        at = next(x for x, c in enumerate(row) if NUMBERED.match(plain(c.text)))
        rest = filled(row[at + 1 :])
        n = next(
            (i for i, c in enumerate(rest[:3]) if figure(c.text) is not None or fold(c.text) == "/"), None
        )
        if n is None:
            continue
        name = " ".join([tidy(row[at].text), *(tidy(c.text) for c in rest[:n])])
        name = _NOTE_MARK.sub("", name)
        rows.append((Said(name, row[at].place), (value(rest[n]),)))
    if len(rows) < 3:
        return None
    whole = [v for label, v in rows if re.match(r"\d+\s*二氧化碳排放总?量", plain(label.text))]
    return Results(
        tuple(rows), None, whole[-1][0] if whole else None, table.place, table.section, table.title, "form"
    )
