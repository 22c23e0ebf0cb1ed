"""Written forms of a formula: plain text, spreadsheet, SQL and typeset mathematics.

Every form is a fold over the same expression tree; only spelling differs. The office form (OMML) lives with the
document writer, which uses :func:`fold` too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tanhe.formulas.expression import PRECEDENCE, Binary, Node, Number, Symbol
from tanhe.quantity.quantity import plain


def fold(
    tree: Node,
    symbol: Callable[[Symbol], str],
    join: Callable[[str, str, str], str],
    group: Callable[[str], str] = lambda inner: f"({inner})",
    number: Callable[[Decimal], str] = plain,
) -> str:
    """Spell ``tree`` with the given words; ``group`` brackets a part only where precedence needs it."""
    match tree:
        case Symbol():
            return symbol(tree)
        case Number(value):
            return number(value)
        case Binary(op, left, right):
            first = fold(left, symbol, join, group, number)
            second = fold(right, symbol, join, group, number)
            if _weaker(left, op):
                first = group(first)
            if _weaker(right, op) or _same_on_the_right(right, op):
                second = group(second)
            return join(op, first, second)
    raise TypeError(f"not a formula node: {tree!r}")


def _weaker(part: Node, op: str) -> bool:
    return isinstance(part, Binary) and PRECEDENCE[part.op] < PRECEDENCE[op]


def _same_on_the_right(part: Node, op: str) -> bool:
    return isinstance(part, Binary) and PRECEDENCE[part.op] == PRECEDENCE[op] and op in "-/"


def to_text(tree: Node) -> str:
    """Plain text as in the record: ``AD*NCV*CC*OF*44/12``."""
    return fold(tree, lambda s: s.key, lambda op, a, b: f"{a}{op}{b}")


def to_numbers(tree: Node, values: Mapping[str, str]) -> str:
    """The same line with the numbers filled in, for reading: ``384583.00 × 22.16 × …``."""
    signs = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − "}

    def spell(symbol: Symbol) -> str:
        shown = values[symbol.key]
        return f"({shown})" if shown.startswith("-") else shown

    return fold(tree, spell, lambda op, a, b: f"{a}{signs[op]}{b}")


def to_sheet(tree: Node, cells: Mapping[str, str]) -> str:
    """A live spreadsheet formula: ``=B2*C2*D2*E2*44/12`` for the given cell addresses."""
    return "=" + fold(tree, lambda s: cells[s.key], lambda op, a, b: f"{a}{op}{b}")


@dataclass(frozen=True)
class ColumnExpression:
    """A formula over columns: an exact decimal product, and the ratio kept outside it.

    Dividing in SQL turns an exact decimal into a double, so 44/12 is applied once, to the sum, in Decimal.
    """

    sql: str
    ratio: Fraction


def to_sql(tree: Node, columns: Mapping[str, str]) -> ColumnExpression:
    """The formula as an SQL expression over ``columns`` and the constant ratio outside it."""
    inner, outside = _split_ratio(tree)
    sql = fold(inner, lambda s: columns[s.key], lambda op, a, b: f"{a} {op} {b}")
    return ColumnExpression(sql, outside)


def _split_ratio(tree: Node) -> tuple[Node, Fraction]:
    """Take trailing constant factors out of a product: ``x*44/12`` gives (x, 11/3)."""
    match tree:
        case Binary("*", left, Number(value)):
            inner, outside = _split_ratio(left)
            return inner, outside * Fraction(value)
        case Binary("/", left, Number(value)):
            inner, outside = _split_ratio(left)
            return inner, outside / Fraction(value)
        case Binary("*", left, right):
            inner, outside = _split_ratio(left)
            return (Binary("*", inner, right), outside) if outside != 1 else (tree, outside)
    return tree, Fraction(1)


_GREEK = {"ETA": "eta", "MU": "mu", "RHO": "rho", "NU": "nu"}


def to_typst(tree: Node, values: Mapping[str, str] | None = None) -> str:
    """Typst mathematics, with symbols or, when ``values`` is given, with the numbers filled in."""

    def spell(symbol: Symbol) -> str:
        if values is None:
            return typst_symbol(symbol)
        shown = values[symbol.key]
        return f"({shown})" if shown.startswith("-") else shown

    def join(op: str, left: str, right: str) -> str:
        if op == "/":
            return f"frac({left}, {right})"
        return f"{left} {'times' if op == '*' else op} {right}"

    return _math(tree, spell, join)


def _math(tree: Node, spell: Callable[[Symbol], str], join: Callable[[str, str, str], str]) -> str:
    """As :func:`fold`, but a fraction bar needs no brackets and ``x*44/12`` keeps 44/12 as one fraction."""
    match tree:
        case Binary("/", Binary("*", left, Number() as over), Number() as under):
            return join("*", _factor(left, spell, join), join("/", plain(over.value), plain(under.value)))
        case Binary("/", left, Number(value)) if _power_of_ten(plain(value)):
            return join("*", _factor(left, spell, join), f"10^(-{len(plain(value)) - 1})")
        case Binary("/", left, right):
            return join("/", _math(left, spell, join), _math(right, spell, join))
        case Binary("*", left, right):
            return join("*", _factor(left, spell, join), _factor(right, spell, join))
        case Binary("-", left, Binary("+" | "-") as right):
            return join("-", _math(left, spell, join), f"({_math(right, spell, join)})")
        case Binary(op, left, right):
            return join(op, _math(left, spell, join), _math(right, spell, join))
        case Symbol():
            return spell(tree)
        case Number(value):
            return plain(value)
    raise TypeError(f"not a formula node: {tree!r}")


def _power_of_ten(shown: str) -> bool:
    return len(shown) > 1 and shown[0] == "1" and shown.strip("0") == "1"


def _factor(part: Node, spell: Callable[[Symbol], str], join: Callable[[str, str, str], str]) -> str:
    shown = _math(part, spell, join)
    return f"({shown})" if isinstance(part, Binary) and part.op in "+-" else shown


def typst_symbol(symbol: Symbol) -> str:
    """A symbol as Typst writes it: ``En_0`` becomes upright En with subscript 0."""
    base, *subs = symbol.name.split("_")
    index = ",".join([*subs, *([str(symbol.index)] if symbol.index is not None else [])])
    shown = _GREEK.get(base) or f'"{base}"'
    return f'{shown}_"{index}"' if index else shown
