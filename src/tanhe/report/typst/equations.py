"""Equations as Typst mathematics (公式), with symbols or with the numbers filled in."""

from __future__ import annotations

from tanhe.formulas.render import to_typst
from tanhe.report.content import Equation
from tanhe.report.typst.words import inline, string


def equation(block: Equation) -> str:
    """``result = tree unit`` as one line of mathematics that may break at an operator."""
    values = None if block.values is None else {key: _number(shown) for key, shown in block.values.items()}
    left = _result(block.result)
    unit = f" space #({inline(block.unit)})" if block.unit else ""
    number = inline(block.number) if block.number else "none"
    return f"#equation($display({left}= {to_typst(block.tree, values)}{unit})$, number: {number})"


def _number(shown: str) -> str:
    """A printed number as upright text; a negative one in brackets."""
    return string(f"(−{shown[1:]})" if shown.startswith("-") else shown)


def _result(name: str) -> str:
    """``E_燃烧`` as E with a subscript; a plain name as it is."""
    base, _, index = name.partition("_")
    if not base:
        return ""
    return f"#({inline(base)})" + (f"_(#({inline(index)}))" if index else "") + " "
