"""Sentences told twice with other figures or without their negation, and sentences that break off (两处不同的同一句话与断句)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.outline import Line
from tanhe.reading.understand.view import View

_CONCLUSIONS = frozenset({"conformity", "emission-claim", "supplementary-claim", "fluctuation", "uncovered"})
_SENTENCE = re.compile(r"[^。;]+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOT = re.compile(r"没有|[不未没无](?!烟|水|机)")
_ITEM = re.compile(r"^[(（]?\d{1,2}[).、）]")
_SHORTEST = 10
_OPEN = re.compile(r"[，、]$|(?<![不波提普以])涉及$|(?:以及|并且|或者|其中|如果|由于)$")
_TAIL = re.compile(r"^[，。、；）)》：](?!\s*$)")
_FORMULA = re.compile(r"[=∑Σ\\]")
LONGEST = 600
"""Longest text looked through for a sentence that breaks off."""


@dataclass(frozen=True)
class Passage:
    """A sentence of the conclusions, its words, and what is left of them without figures and without negation."""

    words: str
    line: Line
    span: tuple[int, int]

    @property
    def frame(self) -> str:
        """The sentence with its figures masked, signs left out."""
        return re.sub(r"[，、:“”\"']", "", _FIGURE.sub("#", self.words))

    @property
    def bare(self) -> str:
        """The sentence without signs and negations."""
        return re.sub("有", "", _NOT.sub("", re.sub(r"[，、:“”\"']", "", self.words)))

    @property
    def said(self) -> Said:
        """The sentence as printed."""
        return self.line.said(*self.span)


def passages(v: View) -> Iterator[Listed]:
    """Each sentence of the conclusions told otherwise in the other of its two places; sentences without their end."""
    yield from _twice(v)
    yield from _broken(v)


def _sentences(v: View, front: bool) -> list[Passage]:
    firm = fold(v.entity.text) if v.entity is not None else ""
    found = []
    for line in v.lines:
        if line.kind == "heading" or (line.zone == "cover") != front or (not front and line.topic not in _CONCLUSIONS):
            continue
        for match in _SENTENCE.finditer(line.flat.text):
            words = match[0].replace(firm, "受核查方") if firm else match[0]
            if len(words) >= _SHORTEST:
                found.append(Passage(words, line, match.span()))
    return found


def _twice(v: View) -> Iterator[Listed]:
    """The summary on the first pages against the chapter of conclusions."""
    front, back = _sentences(v, True), _sentences(v, False)
    printed = ({p.words for p in front}, {p.words for p in back})
    for one in front:
        for other in back:
            if one.words in printed[1] or other.words in printed[0] or one.words == other.words:
                continue
            if one.frame == other.frame or (one.bare == other.bare and one.words != other.words and _NOT.findall(one.words) != _NOT.findall(other.words)):
                yield statement("passage", one.said, one.line.where, text=other.said.text)
                yield statement("passage", other.said, other.line.where, text=one.said.text)
                break


def _broken(v: View) -> Iterator[Listed]:
    """Paragraphs that end within a sentence, or begin with the sign that ends one."""
    lines = [line for line in v.lines if line.kind == "paragraph"]
    for n, line in enumerate(lines):
        text = line.flat.text
        if len(text) > LONGEST or (_FORMULA.search(text) and len(re.findall("[\u4e00-\u9fff]", text)) < 2 * _SHORTEST):
            continue
        following = lines[n + 1].flat.text if n + 1 < len(lines) and lines[n + 1].where == line.where else ""
        if _OPEN.search(text) and len(text) > _SHORTEST and not _goes_on(following):
            yield statement("broken", Said(line.text[-30:], line.place), line.where, text="end")
        elif _TAIL.match(text) and not (n and _OPEN.search(lines[n - 1].flat.text)):
            yield statement("broken", Said(line.text[:30], line.place), line.where, text="beginning")
        elif len(text) > _SHORTEST and text.count("《") > text.count("》") and not _goes_on(following):
            yield statement("broken", Said(line.text[-30:], line.place), line.where, text="end")


def _goes_on(following: str) -> bool:
    """Whether the next paragraph can be the rest of this one: it begins within a sentence, with no mark of a list."""
    return bool(following) and not _ITEM.match(following) and bool(_TAIL.match(following))
