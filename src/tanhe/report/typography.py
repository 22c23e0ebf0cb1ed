"""Sub- and superscripts in plain text (上下标): what CO2, tCO2e, Nm3 and 10^4 look like on the page.

The content tree holds plain text. ``runs`` says which characters of it are lowered or raised. Only chemical
formulas known by name, square and cubic metres and powers of ten are touched, and only where they stand free:
document numbers (GB/T 2589-2008, X-CO2-01), ids (``combustion.co2``), file names and links keep every character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["text", "sub", "sup"]


@dataclass(frozen=True)
class Run:
    """A piece of text set in one way: on the line, as subscript or as superscript."""

    text: str
    kind: Kind = "text"


_FORMULAS: Final = (
    "CO2 CH4 N2O SF6 NF3 CF4 C2F6 C3F8 CHF3 CH2F2 H2O NH3 HNO3 H2S SO2 SO3 NO2 CH3OH C2H2 C2H4 C2H6 C3H6 C3H8 C4H10 "
    "CaCO3 MgCO3 Na2CO3 NaHCO3 K2CO3 Li2CO3 BaCO3 SrCO3 FeCO3 MnCO3 ZnCO3 CaC2 Al2O3 Fe2O3 SiO2 H2SO4 CaSO4"
).split()
_LONGEST_FIRST: Final = "|".join(sorted(_FORMULAS, key=len, reverse=True))
_SUBS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₑₙ", "0123456789+−=()en")
_SUPS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0123456789+−=()n")

_SPECIAL: Final = re.compile(
    rf"""
    (?: ^ | (?<=[（(]) ) (?P<symbol> [A-Z][A-Za-z]{{0,2}} ) _ (?P<index> [^\s_：:，；（）()]{{1,16}} ) (?= [：:）)] )
  | (?P<keep> https?://[^\s，。；）]+ )
  | (?<![\w.\-]) (?P<gas> [\d,.]* (?:(?:t|T|kg|Kg|KG|g|Mt|Gg|mol|kmol)\ ?)? (?:{_LONGEST_FIRST}) )
    (?= (?:e|eq)? (?:[^\w.\-]|[.\-](?![\w])|-[A-Za-z]|$) )
  | (?<![A-Za-z_.\-]) (?P<unit_gas> -\d[\d,.]* (?:t|kg|g) (?:{_LONGEST_FIRST}) ) (?= (?:e|eq)? (?![\w.\-]) )
  | (?<![A-Za-z_.\-]) (?<!\d) (?P<ten> 10) \^ \(? (?P<power> [-−+]?\d{{1,2}} ) \)? (?!\d)
  | (?<![\w.\-]) 1e (?P<e> \d{{1,2}} ) (?= (?:N?m\^?[3³] | t | tce | kWh | MWh | GJ) (?![\w]) | [\u4e00-\u9fff] )
  | (?<![A-Za-z_.]) (?P<metre> [Nkcd]?m ) \^? (?P<exponent> [23] ) (?! [\w^] | [.\-]\w )
  | (?P<low> [₀-₎ₑₙ]+ )
  | (?P<high> [⁰¹²³⁴-ⁿ]+ )
    """,
    re.VERBOSE | re.ASCII,
)
_NAMED_NUMBER: Final = re.compile(r"(?:[A-Za-z_]-?[\d.,]*|[.\-])$", re.ASCII)
_POWER_BEFORE: Final = re.compile(r"(?<![\w.\-])1e\d+$", re.ASCII)
_DIGITS: Final = re.compile(r"\d+")


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[Run, ...]:
    found: list[Run] = []
    done = 0
    for match in _SPECIAL.finditer(text):
        pieces = _pieces(match, text)
        if pieces is None:
            continue
        found.append(Run(text[done : match.start()]))
        found += pieces
        done = match.end()
    found.append(Run(text[done:]))
    return _joined(found)


def runs(text: str) -> list[Run]:
    """``text`` as runs: ``tCO2e`` gives tCO, ₂, e; ``1e4Nm3`` and ``10^4Nm3`` give 10, ⁴, Nm, ³.

    Characters that are sub- or superscripts already (CO₂, 10⁻³) become runs too: Chinese fonts lack them.
    A symbol being explained at the start of a text (``E_燃烧：``) or alone in brackets gets its index lowered. Nothing else is changed;
    joined again, the runs give the text (10^4 as 104, E_燃烧 as E燃烧).
    """
    return list(_split(text))


def _pieces(match: re.Match[str], text: str) -> list[Run] | None:
    """The runs of one special place, or None where it turns out to be part of a number or name."""
    part = match.groupdict()
    if part["symbol"] is not None:
        return [Run(part["symbol"]), Run(part["index"], "sub")]
    if part["keep"] is not None:
        return [Run(match.group())]
    if part["gas"] is not None or part["unit_gas"] is not None:
        return _gas(part["gas"] or part["unit_gas"])
    if part["ten"] is not None:
        return [Run("10"), Run(part["power"].replace("-", "−"), "sup")]
    if part["e"] is not None:
        return [Run("10"), Run(part["e"], "sup")]
    if part["metre"] is not None:
        before = text[: match.start()]
        if _NAMED_NUMBER.search(before) and not _POWER_BEFORE.search(before):
            return None
        return [Run(part["metre"]), Run(part["exponent"], "sup")]
    if part["low"] is not None:
        return [Run(part["low"].translate(_SUBS), "sub")]
    return [Run(part["high"].translate(_SUPS), "sup")]


def _gas(spelled: str) -> list[Run]:
    """``2.5tCaCO3``: digits after the first letter are lowered, the amount in front is not."""
    start = next(i for i, letter in enumerate(spelled) if letter.isalpha())
    pieces, done = [Run(spelled[:start])], start
    for digits in _DIGITS.finditer(spelled, start):
        pieces += [Run(spelled[done : digits.start()]), Run(digits.group(), "sub")]
        done = digits.end()
    return [*pieces, Run(spelled[done:])]


def _joined(pieces: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one kind as one run, empty ones left out."""
    joined: list[Run] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Run(joined[-1].text + piece.text, piece.kind)
        else:
            joined.append(piece)
    return tuple(joined)
