"""Links between parts (相互引用): data to documents of the same name, identified sources to the lines that compute them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tanhe.dossier.places import Place
from tanhe.factors.names import fold
from tanhe.reading.assemble.drafts import Draft, Pool
from tanhe.reading.assemble.lines import Line
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import fuel_in, squeeze
from tanhe.reading.blocks import Document, Table
from tanhe.reading.claims import Said

_TITLE = re.compile(r"《([^《》]{2,60})》")
_LAST_BRACKET = re.compile(r"[（(]((?:[^（）()]|[（(][^（）()]*[)）])*)[)）]\s*$")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-.]?\d{1,3}(?![\d年.])")
_NOT = re.compile(r"不涉及|^无$|不存在|不适用")
_CATEGORIES = (
    (r"净?购入.*热力(?!.*电)|^热力", "heat"), (r"净?购入.*电|^电力", "electricity"), (r"燃烧", "combustion"), (r"碳酸盐", "carbonates"),
    (r"废水", "wastewater"), (r"焊", "welding"), (r"泄漏", "equipment-leakage"), (r"回收", "co2-recovery"), (r"过程|原料|原材料", "raw-material"),
)


def link_documents(pool: Pool, tree: Tree, document: Document) -> None:
    """Name the documents of the evidence list that a datum's source and cross-checks cite, by title or printed number."""
    given = tree.get(("documents",)) or []
    listed = [(d["id"], _bare(d["title"])) for d in given]
    numbers = _printed_numbers(tree, document)
    for draft in pool:
        told = _numbered(draft, numbers)
        cited = [_found(t, listed) for t in _titles(draft.fields["source"].text)] if "source" in draft.fields else []
        for check in draft.cross_checks:
            if "document" in check:
                continue
            hits = [h for t in _titles(check["source"].text) if (h := _found(t, listed))]
            if hits and "document" not in check:
                check["document"] = type(check["source"])(hits[0], check["source"].place)
            cited += hits if any(cited) else []
        draft.documents = told or tuple(dict.fromkeys(c for c in cited if c))


def _printed_numbers(tree: Tree, document: Document) -> Mapping[str, str]:
    """The number each listed document stands under in its table, with its id."""
    first = {c.place: row[0].text for b in document.blocks if isinstance(b, Table) for row in b.rows for c in row[1:]}
    given = tree.get(("documents",)) or []
    printed = ((first.get(tree.places.get(("documents", n, "title"), Place(document.path))), d["id"]) for n, d in enumerate(given))
    return {fold(number): name for number, name in printed if number and _NUMBER.fullmatch(number.strip())}


def _numbered(draft: Draft, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Documents named by their number in brackets behind the source (D07；D09 …), which are taken off the words."""
    for check in draft.cross_checks:
        bare, found = _without_numbers(check["source"].text, numbers)
        if found:
            check["source"] = Said(bare, check["source"].place)
            check["document"] = Said(found[0], check["source"].place)
    said = draft.fields.get("source")
    bare, found = _without_numbers(said.text, numbers) if said else ("", ())
    if said is not None and found:
        draft.fields["source"] = Said(bare, said.place)
    return found


def _without_numbers(words: str, numbers: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The words before a last bracket in which every part begins with a document's number; and these documents."""
    match = _LAST_BRACKET.search(words)
    parts = re.split(r"[；;]|、(?=[A-Z]{0,3}\d)", match[1]) if match else []
    starts = [_NUMBER.match(p.strip()) for p in parts]
    found = [numbers.get(fold(s[0])) for s in starts if s is not None]
    if not parts or None in found or len(found) != len(parts) or match is None:
        return words, ()
    return words[: match.start()].strip(), tuple(f for f in found if f)


def _titles(words: str) -> list[str]:
    named = _TITLE.findall(words)
    return [_bare(t) for t in named] if named else [_bare(words)] if len(words) <= 40 else []


def _bare(title: str) -> str:
    return re.sub(r"\(.*?\)|表$|报表$", "", re.sub(r"^(19|20)\d\d年(度)?", "", fold(title)))


def _found(title: str, listed: list[tuple[str, str]]) -> str | None:
    """The listed document of the same name, else the one name that contains the other."""
    same = next((i for i, known in listed if known == title), None)
    if same is not None or len(title) < 4:
        return same
    near = [i for i, known in listed if len(known) >= 4 and (known in title or title in known) and abs(len(known) - len(title)) <= 6]
    return near[0] if len(near) == 1 else None


def link_sources(lines: Iterable[Line], tree: Tree) -> None:
    """Tie each identified source to its line; one that is said not to occur is excluded with those words."""
    computed = [line for line in lines if not line.supplementary]
    entries: list[dict[str, Any]] = tree.get(("sources",)) or []
    for n, entry in enumerate(_split(entries, computed, tree)):
        words = " ".join(str(entry.get(k, "")) for k in ("facility", "energy", "note", "location"))
        denied = next((str(entry[k]) for k in ("facility", "energy", "note", "location") if _NOT.search(str(entry.get(k, "")))), None)
        place = tree.places.get(("sources", n))
        line = _line(entry, computed)
        if line is not None and not (denied and _NOT.fullmatch(denied.strip())):
            tree.put(("sources", n, "line"), line.id, place)
        elif denied is not None and not entry.get("excluded"):
            tree.put(("sources", n, "excluded"), squeeze(denied) or squeeze(words), place)


def _split(entries: list[dict[str, Any]], lines: list[Line], tree: Tree) -> list[dict[str, Any]]:
    """A row that names several energies which have a line each becomes one entry for each."""
    n = 0
    while n < len(entries):
        parts = [p for p in re.split(r"[\s、，,/]+", str(entries[n].get("energy", ""))) if p]
        several = [p for p in parts if _line({**entries[n], "energy": p}, lines) is not None]
        if len(parts) > 1 and len(several) == len(parts):
            place = tree.places.get(("sources", n))
            entries[n]["energy"] = parts[0]
            for part in parts[1:]:
                at = tree.add(("sources",), {**entries[n], "energy": part}, place)
                for key in entries[n]:
                    if place is not None:
                        tree.places[("sources", at, key)] = tree.places.get(("sources", n, key), place)
        n += 1
    return entries


def _line(entry: dict[str, Any], lines: list[Line]) -> Line | None:
    category, energy = fold(str(entry.get("category", ""))), str(entry.get("energy", ""))
    wanted = next((s for pattern, s in _CATEGORIES if re.search(pattern, category)), None)
    if re.search("电", energy) and wanted in ("heat", "electricity"):
        wanted = "electricity"
    elif re.search("热|蒸汽", energy) and wanted in ("heat", "electricity"):
        wanted = "heat"
    fits = [x for x in lines if wanted is None or x.source == wanted]
    fuel = fuel_in(energy)
    if wanted in ("electricity", "heat"):
        return fits[0] if fits else None
    if fuel is not None:
        same = [x for x in fits if x.fuel == fuel]
        return same[0] if same else None
    named = [x for x in fits if energy and (fold(energy) in fold(x.item.text) or fold(x.item.text) in fold(energy))]
    alone = len(fits) == 1 and (not energy or wanted in ("welding", "wastewater", "equipment-leakage"))
    return named[0] if named else fits[0] if alone else None
