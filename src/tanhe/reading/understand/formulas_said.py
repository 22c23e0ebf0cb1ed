"""Formulas as printed in the chapter on methods and in the headers of tables (印出的公式), and what they say of their symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_COMMAND = re.compile(r"\\(?:text|mathrm|mathit|rm|mathbf|operatorname)\s*\{([^{}]{0,60})\}")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]{0,40})\}\s*\{([^{}]{0,40})\}")
_SIGNS = ((r"\times", "×"), (r"\cdot", "×"), (r"\div", "÷"), (r"\sum", "Σ"), (r"\left", ""), (r"\right", ""), (r"\%", "%"), (r"\,", ""), (r"\quad", " "),
          (r"\qquad", " "), ("$", ""), ("*", "×"), ("∑", "Σ"))
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{0,7}\d?(?:_\{[^{}]{1,20}\}|_[A-Za-z0-9]{1,8}(?:-[\u4e00-\u9fff]{1,8})?|_[\u4e00-\u9fff]{1,8})?")
_KNOWN = re.compile(r"(?<![A-Za-z])(?:AD|NCV|CC|EF|OF|GWP|FC)")
_LETTERS = re.compile(r"[A-Z]\d?=[A-Z(]")
_EXPLAINED = re.compile(r"^[^A-Za-z\u4e00-\u9fff]{0,4}\$?(?P<s>[A-Z][A-Za-z]{0,7}\d?(?:_?\{?[A-Za-z0-9_\-\u4e00-\u9fff]{1,12}?\}*)?)\$?\s*(?:[:：]|—+|–|-\s|为|表示|\s)\s*(?=[\u4e00-\u9fff])")
_UNIT_AT_END = re.compile(r"\((?:t|kg|GJ|MWh|%|tC)[^()]*\)$")
_NUMBERED = re.compile(r"[(（]\d{1,2}(?:\.\d{1,2})+-\d{1,2}[)）]\s*\$*$")
_LEAVES = re.compile("期末库存|年末库存|向外销售|外销|外售|外供|回收")
MOST = 400
"""Longest text taken for a formula."""


@dataclass(frozen=True)
class Marked:
    """A formula as printed, or a symbol explained, with its line."""

    formula: bool
    shown: str
    line: Line


def plain_formula(text: str) -> str:
    """A formula without typesetting: ``AD_i×CC_i×44/12``."""
    for _ in range(2):
        text = _COMMAND.sub(r"\1", text)
        text = _FRACTION.sub(r"\1/\2", text)
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    return fold(re.sub(r"\\tag\{.*?\}|[(（]\d[\d.\-]*[)）]\s*$", "", text))


def formulas(v: View) -> Iterator[Listed]:
    """Formulas of the chapter on methods and of table headers; symbols explained that no formula of the section has."""
    section: list[Marked] = []
    for line in v.lines:
        if line.topic != "method" or line.kind == "heading":
            yield from _section(section)
            section = []
        elif "=" in line.text and len(line.text) < MOST and "。" not in line.text:
            shown = _UNIT_AT_END.sub("", plain_formula(line.text))
            right = shown.partition("=")[2]
            numbered = _NUMBERED.search(line.text) and len(_SYMBOL.findall(right)) > 1
            if _KNOWN.search(right) or numbered or (section and _SYMBOL.search(shown)):
                section.append(Marked(True, shown, line))
        elif section and (match := _EXPLAINED.match(_typed(line.text[:80]))):
            section.append(Marked(False, _bare(match["s"]), line))
    yield from _section(section)
    yield from _headers(v)


def _typed(text: str) -> str:
    """The beginning of an explanation without typesetting, its blanks kept."""
    for _ in range(2):
        text = _COMMAND.sub(r"\1", text)
    return re.sub(r"[{}$]", "", text.replace(r"\%", "%"))


def _bare(symbol: str) -> str:
    """A symbol for comparison: no signs of typesetting, no index of the second of two alike."""
    return re.sub(r"(?<=[a-z])\d$", "", re.sub(r"[_{}\-\s]", "", symbol))


def _section(section: list[Marked]) -> Iterator[Listed]:
    """Each formula; and symbols that are explained but not used, when others are used but not explained below their formula."""
    for mark in section:
        if mark.formula:
            yield statement("formula", Said(mark.shown, mark.line.place), mark.line.where)
    used = {s for mark in section if mark.formula for s in _symbols(mark.shown)}
    for group in _groups(section):
        right = {s for mark in group if mark.formula for s in _symbols(mark.shown.partition("=")[2])}
        told = {mark.shown: mark.line for mark in reversed(group) if not mark.formula}
        extra, lacking = [s for s in told if s not in used], [s for s in right if s not in told]
        if extra and lacking and len(told) > 1 and not _alike(extra, lacking):
            line = told[extra[0]]
            yield statement("symbols", Said(",".join(extra), line.place), line.where, text=",".join(sorted(lacking)))
        elif extra and not lacking and len(told) > len(extra) and sum(mark.formula for mark in group) == 1:
            line = next(mark.line for mark in group if mark.formula)
            yield statement("symbols", Said(",".join(extra), line.place), line.where)
        yield from _turned(group, told)


def _turned(group: list[Marked], told: dict[str, Line]) -> Iterator[Listed]:
    """What leaves (stock at the end, sold, recovered) with a plus before it."""
    for mark in group:
        for sign in _SYMBOL.finditer(mark.shown) if mark.formula else ():
            line = told.get(_bare(sign[0]))
            meaning = sign[0] if line is None else line.flat.text
            if mark.shown[:sign.start()].endswith("+") and _LEAVES.search(meaning) and (line is not None or sign[0].startswith("R_")):
                yield statement("formula.term", Said(mark.shown, mark.line.place), mark.line.where, text=f"+{sign[0]}")


def _symbols(shown: str) -> list[str]:
    return [_bare(m[0]) for m in _SYMBOL.finditer(re.sub(r"Σ_\{?\w+\}?", "Σ", shown))]


def _groups(section: list[Marked]) -> Iterator[list[Marked]]:
    """Formulas that stand together, with the explanations below them."""
    group: list[Marked] = []
    for mark in section:
        if mark.formula and group and not group[-1].formula:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _alike(extra: list[str], lacking: list[str]) -> bool:
    """Whether what is explained differs only by a subscript: ``ADi`` for ``AD``, ``EF电`` for ``EF``."""
    return all(any(a.startswith(b) or b.startswith(a) for b in lacking) for a in extra)


def _headers(v: View) -> Iterator[Listed]:
    for sheet in v.outline.sheets:
        for row in sheet.grid[:5]:
            for cell in row:
                if cell is not None and "=" in cell.text and len(cell.text) < 80 and _LETTERS.search(words(cell)):
                    found = re.search(r"[A-Z]\d?=[A-Z0-9×*÷/()+\-.]+", plain_formula(cell.text))
                    if found:
                        yield statement("formula.table", Said(found[0], cell.place), sheet.where)
