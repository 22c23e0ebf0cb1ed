"""Who did what (人员): team with signatures, interviews and site visit; always by role, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tanhe.dossier.places import Place
from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.dates import day_in, schedule
from tanhe.reading.understand.flat import fold, iso
from tanhe.reading.understand.masking import people
from tanhe.reading.understand.outline import Sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import ROLE_LABELS, View, masked, role_of

_SITE = re.compile(r"现场(访问|核查|评审|巡视|勘[查察]|检查)")
_TITLE = re.compile(r"(?:核查|技术|内部|报告)?(?:组长|副组长|组员|组成员|核查员|(?:技术)?(?:评审|复核|复审)(?:人员|员|人)|批准人|审批人|授权签字人)(?:[甲乙丙丁戊己庚辛壬癸]|[A-Z]|\d{1,2})?")
_NOTHING = frozenset({"", "/", "-", "--", "—", "——", "无"})
_DEPARTMENT = re.compile(r"(部|科|处|室|车间|中心|公司|办)$")


def claims(document: Document) -> Iterable[Claim]:
    """The team, the interviews, the visit and every date of the schedule."""
    return masked(_people, document)


def _people(v: View) -> Iterator[Claim]:
    yield from _team(v)
    yield from _talks(v)
    yield from schedule(v)


def _team(v: View) -> Iterator[Claim]:
    found: dict[str, dict[str, Said]] = {}
    asked = False
    visited = any(
        x.topic in ("site-visit", "writing") and re.search("进行了?现场", x.flat.text) for x in v.lines
    )
    for sheet in v.outline.sheets:
        if sheet.listing is None or sheet.listing.kind.name != "team":
            continue
        for row in sheet.listing.rows:
            role = (
                role_of(row["role"].text)
                if "role" in row
                else role_of(row["duties"].text if "duties" in row else "")
            )
            name = row.get("name")
            if role is None or name is None or fold(name.text) in ("/", "-", "无"):
                continue
            for person in people(name.text) or [_key(name.text, role, found)]:
                fields = found.setdefault(
                    person,
                    {
                        "role": Said(role, name.place),
                        "name": Said(v.mask.labels.get(person, _titled(person) or ROLE_LABELS[role]), name.place),
                    },
                )
                if "duties" in row and fold(row["duties"].text) not in _NOTHING:
                    fields.setdefault("duties", row["duties"])
                asked = asked or "on_site" in row
                if "on_site" in row and fold(row["on_site"].text) in ("是", "否"):
                    fields.setdefault("on_site", row["on_site"])
    for role, name, day in signatures(v):
        titled = _titled(name.text)
        known = any(f["role"].text == role for f in found.values())
        if fold(name.text) in _NOTHING and (day is None or known):
            continue
        for person in people(name.text) or (
            [titled] if titled and (titled in found or not known) else [] if known else [ROLE_LABELS[role]]
        ):
            fields = found.setdefault(
                person,
                {
                    "role": Said(role, name.place),
                    "name": Said(v.mask.labels.get(person, _titled(person) or ROLE_LABELS[role]), name.place),
                },
            )
            if day is not None and fields["role"].text == role:
                fields["signed"] = day
        if day is not None and not people(name.text) and titled not in found:
            for fields in found.values():
                if fields["role"].text == role:
                    fields.setdefault("signed", day)
    for fields in found.values():
        duties, role = fields.get("duties"), fields["role"].text
        if not asked and "on_site" not in fields and (
            (duties is not None
            and _SITE.search(fold(duties.text)))
            or (visited and role in ("leader", "member"))
        ):
            fields["on_site"] = Said("是", (duties or fields["name"]).place)
    for fields in sorted(found.values(), key=lambda f: list(ROLE_LABELS).index(f["role"].text)):
        yield Listed("team", fields)


def _titled(words_: str) -> str:
    """The words where a name would stand, when they are a role's label such as 核查组员甲 and no name; else nothing."""
    bare = words_.strip()
    return bare if re.fullmatch(_TITLE, fold(bare)) and not people(bare) else ""


def _key(words_: str, role: str, found: Mapping[str, object]) -> str:
    """What tells apart a member of the team who is not named: the label printed, numbered when it stands twice."""
    titled = _titled(words_)
    return titled if titled and titled not in found else f"{ROLE_LABELS[role]}{len(found) or ''}"


def signatures(v: View) -> Iterator[tuple[str, Said, Said | None]]:
    """Role, name cell and date of every row of a signature table; roles signed in lines of text too."""
    for pair in v.pairs:
        if pair.name.startswith("role."):
            date = next((Said(d, r.place) for r in (*pair.rest, pair.value) if (d := iso(r.text))), None)
            yield pair.name.removeprefix("role."), pair.value, date


_ROLE = re.compile(r"(?:核查)?(?:组长|组员|组成员)(?:[/、].{1,8})?")


def _talks(v: View) -> Iterator[Claim]:
    count: dict[str, Place] = {}
    for sheet in v.outline.sheets:
        kind = sheet.listing.kind.name if sheet.listing is not None else ""
        if kind not in ("interviews", "visits") or sheet.listing is None or _is_team(sheet):
            continue
        for row in sheet.listing.rows:
            cell = row.get("interviewees") or row.get("participants")
            for name in people(cell.text if cell is not None else ""):
                assert cell is not None
                count.setdefault(name, cell.place)
            yield Listed(kind, dict(_interview(v, row) if kind == "interviews" else _visit(v, row)))
    if count:
        place = next(iter(count.values()))
        where = next(
            s.where
            for s in v.outline.sheets
            if s.listing is not None and s.listing.kind.name in ("interviews", "visits")
        )
        yield Listed(
            "statements",
            {
                "about": Said("interviewee-count", place),
                "value": Said(str(len(count)), place),
                "where": Said(where, place),
            },
        )


def _is_team(sheet: Sheet) -> bool:
    """Whether a column holds hardly anything but roles of the team: then its rows are people of the team."""
    rows = [[words(c) for c in row[:5]] for row in sheet.grid]
    columns = [[row[n] for row in rows if n < len(row) and row[n]] for n in range(5)]
    return any(sum(_ROLE.fullmatch(w) is not None for w in column) * 2 > len(column) for column in columns if len(column) > 1)


def _dated(v: View, row: Mapping[str, Said]) -> Iterator[tuple[str, Said]]:
    if "date" in row:
        day = iso(row["date"].text) or day_in(v, fold(row["date"].text))
        if day:
            yield "date", Said(day, row["date"].place)


def _interview(v: View, row: Mapping[str, Said]) -> Iterator[tuple[str, Said]]:
    yield from _dated(v, row)
    cell, department = row.get("interviewees"), row.get("department")
    if "verifiers" in row:
        who = [v.mask.labels.get(n, "核查员") for n in people(row["verifiers"].text)]
        yield (
            "verifiers",
            Said("、".join(dict.fromkeys(who)) or row["verifiers"].text, row["verifiers"].place),
        )
    parts = [p for p in re.split(r"[\s、,，;；/]+", department.text) if p] if department is not None else []
    if cell is not None:
        yield "interviewees", Said(_interviewees(cell.text, parts), cell.place)
    if department is not None and parts:
        yield "department", Said("、".join(parts), department.place)
    if "content" in row:
        yield "content", row["content"]


def _interviewees(printed: str, departments: list[str]) -> str:
    """Who was asked, by department and not by name."""
    names = people(printed)
    if not names:
        return printed
    if len(names) == 1 and len(departments) == 1:
        return f"{departments[0]}人员" if _DEPARTMENT.search(departments[0]) else departments[0]
    if len(names) == len(departments) and all(map(_DEPARTMENT.search, departments)):
        return "、".join(departments) + "人员"
    return f"受访人员{len(names)}名"


def _visit(v: View, row: Mapping[str, Said]) -> Iterator[tuple[str, Said]]:
    yield from _dated(v, row)
    for field in ("work", "place", "content"):
        if field in row:
            yield field, row[field]
    if "participants" in row:
        cell = row["participants"]
        names = people(cell.text)
        titles = dict.fromkeys(v.mask.labels.get(n, "受访人员") for n in names)
        yield "participants", Said("、".join(titles) if names else cell.text, cell.place)
