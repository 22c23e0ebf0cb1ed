"""Result tables (排放量汇总表): rows of emission sources, both totals, declarations, and the supplementary form.

A result table has rows whose labels speak of emission sources and whose other cells are figures. The label is the
innermost words before the figures; a total counts as including purchased energy unless it says it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Claim, Results, Said
from tanhe.reading.understand import arithmetic
from tanhe.reading.understand.located import Located, Row, figure, filled, located, number, said, year_of
from tanhe.reading.understand.monthly import is_period
from tanhe.reading.understand.vocabulary import fold, has_word, plain, quantity, row_field, tidy

About = Literal["entity", "supplementary", "form"]
Line = tuple[Said, tuple[Said, ...]]
_NUMBERED: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\s*(?=[\u4e00-\u9fffA-Z])(?![年月日])")
_NOTE_MARK: Final = re.compile(r"\s*\^?\{?\*\s*[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\}?")
_REPORTED: Final = re.compile(r"填报|初始|企业报告|复算|差异")
_VERIFIED: Final = re.compile(r"核查|确认|当量|CO2?e")
_WITH_POWER: Final = re.compile(r"\(?(?:不?包括|不?含|不?包含)净?(?:购入|外购|电力)")
_TOTAL_HEAD: Final = re.compile(r"(?:温室气体|二氧化碳|碳)排放(?:总)?量")


def claims(document: Document) -> tuple[Claim, ...]:
    """All result tables, declarations and supplementary forms of the document."""
    out: list[Claim] = []
    for table in _joined(document):
        if table.lost or all(len(r) == 1 for r in table.rows):
            out += _lost(table)
        elif (form := _form(table)) is not None:
            out.append(form)
        elif (found := _by_source(table) or _declaration(table) or _summary(table)) is not None:
            out.append(found)
    return tuple(out)


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
    numbered = sum(_is_numbered(r) for r in last.rows) >= 4
    same = bool(last.rows) and fold(last.rows[0][0].text) == fold(table.rows[0][0].text) != ""
    return numbered or same or (_is_source(table.rows[0]) and any(_is_source(r) for r in last.rows))


def _about(table: Located) -> About:
    where = (table.caption, *table.headings[:2], *(c.text for r in table.rows[:1] for c in r))
    return "supplementary" if any(has_word(w, "results", "supplementary") for w in where) else "entity"


def _split(row: Row) -> tuple[list[Cell], list[Cell]]:
    """(words before the figures, figures with what stands for none); remarks after them are left out."""
    cells = [c for c in filled(row)]
    first = next((n for n, c in enumerate(cells) if _is_figure(c) and n), len(cells))
    figures = []
    for cell in cells[first:]:
        if not _is_figure(cell):
            break
        figures.append(cell)
    return cells[:first], figures


def _is_figure(cell: Cell) -> bool:
    return (figure(cell.text) is not None or fold(cell.text) in {"/", "-", "—", "——", "--"}) and year_of(
        cell.text
    ) is None


def _is_source(row: Row) -> bool:
    words, figures = _split(row)
    if not words or not figures:
        return False
    label = words[-1].text
    return len(label) <= 60 and (has_word(label, "results", "sources") or has_word(label, "results", "total"))


def _is_numbered(row: Row) -> bool:
    return any(_NUMBERED.match(plain(c.text)) for c in row[:2])


def _closed_up(row: Row) -> Row:
    """The row with a number that stands in a cell of its own (1.1.2 | 项目) joined to its name."""
    if len(row) < 2 or not row[1].text.strip() or number(row[1].text) is not None:
        return row
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,4}", fold(row[0].text)) is None:
        return row
    return (replace(row[1], text=f"{row[0].text.strip()} {row[1].text}", place=row[0].place), *row[2:])


def _by_source(table: Located) -> Results | None:
    """A table with one row per emission source."""
    if _is_contents(table):
        return None
    if (
        any(sum(is_period(c.text) for c in r) for r in table.rows)
        or sum(bool(r and row_field(r[0].text)) for r in table.rows) >= 4
    ):
        return None
    cells = [c for r in table.rows for c in r]
    if any(arithmetic.find_formula(plain(c.text)) for c in cells) or _has_factors(table):
        return None
    given = [r for r in table.rows if _is_source(r)]
    heads = _heads(table, given[0]) if given else {}
    lines = [(w, _kept(r, f, heads)) for r in given for w, f in [_split(r)]]
    lines = [(w, f) for w, f in lines if f]
    emitting = [w for w, _ in lines if has_word(w[-1].text, "results", "sources")]
    numbers_in = sum(any(figure(c.text) for _, c in f) for _, f in lines)
    if len(lines) < 2 or numbers_in < 2 or not emitting or not _speaks_of_emissions(table):
        return None
    rows: list[Line] = []
    totals: dict[str, Said] = {}
    which = ""
    for words, figures in lines:
        rows.append((said(words[-1]), tuple(_value(c) for _, c in figures)))
        which = _total(words, which)
        if which and (best := _best(figures, heads)) is not None:
            totals.setdefault(which, _value(best))
    over = max((f for _, f in lines), key=len)
    return Results(
        tuple(rows),
        totals.get("excluding"),
        totals.get("including") or totals.get("total"),
        table.place,
        table.section,
        table.title,
        _about(table),
        tuple(heads.get(x, "") for x, _ in over),
    )


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
    numbers = [(heads.get(x, ""), c) for x, c in figures if figure(c.text) is not None]
    rest = [(h, c) for h, c in numbers if not _REPORTED.search(h)]
    verified = [c for h, c in rest if _VERIFIED.search(plain(h))]
    return next(iter([*verified[-1:], *(c for _, c in rest[-1:])]), None)


def _is_contents(table: Located) -> bool:
    """Whether it is a table of contents: whole numbers that only rise, or its title."""
    if re.fullmatch(r"目录", fold(table.title)):
        return True
    last = [filled(r)[-1].text for r in table.rows if len(filled(r)) > 1]
    pages = [int(t) for x in last if (t := fold(x)).isdigit()]
    return (
        len(pages) >= 3 and len(pages) * 5 >= len(last) * 4 and pages == sorted(pages) and 0 < pages[-1] < 400
    )


def _has_factors(table: Located) -> bool:
    return any((q := quantity(c.text)) is not None and q.kind == "factor" for r in table.rows[:2] for c in r)


def _speaks_of_emissions(table: Located) -> bool:
    words = (table.title, *(c.text for r in table.rows for c in filled(r)))
    return any("排放" in w for w in words)


def _value(cell: Cell) -> Said:
    found = figure(cell.text)
    return said(cell, found[0]) if found else said(cell)


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


def _declaration(table: Located) -> Results | None:
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
        or _has_factors(table)
        or not any(re.search(r"产品|设施|车间|工序", c.text) for c in head)
    ):
        return None
    if any(arithmetic.find_formula(plain(c.text)) for r in table.rows for c in r):
        return None
    rows: list[Line] = []
    total: Said | None = None
    for row in table.rows[table.rows.index(head) + 1 :]:
        words = [c for c in filled(row) if not _is_figure(c) and year_of(c.text) is None]
        figures = [c for c in filled(row) if number(c.text) is not None and year_of(c.text) is None]
        figures = [c for c in figures if not (c is filled(row)[0] and year_of(c.text))]
        if not words or not figures:
            continue
        rows.append(
            (Said(" ".join(tidy(w.text) for w in words), words[0].place), tuple(_value(c) for c in figures))
        )
        if has_word(words[-1].text, "results", "total"):
            total = _value(figures[-1])
    if not rows:
        return None
    return Results(
        tuple(rows), None, total or rows[-1][1][-1], table.place, table.section, table.title, "supplementary"
    )


def _summary(table: Located) -> Results | None:
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
    if not all(_is_figure(c) for c in figures):
        return None
    rows = tuple((said(h), (_value(c),)) for h, c in zip(heads, figures, strict=True))
    whole = next((f[0] for h, f in rows if not has_word(h.text, "results", "supplementary")), None)
    return Results(rows, None, whole, table.place, table.section, table.title)


def _numbered(cells: Sequence[Cell]) -> Row | None:
    """A numbered label with its figure, and what the figure is of between them."""
    at = next(
        (n for n, c in enumerate(cells) if n and (_is_figure(c) or _NUMBERED.match(plain(c.text)))), None
    )
    return tuple(cells[: at + 1]) if at is not None and _is_figure(cells[at]) else None


def _form(table: Located, least: int = 4) -> Results | None:
    """The supplementary form, its rows known by their numbers (1.1.2 …)."""
    supplementary = _about(table) == "supplementary"
    given = [_closed_up(r) if supplementary else r for r in table.rows]
    numbered = [r for r in given if _is_numbered(r)]
    dotted = any(re.match(r"\d+\.\d", plain(c.text)) for r in numbered for c in r[:2])
    if (
        not dotted
        or len(numbered) < least
        or _is_contents(table)
        or not (supplementary or any("补充数据" in c.text for r in table.rows for c in r))
    ):
        return None
    rows: list[Line] = []
    for row in numbered:
        at = next(x for x, c in enumerate(row) if _NUMBERED.match(plain(c.text)))
        rest = filled(row[at + 1 :])
        n = next(
            (i for i, c in enumerate(rest[:3]) if figure(c.text) is not None or fold(c.text) == "/"), None
        )
        if n is None:
            continue
        name = " ".join([tidy(row[at].text), *(tidy(c.text) for c in rest[:n])])
        name = _NOTE_MARK.sub("", name)
        rows.append((Said(name, row[at].place), (_value(rest[n]),)))
    if len(rows) < 3:
        return None
    whole = [v for label, v in rows if re.match(r"\d+\s*二氧化碳排放总?量", plain(label.text))]
    return Results(
        tuple(rows), None, whole[-1][0] if whole else None, table.place, table.section, table.title, "form"
    )


def _lost(table: Located) -> Iterator[Results]:
    """A result table with each cell on a line of its own: labels, each followed by as many figures as the others."""
    cells = [c for r in table.rows for c in filled(r)]
    rows: list[Row] = []
    numbered = [
        r
        for n, c in enumerate(cells)
        if _NUMBERED.match(plain(c.text)) and (r := _numbered(cells[n : n + 4]))
    ]
    if len(numbered) >= 3:
        form = _form(replace(table, rows=tuple(numbered)), 3)
        yield from [form] if form else []
        return
    for n, cell in enumerate(cells):
        if _is_figure(cell) or is_period(cell.text) or _NUMBERED.match(plain(cell.text)):
            continue
        figures = []
        for after in cells[n + 1 :]:
            if not _is_figure(after):
                break
            figures.append(after)
        if (
            figures
            and len(plain(cell.text)) <= 60
            and (has_word(cell.text, "results", "sources") or has_word(cell.text, "results", "total"))
        ):
            group = [
                c
                for c in cells[max(0, n - 1) : n]
                if has_word(c.text, "results", "total") and not _is_figure(c)
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
