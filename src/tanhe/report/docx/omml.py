"""Formulas as Office Math (公式): fractions, subscripts and powers that Word and WPS can edit.

The expression tree is walked as the typeset form in ``tanhe.formulas.render`` is: a fraction bar needs no
brackets, ``x*44/12`` keeps 44/12 as one fraction, and division by 1000 is written × 10⁻³.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tanhe.formulas.expression import Binary, Node, Number, Symbol
from tanhe.formulas.render import to_text
from tanhe.quantity.quantity import plain
from tanhe.report.content import Equation
from tanhe.report.docx.markup import safe
from tanhe.report.typography import runs

_GREEK: Final = {"ETA": "η", "MU": "μ", "RHO": "ρ", "NU": "ν"}
_FONTS: Final = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math" w:eastAsia="宋体"/></w:rPr>'
_SIGNS: Final = {"*": "×", "+": "+", "-": "−"}

_MATH: Final = re.compile(r"[=×+−]|−?[\d.,]+")
"""Operators and numbers; names and units are set as plain words, which LibreOffice shows upright too."""
_LONG: Final = 60
"""A formula of more characters than this is set as one piece a term: LibreOffice ends no line inside a piece."""
_SEAM: Final = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'

Spell = Callable[[Symbol], str]


def equation(block: Equation) -> str:
    """``m:oMath``, for a long sum several, for ``result = tree`` with its unit; numbers in place of symbols when ``values`` is given."""
    values = block.values

    def number(symbol: Symbol) -> str:
        shown = values[symbol.key] if values is not None else ""
        return _grouped(_text(f"−{shown[1:]}")) if shown.startswith("-") else _text(shown)

    left = (symbol_xml(Symbol(block.result)) if block.result else "") + _text("=")
    unit = _text(f" ({block.unit})") if block.unit else ""
    spell = symbol_xml if values is None else number
    terms = _terms(block.tree, spell) if len(to_text(block.tree)) > _LONG else [tree_xml(block.tree, spell)]
    terms = [left + terms[0], *terms[1:]]
    return _SEAM.join(f"<m:oMath>{term}</m:oMath>" for term in [*terms[:-1], terms[-1] + unit])


def _terms(tree: Node, spell: Spell) -> list[str]:
    """The terms of a sum, each with its sign: between them a line may end."""
    if isinstance(tree, Binary) and tree.op in "+-":
        right = tree_xml(tree.right, spell)
        grouped = tree.op == "-" and isinstance(tree.right, Binary) and tree.right.op in "+-"
        return [*_terms(tree.left, spell), _text(_SIGNS[tree.op]) + (_grouped(right) if grouped else right)]
    return [tree_xml(tree, spell)]


def tree_xml(tree: Node, spell: Spell) -> str:
    """The tree as Office Math elements; ``spell`` writes a symbol."""
    match tree:
        case Symbol():
            return spell(tree)
        case Number(value):
            return _text(plain(value))
        case Binary("/", Binary("*", left, Number() as over), Number() as under):
            return (
                _factor(left, spell)
                + _text("×")
                + _fraction(_text(plain(over.value)), _text(plain(under.value)))
            )
        case Binary("/", left, Number(value)) if set(plain(value)) == {"1", "0"}:
            return _factor(left, spell) + _text("×") + _power("10", f"−{len(plain(value)) - 1}")
        case Binary("/", left, right):
            return _fraction(tree_xml(left, spell), tree_xml(right, spell))
        case Binary("*", left, right):
            return _factor(left, spell) + _text("×") + _factor(right, spell)
        case Binary("-", left, Binary("+" | "-") as right):
            return tree_xml(left, spell) + _text("−") + _grouped(tree_xml(right, spell))
        case Binary(op, left, right):
            return tree_xml(left, spell) + _text(_SIGNS[op]) + tree_xml(right, spell)
    raise TypeError(f"not a formula node: {tree!r}")


def symbol_xml(symbol: Symbol) -> str:
    """A symbol upright, with its subscript: ``En_0``, ``E_燃烧``, ``AD_1``."""
    base, *subs = symbol.name.split("_")
    index = ",".join([*subs, *([str(symbol.index)] if symbol.index is not None else [])])
    shown = _text(_GREEK.get(base, base))
    return f"<m:sSub><m:e>{shown}</m:e><m:sub>{_text(index)}</m:sub></m:sSub>" if index else shown


def _factor(part: Node, spell: Spell) -> str:
    shown = tree_xml(part, spell)
    return _grouped(shown) if isinstance(part, Binary) and part.op in "+-" else shown


def _text(text: str) -> str:
    """Upright text; sub- and superscripts of units and gases hang on the letters before them."""
    shown, base = "", ""
    for piece in runs(text):
        if piece.kind == "text":
            shown, base = shown + _run(base), piece.text
            continue
        kind = "sub" if piece.kind == "sub" else "sup"
        script = f"<m:e>{_run(base)}</m:e><m:{kind}>{_run(piece.text)}</m:{kind}>"
        shown, base = shown + f"<m:s{kind.title()}>{script}</m:s{kind.title()}>", ""
    return shown + _run(base)


def _run(text: str) -> str:
    if not text:
        return ""
    upright = '<m:sty m:val="p"/>' if _MATH.fullmatch(text) else "<m:nor/>"
    return f'<m:r><m:rPr>{upright}</m:rPr>{_FONTS}<m:t xml:space="preserve">{safe(text)}</m:t></m:r>'


def _fraction(over: str, under: str) -> str:
    return f"<m:f><m:num>{over}</m:num><m:den>{under}</m:den></m:f>"


def _power(base: str, exponent: str) -> str:
    return f"<m:sSup><m:e>{_run(base)}</m:e><m:sup>{_run(exponent)}</m:sup></m:sSup>"


def _grouped(inner: str) -> str:
    return f"<m:d><m:e>{inner}</m:e></m:d>"
