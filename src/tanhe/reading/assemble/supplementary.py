"""The supplementary data table (补充数据表) as a unit with its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from tanhe.guidelines.supplementary import METHANOL
from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.facts import note_statement
from tanhe.reading.assemble.filed import last, row_id
from tanhe.reading.assemble.lines import Line, Lines
from tanhe.reading.assemble.results import PRODUCT
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.assemble.written import write_line
from tanhe.reading.claims import Results, Said


def write_supplementary(lines: Lines, claims: list[Results], pool: Pool, tree: Tree, headings: Mapping[str, str]) -> None:
    """One unit from the supplementary calculation tables; feed lines are those of the carbon balance they repeat."""
    own = [line for line in lines.lines if line.supplementary]
    totals = [(claim, t) for claim in claims if (t := _total(claim)) is not None]
    if not own and not totals:
        return
    output = next((d for d in pool if d.kind == "production" and PRODUCT in d.item.text), None)
    if output is None:
        for claim, said in totals:
            tree.lose(said, f"没有此产品的补充数据表：{claim.title}")
        for line in own:
            tree.lose(line.reported, f"没有此产品的补充数据表：{line.title}")
        return
    at = ("supplementary", 0)
    place = own[0].reported.place if own else totals[0][1].place
    for key, value in (("table", METHANOL.id), ("product", PRODUCT), ("unit_name", _unit_name(own) or _named_unit(claims)), ("output", output.id)):
        if value:
            tree.put((*at, key), value, place)
    balance = [] if any(line.source == "feed" for line in own) else _feed(lines.lines, claims)
    for n, line in enumerate([*balance, *own]):
        write_line((*at, "lines", n), line, tree)
    if tree.length(*at, "lines") == 0:
        tree.put((*at, "lines"), [], place)
    for claim, said in totals:
        if tree.get((*at, "total", "reported")) is None:
            tree.put((*at, "total", "reported"), said.text.strip(), said.place)
        where = squeeze(" ".join(x for x in (claim.section, claim.title or headings.get(claim.section, "")) if x))[:60]
        note_statement(tree, f"supplementary.{PRODUCT}.total", Said(said.text.strip(), said.place), where, "tCO2")
    for said in next((claim.notes for claim in claims if claim.notes), ()):
        tree.add((*at, "notes"), said.text, said.place)
    for claim in claims:
        _form(claim, at, pool, tree)
        _names(claim, tree)
    _rename_totals(claims, tree)


def _total(claim: Results) -> Said | None:
    found = claim.including or next((f for label, figures in claim.rows if row_id(label.text) == "totals.including" and (f := last(figures))), None)
    return found if found is not None and number(found.text) is not None else None


def _unit_name(own: list[Line]) -> str:
    return next((line.unit_name for line in own if re.search("车间|分厂|装置", line.unit_name)), "")


def _named_unit(claims: Iterable[Results]) -> str:
    """The unit that stands before its product in a row of the declaration."""
    found = (re.match(rf"(\S{{2,20}})\s+{PRODUCT}$", label.text) for c in claims if c.about == "supplementary" for label, _ in c.rows)
    return next((m[1] for m in found if m and re.search("车间|分厂|装置", m[1])), "")


def _feed(lines: Iterable[Line], claims: list[Results]) -> list[Line]:
    """The carbon balance again, when its net is the figure printed for energy used as raw material."""
    every = [(row_id(label.text), last(figures)) for claim in claims for label, figures in claim.rows]
    said = next((s for name, s in every if name == "supplementary.feed" and s is not None), None)
    printed = number(said.text) if said else None
    balance = [line for line in lines if line.source == "raw-material" and not line.supplementary]
    net = sum(((-1 if x.direction == "out" else 1) * p.value for x in balance if (p := number(x.reported.text)) is not None), Decimal(0))
    if printed is None or said is None or net != printed.value:
        return []
    note = f"补充数据表只印碳输入与碳输出之差{said.text}，本行取自法人边界的计算表"
    return [
        Line(f"supplementary/{x.id.removeprefix('raw-material/')}", "feed", x.item, x.fuel, x.direction, x.inputs, x.reported, x.title, x.section,
             True, note=note)
        for x in balance
    ]


def _form(claim: Results, at: tuple[str | int, ...], pool: Pool, tree: Tree) -> None:
    """Rows of the form that no line fills, such as grid electricity, by the datum of that figure."""
    if claim.about != "form":
        return
    kinds = {row.number: row for row in METHANOL.rows if row.fill.startswith("row:")}
    for label, figures in claim.rows:
        found = re.match(r"[\d.]+", label.text.strip())
        row, figure = kinds.get(found[0].rstrip(".")) if found else None, last(figures)
        if row is None or figure is None:
            continue
        printed = number(figure.text)
        same: list[Draft] = [d for d in pool if printed is not None and d.value == printed.value and str(d.unit) == row.unit]
        if same:
            tree.put((*at, "rows", row.number), same[0].id, figure.place)
        else:
            tree.lose(Said(f"{label.text} {figure.text}", figure.place), "补充数据表的一行没有对应的数据项")


def _rename_totals(claims: list[Results], tree: Tree) -> None:
    """A total told in one of these tables is the supplementary one, not the entity's."""
    spots = {(f.place.line, f.place.page, f.text.strip()) for claim in claims for _, figures in claim.rows for f in figures}
    for n, said in enumerate(tree.get(("statements",)) or []):
        place = tree.places.get(("statements", n))
        if place is not None and str(said.get("about", "")).startswith("totals.") and (place.line, place.page, said.get("value", "")) in spots:
            said["about"] = f"supplementary.{PRODUCT}.total"


def _names(claim: Results, tree: Tree) -> None:
    """What the tables call the unit."""
    for label, _ in claim.rows:
        found = re.search(rf"{PRODUCT}(?:生产)?(?:车间|装置|分厂)", label.text)
        if found is not None and claim.about == "supplementary":
            note_statement(tree, f"supplementary.{PRODUCT}.unit_name", Said(found[0], label.place), squeeze(f"{claim.section} {claim.title}")[:60])
