"""Header words of reports (表头用词): which field a label means, which quantity a name speaks of.

The words are in ``vocabulary.yaml``; they are compared without spaces and with full-width forms folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

_SMALL_TAG: Final = re.compile(r"</?\s*(?:sub|sup|b|i|em|strong|span|u|font)\b[^>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?\s*[a-zA-Z!][^<>]*>")
_TEX: Final = re.compile(r"\\(?:text|mathrm|mathbf|rm|mathit|operatorname)\b\s*")
_TEX_FRACTION: Final = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_TEX_SIGNS: Final = {
    "\\times": "×", "\\cdot": "·", "\\div": "÷", "\\%": "%", "\\_": "_", "\\*": "*", "\\,": " ", "&times;": "×",
    "&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&",
}  # fmt: skip
_GAS: Final = re.compile(r"\b(tC|kgC|C|t\s?C)\s*O\s*2|CH\s+4\b|N\s*2\s+O\b|N\s+2\s*O\b|Nm\s+3\b")


@dataclass(frozen=True)
class Quantity:
    """What a parameter's name speaks of: the usual symbol, the kind of datum, a pattern of its units."""

    id: str
    symbol: str
    kind: str
    unit: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The vocabulary file as read."""
    source = files("tanhe.reading.understand").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(source)
    return loaded


def tidy(text: str) -> str:
    """The text as printed, without markup remnants (HTML, TeX) and double blanks."""
    shown = _TAG.sub(" ", _SMALL_TAG.sub("", text)) if "<" in text else text
    if "\\" in shown or "$" in shown or "&" in shown:
        shown = _TEX_FRACTION.sub(r"\1/\2", shown)
        for sign, meant in _TEX_SIGNS.items():
            shown = shown.replace(sign, meant)
        shown = _TEX.sub("", shown).replace("$", " ").replace("{", "").replace("}", "")
    return re.sub(r"\s+", " ", shown).strip()


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text for reading figures: as :func:`tidy`, full-width forms folded, ``CO 2`` closed up."""
    shown = unicodedata.normalize("NFKC", tidy(text)).replace("⁄", "/").replace("∗", "*")
    shown = re.sub(r"(?<=[A-Za-z])[_^](?=\d)", "", shown)
    shown = _GAS.sub(lambda m: re.sub(r"\s", "", m[0]), shown)
    return re.sub(r"\s+", " ", shown).strip()


def glued(parts: Iterable[str]) -> str:
    """Parts of a text as one, without a blank between Chinese."""
    return re.sub(r"(?<=[\u3000-\u9fff，。；：）]) (?=[\u3000-\u9fff（])", "", " ".join(filter(None, parts)))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text for comparison: as :func:`plain`, without any space or emphasis marks."""
    return re.sub(r"[\s*]", "", plain(text)) if "*" in text[:2] else re.sub(r"\s", "", plain(text))


@lru_cache(maxsize=8)
def _labels(part: str) -> Mapping[str, str]:
    return {fold(word): field for field, many in words()[part].items() for word in many}


def _bare(text: str) -> str:
    label = fold(text).rstrip(":：*")
    label = re.sub(r"^\d{1,2}[.、)]?(?=[\u4e00-\u9fff])", "", label)
    return re.sub(r"\((?:如有|如果有|若有|如适用|必填|选填)\)$", "", label)


def row_field(text: str) -> str | None:
    """The field of a parameter table's row label (``监测频次`` → ``frequency``); None if it is no label."""
    label = _bare(text)
    return _labels("rows").get(label) or _labels("rows").get(re.sub(r"\([^()]*\)$", "", label))


def cross_field(text: str) -> str | None:
    """The field of a cross-check sub-table's header word."""
    return _labels("cross").get(_bare(text))


def is_word(text: str, part: str, group: str) -> bool:
    """Whether the text is one of the words of the group."""
    return _bare(text) in {fold(w) for w in words()[part][group]}


def has_word(text: str, part: str, group: str) -> bool:
    """Whether one of the words of the group occurs in the text."""
    folded = fold(text)
    return any(fold(w) in folded for w in words()[part][group])


@lru_cache(maxsize=1)
def _quantities() -> tuple[Quantity, ...]:
    return tuple(Quantity(**{**q, "words": tuple(q["words"])}) for q in words()["quantities"])


def quantity(text: str) -> Quantity | None:
    """The quantity a name speaks of; the first in the file's order whose word occurs."""
    folded = fold(text)
    return next((q for q in _quantities() if any(w in folded for w in q.words)), None)


def subject(text: str) -> str:
    """What stands before the quantity word: ``动力煤单位热值含碳量和碳氧化率核查表`` → ``动力煤``; empty if nothing.

    Numbers of tables and lists, and words such as 经核查的, are left out.
    """
    about = quantity(text)
    if about is None:
        return ""
    folded = re.sub(r"^.*(?:数据|系数|因子)\d{1,2}:", "", fold(text))
    folded = re.sub(
        r"^(?:表[\d.\-]+|图[\d.\-]+|\(?\d{1,2}\)|[一二三四五六七八九十]、|\d[\d.]*[、.]?)+", "", folded
    )
    folded = re.sub(r"^(?:对|经核查的|核查的|核查确认的|月度|年度|\d{4}年度?)+", "", folded)
    at = [
        folded.find(w)
        for q in _quantities()
        if q is about or q.kind == about.kind == "factor"
        for w in q.words
        if w in folded
    ]
    return re.sub(r"(?:的|平均|加权|年|月度)+$", "", folded[: min(at)]).strip("()的") if at else ""
