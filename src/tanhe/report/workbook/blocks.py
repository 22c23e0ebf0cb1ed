"""A block of the source and derivation sheets (算式块): symbols with their cells in both columns, and the result."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from tanhe.inventory.model import Column
from tanhe.inventory.replay import digits_of
from tanhe.report.cells import unit_text
from tanhe.report.workbook.grid import Book, Calc, Sheet
from tanhe.report.workbook.sides import Side, Term
from tanhe.report.workbook.styles import full_format, printed_format

WIDTHS = (9.0, 26.0, 18.0, 15.0, 46.0, 18.0, 15.0, 46.0)
HEADS = ("符号", "含义", "核查值", "单位", "核查值的出处", "填报值", "单位", "填报值的出处")
LEFT = {Column.VERIFIED: 2, Column.REPORTED: 5}
"""First column of each set of figures: value, unit, origin."""


@dataclass(frozen=True)
class Sides:
    """Both columns of one evaluation."""

    verified: Side | None
    reported: Side | None

    @property
    def each(self) -> tuple[Side, ...]:
        """The columns there are, verified first."""
        return tuple(side for side in (self.verified, self.reported) if side is not None)


def write_terms(sheet: Sheet, row: int, key: tuple[Hashable, ...], sides: Sides) -> int:
    """Heading and one row for each symbol of either column; returns the next row."""
    sheet.put_row(row, HEADS, "head")
    names: dict[str, tuple[str, str]] = {}
    for side in sides.each:
        for term in side.terms:
            names.setdefault(row_of(term), (term.symbol if term.inline else term.key, term.spec.zh))
    for name, (symbol, zh) in names.items():
        row += 1
        sheet.put(row, 0, symbol, "center")
        sheet.put(row, 1, zh)
        for column, own in ((Column.VERIFIED, sides.verified), (Column.REPORTED, sides.reported)):
            terms = _terms_of(own, name)
            _write_term(sheet, row, LEFT[column], (*key, column, name), terms)
        _write_same(sheet, row, _terms_of(sides.verified, name), _terms_of(sides.reported, name))
    return row + 1


def _terms_of(side: Side | None, name: str) -> list[Term]:
    return [term for term in side.terms if row_of(term) == name] if side else []


def _write_same(sheet: Sheet, row: int, verified: list[Term], reported: list[Term]) -> None:
    """Say 同左 rather than the same origin twice."""
    if verified and reported and verified[0].cited and reported[0].cited:
        if (verified[0].value, verified[0].cited.origin) == (reported[0].value, reported[0].cited.origin):
            sheet.put(row, LEFT[Column.REPORTED] + 2, "同核查值")


def row_of(term: Term) -> str:
    """Which row a term stands in: a series that has its own cells takes one row."""
    return f"{term.symbol}…" if term.inline else term.key


def _write_term(sheet: Sheet, row: int, at: int, anchor: tuple[Hashable, ...], terms: list[Term]) -> None:
    if not terms:
        sheet.put_row(row, ("—", "", "此算式不用"), "center", at)
        return
    term = terms[0]
    if term.value is None or term.cited is None or term.unit is None:
        sheet.put(row, at, None, "missing", anchor=anchor, comment="缺数据：填入数值后，本行与合计随之算出")
        sheet.put(row, at + 1, " 或 ".join(u.zh for u in term.spec.units), "center")
        sheet.put(row, at + 2, "缺数据", "bad")
        return
    if term.inline:
        sheet.put(row, at, f"{len(terms)} 期", "center")
    else:
        content = Calc(term.expression, term.value) if term.expression else term.value
        style = "input" if not term.expression else term.cited.style
        sheet.put(row, at, content, style, format=printed_format(term.value), anchor=anchor, comment=term.cited.comment)
    sheet.put(row, at + 1, unit_text(term.unit), "center")
    sheet.put(row, at + 2, term.cited.origin)


def write_result(sheet: Sheet, row: int, key: tuple[Hashable, ...], label: str, sides: Sides) -> int:
    """The row of the exact results, live; a missing input leaves it open until it is filled in."""
    sheet.put(row, 0, sides.each[0].formula.result_symbol if sides.each else "", "center")
    sheet.put(row, 1, label, "strong")
    for side in sides.each:
        at = LEFT[side.column]
        content = result_content(side, key, sheet.book)
        style = "bad-number" if side.conflict or content is None else "calc"
        sheet.put(row, at, content, style, format=full_format(side.exact), anchor=(*key, side.column, "exact"))
        sheet.put(row, at + 1, unit_text(side.unit), "center")
        same = side is sides.reported and sides.verified and sides.verified.expression == side.expression
        sheet.put(row, at + 2, "同核查值" if same else side.expression)
    return row + 1


def result_content(side: Side, key: tuple[Hashable, ...], book: Book) -> Calc | None:
    """The live formula; ``IF(COUNT(…))`` around it while an input is missing; None when it cannot be computed."""
    if side.exact is None and not side.absent:
        return None
    if any(term.spec.many and term.value is None for term in side.terms):
        return None
    cells = {t.key: t.expression if t.inline else book.at(*key, side.column, row_of(t)) for t in side.terms}
    text = side.sheet_formula(cells)
    if side.exact is not None:
        return Calc(text, side.exact)
    own = [cells[t.key] for t in side.terms if not t.inline]
    return Calc(f'IF(COUNT({",".join(own)})<{len(own)},"",{text})', "")


def write_values(sheet: Sheet, row: int, key: tuple[Hashable, ...], label: str, sides: Sides,
                 values: dict[Column, Calc | None], digits: Decimal | None) -> int:
    """A row of one figure per column under the exact result (rounded value, gas mass)."""
    sheet.put(row, 0, "", "center")
    sheet.put(row, 1, label, "strong")
    for side in sides.each:
        at, content = LEFT[side.column], values.get(side.column)
        shown = content.value if content and isinstance(content.value, Decimal) else digits
        look = printed_format(shown) if shown is not None and digits_of(shown) <= 6 else full_format(shown)
        style = "bad-number" if side.conflict or content is None else "total"
        sheet.put(row, at, content, style, format=look, anchor=(*key, side.column, "value"))
        sheet.put(row, at + 1, unit_text(side.unit), "center")
        told = "；".join(filter(None, (side.conflict, *side.missing)))
        sheet.put(row, at + 2, told, "bad" if told else "text")
    return row + 1
