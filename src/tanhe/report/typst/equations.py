"""Equations as Typst mathematics (公式), with symbols or with the numbers filled in."""

from __future__ import annotations

from tanhe.formulas.render import to_typst
from tanhe.report.content import Equation
from tanhe.report.typography import runs
from tanhe.report.typst.words import inline, string


def equation(block: Equation) -> str:
    """``result = tree unit`` as one line of mathematics that may break at an operator."""
    values = None if block.values is None else {key: _number(shown) for key, shown in block.values.items()}
    unit = _unit(block.unit, bracketed=block.values is None) if block.unit else ""
    number = inline(block.number) if block.number else "none"
    return f"#equation($display({_result(block.result)} = {to_typst(block.tree, values)}{unit})$, number: {number})"


def _unit(unit: str, bracketed: bool) -> str:
    """The unit after numbers, in brackets after symbols."""
    return f" quad ({_upright(unit)})" if bracketed else f" space {_upright(unit)}"


def _number(shown: str) -> str:
    """A printed number as upright text; a negative one in brackets."""
    return string(f"(−{shown[1:]})" if shown.startswith("-") else shown)


def _result(name: str) -> str:
    """``E_燃烧`` as E with a subscript; a plain name as it is."""
    base, _, index = name.partition("_")
    return _upright(base) + (f"_({_upright(index)})" if index else "")


def _upright(words: str) -> str:
    """Words in mathematics; their sub- and superscripts hang on what stands before them."""
    signs = {"sub": "_", "sup": "^"}
    return "".join(signs.get(run.kind, "") + string(run.text) for run in runs(words))
