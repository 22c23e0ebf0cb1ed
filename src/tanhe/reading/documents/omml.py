"""Office Math as a line of text (公式 → 一行文字): 44/12, E_燃烧, 10⁻³, Σ(…), as a person would type it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SUPERSCRIPTS: Final = str.maketrans("0123456789+-−=()（）n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿ")
_SIMPLE: Final = re.compile(r"[\w.,%·′']*")
_POWER: Final = re.compile(r"[-−+]?\d{1,3}")
_CHEMICAL: Final = re.compile(r"[\d,]{1,4}[A-Za-z]?")


def math_text(element: etree._Element) -> str:
    """The text of an ``m:oMath`` or any element inside one."""
    return "".join(_one(child) for child in element if isinstance(child.tag, str))


def _one(element: etree._Element) -> str:
    tag = element.tag
    if not tag.startswith(M):
        return math_text(element) if _holds_math(tag) else ""
    name = tag[len(M) :]
    if name == "t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    special = _SPECIAL.get(name)
    return special(element) if special else math_text(element)


def _holds_math(tag: str) -> bool:
    """Insertions and the like stand between math elements; what is deleted does not count."""
    return tag.rpartition("}")[2] in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")


def _part(element: etree._Element, name: str) -> str:
    child = element.find(M + name)
    return math_text(child).strip() if child is not None else ""


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) or _enclosed(text) else f"({text})"


def _enclosed(text: str) -> bool:
    """Whether one pair of brackets holds the whole text."""
    depth = 0
    for n, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return n == len(text) - 1 and n > 0
    return False


def _fraction(element: etree._Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _lowered(base: str, sub: str) -> str:
    if not sub:
        return base
    return base + sub if _CHEMICAL.fullmatch(sub) else f"{base}_{sub}"


def _raised(base: str, sup: str) -> str:
    if not sup:
        return base
    return base + (sup.translate(SUPERSCRIPTS) if _POWER.fullmatch(sup) else f"^{_grouped(sup)}")


def _sub(element: etree._Element) -> str:
    return _lowered(_part(element, "e"), _part(element, "sub"))


def _sup(element: etree._Element) -> str:
    return _raised(_part(element, "e"), _part(element, "sup"))


def _sub_sup(element: etree._Element) -> str:
    return _raised(_lowered(_part(element, "e"), _part(element, "sub")), _part(element, "sup"))


def _delimited(element: etree._Element) -> str:
    properties = element.find(M + "dPr")

    def sign(name: str, usual: str) -> str:
        child = properties.find(M + name) if properties is not None else None
        return usual if child is None else str(child.get(M + "val", usual))

    parts = [math_text(child) for child in element.findall(M + "e")]
    return sign("begChr", "(") + sign("sepChr", "|").join(parts) + sign("endChr", ")")


def _nary(element: etree._Element) -> str:
    properties = element.find(M + "naryPr")
    child = properties.find(M + "chr") if properties is not None else None
    sign = "∫" if child is None else str(child.get(M + "val", "∫"))
    limits = _raised(_lowered(sign.replace("∑", "Σ"), _part(element, "sub")), _part(element, "sup"))
    return f"{limits}({_part(element, 'e')})"


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√({_part(element, 'e')})"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')}({_part(element, 'e')})"


def _limit(element: etree._Element) -> str:
    return _lowered(_part(element, "e"), _part(element, "lim"))


def _matrix(element: etree._Element) -> str:
    return "; ".join(", ".join(math_text(e) for e in row.findall(M + "e")) for row in element.findall(M + "mr"))


def _lines(element: etree._Element) -> str:
    return "; ".join(math_text(e) for e in element.findall(M + "e"))


_SPECIAL: Final[dict[str, Callable[[etree._Element], str]]] = {
    "f": _fraction, "sSub": _sub, "sSup": _sup, "sSubSup": _sub_sup, "d": _delimited, "nary": _nary, "rad": _root,
    "func": _function, "limLow": _limit, "limUpp": _limit, "m": _matrix, "eqArr": _lines,
}  # fmt: skip
