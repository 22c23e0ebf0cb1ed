"""Formulas as printed (公式文字): the factor 44/12, the signs of multiplication, symbols of the guideline (C19)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.messages import text

_NAMES = r"AD|NCV|CC|EF|OF|GWP"
_SUB = r"(?:_\{[^{}]{1,12}\}|_?[a-z]{1,3}|_[\u4e00-\u9fff]{1,4})?"
_TOUCHING = re.compile(rf"(?<![A-Za-z])(?:{_NAMES}){_SUB}(?:{_NAMES}|44(?![\d.]))|[)\]](?:GWP|44[/÷]|(?:AD|NCV|CC|EF|OF)(?![A-Za-z(]))")
_ADDED = re.compile(rf"(?<![A-Za-z])(?:{_NAMES}){_SUB}\+(?:{_NAMES}|44[/÷])|[)\]]\+GWP")
_ORDER = re.compile(r"(?<![A-Za-z])(?:DA|FE|FO|VNC|NVC|VCN|CVN|CNV)(?![A-Za-z])")
_RATIO = re.compile(r"44(?:/|÷)12|3\.667|3\.6667")
_WRONG_RATIO = re.compile(r"(?<![\d.])(?:12[/÷]44|44[×x+\-]12|4412|44\.12|44\|12|44[/÷](?!12(?!\d))\d*|4[/÷]12)(?![\d.])")


@check("CON058", Family.CONSISTENCY, "editorial", clause="核算指南的公式", covers=("C19",), letters=True)
def printed_formulas(c: Context) -> Iterator[Result]:
    """印出的公式与指南的公式一致，没有缺字、缺号 | printed formulas are the guideline's, no sign and no symbol lost"""
    found, terms = statements(c, "formula", "formula.table"), statements(c, "formula.term")
    if not found and not terms:
        yield silent(c, text("公式", "formulas"))
    for said in found:
        why = _fault(said.spec.value, said.about == "formula.table")
        if why is not None:
            yield fail(text(f"{said.where}的公式印作“{said.spec.value}”：{why[0]}。请对照核算指南改正",
                            f"{said.where} prints the formula {said.spec.value!r}: {why[1]}. Correct it by the guideline"),
                       f"formula/{said.where}/{said.spec.value[:24]}", said.places)
    for said in terms:
        zh, en = _term(said.spec.text)
        yield fail(text(f"{said.where}的公式印作“{said.spec.value}”：{zh}。请对照核算指南改正",
                        f"{said.where} prints the formula {said.spec.value!r}: {en}. Correct it by the guideline"),
                   f"term/{said.where}/{said.spec.value[:24]}", said.places)


def _term(fault: str) -> tuple[str, str]:
    """A column left out, a sign that the figures contradict, or what leaves added instead of deducted."""
    if fault in "+-":
        return f"按各行的数值，其中一个“{fault}”应为“{'-' if fault == '+' else '+'}”", f"by the figures of its rows, one {fault!r} is the contrary sign"
    if fault.startswith("+"):
        return f"“{fault[1:]}”应扣减，印作加", f"{fault[1:]!r} is deducted, not added"
    return f"各行的结果都乘了 {fault}，公式中没有 {fault}", f"the results of its rows contain the factor {fault}, the formula does not"


def _fault(printed: str, table: bool) -> tuple[str, str] | None:
    """What is wrong with a formula, in both languages; None when nothing is."""
    right = printed.partition("=")[2]
    if wrong := _WRONG_RATIO.search(right):
        return f"“{wrong[0]}”应为 44/12", f"{wrong[0]!r} should be 44/12"
    if touching := _TOUCHING.search(right):
        return f"“{touching[0]}”之间缺乘号", f"the sign of multiplication is lost in {touching[0]!r}"
    if added := _ADDED.search(right):
        return f"“{added[0]}”应为相乘", f"{added[0]!r} should be a product"
    if turned := _ORDER.search(right):
        return f"没有符号“{turned[0]}”，字母像是颠倒了", f"there is no symbol {turned[0]!r}; its letters seem exchanged"
    if table:
        return _letters(printed)
    burnt = re.search(r"(?<![A-Z])CC", right) and re.search(r"(?<![A-Z])[OC]F(?![A-Z])", right) and re.search(r"(?<![A-Z])AD", right)
    if burnt and not _RATIO.search(right):
        return "碳换算为二氧化碳的 44/12 缺失", "44/12, from carbon to carbon dioxide, is missing"
    if re.search(r"(?<![A-Z])CC[^=]{0,8}[×÷(]CF(?![A-Z])", right) or re.search(r"(?<![A-Z])CF(?![A-Z])[^=]{0,8}×44", right):
        return "碳氧化率的符号应为 OF，印作 CF", "the carbon oxidation factor is OF, not CF"
    return None


def _letters(printed: str) -> tuple[str, str] | None:
    """A table's formula whose letters touch each other (``E=AB*C``) or whose result stands among its terms."""
    left, _, right = printed.partition("=")
    if re.search(r"[A-Z]\d?[A-Z]", right):
        return "两列之间缺运算符号", "the sign between two columns is lost"
    if re.fullmatch(r"[A-Z]\d?\+[A-Z]\d?", right) is None and re.search(r"\+[A-Z]\d?[×*]44|[×*][A-Z]\d?\+[A-Z]", right):
        return "相乘的列之间印作加号", "a plus stands between columns that are multiplied"
    if re.search(rf"(?<![A-Z]){left}(?![0-9])", right):
        return f"结果列 {left} 又作为被乘的列", f"the result {left} stands among its own terms"
    return None
