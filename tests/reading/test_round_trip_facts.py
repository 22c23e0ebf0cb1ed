"""Every example's report, read back, gives the facts of its dossier (写出再读回：案卷中的事实不变)."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tanhe.dossier.load import load
from tanhe.dossier.model import Dossier
from tanhe.report.content import Paragraph

_SPEC = importlib.util.spec_from_file_location("round_trip", Path(__file__).with_name("round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
x = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(x)

NAMES = sorted(folder.name for folder in x.FOLDER.iterdir() if (folder / "dossier.yaml").is_file())

NO_FACTS = {
    # compared by the tests of numbers
    "tables", "data", "lines", "subtotals", "totals", "supplementary",
    # not printed, or printed as rules' findings only
    "format", "statements", "waivers", "sampling", "rounding", "limits",
}  # fmt: skip
NOT_PRINTED = {
    ("findings", "id"): "the annexes number findings; an id is printed only beside recorded steps",
    ("findings", "rule"): "which rule raised a finding stands in the annex of rules",
    ("findings", "fingerprint"): "a key of the program",
    ("documents", "id"): "a key; the list may be numbered anew",
}
WITHHELD = {
    ("conclusions", "conformity"): "no positive conclusion is printed while material findings stand unanswered",
    ("conclusions", "supplementary"): "the same for the words on the supplementary tables",
    ("team", "approver", "signed"): "nobody approves until then, so no day is printed",
}


def facts(dossier: Dossier, withheld: bool) -> Any:
    """The facts of a dossier as plain values, exempt fields left out, absent ones too."""
    found = _plain(dossier.model_dump(exclude=NO_FACTS))
    for into, key in NOT_PRINTED:
        for row in found.get(into, ()):
            row.pop(key, None)
    if withheld:
        for key in ("conformity", "supplementary"):
            found.get("conclusions", {}).pop(key, None)
        for person in found.get("team", ()):
            if person["role"] == "approver":
                person.pop("signed", None)
    for n, entry in enumerate(dossier.sources):
        row = found["sources"][n]
        # an id of ours: what matters is the source it is computed under
        row["line"] = next((line.source for line in dossier.lines if line.id == entry.line), None)
        # the state 已识别 is printed once, before the note
        row["note"] = row.get("note", "").removeprefix("已识别，")
    for version, day in (("initial_version", dossier.dates.initial_report), ("final_version", dossier.dates.final_report)):
        # a version that is only the date of the report is printed once
        if found.get("report", {}).get(version) == str(day):
            del found["report"][version]
    if dossier.client.is_entity:
        # the client's address is the enterprise's, said or not
        found["client"].setdefault("address", found["entity"].get("address"))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: v for k, v in ((k, _plain(v)) for k, v in value.items()) if v not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, bool) else said(str(value))


def said(words: str) -> str:
    """Words by their meaning: no blanks, no closing stop, a dash is nothing, a day is a day however it is written."""
    bare = "".join(words.split()).rstrip("。")
    day = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", bare)
    return "" if bare == "/" else f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else bare


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two trees differ, each with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from differences(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{path}[{n}]")
    elif (one or None) != (other or None):
        yield f"{path}: {one!r} → {other!r}"


def changed_facts(name: str, suffix: str) -> list[str]:
    """Where the facts of the example and of its report read back differ."""
    authored, _ = load(x.FOLDER / name)
    withheld = any(isinstance(b, Paragraph) and "不作肯定的核查结论" in b.text for b in x.report(name).blocks)
    read = x.read_again(name, suffix).dossier
    return sorted(differences(facts(authored, withheld), facts(read, withheld)))


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_a_docx_are_those_of_its_dossier(name: str) -> None:
    assert changed_facts(name, ".docx") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_a_pdf_are_those_of_its_dossier(name: str) -> None:
    assert changed_facts(name, ".pdf") == []


def test_a_difference_is_seen() -> None:
    authored, _ = load(x.FOLDER / NAMES[0])
    changed = authored.model_copy(update={"entity": authored.entity.model_copy(update={"postcode": "1"})})
    assert list(differences(facts(authored, False), facts(changed, False))) == [f".entity.postcode: {authored.entity.postcode!r} → '1'"]
