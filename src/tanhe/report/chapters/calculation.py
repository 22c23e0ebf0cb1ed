"""Calculation tables (排放计算表): lettered columns and, over the result, the formula in letters.

The letter formula is the formula's own tree; a value printed in another unit than the formula needs carries its
conversion, so 98 % gives ``A*B*C*D/100*44/12``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from string import ascii_uppercase

from tanhe.formulas.expression import Binary, Node, Number, Symbol
from tanhe.formulas.render import to_text
from tanhe.guidelines.model import Source
from tanhe.inventory.model import Column, Evaluation, Input, Line, Sum
from tanhe.quantity.quantity import plain
from tanhe.report.cells import NONE, centred, figure, head, unit_text, word
from tanhe.report.content import Block, Cell, Table
from tanhe.report.context import Context, table

WIDEST = 7
"""Most symbols that stand side by side; longer formulas are set one symbol a row."""

Pair = tuple[Line, Evaluation]


def tables(
    c: Context, lines: Sequence[Line], column: Column, subtotal: Sum | None, caption: str
) -> Iterator[Block]:
    """One table per formula and set of units; the subtotal closes the last."""
    pairs = [(line, e) for line in lines if (e := _evaluation(line, column)) is not None]
    groups: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(_shape(pair[1]), []).append(pair)
    for n, group in enumerate(groups.values(), 1):
        closing = subtotal if n == len(groups) else None
        wide = len(_keys(group[0][1])) > WIDEST
        if wide:
            yield from _long(c, group, column, caption)
            continue
        items = c.say("words.list_mark").join(line.item for line, _ in group)
        named = c.say("results.calc_of", caption=caption, items=items) if len(groups) > 1 else caption
        yield _table(c, group, column, closing, named, several=len(groups) > 1)


def caption(c: Context, key: str, source: Source) -> str:
    """The table's name from the source's."""
    return c.say(f"results.{key}", source=source.zh.removesuffix(c.say("results.emission_suffix")))


def _evaluation(line: Line, column: Column) -> Evaluation | None:
    return line.verified_evaluation if column is Column.VERIFIED else line.reported_evaluation


def _shape(e: Evaluation) -> tuple[str, ...]:
    units = {i.symbol: str(i.stated[1]) for i in e.inputs}
    return (
        e.formula.id,
        str(sorted(e.lengths.items())),
        *(units.get(s, "") for s in e.formula.symbols if units.get(s)),
    )


def _keys(e: Evaluation) -> list[tuple[str, str, Input | None]]:
    """(key, name, input) of every column in the order of the formula."""
    given = {i.symbol: i for i in e.inputs}
    found: list[tuple[str, str, Input | None]] = []
    for symbol, spec in e.formula.symbols.items():
        one = given.get(symbol)
        if spec.many:
            count = len(one.values) if one else 2
            found += [(f"{symbol}_{n}", f"{spec.zh}{n}", one) for n in range(1, count + 1)]
        else:
            found.append((symbol, spec.zh, one))
    return found


def letter_formula(e: Evaluation) -> str:
    """The formula in column letters, ``E=A*B*C*D/100*44/12``."""
    keys = _keys(e)
    letters = {key: _letter(n) for n, (key, _, _) in enumerate(keys)}
    inputs = {key: one for key, _, one in keys}
    return f"{_letter(len(keys))}={to_text(_relabel(e.formula.tree(e.lengths), letters, inputs))}"


def _letter(n: int) -> str:
    return ascii_uppercase[n] if n < 26 else f"{ascii_uppercase[n // 26 - 1]}{ascii_uppercase[n % 26]}"


def _relabel(tree: Node, letters: dict[str, str], inputs: dict[str, Input | None]) -> Node:
    match tree:
        case Symbol():
            return _converted(Symbol(letters[tree.key]), inputs[tree.key])
        case Binary(op, left, right):
            return Binary(op, _relabel(left, letters, inputs), _relabel(right, letters, inputs))
    return tree


def _converted(letter: Symbol, one: Input | None) -> Node:
    if one is None or one.spec.many or not one.stated[1].fits(one.unit):
        return letter
    factor = one.stated[1].factor_to(one.unit)
    shown: Node = letter if factor.numerator == 1 else letter * Number(Decimal(factor.numerator))
    return shown if factor.denominator == 1 else shown / Number(Decimal(factor.denominator))


def _value(c: Context, key: str, one: Input | None) -> Cell:
    if one is None:
        return centred(c.say("words.no_value"))
    value = one.values[int(key.rsplit("_", 1)[1]) - 1] if one.spec.many else one.stated[0]
    where = f"（{one.place}）" if one.place else ""
    return figure(plain(value), f"{one.origin}{where}")


def _unit(one: Input | None, fallback: str) -> str:
    if one is None:
        return fallback
    return unit_text(one.unit if one.spec.many else one.stated[1])


def _result(c: Context, line: Line, column: Column) -> Cell:
    if column is Column.VERIFIED:
        return c.line_value(line)
    return figure(NONE if line.value is None else plain(line.value), c.say("words.origin_line", line=line.id))


def _table(
    c: Context, group: Sequence[Pair], column: Column, subtotal: Sum | None, caption: str, several: bool
) -> Table:
    e = next((x for _, x in group if not x.missing), group[0][1])
    keys = _keys(e)
    balance = any(line.spec.direction for line, _ in group)
    units = [_unit(one, NONE) for _, _, one in keys]
    top = [head(c.say("results.item"), rowspan=3)]
    top += [head(c.say("results.direction"), rowspan=3)] if balance else []
    top += [head(name) for _, name, _ in keys] + [head(c.say("results.emission"))]
    second = tuple(head(u) for u in [*units, _result_unit(e)])
    third = tuple(head(x) for x in [*(_letter(n) for n in range(len(keys))), letter_formula(e)])
    rows = [_line_row(c, line, found, keys, column, balance) for line, found in group]
    if subtotal is not None:
        name = c.say("results.subtotal_balance" if balance else "results.subtotal")
        name = c.say("results.subtotal_all") if several else name
        span = 1 + int(balance) + len(keys)
        rows.append((word(name, colspan=span, bold=True), c.total(subtotal)))
    widths = (1.6, *((1.1,) if balance else ()), *(1.5 for _ in keys), 2.6)
    return Table(caption, (tuple(top), second, third, *rows), widths, 3)


def _line_row(
    c: Context,
    line: Line,
    e: Evaluation,
    keys: list[tuple[str, str, Input | None]],
    column: Column,
    balance: bool,
) -> tuple[Cell, ...]:
    own = {key: one for key, _, one in _keys(e)}
    way = (
        [word(c.say("results.out_word" if line.spec.direction == "out" else "results.in_word"))]
        if balance
        else []
    )
    values = [_value(c, key, own.get(key)) for key, _, _ in keys]
    return (word(line.item), *way, *values, _result(c, line, column))


def _result_unit(e: Evaluation) -> str:
    return unit_text(e.formula.result[0] if e.formula.result else e.unit)


def _long(c: Context, group: Sequence[Pair], column: Column, caption: str) -> Iterator[Table]:
    """One symbol a row, for formulas with many symbols."""
    for line, e in group:
        rows = [
            (word(_letter(n)), word(name), _value(c, key, one), word(_unit(one, NONE)))
            for n, (key, name, one) in enumerate(_keys(e))
        ]
        rows.append(
            (
                word(letter_formula(e)),
                word(c.say("results.emission"), bold=True),
                _result(c, line, column),
                word(_result_unit(e)),
            )
        )
        titles = c.heads("results", ("letter", "parameter", "value", "unit"))
        known = caption.startswith(line.item)
        named = caption if known else c.say("results.calc_of", caption=caption, items=line.item)
        yield table(named, titles, rows, (2.2, 3, 2, 1.4))
