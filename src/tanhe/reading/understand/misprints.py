"""Misprints that one text shows by itself (自身可见的误印): dates that do not exist, periods, credit codes cut or misspelt, potentials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.admin import codes
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(\d{1,2})月(\d{1,2})日|-(\d\d)-(\d\d)(?!\d))")
_PERIOD = re.compile(r"(?P<a>20\d\d)年(?P<b>\d{1,2})月(?P<c>\d{1,2})日?[至到~—-]{1,2}(?:(?P<d>20\d\d)年)?(?P<e>\d{1,2})月(?P<f>\d{1,2})日")
_OF_REPORT = re.compile("报告期|核算期|核查期间?|排放期")
_NEARLY = re.compile(r"(?<![0-9A-Za-z])9[0-9A-Za-z]{14,19}(?![0-9A-Za-z])")
_ALIKE = 0.88
_EDITION = re.compile(r"第([二四五六])次评估报告")
_POTENTIAL = re.compile(r"(?:取值?|为|是|=)(\d{1,5}(?:\.\d+)?)(?![\d.]*(?:%|年|号|t|吨))")


def misprints(v: View) -> Iterator[Listed]:
    """Statements about what cannot be as it is printed."""
    yield from _days(v)
    yield from _periods(v)
    yield from _codes(v)
    yield from _potentials(v)


def _printed(v: View) -> Iterator[tuple[Said, str, str]]:
    """Every line and cell: folded words, as printed with their place, where."""
    for line in v.lines:
        if line.kind != "cell":
            yield line.whole, line.where, line.flat.text
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if cell is not None and cell.text:
                    yield Said(cell.text, cell.place), sheet.where, words(cell)


def _days(v: View) -> Iterator[Listed]:
    done: set[tuple[str, str]] = set()
    for said, where, folded in _printed(v):
        for match in _DAY.finditer(folded) if ("月" in folded or "-" in folded) else ():
            month, day = (int(x) for x in match.groups()[1:] if x)
            if not _exists(int(match[1]), month, day) and (match[0], where) not in done:
                done.add((match[0], where))
                yield statement("date.printed", Said(match[0], said.place), where)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _periods(v: View) -> Iterator[Listed]:
    for line in v.lines:
        text = line.flat.text
        for match in _PERIOD.finditer(text) if line.kind != "heading" and "月" in text else ():
            if line.topic != "scope" and not _OF_REPORT.search(text[max(0, match.start() - 12):match.start()]):
                continue
            year = match["d"] or match["a"]
            if (match["a"], int(match["b"]), int(match["c"]), int(match["e"]), int(match["f"])) != (year, 1, 1, 12, 31):
                yield statement("period", line.said(*match.span()), line.where)


def _codes(v: View) -> Iterator[Listed]:
    """What is all but a credit code of the report: a character too few or too many, O for 0, I for 1."""
    known = {said.text.upper() for _, said, _, _ in codes(v)}
    done: set[tuple[str, str]] = set()
    for said, where, folded in _printed(v):
        for match in _NEARLY.finditer(folded):
            code = match[0].upper()
            if code in known or (code, where) in done or not any(_near(code, own) for own in known):
                continue
            done.add((code, where))
            yield statement("entity.uscc", Said(code, said.place), where)


def _near(code: str, own: str) -> bool:
    return abs(len(code) - len(own)) <= 2 and SequenceMatcher(None, code, own, autojunk=False).ratio() > _ALIKE


def _potentials(v: View) -> Iterator[Listed]:
    """A warming potential with the assessment report it is said to be of."""
    for line in v.lines:
        text = line.flat.text
        edition = _EDITION.search(text) if line.kind != "heading" and "GWP" in text else None
        if edition is None:
            continue
        value, gas = _POTENTIAL.search(text, edition.end()), _gas(fold(text))
        if gas and value and not re.search("[。;]", text[edition.end():value.start()]):
            yield statement("gwp", line.said(*value.span(1)), line.where, text=f"{gas}/{edition[1]}")


def _gas(text: str) -> str:
    """The one gas a sentence on potentials is about."""
    found = {g for g in ("CH4", "N2O", "SF6") if g in text.replace("甲烷", "CH4").replace("氧化亚氮", "N2O")}
    return found.pop() if len(found) == 1 else ""
