"""Evidence cited by its number (按编号引用的证据): numbers the list does not have, numbers under which it has another document."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.view import View

_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,3}(?!\d)")
_BRACKET = re.compile(r"(?P<title>[^()。;,:=+×÷]*)\((?P<inside>(?:[A-Z]{1,3}-?\d{1,3})(?![A-Za-z\d.])[^()]*)\)")
_PARTS = re.compile(r"\s*[;、,]\s*")
_WIDE = str.maketrans("（）；，", "();,")
_COUNTED = re.compile(r"\([^()]*\)$|[\s《》“”]|^20\d\d年度?|的$")
_ALIKE = 0.6
LEAST = 3
"""Numbers a list of evidence must have before others are missed in it."""


def evidence(v: View) -> Iterator[Listed]:
    """Each number cited in brackets after a document that is not in the list, or is another document there."""
    listed = {code: title for code, title in _listed(v)}
    meters = _numbers(v, "meters")
    marks = {re.sub(r"\d", "", code) for code in listed}
    if len(listed) < LEAST:
        return
    done: set[tuple[str, str]] = set()
    for said, where in _texts(v):
        for match in _BRACKET.finditer(said.text.translate(_WIDE)):
            for n, (code, title) in enumerate(_cited(match["title"], match["inside"])):
                if (code, where) in done or code in meters or re.sub(r"\d", "", code) not in marks:
                    continue
                done.add((code, where))
                if code not in listed:
                    yield statement("reference", Said(code, said.place), where, text="支持性文件清单中没有此编号")
                elif title and (n or _PARTS.split(match["inside"])[0] == code):
                    yield from _title(code, title, listed, Said(said.text, said.place), where)


def _listed(v: View) -> Iterator[tuple[str, str]]:
    for sheet in v.outline.sheets:
        if sheet.listing is None or sheet.listing.kind.name != "documents":
            continue
        for row in sheet.listing.rows:
            number, title = row.get("number"), row.get("title")
            if number is not None and title is not None and _CODE.fullmatch(fold(number.text)):
                yield fold(number.text), fold(title.text)


def _numbers(v: View, kind: str) -> set[str]:
    """The numbers of another list, which are no evidence: meters are cited in brackets too."""
    sheets = [s for s in v.outline.sheets if s.listing is not None and s.listing.kind.name == kind]
    return {fold(c.text) for s in sheets for row in s.grid for c in row[:1] if c is not None and _CODE.fullmatch(fold(c.text))} if sheets else set()


def _texts(v: View) -> Iterator[tuple[Said, str]]:
    for line in v.lines:
        if line.kind == "paragraph" and "（" in line.text.replace("(", "（"):
            yield line.whole, line.where
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if isinstance(cell, Cell) and ("（" in cell.text or "(" in cell.text):
                    yield Said(cell.text, cell.place), sheet.where


def _cited(before: str, inside: str) -> Iterator[tuple[str, str]]:
    """Each number of a bracket with the document's name: after it, or before the bracket."""
    for n, part in enumerate(_PARTS.split(inside)):
        if match := _CODE.match(part):
            rest = part[match.end():]
            yield match[0], fold(rest or ("" if n else before))


def _core(title: str) -> str:
    return _COUNTED.sub("", _COUNTED.sub("", title))


def _title(code: str, title: str, listed: Mapping[str, str], said: Said, where: str) -> Iterator[Listed]:
    """A number whose document in the list is called otherwise."""
    own, core = _core(listed[code]), _core(title)
    if len(core) < 4 or core in own or own in core:
        return
    right = [other for other, name in listed.items() if other != code and _core(name) == core]
    if right:
        yield statement("reference", Said(f"{title}（{code}）", said.place), where, text=right[0])
    elif difflib.SequenceMatcher(None, core, own).ratio() > _ALIKE:
        yield statement("document-name", Said(f"{title}（{code}）", said.place), where, text=f"{listed[code]}（{code}）")
