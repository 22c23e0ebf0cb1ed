"""The page of signatures beside the table of the team (签名页与核查组成员表): who stands in one and not in the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.masking import people
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.view import ROLE_LABELS, View, role_of

_NOTHING = frozenset({"", "/", "-", "--", "—", "——", "无"})
_OUTSIDE = frozenset({"technical-reviewer", "approver"})
"""Those who sign and need not be of the team."""


def signers(v: View) -> Iterator[Listed]:
    """Members who do not sign, and those who sign without being of the team."""
    team = [x for x in v.outline.sheets if x.listing is not None and x.listing.kind.name == "team"]
    pages = {id(p.sheet): p.sheet for p in v.pairs if p.sheet is not None and p.name.startswith("role.") and _signs(p.sheet)}
    if len(team) != 1 or len(pages) != 1:
        return
    page, told, signed = next(iter(pages.values())), _told(team[0]), _signed(v)
    if not told.keys() & signed.keys():
        return
    for name, role in told.items():
        if name not in signed:
            yield statement("signature", Said(ROLE_LABELS[role], page.table.place), page.where, text="absent")
    for name, role in signed.items():
        if name not in told and role not in _OUTSIDE:
            yield statement("signature", Said(ROLE_LABELS[role], team[0].table.place), team[0].where, text="stranger")


def _signs(sheet: Sheet) -> bool:
    return any(cell is not None and "签名" in fold(cell.text) for row in sheet.grid for cell in row)


def _told(sheet: Sheet) -> Mapping[str, str]:
    """Names of the team with their roles."""
    found: dict[str, str] = {}
    for row in sheet.listing.rows if sheet.listing is not None else ():
        role = role_of((row.get("role") or row["duties"]).text) if "role" in row or "duties" in row else None
        for name in _names(row.get("name")) if role is not None else ():
            found.setdefault(name, role or "")
    return found


def _signed(v: View) -> Mapping[str, str]:
    """Names of the page of signatures with their roles."""
    found: dict[str, str] = {}
    for pair in v.pairs:
        if pair.name.startswith("role.") and pair.sheet is not None and _signs(pair.sheet):
            for name in _names(pair.value):
                found.setdefault(name, pair.name.removeprefix("role."))
    return found


def _names(said: Said | None) -> list[str]:
    words = fold(said.text) if said is not None else ""
    return [] if said is None or words in _NOTHING else [*people(said.text)] or [words]
