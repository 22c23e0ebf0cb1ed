"""Facts and lists of the engagement (基本情况、人员、清单) put where the dossier's format has them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel

from tanhe.dossier.model import Dossier
from tanhe.factors.names import fold
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.fields import kind_at, member
from tanhe.reading.assemble.tree import Path, Tree
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.claims import Fact, Listed, Said

ROLES: Final[Mapping[str, str]] = {"leader": "核查组长", "member": "核查组员", "technical-reviewer": "技术评审人", "approver": "批准人"}
_ROLE_WORDS: Final = ((r"批准", "approver"), (r"技术|评审|复核|复审", "technical-reviewer"), (r"组长", "leader"), (r"组员|成员|核查员", "member"))
_LABEL: Final = re.compile(r"组长|组员|组成员|核查员|(?:评审|复核|复审)(?:人|员)|批准人|审批人|签字人")
_DASHES: Final = frozenset({"", "/", "／", "-", "--", "—", "——"})
"""What stands in a cell that has nothing."""
_LISTS: Final = frozenset(name for name, f in Dossier.model_fields.items() if "tuple" in str(f.annotation))
_SKIP: Final = frozenset({"lines", "supplementary", "waivers", "sampling"})
_SMALL: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_MONTH_DAY: Final = re.compile(r"^\D*?(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?\D*$")


def read_facts(claims: Iterable[Fact], tree: Tree) -> None:
    """Each fact at its path; another value for the same path becomes a statement of the report."""
    for claim in claims:
        path: Path = tuple(claim.path[:-1] if claim.path[-1].isdigit() else claim.path)
        said = Said(squeeze(claim.said.text), claim.said.place)
        kind = kind_at(path)
        if kind is None or path[0] in _SKIP:
            tree.lose(Said(f"{'.'.join(map(str, path))} {said.text}", said.place), "案卷没有这一项")
        elif kind == "list":
            if said.text and not _listed_already(tree, path, said.text):
                tree.add(path, said.text, said.place)
        else:
            _put(path, said, kind, tree)


def _listed_already(tree: Tree, path: Path, words: str) -> bool:
    return fold(words) in [fold(x) for x in tree.get(path) or [] if isinstance(x, str)]


def _put(path: Path, said: Said, kind: str, tree: Tree) -> None:
    value = fitting(said.text, kind, tree)
    if value is None:
        if said.text not in ("", "/", "-", "—", "——"):
            tree.lose(Said(f"{'.'.join(map(str, path))} {said.text}", said.place), "读不成所需的值")
        return
    former = tree.get(path)
    if former is None:
        tree.put(path, value, said.place)
    elif fold(str(former)) != fold(value):
        about = ".".join(map(str, path)).replace("totals.including_purchased_energy.reported", "totals.including")
        if path == ("entity", "uscc"):
            if value not in (tree.get(("entity", "uscc_other")) or []):
                tree.add(("entity", "uscc_other"), value, said.place)
        note_statement(tree, about, Said(value, said.place))


def note_statement(tree: Tree, about: str, said: Said, where: str = "", unit: str = "", words: str = "") -> None:
    """Add what the report says somewhere, once for each place."""
    for n, former in enumerate(tree.get(("statements",)) or []):
        place = tree.places.get(("statements", n))
        same = former.get("about") == about and former.get("value", "") == said.text
        there = former.get("where", "")
        spot = place == said.place and (place.line is not None or place.cell is not None or fold(where) in fold(there) or fold(there) in fold(where))
        if same and (spot or (where and there == where)):
            return
    given = {"about": about, "value": said.text, "where": where, "unit": unit, "text": words}
    tree.add(("statements",), {k: v for k, v in given.items() if v or k == "about"}, said.place)


def fitting(words: str, kind: str, tree: Tree) -> str | None:
    """The text a field of that kind takes, None when it cannot be read as one."""
    if kind == "day":
        return day_of(words, tree)
    if kind == "num":
        return words.strip() if number(words) is not None else None
    if kind == "year":
        found = re.search(r"(19|20)\d\d", words)
        return found[0] if found else None
    if kind == "count":
        found = re.search(r"\d+", words)
        return found[0] if found else None
    if kind == "flag":
        if re.fullmatch(r"\s*(是|√|☑|true|yes)\s*", words, re.IGNORECASE):
            return "是"
        return "否" if re.fullmatch(r"\s*(否|不是|×|□|false|no)\s*", words, re.IGNORECASE) else None
    return squeeze(words) or None


def day_of(words: str, tree: Tree) -> str | None:
    """A date as 2024-03-18; one without a year takes the year of the site visit or of the issue."""
    found = _DAY.search(words)
    if found is not None:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    bare = _MONTH_DAY.match(words)
    near = next((d for k in ("site_visit", "document_review", "issued") if (d := tree.get(("dates", k)))), None)
    return _iso(int(near[:4]), int(bare[1]), int(bare[2])) if bare and near else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def read_lists(claims: Iterable[Listed], tree: Tree) -> None:
    """Rows of lists with the fields their model has; people are named by role, never by name."""
    for claim in claims:
        model = member(claim.into)
        fields = {k: Said(squeeze(v.text), v.place) for k, v in claim.fields.items() if squeeze(v.text)}
        if not fields and claim.into != "statements":
            continue
        first = next(iter(claim.fields.values()), None)
        into: Path = tuple(claim.into.split("."))
        if claim.into == "findings.steps":
            _finding_step(fields, tree)
        elif claim.into == "processes.steps":
            _process({"step": fields["name"], **fields} if "name" in fields else fields, tree)
        elif len(into) > 1 and kind_at(into) == "list":
            tree.add(into, "；".join(s.text for s in fields.values()), first.place if first else None)
        elif claim.into not in _LISTS or claim.into in _SKIP or first is None:
            for said in fields.values():
                tree.lose(said, f"没有“{claim.into}”这个清单")
        elif model is None:
            tree.add((claim.into,), "；".join(s.text for s in fields.values()), first.place)
        elif claim.into == "processes":
            _process(fields, tree)
        else:
            _row(claim.into, model, {k: Said(squeeze(v.text), v.place) for k, v in claim.fields.items()}, tree)
    _number_documents(tree)


def _row(into: str, model: type[BaseModel], fields: dict[str, Said], tree: Tree) -> None:
    if into == "team":
        fields = _by_role(fields)
    if into in ("documents", "criteria"):
        fields.pop("number", None)
    row: dict[str, str] = {}
    places = {}
    for key, said in fields.items():
        kind = kind_at((into, 0, key))
        if key not in model.model_fields or kind in (None, "list", "part"):
            if said.text:
                tree.lose(Said(f"{key} {said.text}", said.place), f"清单 {into} 没有这一栏")
            continue
        printed = into == "statements" or (into, key) == ("meters", "count") or said.text not in _DASHES
        value = fitting(said.text, kind or "text", tree) if printed else None
        if value is not None and key == "gas":
            value = re.sub(r"\s", "", value.translate(_SMALL))
        if value is not None:
            row[key], places[key] = value, said.place
        elif said.text not in ("", "/", "-", "—", "——") and into != "statements":
            tree.lose(Said(f"{key} {said.text}", said.place), "读不成所需的值")
    if into == "statements":
        _statement(row, next(iter(fields.values())), tree)
        return
    lacking = [k for k, f in model.model_fields.items() if f.is_required() and k not in row and k != "id"]
    if lacking:
        for said in fields.values():
            tree.lose(said, f"清单 {into} 的一行缺少 {'、'.join(lacking)}")
        return
    if not row or row in (tree.get((into,)) or []):
        return
    at = tree.add((into,), row, next(iter(places.values())))
    for key, place in places.items():
        tree.places[(into, at, key)] = place


def _statement(row: dict[str, str], said: Said, tree: Tree) -> None:
    if "about" in row:
        place = said.place
        note_statement(tree, row["about"], Said(row.get("value", ""), place), row.get("where", ""), row.get("unit", ""), row.get("text", ""))


def _by_role(fields: dict[str, Said]) -> dict[str, Said]:
    """A team member under the role's label; the printed name is left out."""
    said = fields.get("role") or next(iter(fields.values()))
    role = said.text if said.text in ROLES else next((r for pattern, r in _ROLE_WORDS if re.search(pattern, said.text)), "member")
    kept = {k: v for k, v in fields.items() if k not in ("role", "name", "contact")}
    printed = fields.get("name", said)
    label = printed.text if printed.text not in ROLES and _LABEL.search(printed.text) and len(printed.text) <= 12 else ROLES[role]
    return {"role": Said(role, said.place), "name": Said(label, printed.place), **kept}


def _process(fields: dict[str, Said], tree: Tree) -> None:
    """A process, or a step of the process named or of the last one."""
    known: list[dict[str, Any]] = tree.get(("processes",)) or []
    of = fields.get("process") or fields.get("of")
    step = fields.get("step")
    name, words = fields.get("name"), fields.get("text")
    first = next(iter(fields.values()))
    if of is not None or step is not None:
        at = next((n for n, p in enumerate(known) if of is not None and p["name"] == of.text[:40]), None)
        if at is None:
            at = len(known) - 1 if of is None and known else tree.add(("processes",), {"name": of.text[:40] if of else "生产工艺"}, first.place)
        label = step or name or words or first
        tree.add(("processes", at, "steps"), {"name": label.text[:40], "text": (words or label).text}, label.place)
        return
    label = name or words or first
    told = {"text": (words or label).text} if words is not None or name is None else {}
    tree.add(("processes",), {"name": label.text[:40], **told}, label.place)


def _finding_step(fields: dict[str, Said], tree: Tree) -> None:
    """A step in the life of a finding: by the finding's id or running number; a new id is the next finding's."""
    said = fields["step"]
    at = _finding_of(fields["finding"].text if "finding" in fields else "", tree.get(("findings",)) or [])
    if at is None:
        tree.lose(said, "没有这一步所属的不符合项")
        return
    row = {k: v.text for k, v in fields.items() if k in ("step", "date", "by", "result", "note") and v.text not in _DASHES}
    n = tree.add(("findings", at, "steps"), row, said.place)
    for key in row:
        tree.places[("findings", at, "steps", n, key)] = fields[key].place


def _finding_of(wanted: str, known: list[dict[str, Any]]) -> int | None:
    kind = "clarification" if "澄清" in wanted else "nc"
    raised = [n for n, f in enumerate(known) if f.get("kind") in ("nc", "clarification")]
    same = next((n for n in raised if wanted and known[n].get("id") == wanted), None)
    if same is not None or not raised:
        return same
    if re.search(r"[A-Za-z]", wanted):
        free = next((n for n in raised if not known[n].get("id") and not known[n].get("steps")), None)
        if free is not None:
            known[free]["id"] = wanted
        return free
    number = re.search(r"\d{1,3}$", wanted)
    of_kind = [n for n in raised if known[n]["kind"] == kind] or raised
    if number is None:
        return raised[-1]
    return of_kind[int(number[0]) - 1] if 0 < int(number[0]) <= len(of_kind) else None


def _number_documents(tree: Tree) -> None:
    for n, document in enumerate(tree.get(("documents",)) or []):
        document.setdefault("id", f"D{n + 1:02}")
