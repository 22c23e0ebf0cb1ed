"""Claims → dossier (主张 → 案卷): the tree a ``dossier.yaml`` would hold, every value with its place in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tanhe.dossier.model import FORMAT
from tanhe.guidelines.registry import find
from tanhe.reading.assemble import csv_tables, series
from tanhe.reading.assemble import lines as emission
from tanhe.reading.assemble.again import say_again
from tanhe.reading.assemble.cited import claim_library
from tanhe.reading.assemble.conflicts import settle_conflicts
from tanhe.reading.assemble.data import read_parameters, settle_kinds
from tanhe.reading.assemble.derive import derive_all
from tanhe.reading.assemble.drafts import Draft, Pool
from tanhe.reading.assemble.facts import read_facts, read_lists
from tanhe.reading.assemble.frame import guideline_of, year_of
from tanhe.reading.assemble.inherit import inherit
from tanhe.reading.assemble.links import link_documents, link_sources
from tanhe.reading.assemble.month_units import say_month_units
from tanhe.reading.assemble.products import Told, read_products
from tanhe.reading.assemble.results import read_results
from tanhe.reading.assemble.supplementary import write_supplementary
from tanhe.reading.assemble.symbols import names
from tanhe.reading.assemble.tree import Assembled, Tree
from tanhe.reading.assemble.unread import list_unread
from tanhe.reading.assemble.words import unit_of
from tanhe.reading.assemble.written import write as write_lines
from tanhe.reading.blocks import Document, Heading
from tanhe.reading.claims import Calculation, Claim, Fact, Factor, Listed, Monthly, Parameter, Results

__all__ = ["Assembled", "assemble"]


def assemble(document: Document, claims: Sequence[Claim]) -> Assembled:
    """The dossier tree of a report; what found no home is in ``unplaced``.

    Errors: ``TanheError`` when neither guideline nor year can be made out: then this is no verification report.
    """
    tree, pool = Tree(), Pool()
    facts = [c for c in claims if isinstance(c, Fact)]
    tree.put(("format",), FORMAT)
    guideline_id, at = guideline_of(document, facts)
    tree.put(("guideline",), guideline_id, at)
    year, at = year_of(document, facts)
    tree.put(("year",), year, at)
    guideline, headings = find(guideline_id), _headings(document)
    read_facts([f for f in facts if tuple(f.path) not in (("guideline",), ("year",), ("format",))], tree)
    read_lists([c for c in claims if isinstance(c, Listed)], tree)

    told = [c for c in claims if isinstance(c, Factor)]
    read_parameters(tuple(c for c in claims if isinstance(c, Parameter)), pool, tree)
    read_products(pool)
    tables = series.read_monthly([c for c in claims if isinstance(c, Monthly)], pool, tree)
    series.link(tables, pool)
    lines = emission.read_calculations([c for c in claims if isinstance(c, Calculation)], guideline, pool, tables, tree, headings)
    derive_all(pool, tables, lines.lines, [Told(f.name.text, f.value, unit_of(f.unit), f.cited) for f in told])
    inherit(pool)
    settle_conflicts(lines, guideline, pool)
    settle_kinds(pool, [given for line in lines.lines for given in (names(line.inputs), names(line.as_reported or {}))])
    claim_library(pool, guideline_id, told)
    others = read_results([c for c in claims if isinstance(c, Results)], lines, guideline, tree, headings)
    if any(isinstance(c, Listed) and (said := c.fields.get("about")) is not None and said.text == "genre" for c in claims):
        list_unread(lines, guideline, tree)
    link_documents(pool, tree, document)
    for draft in pool:
        _write_datum(draft, tree)
    files, places = csv_tables.write(tables, tree)
    write_lines(lines, pool, tree)
    write_supplementary(lines, others, pool, tree, headings)
    link_sources(lines.lines, tree)
    say_again(lines, pool, tree)
    say_month_units(tables, pool, tree)
    return Assembled(tree.root, tree.places, files, places, tuple(tree.unplaced))


def _headings(document: Document) -> Mapping[str, str]:
    return {b.number: b.text for b in document.blocks if isinstance(b, Heading) and b.number}


def _write_datum(draft: Draft, tree: Tree) -> None:
    at = ("data", draft.id)
    tree.say((*at, "item"), draft.item)
    place = draft.unit_said.place if draft.unit_said else draft.item.place
    for key, value in (("symbol", draft.symbol), ("kind", draft.kind if draft.kind != "activity" else ""), ("unit", str(draft.unit)),
                       ("unit_printed", draft.unit_printed)):
        if value:
            tree.put((*at, key), value, place)
    for key in ("reported", "verified"):
        said = getattr(draft, key)
        if said is not None:
            tree.put((*at, key), said.text.strip(), said.place)
    for key, said in draft.fields.items():
        tree.say((*at, key), said)
    if draft.documents:
        tree.put((*at, "documents"), list(draft.documents), draft.fields["source"].place if "source" in draft.fields else place)
    for n, check in enumerate(draft.cross_checks):
        for key, said in check.items():
            tree.say((*at, "cross_checks", n, key), said)
    extra: dict[str, Any] = {"series": draft.series, "derive": draft.derive, "library": draft.library, "note": "" if "note" in draft.fields else "；".join(draft.note)}
    for key, value in extra.items():
        if value:
            tree.put((*at, key), value, place)
